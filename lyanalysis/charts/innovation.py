"""Charts of the chapter on innovation and institutions."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.region_lines import look, region_lines
from lyanalysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    NEW,
    STYLE,
    canvas,
    number,
    year_ticks,
)

CROWDED = 10
"""More bars than this leave room for small numbers alone."""


@mpl.rc_context(STYLE)
def rd_intensity_lines(intensity: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw R&D intensity of a region and those above it, with what other sources print.

    Parameters
    ----------
    intensity : DataFrame
        Index ``(region_code, year)``; columns ``rd_intensity``, the figure used, and
        ``other_value``, a figure of another source, in percent. A year with several other figures
        stands in several rows.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        One line a region, joined between years that follow one another alone. Filled: the figure
        used. Hollow, a little larger: what another source prints for the same year.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product(
    ...     [["410300"], [2023, 2024]], names=["region_code", "year"]
    ... )
    >>> frame = pd.DataFrame({"rd_intensity": [3.44, 3.03], "other_value": [3.47, None]}, index)
    >>> len(rd_intensity_lines(frame, language="en").axes)
    1
    """
    figure, (axes,) = canvas(3.2)
    if intensity["rd_intensity"].isna().all():
        axes.set_axis_off()
        return figure
    room = 0.2 if language == "zh" else 0.24
    region_lines(axes, intensity["rd_intensity"], decimals=2, room=room, language=language)
    others = intensity["other_value"].dropna()
    axes.set_ylim(top=1.14 * float(intensity.max().max()))
    own = intensity.index[0][0]
    for region in others.index.unique("region_code"):
        found = others.xs(region, level="region_code")
        colour, marker = look(str(region))
        if region == own:
            _name_both(axes, intensity["rd_intensity"].xs(region, level="region_code"), found)
        axes.scatter(
            found.index,
            found,
            marker=marker,
            s=46,
            facecolor="none",
            edgecolor=colour,
            linewidth=1.1,
            zorder=3,
        )
    if not others.empty:
        label = catalog.short_name("other_value", language)
        axes.scatter([], [], s=46, facecolor="none", edgecolor=INK, label=label)
        figure.legend(loc="outside lower center")
    axes.set_ylabel(catalog.axis_label("rd_intensity", language))
    return figure


def _name_both(axes: Axes, used: pd.Series, others: pd.Series) -> None:
    """Write the figure used and the others of a year above their markers."""
    for year in others.index.unique():
        both = [float(used[[year]].iloc[0]), *others[[year]]]
        axes.annotate(
            " / ".join(number(value, 2) for value in both),
            (year, max(both)),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
        )


@mpl.rc_context(STYLE)
def rd_across_dots(newest: pd.DataFrame, *, region: str, language: catalog.Language) -> Figure:
    """Draw the newest R&D intensity of every region that publishes it, and the one before.

    Parameters
    ----------
    newest : DataFrame
        Index ``(region_code, year)``: the last one or two figures of each region; column
        ``rd_intensity`` in percent.
    region : str
        Six-digit code of the report's own region.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        One row a region, the highest newest figure on top. Filled: the newest; hollow: the figure
        published before it; both with their year. The report's own region is in colour.
    """
    values = newest["rd_intensity"].dropna()
    last = values.groupby(level="region_code", sort=False).tail(1).sort_values()
    figure, (axes,) = canvas(0.9 + 0.27 * max(3, len(last)))
    if last.empty:
        axes.set_axis_off()
        return figure
    names = []
    rows = zip(last.index.to_list(), last.to_list(), strict=True)
    for place, ((code, year), value) in enumerate(rows):
        colour = NEW if code == region else INK
        earlier = values.xs(code, level="region_code").iloc[:-1]
        said = f"{number(value, 2)} ({year})"
        for before, start in earlier.items():
            axes.plot([start, value], [place, place], color=LIGHT, linewidth=1.6, zorder=1)
            axes.scatter(start, place, s=30, facecolor="white", edgecolor=colour, zorder=2)
            said = f"{number(start, 2)} ({before}) → {said}"
        axes.scatter(value, place, s=34, color=colour, zorder=3)
        axes.annotate(
            said,
            (max([value, *earlier]), place),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            color=colour,
        )
        names.append(catalog.region_name(str(code), language, short=True))
    axes.set_yticks(range(len(last)), names)
    axes.tick_params(axis="y", length=0)
    for label, code in zip(axes.get_yticklabels(), last.index.get_level_values(0), strict=True):
        label.set_color(NEW if code == region else INK)
    axes.set_xlim(0, float(values.max()) * 1.45)
    axes.set_xlabel(catalog.axis_label("rd_intensity", language))
    return figure


