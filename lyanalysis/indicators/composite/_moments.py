"""Skewness, kurtosis and quartiles of columns with gaps, many columns at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lyanalysis.indicators._frames import BoolArray, FloatArray, divide


class Moments(NamedTuple):
    """Shape of the distribution of each column.

    Attributes
    ----------
    counts : array of float
        Values that are there.
    equal : array of bool
        Whether they are all the same.
    skewness : array of float
        Adjusted skewness of a sample (G1); NaN below 3 values or without spread.
    kurtosis : array of float
        Adjusted excess kurtosis of a sample (G2); NaN below 4 values or without spread.
    """

    counts: FloatArray
    equal: BoolArray
    skewness: FloatArray
    kurtosis: FloatArray


def moments(cells: FloatArray) -> Moments:
    """Measure the columns of a matrix."""
    observed = ~np.isnan(cells)
    n: FloatArray = np.sum(observed, axis=0, dtype=np.float64)
    lowest, highest = (end.reduce(cells, axis=0, initial=np.nan) for end in (np.fmin, np.fmax))
    deviations = np.where(observed, cells, 0.0)
    deviations -= divide(np.sum(deviations, axis=0), n)
    deviations[~observed] = 0.0
    powers = deviations * deviations
    # Equal values deviate by the last digit of their mean; that is no spread.
    spread = np.sqrt(divide(np.sum(powers, axis=0), n))
    deviations /= np.where((spread > 0) & (lowest < highest), spread, np.nan)
    np.multiply(deviations, deviations, out=powers)
    deviations *= powers
    third = divide(np.sum(deviations, axis=0), n)
    powers *= powers
    fourth = divide(np.sum(powers, axis=0), n)
    g1 = third * divide(np.sqrt(n * np.maximum(n - 1, 0)), n - 2)
    g2 = ((n + 1) * (fourth - 3) + 6) * divide(n - 1, (n - 2) * (n - 3))
    return Moments(n, lowest == highest, np.where(n > 2, g1, np.nan), np.where(n > 3, g2, np.nan))


def quartiles(cells: FloatArray) -> tuple[FloatArray, FloatArray]:
    """First and third quartile by column, interpolated linearly; NaN without values."""
    if not len(cells):
        return np.full(cells.shape[1], np.nan), np.full(cells.shape[1], np.nan)
    ordered = np.sort(cells, axis=0)
    last = np.maximum(np.sum(~np.isnan(cells), axis=0) - 1, 0)
    found = []
    for share in (0.25, 0.75):
        place = last * share
        below = np.floor(place).astype(np.intp)
        low, high = (
            np.take_along_axis(ordered, position[np.newaxis], axis=0)[0]
            for position in (below, np.minimum(below + 1, last))
        )
        found.append(low + (place - below) * (high - low))
    return found[0], found[1]
