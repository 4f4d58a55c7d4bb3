"""TOPSIS: how near each row comes to the best that any row has, and how far from the worst."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lyanalysis.indicators._blocks import memory_blocks
from lyanalysis.indicators._frames import NUMBERS, FloatArray, Row, Table, divide, refuse
from lyanalysis.indicators.composite._ranks import descending_ranks
from lyanalysis.indicators.composite._reading import read_directions, rows_unchecked
from lyanalysis.indicators.composite._rows import by_indicator, column_ends, year_codes

__all__ = ["topsis"]

_COLUMNS = ["distance_to_best", "distance_to_worst", "closeness", "rank"]

# Squares of what lies between are ordinary numbers.
_SMALL, _LARGE = 1e-100, 1e100


def topsis(data: pd.DataFrame, weights: Row, *, direction: Row | None = None) -> pd.DataFrame:
    r"""Technique for order preference by similarity to ideal solution (TOPSIS 优劣解距离法).

    Relative closeness of each row to the best value of every indicator, away from the worst.

    各行与各指标最优值、最劣值的距离，以及相对贴近度。贴近度0至1，没有单位；1为各指标均为最优，0为
    均为最劣。面板数据各年合用同一最优值和最劣值，可以跨年比较；名次在同一年内排列，1为最好。

    Parameters
    ----------
    data : DataFrame
        Rows (regions, or regions by year) by indicators, in any unit.
    weights : Series by indicator or sequence
        0 or more, relative to one another.
    direction : Series by indicator or sequence, keyword-only
        1 higher is better, -1 lower is better; without it 1 for all.

    Returns
    -------
    DataFrame
        distance_to_best, distance_to_worst: 0 or more, no unit; closeness, 0 to 1: 1 best in every
        indicator, 0 worst in every indicator; rank, 1 best, among the rows of the same year. All
        NaN where any cell is missing, because the best is then unknown; closeness and rank NaN
        where all rows are equal.

    Raises
    ------
    ValueError
        An infinite or non-numeric value, labels that differ, a negative or missing weight, weights
        that are all 0, or a direction other than 1 and -1.

    Notes
    -----
    .. math::
        v_{ij} = w_j \frac{x_{ij}}{\sqrt{\sum_k x_{kj}^2}}, \qquad
        D_i^{\pm} = \sqrt{\sum_j (v_{ij} - v_j^{\pm})^2}, \qquad
        C_i = \frac{D_i^-}{D_i^+ + D_i^-}

    An indicator of zeros throughout has no length to be divided by; like any that is the same in
    all rows it adds nothing. Best and worst come from the rows at hand: adding a region can change
    the order of the others. Ties share the better rank. Own code: pymcdm and scikit-criteria give
    no distances and no ranks by year.

    References
    ----------
    Hwang, C.-L., Yoon, K. (1981). Multiple attribute decision making. Springer. Tzeng, G.-H.,
    Huang, J.-J. (2011). Multiple attribute decision making: methods and applications. CRC Press.

    Examples
    --------
    Tzeng and Huang (2011) print 0.5037, 0.6581, 0.7482 and 0.3340:

    >>> data = pd.DataFrame([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]])
    >>> found = topsis(data, [0.3, 0.4, 0.3])
    >>> [f"{value:.4f}" for value in found["closeness"]]
    ['0.5037', '0.6581', '0.7482', '0.3340']
    """
    table = rows_unchecked("data", data)
    ends = column_ends(table, NUMBERS)
    factors = _weights(weights, table) * read_directions(direction, table)
    worst, best = _distances(*_measurable(table.cells, *ends), factors)
    closeness = divide(worst, best + worst)
    ranks = descending_ranks(closeness, year_codes("data", table.rows))
    columns = np.stack([best, worst, closeness, ranks]).T
    return pd.DataFrame(columns, index=table.rows, columns=_COLUMNS, copy=False)


def _weights(weights: Row, table: Table) -> FloatArray:
    given = by_indicator("weights", weights, table)
    one_row = Table("weights", given[np.newaxis], table.rows, table.parts, 1, True)
    refuse(one_row, ~(one_row.cells >= 0), "a weight of 0 or more")
    if not given.any():
        raise ValueError("weights: are all 0; expected at least one above 0")
    shares: FloatArray = given / np.sum(given)
    return shares


def _measurable(
    cells: FloatArray, lowest: FloatArray, highest: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return levels whose squares are neither infinite nor lost, with their ends by column."""
    largest = np.maximum(highest, -lowest)
    if not ((largest < _SMALL) | (largest > _LARGE))[largest != 0].any():
        return cells, lowest, highest
    unit = np.where(largest == 0, 1.0, largest)
    return cells / unit, lowest / unit, highest / unit


def _distances(
    cells: FloatArray, lowest: FloatArray, highest: FloatArray, weights: FloatArray
) -> FloatArray:
    """Distances of each row from the worst and the best; a weight below 0 exchanges the ends.

    All are NaN where a cell is missing. A column of zeros, which has no length, adds nothing.
    """
    if np.isnan(lowest).any():
        return np.full((2, len(cells)), np.nan)
    lengths = np.sqrt(np.vecdot(cells.T, cells.T))
    factors = weights / np.where(lengths == 0, 1.0, lengths)
    ends = [np.where(factors < 0, *pair) for pair in ((highest, lowest), (lowest, highest))]
    distances = np.zeros((2, len(cells)))
    for rows, columns in memory_blocks(cells):
        levels = cells[rows, columns]
        apart = np.empty_like(levels)
        for end, distance in zip(ends, distances, strict=True):
            np.subtract(levels, end[columns], out=apart)
            apart *= factors[columns]
            distance[rows] += np.einsum("ij,ij->i", apart, apart)
    return np.sqrt(distances, out=distances)
