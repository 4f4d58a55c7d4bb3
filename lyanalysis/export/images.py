"""Images that Markdown refers to: attached to the cell, written in the text, or in a file."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import quote, unquote

from lyanalysis.export.blocks import PictureBlock, TextBlock
from lyanalysis.export.pandoc import Image
from lyanalysis.export.words import WORDS, Language

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)
"""First bytes of the image formats that page and PDF both show."""


def find_image(image: Image, block: TextBlock, *, language: Language, strict: bool) -> PictureBlock:
    """Read the file behind an image in a text.

    Parameters
    ----------
    image : Image
        Address and alternative text.
    block : TextBlock
        The text it stands in.
    language : {"zh", "en"}
        Language of the alternative text where none is given.
    strict : bool
        Refuse an image without alternative text.

    Returns
    -------
    PictureBlock
        The file, its type told from its content.

    Raises
    ------
    ExportError
        If the file is missing, is no image, or (strict) has no alternative text.
    """
    alt = image.alt.strip()
    if not alt and strict:
        raise block.place.error(
            f"the image {image.src[:80]!r} has no alternative text; write it between the square "
            "brackets."
        )
    data = _read(image.src, block)
    return PictureBlock(
        block.place,
        data,
        _mime(data, image.src, block),
        alt or WORDS[language]["no_alt"].format(cell=block.place.cell),
    )


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


def _read(src: str, block: TextBlock) -> bytes:
    if src.startswith("attachment:"):
        name = unquote(src.removeprefix("attachment:"))
        if name not in block.attachments:
            raise block.place.error(f"the cell has no attachment {name!r}.")
        return block.attachments[name]
    if src.startswith("data:"):
        try:
            return base64.b64decode(src.partition(",")[2])
        except binascii.Error as error:
            raise block.place.error(
                f"an image in the text is not valid Base64 ({error})."
            ) from error
    folder = None if block.folder is None else block.folder.resolve()
    path = None if folder is None else (folder / unquote(src)).resolve()
    # A notebook from elsewhere must not carry files of this machine into what it becomes.
    if folder is None or path is None or folder not in path.parents or not path.is_file():
        raise block.place.error(f"the image file {src!r} was not found beside the notebook.")
    return path.read_bytes()


def _mime(data: bytes, src: str, block: TextBlock) -> str:
    for signature, mime in SIGNATURES:
        if data.startswith(signature):
            return mime
    if b"<svg" in data[:2000]:
        return "image/svg+xml"
    raise block.place.error(f"the image {src[:80]!r} is not PNG, JPEG, GIF, WebP or SVG.")
