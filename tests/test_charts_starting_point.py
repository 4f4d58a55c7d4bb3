"""Charts of the starting point draw what they are given, joined only where it may be joined."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from lyanalysis import charts
from lyanalysis.charts import style

NAN = math.nan
GROWTH = pd.DataFrame(
    {"gdp_growth_real": [3.5, 4.9, 6.0, 4.1, NAN, 5.6, NAN, NAN, 5.0]},
    index=pd.MultiIndex.from_product(
        [["410300", "410000", "100000"], [2023, 2024, 2025]], names=["region_code", "year"]
    ),
)
LEVELS = pd.DataFrame(
    {"gdp": [5447.1, 5675.2, 5386.2, 5481.6, NAN, 6164.5]},
    index=pd.MultiIndex.from_tuples(
        [
            ("410300", 2021, "2021–2022"),
            ("410300", 2022, "2021–2022"),
            ("410300", 2022, "2022–2023"),
            ("410300", 2023, "2022–2023"),
            ("410300", 2024, ""),
            ("410300", 2025, "2025"),
        ],
        names=["region_code", "year", "window"],
    ),
)
BREAKS = pd.DataFrame(
    {
        "year_before": [2022.0, 2023.0],
        "year_after": [2022.0, 2025.0],
        "break_kind": ["最终核实", "经济普查"],
    }
)
SHARES = pd.DataFrame(
    {
        "energy_intensive_share": [40.9, NAN, 42.8],
        "traditional_share": [NAN, NAN, NAN],
        "hightech_mfg_share": [3.0, NAN, 10.4],
    },
    index=pd.MultiIndex.from_product(
        [["410300"], [2023, 2024, 2025]], names=["region_code", "year"]
    ),
)
PROFIT = pd.DataFrame(
    {"industrial_profit": [-20.0, NAN, 274.4], "profit_margin": [NAN, NAN, 5.86]},
    index=SHARES.index,
)
EVENTS = pd.DataFrame(
    {
        "year": [1953.0, 1954.0, 2025.0],
        "year_end": [1957.0, 1954.0, 2025.0],
        "status": ["stated", "stated", "target"],
        "dated_period": ["1953–1957", "1954", "2025"],
        "entity": ["计划", "企业", "基地"],
        "told": ["重点工程：7项", "始建", "投产：2025年9月"],
    }
)


def texts(figure: Figure) -> list[str]:
    figure.draw_without_rendering()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def every_chart(language: str) -> list[Figure]:
    return [
        charts.region_lines(GROWTH, language=language),
        charts.windowed_line(LEVELS, breaks=BREAKS, language=language),
        charts.windowed_line(LEVELS, from_zero=False, language=language),
        charts.share_history_dots(SHARES, language=language),
        charts.profit_bars(PROFIT, language=language),
        charts.milestone_line(EVENTS),
    ]


def test_a_missing_year_is_a_gap_and_a_missing_region_no_line() -> None:
    (axes,) = charts.region_lines(GROWTH, language="zh").axes
    city, province, _ = axes.lines
    assert list(city.get_ydata()) == [3.5, 4.9, 6.0]
    assert np.isnan(province.get_ydata()).tolist() == [False, True, False]
    assert {line.get_marker() for line in axes.lines} == {"o", "s", "D"}
    without = GROWTH.drop(index="100000", level="region_code")
    assert len(charts.region_lines(without, language="zh").axes[0].lines) == 2


def test_lines_end_with_name_and_value_and_an_older_end_with_its_year() -> None:
    older = GROWTH.copy()
    older.loc[("410000", 2025), "gdp_growth_real"] = NAN
    assert {"洛阳 6.0", "河南 4.1 (2023)", "全国 5.0"} <= set(
        texts(charts.region_lines(older, language="zh"))
    )


def test_levels_are_not_joined_across_a_break_and_breaks_are_named() -> None:
    figure = charts.windowed_line(LEVELS, breaks=BREAKS, language="zh")
    (axes,) = figure.axes
    joined = [list(line.get_xdata()) for line in axes.lines if line.get_marker() == "o"]
    assert joined == [[2021, 2022], [2022, 2023], [2025]]
    rules = [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == ":"]
    assert rules == [2022, 2024]
    assert {"最终核实", "经济普查", "5675.2", "5386.2", "6164.5"} <= set(texts(figure))
    assert axes.get_ylim()[0] == 0


def test_without_names_rules_stand_between_windows() -> None:
    (axes,) = charts.windowed_line(LEVELS, from_zero=False, language="zh").axes
    rules = [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == ":"]
    assert rules == [2022, 2024]
    assert axes.get_ylim()[0] > 0


def test_shares_are_points_filled_where_newest_and_never_joined() -> None:
    (axes,) = charts.share_history_dots(SHARES, language="zh").axes
    points = [line for line in axes.lines if line.get_marker() in {"o", "s"}]
    assert all(line.get_linestyle() == "None" for line in points)
    filled = {float(line.get_xdata()[0]): to_hex(line.get_markerfacecolor()) for line in points}
    assert filled == {42.8: style.OLD, 40.9: "#ffffff", 10.4: style.NEW, 3.0: "#ffffff"}
    assert "传统产业" not in texts(charts.share_history_dots(SHARES, language="zh"))


def test_a_bar_with_a_margin_is_filled_and_says_it() -> None:
    figure = charts.profit_bars(PROFIT, language="zh")
    (axes,) = figure.axes
    assert [bar.get_height() for bar in axes.patches] == [-20.0, 274.4]
    assert [to_hex(bar.get_facecolor()) for bar in axes.patches] == [style.LIGHT, style.NEW]
    assert {"利润率\n5.86%", "-20.0", "274.4"} <= set(texts(figure))


def test_plans_are_hollow_and_ranges_are_bars() -> None:
    (axes,) = charts.milestone_line(EVENTS).axes
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    assert list(marks[0].get_xdata()) == [1953.0, 1957.0]
    assert [to_hex(line.get_markerfacecolor()) for line in marks] == [style.INK] * 2 + ["#ffffff"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_glyph_is_there(language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for figure in every_chart(language):
            assert texts(figure)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_published_gives_an_empty_drawing(language: str) -> None:
    nothing = [
        charts.region_lines(GROWTH * NAN, language=language),
        charts.windowed_line(LEVELS * NAN, breaks=BREAKS.iloc[:0], language=language),
        charts.share_history_dots(SHARES * NAN, language=language),
        charts.profit_bars(PROFIT * NAN, language=language),
        charts.milestone_line(EVENTS.iloc[:0]),
    ]
    assert not any(axes.axison for figure in nothing for axes in figure.axes)


def test_inputs_are_left_alone() -> None:
    given = (GROWTH, LEVELS, BREAKS, SHARES, PROFIT, EVENTS)
    before = [frame.copy() for frame in given]
    every_chart("zh")
    for frame, copy in zip(given, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
