from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from lyanalysis.indicators.upgrading import (
    layer_coefficient,
    structural_deviation,
    theil_rationalisation,
    ts_ratio,
    vector_angle,
)

SECTORS = ["primary", "secondary", "tertiary"]
EXAMPLE, WORKERS = [10.0, 50.0, 40.0], [25.0, 30.0, 45.0]
ONE_ROW = [ts_ratio, layer_coefficient, vector_angle]
TWO_ROWS = [theil_rationalisation, structural_deviation]


def levels(rows: int = 200, seed: int = 7) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    return pd.DataFrame(draw.uniform(1, 100, (rows, 3)), columns=SECTORS)


class TestTertiaryOverSecondary:
    def test_definition(self):
        assert ts_ratio(EXAMPLE) == 0.8
        assert ts_ratio([0.1, 0.5, 0.4]) == pytest.approx(0.8, abs=1e-15)
        frame = levels()
        expected = (frame["tertiary"] / frame["secondary"]).tolist()
        assert ts_ratio(frame).tolist() == expected

    def test_scale_and_primary_sector_do_not_matter(self):
        frame = levels()
        assert ts_ratio(frame * 1e200).tolist() == pytest.approx(ts_ratio(frame).tolist())
        assert ts_ratio(frame.assign(primary=0.0)).tolist() == ts_ratio(frame).tolist()
        assert ts_ratio([math.nan, 50.0, 40.0]) == 0.8

    def test_falls_when_a_city_re_industrialises(self):
        # Industry gains what farming loses: the ratio falls although the mix has advanced.
        before, after = [20.0, 40.0, 40.0], [10.0, 50.0, 40.0]
        assert ts_ratio(after) < ts_ratio(before)
        assert layer_coefficient(after) > layer_coefficient(before)
        assert vector_angle(after)["W"] > vector_angle(before)["W"]

    def test_zero_and_missing(self):
        assert ts_ratio([1, 1, 0]) == 0.0
        assert math.isnan(ts_ratio([1, 0, 1]))
        assert math.isnan(ts_ratio([1, 0, 0]))
        assert math.isnan(ts_ratio([1, math.nan, 1]))
        assert math.isnan(ts_ratio([1, 1, math.nan]))


class TestLayerCoefficient:
    @pytest.mark.parametrize(
        ("parts", "expected"),
        [
            ([1, 0, 0], 1.0),
            ([0, 1, 0], 2.0),
            ([0, 0, 1], 3.0),
            ([1, 1, 1], 2.0),
            ([1, 0, 1], 2.0),
            ([0.1, 0.5, 0.4], 2.3),
            ([10, 50, 40], 2.3),
        ],
    )
    def test_closed_forms(self, parts, expected):
        assert layer_coefficient(parts) == pytest.approx(expected, abs=1e-12)

    def test_definition(self):
        frame = levels()
        q = frame.div(frame.sum(axis=1), axis=0)
        expected = q["primary"] + 2 * q["secondary"] + 3 * q["tertiary"]
        assert layer_coefficient(frame).tolist() == pytest.approx(expected.tolist(), rel=1e-14)

    def test_the_misprinted_formula_is_not_used(self):
        # With 第二产业*3 as the last term, all secondary would be 2 + 3 and all tertiary 0.
        assert layer_coefficient([0, 7, 0]) == 2.0
        assert layer_coefficient([0, 0, 7]) == 3.0

    def test_bounds_hold_to_the_last_digit(self):
        draw = np.random.default_rng(1)
        pure = np.kron(draw.uniform(1e-9, 1e9, (500, 1)), np.eye(3))
        noisy = pure + draw.uniform(0, 1e-16, pure.shape)
        for cells in (pure, noisy):
            assert layer_coefficient(pd.DataFrame(cells)).between(1, 3).all()
        assert layer_coefficient(pd.DataFrame(pure)).tolist() == [1.0, 2.0, 3.0] * 500

    def test_scale_free_by_row(self):
        frame = levels()
        scales = pd.Series(np.geomspace(1e-200, 1e200, len(frame)))
        scaled = layer_coefficient(frame.mul(scales, axis=0))
        assert scaled.tolist() == pytest.approx(layer_coefficient(frame).tolist(), rel=1e-14)

    def test_zero_row_and_missing_value(self):
        assert math.isnan(layer_coefficient([0, 0, 0]))
        assert math.isnan(layer_coefficient([1, math.nan, 1]))


