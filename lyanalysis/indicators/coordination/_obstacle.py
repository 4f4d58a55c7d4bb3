"""Which indicators hold a score back: the obstacle degree."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._blocks import BLOCK
from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    aligned,
    by_cell,
    divide,
    read,
    read_parts,
)
from lyanalysis.indicators.coordination._coupling import read_unit, weights_of


@overload
def obstacle_degree(
    normalised: Row, weights: Row, *, groups: pd.Series[Any] | None = None
) -> pd.Series[Any]: ...
@overload
def obstacle_degree(
    normalised: pd.DataFrame, weights: Row, *, groups: pd.Series[Any] | None = None
) -> pd.DataFrame: ...
def obstacle_degree(
    normalised: Row | pd.DataFrame, weights: Row, *, groups: pd.Series[Any] | None = None
) -> pd.Series[Any] | pd.DataFrame:
    r"""Obstacle degree (障碍度).

    Share of each indicator in the whole weighted distance of a score from its best.

    各指标与最优值的加权差距占全部差距的比重，百分数，0到100，各指标之和为100。0为该指标已达最优，
    100为全部差距都来自该指标。

    Parameters
    ----------
    normalised : 1-D sequence (one row) or DataFrame
        Indicators (columns) on a scale of 0 (worst) to 1 (best).
    weights : 1-D sequence
        Weight of each indicator, 0 or more, on any common scale.
    groups : Series, keyword-only
        Pillar of each indicator; with it the degrees are those of pillars, the sums of their
        members.

    Returns
    -------
    Series (one row) or DataFrame
        Percent, 0 (no obstacle) to 100 (the only one); columns are the indicators, or the pillars
        in the order in which they first occur. Each row sums to 100. NaN throughout where an
        indicator is missing or all that have a weight are at their best.

    Raises
    ------
    ValueError
        A value outside 0 to 1; a weight that is negative or missing, or no weight above 0; an
        indicator without a pillar; or labels that differ.

    Notes
    -----
    .. math:: O_j = 100 \frac{w_j (1 - z_j)}{\sum_k w_k (1 - z_k)}

    Identity: the parts of a weighted sum as shares of it. A large degree does not mean that an
    indicator is easy to improve. Own code: no maintained Python library has it.

    Examples
    --------
    >>> obstacle_degree([0.5, 0.75, 1.0], [0.25, 0.5, 0.25]).tolist()
    [50.0, 50.0, 0.0]
    """
    table = read_parts(read_unit("normalised", normalised))
    weight = weights_of(weights, table)
    if not np.any(weight > 0):
        raise ValueError("weights: all are 0; expected at least one above 0")
    # The largest weight is 1, so that gaps times weights stay clear of the smallest numbers.
    degrees = _obstacles(table.cells, weight / np.max(weight))
    if groups is not None:
        pillars = _pillars(groups, table)
        codes, names = pd.factorize(pillars)
        degrees = degrees @ np.equal.outer(codes, np.arange(len(names))).astype(float)
        table = table._replace(parts=pd.Index(names, name=pillars.name))
    result: pd.Series[Any] | pd.DataFrame = by_cell(degrees, table)
    return result


def _obstacles(cells: FloatArray, weights: FloatArray) -> FloatArray:
    degrees = np.empty_like(cells)
    # One array alone is worked on, so that two blocks of the usual size fit the cache.
    size = max(1, 2 * BLOCK // cells.shape[1])
    for start in range(0, len(cells), size):
        gaps = degrees[start : start + size]
        np.subtract(1, cells[start : start + size], out=gaps)
        gaps *= weights
        totals = np.sum(gaps, axis=1, keepdims=True)
        gaps *= 100
        divide(gaps, totals, out=gaps)
    return degrees


def _pillars(groups: pd.Series[Any], table: Table) -> pd.Index[Any]:
    """Return the pillar of each column, in the order of the columns."""
    if not isinstance(groups, pd.Series):
        raise ValueError("groups: expected a Series, the pillar of each indicator")
    codes, names = pd.factorize(groups)
    nowhere: npt.NDArray[np.bool_] = codes < 0
    if nowhere.any():
        label = groups.index[nowhere][:1].tolist()[0]
        raise ValueError(f"groups: indicator {label!r} has no pillar; name one for each indicator")
    columns = table._replace(cells=np.zeros((1, len(table.parts))), dimensions=1)
    given = aligned(columns, read("groups", pd.Series(codes, index=groups.index)))[1]
    pillars: pd.Index[Any] = pd.Index(names, name=groups.name).take(given.cells[0].astype(int))
    return pillars
