"""Sentences on trades, shift-share, frames and an anchor follow the numbers, bounds as bounds."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from lyanalysis import wording

PARTS = ["va_primary", "va_secondary", "va_tertiary"]


def located(**quotients: float) -> pd.DataFrame:
    index = pd.MultiIndex.from_product(
        [["410300"], [2025], list(quotients)], names=["region_code", "year", "part"]
    )
    return pd.DataFrame({"quotient": list(quotients.values())}, index=index)


def reference(**changes: object) -> dict[str, object]:
    usual: dict[str, object] = {"year": 2025, "units": 10, "of_units": 18, "covered": 69.16}
    return usual | {"unpublished": ()} | changes


def shift(
    competitive: list[float], mix: list[float], national: list[float], reference: str = "province"
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"national": national, "industry_mix": mix, "competitive": competitive},
        index=pd.MultiIndex.from_product(
            [[reference], [2025], PARTS], names=["reference", "year", "part"]
        ),
    )
    total = pd.DataFrame(
        [frame.sum()],
        index=pd.MultiIndex.from_tuples([(reference, 2025, "total")], names=frame.index.names),
    )
    return pd.concat([frame, total]).assign(pull=lambda found: found.sum(axis=1))


def test_trades_are_told_apart_and_the_reference_is_named() -> None:
    frame = located(va_finance=0.71, va_wholesale_retail=1.21, va_transport=1.04, va_primary=0.5)
    said = wording.describe_location(frame, **reference(), language="zh")
    assert "18个市级单位中公布同一组行业的10个合计为参照（占全省生产总值的69.2%" in said
    assert "高于参照的有批发零售（1.21）；与参照相近的有交通仓储邮政（1.04）" in said
    assert "低于参照的有金融业（0.71）和第一产业（0.50）" in said
    assert said.headline == "服务业中批发零售区位商最高，为1.21，金融业最低，为0.71"


def test_a_refused_reference_says_why() -> None:
    nothing = located()
    few = wording.describe_location(nothing, **reference(units=1, covered=9.27), language="en")
    assert "only 1 publishes the same trades with 9.3% of its GDP" in few
    unknown = wording.describe_location(
        nothing, **reference(units=1, covered=math.nan), language="zh"
    )
    assert "nan" not in unknown
    lacking = wording.describe_location(
        nothing, **reference(year=None, unpublished=("va_real_estate",)), language="zh"
    )
    assert "没有公布的是房地产业" in lacking
    assert few.headline == unknown.headline == lacking.headline == ""


@pytest.mark.parametrize(
    ("competitive", "zh", "en"),
    [
        ([0.01, 0.28, 0.0], "增速比全省快0.39个百分点", "0.39 points above the province"),
        ([0.0, -1.23, 0.62], "增速比全省慢0.51个百分点", "0.51 points below the province"),
        ([0.0, -0.1, 0.0], "增速与全省持平", "level with the province"),
    ],
)
def test_a_region_is_ahead_behind_or_level(competitive: list[float], zh: str, en: str) -> None:
    frame = shift(competitive, [-0.08, -0.04, 0.22], [0.21, 2.24, 3.16])
    assert zh in wording.describe_shift_share(frame, language="zh")
    assert en in wording.describe_shift_share(frame, language="en").headline


def test_components_that_lower_growth_are_said_to() -> None:
    frame = shift([0.0, -1.23, 0.62], [-0.09, 0.26, -0.04], [0.16, 1.61, 2.28], "nation")
    said = wording.describe_shift_share(frame, language="zh")
    assert "产业结构拉高0.13个百分点，竞争力拉低0.61个百分点" in said
    assert "其中作用最大的第二产业拉低1.23个百分点" in said
    assert "全国" in said


def test_output_that_shrank_fell() -> None:
    frame = shift([-3.0, -3.0, -3.0], [0.0, 0.0, 0.0], [0.2, 2.0, 3.0])
    assert "实际下降3.8%" in wording.describe_shift_share(frame, language="zh")
    assert "fell by 3.8%" in wording.describe_shift_share(frame, language="en")


def test_no_common_year_is_said_in_words() -> None:
    empty = shift([0.0] * 3, [0.0] * 3, [1.0] * 3).iloc[:0]
    said = wording.describe_shift_share(empty, language="en")
    assert said.startswith("In no year")
    assert said.headline == ""


def test_overlap_names_the_pair_with_most_whole_divisions() -> None:
    pairs = {("equipment_mfg", "equipment_mfg"): (8, 8), ("equipment_mfg", "hightech_mfg"): (1, 6)}
    pairs |= {
        ("equipment_mfg", "energy_intensive"): (0, 0),
        ("hightech_mfg", "hightech_mfg"): (2, 9),
    }
    pairs |= {("hightech_mfg", "energy_intensive"): (0, 1), ("energy_intensive",) * 2: (6, 6)}
    index = pd.MultiIndex.from_tuples(list(pairs), names=["group", "other_group"])
    frame = pd.DataFrame(list(pairs.values()), index, ["whole", "at_most"]).assign(of_divisions=41)
    said = wording.describe_overlap(frame, language="zh")
    assert "3个口径两两配成3对，有2对共有行业大类，只有1对互不相交" in said
    assert said.headline == "装备制造业的8个大类中有1至6个又属高技术制造业"
    english = wording.describe_overlap(frame, language="en")
    assert "1 belongs to high-tech manufacturing in full and up to 6" in english


def test_frames_are_counted_and_their_sizes_never_added() -> None:
    items = pd.DataFrame(
        {"match": ["same", "no_counterpart", "not_listed"]},
        index=pd.MultiIndex.from_tuples(
            [("甲", 1), ("甲", 2), ("乙", 1)], names=["frame", "position"]
        ),
    )
    totals = pd.DataFrame(
        {"value": [4600.0, math.nan], "unit": ["亿元", ""], "comparator": [">", ""]},
        index=pd.Index(["甲", "乙"], name="frame"),
    )
    said = wording.describe_frames(items, totals, language="zh")
    assert "2套口径：甲（2项，1项有对应）和乙（名单没有列出）" in said
    assert "甲（超过4600亿元）" in said
    assert "规模不可相加" in said
    assert "没有给出" in wording.describe_frames(items.iloc[:0], totals.iloc[:0], language="zh")


def test_a_pipeline_keeps_its_bounds() -> None:
    stages = pd.DataFrame(
        {
            "amount": [29.0, 9.0, 4.0, 1.0],
            "overall": [100, 900 / 29, 100, 25],
            "outstanding": [0.0, 20.0, 0.0, 3.0],
        },
        index=pd.MultiIndex.from_product(
            [["supplier_projects", "anchor_phases"], ["agreed", "in_production"]],
            names=["project", "stage"],
        ),
    )
    projects = pd.Index(["supplier_projects", "anchor_phases"], name="project")
    values = pd.DataFrame({"agreed_investment": [142.0, math.nan]}, projects)
    bounds = pd.DataFrame({"agreed_investment": [">", ""]}, projects)
    said = wording.describe_pipeline(stages, values, bounds, language="zh")
    assert "配套项目签约29个，总投资超过142亿元，已投产9个（31.0%），尚有20个没有投产" in said
    assert said.headline == "报道所称配套项目签约29个，已投产9个"
    english = wording.describe_pipeline(stages, values, bounds, language="en")
    assert "investment of more than 14.2 billion yuan; 9 are in production" in english
    assert "1 is in production (25.0%), 3 are not" in english
    assert "nan" not in said + english


def test_the_anchor_is_weighed_with_and_without() -> None:
    figures = {("D13", "chain"): (270.588, ">"), ("D14", "of_chains"): (21.739, "open")}
    figures |= {("D14", "of_together"): (17.857, "open"), ("D14", "in_chains"): (3.6957, "open")}
    figures |= {("D15", "weight"): (1.0215, "<")}
    index = pd.MultiIndex.from_tuples(list(figures), names=["check_id", "part"])
    computed = pd.DataFrame(list(figures.values()), index, ["value", "comparator"])
    said = wording.describe_concentration(computed, language="zh")
    for words in ("超过270.6亿元", "占21.7%", "占17.9%", "约合3.7条", "低于1.02%"):
        assert words in said
    nothing = wording.describe_concentration(computed.iloc[:2], language="zh")
    assert nothing == "没有可以计算龙头企业分量的说法。"


def test_claims_stand_beside_what_is_published() -> None:
    index = pd.MultiIndex.from_tuples(
        [("advantage_chain_revenue", "2024-H1"), ("advantage_chain_revenue", "2025")],
        names=["variable", "period"],
    )
    frame = pd.DataFrame(
        {
            "claimed": [math.nan, 4600.0],
            "claim_comparator": ["", ">"],
            "published": [2315.0, 5200.0],
            "comparator": ["=", "="],
            "vintage": ["statement", "expected"],
        },
        index=index,
    )
    shown = wording.tabulate_beside(frame, language="zh")
    assert shown["period_of_figure"].tolist() == ["2024年上半年", "2025年"]
    assert wording.term("measure_said", "zh") == "指标"
    assert shown["claimed_figure"].tolist() == [wording.MISSING, "超过4600亿元"]
    assert shown["published_figure"].tolist() == ["2315亿元", "5200亿元（预计）"]


def test_a_pair_of_counterparts_is_listed_once() -> None:
    items = pd.DataFrame(
        {
            "item": ["a", "b", "B", "A", "c"],
            "matched_item": ["A", "", "", "a", ""],
            "match": ["near", "no_counterpart", "no_counterpart", "near", "not_listed"],
            "remark": ["kept", "", "", "dropped", ""],
        },
        index=pd.MultiIndex.from_tuples(
            [("one", 1), ("one", 2), ("two", 1), ("two", 2), ("three", 1)],
            names=["frame", "position"],
        ),
    )
    shown = wording.tabulate_frames(items)
    assert shown["item"].tolist() == ["a", "b", "B", "c"]
    assert shown["remark"].tolist()[0] == "kept"
    assert shown.index.tolist() == ["one", "one", "two", "three"]
    assert wording.tabulate_frames(items.iloc[:0]).empty


def test_only_the_newest_year_of_a_reference_is_told() -> None:
    older = shift([0.1, 2.0, 3.0], [0.0, 0.0, 0.0], [0.1, 1.0, 3.0])
    newer = shift([0.0, -1.0, 0.0], [0.0, 0.0, 0.0], [0.1, 2.0, 3.0])
    index = pd.MultiIndex.from_tuples(
        [(reference, 2019, part) for reference, _, part in older.index], names=older.index.names
    )
    said = wording.describe_shift_share(pd.concat([older.set_axis(index), newer]), language="zh")
    assert "2019年" not in said
    assert "慢1.00个百分点" in said
