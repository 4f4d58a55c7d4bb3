"""Charts of the chapter on space: regions side by side, investment, sites the article names."""

from __future__ import annotations

from textwrap import wrap

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.style import DRIVER_COLOURS, GREY, INK, LIGHT, STYLE, canvas, number

ROW = 0.19
"""Inches a row of a ranking takes."""
BAR = 0.23
"""Inches a bar with a label of its own takes."""
GROUP = 0.6
"""Space between groups of bars, as a part of a bar."""
LINE = {"zh": 13, "en": 26}
"""Characters in a line of a long label."""
HOLLOW = {"facecolor": "white", "linestyle": (0, (3, 2)), "linewidth": 1.1}
"""Look of what is planned or worked out, not observed."""


@mpl.rc_context(STYLE)
def region_bars(frame: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw regions side by side, one panel a measure, ranked by the first.

    Parameters
    ----------
    frame : DataFrame
        Index ``(region_code, year)``, one row a region, the report's own first; columns are
        variables of the catalogue.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Horizontal bars: solid for the region of the report, light for the others. A measure
        nothing is published of has no panel, a region without any number no row.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product(
    ...     [["410300", "410100"], [2025]], names=["region_code", "year"]
    ... )
    >>> frame = pd.DataFrame({"urbanization_rate": [69.08, 81.52]}, index=index)
    >>> len(region_bars(frame, language="en").axes)
    1
    """
    drawn = frame.droplevel("year").dropna(how="all").dropna(axis=1, how="all")
    drawn = drawn.sort_values(list(drawn.columns), ascending=False) if len(drawn) else drawn
    figure, axes = canvas(
        0.75 + ROW * max(4, len(drawn)),
        width_ratios=[1.0] * max(1, len(drawn.columns)),
        sharey=len(drawn.columns) > 1,
    )
    if drawn.empty:
        axes[0].set_axis_off()
        return figure
    own = drawn.index == frame.index[0][0]
    for place, name in zip(axes, drawn.columns, strict=True):
        bars = place.barh(
            range(len(drawn)),
            drawn[name],
            height=0.66,
            color=[INK if mine else LIGHT for mine in own],
        )
        decimals = catalog.variable(name).decimals
        labels = ["" if pd.isna(value) else number(value, decimals) for value in drawn[name]]
        place.bar_label(bars, labels, padding=3, fontsize=7.5)
        place.axvline(0, color=GREY, linewidth=0.8)
        place.set_xlabel(catalog.axis_label(name, language))
        place.tick_params(axis="y", length=0)
        _make_room(place, drawn[name].dropna())
    names = [catalog.region_name(str(code), language, short=True) for code in drawn.index]
    axes[0].set_yticks(range(len(drawn)), names)
    axes[0].tick_params(axis="y", labelleft=True)
    for label, mine in zip(axes[0].get_yticklabels(), own, strict=True):
        label.set(color=INK if mine else GREY)
    axes[0].invert_yaxis()
    axes[0].margins(y=0.02)
    return figure


def _make_room(axes: Axes, values: pd.Series, room: float = 0.2) -> None:
    """Leave space for labels beyond the bars, on the sides that have bars."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    beyond = room * (high - low)
    axes.set_xlim(low - beyond * bool(low), high + beyond * bool(high))


@mpl.rc_context(STYLE)
def investment_bars(rates: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw growth of kinds of investment, year by year.

    Parameters
    ----------
    rates : DataFrame
        Index ``(region_code, year)`` of one region; columns are growth rates of the catalogue,
        whose driver, old or new, fixes the colour.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A group of horizontal bars a year, the year at its right end; a rate that is not published
        has no bar.
    """
    drawn = pd.Series(rates.droplevel("region_code").stack()).dropna()
    years = drawn.index.unique(0)
    count = len(drawn) + GROUP * max(0, len(years) - 1)
    figure, (axes,) = canvas(0.75 + BAR * max(4, count))
    if drawn.empty:
        axes.set_axis_off()
        return figure
    top = 0.0
    rows: list[float] = []
    for year in years:
        group = drawn.loc[year]
        places = [top + place for place in range(len(group))]
        rows += places
        colours = [DRIVER_COLOURS[catalog.variable(str(name)).driver] for name in group.index]
        bars = axes.barh(places, group, height=0.72, color=colours)
        axes.bar_label(bars, [number(value, 1) for value in group], padding=4)
        axes.text(
            1.0,
            sum(places) / len(places),
            str(year),
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=11,
        )
        top += len(group) + GROUP
    axes.axvline(0, color=GREY, linewidth=0.8)
    names = [catalog.short_name(str(name), language) for name in drawn.index.get_level_values(1)]
    axes.set_yticks(rows, names)
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.margins(y=0.03)
    _make_room(axes, drawn)
    # The years stand beyond the bars.
    axes.set_xlim(right=axes.get_xlim()[1] + 0.12 * (drawn.max() - drawn.min() + 1))
    axes.set_xlabel(catalog.axis_label("nominal_growth", language))
    return figure


@mpl.rc_context(STYLE)
def case_matrix(facts: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw which facts are given of which site: filled, hollow where only planned, else a cross.

    Parameters
    ----------
    facts : DataFrame
        Index ``(entity, fact)`` in words, every pair once; ``value``, NaN where nothing is said;
        ``status``, ``stated`` or ``expected``; ``said``, the number in words.
    language : {"zh", "en"}
        Language of the words, which decides where lines break.

    Returns
    -------
    Figure
        A row a site, a column a fact.
    """
    entities, names = list(facts.index.unique("entity")), list(facts.index.unique("fact"))
    figure, (axes,) = canvas(0.7 + (0.58 if language == "zh" else 0.74) * max(2, len(entities)))
    if not facts["value"].notna().any():
        axes.set_axis_off()
        return figure
    for (entity, name), (value, status, said) in zip(
        facts.index, facts[["value", "status", "said"]].itertuples(index=False), strict=True
    ):
        x, y = names.index(name), entities.index(entity)
        if pd.isna(value):
            axes.plot(x, y, marker="x", color=LIGHT, markersize=7, markeredgewidth=1.6)
            continue
        face = INK if status == "stated" else "white"
        axes.plot(x, y - 0.17, marker="o", markersize=9, color=INK, markerfacecolor=face)
        words = _broken(said, 9 if language == "zh" else 11)
        axes.text(x, y + 0.05, words, ha="center", va="top", fontsize=8)
    axes.set_xticks(range(len(names)), [_broken(name, 12) for name in names])
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(entities)), [_broken(name, LINE[language]) for name in entities])
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylim(len(entities) - 0.35, -0.5)
    for edge in range(1, len(entities)):
        axes.axhline(edge - 0.42, color=LIGHT, linewidth=0.8)
    return figure


