"""Where data lie: the package shipped with the library, and a folder of the user's own over it."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from lyanalysis.errors import DataError, quoted

DESCRIPTOR = "datapackage.json"
OWN_DATA = "LYANALYSIS_DATA"
"""Environment variable: a folder of the user's own data, what ``--data`` sets."""
OWN = "own/"
"""Begins the name of a file that lies in a folder layered over the shipped data."""


class Layer(NamedTuple):
    """One folder of tables, and what stands before the names of its files in messages."""

    folder: Path
    mark: str


class Description(NamedTuple):
    """What ``datapackage.json`` says of a table: its columns, and those that tell rows apart."""

    columns: tuple[str, ...]
    key: tuple[str, ...]


@cache
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


def own_data(data: Path | None = None) -> Path | None:
    """Return the folder of data that is used instead of, or over, the shipped package.

    Parameters
    ----------
    data : Path, optional
        A folder, relative to the working folder where it is relative; ``~`` is the home folder.
        ``None`` means the one that the environment variable ``LYANALYSIS_DATA`` names.

    Returns
    -------
    Path or None
        An absolute path; None where nothing is named and the shipped data are used alone.

    Raises
    ------
    DataError
        If there is no such folder.

    Examples
    --------
    >>> own_data(shipped("data")) == shipped("data")
    True
    """
    named = os.environ.get(OWN_DATA, "") if data is None else str(data)
    if not named:
        return None
    try:
        folder = Path(named).expanduser().absolute()
    except RuntimeError:  # the home folder of a user who does not exist
        folder = Path(named).absolute()
    if not folder.is_dir():
        by = OWN_DATA if data is None else "the argument data"
        found = "is a file" if folder.exists() else "does not exist"
        raise DataError(
            f"{by} names {quoted(named)}, which {found}; name a folder with tables of your "
            "own, or a complete data package",
            table=named,
        )
    return folder


def layers(data: Path | None = None) -> tuple[Layer, ...]:
    """Return the folders that make up the data, the lowest first.

    Parameters
    ----------
    data : Path, optional
        As for :func:`own_data`.

    Returns
    -------
    tuple of Layer
        A folder with its own ``datapackage.json`` stands alone; any other lies over the shipped
        package.

    Examples
    --------
    >>> [layer.mark for layer in layers()]
    ['']
    """
    folder = own_data(data)
    if folder is None:
        return (Layer(shipped("data"), ""),)
    if (folder / DESCRIPTOR).is_file():
        return (Layer(folder, ""),)
    return (Layer(shipped("data"), ""), Layer(folder, OWN))


def holds(name: str, data: Path | None = None) -> bool:
    """Say whether the data have a table, or ought to: a package may do without some.

    Parameters
    ----------
    name : str
        Table inside the data package.
    data : Path, optional
        As for :func:`own_data`.

    Returns
    -------
    bool
        True where the file is there or a descriptor lists it, so that a lost file is noticed.

    Examples
    --------
    >>> holds("claims.csv"), holds("poems.csv")
    (True, False)
    """
    folders = [layer.folder for layer in layers(data)]
    return any(
        (folder / name).is_file()
        or ((folder / DESCRIPTOR).is_file() and name in described_tables(folder))
        for folder in folders
    )


def data_edition(data: Path | None = None) -> str:
    """Return the edition of the data: ``version`` of the data package.

    Parameters
    ----------
    data : Path, optional
        As for :func:`own_data`.

    Returns
    -------
    str
        That of the shipped package where own data are layered over it; a complete package of the
        user's own has its own edition, "" where its descriptor does not tell one.

    Raises
    ------
    DataError
        If the descriptor is no JSON object, or the edition neither text nor a number.

    Examples
    --------
    >>> data_edition() == data_edition(shipped("data"))
    True
    """
    file = layers(data)[0].folder / DESCRIPTOR
    problem = ""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        told, problem = {}, f"cannot be read ({error}); restore it"
    edition = told.get("version", "") if isinstance(told, dict) else None
    if isinstance(edition, bool) or not isinstance(edition, str | int | float):
        problem = 'does not tell the edition of the data; write it as "version": "2026.1"'
    if problem:
        raise DataError(f"{DESCRIPTOR}: {problem}", table=DESCRIPTOR)
    return str(edition)


