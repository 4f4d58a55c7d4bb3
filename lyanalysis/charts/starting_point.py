"""Charts of the chapter on the starting point."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from lyanalysis import catalog
from lyanalysis.charts.style import (
    DRIVER_COLOURS,
    GREY,
    INK,
    LIGHT,
    NEW,
    REGION_LOOKS,
    STYLE,
    canvas,
    number,
    spread,
    year_ticks,
)

SHARE = "_share"


@mpl.rc_context(STYLE)
def region_lines(values: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw one yearly measure of several regions, joined over adjacent years only.

    Parameters
    ----------
    values : DataFrame
        Index ``(region_code, year)``, the report's own region first; one column, a variable of the
        catalogue, whose name and unit become the axis label.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Years on the x axis. A missing year leaves a gap in a line; a single year is a marker. Each
        line is named at its end, with its last value.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product(
    ...     [["410300", "100000"], [2024, 2025]], names=["region_code", "year"]
    ... )
    >>> frame = pd.DataFrame({"gdp_growth_real": [4.9, 6.0, 5.0, 5.0]}, index=index)
    >>> len(region_lines(frame, language="en").axes[0].lines)
    2
    """
    figure, (axes,) = canvas(2.5)
    column = str(values.columns[0])
    known = values[column].dropna()
    if known.empty:
        axes.set_axis_off()
        return figure
    ends: list[tuple[str, int, float, dict[str, Any]]] = []
    codes = list(values.index.unique("region_code"))
    for code, look in zip(codes, REGION_LOOKS, strict=False):
        own = values[column].xs(code, level="region_code")
        if own.notna().any():
            axes.plot(own.index, own, **look)
            year = int(own.dropna().index[-1])
            ends.append((str(code), year, float(own[year]), look))
    decimals = catalog.variable(column).decimals
    years = known.index.get_level_values("year")
    low, high = min(0.0, float(known.min())), float(known.max())
    values_at_end = [value for _, _, value, _ in ends]
    pushed = spread(values_at_end, 0.085 * (high - low or 1.0))
    # Labels that had to move apart stay around the values they name.
    moved = (sum(pushed) - sum(values_at_end)) / len(pushed)
    heights = [height - moved for height in pushed]
    span = max(1, int(years.max() - years.min()))
    for (code, year, value, look), height in zip(ends, heights, strict=True):
        name = catalog.region_name(code, language, short=True)
        dated = "" if year == years.max() else f" ({year})"
        axes.text(
            years.max() + span * 0.03,
            height,
            f"{name} {number(value, decimals)}{dated}",
            color=look["color"],
            va="center",
        )
    if low < 0:
        axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set_ylim(
        min(low * 1.12, min(heights) - 0.06 * (high - low)) if low < 0 else 0,
        max(high * 1.12, max(heights) + 0.06 * (high - low)),
    )
    axes.set_xlim(years.min() - span * 0.03, years.max() + span * 0.24)
    axes.set_xticks(year_ticks(years))
    axes.set_ylabel(catalog.axis_label(column, language))
    return figure


@mpl.rc_context(STYLE)
def windowed_line(
    values: pd.DataFrame,
    *,
    language: catalog.Language,
    breaks: pd.DataFrame | None = None,
    from_zero: bool = True,
) -> Figure:
    """Draw one measure over time, joined inside comparable windows only.

    Parameters
    ----------
    values : DataFrame
        Index ``(region_code, year, window)`` of one region; one column, a variable of the
        catalogue.
    language : {"zh", "en"}
        Language of the labels.
    breaks : DataFrame, optional
        One row a break: ``year_before``, ``year_after``, and ``break_kind`` in words, written at
        its rule. Without it only the windows are kept apart.
    from_zero : bool
        Whether the axis begins at zero: for levels it does, for small changes of a share it cannot.

    Returns
    -------
    Figure
        The first and last value of every window is written beside it. Dotted rules mark breaks.
    """
    figure, (axes,) = canvas(2.6)
    column = str(values.columns[0])
    known = values[column].dropna()
    if known.empty:
        axes.set_axis_off()
        return figure
    decimals = catalog.variable(column).decimals
    windows = [part for _, part in known.groupby(level="window", sort=False)]
    for part in windows:
        own = part.droplevel(["region_code", "window"])
        own = own.reindex(range(int(own.index.min()), int(own.index.max()) + 1))
        axes.plot(own.index, own, color=INK, marker="o")
    years = known.index.get_level_values("year")
    low, high = (0.0 if from_zero else float(known.min())), float(known.max())
    reach = (high - low) or abs(high) or 1.0
    _label_ends(axes, windows, decimals, sparse=breaks is not None)
    top = high + (0.42 if breaks is not None and len(breaks) else 0.16) * reach
    bottom = low if from_zero else low - 0.2 * reach
    axes.set_ylim(bottom, top)
    _draw_breaks(axes, windows, breaks, top)
    span = max(1, int(years.max() - years.min()))
    axes.set_xlim(years.min() - span * 0.06, years.max() + span * 0.06)
    axes.set_xticks(year_ticks(years))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.set_ylabel(catalog.axis_label(column, language))
    return figure


