"""Reading what is weighted, ranked and compared."""

from __future__ import annotations

import math
from typing import Any, TypeGuard

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import NUMBERS, FloatArray, Row, Table, check, refuse, unchecked
from lyanalysis.indicators.composite._rows import by_indicator, frame_of


def read_rows(name: str, data: pd.DataFrame) -> Table:
    """Read rows by indicators; refuse a frame without rows, which has no spread and no ranks."""
    return check(rows_unchecked(name, data), NUMBERS)


def rows_unchecked(name: str, data: pd.DataFrame) -> Table:
    """Read rows as :func:`read_rows` does; the numbers are still to be checked."""
    table = unchecked(name, frame_of(name, data))
    if not len(table.rows):
        raise ValueError(f"{name}: holds no rows; give at least one region")
    return table


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether a value is one finite number."""
    if not isinstance(value, (int, float, np.integer)) or isinstance(value, bool):
        return False
    return math.isfinite(value)


def rising(low: object, high: object) -> None:
    """Refuse ends of a scale that do not rise."""
    if not (is_number(low) and is_number(high) and low < high):
        raise ValueError(f"low, high: {low}, {high} is not allowed; expected low below high")


def not_negative(name: str, value: object) -> None:
    """Refuse what is no number of 0 or more."""
    if not (is_number(value) and value >= 0):
        raise ValueError(f"{name}: {value!r} is not allowed; expected a number of 0 or more")


def percent(name: str, value: object, *, zero: bool = False) -> None:
    """Refuse what is no percentage of a whole."""
    if is_number(value) and (0 < value <= 100 or (zero and value == 0)):
        return
    expected = "percent from 0 to 100" if zero else "percent above 0 to 100"
    raise ValueError(f"{name}: {value!r} is not allowed; expected {expected}")


def read_directions(direction: Row | None, table: Table) -> FloatArray:
    """Return 1 or -1 for each column."""
    if direction is None:
        return np.ones(len(table.parts))
    signs = by_indicator("direction", direction, table)
    one_row = Table("direction", signs[np.newaxis], table.rows, table.parts, 1, True)
    refuse(one_row, np.abs(one_row.cells) != 1, "1 (higher is better) or -1 (lower is better)")
    return signs


def read_scores(name: str, scores: pd.Series[Any]) -> Table:
    """Read one score a row, as a matrix of one column."""
    if not isinstance(scores, pd.Series):
        raise ValueError(f"{name}: {type(scores).__name__} is not allowed; expected a Series")
    return read_rows(name, scores.to_frame(name))