class TestVectorAngle:
    @pytest.mark.parametrize(
        ("parts", "thetas", "index"),
        [
            ([1, 0, 0], [0, math.pi / 2, math.pi / 2], 1.5 * math.pi),
            ([0, 1, 0], [math.pi / 2, 0, math.pi / 2], 2 * math.pi),
            ([0, 0, 1], [math.pi / 2, math.pi / 2, 0], 2.5 * math.pi),
            ([1, 1, 1], [math.acos(1 / math.sqrt(3))] * 3, 6 * math.acos(1 / math.sqrt(3))),
            ([0, 1, 1], [math.pi / 2, math.pi / 4, math.pi / 4], 2.25 * math.pi),
            (
                [0.1, 0.5, 0.4],
                [1.4158740069240832, 0.6895745659097402, 0.9056002717820779],
                6.5323714243738085,
            ),
        ],
    )
    def test_closed_forms(self, parts, thetas, index):
        # 付凌晖 (2010): the angles with the unit vectors, W = 3 theta1 + 2 theta2 + theta3.
        result = vector_angle(parts)
        assert list(result.index) == ["theta1", "theta2", "theta3", "W"]
        assert result.tolist() == pytest.approx([*thetas, index], abs=1e-14)

    def test_equal_shares_lie_below_all_secondary(self):
        equal = vector_angle([1, 1, 1])["W"]
        assert equal == pytest.approx(5.732, abs=5e-4)
        assert equal < vector_angle([0, 1, 0])["W"]
        assert layer_coefficient([1, 1, 1]) == layer_coefficient([0, 1, 0])

    def test_angles_are_the_arccosines(self):
        frame = levels()
        cells = frame.to_numpy()
        angles = np.arccos(cells / np.sqrt((cells**2).sum(axis=1, keepdims=True)))
        result = vector_angle(frame)
        thetas = result[["theta1", "theta2", "theta3"]].to_numpy()
        np.testing.assert_allclose(thetas, angles, rtol=1e-12)
        # The double sum as the paper writes it.
        expected = sum(angles[:, j] for k in range(3) for j in range(k + 1))
        assert result["W"].tolist() == pytest.approx(expected.tolist(), rel=1e-12)

    def test_squared_cosines_sum_to_one(self):
        result = vector_angle(levels())[["theta1", "theta2", "theta3"]]
        assert (np.cos(result) ** 2).sum(axis=1).tolist() == pytest.approx([1.0] * len(result))

    @pytest.mark.parametrize("corner", range(3))
    def test_digits_near_the_corners(self, corner):
        # Closed form: the angle between (1, e, 0) and (1, 0, 0) is arctan e; arccos would give 0.
        for other in {0, 1, 2} - {corner}:
            parts = [0.0, 0.0, 0.0]
            parts[corner], parts[other] = 1.0, 1e-9
            result = vector_angle(parts)
            assert result[f"theta{corner + 1}"] == pytest.approx(1e-9, rel=1e-14)
            assert result[f"theta{other + 1}"] == pytest.approx(math.pi / 2 - 1e-9, rel=1e-15)
            assert math.acos(parts[corner] / math.hypot(*parts)) == 0.0

    def test_bounds(self):
        steps = range(41)
        grid = [(a, b, 40 - a - b) for a, b in itertools.product(steps, steps) if a + b <= 40]
        index = vector_angle(pd.DataFrame(grid))["W"]
        assert index.between(1.5 * np.pi, 2.5 * np.pi).all()
        assert (index.min(), index.max()) == (1.5 * np.pi, 2.5 * np.pi)

    def test_scale_free_by_row(self):
        frame = levels()
        for scale in (0.01, 1e300, 1e-300):
            pd.testing.assert_frame_equal(vector_angle(frame * scale), vector_angle(frame))

    def test_sectors_are_found_by_name(self):
        named = pd.Series({"va_tertiary": 40, "va_secondary": 50, "va_primary": 10})
        assert ts_ratio(named) == 0.8
        assert layer_coefficient(named) == layer_coefficient([10, 50, 40])
        assert vector_angle(named)["W"] == vector_angle([10, 50, 40])["W"]

    def test_order_of_the_sectors_matters(self):
        assert vector_angle([40, 50, 10])["W"] < vector_angle([10, 50, 40])["W"]

    def test_zero_row_and_missing_value(self):
        frame = pd.DataFrame(
            [[0.0, 0.0, 0.0], [1.0, math.nan, 0.0], [1.0, 0.0, 0.0]], columns=SECTORS
        )
        result = vector_angle(frame)
        assert result.iloc[:2].isna().all(axis=None)
        assert result.loc[2, "W"] == pytest.approx(1.5 * math.pi)
        assert vector_angle([0, 0, 0]).isna().all()


