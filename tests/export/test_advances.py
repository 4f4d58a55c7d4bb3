from __future__ import annotations

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont

from lyanalysis.export.advances import width_of


def test_letters_are_as_wide_as_the_font_says():
    with TTFont(str(pylopdf_fonts_zh_cn.sans_path()), lazy=True) as font:
        names, metrics, em = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        for letter in "iW8%,−洛龘①🄰":
            width = metrics[names[ord(letter)]][0] / em
            assert width <= width_of(letter) < 1.04 * width
    assert width_of("") == 0.0
