from __future__ import annotations

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont

from lyanalysis.export.advances import bounds


def test_letters_are_as_wide_as_the_font_says():
    with TTFont(str(pylopdf_fonts_zh_cn.sans_path()), lazy=True) as font:
        names, metrics, em = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        for letter in "iW8%,−洛龘①🄰":
            width = metrics[names[ord(letter)]][0] / em
            low, high = bounds(letter)
            assert low <= width <= high < 1.1 * width
    assert bounds("") == (0.0, 0.0)
