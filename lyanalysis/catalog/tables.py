"""The data package as files: where it lies, and the one place where its tables are opened."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from lyanalysis.errors import DataError

DESCRIPTOR = "datapackage.json"
READ_LOG = "LYANALYSIS_READ_LOG"
"""Environment variable: a file that gets one JSON line, name and hash, for every table read."""


class Version(NamedTuple):
    """A state of one data file; what is computed from it may be kept as long as it is equal."""

    folder: Path
    name: str
    modified: int
    size: int
    log: str


def shipped(name: str) -> Path:
    """Return a folder that comes with the library.

    Parameters
    ----------
    name : str
        ``"data"`` or ``"notebooks"``.

    Returns
    -------
    Path
        The folder inside the installed package, or beside the package in a checkout.

    Raises
    ------
    DataError
        If it is in neither place.

    Examples
    --------
    >>> (shipped("data") / "datapackage.json").is_file()
    True
    """
    package = Path(str(resources.files("lyanalysis")))
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise DataError(f"folder {name!r} is missing from the installation; reinstall", table=name)


def version(name: str, data: Path | None = None) -> Version:
    """Return the state of a data file, to compute from it once as long as it does not change.

    Parameters
    ----------
    name : str
        File inside the data package, for example ``"regions.csv"``.
    data : Path, optional
        Folder of a data package.

    Returns
    -------
    Version
        Equal as long as the file is untouched and the log of reads is the same.

    Raises
    ------
    DataError
        If there is no such file.
    """
    folder = shipped("data") if data is None else Path(data)
    try:
        status = (folder / name).stat()
    except OSError as error:
        raise DataError(
            f"{name}: not found in {folder}; every data package has this table, restore it",
            table=name,
        ) from error
    return Version(folder, name, status.st_mtime_ns, status.st_size, os.environ.get(READ_LOG, ""))


def list_tables(subfolder: str, data: Path | None = None) -> tuple[str, ...]:
    """Return the CSV files of one folder of a data package, in alphabetical order.

    Files named in ``datapackage.json`` are listed even where they are missing, so that whoever
    reads them says so.

    Examples
    --------
    >>> list_tables("observations")
    ('observations/accounts.csv', 'observations/industry.csv')
    """
    folder = shipped("data") if data is None else Path(data)
    names = {f"{subfolder}/{path.name}" for path in (folder / subfolder).glob("*.csv")}
    if (folder / DESCRIPTOR).is_file():
        names |= {path for path in _described(folder) if path.startswith(f"{subfolder}/")}
    found = tuple(sorted(names))
    if not found:
        raise DataError(
            f"{subfolder}/: no CSV file in {folder}; a data package has at least one, restore it",
            table=subfolder,
        )
    return found


def _described(folder: Path) -> list[str]:
    """Return the paths of all tables that the descriptor of a data package lists."""
    try:
        contents = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        return [str(entry["path"]) for entry in contents["resources"]]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise DataError(
            f"{DESCRIPTOR}: does not list the tables of the data package ({error}); restore it",
            table=DESCRIPTOR,
        ) from error


def read_table(name: str, *, columns: Sequence[str], data: Path | None = None) -> pd.DataFrame:
    """Read one table of a data package as text.

    Parameters
    ----------
    name : str
        File inside the data package.
    columns : sequence of str
        Columns to return; all must be there.
    data : Path, optional
        Folder of a data package.

    Returns
    -------
    DataFrame of str
        One row a record, nothing converted; an empty cell is an empty string. The index is the
        row in the file, the header being row 1.

    Raises
    ------
    DataError
        If the file is missing, is not UTF-8, lacks a column or has a row of the wrong length.

    Examples
    --------
    >>> read_table("units.csv", columns=["unit", "factor"]).loc[3].tolist()
    ['万元', '0.0001']
    """
    return read_version(version(name, data), tuple(columns)).copy()


@cache
def read_version(file: Version, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a table as :func:`read_table` does, shared between callers that never change it."""
    raw = _raw(file)
    records = _records(file.name, raw)
    if not records:
        raise DataError(
            f"{file.name}: the file is empty; expected is a header with {','.join(columns)}, and "
            "rows: restore it",
            table=file.name,
        )
    header, body = records[0], records[1:]
    for column in columns:
        if header.count(column) != 1:
            raise DataError(
                f"{file.name}: column {column!r} must occur once in the header, which is "
                f"{','.join(header)!r}; expected are {','.join(columns)}: correct the header",
                table=file.name,
                column=column,
            )
    for row, record in enumerate(body, start=2):
        if len(record) != len(header):
            raise DataError(
                f"{file.name}, row {row}: {len(record)} cells where the header has {len(header)}; "
                "a value with a comma must be in double quotes",
                table=file.name,
                row=row,
            )
    if file.log:
        _note_read(file, raw)
    rows = pd.RangeIndex(2, len(body) + 2, name="row")
    return pd.DataFrame(body, columns=header, index=rows, dtype=str)[list(columns)]


def _raw(file: Version) -> bytes:
    try:
        return (file.folder / file.name).read_bytes()
    except OSError as error:
        raise DataError(
            f"{file.name}: cannot be read from {file.folder}: {error.strerror}; allow reading it",
            table=file.name,
        ) from error


def _records(name: str, raw: bytes) -> list[list[str]]:
    try:
        text = raw.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{name}, row {row}: not UTF-8 text (perhaps GBK); save the file as 'CSV UTF-8'",
            table=name,
            row=row,
        ) from error
    except csv.Error as error:
        raise DataError(
            f"{name}: not a CSV table ({error}); check the quotes", table=name
        ) from error


def _note_read(file: Version, raw: bytes) -> None:
    line = json.dumps({"file": file.name, "sha256": hashlib.sha256(raw).hexdigest()})
    with Path(file.log).open("a", encoding="utf-8") as log:
        log.write(line + "\n")
