"""Years of a panel: which rows belong together, and sums over them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

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


def year_groups(rows: pd.Index[Any]) -> Years:
    """Group rows by the index level "year"; rows without such a level are one group."""
    if YEAR not in rows.names:
        return Years(pd.Index([0], name=YEAR), np.zeros(len(rows), dtype=np.intp))
    codes, labels = pd.factorize(rows.get_level_values(YEAR), sort=True)
    return Years(pd.Index(labels, name=YEAR), codes)


def sums_by_year(cells: FloatArray, years: Years) -> FloatArray:
    """Sum rows year by year, years x parts; a missing cell makes the sum of its year missing."""
    if len(years.labels) == 1:
        total: FloatArray = np.sum(cells, axis=0, keepdims=True)
        return total
    order = np.argsort(years.codes, kind="stable")
    ordered = cells if (np.diff(order) == 1).all() else cells[order]
    starts = np.searchsorted(years.codes[order], np.arange(len(years.labels)))
    sums: FloatArray = np.add.reduceat(ordered, starts, axis=0)
    return sums
