"""A published report read back: from its folder, or from its PDF alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat import ValidationError as NotebookError
from nbformat.reader import reads
from pydantic import BaseModel, ConfigDict, ValidationError

from lyanalysis.errors import EditionError, ExportError
from lyanalysis.export.exhibit import MIME, Place, read_exhibit
from lyanalysis.report.attached import attached_files, first_line
from lyanalysis.report.manifest import FORMAT
from lyanalysis.report.parameters import Parameters

MANIFEST, NOTEBOOK, RECORD = "manifest.json", "report.ipynb", "run.json"
LEFT_BY_SYSTEMS = {"desktop.ini", "Thumbs.db"}
"""Files that viewers of folders add, besides those whose names begin with a dot."""


class HashedFile(BaseModel):
    """A file of the manifest.

    Attributes
    ----------
    file : str
        Name; data files that lie over the shipped ones begin with ``own/``.
    sha256 : str
        Hash in hexadecimal digits.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    sha256: str


class Package(BaseModel):
    """Name, version and hash of the package that made the report."""

    model_config = ConfigDict(frozen=True)

    name: str
    version: str
    sha256: str


class Environment(BaseModel):
    """The lock file of a checkout, or the installed versions by name."""

    model_config = ConfigDict(frozen=True)

    lock: HashedFile | None = None
    packages: dict[str, str] = {}


class Manifest(BaseModel):
    """What a report was made from, as its ``manifest.json`` says.

    Attributes
    ----------
    format : int
        Version of the shape.
    parameters : Parameters
        What was asked for.
    data, notebooks, fonts : tuple of HashedFile
        Files read.
    package : Package
        The program.
    environment : Environment
        Its dependencies.
    edition, own_data : str
        Edition of the data, and the name of the folder of own data; "" without one.
    since : HashedFile, optional
        Manifest of the edition whose differences open the report.
    """

    model_config = ConfigDict(frozen=True)

    format: int
    parameters: Parameters
    data: tuple[HashedFile, ...]
    notebooks: tuple[HashedFile, ...]
    fonts: tuple[HashedFile, ...]
    package: Package
    environment: Environment
    edition: str = ""
    own_data: str = ""
    since: HashedFile | None = None


