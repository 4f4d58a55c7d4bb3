"""Charts of trades, components of growth, overlapping groups and the projects of an anchor."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    SECTOR_COLOURS,
    STYLE,
    canvas,
    number,
    sector_of,
)

DARK_FROM = 0.55
"""Share of the largest number from which a tile is so dark that its number is white."""
ROOM = 0.22
"""Space for a number beyond the bars, as a part of their reach."""


@mpl.rc_context(STYLE)
def location_panels(located: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw what each trade weighs in a region and in its reference, and the quotient of the two.

    Parameters
    ----------
    located : DataFrame
        Index ends in level ``part``, variables of the catalogue; columns ``own_share`` and
        ``reference_share`` in percent, ``quotient``. One region.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Trades from the highest to the lowest quotient. Left: the share in the region (filled) and
        in the reference (hollow), joined by a line. Right: bars that start at 1, dark above it and
        pale below.
    """
    drawn = located.dropna(subset="quotient").sort_values("quotient", ascending=False)
    figure, (left, right) = canvas(0.8 + 0.26 * max(3, len(drawn)), width_ratios=(1, 1.05))
    if drawn.empty:
        left.set_axis_off()
        right.set_axis_off()
        return figure
    places = range(len(drawn))
    ends = drawn[["own_share", "reference_share"]].to_numpy(float)
    for place, (own, other) in enumerate(ends):
        left.plot([own, other], [place, place], color=LIGHT, linewidth=2.2, zorder=1)
    looks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("reference_share", {"facecolor": "white", "edgecolor": INK, "s": 30}),
        ("own_share", {"color": INK, "s": 32}),
    )
    for column, look in looks:
        left.scatter(
            drawn[column], places, zorder=2, label=catalog.short_name(column, language), **look
        )
    names = [catalog.short_name(str(part), language) for part in drawn.index.unique("part")]
    left.set_yticks(places, names)
    left.set_xlabel(catalog.axis_label("share_of_gdp", language))
    left.set_xlim(0, float(ends.max()) * 1.08)
    bars = right.barh(
        places,
        drawn["quotient"] - 1,
        left=1,
        height=0.6,
        color=[INK if value >= 1 else LIGHT for value in drawn["quotient"]],
        edgecolor=INK,
        linewidth=0.6,
    )
    right.bar_label(bars, [number(value, 2) for value in drawn["quotient"]], padding=3)
    right.axvline(1, color=GREY, linewidth=0.8)
    right.set_yticks([])
    right.spines["left"].set_visible(False)
    right.set_xlabel(catalog.axis_label("quotient", language))
    low, high = min(1.0, float(drawn["quotient"].min())), max(1.0, float(drawn["quotient"].max()))
    room = 0.18 * (high - low or 1.0)
    right.set_xlim(low - room, high + room)
    figure.set_layout_engine("constrained", wspace=0.06)
    for axes in (left, right):
        axes.set_ylim(len(drawn) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
    figure.legend(loc="outside lower center", ncols=2)
    return figure


@mpl.rc_context(STYLE)
def growth_steps(account: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw the steps that lead from growth of the reference to growth of the region.

    Parameters
    ----------
    account : DataFrame
        Index ``(reference, year, part)``, sectors and then a part ``"total"``; columns ``pull``,
        ``national``, ``industry_mix``, ``competitive`` and ``growth_gap`` in percentage points.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        One panel a year, the last two of the first reference, whose growth is the zero line. A
        step for the mix and one for each sector's own performance, each of which starts where the
        one above it ends; a dark bar for the gap they make. The panels have one scale; their
        titles give the growth of both.
    """
    drawn = account.dropna()
    years: list[int] = []
    if not drawn.empty:
        first = drawn.index.get_level_values("reference")[0]
        drawn = drawn.loc[[first]].droplevel("reference")
        years = [int(year) for year in drawn.index.unique("year")[-2:]]
    figure, panels = canvas(2.4, width_ratios=[1.0] * max(1, len(years)), sharey=len(years) > 1)
    if not years:
        panels[0].set_axis_off()
        return figure
    ends = []
    for axes, year in zip(panels, years, strict=True):
        rows = drawn.loc[[year]].droplevel("year")
        ends += _draw_steps(axes, rows)
        total = rows.loc[["total"]].iloc[0]
        both = f"{number(total['national'], 1)}% → {number(total['pull'], 1)}%"
        axes.set_title(f"{year}: {both}", fontsize=9)
    sectors = [str(part) for part in drawn.index.unique("part") if part != "total"]
    own = catalog.short_name("competitive", language)
    mark = "：" if language == "zh" else ", "
    labels = [
        catalog.short_name("industry_mix", language),
        *(f"{own}{mark}{_name_inside(sector, language)}" for sector in sectors),
        catalog.short_name("growth_gap", language),
    ]
    reach = max(ends) - min(ends) or 1.0
    for axes in panels:
        axes.axvline(0, color=GREY, linewidth=0.8, zorder=3)
        axes.set_xlim(min(ends) - ROOM * reach, max(ends) + ROOM * reach)
        axes.set_xlabel(catalog.axis_label("growth_gap", language))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
    panels[0].set_yticks(range(len(labels)), labels)
    panels[0].invert_yaxis()
    return figure


def _name_inside(variable: str, language: catalog.Language) -> str:
    name = catalog.short_name(variable, language)
    return name if language == "zh" else name.lower()


def _draw_steps(axes: Axes, rows: pd.DataFrame) -> list[float]:
    """Draw one year; return where its bars begin and end."""
    total, sectors = rows.loc[["total"]].iloc[0], rows.drop(index="total")
    steps = [
        (float(total["industry_mix"]), GREY),
        *(
            (float(value), SECTOR_COLOURS[sector_of(str(name))])
            for name, value in sectors["competitive"].items()
        ),
    ]
    start, ends = 0.0, [0.0]
    for place, (size, colour) in enumerate(steps):
        _step(axes, place, start, size, colour)
        start += size
        ends.append(start)
        axes.plot([start, start], [place - 0.3, place + 1.3], color=GREY, linewidth=0.6, zorder=1)
    _step(axes, len(steps), 0.0, float(total["growth_gap"]), INK)
    return [*ends, float(total["growth_gap"])]


def _step(axes: Axes, place: int, start: float, size: float, colour: str) -> None:
    """Draw a bar with its size on the side to which it points."""
    axes.barh(place, size, left=start, height=0.6, color=colour, zorder=2)
    printed = number(size, 2)
    outward = -1 if printed.startswith("-") else 1
    axes.annotate(
        printed,
        (start + size, place),
        xytext=(4 * outward, 0),
        textcoords="offset points",
        va="center",
        ha="right" if outward < 0 else "left",
        zorder=3,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
    )


@mpl.rc_context(STYLE)
def overlap_tiles(shared: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw how many divisions of industry each two groups share, as a triangle of tiles.

    Parameters
    ----------
    shared : DataFrame
        Index ``(group, other_group)``, variables of the catalogue, every pair once and each group
        with itself; columns ``whole`` and ``at_most``, numbers of divisions.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A tile a pair, the darker the more divisions may be shared; where the two numbers differ,
        both stand in it. The tiles of a group with itself, its size, are framed.
    """
    groups = list(shared.index.unique("group"))
    figure, (axes,) = canvas(0.55 + 0.36 * max(3, len(groups)))
    if shared.empty:
        axes.set_axis_off()
        return figure
    most = float(shared["at_most"].max())
    ones, others = (shared.index.get_level_values(level) for level in ("group", "other_group"))
    for group, other, (_, row) in zip(ones, others, shared.iterrows(), strict=True):
        across, down = groups.index(group), groups.index(other)
        depth = float(row["at_most"]) / most
        axes.add_patch(
            mpl.patches.Rectangle(
                (across - 0.47, down - 0.46),
                0.94,
                0.92,
                facecolor=mpl.colors.to_rgba(INK, 0.04 + 0.8 * depth),
                edgecolor=INK if group == other else "none",
                linewidth=1.2,
            )
        )
        low, high = int(row["whole"]), int(row["at_most"])
        axes.text(
            across,
            down,
            f"{high}" if low == high else f"{low}–{high}",
            ha="center",
            va="center",
            color="white" if depth > DARK_FROM else INK,
        )
    names = [catalog.short_name(group, language) for group in groups]
    axes.set_yticks(range(len(groups)), names)
    axes.set_xticks(range(len(groups)), [name.replace(" ", "\n", 1) for name in names])
    axes.set_xlim(-0.55, len(groups) - 0.45)
    axes.set_ylim(len(groups) - 0.45, -0.55)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure


@mpl.rc_context(STYLE)
def pipeline_funnel(stages: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw how much of what was agreed has come into production, one funnel a pipeline.

    Parameters
    ----------
    stages : DataFrame
        Index ``(project, stage)``, variables of the catalogue, stages in order; columns ``amount``
        and ``overall``, percent of the first stage.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A bar a stage around a common middle, as wide as its percentage of the first stage, with
        number and percentage beside it. What is only agreed is hollow, what runs is solid.
    """
    drawn = stages.dropna(subset="overall")
    projects = list(drawn.index.unique("project"))
    figure, (axes,) = canvas(0.3 + 0.29 * max(2, len(drawn) + len(projects)))
    axes.set_axis_off()
    if drawn.empty:
        return figure
    axes.set_axis_on()
    place, ticks, names = 0.0, [], []
    for project in projects:
        rows = drawn.loc[project]
        axes.text(-50, place, catalog.axis_label(str(project), language), va="center", color=GREY)
        for step, (stage, row) in enumerate(rows.iterrows()):
            place += 1
            ticks.append(place)
            names.append(catalog.short_name(str(stage), language))
            width = float(row["overall"])
            bar = axes.barh(place, width, left=-width / 2, height=0.72, color=INK, edgecolor=INK)
            if step == 0:
                bar[0].set(facecolor="white", linewidth=1.1)
            share = f" ({number(width, 1)}%)" if step else ""
            axes.text(54, place, f"{number(row['amount'], 0)}{share}", va="center")
        place += 1
    axes.set_yticks(ticks, names)
    axes.set_xticks([])
    axes.set_xlim(-52, 76)
    axes.set_ylim(place - 0.5, -0.5)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure
