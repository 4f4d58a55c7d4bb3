"""Charts on trades, steps of growth, overlapping groups and pipelines draw what they are given."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from lyanalysis import charts
from lyanalysis.charts import style

LOCATED = pd.DataFrame(
    {
        "own_share": [10.3, 4.0, np.nan],
        "reference_share": [8.5, 5.7, 6.5],
        "quotient": [1.21, 0.71, np.nan],
    },
    index=pd.MultiIndex.from_product(
        [["410300"], [2025], ["va_wholesale_retail", "va_finance", "va_real_estate"]],
        names=["region_code", "year", "part"],
    ),
)
SECTORS = ["va_primary", "va_secondary", "va_tertiary", "total"]
STEPS = pd.DataFrame(
    {
        "pull": [0.07, 0.64, 2.87, 3.57, 0.15, 2.48, 3.37, 6.0],
        "national": [0.16, 1.61, 2.28, 4.06, 0.21, 2.24, 3.15, 5.61],
        "industry_mix": [-0.09, 0.26, -0.03, 0.13, -0.08, -0.04, 0.22, 0.1],
        "competitive": [0.0, -1.23, 0.62, -0.62, 0.01, 0.28, 0.0, 0.29],
        "growth_gap": [-0.09, -0.97, 0.59, -0.49, -0.06, 0.24, 0.22, 0.39],
    },
    index=pd.MultiIndex.from_product(
        [["province"], [2023, 2025], SECTORS], names=["reference", "year", "part"]
    ),
)
GROUPS = ["equipment_mfg", "hightech_mfg"]
SHARED = pd.DataFrame(
    {"whole": [8, 1, 2], "at_most": [8, 6, 9], "of_divisions": 41},
    index=pd.MultiIndex.from_tuples(
        [(GROUPS[0], GROUPS[0]), (GROUPS[0], GROUPS[1]), (GROUPS[1], GROUPS[1])],
        names=["group", "other_group"],
    ),
)
STAGES = pd.DataFrame(
    {"amount": [29.0, 9.0, 4.0, 1.0], "overall": [100.0, 900 / 29, 100.0, 25.0]},
    index=pd.MultiIndex.from_product(
        [["supplier_projects", "anchor_phases"], ["agreed", "in_production"]],
        names=["project", "stage"],
    ),
)
CASES = [
    (charts.location_panels, LOCATED),
    (charts.growth_steps, STEPS),
    (charts.overlap_tiles, SHARED),
    (charts.pipeline_funnel, STAGES),
]


def texts(figure: Figure) -> list[str]:
    figure.draw_without_rendering()
    return [label.get_text() for label in figure.findobj(Text) if label.get_text()]


def test_trades_run_from_the_highest_quotient_and_unknown_ones_are_left_out() -> None:
    left, right = charts.location_panels(LOCATED, language="zh").axes
    assert [label.get_text() for label in left.get_yticklabels()] == ["批发零售", "金融业"]
    widths = [bar.get_width() for bar in right.patches]
    assert widths == pytest.approx([0.21, -0.29])
    assert to_hex(right.patches[0].get_facecolor()) == style.INK
    assert to_hex(right.patches[1].get_facecolor()) == style.LIGHT


def test_steps_begin_where_the_last_one_ended_and_make_up_the_gap() -> None:
    panels = charts.growth_steps(STEPS, language="en").axes
    assert [axes.get_title() for axes in panels] == ["2023: 4.1% → 3.6%", "2025: 5.6% → 6.0%"]
    for axes, year in zip(panels, (2023, 2025), strict=True):
        *steps, gap = axes.patches
        start = 0.0
        for bar in steps:
            assert bar.get_x() == pytest.approx(start)
            start += bar.get_width()
        assert start == pytest.approx(gap.get_width(), abs=0.015)
        assert gap.get_width() == STEPS.loc[("province", year, "total"), "growth_gap"]
    assert panels[0].get_xlim() == panels[1].get_xlim()


def test_only_the_first_reference_and_its_last_two_years_are_drawn() -> None:
    nation = STEPS.rename({"province": "nation"}, level="reference")
    earlier = STEPS.xs(2023, level="year", drop_level=False).rename({2023: 2021}, level="year")
    figure = charts.growth_steps(pd.concat([earlier, STEPS, nation]), language="zh")
    assert [axes.get_title()[:4] for axes in figure.axes] == ["2023", "2025"]


def test_a_tile_holds_both_numbers_where_they_differ() -> None:
    drawn = texts(charts.overlap_tiles(SHARED, language="zh"))
    assert {"8", "1–6", "2–9"} <= set(drawn)


def test_what_is_only_agreed_is_hollow() -> None:
    (axes,) = charts.pipeline_funnel(STAGES, language="en").axes
    faces = [to_hex(bar.get_facecolor()) for bar in axes.patches]
    assert faces == ["#ffffff", style.INK, "#ffffff", style.INK]
    assert [bar.get_width() for bar in axes.patches] == pytest.approx([100, 900 / 29, 100, 25])
    assert {"29", "9 (31.0%)", "4", "1 (25.0%)"} <= set(texts(axes.figure))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("draw", "frame"), CASES)
def test_nothing_known_gives_an_empty_drawing(draw, frame, language) -> None:  # type: ignore[no-untyped-def]
    figure = draw(frame.iloc[:0], language=language)
    assert not any(axes.axison for axes in figure.axes)


@pytest.mark.parametrize(("draw", "frame"), CASES)
def test_inputs_are_left_alone(draw, frame) -> None:  # type: ignore[no-untyped-def]
    before = frame.copy()
    draw(frame, language="zh")
    pd.testing.assert_frame_equal(frame, before)
