from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyanalysis.indicators.claims import nominal_spend_growth
from lyanalysis.indicators.space import (
    SQUARE_METRES_PER_MU,
    area_in_mu,
    leverage,
    output_investment_ratio,
    per_firm,
    per_job,
    per_mu,
    phase_equivalent,
    pipeline_conversion,
    spend_decomposition,
    spend_per_visit,
)

PROPERTY = settings(derandomize=True, deadline=None, max_examples=50, database=None)
UNITS = {"mu": 1.0, "hectare": 15.0, "square_kilometre": 1500.0, "square_metre": 0.0015}
PARKS = pd.Index(["guohong", "zhoushan", "new"], name="park")


class TestArea:
    def test_definition(self):
        assert area_in_mu(38.0, unit="hectare") == 570.0
        assert area_in_mu(1.0, unit="square_kilometre") == 1500.0
        assert area_in_mu(583.0) == 583.0
        # 1/15 of a hectare, to the last digit where it can be.
        assert area_in_mu(2000.0, unit="square_metre") == 3.0
        assert area_in_mu(SQUARE_METRES_PER_MU, unit="square_metre") == pytest.approx(1, rel=1e-15)
        assert pytest.approx(666.6666666666666, rel=1e-15) == SQUARE_METRES_PER_MU

    def test_guohong_in_hectares(self):
        # Check D19 of the ledger: 583 mu are 38.9 hectares.
        assert area_in_mu(38.9, unit="hectare") == pytest.approx(583, abs=0.8)

    @PROPERTY
    @given(area=st.floats(0, 1e9), unit=st.sampled_from(sorted(UNITS)))
    def test_units_agree(self, area, unit):
        in_mu = area_in_mu(area, unit=unit)
        assert in_mu == pytest.approx(area * UNITS[unit], rel=1e-14)
        metres = {"mu": 1e4 / 15, "hectare": 1e4, "square_kilometre": 1e6, "square_metre": 1.0}
        through_metres = area_in_mu(area * metres[unit], unit="square_metre")
        assert through_metres == pytest.approx(in_mu, rel=1e-14)

    def test_shapes_and_missing(self):
        areas = pd.DataFrame({"a": [1.0, math.nan]}, index=["x", "y"])
        result = area_in_mu(areas, unit="hectare")
        assert result.loc["x", "a"] == 15.0
        assert math.isnan(result.loc["y", "a"])
        assert area_in_mu(areas["a"], unit="hectare").index.equals(areas.index)

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^area: -1\.0 is not allowed; expected a value of 0"):
            area_in_mu(-1.0)
        for unit in ("ha", "Mu", None):
            with pytest.raises(
                ValueError, match=r'^unit: .* "mu", "hectare", "square_kilometre", "square_metre"$'
            ):
                area_in_mu(1.0, unit=unit)


