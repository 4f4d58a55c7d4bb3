from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyanalysis.indicators.targets import (
    STATES,
    assess,
    needed_growth,
    progress,
    time_elapsed,
)

PROPERTY = settings(derandomize=True, deadline=None, max_examples=50, database=None)
LEVEL = st.floats(0.1, 1e4)


class TestProgress:
    def test_from_start(self):
        assert progress(60.0, 100.0, start=20.0) == 50.0
        assert progress(20.0, 100.0, start=20.0) == 0.0
        assert progress(10.0, 100.0, start=20.0) == -12.5
        assert progress(180.0, 100.0, start=20.0) == 200.0

    def test_lower_is_better(self):
        assert progress(0.46, 0.40, start=0.50) == pytest.approx(40.0)
        assert progress(0.46, 0.40, start=0.50, direction=-1) == pytest.approx(40.0)
        assert progress(0.52, 0.40, start=0.50) == pytest.approx(-20.0)
        # Without a start: the target as a share of the actual.
        assert progress(50.0, 40.0, direction=-1) == 80.0
        assert progress(32.0, 40.0, direction=-1) == 125.0

    def test_from_zero(self):
        # Check D23 of the ledger: 41 firms where 100 are the average aimed at.
        assert progress(41.0, 100.0) == 41.0
        assert progress(41.0, 100.0, start=0.0) == 41.0
        assert progress(-5.0, 100.0) == -5.0

    def test_no_way_to_go(self):
        # A floor that was met at the start, a target that is the start, levels up to zero.
        assert math.isnan(progress(550.0, 500.0, start=600.0, direction=1))
        assert math.isnan(progress(30.0, 40.0, start=20.0, direction=-1))
        assert math.isnan(progress(5.0, 5.0, start=5.0))
        for actual, target in ((1.0, 0.0), (1.0, -2.0), (math.nan, 1.0), (1.0, math.nan)):
            assert math.isnan(progress(actual, target))
        for actual, target in ((0.0, 1.0), (-1.0, 1.0), (1.0, 0.0), (math.nan, 1.0)):
            assert math.isnan(progress(actual, target, direction=-1))
        assert math.isnan(progress(1.0, 2.0, start=math.nan))

    @PROPERTY
    @given(target=LEVEL, start=LEVEL, share=st.floats(-1, 2), factor=st.floats(0.01, 100))
    def test_units_and_zero_do_not_matter_with_a_start(self, target, start, share, factor):
        if abs(target - start) < 1e-3:
            return
        actual = start + share * (target - start)
        percent = progress(actual, target, start=start)
        assert percent == pytest.approx(100 * share, rel=1e-6, abs=1e-6)
        scaled = progress(actual * factor, target * factor, start=start * factor)
        assert scaled == pytest.approx(percent, rel=1e-6, abs=1e-6)
        # Lower is better is higher is better upside down.
        mirrored = progress(-actual, -target, start=-start)
        assert mirrored == pytest.approx(percent, rel=1e-12, abs=1e-12)

    @PROPERTY
    @given(target=LEVEL, start=LEVEL)
    def test_target_is_exactly_100_and_start_exactly_0(self, target, start):
        if target != start:
            assert progress(target, target, start=start) == 100.0
            assert progress(start, target, start=start) == 0.0
        assert progress(target, target) == progress(target, target, direction=-1) == 100.0

    def test_rows(self):
        actual = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, math.nan]}, index=["x", "y"])
        target = pd.Series({"y": 4.0, "x": 2.0})
        result = progress(actual, target)
        assert result["a"].to_dict() == {"x": 50.0, "y": 50.0}
        assert result.loc["x", "b"] == 150.0
        assert math.isnan(result.loc["y", "b"])
        row = progress(actual["a"], target, start=pd.Series({"x": 0.0, "y": 8.0}))
        assert row.to_dict() == {"x": 50.0, "y": 150.0}
        either = progress(actual["a"], target, direction=pd.Series({"y": -1, "x": 1}))
        assert either.to_dict() == {"x": 50.0, "y": 200.0}
        assert progress([1.0, 3.0], 4.0).tolist() == [25.0, 75.0]

    def test_refusals(self):
        for direction in (0, 2, math.nan):
            with pytest.raises(ValueError, match=r"^direction: .* expected 1 \(higher is better\)"):
                progress(1.0, 2.0, direction=direction)
        with pytest.raises(ValueError, match=r"^target: label 'z' is not in actual"):
            progress(pd.Series({"x": 1.0}), pd.Series({"z": 1.0}))
        with pytest.raises(ValueError, match=r"^start: label 'z' is not in actual"):
            progress(pd.Series({"x": 1.0}), 2.0, start=pd.Series({"z": 1.0}))
        with pytest.raises(ValueError, match=r"^target: inf is not allowed"):
            progress(1.0, math.inf)


