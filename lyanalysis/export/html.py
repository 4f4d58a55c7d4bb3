"""Report page: one HTML file that loads nothing, readable on a phone, on paper and aloud."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, Final

from nbconvert.exporters import Exporter
from traitlets import Enum, default

from lyanalysis.export.blocks import PictureBlock, PlainBlock
from lyanalysis.export.document import Document, read_document
from lyanalysis.export.drawing import font_face, inline_svg, letters_of
from lyanalysis.export.exhibit import Exhibit
from lyanalysis.export.images import data_uri
from lyanalysis.export.outline import Body, Heading, Piece, lay_out
from lyanalysis.export.sanitise import dress_tables
from lyanalysis.export.words import LANGUAGE_TAG, WORDS

TEMPLATES: Final = "lyanalysis.export"


class HTMLReportExporter(Exporter):
    """nbconvert exporter ``lyanalysis-html``.

    Works on a joined report and on any executed notebook; code is never shown. Nothing is loaded:
    styles, images and data stand in the file, and the content security policy forbids the rest.

    Attributes
    ----------
    language : {"", "zh", "en"}
        Which cell of each pair tagged ``zh`` and ``en`` to keep; empty takes the notebook's own
        language.
    """

    export_from_notebook = "Report page (lyanalysis)"
    output_mimetype = "text/html"
    language = Enum(["", "zh", "en"], default_value="", help="Language to keep.").tag(config=True)

    @default("file_extension")
    def _default_file_extension(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert an executed notebook.

        Parameters
        ----------
        nb : NotebookNode
            Notebook of format 4.
        resources : dict, optional
            nbconvert's resources; ``metadata`` tells name and folder of the notebook.
        **kw
            Passed on to nbconvert.

        Returns
        -------
        page : str
            The HTML file.
        resources : dict
            With ``output_extension``.

        Raises
        ------
        ExportError
            If the notebook failed or lacks what a reader needs; the message names chapter and cell.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        document = read_document(notebook, resources, language=self.language)
        return render_page(document), resources


def render_page(document: Document) -> str:
    """Write a document as one HTML file.

    Parameters
    ----------
    document : Document
        The notebook as read.

    Returns
    -------
    str
        The page; the same document gives the same text.
    """
    # Imported here because looking an exporter up must stay cheap.
    import jinja2

    titled, pieces = lay_out(document, "html", _image)
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
        pieces=[(_kind(piece), piece) for piece in pieces],
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
        data_uri=data_uri,
        download_uri=_download_uri,
        body_html=lambda body: _body_html(body, WORDS[titled.language]["table_of_cell"]),
    )


def _kind(piece: Piece) -> str:
    if isinstance(piece, Exhibit):
        return piece.kind
    kinds = {Heading: "heading", Body: "body", PictureBlock: "picture", PlainBlock: "plain"}
    return kinds[type(piece)]


def _image(picture: PictureBlock) -> str:
    from markupsafe import escape

    return f'<img src="{data_uri(picture.data, picture.mime)}" alt="{escape(picture.alt)}">'


def _hash(script: str) -> str:
    """Return what the content security policy calls the one script it lets run."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _download_uri(exhibit: Exhibit) -> str:
    return f"data:text/csv;base64,{base64.b64encode(exhibit.csv()).decode('ascii')}"


def _body_html(body: Body, label: str) -> str:
    return dress_tables(body.content, label=label)
