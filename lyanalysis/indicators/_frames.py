"""How an indicator reads its numbers: one inner shape, and refusals that name the cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from numbers import Real
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
Row: TypeAlias = "pd.Series[Any] | Sequence[float] | FloatArray"
Numbers: TypeAlias = "float | Row | pd.DataFrame"

_INFINITY = np.array(np.inf).view(np.uint64)
_SHAPES = ("one number", "one row of numbers", "a DataFrame")


class Table(NamedTuple):
    """Numbers as a matrix of rows by parts, with all that is needed to name a cell.

    Attributes
    ----------
    name : str
        The argument the numbers came in by.
    cells : array of float, rows x parts
        A single number is a 1 x 1 matrix, a 1-D sequence is one row.
    rows, parts : pandas.Index
        Labels; a 1-D sequence has its labels in `parts`.
    dimensions : int
        0 for a number, 1 for a sequence, 2 for a DataFrame.
    labelled : bool
        False for lists and arrays, which are matched by position.
    """

    name: str
    cells: FloatArray
    rows: pd.Index[Any]
    parts: pd.Index[Any]
    dimensions: int
    labelled: bool


class Rule(NamedTuple):
    """What the numbers of an argument must be.

    Attributes
    ----------
    usual : callable
        Says quickly that all numbers are right; False leaves it open, as where some are missing.
    wrong : callable
        Marks the finite numbers that are not allowed.
    expected : str
        What is allowed, for the message.
    """

    usual: Callable[[FloatArray], bool]
    wrong: Callable[[FloatArray], BoolArray]
    expected: str


def _all_finite(cells: FloatArray) -> bool:
    # A sum of squares is finite only where every number is: one pass instead of two. Unlike other
    # sums, this one overflows without a warning.
    flat = cells.ravel("K")
    return bool(np.einsum("i,i->", flat, flat) < np.inf)


def _all_levels(cells: FloatArray) -> bool:
    # Read as whole numbers, the bits of all that is negative, infinite or missing are larger than
    # those of any finite level: one pass instead of three.
    return cells.size == 0 or bool(cells.view(np.uint64).max() < _INFINITY)


def _all_above(least: float) -> Callable[[FloatArray], bool]:
    def usual(cells: FloatArray) -> bool:
        return cells.size == 0 or bool(cells.min() > least and cells.max() < np.inf)

    return usual


NUMBERS = Rule(_all_finite, np.isinf, "a finite number, or NaN where the value is missing")
LEVELS = Rule(_all_levels, lambda cells: cells < 0, "a value of 0 or more")
SHARES = Rule(
    lambda cells: cells.size == 0 or bool(cells.min() >= 0 and cells.max() <= 100),
    lambda cells: (cells < 0) | (cells > 100),
    "a share between 0 and 100 percent",
)
GROWTH = Rule(_all_above(-100), lambda cells: cells <= -100, "a growth rate above -100 percent")
VANISHING = Rule(
    _all_above(-100), lambda cells: cells < -100, "a growth rate of -100 percent or more"
)


def allowed(cells: FloatArray, rule: Rule) -> bool:
    """Look at each number: what is missing is allowed by every rule, what is infinite by none."""
    return not (np.isinf(cells).any() or rule.wrong(cells).any())


def check(table: Table, rule: Rule) -> Table:
    """Refuse the first number that a rule does not allow; return the table."""
    if not rule.usual(table.cells):
        refuse(table, np.isinf(table.cells), NUMBERS.expected)
        refuse(table, rule.wrong(table.cells), rule.expected)
    return table


def read(name: str, numbers: Numbers) -> Table:
    """Read an argument; refuse text, infinite values, repeated labels and odd shapes."""
    return check(unchecked(name, numbers), NUMBERS)


def unchecked(name: str, numbers: Numbers) -> Table:
    """Bring an argument to the inner shape; its numbers are still to be checked."""
    if isinstance(numbers, pd.DataFrame):
        frame, dimensions, labelled = numbers, 2, True
    elif np.ndim(numbers) < 2:
        # As a column: a frame of one row would look at the type of every number.
        labelled = isinstance(numbers, pd.Series)
        frame = pd.DataFrame(numbers if isinstance(numbers, pd.Series) else np.atleast_1d(numbers))
        dimensions = np.ndim(numbers)
    else:
        raise ValueError(f"{name}: more than one row needs labels; give a DataFrame")
    rows: pd.Index[Any] = frame.index if dimensions == 2 else pd.RangeIndex(1)
    parts: pd.Index[Any] = frame.columns if dimensions == 2 else frame.index
    if not len(parts):
        raise ValueError(f"{name}: holds no parts; give at least one column")
    for kind, labels in (("row", rows), ("column", parts)):
        if not labels.is_unique:
            label = _label(labels, int(np.argmax(labels.duplicated())))
            raise ValueError(
                f"{name}: label {label} occurs more than once among the {kind}s; "
                "keep each label once"
            )
    bare = Table(name, np.empty((0, 0)), rows, parts, dimensions, labelled)
    return bare._replace(cells=_floats(bare, frame))


def _floats(table: Table, frame: pd.DataFrame) -> FloatArray:
    """Convert to float, rows x parts; text is refused even where it looks like a number."""
    plain = frame.to_numpy()
    if plain.dtype.kind in "iuf":
        # One type for all columns: the numbers themselves, seldom a copy of them.
        known = plain.astype(np.float64, copy=False)
        return known if table.dimensions == 2 else known.T
    if all(dtype.kind in "iuf" for dtype in set(frame.dtypes)):
        known = frame.to_numpy(dtype=np.float64, na_value=np.nan)
        return known if table.dimensions == 2 else known.T
    cells, missing = frame.to_numpy(dtype=object, copy=True), frame.isna().to_numpy()
    wrong = ~(frame.map(_is_number).to_numpy(dtype=bool) | missing)
    if table.dimensions < 2:
        cells, missing, wrong = cells.T, missing.T, wrong.T
    expected = "a number, or NaN where the value is missing"
    refuse(table._replace(cells=cells), wrong, expected)
    cells[missing] = np.nan
    return cells.astype(np.float64)


def _is_number(cell: object) -> bool:
    return isinstance(cell, Real) and not isinstance(cell, (bool, np.bool_))


def _label(labels: pd.Index[Any], position: int) -> str:
    """Return a label as Python would write it, not as ``np.int64(2025)``."""
    return repr(labels[position : position + 1].tolist()[0])


def refuse(table: Table, wrong: BoolArray, expected: str) -> None:
    """Raise ValueError for the first cell marked wrong, naming argument, row and column."""
    if not wrong.any():
        return
    row, part = (int(position) for position in np.argwhere(wrong)[0])
    place = (
        "",
        f" at {_label(table.parts, part)}",
        f" at row {_label(table.rows, row)}, column {_label(table.parts, part)}",
    )[table.dimensions]
    value = table.cells[row, part]
    shown = str(value) if _is_number(value) else repr(value)
    raise ValueError(f"{table.name}: {shown}{place} is not allowed; expected {expected}")


def read_levels(name: str, numbers: Numbers) -> Table:
    """Read levels or shares on any common scale: nothing negative."""
    return check(unchecked(name, numbers), LEVELS)


def read_shares(name: str, numbers: Numbers) -> Table:
    """Read published shares in percent of a total."""
    return check(unchecked(name, numbers), SHARES)


def read_growth(name: str, numbers: Numbers, *, vanishing: bool = False) -> Table:
    """Read growth rates in percent; -100 is allowed only where a part may vanish."""
    return check(unchecked(name, numbers), VANISHING if vanishing else GROWTH)


def read_parts(table: Table) -> Table:
    """Refuse a single number where a row of parts is needed."""
    if table.dimensions == 0:
        raise ValueError(f"{table.name}: one number has no parts; give a row or a DataFrame")
    return table


def aligned(*tables: Table) -> tuple[Table, ...]:
    """Bring tables to the labels and order of the first; lists are matched by position."""
    first = next((table for table in tables if table.labelled), tables[0])
    return tuple(_like(table, first) for table in tables)


def _like(table: Table, first: Table) -> Table:
    if table.dimensions != first.dimensions:
        raise ValueError(
            f"{table.name}: {_SHAPES[table.dimensions]}, but {first.name} is "
            f"{_SHAPES[first.dimensions]}; give both in the same shape"
        )
    if table.parts.equals(first.parts) and table.rows.equals(first.rows):
        return table._replace(rows=first.rows, parts=first.parts)
    if table.dimensions < 2:
        order = _order(table, table.parts, first.name, first.parts, "label")
        return table._replace(cells=table.cells[:, order], rows=first.rows, parts=first.parts)
    rows = _order(table, table.rows, first.name, first.rows, "row")
    parts = _order(table, table.parts, first.name, first.parts, "column")
    cells = table.cells
    if not (_in_place(rows) and _in_place(parts)):
        cells = cells[np.ix_(rows, parts)]
    return table._replace(cells=cells, rows=first.rows, parts=first.parts)


def _order(
    table: Table, labels: pd.Index[Any], other: str, wanted: pd.Index[Any], kind: str
) -> npt.NDArray[np.intp]:
    """Return positions that bring `labels` into the order of `wanted`; refuse other labels."""
    if not table.labelled:
        if len(labels) != len(wanted):
            raise ValueError(
                f"{table.name}: holds {len(labels)} values where {other} holds {len(wanted)}"
            )
        return np.arange(len(wanted))
    if labels.equals(wanted):
        return np.arange(len(wanted))
    order = wanted.get_indexer(labels)
    if (order < 0).any():
        label = _label(labels, int(np.argmax(order < 0)))
        raise ValueError(f"{table.name}: {kind} {label} is not in {other}; give the same {kind}s")
    order = labels.get_indexer(wanted)
    if (order < 0).any():
        label = _label(wanted, int(np.argmax(order < 0)))
        raise ValueError(f"{table.name}: {kind} {label} of {other} is missing; add it as NaN")
    return order


def _in_place(order: npt.NDArray[np.intp]) -> bool:
    return bool((order == np.arange(len(order))).all())


def per_row(totals: Table, parts: Table, *, elementwise: bool = False) -> FloatArray:
    """Return one figure a row of `parts`, ready to broadcast over the parts.

    One number serves every row. With `elementwise`, a sequence beside a sequence is matched
    value by value, as for one part over years.
    """
    if totals.dimensions == 0:
        return totals.cells
    if totals.dimensions == 1 and parts.dimensions == 2:
        order = _order(totals, totals.parts, parts.name, parts.rows, "row")
        return totals.cells[:, order].T
    if totals.dimensions == 1 and parts.dimensions == 1 and elementwise:
        return _like(totals, parts).cells
    expected = "one number" if parts.dimensions < 2 else "one number, or one for each row"
    raise ValueError(
        f"{totals.name}: {_SHAPES[totals.dimensions]} beside {_SHAPES[parts.dimensions]} in "
        f"{parts.name}; expected {expected}"
    )


def divide(
    numerator: FloatArray, denominator: FloatArray, *, out: FloatArray | None = None
) -> FloatArray:
    """Divide; a zero denominator gives NaN, never infinity and never a warning."""
    # The lowest is found in half the time that it takes to look for a zero.
    if (denominator.size and denominator.min() > 0) or denominator.all():
        plain: FloatArray = np.divide(numerator, denominator, out=out)
        return plain
    quotient = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator != 0)
    if out is None:
        return quotient
    out[...] = quotient
    return out


def by_cell(values: FloatArray, like: Table) -> Any:
    """Give a matrix back in the shape it came in: number, Series or DataFrame."""
    if like.dimensions == 0:
        return float(values[0, 0])
    if like.dimensions == 1:
        return pd.Series(values[0], index=like.parts)
    return pd.DataFrame(values, index=like.rows, columns=like.parts, copy=False)


def by_cells(
    formula: Callable[..., object],
    *arguments: tuple[Table, Rule],
    beside: tuple[FloatArray, ...] = (),
) -> Any:
    """Check arguments of one shape and apply a formula to each cell.

    Parameters
    ----------
    formula : callable
        Takes the cells of the arguments, then those of `beside`, then ``out``, an array to fill:
        a second array as large as the input would take longer than the formula.
    *arguments : pairs of Table and Rule
        Tables of one shape, with labels matched.
    beside : tuple of array of float, keyword-only
        Checked figures by row (rows x 1), by cell, or one for all (1 x 1).

    Returns
    -------
    float, Series or DataFrame
        In the shape of the first argument.
    """
    first = arguments[0][0]
    cells = [check(table, rule).cells for table, rule in arguments]
    result = np.empty_like(first.cells)
    formula(*cells, *beside, out=result)
    return by_cell(result, first)


def by_row(values: FloatArray, like: Table) -> Any:
    """Give one figure a row back: a number for one row, a Series for a DataFrame."""
    return float(values[0]) if like.dimensions < 2 else pd.Series(values, index=like.rows)


def by_column(names: pd.Index[Any], figures: Sequence[FloatArray], like: Table) -> Any:
    """Give several figures a row back: a Series for one row, a DataFrame for many."""
    columns = np.empty((len(names), len(like.cells)))
    for column, figure in zip(columns, figures, strict=True):
        column[...] = figure
    # Names that are an Index already, and one array: a mapping takes ten times as long.
    result = pd.DataFrame(columns.T, index=like.rows, columns=names, copy=False)
    return result if like.dimensions == 2 else result.iloc[0].rename(None)


def flags(*conditions: tuple[npt.ArrayLike, str]) -> npt.NDArray[np.object_]:
    """Return the names of the conditions that hold, joined by ";", "" where none does."""
    text = np.full(np.shape(conditions[0][0]), "", dtype=object)
    for holds, name in conditions:
        if not np.any(holds):
            continue
        text = np.where(holds, np.where(text == "", name, text + ";" + name), text)
    return text


def read_pair(start: Row | pd.DataFrame, end: Row | pd.DataFrame) -> tuple[Table, Table]:
    """Read the structures of two years, labels matched."""
    first, last = aligned(
        read_parts(read_levels("start", start)), read_parts(read_levels("end", end))
    )
    return first, last


def pair_unchecked(start: Row | pd.DataFrame, end: Row | pd.DataFrame) -> tuple[Table, Table]:
    """Read the structures of two years; their numbers, levels, are still to be checked."""
    first, last = aligned(read_parts(unchecked("start", start)), read_parts(unchecked("end", end)))
    return first, last


def percentages(levels: FloatArray) -> FloatArray:
    """Bring every row to a sum of 100; a row that sums to zero is NaN."""
    hundredfold = 100 * levels
    return divide(hundredfold, np.sum(levels, axis=1, keepdims=True), out=hundredfold)


def fractions(levels: FloatArray) -> FloatArray:
    """Bring every row to a sum of 1; a row that sums to zero is NaN."""
    return divide(levels, np.sum(levels, axis=1, keepdims=True))
