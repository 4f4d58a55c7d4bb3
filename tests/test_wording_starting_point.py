"""Sentences on the starting point follow the numbers, in both languages."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from lyanalysis import wording
from lyanalysis.indicators.productivity import profit_account

NAN = math.nan


def averages(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples([row[:2] for row in rows], names=["region_code", "period"])
    columns = ["years_averaged", "average_growth", "average_growth_beside"]
    frame = pd.DataFrame([row[2:] for row in rows], index=index, columns=columns)
    return frame.assign(average_gap=frame["average_growth"] - frame["average_growth_beside"])


LUOYANG = averages(
    ("410300", "2010–2025", 16, 7.23, NAN),
    ("410000", "2021–2023", 3, 3.53, 4.49),
    ("100000", "2025", 1, 6.0, 5.0),
)


def levels(rows: list[tuple[int, str, float]], column: str = "gdp") -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(
        [("410300", year, window) for year, window, _ in rows],
        names=["region_code", "year", "window"],
    )
    return pd.DataFrame({column: [value for *_, value in rows]}, index=index)


def breaks(*rows: tuple[int, float, int, float]) -> pd.DataFrame:
    columns = ["year_before", "gdp_before", "year_after", "gdp_after"]
    return pd.DataFrame(rows, columns=columns).astype(float)


def yearly(**columns: list[float]) -> pd.DataFrame:
    years = range(2026 - len(next(iter(columns.values()))), 2026)
    index = pd.MultiIndex.from_product([["410300"], years], names=["region_code", "year"])
    return pd.DataFrame(columns, index=index)


def profit(amounts: list[float], revenue: list[float], language: str) -> wording.Prose:
    frame = yearly(industrial_profit=amounts, industrial_revenue=revenue)
    account = profit_account(frame["industrial_profit"], frame["industrial_revenue"])
    return wording.describe_profit(frame, account, language=language)


def test_growth_is_compared_over_the_years_of_each_row() -> None:
    said = wording.describe_growth(LUOYANG, language="zh")
    assert "最长时段是2010–2025年，洛阳市生产总值年均实际增长7.2%" in said
    assert "2021–2023年：年均本地增长3.5%，河南省增长4.5%，低1.0个百分点" in said
    assert "最近的共同年份是2025年：本地增长6.0%，全国增长5.0%，高1.0个百分点" in said
    assert said.headline == "2010–2025年实际年均增长7.2%，2025年高于全国1.0个百分点"
    english = wording.describe_growth(LUOYANG, language="en")
    assert (
        english.headline == "Real growth averaged 7.2% in 2010–2025; 1.0 points above China in 2025"
    )
    assert "3.5% a year here and 4.5% there, 1.0 points below" in english


def test_falls_and_ties_are_called_so() -> None:
    fallen = averages(("410300", "2024", 1, -1.2, NAN), ("100000", "2024", 1, -1.2, -1.24))
    said = wording.describe_growth(fallen, language="zh")
    assert "2024年洛阳市生产总值实际下降1.2%" in said
    assert said.headline == "2024年实际下降1.2%，2024年与全国持平"
    english = wording.describe_growth(fallen, language="en")
    assert "was -1.2%" in english
    assert "level" in english.headline
    assert "above" not in english + english.headline


def test_a_region_without_a_common_year_says_so() -> None:
    alone = averages(("410300", "2025", 1, 6.0, NAN), ("100000", "", NAN, NAN, NAN))
    said = wording.describe_growth(alone, language="en")
    assert "No year has growth published both here and for China" in said
    assert said.headline == "Real growth of 6.0% in 2025"
    nothing = averages(("410300", "", NAN, NAN, NAN))
    assert wording.describe_growth(nothing, language="zh") == "没有公布洛阳市生产总值的实际增速。"
    assert wording.describe_growth(nothing, language="zh").headline == ""


def test_a_revision_is_told_with_its_direction() -> None:
    frame = levels(
        [(2022, "2022", 5675.2), (2022, "2022–2023", 5386.2), (2023, "2022–2023", 5481.6)]
    )
    down = breaks((2022, 5675.2, 2022, 5386.2))
    said = wording.describe_levels(frame, down, language="zh")
    assert "由5675.2亿元修订为5386.2亿元，下调5.1%" in said
    assert "2022–2023年，其间名义增长1.8%" in said
    assert said.headline == "2023年生产总值5481.6亿元，其间有1处断点"
    up = breaks((2022, 5386.2, 2022, 5675.2))
    assert "up 5.4%" in wording.describe_levels(frame, up, language="en")
    none = wording.describe_levels(frame, breaks(), language="en")
    assert none.headline == "GDP of 548.16 billion yuan in 2023"
    assert "revised" not in none


def test_large_amounts_are_told_in_trillions() -> None:
    frame = levels([(2025, "2025", 1401879.0)])
    assert "140.19万亿元" in wording.describe_levels(frame, breaks(), language="zh")
    assert "140.19 trillion yuan" in wording.describe_levels(frame, breaks(), language="en")
    assert wording.describe_levels(frame * NAN, breaks(), language="en") == "No GDP is published."


def test_a_share_moves_inside_a_window_only() -> None:
    rows = [(2018, "2017–2018", 9.66), (2019, "2019–2020", 9.28), (2020, "2019–2020", 9.25)]
    frame = levels(rows, "share_of_above")
    said = wording.describe_share_of_above(frame, above="410000", language="zh")
    assert "2019–2020年由9.28%到9.25%（降0.03个百分点）" in said
    assert "9.66" not in said
    assert said.headline == "2020年占河南省生产总值的9.25%，2019–2020年降0.03个百分点"
    rising = levels([(2019, "w", 9.0), (2020, "w", 9.5)], "share_of_above")
    english = wording.describe_share_of_above(rising, above="410000", language="en")
    assert "(up 0.50 points)" in english
    flat = levels([(2019, "w", 9.001), (2020, "w", 9.004)], "share_of_above")
    assert "unchanged" in wording.describe_share_of_above(flat, above="410000", language="en")
    assert "不计算比重" in wording.describe_share_of_above(frame * NAN, above="", language="zh")


def test_the_old_part_is_weighed_without_a_direction() -> None:
    shares = yearly(
        energy_intensive_share=[40.9, NAN, 42.8],
        traditional_share=[NAN, NAN, NAN],
        hightech_mfg_share=[3.0, NAN, 10.4],
    )
    said = wording.describe_old_part(shares, language="zh")
    assert "2025年规模以上工业增加值中，高耗能行业占42.8%" in said
    assert "2023年公布的比重是40.9%，2025年是42.8%" in said
    assert "不据此判断升降" in said
    assert "传统产业" not in said
    assert said.headline == "高耗能行业占规上工业42.8%，高技术制造业占10.4%"
    assert "高技术制造业占10.4%。" in said, "a year common to all is named once"
    apart = wording.describe_old_part(shares.assign(sei_share=[NAN, 12.6, NAN]), language="en")
    assert "energy-intensive industry 42.8% (2025)" in apart
    assert "strategic emerging industry 12.6% (2024)" in apart
    english = wording.describe_old_part(shares, language="en")
    assert (
        english.headline
        == "Energy-intensive industry makes up 42.8%, high-tech manufacturing 10.4%"
    )


def test_new_aggregates_alone_say_nothing_of_the_old_part() -> None:
    new = yearly(energy_intensive_share=[NAN], hightech_mfg_share=[24.4])
    said = wording.describe_old_part(new, language="zh")
    assert "传统部分有多重无从判断" in said
    assert said.headline == ""
    nothing = wording.describe_old_part(new * NAN, language="en")
    assert nothing == "No annual share of old or new drivers in industry is published."


def test_profit_has_a_margin_only_beside_revenue() -> None:
    said = profit([388.6474, 220.4667, 274.3622], [NAN, NAN, 4682.0005], "zh")
    assert "2025年规模以上工业利润总额274.4亿元，按水平计算比上年增加24.4%" in said
    assert "2023年最高，为388.6亿元，2025年相当于它的70.6%" in said
    assert said.headline == "2025年规上工业利润率5.86%，利润为2023年高点的70.6%"
    alone = profit([100.0, 120.0], [NAN, NAN], "en")
    assert "no margin is computed" in alone
    assert alone.headline == "Profit of 2025 is the highest listed"


def test_losses_are_called_losses() -> None:
    said = profit([10.0, -4.0], [100.0, 100.0], "zh")
    assert "亏损4.0亿元" in said
    assert "比上年减少140.0%" in said
    assert "-4.00%" in said
    english = profit([-10.0, -4.0], [NAN, NAN], "en")
    assert "lost 400 million yuan" in english
    assert "high" not in english
    assert "nan" not in english


def test_a_year_without_profit_says_so() -> None:
    said = profit([NAN, NAN], [100.0, NAN], "zh")
    assert said == "没有公布规模以上工业的年度利润，利润率无从计算。"
    assert said.headline == ""


def test_margins_of_regions_move_apart() -> None:
    index = pd.MultiIndex.from_product(
        [["410300", "410000", "100000"], [2010, 2023]], names=["region_code", "year"]
    )
    frame = pd.DataFrame({"profit_margin": [NAN, NAN, 10.94, 3.82, 6.55, 6.56]}, index=index)
    said = wording.describe_margins(frame, language="zh")
    assert "河南省2023年为3.82%，比2010年低7.12个百分点" in said
    assert "全国2023年为6.56%，比2010年高0.01个百分点" in said
    assert "洛阳" not in said
    english = wording.describe_margins(frame, language="en")
    assert english.headline == "High-tech manufacturing margin in 2023: Henan 3.82%, China 6.56%"
    assert wording.describe_margins(frame * NAN, language="en").headline == ""


def told(share: float = 100 * 7 / 156, remark: str = "X1 6?") -> pd.DataFrame:
    rows = [
        (1953.0, 1957.0, "Plan", "Key projects", "count", "stated", 7.0, "7", "项", "=", 156.0),
        (1954.0, 1954.0, "Firm", "Founded", "date", "stated", 1954.0, "1954", "年", "=", NAN),
        (2025.0, 2025.0, "Base", "Start", "date", "target", 202509.0, "202509", "年月", "=", NAN),
    ]
    columns = ["year", "year_end", "entity", "event", "kind", "status", "value", "printed"]
    frame = pd.DataFrame(rows, columns=[*columns, "printed_unit", "comparator", "whole"])
    index = pd.Index(["F1", "F2", "F3"], name="claim_id")
    return frame.assign(share=[share, NAN, NAN], remark=[remark, "", ""]).set_axis(index)


def test_claims_are_told_as_claims() -> None:
    words = wording.list_milestones(told(), language="en")
    assert words["dated_period"].tolist() == ["1953–1957", "1954", "2025"]
    assert words["told"].tolist() == [
        "Key projects: 7 of 156 in the nation (4.49%)",
        "Founded",
        "Start: September 2025",
    ], "the year of an event stands before it"
    said = wording.describe_milestones(told(), language="zh")
    assert "占全国156项的4.49%" in said
    assert said.headline.startswith("报道所称")
    assert "有1条与其他公开说法不一致（X1 6?）。" in said
    assert "told otherwise elsewhere (X1 6?)." in wording.describe_milestones(told(), language="en")
    plain = wording.describe_milestones(told(NAN, ""), language="en")
    assert plain.headline == "The article dates 3 events, from 1953 on"
    assert "otherwise" not in plain
    empty = wording.describe_milestones(told().iloc[:0], language="en")
    assert "no dated claim" in empty
    assert wording.list_milestones(told().iloc[:0], language="en").empty


@pytest.mark.parametrize(
    ("period", "kind", "as_of", "zh", "en"),
    [
        ("2025-H1", "half_year", "", "2025年上半年", "first half of 2025"),
        ("2025-Q3", "quarter", "", "2025年三季度", "Q3 2025"),
        ("2025-07", "month", "", "2025年7月", "July 2025"),
        ("2025-01/2025-09", "year_to_date", "", "2025年1—9月", "January to September 2025"),
        ("2025", "stock", "", "2025年末", "end of 2025"),
        ("2025-09", "stock", "", "2025年9月", "September 2025"),
    ],
)
def test_periods_in_words(period: str, kind: str, as_of: str, zh: str, en: str) -> None:
    row = (("industrial_profit", period, kind, as_of, 308.7, "=", 274.36, 2023.0, "s83adedad", ""),)
    columns = ["variable", "period", "period_kind", "as_of", "value", "comparator"]
    frame = pd.DataFrame(
        row, columns=[*columns, "annual_value", "annual_year", "source_id", "flag"]
    )
    (chinese,) = wording.list_updates(frame, language="zh").to_dict("records")
    (english,) = wording.list_updates(frame, language="en").to_dict("records")
    assert (chinese["dated_period"], english["dated_period"]) == (zh, en)
    assert chinese["annual_said"] == "274.4（2023年）"
    assert english["source_date"] == "2025-09-30"


def test_what_states_no_period_and_what_is_no_exact_figure_say_so() -> None:
    rows = [
        (
            "industrial_profit",
            "2025-09",
            "as_reported",
            "2025-09",
            308.7,
            "=",
            NAN,
            NAN,
            "s83adedad",
            "",
        ),
        ("gdp", "2025", "year_to_date", "2025-10", 47.0, ">", NAN, NAN, "s83adedad", ""),
    ]
    columns = ["variable", "period", "period_kind", "as_of", "value", "comparator"]
    frame = pd.DataFrame(
        rows, columns=[*columns, "annual_value", "annual_year", "source_id", "flag"]
    )
    words = wording.list_updates(frame, language="zh")
    assert "未注明所属时期" in words.loc[0, "dated_period"]
    assert "未注明截止月份" in words.loc[1, "dated_period"]
    assert words["figure_said"].tolist() == ["308.7", "超过47.0"]
    assert words["annual_said"].tolist() == [wording.MISSING] * 2
    assert "有2项指标" in wording.describe_updates(frame, language="zh")
    assert "其中1项没有注明所属时期" in wording.describe_updates(frame, language="zh")
    one = wording.describe_updates(frame.iloc[1:], language="en")
    assert one.startswith("For one measure a figure")
    assert wording.list_updates(frame.iloc[:0], language="en").empty
    assert "No figure" in wording.describe_updates(frame.iloc[:0], language="en")
