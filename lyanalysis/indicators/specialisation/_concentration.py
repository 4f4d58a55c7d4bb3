"""How much of a total its largest parts hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._apart import ordinary
from lyanalysis.indicators._blocks import by_rows
from lyanalysis.indicators._choices import read_whole
from lyanalysis.indicators._frames import (
    LEVELS,
    FloatArray,
    Row,
    by_column,
    by_row,
    divide,
    read_parts,
    unchecked,
)

_COLUMNS = pd.Index(["herfindahl", "normalised", "equivalent_number"])


@overload
def herfindahl(levels: Row) -> pd.Series[Any]: ...
@overload
def herfindahl(levels: pd.DataFrame) -> pd.DataFrame: ...
def herfindahl(levels: Row | pd.DataFrame) -> pd.Series[Any] | pd.DataFrame:
    r"""Herfindahl-Hirschman index (赫芬达尔-赫希曼指数).

    Sum of squared shares: how concentrated a total is on few of its parts.

    各部分份额的平方和，1/n（n个部分均等）至1（集中于一个部分）；标准化值0至1；等效数目为1至n，即份额均等
    时给出同一指数的部分数目。反垄断文献常乘以10000。

    Parameters
    ----------
    levels : 1-D sequence (one row) or DataFrame
        Levels or shares of n parts that make up the whole, 0 or more.

    Returns
    -------
    Series (one row) or DataFrame
        herfindahl: 1/n (equal parts) to 1 (one part has all); normalised: 0 to 1, NaN for one part;
        equivalent_number: 1 to n, how many equal parts would give the same index.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level.

    Notes
    -----
    .. math::
        H = \sum_i s_i^2, \qquad H^* = \frac{H - 1/n}{1 - 1/n}, \qquad n^* = 1 / H

    A part of 0 counts in n. NaN where a level is missing or all are 0. Own code: the libraries take
    one row at a time.

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54(5), 761-762.

    Examples
    --------
    >>> index = herfindahl([20, 50, 20, 10])
    >>> print(" ".join(f"{value:.2f}" for value in index))
    0.34 0.12 2.94
    """
    table = read_parts(unchecked("levels", levels))
    number = table.cells.shape[1]

    def squares(cells: FloatArray) -> FloatArray:
        whole = np.sum(cells, axis=1, keepdims=True)
        if not ordinary(whole):
            cells, whole = divide(cells, whole, out=cells), np.ones((1, 1))
        return divide(np.einsum("rp,rp->r", cells, cells), (whole * whole)[:, 0])

    # Rounding can leave equal parts a last digit outside the bounds.
    index = np.maximum(by_rows(squares, (table, LEVELS)), 1 / number)
    normalised = divide(index - 1 / number, np.array([1 - 1 / number]))
    result: pd.Series[Any] | pd.DataFrame = by_column(
        _COLUMNS, (index, normalised, np.minimum(1 / index, number)), table
    )
    return result


@overload
def concentration_ratio(levels: Row, *, largest: int = 4) -> float: ...
@overload
def concentration_ratio(levels: Row, *, largest: Sequence[int]) -> pd.Series[Any]: ...
@overload
def concentration_ratio(levels: pd.DataFrame, *, largest: int = 4) -> pd.Series[Any]: ...
@overload
def concentration_ratio(levels: pd.DataFrame, *, largest: Sequence[int]) -> pd.DataFrame: ...
def concentration_ratio(
    levels: Row | pd.DataFrame, *, largest: int | Sequence[int] = 4
) -> float | pd.Series[Any] | pd.DataFrame:
    r"""Concentration ratio (行业集中度CRn).

    Share of the largest parts of a total together.

    最大的若干部分合计占总数的百分数，0至100；100为全部集中于这些部分，所取数目不少于部分总数时为100。

    Parameters
    ----------
    levels : 1-D sequence (one row) or DataFrame
        Levels or shares of the parts that make up the whole, 0 or more.
    largest : int or sequence of int, keyword-only
        How many of the largest parts, 1 or more; several numbers give one column each.

    Returns
    -------
    float, Series or DataFrame
        Percent, above 0 to 100: one figure a row, or for several numbers a column (label) each.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level, or a number that is not whole, below 1 or given
        twice.

    Notes
    -----
    .. math:: \mathrm{CR}_n = 100 \sum_{i=1}^{n} s_{(i)}, \qquad s_{(1)} \ge s_{(2)} \ge \dots

    NaN where a level is missing or all are 0. Own code: no library has it.

    References
    ----------
    Bain, J. S. (1951). Relation of profit rate to industry concentration. Quarterly Journal of
    Economics 65(3), 293-324.

    Examples
    --------
    >>> concentration_ratio([20, 50, 20, 10], largest=[1, 2, 3, 4]).tolist()
    [50.0, 70.0, 90.0, 100.0]
    """
    table = read_parts(unchecked("levels", levels))
    numbers = _read_numbers(largest)
    parts = table.cells.shape[1]
    places = sorted({max(0, parts - number) for number in numbers})

    def ratios(cells: FloatArray) -> FloatArray:
        cells.partition(places, axis=1)
        tops = [np.sum(cells[:, max(0, parts - one) :], axis=1) for one in numbers]
        whole = np.sum(cells, axis=1, keepdims=True)
        # Rounding can leave the sum of all parts a last digit above the total.
        return np.minimum(divide(100 * np.stack(tops, axis=1), whole), 100.0)

    percent = by_rows(ratios, (table, LEVELS), order="C")
    result: float | pd.Series[Any] | pd.DataFrame
    if np.ndim(largest) > 0:
        names = pd.Index(numbers, name="largest")
        result = pd.DataFrame(percent, index=table.rows, columns=names)
        return result if table.dimensions == 2 else result.iloc[0].rename(None)
    result = by_row(percent[:, 0], table)
    return result


def _read_numbers(largest: int | Sequence[int]) -> list[int]:
    numbers = list(largest) if isinstance(largest, Iterable) else [largest]
    numbers = [read_whole("largest", number, 1) for number in numbers]
    if not numbers or len(set(numbers)) < len(numbers):
        raise ValueError(
            f"largest: {largest!r} is not allowed; expected at least one number, each once"
        )
    return numbers
