"""Charts of indices over time and of series continued beyond their last year."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    NEW,
    STYLE,
    canvas,
    number,
    spread,
    year_ticks,
)

MARKERS = "osD^vPX*"
SHADES = ["#1f6f9c", "#7a5195", "#3b3f46", "#8b95a1", "#b5651d"]


@mpl.rc_context(STYLE)
def own_index_lines(index: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw a fixed-base index and its sub-indices, each line with its last value.

    Parameters
    ----------
    index : DataFrame
        Index ``(region_code, year)`` of one region; one column an index, the total first; 100 in
        the base year. Years without a value break the line.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Years on the x axis. The total is drawn thick; dashes lead over years in between that have
        no value.
    """
    drawn = index.droplevel("region_code").dropna(how="all")
    drawn = drawn.loc[: drawn.iloc[:, 0].last_valid_index()]
    figure, (axes,) = canvas(2.7)
    if len(drawn) < 2 or drawn.iloc[:, 0].count() < 2:
        axes.set_axis_off()
        return figure
    drawn = drawn.reindex(range(int(drawn.index.min()), int(drawn.index.max()) + 1))
    reach = float(drawn.max().max()) - min(100.0, float(drawn.min().min()))
    ends = []
    for place, name in enumerate(drawn.columns):
        known = drawn[name].dropna()
        colour, width = SHADES[place % len(SHADES)], 2.6 if place == 0 else 1.4
        axes.plot(
            known.index, known, color=colour, linewidth=width, linestyle=(0, (2, 2)), alpha=0.6
        )
        axes.plot(drawn.index, drawn[name], color=colour, linewidth=width, marker=MARKERS[place])
        ends.append((name, float(known.iloc[-1]), colour))
    heights = spread([value for _, value, _ in ends], 0.075 * reach)
    for (name, value, colour), height in zip(ends, heights, strict=True):
        axes.text(
            drawn.index.max() + 0.15,
            height,
            f"{catalog.short_name(name, language)} {number(value, 1)}",
            color=colour,
            va="center",
        )
    axes.axhline(100, color=LIGHT, linewidth=0.9, zorder=0)
    axes.set_xticks(year_ticks(drawn.index))
    span = max(1, int(drawn.index.max() - drawn.index.min()))
    axes.set_xlim(drawn.index.min() - 0.2, drawn.index.max() + span * 0.36)
    axes.set_ylabel(catalog.axis_label("own_index", language))
    return figure


