"""A published report against its own hashes, and what it was made from against what is here."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lyanalysis.errors import EditionError, ExportError
from lyanalysis.export.exhibit import Place, read_exhibit
from lyanalysis.report.attached import attached_files
from lyanalysis.report.edition import (
    MANIFEST,
    NOTEBOOK,
    RECORD,
    Edition,
    HashedFile,
    Manifest,
    exhibits_of,
    parse_manifest,
    parse_notebook,
    read_files,
)
from lyanalysis.report.formats import FORMATS
from lyanalysis.report.manifest import build_manifest, fixed_inputs
from lyanalysis.report.plan import Plan
from lyanalysis.report.reasons import data_at_hand

State = Literal["same", "differs", "missing", "added"]
PDF, WORKBOOK = FORMATS["pdf"], FORMATS["xlsx"]
EDITION = "edition"
OWN_FOLDER = "own/"
"""Stands for the name of the folder of own data, which the cover tells."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one thing was, and what it is now.

    Attributes
    ----------
    part : str
        ``files``, ``attached`` (to the PDF); ``data``, ``notebooks``, ``package``,
        ``environment``, ``fonts``; ``rerun``.
    name : str
        The file.
    state : {"same", "differs", "missing", "added"}
        ``added`` is there now and was not then.
    recorded, found : str
        SHA-256 or version; empty where there is none.
    note : str
        Where the first difference is, if that is known.
    """

    part: str
    name: str
    state: State
    recorded: str = ""
    found: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """All findings on one report.

    Attributes
    ----------
    path : Path
        The folder or the PDF.
    manifest : Manifest or None
        What the report says of itself; None where it is damaged.
    report : tuple of Finding
        Its files, and what its PDF carries.
    inputs : tuple of Finding
        What it was made from against what is at hand; empty where the manifest is damaged.
    rerun : tuple of Finding
        Its files against those of a second run; empty unless one was asked for.
    """

    path: Path
    manifest: Manifest | None
    report: tuple[Finding, ...]
    inputs: tuple[Finding, ...]
    rerun: tuple[Finding, ...] = field(default=())

    @property
    def is_intact(self) -> bool:
        """Whether nothing of the report is damaged, altered, missing or added.

        Other bytes of a second run count only where all it was made from is the same.
        """
        made_again = self.rerun if self.has_same_inputs else ()
        return not any(one.state != "same" for one in (*self.report, *made_again))

    @property
    def has_same_inputs(self) -> bool:
        """Whether all the report was made from is at hand, unchanged."""
        return self.manifest is not None and all(one.state == "same" for one in self.inputs)


def verify(path: Path, plan: Plan) -> Verification:
    """Hold a published report against its own hashes, and its inputs against those at hand.

    Parameters
    ----------
    path : Path
        Its folder, or its PDF. A PDF alone holds no hash of its pages: its compressed parts are
        held against their checksums, the files it carries against one another.
    plan : Plan
        The notebooks at hand; the data at hand are those every loader would read.

    Returns
    -------
    Verification
        Without a second run; see :func:`~lyanalysis.report.rerun.rerun`.

    Raises
    ------
    EditionError
        If there is no report, or a PDF is cut off or damaged.
    """
    files = read_files(path)
    checked = list(_attached(files, path) if path.is_file() else _in_folder(files, path))
    damaged = {one.name for one in checked if one.state != "same"}
    manifest = None if MANIFEST in damaged else parse_manifest(files, path)
    inputs: list[Finding] = []
    if manifest is not None:
        inputs += compare_inputs(manifest, plan)
    return Verification(path, manifest, tuple(checked), tuple(inputs))


def _in_folder(files: Mapping[str, bytes], path: Path) -> Iterator[Finding]:
    """Hold the files of a folder against the hashes of the run that made them."""
    recorded = _record(files, path)
    found = {name: _hash(content) for name, content in files.items() if name != RECORD}
    yield from (checked := list(_compared("files", recorded, found)))
    if not recorded:
        yield Finding("files", RECORD, "missing")
    states = {one.name: one.state for one in checked}
    if states.get(PDF) == "same":
        yield from _attached(attached_files(files[PDF], path / PDF), path / PDF, beside=files)


def _record(files: Mapping[str, bytes], path: Path) -> dict[str, str]:
    """Return the hashes of ``run.json``; none where it is missing."""
    if RECORD not in files:
        return {}
    try:
        return {one["file"]: str(one["sha256"]) for one in json.loads(files[RECORD])["outputs"]}
    except (ValueError, LookupError, TypeError) as error:
        raise EditionError(
            f"{path}: {RECORD}, which holds the hashes of the files, is damaged ({error}); fetch "
            "the report again, or render it again",
            path=path,
        ) from error


def _attached(
    attached: Mapping[str, bytes], path: Path, *, beside: Mapping[str, bytes] | None = None
) -> Iterator[Finding]:
    """Hold what a PDF carries against the folder it lies in, or against one another."""
    try:
        edition = Edition(
            path, True, attached, parse_manifest(attached, path), parse_notebook(attached, path)
        )
        expected = dict(_written_in(edition))
    except (EditionError, ExportError) as error:
        yield Finding("attached", NOTEBOOK, "differs", note=str(error))
        return
    expected[NOTEBOOK] = attached[NOTEBOOK]
    if WORKBOOK in attached:
        expected[WORKBOOK] = attached[WORKBOOK]
        if not _is_whole(attached[WORKBOOK]):
            note = "its parts do not match their checksums"
            yield Finding("attached", WORKBOOK, "differs", note=note)
    if beside is not None:
        carried = {MANIFEST, NOTEBOOK, WORKBOOK} & beside.keys()
        expected |= {name: beside[name] for name in carried}
    for name in sorted({*expected, *attached}):
        here, there = attached.get(name), expected.get(name)
        yield _finding("attached", name, _shown(there), _shown(here), _agree(name, here, there))


def _written_in(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the attached notebook says the PDF carries."""
    for item in edition.notebook.metadata["lyanalysis"].get("attachments", []):
        yield item["name"], item["text"].encode()
    for cell, bundle in exhibits_of(edition.notebook):
        place = cell.metadata["lyanalysis"]
        exhibit = read_exhibit(bundle, Place(place["chapter"], place["cell"], place.get("number")))
        if exhibit.kind != "notice" and exhibit.data_header:
            yield exhibit.file_name, exhibit.csv()


