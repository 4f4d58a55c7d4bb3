from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyanalysis.indicators.composite import coverage, impute, treat_outliers
from lyanalysis.indicators.composite._moments import moments, quartiles

METHODS = ("winsorise_then_log", "winsorise", "log", "iqr")


def frame(seed: int, rows: int = 30, *, gaps: float = 0.1) -> pd.DataFrame:
    """Return two indicators with long tails, one of each side, and two without."""
    draw = np.random.default_rng(seed)
    cells = {
        "high": draw.lognormal(0, 2, rows),
        "low": -draw.lognormal(0, 2, rows),
        "normal": draw.normal(5, 1, rows),
        "even": draw.uniform(0, 1, rows),
    }
    return pd.DataFrame(cells).mask(draw.random((rows, 4)) < gaps)


def treated(values, **options) -> tuple[list[float], list[str], pd.Series]:
    result = treat_outliers(pd.DataFrame({"x": values}, dtype=float), **options)
    return result.values["x"].tolist(), result.flags["x"].tolist(), result.summary.loc["x"]


class TestMoments:
    def test_as_pandas(self):
        data = frame(1)
        found = moments(data.to_numpy())
        assert found.skewness.tolist() == pytest.approx(data.skew().tolist())
        assert found.kurtosis.tolist() == pytest.approx(data.kurt().tolist())
        assert found.counts.tolist() == data.count().tolist()

    def test_by_hand(self):
        # Five values 0 0 0 0 5: mean 1, deviations -1 four times and 4.
        found = moments(np.array([[0.0], [0], [0], [0], [5]]))
        assert found.skewness[0] == pytest.approx(math.sqrt(5))
        assert found.kurtosis[0] == pytest.approx(5)

    def test_quartiles_as_pandas(self):
        data = frame(2)
        for found, share in zip(quartiles(data.to_numpy()), (0.25, 0.75), strict=True):
            assert found.tolist() == pytest.approx(data.quantile(share).tolist())

    def test_too_few_and_equal(self):
        cells = np.array([[1.0, 1.0, 0.1], [2.0, math.nan, 0.1], [4.0, math.nan, 0.1]])
        found = moments(cells)
        assert found.skewness[0] == pytest.approx(pd.Series([1, 2, 4]).skew())
        assert np.isnan(found.skewness[1:]).all()
        assert np.isnan(found.kurtosis).all()
        assert found.equal.tolist() == [False, True, True]


class TestPublished:
    """Cases of the tests of COINr, tests/testthat/test-treat.R."""

    def test_one_outlier(self):
        values, flags, summary = treated([*range(1, 11), 100])
        assert values == [*range(1, 11), 10]
        assert flags == [*[""] * 10, "winsorised"]
        assert (summary["treatment"], summary["points"], summary["flag"]) == ("winsorised", 1, "")
        assert summary["skewness_before"] > 2
        assert summary["kurtosis_before"] > 3.5

    def test_one_low_outlier(self):
        values, flags, _ = treated([*range(1, 11), -100])
        assert values == [*range(1, 11), 1]
        assert flags[-1] == "winsorised"

    def test_limit_reached(self):
        data = [*range(1, 21), 100, 200]
        values, flags, summary = treated(data, method="winsorise", most_points=1)
        assert values == [*range(1, 21), 100, 100]
        assert flags == [*[""] * 21, "winsorised"]
        assert summary["flag"] == "outliers_remain"

    def test_logarithm_of_untreated_values_where_that_did_not_help(self):
        data = [*range(1, 21), 100, 200]
        values, flags, summary = treated(data, most_points=1)
        assert values == pytest.approx([math.log(x - 1 + 1.99) for x in data])
        assert set(flags) == {"log_transformed"}
        assert (summary["treatment"], summary["points"]) == ("log_transformed", 22)


