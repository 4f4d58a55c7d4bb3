"""Sub-indices and their total: its level, what makes it up, and where its growth comes from."""

from __future__ import annotations

from typing import Any, NamedTuple, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    by_cell,
    by_row,
    divide,
    flags,
    percentages,
    read_levels,
    read_parts,
    refuse,
)
from lyanalysis.indicators.composite._rows import by_indicator, frame_of, region_years, rows_of
from lyanalysis.indicators.growth._accounting import near_zero, share_of_growth


class GrowthContribution(NamedTuple):
    """Where the growth of an index comes from.

    Attributes
    ----------
    contribution : DataFrame
        Rows by sub-indices, percent of the growth of the total; rows sum to 100.
    pull : DataFrame
        Rows by sub-indices, percentage points; rows sum to the growth of the total.
    total : DataFrame
        By row: index (level of the total), growth (percent) and flag.
    """

    contribution: pd.DataFrame
    pull: pd.DataFrame
    total: pd.DataFrame


def _read_subindices(subindices: Row | pd.DataFrame, weights: Row) -> tuple[Table, FloatArray]:
    """Read sub-indices with their weights, brought to a sum of 1 and matched by name."""
    table = read_parts(read_levels("subindices", subindices))
    shares = by_indicator("weights", weights, table)
    given = Table("weights", shares[np.newaxis], table.rows, table.parts, 1, True)
    refuse(given, ~(given.cells >= 0), "a weight of 0 or more")
    if not shares.sum() > 0:
        raise ValueError("weights: sum to 0; expected at least one above 0")
    return table, shares / shares.sum()


@overload
def weighted_total(subindices: Row, weights: Row) -> float: ...
@overload
def weighted_total(subindices: pd.DataFrame, weights: Row) -> pd.Series[Any]: ...
def weighted_total(subindices: Row | pd.DataFrame, weights: Row) -> float | pd.Series[Any]:
    r"""Weighted total of sub-indices (分类指数加权总指数).

    Weighted arithmetic mean of the sub-indices of one year.

    分类指数的加权算术平均，与分类指数同一基期（基期等于100），没有单位，介于最小和最大的分类指数
    之间。

    Parameters
    ----------
    subindices : 1-D sequence (one row) or DataFrame
        Indices on one base, 0 or more.
    weights : Series by sub-index or sequence
        0 or more, brought to a sum of 1.

    Returns
    -------
    float or Series
        On the base of the sub-indices. NaN where one of them is missing.

    Raises
    ------
    ValueError
        A negative index or weight, weights that sum to 0, labels that differ.

    Notes
    -----
    .. math:: T = \frac{\sum_j W_j I_j}{\sum_j W_j}

    Own code: one line of numpy.

    References
    ----------
    国家统计局 (2025). 经济发展新动能指数统计指标体系及测算方法. https://zk.dahe.cn/2025/08-29/1985817.html

    Examples
    --------
    China, 2024, 2022 = 100 (published as 136.0):

    >>> print(f"{weighted_total([142.4, 138.5, 130.9, 127.8], [0.3, 0.3, 0.2, 0.2]):.1f}")
    136.0
    """
    table, shares = _read_subindices(subindices, weights)
    total: float | pd.Series[Any] = by_row(np.sum(table.cells * shares, axis=1), table)
    return total


@overload
def level_share(subindices: Row, weights: Row) -> pd.Series[Any]: ...
@overload
def level_share(subindices: pd.DataFrame, weights: Row) -> pd.DataFrame: ...
def level_share(subindices: Row | pd.DataFrame, weights: Row) -> pd.Series[Any] | pd.DataFrame:
    r"""Share of sub-indices in the level of the index (分类指数占总指数的份额).

    What part of the level of the index each weighted sub-index makes up.

    加权后的分类指数占总指数水平的百分比，取值0至100，合计为100。2018年发布的新动能指数把它称作
    “贡献率”，此后各版的贡献率是对总指数增长的贡献，两者不可混用。

    Parameters
    ----------
    subindices : 1-D sequence (one row) or DataFrame
        Indices on one base, 0 or more.
    weights : Series by sub-index or sequence
        0 or more, brought to a sum of 1.

    Returns
    -------
    Series (one row) or DataFrame
        Percent, 0 to 100; rows sum to 100. NaN for a row in which a sub-index is missing or the
        total is 0.

    Raises
    ------
    ValueError
        A negative index or weight, weights that sum to 0, labels that differ.

    Notes
    -----
    .. math:: s_j = 100 \frac{W_j I_j}{\sum_k W_k I_k}

    NEVER mix it with :func:`growth_contribution_of_subindices`: the edition of 2018 prints this
    share under the name of a contribution, and every later edition prints contributions to
    growth. In 2017 the network economy made up 34.5 percent of the level and about 60 percent of
    the growth. Own code: one line of numpy.

    References
    ----------
    国家统计局 (2018). 经济发展新动能指数 (2015-2017).
    http://www.urbancurrysf.com/jjfz/201812/24641.html

    Examples
    --------
    China, 2017, five sub-indices of equal weight (printed 34.5, 27.1, 13.6, 12.6, 12.2):

    >>> share = level_share([362.1, 284.3, 143.3, 132.3, 128.5], [0.2] * 5)
    >>> [f"{percent:.1f}" for percent in share]
    ['34.5', '27.1', '13.6', '12.6', '12.2']
    """
    table, shares = _read_subindices(subindices, weights)
    percent: pd.Series[Any] | pd.DataFrame = by_cell(percentages(table.cells * shares), table)
    return percent


