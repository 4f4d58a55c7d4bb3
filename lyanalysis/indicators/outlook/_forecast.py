"""Series continued beyond their last year, with prediction intervals."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import read_confidence, read_whole
from lyanalysis.indicators.outlook._models import FEWEST_YEARS, Band, Method, continued, moved
from lyanalysis.indicators.outlook._tracks import Track, Tracks, exponential, read_tracks


def linear_trend(
    values: pd.Series[Any] | pd.DataFrame,
    *,
    horizon: int,
    logs: bool = False,
    confidence: float = 0.95,
    least_years: int = 8,
) -> pd.DataFrame:
    r"""Linear trend with prediction intervals (线性趋势预测).

    A straight line through a series by year, continued, with the interval in which a single future
    value lies.

    用直线拟合年度序列并外推,给出未来各年数值的预测区间;与原序列同单位,区间越宽把握越小,无固定
    上下限,取对数时大于 0。

    Parameters
    ----------
    values : Series, or DataFrame with one column a series
        Index of whole numbers (years, any order).
    horizon : int, keyword-only
        Years to continue beyond the last year of the index, 1 or more.
    logs : bool, keyword-only
        Whether the line is one of natural logarithms: constant growth in percent.
    confidence : float, keyword-only
        Level of the interval for a single value, a fraction between 0 and 1.
    least_years : int, keyword-only
        Years below which a series is not continued, 3 or more. The default 8 is an own rule.

    Returns
    -------
    DataFrame
        By year, or by (series, year): observed; central (on the line, forecast where nothing is
        observed), lower and upper (unit of `values`); flag, the same for all years of a series:
        "years_missing" (a gap), "series_too_short" and "not_positive" (no logarithms), with which
        central, lower and upper are NaN; "ends_early" (its last values are missing),
        "exact_line" (nothing deviates from the line, so that the interval has no width).

    Raises
    ------
    ValueError
        Infinite or non-numeric values, labels that are no years, or an option out of its range.

    Notes
    -----
    .. math:: y_t = a + b t + e_t

    Computed by statsmodels' OLS. The interval holds if deviations are independent, normal and of
    equal spread; deviations of annual series tend to persist, which makes it too narrow: see
    `backtest`. A series runs from its first to its last known value; a gap in between is never
    bridged. With `logs`, central is the median, and NaN beyond the largest number.

    References
    ----------
    Hyndman, R. J., Athanasopoulos, G. (2021). Forecasting: principles and practice, 3rd edition,
    chapter 7. OTexts.

    Examples
    --------
    >>> years = pd.Index(range(2016, 2026), name="year")
    >>> shares = pd.Series([30.1, 30.9, 32.2, 32.8, 34.1, 35.0, 35.8, 37.1, 38.0, 38.9], years)
    >>> row = linear_trend(shares, horizon=2).loc[2027]
    >>> print(f"{row['central']:.2f} [{row['lower']:.2f}, {row['upper']:.2f}]")
    40.92 [40.51, 41.34]
    """
    return _continue(values, horizon, confidence, least_years, method="linear_trend", logs=logs)


def exponential_smoothing(
    values: pd.Series[Any] | pd.DataFrame,
    *,
    horizon: int,
    confidence: float = 0.95,
    trend: Literal["add"] | None = "add",
    damped: bool = False,
    logs: bool = False,
    least_years: int = 10,
) -> pd.DataFrame:
    r"""Exponential smoothing with prediction intervals (指数平滑预测).

    Level and trend that follow the latest values more than the early ones, continued, with the
    interval in which a single future value lies.

    以近年数值权重较大的水平与趋势外推年度序列,给出预测区间;与原序列同单位,区间随预测年数增加而
    变宽,无固定上下限,取对数时大于 0。

    Parameters
    ----------
    values, horizon, logs, confidence
        As for `linear_trend`.
    trend : {"add", None}, keyword-only
        Additive trend (Holt) or none.
    damped : bool, keyword-only
        Whether the trend fades out; needs a trend.
    least_years : int, keyword-only
        Years below which a series is not continued, 7 or more. The default 10 is an own rule.

    Returns
    -------
    DataFrame
        As `linear_trend`; in observed years central is the forecast of one year ahead. flag can
        also hold "not_converged": the estimates may not be the best ones.

    Raises
    ------
    ValueError
        As `linear_trend`, another trend, or damping without a trend.

    Notes
    -----
    .. math::
        y_t = l_{t-1} + \phi b_{t-1} + e_t, \quad l_t = l_{t-1} + \phi b_{t-1} + \alpha e_t,
        \quad b_t = \phi b_{t-1} + \beta e_t

    Fitted and continued by statsmodels' ETSModel on values of mean 0 and largest deviation 1. Its
    intervals divide squared errors by the number of years n and use the normal distribution:
    with ten years, nominal 95 percent cover about 80. Here the variance is divided by n less the
    estimated parameters, with the t distribution; smoothing parameters still count as known, so
    that intervals of series that change their trend are somewhat narrow: see `backtest`. A series
    on an exact line is continued along it.

    References
    ----------
    Hyndman, R. J., Koehler, A. B., Ord, J. K., Snyder, R. D. (2008). Forecasting with exponential
    smoothing: the state space approach. Springer.

    Examples
    --------
    >>> years = pd.Index(range(2014, 2026), name="year")
    >>> values = pd.Series([20, 21.5, 22, 24, 25.1, 25.9, 27.4, 28, 29.3, 30.4, 31.2, 32.6], years)
    >>> row = exponential_smoothing(values, horizon=1).loc[2026]
    >>> print(f"{row['central']:.1f} {row['lower'] < 33.6 < row['upper']}")
    33.8 True
    """
    if trend not in ("add", None):
        raise ValueError(f'trend: {trend!r} is not allowed; expected "add" or None')
    if damped and trend is None:
        raise ValueError('damped: True is not allowed without a trend; expected trend="add"')
    return _continue(
        values,
        horizon,
        confidence,
        least_years,
        method="exponential_smoothing",
        logs=logs,
        trend=trend,
        damped=damped,
    )


def _continue(
    values: pd.Series[Any] | pd.DataFrame,
    horizon: int,
    confidence: float,
    least_years: int,
    *,
    method: Method,
    logs: bool,
    trend: str | None = "add",
    damped: bool = False,
) -> pd.DataFrame:
    steps, level = read_whole("horizon", horizon, 1), read_confidence(confidence)
    least = read_whole("least_years", least_years, FEWEST_YEARS[method])
    given = read_tracks(values, least_years=least, logs=logs)
    bands = []
    for track in given.tracks:
        if track.flag:
            bands.append(_blank(given, steps, track.flag))
            continue
        ahead = len(given.years) - track.first - len(track.values) + steps
        band = continued(
            track.values, ahead, method=method, confidence=level, trend=trend, damped=damped
        )
        bands.append(_placed(moved(band, exponential) if logs else band, given, track))
    return _by_series(given, bands, steps)


def _blank(given: Tracks, steps: int, flag: str) -> Band:
    nothing = np.full(len(given.years) + steps, np.nan)
    return Band(nothing, nothing, nothing, flag)


def _placed(band: Band, given: Tracks, track: Track) -> Band:
    """Put a band into the years of all series."""
    placed = moved(band, lambda side: np.concatenate([np.full(track.first, np.nan), side]))
    early = track.first + len(track.values) < len(given.years)
    reasons = (*(["ends_early"] if early else []), *([band.flag] if band.flag else []))
    return placed._replace(flag=";".join(reasons))


def _by_series(given: Tracks, bands: list[Band], steps: int) -> pd.DataFrame:
    years = np.arange(given.years[0], given.years[-1] + steps + 1)
    nothing = np.full((steps, len(bands)), np.nan)
    observed = np.concatenate([given.observed, nothing]).T.ravel()
    columns = {
        "observed": observed,
        "central": np.concatenate([band.central for band in bands]),
        "lower": np.concatenate([band.lower for band in bands]),
        "upper": np.concatenate([band.upper for band in bands]),
        "flag": np.repeat(np.array([band.flag for band in bands], dtype=object), len(years)),
    }
    index: pd.Index[Any] = pd.Index(years, name="year")
    if not given.single:
        names = [given.labels.name or "series", "year"]
        index = pd.MultiIndex.from_product([given.labels, years], names=names)
    return pd.DataFrame(columns, index=index)
