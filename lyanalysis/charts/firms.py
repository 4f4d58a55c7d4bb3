"""Charts of the means of innovation: loans, the science budget, high-tech manufacturing."""

from __future__ import annotations

import math
from collections.abc import Callable

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.region_lines import gapped, region_lines
from lyanalysis.charts.style import GREY, INK, NEW, STYLE, canvas, number, year_ticks

RATIOS = {"loan_deposit_ratio_rmb": (NEW, "o"), "loan_deposit_ratio": (INK, "s")}
"""Colour and marker of the two ratios of loans to deposits, which are never joined."""


@mpl.rc_context(STYLE)
def fund_panels(funds: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw loans by deposits, and the science share of the budget.

    Parameters
    ----------
    funds : DataFrame
        Index ``(region_code, year)`` of one region; columns ``loan_deposit_ratio_rmb``,
        ``loan_deposit_ratio`` and ``science_budget_share``, in percent.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Left, where loans and deposits are published: the ratio in yuan and that in all currencies,
        two series that are not joined. Right, where budget expenditure is: one bar a year.
    """
    shown: list[Callable[[Axes], None]] = []
    if funds[list(RATIOS)].notna().any(axis=None):
        shown.append(lambda axes: _ratio_lines(axes, funds, language))
    if funds["science_budget_share"].notna().any():
        shown.append(lambda axes: _science_bars(axes, funds, language))
    figure, places = canvas(2.9, width_ratios=[1.0] * max(1, len(shown)))
    if not shown:
        places[0].set_axis_off()
        return figure
    for axes, draw in zip(places, shown, strict=True):
        draw(axes)
    if funds[list(RATIOS)].notna().any(axis=None):
        figure.legend(loc="outside lower center", ncols=2)
    return figure


def _ratio_lines(axes: Axes, funds: pd.DataFrame, language: catalog.Language) -> None:
    lines = {name: gapped(funds[name]) for name in RATIOS if funds[name].notna().any()}
    for column, line in lines.items():
        colour, marker = RATIOS[column]
        name = catalog.short_name(column, language)
        axes.plot(line.index, line, color=colour, marker=marker, label=name)
        for at in dict.fromkeys([line.first_valid_index(), line.last_valid_index()]):
            # Where both series have a value, the labels stand on either side of the two.
            below = any(
                (line[at], column) < (other.get(at, math.nan), name)
                for name, other in lines.items()
            )
            axes.annotate(
                number(line[at], 1),
                (at, line[at]),
                xytext=(0, -12 if below else 7),
                textcoords="offset points",
                ha="center",
                color=colour,
            )
    years = {int(year) for line in lines.values() for year in line.dropna().index}
    axes.set_xticks(year_ticks(pd.Index(sorted(years))))
    axes.set_xlim(min(years) - 0.6, max(years) + 0.6)
    axes.margins(y=0.2)
    axes.set_ylabel("%")
    axes.set_ylim(bottom=0)


def _science_bars(axes: Axes, funds: pd.DataFrame, language: catalog.Language) -> None:
    values = funds["science_budget_share"].droplevel("region_code").dropna()
    bars = axes.bar(values.index, values, width=0.66, color=NEW)
    axes.bar_label(bars, [number(value, 2) for value in values], padding=3, fontsize=8.0)
    axes.set_xticks(year_ticks(values.index))
    axes.margins(y=0.15)
    axes.set_title(catalog.axis_label("science_budget_share", language), fontsize=8.5, color=GREY)


@mpl.rc_context(STYLE)
def hightech_panels(hightech: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw margin and size of high-tech manufacturing firms, region beside region.

    Parameters
    ----------
    hightech : DataFrame
        Index ``(region_code, year)``; columns ``hightech_mfg_margin`` in percent and
        ``hightech_mfg_revenue_per_firm`` in 100 million yuan.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Left the profit margin, right revenue per firm: one line a region that publishes them,
        broken where a year is missing.
    """
    columns = {"hightech_mfg_margin": 1, "hightech_mfg_revenue_per_firm": 2}
    figure, places = canvas(2.7, width_ratios=[1.0, 1.0])
    for axes, (column, decimals) in zip(places, columns.items(), strict=True):
        if hightech[column].isna().all():
            axes.set_axis_off()
            continue
        room = 0.34 if language == "zh" else 0.4
        region_lines(axes, hightech[column], decimals=decimals, room=room, language=language)
        axes.set_xticks(axes.get_xticks()[::2])
        axes.set_title(catalog.axis_label(column, language), fontsize=8.5, color=GREY)
    return figure