class TestForEach:
    def test_guohong(self):
        # Checks D19 and D21 of the ledger: output, tax and jobs in full operation.
        assert per_mu(150_000.0, 583.0) == pytest.approx(257.3, abs=0.05)
        assert per_mu(7000.0, 583.0) == pytest.approx(12.01, abs=0.005)
        assert per_job(150_000.0, 1000.0) == 150.0
        assert per_firm(1000.0, 41.0) == pytest.approx(24.4, abs=0.05)
        assert per_firm(150_000.0, 41.0) == pytest.approx(3659, abs=0.5)
        assert per_firm(583.0, 41.0) == pytest.approx(14.2, abs=0.05)

    def test_area_units(self):
        assert per_mu(150.0, 10.0, unit="hectare") == 1.0
        assert per_mu(3.0, 2000.0, unit="square_metre") == 1.0
        assert per_mu(15.0, 0.01, unit="square_kilometre") == pytest.approx(1.0, rel=1e-15)
        with pytest.raises(ValueError, match=r"^unit: 'acre' is not allowed"):
            per_mu(1.0, 1.0, unit="acre")

    @pytest.mark.parametrize("function", [per_mu, per_job, per_firm])
    def test_frames_beside_one_figure_a_row(self, function):
        amounts = pd.DataFrame({"output": [15.0, 8.0, 1.0], "tax": [0.7, math.nan, 0.1]}, PARKS)
        base = pd.Series([0.0, 4.0, 5.0], index=["new", "zhoushan", "guohong"])
        result = function(amounts, base)
        assert result["output"].tolist() == pytest.approx([3.0, 2.0, math.nan], nan_ok=True)
        assert result["tax"].tolist() == pytest.approx([0.14, math.nan, math.nan], nan_ok=True)
        pd.testing.assert_series_equal(function(amounts["output"], base), result["output"],
                                       check_names=False)  # fmt: skip
        pd.testing.assert_frame_equal(
            function(amounts, pd.DataFrame({"tax": base, "output": base})), result
        )
        assert function(amounts["output"], 5.0).tolist() == pytest.approx([3.0, 1.6, 0.2])
        assert function(amounts, 5.0)["tax"].iloc[0] == pytest.approx(0.14)

    @pytest.mark.parametrize("function", [per_mu, per_job, per_firm])
    def test_zero_missing_and_negative(self, function):
        assert math.isnan(function(1.0, 0.0))
        assert math.isnan(function(0.0, 0.0))
        assert math.isnan(function(math.nan, 1.0))
        # A tax refund or a loss is an amount as well; a negative area is not.
        assert function(-2.0, 4.0) == -0.5
        with pytest.raises(ValueError, match=r"^(area|jobs|firms): -1\.0 is not allowed"):
            function(1.0, -1.0)

    @pytest.mark.parametrize(
        ("function", "name"), [(per_mu, "area"), (per_job, "jobs"), (per_firm, "firms")]
    )
    def test_refusals(self, function, name):
        amounts = pd.Series({"x": 1.0})
        with pytest.raises(ValueError, match=f"^{name}: label 'y' is not in amount"):
            function(amounts, pd.Series({"y": 1.0}))
        with pytest.raises(ValueError, match=f"^{name}: one row of numbers beside one number"):
            function(1.0, amounts)
        with pytest.raises(ValueError, match=f"^{name}: 'a' is not allowed; expected a number"):
            function(1.0, "a")
        with pytest.raises(ValueError, match=r"^amount: inf at 'x' is not allowed"):
            function(amounts * np.inf, 1.0)

    @PROPERTY
    @given(amount=st.floats(-1e6, 1e6), base=st.floats(1e-3, 1e6), factor=st.floats(1e-3, 1e3))
    def test_a_park_twice_as_large_with_twice_the_output(self, amount, base, factor):
        assert per_mu(amount * factor, base * factor) == pytest.approx(
            per_mu(amount, base), rel=1e-12, abs=1e-300
        )
        assert per_mu(amount, base) * base == pytest.approx(amount, rel=1e-14, abs=1e-300)


class TestPipeline:
    def test_supplier_projects(self):
        # Check D10 of the ledger: 29 signed, 9 in production, 20 not yet.
        result = pipeline_conversion(pd.Series({"signed": 29.0, "in_production": 9.0}))
        assert list(result.columns) == ["amount", "step", "overall", "outstanding", "flag"]
        assert result.loc["in_production", "overall"] == pytest.approx(31.0, abs=0.05)
        assert result.loc["in_production", "outstanding"] == 20.0
        assert result.loc["signed", "overall"] == 100.0
        assert math.isnan(result.loc["signed", "step"])
        assert result["flag"].tolist() == ["", ""]

    def test_rows_and_stages(self):
        stages = pd.DataFrame(
            [[40.0, 20.0, 5.0], [10.0, 12.0, 3.0], [0.0, 0.0, 0.0], [8.0, math.nan, 4.0]],
            index=pd.MultiIndex.from_product([["A", "B"], [2023, 2024]], names=["city", "year"]),
            columns=["signed", "started", "running"],
        )
        result = pipeline_conversion(stages)
        assert result.index.names == ["city", "year", "stage"]
        assert result.loc[("A", 2023), "step"].tolist() == pytest.approx(
            [math.nan, 50.0, 25.0], nan_ok=True
        )
        assert result.loc[("A", 2023), "overall"].tolist() == [100.0, 50.0, 12.5]
        assert result.loc[("A", 2023), "outstanding"].tolist() == [0.0, 20.0, 35.0]
        assert result.loc[("A", 2024), "flag"].tolist() == ["", "stage_exceeds_previous", ""]
        assert result.loc[("A", 2024, "started"), "step"] == pytest.approx(120.0)
        assert result.loc[("B", 2023), ["step", "overall"]].isna().all(axis=None)
        # A step is never taken over a missing stage; the way from the first one is known.
        gap = result.loc[("B", 2024)]
        assert gap["step"].isna().all()
        assert gap["overall"].tolist() == pytest.approx([100.0, math.nan, 50.0], nan_ok=True)
        assert set(gap["flag"]) == {""}

    @PROPERTY
    @given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=6))
    def test_steps_multiply_to_the_whole(self, amounts):
        result = pipeline_conversion(amounts)
        assert 100 * (result["step"].iloc[1:] / 100).prod() == pytest.approx(
            result["overall"].iloc[-1], rel=1e-12
        )
        exceeds = [False, *(now > before for before, now in itertools.pairwise(amounts))]
        assert result["flag"].ne("").tolist() == exceeds

    def test_all_converted_is_exactly_100(self):
        result = pipeline_conversion([167772.96826303875] * 3)
        assert (
            result["step"].iloc[1:].tolist() == result["overall"].iloc[1:].tolist() == [100.0] * 2
        )

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^stages: one stage has nothing to convert to"):
            pipeline_conversion([1.0])
        with pytest.raises(ValueError, match=r"^stages: one number has no parts"):
            pipeline_conversion(1.0)
        with pytest.raises(ValueError, match=r"^stages: -1\.0 at 1 is not allowed"):
            pipeline_conversion([1.0, -1.0])
        deep = pd.DataFrame([[1.0, 2.0]], columns=pd.MultiIndex.from_tuples([("a", 1), ("a", 2)]))
        with pytest.raises(ValueError, match=r"^stages: labels of several levels"):
            pipeline_conversion(deep)


