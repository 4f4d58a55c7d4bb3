from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from lyanalysis.indicators.outlook import (
    backtest,
    backtest_summary,
    exponential_smoothing,
    linear_trend,
    years_to_threshold,
)

quick = settings(derandomize=True, deadline=None, max_examples=50, database=None)
few = settings(derandomize=True, deadline=None, max_examples=5, database=None)

SIDES = ["central", "lower", "upper"]
SHARES = pd.Series(
    [30.1, 30.9, 32.2, 32.8, 34.1, 35.0, 35.8, 37.1, 38.0, 38.9],
    pd.Index(range(2016, 2026), name="year"),
)
# Air passengers of Australia, millions, 1990-2016 (R package fpp2).
AIR = pd.Series(
    [
        17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857,
        31.5797, 32.57757, 33.4774, 39.02158, 41.38643, 41.59655, 44.65732, 46.95177, 48.72884,
        51.48843, 50.02697, 60.64091, 63.36031, 66.35527, 68.19795, 68.12324, 69.77935, 72.5977,
    ],
    range(1990, 2017),
)  # fmt: skip


def noisy(years: int = 15, series: int = 3, seed: int = 11) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    lines = draw.uniform(20, 60, series) + np.outer(np.arange(years), draw.uniform(0.2, 2, series))
    cells = lines + draw.normal(0, 0.8, (years, series))
    index = pd.Index(range(2010, 2010 + years), name="year")
    return pd.DataFrame(cells, index, [f"s{number}" for number in range(series)])


def line(start: float, step: float, years: int = 10) -> pd.Series:
    return pd.Series(start + step * np.arange(years), pd.Index(range(2016, 2016 + years)))