class TestTreatment:
    def test_both_conditions_must_hold(self):
        # Skewed without heavy tails, and heavy tails without skewness.
        skewed = [0.0] * 3 + [0.1] * 3 + [1.0]
        found = moments(np.array(skewed)[:, np.newaxis])
        assert found.skewness[0] > 2
        assert treated(skewed, most_kurtosis=7.5)[0] == skewed
        assert treated(skewed, most_kurtosis=3.5)[0] == [0.0] * 3 + [0.1] * 4
        heavy = [-100.0, *range(1, 30), 130.0]
        assert moments(np.array(heavy)[:, np.newaxis]).kurtosis[0] > 3.5
        assert treated(heavy)[0] == heavy

    def test_nothing_is_changed_without_a_flag(self):
        for method in METHODS:
            for seed in range(20):
                data = frame(seed)
                result = treat_outliers(data, method=method)
                same = (result.values == data) | data.isna()
                assert ((result.flags != "") | same).all(axis=None)
                assert (result.flags != "").sum().tolist() == result.summary["points"].tolist()
                assert result.values.isna().equals(data.isna())
                assert (result.flags[data.isna()].isin(["", math.nan])).all(axis=None)

    def test_rule_is_met_or_said_not_to_be(self):
        methods = {"winsorised", "log_transformed", ""}
        seen = set()
        for seed in range(60):
            result = treat_outliers(frame(seed), most_points=2)
            summary = result.summary
            met = ~((summary["skewness_after"].abs() > 2) & (summary["kurtosis_after"] > 3.5))
            assert (met == summary["flag"].eq("")).all()
            seen |= set(summary["treatment"])
            again = result.values.agg(["skew", "kurt"]).T
            assert summary["skewness_after"].tolist() == pytest.approx(again["skew"].tolist())
            assert summary["kurtosis_after"].tolist() == pytest.approx(again["kurt"].tolist())
        assert seen == methods

    def test_order_is_kept(self):
        for method in METHODS:
            for seed in range(20):
                data = frame(seed)
                result = treat_outliers(data, method=method).values
                for name in data:
                    order = data[name].dropna().sort_values().index
                    assert result.loc[order, name].is_monotonic_increasing

    @pytest.mark.parametrize(
        ("limit", "points"), [(0, 0), (1, 1), (3, 3), (0.04, 0), (0.1, 2), (0.17, 3)]
    )
    def test_most_points(self, limit, points):
        strict = {"method": "winsorise", "most_skewness": 0.5, "most_kurtosis": 0}
        found = treated(np.exp(np.arange(20.0)), most_points=limit, **strict)[2]
        assert (found["points"], found["flag"]) == (points, "outliers_remain")

    @pytest.mark.parametrize(("skewness", "kurtosis"), [(2, 3.5), (0.5, 0), (1, 0)])
    def test_stops_as_soon_as_the_rule_is_met(self, skewness, kurtosis):
        data = pd.Series(np.exp(np.arange(20.0)))
        cut = (data.clip(upper=data[19 - points]) for points in range(20))
        enough = next(
            points
            for points, series in enumerate(cut)
            if series.skew() <= skewness or series.kurt() <= kurtosis
        )
        found = treated(
            data,
            method="winsorise",
            most_points=None,
            most_skewness=skewness,
            most_kurtosis=kurtosis,
        )[2]
        assert found["points"] == enough > 1
        assert found["flag"] == ""

    def test_share_is_of_the_values_that_are_there(self):
        values = [*np.exp(np.arange(20.0)), *[math.nan] * 20]
        assert treated(values, method="winsorise", most_points=0.1)[2]["points"] == 2

    def test_ties_are_drawn_in_together_or_not_at_all(self):
        data = [*range(1, 30), 500, 500]
        assert treated(data, method="winsorise", most_points=2)[0] == [*range(1, 30), 29, 29]
        assert treated(data, method="winsorise", most_points=1)[0] == data

    def test_both_ends(self):
        # The higher end first; then the lower end has the longer tail.
        data = [-3000.0, *range(1, 40), 4000.0, 4100.0]
        values, flags, summary = treated(
            data, method="winsorise", most_kurtosis=0, most_skewness=0.5
        )
        assert values == [1, *range(1, 40), 39, 39]
        assert [position for position, flag in enumerate(flags) if flag] == [0, 40, 41]
        assert summary["flag"] == ""

    def test_logarithm_draws_in_the_long_tail_of_either_side(self):
        data = pd.DataFrame({"x": np.exp(np.arange(20.0))})
        up = treat_outliers(data, method="log")
        down = treat_outliers(-data, method="log")
        assert up.values["x"].tolist() == pytest.approx((-down.values["x"]).tolist())
        assert abs(down.summary.loc["x", "skewness_after"]) < 2
        span = data["x"].max() - data["x"].min()
        expected = np.log(data["x"] - data["x"].min() + 0.01 * span)
        assert up.values["x"].tolist() == pytest.approx(expected.tolist())

    def test_quartile_fences(self):
        # Quartiles 3 and 7, so fences at -3 and 13.
        values, flags, summary = treated([-9, 2, 3, 4, 5, 6, 7, 8, 99], method="iqr")
        assert values == [-3, 2, 3, 4, 5, 6, 7, 8, 13]
        assert flags == ["clipped", *[""] * 7, "clipped"]
        assert summary["treatment"] == "clipped"
        assert treated([-9, 2, 3, 4, 5, 6, 7, 8, 99], method="iqr", fence=30)[2]["points"] == 0

    def test_equal_quartiles_leave_a_column_alone(self):
        values, _, summary = treated([5, 5, 5, 5, 5, 5, 1000], method="iqr")
        assert values[-1] == 1000
        assert summary["flag"] == "outliers_remain;no_spread"

    def test_constant_few_and_none(self):
        data = pd.DataFrame(
            {"constant": [0.1] * 5, "few": [1, 2, 900, math.nan, math.nan], "none": [math.nan] * 5}
        )
        for method in METHODS[:3]:
            result = treat_outliers(data, method=method)
            pd.testing.assert_frame_equal(result.values, data)
            assert result.summary["flag"].tolist() == [
                "no_spread",
                "too_few_values",
                "too_few_values",
            ]
        empty = treat_outliers(data.iloc[:0], method="iqr")
        assert empty.values.shape == (0, 3)
        assert empty.summary["observed"].tolist() == [0, 0, 0]

    def test_four_values_are_enough_to_check(self):
        values, _, summary = treated([1, 2, 3, 90], most_skewness=1.5)
        assert (summary["observed"], summary["points"], summary["flag"]) == (4, 1, "")
        assert values == [1, 2, 3, 3]

    def test_never_until_all_values_are_equal(self):
        data = [0.0, *[math.nan] * 3, *[0.0] * 9, 5.0]
        values, flags, summary = treated(data, method="winsorise")
        assert values == pytest.approx(data, nan_ok=True)
        assert not any(flags)
        assert summary["flag"] == "outliers_remain"

    def test_by_year(self):
        pieces = {year: frame(year, 20 + year % 3) for year in (2020, 2021, 2022)}
        panel = pd.concat(pieces, names=["year", "region"]).sample(frac=1, random_state=2)
        for method in ("winsorise", "iqr"):
            result = treat_outliers(panel, method=method, over="year")
            for year, piece in pieces.items():
                alone = treat_outliers(piece, method=method)
                rows = result.values.xs(year, level="year").sort_index()
                pd.testing.assert_frame_equal(rows, alone.values, check_names=False)
                flags = result.flags.xs(year, level="year").sort_index()
                pd.testing.assert_frame_equal(flags, alone.flags, check_names=False)
                summary = result.summary.xs(year, level="year")
                pd.testing.assert_frame_equal(summary, alone.summary, check_names=False)

    def test_many_columns_are_treated_in_blocks(self):
        data = pd.concat([frame(seed, 9000) for seed in range(3)], axis=1)
        data = data.set_axis([f"x{column}" for column in range(12)], axis=1)
        together = treat_outliers(data)
        for name in data:
            alone = treat_outliers(data[[name]])
            pd.testing.assert_frame_equal(together.values[[name]], alone.values)
            pd.testing.assert_frame_equal(together.summary.loc[[name]], alone.summary)

    @settings(derandomize=True, deadline=None, max_examples=50, database=None)
    @given(
        seed=st.integers(0, 10**6), method=st.sampled_from(METHODS), scale=st.sampled_from([0.5, 8])
    )
    def test_units_order_and_sign(self, seed, method, scale):
        data = frame(seed)
        result = treat_outliers(data, method=method)
        turned = data.sample(frac=1, random_state=1)[["low", "even", "normal", "high"]]
        again = treat_outliers(turned, method=method)
        pd.testing.assert_frame_equal(again.values.loc[data.index, data.columns], result.values)
        pd.testing.assert_frame_equal(again.flags.loc[data.index, data.columns], result.flags)
        negative = treat_outliers(-data, method=method)
        pd.testing.assert_frame_equal(-negative.values, result.values)
        rescaled = treat_outliers(scale * data, method=method)
        pd.testing.assert_frame_equal(rescaled.flags, result.flags)
        linear = result.summary["treatment"] != "log_transformed"
        pd.testing.assert_frame_equal(
            rescaled.values.loc[:, linear] / scale, result.values.loc[:, linear]
        )

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"method": "winsorize"}, r'^method: \'winsorize\' is not allowed; expected "winsor'),
            ({"over": "all"}, r'^over: \'all\' is not allowed; expected "panel" or "year"'),
            ({"over": "year"}, r'^over: "year" is not allowed with method "winsorise_then_log"'),
            ({"most_skewness": -1}, r"^most_skewness: -1 is not allowed; expected 0 or more"),
            ({"most_kurtosis": math.nan}, r"^most_kurtosis: nan is not allowed"),
            ({"fence": -0.5}, r"^fence: -0.5 is not allowed"),
            ({"most_points": 1.5}, r"^most_points: 1.5 is not allowed; expected a whole number"),
            ({"most_points": -1}, r"^most_points: -1 is not allowed"),
            ({"most_points": math.inf}, r"^most_points: inf is not allowed"),
        ],
    )
    def test_refusals(self, given, message):
        with pytest.raises(ValueError, match=message):
            treat_outliers(frame(1), **given)

    def test_refused_data(self):
        with pytest.raises(ValueError, match=r"^data: list is not allowed; expected a DataFrame"):
            treat_outliers([1, 2])
        with pytest.raises(ValueError, match=r"^data: label 'x' occurs more than once"):
            treat_outliers(pd.DataFrame([[1, 2]], columns=["x", "x"]))


