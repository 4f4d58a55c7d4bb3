"""Sentences and tables on targets, checks and claims follow the numbers in both languages."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from lyanalysis import wording
from lyanalysis.wording.periods import (
    computed_quantity,
    expected_text,
    period_text,
    range_text,
    said_quantity,
)

LANGUAGES = ("zh", "en")
STANDINGS = ["met", "on_track", "behind", "undetermined", "different_concept", "no_actual"]
NAN = math.nan


def targets(**columns: object) -> pd.DataFrame:
    row = {
        "origin": "published",
        "claim_id": "",
        "variable": "gdp",
        "printed": "6000",
        "printed_unit": "亿元",
        "comparator": ">",
        "due": "passed",
        "target_year": 2025.0,
        "year": 2025.0,
        "progress": 102.742,
        "elapsed": 100.0,
        "needed_growth": NAN,
        "state": "met",
        "flag": "no_start",
        "beside_printed": "6164.52",
        "beside_unit": "亿元",
        "beside_comparator": "=",
        "beside_claim": "",
        "beside_period": "2025",
        "beside_kind": "year",
        "entity_zh": "社区",
        "entity_en": "Communities",
        "indicator_zh": "企业数",
        "indicator_en": "Firms",
        "note_zh": "",
        "note_en": "",
    }
    return pd.DataFrame([row | columns], index=["gdp:2025"])


def standings(**counts: int) -> pd.DataFrame:
    row = dict.fromkeys(STANDINGS, 0) | counts
    return pd.DataFrame([row], index=pd.Index(["article_passed"], name="group"))


def test_met_and_missed_are_told_apart() -> None:
    met = wording.describe_progress(targets(), language="en")
    assert "more than 600 billion yuan for 2025" in met
    assert "102.7% of that: met." in met
    assert met.headline == "GDP at 102.7% of what was expected for 2025"
    missed = targets(progress=97.8, state="behind", flag="revised_since;overdue;no_start")
    said = wording.describe_progress(missed, language="zh")
    assert said.endswith("（此后又有修订），相当于预期的97.8%，未达到。")
    behind = targets(progress=40.0, state="behind", due="ahead", year=2024.0, flag="no_start")
    said = wording.describe_progress(behind, language="zh")
    assert "2024年公布数为" in said
    assert said.endswith("落后。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_progress_there_is_no_headline(language: str) -> None:
    nothing = wording.describe_progress(targets(progress=NAN), language=language)
    assert nothing.headline == ""
    assert not re.search(r"\d", nothing)
    assert wording.describe_progress(targets().iloc[:0], language=language) == nothing


def test_targets_are_counted_with_the_reason() -> None:
    counts = standings(no_actual=2, different_concept=1)
    said = wording.describe_targets(counts, language="en")
    assert "Not one can be judged." in said
    assert "for 2, no actual figure is published; for 1, only a figure" in said
    assert said.headline == "Progress of 3 of 3 targets cannot be told"
    one = wording.describe_targets(standings(met=1), language="en")
    assert one.startswith("There is 1 target")
    assert "Of the 1 that can be judged, 1 is met." in one
    assert "The rest" not in one
    assert wording.describe_targets(standings(), language="zh") == "没有关于本地的目标或预期。"


def test_a_target_shows_progress_first_and_the_reason_of_a_dash() -> None:
    aim = targets(
        origin="article",
        claim_id="F014",
        progress=NAN,
        elapsed=NAN,
        due="open",
        target_year=NAN,
        state="undetermined",
        flag="different_concept;no_period",
        beside_printed="92",
        beside_comparator=">",
        beside_claim="F010",
        note_en="Cumulative.",
    )
    table = wording.target_table(aim, language="en")
    assert table.columns[0] == "progress"
    assert table.index.tolist() == ["Communities: Firms (F014)"]
    assert table["nearest"].item() == "more than 9.2 billion yuan (F010)"
    assert table[["due_text", "standing"]].iloc[0].tolist() == ["not given", "cannot be told"]
    assert table["why"].item().startswith("Only a figure of another concept, start or due date")
    assert table["why"].item().endswith(". Cumulative.")


def test_a_published_expectation_is_not_said_to_be_overdue_twice() -> None:
    table = wording.expectation_table(
        targets(state="behind", flag="overdue;no_start"), language="zh"
    )
    assert table[["standing", "why"]].iloc[0].tolist() == ["未达到", ""]


def test_figures_of_plans_keep_what_qualifies_them() -> None:
    figures = pd.DataFrame(
        {
            "variable": ["tourism_revenue"],
            "period": ["2021/2025"],
            "period_kind": ["cumulative"],
            "as_of": ["2025-10-14"],
            "value": [4800.0],
            "comparator": ["<"],
        }
    )
    row = wording.plan_table(figures, language="en").iloc[0]
    assert row.tolist() == ["2021–2025", "cumulative", "close to, below", 4800.0, "2025-10-14"]


@pytest.mark.parametrize(
    ("period", "kind", "zh", "en"),
    [
        ("2024", "year", "2024年", "2024"),
        ("2025-H2", "half_year", "2025年下半年", "second half of 2025"),
        ("2023-Q1", "quarter", "2023年一季度", "Q1 2023"),
        ("2024-09", "stock", "2024年9月", "September 2024"),
        ("2020", "stock", "2020年末", "end of 2020"),
        ("2025-07", "month", "2025年7月", "July 2025"),
        ("2018-01/2018-09", "year_to_date", "2018年1—9月", "January to September 2018"),
        ("2013/2017", "average", "2013—2017年", "2013–2017"),
        ("2025-batches-3-4", "event", "2025年", "2025"),
        ("2025-08", "", "2025年8月", "August 2025"),
        ("", "", "—", "—"),
    ],
)
def test_periods_read_as_dates(period: str, kind: str, zh: str, en: str) -> None:
    assert (period_text(period, kind, "zh"), period_text(period, kind, "en")) == (zh, en)


def test_quantities_keep_bounds_and_units() -> None:
    assert said_quantity("2018", "年", "=", "en") == "2018"
    assert said_quantity("1", "年", "=", "en") == "1 year"
    assert said_quantity("4.4", "月", "=", "zh") == "4.4个月"
    assert computed_quantity(-0.16, "个百分点", "=", "en") == "-0.16 points"
    assert computed_quantity(NAN, "%", "=", "zh") == "—"
    assert range_text(1.344, 1.353, "亿人次", "en") == "134.4 to 135.3 million visits"
    assert range_text(1.344, 1.353, "亿人次", "zh") == "1.344至1.353亿人次"
    assert range_text(2.0, 2.0, "%", "en") == range_text(NAN, 2.0, "%", "en") == "—"
    assert expected_text(0.0, 0.0, 0.01, "absolute", "个百分点", "zh") == "0个百分点（容差0.01）"
    assert expected_text(0.0, NAN, 0.0, "absolute", "年", "en") == "at least 0 years"
    assert expected_text(NAN, NAN, NAN, "", "", "en") == "—"


def judged(**columns: object) -> pd.DataFrame:
    row = {
        "kind": "numeric",
        "check_verdict": "flag",
        "title_zh": "每包产值",
        "title_en": "Output for a pack",
        "part_zh": "每包产值",
        "part_en": "Output for a pack",
        "reason_zh": "过高。",
        "reason_en": "Too high.",
        "value": 11.89,
        "unit": "万元",
        "comparator": ">",
        "lower": 11.89,
        "upper": NAN,
        "expected_lower": NAN,
        "expected_upper": 8.0,
        "tolerance": 0.25,
        "tolerance_kind": "relative",
        "computed": "conflicting",
        "editorial": "flag",
        "claim_ids": ("F014", "F008"),
        "claims_involved": 2,
        "placement": 1.19,
    }
    index = pd.MultiIndex.from_tuples([("D9b", "output")], names=["check_id", "part"])
    frame = pd.DataFrame({name: [value] for name, value in row.items()}, index=index)
    return frame.assign(**columns)


def test_a_check_says_result_verdict_reason_and_claims() -> None:
    row = wording.check_table(judged(), language="zh").iloc[0]
    assert row.tolist() == ["超过11.89万元", "有冲突", "过高。（F014、F008）"]
    tested = wording.tested_table(judged(), language="en").iloc[0]
    expected = ["Output for a pack", "more than 118,900 yuan"]
    assert tested.tolist()[:2] == expected
    assert tested.tolist()[2:] == [
        "at most 80,000 yuan (tolerance 25%)",
        "conflicting",
        "conflict",
    ]
    assert wording.placement_labels(judged(), language="en")["one_sided"].tolist() == [-1]


def test_a_check_of_words_computes_nothing() -> None:
    said = judged(kind="text", value=NAN, computed="", comparator="", claim_ids=[()])
    assert wording.text_check_table(said, language="en").iloc[0].tolist() == [
        "conflict",
        "Too high.",
    ]
    assert wording.tested_table(said, language="zh").empty


def test_tests_are_counted_and_those_outside_named() -> None:
    said = wording.describe_tests(judged(), language="en")
    assert said == (
        "1 result has an expected range; 0 lie inside it and 1 outside: D9b output for a pack."
    )
    assert said.headline == "1 of 1 tested results lies outside what was expected"
    inside = wording.describe_tests(judged(computed="consistent"), language="zh")
    assert inside.headline == "1个受检结果在预期之内"
    assert wording.describe_tests(judged().iloc[:0], language="zh").headline == ""


def test_checks_are_summed_by_verdict() -> None:
    counts = pd.DataFrame(
        [[1, 0, 0, 2]], index=["numeric"], columns=["ok", "info", "ask", "in_conflict"]
    )
    said = wording.describe_checks(counts, language="zh")
    assert said == "共3项检查：3项核对报道内部的数字。结论：2项有冲突或措辞不当，1项前后一致。"
    assert said.headline == "3项检查中2项有冲突，0项待澄清"
    assert wording.describe_checks(counts.iloc[:0], language="en").headline == ""


def evidence(**counts: int) -> pd.DataFrame:
    names = ["hard", "label", "verbal", "implied", "repeat", "exact", "bound", "about"]
    return pd.DataFrame([dict.fromkeys([*names, "dated", "undated"], 0) | counts], index=["lead"])


def test_kinds_of_evidence_without_a_claim_go_unsaid() -> None:
    said = wording.describe_evidence(evidence(hard=1, exact=1, undated=1), language="en")
    assert said == (
        "Examined is 1 quantitative claim of the article: 1 with a hard number; 1 exact; 1 undated."
    )
    said = wording.describe_evidence(evidence(hard=2, label=1, bound=3, dated=3), language="zh")
    assert "硬数字2条，口号、概数、推出或重复的数1条；" in said
    assert "约数" not in said
    assert wording.describe_evidence(evidence(), language="zh").headline == ""


def test_matches_say_equal_only_where_a_figure_is() -> None:
    index = ["same_period", "other_period", "none", "unpublished", "no_series"]
    counts = pd.DataFrame({"hard": [1, 0, 1, 0, 2], "soft": [0, 0, 0, 0, 1]}, index=index)
    said = wording.describe_matches(counts, language="en")
    assert "2 are about something a published series measures: 1 equals the figure of its own" in (
        said
    )
    assert "1 differs from every comparable figure. The other 3 have no series" in said
    assert said.headline == "1 of 5 claims equal a published figure; 3 have no series"
    assert wording.describe_matches(counts.iloc[:0], language="zh").headline == ""


def traced(**columns: object) -> pd.DataFrame:
    row = {
        "indicator_zh": "旅游总收入",
        "indicator_en": "Tourism revenue",
        "variable": "tourism_revenue",
        "printed": "1208.59",
        "printed_unit": "亿元",
        "comparator": "=",
        "unit": "亿元",
        "period": "2024",
        "period_kind": "year",
        "closest_value": 1208.6,
        "closest_period": "2024",
        "closest_kind": "year",
        "difference": -0.01,
        "match": "same_period",
        "equal_documents": 1,
        "publishers": 1,
        "publisher_names": "市报",
        "grade": "B",
    }
    return pd.DataFrame([row | columns], index=pd.Index(["F036"], name="claim_id"))


def test_a_difference_is_taken_of_one_period_only() -> None:
    row = wording.published_table(traced(), language="zh").iloc[0]
    assert row.tolist() == [
        *("1208.59亿元", "2024年", "1208.6亿元", "2024年"),
        *("-0.01亿元", "与同期数相等"),
    ]
    other = traced(closest_period="2025", difference=10.18, match="none")
    assert wording.published_table(other, language="zh")["apart"].item() == "—"
    undated = traced(period_kind="as_reported", variable="rd_intensity", unit="%", difference=-0.16)
    row = wording.published_table(undated, language="en").iloc[0]
    assert row[["claimed_period", "apart"]].tolist() == ["undated", "-0.16 points"]
    nothing = traced(closest_value=NAN, difference=NAN, closest_period="", closest_kind="")
    row = wording.published_table(nothing, language="en").iloc[0]
    assert row[["closest", "closest_when", "apart"]].tolist() == ["—", "—", "—"]


def test_publishers_are_named_and_counted() -> None:
    said = wording.describe_voices(traced(), language="en")
    assert said.startswith("The 1 claim that equals a published figure goes back to 1 publisher")
    assert "not one is printed by two or more" in said
    two = traced(publishers=2, publisher_names="市报;市统计局", grade="A")
    said = wording.describe_voices(two, language="zh")
    assert said.endswith("（市报和市统计局），1条有两家以上各自发布，1条见于A级来源。")
    assert wording.voices_table(two, language="zh")["publisher_names"].item() == "市报、市统计局"
    assert wording.describe_voices(traced(match="none"), language="zh").startswith("没有一条")


def test_results_in_a_table_are_bounds_or_open() -> None:
    keys = [("D13", "chain"), ("D14", "of_chains"), ("D14", "in_chains")]
    index = pd.MultiIndex.from_tuples(keys, names=["check_id", "part"])
    results = pd.DataFrame(
        {
            "title_zh": "题",
            "part_zh": "项",
            "reason_zh": "因",
            "claim_ids": [("F1", "F2")] * 3,
            "value": [270.588, 21.739, 3.6957],
            "unit": ["亿元", "%", "条"],
            "comparator": [">", "open", "open"],
        },
        index=index,
    )
    shown = wording.quantity_table(results, language="zh")
    assert shown["result"].tolist() == [
        "超过270.6亿元",
        "21.74%（两边不封闭）",
        "3.696条（两边不封闭）",
    ]
    assert shown["check"].tolist() == ["D13 题", "D14 题", "D14"]
    assert shown["why"].tolist() == ["因（F1、F2）", "因（F1、F2）", ""]


def test_a_risk_without_a_check_shows_a_dash() -> None:
    lessons = pd.DataFrame(
        {
            "kind": "risk",
            "text_en": ["Concentration", "Property"],
            "checks": [("D9b.output",), ()],
            "indicator_en": ["Revenue with and without", "Floor area sold"],
            "annual_figures": [3, 0],
            "last_year": [2025.0, NAN],
        }
    )
    table = wording.risk_table(lessons, judged(), language="en")
    assert table["computed"].tolist() == ["Output for a pack: more than 118,900 yuan", "—"]
    assert table["by_check"].tolist() == ["D9b", "—"]


def test_codes_of_rows_and_columns_become_words() -> None:
    counts = pd.DataFrame({"in_conflict": [1]}, index=["numeric"])
    named = wording.name_codes(counts, "zh")
    assert named.to_dict() == {"有冲突": {"报道内部的数字": 1}}


def test_identifiers_in_a_row_are_named_by_first_and_last() -> None:
    assert wording.claims_line(["F001", "F002", "F003", "F004", "F005", "F010"], "en").endswith(
        "F001 to F005, F010."
    )
    assert "F001、F002、F003、F004。" in wording.claims_line(["F001", "F002", "F003", "F004"], "zh")
