"""Reading a framework: a table of parents becomes a tree, or is refused by the row at fault."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import BoolArray, FloatArray, Table, read, refuse
from lyanalysis.indicators.composite._rows import frame_of

_COLUMNS = ("parent", "direction", "weight")
_FIGURES = pd.Index(["direction", "weight"])


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
    leaf_places, aggregate_places : array of int
        Positions in `names` of the indicators, and of the aggregates, children before parents; the
        root is the last.
    effective : array of float
        Product of weights from the root down to each row.
    """

    names: pd.Index[Any]
    parents: npt.NDArray[np.intp]
    directions: FloatArray
    weights: FloatArray
    leaves: pd.Index[Any]
    leaf_places: npt.NDArray[np.intp]
    aggregate_places: npt.NDArray[np.intp]
    effective: FloatArray

    @property
    def aggregates(self) -> pd.Index[Any]:
        """Names of the aggregates, children before parents; the root is the last."""
        return self.names[self.aggregate_places]

    @property
    def effective_weights(self) -> pd.Series[Any]:
        """Weight of each indicator in the root, 0 to 1, summing to 1."""
        return pd.Series(self.effective[self.leaf_places], index=self.leaves)


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
    return grown(table, framework["parent"].to_numpy(dtype=object), data_columns)


def grown(
    table: Table,
    given: npt.NDArray[np.object_],
    data_columns: pd.Index[Any] | None = None,
) -> Tree:
    """Put rows together to a tree, as :func:`read_framework` does.

    Parameters
    ----------
    table : Table
        Rows by direction and weight, never infinite.
    given : array of object, one a row
        Name of the parent.
    data_columns : Index, optional
        As for :func:`read_framework`.
    """
    parents = _parents(given, table.rows)
    is_parent = np.zeros(len(parents), dtype=bool)
    is_parent[parents[parents >= 0]] = True
    directions, weights = table.cells.T
    _refuse_column(
        table, 0, np.abs(directions) != 1, "1 (higher is better) or -1 (lower is better)"
    )
    _refuse_column(
        table, 0, is_parent & (directions < 0), "1 for an aggregate, which is better when higher"
    )
    _refuse_column(table, 1, ~(weights >= 0) & (parents >= 0), "a weight of 0 or more")
    weights = _among_siblings(table.rows, parents, is_parent, weights)
    depths, effective = _down_the_tree(table.rows, parents, weights)
    order = np.argsort(-depths, kind="stable")
    leaf_places = np.flatnonzero(~is_parent)
    leaves = table.rows[leaf_places]
    if data_columns is not None and not leaves.equals(data_columns):
        _fit(leaves, data_columns)
    return Tree(
        table.rows,
        parents,
        directions,
        weights,
        leaves,
        leaf_places,
        order[is_parent[order]],
        effective,
    )


def _refuse_column(table: Table, column: int, wrong: BoolArray, expected: str) -> None:
    if wrong.any():
        cells = np.zeros((len(wrong), 2), dtype=bool)
        cells[:, column] = wrong
        refuse(table, cells, expected)


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
    cells = _plain(framework)
    if cells is None:
        return read("framework", framework[["direction", "weight"]])
    return framework_table(cells, framework.index)


def framework_table(cells: FloatArray, names: pd.Index[Any]) -> Table:
    """Return directions and weights (rows x 2) by name, as the common reader does."""
    return Table("framework", cells, names, _FIGURES, 2, True)


def _plain(framework: pd.DataFrame) -> FloatArray | None:
    """Return directions and weights where they are finite or missing numbers, else None."""
    if not (framework.index.is_unique and framework.columns.is_unique):
        return None
    columns = [framework[name].to_numpy() for name in ("direction", "weight")]
    if any(column.dtype.kind not in "iuf" for column in columns):
        return None
    cells = np.array(columns, dtype=np.float64).T
    return None if np.isinf(cells).any() else cells


def _parents(given: npt.NDArray[np.object_], names: pd.Index[Any]) -> npt.NDArray[np.intp]:
    """Return the position of every row's parent; refuse unknown parents and all but one root."""
    places = {name: place for place, name in enumerate(names.tolist())}
    wanted = given.tolist()
    top = pd.isna(given) | np.array([isinstance(name, str) and not name for name in wanted], bool)
    parents = np.array([places.get(name, -1) for name in wanted], dtype=np.intp)
    unknown = (parents < 0) & ~top
    if unknown.any():
        row = int(np.argmax(unknown))
        raise ValueError(
            f"framework: {given[row]!r} at row {label(names, row)}, column 'parent' is not "
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
    names: pd.Index[Any],
    parents: npt.NDArray[np.intp],
    is_parent: BoolArray,
    weights: FloatArray,
) -> FloatArray:
    """Bring the weights under each parent to a sum of 1."""
    child = parents >= 0
    sums = np.bincount(parents[child], weights[child], minlength=len(names))
    empty = is_parent & (sums == 0)
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
