"""Explanations as one HTML page: chapters of Markdown, with contents, formulas and no network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lyanalysis.errors import ParameterError, PublishError
from lyanalysis.export.blocks import TextBlock
from lyanalysis.export.document import Document
from lyanalysis.export.exhibit import Place
from lyanalysis.export.gate import Gate
from lyanalysis.export.html import render_page
from lyanalysis.export.words import Language

SUFFIXES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Chapter:
    """Entries that belong together.

    Attributes
    ----------
    name : str
        Name for messages.
    title : str
        Heading.
    entries : tuple of str
        Markdown, each with a heading of level 2.
    """

    name: str
    title: str
    entries: tuple[str, ...]


def render_reference(
    chapters: Sequence[Chapter], *, title: str, language: Language, version: str
) -> str:
    """Write chapters of Markdown as one HTML file, in the look of a report.

    Parameters
    ----------
    chapters : sequence of Chapter
        In reading order; they and their entries are numbered.
    title : str
        Title of the page.
    language : {"zh", "en"}
        Language of the page.
    version : str
        Version of the package, for the head of the page.

    Returns
    -------
    str
        The page; the same chapters give the same text.

    Raises
    ------
    ExportError
        If a formula cannot be converted.
    """
    blocks = tuple(
        TextBlock(Place(chapter.name, position, number), text, "markdown", {}, None)
        for number, chapter in enumerate(chapters, start=1)
        for position, text in enumerate((f"# {chapter.title}", *chapter.entries))
    )
    return render_page(
        Document(
            name="reference",
            title=title,
            subtitle="",
            language=language,
            region="",
            period="",
            edition="",
            data_date="",
            own_data="",
            version=version,
            keywords=(),
            authors=("lyanalysis",),
            attachments=(),
            blocks=blocks,
            is_report=True,
            gate=Gate(is_strict=True),
        )
    )


def save_reference(
    chapters: Sequence[Chapter], file: Path, *, title: str, language: Language, version: str
) -> None:
    """Put the page in its place as a whole; one already there is replaced.

    Parameters
    ----------
    chapters, title, language, version
        As for :func:`render_reference`.
    file : Path
        Where to; the name ends with ``.html``.

    Raises
    ------
    ParameterError
        If the name ends otherwise.
    ExportError
        If a formula cannot be converted.
    PublishError
        If the file cannot be written; what was there is unchanged.
    """
    if file.suffix.lower() not in SUFFIXES:
        raise ParameterError(
            f"--html {str(file)!r} must end with .html", name="--html", value=str(file)
        )
    page = render_reference(chapters, title=title, language=language, version=version)
    # Beside the file, because only within one file system is the exchange a single step.
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        try:
            fresh.write_text(page, encoding="utf-8", newline="\n")
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise PublishError(
            f"{file}: cannot be written: {error.strerror}; name a file in a folder of yours",
            folder=file.parent,
        ) from error