class TestTheilRationalisation:
    def test_example(self):
        # From the formula of 干春晖等 (2011).
        expected = 0.1 * math.log(0.1 / 0.25) + 0.5 * math.log(5 / 3) + 0.4 * math.log(40 / 45)
        assert theil_rationalisation(EXAMPLE, WORKERS) == pytest.approx(expected, abs=1e-15)
        assert expected == pytest.approx(0.11667052443302645, abs=1e-12)

    def test_definition(self):
        output, workers = levels(seed=1), levels(seed=2)
        mean = output.sum(axis=1) / workers.sum(axis=1)
        ratio = (output / workers).div(mean, axis=0)
        expected = (output.div(output.sum(axis=1), axis=0) * np.log(ratio)).sum(axis=1)
        result = theil_rationalisation(output, workers)
        assert result.tolist() == pytest.approx(expected.tolist(), rel=1e-10)

    def test_one_sector_with_all_output(self):
        # Closed form: ln of one over its share of employment.
        result = theil_rationalisation([0, 1, 0], [30, 20, 50])
        assert result == pytest.approx(math.log(5), rel=1e-15)

    def test_never_negative(self):
        frame = levels()
        balanced = theil_rationalisation(frame, frame * (1 / 3))
        assert (balanced >= 0).all()
        assert (theil_rationalisation(frame, levels(seed=8)) > 0).all()

    def test_larger_is_less_rational(self):
        nearer = [20.0, 40.0, 40.0]
        assert theil_rationalisation(EXAMPLE, WORKERS) > theil_rationalisation(EXAMPLE, nearer)

    def test_sector_without_output_adds_nothing(self):
        with_workers = theil_rationalisation([0, 50, 50], [20, 40, 40])
        assert with_workers == pytest.approx(math.log(1.25), rel=1e-14)
        assert theil_rationalisation([0, 50, 50], [0, 40, 40]) == pytest.approx(0.0, abs=1e-15)

    def test_sector_with_output_but_no_workers(self):
        assert math.isnan(theil_rationalisation([1, 50, 49], [0, 40, 60]))


class TestStructuralDeviation:
    def test_example(self):
        expected = abs(0.1 / 0.25 - 1) + abs(5 / 3 - 1) + abs(40 / 45 - 1)
        assert structural_deviation(EXAMPLE, WORKERS) == pytest.approx(expected, abs=1e-14)
        assert expected == pytest.approx(1.3777777777777778, abs=1e-12)

    def test_definition(self):
        output, workers = levels(seed=1), levels(seed=2)
        mean = output.sum(axis=1) / workers.sum(axis=1)
        expected = ((output / workers).div(mean, axis=0) - 1).abs().sum(axis=1)
        result = structural_deviation(output, workers)
        assert result.tolist() == pytest.approx(expected.tolist(), rel=1e-12)

    def test_a_tiny_sector_can_dominate(self):
        result = structural_deviation([1, 49, 50], [0.01, 49.99, 50])
        assert result == pytest.approx(99, abs=0.1)

    def test_larger_is_less_rational(self):
        nearer = [20.0, 40.0, 40.0]
        assert structural_deviation(EXAMPLE, WORKERS) > structural_deviation(EXAMPLE, nearer)

    def test_sector_without_output_adds_one(self):
        result = structural_deviation([0, 50, 50], [20, 40, 40])
        assert result == pytest.approx(1 + 0.25 + 0.25, rel=1e-14)

    def test_sector_without_workers(self):
        assert math.isnan(structural_deviation([1, 50, 49], [0, 40, 60]))
        assert math.isnan(structural_deviation([0, 50, 50], [0, 40, 60]))


