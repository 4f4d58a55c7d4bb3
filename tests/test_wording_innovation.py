"""Sentences on innovation follow the figures, in both languages, and claim no streak too many."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lyanalysis import wording
from lyanalysis.indicators import claims
from lyanalysis.sources import (
    load_before_after,
    load_chain_cases,
    load_check_inputs,
    load_checks,
    load_dated,
    load_region_checks,
    match_region_claims,
)
from lyanalysis.wording.series import change_of, changed, listed_years, points

NAN = np.nan
OWN, PROVINCE, NATION = "410300", "410000", "100000"
LANGUAGES = ("zh", "en")


def frame(regions: dict[str, dict[int, float]], column: str = "rd_intensity") -> pd.DataFrame:
    cells = {
        (code, year): value for code, years in regions.items() for year, value in years.items()
    }
    index = pd.MultiIndex.from_tuples(list(cells), names=["region_code", "year"])
    return pd.DataFrame({column: list(cells.values())}, index=index, dtype=float)


def intensity(
    regions: dict[str, dict[int, float]], other: dict[int, float] | None = None
) -> pd.DataFrame:
    values = frame(regions)
    others = pd.Series(NAN, index=values.index)
    for year, value in (other or {}).items():
        others[(OWN, year)] = value
    return values.assign(other_value=others)


def own_frame(**columns: dict[int, float]) -> pd.DataFrame:
    years = sorted({year for cells in columns.values() for year in cells})
    index = pd.MultiIndex.from_product([[OWN], years], names=["region_code", "year"])
    data = {name: [cells.get(year, NAN) for year in years] for name, cells in columns.items()}
    return pd.DataFrame(data, index=index, dtype=float)


class TestIntensity:
    def test_a_fall_a_dispute_and_a_gap_with_years_missing(self) -> None:
        values = intensity(
            {
                OWN: {2019: 2.37, 2020: 2.82, 2023: 3.44, 2024: 3.03},
                NATION: {2019: 2.23, 2020: 2.40, 2021: 2.44, 2023: 2.64},
            },
            {2023: 3.47},
        )
        zh = wording.describe_rd_intensity(values, region=OWN, language="zh")
        assert "2024年研究与试验发展（R&D）经费投入强度为3.03%，比上年下降0.41个百分点。" in zh
        assert "采用3.44%，另有3.47%" in zh
        assert "2019年比全国高0.14个百分点，2023年高0.80个百分点" in zh
        assert "连续年数无从核实" in zh
        assert zh.headline == "2024年研发投入强度降至3.03%，2023年比全国高0.80个百分点"
        en = wording.describe_rd_intensity(values, region=OWN, language="en")
        assert "down 0.41 points from the year before" in en
        assert "0.14 points above China in 2019 and 0.80 points above it in 2023" in en
        assert en.headline == "R&D intensity down to 3.03% in 2024; 0.80 points above China in 2023"

    def test_a_rise_below_the_nation_without_a_missing_year(self) -> None:
        values = intensity({OWN: {2022: 1.86, 2023: 2.05}, NATION: {2022: 2.54, 2023: 2.64}})
        zh = wording.describe_rd_intensity(values, region=OWN, language="zh")
        assert "比上年提高0.19个百分点" in zh
        assert "2022年比全国低0.68个百分点，2023年低0.59个百分点" in zh
        assert "均较低" in zh
        assert "无从核实" not in zh

    def test_ties_and_crossings_claim_no_side(self) -> None:
        tied = intensity({OWN: {2022: 2.5, 2023: 2.64}, NATION: {2022: 2.54, 2023: 2.64}})
        en = wording.describe_rd_intensity(tied, region=OWN, language="en")
        assert "level with it in 2023" in en
        assert "every year" not in en
        level = intensity({OWN: {2022: 2.5, 2023: 2.5}})
        assert "与上年持平" in wording.describe_rd_intensity(level, region=OWN, language="zh")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_of_the_region_gives_no_headline(self, language: str) -> None:
        values = intensity({OWN: {2023: NAN}, NATION: {2023: 2.64}})
        said = wording.describe_rd_intensity(values, region=OWN, language=language)
        assert said.headline == ""
        assert "2.64" not in said


class TestAcross:
    NEWEST = frame({OWN: {2023: 3.44, 2024: 3.03}, "419001": {2023: 3.44}, "410100": {2023: 2.72}})
    DISPUTED = pd.DataFrame(
        {"other_value": [3.47]},
        index=pd.MultiIndex.from_tuples(
            [(OWN, "rd_intensity", 2023)], names=["region_code", "variable", "year"]
        ),
    )

    def test_a_tie_that_another_source_breaks(self) -> None:
        said = wording.describe_rd_across(self.NEWEST, self.DISPUTED, region=OWN, language="zh")
        assert "并列居第1位" in said
        assert "按另一来源的3.47%则居第1位，位次取决于取哪一个数" in said
        assert said.headline == "2023年研发投入强度在有数的3个市中并列居第1位"

    def test_the_last_of_three(self) -> None:
        said = wording.describe_rd_across(
            self.NEWEST, self.DISPUTED.iloc[:0], region="410100", language="en"
        )
        assert "The region, with 2.72%, is 3rd of 3 cities." in said

    def test_a_region_without_a_figure_is_not_ranked(self) -> None:
        said = wording.describe_rd_across(
            self.NEWEST, self.DISPUTED.iloc[:0], region="410600", language="en"
        )
        assert "The region" not in said
        assert said.headline == "R&D intensity of cities between 2.72% and 3.44% in 2023"


class TestLevels:
    def test_expenditure_fell_on_the_year_and_rose_on_the_first(self) -> None:
        spent = own_frame(
            rd_expenditure={2018: 99.3581, 2023: 190.01, 2024: 176.27},
            rd_expenditure_industry={2023: 135.62},
        )
        zh = wording.describe_rd_expenditure(spent, language="zh")
        assert "2024年R&D经费176.3亿元，比上年下降7.2%。" in zh
        assert "与2018年的99.4亿元相比，增长77.4%（现价）。" in zh
        assert "2023年规模以上工业企业占71.4%。" in zh
        en = wording.describe_rd_expenditure(spent, language="en")
        assert en.headline == (
            "R&D expenditure 17.63 billion yuan in 2024, down 7.2% from the year before"
        )

    def test_contracts_by_gdp(self) -> None:
        inputs = own_frame(
            tech_contract_value={2023: 145.4, 2025: 284.9},
            tech_contracts_by_gdp={2023: 2.6525, 2025: 4.6216},
        )
        zh = wording.describe_contracts(inputs, language="zh")
        assert "2023年145.4亿元，相当于生产总值的2.65%" in zh
        assert "比2023年增长95.9%" in zh

    def test_patents_that_move_in_opposite_directions(self) -> None:
        patents = own_frame(
            patents_granted={2023: 12123.0, 2025: 9797.0},
            invention_patents_granted={2022: 1725.0, 2023: 2201.0},
            invention_patents_valid={2023: 12672.0, 2025: 16785.0},
            invention_share_of_grants={2022: 12.2141, 2023: 18.1556},
            invention_patents_per_10k={2025: 23.7},
        )
        zh = wording.describe_patents(patents, language="zh")
        assert "2025年专利授权量9797件，比2023年下降19.2%" in zh
        assert "2025年末有效发明专利16785件，比2023年增长32.5%，每万常住人口23.7件" in zh
        assert zh.headline == "专利授权量比2023年下降19.2%，有效发明专利比2023年增长32.5%"
        en = wording.describe_patents(patents, language="en")
        assert en.headline.startswith("Grants down 19.2% from 2023")

    def test_two_ratios_of_loans_are_told_apart(self) -> None:
        funds = own_frame(
            loan_deposit_ratio_rmb={2018: 69.9, 2023: 88.7},
            loan_deposit_ratio={2023: 88.2, 2025: 79.2},
            science_budget_share={2018: 3.18, 2023: 6.36},
        )
        zh = wording.describe_funds(funds, language="zh")
        assert "人民币存贷比2018年为69.9%，2023年为88.7%，提高18.8个百分点。" in zh
        assert "本外币存贷比2023年为88.2%，2025年为79.2%，下降9.0个百分点。" in zh
        assert zh.headline == "2023年财政科技支出占比升至6.36%，人民币存贷比升至88.7%"

    def test_margins_of_two_regions(self) -> None:
        index = pd.MultiIndex.from_product(
            [[PROVINCE, NATION], [2010, 2023]], names=["region_code", "year"]
        )
        hightech = pd.DataFrame(
            {
                "hightech_mfg_margin": [10.94, 3.82, 6.55, 6.56],
                "hightech_mfg_revenue_per_firm": [1.63, 5.26, 2.64, 4.25],
            },
            index=index,
        )
        zh = wording.describe_hightech(hightech, language="zh")
        assert "2023年为3.8%，下降7.1个百分点；2023年户均营业收入5.26亿元。" in zh
        assert zh.headline == "2023年高技术制造业利润率：河南省3.8%，全国6.6%"
        en = wording.describe_hightech(hightech, language="en")
        assert "revenue per firm 526 million yuan in 2023" in en

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_published_is_said_plainly(self, language: str) -> None:
        columns = ["rd_expenditure", "rd_expenditure_industry", "tech_contract_value"]
        columns += ["tech_contracts_by_gdp", "patents_granted", "invention_patents_granted"]
        columns += ["invention_patents_valid", "invention_share_of_grants"]
        columns += ["invention_patents_per_10k", "loan_deposit_ratio_rmb", "loan_deposit_ratio"]
        columns += ["science_budget_share", "hightech_mfg_margin", "hightech_mfg_revenue_per_firm"]
        nothing = own_frame(**{name: {2023: NAN} for name in columns})
        for describe in (
            wording.describe_rd_expenditure,
            wording.describe_contracts,
            wording.describe_patents,
            wording.describe_funds,
            wording.describe_hightech,
        ):
            said = describe(nothing, language=language)
            assert said.headline == ""
            assert not any(digit in said for digit in "0123456789")


class TestClaims:
    def test_the_matrix_shows_its_empty_cells(self) -> None:
        cases = load_chain_cases(OWN, language="zh")
        table = wording.tabulate_chains(cases, language="zh")
        bearing = table.loc[("产业链", "洛轴（混改启动年份2022年）")]
        assert bearing["cost"] == wording.MISSING
        assert bearing["result"] == "企业营业收入46.99亿元；“生产总值”同比增速36%"
        assert table.xs("政策链")["cost"].eq(wording.MISSING).all()
        said = wording.describe_chains(cases, language="zh")
        assert f"{len(table)}个案例" in said
        assert said.endswith("政策链没有说到投入和成效。")

    def test_targets_are_called_targets_and_years_stay_years(self) -> None:
        table = wording.tabulate_chains(load_chain_cases(OWN, language="en"), language="en")
        text = " ".join(table.reset_index().to_numpy().ravel())
        assert "target: Science vice-presidents sent out: 50 persons" in text
        assert "began: 2022)" in text
        assert "6 years" in text

    def test_no_effect_is_read_where_one_side_is_empty(self) -> None:
        asked = ["enterprise_revenue", "strategic_investors_count"]
        found = load_before_after(OWN, "mixed_ownership_reform_start_year", asked, language="zh")
        table = wording.tabulate_before_after(found, language="zh")
        assert table["before"].eq(wording.MISSING).all()
        assert table["after"].tolist() == ["46.99亿元（2024年）", wording.MISSING]
        assert table["undated"].tolist() == [wording.MISSING, "8家"]
        assert "算不出改革的效果" in wording.describe_before_after(found, language="zh")
        both = pd.concat([found.assign(side="before", period="2021"), found])
        assert "算不出" not in wording.describe_before_after(both, language="zh")

    def test_an_undated_claim_is_named_and_not_dated(self) -> None:
        matched = match_region_claims(OWN, ["rd_intensity", "cloud_enterprises"])
        said = wording.describe_claims(matched, language="zh")
        assert "研发投入强度报道称3.28%（F062），最接近的是2023年的3.44%" in said
        assert "相等的1个" in said
        assert "不入图" in said
        table = wording.tabulate_claims(matched, language="en")
        assert table.loc["F062", ["claimed", "closest"]].tolist() == ["3.28%", "3.44"]

    def test_checks_compute_to_the_printed_values(self) -> None:
        checks = load_region_checks(OWN, ["D15", "D16", "D17", "D25", "D26", "D35", "D36", "X6"])
        judged = checks.join(claims.evaluate_checks(load_checks(), load_check_inputs()))
        table = wording.check_table(judged, language="zh")
        results = {name.partition(" ")[0]: words for name, words in table["computed"].items()}
        assert results["D15"].startswith("占17条链营收：低于1.022%")
        assert "带动营收与自身营收之比：超过0.4256" in results["D15"]
        assert results["D16"].startswith("63.91亿元")
        assert "2018年" in results["D17"]
        assert "超过1.667%" in results["D25"]
        assert "0.2194" in results["D25"]
        assert "低于0.55%" in results["D26"]
        assert "70年" in results["D35"]
        assert "134家" in results["X6"]
        assert "3.393%" in results["X6"]
        table = wording.check_table(judged, language="en")
        english = {name.partition(" ")[0]: words for name, words in table["computed"].items()}
        assert "2018" in english["D17"]
        assert "2,018" not in english["D17"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_region_the_article_is_silent_on(self, language: str) -> None:
        cases = load_chain_cases("410100", language=language)
        matched = match_region_claims("410100", ["rd_intensity"])
        said = [
            wording.describe_chains(cases, language=language),
            wording.describe_claims(matched, language=language),
        ]
        assert not any(digit in text for text in said for digit in "0123456789")


class TestDated:
    def test_kinds_are_apart_and_a_bound_is_marked(self) -> None:
        names = ["sti_enterprises_total", "specialised_sme", "eng_tech_centers_provincial"]
        dated = load_dated(names, [OWN], first_year=2010, last_year=2025)
        table = wording.tabulate_dated(dated, language="zh")
        assert table["period_kind"].tolist() == ["年末数", "年末数", "时点数", "累计数"]
        assert table.loc[2, ["value", "flag"]].tolist() == [5000.0, "more_than"]
        assert table.loc[3, "period"] == "2021—2025年（截至2025-09-30）"
        said = wording.describe_dated(dated, language="zh")
        assert "工程技术研究中心由2023年的363个变为2025年的432个" in said

    def test_a_variable_whose_levels_do_not_compare_is_not_compared(self) -> None:
        dated = load_dated(["smart_factories_provincial"], [OWN], first_year=2010, last_year=2025)
        assert len(dated) == 2
        assert "56" not in wording.describe_dated(dated, language="zh")

    def test_depth_needs_one_date(self) -> None:
        index = pd.MultiIndex.from_tuples([(OWN, "2024-09")], names=["region_code", "period"])
        depth = pd.DataFrame({"smart_factories_provincial": [0.5778]}, index=index)
        assert "每百家上云企业对应0.58家" in wording.describe_digital(depth, language="zh")
        assert "cannot be computed" in wording.describe_digital(depth * NAN, language="en")


def test_changes_on_ties_zeros_and_gaps() -> None:
    assert change_of([(2022, 0.0), (2023, 5.0)], "zh") == ""
    assert change_of([(2020, 5.0), (2023, 5.001)], "zh") == "与2020年持平"
    assert change_of([(2020, 5.0), (2023, 4.0)], "en") == "down 20.0% from 2020"
    assert points(0.004, "比上年", 2, "zh") == "与上年持平"
    assert changed(10.0, 30.0, "zh") == "增至3.0倍"
    assert listed_years([2011, 2012, 2013, 2015], "en") == "2011–2013 and 2015"
