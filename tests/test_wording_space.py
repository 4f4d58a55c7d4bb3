"""Sentences of the chapter on space are true of the numbers they are made from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lyanalysis import wording
from lyanalysis.indicators import claims, space
from lyanalysis.sources import (
    FACTS,
    checks_about,
    load_cases,
    load_check_inputs,
    load_checks,
    load_region_checks,
)
from lyanalysis.wording.space import changed

KEYS = ["region_code", "year"]


def frame(columns: dict[str, list[float]], rows: list[tuple[str, int]]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=pd.MultiIndex.from_tuples(rows, names=KEYS))


def judged(region: str = "410300") -> pd.DataFrame:
    evaluated = claims.evaluate_checks(load_checks(), load_check_inputs())
    return load_region_checks(region).join(evaluated)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (2.34, "增长2.3%", "rose by 2.3%"),
        (-2.34, "下降2.3%", "fell by 2.3%"),
        (-0.04, "持平", "did not change"),
    ],
)
def test_a_change_is_named_as_a_reader_sees_it(value: float, zh: str, en: str) -> None:
    assert changed(value, 1, "zh") == zh
    assert changed(value, 1, "en") == en


class TestTowns:
    ROWS = tuple((code, 2025) for code in ("410300", "410100", "410600", "410000"))

    def describe(self, rates: list[float], changes: list[float], language: str) -> wording.Prose:
        towns = frame({"urbanization_rate": rates, "population_change": changes}, [*self.ROWS])
        return wording.describe_towns(towns, year=2025, span=5, language=language)

    def test_rank_counts_regions_of_one_level_and_ties_share_it(self) -> None:
        said = self.describe([69.08, 81.5, 69.08, 99.0], [-0.3, 4.1, 1.0, 9.0], "zh")
        assert "在公布此数的3个同级地区中居第2位" in said
        assert "常住人口下降0.3%" in said
        assert "居第3位" in said
        assert said.headline == "城镇化率69.1%，居3个地区第2位；5年间常住人口下降0.3%"

    def test_only_what_is_published_is_said(self) -> None:
        said = self.describe([np.nan, 81.5, 60, 50], [0.3, np.nan, np.nan, np.nan], "en")
        assert said == "Compared with 2020, the number of residents rose by 0.3%."
        assert said.headline == "Residents rose by 0.3% in 5 years"
        nothing = self.describe([np.nan, 81.5, 60, 50], [np.nan] * 4, "en")
        assert "Neither" in nothing
        assert nothing.headline == ""


def test_property_names_the_part_that_is_published() -> None:
    rows = [("410100", 2025), ("410300", 2025)]
    weights = frame({"real_estate_share": [8.3, 4.9], "construction_share": [np.nan, 6.8]}, rows)
    said = wording.describe_property(weights, year=2025, language="zh")
    assert said == "2025年地区生产总值中，房地产业占8.3%（2地中第1位）。"
    assert "建筑业" not in said.headline


@pytest.mark.parametrize(
    ("industry", "estate", "verdict"),
    [
        (18.6, -13.6, "工业高出32.2个百分点，没有偏向房地产的迹象"),
        (-22.7, -6.9, "工业低15.8个百分点，相对而言投资偏向房地产"),
        (3.0, 3.04, "两者同速"),
    ],
)
def test_investment_is_judged_by_the_gap(industry: float, estate: float, verdict: str) -> None:
    rates = frame(
        {
            "industrial_investment_growth": [np.nan, industry],
            "real_estate_investment_growth": [1.0, estate],
        },
        [("410300", 2024), ("410300", 2025)],
    )
    said = wording.describe_investment(rates, language="zh")
    assert verdict in said
    assert "2024" not in said
    assert "2025" in said.headline


class TestClaims:
    def cases(self, language: str = "zh") -> pd.DataFrame:
        return load_cases("410300", "space", language=language)

    def test_facts_are_counted_as_the_article_gives_them(self) -> None:
        facts = wording.tabulate_facts(self.cases(), FACTS, language="zh")
        said = wording.describe_facts(facts, language="zh")
        # Counted in the article: park with land, firms, output, tax, jobs; two more with firms.
        assert facts["value"].notna().sum() == 7
        assert said.headline == "3处场所应有18个数，报道只给出7个，3个还是预计数"
        assert "没有一处写出改造前后的数" in said

    def test_nothing_is_actual(self) -> None:
        for targets in (False, True):
            table = wording.tabulate_cases(self.cases(), targets=targets, language="zh")
            assert set(table["actual"]) == {wording.MISSING}
        assert table["said"].tolist() == ["超过15家", "不低于1500家", "不低于500家", "超过1万人"]
        assert set(table["due"]) == {"2025"}

    def test_results_keep_their_bounds(self) -> None:
        checks = checks_about(judged(), self.cases().index)
        results = wording.quantity_table(checks, language="zh").set_axis(
            checks.index.get_level_values("part")
        )["result"]
        # Values of section 4.1 of the article's model: D19 to D24.
        expected = {
            "output_per_mu": "超过257.3万元",
            "tax_per_mu": "超过12.01万元",
            "hectares": "38.87公顷",
            "output_per_km2": "超过38.59亿元",
            "tax_ratio": "4.667%（两边不封闭）",
            "output_per_job": "超过150万元",
            "jobs_per_firm": "24.39人",
            "output_per_firm": "超过3658.5万元",
            "mu_per_firm": "14.22亩",
            "firms_per_community": "100家（两边不封闭）",
            "of_average": "41%（两边不封闭）",
            "firms_each": "35.71家（两边不封闭）",
        }
        assert results[list(expected)].to_dict() == expected

    def test_the_ledger_agrees_with_the_indicators_of_space(self) -> None:
        park = self.cases().drop_duplicates("fact").set_index("fact")["value"]
        checks = checks_about(judged(), self.cases().index)["value"]
        # Output and tax in 100 million yuan, jobs in 10 000 persons.
        found = checks.droplevel("check_id")
        area, firms, jobs = park["fact_area"], park["fact_firms"], park["fact_jobs"] * 10_000
        output, tax = park["fact_output"] * 10_000, park["fact_tax"] * 10_000
        assert space.per_mu(output, area) == pytest.approx(found["output_per_mu"])
        assert space.per_mu(tax, area) == pytest.approx(found["tax_per_mu"])
        assert space.per_job(output, jobs) == pytest.approx(found["output_per_job"])
        assert space.per_firm(area, firms) == pytest.approx(found["mu_per_firm"])
        assert space.area_in_mu(found["hectares"], unit="hectare") == pytest.approx(area)

    def test_the_model_community_is_set_against_the_average(self) -> None:
        cases = self.cases("en")
        checks = checks_about(judged(), cases.index)
        sizes = wording.tabulate_sizes(cases, checks, language="en")
        assert sizes["value"].round(1).tolist() == [100.0, 41.0, 1000.0, 35.7]
        assert sizes["status"].tolist() == ["target", "stated", "stated", "scenario"]
        said = wording.describe_sizes(checks, language="en")
        assert "fill 67% of the target and each other one would need about 36 firms" in said
        assert said.headline == "The model community has 41% of the firms the targets imply"

    def test_a_region_the_article_does_not_tell_of_gets_plain_sentences(self) -> None:
        cases = load_cases("410100", "space", language="zh")
        checks = checks_about(judged("410100"), cases.index)
        assert checks.empty
        facts = wording.tabulate_facts(cases, FACTS, language="zh")
        for said in (
            wording.describe_facts(facts, language="zh"),
            wording.describe_yields(checks, language="zh"),
            wording.describe_sizes(checks, language="zh"),
        ):
            assert said.headline == ""
        assert wording.tabulate_sizes(cases, checks, language="zh").empty


def test_the_card_takes_the_newest_figure_and_says_where_there_is_none() -> None:
    columns = {name: [np.nan, np.nan] for name in wording.CARD_EVIDENCE}
    columns |= {"rd_intensity": [3.44, 3.03], "urban_new_jobs": [10.8, np.nan]}
    published = frame(columns, [("410300", 2023), ("410300", 2024)])
    card = wording.tabulate_requirements(published, language="zh").set_index("requirement")
    assert card.loc["有科技", "evidence"] == "研发投入强度3.03%（2024年）"
    assert card.loc["是社区", "evidence"] == "城镇新增就业10.8万人（2023年）"
    assert card.loc["靠市场", "evidence"] == "没有公布数"
    needs = wording.tabulate_needs(published, language="en").set_index("need")
    assert needs.loc["R&D intensity (%)"].tolist() == [2.0, 2024.0]
    assert needs.iloc[0].isna().all()


class TestTourism:
    def years(self, spends: list[tuple[float, float, float]]) -> pd.DataFrame:
        return frame(
            {
                "tourism_visits": [15300.0, 16000.0],
                "tourism_visits_growth": [np.nan, -3.3],
                "tourism_revenue": [1208.6, 1285.4],
                "tourism_revenue_growth": [np.nan, 6.4],
                "spend_per_visit": [one[0] for one in spends],
                "spend_lower": [one[1] for one in spends],
                "spend_upper": [one[2] for one in spends],
            },
            [("410300", 2024), ("410300", 2025)],
        )

    @pytest.mark.parametrize(
        ("before", "verdict"),
        [
            ((790.0, 787.0, 793.0), "有重叠"),
            ((700.0, 690.0, 710.0), "高于上年"),
            ((900.0, 880.0, 920.0), "低于上年"),
        ],
    )
    def test_spend_is_compared_only_beyond_rounding(self, before, verdict: str) -> None:
        said = wording.describe_tourism(self.years([before, (803.0, 779.0, 829.0)]), language="zh")
        assert verdict in said
        assert said.headline == "2025年接待游客下降3.3%，旅游总收入增长6.4%"

    def parts(self, published: list[float], claimed: list[float]) -> pd.DataFrame:
        names = ["tourism_revenue_growth", "tourism_visits_growth"]
        rates = wording.set_beside(
            frame(
                {name: [value] for name, value in zip(names, published, strict=True)},
                [("410300", 2025)],
            ),
            pd.DataFrame([claimed], columns=names),
            periods=pd.Series(["2024", "2024"]),
            language="zh",
        )
        return space.spend_decomposition(*(rates[name] for name in names))

    def test_claims_are_named_as_such_and_make_no_headline(self) -> None:
        # Check D3: revenue 16.02, visits 13.48, so spend rose by 2.24 percent.
        said = wording.describe_spend(self.parts([np.nan, np.nan], [16.02, 13.48]), language="zh")
        assert said.startswith("按报道所称的增速，2024年旅游总收入增长16.0%，人次拉动13.6个百分点")
        assert "人次花费增长2.2%" in said
        assert said.headline == ""

    def test_a_decline_carries_no_contribution(self) -> None:
        said = wording.describe_spend(self.parts([-10.0, 2.0], [np.nan, np.nan]), language="zh")
        assert "旅游总收入下降10.0%" in said
        assert "贡献率" not in said
        assert "人次花费下降11.8%" in said

    def test_nothing_to_split(self) -> None:
        said = wording.describe_spend(self.parts([np.nan] * 2, [np.nan] * 2), language="en")
        assert "cannot be split" in said

    def test_occasions_are_named_by_what_they_are(self) -> None:
        rows = pd.DataFrame(
            {
                "variable": ["tourism_visits", "tourism_holiday_visits", "tourism_visits"],
                "period": ["2015-01/2015-12", "2023-national-day-holiday", "2016-H1"],
                "period_kind": ["year_to_date", "event", "half_year"],
                "as_of": ["2015-12-16", "", ""],
                "visits": [10000.0, 879.77, 5734.66],
                "visits_growth": np.nan,
                "revenue": np.nan,
                "revenue_growth": np.nan,
                "comparator": [">", "=", "="],
                "revenue_comparator": "=",
                "flag": ["", "doubtful", ""],
            }
        )
        table = wording.tabulate_occasions(rows, language="zh")
        assert table["when"].tolist() == ["2015年，截至12月16日", "2023年国庆假期", "2016年上半年"]
        assert table["flag"].tolist() == ["lower_bound", "doubtful", ""]
