"""The one place where tables of data are opened: each is read as text from all of its layers."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.catalog.folders import (
    DESCRIPTOR,
    OWN,
    Layer,
    check_own_folder,
    describe,
    described_tables,
    layers,
)
from lyanalysis.catalog.texts import check_text
from lyanalysis.errors import DataError, quoted

READ_LOG = "LYANALYSIS_READ_LOG"
"""Environment variable: a file that gets one JSON line, name and hash, for every table read."""
FOLDER_TABLE = "observations/"
"""The folder whose files are one table."""
PLACE = ["file", "row"]
"""Names of the index of every table read: the file, and the row in it."""


class State(NamedTuple):
    """A state of one file: where it lies, what it is called in messages, when it was changed."""

    path: str
    label: str
    own: bool
    modified: int
    size: int


class Version(NamedTuple):
    """A state of one table; what is computed from it may be kept as long as it is equal."""

    name: str
    files: tuple[State, ...]
    own: Path | None


_NOTED: set[tuple[str, State]] = set()
"""What this process has noted, with the log it stands in."""


def version(name: str, data: Path | None = None) -> Version:
    """Return the state of a table, to compute from it once as long as it does not change.

    Parameters
    ----------
    name : str
        Table inside the data package, for example ``"regions.csv"``; a name that ends in ``/`` is
        a folder whose files are one table.
    data : Path, optional
        Folder of data of the user's own; see :func:`own_data`.

    Returns
    -------
    Version
        Equal as long as the files of all layers are untouched. Whoever asks for it reads the table
        or uses what was read: the log of reads, if there is one, gets its files.

    Raises
    ------
    DataError
        If there is no such table.

    Examples
    --------
    >>> [file.label for file in version("regions.csv").files]
    ['regions.csv']
    """
    found = layers(data)
    names = _file_names(name, found)
    states = [state for layer in found for file in names if (state := _state(layer, file))]
    present = {state.label for state in states}
    for file in names:
        if not {f"{layer.mark}{file}" for layer in found} & present:
            raise DataError(
                f"{file}: not found in {found[0].folder}; every data package has this table, "
                "restore it",
                table=file,
            )
    own = next((layer.folder for layer in found if layer.mark), None)
    log = os.environ.get(READ_LOG)
    if log:
        _note_reads(states, log)
    return Version(name, tuple(states), own)


def table_hashes(file: str, data: Path | None = None) -> dict[str, str]:
    """Return the files of the table that a file belongs to, as they are now.

    Parameters
    ----------
    file : str
        As the log of reads names it: relative to its data folder, own files beginning with
        ``own/``.
    data : Path, optional
        Folder of data of the user's own; see :func:`own_data`.

    Returns
    -------
    dict of str to str
        File to SHA-256, the files of all layers.

    Raises
    ------
    DataError
        If there is no such table any more.

    Examples
    --------
    >>> list(table_hashes("regions.csv"))
    ['regions.csv']
    """
    name = file.removeprefix(OWN)
    table = FOLDER_TABLE if name.startswith(FOLDER_TABLE) else name
    return {state.label: _hash(state) for state in version(table, data).files}


def _file_names(name: str, found: tuple[Layer, ...]) -> tuple[str, ...]:
    """Return the files of a table; those that a descriptor names even where they are missing."""
    if not name.endswith("/"):
        return (name,)
    names = {
        f"{name}{path.name}" for layer in found for path in (layer.folder / name).glob("*.csv")
    }
    if (found[0].folder / DESCRIPTOR).is_file():
        names |= {path for path in described_tables(found[0].folder) if path.startswith(name)}
    if not names:
        raise DataError(
            f"{name}: no CSV file in {found[0].folder}; a data package has at least one, restore "
            "it",
            table=name.removesuffix("/"),
        )
    return tuple(sorted(names))


def _present(folder: Path, subfolder: str) -> list[str]:
    return sorted(f"{subfolder}{path.name}" for path in (folder / subfolder).glob("*.csv"))


def _state(layer: Layer, name: str) -> State | None:
    path = layer.folder / name
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    label, own = f"{layer.mark}{name}", bool(layer.mark)
    return State(str(path), label, own, status.st_mtime_ns, status.st_size)


def read_table(name: str, *, columns: Sequence[str], data: Path | None = None) -> pd.DataFrame:
    """Read one table as text: the rows of the shipped package, then those of the user's own.

    Parameters
    ----------
    name : str
        Table inside the data package; a name that ends in ``/`` is a folder whose files are one
        table.
    columns : sequence of str
        Columns to return; all must be there.
    data : Path, optional
        Folder of data of the user's own; see :func:`own_data`.

    Returns
    -------
    DataFrame of str
        One row a record, nothing converted; an empty cell is an empty string. The index ``(file,
        row)`` is where a record stands, the header being row 1; files of a layered folder begin
        with ``own/``. Own rows that the shipped table has already are left out.

    Raises
    ------
    DataError
        If a file is missing, is not UTF-8, lacks a column or has a row of the wrong length; if a
        table of the user's own has a column the shipped one has not, or a row that differs from
        the shipped row of the same key.

    Examples
    --------
    >>> read_table("units.csv", columns=["unit", "factor"]).loc[("units.csv", 3)].tolist()
    ['万元', '0.0001']
    """
    return read_version(version(name, data), tuple(columns)).copy()


@cache
def read_version(table: Version, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a table as :func:`read_table` does, shared between callers that never change it."""
    if table.own is not None:
        check_own_folder(table.own)
    own = [file for file in table.files if file.own]
    if not own:
        return _stack({file: _read(file, columns) for file in table.files})
    known = describe(table.name)
    wanted = tuple(dict.fromkeys([*columns, *known.columns]))
    lower = {file: _read(file, wanted) for file in table.files if not file.own}
    added = _stack({file: _read(file, wanted, closed=True) for file in own})
    if lower:
        published = _stack(lower)
        added = pd.concat([published, _without_repeats(published, added, known.key or wanted)])
    return added[list(columns)]