@mpl.rc_context(STYLE)
def site_bars(sizes: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw how many firms sites have or are to have: solid where said of today, else hollow.

    Parameters
    ----------
    sizes : DataFrame
        Index ``site`` in words; ``value``, firms; ``status``, ``stated``, ``target`` or
        ``scenario``; ``said``, the number in words.
    language : {"zh", "en"}
        Language of the words, which decides where lines break.

    Returns
    -------
    Figure
        Horizontal bars on one scale from zero.
    """
    figure, (axes,) = canvas(0.5 + 0.48 * max(2, len(sizes)))
    if sizes["value"].dropna().empty:
        axes.set_axis_off()
        return figure
    bars = axes.barh(range(len(sizes)), sizes["value"], height=0.56, color=INK, edgecolor=INK)
    for bar, status in zip(bars, sizes["status"], strict=True):
        if status != "stated":
            bar.set(**HOLLOW)
    axes.bar_label(bars, list(sizes["said"]), padding=4)
    axes.set_yticks(
        range(len(sizes)), [_broken(name, 2 * LINE[language] - 6) for name in sizes.index]
    )
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    _make_room(axes, sizes["value"].dropna(), 0.45)
    axes.set_xlabel(catalog.axis_label("site_firms", language))
    return figure


def _broken(text: str, width: int) -> str:
    """Break a label into lines of like length; Chinese, which has no spaces, anywhere."""
    lines = -(-len(text) // width)
    return "\n".join(wrap(text, width if " " in text else -(-len(text) // lines)))
