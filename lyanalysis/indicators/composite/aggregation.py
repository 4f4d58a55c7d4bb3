"""Aggregation of normalised indicators into pillars and an index.

Indicators come in normalised: on one scale, larger is better. Weights stand in the framework.
Missing stays missing: a pillar with a missing indicator is NaN, and so is the index, unless a part
of the weight is declared to be enough.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import NUMBERS, FloatArray, Table, check, divide, refuse
from lyanalysis.indicators.composite._reading import percent, rows_unchecked
from lyanalysis.indicators.composite._rows import Positions
from lyanalysis.indicators.composite._scores import (
    Aggregation,
    climb,
    combine,
    mean_of_positive,
    quiet_sums,
    read_methods,
    take,
    weighted,
)
from lyanalysis.indicators.composite.framework import Tree, read_framework

__all__ = ["aggregate", "observed_weight"]

# Sums of weights that are whole can miss 1 by the last digits.
_ROUNDING = 1e-12


def aggregate(
    normalised: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: Literal["arithmetic", "geometric", "harmonic"] | Aggregation = "arithmetic",
    least_share_observed: float = 100.0,
) -> pd.DataFrame:
    r"""Hierarchical aggregation (指标逐级合成).

    Weighted means of indicators by pillar, and of pillars up to the index.

    按指标体系逐级加权合成，得到各维度得分和总指数。取值与标准化后的指标同尺度，介于下级的最小值
    和最大值之间，越大越好，没有单位。算术平均完全可以互补；几何平均和调和平均抑制互补，任一下级
    为0则结果为0。

    Parameters
    ----------
    normalised : DataFrame
        Rows by indicators, larger is better; the columns are the indicators of the framework, in
        any order. 0 or more for geometric and harmonic means.
    framework : DataFrame
        As for `effective_weights`.
    method : str, or one for each aggregate (dict or Series by name), keyword-only
        "arithmetic", "geometric" or "harmonic".
    least_share_observed : float, keyword-only
        Percent of the weight of an aggregate, down to its indicators, that must be observed, above
        0 to 100. Below 100 the weights of the children that have a value are brought to a sum of 1:
        show :func:`observed_weight` beside such results.

    Returns
    -------
    DataFrame
        Rows by aggregates, children before parents, the index last; between the smallest and the
        largest child. NaN where less weight is observed than required.

    Raises
    ------
    ValueError
        A misspelt method, one missing or too many; a negative value under a geometric or harmonic
        mean; a framework that does not hold together or does not fit the columns.

    Notes
    -----
    .. math::
        A = \sum_j w_j y_j, \qquad
        G = \prod_j y_j^{w_j}, \qquad
        H = \left( \sum_j \frac{w_j}{y_j} \right)^{-1}, \qquad H \le G \le A

    Weights are those among siblings. A missing value that weighs 0 is not missed. A child that is
    0 makes geometric and harmonic means 0, however good the others are: min-max scores from 0 give
    the worst region 0 throughout, so normalise to a range that starts above 0, such as low=1 and
    high=100. Geometric ranks depend on that range. Own code: weighted means up a tree, as
    products of matrices.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    step 6. https://doi.org/10.1787/533411815016

    Examples
    --------
    China's index of new drivers is the mean of five sub-indices with equal weights; NBS printed
    598.8 for 2021:

    >>> from lyanalysis.indicators.composite.framework import flat_framework
    >>> parts = {"network": 1963.6, "vitality": 393.1, "innovation": 293.5}
    >>> parts |= {"knowledge": 182.7, "transformation": 160.9}
    >>> normalised = pd.DataFrame(parts, index=[2021])
    >>> print(f"{aggregate(normalised, flat_framework(list(parts))).loc[2021, 'index']:.1f}")
    598.8
    """
    percent("least_share_observed", least_share_observed)
    table, tree = _read(normalised, framework)
    methods = read_methods("method", method, tree)
    cells = _in_order(table, tree)
    scores = _of_plain(cells, tree, methods)
    if scores is None:
        check(table, NUMBERS)
        ordered = table._replace(cells=cells, parts=tree.leaves)
        scores = _of_any(ordered, tree, methods, least_share_observed)
    return _frame(scores, table, tree)


def _of_plain(cells: FloatArray, tree: Tree, methods: tuple[str, ...]) -> list[FloatArray] | None:
    """Return the aggregates, or None.

    None where a number is infinite or missing, or not positive under another than the arithmetic
    mean, or where a weight is 0.

    What is infinite or missing and weighs more than nothing leaves no finite sum above it, so the
    sums tell without a look at each indicator.
    """
    if not (tree.weights > 0).all():
        return None

    def join(place: int, children: Positions, values: FloatArray) -> FloatArray:
        if methods[place] == "arithmetic":
            return quiet_sums(values, tree.weights[children])
        # Of the means, only the harmonic one hides what is infinite.
        finite = methods[place] == "geometric" or np.max(values) < np.inf
        if finite and np.min(values) > 0:
            return mean_of_positive(values, tree.weights[children], methods[place])
        return np.full(len(values), np.nan)

    scores = climb(cells, tree, join)
    return scores if NUMBERS.usual(scores[-1]) else None


def _of_any(
    table: Table, tree: Tree, methods: tuple[str, ...], least_share_observed: float
) -> list[FloatArray]:
    """Return the aggregates, with an eye on values that are missing, 0 or not allowed."""
    complete = not np.isnan(np.min(table.cells))
    shares = None if complete else _shares(~np.isnan(table.cells), tree)

    def join(place: int, children: Positions, values: FloatArray) -> FloatArray:
        if methods[place] != "arithmetic" and not np.min(values) >= 0:
            refuse(
                table._replace(cells=values, parts=tree.names[children]),
                values < 0,
                f"a value of 0 or more under a {methods[place]} mean; normalise to a range that "
                "starts above 0, such as low=1 and high=100",
            )
        weights = tree.weights[children]
        means = combine(values, weights, methods[place])
        if shares is not None:
            enough = shares[place] >= least_share_observed / 100 - _ROUNDING
            partly = enough & np.isnan(values).any(axis=1)
            if partly.any():
                means[partly] = _of_observed(values[partly], weights, methods[place])
        return means

    return climb(table.cells, tree, join)


def _frame(scores: list[FloatArray], table: Table, tree: Tree) -> pd.DataFrame:
    columns = scores[0][:, np.newaxis] if len(scores) == 1 else np.column_stack(scores)
    return pd.DataFrame(columns, index=table.rows, columns=tree.aggregates, copy=False)


def _read(normalised: pd.DataFrame, framework: pd.DataFrame) -> tuple[Table, Tree]:
    """Read indicators, whose numbers are still to be checked, and the framework they fit."""
    table = rows_unchecked("normalised", normalised)
    return table, read_framework(framework, table.parts)


def _in_order(table: Table, tree: Tree) -> FloatArray:
    """Return the cells in the order of the framework."""
    if table.parts.equals(tree.leaves):
        return table.cells
    return take(table.cells, table.parts.get_indexer(tree.leaves))


def _shares(observed: FloatArray, tree: Tree) -> list[FloatArray]:
    """Return the share of each aggregate's weight that is observed, 0 to 1, down to indicators."""

    def join(_place: int, children: Positions, values: FloatArray) -> FloatArray:
        return weighted(values, tree.weights[children])

    return climb(observed.astype(np.float64), tree, join)


