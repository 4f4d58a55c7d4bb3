"""Years of a panel: which rows belong together, and sums over them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._blocks import BLOCK
from lyanalysis.indicators._frames import FloatArray

YEAR = "year"


class Years(NamedTuple):
    """Rows grouped by year.

    Attributes
    ----------
    labels : pandas.Index
        Years in ascending order; one label, NaN-free, where the rows have no year.
    codes : array of int, one a row
        Position of the row's year in `labels`.
    """

    labels: pd.Index[Any]
    codes: npt.NDArray[np.intp]


def year_groups(name: str, rows: pd.Index[Any]) -> Years:
    """Group the rows of an argument by the index level "year"; without it they are one group."""
    if YEAR not in rows.names:
        return Years(pd.Index([0], name=YEAR), np.zeros(len(rows), dtype=np.intp))
    codes, labels = pd.factorize(rows.get_level_values(YEAR), sort=True)
    if (codes < 0).any():
        raise ValueError(f'{name}: the index level "{YEAR}" has a missing year; give each row one')
    return Years(pd.Index(labels, name=YEAR), codes)


def sums_by_year(cells: FloatArray, years: Years) -> FloatArray:
    """Sum rows year by year, years x parts; a missing cell makes the sum of its year missing."""
    count, (rows, parts) = len(years.labels), cells.shape
    if count == 1:
        total: FloatArray = np.sum(cells, axis=0, keepdims=True)
        return total
    sums = np.zeros((count, parts))
    # Block by block in the order of memory; each number is counted into its year and part.
    if cells.flags.c_contiguous:
        size = max(1, BLOCK // parts)
        for start in range(0, rows, size):
            block = slice(start, start + size)
            place = years.codes[block, np.newaxis] * parts + np.arange(parts)
            sums += _counted(place, cells[block], count * parts).reshape(count, parts)
        return sums
    size = max(1, BLOCK // max(1, rows))
    for start in range(0, parts, size):
        block = slice(start, start + size)
        columns = cells[:, block].T
        place = years.codes + count * np.arange(len(columns))[:, np.newaxis]
        sums[:, block] = _counted(place, columns, count * len(columns)).reshape(-1, count).T
    return sums


def _counted(place: npt.NDArray[np.intp], cells: FloatArray, length: int) -> FloatArray:
    counted = np.bincount(place.ravel(), weights=cells.ravel(), minlength=length)
    return counted.astype(np.float64, copy=False)
