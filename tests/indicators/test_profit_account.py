"""A margin needs both figures of a year; a percentage needs a base above zero."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from lyanalysis.indicators.productivity import profit_account

NAN = math.nan


def series(*values: float, years: tuple[int, ...] = (2021, 2022, 2023)) -> pd.Series:
    index = pd.MultiIndex.from_product([["410300"], years], names=["region_code", "year"])
    return pd.Series(values, index=index)


def test_luoyang_2023() -> None:
    # 274.3622 of 4682.0005, and 220.4667 the year before: 5.86 percent, 24.4 percent more.
    found = profit_account(series(318.2423, 220.4667, 274.3622), series(NAN, NAN, 4682.0005))
    assert found["profit_margin"].round(2).tolist()[2] == 5.86
    assert found["profit_change_percent"].round(1).tolist()[1:] == [-30.7, 24.4]
    assert found.iloc[0].isna().all()


def test_a_loss_is_no_base_but_has_a_margin_and_a_change() -> None:
    found = profit_account(series(-10.0, 5.0, -5.0), series(100.0, 100.0, 0.0))
    assert found["profit_margin"].iloc[:2].tolist() == [-10.0, 5.0]
    assert math.isnan(found["profit_margin"].iloc[2])
    assert found["profit_change"].iloc[1:].tolist() == [15.0, -10.0]
    assert math.isnan(found["profit_change_percent"].iloc[1])
    assert found["profit_change_percent"].iloc[2] == -200.0


def test_no_change_is_taken_over_a_missing_year() -> None:
    found = profit_account(
        series(10.0, 20.0, years=(2021, 2023)), series(NAN, NAN, years=(2021, 2023))
    )
    assert found[["profit_change", "profit_change_percent"]].isna().all(axis=None)


def test_regions_do_not_run_into_each_other() -> None:
    index = pd.MultiIndex.from_tuples([("a", 2022), ("b", 2023)], names=["region_code", "year"])
    profit = pd.Series([1.0, 2.0], index=index)
    assert profit_account(profit, profit)["profit_change"].isna().all()


def test_refusals() -> None:
    with pytest.raises(ValueError, match="profit: expected index levels"):
        profit_account(pd.Series([1.0]), pd.Series([1.0]))
    with pytest.raises(ValueError, match=r"revenue: -1\.0"):
        profit_account(series(1.0, 1.0, 1.0), series(1.0, -1.0, 1.0))
