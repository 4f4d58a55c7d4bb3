"""At the printed size no label of a chart leaves the canvas or lies on another label."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from test_every_region import CHAPTERS, OPPOSITE, shown, year_of

from lyanalysis import exhibits
from lyanalysis.exhibits.drawing import draw, label_boxes

TOUCH = 1.5
"""Points by which boxes may overlap: they are a little larger than the letters in them."""
READINGS = [("410300", "zh"), ("410300", "en"), ("410100", "en"), ("410600", "zh")]


def overlaps(chart: Figure) -> list[tuple[str, str]]:
    """Return the labels that lie on one another."""
    draw(chart, "chart")
    # Two axes that share ticks hold the same label in the same place.
    boxes = {
        (label.get_text(), tuple(round(x) for x in box.extents)): box
        for label, box in label_boxes(chart)
    }
    return [
        (one[0], other[0])
        for (one, a), (other, b) in combinations(boxes.items(), 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > TOUCH and min(a.y1, b.y1) - max(a.y0, b.y0) > TOUCH
    ]


def charts_of(path: Path, monkeypatch: pytest.MonkeyPatch, **parameters: Any) -> dict[str, Figure]:
    """Run a chapter and return its drawings, those of notices left out."""
    drawn: dict[str, Figure] = {}
    make = exhibits.figure

    def keep(chart: Figure, **options: Any) -> exhibits.Exhibit:
        made = make(chart, **options)
        if made.kind == "figure":
            drawn[made.id] = chart
        return made

    monkeypatch.setattr(exhibits, "figure", keep)
    shown(path, **parameters)
    return drawn


def test_labels_that_overlap_are_found() -> None:
    chart = Figure(figsize=(3, 2))
    axes = chart.subplots()
    axes.set_axis_off()
    axes.text(0.5, 0.5, "one")
    axes.text(0.52, 0.5, "other")
    axes.text(0.1, 0.1, "apart")
    assert overlaps(chart) == [("one", "other")]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
@pytest.mark.parametrize(("region", "language"), READINGS)
def test_no_label_lies_on_another(
    path: Path, region: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = charts_of(path, monkeypatch, region=region, year=year_of(region), language=language)
    found = {id: pairs for id, chart in drawn.items() if (pairs := overlaps(chart))}
    assert found == {}


@pytest.mark.soak
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("region", OPPOSITE)
@pytest.mark.parametrize("year", [2019, 2023, 2025])
def test_no_label_lies_on_another_anywhere(
    path: Path, region: str, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in ("zh", "en"):
        drawn = charts_of(path, monkeypatch, region=region, year=year, language=language)
        found = {id: pairs for id, chart in drawn.items() if (pairs := overlaps(chart))}
        assert found == {}
