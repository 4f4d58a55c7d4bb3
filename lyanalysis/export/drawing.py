"""Drawings inside the page: letters stay letters, in the one font of all figures."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import cache
from typing import Final
from xml.etree import ElementTree

from lyanalysis.export.fonts import VERTICAL, reduce

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
DRAWN: Final = frozenset(
    (
        *("svg", "g", "defs", "clipPath", "use", "title", "text", "tspan"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"),
        *("linearGradient", "radialGradient", "stop", "pattern"),
    )
)
"""Elements that draw; others, metadata and scripts among them, are left out."""
SHAPES: Final = "stroke-linejoin:round;stroke-linecap:butt"
"""What matplotlib says in a style sheet of its own, which on a page would hold for everything."""
FAMILY: Final = "Noto Sans SC"
"""What the drawings call their font."""
EMBEDDED: Final = "Report figures"
"""What the page calls its subset, so that it serves the drawings alone."""
UNUSED: Final = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", *VERTICAL)
"""Tables of the font for features, which no figure has, among them."""

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


def inline_svg(svg: str, *, alt: str) -> str:
    """Turn an SVG file into an element of a page.

    Parameters
    ----------
    svg : str
        An SVG document whose letters are text.
    alt : str
        What a listener hears instead.

    Returns
    -------
    str
        One ``<svg>`` element named by `alt`. Identifiers that nothing refers to are dropped, since
        all drawings of a page share one name space; so are scripts, handlers and links. Lengths
        keep two decimals, hundredths of a point.

    Examples
    --------
    >>> inline_svg('<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/></svg>', alt="Growth")
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Growth" \
style="stroke-linejoin:round;stroke-linecap:butt"><g /></svg>'
    """
    root = ElementTree.fromstring(svg.replace(f"'{FAMILY}'", f"'{EMBEDDED}', '{FAMILY}'"))
    used = {*re.findall(r"""url\(["']?#([^"')]+)|href=["']#([^"']+)""", svg)}
    referred = {name for pair in used for name in pair if name}
    _clean(root, referred)
    for name in ("width", "height", "version"):
        # The page gives the width; the height follows from viewBox.
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-label", alt)
    root.set("style", SHAPES)
    return ElementTree.tostring(root, encoding="unicode").strip()


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):z.2f}".rstrip("0").rstrip(".")


def _clean(element: ElementTree.Element, referred: set[str]) -> None:
    for name in list(element.attrib):
        local = name.rpartition("}")[2]
        link = local == "href" and not element.attrib[name].startswith(("#", "data:image/"))
        if (
            link
            or local.startswith("on")
            or (name == "id" and element.attrib[name] not in referred)
        ):
            del element.attrib[name]
        else:
            # Letters are never touched: a label may well have three decimals.
            element.set(name, re.sub(r"-?\d+\.\d{3,}", _short, element.attrib[name]))
    for child in list(element):
        if child.tag.rpartition("}")[2] in DRAWN and child.tag.startswith(f"{{{SVG}}}"):
            _clean(child, referred)
        else:
            element.remove(child)


def letters_of(drawings: Iterable[str]) -> str:
    """Return the different letters of drawings, in order.

    Examples
    --------
    >>> letters_of(['<svg xmlns="http://www.w3.org/2000/svg"><text>bab</text></svg>'])
    'ab'
    """
    texts = (
        text
        for svg in drawings
        for element in ElementTree.fromstring(svg).iter(f"{{{SVG}}}text")
        for text in element.itertext()
    )
    return "".join(sorted({letter for text in texts for letter in text if letter.isprintable()}))


@cache
def font_face(letters: str) -> str:
    """Write a style rule that brings the font of the figures, with no more than some letters.

    Parameters
    ----------
    letters : str
        Letters to be shown.

    Returns
    -------
    str
        One ``@font-face`` rule with the font inside; the same letters give the same text.
    """
    # Imported here because looking an exporter up must stay cheap.
    import pylopdf_fonts_zh_cn

    font = reduce(pylopdf_fonts_zh_cn.sans_path(), letters, dropped=UNUSED)
    content = base64.b64encode(font).decode("ascii")
    return (
        f'@font-face {{ font-family: "{EMBEDDED}"; font-display: block; '
        f'src: url("data:font/otf;base64,{content}") format("opentype"); }}'
    )