ROWS = pd.MultiIndex.from_tuples(
    [("A", 2022), ("B", 2020), ("A", 2020), ("A", 2018), ("B", 2022), ("A", 2019), ("B", 2019)],
    names=["region_code", "year"],
)
GAPS = pd.DataFrame(
    {
        "x": [14.0, math.nan, math.nan, 2.0, 9.0, math.nan, 3.0],
        "y": [math.nan, 5.0, math.nan, 1.0, math.nan, math.nan, math.nan],
    },
    index=ROWS,
)


def cells(result: pd.DataFrame, name: str) -> list[float]:
    return result[name].tolist()


class TestImputation:
    def test_none(self):
        result = impute(GAPS, method="none")
        pd.testing.assert_frame_equal(result.values, GAPS)
        assert result.flags["x"].tolist() == ["", "missing", "missing", "", "", "missing", ""]

    def test_interpolation_goes_by_years_and_never_beyond(self):
        result = impute(GAPS, method="interpolate")
        # A: 2 in 2018, 14 in 2022. B: 3 in 2019, 9 in 2022.
        assert cells(result.values, "x") == pytest.approx([14, 5, 8, 2, 9, 5, 3])
        assert result.flags["x"].tolist() == [
            "",
            "interpolated",
            "interpolated",
            "",
            "",
            "interpolated",
            "",
        ]
        assert result.values["y"].equals(GAPS["y"])
        assert result.flags["y"].tolist() == [
            *["missing", "", "missing", ""],
            *["missing", "missing", "missing"],
        ]

    def test_previous(self):
        result = impute(GAPS, method="previous", limit=1)
        # A in 2020 is two years after 2018.
        assert cells(result.values, "x") == pytest.approx(
            [14, 3, math.nan, 2, 9, 2, 3], nan_ok=True
        )
        assert result.flags["x"].tolist() == [
            *["", "carried_forward", "missing", ""],
            *["", "carried_forward", ""],
        ]
        longer = impute(GAPS, method="previous", limit=2).values
        assert cells(longer, "x") == [14, 3, 2, 2, 9, 2, 3]
        assert cells(longer, "y")[:5] == pytest.approx([math.nan, 5, 1, 1, 5], nan_ok=True)

    @pytest.mark.parametrize("method", ["mean", "median"])
    def test_typical_value_of_the_year(self, method):
        draw = np.random.default_rng(3)
        rows = pd.MultiIndex.from_product([range(6), range(4)], names=["region", "year"])
        data = pd.DataFrame(draw.normal(size=(24, 5)), rows).mask(draw.random((24, 5)) < 0.3)
        data = data.sample(frac=1, random_state=1)
        result = impute(data, method=f"year_{method}")
        expected = data.fillna(data.groupby(level="year").transform(method))
        pd.testing.assert_frame_equal(result.values, expected)
        filled = data.isna() & expected.notna()
        assert (result.flags.eq(f"year_{method}") == filled).all(axis=None)

    def test_all_rows_are_one_year_without_years(self):
        data = pd.DataFrame({"x": [1.0, math.nan, 3.0]}, index=["A", "B", "C"])
        assert cells(impute(data, method="year_mean").values, "x") == [1, 2, 3]

    def test_mean_of_the_group_in_the_same_year(self):
        rows = pd.MultiIndex.from_product([list("ABCD"), [1, 2]], names=["region", "year"])
        data = pd.DataFrame({"x": [1, 10, math.nan, math.nan, 5, 50, math.nan, 7]}, rows)
        groups = pd.Series({"B": "w", "D": None, "C": "e", "A": "w"})
        result = impute(data, method="group_mean", groups=groups)
        assert cells(result.values, "x") == pytest.approx(
            [1, 10, 1, 10, 5, 50, math.nan, 7], nan_ok=True
        )
        assert result.flags["x"].tolist()[2:4] == ["group_mean"] * 2
        # D has no group: it gets nothing, and gives nothing.
        assert result.flags["x"].tolist()[6:] == ["missing", ""]

    def test_year_without_any_value(self):
        result = impute(GAPS, method="year_mean")
        assert math.isnan(result.values.loc[("A", 2022), "y"])
        assert result.flags.loc[("A", 2022), "y"] == "missing"

    def test_regions_of_several_levels(self):
        rows = pd.MultiIndex.from_tuples(
            [("A", 1, "w"), ("A", 3, "w"), ("A", 2, "w"), ("A", 2, "v")],
            names=["region", "year", "window"],
        )
        data = pd.DataFrame({"x": [1.0, 3, math.nan, math.nan]}, rows)
        result = impute(data, method="interpolate").values
        assert cells(result, "x") == pytest.approx([1, 3, 2, math.nan], nan_ok=True)

    @settings(derandomize=True, deadline=None, max_examples=50, database=None)
    @given(
        seed=st.integers(0, 10**6),
        method=st.sampled_from(["interpolate", "previous", "year_mean", "year_median"]),
    )
    def test_observed_figures_stay_and_filled_ones_lie_among_them(self, seed, method):
        draw = np.random.default_rng(seed)
        rows = pd.MultiIndex.from_product([range(5), range(6)], names=["region", "year"])
        data = pd.DataFrame(draw.normal(size=(30, 3)), rows).mask(draw.random((30, 3)) < 0.4)
        given = {"limit": 3} if method == "previous" else {}
        result = impute(data, method=method, **given)
        pd.testing.assert_frame_equal(result.values.where(data.notna()), data)
        assert (result.flags.eq("") == data.notna()).all(axis=None)
        assert (result.flags.eq("missing") == result.values.isna()).all(axis=None)
        level = "year" if method.startswith("year") else "region"
        for end in ("min", "max"):
            bound = data.groupby(level=level).transform(end)
            beyond = (result.values - bound) * (1 if end == "max" else -1)
            assert not (beyond > 1e-12).any(axis=None)
        turned = data.sample(frac=1, random_state=1)
        again = impute(turned, method=method, **given)
        pd.testing.assert_frame_equal(again.values.loc[data.index], result.values)
        pd.testing.assert_frame_equal(again.flags.loc[data.index], result.flags)

    def test_interpolation_as_numpy(self):
        draw = np.random.default_rng(9)
        years = np.array([1990, 1991, 1995, 1996, 2001, 2010])
        rows = pd.MultiIndex.from_product([range(40), years], names=["region", "year"])
        data = pd.DataFrame(draw.normal(size=(240, 2)), rows).mask(draw.random((240, 2)) < 0.5)
        result = impute(data, method="interpolate").values
        for region in range(40):
            for name in data:
                values = data.loc[region, name].to_numpy()
                seen = ~np.isnan(values)
                if not seen.any():
                    continue
                expected = np.interp(
                    years, years[seen], values[seen], left=math.nan, right=math.nan
                )
                assert result.loc[region, name].tolist() == pytest.approx(
                    expected.tolist(), nan_ok=True
                )

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"method": "linear"}, r'^method: \'linear\' is not allowed; expected "none", "interp'),
            ({"method": "previous"}, r'^limit: is missing; method "previous" needs it'),
            ({"method": "interpolate", "limit": 2}, r'^limit: only for method "previous"'),
            ({"method": "previous", "limit": 0}, r"^limit: 0 is not allowed; expected a whole"),
            ({"method": "previous", "limit": math.nan}, r"^limit: nan is not allowed"),
            ({"method": "previous", "limit": True}, r"^limit: True is not allowed"),
            ({"method": "group_mean"}, r'^groups: is missing; method "group_mean" needs it'),
            (
                {"method": "year_mean", "groups": pd.Series({"A": 1})},
                r'^groups: only for method "group_mean", not for "year_mean"',
            ),
            (
                {"method": "group_mean", "groups": pd.Series({"A": 1})},
                r"^groups: region 'B' of data is missing",
            ),
            (
                {"method": "group_mean", "groups": pd.Series([1, 2], ["A", "A"])},
                r"^groups: label 'A' occurs more than once",
            ),
            (
                {"method": "group_mean", "groups": [1]},
                r"^groups: list is not allowed; expected a S",
            ),
        ],
    )
    def test_refusals(self, given, message):
        with pytest.raises(ValueError, match=message):
            impute(GAPS, **given)

    def test_years_are_needed(self):
        with pytest.raises(ValueError, match=r'^data: the index has no level "year"'):
            impute(GAPS.droplevel("year").iloc[:2], method="interpolate")
        texts = GAPS.rename(index=str, level="year")
        with pytest.raises(ValueError, match=r'^data: the index level "year" is .* whole numbers'):
            impute(texts, method="interpolate")


