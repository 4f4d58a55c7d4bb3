"""How fast the composition of a total changes, and which way.

Rows are any labels (regions, years), columns the industries; a 1-D sequence is one row. The
industries must make up the whole: where a row is compared as shares, it is first brought to a sum
of 100. A missing industry makes the whole row NaN, because the total of the row is then unknown.
"""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._apart import shares_apart
from lyanalysis.indicators._blocks import by_rows
from lyanalysis.indicators._frames import (
    LEVELS,
    FloatArray,
    Row,
    Table,
    by_cell,
    by_row,
    divide,
    pair_unchecked,
    per_row,
    percentages,
    read,
    read_levels,
    read_parts,
    refuse,
)
from lyanalysis.indicators.structure._crossover import crossover_year
from lyanalysis.indicators.structure._drift import share_drift
from lyanalysis.indicators.structure._lilien import lilien
from lyanalysis.indicators.structure._moore import moore
from lyanalysis.indicators.structure._speed import comparable_periods

__all__ = [
    "crossover_year",
    "lilien",
    "moore",
    "nav",
    "share_drift",
    "shares",
    "speed_of_change",
    "structural_change_k",
    "structural_change_k_per_year",
]


@overload
def shares(levels: Row, *, total: float | None = None) -> pd.Series[Any]: ...
@overload
def shares(levels: pd.DataFrame, *, total: float | Row | None = None) -> pd.DataFrame: ...
def shares(
    levels: Row | pd.DataFrame, *, total: float | Row | None = None
) -> pd.Series[Any] | pd.DataFrame:
    r"""Shares in a total (比重).

    Shares of the parts in their sum, or in a total published beside them.

    各部分占合计或所给总数的百分数。0为没有该部分，100为全部；未另给总数时，一行相加等于100。

    Parameters
    ----------
    levels : 1-D sequence (one row) or DataFrame
        Levels in one unit, 0 or more.
    total : float or one value a row, optional
        Total in the same unit, for parts that need not add up to it to the last digit. Without
        it the parts must make up the whole.

    Returns
    -------
    Series or DataFrame
        Percent, 0 to 100; each row sums to 100 unless a total is given.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level.

    Notes
    -----
    .. math:: s_i = 100 y_i / \sum_j y_j

    Identity. A row whose total is zero is NaN, not 0. Without a given total, a row with a missing
    part is NaN throughout: its total is unknown, and shares of the parts that happen to be known
    would all be too large.

    Examples
    --------
    China's "three new" economy by sector, 2024 (NBS prints 3.9, 41.4, 54.7):

    >>> [f"{share:.1f}" for share in shares([9485, 100459, 132964])]
    ['3.9', '41.4', '54.7']
    """
    table = read_parts(read_levels("levels", levels))
    if total is None:
        cells = percentages(table.cells)
    else:
        cells = divide(100 * table.cells, per_row(read_levels("total", total), table))
    percent: pd.Series[Any] | pd.DataFrame = by_cell(cells, table)
    return percent


@overload
def structural_change_k(start: Row, end: Row) -> float: ...
@overload
def structural_change_k(start: pd.DataFrame, end: pd.DataFrame) -> pd.Series[Any]: ...
def structural_change_k(
    start: Row | pd.DataFrame, end: Row | pd.DataFrame
) -> float | pd.Series[Any]:
    r"""Structural change K (结构变动K值).

    Sum of the absolute changes of all shares.

    各部分比重变动的绝对值之和，百分点。0为结构未变，200为全部更替。

    Parameters
    ----------
    start, end : 1-D sequence (one row) or DataFrame
        Levels or shares on any scale, 0 or more; each row is brought to a sum of 100.

    Returns
    -------
    float or Series
        Percentage points: 0 no change, 200 all replaced.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math:: K = \sum_i \left| q_{i1} - q_{i0} \right| = 200 \, NAV

    More industries give a larger K. NaN where a value is missing or a row sums to zero.

    References
    ----------
    黄程、瞿骊瑾、陈宇、徐锶源 (2023). 成都市产业转型升级测度及优化对策分析. 社会科学前沿 12(3),
    https://www.hanspub.org/journal/PaperInformation.aspx?paperID=62594

    Examples
    --------
    >>> print(f"{structural_change_k([10, 50, 40], [5, 40, 55]):.1f}")
    30.0
    """
    first, last = pair_unchecked(start, end)
    k: float | pd.Series[Any] = by_row(100 * _moved(first, last), first)
    return k


def _moved(first: Table, last: Table) -> FloatArray:
    """Sum of absolute changes of fractions, 0 to 2."""
    change = by_rows(shares_apart, (first, LEVELS), (last, LEVELS))
    # Rounding can leave a complete change a last digit above its bound.
    bounded: FloatArray = np.minimum(change, 2.0)
    return bounded


