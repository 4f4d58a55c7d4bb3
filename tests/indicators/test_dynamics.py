from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.regression.linear_model import OLS

from lyanalysis.indicators.dynamics import (
    beta_convergence,
    beta_convergence_panel,
    classify,
    convergence_speed,
    ergodic_distribution,
    markov_transition,
    mean_first_passage_times,
    mobility,
    sigma_convergence,
    sigma_trend,
    transition_probabilities,
)

quick = settings(derandomize=True, deadline=None, max_examples=50, database=None)

# Tutorial of Eurofound (convergEU), years by countries.
YEARS = pd.Index([2000, 2001, 2002, 2003, 2004, 2005], name="year")
EUROFOUND = pd.DataFrame(
    {
        "A": [0.8, 1.2, 0.9, 1.3, 1.2, 1.2],
        "B": [2.7, 3.2, 2.9, 2.9, 3.1, 3.0],
        "C": [3.9, 4.2, 4.1, 4.0, 4.1, 4.0],
    },
    index=YEARS,
)
# Kemeny and Snell (1967): rain, nice, snow.
OZ = pd.DataFrame([[0.5, 0.25, 0.25], [0.5, 0.0, 0.5], [0.25, 0.25, 0.5]])
# Moves of US states between fifths by income, 1929-2009 (docstring of giddy).
US_COUNTS = pd.DataFrame(
    [
        [729, 71, 1, 0, 0],
        [72, 567, 80, 3, 0],
        [0, 81, 631, 86, 2],
        [0, 3, 86, 573, 56],
        [0, 0, 1, 57, 741],
    ]
)
GIDDY = json.loads(
    (Path(__file__).parents[1] / "reference" / "dynamics.json").read_text(encoding="utf-8")
)


def levels(years: int = 12, regions: int = 15, seed: int = 3) -> pd.DataFrame:
    """Return levels that drift towards a common path, with noise."""
    draw = np.random.default_rng(seed)
    logs = np.empty((years, regions))
    logs[0] = draw.normal(4, 1, regions)
    for year in range(1, years):
        logs[year] = logs[year - 1] - 0.1 * (logs[year - 1] - 5) + draw.normal(0, 0.05, regions)
    index = pd.Index(range(2010, 2010 + years), name="year")
    return pd.DataFrame(np.exp(logs), index, [f"r{number}" for number in range(regions)])


class TestSigma:
    def test_printed_values(self):
        result = sigma_convergence(EUROFOUND)
        assert result["standard_deviation"].tolist() == pytest.approx(
            [1.28, 1.25, 1.32, 1.11, 1.2, 1.16], abs=0.006
        )
        assert result["coefficient_of_variation"].tolist() == pytest.approx(
            [0.517, 0.435, 0.501, 0.406, 0.43, 0.424], abs=0.0006
        )
        assert result["mean"].tolist() == pytest.approx(
            [2.47, 2.87, 2.63, 2.73, 2.8, 2.73], abs=0.006
        )
        assert result["regions"].tolist() == [3] * 6
        assert (result["flag"] == "").all()

    @pytest.mark.parametrize("ddof", [0, 1])
    def test_definition(self, ddof):
        result = sigma_convergence(EUROFOUND, ddof=ddof)
        for year, row in EUROFOUND.iterrows():
            expected = np.std(row, ddof=ddof)
            assert result.loc[year, "standard_deviation"] == pytest.approx(expected, rel=1e-14)
            assert result.loc[year, "coefficient_of_variation"] == pytest.approx(
                expected / row.mean(), rel=1e-14
            )
            assert result.loc[year, "standard_deviation_of_logs"] == pytest.approx(
                np.std(np.log(row), ddof=ddof), rel=1e-13
            )

    def test_missing_region_leaves_its_year_without_spread(self):
        # Dropping A, the poorest, would look like convergence.
        frame = EUROFOUND.copy()
        frame.loc[2001, "A"] = math.nan
        result = sigma_convergence(frame)
        assert result.loc[2001].drop(["regions", "flag"]).isna().all()
        assert result.loc[2001, "regions"] == 2
        assert result.loc[2001, "flag"] == "regions_missing"
        pd.testing.assert_frame_equal(
            result.drop(index=2001), sigma_convergence(EUROFOUND).drop(index=2001)
        )

    def test_values_without_logarithm(self):
        frame = pd.DataFrame({"a": [0.0, 2.0, -5.0], "b": [4.0, 4.0, 1.0]}, [2020, 2021, 2022])
        result = sigma_convergence(frame)
        assert result["standard_deviation"].tolist() == [2.0, 1.0, 3.0]
        assert result["standard_deviation_of_logs"].isna().tolist() == [True, False, True]
        assert result["coefficient_of_variation"].isna().tolist() == [False, False, True]
        assert result["flag"].tolist() == ["not_positive", "", "not_positive;mean_not_positive"]
        without = sigma_convergence(frame, logs=False)
        assert "standard_deviation_of_logs" not in without
        assert without["flag"].tolist() == ["", "", "mean_not_positive"]

    def test_one_region_has_no_spread(self):
        result = sigma_convergence(EUROFOUND[["A"]], ddof=1)
        assert result["standard_deviation"].isna().all()
        assert result["standard_deviation_of_logs"].isna().all()
        assert (result["flag"] == "too_few_regions").all()
        assert result["mean"].tolist() == EUROFOUND["A"].tolist()

    def test_very_large_values_stay_finite(self):
        result = sigma_convergence(EUROFOUND * 1e300)
        expected = sigma_convergence(EUROFOUND)["standard_deviation"] * 1e300
        assert result["standard_deviation"].tolist() == pytest.approx(expected.tolist())

    @quick
    @given(st.lists(st.floats(0.1, 1e6), min_size=2, max_size=8), st.floats(0.01, 1000))
    def test_scale_and_order(self, row, scale):
        frame = pd.DataFrame([row, row[::-1]], index=[2021, 2020])
        result, scaled = sigma_convergence(frame), sigma_convergence(frame * scale)
        assert result.index.tolist() == [2021, 2020]
        names = ["standard_deviation_of_logs", "coefficient_of_variation", "standard_deviation"]
        for name in names[:2]:
            assert scaled[name].tolist() == pytest.approx(result[name].tolist(), rel=1e-7, abs=1e-9)
        assert scaled["standard_deviation"].tolist() == pytest.approx(
            (scale * result["standard_deviation"]).tolist(), rel=1e-7, abs=1e-9
        )
        assert result.loc[2020, names].tolist() == pytest.approx(
            result.loc[2021, names].tolist(), rel=1e-9, abs=1e-12
        )
        assert (result[names] >= 0).all(axis=None)

    def test_refusals(self):
        with pytest.raises(ValueError, match="ddof: 2 is not allowed; expected 0 or 1"):
            sigma_convergence(EUROFOUND, ddof=2)
        with pytest.raises(ValueError, match="values: inf at row 2001, column 'B' is not allowed"):
            sigma_convergence(EUROFOUND.where(EUROFOUND != 3.2, math.inf))
        with pytest.raises(ValueError, match="values: the index must hold years as whole numbers"):
            sigma_convergence(EUROFOUND.T)
        with pytest.raises(ValueError, match="values: year 0 is not allowed"):
            sigma_convergence(EUROFOUND.reset_index(drop=True))
        with pytest.raises(ValueError, match="label 2000 occurs more than once among the rows"):
            sigma_convergence(pd.concat([EUROFOUND, EUROFOUND.iloc[:1]]))
        with pytest.raises(ValueError, match="values: expected a DataFrame, one row a year"):
            sigma_convergence(EUROFOUND["A"])


