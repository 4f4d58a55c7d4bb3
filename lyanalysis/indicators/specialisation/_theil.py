"""The two Theil indices of many rows at once."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._blocks import by_blocks, by_rows
from lyanalysis.indicators._frames import (
    LEVELS,
    FloatArray,
    Row,
    by_row,
    divide,
    read_parts,
    unchecked,
)
from lyanalysis.indicators.specialisation._distributions import read_weighted

Measure: TypeAlias = Literal["t", "l"]


@overload
def theil_t(values: Row, *, weights: Row | None = None) -> float: ...
@overload
def theil_t(
    values: pd.DataFrame, *, weights: Row | pd.DataFrame | None = None
) -> pd.Series[Any]: ...
def theil_t(
    values: Row | pd.DataFrame, *, weights: Row | pd.DataFrame | None = None
) -> float | pd.Series[Any]:
    r"""Theil T index (泰尔T指数).

    Inequality, each unit's logarithmic distance from the mean weighted by its share of the values.

    以收入份额为权数的对数差异；0为完全均等，ln n为全部归于n个单位中的一个。对高值一端更敏感。
    注意与泰尔L指数（平均对数离差）区别，后者以单位数或人口份额为权数。

    Parameters
    ----------
    values : 1-D sequence (one row) or DataFrame
        Columns: the n units among which inequality is measured. 0 or more, on any scale.
    weights : 1-D sequence or DataFrame, keyword-only, optional
        Population of each unit, one row for all or a row for each, 0 or more; the values are then
        figures a head. A unit of weight 0 is not there.

    Returns
    -------
    float or Series
        0 (all equal, exactly) to ln n (one unit has all; with weights -ln of its share of them).

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric value or weight, or labels that differ.

    Notes
    -----
    .. math:: T = \sum_i p_i \frac{x_i}{\bar{x}} \ln \frac{x_i}{\bar{x}}

    with p = 1 / n, or the shares of the weights. A value of 0 adds 0. NaN where a value or a
    weight is missing or all values are 0. Own code: inequality (PySAL) has no weights, and adds a
    small number to zeros.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland.

    Examples
    --------
    The same five incomes have T = 0.2502 and L = 0.2326:

    >>> print(f"{theil_t([10, 10, 10, 20, 50]):.4f}")
    0.2502
    """
    return _index(values, weights, "t")


@overload
def theil_l(values: Row, *, weights: Row | None = None) -> float: ...
@overload
def theil_l(
    values: pd.DataFrame, *, weights: Row | pd.DataFrame | None = None
) -> pd.Series[Any]: ...
def theil_l(
    values: Row | pd.DataFrame, *, weights: Row | pd.DataFrame | None = None
) -> float | pd.Series[Any]:
    r"""Theil L index, mean logarithmic deviation (泰尔L指数，平均对数离差).

    Inequality, each unit's logarithmic distance from the mean weighted by its number of heads.

    均值与各单位数值之比的对数的平均；0为完全均等，无上限。对低值一端更敏感，有零值时无定义。注意与以收入份额
    为权数的泰尔T指数区别；REAT软件的theil()即本指数。

    Parameters
    ----------
    values : 1-D sequence (one row) or DataFrame
        As for `theil_t`; a row that holds a 0 is NaN.
    weights : 1-D sequence or DataFrame, keyword-only, optional
        As for `theil_t`.

    Returns
    -------
    float or Series
        0 (all equal, exactly) to infinity.

    Raises
    ------
    ValueError
        As `theil_t`.

    Notes
    -----
    .. math:: L = \sum_i p_i \ln \frac{\bar{x}}{x_i}

    with p = 1 / n, or the shares of the weights. NaN where a value is 0 (the logarithm has no
    value there), or a value or a weight is missing. REAT calls this index theil(). Own code:
    inequality (PySAL) has T only.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland.

    Examples
    --------
    Printed by Störmann (2009) as 0.2326302:

    >>> print(f"{theil_l([10, 10, 10, 20, 50]):.7f}")
    0.2326302
    """
    return _index(values, weights, "l")


def _index(
    values: Row | pd.DataFrame, weights: Row | pd.DataFrame | None, measure: Measure
) -> float | pd.Series[Any]:
    if weights is None:
        table = read_parts(unchecked("values", values))
        figures = by_rows(lambda cells: _plain(cells, measure), (table, LEVELS))
    else:
        table, given = read_weighted(values, weights)
        figures = theil(table.cells, given, measure)
    index: float | pd.Series[Any] = by_row(figures, table)
    return index


def theil(cells: FloatArray, weights: FloatArray | None, measure: Measure) -> FloatArray:
    """Theil index of each row."""
    if weights is None:
        return by_blocks(lambda block: _plain(block.copy(), measure), cells)
    return by_blocks(lambda block, heads: _weighted(block, heads, measure), cells, weights)


def _plain(cells: FloatArray, measure: Measure) -> FloatArray:
    """Theil index of rows, which are overwritten."""
    mean = within_range(np.mean(cells, axis=1, keepdims=True), cells)
    ratio = divide(cells, mean, out=cells)
    index: FloatArray = np.mean(surprise(ratio, measure), axis=1)
    return index


def _weighted(cells: FloatArray, weights: FloatArray, measure: Measure) -> FloatArray:
    share = divide(weights, np.sum(weights, axis=1, keepdims=True))
    share = np.broadcast_to(share, cells.shape)
    mean = np.einsum("ru,ru->r", share, cells)[:, np.newaxis]
    ratio = divide(cells, within_range(mean, cells))
    index: FloatArray = np.einsum("ru,ru->r", share, surprise(ratio, measure))
    return index


def within_range(mean: FloatArray, cells: FloatArray) -> FloatArray:
    """Bring means back between smallest and largest value, which rounding can take them out of.

    The mean of equal values is then that value exactly, and their inequality 0 exactly.
    """
    least, largest = cells.min(axis=1, keepdims=True), cells.max(axis=1, keepdims=True)
    inside: FloatArray = np.minimum(np.maximum(mean, least), largest)
    return inside


def surprise(ratio: FloatArray, measure: Measure) -> FloatArray:
    """Return what each unit adds to its index, given its ratio to the mean, which is overwritten.

    The mean of the ratios is 1, so ratio - 1 can be taken off (T) or put on (L) unit by unit: the
    sum stays as it is, but no term is negative, and near equality none cancels another.
    """
    logs = logarithm(ratio, 0.0 if measure == "t" else np.nan)
    if measure == "t":
        logs *= ratio
        ratio -= 1
        logs -= ratio
        return logs
    ratio -= 1
    ratio -= logs
    return ratio


def logarithm(ratio: FloatArray, of_zero: float) -> FloatArray:
    """Return natural logarithms, and a number of one's own for zero."""
    if np.min(ratio, initial=1.0) > 0:
        logs: FloatArray = np.log(ratio)
        return logs
    logs = np.full(ratio.shape, of_zero)
    np.log(ratio, out=logs, where=ratio > 0)
    return logs
