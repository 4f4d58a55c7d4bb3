"""Charts draw what they are given, in the two fixed hues, and compute nothing."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from lyanalysis import charts
from lyanalysis.charts import style

SHARES = pd.DataFrame(
    {
        "gdp_share_primary": [5.0, 4.7, 3.9, np.nan, 3.7],
        "gdp_share_secondary": [43.6, 40.3, 39.0, np.nan, 40.1],
        "gdp_share_tertiary": [51.4, 55.1, 57.1, np.nan, 56.2],
    },
    index=pd.MultiIndex.from_tuples(
        [
            ("410300", 2022, "2019–2022"),
            ("410300", 2022, "2022–2023"),
            ("410300", 2023, "2022–2023"),
            ("410300", 2024, "2025"),
            ("410300", 2025, "2025"),
        ],
        names=["region_code", "year", "window"],
    ),
)
PARTS = ["va_primary", "va_secondary", "va_tertiary", "total"]
ACCOUNT = pd.DataFrame(
    {
        "pull": [0.1, -0.6, 2.9, 2.4, np.nan, np.nan, np.nan, np.nan, 0.2, 2.5, 3.4, 6.1],
        "growth": [1.0, -2.0, 5.0, 2.4, np.nan, np.nan, np.nan, 4.9, 3.9, 6.2, 6.0, 6.0],
    },
    index=pd.MultiIndex.from_product(
        [["410300"], [2023, 2024, 2025], PARTS], names=["region_code", "year", "part"]
    ),
)
SPEED = pd.DataFrame(
    {"structural_change_k_per_year": [2.0, 9.0], "flag": ["", "crosses_break"]},
    index=pd.MultiIndex.from_product(
        [["410300"], ["2019–2022", "2022→2024"]], names=["region_code", "period"]
    ),
)
GAPS = pd.DataFrame(
    {"growth_gap": [53.4, -4.2, 8.2, np.nan, 3.5, np.nan]},
    index=pd.MultiIndex.from_product(
        [["410300", "410000", "100000"], ["hightech_mfg", "energy_intensive"]],
        names=["region_code", "aggregate"],
    ),
)
COVERED = pd.DataFrame(
    {2023: [2, 1, 0], 2024: [0, 0, 1], 2025: [1, 2, 1]},
    index=pd.MultiIndex.from_product(
        [["410300"], ["gdp", "hightech_mfg_share", "energy_intensive_share"]],
        names=["region_code", "variable"],
    ),
)
DRIFT = pd.DataFrame(
    {
        "share": [10.4, 42.8, np.nan],
        "implied_previous_share": [7.0, 44.5, np.nan],
        "last_share": [3.0, np.nan, np.nan],
        "growth": [61.9, 4.3, np.nan],
        "total_growth": [8.5, 8.5, 8.5],
    },
    index=pd.MultiIndex.from_product(
        [["410300"], ["hightech_mfg", "energy_intensive", "sei"]],
        names=["region_code", "aggregate"],
    ),
)


def texts(figure: Figure) -> list[str]:
    figure.draw_without_rendering()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def every_chart(language: str) -> list[Figure]:
    return [
        charts.sector_share_lines(SHARES, language=language),
        charts.pull_bars(ACCOUNT, language=language),
        charts.speed_bars(SPEED, language=language),
        charts.driver_panels(DRIFT, language=language),
        charts.growth_gap_bars(GAPS, language=language),
    ]


def test_lines_are_not_joined_across_a_break() -> None:
    (axes,) = charts.sector_share_lines(SHARES, language="zh").axes
    secondary = [
        list(line.get_xdata())
        for line in axes.lines
        if line.get_marker() == style.SECTOR_MARKERS["secondary"]
    ]
    assert secondary == [[2022], [2022, 2023], [2025]]
    dotted = [line for line in axes.lines if line.get_linestyle() == ":"]
    assert [line.get_xdata()[0] for line in dotted] == [2022, 2024]


def test_lines_end_with_name_and_value() -> None:
    assert {"第二产业 40.1", "第三产业 56.2"} <= set(
        texts(charts.sector_share_lines(SHARES, language="zh"))
    )


def test_a_year_without_sectors_shows_its_growth_alone() -> None:
    (axes,) = charts.pull_bars(ACCOUNT, language="zh").axes
    bars = [patch for patch in axes.patches if patch.get_height() != 0]
    assert sorted({round(bar.get_x() + bar.get_width() / 2) for bar in bars}) == [2023, 2025]
    (diamonds,) = [line for line in axes.lines if line.get_marker() == "D"]
    assert list(diamonds.get_xdata()) == [2023, 2024, 2025]


def test_stacks_reach_the_sum_of_pulls_on_either_side_of_zero() -> None:
    (axes,) = charts.pull_bars(ACCOUNT, language="zh").axes
    in_2023 = [p for p in axes.patches if round(p.get_x() + p.get_width() / 2) == 2023]
    assert max(p.get_y() + p.get_height() for p in in_2023) == pytest.approx(3.0)
    assert min(p.get_y() + p.get_height() for p in in_2023) == pytest.approx(-0.6)


def test_bars_across_a_break_are_hollow_and_dashed() -> None:
    (axes,) = charts.speed_bars(SPEED, language="zh").axes
    solid, dashed = axes.patches
    assert to_hex(solid.get_facecolor()) == style.INK
    assert to_hex(dashed.get_facecolor()) == "#ffffff"
    assert dashed.get_linestyle() != "solid"


def test_old_and_new_drivers_keep_their_hues() -> None:
    _, growth = charts.driver_panels(DRIFT, language="zh").axes
    assert [to_hex(bar.get_facecolor()) for bar in growth.patches] == [style.NEW, style.OLD]


def test_the_region_of_the_report_is_solid_and_the_others_hollow() -> None:
    (axes,) = charts.growth_gap_bars(GAPS, language="zh").axes
    # Bars in order: high-tech in city, province and nation, then energy-intensive in the city.
    assert [bar.get_width() for bar in axes.patches] == [53.4, 8.2, 3.5, -4.2]
    edges = [to_hex(bar.get_edgecolor()) for bar in axes.patches]
    assert edges == [style.NEW, style.NEW, style.NEW, style.OLD]
    assert [to_hex(bar.get_facecolor()) for bar in axes.patches] == [
        style.NEW,
        "#ffffff",
        "#ffffff",
        style.OLD,
    ]
    found = [text.get_text() for text in axes.texts]
    assert found == ["洛阳 53.4", "河南 8.2", "全国 3.5", "洛阳 -4.2"]


def test_an_unpublished_aggregate_is_not_drawn_at_zero() -> None:
    assert "战略性新兴产业" not in texts(charts.driver_panels(DRIFT, language="zh"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_glyph_is_there_and_axes_have_units(language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for figure in every_chart(language):
            assert any(
                "%" in text or "百分点" in text or "points" in text for text in texts(figure)
            )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_published_gives_an_empty_drawing(language: str) -> None:
    nothing = [
        charts.sector_share_lines(SHARES * np.nan, language=language),
        charts.pull_bars(ACCOUNT * np.nan, language=language),
        charts.speed_bars(SPEED.iloc[:0], language=language),
        charts.driver_panels(DRIFT * np.nan, language=language),
        charts.growth_gap_bars(GAPS * np.nan, language=language),
    ]
    assert all(not axes.axison for figure in nothing for axes in figure.axes)


def test_growth_without_shares_is_drawn_alone() -> None:
    growth_only = DRIFT.assign(share=np.nan, implied_previous_share=np.nan)
    (axes,) = charts.driver_panels(growth_only, language="zh").axes
    assert len(axes.patches) == 2
    assert [label.get_text() for label in axes.get_yticklabels()] == ["高技术制造业", "高耗能行业"]


def test_growth_without_a_total_needs_no_legend() -> None:
    alone = DRIFT.assign(share=np.nan, implied_previous_share=np.nan, total_growth=np.nan)
    assert not charts.driver_panels(alone, language="zh").legends


def test_a_missing_year_inside_a_window_leaves_a_gap_in_the_line() -> None:
    index = pd.MultiIndex.from_tuples(
        [("A", 2023, "2023–2025"), ("A", 2025, "2023–2025")],
        names=["region_code", "year", "window"],
    )
    shares = pd.DataFrame({"gdp_share_secondary": [40.0, 41.0]}, index=index)
    (axes,) = charts.sector_share_lines(shares, language="zh").axes
    (line,) = axes.lines
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False]


def test_inputs_are_left_alone() -> None:
    before = [frame.copy() for frame in (SHARES, ACCOUNT, SPEED, DRIFT, GAPS)]
    every_chart("zh")
    for frame, copy in zip((SHARES, ACCOUNT, SPEED, DRIFT, GAPS), before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_a_covered_year_is_pale_or_solid_in_the_hue_of_its_driver() -> None:
    (axes,) = charts.coverage_strip(COVERED, rows="variable", language="zh").axes
    (mesh,) = axes.collections
    cells = np.asarray(mesh.get_array()).reshape(3, 3, 4)
    empty, one, several = cells[0, 1], cells[1, 0], cells[1, 2]
    assert to_hex(one) == to_hex(several) == style.NEW
    assert empty[3] < one[3] < several[3] == 1
    assert to_hex(cells[2, 2]) == style.OLD
    assert to_hex(cells[0, 0]) == style.GREY


def test_coverage_names_its_rows_and_what_they_share() -> None:
    shown = texts(charts.coverage_strip(COVERED, rows="variable", language="en"))
    assert {"Luoyang", "Gross domestic product", "2025", "old drivers", "new drivers"} <= set(shown)
    gdp = COVERED.iloc[:1]
    shown = texts(charts.coverage_strip(gdp, rows="region_code", language="zh"))
    assert {"洛阳", "地区生产总值"} <= set(shown)
    assert "新动能" not in shown


def test_coverage_of_nothing_is_an_empty_figure() -> None:
    (axes,) = charts.coverage_strip(COVERED.iloc[:0], rows="variable", language="zh").axes
    assert not axes.axison