def _stack(bodies: Mapping[State, pd.DataFrame]) -> pd.DataFrame:
    """Put files below one another, each row under its file and its row in it."""
    stacked = pd.concat(bodies.values(), ignore_index=True)
    lengths = [len(body) for body in bodies.values()]
    files = np.repeat([file.label for file in bodies], lengths)
    rows = np.concatenate([np.arange(2, length + 2) for length in lengths])
    return stacked.set_axis(pd.MultiIndex.from_arrays([files, rows], names=PLACE))


def _without_repeats(
    shipped: pd.DataFrame, own: pd.DataFrame, key: tuple[str, ...]
) -> pd.DataFrame:
    """Leave out own rows that are shipped already; refuse one that says something else."""
    first = shipped.drop_duplicates(list(key))
    places = pd.MultiIndex.from_frame(first[list(key)]).get_indexer(
        pd.MultiIndex.from_frame(own[list(key)])
    )
    known = places >= 0
    there, here = first.iloc[places[known]], own[known]
    differs = pd.DataFrame(there.to_numpy() != here.to_numpy(), here.index, here.columns)
    for position in np.flatnonzero(differs.any(axis=1))[:1].tolist():
        (file, row), (other_file, other_row) = here.index[position], there.index[position]
        column = str(differs.columns[differs.iloc[position]][0])
        shown, other = here.iloc[position][column], there.iloc[position][column]
        named = ", ".join(here.iloc[position][list(key)])
        raise DataError(
            f"{file}, row {row}, column {column}: {quoted(shown)} for {named}, but {other_file}, "
            f"row {other_row}, has {quoted(other)}; what is shipped is never "
            "replaced: leave the row out, or give it a name or source of your own",
            table=str(file),
            row=row,
            column=column,
        )
    return own[~known]


