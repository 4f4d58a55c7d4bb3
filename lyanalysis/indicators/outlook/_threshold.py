"""The year in which a series is expected to reach a threshold."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import one_of, read_confidence, read_whole
from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    divide,
    flags,
    per_row,
    read,
    refuse,
)
from lyanalysis.indicators.outlook._models import (
    FEWEST_YEARS,
    LEAST_YEARS,
    METHODS,
    Standard,
    fitted_line,
    future_design,
    smoothing_freedom,
    smoothing_model,
    standardised,
)
from lyanalysis.indicators.outlook._tracks import Tracks, read_tracks


class _Crossing(NamedTuple):
    """Years in which simulated paths cross, infinite for those that do not."""

    years: FloatArray
    flag: str


@overload
def years_to_threshold(
    values: pd.Series[Any],
    threshold: float,
    *,
    direction: Literal["above", "below"] = "above",
    method: Literal["linear_trend", "exponential_smoothing"] = "linear_trend",
    logs: bool = False,
    confidence: float = 0.9,
    longest: int = 50,
    least_years: int | None = None,
    draws: int = 10_000,
    seed: int = 20_250_101,
) -> pd.Series[Any]: ...
@overload
def years_to_threshold(
    values: pd.DataFrame,
    threshold: float | Row,
    *,
    direction: Literal["above", "below"] = "above",
    method: Literal["linear_trend", "exponential_smoothing"] = "linear_trend",
    logs: bool = False,
    confidence: float = 0.9,
    longest: int = 50,
    least_years: int | None = None,
    draws: int = 10_000,
    seed: int = 20_250_101,
) -> pd.DataFrame: ...
def years_to_threshold(
    values: pd.Series[Any] | pd.DataFrame,
    threshold: float | Row,
    *,
    direction: Literal["above", "below"] = "above",
    method: Literal["linear_trend", "exponential_smoothing"] = "linear_trend",
    logs: bool = False,
    confidence: float = 0.9,
    longest: int = 50,
    least_years: int | None = None,
    draws: int = 10_000,
    seed: int = 20_250_101,
) -> pd.Series[Any] | pd.DataFrame:
    r"""Year in which a threshold is reached (达到目标年份).

    When a series, going on as it did, first reaches a threshold, with an interval and the chance
    that it does so in time.

    按既有趋势外推,序列首次达到给定目标值的年份及其区间;结果为带小数的年份,可能性为百分数
    (0 至 100,0 为期内几无可能,100 为几乎必然)。

    Parameters
    ----------
    values : Series, or DataFrame with one column a series
        Index of whole numbers (years, any order).
    threshold : float, or one for each series
        In the unit of `values`; above 0 with `logs`.
    direction : {"above", "below"}, keyword-only
        Whether the threshold is reached from below (at or above it) or from above.
    method : {"linear_trend", "exponential_smoothing"}, keyword-only
        Model by which the series goes on; exponential smoothing with an additive trend.
    logs : bool, keyword-only
        Whether the model is one of natural logarithms: constant growth in percent.
    confidence : float, keyword-only
        Level of the interval, a fraction between 0 and 1.
    longest : int, keyword-only
        Years after the last known year that are looked at, 1 or more.
    least_years : int, optional, keyword-only
        Years below which nothing is said; without it 8, for exponential smoothing 10 (own rules).
    draws : int, keyword-only
        Simulated futures, 100 or more.
    seed : int, keyword-only
        Start of the random numbers, 0 or more; the same for each series, so that the answer for
        one does not depend on the others.

    Returns
    -------
    Series, or DataFrame with one row a series
        year (half of the futures have reached the threshold), earliest and latest (ends of the
        central interval), as years with a fraction, interpolated between annual values (2030.0 is
        the value of 2030); chance (percent of the futures that reach it within `longest` years, 0
        to 100); flag, joined by ";": "already_met" (the last value meets it; no year, chance 100),
        "no_crossing" (year NaN: fewer than half of the futures reach it in time),
        "beyond_horizon" (latest NaN), "ends_early" (counted from a last known year before the
        last of the index), "exact_line" (nothing deviates from a line: the interval has no
        width), "not_converged"; "years_missing", "series_too_short", "not_positive",
        "no_threshold", with each of which all is NaN.

    Raises
    ------
    ValueError
        Infinite or non-numeric values, labels that are no years or differ, another direction or
        method, a threshold of 0 or less with `logs`, or an option out of its range.

    Notes
    -----
    For the line, futures are drawn from the sampling distribution of least squares on n years:

    .. math::
        \sigma_*^2 = \frac{\sum_t e_t^2}{\chi^2_{n-2}}, \qquad
        (a_*, b_*) \sim N\{(\hat{a}, \hat{b}), \sigma_*^2 (X'X)^{-1}\}, \qquad
        y_t = a_* + b_* t + \sigma_* z_t

    so that each single year has the prediction interval of `linear_trend` (t with n - 2 degrees of
    freedom). What is dated is the first published value at the threshold, deviations from the line
    included: it comes somewhat before the line itself gets there. For exponential smoothing futures
    come from statsmodels' simulation, with parameters as estimated and a variance as in
    `exponential_smoothing`. Own definition. A trend that holds for `longest` years is an
    assumption, not a finding.

    References
    ----------
    Hyndman, R. J., Athanasopoulos, G. (2021). Forecasting: principles and practice, 3rd edition,
    chapters 5 and 7. OTexts.

    Examples
    --------
    >>> years = pd.Index(range(2016, 2026), name="year")
    >>> shares = pd.Series([30.1, 30.9, 32.2, 32.8, 34.1, 35.0, 35.8, 37.1, 38.0, 38.9], years)
    >>> result = years_to_threshold(shares, 45.0)
    >>> print(f"{result['year']:.1f} [{result['earliest']:.1f}, {result['latest']:.1f}]")
    2031.1 [2030.7, 2031.5]
    """
    one_of("direction", direction, ("above", "below"))
    one_of("method", method, METHODS[:2])
    level, ahead = read_confidence(confidence), read_whole("longest", longest, 1)
    futures, start = read_whole("draws", draws, 100), read_whole("seed", seed, 0)
    wanted = LEAST_YEARS[method] if least_years is None else least_years
    least = read_whole("least_years", wanted, FEWEST_YEARS[method])
    given = read_tracks(values, least_years=least, logs=logs)
    goals = _goals(threshold, given, logs=logs)
    cells, reasons = np.full((len(given.labels), 4), np.nan), []
    sign = 1.0 if direction == "above" else -1.0
    for place, (track, goal) in enumerate(zip(given.tracks, goals, strict=True)):
        if track.flag or np.isnan(goal):
            reasons.append(track.flag or "no_threshold")
            continue
        ends = track.first + len(track.values)
        early = "ends_early" if ends < len(given.years) else ""
        if sign * track.values[-1] >= sign * goal:
            cells[place, 3] = 100.0
            reasons.append(";".join(filter(None, ("already_met", early))))
            continue
        rng = np.random.default_rng(start)
        found = _crossings(track.values, goal, sign, method, (ahead, futures), rng)
        last = float(given.years[0] + ends - 1)
        cells[place] = _summary(found.years + last, level)
        reasons.append(";".join(filter(None, (_gaps(cells[place]), early, found.flag))))
    result = pd.DataFrame(
        cells, columns=["year", "earliest", "latest", "chance"], index=given.labels
    )
    result["flag"] = np.array(reasons, dtype=object)
    return result.iloc[0].rename(None) if given.single else result


def _goals(threshold: float | Row, given: Tracks, *, logs: bool) -> FloatArray:
    goals = read("threshold", threshold)
    if logs:
        refuse(goals, goals.cells <= 0, "a threshold above 0, as logs is true")
    if given.single and goals.dimensions:
        raise ValueError("threshold: expected one number for one series")
    series = Table("values", given.observed[:1], given.labels[:0], given.labels, 1, True)
    found = per_row(goals, series, elementwise=True)
    cells = np.broadcast_to(found, (1, len(given.labels)))[0]
    by_series: FloatArray = np.log(cells) if logs else cells
    return by_series


def _summary(years: FloatArray, level: float) -> FloatArray:
    """Return the middle, both ends and the share of the years that are finite."""
    ordered = np.sort(years)
    portions = np.array([0.5, (1 - level) / 2, (1 + level) / 2])
    # A year that some path has, because between a year and never there is no middle.
    places = np.ceil(portions * len(ordered)).astype(int) - 1
    ends = ordered[np.maximum(places, 0)]
    ends[np.isinf(ends)] = np.nan
    return np.append(ends, 100 * np.mean(np.isfinite(years)))


def _gaps(cells: FloatArray) -> str:
    reasons = flags((np.isnan(cells[:1]), "no_crossing"), (np.isnan(cells[2:3]), "beyond_horizon"))
    return str(reasons[0])


def _crossings(
    values: FloatArray,
    goal: float,
    sign: float,
    method: str,
    size: tuple[int, int],
    rng: np.random.Generator,
) -> _Crossing:
    """Return when simulated paths reach the goal, in years after the last known one."""
    standard = standardised(values)
    level = sign * (goal - standard.centre) / standard.scale
    if method == "linear_trend" or standard.exact:
        paths, flag = _lines(standard, size, rng), ""
    else:
        paths, flag = _smoothed(standard.values, size, rng)
    paths = sign * paths
    before = np.vstack([np.full((1, size[1]), sign * standard.values[-1]), paths[:-1]])
    reached = paths >= level
    first = np.argmax(reached, axis=0)
    path = np.arange(size[1])
    low, high = before[first, path], paths[first, path]
    crossed = reached.any(axis=0)
    years = np.full(size[1], np.inf)
    part = divide(level - low[crossed], high[crossed] - low[crossed])
    years[crossed] = first[crossed] + np.where(low[crossed] < level, part, 0.0)
    return _Crossing(years, flag or ("exact_line" if standard.exact else ""))


def _lines(standard: Standard, size: tuple[int, int], rng: np.random.Generator) -> FloatArray:
    """Draw lines with deviations, years x paths."""
    fit, design = fitted_line(standard.values), future_design(len(standard.values), size[0])
    spread = np.sqrt(float(fit.ssr) / rng.chisquare(fit.df_resid, size[1]))
    if standard.exact:
        spread = np.zeros(size[1])
    apart = np.linalg.cholesky(fit.normalized_cov_params) @ rng.standard_normal((2, size[1]))
    noise = rng.standard_normal(size)
    paths: FloatArray = (design @ fit.params)[:, np.newaxis] + spread * (design @ apart + noise)
    return paths


def _smoothed(
    values: FloatArray, size: tuple[int, int], rng: np.random.Generator
) -> tuple[FloatArray, str]:
    """Draw futures of exponential smoothing, years x paths."""
    fit = smoothing_model(values, trend="add", damped=False)
    freedom = smoothing_freedom(len(values), trend="add", damped=False)
    spread = np.sqrt(float(fit.sse) / rng.chisquare(freedom, size[1]))
    paths = fit.simulate(
        size[0],
        anchor="end",
        repetitions=size[1],
        random_errors=spread * rng.standard_normal(size),
    )
    return paths.to_numpy(), "" if fit.mle_retvals["converged"] else "not_converged"