def _named_bars(
    axes: Axes, frame: pd.DataFrame, whole: str, part: str, *, language: catalog.Language
) -> None:
    """Draw a total as outlined bars with a part of it filled in, where the part is published."""
    totals = frame[whole].droplevel("region_code").dropna()
    letters = 8.0 if len(totals) <= CROWDED else 6.8
    axes.bar(
        totals.index,
        totals,
        width=0.68,
        facecolor="white",
        edgecolor=NEW,
        linewidth=1.2,
        label=catalog.short_name(whole, language),
    )
    decimals = catalog.variable(whole).decimals
    for year, value in totals.items():
        axes.annotate(
            number(value, decimals),
            (year, value),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=letters,
        )
    parts = frame[part].droplevel("region_code").reindex(totals.index).dropna()
    if not parts.empty:
        name = catalog.short_name(part, language)
        axes.bar(parts.index, parts, width=0.68, color=NEW, label=name)
        for year, value in parts.items():
            axes.annotate(
                number(value, decimals),
                (year, value / 2),
                color="white",
                ha="center",
                va="center",
                fontsize=letters,
            )
    axes.set_xticks(year_ticks(totals.index))
    axes.set_xlim(totals.index.min() - 0.7, totals.index.max() + 0.7)
    axes.margins(y=0.12)
    axes.set_ylabel(catalog.unit_name(catalog.variable(whole).unit, language))


@mpl.rc_context(STYLE)
def rd_expenditure_bars(inputs: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw R&D expenditure by year, and in it what above-scale industry spent.

    Parameters
    ----------
    inputs : DataFrame
        Index ``(region_code, year)`` of one region; columns ``rd_expenditure`` and
        ``rd_expenditure_industry``, in 100 million yuan.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        One bar a year; a year without a figure has none. Filled: the part of industry, in the
        years it is published.
    """
    figure, (axes,) = canvas(2.7)
    if inputs["rd_expenditure"].isna().all():
        axes.set_axis_off()
        return figure
    _named_bars(axes, inputs, "rd_expenditure", "rd_expenditure_industry", language=language)
    figure.legend(loc="outside lower center", ncols=2)
    return figure


@mpl.rc_context(STYLE)
def patent_panels(patents: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw patents granted with the inventions in them, and invention patents in force.

    Parameters
    ----------
    patents : DataFrame
        Index ``(region_code, year)`` of one region; columns ``patents_granted``,
        ``invention_patents_granted`` and ``invention_patents_valid``, in patents.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Left, where grants are published: one bar a year, inventions filled in. Right, where the
        stock is published: one bar a year. Grants are a flow of the year, patents in force a stock
        at its end: they share no axis.
    """
    wide = "patents_granted"
    shown: list[tuple[float, Callable[[Axes], None]]] = []
    if patents[wide].notna().any():
        shown.append((1.7, lambda axes: _grants(axes, patents, language)))
    if patents["invention_patents_valid"].notna().any():
        shown.append((1.1, lambda axes: _in_force(axes, patents, language)))
    figure, places = canvas(2.9, width_ratios=[width for width, _ in shown] or [1.0])
    if not shown:
        places[0].set_axis_off()
        return figure
    for axes, (_, draw) in zip(places, shown, strict=True):
        draw(axes)
    if patents[wide].notna().any():
        figure.legend(loc="outside lower center", ncols=2)
    return figure


def _grants(axes: Axes, patents: pd.DataFrame, language: catalog.Language) -> None:
    _named_bars(axes, patents, "patents_granted", "invention_patents_granted", language=language)


def _in_force(axes: Axes, patents: pd.DataFrame, language: catalog.Language) -> None:
    values = patents["invention_patents_valid"].droplevel("region_code").dropna()
    bars = axes.bar(values.index, values, width=0.6, color=GREY)
    axes.bar_label(bars, [number(value, 0) for value in values], padding=3, fontsize=8.0)
    axes.set_xticks(year_ticks(values.index))
    axes.set_xlim(values.index.min() - 1, values.index.max() + 1)
    axes.margins(y=0.15)
    axes.set_title(
        catalog.short_name("invention_patents_valid", language), fontsize=8.5, color=GREY
    )
    axes.set_ylabel(catalog.unit_name(catalog.variable("invention_patents_valid").unit, language))
