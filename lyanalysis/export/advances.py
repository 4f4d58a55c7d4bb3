"""About how wide a text is, so that Typst need not measure every cell of every table."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

KERNING: Final = 0.03
"""Share of their width by which neighbouring Latin letters may move apart."""
FIRST_CHINESE: Final = "\u2e80"
"""From here on letters fill a square and keep their distance."""
CHINESE: Final = r"[\u2e80-\u9fff]"
OTHER: Final = r"[^\W\u2e80-\u9fff]"
SEAM: Final = re.compile(f"(?<={CHINESE})(?={OTHER})|(?<={OTHER})(?={CHINESE})")
"""Where Typst puts a quarter of an em between Chinese and other letters."""


@lru_cache(maxsize=10_000)
def width_of(text: str) -> float:
    """Tell how wide a text in the sans face is at most.

    Parameters
    ----------
    text : str
        Letters of one line.

    Returns
    -------
    float
        In em; Typst may kern letters and squeeze punctuation, which makes it narrower.

    Examples
    --------
    >>> f"{width_of('增速12.5'):.2f}"
    '4.25'
    """
    letters = (_letter(one) * (1 if one >= FIRST_CHINESE else 1 + KERNING) for one in text)
    return sum(letters) + 0.25 * len(SEAM.findall(text))


@cache
def _letter(letter: str) -> float:
    if unicodedata.category(letter) in ("Cf", "Mn", "Cc"):
        return 0.0
    # Letters of no font are refused or replaced later, by something that is one em at most.
    return _advances().get(ord(letter), 1.0)


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