class TestSigmaTrend:
    def test_against_statsmodels(self):
        spread = sigma_convergence(EUROFOUND)["standard_deviation_of_logs"].to_numpy()
        fit = OLS(spread, np.column_stack([np.ones(6), np.arange(6)])).fit()
        result = sigma_trend(EUROFOUND)
        assert result["slope"] == pytest.approx(fit.params[1], rel=1e-10)
        assert result["standard_error"] == pytest.approx(fit.bse[1], rel=1e-10)
        assert result["p_value"] == pytest.approx(fit.pvalues[1], rel=1e-9)
        assert result[["slope_lower", "slope_upper"]].tolist() == pytest.approx(
            fit.conf_int()[1].tolist(), rel=1e-10
        )
        assert result["years"] == 6
        assert result["flag"] == ""

    def test_order_of_years_does_not_matter(self):
        turned = sigma_trend(EUROFOUND.iloc[::-1], measure="coefficient_of_variation")
        result = sigma_trend(EUROFOUND, measure="coefficient_of_variation")
        assert turned["slope"] == pytest.approx(result["slope"], rel=1e-12)

    def test_time_is_measured_in_years(self):
        gap = EUROFOUND.drop(index=[2002, 2003])
        frame = pd.DataFrame({"a": [0.0, 0.0, 0.0], "b": [10.0, 8.0, 2.0]}, [2020, 2021, 2024])
        assert sigma_trend(frame, measure="standard_deviation")["slope"] == pytest.approx(-1.0)
        assert sigma_trend(gap)["years"] == 4

    def test_years_without_spread_are_left_out_and_two_are_too_few(self):
        frame = EUROFOUND.copy()
        frame.loc[2001, "A"] = math.nan
        result = sigma_trend(frame)
        assert result[["years", "flag"]].tolist() == [5, "years_left_out"]
        assert result["slope"] == pytest.approx(sigma_trend(EUROFOUND.drop(index=2001))["slope"])
        short = sigma_trend(frame.iloc[:3])
        assert short["flag"] == "years_left_out;too_few_years"
        assert short.drop(["years", "flag"]).isna().all()

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"measure: 'cv' is not allowed; expected .* or "):
            sigma_trend(EUROFOUND, measure="cv")
        for confidence in (0, 1.0, 95, math.nan, "0.9", True):
            with pytest.raises(ValueError, match=r"confidence: .* expected a fraction between"):
                sigma_trend(EUROFOUND, confidence=confidence)


class TestSpeed:
    def test_barro(self):
        result = convergence_speed(-0.09475194, 2)
        assert result["speed"] == pytest.approx(0.10505436249313965, rel=1e-12)
        assert result["half_life"] == pytest.approx(6.597985691505289, rel=1e-12)
        assert result["flag"] == ""

    def test_growth_by_year_is_not_divided_by_the_years_again(self):
        # Peer error, REAT betaconv.ols: half-life 132.3 instead of 65.8 years for T = 2.
        slope = -(1 - math.exp(-2 * math.log(2) / 65.8)) / 2
        assert convergence_speed(slope, 2)["half_life"] == pytest.approx(65.8, rel=1e-12)
        wrong = convergence_speed(slope, 2, annualised=False)["half_life"]
        assert wrong == pytest.approx(132.3, abs=0.05)

    @quick
    @given(st.floats(1e-6, 3), st.floats(0.5, 40))
    def test_inverts_the_definition(self, speed, years):
        whole = -math.expm1(-speed * years)
        if whole < 1 - 1e-9:
            found = convergence_speed(-whole / years, years)["speed"]
            assert found == pytest.approx(speed, rel=1e-5)
            found = convergence_speed(-whole, years, annualised=False)["speed"]
            assert found == pytest.approx(speed, rel=1e-5)
            assert convergence_speed(-whole / years, years)["half_life"] * speed == pytest.approx(
                math.log(2), rel=1e-5
            )

    def test_without_speed(self):
        slopes = pd.Series([0.0, 0.1, -0.5, -0.6, math.nan, -0.1], index=list("uvwxyz"))
        result = convergence_speed(slopes, 2.0)
        assert result["flag"].tolist() == [
            "no_convergence", "no_convergence", "beyond_log", "beyond_log", "", "",
        ]  # fmt: skip
        assert result["speed"].isna().tolist() == [True] * 5 + [False]
        assert result["half_life"].isna().tolist() == [True] * 5 + [False]
        # Growth over the whole period: the slope itself must stay above -1.
        assert convergence_speed(-0.6, 2.0, annualised=False)["flag"] == ""
        assert convergence_speed(-1.0, 2.0, annualised=False)["flag"] == "beyond_log"

    def test_years_by_label(self):
        slopes = pd.Series([-0.1, -0.2], index=["x", "y"])
        result = convergence_speed(slopes, pd.Series({"y": 2.0, "x": 4.0}))
        assert result["speed"].tolist() == pytest.approx(
            [-math.log(0.6) / 4, -math.log(0.6) / 2], rel=1e-13
        )

    def test_small_slopes_keep_their_digits(self):
        assert convergence_speed(-1e-18, 1)["speed"] == pytest.approx(1e-18, rel=1e-12)

    def test_refusals(self):
        for years in (0, -1.0, math.nan):
            with pytest.raises(ValueError, match=r"years: .* expected a number of years above 0"):
                convergence_speed(-0.1, years)
        with pytest.raises(ValueError, match="slope: expected a number or a row of numbers"):
            convergence_speed(EUROFOUND, 2)
        with pytest.raises(ValueError, match="years: label 'y' of slope is missing"):
            convergence_speed(pd.Series({"x": -0.1, "y": -0.1}), pd.Series({"x": 2.0}))