def _label_ends(axes: Any, windows: list[pd.Series[Any]], decimals: int, *, sparse: bool) -> None:
    """Write first and last value of each window on the side where the next window is not.

    Where a table beside the figure holds the levels, only the ends of the whole line and the years
    published twice are named.
    """
    ends = [[(int(label[1]), float(value)) for label, value in part.items()] for part in windows]  # type: ignore[index]
    last = len(ends) - 1
    for place, points in enumerate(ends):
        before = ends[place - 1][-1] if place else None
        after = ends[place + 1][0] if place < last else None
        (first_year, first), (last_year, final) = points[0], points[-1]
        twice = before is not None and before[0] == first_year
        revised = after is not None and after[0] == last_year
        alone = len(points) == 1 and after is None
        if not sparse or before is None or twice or alone:
            rises = len(points) > 1 and points[1][1] > first
            below = before[1] > first if before is not None and twice else rises
            _write(axes, first_year, first, decimals, below=below and not (sparse and not twice))
        if len(points) > 1 and (not sparse or after is None or revised):
            falls = points[-2][1] > final
            below = after[1] > final if after is not None and revised else falls
            _write(axes, last_year, final, decimals, below=below)


def _write(axes: Any, year: int, value: float, decimals: int, *, below: bool) -> None:
    axes.annotate(
        number(value, decimals),
        (year, value),
        xytext=(0, -14 if below else 7),
        textcoords="offset points",
        ha="center",
        color=INK,
        fontsize=8,
    )


def _draw_breaks(
    axes: Any, windows: list[pd.Series[Any]], breaks: pd.DataFrame | None, top: float
) -> None:
    """Draw a dotted rule between windows, or at the named breaks with their kinds."""
    if breaks is None:
        for before, after in pairwise(windows):
            last = before.index.get_level_values("year")[-1]
            first = after.index.get_level_values("year")[0]
            _rule(axes, (last + first) / 2)
        return
    for place, row in enumerate(breaks.to_dict("records")):
        middle = (row["year_before"] + row["year_after"]) / 2
        _rule(axes, middle)
        axes.text(
            middle,
            # Neighbouring breaks stand close: their names alternate in height.
            top * (1 - 0.002) if place % 2 == 0 else top - 0.09 * (top - axes.get_ylim()[0]),
            f"{row['break_kind']}",
            ha="center",
            va="top",
            color=GREY,
            fontsize=7.5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )


def _rule(axes: Any, place: float) -> None:
    axes.axvline(place, color=LIGHT, linestyle=":", linewidth=1.2, zorder=0)


