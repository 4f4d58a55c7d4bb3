"""Fixed-base index after the method of the National Bureau of Statistics (国家统计局).

Each indicator is 100 in the base year of its own region; sub-indices and the total are weighted
means of these relatives. Nothing is scaled by other regions, so levels of two regions are not
comparable, their changes since the base year are. An index of a city computed in this way is not
an official one. Indices are not spliced: editions with another base or other weights are others.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import one_of
from lyanalysis.indicators._frames import BoolArray, FloatArray, Table, divide, read_levels
from lyanalysis.indicators.composite._rows import frame_of, region_years, rows_of
from lyanalysis.indicators.composite._subindices import (
    GrowthContribution,
    growth_contribution_of_subindices,
    level_share,
    weighted_total,
)
from lyanalysis.indicators.composite._tree import Tree, read_framework

__all__ = [
    "GrowthContribution",
    "fixed_base_index",
    "growth_contribution_of_subindices",
    "level_share",
    "weighted_total",
]


def fixed_base_index(
    data: pd.DataFrame,
    *,
    framework: pd.DataFrame,
    base_year: int,
    inverse: Literal["refuse", "reciprocal", "mirror"] = "refuse",
) -> pd.DataFrame:
    r"""Fixed-base composite index (定基综合指数).

    Weighted mean of the growth of indicators since a base year, region by region.

    各指标与本地区基年之比的加权平均，基年等于100，没有单位；大于100为高于基年，下限为0，没有上限
    （镜像法处理逆向指标时可以为负）。各地区以自身基年为准，水平不可横向比较，不是官方指数。

    Parameters
    ----------
    data : DataFrame
        Rows by region and year (index level "year"), or by year for one region; columns are the
        indicators of `framework`; levels in any unit, 0 or more.
    framework : DataFrame
        As for :func:`effective_weights`.
    base_year : int, keyword-only
        Year in which every node is 100.
    inverse : {"refuse", "reciprocal", "mirror"}, keyword-only
        Indicators with direction -1: refused, because the rule of the official index for them is
        not published; base over current level; or 200 less the relative.

    Returns
    -------
    DataFrame
        Rows as `data`; a column for every row of `framework` in its order: relatives of the
        indicators, sub-indices, total. 100 in the base year, 0 or more ("mirror" may go below).
        NaN where the level, or the level in the base year, is missing or (as denominator) zero;
        and in every aggregate above such a cell, whatever its weight.

    Raises
    ------
    ValueError
        A negative level, indicators that are not those of the framework, a framework that does
        not hold together, a base year that is not there, direction -1 with "refuse".

    Notes
    -----
    .. math::
        z_{it} = 100 \frac{x_{it}}{x_{i0}}, \qquad
        I_{jt} = \frac{\sum_{i \in j} w_i z_{it}}{\sum_{i \in j} w_i}, \qquad
        T_t = \frac{\sum_j W_j I_{jt}}{\sum_j W_j}

    For direction -1, :math:`z = 100 x_{i0} / x_{it}` or :math:`z = 200 - 100 x_{it} / x_{i0}`: the
    same to first order near the base year, far apart later on. An arithmetic mean of ratios
    without bound lets one explosive indicator carry the total: look at
    :func:`growth_contribution_of_subindices`. A missing indicator is not left out, because an
    index of other indicators would be another index. Own code: no library has it.

    References
    ----------
    国家统计局 (2025). 经济发展新动能指数统计指标体系及测算方法. https://zk.dahe.cn/2025/08-29/1985817.html

    Examples
    --------
    >>> data = pd.DataFrame(
    ...     {"patents": [10, 15], "parcels": [200, 500]}, index=pd.Index([2022, 2023], name="year")
    ... )
    >>> framework = pd.DataFrame(
    ...     {"parent": ["", "index", "index"], "direction": 1, "weight": [1, 3, 1]},
    ...     index=["index", "patents", "parcels"],
    ... )
    >>> fixed_base_index(data, framework=framework, base_year=2022).loc[2023].to_dict()
    {'index': 175.0, 'patents': 150.0, 'parcels': 250.0}
    """
    one_of("inverse", inverse, ("refuse", "reciprocal", "mirror"))
    table = read_levels("data", frame_of("data", data))
    tree = read_framework(framework, table.parts)
    own = tree.names.get_indexer(table.parts)
    backwards = tree.directions[own] < 0
    if inverse == "refuse" and backwards.any():
        names = ", ".join(repr(name) for name in table.parts[backwards].tolist())
        raise ValueError(
            f'inverse: "refuse" is not allowed with direction -1 of {names}; '
            'expected "reciprocal" or "mirror"'
        )
    nodes = np.full((len(table.rows), len(tree.names)), np.nan)
    nodes[:, own] = _relatives(table, base_year, backwards, inverse)
    _aggregate(nodes, tree)
    return pd.DataFrame(nodes, index=table.rows, columns=tree.names)


def _relatives(table: Table, base_year: int, backwards: BoolArray, inverse: str) -> FloatArray:
    """Return each level as percent of that of its region in the base year."""
    panel = region_years("data", table.rows)
    if base_year not in panel.years:
        raise ValueError(
            f"base_year: {base_year!r} is no year of data; there are "
            f"{', '.join(str(year) for year in np.unique(panel.years))}"
        )
    at = rows_of(panel, np.full(len(panel.years), base_year))
    base = table.cells[at]
    base[at < 0] = np.nan
    relatives = 100 * divide(table.cells, base)
    if inverse == "reciprocal":
        turned = divide(100 * base[:, backwards], table.cells[:, backwards])
        # Where the base is zero there is no relative to begin with.
        relatives[:, backwards] = np.where(np.isnan(relatives[:, backwards]), np.nan, turned)
    elif inverse == "mirror":
        relatives[:, backwards] = 200 - relatives[:, backwards]
    return relatives


def _aggregate(nodes: FloatArray, tree: Tree) -> None:
    """Fill in, in place, the weighted mean of every aggregate, children before parents."""
    for aggregate in tree.names.get_indexer(tree.aggregates):
        children = np.flatnonzero(tree.parents == aggregate)
        nodes[:, aggregate] = np.sum(nodes[:, children] * tree.weights[children], axis=1)
