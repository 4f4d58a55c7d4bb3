"""One amount beside another: cell by cell, or one figure for each row."""

from __future__ import annotations

from lyanalysis.indicators._frames import FloatArray, Table, aligned, per_row


def beside(amount: Table, base: Table) -> tuple[Table, FloatArray]:
    """Match the base with the amounts; both may be of one shape, or the base one figure a row."""
    if base.dimensions == amount.dimensions:
        amount, base = aligned(amount, base)
        return amount, base.cells
    return amount, per_row(base, amount)
