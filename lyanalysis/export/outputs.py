"""Choose, for one output of a cell, the form a reader should see."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from lyanalysis.export.blocks import Block, PictureBlock, PlainBlock, TextBlock
from lyanalysis.export.exhibit import MIME, Place, read_exhibit
from lyanalysis.export.gate import Gate
from lyanalysis.export.image_size import output_width
from lyanalysis.export.markdown import wrap_formulas
from lyanalysis.export.sanitise import clean_html
from lyanalysis.export.words import WORDS, Language

SIGNATURES: Final = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
}
"""First bytes of the image formats that page and PDF both show, besides SVG."""
ANSI: Final = re.compile(
    r"\x1b\[[0-9;:?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]"
)
"""Colours and cursor movements of a terminal."""
CONTROLS: Final = re.compile(r"[^\n]?\x08|[\x00-\x07\x0b-\x1f\x7f]")
"""Letters taken back, and other signals to a terminal; the line end and the tabulator are text."""
ALT_REMEDY: Final = "show it as an exhibit, or write one into the metadata of the cell under 'alt'"
WRITTEN: Final = re.compile(r"text/(?!html)[a-z-]+")
"""Types that are text for a reader where nothing better is there."""
MOST_WORDS: Final = 4000
"""Characters of the text that may stand for an output nobody can show."""


def read_output(
    output: Mapping[str, Any],
    cell_metadata: Mapping[str, Any],
    place: Place,
    *,
    language: Language,
    gate: Gate,
    folder: Path | None,
) -> Block | None:
    """Turn one output into a block.

    Parameters
    ----------
    output : mapping
        An output of notebook format 4.
    cell_metadata : mapping
        Metadata of the cell; ``alt`` is taken as alternative text of its images.
    place : Place
        The cell.
    language : {"zh", "en"}
        Language of the report.
    gate : Gate
        What becomes of errors, of images without alternative text and of what no page can show.
    folder : Path or None
        Where relative paths start.

    Returns
    -------
    Block or None
        None where nothing can be seen, as in a widget's placeholder without text.

    Raises
    ------
    ExportError
        If an exhibit is incomplete; in a report, if the output is an error, or an image is
        damaged or lacks its alternative text.
    """
    kind = output["output_type"]
    if kind == "error":
        problem = f"{output.get('ename', 'an error')}: {output.get('evalue', '')}"
        gate.refuse(
            place,
            f"the cell ended with {problem}",
            remedy="a notebook that failed is not exported",
            instead="the traceback is shown",
        )
        return plain_block("\n".join(output.get("traceback") or [problem]), place)
    if kind == "stream":
        return plain_block(_joined(output.get("text", "")), place)
    bundle: Mapping[str, Any] = output.get("data", {})
    if MIME in bundle:
        return read_exhibit(bundle, place)
    describe = describer(output.get("metadata", {}), cell_metadata, place, language, gate)
    block = _first_visible(bundle, place, describe, folder, gate, WORDS[language]["not_shown"])
    if isinstance(block, PictureBlock):
        return replace(block, width=output_width(output.get("metadata", {}), block.mime))
    return block


def describer(
    output_metadata: Mapping[str, Any],
    cell_metadata: Mapping[str, Any],
    place: Place,
    language: Language,
    gate: Gate,
) -> Callable[[], str]:
    """Make a function that gives the alternative text of an image once one is found.

    Parameters
    ----------
    output_metadata, cell_metadata : mapping
        As for :func:`alternative_text`.
    place : Place
        The cell.
    language : {"zh", "en"}
        Language of the sentence that stands where there is none.
    gate : Gate
        Told where there is none.

    Returns
    -------
    callable
        Without arguments; raises `ExportError` in a report whose author gave no text.
    """

    def describe() -> str:
        alt = alternative_text(output_metadata, cell_metadata)
        if not alt:
            gate.miss_alt(place, "the image", remedy=ALT_REMEDY)
        return alt or WORDS[language]["no_alt"].format(cell=place.cell)

    return describe


def alternative_text(output_metadata: Mapping[str, Any], cell_metadata: Mapping[str, Any]) -> str:
    """Find the alternative text where nbconvert looks for it.

    Parameters
    ----------
    output_metadata, cell_metadata : mapping
        Metadata of the output, by MIME type or not, and of the cell.

    Returns
    -------
    str
        Empty if there is none.

    Examples
    --------
    >>> alternative_text({"image/png": {"alt": "GDP by year"}}, {})
    'GDP by year'
    """
    by_type = [value for value in output_metadata.values() if isinstance(value, Mapping)]
    for metadata in (*by_type, output_metadata, cell_metadata):
        if str(metadata.get("alt", "")).strip():
            return str(metadata["alt"]).strip()
    return ""


def plain_block(text: str, place: Place) -> PlainBlock | None:
    r"""Keep what a terminal would show: no colours, overwritten lines gone.

    Parameters
    ----------
    text : str
        Printed text.
    place : Place
        The cell.

    Returns
    -------
    PlainBlock or None
        None for blank text.

    Examples
    --------
    >>> plain_block("10%\r100%\n", Place("a", 1, None)).text
    '100%'
    """
    lines = [line.rstrip("\r").rsplit("\r", 1)[-1] for line in ANSI.sub("", text).split("\n")]
    kept = "\n".join(CONTROLS.sub("", line).rstrip() for line in lines).strip("\n")
    return PlainBlock(place, kept.expandtabs()) if kept.strip() else None


def decode(content: str | list[str], place: Place, gate: Gate) -> bytes:
    """Decode an image stored in a notebook.

    Parameters
    ----------
    content : str or list of str
        Base64, on one or several lines.
    place : Place
        The cell, named in the error.
    gate : Gate
        Told where the text is not Base64.

    Returns
    -------
    bytes
        The image file; empty where the text is not Base64.

    Raises
    ------
    ExportError
        If the text of a report is not Base64.
    """
    try:
        return base64.b64decode(_joined(content), validate=False)
    except ValueError as error:
        gate.refuse(
            place,
            f"an image is not valid Base64 ({error})",
            remedy="run the notebook again",
            instead="it is left out",
        )
        return b""


def _first_visible(
    bundle: Mapping[str, Any],
    place: Place,
    describe: Callable[[], str],
    folder: Path | None,
    gate: Gate,
    not_shown: str,
) -> Block | None:
    # nbconvert's order, except that HTML with nothing to see (a script) yields to the rest.
    markup = _joined(bundle.get("text/html", ""))
    html = clean_html(markup, describe=describe)
    if html:
        return TextBlock(place, html, "html", {}, folder)
    if "text/markdown" in bundle:
        markdown = wrap_formulas(_joined(bundle["text/markdown"]))
        return TextBlock(place, markdown, "markdown", {}, folder)
    drawing = re.search(r"<svg\b.*</svg>", markup, flags=re.S)
    svg = _joined(bundle.get("image/svg+xml", drawing[0] if drawing else ""))
    if svg and is_drawing(named := _named(svg).encode("utf-8")):
        return PictureBlock(place, named, "image/svg+xml", describe())
    if "text/latex" in bundle:
        return TextBlock(place, _formula(_joined(bundle["text/latex"])), "markdown", {}, folder)
    for mime in SIGNATURES:
        data = decode(bundle[mime], place, gate) if mime in bundle else b""
        if data and (gate.is_strict or picture_type(data)):
            return PictureBlock(place, data, picture_type(data) or mime, describe())
    return _text_of(bundle, place, gate, not_shown)


def _text_of(
    bundle: Mapping[str, Any], place: Place, gate: Gate, not_shown: str
) -> PlainBlock | None:
    """Show what words an output has, if only the name of what cannot be shown."""
    if "application/json" in bundle:
        content = json.dumps(bundle["application/json"], ensure_ascii=False, indent=2)
        return plain_block(content, place)
    block = plain_block(_joined(bundle.get("text/plain", "")), place)
    unseen = sorted(mime for mime in bundle if mime != "text/plain")
    for mime in unseen:
        if block is None and WRITTEN.fullmatch(mime) and isinstance(bundle[mime], str | list):
            block = plain_block(_joined(bundle[mime]), place)
    if not unseen:
        return block
    # HTML that shows nothing is the script of another type, if there is one.
    names = ", ".join([mime for mime in unseen if mime != "text/html"] or unseen)
    if block is None or len(block.text) > MOST_WORDS:
        # What stands beside a map or a chart for browsers may be all of its data, on 400 pages.
        block = PlainBlock(place, not_shown.format(types=names))
        instead = "a note says so"
    else:
        instead = "its text stands there instead"
    gate.warn(f"{place}: no page can show an output of type {names}; {instead}.")
    return block


def picture_type(data: bytes) -> str:
    """Tell the type of an image file from its content.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    str
        MIME type; empty if page and PDF cannot show it.

    Examples
    --------
    >>> picture_type(b"GIF89a"), picture_type(b"text")
    ('image/gif', '')
    """
    for mime, signature in SIGNATURES.items():
        if data.startswith(signature):
            return mime
    return "image/svg+xml" if is_drawing(data) else ""


def is_drawing(svg: bytes) -> bool:
    """Tell whether an SVG file can be read.

    Parameters
    ----------
    svg : bytes
        The file.

    Returns
    -------
    bool
        False for anything that is no XML, or no drawing.

    Examples
    --------
    >>> is_drawing(b"<svg><g></svg>")
    False
    """
    try:
        return ElementTree.fromstring(svg).tag.rpartition("}")[2] == "svg"
    except ElementTree.ParseError:
        return False


def _named(svg: str) -> str:
    """Say what an SVG is: inside a page it need not, as a file of its own it must."""
    if not re.search(r"""<svg\b[^>]*\sxmlns=""", svg):
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    if "xlink:" in svg and "xmlns:xlink" not in svg:
        svg = svg.replace("<svg", '<svg xmlns:xlink="http://www.w3.org/1999/xlink"', 1)
    return svg


def _formula(latex: str) -> str:
    bare = latex.strip()
    if re.match(r"\\begin\{(tabular|table|longtable|document|center)", bare):
        # What is no formula is shown as its source.
        return f"```\n{bare}\n```"
    return wrap_formulas(bare) if re.search(r"\$|^\\begin", bare) else f"$$\n{bare}\n$$"


def _joined(text: str | list[str]) -> str:
    """Join the lines of an output: the notebook format stores text as a string or as lines."""
    return text if isinstance(text, str) else "".join(text)
