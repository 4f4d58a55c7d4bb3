"""About how wide a text is, so that Typst need not measure every cell of every table."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

KERNING: Final = 0.03
"""Share of its width by which neighbouring letters may move a text together or apart."""
EITHER_FACE: Final = frozenset("‘’“”—–…·")
"""Marks that come from the Latin face in English, where they are narrower."""
NARROWEST: Final = 0.2
PUNCTUATION: Final = re.compile(r"[\u3000-\u303f\uff01-\uff0f\uff1a-\uff1f\uff3b-\uff65]")
"""Chinese marks, of whose em Typst may take half away."""
CHINESE: Final = r"[\u2e80-\u9fff]"
OTHER: Final = r"[^\W\u2e80-\u9fff]"
SEAM: Final = re.compile(f"(?<={CHINESE})(?={OTHER})|(?<={OTHER})(?={CHINESE})")
"""Where Typst puts a quarter of an em between Chinese and other letters."""


@lru_cache(maxsize=10_000)
def bounds(text: str) -> tuple[float, float]:
    """Tell between which widths a text in the sans face lies.

    Parameters
    ----------
    text : str
        Letters of one line.

    Returns
    -------
    tuple of float
        Lowest and highest, in em.

    Examples
    --------
    >>> low, high = bounds("增速12.5")
    >>> low < 3.94 < high
    True
    """
    widths = [_letter(letter) for letter in text]
    low, high = (sum(side) for side in zip(*widths, strict=True)) if widths else (0.0, 0.0)
    low -= 0.5 * len(PUNCTUATION.findall(text))
    high += 0.25 * len(SEAM.findall(text))
    return low * (1 - KERNING), high * (1 + KERNING)


@cache
def _letter(letter: str) -> tuple[float, float]:
    if unicodedata.category(letter) in ("Cf", "Mn", "Cc"):
        return 0.0, 0.0
    # Letters of no font are refused or replaced later, by something that is one em at most.
    width = _advances().get(ord(letter))
    if width is None:
        return NARROWEST, 1.0
    return (NARROWEST if letter in EITHER_FACE else width), width


def widest(texts: Iterable[str]) -> Sequence[str]:
    """Keep the texts of which one is the widest.

    Parameters
    ----------
    texts : iterable of str
        Cells of a column.

    Returns
    -------
    sequence of str
        Different texts in their order; the others are narrower, whatever the kerning.

    Examples
    --------
    >>> widest(["1.5", "12.5", "—", "12.5", "11.9"])
    ['12.5', '11.9']
    """
    between = {text: bounds(text) for text in texts}
    floor = max((low for low, _ in between.values()), default=0.0)
    return [text for text, (_, high) in between.items() if high >= floor]


@cache
def _advances() -> dict[int, float]:
    # Imported here because looking an exporter up must stay cheap.
    import pylopdf_fonts_zh_cn
    from fontTools.ttLib import TTFont

    with TTFont(str(pylopdf_fonts_zh_cn.sans_path()), lazy=True) as font:
        em, count = font["head"].unitsPerEm, font["hhea"].numberOfHMetrics
        # Straight from the tables: with the names of 30,000 glyphs it takes twenty times as long.
        pairs = struct.iter_unpack(">Hh", font.reader["hmtx"][: 4 * count])
        widths = [advance / em for advance, _ in pairs]
        return {code: widths[min(glyph, count - 1)] for code, glyph in _glyphs(font.reader["cmap"])}


def _glyphs(cmap: bytes) -> Iterator[tuple[int, int]]:
    """Yield code and glyph of every letter in the full Unicode subtable (format 12) of a font."""
    (tables,) = struct.unpack_from(">H", cmap, 2)
    for platform, encoding, offset in struct.iter_unpack(">HHL", cmap[4 : 4 + 8 * tables]):
        if (platform, encoding) == (3, 10):
            (groups,) = struct.unpack_from(">L", cmap, offset + 12)
            content = cmap[offset + 16 : offset + 16 + 12 * groups]
            for first, last, glyph in struct.iter_unpack(">LLL", content):
                yield from ((code, glyph + code - first) for code in range(first, last + 1))
