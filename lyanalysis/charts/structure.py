"""Charts of the chapter on industrial structure."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.style import (
    DRIVER_COLOURS,
    GREY,
    INK,
    LIGHT,
    SECTOR_COLOURS,
    SECTOR_MARKERS,
    STYLE,
    canvas,
    number,
    sector_of,
    spread,
    year_ticks,
)


@mpl.rc_context(STYLE)
def sector_share_lines(shares: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw sector shares over time, one unbroken line inside each comparable window.

    Parameters
    ----------
    shares : DataFrame
        Index ``(region_code, year, window)`` of one region; one column a sector, in percent.
        Rows with a missing share are left out of the lines.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Years on the x axis, percent on the y axis. Lines are not joined across a break of the
        series; dotted vertical rules mark the breaks. A window of one year is a single marker.

    Examples
    --------
    >>> index = pd.MultiIndex.from_tuples(
    ...     [("410300", 2022, "2022–2023"), ("410300", 2023, "2022–2023")],
    ...     names=["region_code", "year", "window"],
    ... )
    >>> frame = pd.DataFrame({"gdp_share_secondary": [40.3, 39.0]}, index=index)
    >>> len(sector_share_lines(frame, language="en").axes)
    1
    """
    figure, (axes,) = canvas(2.6)
    drawn = shares.dropna()
    if drawn.empty:
        axes.set_axis_off()
        return figure
    windows = [frame for _, frame in drawn.groupby(level="window", sort=False)]
    for frame in windows:
        values = frame.droplevel(["region_code", "window"])
        # Years that are missing inside a window leave a gap in the line.
        values = values.reindex(range(int(values.index.min()), int(values.index.max()) + 1))
        for name in drawn.columns:
            axes.plot(
                values.index,
                values[name],
                color=SECTOR_COLOURS[sector_of(name)],
                marker=SECTOR_MARKERS[sector_of(name)],
            )
    for before, after in pairwise(windows):
        last = before.index.get_level_values("year")[-1]
        first = after.index.get_level_values("year")[0]
        axes.axvline((last + first) / 2, color=LIGHT, linestyle=":", linewidth=1.2, zorder=0)
    _label_lines(axes, drawn, language)
    axes.set_ylabel(catalog.axis_label("share_of_gdp", language))
    axes.set_ylim(0, max(60.0, float(drawn.max().max()) * 1.12))
    axes.set_xticks(year_ticks(drawn.index.get_level_values("year")))
    return figure


def _label_lines(axes: Axes, drawn: pd.DataFrame, language: catalog.Language) -> None:
    """Write each sector's name and last value beside the end of its line."""
    last = drawn.iloc[-1]
    year = drawn.index.get_level_values("year")[-1]
    years = drawn.index.get_level_values("year")
    span = max(1, int(years.max() - years.min()))
    for name, height in zip(drawn.columns, spread(last, 5.0), strict=True):
        axes.text(
            year + span * 0.025,
            height,
            f"{catalog.short_name(name, language)} {number(last[name], 1)}",
            color=SECTOR_COLOURS[sector_of(name)],
            va="center",
        )
    axes.set_xlim(years.min() - span * 0.03, year + span * (0.17 if language == "zh" else 0.21))


