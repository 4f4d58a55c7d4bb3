"""Outliers of indicators: found by a stated rule, treated, and every changed cell flagged.

Skewness and kurtosis are the adjusted ones of a sample (G1, and G2 in excess of the normal
distribution's 3), as in Excel, pandas and COINr. Missing stays missing.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._blocks import BLOCK
from lyanalysis.indicators._choices import one_of
from lyanalysis.indicators._frames import BoolArray, FloatArray, by_cell, flags
from lyanalysis.indicators._panel import YEAR, Years, year_groups
from lyanalysis.indicators.composite._moments import Moments, moments, quartiles
from lyanalysis.indicators.composite._rows import read_frame

__all__ = ["Treated", "treat_outliers"]

METHODS = ("winsorise_then_log", "winsorise", "log", "iqr")
_NAMES = np.array(["", "winsorised", "log_transformed", "clipped"], dtype=object)
_WINSORISED, _LOGGED, _CLIPPED = 1, 2, 3

Changes = npt.NDArray[np.int8]


class Treated(NamedTuple):
    """Indicators after the treatment of outliers.

    Attributes
    ----------
    values : DataFrame
        As the data.
    flags : DataFrame
        As the data: "" or how the cell was changed.
    summary : DataFrame
        One row an indicator (and year): skewness and excess kurtosis before and after, points
        treated, treatment, flag.
    """

    values: pd.DataFrame
    flags: pd.DataFrame
    summary: pd.DataFrame


class Rule(NamedTuple):
    """What counts as an outlier, and how far treatment may go."""

    most_skewness: float
    most_kurtosis: float
    most_points: float | None
    fence: float

    def broken(self, shape: Moments) -> BoolArray:
        """Say which columns are skewed and heavy-tailed at once; too few values break nothing."""
        skewed: BoolArray = np.abs(shape.skewness) > self.most_skewness
        return skewed & (shape.kurtosis > self.most_kurtosis)


def treat_outliers(
    data: pd.DataFrame,
    *,
    method: Literal["winsorise_then_log", "winsorise", "log", "iqr"] = "winsorise_then_log",
    over: Literal["panel", "year"] = "panel",
    most_skewness: float = 2.0,
    most_kurtosis: float = 3.5,
    most_points: float | None = 5,
    fence: float = 1.5,
) -> Treated:
    r"""Treatment of outliers (异常值处理).

    Draws in the few extreme values of an indicator that would alone decide its scale.

    对偏度和峰度同时超限的指标缩尾，仍不合格时取对数；或者按四分位距截断。缩尾和截断不改变单位，
    取对数后没有单位。每个改动的单元格都有标记，没有标记的数值与原来完全相同。

    Parameters
    ----------
    data : DataFrame
        Rows by indicators, in any unit; rows are regions, or carry the index level "year".
    method : {"winsorise_then_log", "winsorise", "log", "iqr"}, keyword-only
        "winsorise" gives the highest (lowest) values that of the next, one value after another,
        until the rule is met or `most_points` are used up; "winsorise_then_log" takes logarithms
        of the untreated values where that did not help; "log" takes them at once; "iqr" cuts off
        every indicator at its quartile fences, whatever its skewness.
    over : {"panel", "year"}, keyword-only
        All rows together, or each year by itself (not with logarithms, which would leave the
        years of one indicator on different scales).
    most_skewness, most_kurtosis : float, keyword-only
        An indicator is treated where absolute skewness AND excess kurtosis are above these.
    most_points : int, share of the values below 1, or None, keyword-only
        Most values of an indicator (of a year) to winsorise; None for no limit.
    fence : float, keyword-only
        Distance of the fences from the quartiles, in quartile ranges.

    Returns
    -------
    Treated
        values: as `data`. flags: as `data`, "" or "winsorised", "log_transformed", "clipped".
        summary: by indicator (and year): observed (count), skewness_before, kurtosis_before,
        skewness_after, kurtosis_after, points (cells changed), treatment and flag: "",
        "outliers_remain" (the rule is still broken), "too_few_values" (fewer than 4: not
        checked), "no_spread" (equal values, or quartiles that are equal: untouched).

    Raises
    ------
    ValueError
        A misspelt option, logarithms by year, a limit out of range.

    Notes
    -----
    .. math::
        G_1 = \frac{n}{(n-1)(n-2)} \sum_i \left(\frac{x_i - \bar{x}}{s}\right)^3, \qquad
        G_2 = \frac{n(n+1)}{(n-1)(n-2)(n-3)} \sum_i \left(\frac{x_i - \bar{x}}{s}\right)^4
        - \frac{3(n-1)^2}{(n-2)(n-3)}

    The defaults and the order of steps are those of COINr. Which end is winsorised follows the
    sign of the skewness. Tied values are winsorised together, or not at all where they are more
    than `most_points` leaves (COINr exceeds the limit), and never until all values are equal. The
    logarithm is :math:`\ln(x - x_{min} + 0.01 (x_{max} - x_{min}))`; where skewness is negative it
    is taken from the other end, with a minus, so that order is kept and the long tail drawn in
    (COINr takes the first form always, which makes a long lower tail longer). Goalposts and
    targets in the old unit do not fit an indicator in logarithms. Quartiles are interpolated
    linearly. Own code: no library treats until a rule is met and says what it changed.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    step 3. https://doi.org/10.1787/533411815016. Becker, W. and others (2022). COINr: An R package
    for developing composite indicators. Journal of Open Source Software 7(78), 4567.

    Examples
    --------
    From the tests of COINr: one outlier is given the value of the next.

    >>> treated = treat_outliers(pd.DataFrame({"flights": [*range(1, 11), 100]}))
    >>> treated.values["flights"].tolist()[8:], treated.flags["flights"].tolist()[8:]
    ([9.0, 10.0, 10.0], ['', '', 'winsorised'])
    """
    rule = _rule(method, over, most_skewness, most_kurtosis, most_points, fence)
    table = read_frame("data", data)
    years = year_groups("data", table.rows) if over == "year" else None
    cells = table.cells.copy() if years is None else _side_by_side(table.cells, years)
    changes = np.zeros(cells.shape, dtype=np.int8)
    summaries = []
    # A block of columns at a time: what is computed from it stays in the cache.
    size = max(1, BLOCK // max(1, len(cells)))
    for start in range(0, cells.shape[1], size):
        block = slice(start, start + size)
        cells[:, block], changes[:, block], summary = _treat_block(cells[:, block], rule, method)
        summaries.append(summary)
    labels = table.parts if years is None else _by_year(table.parts, years)
    summary = pd.concat(summaries).set_axis(labels)
    if years is not None:
        here, shape = (_places(years), years.codes), (len(cells), len(years.labels), -1)
        cells, changes = cells.reshape(shape)[here], changes.reshape(shape)[here]
    marks = pd.DataFrame(_NAMES[changes], index=table.rows, columns=table.parts, dtype=object)
    return Treated(by_cell(cells, table), marks, summary)


def _rule(
    method: str,
    over: str,
    most_skewness: float,
    most_kurtosis: float,
    most_points: float | None,
    fence: float,
) -> Rule:
    """Check the options."""
    one_of("method", method, METHODS)
    one_of("over", over, ("panel", "year"))
    if over == "year" and "log" in method:
        raise ValueError(f'over: "year" is not allowed with method "{method}"; expected "panel"')
    limits = {"most_skewness": most_skewness, "most_kurtosis": most_kurtosis, "fence": fence}
    for name, limit in limits.items():
        if not limit >= 0:
            raise ValueError(f"{name}: {limit} is not allowed; expected 0 or more")
    if most_points is not None and not (
        most_points >= 0 and (most_points < 1 or float(most_points).is_integer())
    ):
        raise ValueError(
            f"most_points: {most_points} is not allowed; expected a whole number, a share of the "
            "values below 1, or None"
        )
    return Rule(most_skewness, most_kurtosis, most_points, fence)


def _places(years: Years) -> npt.NDArray[np.intp]:
    """Return the place of each row among the rows of its year."""
    order = np.argsort(years.codes, kind="stable")
    starts = np.searchsorted(years.codes[order], years.codes[order])
    places = np.empty_like(order)
    places[order] = np.arange(len(order)) - starts
    return places


def _side_by_side(cells: FloatArray, years: Years) -> FloatArray:
    """Put the years of each indicator into columns of their own, short years filled with NaN."""
    places = _places(years)
    shape = (int(places.max(initial=-1)) + 1, len(years.labels), cells.shape[1])
    wide = np.full(shape, np.nan)
    wide[places, years.codes] = cells
    return wide.reshape(shape[0], -1)


def _by_year(parts: pd.Index[Any], years: Years) -> pd.MultiIndex:
    year, part = np.indices((len(years.labels), len(parts)))
    columns = [parts.take(part.ravel()), years.labels.take(year.ravel())]
    return pd.MultiIndex.from_arrays(columns, names=["indicator", YEAR])


def _treat_block(
    untreated: FloatArray, rule: Rule, method: str
) -> tuple[FloatArray, Changes, pd.DataFrame]:
    """Return treated columns, how each cell was changed, and a row of summary for each column."""
    before = after = moments(untreated)
    if method == "iqr":
        cells, changes, no_spread = _clip(untreated, rule)
    else:
        cells, changes = _treat(untreated, rule, before, method)
        no_spread = before.equal
    if changes.any():
        after = moments(cells)
    summary = pd.DataFrame(
        {
            "observed": before.counts.astype(np.int64),
            "skewness_before": before.skewness,
            "kurtosis_before": before.kurtosis,
            "skewness_after": after.skewness,
            "kurtosis_after": after.kurtosis,
            "points": np.sum(changes > 0, axis=0),
            "treatment": _NAMES[np.max(changes, axis=0, initial=0)],
            "flag": flags(
                (rule.broken(after), "outliers_remain"),
                (before.counts < 4, "too_few_values"),
                (no_spread, "no_spread"),
            ),
        }
    )
    return cells, changes, summary


def _treat(
    untreated: FloatArray, rule: Rule, before: Moments, method: str
) -> tuple[FloatArray, Changes]:
    """Treat the columns that break the rule."""
    cells, changes = untreated.copy(), np.zeros(untreated.shape, dtype=np.int8)
    failing = np.flatnonzero(rule.broken(before))
    if method != "log":
        winsorised, touched, failed = _winsorise(cells[:, failing], rule)
        kept = ~failed if method == "winsorise_then_log" else np.ones_like(failed)
        cells[:, failing[kept]] = winsorised[:, kept]
        changes[:, failing[kept]] = touched[:, kept] * np.int8(_WINSORISED)
        failing = failing[~kept]
    if len(failing):
        cells[:, failing] = _logarithm(cells[:, failing], before.skewness[failing])
        changes[:, failing] = ~np.isnan(cells[:, failing]) * np.int8(_LOGGED)
    return cells, changes


def _winsorise(cells: FloatArray, rule: Rule) -> tuple[FloatArray, BoolArray, BoolArray]:
    """Return winsorised columns, the cells touched, and the columns that still break the rule."""
    treated, touched = cells.copy(), np.zeros(cells.shape, dtype=bool)
    shape = moments(cells)
    limits = _limits(shape.counts, rule.most_points)
    failed = np.ones(cells.shape[1], dtype=bool)
    active = np.flatnonzero(failed)
    while len(active):
        signs = _signs(shape.skewness)
        values = treated[:, active] * signs
        extreme = values == np.fmax.reduce(values, axis=0)
        following = np.fmax.reduce(np.where(extreme, np.nan, values), axis=0)
        points = np.sum(touched[:, active] | extreme, axis=0)
        # Two values must stay apart: an indicator that tells nothing apart is none.
        allowed = (points <= limits[active]) & (following > np.fmin.reduce(values, axis=0))
        active, extreme = active[allowed], extreme[:, allowed]
        next_values = (following * signs)[allowed]
        treated[:, active] = np.where(extreme, next_values, treated[:, active])
        touched[:, active] |= extreme
        shape = moments(treated[:, active])
        failed[active] = still = rule.broken(shape)
        active = active[still]
        shape = shape._replace(skewness=shape.skewness[still])
    return treated, touched, failed


def _signs(skewness: FloatArray) -> FloatArray:
    """Return the sign that turns the long tail of each column up."""
    return np.where(skewness < 0, -1.0, 1.0)


def _limits(counts: FloatArray, most_points: float | None) -> FloatArray:
    """Return the most points to winsorise in each column."""
    if most_points is None:
        return counts
    return np.floor(most_points * counts) if most_points < 1 else np.full_like(counts, most_points)


def _logarithm(cells: FloatArray, skewness: FloatArray) -> FloatArray:
    """Return logarithms of the distance from the end with the short tail, order kept."""
    signs = _signs(skewness)
    values = cells * signs
    lowest, highest = (end.reduce(values, axis=0) for end in (np.fmin, np.fmax))
    logged: FloatArray = np.log(values - lowest + 0.01 * (highest - lowest)) * signs
    return logged


def _clip(untreated: FloatArray, rule: Rule) -> tuple[FloatArray, Changes, BoolArray]:
    """Cut off what lies outside of the quartile fences; equal quartiles leave a column as it is."""
    lower, upper = quartiles(untreated)
    equal: BoolArray = lower == upper
    span = np.where(equal, np.nan, upper - lower)
    low, high = lower - rule.fence * span, upper + rule.fence * span
    below, above = untreated < low, untreated > high
    cells = np.where(below, low, np.where(above, high, untreated))
    return cells, (below | above) * np.int8(_CLIPPED), equal