class TestInvestment:
    def test_ledger(self):
        # Checks D10b and D5 of the ledger.
        assert leverage(142.0, 320.0) == 0.44375
        assert output_investment_ratio(1000.0, 320.0) == 3.125

    @pytest.mark.parametrize(
        ("function", "first", "second"),
        [(leverage, "attracted", "own"), (output_investment_ratio, "output", "investment")],
    )
    def test_rows_zero_and_refusals(self, function, first, second):
        above, below = pd.Series({"x": 1.0, "y": 2.0}), pd.Series({"y": 4.0, "x": 0.0})
        result = function(above, below)
        assert result.to_dict() == pytest.approx({"x": math.nan, "y": 0.5}, nan_ok=True)
        assert math.isnan(function(math.nan, 1.0))
        with pytest.raises(ValueError, match=rf"^{first}: -1\.0 is not allowed"):
            function(-1.0, 1.0)
        with pytest.raises(ValueError, match=rf"^{second}: -4\.0 at 'y' is not allowed"):
            function(above, -below)
        with pytest.raises(ValueError, match=rf"^{second}: label 'z' is not in {first}"):
            function(above, below.rename({"y": "z"}))


class TestPhases:
    def test_ledger(self):
        # Check D6 of the ledger: 92 so far beside 1000 a year in four phases.
        row = phase_equivalent(92.0, 1000.0, 4)
        assert row["phase_output"] == 250.0
        assert row["of_phase_year"] == 36.8
        assert row["of_full_year"] == 9.2
        assert row["phase_months"] == pytest.approx(4.416)

    def test_rows(self):
        done = pd.Series({"x": 92.0, "y": 10.0, "z": math.nan})
        full = pd.Series({"y": 0.0, "x": 1000.0, "z": 1.0})
        result = phase_equivalent(done, full, 4)
        assert result.loc["x", "of_phase_year"] == 36.8
        assert result.loc["y", ["of_phase_year", "of_full_year", "phase_months"]].isna().all()
        assert result.loc["z", "phase_output"] == 0.25
        assert math.isnan(result.loc["z", "of_phase_year"])
        assert phase_equivalent([92.0], 1000.0, [math.nan])["of_phase_year"].isna().all()

    def test_one_phase_is_the_plant(self):
        row = phase_equivalent(30.0, 60.0, 1)
        assert row["of_phase_year"] == row["of_full_year"] == 50.0

    def test_refusals(self):
        for phases in (0, 2.5, -1):
            with pytest.raises(ValueError, match=r"^phases: "):
                phase_equivalent(1.0, 2.0, phases)
        with pytest.raises(ValueError, match=r"^phases: 1\.5 is not allowed; expected a whole"):
            phase_equivalent(1.0, 2.0, 1.5)
        with pytest.raises(ValueError, match=r"^cumulative_output: a DataFrame"):
            phase_equivalent(pd.DataFrame({"a": [1.0]}), 1.0, 1)
        with pytest.raises(ValueError, match=r"^full_output: one row of numbers beside one number"):
            phase_equivalent(1.0, [2.0, 3.0], 1)


RATE = st.floats(-90.0, 300.0)