class TestTimeElapsed:
    def test_years(self):
        assert time_elapsed(2023, 2020, 2025) == 60.0
        assert time_elapsed(2020, 2020, 2025) == 0.0
        assert time_elapsed(2025, 2020, 2025) == 100.0
        assert time_elapsed(2027.5, 2020, 2025) == 150.0
        assert time_elapsed(2019, 2020, 2025) == -20.0

    def test_dates(self):
        # 208 of 365 days on the evening of 27 July.
        assert time_elapsed(date(2025, 7, 27), 2024, 2025) == pytest.approx(100 * 208 / 365)
        assert time_elapsed(date(2025, 12, 31), 2020, 2025) == 100.0
        assert time_elapsed(pd.Timestamp("2024-02-29 18:00"), 2023, 2024) == pytest.approx(
            100 * 60 / 366
        )
        assert time_elapsed(2025, date(2024, 12, 31), date(2026, 12, 31)) == 50.0
        assert math.isnan(time_elapsed(pd.NaT, 2024, 2025))

    def test_rows(self):
        texts = ["2025-07-27", None, "2024-12-31"]
        moments = pd.to_datetime(pd.Series(texts, index=["x", "y", "z"]))
        mixed = pd.Series([date(2025, 7, 27), None, 2024], index=["x", "y", "z"], dtype=object)
        expected = [100 * 208 / 365, math.nan, 0.0]
        for now in (moments, mixed):
            result = time_elapsed(now, 2024, 2025)
            assert result.tolist() == pytest.approx(expected, nan_ok=True)
            assert list(result.index) == ["x", "y", "z"]
        ends = pd.Series({"z": 2026, "y": 2025, "x": 2028})
        assert time_elapsed(pd.Series({"x": 2024, "y": 2024, "z": 2025}), 2024, ends).to_dict() == {
            "x": 0.0, "y": 0.0, "z": 50.0,
        }  # fmt: skip
        assert time_elapsed([date(2024, 12, 31), 2025], 2024, 2025).tolist() == [0.0, 100.0]
        assert time_elapsed(np.int64(2023), 2020, 2025) == 60.0

    def test_no_period(self):
        assert math.isnan(time_elapsed(2025, 2025, 2025))
        assert math.isnan(time_elapsed(2025, math.nan, 2025))

    @PROPERTY
    @given(st.dates(date(1950, 1, 1), date(2100, 12, 30)))
    def test_a_later_day_is_later(self, day):
        following = date.fromordinal(day.toordinal() + 1)
        before, after = (time_elapsed(time, 1949, 2101) for time in (day, following))
        # A day is one 365th or 366th of one of 152 years.
        assert 100 / 366 / 152 - 1e-9 <= after - before <= 100 / 365 / 152 + 1e-9

    def test_refusals(self):
        for time, message in (
            (202507, r"^now: 202507\.0 is not allowed; expected a year such as 2025"),
            (0, r"^now: 0\.0 is not allowed; expected a year"),
            ("2025", r"^now: '2025' is not allowed; expected a number"),
            ([2025, "x"], r"^now: 'x' at 1 is not allowed"),
        ):
            with pytest.raises(ValueError, match=message):
                time_elapsed(time, 2020, 2030)
        with pytest.raises(
            ValueError, match=r"^last: 2019\.0 is not allowed; expected a time that"
        ):
            time_elapsed(2025, 2020, 2019)
        with pytest.raises(ValueError, match=r"^last: 2019\.0 at 'y' is not allowed"):
            time_elapsed(pd.Series({"x": 1.0, "y": 2.0}), 2020, pd.Series({"y": 2019, "x": 2021}))