def exact(
    speed: float, years: float, regions: int = 12, seed: int = 5
) -> tuple[pd.Series, pd.Series]:
    """Return levels that close the gap to a common path at exactly this speed."""
    draw = np.random.default_rng(seed)
    labels = [f"r{number}" for number in range(regions)]
    start = pd.Series(draw.normal(4, 1, regions), index=labels)
    end = 6 + (start - 5) * math.exp(-speed * years)
    return np.exp(start), np.exp(end)


class TestBeta:
    def test_equal_growth_does_not_converge(self):
        # ln(2)/3 for each of them, but for the last binary digits.
        found = beta_convergence(pd.Series([1.0, 2, 4]), pd.Series([2.0, 4, 8]), years=3)
        assert found["slope"] == 0.0
        assert math.isnan(found["speed"])
        assert math.isnan(found["r_squared"])
        assert "no_convergence" in found["flag"]

    def test_printed_values(self):
        result = beta_convergence(EUROFOUND.loc[2002], EUROFOUND.loc[2004], years=2)
        assert result["intercept"] == pytest.approx(0.13393, abs=1e-5)
        assert result["slope"] == pytest.approx(-0.09475, abs=1e-5)
        assert result["speed"] == pytest.approx(0.105054, abs=1e-6)
        assert result["half_life"] == pytest.approx(6.59798, abs=1e-4)
        assert result[["regions", "regions_left_out", "flag"]].tolist() == [3, 0, "few_regions"]

    @pytest.mark.parametrize("speed", [0.001, 0.02, 0.3])
    @pytest.mark.parametrize("years", [1, 2, 15])
    def test_recovers_the_speed(self, speed, years):
        result = beta_convergence(*exact(speed, years), years=years)
        assert result["speed"] == pytest.approx(speed, rel=1e-9)
        assert result["half_life"] == pytest.approx(math.log(2) / speed, rel=1e-9)
        assert result["r_squared"] == pytest.approx(1.0)

    @pytest.mark.parametrize("robust", [False, True])
    def test_against_statsmodels(self, robust):
        first, last = levels().iloc[0], levels().iloc[-1]
        control = pd.DataFrame({"x": np.sin(np.arange(15.0))}, index=first.index)
        design = np.column_stack([np.ones(15), np.log(first), control["x"]])
        fit = OLS((np.log(last / first) / 11).to_numpy(), design).fit()
        r_squared = fit.rsquared
        if robust:
            fit = fit.get_robustcov_results("HC3", use_t=True)
        # Labels are matched, so the order of the other arguments does not matter.
        result = beta_convergence(
            first, last[::-1], years=11, controls=control[::-1], robust=robust, confidence=0.9
        )
        assert result["intercept"] == pytest.approx(fit.params[0], rel=1e-9)
        assert result["slope"] == pytest.approx(fit.params[1], rel=1e-9)
        assert result["standard_error"] == pytest.approx(fit.bse[1], rel=1e-9)
        assert result["p_value"] == pytest.approx(fit.pvalues[1], rel=1e-7)
        assert result["r_squared"] == pytest.approx(r_squared, rel=1e-9)
        lower, upper = fit.conf_int(alpha=0.1)[1]
        assert result["speed_lower"] == pytest.approx(-math.log1p(11 * upper) / 11, rel=1e-8)
        assert result["speed_upper"] == pytest.approx(-math.log1p(11 * lower) / 11, rel=1e-8)
        assert result["half_life_upper"] == pytest.approx(math.log(2) / result["speed_lower"])
        assert result["half_life_lower"] == pytest.approx(math.log(2) / result["speed_upper"])
        assert result["flag"] == ""

    def test_interval_that_reaches_no_convergence(self):
        # Growth with hardly any relation to the level: slope below 0, interval across it.
        start = pd.Series(np.exp(np.linspace(1, 3, 12)))
        growth = 0.05 - 0.002 * np.linspace(1, 3, 12) + 0.05 * (-1.0) ** np.arange(12)
        result = beta_convergence(start, start * np.exp(growth), years=1)
        assert result["slope"] < 0
        assert result["flag"] == "half_life_unbounded"
        assert result["speed_lower"] < 0 < result["speed"] < result["speed_upper"]
        assert math.isnan(result["half_life_upper"])
        assert result["half_life_lower"] < result["half_life"]

    def test_interval_beyond_the_logarithm(self):
        start = pd.Series(np.exp(np.linspace(1, 3, 12)))
        growth = 1 - 0.08 * np.linspace(1, 3, 12) + 0.03 * (-1.0) ** np.arange(12)
        result = beta_convergence(start, start * np.exp(10 * growth), years=10)
        assert result["flag"] == "speed_unbounded"
        assert math.isnan(result["speed_upper"])
        assert math.isnan(result["half_life_lower"])
        assert result["speed"] > 0

    def test_divergence_and_leapfrogging(self):
        start, _ = exact(0.1, 2)
        apart = beta_convergence(start, start**1.2, years=2)
        assert apart["slope"] == pytest.approx(0.1)
        assert apart["flag"] == "no_convergence"
        leap = beta_convergence(start, 1 / start, years=2)
        assert leap["slope"] == pytest.approx(-1.0)
        assert leap["flag"] == "beyond_log"
        for result in (apart, leap):
            assert result.loc["speed":"half_life_upper"].isna().all()

    def test_regions_left_out_are_counted(self):
        first, last = levels().iloc[0], levels().iloc[-1]
        gap = last.copy()
        gap["r3"] = math.nan
        result = beta_convergence(first, gap, years=11)
        assert result[["regions", "regions_left_out", "flag"]].tolist() == [
            14,
            1,
            "regions_missing",
        ]
        pd.testing.assert_series_equal(
            result.drop(["regions_left_out", "flag"]),
            beta_convergence(first.drop("r3"), last.drop("r3"), years=11).drop(
                ["regions_left_out", "flag"]
            ),
        )
        control = pd.DataFrame({"x": np.arange(15.0)}, index=first.index)
        control.loc["r0", "x"] = math.nan
        assert beta_convergence(first, gap, years=11, controls=control)["regions"] == 13

    def test_too_few_regions_and_no_variation(self):
        few = beta_convergence([1.0, 2.0], [2.0, 3.0], years=1)
        assert few["flag"] == "too_few_regions"
        assert few.drop(["regions", "regions_left_out", "flag"]).isna().all()
        control = pd.DataFrame({"x": [1.0, 0.0, 2.0]})
        three = ([1.0, 2.0, 3.0], [2.0, 3.0, 3.5])
        assert beta_convergence(*three, years=1, controls=control)["flag"] == "too_few_regions"
        same = beta_convergence([2.0] * 12, np.linspace(2, 3, 12), years=1)
        assert same["flag"] == "collinear"
        assert math.isnan(same["slope"])
        start, end = exact(0.1, 2)
        double = pd.DataFrame({"x": 3 * np.log(start) + 2})
        assert beta_convergence(start, end, years=2, controls=double)["flag"] == "collinear"

    @pytest.mark.parametrize(("regions", "flag"), [(9, "few_regions"), (10, "")])
    def test_few_regions(self, regions, flag):
        frame = levels(regions=regions)
        assert beta_convergence(frame.iloc[0], frame.iloc[5], years=5)["flag"] == flag
        assert beta_convergence_panel(frame, fixed_effects="none")["flag"] == flag

    def test_no_growth_anywhere_has_no_r_squared(self):
        result = beta_convergence([1.0, 2.0, 4.0], [1.0, 2.0, 4.0], years=3)
        assert result["slope"] == 0.0
        assert math.isnan(result["r_squared"])
        assert "no_convergence" in result["flag"]

    def test_observation_that_fixes_its_own_fit_has_no_robust_error(self):
        start, end = [1.0, 1.0, 1.0, 8.0], [2.0, 3.0, 2.5, 9.0]
        result = beta_convergence(start, end, years=1, robust=True)
        assert math.isnan(result["standard_error"])
        assert math.isnan(result["speed_lower"])
        assert result["flag"] == "few_regions;leverage_of_one"
        assert result["slope"] == beta_convergence(start, end, years=1)["slope"]
        assert result["speed"] > 0

    def test_unit_of_a_control_does_not_matter(self):
        first, last = levels().iloc[0], levels().iloc[-1]
        control = pd.DataFrame({"x": 5 + np.sin(np.arange(15.0))}, index=first.index)
        one, other = (
            beta_convergence(first, last, years=11, controls=control * unit) for unit in (1.0, 1e12)
        )
        for name in ("intercept", "slope", "standard_error", "p_value"):
            assert other[name] == pytest.approx(one[name], rel=1e-9)

    @quick
    @given(st.integers(0, 10_000), st.floats(0.001, 1000))
    def test_unit_and_order(self, seed, unit):
        frame = levels(years=2, regions=8, seed=seed)
        result = beta_convergence(frame.iloc[0], frame.iloc[1], years=3)
        scaled = beta_convergence(frame.iloc[0][::-1] * unit, frame.iloc[1] * unit, years=3)
        for name in ("slope", "standard_error", "r_squared"):
            assert scaled[name] == pytest.approx(result[name], rel=1e-6, abs=1e-9)
        assert scaled["flag"] == result["flag"]

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"start: 0.0 at 'b' is not allowed; expected a level"):
            beta_convergence(
                pd.Series({"a": 1.0, "b": 0.0}), pd.Series({"a": 1.0, "b": 2.0}), years=1
            )
        with pytest.raises(ValueError, match="end: expected one row of levels"):
            beta_convergence([1.0, 2.0], EUROFOUND, years=1)
        with pytest.raises(ValueError, match="end: label 'z' is not in start"):
            beta_convergence(pd.Series({"a": 1.0}), pd.Series({"z": 2.0}), years=1)
        with pytest.raises(ValueError, match=r"years: 0.0 is not allowed"):
            beta_convergence([1.0], [2.0], years=0)
        with pytest.raises(ValueError, match="years: expected one number"):
            beta_convergence([1.0], [2.0], years=[1])
        with pytest.raises(ValueError, match="controls: expected a DataFrame"):
            beta_convergence([1.0], [2.0], years=1, controls=[1.0])
        with pytest.raises(ValueError, match="controls: label 'b' of start is missing"):
            beta_convergence(
                pd.Series({"a": 1.0, "b": 1.0}), pd.Series({"a": 1.0, "b": 2.0}), years=1,
                controls=pd.DataFrame({"x": [1.0]}, index=["a"]),
            )  # fmt: skip


