"""The small multiples that show the sector shares of every unit over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from lyanalysis import catalog
from lyanalysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    SECTOR_COLOURS,
    SECTOR_MARKERS,
    STYLE,
    canvas,
    sector_of,
)

ACROSS = 6
"""Panels side by side."""


@mpl.rc_context(STYLE)
def structure_multiples(shares: pd.DataFrame, *, region: str, language: catalog.Language) -> Figure:
    """Draw the sector shares of every unit over time, one small panel a unit.

    Parameters
    ----------
    shares : DataFrame
        Index ``(region_code, year, window)``; one column a sector, percent.
    region : str
        The report's own region, named in black and framed.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Panels of the same scale. Lines are joined only inside a window of one statistical basis; a
        marker is a window of one year, or the newest year.
    """
    drawn = shares.dropna()
    codes = list(drawn.index.unique("region_code"))
    down = max(1, -(-len(codes) // ACROSS))
    figure, (axes,) = canvas(0.55 + 0.84 * down)
    if drawn.empty:
        axes.set_axis_off()
        return figure
    years = drawn.index.get_level_values("year")
    first, room = int(years.min()), max(1, int(years.max() - years.min()))
    high = max(80.0, float(drawn.max().max()) * 1.08)
    # All panels share one pair of axes: one a panel makes five times the drawing, and the time.
    wide, tall = 1.22 * room, 1.42 * high
    corners = {
        code: (place % ACROSS * wide, -(place // ACROSS) * tall) for place, code in enumerate(codes)
    }
    units = [drawn.loc[[code]].droplevel("region_code") for code in codes]
    pieces = [_unit_lines(unit, first) for unit in units]
    for name in drawn.columns:
        across = [
            corners[code][0] + piece["year"] for code, piece in zip(codes, pieces, strict=True)
        ]
        up = [corners[code][1] + piece[name] for code, piece in zip(codes, pieces, strict=True)]
        axes.plot(
            np.concatenate(across),
            np.concatenate(up),
            color=SECTOR_COLOURS[sector_of(name)],
            linewidth=1.2,
            marker=SECTOR_MARKERS[sector_of(name)],
            markevery=np.concatenate([piece["marked"] for piece in pieces]).astype(bool),
            markersize=2.8,
        )
    _frames(axes, corners.values(), room, high)
    for code, (left, foot) in corners.items():
        own = code == region
        name = catalog.region_name(str(code), language, short=True)
        axes.text(
            left, foot + 1.06 * high, name, fontsize=7.5, va="bottom", color=INK if own else GREY
        )
        if own:
            sides = [left - 0.05 * room, left + 1.07 * room], [foot, foot + high]
            axes.plot(
                [sides[0][end] for end in (0, 1, 1, 0, 0)],
                [sides[1][end] for end in (0, 0, 1, 1, 0)],
                color=INK,
                linewidth=1.3,
            )
    feet = sorted({foot for _, foot in corners.values()})
    lefts = sorted({left for left, _ in corners.values()})
    marks = (0, 40, 80)
    axes.set_yticks(
        [foot + mark for foot in feet for mark in marks], [str(mark) for mark in marks] * len(feet)
    )
    # Two figures of a year each, so that neighbours do not touch.
    ends = [f"{year % 100:02d}" for year in (first, first + room)]
    axes.set_xticks([left + end for left in lefts for end in (0, room)], ends * len(lefts))
    axes.tick_params(labelsize=7, length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlim(-0.06 * room, lefts[-1] + 1.08 * room)
    axes.set_ylim(feet[0] - 0.02 * high, feet[-1] + 1.36 * high)
    axes.set_ylabel(catalog.axis_label("share_of_gdp", language))
    _sector_key(figure, list(drawn.columns), language)
    return figure


def _unit_lines(unit: pd.DataFrame, first: int) -> pd.DataFrame:
    """Return a unit's rows with an empty one after each window; marked where a marker stands."""
    numbers = unit.reset_index()
    newest = numbers["year"].max()
    pieces = []
    for _, window in numbers.groupby("window", sort=False):
        known = window.drop(columns="window").set_index("year")
        piece = known.reindex(range(int(known.index.min()), int(known.index.max()) + 2))
        alone = len(known) == 1
        marked = piece.index.isin(known.index) & (alone | (piece.index == newest))
        pieces.append(piece.assign(marked=marked).reset_index())
    return pd.concat(pieces, ignore_index=True).assign(year=lambda rows: rows["year"] - first)


def _frames(axes: Axes, corners: Iterable[tuple[float, float]], room: float, high: float) -> None:
    """Draw the left and the lower edge of every panel, and a light rule at its middle."""
    edges: list[tuple[float, float]] = []
    rules: list[tuple[float, float]] = []
    gap = (np.nan, np.nan)
    for left, foot in corners:
        side, end = left - 0.05 * room, left + 1.07 * room
        edges += [(side, foot + high), (side, foot), (end, foot), gap]
        rules += [(side, foot + 40), (end, foot + 40), gap]
    axes.plot(*np.array(edges).T, color=GREY, linewidth=0.8, zorder=0)
    axes.plot(*np.array(rules).T, color=LIGHT, linewidth=0.5, zorder=0)


def _sector_key(figure: Figure, sectors: Sequence[str], language: catalog.Language) -> None:
    handles = [
        Line2D(
            [],
            [],
            color=SECTOR_COLOURS[sector_of(name)],
            marker=SECTOR_MARKERS[sector_of(name)],
            label=catalog.short_name(name, language),
        )
        for name in sectors
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3)
