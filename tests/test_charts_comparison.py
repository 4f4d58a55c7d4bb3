"""Charts of the comparison draw what they are given, and leave out what is not there."""

from __future__ import annotations

import io

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from lyanalysis import charts
from lyanalysis.sources import units_compared

CODES = ["410300", "410100", "410600", "410000"]


def by_region(**columns: list[float]) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([CODES, [2025]], names=["region_code", "year"])
    return pd.DataFrame(columns, index)


def words(chart: Figure) -> set[str]:
    return {text.get_text() for text in chart.findobj(Text) if text.get_text().strip()}


PROFILE = by_region(
    gdp=[6164.5, 15244.6, 1144.1, 66632.8],
    gdp_growth_real=[6.0, 5.4, 6.6, 5.6],
    ts_ratio=[1.4, 1.7, 0.91, 1.45],
    structure_angle_w=[7.076, 7.271, 6.727, 6.896],
)


def test_a_tile_stands_where_the_data_put_it_and_a_missing_one_is_hatched() -> None:
    index = pd.Index(["410300", "410100", "410600"], name="region_code")
    columns = {"tile_row": [1, 1, 0], "tile_column": [0, 1, 1]}
    tiles = pd.DataFrame({**columns, "gdp_growth_real": [6.0, 5.4, np.nan]}, index)
    chart = charts.growth_tiles(tiles, region="410300", language="zh")
    (axes,) = chart.axes
    drawn = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert len(drawn) == 3
    assert [bool(tile.get_hatch()) for tile in drawn] == [False, True, False]
    assert max(tile.get_linewidth() for tile in drawn) == drawn[-1].get_linewidth()
    assert {"洛阳", "6.0%", "5.4%", "—"} <= words(chart)
    dark, light = (sum(tile.get_facecolor()[:3]) for tile in (drawn[2], drawn[0]))
    assert dark < light, "faster is darker, also in grey"


def test_tiles_without_figures_draw_nothing() -> None:
    columns = {"tile_row": [0], "tile_column": [0], "gdp_growth_real": [np.nan]}
    tiles = pd.DataFrame(columns, pd.Index(["410300"], name="region_code"))
    for frame in (tiles, tiles.iloc[:0]):
        chart = charts.growth_tiles(frame, region="410300", language="en")
        assert not chart.axes[0].axison


def test_the_scatter_shows_cities_as_points_and_the_province_as_a_rule() -> None:
    chart = charts.scale_growth_scatter(PROFILE, region="410300", peers=[], language="en")
    (axes,) = chart.axes
    points = [line for line in axes.lines if line.get_linestyle() == "None"]
    assert sorted(float(line.get_xdata()[0]) for line in points) == [1144.1, 6164.5, 15244.6]
    assert {"Luoyang 6.0", "Zhengzhou 5.4", "Hebi 6.6", "Henan 5.6"} <= words(chart)


def test_dots_stand_in_order_and_carry_their_values() -> None:
    chart = charts.upgrading_dots(PROFILE, region="410300", language="zh")
    names = [label.get_text() for label in chart.axes[0].get_yticklabels()]
    assert names == ["鹤壁", "洛阳", "郑州"]
    assert {"0.91", "1.40", "7.271", "河南"} <= words(chart)


def test_a_line_is_not_joined_across_windows() -> None:
    index = pd.MultiIndex.from_tuples(
        [("410300", 2022, "a"), ("410300", 2023, "a"), ("410300", 2025, "b")],
        names=["region_code", "year", "window"],
    )
    shares = pd.DataFrame({"gdp_share_tertiary": [55.0, 57.0, 56.0]}, index)
    chart = charts.structure_multiples(shares, region="410300", language="zh")
    line = next(line for line in chart.axes[0].lines if line.get_marker() == "o")
    assert str(np.asarray(line.get_xdata()).tolist()) == "[0.0, 1.0, 2.0, 3.0, 4.0]"
    assert str(np.asarray(line.get_ydata()).tolist()) == "[55.0, 57.0, nan, 56.0, nan]"
    assert np.flatnonzero(line.get_markevery()).tolist() == [3], "a window of one year"


