"""How wide an image is shown: as its author wants, else as it would be printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from lyanalysis.export.blocks import PictureBlock

SHARPEST: Final = 1200
"""Dots per inch above which those a PNG claims are not believed."""
DOTS: Final = 96
"""Dots per inch of a page: an image with more is shown smaller than its pixels."""


def stated_width(width: Any) -> str:
    """Read the width an author wants for an image.

    Parameters
    ----------
    width : str or int
        Of an HTML tag or of the metadata of an output.

    Returns
    -------
    str
        ``"200px"`` or ``"50%"``; empty for other units, and for what is no width.

    Examples
    --------
    >>> stated_width(" 200 "), stated_width("50%"), stated_width("3em"), stated_width(400)
    ('200px', '50%', '', '400px')
    """
    found = re.fullmatch(r"\s*(\d{1,5}(?:\.\d{1,3})?)\s*(px|%|)\s*", str(width))
    return f"{found[1]}{found[2] or 'px'}" if found and float(found[1]) else ""


def output_width(output_metadata: Mapping[str, Any], mime: str) -> str:
    """Find the width of an image where IPython states it.

    Parameters
    ----------
    output_metadata : mapping
        Metadata of an output, by MIME type or not.
    mime : str
        Type of the image.

    Returns
    -------
    str
        As :func:`stated_width`.
    """
    by_type = output_metadata.get(mime)
    about = by_type if isinstance(by_type, Mapping) else output_metadata
    return stated_width(about.get("width", ""))


def page_width(picture: PictureBlock) -> str:
    r"""Return the width of an image on a page: as wanted, else that of a print of a sharp PNG.

    Parameters
    ----------
    picture : PictureBlock
        The image.

    Returns
    -------
    str
        As :func:`stated_width`; empty where a browser's own choice, a dot for a pixel, is right.

    Examples
    --------
    >>> import struct
    >>> from lyanalysis.export.exhibit import Place
    >>> size = struct.pack(">II", 1800, 900)
    >>> sharp = b"pHYs" + struct.pack(">IIB", 11811, 11811, 1)
    >>> png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + size + b"\x08\2\0\0\0crc_\0\0\0\t" + sharp
    >>> page_width(PictureBlock(Place("a", 1, None), png, "image/png", "300 dots per inch"))
    '576px'
    """
    if picture.width or picture.mime != "image/png":
        return picture.width
    head, _, _ = picture.data.partition(b"IDAT")
    found = re.search(rb"pHYs(.{4}).{4}\x01", head, flags=re.S)
    if not found or len(head) < 24:
        return ""
    dots = int.from_bytes(found[1], "big") * 0.0254
    pixels = int.from_bytes(head[16:20], "big")
    return f"{round(pixels * DOTS / dots)}px" if DOTS + 1 < dots <= SHARPEST else ""