def growth_contribution_of_subindices(subindices: pd.DataFrame, weights: Row) -> GrowthContribution:
    r"""Contribution of sub-indices to the growth of the index (分类指数对总指数增长的贡献率).

    What part of the growth of the index since the year before comes from each sub-index.

    各分类指数对总指数比上年增长的贡献率（%，没有上下限，合计为100）和拉动（百分点，合计为总指数
    增速）。贡献率为负表示与总指数反向变动；总指数增速接近0时贡献率无意义，只看拉动。

    Parameters
    ----------
    subindices : DataFrame
        Rows by region and year (index level "year"), or by year; indices on one base, 0 or more.
        Rows of one edition and one system of weights.
    weights : Series by sub-index or sequence
        0 or more, brought to a sum of 1.

    Returns
    -------
    GrowthContribution
        contribution: rows and columns as `subindices`, percent, unbounded; rows sum to 100.
        pull: the same shape, percentage points; rows sum to the growth of the total. total: by
        row, index (level), growth (percent) and flag: "", "value_missing" (a sub-index of this
        year), "no_previous_year" (no such row, or one with a missing sub-index),
        "growth_near_zero" (contributions are NaN), "growth_negative" (a positive contribution
        means decline), joined by ";".

    Raises
    ------
    ValueError
        A negative index or weight, weights that sum to 0, labels that differ, rows without years.

    Notes
    -----
    .. math::
        c_{jt} = 100 \frac{W_j (I_{jt} - I_{j,t-1})}{T_t - T_{t-1}}, \qquad
        p_{jt} = \frac{c_{jt} g_t}{100}, \qquad g_t = 100 \frac{T_t - T_{t-1}}{T_{t-1}}

    The form of the contribution is inferred, since the formula of the annex is not readable; it
    reproduces all contributions printed from 2020 to 2025 to within rounding. The year before is
    the calendar year before in the same region: growth over a gap is not computed. Contributions
    are NaN where growth is within 0.5 percent of zero. Own code: differences of weighted columns.

    References
    ----------
    国家统计局 (2025). 经济发展新动能指数统计指标体系及测算方法. https://zk.dahe.cn/2025/08-29/1985817.html

    Examples
    --------
    >>> years = pd.Index([2023, 2024], name="year")
    >>> frame = pd.DataFrame({"network": [100.0, 130.0], "vitality": [100.0, 110.0]}, years)
    >>> growth_contribution_of_subindices(frame, [0.5, 0.5]).contribution.loc[2024].tolist()
    [75.0, 25.0]
    """
    table, shares = _read_subindices(frame_of("subindices", subindices), weights)
    panel = region_years("subindices", table.rows)
    previous = rows_of(panel, panel.years - 1)
    before = np.where((previous >= 0)[:, np.newaxis], table.cells[previous], np.nan)
    level, earlier = (
        np.sum(cells * shares, axis=1, keepdims=True) for cells in (table.cells, before)
    )
    pull = divide(100 * shares * (table.cells - before), earlier)
    growth = divide(100 * (level - earlier), earlier)
    small = near_zero(growth)
    total = {
        "index": level[:, 0],
        "growth": growth[:, 0],
        "flag": flags(
            (np.isnan(level[:, 0]), "value_missing"),
            (np.isnan(earlier[:, 0]), "no_previous_year"),
            (small[:, 0], "growth_near_zero"),
            (((growth < 0) & ~small)[:, 0], "growth_negative"),
        ),
    }
    # A missing sub-index leaves the total without a value, and with it every part.
    pull = np.where(np.isnan(growth), np.nan, pull)
    return GrowthContribution(
        by_cell(share_of_growth(pull, growth), table),
        by_cell(pull, table),
        pd.DataFrame(total, index=table.rows),
    )
