"""Charts of the chapter on the index draw what they are given."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from lyanalysis import charts
from lyanalysis.charts import style
from lyanalysis.indicators.coordination import decoupling_states
from lyanalysis.sources import load_editions

KEYS = ["region_code", "year"]
CITIES = pd.MultiIndex.from_product([["410100", "410300"], [2025]], names=KEYS)


def texts(figure: Figure) -> list[str]:
    figure.draw_without_rendering()
    return [label.get_text() for label in figure.findobj(Text) if label.get_text()]


def test_the_grid_fills_what_there_is_and_counts_it() -> None:
    known = pd.DataFrame({"gdp_growth_real": [5.4, np.nan], "rd_intensity": [np.nan, 3.0]}, CITIES)
    weights = pd.Series({"gdp_growth_real": 1.0, "rd_intensity": 0.0})
    figure = charts.index_coverage_grid(known, weights, region="410300", language="zh")
    shapes = figure.axes[0].patches
    assert [to_hex(shape.get_edgecolor()) for shape in shapes] == [
        style.INK,
        style.LIGHT,
        style.GREY,
        style.LIGHT,
    ]
    assert [shape.get_fill() and shape.get_facecolor()[3] for shape in shapes] == [1, 0, 1, 0]
    columns = [round(float(shape.get_path().get_extents().x1)) for shape in shapes]
    assert columns == [0, 1, 1, 0]
    assert texts(figure).count("1") == 2


def test_the_own_region_is_filled_among_ranks() -> None:
    ranks = pd.DataFrame(
        {"index_rank": [1.0, 2.0], "rank_lower": [1.0, 1.0], "rank_upper": [2.0, 2.0]}, CITIES
    )
    axes = charts.rank_interval_dots(ranks, region="410300", language="en").axes[0]
    faces = [line.get_markerfacecolor() for line in axes.lines if line.get_marker() == "o"]
    assert faces == ["white", style.NEW]
    bars = [list(line.get_xdata()) for line in axes.lines if line.get_marker() == "None"]
    assert bars == [[1, 2], [1, 2]]


def test_each_base_has_a_panel_of_its_own() -> None:
    totals = load_editions(last_year=2025).xs("total", level="series")
    figure = charts.edition_panels(totals, language="zh")
    assert [axes.get_title() for axes in figure.axes] == ["2014 = 100", "2022 = 100"]
    assert [len(axes.lines) for axes in figure.axes] == [6, 2]


def test_points_of_decoupling_stand_at_their_rates() -> None:
    index = pd.MultiIndex.from_tuples(
        [("410300", 2025, "electricity_total")], names=[*KEYS, "variable"]
    )
    points = pd.DataFrame({"growth": [-1.0], "pressure_growth": [2.0]}, index)
    figure = charts.decoupling_plane(points, decoupling_states(), language="zh")
    assert "强负脱钩" in texts(figure)
    drawn = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert (drawn[0].get_xdata()[0], drawn[0].get_ydata()[0]) == (-1.0, 2.0)


def test_years_to_come_are_dashed_and_lines_stop_at_a_break() -> None:
    index = pd.MultiIndex.from_product([["trend"], [2024, 2025]], names=["forecast", "year"])
    futures = pd.DataFrame(
        {"observed": [4.9, np.nan], "central": [5.0, 4.0], "lower": 2.0, "upper": 6.0}, index
    )
    figure = charts.fan_panels(futures, variable="gdp_growth_real", language="en")
    assert figure.axes[0].get_title() == "Trend"
    assert {"2.0", "4.0", "6.0"} <= set(texts(figure))
    share = pd.DataFrame(
        {"three_new_share_gdp": [17.7, 18.0], "flag": ["", "crosses_break"]},
        pd.MultiIndex.from_product([["100000"], [2023, 2024]], names=KEYS),
    )
    lines = charts.three_new_line(share, language="zh").axes[0].lines
    assert max(len(line.get_xdata()) for line in lines if line.get_marker() == "o") == 1


def test_nothing_to_draw_leaves_an_empty_canvas() -> None:
    nothing = pd.DataFrame(
        {"index_rank": [], "rank_lower": [], "rank_upper": []}, CITIES[:0], dtype=float
    )
    figure = charts.rank_interval_dots(nothing, region="410300", language="zh")
    assert not figure.axes[0].axison
