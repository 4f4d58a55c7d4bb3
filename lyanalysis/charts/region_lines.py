"""Lines of several regions in one look, broken where a year is missing, named at their ends."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from lyanalysis import catalog
from lyanalysis.charts.style import GREY, INK, NEW, number, spread, year_ticks

LOOKS = {"city": (NEW, "o"), "province": (INK, "s"), "nation": (GREY, "^")}
"""Colour and marker of a region by its level, the same in every chart of the chapter."""


def look(region: str) -> tuple[str, str]:
    """Return colour and marker of a region."""
    return LOOKS[catalog.region(region).level]


def gapped(values: pd.Series) -> pd.Series:
    """Return a series by year in which years without a figure break the line."""
    years = values.index.get_level_values("year")
    plain = pd.Series(values.to_numpy(float), index=years).dropna()
    plain = plain[~plain.index.duplicated()].sort_index()
    return plain.reindex(range(int(plain.index.min()), int(plain.index.max()) + 1))


def _label_ends(
    axes: Axes, ends: Sequence[tuple[str, str, float, int]], *, decimals: int, room: float
) -> None:
    """Write name and last value of every line at the right edge, none on another.

    An end is the label, its colour, the last value and the year of it.
    """
    low, high = axes.get_ylim()
    last = max(year for *_, year in ends)
    left, right = axes.get_xlim()
    heights = spread([value for _, _, value, _ in ends], 0.085 * (high - low))
    for (label, colour, value, year), height in zip(ends, heights, strict=True):
        own = "" if year == last else f" ({year})"
        axes.text(
            last + 0.03 * (right - left),
            height,
            f"{label} {number(value, decimals)}{own}",
            color=colour,
            va="center",
        )
    axes.set_xlim(left, right + room * (right - left))


def region_lines(
    axes: Axes, values: pd.Series, *, decimals: int, room: float, language: catalog.Language
) -> None:
    """Draw one line a region, broken where a year is missing, named at its end."""
    ends = []
    for region in values.dropna().index.unique("region_code"):
        line = gapped(values.xs(region, level="region_code"))
        colour, marker = look(str(region))
        axes.plot(line.index, line, color=colour, marker=marker)
        name = catalog.region_name(str(region), language, short=True)
        ends.append((name, colour, float(line.iloc[-1]), int(line.index[-1])))
    axes.set_ylim(bottom=min(0.0, float(values.min()) * 1.1))
    axes.margins(y=0.1)
    axes.autoscale_view()
    axes.set_xticks(year_ticks(values.dropna().index.get_level_values("year")))
    _label_ends(axes, ends, decimals=decimals, room=room)