def _of_observed(values: FloatArray, weights: FloatArray, method: str) -> FloatArray:
    """Take means row by row over the children that have a value."""
    there = ~np.isnan(values)
    own = there * weights
    own = divide(own, np.sum(own, axis=1, keepdims=True))
    # Each row has weights of its own: rows take the place of draws.
    filled = np.where(there, values, 1.0)[:, np.newaxis]
    return combine(filled, own, method)[:, 0]


def observed_weight(normalised: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    r"""Share of weight that is observed (有数据指标的权重占比).

    How much of the weight of each aggregate rests on indicators that have a value.

    各维度和总指数的权重中，有数据的指标所占的比重。单位为百分数，0至100；100为全部有数据，0为全部
    缺失。

    Parameters
    ----------
    normalised, framework : DataFrame
        As for :func:`aggregate`.

    Returns
    -------
    DataFrame
        Rows by aggregates, as :func:`aggregate` has them; percent, 0 to 100.

    Raises
    ------
    ValueError
        A framework that does not hold together or does not fit the columns.

    Notes
    -----
    .. math:: o = 100 \sum_j w_j o_j

    for an aggregate, with 1 for an indicator that has a value and 0 for one that has none at the
    bottom of the tree. Own definition and own code: an arithmetic mean up a tree.

    Examples
    --------
    >>> from lyanalysis.indicators.composite.framework import flat_framework
    >>> normalised = pd.DataFrame({"a": [1.0, None], "b": [2.0, 5.0]}, index=["x", "y"])
    >>> framework = flat_framework(["a", "b"], weight=[1, 3])
    >>> observed_weight(normalised, framework)["index"].to_dict()
    {'x': 100.0, 'y': 75.0}
    """
    table, tree = _read(normalised, framework)
    cells = _in_order(check(table, NUMBERS), tree)
    return _frame([100 * share for share in _shares(~np.isnan(cells), tree)], table, tree)
