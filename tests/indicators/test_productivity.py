from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lyanalysis.indicators.productivity import (
    intensity,
    labour_productivity,
    malmquist,
    solow_residual,
)

NAN = math.nan
COLUMNS = ["efficiency_change", "technical_change", "malmquist"]
fuzz = settings(derandomize=True, deadline=None, max_examples=50, database=None)
lean = settings(fuzz, max_examples=8)


class TestIntensity:
    def test_printed_answers(self):
        # R&D of Henan and of Luoyang by GDP as it was known then, published as 2.05 and 3.47.
        assert intensity([1211.66, 190.01], [59132.39, 5481.6]).round(2).tolist() == [2.05, 3.47]

    def test_one_base_a_row_and_the_plain_ratio(self):
        amounts = pd.DataFrame({"a": [5.0, 8.0], "b": [-1.0, 2.0]}, index=["x", "y"])
        result = intensity(amounts, pd.Series({"y": 4.0, "x": 10.0}), per=1)
        assert result.to_dict() == {"a": {"x": 0.5, "y": 2.0}, "b": {"x": -0.1, "y": 0.5}}

    def test_an_amount_may_exceed_its_base_or_be_a_loss(self):
        assert intensity(120.0, 100.0) == 120.0
        assert intensity(-5.0, 50.0) == -10.0

    def test_zero_and_missing(self):
        result = intensity([5.0, 0.0, NAN, 5.0], [0.0, 4.0, 4.0, NAN])
        assert result.isna().tolist() == [True, False, True, True]
        assert result[1] == 0.0

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^base: -2.0 is not allowed"):
            intensity(1.0, -2.0)
        with pytest.raises(ValueError, match=r"^per: 0 is not allowed; expected a number above 0"):
            intensity(1.0, 2.0, per=0)


class TestLabourProductivity:
    def test_shapes(self):
        assert labour_productivity(6160.0, 400.0) == 15.4
        assert labour_productivity([10, 9], [4, 3]).tolist() == [2.5, 3.0]
        output = pd.DataFrame({"a": [10.0, 8.0], "b": [9.0, 6.0]}, index=["x", "y"])
        workers = pd.DataFrame({"b": [3.0, 2.0], "a": [2.0, 5.0]}, index=["y", "x"])
        result = labour_productivity(output, workers)
        assert result.to_dict() == {"a": {"x": 2.0, "y": 4.0}, "b": {"x": 4.5, "y": 2.0}}

    def test_zero_and_missing(self):
        result = labour_productivity([5.0, 0.0, 0.0, NAN, 5.0], [0.0, 4.0, 0.0, 4.0, NAN])
        assert result.isna().tolist() == [True, False, True, True, True]
        assert result[1] == 0.0

    def test_total_is_the_mean_weighted_by_workers(self):
        output, workers = pd.Series([10.0, 90.0, 7.0]), pd.Series([4.0, 3.0, 9.0])
        own = labour_productivity(output, workers)
        total = labour_productivity(output.sum(), workers.sum())
        assert (own * workers).sum() / workers.sum() == pytest.approx(total)

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^output: -1.0 is not allowed; expected a value of"):
            labour_productivity(-1.0, 2.0)
        with pytest.raises(ValueError, match=r"^workers: -2.0 at 'a' is not allowed"):
            labour_productivity(pd.Series({"a": 1}), pd.Series({"a": -2}))
        with pytest.raises(ValueError, match=r"^workers: label 'b' is not in output"):
            labour_productivity(pd.Series({"a": 1}), pd.Series({"b": 2}))
        with pytest.raises(ValueError, match=r"^workers: one number, but output is one row"):
            labour_productivity([1.0, 2.0], 2.0)


