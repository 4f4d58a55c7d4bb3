"""Sentences follow the numbers, in both languages, and claim no more than they carry."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest

from lyanalysis import wording
from lyanalysis.indicators.growth import append_total, contribution
from lyanalysis.indicators.structure import share_drift
from lyanalysis.wording import texts

LANGUAGES = ("zh", "en")


def shares(rows: list[tuple[int, str, float]]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(
        [("410300", year, window) for year, window, _ in rows],
        names=["region_code", "year", "window"],
    )
    secondary = np.array([share for *_, share in rows])
    return pd.DataFrame(
        {"gdp_share_secondary": secondary, "gdp_share_tertiary": 100 - secondary}, index=index
    )


def account(pulls: list[float], growth: float) -> pd.DataFrame:
    parts = ["va_primary", "va_secondary", "va_tertiary"]
    index = pd.MultiIndex.from_product(
        [["410300"], [2025], parts], names=["region_code", "year", "part"]
    )
    pull = pd.Series(pulls, index=index)
    frame = pd.DataFrame(
        {
            "previous_share": 100 / 3,
            "share": 100 / 3,
            "growth": 3 * pull,
            "pull": pull,
            "contribution": contribution(pull, growth),
            "flag": "",
        }
    )
    total = pd.Series(
        [growth],
        index=pd.MultiIndex.from_tuples([("410300", 2025)], names=["region_code", "year"]),
    )
    return append_total(frame, total)


def drift(
    share: list[float],
    growth: list[float],
    last_share: list[float],
    *,
    total: float = 8.5,
    last_year: float = 2024.0,
    remarks: str = "",
) -> pd.DataFrame:
    names = ["hightech_mfg", "energy_intensive"][: len(share)]
    index = pd.MultiIndex.from_product([["410300"], names], names=["region_code", "aggregate"])
    years = pd.Series(last_year, index=index)
    return share_drift(
        pd.Series(share, index=index),
        pd.Series(growth, index=index),
        pd.Series(total, index=index),
        pd.Series(last_share, index=index),
        years_apart=2025 - years,
        remarks=pd.Series(remarks, index=index),
    ).assign(last_year=years)


def test_numbers_copy_as_numbers() -> None:
    assert wording.number(-1234.56, 1) == "-1234.6"
    assert wording.number(-0.04, 1) == "0.0"
    assert wording.number(math.nan, 1) == "—"


def test_shares_that_rise_and_fall_meet_the_right_words() -> None:
    falling = wording.describe_sector_shares(
        shares([(2022, "2022–2023", 40.3), (2023, "2022–2023", 39.0)]), language="zh"
    )
    assert "第二产业由40.3%变为39.0%（下降1.3个百分点）" in falling
    assert "第三产业由59.7%变为61.0%（上升1.3个百分点）" in falling
    rising = wording.describe_sector_shares(
        shares([(2022, "2022–2023", 39.0), (2023, "2022–2023", 40.3)]), language="en"
    )
    assert "secondary from 39.0% to 40.3% (up 1.3 percentage points)" in rising


def test_a_change_that_rounds_to_nothing_has_no_direction() -> None:
    said = wording.describe_sector_shares(
        shares([(2022, "2022–2023", 40.02), (2023, "2022–2023", 40.04)]), language="zh"
    )
    assert "持平" in said
    assert "上升" not in said
    assert "下降" not in said


def test_a_single_year_after_a_break_is_only_indicative() -> None:
    rows = [(2022, "2022–2023", 40.3), (2023, "2022–2023", 39.0), (2025, "2025", 40.1)]
    assert "2023年与2025年之间有统计口径断点" in wording.describe_sector_shares(
        shares(rows), language="zh"
    )


def test_pull_names_the_largest_sector_first_and_the_residual() -> None:
    said = wording.describe_pull(account([0.15, 2.48, 3.37], 6.0), year=2025, language="zh")
    assert said.index("第三产业拉动3.37个百分点") < said.index("第二产业拉动2.48个百分点")
    assert "与公布增速一致" in said
    rounded = wording.describe_pull(account([0.07, 0.64, 2.87], 3.5), year=2025, language="zh")
    assert "相差0.08个百分点，在公布数四舍五入的范围之内" in rounded
    far = wording.describe_pull(account([0.1, 1.0, 1.0], 3.5), year=2025, language="en")
    assert "1.40 points, more than rounding explains" in far


def test_a_year_that_cannot_be_decomposed_says_what_is_missing() -> None:
    said = wording.describe_pull(account([0.1, math.nan, 1.0], 3.5), year=2025, language="zh")
    assert "不能分解" in said
    assert "拉动" not in said


def test_speed_of_one_window_is_not_called_fastest() -> None:
    index = pd.MultiIndex.from_tuples(
        [("410300", "2022–2023"), ("410300", "2023→2025")], names=["region_code", "period"]
    )
    speed = pd.DataFrame(
        {
            "structural_change_k_per_year": [4.06, 9.9],
            "angle_degrees": [1.9, 5.0],
            "flag": ["", "crosses_break"],
        },
        index=index,
    )
    said = wording.describe_speed(speed, language="zh")
    assert "唯一" in said or "只有2022–2023年" in said
    assert "9.9" not in said


def test_growth_that_is_negative_or_near_zero_has_no_contribution_in_words() -> None:
    falling = wording.describe_pull(account([-0.1, -3.0, -2.0], -5.1), year=2025, language="zh")
    assert "实际下降5.1%" in falling
    assert "贡献率没有意义" in falling
    assert "（贡献率" not in falling
    still = wording.describe_pull(account([0.1, 0.1, 0.1], 0.3), year=2025, language="en")
    assert "contributions carry no meaning" in still
    assert "—" not in still


def test_no_direction_is_claimed_where_share_and_growth_disagree() -> None:
    flagged = drift([10.4, 42.8], [61.9, 4.3], [3.0, 40.9])
    zh = wording.describe_drivers(flagged, year=2025, language="zh")
    assert "快于规模以上工业的有高技术制造业（61.9%）" in zh
    assert "慢于规模以上工业的有高耗能行业（4.3%）" in zh
    assert "不判断比重升降" in zh
    assert "高耗能行业（比重与增速不一致" in zh
    assert not re.search(r"判断为(上升|下降)", zh)
    en = wording.describe_drivers(flagged, year=2025, language="en")
    assert "No direction of the share is claimed" in en
    assert "rising" not in en
    assert "falling" not in en


def test_industry_that_shrank_is_said_to_have_fallen() -> None:
    shrunk = drift([10.4], [20.0], [9.5], total=-2.0)
    assert "实际下降2.0%" in wording.describe_drivers(shrunk, year=2025, language="zh")
    assert "fell by 2.0%" in wording.describe_drivers(shrunk, year=2025, language="en")


def test_a_direction_that_stands_is_said() -> None:
    clear = drift([10.4], [20.0], [9.5])
    assert "可以判断为上升的是高技术制造业" in wording.describe_drivers(
        clear, year=2025, language="zh"
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"last_year": 2020.0}, "上次公布不在上一年"),
        ({"remarks": "crosses_break"}, "跨断点"),
    ],
)
def test_an_old_share_or_a_break_forbids_a_direction(changes: dict, reason: str) -> None:
    said = wording.describe_drivers(
        drift([10.4], [20.0], [9.5], **changes), year=2025, language="zh"
    )
    assert "判断为上升" not in said
    assert reason in said


def test_a_region_with_growth_but_no_shares_is_told_so() -> None:
    growth_only = drift([math.nan], [20.0], [9.5])
    assert "没有公布比重" in wording.explain_driver_figure(growth_only, language="zh")
    assert "空心" not in wording.explain_driver_figure(growth_only, language="zh")
    assert "空心" in wording.explain_driver_figure(drift([10.4], [20.0], [9.5]), language="zh")


def test_a_year_published_before_and_after_a_revision_is_no_break_with_itself() -> None:
    rows = [(2021, "2021–2022", 44.0), (2022, "2021–2022", 43.6), (2022, "2022", 40.3)]
    said = wording.describe_sector_shares(shares(rows), language="zh")
    assert "2022年与2022年" not in said
    assert "修订前后各公布一版" in said


def test_a_printed_change_is_the_difference_of_what_is_printed() -> None:
    said = wording.describe_sector_shares(
        shares([(2022, "2022–2023", 4.86), (2023, "2022–2023", 4.54)]), language="zh"
    )
    assert "由4.9%变为4.5%（下降0.4个百分点）" in said


def test_nothing_published_is_said_in_words() -> None:
    empty = drift([math.nan], [math.nan], [math.nan], total=math.nan, last_year=math.nan)
    for language in LANGUAGES:
        assert not re.search(r"\d%", wording.describe_drivers(empty, year=2025, language=language))
        nothing = shares([(2025, "2025", math.nan)])
        assert "nan" not in wording.describe_sector_shares(nothing, language=language)


def test_every_exhibit_has_its_texts_in_both_languages() -> None:
    for exhibit, languages in texts.EXHIBITS.items():
        assert set(languages) == set(LANGUAGES), exhibit
        for language in LANGUAGES:
            found = wording.exhibit_text(exhibit, region="410300", year=2025, language=language)
            assert found.caption
            assert found.alt
            assert found.missing
            assert "{" not in found.caption + found.alt + found.note + found.missing
        assert re.search(r"[\u4e00-\u9fff]", " ".join(languages["zh"]))
        assert not re.search(r"[\u4e00-\u9fff]", " ".join(languages["en"]))


def card(**rows: tuple[float, float, float, float]) -> pd.DataFrame:
    """Rows of a scorecard: value, change, province, nation."""
    names = [
        "gdp_growth_real",
        "tertiary_contribution",
        "hightech_mfg_share",
        "energy_intensive_share",
    ]
    frame = pd.DataFrame(
        [rows.get(name, (math.nan,) * 4) for name in names],
        index=pd.Index(names, name="variable"),
        columns=["value", "change", "province", "nation"],
    )
    known = frame["value"].notna()
    return frame.assign(
        value_year=np.where(known, 2025.0, np.nan), evidence_grade=np.where(known, "A", "")
    )


def gaps(**values: float) -> pd.DataFrame:
    index = pd.MultiIndex.from_product(
        [["410300"], list(values)], names=["region_code", "aggregate"]
    )
    return pd.DataFrame({"growth_gap": list(values.values())}, index=index)


def finding(scores: pd.DataFrame, ahead: pd.DataFrame, language: str = "zh") -> str:
    return wording.summarise(scores, ahead, region="410300", year=2025, language=language)


SCORES = card(
    gdp_growth_real=(6.0, 1.1, 5.6, 6.04),
    tertiary_contribution=(56.2, math.nan, math.nan, math.nan),
    hightech_mfg_share=(10.4, 3.4, math.nan, 17.1),
)


def test_the_finding_compares_with_the_year_before_province_and_nation() -> None:
    said = finding(SCORES, gaps(hightech_mfg=53.4, energy_intensive=-4.2))
    assert "实际增长6.0%，增速比上年高1.1个百分点，高于全省（5.6%），等于全国（6.0%）" in said
    assert "第三产业对增长的贡献率为56.2%" in said
    assert "高技术制造业占10.4%（2025年，全国17.1%）" in said
    assert "4项指标中3项有数：各项都只出自A级来源，2项算得出较上年的变动，2项有" in said
    assert [line[:4] for line in said.splitlines()] == ["- **"] * 4, "four short answers"
    assert "全国17.1%），同口径比上年升3.4个百分点" in said
    english = finding(SCORES, gaps(hightech_mfg=53.4, energy_intensive=-4.2), "en")
    assert "a rate 1.1 points higher than in the year before, above the province (5.6%)" in english
    assert "(2025, the nation 17.1%), up 3.4 points on a constant scope" in english
    assert "figures for 3 of 4 measures: all rest on sources of grade A alone, 2 have" in english


@pytest.mark.parametrize(
    ("ahead", "verdict", "english"),
    [
        ({"hightech_mfg": 5.0, "energy_intensive": -4.2}, "正由旧动能转向新动能", "to new ones"),
        ({"hightech_mfg": -5.0, "energy_intensive": 4.2}, "反而靠向旧动能", "back to old"),
        (
            {"hightech_mfg": 5.0, "sei": -0.1, "energy_intensive": -4.2},
            "快慢不一",
            "on both sides",
        ),
        ({"hightech_mfg": 5.0, "energy_intensive": 0.04}, "快慢不一", "on both sides"),
        ({"hightech_mfg": 5.0, "energy_intensive": 1.0}, "同一边", "on the same side"),
        ({"hightech_mfg": -5.0, "energy_intensive": -1.0}, "同一边", "on the same side"),
        ({"hightech_mfg": 5.0, "energy_intensive": math.nan}, "只能看到一半", "only half"),
        ({"hightech_mfg": -5.0}, "都落在后面", "lags behind"),
        ({"hightech_mfg": -5.0, "sei": 1.0}, "没有全部跑在前面", "not every aggregate"),
        ({"energy_intensive": -4.2}, "新动能各口径的增速没有公布", "of new drivers is not"),
        ({"hightech_mfg": math.nan}, "无从判断", "cannot be told"),
    ],
)
def test_a_shift_is_claimed_only_where_both_sides_bear_it_out(
    ahead: dict[str, float], verdict: str, english: str
) -> None:
    assert verdict in finding(SCORES, gaps(**ahead))
    assert english in finding(SCORES, gaps(**ahead), "en")
    claims = ("正由旧动能转向新动能" in finding(SCORES, gaps(**ahead))) == (
        verdict == "正由旧动能转向新动能"
    )
    assert claims


def test_a_finding_without_figures_says_so() -> None:
    said = finding(card(), gaps(hightech_mfg=math.nan))
    assert "没有公布洛阳市生产总值的实际增速" in said
    assert "记分卡4项指标都没有数" in said
    assert "nan" not in said + finding(card(), gaps(hightech_mfg=math.nan), "en")


def test_a_fall_is_called_one() -> None:
    fallen = card(
        gdp_growth_real=(-1.3, -5.0, math.nan, math.nan),
        tertiary_contribution=(20.0, math.nan, math.nan, math.nan),
    )
    said = finding(fallen, gaps(hightech_mfg=1.0))
    assert "实际下降1.3%，增速比上年低5.0个百分点" in said
    english = finding(fallen, gaps(hightech_mfg=1.0), "en")
    assert "fell by 1.3% in real terms, a rate 5.0 points lower than in the year before" in english
    assert "贡献" not in said


def test_an_unknown_exhibit_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no texts for 'sector-share'; known are scorecard"):
        wording.exhibit_text("sector-share", region="410300", year=2025, language="zh")


def test_every_code_has_words_in_both_languages() -> None:
    for code, words in texts.TERMS.items():
        assert len(words) == 2, code
        assert all(words)
    assert wording.join_codes("", "zh") == ""
