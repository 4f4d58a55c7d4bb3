"""Drawings on the page are harmless, share no names, and bring their letters."""

from __future__ import annotations

import base64
import io
import re

from fontTools.ttLib import TTFont

from lyanalysis.export.drawing import EMBEDDED, font_face, inline_svg, letters_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
DRAWING = (
    HEAD
    + """width="10pt" height="5pt" viewBox="0 0 10 5" onload="steal()">
<metadata><a/></metadata><style>*{fill:red}</style><script>steal()</script>
<defs><clipPath id="clip"><rect width="1" height="1"/></clipPath><path id="marker" d="M0 0"/></defs>
<g id="figure_1"><path clip-path="url(#clip)" d="M0 0L1 1"/><use xlink:href="#marker"/>
<a xlink:href="https://example.org"><text>link</text></a>
<image xlink:href="https://example.org/x.png"/><image xlink:href="data:image/png;base64,AA=="/>
<text style="font-family: 'Noto Sans SC'">洛阳 6.0%</text></g></svg>"""
)


def test_nothing_runs_loads_or_holds_for_the_whole_page() -> None:
    drawn = inline_svg(DRAWING, alt='say "6 < 7"')
    for bad in ("steal", "example.org", "metadata", "fill:red", "figure_1", "<style", 'width="10'):
        assert bad not in drawn
    for kept in ('id="clip"', "url(#clip)", 'href="#marker"', "data:image/png", "洛阳 6.0%"):
        assert kept in drawn
    assert 'aria-label="say &quot;6 &lt; 7&quot;"' in drawn
    assert f"'{EMBEDDED}'" in drawn


def test_lengths_are_shortened_and_labels_are_not() -> None:
    svg = f'{HEAD}viewBox="0 0 1 1"><path d="M 1.23456 -0.00001L 7 8.5"/><text>7.0764</text></svg>'
    drawn = inline_svg(svg, alt="a")
    assert 'd="M 1.23 0L 7 8.5"' in drawn
    assert ">7.0764<" in drawn


def test_letters_are_those_that_are_shown() -> None:
    assert letters_of([DRAWING]) == "".join(sorted(set("link洛阳 6.0%")))


def test_the_font_holds_the_letters_and_no_others() -> None:
    rule = font_face("洛阳abc")
    (content,) = re.findall('base64,([^"]+)', rule)
    with TTFont(io.BytesIO(base64.b64decode(content))) as font:
        assert set(map(chr, font.getBestCmap())) == set("洛阳abc")
    font_face.cache_clear()
    assert font_face("洛阳abc") == rule, "the same bytes again"