class TestSolowResidual:
    def test_worked_answer(self):
        # 8 percent less 0.4 x 10 less 0.6 x 1; fractions give the same, as fractions.
        assert solow_residual(8.0, 10.0, 1.0, capital_share=0.4) == pytest.approx(3.4, abs=1e-14)
        fraction = solow_residual(0.08, 0.1, 0.01, capital_share=0.4)
        assert fraction == pytest.approx(0.034, abs=1e-15)

    def test_balanced_growth_leaves_nothing(self):
        assert solow_residual(5.0, 5.0, 5.0, capital_share=0.3) == pytest.approx(0.0, abs=1e-15)

    def test_share_by_row_and_by_value(self):
        rates = pd.DataFrame({"x": [8.0, 8.0], "y": [2.0, -4.0]}, index=["a", "b"])
        share = pd.Series({"b": 0.5, "a": 0.25})
        result = solow_residual(rates, rates * 0 + 4, rates * 0, capital_share=share)
        assert result.to_dict() == {"x": {"a": 7.0, "b": 6.0}, "y": {"a": 1.0, "b": -6.0}}
        series = solow_residual(rates["x"], rates["y"], [0.0, 0.0], capital_share=share)
        assert series.to_dict() == {"a": 7.5, "b": 10.0}

    def test_missing(self):
        for position in range(3):
            growth = [8.0, 10.0, 1.0]
            growth[position] = NAN
            assert math.isnan(solow_residual(*growth, capital_share=0.4))
        assert math.isnan(solow_residual(8.0, 10.0, 1.0, capital_share=NAN))

    @fuzz
    @given(
        st.floats(-50, 50), st.floats(-50, 50), st.floats(-50, 50), st.floats(0.01, 0.99),
        st.floats(-40, 40),
    )  # fmt: skip
    def test_linear(self, output, capital, labour, share, more):
        base = solow_residual(output, capital, labour, capital_share=share)
        assert solow_residual(output + more, capital, labour, capital_share=share) == pytest.approx(
            base + more, abs=1e-9
        )
        everything = (output + more, capital + more, labour + more)
        assert solow_residual(*everything, capital_share=share) == pytest.approx(base, abs=1e-9)
        swapped = solow_residual(output, labour, capital, capital_share=1 - share)
        assert swapped == pytest.approx(base, abs=1e-9)

    def test_refusals(self):
        for share in (0.0, 1.0, 40.0, -0.1):
            expected = rf"^capital_share: {share} is not allowed; expected a fraction between 0 and"
            with pytest.raises(ValueError, match=expected):
                solow_residual(8.0, 10.0, 1.0, capital_share=share)
        with pytest.raises(ValueError, match=r"^labour_growth: -100.0 is not allowed"):
            solow_residual(8.0, 10.0, -100.0, capital_share=0.4)
        with pytest.raises(ValueError, match=r"^capital_growth: label 'b' is not in output_growth"):
            solow_residual(
                pd.Series({"a": 1.0}), pd.Series({"b": 1.0}), pd.Series({"a": 1.0}),
                capital_share=0.4,
            )  # fmt: skip


