"""Rows as distributions: figures beside them, and answers in their shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    aligned,
    read_levels,
    read_parts,
)


def beside(rows: Table, given: Table) -> tuple[Table, Table]:
    """Match the parts of `given`, which may be one row or have rows of its own, to `rows`."""
    like = rows._replace(
        rows=given.rows,
        cells=np.empty((len(given.rows), len(rows.parts))),
        dimensions=given.dimensions if rows.dimensions == 2 else rows.dimensions,
    )
    like, given = aligned(like, given)
    return rows._replace(parts=like.parts), given


def read_weighted(
    values: Row | pd.DataFrame, weights: Row | pd.DataFrame | None
) -> tuple[Table, FloatArray | None]:
    """Read values a head and the weights of the units, one row of them or a row for each.

    A unit of weight 0 is not there: its value, which may well be missing, becomes one that
    changes no minimum, no maximum and no sum.
    """
    table = read_parts(read_levels("values", values))
    if weights is None:
        return table, None
    given = read_parts(read_levels("weights", weights))
    if given.dimensions == 2:
        table, given = aligned(table, given)
    else:
        table, given = beside(table, given)
    absent = given.cells == 0
    if absent.any():
        largest = np.fmax.reduce(table.cells, axis=1, keepdims=True)
        table = table._replace(cells=np.where(absent, largest, table.cells))
    return table, given.cells


def by_name(columns: Mapping[str, Any], like: Table) -> Any:
    """Give several figures a row back: a Series for one row, a DataFrame for many."""
    result = pd.DataFrame(dict(columns), index=like.rows)
    return result if like.dimensions == 2 else result.iloc[0].rename(None)


def stacked(like: Table, labels: Mapping[str, pd.Index[Any]]) -> pd.Index[Any]:
    """Return the index of a long table: row labels, then labels that are given for each line.

    Parameters
    ----------
    like : Table
        Whose rows are laid out one after the other; one row needs no label of its own.
    labels : mapping of str to Index
        Further levels; each holds as many labels for a row as for every other.
    """
    for name, level in labels.items():
        if level.nlevels > 1:
            raise ValueError(f"{like.name}: a {name} has a label of several levels; give it one")
    own = list(labels.values())
    if like.dimensions < 2:
        return own[0].rename(next(iter(labels))) if len(own) == 1 else _product(own, list(labels))
    lines = len(own[0]) // max(1, len(like.rows))
    positions = np.repeat(np.arange(len(like.rows)), lines)
    rows = [like.rows.get_level_values(level) for level in range(like.rows.nlevels)]
    return _product([*(level.take(positions) for level in rows), *own], [*like.rows.names, *labels])


def _product(levels: list[pd.Index[Any]], names: list[Any]) -> pd.Index[Any]:
    return pd.MultiIndex.from_arrays(levels, names=names)


def repeated(labels: pd.Index[Any], times: int) -> pd.Index[Any]:
    """Return labels once for each row, one row after the other."""
    return labels.take(np.tile(np.arange(len(labels)), times))
