"""Charts of tourism: visits, revenue and spend by year, and growth of revenue in two parts."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.style import GREY, INK, LIGHT, STYLE, canvas, number

PANELS = ("tourism_visits", "tourism_revenue", "spend_per_visit")
RANGE = ("spend_lower", "spend_upper")
PARTS = {"visits_points": (INK, ""), "spend_points": ("white", "////")}
"""Colour and hatching of the two parts of growth."""


@mpl.rc_context(STYLE)
def tourism_panels(years: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw visits, revenue and spend per visit by year, each on its own scale from zero.

    Parameters
    ----------
    years : DataFrame
        Index ``(region_code, year)`` of one region; columns ``tourism_visits``,
        ``tourism_revenue``, ``spend_per_visit`` and, for the range rounding leaves of it,
        ``spend_lower`` and ``spend_upper``; ``tourism_visits_growth`` and
        ``tourism_revenue_growth`` in percent. Years are categories: no line joins them.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Bars with their numbers, published growth below the year. Spend, which is computed, is
        hollow and carries its range.
    """
    drawn = years.droplevel("region_code").dropna(subset=list(PANELS), how="all")
    shown = [name for name in PANELS if drawn[name].notna().any()]
    figure, axes = canvas(2.3, width_ratios=[1.0] * max(1, len(shown)))
    if not shown:
        axes[0].set_axis_off()
        return figure
    places = list(range(len(drawn)))
    for place, name in zip(axes, shown, strict=True):
        computed = name == PANELS[-1]
        bars = place.bar(
            places, drawn[name], width=0.62, color="white" if computed else INK, edgecolor=INK
        )
        tops = drawn[name]
        if computed:
            bars_low, bars_high = (drawn[end] for end in RANGE)
            errors = [drawn[name] - bars_low, bars_high - drawn[name]]
            place.errorbar(places, drawn[name], yerr=errors, fmt="none", color=GREY, capsize=3)
            tops = drawn[[name, RANGE[1]]].max(axis=1)
            for bar in bars:
                bar.set(linestyle=(0, (3, 2)))
        decimals = catalog.variable(name).decimals
        for x, top, value in zip(places, tops, drawn[name], strict=True):
            if pd.notna(value):
                place.annotate(
                    number(value, decimals),
                    (x, top),
                    xytext=(0, 3),
                    textcoords="offset points",
                    ha="center",
                    fontsize=8,
                )
        place.set_title(catalog.axis_label(name, language), fontsize=8.5, color=GREY, loc="left")
        place.set_xticks(places, _years(drawn, f"{name}_growth"))
        place.set_xlim(-0.7, len(places) - 0.3)
        place.set_ylim(0, float(tops.max()) * 1.14)
        place.tick_params(axis="x", length=0)
        place.set_yticks([])
        place.spines["left"].set_visible(False)
    return figure


def _years(drawn: pd.DataFrame, growth: str) -> list[str]:
    """Name the years, each with its growth below where that is published."""
    if growth not in drawn:
        return [str(year) for year in drawn.index]
    return [
        f"{year}\n" + ("" if pd.isna(value) else f"{value:+z.1f}%")
        for year, value in drawn[growth].items()
    ]


@mpl.rc_context(STYLE)
def growth_parts(parts: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw growth of revenue as the points that come from visits and from spend.

    Parameters
    ----------
    parts : DataFrame
        Index ``(series, year)``, the series in words; columns ``visits_points`` and
        ``spend_points`` in percentage points.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        One panel a series, so that what is published and what is said never stand on one scale;
        a stacked bar a year, parts of one sign end to end, with both numbers beside it.
    """
    drawn = parts.dropna(subset=list(PARTS))
    groups = list(drawn.groupby(level="series", sort=False))
    figure, axes = canvas(
        1.25 + 0.34 * max([len(group) for _, group in groups], default=1),
        width_ratios=[1.0] * max(1, len(groups)),
    )
    if not groups:
        axes[0].set_axis_off()
        return figure
    for place, (series, group) in zip(axes, groups, strict=True):
        rows = range(len(group))
        left = pd.Series(0.0, index=group.index)
        for name, (colour, hatch) in PARTS.items():
            opposite = group[name].mul(group["visits_points"]).lt(0)
            start = left.mask(opposite, 0.0)
            place.barh(
                rows,
                group[name],
                left=start,
                height=0.5,
                color=colour,
                edgecolor=INK,
                hatch=hatch,
                label=catalog.short_name(name, language),
            )
            left = left + group[name]
        ends = group[list(PARTS)].clip(lower=0).sum(axis=1)
        for row, (end, values) in enumerate(zip(ends, group[list(PARTS)].to_numpy(), strict=True)):
            place.annotate(
                " / ".join(number(value, 1) for value in values),
                (end, row),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
            )
        low = float(group[list(PARTS)].clip(upper=0).sum(axis=1).min())
        reach = max(float(ends.max()) - low, 1.0)
        place.set_xlim(low - 0.05 * reach * bool(low), max(float(ends.max()), 0) + 0.42 * reach)
        place.axvline(0, color=GREY, linewidth=0.8)
        place.set_title(str(series), fontsize=8.5, color=GREY, loc="left")
        place.set_yticks(rows, [str(year) for year in group.index.get_level_values("year")])
        place.set_ylim(len(group) - 0.4, -0.6)
        place.tick_params(axis="y", length=0)
        place.set_xlabel(catalog.unit_name(catalog.variable("visits_points").unit, language))
        place.grid(axis="x", color=LIGHT, linewidth=0.6, zorder=0)
        place.set_axisbelow(True)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2)
    return figure
