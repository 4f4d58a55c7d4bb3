"""Charts of the chapter on targets and claims: how claims and checks came out."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lyanalysis import catalog
from lyanalysis.charts.style import GREY, INK, LIGHT, NEW, OLD, STYLE, canvas

Look: TypeAlias = Mapping[str, Any]
SOLID: Look = {"facecolor": INK, "edgecolor": INK}
HOLLOW: Look = {"facecolor": "white", "edgecolor": GREY}
BARRED: Look = {"facecolor": LIGHT, "edgecolor": GREY, "hatch": "|||"}
HATCHED: Look = {"facecolor": "white", "edgecolor": GREY, "hatch": "////"}
PALE: Look = {"facecolor": LIGHT, "edgecolor": LIGHT}
VERDICT_LOOKS: tuple[Look, ...] = (
    {"facecolor": NEW, "edgecolor": NEW},
    PALE,
    {"facecolor": "white", "edgecolor": OLD, "hatch": "////"},
    {"facecolor": OLD, "edgecolor": OLD},
)
"""Of what is consistent, of use, in question, in conflict."""
EVIDENCE_LOOKS: tuple[tuple[Look, ...], ...] = (
    (SOLID, HATCHED),
    (SOLID, HATCHED, HOLLOW),
    (SOLID, HOLLOW),
)
"""Of the kinds of evidence: firmness, exactness, dating; the firm kind is solid."""
REACH = 3.0
"""How many half-ranges from the middle the axis of tests shows; beyond that stands an arrow."""
WIDEST = {"zh": 13, "en": 27}
"""Characters of a label before it goes on in a second line."""
ROOM = 0.07
"""Least part of the longest bar in which a number finds room."""


def add_stacked_bars(
    axes: Axes, counts: pd.DataFrame, looks: Sequence[Look], *, least: float | None = None
) -> bool:
    """Draw a stacked horizontal bar a row, each part with its number; say whether there is any.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    counts : DataFrame
        Labels are the words to show; a column without any count is left out.
    looks : sequence of mapping
        Of each column.
    least : float, optional
        Shortest part that carries its number, in counts.

    Returns
    -------
    bool
        False where nothing was counted; the axes are then hidden.
    """
    if counts.empty or not counts.to_numpy().any():
        axes.set_axis_off()
        return False
    places = list(range(len(counts)))
    longest = float(counts.sum(axis=1).max())
    shortest = longest * ROOM if least is None else least
    left = np.zeros(len(counts))
    for name, look in zip(counts.columns, looks, strict=True):
        values = counts[name].to_numpy(float)
        if not values.any():
            continue
        drawn = np.flatnonzero(values)
        size: Look = {"left": left[drawn], "height": 0.62, "linewidth": 0.8}
        axes.barh(drawn, values[drawn], label=str(name), **size, **look)
        dark = look["facecolor"] not in ("white", LIGHT)
        for place, value, start in zip(places, values, left, strict=True):
            if value >= shortest:
                label = axes.text(
                    start + value / 2,
                    place,
                    f"{value:.0f}",
                    ha="center",
                    va="center",
                    fontsize=8,
                    color="white" if dark else INK,
                )
                if "hatch" in look:
                    label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8})
        left += values
    axes.set_yticks(places, [str(name) for name in counts.index])
    axes.tick_params(axis="both", length=0)
    axes.set_ylim(len(counts) - 0.5, -0.5)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(0, longest * 1.12)
    for place, total in zip(places, left, strict=True):
        axes.text(total + longest * 0.015, place, f"{total:.0f}", va="center")
    return True


@mpl.rc_context(STYLE)
def check_verdict_bars(counts: pd.DataFrame) -> Figure:
    """Draw how many checks of each kind came out consistent, in question or in conflict.

    Parameters
    ----------
    counts : DataFrame
        One row a kind of check, one column a verdict in the order of :data:`VERDICT_LOOKS`; labels
        are the words to show.

    Returns
    -------
    Figure
        A stacked horizontal bar a kind, with the numbers and, at its end, their sum.

    Examples
    --------
    >>> counts = pd.DataFrame([[3, 22, 9, 4]], ["numbers"], ["ok", "info", "ask", "flag"])
    >>> len(check_verdict_bars(counts).axes)
    1
    """
    figure, (axes,) = canvas(0.95 + 0.38 * max(2, len(counts)))
    if add_stacked_bars(axes, counts, VERDICT_LOOKS, least=1):
        figure.legend(loc="outside lower center", ncols=4)
    return figure


@mpl.rc_context(STYLE)
def match_bars(counts: pd.DataFrame) -> Figure:
    """Draw how many claims a published figure equals, or might have.

    Parameters
    ----------
    counts : DataFrame
        One row a class of match, two columns: hard numbers, then all other claims; labels are the
        words to show.

    Returns
    -------
    Figure
        A horizontal bar a class, hard numbers solid and the rest hatched.
    """
    figure, (axes,) = canvas(0.75 + 0.29 * max(2, len(counts)))
    if add_stacked_bars(axes, counts, (SOLID, HATCHED)):
        figure.legend(loc="outside lower center", ncols=2)
    return figure


@mpl.rc_context(STYLE)
def evidence_panels(counts: pd.DataFrame) -> Figure:
    """Draw the claims of each section three times: how firm, how exact, how dated they are.

    Parameters
    ----------
    counts : DataFrame
        One row a section; columns for firmness, then exactness, then dating, as many as
        :data:`EVIDENCE_LOOKS` has; labels are the words to show.

    Returns
    -------
    Figure
        Three panels of stacked horizontal bars that share their sections; the firm, exact or dated
        part is solid.
    """
    figure, panels = canvas(1.05 + 0.29 * max(2, len(counts)), width_ratios=(1, 1, 1), sharey=True)
    first = 0
    for axes, looks in zip(panels, EVIDENCE_LOOKS, strict=True):
        part = counts.iloc[:, first : first + len(looks)]
        first += len(looks)
        if add_stacked_bars(axes, part, looks, least=4):
            axes.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=1)
    return figure


@mpl.rc_context(STYLE)
def placement_strips(tests: pd.DataFrame, *, language: catalog.Language) -> Figure:
    """Draw tested results beside what was expected of them, all on one scale.

    Parameters
    ----------
    tests : DataFrame
        ``label``, ``result``, ``expectation`` in words; ``placement``, -1 and 1 at the ends of the
        expected range; ``computed``, ``consistent`` or ``conflicting``; ``one_sided``, 1 where
        only a lower bound is expected, -1 where only an upper one is, else 0.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        A row a result: a grey strip for what is expected, which runs to the edge where it has one
        bound alone; a filled dot inside it, a hollow diamond outside, an arrow where a result lies
        beyond the edge. Result and expectation are written beside it.
    """
    figure, axes = canvas(0.4 + 0.34 * max(2, len(tests)), width_ratios=(1.35, 1.0), sharey=True)
    if tests.empty:
        for panel in axes:
            panel.set_axis_off()
        return figure
    dots, words = axes
    for place, row in enumerate(tests.to_dict("records")):
        low = -REACH if row["one_sided"] == -1 else -1.0
        high = REACH if row["one_sided"] == 1 else 1.0
        dots.barh(place, high - low, left=low, height=0.62, color=LIGHT, zorder=0)
        _mark(dots, row["placement"], place, row["computed"] == "consistent")
        lines = f"{row['result']}\n{row['expectation']}"
        words.text(0.0, place, lines, va="center", fontsize=7.5, linespacing=1.2)
    labels = [_wrapped(str(label), language) for label in tests["label"]]
    dots.set_yticks(range(len(tests)), labels, fontsize=7.5)
    dots.set_ylim(len(tests) - 0.4, -0.6)
    dots.set_xlim(-REACH - 0.3, REACH + 0.3)
    dots.set_xticks([])
    dots.tick_params(axis="y", length=0)
    dots.spines[["left", "bottom"]].set_visible(False)
    words.set_xlim(0.0, 1.0)
    words.set_axis_off()
    return figure


def _mark(axes: Axes, placement: float, place: int, inside: bool) -> None:
    if abs(placement) > REACH:
        marker = ">" if placement > 0 else "<"
        axes.scatter([np.sign(placement) * REACH], [place], marker=marker, s=52, color=OLD)
    elif inside:
        axes.scatter([placement], [place], marker="o", s=40, color=NEW)
    else:
        axes.scatter(
            [placement], [place], marker="D", s=38, facecolor="white", edgecolor=OLD, linewidth=1.6
        )


def _wrapped(label: str, language: catalog.Language) -> str:
    if language == "en":
        return textwrap.fill(label, WIDEST["en"])
    code, _, name = label.partition(" ")
    first, rest = name[: WIDEST["zh"]], name[WIDEST["zh"] :]
    return f"{code} {first}\n{rest}".strip()
