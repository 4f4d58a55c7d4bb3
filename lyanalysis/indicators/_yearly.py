"""Figures by year: rows are years, columns are regions or other series."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import FloatArray, Table, read

YearArray = npt.NDArray[np.int64]


class Yearly(NamedTuple):
    """Figures in order of time.

    Attributes
    ----------
    years : array of int
        Ascending, as far as they are given: years may be missing in between.
    cells : array of float, years x series
    labels : pandas.Index
        Names of the series; one label where a single Series was given.
    single : bool
        Whether a single Series was given.
    """

    years: YearArray
    cells: FloatArray
    labels: pd.Index[Any]
    single: bool


def years_of(name: str, index: pd.Index[Any]) -> YearArray:
    """Return the years of an index; refuse labels that are no years."""
    if not pd.api.types.is_integer_dtype(index.dtype):
        raise ValueError(f"{name}: the index must hold years as whole numbers")
    years = index.to_numpy(dtype=np.int64)
    odd = (years < 1) | (years > 9999)
    if odd.any():
        raise ValueError(
            f"{name}: year {years[odd][0]} is not allowed; expected a year from 1 to 9999"
        )
    return years


def read_frame(name: str, values: pd.DataFrame) -> tuple[Table, YearArray]:
    """Read a frame of years by regions, in the order in which it came."""
    if not isinstance(values, pd.DataFrame):
        raise ValueError(f"{name}: expected a DataFrame, one row a year, one column a region")
    table = read(name, values)
    return table, years_of(name, table.rows)


def read_yearly(name: str, values: pd.Series[Any] | pd.DataFrame) -> Yearly:
    """Read a Series by year or a frame of years by series, and put it in order of time."""
    if isinstance(values, pd.Series):
        table = read(name, values)
        years, cells, labels = years_of(name, table.parts), table.cells.T, pd.Index([values.name])
    elif isinstance(values, pd.DataFrame):
        table, years = read_frame(name, values)
        cells, labels = table.cells, table.parts
    else:
        raise ValueError(f"{name}: has no years; give a Series or DataFrame indexed by year")
    order = np.argsort(years)
    return Yearly(years[order], cells[order], labels, isinstance(values, pd.Series))
