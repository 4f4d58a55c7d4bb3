"""Reading a framework: a table of parents becomes a tree, or is refused by the row at fault."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import FloatArray, Table, read, refuse
from lyanalysis.indicators.composite._rows import frame_of

_COLUMNS = ("parent", "direction", "weight")


class Tree(NamedTuple):
    """A framework that holds together.

    Attributes
    ----------
    names : pandas.Index
        Indicators and aggregates in the order of the framework.
    parents : array of int
        Position in `names` of the aggregate above; -1 for the root.
    directions : array of float
        1 higher is better, -1 lower is better.
    weights : array of float
        Weight among siblings, which sum to 1; 1 for the root.
    leaves : pandas.Index
        Names of the indicators in the order of the framework.
    aggregates : pandas.Index
        Names of the aggregates, children before parents; the root is the last.
    effective_weights : Series
        Weight of each indicator in the root, 0 to 1, summing to 1.
    """

    names: pd.Index[Any]
    parents: npt.NDArray[np.intp]
    directions: FloatArray
    weights: FloatArray
    leaves: pd.Index[Any]
    aggregates: pd.Index[Any]
    effective_weights: pd.Series[Any]


def read_framework(framework: pd.DataFrame, data_columns: pd.Index[Any] | None = None) -> Tree:
    """Read a framework; refuse one that does not hold together, or does not fit the data.

    Parameters
    ----------
    framework : DataFrame
        Indexed by name; columns parent, direction and weight as :func:`effective_weights` has
        them.
    data_columns : Index, optional
        The indicators that there are figures of: the leaves must be these and no others.

    Returns
    -------
    Tree
        The framework with parents by position and weights among siblings.

    Raises
    ------
    ValueError
        One line naming the row.
    """
    table = _table(framework)
    parents = _parents(framework, table.rows)
    is_parent = np.isin(np.arange(len(parents)), parents)
    directions, weights = table.cells.T
    refuse(
        table,
        np.column_stack([~np.isin(directions, (-1, 1)), np.zeros(len(parents), dtype=bool)]),
        "1 (higher is better) or -1 (lower is better)",
    )
    refuse(
        table,
        np.column_stack([is_parent & (directions < 0), np.zeros(len(parents), dtype=bool)]),
        "1 for an aggregate, which is better when higher",
    )
    wrong = ~(weights >= 0) & (parents >= 0)
    refuse(table, np.column_stack([np.zeros_like(wrong), wrong]), "a weight of 0 or more")
    weights = _among_siblings(table.rows, parents, weights)
    depths, effective = _down_the_tree(table.rows, parents, weights)
    order = np.argsort(-depths, kind="stable")
    leaves = table.rows[~is_parent]
    if data_columns is not None:
        _fit(leaves, data_columns)
    return Tree(
        table.rows,
        parents,
        directions,
        weights,
        leaves,
        table.rows[order[is_parent[order]]],
        pd.Series(effective[~is_parent], index=leaves),
    )


def _table(framework: pd.DataFrame) -> Table:
    """Read directions and weights; the weight of the root, which has no siblings, may be anything.

    Text, infinite values and repeated names are refused by the common reader.
    """
    frame_of("framework", framework)
    if framework.index.nlevels > 1:
        raise ValueError("framework: the index has several levels; expected one, of names")
    for column in _COLUMNS:
        if column not in framework.columns:
            raise ValueError(
                f'framework: has no column "{column}"; expected parent, direction and weight'
            )
    return read("framework", framework[["direction", "weight"]])


def _parents(framework: pd.DataFrame, names: pd.Index[Any]) -> npt.NDArray[np.intp]:
    """Return the position of every row's parent; refuse unknown parents and all but one root."""
    given = framework["parent"]
    top = (given.isna() | given.eq("")).to_numpy(dtype=bool)
    parents = names.get_indexer(pd.Index(given))
    unknown = (parents < 0) & ~top
    if unknown.any():
        row = int(np.argmax(unknown))
        raise ValueError(
            f"framework: {given.iloc[row]!r} at row {label(names, row)}, column 'parent' is not "
            'allowed; expected the name of a row, or "" for the root'
        )
    parents = np.where(top, -1, parents)
    roots = np.flatnonzero(top)
    if not len(roots):
        raise ValueError('framework: no row is the root; expected one with parent ""')
    if len(roots) > 1:
        first, second = (label(names, int(row)) for row in roots[:2])
        raise ValueError(
            f"framework: rows {first} and {second} have no parent; expected one root alone"
        )
    if len(names) == 1:
        raise ValueError(f"framework: root {label(names, 0)} has no children; add its indicators")
    return parents


def label(names: pd.Index[Any], row: int) -> str:
    """Write the name in one row of an index as Python would."""
    return repr(names[row : row + 1].tolist()[0])


def _among_siblings(
    names: pd.Index[Any], parents: npt.NDArray[np.intp], weights: FloatArray
) -> FloatArray:
    """Bring the weights under each parent to a sum of 1."""
    child = parents >= 0
    sums = np.bincount(parents[child], weights[child], minlength=len(names))
    empty = np.isin(np.arange(len(names)), parents) & (sums == 0)
    if empty.any():
        raise ValueError(
            f"framework: the weights under {label(names, int(np.argmax(empty)))} sum to 0; "
            "expected at least one above 0"
        )
    shares = np.ones(len(names))
    shares[child] = weights[child] / sums[parents[child]]
    return shares


def _down_the_tree(
    names: pd.Index[Any], parents: npt.NDArray[np.intp], weights: FloatArray
) -> tuple[npt.NDArray[np.intp], FloatArray]:
    """Return the depth of every row and the product of weights from the root down to it."""
    depths, effective, above = np.zeros_like(parents), weights.copy(), parents.copy()
    for _ in range(len(names)):
        inside = above >= 0
        if not inside.any():
            return depths, effective
        depths += inside
        effective[inside] *= weights[above[inside]]
        above[inside] = parents[above[inside]]
    # As many steps as there are rows lead out of every tree: who is still inside goes in a circle.
    row = int(above[np.argmax(above >= 0)])
    raise ValueError(
        f"framework: row {label(names, row)} stands under itself; expected a tree without circles"
    )


def _fit(leaves: pd.Index[Any], columns: pd.Index[Any]) -> None:
    lacking, beyond = leaves.difference(columns, sort=False), columns.difference(leaves, sort=False)
    if len(lacking):
        raise ValueError(
            f"framework: row {label(lacking, 0)} has no children and is no column of the data; "
            "give its figures, or its children"
        )
    if len(beyond):
        raise ValueError(
            f"data: column {label(beyond, 0)} is no indicator of the framework; "
            "give it a row there, or leave it out"
        )
