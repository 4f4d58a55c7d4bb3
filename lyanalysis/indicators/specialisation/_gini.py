"""The Gini coefficient of many rows at once."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._blocks import by_blocks
from lyanalysis.indicators._frames import FloatArray, Row, by_column, divide
from lyanalysis.indicators.specialisation._distributions import read_weighted

_COLUMNS = pd.Index(["gini", "small_sample"])


@overload
def gini(values: Row, *, weights: Row | None = None) -> pd.Series[Any]: ...
@overload
def gini(values: pd.DataFrame, *, weights: Row | pd.DataFrame | None = None) -> pd.DataFrame: ...
def gini(
    values: Row | pd.DataFrame, *, weights: Row | pd.DataFrame | None = None
) -> pd.Series[Any] | pd.DataFrame:
    r"""Gini coefficient (基尼系数).

    Mean difference between any two units, over twice their mean.

    任意两个单位之差的平均值与两倍均值之比；0为完全均等，(n-1)/n为全部归于一个单位，上限为1。小样本修正值为其
    n/(n-1)倍，可达1。加权时数值为人均值，权数为人口。

    Parameters
    ----------
    values : 1-D sequence (one row) or DataFrame
        Columns: the n units (regions, classes of persons). 0 or more, on any scale.
    weights : 1-D sequence or DataFrame, keyword-only, optional
        Population of each unit, one row for all or a row for each, 0 or more; the values are then
        figures a head. A unit of weight 0 is not there.

    Returns
    -------
    Series (one row) or DataFrame
        gini: 0 (all equal) to (n - 1) / n (one unit has all; with weights 1 less its share of
        them); small_sample: n / (n - 1) times the first, 0 to 1, NaN with weights and for one unit.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric value or weight, or labels that differ.

    Notes
    -----
    With the values x in ascending order, the shares p of their weights and F their running sums
    (without weights p = 1 / n and F = i / n):

    .. math::
        G = \frac{1}{\bar{x}} \sum_i p_i (F_i + F_{i-1} - 1) (x_i - x_1)
        = \frac{1}{2 \bar{x}} \sum_i \sum_j p_i p_j |x_i - x_j|

    Weights are sorted with their values, so the order of the columns does not matter; equal values
    give 0 exactly. NaN where a value or a weight is missing or all values are 0. Negative values
    are refused: the coefficient has no upper bound with them. Own code: inequality (PySAL) has no
    weights, and returns a number above 1 for a matrix.

    References
    ----------
    Gini, C. (1912). Variabilità e mutabilità. Cuppini.

    The first example: Dörsam, P. (2004). Wirtschaftsstatistik anschaulich dargestellt. PD-Verlag.

    Examples
    --------
    >>> print(" ".join(f"{value:.1f}" for value in gini([20, 50, 20, 10])))
    0.3 0.4

    Six classes of income with their populations (REAT prints 0.5278):

    >>> income = [500, 1500, 2500, 4000, 7500, 15000]
    >>> print(f"{gini(income, weights=[1000, 1200, 1600, 400, 200, 600])['gini']:.4f}")
    0.5278
    """
    table, given = read_weighted(values, weights)
    number = table.cells.shape[1]
    index = row_gini(table.cells, given)
    small = np.full(len(index), np.nan)
    if given is None and number > 1:
        # Rounding can leave a total held by one unit a last digit above the bound.
        small = np.minimum(index * (number / (number - 1)), 1.0)
    result: pd.Series[Any] | pd.DataFrame = by_column(_COLUMNS, (index, small), table)
    return result


def row_gini(cells: FloatArray, weights: FloatArray | None) -> FloatArray:
    """Gini coefficient of each row, block by block."""
    if weights is None:
        return by_blocks(plain_gini, cells)
    return by_blocks(_weighted_gini, cells, weights)


def plain_gini(cells: FloatArray) -> FloatArray:
    """Gini coefficient of each row."""
    number = cells.shape[1]
    ordered = np.array(cells, order="C")
    ordered.sort(axis=1)
    total = np.sum(ordered, axis=1)
    ordered -= ordered[:, :1].copy()
    ranks = np.arange(1.0 - number, number, 2)
    return divide(np.einsum("ru,u->r", ordered, ranks), number * total)


def _weighted_gini(cells: FloatArray, weights: FloatArray) -> FloatArray:
    """Gini coefficient of each row, the units weighted."""
    cells = np.ascontiguousarray(cells)
    order = np.argsort(cells, axis=1)
    ordered = np.take_along_axis(cells, order, axis=1)
    if len(weights) == 1:
        share = np.take(weights[0], order)
    else:
        share = np.take_along_axis(weights, order, axis=1)
    share = divide(share, np.sum(share, axis=1, keepdims=True))
    mean = np.einsum("ru,ru->r", share, ordered)
    ordered -= ordered[:, :1].copy()
    rank = np.cumsum(share, axis=1)
    rank *= 2
    rank -= share
    rank -= 1
    return divide(np.einsum("ru,ru,ru->r", share, rank, ordered), mean)
