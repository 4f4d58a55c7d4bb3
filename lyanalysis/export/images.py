"""Images that Markdown refers to: attached to the cell, written in the text, or in a file."""

from __future__ import annotations

import base64
from typing import Final
from urllib.parse import quote, unquote, unquote_to_bytes

from lyanalysis.export.blocks import PictureBlock, PlainBlock, TextBlock
from lyanalysis.export.gate import Gate
from lyanalysis.export.image_size import stated_width
from lyanalysis.export.outputs import picture_type
from lyanalysis.export.pandoc import Image
from lyanalysis.export.words import WORDS, Language

ALT_REMEDY: Final = "write it between the square brackets"


def find_image(
    image: Image, block: TextBlock, *, language: Language, gate: Gate
) -> PictureBlock | PlainBlock:
    """Read the file behind an image in a text.

    Parameters
    ----------
    image : Image
        Address and alternative text.
    block : TextBlock
        The text it stands in.
    language : {"zh", "en"}
        Language of the alternative text where none is given.
    gate : Gate
        What becomes of an image that is missing, damaged or without alternative text.

    Returns
    -------
    PictureBlock or PlainBlock
        The file, its type told from its content; what stands there instead where there is none.

    Raises
    ------
    ExportError
        If the file of a report is missing, is no image, or has no alternative text.
    """
    alt, name = image.alt.strip(), image.src[:80]
    if not alt and gate.is_strict:
        gate.miss_alt(block.place, f"the image {name!r}", remedy=ALT_REMEDY)
    try:
        data = _read(image.src, block)
        mime = picture_type(data)
        if not mime:
            raise _MissingError(f"the image {name!r} is not PNG, JPEG, GIF, WebP or SVG")
    except _MissingError as missing:
        gate.refuse(
            block.place,
            str(missing),
            remedy="put it there or leave it out",
            instead="a note says so",
        )
        words = WORDS[language]["no_image"]
        return PlainBlock(block.place, words.format(name=alt or name.partition(",")[0]))
    if not alt:
        gate.miss_alt(block.place, f"the image {name!r}", remedy=ALT_REMEDY)
        alt = WORDS[language]["no_alt"].format(cell=block.place.cell)
    return PictureBlock(block.place, data, mime, alt, stated_width(image.width))


def data_uri(data: bytes, mime: str) -> str:
    r"""Write a file as an address that loads nothing.

    Parameters
    ----------
    data : bytes
        The file.
    mime : str
        Its type.

    Returns
    -------
    str
        ``data:`` address; text is percent-encoded, which compresses and reads better than Base64.

    Examples
    --------
    >>> data_uri(b"a,b", "text/csv")
    'data:text/csv;charset=utf-8,a,b'
    >>> data_uri(b"\x89PNG", "image/png")
    'data:image/png;base64,iVBORw=='
    """
    if mime == "image/svg+xml" or mime.startswith("text/"):
        return f"data:{mime};charset=utf-8,{quote(data, safe=' !$()*+,-./:;=?@[]^_`|~')}"
    return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}"


class _MissingError(Exception):
    """Why there is no image."""


def _read(src: str, block: TextBlock) -> bytes:
    if src.startswith("attachment:"):
        name = unquote(src.removeprefix("attachment:"))
        if not block.attachments.get(name):
            raise _MissingError(f"the cell has no attachment {name!r}")
        return block.attachments[name]
    if src.startswith("data:"):
        head, _, content = src.partition(",")
        if ";base64" not in head:
            return unquote_to_bytes(content)
        try:
            return base64.b64decode(unquote(content))
        except ValueError as error:
            raise _MissingError(f"an image in the text is not valid Base64 ({error})") from error
    folder = None if block.folder is None else block.folder.resolve()
    try:
        path = None if folder is None else (folder / unquote(src)).resolve()
        # A notebook from elsewhere must not carry files of this machine into what it becomes.
        if folder is None or path is None or folder not in path.parents or not path.is_file():
            raise _MissingError(f"the image file {src!r} was not found beside the notebook")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise _MissingError(f"the image file {src!r} cannot be read ({error})") from error