def quantities(units: int = 7, columns: int = 2, seed: int = 0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    cells = draw.uniform(1, 10, (units, columns))
    return pd.DataFrame(cells, [f"u{unit}" for unit in range(units)], list("abcd")[:columns])


def case(units: int = 7, inputs: int = 2, outputs: int = 2, seed: int = 0) -> list[pd.DataFrame]:
    shapes = (inputs, outputs, inputs, outputs)
    return [quantities(units, columns, 10 * seed + at) for at, columns in enumerate(shapes)]


def dual_distance(frontier: tuple, unit: tuple) -> float:
    """Distance by prices instead of peers: the other side of the duality, without any scaling."""
    inputs, outputs = (np.asarray(side, dtype=float) for side in frontier)
    own_inputs, own_outputs = (np.asarray(side, dtype=float) for side in unit)
    answer = linprog(
        np.concatenate([np.zeros(len(own_inputs)), -own_outputs]),
        A_ub=np.hstack([-inputs, outputs]),
        b_ub=np.zeros(len(inputs)),
        A_eq=[np.concatenate([own_inputs, np.zeros(len(own_outputs))])],
        b_eq=[1.0],
    )
    return -answer.fun


class TestMalmquist:
    def test_worked_answer(self):
        result = malmquist([1, 1], [2, 4], [1, 1], [3, 5])
        assert result.loc[0, COLUMNS].tolist() == pytest.approx([1.2, 1.25, 1.5], abs=1e-12)
        assert result.loc[1, COLUMNS].tolist() == pytest.approx([1.0, 1.25, 1.25], abs=1e-12)
        assert result["flag"].tolist() == ["", ""]

    def test_one_input_and_one_output_is_growth_of_productivity(self):
        first, made, last, make = (side["a"] for side in case(inputs=1, outputs=1))
        result = malmquist(first, made, last, make)
        expected = (make / last) / (made / first)
        assert result["malmquist"].tolist() == pytest.approx(expected.tolist(), rel=1e-12)
        best = (make / last).max() / (made / first).max()
        assert result["technical_change"].tolist() == pytest.approx([best] * 7, rel=1e-12)

    @pytest.mark.parametrize("double", [(0, 2), (1, 3), (0, 1, 2, 3)])
    def test_programming_agrees_with_the_closed_form(self, double):
        # A column that is given twice adds nothing, but leads to linear programming.
        sides = case(units=9, inputs=1, outputs=1, seed=3)
        twice = [
            side.assign(b=side["a"] * 2) if at in double else side for at, side in enumerate(sides)
        ]
        pd.testing.assert_frame_equal(malmquist(*twice), malmquist(*sides), rtol=1e-9)

    @pytest.mark.parametrize("shape", [(2, 1), (1, 2), (2, 2), (3, 2)])
    def test_distances_by_duality(self, shape):
        sides = case(8, *shape, seed=5)
        result = malmquist(*sides)
        cells = [side.to_numpy() for side in sides]
        start, end = cells[:2], cells[2:]
        for unit in range(8):
            was, became = [side[unit] for side in start], [side[unit] for side in end]
            own_start, own_end = dual_distance(start, was), dual_distance(end, became)
            ahead, behind = dual_distance(start, became), dual_distance(end, was)
            assert result.iloc[unit][COLUMNS].tolist() == pytest.approx(
                [
                    own_end / own_start,
                    math.sqrt(ahead / own_end * own_start / behind),
                    math.sqrt(ahead / own_start * own_end / behind),
                ],
                rel=1e-9,
            )

    def test_isoquant_by_hand(self):
        # One output; A and B make one unit with (1, 2) and (2, 1). C needs (2, 2): on the ray to C
        # their mean (1.5, 1.5) makes as much, so its distance is 3/4. Next year it needs that.
        before = pd.DataFrame([[1, 2], [2, 1], [2, 2]], list("ABC"), ["capital", "labour"])
        after = before.astype(float)
        after.loc["C"] = 1.5
        result = malmquist(before, [1, 1, 1], after, [1, 1, 1])
        assert result.loc["C", COLUMNS].tolist() == pytest.approx([4 / 3, 1.0, 4 / 3], rel=1e-9)
        assert result.loc["A", COLUMNS].tolist() == pytest.approx([1.0, 1.0, 1.0], rel=1e-9)

    @lean
    @given(
        st.integers(0, 400), st.sampled_from([(1, 1), (2, 1), (1, 2), (3, 2)]), st.integers(1, 6)
    )
    def test_product_of_its_parts(self, seed, shape, units):
        result = malmquist(*case(units, *shape, seed=seed))
        product = result["efficiency_change"] * result["technical_change"]
        assert result["malmquist"].tolist() == pytest.approx(product.tolist(), rel=1e-12)
        assert (result[COLUMNS] > 0).all(axis=None)

    @pytest.mark.parametrize("shape", [(1, 1), (2, 2)])
    def test_nothing_changed(self, shape):
        first, made, *_ = case(6, *shape)
        result = malmquist(first, made, first, made)
        assert result[COLUMNS].to_numpy() == pytest.approx(np.ones((6, 3)), rel=1e-9)

    @lean
    @given(st.integers(0, 400), st.sampled_from([0.01, 7.0, 1e6]), st.sampled_from([1e-5, 3.0]))
    def test_units_of_measurement_do_not_matter(self, seed, one, other):
        sides = case(5, 2, 2, seed)
        scale = pd.Series({"a": one, "b": other})
        scaled = [side * scale for side in sides]
        pd.testing.assert_frame_equal(malmquist(*scaled), malmquist(*sides), rtol=1e-8)

    @lean
    @given(st.integers(0, 400), st.sampled_from([0.5, 1.1, 20.0]))
    def test_homogeneous(self, seed, factor):
        first, made, last, make = case(5, 2, 2, seed)
        base = malmquist(first, made, last, make)
        more = malmquist(first, made, last, make * factor)
        assert (more["malmquist"] / base["malmquist"]).tolist() == pytest.approx([factor] * 5)
        assert (more["technical_change"] / base["technical_change"]).tolist() == pytest.approx(
            [factor] * 5
        )
        assert more["efficiency_change"].tolist() == pytest.approx(
            base["efficiency_change"].tolist()
        )
        dear = malmquist(first, made, last * factor, make)
        assert (dear["malmquist"] * factor).tolist() == pytest.approx(base["malmquist"].tolist())

    @pytest.mark.parametrize("shape", [(1, 1), (2, 1)])
    def test_there_and_back(self, shape):
        first, made, last, make = case(6, *shape)
        there, back = malmquist(first, made, last, make), malmquist(last, make, first, made)
        assert (there[COLUMNS] * back[COLUMNS]).to_numpy() == pytest.approx(np.ones((6, 3)))

    @pytest.mark.parametrize(
        ("shape", "seed"), [((1, 1), 0), *(((2, 2), seed) for seed in range(4))]
    )
    def test_size_of_a_unit_does_not_matter(self, shape, seed):
        sides = case(5, *shape, seed)
        grown = [side.mul([1e9, 1, 1e-9, 1, 3], axis=0) for side in sides]
        pd.testing.assert_frame_equal(malmquist(*grown), malmquist(*sides), rtol=1e-8)

    @pytest.mark.parametrize("shape", [(1, 1), (2, 2)])
    def test_order_of_units_and_columns_does_not_matter(self, shape):
        sides = case(5, *shape)
        turned = [side.iloc[order, ::-1] for side, order in zip(
            sides, ([4, 2, 0, 1, 3], [0, 1, 2, 4, 3], [3, 2, 1, 0, 4], [1, 0, 2, 3, 4]), strict=True
        )]  # fmt: skip
        result = malmquist(*turned)
        assert result.index.tolist() == ["u4", "u2", "u0", "u1", "u3"]
        expected = malmquist(*sides).loc[result.index]
        pd.testing.assert_frame_equal(result, expected, rtol=1e-9)

    @pytest.mark.parametrize("shape", [(1, 1), (2, 2)])
    def test_frontiers_of_years_are_apart(self, shape):
        index = pd.MultiIndex.from_product([list("uvw"), [2021, 2020]], names=["city", "year"])
        sides = [side.set_axis(index) for side in case(6, *shape)]
        together = malmquist(*sides)
        for year in (2020, 2021):
            alone = malmquist(*(side.xs(year, level="year") for side in sides))
            pd.testing.assert_frame_equal(together.xs(year, level="year"), alone)

    def test_sequences_beside_frames(self):
        first, made, last, make = case(4, 2, 1)
        expected = malmquist(first, made, last, make)
        pd.testing.assert_frame_equal(
            malmquist(first, made["a"].iloc[::-1], last, make["a"].tolist()), expected
        )
        one = malmquist(first["a"].tolist(), made["a"], last["a"].iloc[::-1], make["a"].tolist())
        assert one.index.tolist() == first.index.tolist()
        pd.testing.assert_frame_equal(one, malmquist(first["a"], made["a"], last["a"], make["a"]))

    @pytest.mark.parametrize("shape", [(1, 1), (2, 2)])
    def test_missing_quantity(self, shape):
        index = pd.MultiIndex.from_product([list("uvw"), [2020, 2021]], names=["city", "year"])
        sides = [side.set_axis(index) for side in case(6, *shape)]
        whole = malmquist(*sides)
        sides[2] = sides[2].copy()
        sides[2].loc[("v", 2020), "a"] = NAN
        result = malmquist(*sides)
        of_2020 = result.xs(2020, level="year")
        assert of_2020[COLUMNS].isna().all(axis=None)
        assert of_2020["flag"].tolist() == ["frontier_incomplete", "missing", "frontier_incomplete"]
        pd.testing.assert_frame_equal(result.xs(2021, level="year"), whole.xs(2021, level="year"))

    @pytest.mark.parametrize("shape", [(1, 1), (2, 2)])
    @pytest.mark.parametrize("idle", [(0, 1), (1,), (2, 3), (3,), (0, 1, 2, 3)])
    def test_unit_that_makes_nothing(self, shape, idle):
        sides = case(5, *shape)
        for side in idle:
            sides[side].loc["u1"] = 0.0
        result = malmquist(*sides)
        assert result.loc["u1", COLUMNS].isna().all()
        assert result["flag"].tolist() == ["", "no_output", "", "", ""]
        # What it did is on no frontier: the others see no more than the year it worked.
        if len(idle) == 4:
            without = malmquist(*(side.drop(index="u1") for side in sides))
            pd.testing.assert_frame_equal(result.drop(index="u1"), without, rtol=1e-9)

    def test_infeasible(self):
        # Nobody made the second output before, and everybody needed the second input.
        first = pd.DataFrame([[1.0, 1.0], [2.0, 1.0]], ["A", "B"])
        made = pd.DataFrame([[1.0, 0.0], [3.0, 0.0]], ["A", "B"])
        make = pd.DataFrame([[1.0, 0.0], [3.0, 1.0]], ["A", "B"])
        result = malmquist(first, made, first, make)
        assert result["flag"].tolist() == ["", "infeasible"]
        assert result.loc["B", ["technical_change", "malmquist"]].isna().all()
        assert result.loc["B", "efficiency_change"] == pytest.approx(1.0)
        spared = pd.DataFrame([[1.0, 0.0], [2.0, 1.0]], ["A", "B"])
        saved = malmquist(first, [1.0, 3.0], spared, [1.0, 3.0])
        assert saved["flag"].tolist() == ["infeasible", ""]

    def test_one_unit_is_its_own_frontier(self):
        result = malmquist([2.0], [4.0], [2.0], [5.0])
        assert result.loc[0, COLUMNS].tolist() == pytest.approx([1.0, 1.25, 1.25])

    def test_refusals(self):
        first, made, last, make = case(4, 2, 2)
        with pytest.raises(ValueError, match=r"^inputs_start: -1.0 at row 'u0', column 'a' is not"):
            malmquist(first.mask(first == first.iloc[0, 0], -1.0), made, last, make)
        with pytest.raises(ValueError, match=r"^outputs_end: column 'A' is not in outputs_start"):
            malmquist(first, made, last, make.rename(columns={"a": "A"}))
        with pytest.raises(ValueError, match=r"^outputs_start: row 'x' is not in inputs_start"):
            malmquist(first, made.rename({"u0": "x"}), last, make)
        with pytest.raises(ValueError, match=r"^inputs_end: row 'u3' of inputs_start is missing"):
            malmquist(first, made, last.iloc[:3], make)
        with pytest.raises(ValueError, match=r"^outputs_end: holds 1 values where inputs_start ho"):
            malmquist([1, 1], [2, 4], [1, 1], [3])
        with pytest.raises(ValueError, match=r"^inputs_start: one number has no parts"):
            malmquist(1.0, 2.0, 1.0, 2.0)
        with pytest.raises(ValueError, match=r"^inputs_end: -3.0 at row 'b', column 0 is not allo"):
            malmquist([1, 2], [3, 4], pd.Series({"a": 1.0, "b": -3.0}), [1, 1])
        with pytest.raises(ValueError, match=r"^outputs_end: '1' at row 0, column 0 is not allowe"):
            malmquist([1, 2], [3, 4], [1, 2], ["1", 1])
        last.loc["u2"] = 0.0
        with pytest.raises(ValueError, match=r"^inputs_end: 0.0 at row 'u2', column 'a' is not al"):
            malmquist(first, made, last, make)


def test_import_is_light():
    code = "import sys, lyanalysis.indicators.productivity; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