class TestNeededGrowth:
    def test_by_hand(self):
        row = needed_growth(100.0, 121.0, 2.0)
        assert row["needed_growth"] == pytest.approx(10.0, rel=1e-14)
        assert row["needed_increment"] == 10.5
        assert row["flag"] == ""
        # Half a year: a rate a year is the square.
        assert needed_growth(100.0, 110.0, 0.5)["needed_growth"] == pytest.approx(21.0)
        assert needed_growth(100.0, 81.0, 2.0)["needed_growth"] == pytest.approx(-10.0)

    @PROPERTY
    @given(actual=LEVEL, target=LEVEL, years=st.floats(0.5, 20.0))
    def test_growth_and_increment_lead_to_the_target(self, actual, target, years):
        row = needed_growth(actual, target, years)
        assert actual * (1 + row["needed_growth"] / 100) ** years == pytest.approx(target, rel=1e-6)
        assert actual + row["needed_increment"] * years == pytest.approx(target, rel=1e-9)

    def test_flags(self):
        result = needed_growth(
            pd.Series({"a": 1.0, "b": 0.0, "c": -1.0, "d": 1.0, "e": math.nan, "f": 0.0, "g": 1.0}),
            pd.Series({"g": 9.0, "f": -1.0, "e": 1.0, "d": 0.0, "c": 2.0, "b": 2.0, "a": 2.0}),
            pd.Series({"a": 0.0, "b": 1.0, "c": 1.0, "d": 2.0, "e": 1.0, "f": -1.0, "g": 0.001}),
        )
        assert result["flag"].to_dict() == {
            "a": "no_years_left",
            "b": "actual_not_positive",
            "c": "actual_not_positive",
            "d": "target_not_positive",
            "e": "",
            "f": "no_years_left;actual_not_positive;target_not_positive",
            "g": "growth_out_of_range",
        }
        assert result["needed_growth"].isna().all()
        assert result["needed_increment"].tolist() == pytest.approx(
            [math.nan, 2.0, 3.0, -0.5, math.nan, math.nan, 8000.0], nan_ok=True
        )

    def test_a_missing_figure_has_no_flag(self):
        assert needed_growth(math.nan, 1.0, 0.0)["flag"] == ""
        assert needed_growth(1.0, 1.0, math.nan)["flag"] == ""

    def test_at_the_target(self):
        row = needed_growth(7.0, 7.0, 3.0)
        assert (row["needed_growth"], row["needed_increment"]) == (0.0, 0.0)

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^actual: a DataFrame"):
            needed_growth(pd.DataFrame({"a": [1.0]}), 1.0, 1.0)
        with pytest.raises(ValueError, match=r"^years: label 'z' is not in actual"):
            needed_growth(pd.Series({"x": 1.0}), 2.0, pd.Series({"z": 1.0}))


def one(**columns: object) -> pd.Series:
    """Assess one target: 100 by 2025, from 20 in 2020, unless said otherwise."""
    usual = {
        "target": 100.0, "actual": 60.0, "start": 20.0, "start_year": 2020, "target_year": 2025,
        "year": 2022,
    }  # fmt: skip
    return assess(pd.DataFrame([usual | columns], index=["only"])).loc["only"]


