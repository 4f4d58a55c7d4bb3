"""The one visual style: palette, font, canvas, labels.

A canvas is a :class:`matplotlib.figure.Figure` that belongs to no window and no global state. Old
and new drivers are always drawn in :data:`OLD` and :data:`NEW`, two hues that stay
apart for readers with any colour-vision deficiency; observed values are solid, estimated or only
indicative ones dashed or hollow. Text is set in Noto Sans SC from the font package, never in a
font of the system, so a chart looks the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pylopdf_fonts_zh_cn
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

OLD = "#b5651d"
NEW = "#1f6f9c"
INK = "#1f2937"
GREY = "#6b7280"
LIGHT = "#d1d5db"
DRIVER_COLOURS = {"old": OLD, "new": NEW, "neutral": GREY}
SECTOR_COLOURS = {"primary": "#8b95a1", "secondary": "#3b3f46", "tertiary": "#7a5195"}
SECTOR_MARKERS = {"primary": "^", "secondary": "s", "tertiary": "o"}
REGION_LOOKS: tuple[dict[str, Any], ...] = (
    {"color": INK, "marker": "o"},
    {"color": "#7a5195", "marker": "s", "markerfacecolor": "white", "linestyle": (0, (4, 2))},
    {"color": GREY, "marker": "D", "markerfacecolor": "white", "linestyle": (0, (1, 1.5))},
)
"""The report's own region, then those above it: told apart by marker and line, not by hue alone."""
FULL_WIDTH = 6.3
"""Width of a figure in inches: the text width of the printed page."""
POINTS = 72
"""Points in an inch: what an SVG is measured in."""
FONT_FAMILY = "Noto Sans SC"
STYLE: dict[Any, Any] = {
    "font.family": FONT_FAMILY,
    "font.size": 9.0,
    "axes.edgecolor": GREY,
    "axes.labelcolor": GREY,
    "axes.labelsize": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
    "text.color": INK,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "lines.linewidth": 1.8,
    "lines.markersize": 4.5,
    "figure.facecolor": "white",
    "svg.hashsalt": "lyanalysis",
    # Names are texts: dollars in one make no formula.
    "text.parse_math": False,
}


@cache
def font_file() -> Path:
    """Register the sans face with matplotlib and return its file.

    Returns
    -------
    Path
        Noto Sans SC Regular inside the installed font package (OFL).

    Examples
    --------
    >>> font_file().name
    'NotoSansSC-Regular.otf'
    """
    path = Path(pylopdf_fonts_zh_cn.__file__).with_name("NotoSansSC-Regular.otf")
    font_manager.fontManager.addfont(path)
    return path


def canvas(
    height: float, *, width_ratios: Sequence[float] = (1.0,), sharey: bool = False
) -> tuple[Figure, list[Axes]]:
    """Return an empty figure of the page's width and its axes, left to right."""
    font_file()
    figure = Figure(figsize=(FULL_WIDTH, height), layout="constrained")
    axes = figure.subplots(
        1, len(width_ratios), squeeze=False, width_ratios=width_ratios, sharey=sharey
    )[0]
    return figure, list(axes)


@contextmanager
def in_points(figure: Figure) -> Iterator[None]:
    """Measure a figure as it is drawn: in points and by outlines, not by the dots of a screen."""
    canvas, dots = figure.canvas, figure.dpi
    FigureCanvasSVG(figure)
    figure.dpi = POINTS
    try:
        yield
    finally:
        figure.set_canvas(canvas)
        figure.dpi = dots


def sector_of(variable: str) -> str:
    """Return which of the three sectors a variable belongs to."""
    return variable.rsplit("_", 1)[-1]


def year_ticks(years: pd.Index[Any]) -> list[int]:
    """Choose at most ten evenly spaced years that end with the last one."""
    first, last = int(years.min()), int(years.max())
    step = 1 + (last - first) // 10
    return list(range(last, first - 1, -step))[::-1]


def number(value: float, decimals: int) -> str:
    """Format a label; a value that rounds to zero carries no minus sign."""
    return f"{value:z.{decimals}f}"


def spread(positions: Iterable[float], gap: float) -> list[float]:
    """Push label positions apart so that neighbours are at least `gap` from each other."""
    order = sorted(range(len(values := list(positions))), key=values.__getitem__)
    placed = values.copy()
    for lower, upper in pairwise(order):
        placed[upper] = max(placed[upper], placed[lower] + gap)
    return placed