def _read(file: State, columns: tuple[str, ...], *, closed: bool = False) -> pd.DataFrame:
    """Read one file; a closed table may have no other columns than those."""
    raw = _raw(file)
    text = _decode(file.label, raw)
    check_text(file.label, text)
    widths = _widths(file.label, text)
    if not widths:
        raise DataError(
            f"{file.label}: the file is empty; expected is a header with {','.join(columns)}, and "
            "rows: restore it",
            table=file.label,
        )
    header = next(csv.reader(io.StringIO(text, newline=""), strict=True))
    _check_header(file.label, header, columns, closed)
    if len(set(widths)) > 1:
        row = next(row for row, width in enumerate(widths, start=1) if width != widths[0])
        raise DataError(
            f"{file.label}, row {row}: {widths[row - 1]} cells where the header has {widths[0]}; "
            "a value with a comma must be in double quotes",
            table=file.label,
            row=row,
        )
    body = pd.read_csv(
        io.StringIO(text),
        usecols=[header.index(column) for column in columns],
        dtype=str,
        na_filter=False,
        skip_blank_lines=False,
    )
    return body[list(columns)]


@cache
def _raw(file: State) -> bytes:
    try:
        return Path(file.path).read_bytes()
    except OSError as error:
        raise DataError(
            f"{file.label}: cannot be read from {Path(file.path).parent}: {error.strerror}; allow "
            "reading it",
            table=file.label,
        ) from error


def _decode(name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{name}, row {row}: not UTF-8 text (perhaps GBK); save the file as 'CSV UTF-8'",
            table=name,
            row=row,
        ) from error


def _widths(name: str, text: str) -> list[int]:
    """Return how many cells every record has, the header included."""
    if '"' not in text:  # where nothing is quoted commas can be counted, four times as fast
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        return [1 + commas for commas in map(str.count, lines, repeat(","))] if text else []
    try:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        widths = []
        for row in rows:
            widths.append(len(row))
            if rows.line_num > len(widths):
                raise DataError(
                    f"{name}, row {len(widths)}: a cell has a line break in it; put a blank there",
                    table=name,
                    row=len(widths),
                )
        return widths
    except csv.Error as error:
        raise DataError(
            f"{name}: not a CSV table ({error}); check the quotes", table=name
        ) from error


def _check_header(name: str, header: list[str], columns: tuple[str, ...], closed: bool) -> None:
    shown = ",".join(header)
    for column in columns:
        if header.count(column) != 1:
            raise DataError(
                f"{name}: column {column!r} must occur once in the header, which is {shown!r}; "
                f"expected are {','.join(columns)}: correct the header",
                table=name,
                column=column,
            )
    for column in header if closed else ():
        if column not in columns:
            raise DataError(
                f"{name}: column {quoted(column)} is not a column of this table; expected are "
                f"{','.join(columns)}: correct the header, and put remarks into a note",
                table=name,
                column=column,
            )


@cache
def _hash(file: State) -> str:
    return hashlib.sha256(_raw(file)).hexdigest()


def _note_reads(files: Sequence[State], log: str) -> None:
    """Note files once for each log: a forked process inherits what was read for another."""
    fresh = [file for file in files if (log, file) not in _NOTED]
    if not fresh:
        return
    lines = [json.dumps({"file": file.label, "sha256": _hash(file)}) + "\n" for file in fresh]
    with Path(log).open("a", encoding="utf-8") as noted:
        noted.write("".join(lines))
    _NOTED.update((log, file) for file in fresh)


def refuse(table: pd.DataFrame, wrong: pd.Series, *, column: str, expected: str) -> None:
    """Raise a DataError for the first row of a table that breaks a rule.

    Parameters
    ----------
    table : DataFrame
        As :func:`read_table` returns it.
    wrong : Series of bool
        True for rows that break the rule.
    column : str
        The column that breaks it.
    expected : str
        What was expected and what to do; it follows the value in the message.

    Raises
    ------
    DataError
        If any row is marked; it names file, row, column and value.
    """
    if not wrong.any():
        return
    for (file, row), shown in table.loc[wrong, column].items():
        id = str(table.loc[(file, row), "variable"]) if "variable" in table else None
        raise DataError(
            f"{file}, row {row}, column {column}: {quoted(shown)} {expected}",
            table=str(file),
            variable=id,
            row=row,
            column=column,
        )