class TestCoverage:
    def test_counts_and_flags(self):
        rows = pd.MultiIndex.from_product([list("ABC"), [1, 2]], names=["region", "year"])
        data = pd.DataFrame(np.ones((6, 10)), rows)
        data.iloc[0, :3] = math.nan
        data.iloc[3, :4] = math.nan
        data.iloc[5] = math.nan
        result = coverage(data, least_regions=2)
        assert result["observed"].tolist() == [7, 10, 10, 6, 10, 0]
        assert result["share_observed"].tolist() == [70, 100, 100, 60, 100, 0]
        assert result["regions"].tolist() == [3, 1, 3, 1, 3, 1]
        assert result["flag"].tolist() == [
            *["", "too_few_regions", ""],
            "too_few_indicators;too_few_regions",
            *["", "too_few_indicators;too_few_regions"],
        ]

    def test_exactly_the_limit_is_enough(self):
        data = pd.DataFrame([[1.0] * 7 + [math.nan] * 3] * 8)
        assert set(coverage(data)["flag"]) == {""}
        assert set(coverage(data.iloc[1:])["flag"]) == {"too_few_regions"}
        assert set(coverage(data, least=0)["flag"]) == {""}
        assert set(coverage(data, least=70.1)["flag"]) == {"too_few_indicators;too_few_regions"}

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^least: 101 is not allowed; expected 0 to 100"):
            coverage(GAPS, least=101)
        with pytest.raises(ValueError, match=r"^least: nan is not allowed"):
            coverage(GAPS, least=math.nan)
        with pytest.raises(ValueError, match=r"^least_regions: -1 is not allowed"):
            coverage(GAPS, least_regions=-1)