class TestSpend:
    def test_luoyang_2024(self):
        # Check D3 of the ledger: spend per visit grew by 2.24 percent.
        row = spend_decomposition(16.02, 13.48)
        assert row["spend_growth"] == pytest.approx(2.24, abs=0.005)
        assert row["spend_growth"] == pytest.approx(nominal_spend_growth(16.02, 13.48), rel=1e-12)
        # Logarithms by hand: ln 1.1348 / ln 1.1602 of 16.02.
        share = math.log(1.1348) / math.log(1.1602)
        assert row["visits_points"] == pytest.approx(16.02 * share, rel=1e-14)
        assert row["visits_contribution"] == pytest.approx(100 * share, rel=1e-14)
        assert row["spend_contribution"] == pytest.approx(100 * (1 - share), rel=1e-13)
        assert row["flag"] == ""

    @PROPERTY
    @given(revenue=RATE, visits=RATE)
    def test_parts_add_up(self, revenue, visits):
        row = spend_decomposition(revenue, visits)
        parts = [row["visits_points"], row["spend_points"]]
        bound = 1e-12 * max(sum(map(abs, parts)), 1e-290)
        assert abs(sum(parts) - revenue) <= bound
        assert abs(row["residual"]) <= bound
        # The parts may change places: revenue is visits times spend.
        turned = spend_decomposition(revenue, row["spend_growth"])
        assert turned["visits_points"] == pytest.approx(row["spend_points"], rel=1e-9, abs=1e-9)
        if abs(visits) > 1e-9:
            assert np.sign(row["visits_points"]) == np.sign(visits)

    def test_only_one_of_them_moves(self):
        assert spend_decomposition(8.0, 8.0)["spend_points"] == 0.0
        assert spend_decomposition(8.0, 8.0)["visits_points"] == pytest.approx(8.0)
        assert spend_decomposition(8.0, 0.0)["spend_points"] == pytest.approx(8.0, rel=1e-14)

    def test_revenue_that_stood_still(self):
        row = spend_decomposition(0.0, 10.0)
        assert row["visits_points"] == pytest.approx(100 * math.log(1.1))
        assert row["visits_points"] + row["spend_points"] == pytest.approx(0, abs=1e-13)
        assert math.isnan(row["visits_contribution"])
        assert row["flag"] == "growth_near_zero"
        # The limit is approached from both sides.
        for near in (1e-7, -1e-7):
            beside = spend_decomposition(near, 10.0)["visits_points"]
            assert beside == pytest.approx(row["visits_points"], rel=1e-6)

    def test_flags_at_their_bounds(self):
        flag = spend_decomposition([0.4, -0.4, -0.5, 0.5, math.nan], [1.0] * 5)["flag"]
        assert flag.tolist() == [
            "growth_near_zero", "growth_near_zero", "growth_negative", "", "",
        ]  # fmt: skip

    def test_rows_by_label_and_missing(self):
        revenue = pd.Series({2023: 20.0, 2024: 16.02, 2025: math.nan})
        visits = pd.Series({2025: 5.0, 2024: 13.48, 2023: math.nan})
        result = spend_decomposition(revenue, visits)
        numbers = result.drop(columns="flag")
        assert numbers.loc[2024].tolist() == spend_decomposition(16.02, 13.48)[:-1].tolist()
        assert numbers.loc[2023].isna().all()
        assert numbers.loc[2025].drop("visits_points").isna().all()

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^visits_growth: -100\.0 is not allowed"):
            spend_decomposition(1.0, -100.0)
        with pytest.raises(ValueError, match=r"^visits_growth: one row"):
            spend_decomposition(1.0, [1.0])
        frame = pd.DataFrame({"a": [1.0]})
        with pytest.raises(ValueError, match=r"^revenue_growth: a DataFrame"):
            spend_decomposition(frame, frame)


class TestSpendPerVisit:
    def test_range_of_check_d3(self):
        # 1208.59 over 1.53: 789.9 yuan, 787.4 to 792.5 for rounding of the visits.
        row = spend_per_visit(1208.59, 1.53, visits_step=0.01)
        assert row.round(1).tolist() == [789.9, 787.4, 792.5]

    def test_exact_figures_leave_no_range(self):
        row = spend_per_visit(100.0, 4.0)
        assert row.tolist() == [25.0, 25.0, 25.0]

    def test_labels_and_missing(self):
        years = pd.Index([2023, 2024, 2025], name="year")
        revenue = pd.Series([10.0, math.nan, 0.0], index=years)
        visits = pd.Series([4.0, 5.0, 0.0], index=years)
        result = spend_per_visit(revenue, visits[::-1], revenue_step=1.0, visits_step=1.0)
        assert result.index.equals(years)
        assert result.loc[2023].tolist() == [2.5, 9.5 / 4.5, 10.5 / 3.5]
        assert result.loc[[2024, 2025], "spend_per_visit"].isna().all()
        assert math.isnan(result.loc[2025, "spend_upper"])

    @pytest.mark.parametrize("wrong", [{"revenue": -1.0}, {"visits": -1.0}, {"visits_step": -1.0}])
    def test_negative_figures_are_refused(self, wrong):
        given = {"revenue": 1.0, "visits": 1.0, "visits_step": 0.0} | wrong
        with pytest.raises(ValueError, match=next(iter(wrong))):
            spend_per_visit(**given)
