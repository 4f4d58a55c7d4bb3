"""Averages hold adjacent years of both regions alone, and refuse what is no year."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from lyanalysis.indicators.growth import average_growth

NAN = math.nan
YEARS = [2019, 2020, 2021, 2022, 2023, 2025]
GROWTH = pd.DataFrame(
    {
        "city": [7.8, 2.95, 4.8, 2.3, 3.5, 6.0],
        "province": [7.0, NAN, 6.3, 3.1, 4.1, 5.6],
        "nation": [NAN, NAN, NAN, NAN, 5.2, 5.0],
    },
    index=YEARS,
)
BESIDE = {"province": "province", "nation": "nation"}


def test_each_row_is_over_its_own_run() -> None:
    found = average_growth(GROWTH, region="city", beside=BESIDE)
    assert found.index.tolist() == [
        ("city", "2019–2023"),
        ("province", "2021–2023"),
        ("nation", "2025"),
    ]
    assert found["years_averaged"].tolist() == [5, 3, 1]
    own, other, gap = found.iloc[1].tolist()[1:]
    assert (1 + own / 100) ** 3 == pytest.approx(1.10962764)  # 1.048 x 1.023 x 1.035
    assert (1 + other / 100) ** 3 == pytest.approx(1.140886773)  # 1.063 x 1.031 x 1.041
    assert gap == own - other
    assert found.iloc[2].round(10).tolist() == [1, 6.0, 5.0, 1.0]
    assert found.iloc[0].isna().tolist() == [False, False, True, True]


def test_a_missing_label_ends_a_run_as_a_missing_value_does() -> None:
    gap = GROWTH.loc[[2021, 2023, 2025], ["city"]]
    assert average_growth(gap, region="city", beside={}).index.tolist() == [("city", "2025")]


def test_the_newest_of_equal_runs_is_taken_whatever_the_order_of_rows() -> None:
    growth = pd.DataFrame({"a": [1.0, 2.0, NAN, 3.0, 4.0]}, index=[2014, 2015, 2016, 2017, 2018])
    for rows in (growth, growth.iloc[::-1]):
        found = average_growth(rows, region="a", beside={})
        assert found.index.tolist() == [("a", "2017–2018")]


def test_nothing_in_common_is_missing() -> None:
    growth = pd.DataFrame({"a": [1.0, NAN], "b": [NAN, 2.0]}, index=[2024, 2025])
    found = average_growth(growth, region="a", beside={"nation": "b"})
    assert found.loc[("b", "")].isna().all()


def test_a_fall_and_a_rise_do_not_cancel() -> None:
    growth = pd.DataFrame({"a": [-50.0, 50.0]}, index=[2024, 2025])
    mean = average_growth(growth, region="a", beside={})["average_growth"].iloc[0]
    assert mean == pytest.approx(100 * math.sqrt(0.75) - 100)


def test_refusals() -> None:
    with pytest.raises(ValueError, match="growth: a year occurs twice"):
        average_growth(pd.concat([GROWTH, GROWTH]), region="city", beside={})
    with pytest.raises(ValueError, match="growth: no column 'county'"):
        average_growth(GROWTH, region="city", beside={"province": "county"})
    with pytest.raises(ValueError, match="growth: the index must hold years"):
        average_growth(GROWTH.set_axis(list("abcdef")), region="city", beside={})
    with pytest.raises(ValueError, match=r"growth: -100\.0"):
        average_growth(GROWTH.replace(2.3, -100.0), region="city", beside={})
