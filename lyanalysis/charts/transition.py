"""Charts of the composite index and of how new drivers and the industrial base move together."""

from __future__ import annotations

from collections.abc import Iterable

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from lyanalysis import catalog
from lyanalysis.charts.labels import label_points
from lyanalysis.charts.style import GREY, INK, LIGHT, NEW, OLD, STYLE, canvas, number

ROW = 0.195
"""Inches a row of a grid or a list takes."""
CANDIDATE = 0.6
"""Space between indicators in use and candidates, as a part of a row."""


@mpl.rc_context(STYLE)
def index_coverage_grid(
    known: pd.DataFrame, weights: pd.Series[float], *, region: str, language: catalog.Language
) -> Figure:
    """Draw which city has which indicator: a row an indicator, a column a city.

    Parameters
    ----------
    known : DataFrame
        Index ``(region_code, year)`` of one year; one column an indicator, NaN where it has none.
        Cities without any figure are left out, but not the report's own.
    weights : Series
        By indicator; 0 for candidates, which stand below the others.
    region : str
        Code of the report's region.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A filled square is a figure, a hollow one a gap; dark for indicators in use, grey for
        candidates. At the end of a row stands how many cities have the indicator. Cities with the
        most figures come first; the report's own is set in the colour of new drivers.
    """
    there = known.droplevel("year").notna()
    there = there[there.any(axis=1) | (there.index == region)]
    order = there.loc[:, weights.gt(0)].sum(axis=1).sort_values(ascending=False, kind="stable")
    there = there.loc[order.index]
    figure, (axes,) = canvas(1.15 + ROW * (len(there.columns) + CANDIDATE))
    if not there.to_numpy().any():
        axes.set_axis_off()
        return figure
    places: list[float] = []
    below = 0.0
    for name in there.columns:
        below = CANDIDATE if weights[name] == 0 else below
        places.append(len(places) + below)
    for place, name in zip(places, there.columns, strict=True):
        ink = INK if weights[name] > 0 else GREY
        filled = there[name].to_numpy()
        axes.add_patch(_squares(filled.nonzero()[0], place, facecolor=ink, edgecolor=ink))
        axes.add_patch(_squares((~filled).nonzero()[0], place, facecolor="none", edgecolor=LIGHT))
        axes.text(len(there) - 0.3, place, str(int(filled.sum())), va="center", color=ink)
    names = [catalog.region_name(str(code), language, short=True) for code in there.index]
    axes.set_xticks(range(len(there)), names, rotation=90)
    axes.set_yticks(places, [catalog.short_name(name, language) for name in there.columns])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for label, code in zip(axes.get_xticklabels(), there.index, strict=True):
        label.set_color(NEW if code == region else GREY)
    axes.set_xlim(-0.7, len(there) + 0.6)
    axes.set_ylim(places[-1] + 0.6, -0.6)
    axes.spines[:].set_visible(False)
    return figure


def _squares(columns: Iterable[int], row: float, **look: str) -> PathPatch:
    """Return squares of one look in one row as one shape: a mark for each is six times as long."""
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * (0.27, 0.22)
    squares = [Path(corners + np.array([column, row]), closed=True) for column in columns]
    return PathPatch(Path.make_compound_path(*squares), linewidth=0.9, **look)


