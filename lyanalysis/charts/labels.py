"""Labels of points that keep out of each other's way."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from lyanalysis.charts.style import GREY, INK, in_points

Point = tuple[float, float]

OFFSETS = (
    (9, 0, "left", "center"),
    (-9, 0, "right", "center"),
    (0, 7, "center", "bottom"),
    (0, -7, "center", "top"),
    (6, 7, "left", "bottom"),
    (-6, 7, "right", "bottom"),
    (6, -7, "left", "top"),
    (-6, -7, "right", "top"),
    (16, 14, "left", "bottom"),
    (-16, 14, "right", "bottom"),
    (16, -14, "left", "top"),
    (-16, -14, "right", "top"),
)
"""Where a label may stand: points right and up of its mark, and how it is aligned there."""
MARK = 2.5
"""Half the width of a mark in points: labels keep off the marks as well."""


def label_points(
    axes: Axes, labels: Iterable[tuple[Point, str, bool]], *, marks: Iterable[Point] = ()
) -> None:
    """Write labels beside points, each where it covers no other label, no mark and no edge.

    Parameters
    ----------
    axes : Axes
        With its data and limits in place: nothing may be added to the figure afterwards.
    labels : iterable of ((x, y), text, own)
        The text of the report's own region is black, the others grey. In order of importance: a
        label that finds no free place is left out, so the last go first.
    marks : iterable of (x, y)
        Points a label must not cover.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    with in_points(figure):
        # Only a figure that has been laid out knows where its points are.
        figure.draw_without_rendering()
        inside = axes.get_window_extent()
        places = [axes.transData.transform(mark) for mark in marks]
        taken = [Bbox([[x - MARK, y - MARK], [x + MARK, y + MARK]]) for x, y in places]
        taken += [text.get_window_extent() for text in axes.texts]
        for point, text, own in labels:
            _place(axes, point, text, INK if own else GREY, inside, taken)


def _place(
    axes: Axes, point: Point, text: str, colour: str, inside: Bbox, taken: list[Bbox]
) -> None:
    """Write a label in the first free place and add that to those taken, or leave it out."""
    for right, up, horizontal, vertical in OFFSETS:
        label = axes.annotate(
            text,
            point,
            xytext=(right, up),
            textcoords="offset points",
            ha=horizontal,
            va=vertical,
            fontsize=8,
            color=colour,
        )
        # A label that takes part in the layout would move the points it stands beside.
        label.set_in_layout(False)
        if _fits(label, inside, taken):
            taken.append(label.get_window_extent())
            return
        label.remove()


def _fits(label: Annotation, inside: Bbox, taken: Iterable[Bbox]) -> bool:
    box = label.get_window_extent()
    within = (
        box.x0 >= inside.x0 and box.x1 <= inside.x1 and box.y0 >= inside.y0 and box.y1 <= inside.y1
    )
    return within and not any(box.overlaps(other) for other in taken)
