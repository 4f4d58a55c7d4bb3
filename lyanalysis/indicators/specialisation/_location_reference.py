"""What the structure of a row is compared with, and comparing block by block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._blocks import BLOCK, by_blocks
from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    divide,
    per_row,
    read_levels,
    read_parts,
)
from lyanalysis.indicators._panel import YEAR, sums_by_year, year_groups
from lyanalysis.indicators.specialisation._distributions import beside


class Reference(NamedTuple):
    """Levels that rows are compared with.

    Attributes
    ----------
    cells : array of float, references x parts
        One reference for all rows, one a year or one a row.
    total : array of float, references x 1 or 1 x 1
        What the parts of a reference are shares of.
    rows : array of int, rows x 1, or None
        Which reference a row is compared with; None where there is one for all, or each row has
        its own in the same place.
    """

    cells: FloatArray
    total: FloatArray
    rows: Any

    def at_rows(self, figures: FloatArray) -> FloatArray:
        """Bring figures of the references to the rows compared."""
        return figures if self.rows is None or len(figures) == 1 else figures[self.rows[:, 0]]


def read_compared(
    levels: Row | pd.DataFrame,
    reference: Row | pd.DataFrame | None,
    *,
    name: str = "levels",
    total: float | Row | None = None,
) -> tuple[Table, Reference]:
    """Read levels and their reference; without one, it is the sum of all rows of a year."""
    table = read_parts(read_levels(name, levels))
    if reference is None:
        if table.dimensions < 2:
            raise ValueError(
                f"reference: one row of {name} has nothing to be compared with; give the "
                "reference by column"
            )
        years = year_groups(table.name, table.rows)
        sums = sums_by_year(table.cells, years)
        given = Table("reference", sums, years.labels, table.parts, 2, True)
        rows = years.codes[:, np.newaxis]
    else:
        table, given = beside(table, read_parts(read_levels("reference", reference)))
        rows = _rows_of(given, table)[:, np.newaxis]
    whole = np.sum(given.cells, axis=1, keepdims=True)
    if total is not None:
        whole = per_row(read_levels("reference_total", total), given)
    in_place = len(rows) == len(given.cells) and (rows[:, 0] == np.arange(len(rows))).all()
    own = None if in_place or len(given.cells) == 1 else rows
    return table, Reference(given.cells, whole, own)


def _rows_of(given: Table, table: Table) -> Any:
    """Return for each row of `table` the position of its row, or of its year, in `given`."""
    if given.dimensions < 2:
        return np.zeros(len(table.rows), dtype=np.intp)
    order = given.rows.get_indexer(table.rows)
    if len(given.rows) == len(table.rows) and (order >= 0).all():
        return order
    if YEAR not in table.rows.names or given.rows.nlevels > 1:
        raise ValueError(
            f"{given.name}: its rows are not those of {table.name}; give the same rows, one row "
            f'without a label, or one row a year where {table.name} has an index level "{YEAR}"'
        )
    years = table.rows.get_level_values(YEAR)
    order = given.rows.get_indexer(years)
    if (order < 0).any():
        label = years[order < 0].tolist()[0]
        raise ValueError(f"{given.name}: year {label!r} of {table.name} is missing; add it as NaN")
    return order


def row_totals(table: Table, total: float | Row | None) -> FloatArray:
    """Return the published totals of the rows, or the sums of their parts."""
    if total is None:
        sums: FloatArray = np.sum(table.cells, axis=1, keepdims=True)
        return sums
    return per_row(read_levels("total", total), table)


def reference_shares(reference: Reference) -> FloatArray:
    """Return the shares of the parts, references x parts; a total of zero gives NaN."""
    return divide(reference.cells, reference.total)


def by_reference(
    formula: Callable[..., FloatArray],
    cells: FloatArray,
    reference: Reference,
    figures: FloatArray,
    *arrays: FloatArray,
) -> FloatArray:
    """Apply ``formula(cells, figures of the reference, *arrays)`` to blocks of rows.

    The formula returns one figure a row.
    """
    if reference.rows is None:
        return by_blocks(formula, cells, figures, *arrays)

    def compared(cells: FloatArray, rows: Any, *others: FloatArray) -> FloatArray:
        return formula(cells, figures[rows[:, 0]], *others)

    return by_blocks(compared, cells, reference.rows, *arrays)


def cells_by_reference(
    formula: Callable[..., object],
    cells: FloatArray,
    reference: Reference,
    figures: FloatArray,
    whole: FloatArray,
) -> FloatArray:
    """Let ``formula(cells, figures of the reference, whole, out)`` fill a result like `cells`.

    Where rows have different references, their figures are gathered block by block, along the way
    in which the numbers lie in memory.
    """
    result = np.empty_like(cells)
    if reference.rows is None:
        formula(cells, figures, whole, result)
        return result
    rows, by_row = reference.rows[:, 0], cells.flags.c_contiguous
    length, width = cells.shape if by_row else cells.shape[::-1]
    size = max(1, BLOCK // max(1, width))
    for start in range(0, length, size):
        block = slice(start, start + size)
        if by_row:
            own = whole if len(whole) == 1 else whole[block]
            formula(cells[block], figures[rows[block]], own, result[block])
        else:
            given = np.take(figures[:, block].T, rows, axis=1).T
            formula(cells[:, block], given, whole, result[:, block])
    return result
