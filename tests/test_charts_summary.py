"""The strips of the scorecard: each row on its own scale, what is missing stays a dash."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from matplotlib.text import Text

from lyanalysis import charts

NAN = math.nan
CARD = pd.DataFrame(
    {
        "value": [6.0, 56.2, NAN, 42.8],
        "value_year": [2025.0, 2025.0, NAN, 2023.0],
        "province": [5.6, 56.2, NAN, NAN],
        "nation": [5.0, NAN, NAN, NAN],
        "evidence_grade": ["A", "B", "", "A"],
    },
    index=pd.Index(
        ["gdp_growth_real", "tertiary_share", "ts_ratio", "energy_intensive_share"],
        name="variable",
    ),
)
REGIONS = {"value": "410300", "province": "410000", "nation": "100000"}


def test_the_order_of_a_row_is_drawn_and_its_figures_are_written() -> None:
    figure = charts.scorecard_strips(CARD, regions=REGIONS, language="zh")
    (axes,) = figure.axes
    marks = [line for line in axes.lines if line.get_marker() in {"o", "s", "D"}]
    first = {line.get_marker(): line.get_xdata()[0] for line in marks if line.get_ydata()[0] == 0}
    assert first["D"] < first["s"] < first["o"]
    # Equal figures lie on one another, a single one in the middle.
    second = {line.get_xdata()[0] for line in marks if line.get_ydata()[0] == 1}
    third = [line.get_xdata()[0] for line in marks if line.get_ydata()[0] == 2]
    assert second == {0.5}
    assert third == [0.5]
    said = [text.get_text() for text in axes.findobj(Text)]
    assert {"6.0", "5.6", "5.0", "56.2", "42.8", "2025 A", "2025 B", "2023 A"} <= set(said)
    assert said.count("—") == 3
    assert "三产二产之比TS" not in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_region_above_there_is_nothing_to_draw(language: str) -> None:
    alone = charts.scorecard_strips(CARD, regions={"value": "100000"}, language=language)
    lonely = CARD.assign(province=NAN, nation=NAN)
    nothing = charts.scorecard_strips(lonely, regions=REGIONS, language=language)
    assert not any(axes.axison for axes in (*alone.axes, *nothing.axes))
