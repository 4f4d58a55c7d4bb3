"""What the chapter on comparison says follows the numbers, whichever way they point."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lyanalysis import wording
from lyanalysis.wording.compared import group_name, place

CODES = ["410300", "410100", "410600"]


def by_region(year: int = 2025, codes: list[str] = CODES, **columns: list[float]) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([codes, [year]], names=["region_code", "year"])
    return pd.DataFrame(columns, index)


def test_places_are_counted_from_the_largest_and_ties_are_said() -> None:
    values = pd.Series({"410300": 6.04, "410100": 5.96, "410600": 6.6, "410200": np.nan})
    assert place(values, "410600", "zh", decimals=1) == "居第1位"
    assert place(values, "410300", "zh", decimals=1) == "并列第2位"
    assert place(values, "410300", "zh", decimals=2) == "居第2位"
    assert place(values, "410100", "en", decimals=2) == "3rd"
    assert place(values, "410200", "en", decimals=1) == ""
    many = pd.Series(range(30), index=[f"{code}" for code in range(30)], dtype=float)
    assert [place(many, str(29 - one), "en", decimals=0) for one in (10, 11, 12, 20)] == [
        "11th",
        "12th",
        "13th",
        "21st",
    ]


def test_a_group_is_named_by_what_its_members_share() -> None:
    assert group_name(CODES, "zh") == "河南省3个地区"
    assert group_name(["410300"], "en") == "1 unit of Henan"
    assert group_name(["410300", "420600"], "en") == "2 cities of the data package"


def test_tiles_name_the_ends_and_who_is_missing() -> None:
    tiles = by_region(gdp_growth_real=[6.0, np.nan, -1.2])
    said = wording.describe_growth_tiles(tiles, region="410300", language="zh")
    assert "2个公布了实际增速，最高的是洛阳（6.0%），最低的是鹤壁（-1.2%）" in said
    assert "郑州没有公布" in said
    assert said.headline == "洛阳增速最高，为6.0%"
    other = wording.describe_growth_tiles(tiles, region="410600", language="en")
    assert other.headline == "Hebi 2nd in growth with -1.2%, the highest is 6.0%"
    assert "Zhengzhou does not." in other


def test_tiles_without_figures_say_so() -> None:
    said = wording.describe_growth_tiles(
        by_region(gdp_growth_real=[np.nan] * 3), region="410300", language="zh"
    )
    assert "没有" in said
    assert said.headline == ""


@pytest.mark.parametrize(
    ("own", "zh", "en"),
    [
        (6.0, "比河南高0.4个百分点，比全国高1.0个百分点", "0.4 points above Henan and 1.0"),
        (5.6, "与河南持平，比全国高0.6个百分点", "level with Henan and 0.6 points above China"),
        (4.0, "比河南低1.6个百分点，比全国低1.0个百分点", "1.6 points below Henan and 1.0"),
    ],
)
def test_growth_is_held_against_province_and_nation(own: float, zh: str, en: str) -> None:
    profile = by_region(
        codes=["410300", "410100", "410000", "100000"],
        gdp=[6164.5, 15244.6, 66632.8, 1401879.0],
        gdp_growth_real=[own, 5.4, 5.6, 5.0],
    )
    said = wording.describe_scale_growth(profile, region="410300", language="zh")
    assert zh in said
    assert "城市有2个，规模最大的是郑州（15244.6亿元）" in said
    english = wording.describe_scale_growth(profile, region="410300", language="en")
    assert en in english
    assert "1,524.46 billion yuan" in english


def test_a_province_has_no_place_among_cities() -> None:
    profile = by_region(
        codes=["410000", "410300"], gdp=[66632.8, 6164.5], gdp_growth_real=[5.6, 6.0]
    )
    said = wording.describe_scale_growth(profile, region="410000", language="en")
    assert "Henan" not in said
    assert said.headline == "Luoyang largest, Luoyang fastest growing"


def test_cities_without_any_figure_are_named() -> None:
    columns = {name: [1.0, 2.0, np.nan] for name in wording.comparison.RANKED}
    said = wording.describe_ranks(by_region(**columns), region="410300", language="en")
    assert "2nd of 2 by GDP" in said
    assert said.endswith("Hebi has no figure here for the year.")


SHARES = pd.DataFrame(
    {
        "gdp_share_primary": [5.0, 5.0, 9.0, 8.0, 7.0],
        "gdp_share_secondary": [40.0, 42.0, 50.0, 48.0, 60.0],
        "gdp_share_tertiary": [55.0, 53.0, 41.0, 44.0, 33.0],
    },
    index=pd.MultiIndex.from_tuples(
        [
            ("410300", 2022, "2022–2023"),
            ("410300", 2023, "2022–2023"),
            ("410600", 2021, "2021–2022"),
            ("410600", 2022, "2021–2022"),
            ("410600", 2025, "2025"),
        ],
        names=["region_code", "year", "window"],
    ),
)


def test_structure_is_compared_inside_a_window_only() -> None:
    said = wording.describe_unit_structure(SHARES, region="410300", language="zh")
    assert "2个地区中第三产业比重上升的有1个，下降的有1个" in said
    assert "洛阳在2022–2023年第一产业持平，第二产业上升2.0个百分点，第三产业下降2.0个" in said
    other = wording.describe_unit_structure(SHARES, region="410600", language="en")
    assert "moved in 2021–2022" in other, "not across the break to 2025"
    assert "tertiary up 3.0 points" in other


def test_one_year_a_window_gives_no_movement() -> None:
    said = wording.describe_unit_structure(SHARES.iloc[[4]], region="410600", language="en")
    assert said == "No unit has sector shares for two years of one statistical basis."


def aggregates(growth: float, total: float = 5.0, share: float = np.nan) -> pd.DataFrame:
    index = pd.MultiIndex.from_product(
        [["410300", "410100"], ["hightech_mfg"]], names=["region_code", "aggregate"]
    )
    columns = {"share": [share, 10.0], "growth": [growth, 8.0], "total_growth": [total, 9.0]}
    return pd.DataFrame(columns, index)


def test_an_aggregate_that_fell_is_said_to_have_fallen() -> None:
    said = wording.describe_aggregate(aggregates(-1.9), region="410300", language="zh")
    assert "洛阳下降1.9%，增速居第2位。" in said
    assert "2个中，0个增速更快" in said
    risen = wording.describe_aggregate(aggregates(61.9, share=10.4), region="410300", language="en")
    assert "1 grew faster than it" in risen
    assert "In Luoyang it grew by 61.9% (1st) and makes up 10.4%" in risen


def test_nothing_published_is_said() -> None:
    said = wording.describe_aggregate(
        aggregates(np.nan).assign(growth=np.nan, share=np.nan), region="410300", language="en"
    )
    assert said == (
        "No city compared publishes the share or growth of high-tech manufacturing for the year."
    )


YEARS = pd.Index([2010, 2011, 2025], name="year")


def spreads(constant: list[float], current: list[float], flag: list[str]) -> pd.DataFrame:
    columns = {"spread_constant_prices": constant, "spread_current_prices": current}
    return pd.DataFrame({**columns, "flag": flag}, YEARS)


@pytest.mark.parametrize(
    ("last", "zh", "en"),
    [(0.30, "缩小", "narrowed"), (0.40, "扩大", "widened"), (0.3434, "没有变化", "did not change")],
)
def test_a_gap_narrows_widens_or_stays(last: float, zh: str, en: str) -> None:
    frame = spreads([0.343, last, np.nan], [0.343, 0.35, 0.261], ["", "", "crosses_break"])
    trend = pd.Series({"slope": last - 0.343})
    said = wording.describe_spread(frame, trend, regions=CODES, language="zh")
    assert f"差距{zh}" in said
    assert "自2025年起换了口径，现价之差只作参考" in said
    english = wording.describe_spread(frame, trend, regions=CODES, language="en")
    assert en in english.headline
    assert "indicative only" in english


def test_a_spread_of_one_year_is_refused() -> None:
    frame = spreads([0.343, np.nan, np.nan], [np.nan] * 3, [""] * 3)
    trend = pd.Series({"slope": np.nan})
    said = wording.describe_spread(frame, trend, regions=CODES, language="en")
    assert said.startswith("Too few regions")
    assert said.headline == ""


def estimates(slope: float, chance: float, flag: str = "") -> pd.DataFrame:
    one = {"slope": slope, "p_value": chance, "speed": 2.0, "half_life": 35.0}
    row = {**one, "regions": 16.0, "years": 13.0, "flag": flag}
    return pd.DataFrame([row, row], index=pd.Index(["absolute", "conditional"], name="model"))


POINTS = pd.DataFrame(
    {"start_level": [100.0, 200.0], "log_growth": [7.0, 6.0]}, index=["410300", "410100"]
)


def test_a_speed_is_quoted_only_where_the_slope_is_told_from_zero() -> None:
    sure = wording.describe_convergence(
        estimates(-1.5, 0.01), POINTS, region="410300", language="zh"
    )
    assert "每年缩小差距的2.0%，缩小一半约需35年" in sure
    assert sure.headline == "低起点地区增长较快，收敛显著"
    weak = wording.describe_convergence(
        estimates(-1.5, 0.20), POINTS, region="410100", language="en"
    )
    assert "no speed is quoted" in weak
    assert "35" not in weak
    apart = wording.describe_convergence(
        estimates(1.5, 0.01), POINTS, region="410300", language="en"
    )
    assert "no beta convergence" in apart
    assert apart.headline == "Those that started lower did not grow faster"


def test_what_cannot_be_estimated_gives_its_reason() -> None:
    said = wording.describe_convergence(
        estimates(np.nan, np.nan, "too_few_regions"), POINTS, region="410300", language="zh"
    )
    assert said == "不能估计β收敛：地区太少，不作估计。"


def test_moves_are_counted_and_the_long_run_is_refused_where_it_must_be() -> None:
    index = pd.MultiIndex.from_product([[0, 1], [0, 1]], names=["from", "to"])
    moves = pd.DataFrame({"transitions": [50.0, 3.0, 0.0, 47.0]}, index)
    account = pd.DataFrame({"long_run": [np.nan, np.nan]}, index=[0, 1])
    said = wording.describe_mobility(moves, account, pd.Series({"prais": 0.06}), language="zh")
    assert "100次逐年转移中，留在原类型的有97次（97.0%），上升3次，下降0次" in said
    assert "长期分布取决于起点，因此不计算" in said
    known = account.assign(long_run=50.0)
    assert "长期" not in wording.describe_mobility(
        moves, known, pd.Series({"prais": 0.06}), language="zh"
    )
    none = wording.describe_mobility(
        moves * 0, account, pd.Series({"prais": np.nan}), language="en"
    )
    assert none.startswith("There are no adjacent years")


def test_inequality_across_a_break_is_indicative() -> None:
    columns = {"gini": [0.219, 0.179], "hoover": [0.167, 0.144], "flag": ["", "crosses_break"]}
    frame = pd.DataFrame(columns, index=pd.Index([2010, 2025], name="year"))
    said = wording.describe_inequality(frame, language="zh")
    assert "地区差异缩小；其间换过口径，只作参考" in said
    assert "14.4%的生产总值" in said
    inside = wording.describe_inequality(frame.assign(flag=""), language="en")
    assert "indicative" not in inside
    empty = wording.describe_inequality(frame.iloc[:0], language="en")
    assert empty.startswith("For no year")


STORIES = pd.DataFrame(
    {
        "story": ["one", "one", "one", "other"],
        "aspect": ["target", "scale", "firms", "cost_effect"],
        "entity": ["Park", "Zone of Luoyang", "Zone of Luoyang", "Firm"],
        "scope": ["Luoyang", "Luoyang", "Luoyang", "Hebi"],
        "indicator": ["Plan", "Size", "Makers", "Cost cut"],
        "period": ["2025", "2025-07", "2025-07", "2024"],
        "period_kind": ["year", "as_reported", "as_reported", "year"],
        "comparator": [">", "about", "=", "="],
        "printed": ["15", "3000", "7", "8"],
        "printed_unit": ["家", "亿元", "家", "%"],
    },
    index=pd.Index(["F1", "F2", "F3", "F4"], name="claim_id"),
)


def test_stories_keep_comparators_dates_and_empty_cells() -> None:
    table = wording.tell_stories(STORIES, language="en")
    assert table.index.tolist() == ["Zone of Luoyang", "Firm (Hebi)"]
    assert table["scale"].tolist() == ["Size: about 300 billion yuan (undated)", "—"]
    assert table["target"].tolist() == ["Plan: more than 15 (2025)", "—"]
    assert table.loc["Firm (Hebi)", "cost_effect"] == "Cost cut: 8% (2024)"
    said = wording.describe_stories(STORIES, language="zh")
    assert "2个故事、6个方面共12格，有数的只有4格" in said


def test_no_story_gives_an_empty_table_and_a_plain_sentence() -> None:
    none = STORIES.iloc[:0]
    assert len(wording.tell_stories(none, language="zh")) == 0
    assert "没有讲到" in wording.describe_stories(none, language="zh")


@pytest.mark.parametrize(
    ("period", "kind", "zh"),
    [
        ("2024", "year", "2024年"),
        ("2024-H1", "half_year", "2024年上半年"),
        ("2024-01/2024-09", "year_to_date", "2024年1—9月"),
        ("2024", "as_reported", "2024年公布，未注明所属时期"),
        ("2025-09", "stock", "2025年9月"),
    ],
)
def test_periods_read_as_dates(period: str, kind: str, zh: str) -> None:
    columns = {"region_code": "410100", "variable": "nev_output", "value": 62.6, "flag": ""}
    columns |= {"period": period, "period_kind": kind, "unit": "万辆", "comparator": ">"}
    told = wording.tell_figures(pd.DataFrame([columns]), language="zh")
    assert told["stated_period"].tolist() == [zh]
    assert told["stated_value"].tolist() == ["超过62.6万辆"]


def test_one_of_a_kind_is_singular() -> None:
    only = aggregates(61.9).iloc[[0]]
    said = wording.describe_aggregate(only, region="410100", language="en")
    assert said == "1 of the cities publishes growth of high-tech manufacturing and 0 its share."
    assert said.headline == "", "one city is no comparison"
    tiles = by_region(gdp_growth_real=[6.0, np.nan, np.nan])
    told = wording.describe_growth_tiles(tiles, region="410300", language="en")
    assert told.startswith("For 2025, 1 of 3 units of Henan publishes real growth")
