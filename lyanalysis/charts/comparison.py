"""Charts of the chapter that compares a region with its province and its peers."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from lyanalysis import catalog
from lyanalysis.charts.labels import label_points
from lyanalysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    STYLE,
    canvas,
    number,
)

ROW = 0.155
"""Inches a region takes in a chart of dots."""


@mpl.rc_context(STYLE)
def scale_growth_scatter(
    profile: pd.DataFrame, *, region: str, peers: Sequence[str], language: catalog.Language
) -> Figure:
    """Draw growth of cities against their size.

    Parameters
    ----------
    profile : DataFrame
        Index with a level ``region_code``; columns ``gdp`` (亿元) and ``gdp_growth_real``
        (percent). Provinces and the nation among the regions are drawn as rules.
    region : str
        The report's own region, drawn as a diamond.
    peers : sequence of str
        Chosen peers, labelled as well.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        GDP on a logarithmic x axis, real growth on the y axis. Filled: cities of the region's own
        province; hollow: others. Labelled are the region, the extremes and the peers.
    """
    figure, (axes,) = canvas(3.1)
    cities, wholes = _split(profile[["gdp", "gdp_growth_real"]].dropna())
    if cities.empty:
        axes.set_axis_off()
        return figure
    home = catalog.region(region)
    province = home.code if home.level == "province" else home.parent
    for code, row in cities.iterrows():
        own = code == region
        near = catalog.region(str(code)).parent == province
        axes.plot(
            row["gdp"],
            row["gdp_growth_real"],
            linestyle="none",
            marker="D" if own else "o",
            markersize=7.5 if own else 5,
            markerfacecolor=INK if own else GREY if near else "white",
            markeredgecolor=INK if own else GREY,
            zorder=3 if own else 2,
        )
    axes.set_xscale("log")
    ends = cities["gdp"].min(), cities["gdp"].max()
    axes.set_xlim(ends[0] * 0.75, ends[1] * 1.6)
    axes.margins(y=0.12)
    _money_ticks(axes, *ends)
    axes.set_xlabel(catalog.axis_label("gdp", language))
    axes.set_ylabel(catalog.axis_label("gdp_growth_real", language))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    for code, value in wholes["gdp_growth_real"].items():
        axes.axhline(value, color=INK, linestyle=(0, (5, 2)), linewidth=0.9, zorder=0)
        axes.annotate(
            f"{catalog.region_name(str(code), language, short=True)} {number(value, 1)}",
            (1.0, value),
            xycoords=("axes fraction", "data"),
            xytext=(-2, 2 if value >= wholes["gdp_growth_real"].max() else -2),
            textcoords="offset points",
            ha="right",
            va="bottom" if value >= wholes["gdp_growth_real"].max() else "top",
            fontsize=8,
            color=GREY,
        )
    growth, size = cities["gdp_growth_real"], cities["gdp"]
    extremes = [growth.idxmax(), growth.idxmin(), size.idxmax(), size.idxmin()]
    wanted = [str(code) for code in dict.fromkeys([region, *peers, *extremes])]
    labels = [
        (
            (float(size[code]), float(growth[code])),
            f"{catalog.region_name(code, language, short=True)} {number(growth[code], 1)}",
            code == region,
        )
        for code in wanted
        if code in cities.index
    ]
    marks = list(zip(size, growth, strict=True))
    # Labels keep off the rules too.
    across = np.geomspace(*axes.get_xlim(), 60)
    marks += [(float(x), float(y)) for y in wholes["gdp_growth_real"] for x in across]
    label_points(axes, labels, marks=marks)
    return figure


def _split(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return cities, and the provinces and the nation they are compared with."""
    flat = frame.set_axis(frame.index.get_level_values("region_code"))
    # An array: an empty list would choose columns.
    city = np.array([catalog.region(str(code)).level == "city" for code in flat.index], bool)
    return flat[city], flat[~city]


def _money_ticks(axes: Axes, low: float, high: float) -> None:
    """Put round numbers on a logarithmic axis."""
    steps = [step * 10**power for power in range(1, 7) for step in (1, 2, 5)]
    ticks = [tick for tick in steps if low * 0.75 <= tick <= high * 1.6]
    axes.set_xticks(ticks, [f"{tick:d}" for tick in ticks])
    axes.minorticks_off()


@mpl.rc_context(STYLE)
def upgrading_dots(profile: pd.DataFrame, *, region: str, language: catalog.Language) -> Figure:
    """Draw how advanced the sector mix of cities is, by two measures side by side.

    Parameters
    ----------
    profile : DataFrame
        Index with a level ``region_code``; columns ``ts_ratio`` and ``structure_angle_w``.
        Provinces and the nation among the regions are drawn as rules.
    region : str
        The report's own region: its marks are filled.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A row a city in descending order of the first measure, one dot a panel with its value.
    """
    names = ["ts_ratio", "structure_angle_w"]
    cities, wholes = _split(profile[names].dropna())
    cities = cities.sort_values("ts_ratio", kind="stable")
    figure, panels = canvas(0.75 + ROW * max(4, len(cities)), width_ratios=(1.0, 1.0), sharey=True)
    if cities.empty:
        for axes in panels:
            axes.set_axis_off()
        return figure
    for axes, name in zip(panels, names, strict=True):
        _dots(axes, cities[name], region, catalog.variable(name).decimals)
        for code, value in wholes[name].items():
            axes.axvline(value, color=INK, linestyle=(0, (5, 2)), linewidth=0.9, zorder=0)
            _name_rule(axes, str(code), value, wholes[name], language)
        axes.set_xlabel(catalog.axis_label(name, language))
        axes.margins(x=0.16)
    _name_rows(panels[0], cities.index, region, language)
    return figure