class TestLinearTrend:
    @pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95])
    def test_against_statsmodels(self, confidence):
        result = linear_trend(SHARES, horizon=3, confidence=confidence)
        years = np.arange(2016, 2029)
        design = np.column_stack([np.ones(13), years - 2016])
        fit = OLS(SHARES.to_numpy(), design[:10]).fit()
        expected = fit.get_prediction(design).summary_frame(alpha=1 - confidence)
        assert result.index.tolist() == years.tolist()
        assert result["central"].tolist() == pytest.approx(expected["mean"].tolist(), rel=1e-12)
        assert result["lower"].tolist() == pytest.approx(
            expected["obs_ci_lower"].tolist(), rel=1e-12
        )
        assert result["upper"].tolist() == pytest.approx(
            expected["obs_ci_upper"].tolist(), rel=1e-12
        )
        assert result["observed"].iloc[:10].tolist() == SHARES.tolist()
        assert result["observed"].iloc[10:].isna().all()
        assert (result["flag"] == "").all()

    def test_closed_form(self):
        # Prediction interval of a line, from any textbook.
        place, y = np.arange(10.0), SHARES.to_numpy()
        slope = np.sum((place - 4.5) * y) / np.sum((place - 4.5) ** 2)
        residual = y - y.mean() - slope * (place - 4.5)
        spread = math.sqrt(np.sum(residual**2) / 8)
        reach = stats.t.ppf(0.975, 8) * spread * math.sqrt(1 + 1 / 10 + 7.5**2 / 82.5)
        row = linear_trend(SHARES, horizon=3).loc[2028]
        assert row["central"] == pytest.approx(y.mean() + slope * 7.5, rel=1e-12)
        assert row["upper"] - row["central"] == pytest.approx(reach, rel=1e-11)
        assert row["central"] - row["lower"] == pytest.approx(reach, rel=1e-11)

    def test_exact_line_has_no_width(self):
        result = linear_trend(line(3.0, 0.7), horizon=2)
        assert result["central"].tolist() == pytest.approx([3 + 0.7 * n for n in range(12)])
        assert result["upper"].tolist() == result["lower"].tolist()
        assert (result["flag"] == "exact_line").all()
        constant = linear_trend(line(0.1, 0.0), horizon=1)
        assert constant[SIDES].to_numpy().ravel().tolist() == pytest.approx([0.1] * 33, rel=1e-15)

    def test_logs_of_constant_growth(self):
        values = pd.Series(100 * 1.07 ** np.arange(9), range(2015, 2024))
        result = linear_trend(values, horizon=5, logs=True)
        assert result.loc[2028, "central"] == pytest.approx(100 * 1.07**13, rel=1e-12)
        logs = linear_trend(np.log(SHARES), horizon=2)
        levels = linear_trend(SHARES, horizon=2, logs=True)
        np.testing.assert_allclose(levels[SIDES], np.exp(logs[SIDES]), rtol=1e-12)
        assert levels["observed"].iloc[0] == SHARES.iloc[0]

    def test_beyond_the_largest_number(self):
        values = pd.Series(np.exp(60.0 * np.arange(10)), range(2010, 2020))
        result = linear_trend(values, horizon=5, logs=True)
        assert result["central"].isna().tolist() == [False] * 12 + [True] * 3

    @pytest.mark.parametrize("function", [linear_trend, exponential_smoothing])
    def test_refusals_a_report_can_show(self, function):
        frame = noisy(12, 6)
        frame.iloc[5, 1] = math.nan
        frame.iloc[:6, 2] = math.nan
        frame.iloc[:, 3] = math.nan
        frame.iloc[10:, 4] = math.nan
        frame.iloc[3, 5] = 0.0
        result = function(frame, horizon=2, logs=True)
        assert result.index.names == ["series", "year"]
        flag = result["flag"].groupby(level=0, sort=False).agg(set)
        assert flag.tolist() == [
            {""}, {"years_missing"}, {"series_too_short"}, {"series_too_short"},
            {"ends_early"}, {"not_positive"},
        ]  # fmt: skip
        for name in ("s1", "s2", "s3", "s5"):
            assert result.loc[name, SIDES].isna().all(axis=None)
        assert result.loc["s1", "observed"].notna().sum() == 11
        alone = function(frame["s4"].iloc[:10], horizon=4, logs=True)
        pd.testing.assert_frame_equal(result.loc["s4", SIDES], alone[SIDES], check_names=False)

    def test_missing_row_is_a_gap(self):
        result = linear_trend(noisy()["s0"].drop(index=2014), horizon=1)
        assert result.index.tolist() == list(range(2010, 2026))
        assert (result["flag"] == "years_missing").all()
        assert result[SIDES].isna().all(axis=None)

    def test_series_that_starts_late(self):
        frame = noisy()
        frame.iloc[:4, 1] = math.nan
        result = linear_trend(frame, horizon=1).loc["s1"]
        assert result.loc[:2013, SIDES].isna().all(axis=None)
        alone = linear_trend(frame["s1"].iloc[4:], horizon=1)
        pd.testing.assert_frame_equal(result.loc[2014:], alone)
        # And ends early as well: one more year to continue.
        frame.iloc[-1, 1] = math.nan
        both = linear_trend(frame, horizon=1).loc["s1"]
        alone = linear_trend(frame["s1"].iloc[4:-1], horizon=2)
        pd.testing.assert_frame_equal(both.loc[2014:, SIDES], alone[SIDES])
        errors = backtest(frame).loc["s1"]
        pd.testing.assert_frame_equal(errors, backtest(frame["s1"].iloc[4:-1]))

    def test_number_of_years_needed(self):
        assert (linear_trend(SHARES.iloc[:7], horizon=1)["flag"] == "series_too_short").all()
        assert (linear_trend(SHARES.iloc[:8], horizon=1)["flag"] == "").all()
        assert (linear_trend(SHARES.iloc[:3], horizon=1, least_years=3)["flag"] == "").all()
        assert (exponential_smoothing(SHARES.iloc[:9], horizon=1)["flag"] != "").all()

    def test_coverage(self):
        draw = np.random.default_rng(4)
        paths = 10 + 0.5 * np.arange(13)[:, np.newaxis] + draw.normal(0, 1, (13, 400))
        frame = pd.DataFrame(paths[:10], index=range(2010, 2020))
        result = linear_trend(frame, horizon=3, confidence=0.8).xs(2022, level="year")
        inside = (paths[12] >= result["lower"]) & (paths[12] <= result["upper"])
        # Four standard errors of a share of 400 around 0.8.
        assert inside.mean() == pytest.approx(0.8, abs=0.08)

    @quick
    @given(st.integers(0, 10_000), st.floats(0.001, 1000), st.floats(-100, 100))
    def test_unit_origin_and_order(self, seed, unit, shift):
        frame = noisy(seed=seed)
        result = linear_trend(frame, horizon=2)
        moved = linear_trend(unit * frame.iloc[::-1, ::-1] + shift, horizon=2)
        for label in frame.columns:
            expected = unit * result.loc[label, SIDES] + shift
            np.testing.assert_allclose(
                moved.loc[label, SIDES], expected, rtol=1e-7, atol=1e-7 * max(unit, 1)
            )
        assert (result["lower"] < result["central"]).all()
        assert (result["central"] < result["upper"]).all()

    def test_wider_interval_holds_the_narrower(self):
        wide = linear_trend(SHARES, horizon=4, confidence=0.99)
        narrow = linear_trend(SHARES, horizon=4, confidence=0.8)
        assert (wide["lower"] < narrow["lower"]).all()
        assert (wide["upper"] > narrow["upper"]).all()
        width = (narrow["upper"] - narrow["lower"]).loc[2026:]
        assert (np.diff(width) > 0).all()

    def test_refusals(self):
        with pytest.raises(ValueError, match="values: has no years; give a Series or DataFrame"):
            linear_trend([1.0, 2.0], horizon=1)
        with pytest.raises(ValueError, match="values: the index must hold years as whole numbers"):
            linear_trend(SHARES.set_axis(list("abcdefghij")), horizon=1)
        with pytest.raises(ValueError, match="values: holds no years"):
            linear_trend(SHARES.iloc[:0].to_frame(), horizon=1)
        with pytest.raises(ValueError, match="values: inf at 2016 is not allowed"):
            linear_trend(SHARES.replace(30.1, math.inf), horizon=1)
        with pytest.raises(ValueError, match=r"values: '38.9' at 2025 is not allowed"):
            linear_trend(SHARES.astype(object).replace(38.9, "38.9"), horizon=1)
        for horizon in (0, 1.5, True):
            with pytest.raises(ValueError, match=r"horizon: .* a whole number of 1 or more"):
                linear_trend(SHARES, horizon=horizon)
        with pytest.raises(ValueError, match="least_years: 2 is not allowed"):
            linear_trend(SHARES, horizon=1, least_years=2)
        with pytest.raises(ValueError, match="confidence: 95 is not allowed"):
            linear_trend(SHARES, horizon=1, confidence=95)


