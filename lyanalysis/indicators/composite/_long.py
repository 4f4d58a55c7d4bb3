"""Figures by row and part, one below the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import FloatArray


def by_row_and(
    name: str, rows: pd.Index[Any], parts: pd.Index[Any], columns: Mapping[str, FloatArray]
) -> pd.DataFrame:
    """Lay matrices of rows by parts out below one another, row by row.

    Parameters
    ----------
    name : str
        Of the index level that holds the parts.
    rows, parts : Index
        Labels of the matrices.
    columns : mapping of str to array
        Name of each column of the result and its matrix.
    """
    row, part = np.divmod(np.arange(len(rows) * len(parts)), len(parts))
    levels = [rows.get_level_values(level).take(row) for level in range(rows.nlevels)]
    index = pd.MultiIndex.from_arrays([*levels, parts.take(part)], names=[*rows.names, name])
    return pd.DataFrame({column: cells.ravel() for column, cells in columns.items()}, index=index)
