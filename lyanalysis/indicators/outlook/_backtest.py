"""How far off the forecasts would have been in years that are known by now."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import one_of, read_confidence, read_whole
from lyanalysis.indicators._frames import FloatArray, divide, flags
from lyanalysis.indicators.outlook._models import (
    FEWEST_YEARS,
    LEAST_YEARS,
    METHODS,
    Method,
    continued,
)
from lyanalysis.indicators.outlook._tracks import Track, Tracks, exponential, read_tracks

# Own rule: below this number of forecasts a mean error or a coverage says little.
_FEW_FORECASTS = 5

# A value on an exact line must not fall out of an interval without width by its last digits.
_SLACK = 1e-9

_ERRORS = ("forecast", "actual", "error", "lower", "upper", "last_value", "last_value_error")


def backtest(
    values: pd.Series[Any] | pd.DataFrame,
    *,
    horizon: int = 1,
    method: Method = "linear_trend",
    logs: bool = False,
    confidence: float = 0.95,
    least_years: int | None = None,
) -> pd.DataFrame:
    r"""Back-test with a rolling origin (滚动起点回测).

    Forecasts each known year from the years up to `horizon` years before it only, and sets the
    forecast against what came.

    仅用某年之前的数据预测该年并与实际值比较;误差为预测值减实际值,与原序列同单位,正值为高估,负值
    为低估,0 为完全准确。

    Parameters
    ----------
    values : Series, or DataFrame with one column a series
        Index of whole numbers (years, any order).
    horizon : int, keyword-only
        Years from the last year used to the year forecast, 1 or more.
    method : {"linear_trend", "exponential_smoothing", "last_value"}, keyword-only
        Model; "last_value" repeats the last value (a random walk).
    logs : bool, keyword-only
        Whether to fit natural logarithms.
    confidence : float, keyword-only
        Level of the intervals, a fraction between 0 and 1.
    least_years : int, optional, keyword-only
        Years to fit at least; without it 8, 10 and 3 by method (own rules). Not below 3, for
        exponential smoothing 7.

    Returns
    -------
    DataFrame
        By year forecast, or by (series, year): origin (last year used), forecast, actual, error
        (forecast - actual), lower, upper, last_value, last_value_error (unit of `values`),
        inside_interval (true, false or missing) and flag: "exact_line", "not_converged" as in
        `exponential_smoothing`. A series without any forecast has one row, its last year, with
        "years_missing", "series_too_short" or "not_positive" and nothing else.

    Raises
    ------
    ValueError
        Infinite or non-numeric values, labels that are no years, another method, or an option out
        of its range.

    Notes
    -----
    .. math:: e_t = \hat{y}_{t|t-h} - y_t

    Models are those of `linear_trend` and `exponential_smoothing`, fitted anew for each origin;
    the interval of "last_value" is that of a normal random walk without drift. Published figures
    are revised, so that past forecasts would have had less to go by. Own code: statsmodels has no
    rolling origin.

    References
    ----------
    Tashman, L. J. (2000). Out-of-sample tests of forecasting accuracy: an analysis and review.
    International Journal of Forecasting 16(4), 437-450.

    Examples
    --------
    >>> years = pd.Index(range(2016, 2026), name="year")
    >>> shares = pd.Series([30.1, 30.9, 32.2, 32.8, 34.1, 35.0, 35.8, 37.1, 38.0, 38.9], years)
    >>> for row in backtest(shares).itertuples():
    ...     print(row.Index, f"{row.error:.2f} {row.last_value_error:.2f} {row.inside_interval}")
    2024 -0.04 -0.90 True
    2025 0.07 -0.90 True
    """
    one_of("method", method, METHODS)
    steps, level = read_whole("horizon", horizon, 1), read_confidence(confidence)
    wanted = LEAST_YEARS[method] if least_years is None else least_years
    least = read_whole("least_years", wanted, FEWEST_YEARS[method])
    given = read_tracks(values, least_years=least + steps, logs=logs)
    frames = [
        _unknown(given, track)
        if track.flag
        else _rolled(given, track, least, steps, method=method, logs=logs, confidence=level)
        for track in given.tracks
    ]
    errors = pd.concat(frames)
    if not given.single:
        counts = [len(frame) for frame in frames]
        labels = given.labels.repeat(counts)
        names = [given.labels.name or "series", "year"]
        errors.index = pd.MultiIndex.from_arrays([labels, errors.index], names=names)
    return errors


def _unknown(given: Tracks, track: Track) -> pd.DataFrame:
    nothing = np.full(1, np.nan)
    return _table(given.years[-1:], nothing, np.full((5, 1), np.nan), [track.flag])


def _rolled(
    given: Tracks,
    track: Track,
    least: int,
    steps: int,
    *,
    method: Method,
    logs: bool,
    confidence: float,
) -> pd.DataFrame:
    targets = np.arange(least - 1 + steps, len(track.values))
    cells, reasons = np.empty((5, len(targets))), []
    for place, target in enumerate(targets):
        known = track.values[: target - steps + 1]
        band = continued(known, steps, method=method, confidence=confidence)
        ends = (band.central[-1], band.lower[-1], band.upper[-1])
        cells[:, place] = (*ends, track.values[target], known[-1])
        reasons.append(band.flag)
    if logs:
        cells = exponential(cells)
    years = given.years[track.first + targets]
    return _table(years, (years - steps).astype(np.float64), cells, reasons)


def _table(years: Any, origin: FloatArray, cells: FloatArray, reasons: list[str]) -> pd.DataFrame:
    forecast, lower, upper, actual, last = cells
    slack = _SLACK * np.abs(actual)
    inside = pd.array((actual >= lower - slack) & (actual <= upper + slack), dtype="boolean")
    inside[np.isnan(actual + lower + upper)] = pd.NA
    sides = (forecast, actual, forecast - actual, lower, upper, last, last - actual)
    columns: dict[str, Any] = {"origin": origin, **dict(zip(_ERRORS, sides, strict=True))}
    flag = np.array(reasons, dtype=object)
    columns |= {"inside_interval": inside, "flag": flag}
    return pd.DataFrame(columns, index=pd.Index(years, name="year"))


def backtest_summary(errors: pd.DataFrame) -> pd.DataFrame:
    r"""Summary of a back-test (回测汇总).

    Size and sign of the errors of a back-test, how often the interval held, and whether the model
    beat the last value.

    汇总回测误差:平均误差与平均绝对误差(与原序列同单位,0 为完全准确)、预测区间覆盖率(百分数,
    0 至 100)及与“沿用上年值”相比的误差比(小于 1 为优于后者)。

    Parameters
    ----------
    errors : DataFrame
        As `backtest` returns.

    Returns
    -------
    DataFrame
        One row a series (one row, 0, for a single series): forecasts (number), mean_error (above 0:
        forecasts too high), mean_absolute_error, last_value_mean_absolute_error (unit of the
        series), relative_to_last_value (below 1 better than repeating the last value, above 1
        worse), coverage (percent of actual values inside the interval, 0 to 100: to be compared
        with the confidence) and flag: those of `errors`, and "few_forecasts" below 5 forecasts.

    Raises
    ------
    ValueError
        Columns that are missing.

    Notes
    -----
    .. math::
        MAE = \frac{1}{n} \sum_t |e_t|, \qquad
        \frac{\sum_t |\hat{y}_t - y_t|}{\sum_t |y_{t-h} - y_t|}

    Series without forecasts are NaN with 0 forecasts. The relative error is NaN where the last
    value is never wrong. Own code: means.

    References
    ----------
    Hyndman, R. J., Koehler, A. B. (2006). Another look at measures of forecast accuracy.
    International Journal of Forecasting 22(4), 679-688.

    Examples
    --------
    >>> years = pd.Index(range(2016, 2026), name="year")
    >>> shares = pd.Series([30.1, 30.9, 32.2, 32.8, 34.1, 35.0, 35.8, 37.1, 38.0, 38.9], years)
    >>> row = backtest_summary(backtest(shares)).loc[0]
    >>> print(f"{row['mean_absolute_error']:.3f} {row['relative_to_last_value']:.2f} {row['flag']}")
    0.055 0.06 few_forecasts
    """
    needed = ["error", "last_value_error", "inside_interval", "flag"]
    lacking = [name for name in needed if name not in getattr(errors, "columns", [])]
    if lacking:
        raise ValueError(f"errors: column {lacking[0]!r} is missing; expected a result of backtest")
    single = errors.index.nlevels == 1
    series: Any = np.zeros(len(errors), dtype=int) if single else errors.index.get_level_values(0)
    cells = pd.DataFrame(
        {
            "forecasts": errors["error"].notna().to_numpy(),
            "mean_error": errors["error"].to_numpy(),
            "mean_absolute_error": errors["error"].abs().to_numpy(),
            "last_value_mean_absolute_error": errors["last_value_error"].abs().to_numpy(),
            "coverage": 100 * errors["inside_interval"].to_numpy(dtype=float, na_value=np.nan),
        }
    )
    groups = cells.groupby(series, sort=False)
    means = groups.mean()
    forecasts = groups["forecasts"].sum().astype(int)
    naive = means["last_value_mean_absolute_error"].to_numpy()
    ratio = divide(means["mean_absolute_error"].to_numpy(), naive)
    carried = errors["flag"].groupby(series, sort=False).agg(_joined)
    few = flags(((forecasts > 0) & (forecasts < _FEW_FORECASTS), "few_forecasts"))
    result = means.assign(forecasts=forecasts, relative_to_last_value=ratio)
    result["flag"] = [
        ";".join(code for code in both if code) for both in zip(carried, few, strict=True)
    ]
    result.index.name = None if single else errors.index.names[0]
    order = [
        "forecasts",
        "mean_error",
        "mean_absolute_error",
        "last_value_mean_absolute_error",
        "relative_to_last_value",
        "coverage",
        "flag",
    ]
    return result[order]


def _joined(codes: pd.Series[str]) -> str:
    return ";".join(code for code in codes.unique() if code)
