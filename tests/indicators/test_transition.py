from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lyanalysis.indicators.composite import pillar_framework
from lyanalysis.indicators.transition import (
    catch_up,
    complete_rows,
    coupled_systems,
    derive_indicators,
    edition_contributions,
    energy_decoupling,
    index_scores,
    look_ahead,
    own_index,
    rank_by_method,
    rank_drivers,
    rank_intervals,
    ranks_without,
)
from lyanalysis.sources import SUBINDEX_WEIGHTS, load_editions

NAMES = list("abcd")
TREE = pillar_framework(
    pd.DataFrame({"pillar": ["p", "p", "q", "q"], "direction": 1, "weight": 1}, index=NAMES),
    root="index",
)


def cities(count: int) -> pd.DataFrame:
    index = pd.MultiIndex.from_product(
        [[f"c{place}" for place in range(count)], [2025]], names=["region_code", "year"]
    )
    cells = np.random.default_rng(3).uniform(1, 9, (count, 4))
    return pd.DataFrame(cells, index, NAMES)


class TestAdmission:
    def test_seven_in_ten_one_in_every_pillar_and_eight_cities(self):
        data = cities(10)
        data.iloc[0, 0] = np.nan  # three of four: scored, with gaps
        data.iloc[1, :2] = np.nan  # two of four, and a pillar empty
        found = index_scores(data, TREE)
        assert found["flag"].tolist()[:2] == ["gaps", "too_few_indicators;pillar_missing"]
        assert found["index"].notna().sum() == 9
        assert set(found["flag"][2:]) == {""}

    def test_a_gap_is_carried_by_the_rest_of_its_pillar(self):
        data = cities(9)
        data.iloc[0, 0] = np.nan
        found = index_scores(data, TREE).iloc[0]
        rest = data["b"]
        assert found["p"] == pytest.approx(
            100 * (rest.iloc[0] - rest.min()) / (rest.max() - rest.min())
        )

    def test_an_empty_pillar_is_refused_however_many_indicators_there_are(self):
        data = cities(9)
        data.iloc[0, :2] = np.nan
        assert index_scores(data, TREE, least=50)["flag"].iloc[0] == "pillar_missing"

    def test_seven_cities_are_too_few(self):
        found = index_scores(cities(7), TREE)
        assert found["index"].isna().all()
        assert set(found["flag"]) == {"too_few_regions"}

    def test_ranks_are_refused_as_empty_results(self):
        few = cities(7)
        assert complete_rows(few).empty
        assert rank_intervals(few, TREE).empty
        assert rank_by_method(few, TREE).empty
        assert rank_drivers(few, TREE, region="c0").empty
        assert ranks_without(few, TREE, region="c0").empty
        assert coupled_systems(few, TREE).empty

    def test_an_indicator_that_tells_no_city_apart_refuses_all(self):
        assert complete_rows(cities(9).assign(a=1.0)).empty


def test_the_best_in_everything_is_first_under_every_method():
    data = cities(9)
    data.iloc[4] = 20.0
    assert rank_by_method(data, TREE).iloc[0].tolist() == [1.0] * 7
    row = rank_intervals(data, TREE).iloc[0]
    assert row[["index_rank", "rank_lower", "rank_upper", "share_at_rank"]].tolist() == [
        1,
        1,
        1,
        100,
    ]
    assert ranks_without(data, TREE, region="c4")["rank_shift"].tolist() == [0] * 4
    gone = ranks_without(data, TREE, region="elsewhere")
    assert gone["index_rank"].isna().all()
    assert gone["largest_shift"].notna().all()


def test_equal_systems_are_coupled_fully():
    data = cities(8).assign(b=lambda rows: rows["a"], c=lambda rows: rows["a"])
    data = data.assign(d=data["a"])
    found = coupled_systems(data, TREE)
    assert found["coupling"].tolist() == pytest.approx([1.0] * 8)
    assert found["coordination"].max() == pytest.approx(1.0)
    assert found["coordination"].min() == pytest.approx(0.1)


def test_derived_measures_by_hand():
    published = pd.DataFrame(
        {
            "gdp": [6164.52],
            "population_resident": [708.3],
            "sei_growth": [32.8],
            "va_industry_above_scale_growth": [8.5],
        }
    )
    found = derive_indicators(published)
    assert found["gdp_per_resident"].item() == pytest.approx(87032.6, abs=1)
    assert found["sei_growth_gap"].item() == pytest.approx(24.3)
    assert "tertiary_share" not in found


def test_electricity_is_never_compared_over_a_gap():
    index = pd.MultiIndex.from_product(
        [["A", "B"], [2018, 2019, 2020, 2021]], names=["region_code", "year"]
    )
    nothing = [np.nan] * 8
    published = pd.DataFrame(
        {
            "electricity_total": [4354348, 4422312, np.nan, 4658657, 1.0, *nothing[:3]],
            "gdp_growth_real": [7.9, 7.8, 2.95, 4.8, 5.0, 5.0, 5.0, 5.0],
            "energy_consumption_above_scale_growth": [*nothing[:3], -2.0, *nothing[:4]],
            "va_industry_above_scale_growth": [*nothing[:3], 8.5, *nothing[:4]],
        },
        index,
    )
    found = energy_decoupling(published)
    assert found.index.tolist() == [
        ("A", 2019, "electricity_total"),
        ("A", 2021, "energy_consumption_above_scale_growth"),
    ]
    assert found["state"].tolist() == ["weak_decoupling", "strong_decoupling"]
    assert found["pressure_growth"].tolist() == pytest.approx([1.561, -2.0], abs=1e-3)


def test_contributions_are_those_the_bureau_printed():
    found = edition_contributions(load_editions(last_year=2025), SUBINDEX_WEIGHTS)
    assert found.index.unique("base").tolist() == ["2014=100", "2022=100"]
    apart = found["growth_contribution"] - found["printed_contribution"]
    assert apart.abs().max() < 0.25
    assert found["growth_contribution"].groupby(level="base").sum().tolist() == pytest.approx(
        [100, 100]
    )
    assert edition_contributions(load_editions(last_year=2012), SUBINDEX_WEIGHTS).empty


def test_an_own_index_starts_where_all_is_there_and_leaves_gaps():
    index = pd.MultiIndex.from_product([["A"], range(2018, 2022)], names=["region_code", "year"])
    data = pd.DataFrame({name: [np.nan, 100, 110, 121] for name in NAMES}, index)
    data.iloc[2, 0] = np.nan
    found = own_index(data, TREE)
    assert found["index"].tolist()[1::2] == pytest.approx([100, 121])
    assert np.isnan(found["index"].iloc[2])
    assert found["index_growth"].isna().all()
    assert own_index(data * np.nan, TREE)["index"].isna().all()


def test_short_series_are_not_continued_but_may_be_there_already():
    index = pd.MultiIndex.from_product(
        [["A", "B", "N"], [2023, 2024]], names=["region_code", "year"]
    )
    levels = pd.DataFrame({"x": [3.4, 3.03, 1.0, 1.1, 2.6, 2.64]}, index)
    found = catch_up(levels, reference="N")
    assert found["flag"].tolist() == ["already_met", "series_too_short"]
    assert found["threshold_year"].isna().all()
    years = pd.Index(range(2020, 2026), name="year")
    ahead = look_ahead(pd.Series(range(6), years, dtype=float), horizon=3)
    assert ahead.futures["central"].isna().all()
    assert ahead.errors["forecasts"].loc["linear_trend"] == 0
