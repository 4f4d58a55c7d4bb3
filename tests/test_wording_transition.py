"""Sentences on the index, coordination and outlook follow the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lyanalysis import wording
from lyanalysis.indicators.coordination import decoupling_states
from lyanalysis.sources import load_editions

KEYS = ["region_code", "year"]


def rows(codes: list[str], **columns: list[object]) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([codes, [2025]], names=KEYS)
    return pd.DataFrame(columns, index)


RANKS = rows(
    ["410100", "410300"],
    index_rank=[1.0, 2.0],
    rank_lower=[1.0, 2.0],
    rank_upper=[2.0, 2.0],
    share_at_rank=[51.0, 100.0],
)


def test_a_rank_is_said_with_its_interval() -> None:
    first = wording.describe_index_ranks(RANKS, region="410100", year=2025, language="zh")
    assert "列第1位" in first
    assert "第1至第2位" in first
    assert first.headline == "2城中列第1位，区间为第1至第2位"
    firm = wording.describe_index_ranks(RANKS, region="410300", year=2025, language="en")
    assert "nine in ten builds give place 2;" in firm
    outside = wording.describe_index_ranks(RANKS, region="410600", year=2025, language="zh")
    assert "没有名次" in outside
    refused = wording.describe_index_ranks(
        RANKS.iloc[:0], region="410100", year=2012, language="en"
    )
    assert refused.headline == ""
    assert "Fewer than eight cities" in refused


@pytest.mark.parametrize(
    ("new", "base", "said"), [(0.8, 0.3, "领先"), (0.3, 0.8, "滞后"), (0.5, 0.5, "相当")]
)
def test_who_is_ahead(new: float, base: float, said: str) -> None:
    coupled = rows(
        ["410300"],
        new_driver_system=[new],
        industrial_base_system=[base],
        coordination=[0.6],
        coordination_modified=[0.5],
        coordination_grade=["primary_coordination"],
    )
    text = wording.describe_coupling(
        coupled, pd.DataFrame(), region="410300", year=2025, language="zh"
    )
    assert said in text


def test_a_refused_coupling_lists_what_there_is() -> None:
    names = ["hightech_mfg_growth", "sei_growth", "va_secondary_growth"]
    known = rows(["410300", "410100"], **{name: [1.0, np.nan] for name in names})
    known = known.assign(va_industry_above_scale_growth=[8.5, 9.0])
    text = wording.describe_coupling(
        known.iloc[:0], known, region="410300", year=2023, language="zh"
    )
    assert "高技术制造业增速1个" in text
    assert "规上工业增速2个" in text


def test_energy_rose_fell_or_stood_still() -> None:
    name = "energy_consumption_above_scale_growth"
    index = pd.MultiIndex.from_tuples(
        [("410300", 2023, name), ("410300", 2024, name), ("410300", 2025, name)],
        names=[*KEYS, "variable"],
    )
    points = pd.DataFrame(
        {
            "pressure_growth": [3.9, 0.0, -2.0],
            "growth": [0.2, 5.0, 8.5],
            "elasticity": [19.5, 0.0, -0.24],
            "state": [
                "expansive_negative_decoupling",
                "weak_decoupling",
                "strong_decoupling",
            ],
        },
        index,
    )
    text = wording.describe_decoupling(points, decoupling_states(), language="zh")
    assert "增长3.9%，规上工业增加值增长0.2%，弹性19.50，属扩张负脱钩；产出变动接近零" in text
    assert "2024年规上工业能耗持平" in text
    assert text.headline == "2025年规上工业能耗下降2.0%，属强脱钩"
    nothing = wording.describe_decoupling(points.iloc[:0], decoupling_states(), language="en")
    assert nothing.headline == ""


def test_editions_are_never_chained() -> None:
    text = wording.describe_editions(load_editions(last_year=2025), language="zh")
    assert "2022年总指数为766.8" in text
    assert "2024年总指数为136.0" in text
    assert "2017年在2018年版为210.1，在2021年版为191.2" in text
    old = wording.describe_editions(load_editions(last_year=2012), language="zh")
    assert "没有公布" in old


def test_a_break_parts_the_three_new() -> None:
    index = pd.MultiIndex.from_product([["100000"], [2022, 2023, 2024]], names=KEYS)
    share = pd.DataFrame(
        {"three_new_share_gdp": [17.9, 17.73, 18.01], "flag": ["", "", "crosses_break"]}, index
    )
    text = wording.describe_three_new(share, language="zh")
    assert "2022年为17.90%，2023年降至17.73%" in text
    assert "2024年为18.01%，与此前隔着统计断点" in text


def test_a_trend_that_beats_nothing_says_so() -> None:
    years = [("linear_trend", 2029), ("linear_trend", 2030)]
    futures = pd.DataFrame(
        {"central": [1.0, 0.4], "lower": [-3.0, -4.4], "upper": [5.0, 5.1], "flag": ""},
        pd.MultiIndex.from_tuples(years, names=["forecast", "year"]),
    )
    errors = pd.DataFrame(
        {"forecasts": [9.0], "relative_to_last_value": [1.19]}, pd.Index(["linear_trend"])
    )
    worse = wording.describe_outlook(futures, errors, language="en")
    assert worse.headline == "No better than last year's rate: 2030 anywhere from -4.4% to 5.1%"
    better = wording.describe_outlook(
        futures, errors.assign(relative_to_last_value=0.8), language="zh"
    )
    assert better.headline == "照旧外推，2030年增速在-4.4%至5.1%之间"
    refused = wording.describe_outlook(
        futures.assign(central=np.nan, flag="years_missing"), errors, language="zh"
    )
    assert refused == "生产总值实际增速不外推：中间缺年。"


def test_catching_up_keeps_abbreviations_and_says_what_is_refused() -> None:
    index = pd.MultiIndex.from_tuples(
        [("rd_intensity", "410000"), ("rd_intensity", "410300"), ("tertiary_share", "410300")],
        names=["variable", "region_code"],
    )
    reached = pd.DataFrame(
        {
            "threshold": [2.64, 2.64, np.nan],
            "threshold_year": [2031.7, np.nan, np.nan],
            "threshold_earliest": [2029.6, np.nan, np.nan],
            "threshold_latest": [2034.2, np.nan, np.nan],
            "flag": ["ends_early", "already_met", "series_too_short"],
        },
        index,
    )
    text = wording.describe_catch_up(reached, language="en")
    assert "The R&D intensity of Henan would reach 2.64% about 2032" in text
    assert "The R&D intensity of Luoyang is no lower" in text
    assert "For 1 more series no year is given" in text