def test_small_multiples_of_a_whole_province_are_a_light_drawing() -> None:
    years = range(2010, 2026)
    codes = units_compared("410300")
    keys = [(code, year, str(year // 4)) for code in codes for year in years]
    index = pd.MultiIndex.from_tuples(keys, names=["region_code", "year", "window"])
    shares = pd.DataFrame(
        {
            name: np.linspace(5 + 20 * place, 25 + 20 * place, len(index))
            for place, name in enumerate(
                ["gdp_share_primary", "gdp_share_secondary", "gdp_share_tertiary"]
            )
        },
        index,
    )
    chart = charts.structure_multiples(shares, region="410300", language="en")
    file = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none"}):
        chart.savefig(file, format="svg")
    assert len(codes) > 10
    assert len(file.getvalue()) < 60_000


def test_growth_behind_that_of_industry_is_labelled_on_the_free_side() -> None:
    index = pd.MultiIndex.from_product(
        [["410300", "410100"], ["hightech_mfg"]], names=["region_code", "aggregate"]
    )
    columns = {"share": [10.4, np.nan], "growth": [61.9, -3.0], "total_growth": [8.5, 5.0]}
    chart = charts.aggregate_dots(pd.DataFrame(columns, index), region="410300", language="zh")
    sides = {text.get_text(): text.get_ha() for text in chart.axes[1].texts}
    assert sides == {"-3.0": "right", "61.9": "left"}


@pytest.mark.parametrize(("flag", "solid"), [("", True), ("crosses_break", False)])
def test_current_prices_are_dashed_across_a_break(flag: str, solid: bool) -> None:
    years = pd.Index([2021, 2022], name="year")
    columns = {"spread_constant_prices": [0.3, 0.29], "spread_current_prices": [0.3, 0.2]}
    spreads = pd.DataFrame({**columns, "flag": ["", flag]}, years)
    chart = charts.spread_lines(spreads, language="en")
    joins = [line for line in chart.axes[0].lines if len(line.get_xdata()) == 2]
    styles = [line.get_linestyle() for line in joins if line.get_marker() == "None"]
    assert styles[0] == "-", "constant prices have no break"
    assert (styles[1] == "-") is solid


def test_the_fitted_line_is_the_one_given() -> None:
    points = pd.DataFrame(
        {
            "start_level": [10000.0, 20000.0, 30000.0],
            "log_growth": [8.0, 6.5, 7.0],
            "fitted_growth": [7.9, 7.0, 6.6],
        },
        index=CODES[:3],
    )
    chart = charts.convergence_scatter(points, region="410300", language="en")
    (line,) = [line for line in chart.axes[0].lines if len(line.get_xdata()) == 3]
    assert list(line.get_ydata()) == [7.9, 7.0, 6.6]
    assert "Luoyang 8.0" in words(chart)


def test_cells_show_probability_and_number() -> None:
    index = pd.MultiIndex.from_product([[0, 1], [0, 1]], names=["from", "to"])
    columns = {"transitions": [9.0, 1.0, 0.0, 0.0], "probability": [90.0, 10.0, np.nan, np.nan]}
    chart = charts.mobility_cells(pd.DataFrame(columns, index), language="zh")
    assert {"90.0%  (9)", "10.0%  (1)"} <= words(chart)
    assert len([one for one in chart.axes[0].patches if isinstance(one, Rectangle)]) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_to_draw_draws_nothing(language: str) -> None:
    nothing = PROFILE * np.nan
    empty = pd.DataFrame(
        {"start_level": [np.nan], "log_growth": [np.nan], "fitted_growth": [np.nan]}
    )
    spreads = pd.DataFrame(
        {"spread_constant_prices": [np.nan], "spread_current_prices": [np.nan], "flag": [""]},
        index=pd.Index([2025], name="year"),
    )
    drawn = [
        charts.scale_growth_scatter(nothing, region="410300", peers=[], language=language),
        charts.upgrading_dots(nothing, region="410300", language=language),
        charts.convergence_scatter(empty, region="410300", language=language),
        charts.spread_lines(spreads, language=language),
    ]
    assert not any(axes.axison for chart in drawn for axes in chart.axes)