@overload
def structural_change_k_per_year(start: Row, end: Row, *, years: float) -> float: ...
@overload
def structural_change_k_per_year(
    start: pd.DataFrame, end: pd.DataFrame, *, years: float | Row
) -> pd.Series[Any]: ...
def structural_change_k_per_year(
    start: Row | pd.DataFrame, end: Row | pd.DataFrame, *, years: float | Row
) -> float | pd.Series[Any]:
    r"""Structural change K per year (产业结构年均变动值).

    Sum of the absolute changes of all shares, by year of the interval.

    K值除以相隔年数，每年百分点。0为结构未变，最大为200除以年数。

    Parameters
    ----------
    start, end : 1-D sequence (one row) or DataFrame
        As for `structural_change_k`.
    years : float, or one for each row, keyword-only
        Length of the interval, above 0.

    Returns
    -------
    float or Series
        Percentage points a year.

    Raises
    ------
    ValueError
        As `structural_change_k`, or an interval that is not above 0.

    Notes
    -----
    .. math:: \bar{K} = K / n

    Moves to and fro within the interval cancel: K of the ends is at most the sum of annual Ks.

    References
    ----------
    黄程、瞿骊瑾、陈宇、徐锶源 (2023). 成都市产业转型升级测度及优化对策分析. 社会科学前沿 12(3),
    https://www.hanspub.org/journal/PaperInformation.aspx?paperID=62594

    Examples
    --------
    >>> print(f"{structural_change_k_per_year([10, 50, 40], [5, 40, 55], years=5):.1f}")
    6.0
    """
    first, last = pair_unchecked(start, end)
    length = read("years", years)
    refuse(length, length.cells <= 0, "an interval above 0 years")
    pace = divide(100 * _moved(first, last)[:, np.newaxis], per_row(length, first))[:, 0]
    k: float | pd.Series[Any] = by_row(pace, first)
    return k


@overload
def nav(start: Row, end: Row) -> float: ...
@overload
def nav(start: pd.DataFrame, end: pd.DataFrame) -> pd.Series[Any]: ...
def nav(start: Row | pd.DataFrame, end: Row | pd.DataFrame) -> float | pd.Series[Any]:
    r"""Norm of absolute values (正规化绝对值指标NAV).

    The part of the total that changed its industry.

    总量中换了行业的部分，即K值的二百分之一。0为结构未变，1为全部更替。

    Parameters
    ----------
    start, end : 1-D sequence (one row) or DataFrame
        Levels or shares on any scale, 0 or more; each row is brought to a sum of 1.

    Returns
    -------
    float or Series
        0 no change, 1 all replaced.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math:: NAV = \frac{1}{2} \sum_i \left| s_{i1} - s_{i0} \right|

    More industries give a larger value. Over several years it is at most the sum of the annual
    ones. NaN where a value is missing or a row sums to zero.

    References
    ----------
    Michaely (1962); Stoikov (1966); Dietrich, A. (2012). Does growth cause structural change, or
    is it the other way around? Empirical Economics 43, 915-944.

    Examples
    --------
    >>> print(f"{nav([10, 50, 40], [5, 40, 55]):.2f}")
    0.15
    """
    first, last = pair_unchecked(start, end)
    norm: float | pd.Series[Any] = by_row(_moved(first, last) / 2, first)
    return norm


def speed_of_change(shares: pd.DataFrame) -> pd.DataFrame:
    r"""Speed of structural change (结构变动速度).

    How fast the structure moves, window by window and across the breaks between them.

    按口径一致的时段和跨断点的时段，分别计算K值（百分点，0至200）、年均K值、Moore角（0至90度）
    和NAV（0至1）。各项都是0为结构未变，越大变动越快。

    Parameters
    ----------
    shares : DataFrame
        Index ``(region_code, year, window)``, years in any order; one column a part, levels or
        shares on any scale, 0 or more. Years of one window may be compared, years of different
        windows only as an indication. Rows with a missing part are left out.

    Returns
    -------
    DataFrame
        Index ``(region_code, period)`` in order of time. Columns structural_change_k (percentage
        points, 0 to 200), years, structural_change_k_per_year, angle_degrees (0 to 90), nav (0 to
        1) and flag: "" inside a window, "crosses_break" from the last year of a window to the
        first of the next, "missing_years" where years without figures lie in between; joined by
        ";".

    Raises
    ------
    ValueError
        If the index has other levels, or a value is negative or infinite.

    Notes
    -----
    .. math:: \bar{K} = K / n

    The measures are :func:`structural_change_k`, also by the n years of the period, :func:`moore`
    and :func:`nav` between the two ends of a period; what moved and came back in between is not
    seen. Own rule: periods lie inside windows, and from the end of one to the start of the next. A
    year that is published on both sides of a break links its windows, so no period crosses that
    break. Shares at current prices move with relative prices as well.

    Examples
    --------
    >>> index = pd.MultiIndex.from_tuples(
    ...     [("A", 2019, "2019–2020"), ("A", 2020, "2019–2020"), ("A", 2022, "2022")],
    ...     names=["region_code", "year", "window"],
    ... )
    >>> frame = pd.DataFrame({"secondary": [40.3, 39.0, 40.1], "other": [59.7, 61, 59.9]}, index)
    >>> for row in speed_of_change(frame).itertuples():
    ...     print(row.Index[1], f"{row.structural_change_k_per_year:.1f}", row.flag or "-")
    2019–2020 2.6 -
    2020→2022 1.1 crosses_break;missing_years
    """
    start, end, periods = comparable_periods(shares)
    change = structural_change_k(start, end)
    return pd.DataFrame(
        {
            "structural_change_k": change,
            "years": periods["years"],
            "structural_change_k_per_year": change / periods["years"],
            "angle_degrees": moore(start, end)["angle_degrees"],
            "nav": nav(start, end),
            "flag": periods["flag"],
        }
    )
