"""About how wide a text is, so that Typst need not measure every cell of every table."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from lyanalysis.export.fonts import open_font

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
    # Imported here because looking an exporter up must stay cheap.
    import pylopdf_fonts_zh_cn

    font = open_font(pylopdf_fonts_zh_cn.sans_path())
    glyph = font.get_nominal_glyph(ord(letter))
    # Letters of no font are refused or replaced later, by something that is one em at most.
    return 1.0 if glyph is None else font.get_glyph_h_advance(glyph) / font.face.upem
