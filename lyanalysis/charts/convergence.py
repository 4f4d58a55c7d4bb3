"""Charts of convergence between regions: spread over time, growth against the starting level."""

from __future__ import annotations

from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.labels import label_points
from lyanalysis.charts.style import GREY, INK, STYLE, canvas, number, spread, year_ticks

CONSTANT, CURRENT = "spread_constant_prices", "spread_current_prices"
DASHED = (0, (3, 2))


@mpl.rc_context(STYLE)
def spread_lines(spreads: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw the spread of GDP per head over regions, year by year.

    Parameters
    ----------
    spreads : DataFrame
        Index ``year``; columns ``spread_constant_prices`` and ``spread_current_prices``, NaN in
        years in which a region is missing, and ``flag``, not empty where figures at current prices
        stand behind a break for some region.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Constant prices as a solid line with filled marks; current prices with hollow marks, joined
        by a solid line inside one statistical basis and by a dashed one across a break or over
        missing years.
    """
    figure, (axes,) = canvas(2.4)
    known = {name: spreads[name].dropna() for name in (CONSTANT, CURRENT)}
    known = {name: values for name, values in known.items() if len(values)}
    if not known:
        axes.set_axis_off()
        return figure
    breaks = set(spreads.index[spreads["flag"].ne("")])
    looks = {CONSTANT: (INK, "o", INK), CURRENT: (GREY, "s", "white")}
    for name, values in known.items():
        colour, marker, fill = looks[name]
        ends = zip(values.index.to_list(), values.to_list(), strict=True)
        for (one, before), (other, after) in pairwise(ends):
            between = range(one + 1, other + 1)
            joined = name == CONSTANT or not any(year in breaks for year in between)
            solid = joined and len(between) == 1
            axes.plot(
                [one, other],
                [before, after],
                color=colour,
                linestyle="-" if solid else DASHED,
                linewidth=1.8 if solid else 1.1,
            )
        axes.plot(
            values.index,
            values,
            linestyle="none",
            marker=marker,
            color=colour,
            markerfacecolor=fill,
        )
    years = spreads.dropna(how="all").index
    first, last = int(years.min()), int(years.max())
    low = min(float(values.min()) for values in known.values())
    high = max(float(values.max()) for values in known.values())
    room = max(high - low, 0.01)
    axes.set_ylim(max(0.0, low - 0.25 * room), high + 0.25 * room)
    newest = [float(values.iloc[-1]) for values in known.values()]
    heights = spread(newest, 0.1 * 1.5 * room)
    for (name, values), height in zip(known.items(), heights, strict=True):
        axes.annotate(
            f"{catalog.short_name(name, language)} {number(values.iloc[-1], 3)}",
            (int(values.index[-1]), height),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            color=looks[name][0],
            fontsize=8,
        )
    span = max(1, last - first)
    axes.set_xlim(first - 0.04 * span, last + span * (0.32 if language == "zh" else 0.36))
    axes.set_xticks(year_ticks(pd.Index([first, last])))
    axes.set_ylabel(
        {"zh": "对数标准差", "en": "Standard deviation of logs"}[language],
    )
    return figure


@mpl.rc_context(STYLE)
def convergence_scatter(points: pd.DataFrame, *, region: str, language: catalog.Language) -> Figure:
    """Draw mean growth of regions against the level they started from, with the fitted line.

    Parameters
    ----------
    points : DataFrame
        Index ``region_code``; columns ``start_level`` (yuan), ``log_growth`` and
        ``fitted_growth``, percent.
    region : str
        The report's own region, drawn as a diamond.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Start level on a logarithmic x axis. A line that falls to the right says that those that
        started lower grew faster. Labelled are the region and the extremes.
    """
    figure, (axes,) = canvas(2.8)
    drawn = points.dropna(subset=["start_level", "log_growth"])
    if drawn.empty:
        axes.set_axis_off()
        return figure
    for code, row in drawn.iterrows():
        own = code == region
        axes.plot(
            row["start_level"],
            row["log_growth"],
            linestyle="none",
            marker="D" if own else "o",
            markersize=7.5 if own else 5,
            color=INK if own else GREY,
            zorder=3 if own else 2,
        )
    line = drawn.dropna(subset="fitted_growth").sort_values("start_level")
    axes.plot(line["start_level"], line["fitted_growth"], color=INK, linewidth=1.4, zorder=1)
    axes.set_xscale("log")
    low, high = float(drawn["start_level"].min()), float(drawn["start_level"].max())
    axes.set_xlim(low * 0.85, high * 1.2)
    axes.margins(y=0.14)
    steps = [step * 10**power for power in range(3, 7) for step in (1, 1.5, 2, 3, 4, 5, 7)]
    ticks = [tick for tick in steps if low * 0.85 <= tick <= high * 1.2]
    axes.set_xticks(ticks, [f"{tick:.0f}" for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel(catalog.axis_label("start_level", language))
    axes.set_ylabel(catalog.axis_label("log_growth", language))
    growth, start = drawn["log_growth"], drawn["start_level"]
    extremes = [growth.idxmax(), growth.idxmin(), start.idxmax(), start.idxmin()]
    wanted = [str(code) for code in dict.fromkeys([region, *extremes])]
    labels = [
        (
            (float(start[code]), float(growth[code])),
            f"{catalog.region_name(code, language, short=True)} {number(growth[code], 1)}",
            code == region,
        )
        for code in wanted
        if code in drawn.index
    ]
    marks = list(zip(start, growth, strict=True))
    if len(line):
        # Labels keep off the line too; it is straight on this axis.
        ends = line[["start_level", "fitted_growth"]].to_numpy(float)[[0, -1]]
        across = np.geomspace(ends[0, 0], ends[1, 0], 60)
        marks += zip(across, np.linspace(ends[0, 1], ends[1, 1], 60), strict=True)
    label_points(axes, labels, marks=marks)
    return figure