class TestExponentialSmoothing:
    def test_against_the_forecast_package_of_r(self):
        # holt(window(ausair, start = 1990), h = 5), forecast 8.20: sigma 2.3645, alpha 0.8302.
        result = exponential_smoothing(AIR, horizon=5)
        future = result.loc[2017:]
        assert future["central"].tolist() == pytest.approx(
            [74.60130, 76.70304, 78.80478, 80.90652, 83.00826], abs=0.03
        )
        # R takes the normal distribution, this package t with 27 - 4 degrees of freedom.
        half = (
            (future["upper"] - future["lower"]) / 2 * stats.norm.ppf(0.975) / stats.t.ppf(0.975, 23)
        )
        printed = (79.23566 - 69.96695, 82.72668 - 70.67941, 85.95284 - 71.65673,
                   89.02494 - 72.78810, 91.99305 - 74.02348)  # fmt: skip
        assert half.tolist() == pytest.approx([width / 2 for width in printed], rel=1e-2)
        assert half[2017] == pytest.approx(stats.norm.ppf(0.975) * 2.3645, rel=1e-3)
        # As good a fit as R's, whose root mean squared error is 2.182343.
        residual = AIR - result.loc[:2016, "central"]
        assert math.sqrt((residual**2).mean()) < 2.1824

    @pytest.mark.parametrize(("trend", "damped"), [("add", False), ("add", True), (None, False)])
    def test_against_statsmodels(self, trend, damped):
        result = exponential_smoothing(AIR, horizon=4, trend=trend, damped=damped)
        centre = AIR.mean()
        scale = (AIR - centre).abs().max()
        model = ETSModel(
            pd.Series(((AIR - centre) / scale).to_numpy()), trend=trend, damped_trend=damped
        )
        fit = model.fit(disp=False)
        prediction = fit.get_prediction(0, 30)
        central = centre + scale * prediction.predicted_mean
        np.testing.assert_allclose(result["central"], central, rtol=1e-9)
        free = 27 - {("add", False): 4, ("add", True): 5, (None, False): 2}[trend, damped]
        alpha, ahead = fit.smoothing_level, np.arange(1, 5)
        if trend is None:
            growth = 1 + alpha**2 * (ahead - 1)
        elif not damped:
            beta = fit.smoothing_trend
            growth = np.array(
                [1 + sum((alpha + beta * step) ** 2 for step in range(1, h)) for h in ahead]
            )
        else:
            beta, phi = fit.smoothing_trend, fit.damping_trend
            # Weight of a deviation after so many years: level plus the damped trend it started.
            weights = [
                alpha + beta * sum(phi**n for n in range(1, step + 1)) for step in range(1, 4)
            ]
            growth = np.array([1 + sum(w**2 for w in weights[: h - 1]) for h in ahead])
        spread = scale * np.sqrt(fit.sse / free * growth)
        reach = (result["upper"] - result["lower"]).to_numpy()[-4:] / 2
        np.testing.assert_allclose(reach, stats.t.ppf(0.975, free) * spread, rtol=1e-8)

    def test_exact_line_is_continued(self):
        result = exponential_smoothing(line(3.0, -0.7), horizon=2)
        assert result["central"].tolist() == pytest.approx([3 - 0.7 * n for n in range(12)])
        assert result["upper"].tolist() == result["lower"].tolist()
        assert (result["flag"] == "exact_line").all()
        constant = exponential_smoothing(line(5.0, 0.0), horizon=2, trend=None)
        assert constant[SIDES].to_numpy().ravel().tolist() == [5.0] * 36
        # A trend that fades out cannot follow a line, so that an interval remains.
        damped = exponential_smoothing(line(3.0, -0.7), horizon=2, damped=True)
        assert (damped["upper"] > damped["lower"]).all()
        assert (damped["flag"] == "").all()

    def test_statsmodels_alone_is_too_narrow_and_this_is_not(self):
        draw = np.random.default_rng(8)
        paths = 50 + 1.5 * np.arange(13)[:, np.newaxis] + draw.normal(0, 1, (13, 40))
        frame = pd.DataFrame(paths[:12], index=range(2010, 2022))
        result = exponential_smoothing(frame, horizon=1, confidence=0.9).xs(2022, level="year")
        held = (paths[12] >= result["lower"]) & (paths[12] <= result["upper"])
        ratio = stats.norm.ppf(0.95) / stats.t.ppf(0.95, 8) * math.sqrt(8 / 12)
        reach = ratio * (result["upper"] - result["lower"]) / 2
        narrow = (paths[12] - result["central"]).abs() <= reach
        assert held.mean() == pytest.approx(0.9, abs=0.12)
        assert narrow.mean() <= 0.8 < held.mean()

    @few
    @given(st.integers(0, 1000), st.sampled_from([2.0**-20, 4.0, 2.0**30]))
    def test_unit_and_order(self, seed, unit):
        frame = noisy(seed=seed, series=2)
        result = exponential_smoothing(frame, horizon=2)
        scaled = exponential_smoothing(unit * frame.iloc[::-1, ::-1], horizon=2)
        for label in frame.columns:
            np.testing.assert_allclose(
                scaled.loc[label, SIDES], unit * result.loc[label, SIDES], rtol=1e-12
            )

    @pytest.mark.parametrize(
        "values",
        [
            100 + 1e-9 * np.sin(np.arange(12.0)),
            np.r_[np.zeros(11), 1.0],
            np.where(np.arange(12) % 2, 1.0, -1.0),
            1e200 * np.arange(12.0) ** 2,
            33.3 + 1e-15 * np.arange(12),
        ],
    )
    def test_odd_series_give_numbers_without_a_warning(self, values):
        series = pd.Series(values, range(2010, 2022))
        for damped in (False, True):
            result = exponential_smoothing(series, horizon=3, damped=damped)
            assert np.isfinite(result[SIDES]).all(axis=None)
        assert np.isfinite(linear_trend(series, horizon=3)[SIDES]).all(axis=None)

    def test_refusals(self):
        with pytest.raises(
            ValueError, match="trend: 'mul' is not allowed; expected \"add\" or None"
        ):
            exponential_smoothing(AIR, horizon=1, trend="mul")
        with pytest.raises(ValueError, match="damped: True is not allowed without a trend"):
            exponential_smoothing(AIR, horizon=1, trend=None, damped=True)
        with pytest.raises(ValueError, match=r"least_years: 6 .* a whole number of 7 or more"):
            exponential_smoothing(AIR, horizon=1, least_years=6)


