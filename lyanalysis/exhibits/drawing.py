"""A chart as two drawings from one pass: letters as text, and letters as outlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from lyanalysis.charts.style import POINTS, in_points

PLAIN: dict[Any, Any] = {"axes.unicode_minus": False, "text.parse_math": False}
"""How tick labels, which are made only when a chart is drawn, read like all others."""
LETTERS = ("none", "path")
"""What ``svg.fonttype`` calls letters that stay text, and outlines."""
_MARK = "letters"
_MARKED = re.compile(rf" *<!-- {_MARK} -->\n")
_LENGTHS = re.compile(r' (?:d|x|y|width|height)="[^"]*"')
_SURPLUS = re.compile(r"(?<=\.\d\d)\d+| ?\n")


class _Sink:
    """A file that is two: what is written goes into one of them, or into both."""

    def __init__(self) -> None:
        self.parts: dict[str, list[str]] = {letters: [] for letters in LETTERS}
        self.open: tuple[str, ...] = LETTERS

    def write(self, text: str) -> None:
        for letters in self.open:
            self.parts[letters].append(text)


class _TwoDrawings(RendererSVG):
    """Draws everything into both files, and each label in its own way into either.

    To save a chart twice would lay it out and draw it four times, for matplotlib draws once more
    before it saves.
    """

    def __init__(self, chart: Figure) -> None:
        self.sink = _Sink()
        width, height = chart.get_size_inches() * POINTS
        plain = {"Date": None, "Creator": None}
        super().__init__(width, height, self.sink, metadata=plain)  # type: ignore[no-untyped-call]

    def draw_text(self, *text: Any, **options: Any) -> None:
        # The writer closes the tag before a label no sooner than it writes the next thing.
        self.writer.comment(_MARK)  # type: ignore[no-untyped-call]
        for letters in LETTERS:
            self.sink.open = (letters,)
            mpl.rcParams["svg.fonttype"] = letters
            super().draw_text(*text, **options)  # type: ignore[no-untyped-call]
        self.sink.open = LETTERS


class _Canvas(FigureCanvasBase):
    """Lets the layout measure with the renderer that draws, which remembers what it measured."""

    def __init__(self, chart: Figure, renderer: RendererSVG) -> None:
        super().__init__(chart)
        self.renderer = renderer

    def get_renderer(self) -> RendererSVG:
        return self.renderer


def draw(chart: Figure, id: str) -> dict[str, str]:
    """Draw a chart as SVG that depends on nothing but the chart: no date, ids derived from `id`.

    Parameters
    ----------
    chart : Figure
        What a function of :mod:`lyanalysis.charts` returned.
    id : str
        Of the exhibit.

    Returns
    -------
    dict of str to str
        ``text`` and ``paths``: the drawing with letters as text and as outlines.
    """
    with in_points(chart), mpl.rc_context({"svg.hashsalt": id} | PLAIN):
        renderer = _TwoDrawings(chart)
        _Canvas(chart, renderer)
        chart.draw(renderer)
        renderer.finalize()  # type: ignore[no-untyped-call]
    text, paths = (_shorten("".join(renderer.sink.parts[letters])) for letters in LETTERS)
    return {"text": text, "paths": paths}


def check_inside(chart: Figure, id: str) -> None:
    """Refuse labels that leave the canvas: every viewer cuts them without a word.

    Parameters
    ----------
    chart : Figure
        Drawn by :func:`draw`.
    id : str
        Of the exhibit.

    Raises
    ------
    ValueError
        If a label lies partly outside the drawing.
    """
    width, height = chart.get_size_inches() * POINTS
    for label, box in label_boxes(chart):
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1:
            raise ValueError(
                f"chart: label {label.get_text()!r} of exhibit {id!r} leaves the drawing and would "
                "be cut off; make room with margins or a shorter label"
            )


def label_boxes(chart: Figure) -> Iterator[tuple[Text, Bbox]]:
    """Tell where the labels of a chart are.

    Parameters
    ----------
    chart : Figure
        Drawn by :func:`draw`.

    Yields
    ------
    Text
        A label.
    Bbox
        What it covers, in points.
    """
    with in_points(chart):
        for label in _drawn_labels(chart):
            yield label, label.get_window_extent()


def _drawn_labels(chart: Figure) -> Iterator[Text]:
    """List the texts that are drawn; ticks outside the view keep labels that are not."""
    hidden: set[Text] = set()
    for axis in (axis for axes in chart.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            if not (axis.axes.axison and low <= tick.get_loc() <= high):
                hidden |= {tick.label1, tick.label2}
    for label in chart.findobj(Text):
        if label.get_visible() and label.get_text().strip() and label not in hidden:
            yield label


def _shorten(drawing: str) -> str:
    """Take out the marks, decimals beyond what a printer shows, and line ends within paths.

    A notebook keeps every line as a string of its own, indented.
    """
    return _LENGTHS.sub(lambda found: _SURPLUS.sub("", found[0]), _MARKED.sub("", drawing))