@mpl.rc_context(STYLE)
def rank_interval_dots(ranks: pd.DataFrame, *, region: str, language: catalog.Language) -> Figure:
    """Draw the rank of each city with the places between which it stays.

    Parameters
    ----------
    ranks : DataFrame
        Index ``(region_code, year)`` of one year, the best first; columns ``index_rank``,
        ``rank_lower`` and ``rank_upper``.
    region : str
        Code of the report's region.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A row a city: a dot at its rank on a bar from the best to the worst place. The report's
        region is a filled dot in the colour of new drivers, the others are hollow.
    """
    drawn = ranks.droplevel("year").dropna()
    figure, (axes,) = canvas(0.75 + ROW * max(4, len(drawn)))
    if drawn.empty:
        axes.set_axis_off()
        return figure
    for place, (code, row) in enumerate(drawn.iterrows()):
        own = code == region
        colour = NEW if own else GREY
        axes.plot(
            [row["rank_lower"], row["rank_upper"]],
            [place, place],
            color=colour,
            linewidth=3.0,
            alpha=1.0 if own else 0.55,
            solid_capstyle="butt",
        )
        axes.plot(
            row["index_rank"],
            place,
            marker="o",
            markersize=7,
            color=colour,
            markerfacecolor=colour if own else "white",
        )
    names = [catalog.region_name(str(code), language, short=True) for code in drawn.index]
    axes.set_yticks(range(len(drawn)), names)
    for label, code in zip(axes.get_yticklabels(), drawn.index, strict=True):
        label.set_color(NEW if code == region else INK)
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.set_xticks(range(1, len(drawn) + 1))
    axes.grid(axis="x", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(catalog.axis_label("index_rank", language))
    return figure


@mpl.rc_context(STYLE)
def rank_driver_bars(drivers: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw how much each choice behind the index moves the rank.

    Parameters
    ----------
    drivers : DataFrame
        Index: the choices, in words; columns ``first_order`` and ``sobol_total``.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A row a choice, the strongest first: the outline is the total index, the solid part what
        the choice does by itself.
    """
    drawn = drivers.dropna(subset="sobol_total")
    figure, (axes,) = canvas(0.9 + 0.23 * max(3, len(drawn)))
    if drawn.empty:
        axes.set_axis_off()
        return figure
    places = range(len(drawn))
    outlines = axes.barh(
        places,
        drawn["sobol_total"],
        height=0.62,
        color="white",
        edgecolor=INK,
        label=catalog.short_name("sobol_total", language),
    )
    axes.barh(
        places,
        drawn["first_order"].clip(lower=0),
        height=0.62,
        color=INK,
        label=catalog.short_name("first_order", language),
    )
    axes.bar_label(outlines, [number(value, 2) for value in drawn["sobol_total"]], padding=4)
    axes.set_yticks(places, list(drawn.index))
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.set_xlim(0, max(1.0, float(drawn["sobol_total"].max()) * 1.12))
    axes.set_xlabel(catalog.axis_label("sobol_total", language))
    figure.legend(loc="outside lower center", ncols=2)
    return figure


@mpl.rc_context(STYLE)
def coupling_dumbbells(coupled: pd.DataFrame, *, region: str, language: catalog.Language) -> Figure:
    """Draw the levels of the two systems of each city and the coordination between them.

    Parameters
    ----------
    coupled : DataFrame
        Index ``(region_code, year)`` of one year; columns ``new_driver_system``,
        ``industrial_base_system`` and ``coordination``, 0 to 1.
    region : str
        Code of the report's region.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A row a city, the best coordinated first: a dot for the new drivers, a square for the
        industrial base, joined by a line; the coordination degree stands at the end.
    """
    drawn = coupled.droplevel("year").dropna(subset="coordination")
    drawn = drawn.sort_values("coordination", ascending=False, kind="stable")
    figure, (axes,) = canvas(1.0 + ROW * max(4, len(drawn)))
    if drawn.empty:
        axes.set_axis_off()
        return figure
    places = list(range(len(drawn)))
    looks = (("new_driver_system", "o", NEW), ("industrial_base_system", "s", OLD))
    for place, (_, row) in zip(places, drawn.iterrows(), strict=True):
        axes.plot([row[name] for name, *_ in looks], [place, place], color=LIGHT, zorder=1)
    for name, marker, colour in looks:
        axes.plot(
            drawn[name],
            places,
            linestyle="none",
            marker=marker,
            markersize=6.5,
            color=colour,
            label=catalog.short_name(name, language),
        )
    for place, (code, row) in zip(places, drawn.iterrows(), strict=True):
        axes.text(
            1.06,
            place,
            number(row["coordination"], 3),
            va="center",
            color=NEW if code == region else INK,
        )
    axes.text(
        1.06,
        -1.0,
        catalog.short_name("coordination", language),
        color=GREY,
        va="center",
        fontsize=8.5,
    )
    names = [catalog.region_name(str(code), language, short=True) for code in drawn.index]
    axes.set_yticks(places, names)
    for label, code in zip(axes.get_yticklabels(), drawn.index, strict=True):
        label.set_color(NEW if code == region else INK)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(-0.03, 1.28)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    axes.set_ylim(len(drawn) - 0.4, -1.5)
    axes.set_xlabel(catalog.axis_label("system_level", language))
    figure.legend(loc="outside lower center", ncols=2)
    return figure


@mpl.rc_context(STYLE)
def decoupling_plane(
    points: pd.DataFrame, states: pd.DataFrame, *, language: catalog.Language
) -> Figure:
    """Draw growth of energy use against growth of output, with the states of decoupling.

    Parameters
    ----------
    points : DataFrame
        Index ``(region_code, year, variable)`` of one region, the variable being the measure of
        energy use; columns ``growth`` and ``pressure_growth``, percent.
    states : DataFrame
        Index ``state``; columns ``name_zh`` and ``name_en``: all eight of them.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Output on the x axis, energy on the y axis, one marker a year and measure. Rays of
        elasticity 0.8 and 1.2 and the axes part the states; those to the left of zero are shown
        where output fell in some year.
    """
    drawn = points.dropna(subset=["growth", "pressure_growth"]).droplevel("region_code")
    figure, (axes,) = canvas(2.9)
    if drawn.empty:
        axes.set_axis_off()
        return figure
    reach = 1.3 * max(
        float(drawn["growth"].abs().max()), float(drawn["pressure_growth"].abs().max())
    )
    left = bool(drawn["growth"].lt(0).any())
    spots = {
        "strong_decoupling": (0.62, -0.85),
        "weak_decoupling": (0.9, 0.36),
        "expansive_coupling": (0.82, 0.82),
        "expansive_negative_decoupling": (0.3, 0.9),
        "strong_negative_decoupling": (-0.6, 0.85),
        "weak_negative_decoupling": (-0.75, -0.1),
        "recessive_coupling": (-0.82, -0.82),
        "recessive_decoupling": (-0.3, -0.9),
    }
    sides = [1.0, -1.0] if left else [1.0]
    for side in sides:
        for slope in (0.8, 1.2):
            axes.plot([0, side * reach], [0, slope * side * reach], color=LIGHT, linewidth=0.9)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    for state, (across, up) in spots.items():
        if left or across > 0:
            axes.text(
                across * reach,
                up * reach,
                str(states[f"name_{language}"][state]),
                ha="center",
                va="center",
                color=GREY,
                fontsize=8,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
            )
    for marker, measure in zip("os^D", drawn.index.unique("variable"), strict=False):
        rows = drawn.xs(measure, level="variable")
        axes.plot(
            rows["growth"],
            rows["pressure_growth"],
            linestyle="none",
            marker=marker,
            markersize=7,
            color=INK,
            label=catalog.short_name(measure, language),
        )
    axes.set_xlim(-reach if left else -0.06 * reach, reach)
    axes.set_ylim(-reach, reach)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set_xlabel(catalog.axis_label("growth", language))
    axes.set_ylabel(catalog.axis_label("pressure_growth", language))
    figure.legend(loc="outside lower center", ncols=2)
    marks = [*zip(drawn["growth"], drawn["pressure_growth"], strict=True)]
    years = map(str, drawn.index.get_level_values("year"))
    label_points(
        axes,
        [(spot, year, True) for spot, year in zip(marks, years, strict=True)],
        marks=marks,
    )
    return figure