@mpl.rc_context(STYLE)
def share_history_dots(shares: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw the published shares of aggregates as points, one row an aggregate, never joined.

    Parameters
    ----------
    shares : DataFrame
        Index ``(region_code, year)`` of one region; one column a published share of an aggregate in
        percent, named after the aggregate, whose driver fixes the colour.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Rows in the order of the columns, those without a figure left out. The newest point is
        filled and carries its value, earlier ones are hollow; each names its year.
    """
    drawn = [name for name in shares.columns if shares[name].notna().any()]
    figure, (axes,) = canvas(0.7 + 0.42 * max(2, len(drawn)))
    if not drawn:
        axes.set_axis_off()
        return figure
    high = float(shares[drawn].max().max())
    for place, name in enumerate(drawn):
        own = shares[name].dropna().droplevel("region_code")
        colour = DRIVER_COLOURS[catalog.variable(name).driver]
        marker = "s" if catalog.variable(name).driver == "old" else "o"
        axes.axhline(place, color=LIGHT, linewidth=0.6, zorder=0)
        newest = int(own.index[-1])
        # Close points cannot all be named: those that would touch a later one stay unnamed.
        taken: list[float] = []
        for year, value in own.iloc[::-1].items():
            filled = year == newest
            axes.plot(
                value,
                place,
                marker=marker,
                color=colour,
                markerfacecolor=colour if filled else "white",
                markersize=7 if filled else 6,
                linestyle="none",
                zorder=3 if filled else 2,
            )
            if filled or all(abs(value - other) > 0.075 * high for other in taken):
                axes.annotate(
                    f"{number(value, 1)} ({year})" if filled else f"{year}",
                    (value, place),
                    xytext=(0, 7 if filled else -13),
                    textcoords="offset points",
                    ha="center",
                    color=colour,
                    fontsize=8 if filled else 7,
                )
                taken.extend([] if filled else [float(value)])
    names = [name.removesuffix(SHARE) for name in drawn]
    axes.set_yticks(range(len(drawn)), [catalog.short_name(name, language) for name in names])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(drawn) - 0.4, -0.75)
    axes.set_xlim(0, high * 1.14)
    axes.set_xlabel(catalog.axis_label("share_of_industry", language))
    return figure


@mpl.rc_context(STYLE)
def profit_bars(account: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw profit by year as bars, with the margin where revenue of the year is published.

    Parameters
    ----------
    account : DataFrame
        Index ``(region_code, year)`` of one region; columns ``industrial_profit`` in 亿元 and
        ``profit_margin`` in percent.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        One bar a year with published profit; years without stay empty. A bar whose margin is known
        is filled, the others are pale, and the margin is written on it.
    """
    figure, (axes,) = canvas(2.3)
    known = account.dropna(subset="industrial_profit").droplevel("region_code")
    if known.empty:
        axes.set_axis_off()
        return figure
    bars = axes.bar(known.index, known["industrial_profit"], width=0.68, color=LIGHT, edgecolor=INK)
    for bar, margin in zip(bars, known["profit_margin"], strict=True):
        if pd.notna(margin):
            bar.set(facecolor=NEW)
            axes.text(
                bar.get_x() + bar.get_width() / 2,
                bar.get_height() / 2,
                f"{catalog.short_name('profit_margin', language).replace(' ', chr(10))}\n"
                f"{number(margin, 2)}%",
                color="white",
                ha="center",
                va="center",
                fontsize=7.5,
            )
    axes.bar_label(bars, [number(value, 1) for value in known["industrial_profit"]], padding=3)
    axes.axhline(0, color=GREY, linewidth=0.8)
    years = known.index
    axes.set_xticks(year_ticks(years))
    axes.set_xlim(years.min() - 0.8, max(years.max(), years.min() + 4) + 0.8)
    axes.margins(y=0.14)
    axes.set_ylabel(catalog.axis_label("industrial_profit", language))
    return figure


@mpl.rc_context(STYLE)
def milestone_line(milestones: pd.DataFrame) -> Figure:
    """Draw dated events on one axis of years, one row an event.

    Parameters
    ----------
    milestones : DataFrame
        One row an event: ``year`` and ``year_end``; ``dated_period``, ``entity`` and ``told``
        in words; ``status``, of which ``"stated"`` is drawn filled, all others hollow.

    Returns
    -------
    Figure
        Points, and bars for ranges of years, in order of time from the top; words stand on the side
        with more room.
    """
    count = len(milestones)
    figure, (axes,) = canvas(0.55 + 0.36 * max(2, count))
    if not count:
        axes.set_axis_off()
        return figure
    first, last = float(milestones["year"].min()), float(milestones["year_end"].max())
    span = max(1.0, last - first)
    for place, row in enumerate(milestones.to_dict("records")):
        ends = [row["year"], row["year_end"]]
        filled = row["status"] == "stated"
        axes.axhline(place, color=LIGHT, linewidth=0.6, zorder=0)
        axes.plot(
            ends,
            [place, place],
            color=INK,
            marker="o",
            markersize=6,
            markerfacecolor=INK if filled else "white",
            linewidth=3,
        )
        right = ends[1] - first <= last - ends[0]
        axes.annotate(
            f"{row['dated_period']}  {row['entity']}\n{row['told']}",
            (ends[1] if right else ends[0], place),
            xytext=(8 if right else -8, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontsize=7.5,
            linespacing=1.3,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )
    axes.set_ylim(count - 0.45, -0.55)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlim(first - 0.03 * span, last + 0.03 * span)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    return figure
