"""Report PDF: accessible (PDF/UA-1), archivable (PDF/A-3a), by Typst, without LaTeX or browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from importlib import resources as package_files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

from traitlets import default

from lyanalysis.errors import ExportError
from lyanalysis.export.blocks import PictureBlock
from lyanalysis.export.document import Attachment, Document
from lyanalysis.export.exhibit import Exhibit, Place
from lyanalysis.export.exporter import DocumentExporter
from lyanalysis.export.fonts import VERTICAL, reduce
from lyanalysis.export.glyphs import code_points, missing_texts
from lyanalysis.export.mend import mend
from lyanalysis.export.outline import Piece, lay_out
from lyanalysis.export.pandoc import Convert, convert
from lyanalysis.export.typst_source import show_inline, write_sources

STANDARDS: Final[list[Literal["a-3a", "ua-1"]]] = ["a-3a", "ua-1"]
"""Both together; with them a missing glyph or alternative text is an error, not a blank."""
TEMPLATES: Final = ("look.typ", "tables.typ", "report.typ")
"""Written by hand; every block file imports the last of them."""
OWN_LETTERS: Final = (range(0x20, 0x100), range(0x2000, 0x2070))
"""What Typst may set that stands in no file: digits, quotation marks, marks of lists."""
UNDATED: Final = date(2000, 1, 1)
"""Date of a PDF whose notebook tells none: the day of the run would change the bytes."""


class PDFReportExporter(DocumentExporter):
    """nbconvert exporter ``lyanalysis-pdf``.

    Works on a joined report and on any executed notebook. The same notebook gives the same bytes.
    """

    export_from_notebook = "Report PDF (lyanalysis)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _default_file_extension(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any = None, **_unused: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert an executed notebook.

        Parameters
        ----------
        nb : NotebookNode
            Notebook of format 4.
        resources : dict, optional
            nbconvert's resources; ``metadata`` tells name and folder of the notebook.
        **_unused
            Ignored, as by nbconvert.

        Returns
        -------
        pdf : bytes
            The PDF file.
        resources : dict
            With ``output_extension``.

        Raises
        ------
        ExportError
            If a report failed, or holds what the PDF cannot show: the message names chapter, cell
            and text.
        """
        document, resources = self.read(nb, resources)
        return render_pdf(document), resources


def render_pdf(
    document: Document,
    *,
    attach: Callable[[], Sequence[Attachment]] = tuple,
    convert: Convert = convert,
    scratch: Path | None = None,
) -> bytes:
    """Write a document as PDF/A-3a and PDF/UA-1.

    Parameters
    ----------
    document : Document
        The notebook as read.
    attach : callable, optional
        Gives files to carry besides those of the document; called when they are needed, which is
        after the texts have been converted.
    convert : callable, optional
        Converts the texts; shared with the page, it does so once for both.
    scratch : Path, optional
        Folder for what Typst reads, removed afterwards; that for temporary files by default.

    Returns
    -------
    bytes
        The file, dated by the data; the same document gives the same bytes. Where an image has no
        alternative text, it does not claim to be PDF/UA.

    Raises
    ------
    ExportError
        If a character of a report is in none of the fonts, in text or in a figure, or Typst refuses
        the document for another reason. Of other notebooks what cannot be set is replaced.
    """
    # Imported here because looking an exporter up must stay cheap.
    import typst

    files = _templates()
    titled, pieces = lay_out(document, "typst", partial(show_inline, files), convert)
    titled = replace(titled, attachments=(*titled.attachments, *attach()))
    places = write_sources(titled, pieces, files)
    standards = [name for name in STANDARDS if name != "ua-1" or not document.gate.lacks_alt]
    reduced = True
    with TemporaryDirectory(prefix="lyanalysis-", dir=scratch) as folder:
        # Ends, because every further turn has replaced something that can be replaced once.
        while True:
            letters = _letters_of(files)
            # On disk, because the in-memory files of the typst package must be text.
            _write(files, Path(folder))
            fonts = _reduced_fonts(letters, Path(folder)) if reduced else _whole_fonts()
            try:
                pdf: bytes = typst.compile(
                    str(Path(folder) / "main.typ"),
                    root=folder,
                    font_paths=fonts,
                    pdf_standards=[*standards],
                    timestamp=_timestamp(document),
                )
            except typst.TypstError as error:
                if reduced and missing_texts(error.message) - letters:
                    reduced = False
                    continue
                named = dict(zip(places, pieces, strict=True))
                if document.gate.is_strict or not mend(
                    error.diagnostic, files, named, document.gate
                ):
                    raise explain(error.message, error.diagnostic, pieces, places) from error
            else:
                return pdf


