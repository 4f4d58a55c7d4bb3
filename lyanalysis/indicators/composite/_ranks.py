"""Ranks of scores, the largest first, within years and over any number of draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from lyanalysis.indicators._frames import FloatArray

# Relative to the largest score. Sums of the same terms in another order differ by less.
_TIED = 1e-12


def descending_ranks(
    scores: FloatArray, codes: npt.NDArray[np.integer[Any]], *, ascending: bool = False
) -> FloatArray:
    """Rank scores, 1 for the largest; ties share the best rank, NaN has none.

    Parameters
    ----------
    scores : array of float, (..., rows)
    codes : array of int, one a row
        Year whose rows are ranked among themselves: 0, 1, 2 ...
    ascending : bool
        Whether 1 is the smallest.
    """
    scores = scores if ascending else -scores
    order = np.argsort(scores, axis=-1)
    one_year = not codes.any()
    if not one_year:
        # Sorted by score already: a stable sort by year leaves each year sorted by score.
        codes = _small(codes)
        by_year = np.argsort(codes[order], axis=-1, kind="stable")
        order = np.take_along_axis(order, by_year, axis=-1)
    values = np.take_along_axis(scores, order, axis=-1)
    reach = _TIED * np.fmax.reduce(np.abs(values), axis=-1, keepdims=True)
    new = np.ones(values.shape, dtype=bool)
    new[..., 1:] = ~(values[..., 1:] - values[..., :-1] <= reach)
    places = np.arange(1, values.shape[-1] + 1)
    if not one_year:
        # Years stand one after the other, in every draw at the same places.
        counts = np.bincount(codes)
        counts = counts[counts > 0]
        starts = np.cumsum(counts) - counts
        new[..., starts] = True
        ranks = np.maximum.accumulate(np.where(new, places, 0), axis=-1) - np.repeat(starts, counts)
    else:
        ranks = np.maximum.accumulate(np.where(new, places, 0), axis=-1)
    found = np.empty(scores.shape)
    np.put_along_axis(found, order, ranks, axis=-1)
    found[np.isnan(scores)] = np.nan
    return found


def _small(codes: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.integer[Any]]:
    """Return codes in two bytes where they fit: such are sorted without comparisons."""
    return codes.astype(np.int16) if np.max(codes) < 2**15 else codes
