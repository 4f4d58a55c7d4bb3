"""Charts of the chapter on space draw what they are given, and mark what is not observed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from lyanalysis import charts
from lyanalysis.charts import style

KEYS = ["region_code", "year"]


def frame(columns: dict[str, list[float]], rows: list[tuple[str, int]]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=pd.MultiIndex.from_tuples(rows, names=KEYS))


TOWNS = frame(
    {"urbanization_rate": [69.08, np.nan, 81.52], "population_change": [-0.3, np.nan, 4.1]},
    [("410300", 2025), ("419001", 2025), ("410100", 2025)],
)
RATES = frame(
    {
        "fixed_investment_growth": [2.4, -7.5],
        "industrial_investment_growth": [np.nan, -22.7],
        "real_estate_investment_growth": [np.nan, -6.9],
    },
    [("410300", 2022), ("410300", 2023)],
)
FACTS = pd.DataFrame(
    {
        "value": [583.0, 15.0, np.nan, np.nan],
        "status": ["stated", "expected", "", ""],
        "said": ["583", "more than 15", "", ""],
    },
    index=pd.MultiIndex.from_product(
        [["park", "street"], ["Land", "Output"]], names=["entity", "fact"]
    ),
)
SIZES = pd.DataFrame(
    {"value": [100.0, 41.0], "status": ["target", "stated"], "said": ["100", "41"]},
    index=pd.Index(["average", "park"], name="site"),
)
YEARS = frame(
    {
        "tourism_visits": [14000.0, np.nan, 16000.0],
        "tourism_visits_growth": [67.7, np.nan, -3.3],
        "tourism_revenue": [1041.7, np.nan, 1285.4],
        "tourism_revenue_growth": [72.2, np.nan, 6.4],
        "spend_per_visit": [744.0, np.nan, 803.0],
        "spend_lower": [718.0, np.nan, 779.0],
        "spend_upper": [772.0, np.nan, 829.0],
    },
    [("410300", 2023), ("410300", 2024), ("410300", 2025)],
)
PARTS = pd.DataFrame(
    {"visits_points": [3.3, -8.0, 13.6], "spend_points": [3.1, 2.0, 2.4]},
    index=pd.MultiIndex.from_tuples(
        [("Published", "2024"), ("Published", "2025"), ("Said", "2024")], names=["series", "year"]
    ),
)


def bars(figure: Figure, panel: int = 0) -> list[tuple[float, str]]:
    patches = [bar for group in figure.axes[panel].containers for bar in group.patches]
    return [(round(bar.get_width(), 6), to_hex(bar.get_facecolor())) for bar in patches]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_regions_are_ranked_and_the_own_one_is_solid() -> None:
    figure = charts.region_bars(TOWNS, language="en")
    assert bars(figure) == [(81.52, style.LIGHT), (69.08, style.INK)]
    assert bars(figure, 1) == [(4.1, style.LIGHT), (-0.3, style.INK)]
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == ["Zhengzhou", "Luoyang"]
    assert "69.08" in words(figure)


def test_a_measure_nobody_publishes_has_no_panel() -> None:
    assert len(charts.region_bars(TOWNS.assign(urbanization_rate=np.nan), language="en").axes) == 1


def test_investment_has_no_bar_for_what_is_not_published() -> None:
    figure = charts.investment_bars(RATES, language="zh")
    assert [width for width, _ in bars(figure)] == [2.4, -7.5, -22.7, -6.9]
    assert bars(figure)[-1][1] == style.OLD
    assert {"2022", "2023", "-22.7"} <= set(words(figure))


def test_facts_are_filled_hollow_or_crossed() -> None:
    lines = charts.case_matrix(FACTS, language="en").axes[0].get_lines()
    looks = [
        (line.get_marker(), line.get_markerfacecolor())
        for line in lines
        if line.get_marker() in "ox"
    ]
    assert looks[:2] == [("o", style.INK), ("o", "white")]
    assert [marker for marker, _ in looks[2:]] == ["x", "x"]


def test_targets_are_hollow_and_what_is_there_is_solid() -> None:
    assert bars(charts.site_bars(SIZES, language="en")) == [(100.0, "#ffffff"), (41.0, style.INK)]


def test_years_carry_published_growth_and_gaps_stay_empty() -> None:
    figure = charts.tourism_panels(YEARS, language="en")
    ticks = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    assert ticks == ["2023\n+67.7%", "2025\n-3.3%"]
    assert [label.get_text() for label in figure.axes[2].get_xticklabels()] == ["2023", "2025"]
    assert {"14000", "1285.4", "803"} <= set(words(figure))


def test_parts_of_opposite_sign_lie_on_either_side_of_zero() -> None:
    figure = charts.growth_parts(PARTS, language="en")
    assert len(figure.axes) == 2
    visits, spend = figure.axes[0].containers
    assert [bar.get_x() for bar in visits] == [0.0, 0.0]
    assert [bar.get_x() for bar in spend] == [3.3, 0.0]
    assert "-8.0 / 2.0" in words(figure)


@pytest.mark.parametrize(
    ("draw", "data"),
    [
        (charts.region_bars, TOWNS),
        (charts.investment_bars, RATES),
        (charts.tourism_panels, YEARS),
        (charts.growth_parts, PARTS),
        (charts.site_bars, SIZES),
        (charts.case_matrix, FACTS),
    ],
)
def test_nothing_published_leaves_an_empty_canvas(draw, data) -> None:
    empty = data.assign(**dict.fromkeys(data.select_dtypes("number"), np.nan))
    assert not any(axes.axison for axes in draw(empty, language="zh").axes)