def explain(
    message: str, diagnostic: str, pieces: Sequence[Piece], places: Mapping[str, Place]
) -> ExportError:
    """Tell in the user's terms why Typst refused a document.

    Parameters
    ----------
    message, diagnostic : str
        Of the Typst error.
    pieces : sequence of Piece
        What was to be shown.
    places : mapping of str to Place
        The cell of every block file.

    Returns
    -------
    ExportError
        Naming chapter and cell where they are known, and the text where a glyph is missing.
    """
    file = re.search(r"blocks[/\\](\d+\.typ):", diagnostic)
    place = places.get(f"blocks/{file[1]}") if file else None
    missing = missing_texts(message)
    if not missing:
        problem = f"Typst could not set the PDF: {message}"
        return place.error(problem) if place else ExportError(problem)
    source, text = "the text", missing.pop()
    if place is None:
        # Typst does not trace letters of figures and of printed text: look for them.
        for piece in pieces:
            if text in _letters(piece):
                place = piece.place
                source = f"figure {piece.id!r}" if isinstance(piece, Exhibit) else source
                break
    codes = code_points(text)
    problem = (
        f"{source} holds {text!r} ({codes}), which no font of the report can show; "
        "write it otherwise."
    )
    return place.error(problem, text=text) if place else ExportError(problem, text=text)


def _letters(piece: Piece) -> str:
    if isinstance(piece, Exhibit):
        return piece.svg_text
    if isinstance(piece, PictureBlock):
        return piece.data.decode("utf-8", errors="replace") if piece.mime == "image/svg+xml" else ""
    return piece.text


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for parent in {(folder / name).parent for name in files}:
        parent.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _templates() -> dict[str, bytes]:
    folder = package_files.files("lyanalysis.export") / "templates"
    return {name: (folder / name).read_bytes() for name in TEMPLATES}


def _letters_of(files: Mapping[str, bytes]) -> set[str]:
    """Return the letters a PDF may show: those of its texts and drawings, and some of Typst's own.

    Letters that are written by their number are left out: Typst asks for them.
    """
    letters = {chr(code) for codes in OWN_LETTERS for code in codes}
    for name, content in files.items():
        if name.endswith(".typ"):
            letters.update(content.decode("utf-8"))
        elif name.startswith("images/"):
            # Most images are no texts.
            with suppress(UnicodeDecodeError):
                letters.update(content.decode("utf-8"))
    return letters


def _reduced_fonts(letters: Iterable[str], folder: Path) -> Any:
    """Write the Chinese fonts with the letters that are needed: half a megabyte of twenty."""
    small = folder / "fonts"
    small.mkdir(exist_ok=True)
    for path in _font_folder().glob("*.otf"):
        (small / path.name).write_bytes(reduce(path, letters, dropped=VERTICAL))
    return _fonts_in(small)


def _whole_fonts() -> Any:
    return _fonts_in(_font_folder())


def _font_folder() -> Path:
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.__file__).parent


def _fonts_in(folder: Path) -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)]
    )


def _timestamp(document: Document) -> datetime:
    """Return the date of the data; a source dated by month or year counts from its first day."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", document.data_date):
        return datetime(UNDATED.year, UNDATED.month, UNDATED.day, tzinfo=UTC)
    year, month, day = (*document.data_date.split("-"), "1", "1")[:3]
    return datetime(int(year), int(month), int(day), tzinfo=UTC)
