"""Rows of a panel taken apart into regions and years, and figures given for each indicator."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import FloatArray, Row, Rule, Table, aligned, check, read
from lyanalysis.indicators._panel import YEAR, year_groups

Positions = npt.NDArray[np.intp]


class RegionYears(NamedTuple):
    """Rows of a panel.

    Attributes
    ----------
    regions : pandas.Index
        Each region once: the labels of the rows without the level "year".
    codes : array of int, one a row
        Position of the row's region in `regions`.
    years : array of int, one a row
    """

    regions: pd.Index[Any]
    codes: Positions
    years: npt.NDArray[np.int64]


def frame_of(name: str, value: object) -> pd.DataFrame:
    """Refuse anything but a DataFrame."""
    if not isinstance(value, pd.DataFrame):
        raise ValueError(f"{name}: {type(value).__name__} is not allowed; expected a DataFrame")
    return value


def read_frame(name: str, data: object) -> Table:
    """Read rows by indicators."""
    return read(name, frame_of(name, data))


def column_ends(table: Table, rule: Rule, *, gaps: bool = False) -> tuple[FloatArray, FloatArray]:
    """Check numbers by the lowest and the highest of each column, and return those.

    A column with a gap has none, NaN, unless `gaps` are to be left out.
    """
    least, most = (np.fmin, np.fmax) if gaps else (np.minimum, np.maximum)
    if not len(table.rows):
        return np.full(len(table.parts), np.nan), np.full(len(table.parts), np.nan)
    lowest, highest = (end.reduce(table.cells, axis=0) for end in (least, most))
    if not rule.usual(np.stack([lowest, highest])):
        check(table, rule)
    return lowest, highest


def year_codes(name: str, rows: pd.Index[Any]) -> npt.NDArray[np.integer[Any]]:
    """Return a whole number from 0 for each row, the same for rows of the same year.

    Rows without a year are of one year; a missing year is refused. Not each number need occur.
    """
    if isinstance(rows, pd.MultiIndex) and rows.names.count(YEAR) == 1:
        level = rows.names.index(YEAR)
        codes = np.asarray(rows.codes[level])
        if len(codes) and np.min(codes) >= 0 and not rows.levels[level].hasnans:
            return codes
    return year_groups(name, rows).codes


def by_indicator(name: str, numbers: Row, table: Table) -> FloatArray:
    """Return one figure for each column of `table`, matched by name; a list by position."""
    like = table._replace(cells=np.empty((1, len(table.parts))), dimensions=1)
    figures: FloatArray = aligned(like, read(name, numbers))[1].cells[0]
    return figures


def region_labels(rows: pd.Index[Any]) -> pd.Index[Any]:
    """Return the label of each row's region: all levels but "year"."""
    if isinstance(rows, pd.MultiIndex) and YEAR in rows.names:
        regions: pd.Index[Any] = rows.droplevel(YEAR)
        return regions
    return rows


def region_years(name: str, rows: pd.Index[Any]) -> RegionYears:
    """Take the rows of a panel apart; refuse rows without a year.

    Rows labelled by the year alone are those of one region.
    """
    if YEAR not in rows.names:
        raise ValueError(f'{name}: the index has no level "{YEAR}"; give rows by region and year')
    years = rows.get_level_values(YEAR)
    if not pd.api.types.is_integer_dtype(years) or years.hasnans:
        raise ValueError(
            f'{name}: the index level "{YEAR}" is {years.dtype}; '
            "expected years as whole numbers, none missing"
        )
    whole = years.to_numpy(dtype=np.int64)
    if rows.nlevels == 1:
        return RegionYears(pd.Index([0]), np.zeros(len(rows), dtype=np.intp), whole)
    codes, regions = pd.factorize(region_labels(rows))
    return RegionYears(pd.Index(regions), codes, whole)


def rows_of(panel: RegionYears, years: npt.NDArray[np.int64]) -> Positions:
    """Return the row of each row's region in another year; -1 where there is none."""
    there = pd.MultiIndex.from_arrays([panel.codes, panel.years])
    return there.get_indexer(pd.MultiIndex.from_arrays([panel.codes, years]))