def _agree(name: str, one: bytes | None, other: bytes | None) -> bool:
    """Say whether contents agree; of CSV the records alone, as versions may head them otherwise."""
    if one is None or other is None or not name.endswith(".csv"):
        return one == other
    return _records(one) == _records(other)


def _records(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig", errors="replace")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def _is_whole(workbook: bytes) -> bool:
    """Hold the parts of a workbook against their checksums."""
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
            return parts.testzip() is None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        return False


def compare_inputs(manifest: Manifest, plan: Plan) -> Iterator[Finding]:
    """Hold what a report was made from against what is at hand.

    Parameters
    ----------
    manifest : Manifest
        Of the report.
    plan : Plan
        The notebooks at hand.

    Yields
    ------
    Finding
        One a data file, notebook, program, dependency or font.
    """
    read = _hashes(manifest.data)
    described = build_manifest(manifest.parameters, fixed_inputs(plan), data_at_hand(read))
    here = Manifest.model_validate(described | {"parameters": manifest.parameters})
    yield from _compared("data", read, _hashes(here.data))
    yield from _compared("notebooks", _hashes(manifest.notebooks), _hashes(here.notebooks))
    for name, recorded, found in (
        (manifest.package.name, manifest.package.version, here.package.version),
        (f"{manifest.package.name}/", manifest.package.sha256, here.package.sha256),
    ):
        yield _finding("package", name, recorded, found, recorded == found)
    yield from _compared("environment", _dependencies(manifest), _dependencies(here))
    yield from _compared("fonts", _hashes(manifest.fonts), _hashes(here.fonts))
    for name, recorded, found in (
        (EDITION, manifest.edition, here.edition),
        (OWN_FOLDER, manifest.own_data, here.own_data),
    ):
        if recorded or found:
            yield _finding("data", name, recorded, found, recorded == found)


def _dependencies(manifest: Manifest) -> dict[str, str]:
    lock = manifest.environment.lock
    return {lock.file: lock.sha256} if lock else dict(manifest.environment.packages)


def _hashes(files: Iterable[HashedFile]) -> dict[str, str]:
    return {one.file: one.sha256 for one in files}


def _compared(
    part: str, recorded: Mapping[str, str], found: Mapping[str, str]
) -> Iterator[Finding]:
    for name in sorted({*recorded, *found}):
        before, now = recorded.get(name, ""), found.get(name, "")
        yield _finding(part, name, before, now, before == now)


def _finding(part: str, name: str, recorded: str, found: str, agrees: bool) -> Finding:
    state: State = "same" if agrees else "missing" if not found else "differs"
    return Finding(part, name, "added" if not recorded else state, recorded, found)


def _shown(content: bytes | None) -> str:
    return "" if content is None else _hash(content)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