def _dots(
    axes: Axes, values: pd.Series, region: str, decimals: int, *, left: Sequence[bool] = ()
) -> None:
    """Draw a dot a row with its value on the right, or on the left where that side is free."""
    sides = left or [False] * len(values)
    axes.plot(
        values.where(values.index != region).to_numpy(),
        range(len(values)),
        linestyle="none",
        marker="o",
        color=GREY,
        markerfacecolor="white",
    )
    own = values.where(values.index == region).to_numpy()
    axes.plot(own, range(len(own)), linestyle="none", marker="D", markersize=6, color=INK)
    for place, ((code, value), to_left) in enumerate(zip(values.items(), sides, strict=True)):
        if pd.notna(value):
            axes.annotate(
                number(value, decimals),
                (value, place),
                xytext=(-7 if to_left else 7, 0),
                textcoords="offset points",
                ha="right" if to_left else "left",
                va="center",
                fontsize=7.5,
                color=INK if code == region else GREY,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            )
    # One line with gaps for the rules of all rows, a fifth of what a grid takes in the file.
    rows = np.repeat(np.arange(len(values)), 3)
    across = np.tile([0.0, 1.0, np.nan], len(values))
    rules = axes.get_yaxis_transform()
    axes.plot(across, rows, transform=rules, color=LIGHT, linewidth=0.4, zorder=0)
    axes.set_ylim(-0.7, len(values) - 0.3)
    axes.tick_params(axis="y", left=False)


def _name_rule(
    axes: Axes, code: str, value: float, values: pd.Series, language: catalog.Language
) -> None:
    """Name a rule above the panel, on its outer side where there are two."""
    right = value >= values.max()
    axes.annotate(
        catalog.region_name(code, language, short=True),
        (value, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(1 if right else -1, 1),
        textcoords="offset points",
        ha="left" if right else "right",
        va="bottom",
        fontsize=7.5,
        color=GREY,
    )


def _name_rows(axes: Axes, codes: pd.Index, region: str, language: catalog.Language) -> None:
    names = [catalog.region_name(str(code), language, short=True) for code in codes]
    axes.set_yticks(range(len(codes)), names, fontsize=7.8)
    for label, code in zip(axes.get_yticklabels(), codes, strict=True):
        if code == region:
            label.set_color(INK)


@mpl.rc_context(STYLE)
def aggregate_dots(aggregates: pd.DataFrame, *, region: str, language: catalog.Language) -> Figure:
    """Draw share and growth of one official aggregate of industry, region by region.

    Parameters
    ----------
    aggregates : DataFrame
        Index ``(region_code, aggregate)`` of one aggregate; columns ``share``, ``growth`` and
        ``total_growth``, growth of above-scale industry, in percent.
    region : str
        The report's own region: its marks are filled.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A row a region that publishes growth or share, in order of growth. Left the share; right
        growth of the aggregate, joined to that of all above-scale industry, a short upright rule.
    """
    drawn = aggregates.droplevel("aggregate").dropna(subset=["share", "growth"], how="all")
    drawn = drawn.sort_values("growth", kind="stable", na_position="first")
    figure, panels = canvas(0.85 + ROW * max(4, len(drawn)), width_ratios=(1.0, 1.25), sharey=True)
    if drawn.empty:
        for axes in panels:
            axes.set_axis_off()
        return figure
    left, right = panels
    behind = drawn["growth"].lt(drawn["total_growth"]).to_list()
    for axes, name in zip(panels, ("share", "growth"), strict=True):
        _dots(axes, drawn[name], region, 1, left=behind if name == "growth" else ())
        axes.set_xlabel(catalog.axis_label(name, language))
        axes.margins(x=0.16)
    pairs = drawn[["total_growth", "growth"]].where(drawn["growth"].notna()).to_numpy(float)
    # One line with gaps for all rows: a line needs both of its ends.
    joins = np.column_stack([pairs, np.full(len(pairs), np.nan)])
    rows = np.repeat(np.arange(len(pairs)), 3)
    right.plot(joins.ravel(), rows, color=LIGHT, linewidth=1.6, zorder=0)
    totals = drawn["total_growth"].to_numpy(float)
    right.plot(
        totals,
        range(len(totals)),
        linestyle="none",
        marker="|",
        markersize=8,
        color=INK,
        zorder=1,
    )
    right.axvline(0, color=GREY, linewidth=0.8, zorder=0)
    left.set_xlim(left=0)
    _name_rows(left, drawn.index, region, language)
    return figure