def by_dummies(frame: pd.DataFrame, *, region: bool, year: bool):
    """Return statsmodels' fit with a dummy for each effect, for a frame without gaps."""
    logs = np.log(frame)
    long = pd.DataFrame(
        {"growth": (logs.shift(-1) - logs).iloc[:-1].stack(), "level": logs.iloc[:-1].stack()}
    ).reset_index(names=["year", "region"])
    parts = [np.ones(len(long)), long["level"]]
    for wanted, name in ((region, "region"), (year, "year")):
        if wanted:
            parts.append(pd.get_dummies(long[name], drop_first=True, dtype=float))
    design = np.column_stack(parts)
    groups = pd.factorize(long["region"])[0]
    return (
        OLS(long["growth"].to_numpy(), design).fit(
            cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
        ),
        len(long),
        design.shape[1],
    )


class TestBetaPanel:
    @pytest.mark.parametrize(
        ("effects", "region", "year"),
        [
            ("none", False, False),
            ("year", False, True),
            ("region", True, False),
            ("both", True, True),
        ],
    )
    def test_against_dummies(self, effects, region, year):
        frame = levels()
        fit, rows, columns = by_dummies(frame, region=region, year=year)
        result = beta_convergence_panel(frame, fixed_effects=effects)
        assert result["slope"] == pytest.approx(fit.params[1], rel=1e-8)
        # Dummies of regions are nested in the clusters and do not count as parameters.
        kept = columns - (frame.shape[1] - 1) * region
        factor = math.sqrt((rows - columns) / (rows - kept))
        assert result["standard_error"] == pytest.approx(fit.bse[1] * factor, rel=1e-7)
        if not region:
            assert result["p_value"] == pytest.approx(fit.pvalues[1], rel=1e-6)
            lower, upper = fit.conf_int()[1]
            assert result["speed_lower"] == pytest.approx(-math.log1p(upper), rel=1e-7)
            assert result["speed_upper"] == pytest.approx(-math.log1p(lower), rel=1e-7)
        assert result["observations"] == rows
        assert result[["regions", "years"]].tolist() == [15, 11]
        assert result["flag"] == ("nickell_bias" if region else "")

    def test_recovers_the_speed_with_a_path_for_each_region(self):
        draw = np.random.default_rng(2)
        goal, gap = draw.normal(5, 1, 12), draw.normal(0, 1, 12)
        path = goal + gap * np.exp(-0.1 * np.arange(6))[:, np.newaxis]
        frame = pd.DataFrame(np.exp(path), index=range(2015, 2021))
        result = beta_convergence_panel(frame)
        assert result["speed"] == pytest.approx(0.1, rel=1e-9)
        assert result["half_life"] == pytest.approx(math.log(2) / 0.1, rel=1e-9)
        # Without effects of regions, paths of their own look like slow convergence or none.
        assert not 0.09 < beta_convergence_panel(frame, fixed_effects="none")["speed"] < 0.11

    def test_growth_over_a_missing_year_is_not_used(self):
        frame = levels()
        gap = frame.drop(index=2015)
        result = beta_convergence_panel(gap, fixed_effects="none")
        assert result["observations"] == 15 * 9
        assert result["years"] == 9
        assert result["flag"].split(";")[0] == "years_missing"
        holed = frame.copy()
        holed.loc[2015] = math.nan
        other = beta_convergence_panel(holed, fixed_effects="none")
        assert other["flag"].split(";")[0] == "pairs_missing"
        assert other["slope"] == pytest.approx(result["slope"], rel=1e-12)
        assert other["standard_error"] == pytest.approx(result["standard_error"], rel=1e-12)

    def test_order_of_years_and_regions_does_not_matter(self):
        frame = levels()
        turned = beta_convergence_panel(frame.iloc[::-1, ::-1], fixed_effects="both")
        result = beta_convergence_panel(frame, fixed_effects="both")
        for name in ("slope", "standard_error", "r_squared", "p_value"):
            assert turned[name] == pytest.approx(result[name], rel=1e-9)

    def test_region_without_values_is_no_region(self):
        frame = levels().assign(empty=math.nan)
        result = beta_convergence_panel(frame)
        assert result["regions"] == 15
        assert result["flag"] == "pairs_missing;nickell_bias"

    def test_too_little(self):
        frame = levels(years=4, regions=5)
        cases = {
            "too_few_regions": frame.iloc[:, :2],
            "too_few_observations": frame.iloc[:2],
            # Nothing moves, so that nothing is left beside the effects of regions.
            "collinear": frame.iloc[[0] * 8].set_axis(range(2000, 2008)),
        }
        for reason, given_frame in cases.items():
            result = beta_convergence_panel(given_frame)
            assert reason in result["flag"].split(";"), reason
            assert math.isnan(result["slope"])
            assert math.isnan(result["speed"])
        one_pair_each = frame.iloc[:3].copy()
        one_pair_each.iloc[2, 1:] = math.nan
        both = beta_convergence_panel(one_pair_each, fixed_effects="both")
        assert "too_few_observations" in both["flag"].split(";")
        nothing = beta_convergence_panel(frame.iloc[:1])
        assert nothing["observations"] == 0
        assert "too_few_regions" in nothing["flag"]
        assert "few_regions" in beta_convergence_panel(frame)["flag"].split(";")

    def test_refusals(self):
        with pytest.raises(ValueError, match=r'fixed_effects: .two. .* expected "region", "year"'):
            beta_convergence_panel(levels(), fixed_effects="two")
        with pytest.raises(ValueError, match=r"values: 0.0 at row 2020, column 'a' is not allowed"):
            beta_convergence_panel(pd.DataFrame({"a": [0.0]}, index=[2020]))