class TestOutputAgainstEmployment:
    @pytest.mark.parametrize("function", TWO_ROWS)
    def test_balanced_productivity_gives_zero(self, function):
        assert function(EXAMPLE, EXAMPLE) == 0.0
        frame = levels()
        assert function(frame, frame * 0.37).tolist() == pytest.approx([0.0] * 200, abs=1e-14)

    @pytest.mark.parametrize("function", TWO_ROWS)
    def test_units_and_order_do_not_matter(self, function):
        output, workers = levels(seed=1), levels(seed=2)
        expected = function(output, workers).tolist()
        scaled = function(output * 1e150, workers * 1e-150)
        assert scaled.tolist() == pytest.approx(expected, rel=1e-9)
        both = function(output[SECTORS[::-1]], workers[SECTORS[::-1]])
        assert both.tolist() == pytest.approx(expected, rel=1e-9)

    @pytest.mark.parametrize("function", TWO_ROWS)
    def test_labels_are_matched(self, function):
        output, workers = levels(seed=1), levels(seed=2)
        turned = workers.iloc[::-1][SECTORS[::-1]]
        pd.testing.assert_series_equal(function(output, turned), function(output, workers))

    @pytest.mark.parametrize("function", TWO_ROWS)
    def test_rows_are_independent(self, function):
        output, workers = levels(rows=9, seed=1), levels(rows=9, seed=2)
        together = function(output, workers)
        single = [function(output.loc[row], workers.loc[row]) for row in output.index]
        assert together.tolist() == single

    @pytest.mark.parametrize("function", TWO_ROWS)
    def test_zero_total_and_missing_value(self, function):
        for bad in ([0, 0, 0], [1, math.nan, 1], [0, math.nan, 1]):
            assert math.isnan(function(bad, WORKERS))
            assert math.isnan(function(EXAMPLE, bad))
        # The employment of a sector without output still counts in the total.
        assert math.isnan(function([0, 50, 50], [math.nan, 40, 40]))


class TestRefusals:
    @pytest.mark.parametrize("function", ONE_ROW)
    def test_other_counts_of_sectors(self, function):
        wanted = "give exactly three, in the order primary, secondary, tertiary"
        with pytest.raises(ValueError, match=rf"^levels: holds 2 sectors; {wanted}$"):
            function([1.0, 2.0])
        with pytest.raises(ValueError, match=rf"^levels: holds 1 sector; {wanted}$"):
            function(pd.DataFrame({"a": [1.0]}))
        with pytest.raises(ValueError, match=rf"^levels: holds 4 sectors; {wanted}$"):
            function(levels().assign(total=100.0))
        with pytest.raises(ValueError, match=r"^levels: one number has no parts"):
            function(1.0)

    @pytest.mark.parametrize("function", ONE_ROW)
    def test_cells(self, function):
        frame = pd.DataFrame([[1.0, -2.0, 3.0]], index=["410300"], columns=SECTORS)
        with pytest.raises(
            ValueError, match=r"^levels: -2\.0 at row '410300', column 'secondary' is not allowed"
        ):
            function(frame)
        with pytest.raises(ValueError, match=r"^levels: inf at 2 is not allowed"):
            function([1.0, 1.0, math.inf])
        with pytest.raises(ValueError, match=r"^levels: '3' at 2 is not allowed"):
            function(pd.Series([1.0, 1.0, "3"], dtype=object))

    @pytest.mark.parametrize("function", TWO_ROWS)
    def test_pairs(self, function):
        good = pd.DataFrame([EXAMPLE], index=["410300"], columns=SECTORS)
        with pytest.raises(ValueError, match=r"^output: holds 2 sectors; give exactly three"):
            function([1.0, 2.0], [1.0, 2.0])
        with pytest.raises(ValueError, match=r"^employment: holds 4 sectors; give exactly three"):
            function(good, good.assign(total=100.0))
        with pytest.raises(ValueError, match=r"^employment: -1\.0 at row '410300', column 'prim"):
            function(good, good.assign(primary=-1.0))
        with pytest.raises(ValueError, match=r"^employment: column 'services' is not in output"):
            function(good, good.rename(columns={"tertiary": "services"}))
        with pytest.raises(ValueError, match=r"^employment: row '410300' of output is missing"):
            function(good, good.iloc[:0])
        with pytest.raises(ValueError, match=r"^employment: one row of numbers, but output is a"):
            function(good, WORKERS)
        with pytest.raises(ValueError, match=r"^output: one number has no parts"):
            function(1.0, 2.0)


@pytest.mark.parametrize("function", ONE_ROW)
def test_rows_are_independent(function):
    frame = levels(rows=9).set_axis([f"41{row:02}00" for row in range(9)])
    together = function(frame)
    assert list(together.index) == list(frame.index)
    for label, row in frame.iterrows():
        single = function(row)
        if isinstance(single, pd.Series):
            assert single.tolist() == together.loc[label].tolist()
        else:
            assert single == together[label]


@pytest.mark.parametrize("function", ONE_ROW)
def test_no_rows_give_no_rows(function):
    assert len(function(levels().iloc[:0])) == 0