class _Format(BaseModel):
    format: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A published report.

    Attributes
    ----------
    path : Path
        The folder, or the PDF.
    is_pdf : bool
        Read from a PDF alone.
    files : mapping of str to bytes
        The files of the folder, or those attached to the PDF.
    manifest : Manifest
        What it was made from.
    notebook : NotebookNode
        The executed chapters, joined.
    """

    path: Path
    is_pdf: bool
    files: Mapping[str, bytes]
    manifest: Manifest
    notebook: NotebookNode


def read_edition(path: Path) -> Edition:
    """Read a published report.

    Parameters
    ----------
    path : Path
        Its folder, or its PDF.

    Returns
    -------
    Edition
        Manifest and notebook are whole; whether the files are those that were published, only
        :func:`~lyanalysis.report.verify.verify` says.

    Raises
    ------
    EditionError
        If there is nothing, it is no report of this package, or it is damaged so far that manifest
        or notebook cannot be read.
    """
    files = read_files(path)
    return Edition(
        path=path,
        is_pdf=path.is_file(),
        files=files,
        manifest=parse_manifest(files, path),
        notebook=parse_notebook(files, path),
    )


def read_files(path: Path) -> dict[str, bytes]:
    """Return the files of a folder, or those attached to a PDF, by name.

    Parameters
    ----------
    path : Path
        Folder or PDF of a report.

    Returns
    -------
    dict of str to bytes
        Sorted by name; a folder in the folder is an empty file whose name ends with ``/``.

    Raises
    ------
    EditionError
        If there is nothing, or neither a manifest nor, in a folder, the record of a run.
    """
    wanted = {MANIFEST, RECORD} if path.is_dir() else {MANIFEST}
    try:
        if not path.is_dir():
            files = attached_files(path.read_bytes(), path)
        # Looked at first: a folder named by mistake may hold anything, and much of it.
        elif any((path / name).is_file() for name in wanted):
            files = _folder(path)
        else:
            files = {}
    except OSError as error:
        raise EditionError(
            f"{path}: cannot be read: {error.strerror}; name the folder of a published report or "
            "its PDF",
            path=path,
        ) from None
    if not files.keys() & wanted:
        raise EditionError(_none_of_ours(path), path=path)
    return files


def _folder(path: Path) -> dict[str, bytes]:
    found = {}
    for entry in sorted(path.iterdir()):
        if entry.name.startswith(".") or entry.name in LEFT_BY_SYSTEMS:
            continue
        found[entry.name + "/" * entry.is_dir()] = b"" if entry.is_dir() else entry.read_bytes()
    return found


def _none_of_ours(path: Path) -> str:
    if path.is_file():
        return (
            f"{path}: this PDF carries no {MANIFEST}, so it is no report of lyanalysis; name one, "
            "or the folder it was published in"
        )
    below = (sorted(path.glob(f"{folders}/{MANIFEST}")) for folders in ("*", "*/*"))
    inside = next((found.parent for files in below for found in files), None)
    meant = f"did you mean {inside}?" if inside else "name the folder that 'lyanalysis render' made"
    return f"{path}: this folder holds no {MANIFEST}, so it is no published report; {meant}"


def parse_manifest(files: Mapping[str, bytes], path: Path) -> Manifest:
    """Read the manifest among the files of a report.

    Parameters
    ----------
    files : mapping of str to bytes
        As :func:`read_files` returns them.
    path : Path
        Where they lie, for messages.

    Returns
    -------
    Manifest
        Checked; what a later format may add is passed over.

    Raises
    ------
    EditionError
        If it is missing, is damaged, or was written by a later version of the package.
    """
    content = _content(files, MANIFEST, path)
    try:
        written = _Format.model_validate_json(content).format
        if written > FORMAT:
            raise EditionError(
                f"{path}: {MANIFEST} has format {written}, this version of lyanalysis reads "
                f"formats up to {FORMAT}; install a newer one",
                path=path,
            )
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(map(str, problem["loc"])) or "as a whole"
        raise EditionError(
            f"{path}: {MANIFEST} is damaged ({where}: {problem['msg']}); fetch the report again, "
            "or render it again",
            path=path,
        ) from None


def parse_notebook(files: Mapping[str, bytes], path: Path) -> NotebookNode:
    """Read the executed notebook among the files of a report.

    Parameters
    ----------
    files, path
        As for :func:`parse_manifest`.

    Returns
    -------
    NotebookNode
        Of format 4; every cell knows its chapter.

    Raises
    ------
    EditionError
        If it is missing or damaged.
    """
    try:
        text = _content(files, NOTEBOOK, path).decode("utf-8")
        # Without nbformat's own validation, which writes to the log what is one line below.
        read: NotebookNode = reads(text)  # type: ignore[no-untyped-call]
        # What is told of a cell everywhere.
        for cell in read.cells:
            cell.metadata["lyanalysis"]["chapter"], cell.metadata["lyanalysis"]["cell"]
        read.metadata["lyanalysis"]["language"]
        _check_exhibits(read)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        NotebookError,
        ExportError,
    ) as error:
        raise EditionError(
            f"{path}: {NOTEBOOK} is damaged ({first_line(error)}); fetch the report again, or "
            "render it again",
            path=path,
        ) from error
    return read


def _check_exhibits(notebook: NotebookNode) -> None:
    """Refuse exhibits that lack a part, or whose data are no table."""
    for cell, bundle in exhibits_of(notebook):
        place = cell.metadata["lyanalysis"]
        exhibit = read_exhibit(bundle, Place(place["chapter"], place["cell"], place.get("number")))
        names = [column["name"] for column in bundle[MIME]["data"]["columns"]]
        if {len(row) for row in exhibit.data_rows} - {len(set(names))}:
            raise ValueError(f"the data of exhibit {exhibit.id!r} are no table")


def exhibits_of(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, dict[str, Any]]]:
    """Yield the MIME bundle of every exhibit with the cell that shows it, in order.

    Parameters
    ----------
    notebook : NotebookNode
        Of a report.

    Yields
    ------
    cell : NotebookNode
        The cell.
    bundle : dict
        The ``data`` of its output.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                yield cell, output["data"]


def _content(files: Mapping[str, bytes], name: str, path: Path) -> bytes:
    if name not in files:
        raise EditionError(
            f"{path}: {name} is missing; fetch the report again, or render it again", path=path
        )
    return files[name]
