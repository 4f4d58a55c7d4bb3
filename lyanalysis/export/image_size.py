"""How wide an image is shown: as its author wants, else as it would be printed."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, Final

from lyanalysis.export.blocks import PictureBlock

SHARPEST: Final = 1200
"""Dots per inch above which those an image claims are not believed."""
PIXELS: Final = {
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 9.6 / 2.54,
    "em": 16.0,
    "rem": 16.0,
}
"""Pixels of a page in a unit of style sheets; letters are those a browser begins with."""
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
        ``"200px"`` or ``"50%"``, other units as pixels; empty for what is no width.

    Examples
    --------
    >>> stated_width(" 200 "), stated_width("50%"), stated_width("3em"), stated_width("2.54 cm")
    ('200px', '50%', '48px', '96px')
    """
    found = re.fullmatch(r"\s*(\d{1,5}(?:\.\d{1,3})?)\s*([a-z]*|%)\s*", str(width).lower())
    if not found or not float(found[1]):
        return ""
    if found[2] == "%":
        return f"{found[1]}%"
    pixels = PIXELS.get(found[2] or "px")
    return "" if pixels is None else f"{float(found[1]) * pixels:.10g}px"


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
    """Return the width of an image on a page: as wanted, else that of a print of a sharp image.

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
    >>> import io
    >>> from PIL import Image
    >>> from lyanalysis.export.exhibit import Place
    >>> file = io.BytesIO()
    >>> Image.new("RGB", (1800, 900)).save(file, "JPEG", dpi=(300, 300))
    >>> page_width(PictureBlock(Place("a", 1, None), file.getvalue(), "image/jpeg", "300 dpi"))
    '576px'
    """
    if picture.width or picture.mime not in ("image/png", "image/jpeg"):
        return picture.width
    # Imported here because looking an exporter up must stay cheap.
    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture.data)) as image:
            dots, pixels = float(image.info.get("dpi", (0, 0))[0]), image.width
    except (OSError, ValueError, Image.DecompressionBombError):
        return ""  # The browser shows what it can.
    return f"{round(pixels * DOTS / dots)}px" if DOTS + 1 < dots <= SHARPEST else ""
