"""Choose, for one output of a cell, the form a reader should see."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from lyanalysis.export.blocks import Block, PictureBlock, PlainBlock, TextBlock
from lyanalysis.export.exhibit import MIME, Place, read_exhibit
from lyanalysis.export.sanitise import clean_html
from lyanalysis.export.words import WORDS, Language

PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""Image types both targets can show, besides SVG."""
ANSI: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""Colours and cursor movements of a terminal."""


def read_output(
    output: Mapping[str, Any],
    cell_metadata: Mapping[str, Any],
    place: Place,
    *,
    language: Language,
    strict: bool,
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
    strict : bool
        Refuse images without alternative text; otherwise say that there is none.
    folder : Path or None
        Where relative paths start.

    Returns
    -------
    Block or None
        None where nothing can be seen, as in a widget's placeholder without text.

    Raises
    ------
    ExportError
        If the output is an error, or an exhibit or image lacks its alternative text.
    """
    kind = output["output_type"]
    if kind == "error":
        raise place.error(
            f"the cell ended with {output.get('ename', 'an error')}: {output.get('evalue', '')}; "
            "a notebook that failed is not exported."
        )
    if kind == "stream":
        return plain_block(_joined(output.get("text", "")), place)
    bundle: Mapping[str, Any] = output.get("data", {})
    if MIME in bundle:
        return read_exhibit(bundle, place)
    alt = alternative_text(output.get("metadata", {}), cell_metadata)
    if not alt and not strict:
        alt = WORDS[language]["no_alt"].format(cell=place.cell)
    return _first_visible(bundle, place, alt, folder)


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
    kept = "\n".join(line.rstrip() for line in lines).strip("\n")
    return PlainBlock(place, kept.expandtabs()) if kept.strip() else None


def decode(content: str | list[str], place: Place) -> bytes:
    """Decode an image stored in a notebook.

    Parameters
    ----------
    content : str or list of str
        Base64, on one or several lines.
    place : Place
        The cell, named in the error.

    Returns
    -------
    bytes
        The image file.

    Raises
    ------
    ExportError
        If the text is not Base64.
    """
    try:
        return base64.b64decode(_joined(content), validate=False)
    except binascii.Error as error:
        raise place.error(f"an image is not valid Base64 ({error}).") from error


def _first_visible(
    bundle: Mapping[str, Any], place: Place, alt: str, folder: Path | None
) -> Block | None:
    # nbconvert's order, except that HTML with nothing to see (a script) yields to the rest.
    html = clean_html(_joined(bundle.get("text/html", "")), image_text=alt or "—")
    if html:
        return TextBlock(place, html, "html", {}, folder)
    if "text/markdown" in bundle:
        return TextBlock(place, _joined(bundle["text/markdown"]), "markdown", {}, folder)
    if "image/svg+xml" in bundle:
        svg = _named(_joined(bundle["image/svg+xml"])).encode("utf-8")
        return _picture(svg, "image/svg+xml", place, alt)
    if "text/latex" in bundle:
        return TextBlock(place, _formula(_joined(bundle["text/latex"])), "markdown", {}, folder)
    for mime in PICTURES:
        if mime in bundle:
            return _picture(decode(bundle[mime], place), mime, place, alt)
    return plain_block(_joined(bundle.get("text/plain", "")), place)


def _named(svg: str) -> str:
    """Say what an SVG is: inside a page it need not, as a file of its own it must."""
    if "http://www.w3.org/2000/svg" in svg:
        return svg
    return svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def _picture(data: bytes, mime: str, place: Place, alt: str) -> PictureBlock:
    if not alt:
        raise place.error(
            "the image has no alternative text; show it as an exhibit, or write one into the "
            "metadata of the cell under 'alt'."
        )
    return PictureBlock(place, data, mime, alt)


def _formula(latex: str) -> str:
    bare = latex.strip()
    return bare if bare.startswith("$") else f"$$\n{bare}\n$$"


def _joined(text: str | list[str]) -> str:
    """Join the lines of an output: the notebook format stores text as a string or as lines."""
    return text if isinstance(text, str) else "".join(text)
