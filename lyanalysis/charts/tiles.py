"""Charts of cells: a map-like grid of a province, and moves between classes."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lyanalysis import catalog
from lyanalysis.charts.style import GREY, INK, LIGHT, STYLE, canvas, number

TILE = 0.46
"""Inches a row of tiles takes."""
SHADES = LinearSegmentedColormap.from_list("shades", ["#f3f4f6", "#8b95a1", INK])
"""From light to dark: the order survives printing in grey, and no hue of a driver is used."""
DARK = 0.42
"""From this part of the range on, letters on a shade are white."""
CLASS_WORDS: dict[catalog.Language, tuple[str, ...]] = {
    "zh": ("低", "中低", "中高", "高"),
    "en": ("Low", "Lower middle", "Upper middle", "High"),
}
AXES_WORDS: dict[catalog.Language, tuple[str, str]] = {
    "zh": ("次年类型", "年初类型"),
    "en": ("Class a year later", "Class in a year"),
}


@mpl.rc_context(STYLE)
def growth_tiles(tiles: pd.DataFrame, *, region: str, language: catalog.Language) -> Figure:
    """Draw the units of a province as tiles that stand as on a map, shaded by growth.

    Parameters
    ----------
    tiles : DataFrame
        Index with a level ``region_code``; columns ``tile_row`` (0 in the north), ``tile_column``
        (0 in the west) and ``gdp_growth_real``, percent, NaN where it is not published.
    region : str
        The report's own region: its tile has a heavy border.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        One tile a unit with its name and value, the darker the faster; hatched where nothing is
        published.

    Examples
    --------
    >>> index = pd.Index(["410300", "410100"], name="region_code")
    >>> columns = {"tile_row": [1, 1], "tile_column": [0, 1], "gdp_growth_real": [6.0, None]}
    >>> frame = pd.DataFrame(columns, index)
    >>> len(growth_tiles(frame, region="410300", language="en").axes)
    1
    """
    values = tiles["gdp_growth_real"].dropna()
    rows = int(tiles["tile_row"].max()) + 1 if len(tiles) else 1
    figure, (axes,) = canvas(0.2 + TILE * rows)
    axes.set_axis_off()
    if values.empty:
        return figure
    axes.set_axis_on()
    axes.spines[:].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    low, high = float(values.min()), float(values.max())
    codes = tiles.index.get_level_values("region_code")
    cells = tiles[["tile_row", "tile_column", "gdp_growth_real"]].to_numpy(float)
    # The own tile last: its border lies over its neighbours.
    order = sorted(range(len(codes)), key=lambda place: codes[place] == region)
    for place in order:
        row, column, value = cells[place]
        shade = (value - low) / (high - low) if high > low else 0.3
        _tile(axes, row, column, shade=shade, own=codes[place] == region)
        name = catalog.region_name(str(codes[place]), language, short=True)
        shown = "—" if pd.isna(value) else f"{number(value, 1)}%"
        colour = "white" if shade >= DARK else INK
        for up, text, size in ((-0.17, name, 8.0), (0.2, shown, 9.0)):
            axes.text(column, row + up, text, ha="center", va="center", fontsize=size, color=colour)
    axes.set_xlim(tiles["tile_column"].min() - 0.55, tiles["tile_column"].max() + 0.55)
    axes.set_ylim(rows - 0.45, -0.55)
    return figure


def _tile(axes: Axes, row: float, column: float, *, shade: float, own: bool) -> None:
    missing = pd.isna(shade)
    axes.add_patch(
        Rectangle(
            (column - 0.48, row - 0.46),
            0.96,
            0.92,
            facecolor="white" if missing else SHADES(shade),
            edgecolor=INK if own else (LIGHT if missing else "white"),
            linewidth=2.6 if own else 0.8,
            hatch="////" if missing else None,
        )
    )


@mpl.rc_context(STYLE)
def mobility_cells(moves: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw how often regions of a class are found in each class a year later.

    Parameters
    ----------
    moves : DataFrame
        Index ``(from, to)``, classes counted from 0, the lowest; columns ``transitions`` (number)
        and ``probability`` (percent).
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A square of cells with percent and number of moves, the darker the more likely; a class
        without moves stays empty.
    """
    known = moves.dropna(subset="probability")
    classes = len(moves.index.unique("to"))
    figure, (axes,) = canvas(0.75 + 0.4 * classes)
    if known.empty:
        axes.set_axis_off()
        return figure
    cells = known.reset_index()[["from", "to", "probability", "transitions"]].to_numpy(float)
    for start, end, percent, count in cells:
        part = percent / 100
        axes.add_patch(
            Rectangle(
                (end - 0.49, start - 0.48),
                0.98,
                0.96,
                facecolor=SHADES(0.9 * part) if count else "white",
                edgecolor=LIGHT,
                linewidth=0.8,
            )
        )
        if count:
            axes.text(
                end,
                start,
                f"{number(percent, 1)}%  ({number(count, 0)})",
                ha="center",
                va="center",
                color="white" if 0.9 * part >= DARK else INK,
            )
    words = CLASS_WORDS[language]
    axes.set_xticks(range(classes), words[:classes])
    axes.set_yticks(range(classes), words[:classes])
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(AXES_WORDS[language][0])
    axes.set_ylabel(AXES_WORDS[language][1])
    axes.tick_params(length=0, colors=INK)
    axes.spines[:].set_visible(False)
    axes.set_xlim(-0.52, classes - 0.48)
    axes.set_ylim(classes - 0.5, -0.5)
    axes.xaxis.label.set_color(GREY)
    return figure
