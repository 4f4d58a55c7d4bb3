"""How far the structure of a row is from that of its reference."""

from __future__ import annotations

from typing import Any, Literal, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    by_row,
    divide,
)
from lyanalysis.indicators._panel import sums_by_year, year_groups
from lyanalysis.indicators.specialisation._location_reference import (
    Reference,
    by_reference,
    read_compared,
    reference_shares,
)


@overload
def krugman_specialisation(
    levels: Row, *, reference: Literal["total", "rest", "mean_of_others"] | Row = "total"
) -> float: ...
@overload
def krugman_specialisation(
    levels: pd.DataFrame,
    *,
    reference: Literal["total", "rest", "mean_of_others"] | Row | pd.DataFrame = "total",
) -> pd.Series[Any]: ...
def krugman_specialisation(
    levels: Row | pd.DataFrame,
    *,
    reference: Literal["total", "rest", "mean_of_others"] | Row | pd.DataFrame = "total",
) -> float | pd.Series[Any]:
    r"""Krugman specialisation index (克鲁格曼专业化指数).

    Sum of absolute differences between the structure of a region and that of its reference.

    一地产业结构与参照结构之差的绝对值之和；0为与参照相同，2为毫无共同产业。部分文献取其一半，范围为0至1。

    Parameters
    ----------
    levels : 1-D sequence (one region) or DataFrame
        Rows: regions, or regions and years with an index level "year". Columns: industries, all of
        them, 0 or more.
    reference : {"total", "rest", "mean_of_others"}, 1-D sequence or DataFrame, keyword-only
        "total": the sum of all rows of a year, which contains the region; "rest": that sum less
        the region; "mean_of_others": the unweighted mean of the other regions' shares. The three
        differ. Or levels by industry: one row for all, one a year, or the rows of `levels`; one
        region alone needs them.

    Returns
    -------
    float or Series
        0 (same structure) to 2 (nothing in common).

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level, another `reference`, labels that differ, or one
        region without a reference.

    Notes
    -----
    .. math:: K_j = \sum_i |s_{ij} - s_{i,\mathrm{ref}}|

    More industries give a larger value. NaN where a level is missing or a total is 0; with
    "rest" and "mean_of_others" also where the year has one region only, and where another region
    of the year is missing. With s the shares of a region with total n and t those of all k regions
    together with total N, the shares of the rest differ from s by N / (N - n) times s - t, and the
    mean of the others by k / (k - 1) times the difference from the mean of all, so no region is
    looked at twice. Own code: the libraries take one pair of regions at a time.

    References
    ----------
    Krugman, P. (1991). Geography and Trade. MIT Press.

    Examples
    --------
    Structure of one Swedish region against the mean of four others, printed as 0.1595 (REAT):

    >>> levels = pd.DataFrame(
    ...     [[45, 15, 32, 10, 30], [35, 12, 30, 8, 22], [40, 10, 25, 9, 18],
    ...      [30, 11, 18, 3, 13], [40, 6, 11, 2, 12]]
    ... )
    >>> print(f"{krugman_specialisation(levels, reference='mean_of_others')[0]:.4f}")
    0.1595
    """
    if not isinstance(reference, str):
        table, compared = read_compared(levels, reference)
        distance = _distance(table, compared)
    elif reference == "total":
        table, compared = read_compared(levels, None)
        distance = _distance(table, compared)
    elif reference == "rest":
        table, distance = _from_rest(levels)
    elif reference == "mean_of_others":
        table, distance = _from_mean_of_others(levels)
    else:
        raise ValueError(
            f'reference: {reference!r} is not allowed; expected "total", "rest", '
            '"mean_of_others", or levels by column'
        )
    # Rounding can leave structures with nothing in common a last digit above the bound.
    index: float | pd.Series[Any] = by_row(np.minimum(distance, 2.0), table)
    return index


def _distance(table: Table, compared: Reference) -> FloatArray:
    """Sum of absolute differences between the shares of each row and those of its reference."""

    def distance(cells: FloatArray, share: FloatArray) -> FloatArray:
        own = divide(cells, np.sum(cells, axis=1, keepdims=True))
        own -= share
        total: FloatArray = np.sum(np.abs(own, out=own), axis=1)
        return total

    return by_reference(distance, table.cells, compared, reference_shares(compared))


def _from_rest(levels: Row | pd.DataFrame) -> tuple[Table, FloatArray]:
    table, compared = read_compared(levels, None)
    years = year_groups(table.name, table.rows)
    own = np.sum(table.cells, axis=1, keepdims=True)
    # The sum of the rows' own sums, so that exactly 0 is left where there are no others.
    whole = sums_by_year(own, years)[years.codes]
    return table, _distance(table, compared) * divide(whole, whole - own)[:, 0]


def _from_mean_of_others(levels: Row | pd.DataFrame) -> tuple[Table, FloatArray]:
    table, compared = read_compared(levels, None)
    years = year_groups(table.name, table.rows)
    shares = divide(table.cells, np.sum(table.cells, axis=1, keepdims=True))
    sums = sums_by_year(shares, years)
    regions = np.bincount(years.codes).astype(np.float64)
    mean = compared._replace(cells=sums, total=regions[:, np.newaxis])
    return table, _distance(table, mean) * divide(regions, regions - 1)[years.codes]


@overload
def hoover(levels: Row, *, reference: Row) -> float: ...
@overload
def hoover(levels: pd.DataFrame, *, reference: Row | pd.DataFrame) -> pd.Series[Any]: ...
def hoover(levels: Row | pd.DataFrame, *, reference: Row | pd.DataFrame) -> float | pd.Series[Any]:
    r"""Hoover index (胡佛指数).

    Half the sum of absolute differences between two distributions over the same units.

    两个分布（如产业与人口在各地的分布）份额之差绝对值之和的一半；0为分布相同，1为毫无重合。含义是须转移多大
    比例才能使两个分布一致。

    Parameters
    ----------
    levels : 1-D sequence (one distribution) or DataFrame
        Columns: the units, as regions. Levels or shares, 0 or more.
    reference : 1-D sequence or DataFrame, keyword-only
        What is compared with, as the population of the units: one row for all, one row a year where
        `levels` has an index level "year", or the rows of `levels`.

    Returns
    -------
    float or Series
        0 (same distribution) to 1 (nothing in common): the share that would have to move.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level, labels that differ, or reference years that are
        missing.

    Notes
    -----
    .. math:: H = \tfrac{1}{2} \sum_i |a_i - b_i|

    Both sides are brought to a sum of 1 first. NaN where a value is missing or a total is 0. Some
    programs print 100 times the index. Own code: IneqPy, which has it, does not bring the sides to
    shares and returns values above 1.

    References
    ----------
    Hoover, E. M. (1936). The measurement of industrial localization. Review of Economics and
    Statistics 18(4), 162-171.

    Examples
    --------
    >>> hoover([0, 10, 10, 30, 50], reference=[10, 15, 20, 25, 30])
    0.25
    """
    table, compared = read_compared(levels, reference)
    half = np.minimum(_distance(table, compared) / 2, 1.0)
    index: float | pd.Series[Any] = by_row(half, table)
    return index