@mpl.rc_context(STYLE)
def pull_bars(account: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw each sector's pull on growth as stacked bars beside the published growth rate.

    Parameters
    ----------
    account : DataFrame
        Index ``(region_code, year, part)`` of one region, with a part ``"total"`` every year;
        columns ``pull`` in percentage points and ``growth`` in percent.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        One bar a year; a year whose sectors are not published shows its growth alone. The diamond
        is the published growth of the total.
    """
    figure, (axes,) = canvas(2.5)
    if account["pull"].dropna().empty:
        axes.set_axis_off()
        return figure
    pulls = account["pull"].droplevel("region_code").unstack("part").drop(columns="total")
    growth = account["growth"].xs("total", level="part").droplevel("region_code")
    complete = pulls.dropna()
    reach = max(float(growth.abs().max()), float(complete.abs().sum(axis=1).max()))
    for name in complete.columns:
        # A label needs a piece of bar that is taller than its letters.
        _stack(axes, complete, name, language, least_label=0.065 * reach)
    axes.plot(
        growth.index,
        growth,
        linestyle="none",
        marker="D",
        markersize=6,
        markerfacecolor="white",
        markeredgecolor=INK,
        label=catalog.short_name("gdp_growth_real", language),
    )
    for year, value in growth.dropna().items():
        axes.annotate(
            number(value, 1),
            (year, value),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
        )
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set_ylabel(catalog.axis_label("pull", language))
    axes.set_xticks(year_ticks(growth.index))
    axes.set_xlim(growth.index.min() - 0.7, growth.index.max() + 0.7)
    axes.margins(y=0.18)
    figure.legend(loc="outside lower center", ncols=4)
    return figure


def _stack(
    axes: Axes,
    pulls: pd.DataFrame,
    name: str,
    language: catalog.Language,
    *,
    least_label: float,
) -> None:
    """Add one sector's bars on top of those already there, negative pulls below zero."""
    earlier = pulls.iloc[:, : pulls.columns.get_loc(name)]
    same_sign = earlier.where(earlier.gt(0).eq(pulls[name].gt(0), axis=0), 0.0)
    bottom = same_sign.sum(axis=1)
    axes.bar(
        pulls.index,
        pulls[name],
        bottom=bottom,
        width=0.72,
        color=SECTOR_COLOURS[sector_of(name)],
        label=catalog.short_name(name, language),
    )
    for year, value, below in zip(pulls.index, pulls[name], bottom, strict=True):
        if abs(value) >= least_label:
            axes.text(
                int(year),
                below + value / 2,
                number(value, 1),
                color="white",
                ha="center",
                va="center",
                fontsize=7.5,
            )


@mpl.rc_context(STYLE)
def speed_bars(speed: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw the yearly speed of structural change, hollow where a break lies in between.

    Parameters
    ----------
    speed : DataFrame
        One row a period: index ends in level ``period``; columns
        ``structural_change_k_per_year`` (percentage points a year) and ``flag``, empty inside a
        comparable window.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Horizontal bars in order of time. Solid: inside a window without gaps. Dashed outline:
        across a break or over years without figures, indicative only.
    """
    drawn = speed.dropna(subset="structural_change_k_per_year")
    figure, (axes,) = canvas(0.85 + 0.26 * max(2, len(drawn)))
    if drawn.empty:
        axes.set_axis_off()
        return figure
    solid = drawn["flag"].eq("").to_numpy()
    positions = range(len(drawn))
    bars = axes.barh(positions, drawn["structural_change_k_per_year"], height=0.6, color=INK)
    for bar, inside in zip(bars, solid, strict=True):
        if not inside:
            bar.set(facecolor="white", edgecolor=INK, linestyle=(0, (3, 2)), linewidth=1.1)
    axes.bar_label(
        bars, [number(value, 2) for value in drawn["structural_change_k_per_year"]], padding=4
    )
    axes.set_yticks(positions, drawn.index.get_level_values("period"))
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_xlabel(catalog.axis_label("structural_change_k_per_year", language))
    return figure


@mpl.rc_context(STYLE)
def driver_panels(drift: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw official industrial aggregates side by side: shares on the left, growth on the right.

    Parameters
    ----------
    drift : DataFrame
        Index ends in level ``aggregate``, whose entries are variables of the catalogue (their
        driver, old or new, fixes the colour); columns ``share``, ``implied_previous_share``,
        ``last_share``, ``growth`` and ``total_growth``, in percent.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Left, where a share is published: that share (filled), the share a year earlier implied by
        growth on today's scope (hollow, dashed line) and the share last published before (grey
        cross). Right, where growth is published: real growth, with that of all above-scale
        industry as a rule.
    """
    drawn = drift.dropna(subset=["share", "growth"], how="all").reset_index()
    panels = [
        (1.25, "share", _share_panel),
        (1.0, "growth", _growth_panel),
    ]
    shown = [panel for panel in panels if drawn[panel[1]].notna().any()]
    figure, axes = canvas(
        3.3, width_ratios=[width for width, *_ in shown] or [1.0], sharey=len(shown) > 1
    )
    if not shown:
        axes[0].set_axis_off()
        return figure
    colours = [DRIVER_COLOURS[catalog.variable(name).driver] for name in drawn["aggregate"]]
    for place, (*_, draw) in zip(axes, shown, strict=True):
        draw(place, drawn, colours, language)
    axes[0].set_yticks(
        range(len(drawn)), [catalog.short_name(name, language) for name in drawn["aggregate"]]
    )
    axes[0].tick_params(axis="y", labelleft=True)
    axes[0].invert_yaxis()
    if any(place.get_legend_handles_labels()[0] for place in axes):
        figure.legend(loc="outside lower center", ncols=2)
    return figure


def _share_panel(
    axes: Axes, drawn: pd.DataFrame, colours: list[str], language: catalog.Language
) -> None:
    ends = drawn[["implied_previous_share", "share"]].to_numpy(dtype=float)
    for position, ((implied, share), colour) in enumerate(zip(ends, colours, strict=True)):
        axes.plot(
            [implied, share],
            [position, position],
            color=colour,
            linestyle=(0, (3, 2)),
            linewidth=1.4,
            zorder=1,
        )
        axes.annotate(
            number(share, 1),
            (share, position),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            color=colour,
        )
    looks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("last_share", {"marker": "x", "color": GREY, "s": 28}),
        ("implied_previous_share", {"facecolor": "white", "edgecolor": colours, "s": 30}),
        ("share", {"color": colours, "s": 34}),
    )
    for column, look in looks:
        if drawn[column].notna().any():
            axes.scatter(
                drawn[column],
                drawn.index,
                zorder=2,
                label=catalog.short_name(column, language),
                **look,
            )
    axes.set_xlabel(catalog.axis_label("share_of_industry", language))
    axes.set_xlim(left=0)
    axes.margins(x=0.12, y=0.14)
    axes.tick_params(axis="y", length=0)


def _growth_panel(
    axes: Axes, drawn: pd.DataFrame, colours: list[str], language: catalog.Language
) -> None:
    bars = axes.barh(drawn.index, drawn["growth"], height=0.5, color=colours)
    labels = axes.bar_label(bars, [number(value, 1) for value in drawn["growth"]], padding=3)
    for label in labels:
        label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.6})
    total = drawn["total_growth"].dropna()
    if not total.empty:
        axes.axvline(
            total.iloc[0],
            color=INK,
            linewidth=1.2,
            zorder=0,
            label=f"{catalog.short_name('total_growth', language)} {number(total.iloc[0], 1)}%",
        )
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlabel(catalog.axis_label("growth", language))
    axes.margins(x=0.18)
    axes.tick_params(axis="y", length=0, labelleft=False)