class TestBacktest:
    @pytest.mark.parametrize("horizon", [1, 3])
    @pytest.mark.parametrize(
        ("method", "function", "least"),
        [("linear_trend", linear_trend, 8), ("exponential_smoothing", exponential_smoothing, 10)],
    )
    def test_each_forecast_uses_the_years_before_it_only(self, method, function, least, horizon):
        values = noisy(16)["s1"]
        result = backtest(values, method=method, horizon=horizon)
        assert result.index.tolist() == list(range(2010 + least - 1 + horizon, 2026))
        for year, row in result.iterrows():
            origin = year - horizon
            alone = function(values.loc[:origin], horizon=horizon).loc[year]
            assert row["origin"] == origin
            assert row["forecast"] == pytest.approx(alone["central"], rel=1e-12)
            assert row["lower"] == pytest.approx(alone["lower"], rel=1e-12)
            assert row["upper"] == pytest.approx(alone["upper"], rel=1e-12)
            assert row["actual"] == values[year]
            assert row["error"] == row["forecast"] - row["actual"]
            assert row["last_value"] == values[origin]
            assert row["last_value_error"] == values[origin] - values[year]
            assert row["inside_interval"] == (row["lower"] <= row["actual"] <= row["upper"])

    def test_last_value_by_hand(self):
        values = pd.Series([1.0, 2.0, 4.0, 3.0, 7.0], range(2020, 2025))
        result = backtest(values, method="last_value", confidence=0.8)
        assert result["forecast"].tolist() == [4.0, 3.0]
        assert result["error"].tolist() == [1.0, -4.0]
        reach = stats.t.ppf(0.9, 2) * math.sqrt((1 + 4) / 2)
        assert result.loc[2023, "upper"] == pytest.approx(4 + reach, rel=1e-12)
        assert result["inside_interval"].tolist() == [True, False]
        far = backtest(values, method="last_value", horizon=2, confidence=0.8)
        assert far.loc[2024, "upper"] == pytest.approx(4 + math.sqrt(2) * reach, rel=1e-12)
        assert result["error"].tolist() == result["last_value_error"].tolist()

    def test_later_years_do_not_reach_back(self):
        values = noisy(16)["s1"]
        other = values.copy()
        other.loc[2025] += 100
        one, two = backtest(values), backtest(other)
        pd.testing.assert_frame_equal(one.loc[:2024], two.loc[:2024])
        assert one.loc[2025, "forecast"] == two.loc[2025, "forecast"]

    def test_exact_line(self):
        result = backtest(line(0.1, 0.7))
        assert result["error"].tolist() == pytest.approx([0.0, 0.0], abs=1e-13)
        assert result["inside_interval"].all()
        assert (result["flag"] == "exact_line").all()
        summary = backtest_summary(result).loc[0]
        assert summary["coverage"] == 100.0
        assert summary["flag"] == "exact_line;few_forecasts"

    def test_logs(self):
        values = pd.Series(100 * 1.07 ** np.arange(11), range(2010, 2021))
        result = backtest(values, logs=True)
        assert result["error"].tolist() == pytest.approx([0.0] * 3, abs=1e-9)
        assert result["last_value"].tolist() == pytest.approx(values.iloc[7:10].tolist())
        assert result["actual"].tolist() == pytest.approx(values.iloc[8:].tolist())

    def test_refused_series_have_one_row(self):
        frame = noisy(12, 4)
        frame.iloc[5, 1] = math.nan
        frame.iloc[:4, 2] = math.nan
        frame.iloc[3, 3] = -1.0
        result = backtest(frame, logs=True)
        assert result.loc["s0"].index.tolist() == [2018, 2019, 2020, 2021]
        flags = ["years_missing", "series_too_short", "not_positive"]
        for name, flag in zip(["s1", "s2", "s3"], flags, strict=True):
            row = result.loc[name]
            assert row.index.tolist() == [2021]
            assert row["flag"].tolist() == [flag]
            assert row.drop(columns="flag").isna().all(axis=None)
        summary = backtest_summary(result)
        assert summary.index.tolist() == ["s0", "s1", "s2", "s3"]
        assert summary["forecasts"].tolist() == [4, 0, 0, 0]
        assert summary["flag"].tolist() == ["few_forecasts", *flags]
        assert summary.iloc[1:].drop(columns=["forecasts", "flag"]).isna().all(axis=None)

    def test_summary_by_hand(self):
        errors = backtest(
            pd.Series([1.0, 2.0, 4.0, 3.0, 7.0, 8.0], range(2020, 2026)), method="last_value"
        )
        errors["error"] = [2.0, -3.0, 1.0]
        errors["inside_interval"] = pd.array([True, False, True], dtype="boolean")
        row = backtest_summary(errors).loc[0]
        assert row["forecasts"] == 3
        assert row["mean_error"] == 0.0
        assert row["mean_absolute_error"] == 2.0
        assert row["last_value_mean_absolute_error"] == 2.0
        assert row["relative_to_last_value"] == 1.0
        assert row["coverage"] == pytest.approx(200 / 3)

    def test_last_value_that_is_never_wrong(self):
        row = backtest_summary(backtest(line(5.0, 0.0, 14))).loc[0]
        assert row["last_value_mean_absolute_error"] == 0.0
        assert math.isnan(row["relative_to_last_value"])
        assert row["forecasts"] == 6

    def test_relative_error_of_the_last_value_itself_is_one(self):
        summary = backtest_summary(backtest(noisy(), method="last_value"))
        assert summary["relative_to_last_value"].tolist() == pytest.approx([1.0] * 3, rel=1e-12)
        # A line fits lines better.
        assert (backtest_summary(backtest(noisy(20)))["relative_to_last_value"] < 1).all()

    def test_coverage_of_lines(self):
        draw = np.random.default_rng(3)
        cells = 0.4 * np.arange(20)[:, np.newaxis] + draw.normal(0, 1, (20, 25))
        frame = pd.DataFrame(cells, index=range(2000, 2020))
        summary = backtest_summary(backtest(frame, confidence=0.8))
        assert summary["coverage"].mean() == pytest.approx(80, abs=8)

    @few
    @given(st.integers(0, 1000))
    def test_order_and_company_do_not_matter(self, seed):
        frame = noisy(12, seed=seed)
        result = backtest(frame)
        turned = backtest(frame.iloc[::-1, ::-1])
        for label in frame.columns:
            pd.testing.assert_frame_equal(result.loc[label], turned.loc[label])
            pd.testing.assert_frame_equal(result.loc[label], backtest(frame[label]))

    def test_refusals(self):
        with pytest.raises(ValueError, match=r'method: \'naive\' .* expected "linear_trend", "exp'):
            backtest(SHARES, method="naive")
        with pytest.raises(ValueError, match="horizon: 0 is not allowed"):
            backtest(SHARES, horizon=0)
        with pytest.raises(ValueError, match="least_years: 2 is not allowed"):
            backtest(SHARES, least_years=2)
        with pytest.raises(ValueError, match="errors: column 'last_value_error' is missing"):
            backtest_summary(pd.DataFrame({"error": [1.0]}))
        with pytest.raises(ValueError, match="errors: column 'error' is missing"):
            backtest_summary(SHARES)


