"""Weights of indicators: equal, from the spread of the data, or from their correlations.

Weights come as a Series by indicator and sum to 1. Rows of a panel are pooled, so that the same
weights serve all years and scores compare over time. Weights of a set of indicators are joint: one
missing cell leaves them all unknown (NaN). Impute first. An indicator that is the same in all rows
tells regions apart in nothing and weighs 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._blocks import memory_blocks
from lyanalysis.indicators._frames import (
    LEVELS,
    FloatArray,
    Row,
    Table,
    divide,
    refuse,
)
from lyanalysis.indicators.composite._principal import (
    NEGLIGIBLE,
    PrincipalComponents,
    correlations,
    pca_weights,
    principal_components,
    varying_columns,
)
from lyanalysis.indicators.composite._reading import (
    not_negative,
    read_directions,
    read_rows,
    rows_unchecked,
)
from lyanalysis.indicators.composite._rows import by_indicator, column_ends
from lyanalysis.indicators.composite.framework import read_framework

__all__ = [
    "PrincipalComponents",
    "critic_weights",
    "entropy_weights",
    "equal_weights",
    "pca_weights",
    "principal_components",
    "with_weights",
]


_TINY = np.finfo(np.float64).tiny


def equal_weights(indicators: Iterable[Any]) -> pd.Series[Any]:
    r"""Equal weights (等权重).

    The same weight for each indicator.

    各指标权重相同，均为指标个数的倒数。取值0至1，合计为1；只有一个指标时为1。

    Parameters
    ----------
    indicators : sequence of str, or DataFrame
        Names of indicators, each once; of a DataFrame its columns.

    Returns
    -------
    Series
        By indicator, 0 to 1, summing to 1.

    Raises
    ------
    ValueError
        No indicators, or a name that occurs more than once.

    Notes
    -----
    .. math:: w_j = 1 / n

    Equal weights are a judgement as well: two indicators of the same thing count twice, and in a
    framework an indicator of a small pillar weighs more than one of a large pillar. Own code: a
    division.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    step 6. https://doi.org/10.1787/533411815016

    Examples
    --------
    >>> equal_weights(["patents", "exports"]).to_dict()
    {'patents': 0.5, 'exports': 0.5}
    """
    names = pd.Index(list(indicators))
    like = read_rows("indicators", pd.DataFrame(np.zeros((1, len(names))), columns=names))
    return _series(np.ones(len(names)), like)


def _series(information: FloatArray, table: Table) -> pd.Series[Any]:
    """Bring figures to a sum of 1; where they sum to zero no weight is known."""
    return pd.Series(divide(information, np.sum(information, keepdims=True)), index=table.parts)


def entropy_weights(data: pd.DataFrame, *, shift: float = 0.0) -> pd.Series[Any]:
    r"""Entropy weights (熵权法权重).

    The more unevenly an indicator is spread over the rows, the more it weighs.

    按信息熵确定的客观权重：指标在各行之间差异越大，熵越小，权重越大。面板数据各年合并计算。取值
    0至1，合计为1；0为各行相同、没有区分能力，1为只有该指标有差异。

    Parameters
    ----------
    data : DataFrame
        Rows (regions, or regions by year) by indicators, 0 or more, in any unit. Indicators where
        lower is better are taken as they are; invert or normalise them first where the spread of
        the inverted values is meant.
    shift : float, keyword-only
        Added to every cell before the shares, 0 or more. After min-max scaling, which leaves
        zeros, Chinese practice adds 0.0001 to 0.01.

    Returns
    -------
    Series
        By indicator, 0 to 1, summing to 1. NaN for all where a cell is missing or no indicator
        varies.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric value, or a shift below 0.

    Notes
    -----
    With m rows, the years of a panel pooled,

    .. math::
        p_{ij} = \frac{x_{ij} + c}{\sum_k (x_{kj} + c)}, \qquad
        d_j = 1 + \frac{1}{\ln m} \sum_i p_{ij} \ln p_{ij}, \qquad
        w_j = \frac{d_j}{\sum_k d_k}

    where 0 ln 0 is 0. The unit of an indicator does not matter without a shift. With one it does,
    and weights depend on the shift: report it. Min-max scaling first gives other weights too.
    Entropy rewards spread, not importance. Own code: pymcdm refuses zeros, and
    scikit-criteria returns NaN where a value is negative.

    References
    ----------
    Hwang, C.-L., Yoon, K. (1981). Multiple attribute decision making. Springer. Xu, X. (2004). A
    note on the subjective and objective integrated approach to determine attribute weights.
    European Journal of Operational Research 156(2), 530-532.

    Examples
    --------
    Xu (2004) prints 0.4630, 0.3992, 0.1378 and 0.0000:

    >>> options = [[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]]
    >>> data = pd.DataFrame(options)
    >>> [f"{weight:.4f}" for weight in entropy_weights(data)]
    ['0.4630', '0.3992', '0.1378', '0.0000']
    """
    table = rows_unchecked("data", data)
    lowest, highest = column_ends(table, LEVELS)
    not_negative("shift", shift)
    means = np.mean(table.cells, axis=0) + shift
    zeros = not np.min(lowest) + shift > 0
    distances = _distances(table.cells, means, shift, zeros=zeros)
    distances = np.where(lowest == highest, 0.0, distances)
    return _series(np.maximum(distances, 0.0), table)


def _distances(cells: FloatArray, means: FloatArray, shift: float, *, zeros: bool) -> FloatArray:
    """Distance of the shares of each column from equal shares, times the number of rows.

    The same as 1 - e but for a factor, without the loss of digits where entropy is near its
    maximum. A column of zeros alone has no shares: NaN.
    """
    sums = np.zeros(cells.shape[1])
    scale = divide(np.ones(cells.shape[1]), means)
    for rows, columns in memory_blocks(cells):
        levels = cells[rows, columns]
        relative = (levels + shift if shift else levels) * scale[columns]
        # 0 ln 0 is 0: any finite logarithm does.
        logarithms = np.log(np.maximum(relative, _TINY) if zeros else relative)
        logarithms *= relative
        relative -= 1
        logarithms -= relative
        sums[columns] += np.sum(logarithms, axis=0)
    return sums


def critic_weights(data: pd.DataFrame, *, direction: Row | None = None) -> pd.Series[Any]:
    r"""CRITIC weights (CRITIC 权重).

    An indicator weighs more the more it varies and the less it repeats the others.

    兼顾对比强度（标准差）和冲突性（与其他指标的相关程度）的客观权重。面板数据各年合并计算。取值
    0至1，合计为1；0为各行相同或与其他指标完全正相关，1为只有该指标有差异。

    Parameters
    ----------
    data : DataFrame
        Rows (regions, or regions by year) by indicators, in any unit.
    direction : Series by indicator or sequence, keyword-only
        1 higher is better, -1 lower is better; without it 1 for all.

    Returns
    -------
    Series
        By indicator, 0 to 1, summing to 1. NaN for all where a cell is missing, no indicator
        varies, or all that vary are perfectly correlated.

    Raises
    ------
    ValueError
        An infinite or non-numeric value, labels that differ, or a direction other than 1 and -1.

    Notes
    -----
    With the standard deviation of values scaled to 0..1 and correlations r,

    .. math:: C_j = \sigma_j \sum_k (1 - r_{jk}), \qquad w_j = \frac{C_j}{\sum_k C_k}

    An indicator that is the same in all rows weighs 0, and its correlations, which do not exist,
    are left out. Where one indicator alone varies it weighs 1. Own code: pymcdm and
    scikit-criteria turn all weights into NaN for one constant column.

    References
    ----------
    Diakoulaki, D., Mavrotas, G., Papayannakis, L. (1995). Determining objective weights in
    multiple criteria problems: the CRITIC method. Computers and Operations Research 22(7),
    763-770.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [30.0, 10.0, 20.0], "c": [5.0, 5.0, 5.0]})
    >>> critic_weights(data).to_dict()
    {'a': 0.5, 'b': 0.5, 'c': 0.0}
    """
    table = read_rows("data", data)
    signs = read_directions(direction, table)
    varying, cells = varying_columns(table)
    if np.isnan(cells).any():
        return pd.Series(np.nan, index=table.parts)
    matrix, spreads = correlations(cells)
    signs = signs[varying]
    conflict = np.sum(1 - matrix * np.outer(signs, signs), axis=0)
    conflict[conflict < NEGLIGIBLE * len(conflict)] = 0.0
    information = np.zeros(len(table.parts))
    information[varying] = 1.0 if len(conflict) == 1 else spreads * conflict
    return _series(information, table)


def with_weights(framework: pd.DataFrame, weights: Row) -> pd.DataFrame:
    r"""Framework with other weights of the indicators (更换指标权重).

    Puts computed weights in the place of those of the indicators, pillar by pillar.

    用算出的权重替换各维度内的指标权重，同级合计为1；维度权重不变。权重取值0至1，0为不起作用，
    1为该维度只由这一指标决定。

    Parameters
    ----------
    framework : DataFrame
        As for `effective_weights`.
    weights : Series by indicator, or sequence in the order of the indicators
        0 or more, for each indicator of the framework and no others; relative to one another.

    Returns
    -------
    DataFrame
        The framework, its weights brought to a sum of 1 among siblings.

    Raises
    ------
    ValueError
        A negative or missing weight, labels that differ, or siblings whose weights are all 0.

    Notes
    -----
    With v the weights given and W the share that the indicators under a parent had together before
    (1 where no aggregate stands beside them),

    .. math:: w_j = W \frac{v_j}{\sum_{k \in \mathrm{siblings}(j)} v_k}

    Weights of pillars stay, so the effective weights are the ones given only in a framework of one
    level. Own definition and own code: a division among siblings.

    Examples
    --------
    >>> from lyanalysis.indicators.composite.framework import flat_framework
    >>> framework = flat_framework(["a", "b"])
    >>> with_weights(framework, pd.Series({"b": 3.0, "a": 1.0}))["weight"].to_dict()
    {'index': 1.0, 'a': 0.25, 'b': 0.75}
    """
    tree = read_framework(framework)
    like = Table("weights", np.empty((1, 0)), pd.RangeIndex(1), tree.leaves, 1, True)
    given = by_indicator("weights", weights, like)
    named = like._replace(cells=given[np.newaxis])
    refuse(named, ~(named.cells >= 0), "a weight of 0 or more")
    leaves = tree.names.get_indexer(tree.leaves)
    parents = tree.parents[leaves]
    sums = np.bincount(parents, given, minlength=len(tree.names))
    empty = sums[parents] == 0
    refuse(named, empty[np.newaxis], "at least one weight above 0 among its siblings")
    before = np.bincount(parents, tree.weights[leaves], minlength=len(tree.names))
    replaced = tree.weights.copy()
    replaced[leaves] = before[parents] * given / sums[parents]
    return framework.assign(weight=replaced)
