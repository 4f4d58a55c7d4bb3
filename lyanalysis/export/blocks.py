"""The parts of a document: text to convert, pictures, plain text; one cell gives one or several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lyanalysis.export.exhibit import Exhibit, Place


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Markdown or sanitised HTML, still to be converted.

    Attributes
    ----------
    place : Place
        Cell the text stands in.
    text : str
        The source.
    format : {"markdown", "html"}
        How to read it.
    attachments : mapping of str to bytes
        Images stored in the cell, by name.
    folder : Path or None
        Where relative image paths start.
    """

    place: Place
    text: str
    format: Literal["markdown", "html"]
    attachments: Mapping[str, bytes]
    folder: Path | None


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """An image with the text that stands for it.

    Attributes
    ----------
    place : Place
        Its cell.
    data : bytes
        PNG, JPEG, GIF, WebP or SVG.
    mime : str
        Which of them.
    alt : str
        Alternative text.
    width : str
        As wanted: ``"200px"`` or ``"50%"`` of the text; empty for its own width.
    """

    place: Place
    data: bytes
    mime: str
    alt: str
    width: str = ""


@dataclass(frozen=True, slots=True)
class PlainBlock:
    """Text as a program printed it."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """The source of a code cell."""

    place: Place
    text: str


Block = TextBlock | Exhibit | PictureBlock | PlainBlock | CodeBlock