@mpl.rc_context(STYLE)
def edition_panels(totals: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw the national index by edition, one panel a base year.

    Parameters
    ----------
    totals : DataFrame
        Index ``(edition, year)``; columns ``index`` and ``base``.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A panel for each base, its name above it; one line an edition, which is named at its end.
        Axes differ: levels of two bases must not be compared.
    """
    bases = list(dict.fromkeys(totals["base"]))
    figure, axes = canvas(2.6, width_ratios=[1.9, 1.0][: len(bases)] or [1.0])
    if totals["index"].dropna().empty:
        axes[0].set_axis_off()
        return figure
    for place, base in zip(axes, bases, strict=True):
        _editions(place, totals[totals["base"].eq(base)]["index"], language)
        place.set_title(base.replace("=", " = "), fontsize=9, color=INK)
    axes[0].set_ylabel(catalog.axis_label("index", language))
    return figure


def _editions(axes: Axes, index: pd.Series[float], language: catalog.Language) -> None:
    years = index.index.get_level_values("year")
    low, high = min(100.0, float(index.min())), float(index.max())
    newest = index.groupby(level="edition", sort=False).tail(1)
    # Editions that end in one year differ by little; their names must not lie on one another.
    heights = newest.groupby(level="year").transform(lambda ends: spread(ends, 0.1 * (high - low)))
    for place, edition in enumerate(index.index.unique("edition")):
        line = index.xs(edition, level="edition")
        axes.plot(
            line.index,
            line,
            marker=MARKERS[place],
            color=SHADES[place % len(SHADES)],
            linewidth=1.3,
        )
        name = f"{edition}年版" if language == "zh" else f"ed. {edition}"
        axes.annotate(
            f"{name} {number(line.iloc[-1], 1)}",
            (line.index[-1], heights[edition].iloc[0]),
            # To the left of the first year there is no room beside the axis.
            xytext=(7, -11) if line.index[-1] == years.min() else (-7, 5),
            textcoords="offset points",
            ha="left" if line.index[-1] == years.min() else "right",
            fontsize=8,
            color=SHADES[place % len(SHADES)],
        )
    axes.set_xticks(year_ticks(years))
    span = max(1, int(years.max() - years.min()))
    axes.set_xlim(years.min() - max(0.35 * span, 0.9), years.max() + 0.06 * span + 0.1)
    axes.set_ylim(low - 0.1 * (high - low), max(high, heights.max()) + 0.12 * (high - low))


@mpl.rc_context(STYLE)
def three_new_line(share: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw the value added of the three new as a share of GDP, not joined across a break.

    Parameters
    ----------
    share : DataFrame
        Index ``(region_code, year)`` of one region; columns ``three_new_share_gdp``, percent, and
        ``flag``, which holds ``crosses_break`` on the first figure behind a break.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Every figure is written at its marker; a dotted rule stands at a break.
    """
    drawn = share.droplevel("region_code").dropna(subset="three_new_share_gdp")
    figure, (axes,) = canvas(1.9)
    if drawn.empty:
        axes.set_axis_off()
        return figure
    breaks = drawn["flag"].str.contains("crosses_break")
    side = breaks.cumsum()
    for _, piece in drawn["three_new_share_gdp"].groupby(side):
        whole = piece.reindex(range(int(piece.index.min()), int(piece.index.max()) + 1))
        axes.plot(piece.index, piece, color=NEW, linestyle=(0, (2, 2)), linewidth=1.2)
        axes.plot(whole.index, whole, color=NEW, marker="o")
    for year in drawn.index[breaks.to_numpy()]:
        axes.axvline(year - 0.5, color=LIGHT, linestyle=":", linewidth=1.2, zorder=0)
    for year, value in drawn["three_new_share_gdp"].items():
        axes.annotate(
            number(value, 2),
            (year, value),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
        )
    axes.margins(x=0.07, y=0.22)
    axes.set_xticks(year_ticks(pd.Index(range(int(drawn.index.min()), int(drawn.index.max()) + 1))))
    axes.set_ylabel(catalog.axis_label("three_new_share_gdp", language))
    return figure


@mpl.rc_context(STYLE)
def fan_panels(futures: pd.DataFrame, *, variable: str, language: catalog.Language) -> Figure:
    """Draw a series and its continuation with prediction intervals, one panel a method.

    Parameters
    ----------
    futures : DataFrame
        Index ``(forecast, year)``, methods in words; columns ``observed``, ``central``, ``lower``
        and ``upper`` in the unit of the variable.
    variable : str
        Variable of the catalogue.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Observed values solid; central values of years to come dashed and hollow, in a band between
        the ends of the interval. Those of the last year are written beside it.
    """
    able = futures.dropna(subset="central")
    methods = list(able.index.unique("forecast"))
    figure, axes = canvas(2.6, width_ratios=[1.0] * max(1, len(methods)), sharey=True)
    if not methods:
        axes[0].set_axis_off()
        return figure
    for place, method in zip(axes, methods, strict=True):
        track = able.xs(method, level="forecast")
        observed = track["observed"].dropna()
        ahead = track.loc[track.index > observed.index[-1]]
        place.plot(observed.index, observed, color=INK, marker="o", markersize=3.2, linewidth=1.4)
        place.fill_between(ahead.index, ahead["lower"], ahead["upper"], color=LIGHT, linewidth=0)
        for end in ("lower", "upper"):
            place.plot(ahead.index, ahead[end], color=GREY, linewidth=0.8)
        place.plot(
            ahead.index,
            ahead["central"],
            color=NEW,
            linestyle=(0, (3, 2)),
            marker="o",
            markersize=3.6,
            markerfacecolor="white",
        )
        ends = ahead[["lower", "central", "upper"]].iloc[-1]
        reach = float(track[["lower", "upper", "observed"]].max().max()) - float(ends["lower"])
        for end, height in zip(ends.index, spread(ends, 0.07 * reach), strict=True):
            place.text(
                ahead.index[-1] + 0.4,
                height,
                number(ends[end], 1),
                va="center",
                fontsize=8,
                color=NEW if end == "central" else GREY,
            )
        span = int(track.index.max() - track.index.min())
        place.set_xlim(track.index.min() - 0.03 * span, track.index.max() + 0.14 * span)
        place.axhline(0, color=LIGHT, linewidth=0.8, zorder=0)
        place.set_title(f"{str(method)[:1].upper()}{str(method)[1:]}", fontsize=9, color=INK)
        place.set_xticks(year_ticks(track.index)[::2])
        place.margins(y=0.12)
    axes[0].set_ylabel(catalog.axis_label(variable, language))
    return figure