class TestClassify:
    FRAME = pd.DataFrame(
        {"A": [50.0, 75.0], "B": [100.0, 100.0], "C": [150.0, 125.0]}, index=[2021, 2020]
    )

    def test_bounds_belong_to_the_class_above(self):
        states = classify(self.FRAME, bounds=[0.75, 1.25])
        assert states.to_numpy().tolist() == [[0.0, 1.0, 2.0], [1.0, 1.0, 2.0]]
        assert states.index.tolist() == [2021, 2020]
        absolute = classify(self.FRAME, bounds=[100.0], relative=False)
        assert absolute.to_numpy().tolist() == [[0.0, 1.0, 1.0], [0.0, 1.0, 1.0]]

    def test_quantiles_are_pooled_over_years(self):
        frame = pd.DataFrame([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], index=[2020, 2021])
        states = classify(frame, quantiles=2, relative=False)
        assert states.to_numpy().tolist() == [[0.0] * 3, [1.0] * 3]
        # Relative to the year, growth common to all moves nobody.
        doubled = pd.DataFrame([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]], index=[2020, 2021])
        moved = classify(doubled, quantiles=3)
        assert moved.iloc[0].tolist() == moved.iloc[1].tolist() == [0.0, 1.0, 2.0]

    def test_five_classes_by_default(self):
        states = classify(levels(years=20, regions=20), relative=False)
        assert np.bincount(states.to_numpy().astype(int).ravel()).tolist() == [80] * 5

    def test_equal_values_leave_a_class_empty(self):
        frame = pd.DataFrame([[1.0, 1.0, 1.0, 1.0, 2.0]], index=[2020])
        states = classify(frame, quantiles=3, relative=False)
        assert states.to_numpy().tolist() == [[2.0] * 5]

    def test_missing_region_and_mean_of_zero(self):
        frame = self.FRAME.copy()
        frame.loc[2021, "A"] = math.nan
        relative = classify(frame, bounds=[1.0])
        assert relative.loc[2021].isna().all()
        assert relative.loc[2020].notna().all()
        absolute = classify(frame, bounds=[100.0], relative=False)
        assert absolute.loc[2021].tolist()[1:] == [1.0, 1.0]
        assert math.isnan(absolute.loc[2021, "A"])
        zero = pd.DataFrame({"A": [-1.0], "B": [1.0]}, index=[2020])
        assert classify(zero, quantiles=2).isna().all(axis=None)

    @quick
    @given(st.integers(0, 10_000), st.integers(2, 6))
    def test_higher_is_never_a_lower_class(self, seed, number):
        frame = levels(years=4, regions=6, seed=seed)
        states = classify(frame, quantiles=number)
        ratio = frame.div(frame.mean(axis=1), axis=0).to_numpy().ravel()
        order = np.argsort(ratio, kind="stable")
        assert (np.diff(states.to_numpy().ravel()[order]) >= 0).all()
        assert set(states.to_numpy().ravel()) <= set(range(number))
        np.testing.assert_array_equal(classify(frame * 8, quantiles=number), states)

    def test_refusals(self):
        with pytest.raises(ValueError, match="bounds: expected either bounds or quantiles"):
            classify(self.FRAME, bounds=[1.0], quantiles=2)
        with pytest.raises(
            ValueError, match=r"bounds: 1.0 at 1 is not allowed; expected bounds in"
        ):
            classify(self.FRAME, bounds=[1.0, 1.0])
        with pytest.raises(ValueError, match="bounds: nan at 0 is not allowed"):
            classify(self.FRAME, bounds=[math.nan])
        for number in (1, 2.0, True):
            with pytest.raises(ValueError, match=r"quantiles: .* a whole number of 2 or more"):
                classify(self.FRAME, quantiles=number)