FIELDS = ["year", "earliest", "latest", "chance"]


class TestYearsToThreshold:
    @pytest.mark.parametrize("method", ["linear_trend", "exponential_smoothing"])
    def test_exact_line_gives_one_year(self, method):
        result = years_to_threshold(line(3.0, 0.7), 12.54, method=method)
        # 3 + 0.7 t = 12.54 at t = 13.63.
        assert result[FIELDS].tolist() == pytest.approx([2029.628571428571] * 3 + [100.0])
        assert result["flag"] == "exact_line"
        falling = years_to_threshold(line(3.0, -0.7), -7.0, direction="below", method=method)
        assert falling["year"] == pytest.approx(2016 + 10 / 0.7)

    def test_rounding_around_a_line_is_no_spread(self):
        values = line(3.0, 0.7) + 1e-10 * np.sin(np.arange(10.0))
        result = years_to_threshold(values, 12.54)
        assert result["earliest"] == result["year"] == result["latest"]
        assert result["flag"] == "exact_line"

    def test_constant_growth(self):
        values = pd.Series(100 * 1.05 ** np.arange(10), range(2015, 2025))
        result = years_to_threshold(values, 200.0, logs=True)
        assert result["year"] == pytest.approx(2015 + math.log(2) / math.log(1.05), rel=1e-10)

    def test_never_on_a_line_that_does_not_get_there(self):
        for values in (line(5.0, 0.0), line(5.0, -0.1)):
            result = years_to_threshold(values, 6.0)
            assert result[FIELDS[:3]].isna().all()
            assert result["chance"] == 0.0
            assert result["flag"] == "no_crossing;beyond_horizon;exact_line"
        late = line(0.0, 1.0)
        assert years_to_threshold(late, 29.0, longest=20)["year"] == pytest.approx(2045.0)
        assert math.isnan(years_to_threshold(late, 29.1, longest=20)["year"])

    def test_already_met(self):
        result = years_to_threshold(SHARES, 38.9)
        assert result["flag"] == "already_met"
        assert result["chance"] == 100.0
        assert result[FIELDS[:3]].isna().all()
        assert years_to_threshold(SHARES, 45.0, direction="below")["flag"] == "already_met"
        assert years_to_threshold(SHARES, 38.9001)["year"] > 2025

    def test_last_bound_beyond_the_years_looked_at(self):
        draw = np.random.default_rng(1)
        values = pd.Series(0.3 * np.arange(10) + draw.normal(0, 1, 10), range(2010, 2020))
        result = years_to_threshold(values, 10.0, longest=40)
        assert 2019 < result["earliest"] < result["year"] <= 2059
        assert math.isnan(result["latest"])
        assert 50 <= result["chance"] < 95
        assert result["flag"] == "beyond_horizon"
        # The share that arrives in time grows with the time.
        assert years_to_threshold(values, 10.0, longest=15)["chance"] < result["chance"]

    def test_refused_series(self):
        frame = noisy(12, 5)
        frame.iloc[5, 1] = math.nan
        frame.iloc[:6, 2] = math.nan
        frame.iloc[3, 3] = 0.0
        frame.iloc[10:, 4] = math.nan
        goals = pd.Series({"s4": 200.0, "s3": 200.0, "s2": 200.0, "s1": 200.0, "s0": math.nan})
        result = years_to_threshold(frame, goals, logs=True, draws=200)
        assert result["flag"].tolist()[:4] == [
            "no_threshold", "years_missing", "series_too_short", "not_positive",
        ]  # fmt: skip
        assert result[FIELDS].iloc[:4].isna().all(axis=None)
        assert "ends_early" in result.loc["s4", "flag"].split(";")
        assert result.loc["s4", "earliest"] > 2019
        alone = years_to_threshold(frame["s4"].iloc[:10], 200.0, logs=True, draws=200)
        assert result.loc["s4", FIELDS].tolist() == alone[FIELDS].tolist()

    @pytest.mark.parametrize("method", ["linear_trend", "exponential_smoothing"])
    def test_interval_holds_the_year_and_the_seed_decides(self, method):
        values = noisy()["s1"]
        goal = float(values.iloc[-1]) + 8
        result = years_to_threshold(values, goal, method=method, draws=2000)
        assert result["earliest"] < result["year"] < result["latest"]
        assert result["flag"] == ""
        again = years_to_threshold(values, goal, method=method, draws=2000)
        pd.testing.assert_series_equal(result, again)
        other = years_to_threshold(values, goal, method=method, draws=2000, seed=5)
        assert other["year"] != result["year"]
        assert other["year"] == pytest.approx(result["year"], abs=0.3)

    @pytest.mark.parametrize("method", ["linear_trend", "exponential_smoothing"])
    def test_single_years_have_the_interval_of_the_forecast(self, method):
        # With one year ahead the chance is that of the t distribution behind the forecast.
        function = {"linear_trend": linear_trend}.get(method, exponential_smoothing)
        row = function(SHARES, horizon=1, confidence=0.6).loc[2026]
        for side, chance in (("lower", 80.0), ("central", 50.0), ("upper", 20.0)):
            result = years_to_threshold(SHARES, row[side], method=method, longest=1, draws=40_000)
            assert result["chance"] == pytest.approx(chance, abs=1.0), side

    def test_coverage(self):
        # Paths of known lines: the year in which they do cross lies inside the interval.
        draw = np.random.default_rng(6)
        paths = 10 + 0.5 * np.arange(60)[:, np.newaxis] + draw.normal(0, 0.7, (60, 300))
        frame = pd.DataFrame(paths[:12], index=range(2000, 2012))
        result = years_to_threshold(frame, 20.0, confidence=0.8, draws=400)
        later = np.argmax(paths[11:] >= 20.0, axis=0)
        column = np.arange(300)
        low, high = paths[11 + later - 1, column], paths[11 + later, column]
        actual = 2011 + later - 1 + (20.0 - low) / (high - low)
        inside = (actual >= result["earliest"]) & (actual <= result["latest"])
        assert (result["flag"] == "").all()
        # Four standard errors of a share of 300 around 0.8.
        assert inside.mean() == pytest.approx(0.8, abs=0.09)
        assert (actual > result["year"]).mean() == pytest.approx(0.5, abs=0.12)

    @few
    @given(st.integers(0, 1000), st.floats(0.5, 20), st.floats(0.1, 10))
    def test_monotone_in_the_threshold_and_in_confidence(self, seed, near, further):
        values = noisy(seed=seed)["s2"]
        last = float(values.iloc[-1])
        one = years_to_threshold(values, last + near, draws=300)
        two = years_to_threshold(values, last + near + further, draws=300)
        wide = years_to_threshold(values, last + near, draws=300, confidence=0.98)
        assert one["chance"] >= two["chance"]
        for name in FIELDS[:3]:
            assert not one[name] > two[name]
            assert not (math.isnan(one[name]) and not math.isnan(two[name]))
        assert not wide["earliest"] > one["earliest"]
        assert not wide["latest"] < one["latest"]
        assert wide["year"] == one["year"] or math.isnan(one["year"])

    @few
    @given(st.integers(0, 1000), st.sampled_from([0.25, 8.0, 1024.0]))
    def test_unit_mirror_and_order(self, seed, unit):
        frame = noisy(seed=seed)
        goals = frame.iloc[-1] + 5
        result = years_to_threshold(frame, goals, draws=300)
        scaled = years_to_threshold(unit * frame.iloc[::-1, ::-1], unit * goals, draws=300)
        np.testing.assert_allclose(scaled.loc[result.index, FIELDS], result[FIELDS], rtol=1e-12)
        mirrored = years_to_threshold(-frame, -goals, direction="below", draws=2000)
        plain = years_to_threshold(frame, goals, draws=2000)
        np.testing.assert_allclose(mirrored["year"], plain["year"], atol=0.5)
        for label in frame.columns:
            alone = years_to_threshold(frame[label], goals[label], draws=300)
            assert result.loc[label].tolist() == alone.tolist()

    def test_refusals(self):
        with pytest.raises(ValueError, match=r'direction: .up. .* expected "above" or "below"'):
            years_to_threshold(SHARES, 45.0, direction="up")
        with pytest.raises(ValueError, match=r"method: 'last_value' is not allowed; expected"):
            years_to_threshold(SHARES, 45.0, method="last_value")
        with pytest.raises(
            ValueError, match=r"threshold: 0.0 is not allowed; expected a threshold"
        ):
            years_to_threshold(SHARES, 0.0, logs=True)
        with pytest.raises(ValueError, match="threshold: expected one number for one series"):
            years_to_threshold(SHARES, [45.0])
        with pytest.raises(ValueError, match="threshold: label 's2' of values is missing"):
            years_to_threshold(noisy(), pd.Series({"s0": 1.0, "s1": 1.0}))
        for option, value in (("longest", 0), ("draws", 99), ("seed", -1), ("least_years", 2)):
            with pytest.raises(ValueError, match=rf"{option}: {value} is not allowed; expected a"):
                years_to_threshold(SHARES, 45.0, **{option: value})
