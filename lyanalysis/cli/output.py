"""How commands answer: a table for readers, JSON or CSV for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lyanalysis.errors import ParameterError, PublishError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from matplotlib.figure import Figure

GAP = 2
"""Blanks between columns."""
METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""Formats of a chart, and what matplotlib must leave out for two runs to give the same bytes."""


class Column(NamedTuple):
    """A column of a table for readers.

    Attributes
    ----------
    heading : str
        What stands above it.
    cells : sequence of str
        One text a row.
    right : bool
        Set to the right, as numbers are.
    narrow : bool
        Never broken over lines.
    below : bool
        Stands under the cell to its left where the terminal has no room beside it.
    """

    heading: str
    cells: Sequence[str]
    right: bool = False
    narrow: bool = False
    below: bool = False


def choose_format(*, as_json: bool, as_csv: bool) -> str:
    """Return ``"json"``, ``"csv"`` or ``"text"``; refuse both at once."""
    if as_json and as_csv:
        raise ParameterError(
            "--json and --csv exclude each other; give one", name="--csv", value=""
        )
    return "json" if as_json else "csv" if as_csv else "text"


def write(table: pd.DataFrame, form: str, columns: Callable[[], list[Column]]) -> None:
    """Write a table to standard output.

    Parameters
    ----------
    table : DataFrame
        All records, all columns, codes and numbers as they are.
    form : {"json", "csv", "text"}
        Records for programs, or a table for readers.
    columns : callable
        Returns the columns a reader is shown; called for text alone.
    """
    if form == "json":
        # Not DataFrame.to_json, which cuts numbers to a fixed count of decimals.
        cells = table.astype(object).where(table.notna(), None)
        print(json.dumps(cells.to_dict(orient="records"), ensure_ascii=False, indent=1))
    elif form == "csv":
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    else:
        show(columns())


def write_records(records: DataclassInstance | Sequence[DataclassInstance]) -> None:
    """Write one record, or several, to standard output as JSON."""
    found = [asdict(one) for one in records] if isinstance(records, Sequence) else asdict(records)
    print(json.dumps(found, ensure_ascii=False, indent=1))


def show_lines(lines: Iterable[str]) -> None:
    """Print lines, on a terminal wrapped to its width under their own beginning."""
    console = Console() if sys.stdout.isatty() else None
    for line in lines:
        if console is None:
            print(line)
            continue
        indent = line[: len(line) - len(line.lstrip())]
        wrapped = _wrapped(line.strip(), console.width - len(indent), console)
        print("\n".join(f"{indent}{part}" for part in wrapped.splitlines()))


def show(columns: list[Column]) -> None:
    """Print a table: ruled and wrapped on a terminal; elsewhere plain, one line a row."""
    if sys.stdout.isatty():
        _show_ruled(columns)
    else:
        _show_plain(columns)


def _show_ruled(columns: list[Column]) -> None:
    console = Console()
    if sum(_width(column) + GAP for column in columns) > console.width:
        columns = _stacked(columns, console)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, GAP - 1, 0, 0), pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(
            Text(column.heading),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=column.narrow,
        )
    for row in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _width(column: Column) -> int:
    texts = (*column.heading.split("\n"), *column.cells)
    return max(map(cell_len, texts))


def _stacked(columns: list[Column], console: Console) -> list[Column]:
    """Put the columns that may stand below under the one to their left."""
    stacked: list[Column] = []
    for column in columns:
        if not column.below:
            stacked.append(column)
            continue
        upper = stacked.pop()
        lower = list(column.cells)
        if upper.narrow and not column.narrow:
            # An identifier stays in one piece; what stands below it wraps to its width.
            lower = [_wrapped(cell, _width(upper), console) for cell in lower]
        pairs = zip(upper.cells, lower, strict=True)
        cells = ["\n".join(filter(None, pair)) for pair in pairs]
        stacked.append(upper._replace(heading=f"{upper.heading}\n{column.heading}", cells=cells))
    return stacked


def _wrapped(text: str, width: int, console: Console) -> str:
    lines = Text(text).wrap(console, width, overflow="fold")
    return "\n".join(line.plain.rstrip() for line in lines)


def _show_plain(columns: list[Column]) -> None:
    columns = [column._replace(heading=column.heading.replace("\n", " ")) for column in columns]
    widths = [_width(column) for column in columns]
    lines = [[column.heading for column in columns]]
    lines += [list(row) for row in zip(*(column.cells for column in columns), strict=True)]
    for line in lines:
        cells = []
        for cell, width, column in zip(line, widths, columns, strict=True):
            blank = " " * (width - cell_len(cell))
            cells.append(blank + cell if column.right else cell + blank)
        print((" " * GAP).join(cells).rstrip())


def exact(value: float) -> str:
    """Write a number with all its digits, but without the noise of binary arithmetic.

    Examples
    --------
    >>> exact(4640.7821), exact(12.0), exact(float("nan"))
    ('4640.7821', '12', '')
    """
    return "" if pd.isna(value) else f"{value:.12g}"


def years_in_words(counts: pd.Series) -> str:
    """Name the years with a figure as ranges.

    Examples
    --------
    >>> years_in_words(pd.Series([1, 2, 0, 1], index=[2020, 2021, 2022, 2023]))
    '2020–2021, 2023'
    """
    ranges: list[list[int]] = []
    for year in counts.index[counts > 0]:
        if ranges and ranges[-1][1] == year - 1:
            ranges[-1][1] = year
        else:
            ranges.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)


def save(figure: Figure, file: Path) -> None:
    """Save a chart in the format its name ends with; the same data give the same bytes.

    Raises
    ------
    ParameterError
        If the name ends otherwise.
    PublishError
        If the file cannot be written.
    """
    form = file.suffix.removeprefix(".").lower()
    if form not in METADATA:
        raise ParameterError(
            f"--chart {str(file)!r} must end with .svg, .png or .pdf", name="--chart", value=file
        )
    try:
        # The hash salt of SVG identifiers is read while saving.
        from matplotlib import rc_context

        from lyanalysis.charts.style import STYLE

        with rc_context(STYLE):
            figure.savefig(file, format=form, metadata=METADATA[form], dpi=200)
    except OSError as error:
        raise PublishError(
            f"{file}: cannot be written: {error.strerror}; name a file in a folder of yours",
            folder=file.parent,
        ) from error