class TestTransition:
    def test_levels_are_no_classes(self):
        levels = pd.DataFrame({"a": [15_000, 15_400]}, index=[2000, 2001])
        with pytest.raises(ValueError, match=r"^states: 15400 is not allowed; .* at most 100"):
            markov_transition(levels)

    def test_us_income(self):
        moves = transition_probabilities(US_COUNTS)
        # Printed by giddy.
        assert moves.probabilities.iloc[1].tolist() == pytest.approx(
            [0.09972299, 0.78531856, 0.11080332, 0.00415512, 0], abs=1e-8
        )
        assert moves.classes["transitions"].tolist() == [801, 722, 800, 718, 799]
        assert (moves.classes["flag"] == "").all()
        p = 71 / 801
        assert moves.standard_errors.iloc[0, 1] == pytest.approx(math.sqrt(p * (1 - p) / 801))
        assert ergodic_distribution(moves.probabilities).tolist() == pytest.approx(
            [0.20774716, 0.18725774, 0.20740537, 0.18821787, 0.20937187], abs=1e-8
        )

    def test_against_giddy(self):
        states = pd.DataFrame(np.array(GIDDY["states"]).T, index=range(2000, 2012))
        moves = markov_transition(states)
        assert moves.counts.to_numpy().tolist() == GIDDY["counts"]
        np.testing.assert_allclose(moves.probabilities, GIDDY["probabilities"], rtol=1e-14)

    def test_only_adjacent_years_count(self):
        frame = pd.DataFrame(
            {"A": [0, 0, 1, 0], "B": [1, math.nan, 1, 1]}, index=[2024, 2020, 2021, 2023]
        )
        moves = markov_transition(frame, classes=2)
        # A: 0 to 1 in 2021, 0 to 0 in 2024; B: 1 to 1 in 2024 only.
        assert moves.counts.to_numpy().tolist() == [[1.0, 1.0], [0.0, 1.0]]
        assert moves.classes["flag"].tolist() == ["few_transitions", "few_transitions"]
        assert list(moves.counts.index.names) == ["from"]
        assert list(moves.counts.columns.names) == ["to"]

    def test_class_without_departures(self):
        frame = pd.DataFrame({"A": [0, 0, 1]}, index=[2020, 2021, 2022])
        moves = markov_transition(frame, classes=3)
        assert moves.probabilities.iloc[0].tolist() == [0.5, 0.5, 0.0]
        assert moves.probabilities.iloc[1:].isna().all(axis=None)
        assert moves.standard_errors.iloc[1:].isna().all(axis=None)
        assert moves.classes["flag"].tolist() == [
            "few_transitions", "no_transitions", "no_transitions",
        ]  # fmt: skip
        assert ergodic_distribution(moves.probabilities).isna().all()
        assert mean_first_passage_times(moves.probabilities).isna().all(axis=None)
        assert mobility(moves.probabilities).isna().all()

    def test_columns_in_any_order(self):
        labels = list("vwxyz")
        counts = US_COUNTS.set_axis(labels).set_axis(labels, axis=1)
        turned = transition_probabilities(counts[labels[::-1]])
        pd.testing.assert_frame_equal(
            turned.probabilities, transition_probabilities(counts).probabilities
        )
        assert turned.probabilities.columns.tolist() == labels

    def test_missing_count(self):
        counts = pd.DataFrame([[1.0, math.nan], [1.0, 3.0]])
        moves = transition_probabilities(counts)
        assert moves.probabilities.iloc[0].isna().all()
        assert moves.probabilities.iloc[1].tolist() == [0.25, 0.75]
        assert moves.classes["flag"].tolist() == ["", "few_transitions"]

    @quick
    @given(st.integers(0, 10_000))
    def test_rows_sum_to_one_and_regions_are_alike(self, seed):
        draw = np.random.default_rng(seed)
        states = pd.DataFrame(draw.integers(0, 3, (6, 5)), index=range(2000, 2006))
        moves = markov_transition(states, classes=3)
        sums = moves.probabilities.sum(axis=1, skipna=False).dropna()
        assert sums.tolist() == pytest.approx([1.0] * len(sums))
        assert moves.counts.to_numpy().sum() == 25
        turned = markov_transition(states.iloc[::-1, ::-1], classes=3)
        pd.testing.assert_frame_equal(moves.counts, turned.counts)

    def test_refusals(self):
        years = [2020, 2021]
        # giddy takes bounds for classes without a word; levels are no classes.
        with pytest.raises(
            ValueError, match=r"states: 0.75 at row 2020, column 'A' is not allowed"
        ):
            markov_transition(pd.DataFrame({"A": [0.75, 1.25]}, index=years))
        with pytest.raises(ValueError, match=r"states: -1.0 at row 2020.*expected a class"):
            markov_transition(pd.DataFrame({"A": [-1, 1]}, index=years))
        with pytest.raises(ValueError, match=r"states: 2.0 .*expected a class below 2"):
            markov_transition(pd.DataFrame({"A": [2, 1]}, index=years), classes=2)
        with pytest.raises(ValueError, match="states: holds no class; give classes"):
            markov_transition(pd.DataFrame({"A": [math.nan]}, index=[2020]))
        with pytest.raises(ValueError, match="classes: 0 is not allowed"):
            markov_transition(pd.DataFrame({"A": [0, 1]}, index=years), classes=0)
        with pytest.raises(ValueError, match=r"counts: 0.5 at row 0, column 0 is not allowed"):
            transition_probabilities(OZ)
        with pytest.raises(ValueError, match=r"counts: -1.0 .* a whole number of 0 or more"):
            transition_probabilities(pd.DataFrame([[-1.0]]))
        with pytest.raises(
            ValueError, match=r"counts: rows \[0, 1\] and columns \['a', 'b'\] differ"
        ):
            transition_probabilities(pd.DataFrame([[1, 2], [3, 4]], columns=["a", "b"]))
        with pytest.raises(ValueError, match="counts: expected a DataFrame with the same classes"):
            transition_probabilities([[1, 2], [3, 4]])


