"""Charts on targets and claims draw what they are given and compute nothing."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from lyanalysis import charts
from lyanalysis.charts.claims import REACH

VERDICTS = pd.DataFrame([[3, 22, 9, 4], [0, 0, 0, 2]], ["numbers", "words"], list("abcd"))
EVIDENCE = pd.DataFrame([[5, 3, 6, 1, 1, 3, 5]], ["lead"], list("abcdefg"))
TESTS = pd.DataFrame(
    {
        "label": ["D8 Cells", "D9b Output", "X2 Intensity"],
        "result": ["150", "12", "0.25"],
        "expectation": ["100 to 200", "at most 8", "0"],
        "placement": [-0.125, 1.19, 25.0],
        "computed": ["consistent", "conflicting", "conflicting"],
        "one_sided": [0, -1, 0],
    }
)


def texts(chart: Figure) -> list[str]:
    return [text.get_text() for axes in chart.axes for text in axes.texts]


def test_stacks_carry_every_number_and_their_sum() -> None:
    chart = charts.check_verdict_bars(VERDICTS)
    assert sorted(texts(chart)) == sorted(["3", "22", "9", "4", "2", "38", "2"])
    widths = [bar.get_width() for bar in chart.axes[0].patches]
    assert widths == [3, 22, 9, 4, 2]
    assert [label.get_text() for label in chart.axes[0].get_yticklabels()] == ["numbers", "words"]


def test_what_was_never_counted_has_no_key() -> None:
    chart = charts.target_state_bars(
        pd.DataFrame([[1, 0, 1, 0, 0, 8]], ["due"], ["met", "on", "late", "u", "other", "no"])
    )
    keys = [text.get_text() for text in chart.legends[0].get_texts()]
    assert keys == ["met", "late", "no"]


def test_three_panels_add_up_to_the_same_claims() -> None:
    chart = charts.evidence_panels(EVIDENCE)
    assert len(chart.axes) == 3
    sums = [sum(bar.get_width() for bar in axes.patches) for axes in chart.axes]
    assert sums == [8, 8, 8]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_result_beyond_the_edge_is_an_arrow_on_its_side(language: str) -> None:
    chart = charts.placement_strips(TESTS, language=language)
    dots = [mark for mark in chart.axes[0].collections if isinstance(mark, PathCollection)]
    places = [float(mark.get_offsets()[0][0]) for mark in dots]
    assert places == pytest.approx([-0.125, 1.19, REACH])
    strips = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in chart.axes[0].patches]
    assert strips == [(-1, 1), (-REACH, 1), (-1, 1)]


def test_nothing_to_draw_is_no_chart() -> None:
    empty = [
        charts.check_verdict_bars(VERDICTS.iloc[:0]),
        charts.match_bars(pd.DataFrame(columns=["hard", "soft"], dtype=int)),
        charts.evidence_panels(EVIDENCE.iloc[:0]),
        charts.target_state_bars(VERDICTS.iloc[:0]),
        charts.placement_strips(TESTS.iloc[:0], language="zh"),
    ]
    assert not any(axes.axison for chart in empty for axes in chart.axes)
