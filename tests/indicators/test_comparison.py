"""Chained levels, balanced panels, accounts of convergence, classes and inequality."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from lyanalysis.indicators.dynamics import (
    balanced_panel,
    beta_convergence,
    class_account,
    convergence_account,
    gdp_per_head,
    mobility,
    spread_at_both_prices,
)
from lyanalysis.indicators.growth import chained_levels, per_head
from lyanalysis.indicators.scorecard import profile
from lyanalysis.indicators.specialisation import inequality_account, theil_t

YEARS = pd.Index([2020, 2021, 2022, 2023], name="year")


def frame(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns, YEARS)


def test_levels_are_chained_from_the_first_year_and_ignore_later_levels() -> None:
    levels = frame(A=[100.0, 500.0, 1.0, 7.0])
    chained = chained_levels(levels, frame(A=[9.0, 10.0, -50.0, 0.0]))
    assert chained["A"].tolist() == pytest.approx([100.0, 110.0, 55.0, 55.0])


def test_a_missing_rate_ends_a_chain_for_good() -> None:
    chained = chained_levels(frame(A=[100.0] * 4), frame(A=[1.0, np.nan, 2.0, 3.0]))
    assert chained["A"].isna().tolist() == [False, True, True, True]


def test_a_missing_year_ends_every_chain() -> None:
    levels, rates = frame(A=[100.0] * 4).drop(2021), frame(A=[5.0] * 4).drop(2021)
    chained = chained_levels(levels, rates)
    assert chained.index.tolist() == [2020, 2021, 2022, 2023]
    assert chained["A"].isna().tolist() == [False, True, True, True]


def test_all_chains_share_one_base_year() -> None:
    nan = np.nan
    levels = frame(A=[90.0, 100.0, 1, 1], B=[nan, 200.0, 1, 1], C=[nan, 300.0, 1, 1])
    chained = chained_levels(levels, frame(A=[5.0] * 4, B=[5.0] * 4, C=[5.0] * 4))
    assert chained.loc[2020].isna().all(), "one of three is no majority"
    assert chained.loc[2021].tolist() == [100.0, 200.0, 300.0]


def test_growth_that_ends_everything_is_refused() -> None:
    with pytest.raises(ValueError, match="growth"):
        chained_levels(frame(A=[1.0] * 4), frame(A=[0.0, -100.0, 0.0, 0.0]))


def test_levels_per_head_are_yuan() -> None:
    found = per_head(pd.DataFrame([[6164.52, 1.0]]), pd.DataFrame([[708.3, 0.0]]))
    assert found.loc[0, 0] == pytest.approx(87032.6, abs=0.1)
    assert math.isnan(found.loc[0, 1])


def test_a_panel_is_cut_where_too_many_regions_end() -> None:
    nan = np.nan
    values = frame(A=[1.0, 2, 3, 4], B=[1.0, 2, 3, nan], C=[1.0, 2, 3, nan], D=[1.0, nan, 3, 4])
    kept = balanced_panel(values)
    assert kept.index.tolist() == [2020, 2021, 2022]
    assert kept.columns.tolist() == ["A", "B", "C"], "D comes back, but has a gap"


def test_no_common_stretch_leaves_nothing_known() -> None:
    nan = np.nan
    kept = balanced_panel(frame(A=[1.0, nan, 3, nan], B=[nan, 2.0, nan, 4]))
    assert kept.shape == (4, 2)
    assert kept.isna().all(axis=None)


@pytest.mark.parametrize("share", [0, 1.5, -1])
def test_a_share_out_of_range_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="least_share"):
        balanced_panel(frame(A=[1.0] * 4), least_share=share)


VALUES = frame(
    A=[10.0, 11, 12, 13], B=[20.0, 21, 22, 23], C=[30.0, 31, 32, 33], D=[40.0, 41, 41, 41.5]
)
CONTROLS = pd.DataFrame({"share": [40.0, 45.0, 43.0, 50.0]}, index=list("ABCD"))


def test_the_account_of_convergence_is_that_of_the_regression() -> None:
    points, estimates = convergence_account(VALUES.iloc[::-1], controls=CONTROLS)
    found = beta_convergence(VALUES.iloc[0], VALUES.iloc[-1], years=3)
    assert estimates.loc["absolute", "slope"] == pytest.approx(100 * found["slope"])
    assert estimates.loc["absolute", "half_life"] == pytest.approx(found["half_life"])
    assert points["log_growth"].tolist() == pytest.approx(
        [100 * math.log(VALUES[name].iloc[-1] / VALUES[name].iloc[0]) / 3 for name in "ABCD"]
    )
    residuals = points["log_growth"] - points["fitted_growth"]
    assert residuals.sum() == pytest.approx(0, abs=1e-9)


def test_one_year_or_nothing_is_refused_with_a_flag() -> None:
    points, estimates = convergence_account(VALUES.iloc[:1], controls=CONTROLS)
    assert estimates["flag"].tolist() == ["too_few_years"] * 2
    assert points["log_growth"].isna().all()
    _, nothing = convergence_account(VALUES * np.nan, controls=CONTROLS)
    assert nothing["flag"].str.contains("too_few_regions").all()
    with pytest.raises(ValueError, match="no row for 'D'"):
        convergence_account(VALUES, controls=CONTROLS.iloc[:3])


def test_classes_are_counted_at_both_ends() -> None:
    values = frame(A=[1.0, 1, 1, 9], B=[1.0, 1, 1, 1], C=[4.0, 4, 4, 2])
    moves, classes, indices = class_account(values, bounds=[1.0])
    assert classes[["regions_first", "regions_last"]].to_numpy().tolist() == [[2, 2], [1, 1]]
    assert moves["transitions"].sum() == 9
    assert moves.loc[(0, 1), "transitions"] == 1
    square = moves["probability"].unstack("to") / 100
    assert indices["prais"] == pytest.approx(mobility(square)["prais"])


def test_a_long_run_that_depends_on_the_start_is_not_given() -> None:
    values = frame(A=[1.0] * 4, B=[3.0] * 4)
    classes = class_account(values, bounds=[1.0]).classes
    assert classes["staying"].tolist() == [100.0, 100.0]
    assert classes["long_run"].isna().all()


def test_nothing_known_moves_nowhere() -> None:
    moves, classes, indices = class_account(VALUES * np.nan, bounds=[1.0])
    assert moves["transitions"].sum() == 0
    assert indices.isna().all()
    assert classes["flag"].tolist() == ["no_transitions"] * 2


def panel() -> pd.DataFrame:
    index = pd.MultiIndex.from_product([["A", "B"], [2021, 2022]], names=["region_code", "year"])
    columns = {"gdp": [100.0, 50.0, 200.0, 220.0], "va_secondary": [40.0, 1, 100, 1]}
    rates = {"gdp_growth_real": [3.0, 10.0, 3.0, 5.0], "population_resident": [20.0, 22, 20, 20]}
    return pd.DataFrame({**columns, **rates}, index)


def test_constant_prices_do_not_follow_a_revised_level() -> None:
    heads = gdp_per_head(panel())
    assert heads.constant["A"].tolist() == pytest.approx([50_000, 50_000])
    assert heads.current["A"].tolist() == pytest.approx([50_000, 22727.27], abs=0.01)
    assert heads.start["va_secondary"].tolist() == [40.0, 50.0]
    with pytest.raises(ValueError, match="'gdp' is missing"):
        gdp_per_head(panel().drop(columns="gdp"))


def test_spreads_stand_side_by_side_and_breaks_are_flagged() -> None:
    constant, current = VALUES.iloc[:2], VALUES
    found = spread_at_both_prices(constant, current, breaks=[2022])
    assert found["spread_constant_prices"].notna().tolist() == [True, True, False, False]
    assert found["flag"].tolist() == ["", "", "crosses_break", ""]


def test_inequality_splits_into_its_parts() -> None:
    groups = pd.Series({"A": "x", "B": "x", "C": "y", "D": "y"})
    people = VALUES * 0 + 2.0
    found = inequality_account(VALUES, population=people, groups=groups)
    total = found["theil_between"] + found["theil_within"]
    assert total.tolist() == pytest.approx(found["theil_t"].tolist())
    assert found["theil_t"].tolist() == pytest.approx(theil_t(VALUES).tolist())
    one = inequality_account(VALUES, population=people, groups=pd.Series("x", groups.index))
    assert one["theil_between"].isna().all()
    assert one["gini"].tolist() == found["gini"].tolist()


def test_a_profile_is_made_of_one_row() -> None:
    # Luoyang 2025: 6164.52 and 708.3 as published; sectors by the printed shares.
    row = {"gdp": 6164.52, "va_primary": 228.1, "va_secondary": 2472.0, "va_tertiary": 3464.42}
    found = profile(pd.DataFrame([{**row, "gdp_growth_real": 6.0, "population_resident": 708.3}]))
    assert found.loc[0, "gdp_per_head"] == pytest.approx(87032.6, abs=0.1)
    assert found.loc[0, "gdp_share_secondary"] == pytest.approx(40.1, abs=0.01)
    assert found.loc[0, "ts_ratio"] == pytest.approx(3464.42 / 2472.0)
    with pytest.raises(ValueError, match="'gdp' is missing"):
        profile(pd.DataFrame([{"va_primary": 1.0}]))