def as_frame(rows: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, dtype=float)


class TestChain:
    def test_oz(self):
        assert ergodic_distribution(OZ).tolist() == pytest.approx([0.4, 0.2, 0.4], rel=1e-14)
        np.testing.assert_allclose(
            mean_first_passage_times(OZ),
            [[2.5, 4, 10 / 3], [8 / 3, 5, 8 / 3], [10 / 3, 4, 2.5]],
            rtol=1e-13,
        )

    @pytest.mark.parametrize("number", range(len(GIDDY["chains"])))
    def test_against_giddy(self, number):
        chain = GIDDY["chains"][number]
        frame = as_frame(chain["probabilities"])
        np.testing.assert_allclose(ergodic_distribution(frame), chain["steady_state"], rtol=1e-9)
        np.testing.assert_allclose(
            mean_first_passage_times(frame), chain["mean_first_passage_times"], rtol=1e-8
        )
        for given_shares, name in ((chain["distribution"], "mobility"), (None, "mobility_uniform")):
            result = mobility(frame, distribution=given_shares)
            assert result.to_dict() == pytest.approx(chain[name], rel=1e-9)

    def test_printed_mobility_of_us_income(self):
        # Docstring of giddy.
        chain = transition_probabilities(US_COUNTS).probabilities
        shares = [0.1, 0.2, 0.2, 0.4, 0.1]
        assert mobility(chain, distribution=shares).tolist() == pytest.approx(
            [0.19759, 0.60685, 0.03978, 0.22777, 0.04637], abs=5e-6
        )

    def test_rare_moves_keep_their_digits(self):
        # An eigenvector of this matrix would be (1/2, 1/2): 1 - 1e-20 is 1 in binary.
        chain = as_frame([[1.0, 1e-20], [3e-20, 1.0]])
        assert ergodic_distribution(chain).tolist() == pytest.approx([0.75, 0.25], rel=1e-14)
        assert mean_first_passage_times(chain).iloc[0, 1] == pytest.approx(1e20, rel=1e-14)

    def test_printed_rows_need_not_sum_to_one(self):
        third = as_frame([[0.3333333, 0.3333333, 0.3333333]] * 3)
        assert ergodic_distribution(third).tolist() == pytest.approx([1 / 3] * 3, rel=1e-14)

    def test_classes_that_are_left_for_good(self):
        chain = as_frame([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [0.0, 1.0, 0.0]])
        assert ergodic_distribution(chain).tolist() == pytest.approx([0, 2 / 3, 1 / 3], rel=1e-14)
        times = mean_first_passage_times(chain)
        assert times[0].isna().all()
        # Into class 1 from 0: stays two years on average, then half of the time by way of 2.
        assert times[1].tolist() == pytest.approx([2.5, 1.5, 1.0])
        absorbing = GIDDY["absorbing"]
        np.testing.assert_allclose(
            mean_first_passage_times(as_frame(absorbing["probabilities"])),
            np.array(absorbing["mean_first_passage_times"], dtype=float),
            rtol=1e-12,
        )

    def test_periodic_chain(self):
        swap = pd.DataFrame([[0.0, 1.0], [1.0, 0.0]], index=["x", "y"], columns=["x", "y"])
        assert ergodic_distribution(swap).to_dict() == {"x": 0.5, "y": 0.5}
        assert mean_first_passage_times(swap).to_numpy().tolist() == [[2.0, 1.0], [1.0, 2.0]]
        assert mobility(swap)[["determinant", "second_eigenvalue"]].tolist() == [0.0, 0.0]
        assert mobility(swap)["prais"] == 2.0

    def test_several_closed_groups_are_named(self):
        labels = ["low", "mid", "high"]
        frame = pd.DataFrame([[1.0, 0, 0], [0.2, 0.6, 0.2], [0, 0, 1.0]], labels, labels)
        message = r"the chain never leaves \['low'\] and \['high'\]; expected one such group"
        with pytest.raises(ValueError, match=message):
            ergodic_distribution(frame)
        times = mean_first_passage_times(frame)
        assert times.loc["low", "low"] == 1.0
        assert times["mid"].isna().all()
        assert math.isnan(times.loc["mid", "high"])

    def test_no_mobility_and_equal_chances(self):
        stuck = pd.DataFrame(np.eye(3))
        assert mobility(stuck).tolist() == [0.0] * 5
        equal = pd.DataFrame(np.full((4, 4), 0.25))
        result = mobility(equal)
        assert result[:3].tolist() == pytest.approx([1.0, 1.0, 1.0])

    def test_shares_by_label_and_columns_in_any_order(self):
        labels = ["x", "y", "z"]
        frame = OZ.set_axis(labels).set_axis(labels, axis=1)
        turned = frame[["z", "x", "y"]]
        shares = pd.Series({"z": 0.6, "x": 0.1, "y": 0.3})
        expected = mobility(OZ, distribution=[0.1, 0.3, 0.6])
        assert mobility(turned, distribution=shares).tolist() == pytest.approx(expected.tolist())
        assert ergodic_distribution(turned).tolist() == ergodic_distribution(OZ).tolist()

    @quick
    @given(st.integers(0, 10_000), st.integers(2, 6))
    def test_identities(self, seed, number):
        draw = np.random.default_rng(seed)
        frame = pd.DataFrame(draw.dirichlet(np.ones(number), number))
        chain, shares = frame.to_numpy(), ergodic_distribution(frame)
        assert shares.sum() == pytest.approx(1.0, rel=1e-12)
        np.testing.assert_allclose(shares.to_numpy() @ chain, shares, atol=1e-13)
        times = mean_first_passage_times(frame).to_numpy()
        np.testing.assert_allclose(np.diag(times), 1 / shares, rtol=1e-9)
        np.testing.assert_allclose(times, 1 + chain @ (times - np.diag(np.diag(times))), rtol=1e-9)
        # Kemeny's constant: the mean time to a class drawn from the long run is the same from all.
        constant = (times - np.diag(np.diag(times))) @ shares.to_numpy()
        assert constant.tolist() == pytest.approx([constant[0]] * number, rel=1e-8)
        result = mobility(frame)
        assert 0 <= result["prais"] <= number / (number - 1) + 1e-12
        assert result["determinant"] <= 1
        assert result["second_eigenvalue"] <= 1
        order = draw.permutation(number)
        again = ergodic_distribution(frame.iloc[order, order])
        assert again.loc[shares.index].tolist() == pytest.approx(shares.tolist(), rel=1e-9)
        other = mobility(frame.iloc[order, order])
        names = ["prais", "determinant", "second_eigenvalue", "bartholomew_1"]
        assert other[names].tolist() == pytest.approx(result[names].tolist(), rel=1e-8, abs=1e-10)

    def test_refusals(self):
        for function in (ergodic_distribution, mean_first_passage_times, mobility):
            with pytest.raises(ValueError, match=r"probabilities: 0.9 at 'x' .* that sums to 1"):
                function(pd.DataFrame([[0.4, 0.5], [0.5, 0.5]], list("xy"), list("xy")))
            with pytest.raises(ValueError, match=r"probabilities: -0.5 at row 0, column 1 is not"):
                function(as_frame([[1.5, -0.5], [0.5, 0.5]]))
            with pytest.raises(ValueError, match=r"probabilities: rows .* differ; give the same"):
                function(as_frame([[0.5, 0.5]]))
        with pytest.raises(ValueError, match="probabilities: one class has no mobility"):
            mobility(as_frame([[1.0]]))
        with pytest.raises(ValueError, match=r"distribution: the shares sum to 0.9; expected 1"):
            mobility(OZ, distribution=[0.2, 0.3, 0.4])
        with pytest.raises(ValueError, match=r"distribution: -0.5 at 0 is not allowed"):
            mobility(OZ, distribution=[-0.5, 0.5, 1.0])
        with pytest.raises(ValueError, match="distribution: holds 2 values where probabilities"):
            mobility(OZ, distribution=[0.5, 0.5])

    def test_one_class(self):
        assert ergodic_distribution(as_frame([[1.0]])).tolist() == [1.0]
        assert mean_first_passage_times(as_frame([[1.0]])).to_numpy().tolist() == [[1.0]]
