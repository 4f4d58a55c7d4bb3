"""A published report is made a second time, and the bytes of both are compared."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from lyanalysis.errors import EditionError
from lyanalysis.export.exhibit import MIME
from lyanalysis.report.edition import MANIFEST, NOTEBOOK, RECORD, Edition, read_edition
from lyanalysis.report.formats import FORMATS
from lyanalysis.report.plan import Plan
from lyanalysis.report.render import render
from lyanalysis.report.scratch import scratch_folder
from lyanalysis.report.stages import Progress
from lyanalysis.report.verify import Finding, Verification

PDF = FORMATS["pdf"]
DIGITS = 16
"""Hexadecimal digits shown of a hash."""


def rerun(
    verification: Verification,
    plan: Plan,
    *,
    since: Path | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Render a report again from its own parameters, and compare the bytes of every file.

    Parameters
    ----------
    verification : Verification
        What :func:`~lyanalysis.report.verify.verify` returned.
    plan : Plan
        The notebooks at hand.
    since : Path, optional
        The edition whose differences open the report; needed where one is named in its manifest.
    progress : callable, optional
        Told of every stage, as by :func:`~lyanalysis.report.render.render`.

    Returns
    -------
    Verification
        With one finding a file that does not tell of its run; of a PDF alone, the PDF and the
        notebook in it. The note of a notebook names the first cell, and its exhibit, that differs.

    Raises
    ------
    EditionError
        If manifest or notebook of the report cannot be read, or `since` is not the edition it was
        compared with.
    ChapterError
        If a chapter fails; its partly executed notebook is kept, as the message says.
    LyanalysisError
        If the report cannot be made for another reason.
    """
    edition = read_edition(verification.path)
    _check_since(edition, since)
    recorded = _deterministic(edition)
    formats = {name for name, file in FORMATS.items() if file in edition.files}
    if edition.is_pdf:
        formats.add("pdf")
    with scratch_folder(edition.path, keeps_notebook=True) as scratch:
        report = render(
            edition.manifest.parameters,
            plan,
            scratch,
            formats=formats,
            since=since,
            progress=progress,
        )
        made = read_edition(report.folder)
        found = tuple(
            _compare(name, recorded.get(name), content, edition, made)
            for name, content in sorted(_deterministic(made).items())
            if name in recorded or not edition.is_pdf
        )
    return replace(verification, rerun=found)


def _check_since(edition: Edition, since: Path | None) -> None:
    """Refuse to make a report again that opens with changes since an edition not at hand."""
    named = edition.manifest.since
    found = None
    if since is not None:
        found = hashlib.sha256(read_edition(since).files[MANIFEST]).hexdigest()
    wanted = None if named is None else named.sha256
    if found == wanted:
        return
    advice = (
        "it does not open with changes; leave out --since"
        if wanted is None
        else f"it opens with what changed since an edition whose manifest has the SHA-256 "
        f"{wanted[:DIGITS]}…; name that edition with --since"
    )
    raise EditionError(f"{edition.path}: cannot be made again: {advice}", path=edition.path)


def _deterministic(edition: Edition) -> dict[str, bytes]:
    """Return the files of a report that the same inputs give again."""
    if edition.is_pdf:
        return {PDF: edition.path.read_bytes(), NOTEBOOK: edition.files[NOTEBOOK]}
    return {name: content for name, content in edition.files.items() if name != RECORD}


def _compare(
    name: str, recorded: bytes | None, made: bytes, first: Edition, second: Edition
) -> Finding:
    found = hashlib.sha256(made).hexdigest()
    if recorded is None:
        return Finding("rerun", name, "added", found=found)
    if recorded == made:
        return Finding("rerun", name, "same", found, found)
    if name == NOTEBOOK:
        note = first_difference(first.notebook, second.notebook)
    else:
        pairs = enumerate(zip(recorded, made, strict=False))
        shorter = min(len(recorded), len(made))
        note = f"from byte {next((at for at, (one, two) in pairs if one != two), shorter)} on"
    return Finding("rerun", name, "differs", hashlib.sha256(recorded).hexdigest(), found, note)


def first_difference(first: NotebookNode, second: NotebookNode) -> str:
    """Name the first cell in which two notebooks differ, and the exhibit it shows.

    Parameters
    ----------
    first, second : NotebookNode
        Notebooks of reports.

    Returns
    -------
    str
        ``chapter 02_structure, cell 7, exhibit 'sector-shares'``; empty where all cells are equal
        and only what the cover tells differs.
    """
    for one, other in zip(first.cells, second.cells, strict=False):
        if one != other:
            return _called(one, other)
    longer = max(first.cells, second.cells, key=len)
    shorter = min(len(first.cells), len(second.cells))
    return _called(longer[shorter], longer[shorter]) if len(longer) > shorter else ""


def _called(one: NotebookNode, other: NotebookNode) -> str:
    place = one.metadata["lyanalysis"]
    where = f"chapter {place['chapter']}, cell {place['cell']}"
    shown, shown_now = _exhibits(one), _exhibits(other)
    named = next((id for id in shown | shown_now if shown.get(id) != shown_now.get(id)), "")
    return f"{where}, exhibit {named!r}" if named else where


def _exhibits(cell: NotebookNode) -> dict[str, Any]:
    bundles = (output.get("data", {}) for output in cell.get("outputs", []))
    return {bundle[MIME]["id"]: bundle for bundle in bundles if MIME in bundle}