def described_tables(folder: Path) -> Mapping[str, Description]:
    """Return the tables that the descriptor of a complete data package lists.

    Parameters
    ----------
    folder : Path
        A folder with ``datapackage.json``.

    Returns
    -------
    mapping of str to Description
        By path inside the folder, in the order of the descriptor.

    Raises
    ------
    DataError
        If the descriptor does not list tables.

    Examples
    --------
    >>> described_tables(shipped("data"))["regions.csv"].key
    ('region_code',)
    """
    return _described(folder, (folder / DESCRIPTOR).stat().st_mtime_ns)


@cache
def _described(folder: Path, _modified: int) -> Mapping[str, Description]:
    try:
        listed = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))["resources"]
        return MappingProxyType({str(one["path"]): _description(folder, one) for one in listed})
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise DataError(
            f"{DESCRIPTOR}: does not list the tables of the data package ({error}); restore it",
            table=DESCRIPTOR,
        ) from error


def _description(folder: Path, resource: Mapping[str, object]) -> Description:
    schema = resource.get("schema", {})
    if isinstance(schema, str):
        schema = json.loads((folder / schema).read_text(encoding="utf-8"))
    assert isinstance(schema, dict)
    key = schema.get("primaryKey", [])
    columns = tuple(str(field["name"]) for field in schema.get("fields", []))
    return Description(columns, (key,) if isinstance(key, str) else tuple(key))


def table_columns(name: str) -> tuple[str, ...]:
    """Return the columns of a table, as the descriptor of the shipped package has them.

    Examples
    --------
    >>> table_columns("units.csv")
    ('unit', 'canonical_unit', 'factor', 'name_en')
    """
    return describe(name).columns


def describe(name: str) -> Description:
    """Return what the shipped package says of a table; a folder is one table in several files.

    Raises
    ------
    DataError
        If it describes no such table.

    Examples
    --------
    >>> describe("observations/").key[:2]
    ('region_code', 'variable')
    """
    known = described_tables(shipped("data"))
    folder = name[: name.rfind("/") + 1]
    alike = (path for path in known if folder and path.startswith(folder))
    described = known.get(name) or next((known[path] for path in alike), None)
    if described is None:
        raise DataError(
            f"{name}: {DESCRIPTOR} of the shipped data describes no such table; known are "
            f"{', '.join(known)}",
            table=name,
        )
    return described


def check_own_folder(folder: Path) -> None:
    """Refuse a folder layered over the shipped data in which a table would go unread.

    Parameters
    ----------
    folder : Path
        A folder without ``datapackage.json``.

    Raises
    ------
    DataError
        If it has no table, or one that is not a table of the shipped package: files of
        ``observations/`` may have any name, all others are known.
    """
    known = described_tables(shipped("data"))
    folders = {path[: path.rfind("/") + 1] for path in known}
    found = sorted(
        f"{part}{path.name}" for part in sorted(folders) for path in (folder / part).glob("*.csv")
    )
    for name in found:
        if name not in known and not name.startswith("observations/"):
            close = difflib.get_close_matches(name, known, n=1)
            meant = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
            raise DataError(
                f"{OWN}{name} is not a table of the data package: {meant} Figures belong into "
                "observations/, in files of any name",
                table=f"{OWN}{name}",
            )
    if not found:
        raise DataError(
            f"{folder} has no table; own figures belong into observations/ (any name, ending in "
            f".csv), everything else into {', '.join(name for name in known if '/' not in name)}",
            table=str(folder),
        )
