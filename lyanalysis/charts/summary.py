"""Charts of the summary."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.style import (
    DRIVER_COLOURS,
    GREY,
    INK,
    LIGHT,
    REGION_LOOKS,
    STYLE,
    canvas,
    number,
)

BAR = 0.18
"""Inches a bar takes, with the space to the next."""
LABEL = 0.3
"""Room for a label, as a part of the length of all bars."""
GROUP = 0.5
"""Space between groups of bars, as a part of a bar."""


@mpl.rc_context(STYLE)
def growth_gap_bars(gaps: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw by how much aggregates of old and new drivers outgrew industry, region beside region.

    Parameters
    ----------
    gaps : DataFrame
        Index ``(region_code, aggregate)``, the first region being the report's own; column
        ``growth_gap`` in percentage points. Aggregates are variables of the catalogue, whose
        driver, old or new, fixes the colour.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A group of horizontal bars an aggregate, one bar a region that publishes it: solid for the
        report's own region, hollow for the others. Right of zero an aggregate grew faster than
        industry as a whole.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product(
    ...     [["410300", "100000"], ["hightech_mfg"]], names=["region_code", "aggregate"]
    ... )
    >>> len(growth_gap_bars(pd.DataFrame({"growth_gap": [53.4, 3.5]}, index), language="en").axes)
    1
    """
    drawn = gaps["growth_gap"].dropna()
    groups = [name for name in gaps.index.unique("aggregate") if name in drawn.index.unique(1)]
    count = len(drawn) + GROUP * max(0, len(groups) - 1)
    figure, (axes,) = canvas(0.75 + BAR * max(4, count))
    if drawn.empty:
        axes.set_axis_off()
        return figure
    own = gaps.index[0][0]
    top, centres = 0.0, []
    for aggregate in groups:
        bars = drawn.xs(aggregate, level="aggregate")
        places = [top + place for place in range(len(bars))]
        centres.append(sum(places) / len(places))
        colour = DRIVER_COLOURS[catalog.variable(aggregate).driver]
        drawn_bars = axes.barh(places, bars, height=0.74, color=colour, edgecolor=colour)
        for bar, region in zip(drawn_bars, bars.index, strict=True):
            if region != own:
                bar.set(facecolor="white")
        labels = [
            f"{catalog.region_name(str(region), language, short=True)} {number(value, 1)}"
            for region, value in bars.items()
        ]
        axes.bar_label(drawn_bars, labels, padding=4)
        top += len(bars) + GROUP
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_yticks(centres, [catalog.short_name(name, language) for name in groups])
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    low, high = min(0.0, float(drawn.min())), max(0.0, float(drawn.max()))
    # Room for the labels beyond the bars, on the sides that have bars.
    room = LABEL * (high - low)
    axes.set_xlim(low - room * bool(low), high + room * bool(high))
    axes.margins(y=0.03)
    axes.set_xlabel(catalog.axis_label("growth_gap", language))
    return figure


STRIP = 0.22
"""Inches a strip of the scorecard takes."""
COLUMNS = (1.2, 1.42, 1.64)
"""Where the values stand, in units of a strip's length."""


@mpl.rc_context(STYLE)
def scorecard_strips(
    card: pd.DataFrame, *, regions: Mapping[str, str], language: catalog.Language
) -> Figure:
    """Draw each measure of a scorecard on an axis of its own: the region beside those above it.

    Parameters
    ----------
    card : DataFrame
        Index ``variable``; columns ``value``, ``value_year``, ``evidence_grade``, and of
        ``province`` and ``nation`` those named in `regions`.
    regions : mapping of str to str
        Columns -> code of the region they are of, ``"value"`` first.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        One strip a measure that has a value, between the smallest and the largest figure of its
        row, so that strips do not compare with each other; the figures themselves, their year and
        the grade of their source stand beside it, a dash for what is missing. An empty drawing
        where nothing stands beside the region.
    """
    columns = list(regions)
    drawn = card.dropna(subset="value")
    figure, (axes,) = canvas(0.55 + STRIP * max(3, len(drawn)))
    if drawn[columns[1:]].dropna(how="all").empty:
        axes.set_axis_off()
        return figure
    looks = dict(zip(columns, REGION_LOOKS, strict=False))
    for place, (name, row) in enumerate(drawn.iterrows()):
        decimals = catalog.variable(str(name)).decimals
        known = row[columns].dropna().astype(float)
        low, width = float(known.min()), float(known.max() - known.min())
        axes.plot([0, 1], [place, place], color=LIGHT, linewidth=0.8, zorder=0)
        # The region is drawn last, on top of those it equals.
        for column in reversed(list(known.index)):
            where = 0.5 if width == 0 else 0.04 + 0.92 * (known[column] - low) / width
            axes.plot(where, place, **{**looks[column], "linestyle": "none"}, markersize=6)
        for column, across in zip(columns, COLUMNS, strict=False):
            value = row[column]
            shown = "—" if pd.isna(value) else number(float(value), decimals)
            axes.text(across, place, shown, ha="right", va="center", color=looks[column]["color"])
        told = f"{int(row['value_year'])} {row['evidence_grade']}".rstrip()
        axes.text(COLUMNS[-1] + 0.06, place, told, va="center", color=GREY, fontsize=8)
    for column, across in zip(columns, COLUMNS, strict=False):
        # Names of regions may be longer than a column: the legend holds them.
        name = catalog.region_name(regions[column], language, short=True)
        look = {**looks[column], "linestyle": "none", "label": name}
        axes.plot(across - 0.03, -1, **look, markersize=6)
    figure.legend(loc="outside lower center", ncols=3, handletextpad=0.1)
    names = [catalog.axis_label(str(name), language) for name in drawn.index]
    axes.set_yticks(range(len(drawn)), names)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.set_xticks([])
    axes.spines[:].set_visible(False)
    axes.set_xlim(-0.03, COLUMNS[-1] + 0.26)
    axes.set_ylim(len(drawn) - 0.4, -1.5)
    return figure
