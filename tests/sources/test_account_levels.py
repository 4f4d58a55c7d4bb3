"""Levels are set side by side on one side of every break only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.sources import list_gdp_breaks, load_gdp_beside_above

Package = Callable[..., Path]


def test_a_revised_year_stands_on_both_sides() -> None:
    found = list_gdp_breaks("410300", first_year=2010, last_year=2025, language="zh")
    assert found["year_before"].tolist() == [2013, 2018, 2022, 2023]
    assert found["year_after"].tolist() == [2014, 2019, 2022, 2024]
    # Communiqués: 2022 first printed at 5675.2, verified at 5386.2.
    assert found.loc[2, ["gdp_before", "gdp_after"]].tolist() == [5675.2, 5386.2]
    assert found["break_kind"].tolist() == [
        "economic_census",
        "economic_census",
        "final_verification",
        "economic_census",
    ]
    assert found["break_reason"].str.startswith("第三次全国经济普查").tolist()[0]


def test_breaks_outside_the_range_are_not_listed() -> None:
    asked = {"language": "en", "first_year": 2014}
    assert list_gdp_breaks("410300", last_year=2018, **asked).empty
    assert len(list_gdp_breaks("410300", last_year=2019, **asked)) == 1
    assert list_gdp_breaks("430000", last_year=2025, **asked).empty


def test_first_print_is_paired_with_first_print() -> None:
    pairs = load_gdp_beside_above("410300", first_year=2021, last_year=2025)
    rows = pairs.values.droplevel("region_code")
    # Of 2022 the province has the first print alone: the verified figure stays without a pair.
    assert rows.loc[(2022, "2021–2022")].tolist() == [5675.2, 61345.05]
    assert rows.loc[(2022, "2022–2023"), "gdp_above"] != 61345.05
    assert rows["gdp_above"].isna().tolist() == [False, False, True, False, True, False]
    assert pairs.sources["gdp_above"].ne("").tolist() == rows["gdp_above"].notna().tolist()


def test_a_province_is_paired_with_the_nation_and_the_nation_with_nothing() -> None:
    province = load_gdp_beside_above("410000", first_year=2025, last_year=2025).values
    assert province["gdp_above"].tolist() == [1401879.0]
    nation = load_gdp_beside_above("100000", first_year=2025, last_year=2025).values
    assert nation["gdp_above"].isna().all()


def test_a_region_without_figures_gives_every_year_and_no_number() -> None:
    found = load_gdp_beside_above("130000", first_year=2024, last_year=2025)
    assert found.values.index.get_level_values("year").tolist() == [2024, 2025]
    assert found.values.isna().all(axis=None)
    assert found.values.dtypes.tolist() == [pd.Series(dtype=float).dtype] * 2


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ParameterError):
        load_gdp_beside_above("999999", first_year=2024, last_year=2025)
    with pytest.raises(ParameterError):
        list_gdp_breaks("999999", first_year=2024, last_year=2025, language="zh")
