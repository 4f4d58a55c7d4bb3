"""Charts of the summary."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.style import DRIVER_COLOURS, GREY, STYLE, canvas, number

BAR = 0.24
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
