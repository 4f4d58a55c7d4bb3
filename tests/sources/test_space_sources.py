"""Figures of people, tourism and cases: what is compared compares, and nothing is made up."""

from __future__ import annotations

import pandas as pd
import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.sources import (
    load_cases,
    load_occasions,
    load_people,
    load_series,
    load_tourism,
    newest_figures,
    regions_around,
)


def test_a_city_is_seen_with_its_province_and_a_province_with_its_cities() -> None:
    around = regions_around("410300")
    assert around[0] == "410300"
    assert around[-2:] == ["410000", "100000"]
    assert len(around) == len(set(around)) == 20
    assert {"420300", "420500", "420600"} < set(regions_around("420000"))
    assert regions_around("100000")[1] == "130000"
    with pytest.raises(ParameterError):
        regions_around("999999")


def test_residents_are_not_compared_across_a_break() -> None:
    found = load_people(["340200", "410300"], year=2024)
    wuhu, luoyang = (found.values.loc[(code, 2024)] for code in ("340200", "410300"))
    assert pd.notna(wuhu["population_resident"])
    assert pd.isna(wuhu["earlier_population"])
    assert luoyang["earlier_population"] == 701.58
    assert found.sources.loc[("340200", 2024), "earlier_population"] == ""
    # Both counts of 2025 and 2020 stand behind the census.
    assert load_people(["340200"], year=2024, span=4).values["earlier_population"].item() == 364.44


def test_zeros_at_the_end_count_as_rounding() -> None:
    loaded, steps = load_tourism("410300", first_year=2023, last_year=2025)
    assert steps["tourism_visits"].tolist() == [1000.0, 100.0, 1000.0]
    assert steps["tourism_revenue"].round(6).tolist() == [0.1, 0.1, 0.1]
    assert steps["tourism_visits_growth"].isna().tolist() == [False, True, False]
    assert steps.index.equals(loaded.values.index)


def test_occasions_keep_their_kind_and_bounds() -> None:
    found = load_occasions("410300", first_year=2010, last_year=2025).set_index(
        ["variable", "period"]
    )
    whole = found.loc[("tourism_visits", "2015-01/2015-12")]
    assert (whole["comparator"], whole["period_kind"]) == (">", "year_to_date")
    festival = found.loc[("tourism_peony_visits", "2011-peony-festival")]
    assert (festival["visits"], festival["revenue"]) == (1770.17, 86.73)
    assert "year" not in set(found["period_kind"])
    assert load_occasions("410100", first_year=2010, last_year=2025).empty


def test_cases_leave_out_dates_repeats_and_published_series() -> None:
    cases = load_cases("410300", "space", language="en")
    assert cases.index.tolist() == [f"F{number:03d}" for number in range(24, 35)]
    tax = cases.loc["F027"]
    assert (tax["printed"], tax["printed_unit"], tax["unit"]) == ("7000", "万元", "亿元")
    assert tax["value"] == pytest.approx(0.7)
    assert cases.loc["F030", "due"] == "2025"
    assert cases.loc["F024", "due"] == ""


def test_the_newest_figure_of_each_series_is_kept() -> None:
    loaded = load_series(
        ["rd_intensity", "tourism_visits"], ["410300", "410100"], first_year=2022, last_year=2025
    )
    newest = newest_figures(loaded)
    intensity = newest.values["rd_intensity"].dropna()
    assert intensity.to_dict() == {("410300", 2024): 3.03, ("410100", 2023): 2.72}
    assert newest.values["tourism_visits"].dropna().to_dict() == {("410300", 2025): 16000.0}
    assert newest.sources.loc[("410300", 2025), "rd_intensity"] == ""
    assert len(newest.values) == 3
