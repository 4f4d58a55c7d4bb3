"""Normalisation of bare arrays: rows by indicators, with any number of draws before them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lyanalysis.indicators._blocks import BLOCK, memory_blocks
from lyanalysis.indicators._frames import FloatArray

Codes = npt.NDArray[np.intp]

METHODS = ("min_max", "z_score", "rank", "percentile_rank", "distance_to_reference", "goalposts")


class _Groups(NamedTuple):
    """Rows that share their parameters: all, those of one year, or those of the base year alone."""

    codes: Codes
    base: int | None

    @property
    def single(self) -> bool:
        return self.base is not None or not self.codes.any()

    def reduce(self, function: np.ufunc, cells: FloatArray) -> FloatArray:
        """Reduce over the rows of each group: draws x groups x indicators."""
        if self.base is not None:
            cells = cells[..., self.codes == self.base, :]
        if self.single:
            total: FloatArray = function.reduce(cells, axis=-2, keepdims=True)
            return total
        order = np.argsort(self.codes, kind="stable")
        starts = np.searchsorted(self.codes[order], np.arange(self.codes.max() + 1))
        ordered = cells if (np.diff(order) == 1).all() else cells[..., order, :]
        by_group: FloatArray = function.reduceat(ordered, starts, axis=-2)
        return by_group

    def spread(self, parameters: FloatArray) -> FloatArray:
        """Give each row the parameters of its group, ready to broadcast where there is one."""
        if self.single or parameters.shape[-2] == 1:
            return parameters
        return parameters[..., self.codes, :]


def normalise_cells(
    cells: FloatArray,
    codes: Codes,
    *,
    method: str,
    direction: FloatArray,
    low: float = 0.0,
    high: float = 100.0,
    base: int | None = None,
    goalposts: FloatArray | None = None,
    reference: FloatArray | None = None,
    cap: bool = False,
    mean: float = 0.0,
    standard_deviation: float = 1.0,
    ddof: int = 1,
    ends: tuple[FloatArray, FloatArray] | None = None,
) -> FloatArray:
    """Normalise arrays as :func:`normalise` does frames; options a method has no use for are idle.

    Parameters
    ----------
    cells : array of float, (..., rows, indicators)
        NaN where missing, never infinite.
    codes : array of int, one a row
        Group whose rows share parameters: 0, 1, 2 ... without gaps; all 0 for the whole panel.
    method : {"min_max", "z_score", "rank", "percentile_rank", "distance_to_reference", \
"goalposts"}
    direction : array of float, one an indicator
        1 higher is better, -1 lower is better.
    low, high : float
        Scores of the worst and the best; not for z-scores and ranks.
    base : int, optional
        Group whose parameters serve all rows; not for ranks.
    goalposts : array of float, 2 x indicators
        Lower and upper goalpost.
    reference : array of float, (..., groups or 1, indicators)
        Value that scores `high`.
    cap : bool
        Whether what is better than the reference still scores `high`.
    mean, standard_deviation : float
        Of the z-scores.
    ddof : int
        Taken off the number of values under the standard deviation.
    ends : pair of array of float, one an indicator
        Lowest and highest value over all rows, where they are known.

    Returns
    -------
    array of float, shape of `cells`
        Larger is better. NaN where the cell is missing or the scale has no length.
    """
    if not cells.shape[-2]:
        return cells.copy()
    groups = _Groups(codes, base)
    if method == "z_score":
        return _z_scores(cells, groups, direction, mean, standard_deviation, ddof)
    if method in ("rank", "percentile_rank"):
        ranks = _ranks(cells, groups, direction)
        if method == "rank":
            return ranks
        others = groups.reduce(np.add, (~np.isnan(cells)).astype(np.float64)) - 1
        ranks -= 1
        return _stretch(ranks, groups, others, low, high)
    if method == "goalposts":
        assert goalposts is not None
        worst, best = np.where(direction > 0, goalposts, goalposts[::-1])[:, np.newaxis]
    else:
        if ends is not None and base is None and groups.single:
            lowest, highest = (end[np.newaxis] for end in ends)
        else:
            lowest, highest = (groups.reduce(end, cells) for end in (np.fmin, np.fmax))
        worst, best = (
            np.where(direction > 0, *ends) for ends in ((lowest, highest), (highest, lowest))
        )
        if method == "distance_to_reference":
            assert reference is not None
            best = np.where((reference - worst) * direction > 0, reference, np.nan)
    if method == "min_max" and cells.ndim == 2 and groups.single:
        return _by_blocks(cells, groups, worst, best - worst, low, high)
    scores = cells - groups.spread(worst)
    if method == "goalposts":
        return _stretch(scores, groups, best - worst, low, high, least=0.0, most=1.0)
    most = 1.0 if cap and method == "distance_to_reference" else np.inf
    return _stretch(scores, groups, best - worst, low, high, most=most)


def _by_blocks(
    cells: FloatArray,
    groups: _Groups,
    worst: FloatArray,
    span: FloatArray,
    low: float,
    high: float,
) -> FloatArray:
    """Turn numbers into scores, in the order in which they lie in memory."""
    scores = np.empty_like(cells)
    for rows, columns in memory_blocks(cells):
        place = scores[rows, columns]
        np.subtract(cells[rows, columns], worst[:, columns], out=place)
        _stretch(place, groups, span[:, columns], low, high)
    return scores


def _stretch(
    scores: FloatArray,
    groups: _Groups,
    span: FloatArray,
    low: float,
    high: float,
    *,
    least: float = -np.inf,
    most: float = np.inf,
) -> FloatArray:
    """Turn distances from the worst, in place, into scores; a scale without length gives NaN."""
    scores /= groups.spread(np.where(span == 0, np.nan, span))
    if least > -np.inf or most < np.inf:
        np.clip(scores, least, most, out=scores)
    scores *= high - low
    # Nothing is added to scores from 0, but that -0.0, which negative spans leave, becomes 0.0.
    if low != 0 or (span < 0).any():
        scores += low
    return scores


def _z_scores(
    cells: FloatArray,
    groups: _Groups,
    direction: FloatArray,
    mean: float,
    standard_deviation: float,
    ddof: int,
) -> FloatArray:
    """Deviations from the mean over the standard deviation, larger is better."""
    observed = ~np.isnan(cells)
    counts = groups.reduce(np.add, observed.astype(np.float64))
    sums = groups.reduce(np.add, np.where(observed, cells, 0.0))
    scores = cells - groups.spread(sums / np.where(counts == 0, np.nan, counts))
    squares = np.where(observed, scores, 0.0)
    np.square(squares, out=squares)
    freedom = counts - ddof
    spread = np.sqrt(groups.reduce(np.add, squares) / np.where(freedom > 0, freedom, np.nan))
    # The mean of equal values can be off by the last digit: they have no spread all the same.
    lowest, highest = (groups.reduce(end, cells) for end in (np.fmin, np.fmax))
    spread[lowest == highest] = np.nan
    scores /= groups.spread(spread * direction / standard_deviation)
    scores += mean
    return scores


def _ranks(cells: FloatArray, groups: _Groups, direction: FloatArray) -> FloatArray:
    """Rank rows inside their group, 1 for the worst, by blocks of indicators that fit the cache."""
    ranks = np.empty(cells.shape)
    size = max(1, BLOCK * direction.size // max(1, cells.size))
    for start in range(0, direction.size, size):
        block = slice(start, start + size)
        ranks[..., block] = _ranks_of(cells[..., block] * direction[block], groups)
    return ranks


def _ranks_of(cells: FloatArray, groups: _Groups) -> FloatArray:
    """Rank rows inside their group, 1 for the lowest; ties share the mean of their ranks."""
    order = np.argsort(cells, axis=-2, kind="stable")
    codes = groups.codes[order]
    if not groups.single:
        # Sorted by value already: a stable sort by group leaves each group sorted by value.
        by_group = np.argsort(codes, axis=-2, kind="stable")
        order, codes = (np.take_along_axis(one, by_group, axis=-2) for one in (order, codes))
    values = np.take_along_axis(cells, order, axis=-2)
    places = np.arange(cells.shape[-2])[:, np.newaxis]
    first, last = (np.ones(cells.shape, dtype=bool) for _ in range(2))
    other_value = values[..., 1:, :] != values[..., :-1, :]
    first[..., 1:, :] = other_value | (codes[..., 1:, :] != codes[..., :-1, :])
    last[..., :-1, :] = first[..., 1:, :]
    lowest = np.maximum.accumulate(np.where(first, places, 0), axis=-2)
    ends = np.where(last, places, cells.shape[-2])[..., ::-1, :]
    highest = np.minimum.accumulate(ends, axis=-2)[..., ::-1, :]
    sizes = np.bincount(groups.codes)
    before = (np.cumsum(sizes) - sizes)[codes]
    tied = (lowest + highest) / 2 - before + 1
    tied[np.isnan(values)] = np.nan
    ranks = np.empty(cells.shape)
    np.put_along_axis(ranks, order, tied, axis=-2)
    return ranks
