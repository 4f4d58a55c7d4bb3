"""Charts of the chapter on targets and claims: how far targets have come."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.claims import BARRED, HOLLOW, Look, add_stacked_bars
from lyanalysis.charts.style import GREY, INK, LIGHT, NEW, OLD, STYLE, canvas, number

STANDING_LOOKS: tuple[Look, ...] = (
    {"facecolor": NEW, "edgecolor": NEW},
    {"facecolor": "white", "edgecolor": NEW, "hatch": "////"},
    {"facecolor": OLD, "edgecolor": OLD},
    HOLLOW,
    BARRED,
    {"facecolor": LIGHT, "edgecolor": LIGHT},
)
"""Of what is met, on track, behind, undetermined, of another concept, without an actual figure."""
STATE_COLOURS = {"met": NEW, "on_track": NEW, "behind": OLD, "undetermined": GREY}


@mpl.rc_context(STYLE)
def target_state_bars(counts: pd.DataFrame) -> Figure:
    """Draw how many targets are met, behind, or cannot be judged.

    Parameters
    ----------
    counts : DataFrame
        One row a group of targets, one column a standing, in the order of
        :data:`STANDING_LOOKS`; labels are the words to show.

    Returns
    -------
    Figure
        A stacked horizontal bar a group; what cannot be judged is grey.
    """
    figure, (axes,) = canvas(1.25 + 0.36 * max(2, len(counts)))
    if not add_stacked_bars(axes, counts, STANDING_LOOKS):
        return figure
    figure.legend(loc="outside lower center", ncols=2)
    return figure


@mpl.rc_context(STYLE)
def progress_bars(aims: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw progress of targets against the time that has passed.

    Parameters
    ----------
    aims : DataFrame
        ``label``, ``progress`` and ``elapsed`` in percent, ``state``.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A horizontal bar a target, solid where it is met, hollow otherwise; the upright mark is the
        time that has passed, the dashed rule the target itself.
    """
    figure, (axes,) = canvas(1.0 + 0.42 * max(2, len(aims)))
    drawn = aims.dropna(subset=["progress"])
    if drawn.empty:
        axes.set_axis_off()
        return figure
    places = list(range(len(drawn)))
    colours = [STATE_COLOURS[state] for state in drawn["state"]]
    bars = axes.barh(places, drawn["progress"], height=0.5, color=colours, edgecolor=colours)
    for bar, state in zip(bars, drawn["state"], strict=True):
        if state != "met":
            bar.set_facecolor("white")
            bar.set_linewidth(1.4)
    axes.scatter(
        drawn["elapsed"],
        places,
        marker="|",
        s=260,
        color=INK,
        linewidth=2.2,
        zorder=3,
        label=catalog.short_name("elapsed", language),
    )
    edge = float(drawn[["progress", "elapsed"]].max().max())
    for place, value in zip(places, drawn["progress"], strict=True):
        axes.text(edge * 1.03, place, number(value, 1), va="center")
    axes.axvline(100, color=GREY, linestyle=(0, (4, 3)), linewidth=1.0, zorder=0)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlim(min(0.0, float(drawn["progress"].min()) * 1.15), max(edge, 100.0) * 1.14)
    axes.set_yticks(places, list(drawn["label"]))
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(drawn) - 0.5, -0.5)
    axes.set_xlabel(catalog.axis_label("progress", language))
    figure.legend(loc="outside lower center")
    return figure
