"""Report page: one HTML file that loads nothing, readable on a phone, on paper and aloud."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from traitlets import default

from lyanalysis.export.blocks import CodeBlock, PictureBlock, PlainBlock
from lyanalysis.export.document import Document
from lyanalysis.export.drawing import font_face, inline_svg, letters_of
from lyanalysis.export.exhibit import Exhibit
from lyanalysis.export.exporter import DocumentExporter
from lyanalysis.export.image_size import page_width
from lyanalysis.export.images import data_uri
from lyanalysis.export.outline import Body, Heading, Piece, lay_out
from lyanalysis.export.pandoc import Convert, convert
from lyanalysis.export.sanitise import dress_tables
from lyanalysis.export.words import LANGUAGE_TAG, WORDS

TEMPLATES: Final = "lyanalysis.export"
NOTE: Final = re.compile(r'(class="footnote-ref"[^>]*><sup>)(\d+)')
NOTES: Final = re.compile(r'(role="doc-endnotes">\s*<hr />\s*<ol)(?=>)')
"""A footnote in the text, and the list of those of one text, as the conversion writes them."""


class HTMLReportExporter(DocumentExporter):
    """nbconvert exporter ``lyanalysis-html``.

    Works on a joined report and on any executed notebook. Nothing is loaded: styles, images and
    data stand in the file, and the content security policy forbids the rest.
    """

    export_from_notebook = "Report page (lyanalysis)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _default_file_extension(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any = None, **_unused: Any
    ) -> tuple[str, dict[str, Any]]:
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
        page : str
            The HTML file.
        resources : dict
            With ``output_extension``.

        Raises
        ------
        ExportError
            If a report failed or lacks what a reader needs; the message names chapter and cell.
        """
        document, resources = self.read(nb, resources)
        return render_page(document), resources


def render_page(document: Document, *, convert: Convert = convert) -> str:
    """Write a document as one HTML file.

    Parameters
    ----------
    document : Document
        The notebook as read.
    convert : callable, optional
        Converts the texts; shared with the PDF, it does so once for both.

    Returns
    -------
    str
        The page; the same document gives the same text.
    """
    # Imported here because looking an exporter up must stay cheap.
    import jinja2

    titled, pieces = lay_out(document, "html", _image, convert)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    style, script = (
        environment.loader.get_source(environment, name)[0]  # type: ignore[union-attr]
        for name in ("report.css", "report.js")
    )
    drawings = [one.svg_text for one in pieces if isinstance(one, Exhibit) and one.svg_text]
    return environment.get_template("report.html.j2").render(
        document=titled,
        pieces=[
            (_kind(piece), piece)
            for piece in _number_notes(pieces, WORDS[titled.language]["back_to_text"])
        ],
        contents=[piece for piece in pieces if isinstance(piece, Heading) and piece.level <= 2],
        words=WORDS[titled.language],
        exhibit_words=WORDS,
        language=LANGUAGE_TAG[titled.language],
        language_tags=LANGUAGE_TAG,
        style=style,
        font=font_face(letters_of(drawings)) if drawings else "",
        script=script,
        script_hash=_hash(script),
        inline_svg=inline_svg,
        image=_image,
        download_uri=_download_uri,
        body_html=lambda body: _body_html(body, WORDS[titled.language]["table_of_cell"]),
    )


def _number_notes(pieces: Iterable[Piece], back: str) -> Iterator[Piece]:
    """Count footnotes through the page, as in the PDF, and say where their arrows lead."""
    before = 0
    for piece in pieces:
        if not isinstance(piece, Body) or not NOTES.search(piece.content):
            yield piece
            continue
        text = NOTES.sub(rf'\g<1> start="{before + 1}"', piece.content)
        text = text.replace('role="doc-backlink"', f'role="doc-backlink" aria-label="{back}"')
        text, found = NOTE.subn(partial(_later, before), text)
        yield replace(piece, content=text)
        before += found


def _later(by: int, note: re.Match[str]) -> str:
    return f"{note[1]}{int(note[2]) + by}"


def _kind(piece: Piece) -> str:
    if isinstance(piece, Exhibit):
        return piece.kind
    kinds = {
        Heading: "heading",
        Body: "body",
        PictureBlock: "picture",
        PlainBlock: "plain",
        CodeBlock: "code",
    }
    return kinds[type(piece)]


def _image(picture: PictureBlock | PlainBlock) -> str:
    from markupsafe import escape

    if isinstance(picture, PlainBlock):
        return f"<em>{escape(picture.text)}</em>"
    width = page_width(picture)
    style = f' style="width:{width}"' if width else ""
    source = data_uri(picture.data, picture.mime)
    return f'<img src="{source}" alt="{escape(picture.alt)}"{style}>'


def _hash(script: str) -> str:
    """Return what the content security policy calls the one script it lets run."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _download_uri(exhibit: Exhibit) -> str:
    return f"data:text/csv;base64,{base64.b64encode(exhibit.csv()).decode('ascii')}"


def _body_html(body: Body, label: str) -> str:
    return dress_tables(body.content, label=label)