class TestAssess:
    def test_columns(self):
        row = one()
        assert list(row.index) == [
            "progress", "elapsed", "gap", "state", "needed_growth", "needed_increment", "flag",
        ]  # fmt: skip
        assert (row["progress"], row["elapsed"], row["gap"]) == (50.0, 40.0, -40.0)
        assert (row["state"], row["flag"]) == ("on_track", "")
        assert row["needed_increment"] == pytest.approx(40 / 3)
        assert row["needed_growth"] == pytest.approx(100 * ((100 / 60) ** (1 / 3) - 1))

    @pytest.mark.parametrize(
        ("changes", "state", "flag"),
        [
            ({}, "on_track", ""),
            ({"actual": 51.9}, "behind", ""),
            # Progress of exactly the time passed is on track: 20 + 80 * 0.4.
            ({"actual": 52.0}, "on_track", ""),
            ({"actual": 100.0}, "met", ""),
            ({"actual": 130.0}, "met", ""),
            ({"actual": 99.0, "year": 2025}, "behind", "overdue"),
            ({"actual": 99.0, "year": 2026}, "behind", "overdue"),
            ({"actual": 100.0, "year": 2026}, "met", ""),
            ({"year": 2020, "actual": 20.0}, "on_track", ""),
            # 0.14 of 0.7 in one year of five: noise in the last digit decides nothing.
            ({"start": 1.7, "target": 1.0, "actual": 1.56, "year": 2021}, "on_track", ""),
            ({"year": date(2022, 12, 31)}, "on_track", ""),
            # Lower is better, by the start or as stated.
            ({"start": 140.0, "actual": 120.0}, "on_track", ""),
            ({"start": 140.0, "actual": 130.0}, "behind", ""),
            ({"start": 140.0, "actual": 95.0}, "met", ""),
            ({"start": 140.0, "actual": 95.0, "direction": -1}, "met", ""),
            # A floor below the level at the start, and a ceiling above it.
            ({"start": 140.0, "actual": 120.0, "direction": 1}, "met", ""),
            ({"start": 140.0, "actual": 90.0, "direction": 1}, "behind", "met_at_start"),
            ({"start": 20.0, "actual": 60.0, "direction": -1}, "met", ""),
            ({"start": 20.0, "actual": 101.0, "direction": -1}, "behind", "met_at_start"),
            ({"start": 100.0, "actual": 99.0}, "behind", "met_at_start"),
            ({"start": 100.0, "actual": 100.0}, "met", ""),
            # Without a start progress counts from zero, and downwards not at all.
            ({"start": None}, "on_track", "no_start"),
            ({"start": None, "actual": 39.0}, "behind", "no_start"),
            ({"start": None, "direction": -1, "actual": 120.0}, "undetermined", "no_start"),
            ({"start": None, "direction": -1, "actual": 90.0}, "met", "no_start"),
            ({"start": None, "target": 0.0, "actual": -1.0}, "undetermined",
             "no_start;actual_not_positive;target_not_positive"),
            # What is missing.
            ({"actual": None}, "undetermined", "no_actual"),
            ({"target": None}, "undetermined", "no_target"),
            ({"year": None}, "undetermined", "no_year"),
            ({"year": None, "actual": 100.0}, "met", "no_year"),
            ({"target_year": None}, "undetermined", "no_period"),
            ({"start_year": None}, "undetermined", "no_period"),
            ({"start_year": 2025}, "undetermined", "no_period;starts_in_future"),
            ({"start_year": 2020, "target_year": 2020}, "behind", "no_period;overdue"),
            ({"start_year": None, "year": 2025}, "behind", "no_period;overdue"),
            ({"year": 2019}, "undetermined", "starts_in_future"),
            ({"year": 2019, "start": 100.0, "actual": 99.0}, "undetermined", "starts_in_future"),
            ({"actual": 0.0}, "behind", "actual_not_positive"),
            # Remarks.
            ({"remarks": "named_otherwise"}, "on_track", "named_otherwise"),
            ({"remarks": "different_concept"}, "undetermined", "different_concept"),
            ({"remarks": "different_concepts_of_land"}, "on_track", "different_concepts_of_land"),
            ({"remarks": "a;different_concept", "actual": 500.0}, "undetermined",
             "a;different_concept"),
            ({"remarks": "no_start;a", "start": None}, "on_track", "no_start;a"),
            # About 100.
            ({"tolerance": 5.0, "actual": 95.0}, "met", "within_tolerance"),
            ({"tolerance": 5.0, "actual": 94.9, "year": 2025}, "behind", "overdue"),
            ({"tolerance": 5.0, "actual": 100.0}, "met", ""),
            ({"tolerance": 5.0, "start": 140.0, "actual": 105.0}, "met", "within_tolerance"),
            ({"tolerance": None, "kind": None, "direction": None, "remarks": None}, "on_track", ""),
        ],
    )  # fmt: skip
    def test_states(self, changes, state, flag):
        row = one(**changes)
        assert (row["state"], row["flag"]) == (state, flag)
        assert row["state"] in STATES

    @pytest.mark.parametrize(
        ("changes", "state", "flag"),
        [
            ({"actual": 5.7, "year": date(2025, 6, 30)}, "behind", ""),
            ({"actual": 6.5, "year": date(2025, 6, 30)}, "on_track", ""),
            ({"actual": 6.0, "year": 2025}, "met", ""),
            ({"actual": 5.9, "year": 2025}, "behind", ""),
            ({"actual": 5.7, "year": 2025, "tolerance": 0.3}, "met", "within_tolerance"),
            # 6.1 - 6.4 is a last digit below -0.3.
            (
                {"actual": 6.1, "target": 6.4, "year": 2025, "tolerance": 0.3},
                "met",
                "within_tolerance",
            ),
            # The rate of the year before, higher than the target, is no start to fall from.
            ({"actual": 5.7, "year": 2025, "start": 8.0}, "behind", ""),
            ({"actual": 2.0, "target": 3.0, "year": 2025, "direction": -1}, "met", ""),
            ({"actual": 3.5, "target": 3.0, "year": 2025, "direction": -1}, "behind", ""),
            ({"actual": -1.0, "year": 2025}, "behind", ""),
            ({"actual": 6.5, "year": None}, "undetermined", "no_year"),
            ({"actual": 6.5, "year": 2025, "target_year": None}, "undetermined", "no_period"),
            ({"actual": 6.5, "year": 2025, "start_year": None}, "met", ""),
            ({"actual": 6.5, "year": 2023}, "undetermined", "starts_in_future"),
            ({"actual": None, "year": 2025}, "undetermined", "no_actual"),
        ],
    )
    def test_rates(self, changes, state, flag):
        usual = {"kind": "rate", "target": 6.0, "start": None, "start_year": 2024}
        row = one(**(usual | changes))
        assert (row["state"], row["flag"]) == (state, flag)
        assert math.isnan(row["progress"])
        assert math.isnan(row["needed_growth"])
        assert math.isnan(row["needed_increment"])
        if changes["actual"] is not None:
            assert row["gap"] == pytest.approx(changes["actual"] - changes.get("target", 6.0))

    def test_nothing_is_compared_with_another_concept(self):
        # The ledger's 92 since the start of production beside 1000 a year.
        row = one(target=1000.0, actual=92.0, remarks="different_concept")
        assert row["elapsed"] == 40.0
        assert row[["progress", "gap", "needed_growth", "needed_increment"]].isna().all()

    def test_a_period_in_the_wrong_order_is_none(self):
        row = one(start_year=2026, year=2027)
        assert math.isnan(row["elapsed"])
        assert (row["state"], row["flag"]) == ("behind", "no_period;overdue")

    def test_nothing_is_needed_for_a_target_that_is_met(self):
        assert one(actual=100.0)[["needed_growth", "needed_increment"]].isna().all()
        assert one(actual=99.0, year=2025)[["needed_growth", "needed_increment"]].isna().all()

    def test_figures_are_those_of_the_single_functions(self):
        row = one(actual=70.0, year=date(2023, 5, 1))
        assert row["progress"] == progress(70.0, 100.0, start=20.0)
        assert row["elapsed"] == time_elapsed(date(2023, 5, 1), 2020, 2025)
        left = 2025 - (2022 + 121 / 365)
        need = needed_growth(70.0, 100.0, left)
        assert row["needed_growth"] == pytest.approx(need["needed_growth"], rel=1e-10)
        assert row["needed_increment"] == pytest.approx(need["needed_increment"], rel=1e-10)

    def test_ledger_without_progress_figures(self):
        """The article's targets of 2025 have no actual beside them: none is behind."""
        targets = pd.DataFrame(
            {
                "target": [15.0, 1500.0, 500.0, 1.0, 5.0, 50.0, 60.0],
                "actual": math.nan,
                "start_year": 2024,
                "target_year": 2025,
                "year": math.nan,
                "kind": ["level"] * 6 + ["rate"],
            },
            index=["F029", "F030", "F031", "F032", "F056", "F057", "F084"],
        )
        result = assess(targets)
        assert set(result["state"]) == {"undetermined"}
        assert set(result["flag"]) == {"no_actual;no_year"}
        # With the firms of 周山智慧岛 counted in, check D24 of the ledger.
        counted = assess(targets.assign(actual=[None, 1000, *[None] * 5], year=2024.5, start=0.0))
        assert counted.loc["F030", "progress"] == pytest.approx(66.7, abs=0.05)
        assert counted.loc["F030", "state"] == "on_track"

    def test_order_and_labels(self):
        rows = [52.0, 51.0, 100.0, None]
        index = pd.MultiIndex.from_product([["A", "B"], ["x", "y"]], names=["region", "target"])
        targets = pd.DataFrame(
            {"target": 100.0, "actual": rows, "start": 20.0, "start_year": 2020,
             "target_year": 2025, "year": 2022},
            index=index,
        )  # fmt: skip
        result = assess(targets)
        assert result["state"].tolist() == ["on_track", "behind", "met", "undetermined"]
        turned = assess(targets.iloc[::-1, ::-1])
        pd.testing.assert_frame_equal(turned.loc[result.index], result)

    def test_no_rows(self):
        columns = ["target", "actual", "start", "start_year", "target_year", "year", "remarks"]
        result = assess(pd.DataFrame({column: [] for column in columns}))
        assert result.empty
        assert list(result.columns)[:3] == ["progress", "elapsed", "gap"]

    @PROPERTY
    @given(
        actual=st.floats(1, 200), target=st.floats(1, 200), start=st.floats(1, 200),
        year=st.floats(2020, 2026),
    )  # fmt: skip
    def test_state_follows_from_the_figures(self, actual, target, start, year):
        row = one(actual=actual, target=target, start=start, year=year)
        toward = -1 if target < start else 1
        if toward * (actual - target) >= 0:
            assert row["state"] == "met"
        elif year >= 2025 or start == target:
            assert row["state"] == "behind"
        elif abs(row["progress"] - row["elapsed"]) > 1e-6:
            on_track = row["progress"] > row["elapsed"]
            assert row["state"] == ("on_track" if on_track else "behind")

    def test_refusals(self):
        targets = pd.DataFrame(
            {"target": [100.0], "actual": 60.0, "start_year": 2020, "target_year": 2025,
             "year": 2022},
            index=["only"],
        )  # fmt: skip
        for table, message in (
            (targets.drop(columns="year"), r"^targets: column 'year' is missing"),
            (targets.assign(strat=1.0), r"^targets: column 'strat' is not allowed; expected "
             "target, actual, start_year, target_year, year, start, direction, kind, tolerance, "
             "remarks$"),
            (targets.assign(actual="60"), r"^targets: '60' at row 'only', column 'actual' is not"),
            (targets.assign(target=math.inf), r"^targets: inf at row 'only', column 'target'"),
            (targets.assign(direction=0), r"^targets: 0\.0 at row 'only', column 'direction' is "
             r"not allowed; expected 1 \(higher is better\), -1"),
            (targets.assign(tolerance=-0.1), r"^targets: -0\.1 at row 'only', column 'tolerance'"),
            (targets.assign(kind="growth"), r"^targets: 'growth' at row 'only', column 'kind' is "
             'not allowed; expected "level" or "rate"'),
            (targets.assign(year=202509), r"^targets: 202509\.0 at row 'only', column 'year' is "
             "not allowed; expected a year such as 2025"),
            (targets.assign(year="2025"), r"^targets: '2025' at row 'only', column 'year'"),
            (pd.concat([targets, targets]), r"^targets: label 'only' occurs more than once"),
            ([1.0], r"^targets: expected a DataFrame"),
        ):  # fmt: skip
            with pytest.raises(ValueError, match=message) as error:
                assess(table)
            assert "\n" not in str(error.value)
