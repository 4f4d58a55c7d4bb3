"""Units of a row in groups: which belongs where, and sums over the groups."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import FloatArray, Table

Labels: TypeAlias = "pd.Series[Any] | Mapping[Any, Hashable] | Sequence[Hashable]"


class Groups(NamedTuple):
    """Groups of the units of a table.

    Attributes
    ----------
    labels : pandas.Index
        Groups in the order in which the units name them.
    codes : array of int, one a unit
        Position of the unit's group in `labels`.
    order : array of int, one a unit
        Positions that bring the units of a group together.
    starts : array of int, one a group
        Where each group begins in that order.
    """

    labels: pd.Index[Any]
    codes: npt.NDArray[np.intp]
    order: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]

    @property
    def sizes(self) -> npt.NDArray[np.intp]:
        """Number of units of each group."""
        return np.bincount(self.codes, minlength=len(self.labels))

    def sums(self, cells: FloatArray) -> FloatArray:
        """Sum each row, its units in `order`, over the groups."""
        sums: FloatArray = np.add.reduceat(cells, self.starts, axis=-1)
        return sums


def read_groups(groups: Labels, table: Table) -> Groups:
    """Read the group of every unit, matched by name; lists are matched by position."""
    if isinstance(groups, Mapping):
        given = pd.Series(dict(groups), dtype=object)
    elif isinstance(groups, str) or np.asarray(groups, dtype=object).ndim != 1:
        raise ValueError("groups: expected a group for each unit, as a Series, dict or list")
    else:
        given = pd.Series(groups, dtype=object)
    if not given.index.is_unique:
        label = given.index[given.index.duplicated()].tolist()[0]
        raise ValueError(f"groups: unit {label!r} occurs more than once; keep each unit once")
    if isinstance(groups, Mapping) or (isinstance(groups, pd.Series) and table.labelled):
        given = given.reindex(table.parts)
    elif len(given) != len(table.parts):
        raise ValueError(
            f"groups: holds {len(given)} labels where {table.name} holds {len(table.parts)} units"
        )
    missing = given.isna().to_numpy()
    if missing.any():
        label = table.parts[missing].tolist()[0]
        raise ValueError(f"groups: unit {label!r} of {table.name} has no group; give it one")
    codes, labels = pd.factorize(given)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(labels)))
    return Groups(pd.Index(labels), codes, order, starts)
