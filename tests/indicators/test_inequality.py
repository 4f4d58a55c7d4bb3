from __future__ import annotations

import itertools
import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lyanalysis.indicators.specialisation import (
    dagum,
    dagum_pairs,
    gini,
    theil_by_group,
    theil_decomposition,
    theil_l,
    theil_permutation,
    theil_t,
)

FROZEN = json.loads(
    (Path(__file__).parents[1] / "reference" / "specialisation.json").read_text("utf-8")
)["inequality"]
# Income classes and persons in them, REAT: printed Gini 0.5278.
CLASSES = [500, 1500, 2500, 4000, 7500, 15000]
PERSONS = [1000, 1200, 1600, 400, 200, 600]
FIVE = [10, 10, 10, 20, 50]
# Income a head of the Mexican states in 1940, and the regions they belong to (PySAL).
MEXICO = [
    10384, 22361, 9573, 3758, 2934, 8578, 8537, 6909, 17816, 12132, 4359, 2181, 4414, 5309, 3408,
    3327, 6936, 4836, 9073, 1892, 3569, 11016, 21965, 4372, 4840, 6399, 2459, 7508, 3605, 5203,
    7990, 3734,
]  # fmt: skip
REGIONS = [2, 1, 2, 5, 5, 1, 1, 3, 4, 2, 3, 5, 3, 3, 4, 3, 3, 2, 1, 5, 3, 3, 5, 2, 2, 1, 5, 1, 3, 3,
           5, 2]  # fmt: skip
GROUPS = dict(zip("abcdefg", "xyxzyyx", strict=True))
MEASURES = ["t", "l"]
INDEX = {"t": theil_t, "l": theil_l}
examples = settings(derandomize=True, deadline=None, max_examples=50, database=None)
POSITIVE = arrays(float, (3, 7), elements=st.floats(1e-3, 1e6))
LEVELS = arrays(float, (3, 7), elements=st.sampled_from([0.0, 0.1, 0.3, 1.0, 2.5, 7.0, 1e4]))
WEIGHTS = arrays(float, 7, elements=st.sampled_from([0.0, 0.5, 1.0, 3.0, 40.0]))


def by_year(rows: int = 6, seed: int = 4) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    return pd.DataFrame(draw.lognormal(3, 1, (rows, 7)), range(2020, 2020 + rows), list("abcdefg"))


def heads(seed: int = 5) -> pd.Series:
    return pd.Series(np.random.default_rng(seed).integers(1, 9, 7), list("abcdefg"), dtype=float)


def naive_gini(values: list[float], weights: list[float] | None = None) -> float:
    """Mean difference over twice the mean, pair by pair."""
    weights = [1.0] * len(values) if weights is None else weights
    total = sum(weights)
    pairs = itertools.product(zip(values, weights, strict=True), repeat=2)
    apart = sum(u * v * abs(x - y) for (x, u), (y, v) in pairs)
    mean = sum(x * u for x, u in zip(values, weights, strict=True)) / total
    return apart / total**2 / (2 * mean)


def naive_theil(values: list[float], measure: str, weights: list[float] | None = None) -> float:
    weights = [1.0] * len(values) if weights is None else weights
    total = sum(weights)
    mean = sum(x * w for x, w in zip(values, weights, strict=True)) / total
    answer = 0.0
    for value, weight in zip(values, weights, strict=True):
        ratio = value / mean
        if measure == "t":
            answer += weight / total * ratio * math.log(ratio) if value else 0.0
        else:
            answer -= weight / total * math.log(ratio)
    return answer


def repeated(values: list[float], weights: list[int]) -> list[float]:
    return [value for value, times in zip(values, weights, strict=True) for _ in range(int(times))]


class TestGini:
    def test_printed(self):
        assert gini([20, 50, 20, 10]).to_dict() == pytest.approx({"gini": 0.3, "small_sample": 0.4})
        assert gini(CLASSES, weights=PERSONS)["gini"] == pytest.approx(0.5278, abs=5e-5)

    def test_weights_are_sorted_with_their_values_unlike_reat(self):
        # REAT 3.0.3 sorts the values alone and returns 0.4072 for this order.
        order = [5, 2, 0, 4, 1, 3]
        turned = gini([CLASSES[at] for at in order], weights=[PERSONS[at] for at in order])
        assert turned["gini"] == pytest.approx(gini(CLASSES, weights=PERSONS)["gini"], abs=1e-15)

    def test_a_matrix_is_many_rows_unlike_pysal(self):
        # inequality 1.1.2 takes a matrix without a message and returns a number above 1.
        frame = pd.DataFrame([[20, 50, 20, 10], [1, 1, 1, 1]], index=["x", "y"])
        assert gini(frame)["gini"].to_dict() == pytest.approx({"x": 0.3, "y": 0.0})

    def test_peer(self):
        ours = gini(pd.DataFrame(FROZEN["values"]))["gini"]
        np.testing.assert_allclose(ours, FROZEN["gini"], rtol=1e-12)

    @examples
    @given(LEVELS, WEIGHTS)
    def test_definition(self, cells, weights):
        frame = pd.DataFrame(cells + np.eye(3, 7), columns=list("abcdefg"))
        plain, weighted = gini(frame), gini(frame, weights=weights)
        for row in range(3):
            values = frame.iloc[row].tolist()
            assert plain.loc[row, "gini"] == pytest.approx(naive_gini(values), abs=1e-12)
            if sum(weights * values) > 0:
                expected = naive_gini(values, weights.tolist())
                assert weighted.loc[row, "gini"] == pytest.approx(expected, abs=1e-12)
            else:
                assert math.isnan(weighted.loc[row, "gini"])
        assert plain["gini"].between(0, 6 / 7 + 1e-15).all()
        assert plain["small_sample"].between(0, 1).all()
        assert weighted["small_sample"].isna().all()

    @examples
    @given(POSITIVE, st.permutations(range(7)), st.floats(1e-6, 1e6))
    def test_scale_and_order(self, cells, order, scale):
        frame = pd.DataFrame(cells)
        pd.testing.assert_frame_equal(gini(frame[order] * scale), gini(frame), rtol=1e-9)

    def test_weight_is_the_number_of_copies(self):
        weighted = gini([3.0, 1.0, 7.0], weights=[2, 5, 3])["gini"]
        assert weighted == pytest.approx(gini(repeated([3.0, 1.0, 7.0], [2, 5, 3]))["gini"])
        assert weighted == pytest.approx(gini([3, 1, 7], weights=[0.2, 0.5, 0.3])["gini"])

    def test_weights_by_row_and_by_name(self):
        frame, people = by_year(), heads()
        expected = gini(frame, weights=people)
        pd.testing.assert_frame_equal(gini(frame, weights=people[::-1]), expected)
        by_cell = pd.DataFrame([people] * 6, index=frame.index)
        pd.testing.assert_frame_equal(gini(frame, weights=by_cell.iloc[::-1, ::-1]), expected)
        by_cell.iloc[0] = range(7)
        changed = gini(frame, weights=by_cell)
        assert changed["gini"].tolist()[1:] == pytest.approx(expected["gini"].tolist()[1:])
        assert changed["gini"].iloc[0] != pytest.approx(expected["gini"].iloc[0], rel=0.01)

    def test_ends(self):
        for number in range(2, 60):
            assert gini([0.001] * number).tolist() == [0.0, 0.0]
            assert gini([0.0] * (number - 1) + [6.773836974465351])["small_sample"] <= 1.0
        assert gini([0.1] * 7, weights=[0.1, 0.7, 3, 1, 1, 1, 1])["gini"] == 0.0
        assert gini([0.0, 0.0, 5.0]).tolist() == pytest.approx([2 / 3, 1.0])
        assert gini([5.0]).tolist() == pytest.approx([0.0, math.nan], nan_ok=True)
        assert gini([0.0, 0.0]).isna().all()

    def test_missing(self):
        frame = by_year()
        frame.loc[2021, "c"] = math.nan
        assert gini(frame)["gini"].isna().tolist() == [False, True] + [False] * 4
        assert gini(frame, weights=heads())["gini"].isna().sum() == 1
        assert gini(frame, weights=heads().where(lambda count: count > 2))["gini"].isna().all()

    def test_a_unit_of_weight_zero_is_not_there(self):
        without = gini([1.0, 5.0], weights=[2, 3])["gini"]
        for value in (0.0, 3.0, math.nan, 1e9):
            assert gini([1.0, value, 5.0], weights=[2, 0, 3])["gini"] == pytest.approx(without)
        assert gini([1.0, 2.0], weights=[0, 0]).isna().all()

    @pytest.mark.parametrize("order", ["C", "F"])
    def test_many_rows_are_computed_in_blocks(self, order):
        cells = np.array(np.random.default_rng(5).uniform(0, 1, (30000, 9)), order=order)
        frame = pd.DataFrame(cells, copy=False)
        ordered, ranks = np.sort(cells, axis=1), np.arange(1, 10)
        expected = 2 * (ordered @ ranks) / (9 * cells.sum(axis=1)) - 10 / 9
        np.testing.assert_allclose(gini(frame)["gini"], expected, rtol=1e-9)
        one = gini(frame, weights=[1.0] * 9)["gini"]
        np.testing.assert_allclose(one, expected, rtol=1e-9)


class TestTheil:
    def test_printed(self):
        assert theil_l(FIVE) == pytest.approx(0.2326302, abs=5e-8)
        assert theil_t(FIVE) == pytest.approx(0.250201211769094, abs=1e-14)
        assert theil_t(MEXICO) == pytest.approx(0.20894344, abs=5e-9)

    def test_equal_weights_change_nothing_unlike_reat(self):
        # REAT divides the weighted mean by n once more: 0.0465 for equal weights.
        assert theil_l(FIVE, weights=[1] * 5) == pytest.approx(0.2326302, abs=5e-8)
        assert theil_t(FIVE, weights=[0.2] * 5) == pytest.approx(theil_t(FIVE), abs=1e-15)

    def test_peer(self):
        ours = theil_t(pd.DataFrame(FROZEN["values"]))
        np.testing.assert_allclose(ours, FROZEN["theil_t"], rtol=1e-12)

    @pytest.mark.parametrize("measure", MEASURES)
    def test_definition(self, measure):
        frame, people = by_year(), heads()
        plain, weighted = INDEX[measure](frame), INDEX[measure](frame, weights=people)
        for year in frame.index:
            values = frame.loc[year].tolist()
            assert plain[year] == pytest.approx(naive_theil(values, measure), rel=1e-12)
            expected = naive_theil(values, measure, people.tolist())
            assert weighted[year] == pytest.approx(expected, rel=1e-12)

    @pytest.mark.parametrize("function", [theil_t, theil_l])
    @examples
    @given(POSITIVE, st.permutations(range(7)), st.floats(1e-6, 1e6))
    def test_scale_order_and_bounds(self, function, cells, order, scale):
        frame = pd.DataFrame(cells)
        index = function(frame)
        pd.testing.assert_series_equal(function(frame[order] * scale), index, rtol=1e-9, atol=1e-15)
        assert (index >= 0).all()
        assert function is theil_l or (index <= math.log(7)).all()

    @pytest.mark.parametrize("function", [theil_t, theil_l])
    @pytest.mark.parametrize("value", [0.1, 0.3, 1 / 3, 7.7, 1e-300, 1e300])
    def test_equal_values_give_zero_exactly(self, function, value):
        for number in (1, 3, 7, 10, 97):
            assert function([value] * number) == 0.0
            assert function([value] * number, weights=[0.1] * number) == 0.0

    @pytest.mark.parametrize("function", [theil_t, theil_l])
    @pytest.mark.parametrize(
        "values", [[1 - 1e-8, 1 + 1e-8], [0.1, 0.1 + 1e-9, 0.1 + 4e-9], [3.3, 3.3 + 5e-8, 3.3, 3.3]]
    )
    def test_near_equality_keeps_its_digits(self, function, values):
        # Both indices are half the squared coefficient of variation there, some 1e-16.
        exact = [Fraction(value) for value in values]
        mean = sum(exact) / len(exact)
        half = sum((value - mean) ** 2 for value in exact) / len(exact) / mean**2 / 2
        assert function(values) == pytest.approx(float(half), rel=1e-6, abs=0.0)
        heavy = function(values, weights=[0.3] * len(values))
        assert heavy == pytest.approx(float(half), rel=1e-6, abs=0.0)

    def test_ends_and_zeros(self):
        assert theil_t([0.0, 0.0, 0.0, 4.0]) == pytest.approx(math.log(4), abs=1e-15)
        assert theil_t([0.0, 1.0, 1.0]) == pytest.approx(math.log(1.5), abs=1e-15)
        assert math.isnan(theil_l([0.0, 1.0, 1.0]))
        assert math.isnan(theil_t([0.0, 0.0]))
        assert math.isnan(theil_l([0.0, 0.0]))

    def test_a_zero_hides_its_row_only(self):
        frame = pd.DataFrame([[0.0, 1.0, 1.0], FIVE[2:]])
        assert theil_t(frame).tolist() == pytest.approx([math.log(1.5), theil_t(FIVE[2:])])
        index = theil_l(frame)
        assert math.isnan(index[0])
        assert index[1] == pytest.approx(theil_l(FIVE[2:]))

    @pytest.mark.parametrize("function", [theil_t, theil_l])
    def test_weight_is_the_number_of_copies(self, function):
        weighted = function([3.0, 1.0, 7.0], weights=[2, 5, 3])
        assert weighted == pytest.approx(function(repeated([3.0, 1.0, 7.0], [2, 5, 3])), rel=1e-12)

    @pytest.mark.parametrize("function", [theil_t, theil_l])
    def test_missing_and_absent(self, function):
        frame = by_year()
        frame.loc[2021, "c"] = math.nan
        assert function(frame).isna().tolist() == [False, True] + [False] * 4
        for value in (0.0, math.nan, 9.0):
            ours = function([1.0, value, 5.0], weights=[2, 0, 3])
            assert ours == pytest.approx(function([1.0, 5.0], weights=[2, 3]))
        assert math.isnan(function([1.0, 2.0], weights=[0.0, 0.0]))
        assert math.isnan(function([1.0, 2.0], weights=[1.0, math.nan]))


class TestTheilDecomposition:
    def test_printed_mexico_1940(self):
        split = theil_decomposition(MEXICO, REGIONS)
        assert split["total"] == pytest.approx(0.20894344, abs=5e-9)
        assert split["between"] == pytest.approx(0.0345889, abs=5e-8)
        assert split["within"] == pytest.approx(0.17435454, abs=5e-9)

    def test_peer(self):
        split = theil_decomposition(pd.DataFrame(FROZEN["values"]), FROZEN["groups"])
        np.testing.assert_allclose(split["between"], FROZEN["between"], rtol=1e-10)
        np.testing.assert_allclose(split["within"], FROZEN["within"], rtol=1e-10)

    @pytest.mark.parametrize("measure", MEASURES)
    def test_definition(self, measure):
        frame, people = by_year(), heads()
        split = theil_decomposition(frame, GROUPS, measure=measure, weights=people)
        for year, values in frame.iterrows():
            income, whole = (values * people).sum(), people.sum()
            between = within = 0.0
            for members in values.groupby(GROUPS).groups.values():
                own, count = values[members], people[members]
                share, part = (own * count).sum() / income, count.sum() / whole
                inside = naive_theil(own.tolist(), measure, count.tolist())
                between += (
                    share * math.log(share / part)
                    if measure == "t"
                    else part * math.log(part / share)
                )
                within += (share if measure == "t" else part) * inside
            assert split.loc[year, "between"] == pytest.approx(between, abs=1e-13)
            assert split.loc[year, "within"] == pytest.approx(within, abs=1e-13)

    @pytest.mark.parametrize("measure", MEASURES)
    @examples
    @given(POSITIVE, WEIGHTS.map(lambda weights: weights + np.eye(1, 7)[0]))
    def test_identity(self, measure, cells, weights):
        # The decomposition of mathmodels 0.0.11 by two crossed groupings does not add up
        # (0.27983 for 0.27882); here the total is computed without the groups.
        frame = pd.DataFrame(cells, columns=list("abcdefg"))
        for options in ({}, {"weights": weights}):
            split = theil_decomposition(frame, GROUPS, measure=measure, **options)
            total = INDEX[measure](frame, **options)
            assert split["total"].tolist() == total.tolist()
            parts = split["between"] + split["within"]
            scale = 1e-12 * (split["between"].abs() + split["within"].abs()) + 1e-15
            assert ((total - parts).abs() <= scale).all()
            assert split["residual"].tolist() == (total - parts).tolist()
            assert (split.drop(columns="residual") >= 0).all(axis=None)

    def test_residual_is_not_zero_by_construction(self):
        draw = np.random.default_rng(1).lognormal(0, 1, (200, 7))
        split = theil_decomposition(pd.DataFrame(draw), list(GROUPS.values()))
        assert (split["residual"] != 0).any()
        assert split["residual"].abs().max() < 1e-14

    def test_a_group_without_income_is_not_below_zero_unlike_pysal(self):
        # pysal/inequality #15: within of -0.693 where the incomes of a group are 0.
        split = theil_decomposition([0.0, 0.0, 1.0, 1.0], ["a", "a", "b", "b"])
        assert split["within"] == 0.0
        assert split[["total", "between"]].tolist() == pytest.approx([math.log(2)] * 2, abs=1e-15)
        by_group = theil_by_group([0.0, 0.0, 3.0, 5.0], ["a", "a", "b", "b"])
        assert by_group.loc["a", ["theil", "within_contribution"]].tolist() == [0.0, 0.0]
        assert by_group.loc["a", "between_contribution"] == 0.0

    def test_mean_log_deviation_has_no_zeros(self):
        frame = pd.DataFrame([[0.0, 0.0, 1.0, 2.0], [0.0, 1.0, 1.0, 2.0], [1.0, 1.0, 1.0, 2.0]])
        split = theil_decomposition(frame, ["a", "a", "b", "b"], measure="l")
        assert split[["total", "within", "residual"]].notna().all(axis=1).tolist() == [
            False,
            False,
            True,
        ]
        # The means of the groups can still be compared where only one unit has nothing.
        assert split["between"].tolist() == pytest.approx(
            [math.nan, theil_l([0.5, 1.5]), theil_l([1.0, 1.5])], nan_ok=True
        )
        by_group = theil_by_group(frame, ["a", "a", "b", "b"], measure="l")
        known = by_group["theil"].notna().unstack("group")
        assert known["a"].tolist() == [False, False, True]
        assert known["b"].all()

    @pytest.mark.parametrize("measure", MEASURES)
    def test_one_group_and_groups_of_one(self, measure):
        whole = theil_decomposition(FIVE, ["a"] * 5, measure=measure)
        assert whole["between"] == 0.0
        assert whole["within"] == pytest.approx(whole["total"], rel=1e-14)
        apart = theil_decomposition(FIVE, list("abcde"), measure=measure)
        assert apart["within"] == 0.0
        assert apart["between"] == pytest.approx(apart["total"], rel=1e-14)

    @pytest.mark.parametrize("measure", MEASURES)
    @pytest.mark.parametrize("weights", [None, [0.1, 0.7, 0.3, 1.1, 0.2, 0.9, 0.4, 3.0]])
    def test_equality_within_groups_is_exact(self, measure, weights):
        values, groups = [0.1, 0.3, 0.3, 7.7, 0.1, 7.7, 0.3, 0.1], list("abbcacba")
        split = theil_decomposition(values, groups, measure=measure, weights=weights)
        assert split["within"] == 0.0

    @pytest.mark.parametrize("measure", MEASURES)
    def test_groups_are_matched_by_name(self, measure):
        frame = by_year()
        expected = theil_decomposition(frame, GROUPS, measure=measure)
        series = pd.Series({**GROUPS, "elsewhere": "q"})[::-1]
        pd.testing.assert_frame_equal(theil_decomposition(frame, series, measure=measure), expected)
        turned = theil_decomposition(frame[frame.columns[::-1]], GROUPS, measure=measure)
        pd.testing.assert_frame_equal(turned, expected, rtol=1e-11, atol=1e-15)
        renamed = {unit: {"x": 7, "y": 0, "z": 5}[group] for unit, group in GROUPS.items()}
        pd.testing.assert_frame_equal(
            theil_decomposition(frame, renamed, measure=measure), expected
        )

    def test_missing_and_zero_rows(self):
        frame = by_year()
        frame.loc[2021, "c"] = math.nan
        frame.loc[2022] = 0.0
        split = theil_decomposition(frame, GROUPS)
        assert split.isna().all(axis=1).tolist() == [False, True, True] + [False] * 3
        assert split.notna().all(axis=1).sum() == 4

    @pytest.mark.parametrize("measure", MEASURES)
    def test_groups_without_weight_are_not_there(self, measure):
        weights = heads().where(pd.Series(GROUPS) != "y", 0.0)
        kept = [unit for unit, group in GROUPS.items() if group != "y"]
        frame = by_year()
        for value in (0.0, math.nan, 3.0):
            frame["b"] = value
            split = theil_decomposition(frame, GROUPS, measure=measure, weights=weights)
            only = theil_decomposition(frame[kept], GROUPS, measure=measure, weights=weights[kept])
            pd.testing.assert_frame_equal(split, only, rtol=1e-11, atol=1e-15)
            rows = theil_by_group(frame, GROUPS, measure=measure, weights=weights)
            absent = rows.xs("y", level="group")
            assert absent["theil"].isna().all()
            assert (absent.drop(columns="theil") == 0).all(axis=None)


class TestTheilByGroup:
    @pytest.mark.parametrize("measure", MEASURES)
    @pytest.mark.parametrize("weighted", [False, True])
    def test_contributions_sum_to_the_decomposition(self, measure, weighted):
        frame = by_year()
        options = {"measure": measure} | ({"weights": heads()} if weighted else {})
        by_group = theil_by_group(frame, GROUPS, **options)
        assert by_group.index.names == [None, "group"]
        sums = by_group.groupby(level=0).sum()
        split = theil_decomposition(frame, GROUPS, **options)
        for part in ("within", "between"):
            np.testing.assert_allclose(sums[f"{part}_contribution"], split[part], rtol=1e-11)
        for share in ("share_of_values", "share_of_units"):
            np.testing.assert_allclose(sums[share], 100, rtol=1e-13)

    def test_groups_stand_in_the_order_of_the_units(self):
        by_group = theil_by_group(FIVE, ["y", 3, "y", "x", 3])
        assert by_group.index.tolist() == ["y", 3, "x"]

    def test_columns(self):
        by_group = theil_by_group(FIVE, ["a", "a", "b", "b", "b"])
        assert by_group.index.name == "group"
        assert by_group.index.tolist() == ["a", "b"]
        assert by_group["share_of_values"].tolist() == pytest.approx([20, 80])
        assert by_group["share_of_units"].tolist() == pytest.approx([40, 60])
        assert by_group["theil"].tolist() == pytest.approx([0.0, theil_t([10, 20, 50])])
        assert by_group["within_contribution"].tolist() == pytest.approx(
            [0.0, 0.8 * theil_t([10, 20, 50])]
        )
        assert by_group["between_contribution"].tolist() == pytest.approx(
            [0.2 * math.log(0.5), 0.8 * math.log(4 / 3)]
        )

    def test_missing_value_leaves_the_other_groups(self):
        frame = by_year(2)
        frame.iloc[0, 0] = math.nan
        by_group = theil_by_group(frame, GROUPS)
        expected = theil_by_group(by_year(2), GROUPS)
        assert by_group["theil"].isna().tolist() == [True] + [False] * 5
        assert by_group["theil"].dropna().tolist() == expected["theil"].tolist()[1:]
        assert by_group["share_of_values"].isna().tolist() == [True] * 3 + [False] * 3
        assert by_group["share_of_units"].tolist() == expected["share_of_units"].tolist()
        assert by_group["within_contribution"].isna().tolist() == [True] * 3 + [False] * 3


class TestTheilPermutation:
    def test_p_value_is_near_the_exact_one(self):
        values, groups = np.array([1.0, 2.0, 3.0, 8.0, 9.0, 4.0]), ["a", "a", "a", "b", "b", "c"]
        observed = theil_decomposition(values, groups)
        exact = np.mean(
            [
                theil_decomposition(values[list(order)], groups)["between"]
                >= observed["between"] - 1e-13
                for order in itertools.permutations(range(6))
            ]
        )
        test = theil_permutation(values, groups, draws=9999)
        assert test["pseudo_p_value"] == pytest.approx(exact, abs=0.012)
        assert test["between"] == pytest.approx(observed["between"], abs=1e-15)
        assert test["between_share"] == pytest.approx(
            100 * observed["between"] / observed["total"], abs=1e-12
        )

    @pytest.mark.parametrize("measure", MEASURES)
    def test_draws_that_are_equal_but_for_rounding_count(self, measure):
        # One draw in twenty sets the large unit apart; the others are summed in any order, and
        # most of these sums are a last digit below what is observed.
        values = [0.1 * (9 * unit % 20 + 1) + 0.01 * unit for unit in range(19)]
        groups = ["a"] * 19 + ["b"]
        test = theil_permutation([*values, 30.7], groups, measure=measure, draws=1999)
        assert test["pseudo_p_value"] == pytest.approx(0.05, abs=0.012)

    @pytest.mark.parametrize("measure", MEASURES)
    @pytest.mark.parametrize("weighted", [False, True])
    def test_a_row_does_not_depend_on_its_neighbours(self, measure, weighted):
        frame = pd.concat([by_year(300, seed) for seed in range(4)], ignore_index=True)
        options = {"measure": measure, "draws": 600}
        options |= {"weights": heads()} if weighted else {}
        together = theil_permutation(frame, GROUPS, **options)
        assert len(together) * 7 * 600 > 2**21
        for row in (0, 7, 999):
            alone = theil_permutation(frame.loc[row], GROUPS, **options)
            assert alone.tolist() == pytest.approx(together.loc[row].tolist(), rel=1e-12)
        split = theil_decomposition(frame, GROUPS, measure=measure, **{
            name: value for name, value in options.items() if name == "weights"
        })  # fmt: skip
        np.testing.assert_allclose(together["between"], split["between"], rtol=1e-9)

    def test_seed(self):
        frame = by_year()
        first = theil_permutation(frame, GROUPS, draws=99, seed=1)
        assert first.equals(theil_permutation(frame, GROUPS, draws=99, seed=1))
        assert not first.equals(theil_permutation(frame, GROUPS, draws=99, seed=2))

    def test_weights_move_with_their_units(self):
        # A group of one unit is not there in draws that deal it the unit of weight 0.
        values, weights = [1.0, 1.0, 9.0, 9.0, 2.0], [1.0, 1.0, 100.0, 1.0, 0.0]
        groups = ["a", "a", "b", "b", "c"]
        observed = theil_decomposition(values, groups, weights=weights)["between"]
        exact = np.mean(
            [
                theil_decomposition(
                    [values[at] for at in order], groups, weights=[weights[at] for at in order]
                )["between"]
                >= observed - 1e-13
                for order in itertools.permutations(range(5))
            ]
        )
        ours = theil_permutation(values, groups, weights=weights, draws=4999)
        assert ours["pseudo_p_value"] == pytest.approx(exact, abs=0.02)

    def test_ends(self):
        equal = theil_permutation([2.0] * 4, ["a", "a", "b", "b"], draws=9)
        assert equal["pseudo_p_value"] == 1.0
        assert math.isnan(equal["between_share"])
        apart = theil_permutation([1.0] * 9 + [9.0] * 9, ["a"] * 9 + ["b"] * 9, draws=99)
        assert apart["between_share"] == pytest.approx(100.0)
        assert apart["pseudo_p_value"] == 0.01

    def test_missing(self):
        frame = by_year()
        frame.loc[2021, "c"] = math.nan
        frame.loc[2022] = 0.0
        test = theil_permutation(frame, GROUPS, draws=9)
        assert test.isna().all(axis=1).tolist() == [False, True, True] + [False] * 3

    def test_refusals(self):
        for draws in (0, 1.5, True):
            with pytest.raises(ValueError, match=r"^draws: .* expected a whole number of 1 or mo"):
                theil_permutation(FIVE, ["a"] * 5, draws=draws)
        with pytest.raises(ValueError, match=r"^seed: -1 is not allowed; expected a whole number"):
            theil_permutation(FIVE, ["a"] * 5, seed=-1)


def naive_dagum(values: pd.Series, groups: dict, weights: pd.Series) -> dict[str, float]:
    """Follow Dagum (1997) term by term."""
    members = {group: list(units) for group, units in values.groupby(groups).groups.items()}
    whole, income = weights.sum(), (weights * values).sum()
    share = {group: weights[units].sum() / whole for group, units in members.items()}
    part = {group: (weights * values)[units].sum() / income for group, units in members.items()}
    mean = {group: part[group] / share[group] for group in members}
    answer = {"within": 0.0, "net_between": 0.0, "transvariation": 0.0}
    for one, two in itertools.combinations_with_replacement(members, 2):
        rich, poor = (one, two) if mean[one] >= mean[two] else (two, one)
        above = below = 0.0
        for x, y in itertools.product(members[rich], members[poor]):
            chance = weights[x] * weights[y] / (share[rich] * share[poor] * whole**2)
            above += chance * max(0.0, values[x] - values[y])
            below += chance * max(0.0, values[y] - values[x])
        between = (above + below) / (mean[rich] + mean[poor]) / (income / whole)
        if one == two:
            answer["within"] += between * share[one] * part[one]
            continue
        affluence = (above - below) / (above + below)
        both = between * (share[one] * part[two] + share[two] * part[one])
        answer["net_between"] += both * affluence
        answer["transvariation"] += both * (1 - affluence)
    return answer


class TestDagum:
    EXAMPLE = ([1, 2, 3, 2, 4, 6], list("aaabbb"))

    def test_example(self):
        split = dagum(*self.EXAMPLE)
        assert split.tolist()[:4] == pytest.approx([8 / 27, 1 / 9, 1 / 6, 1 / 54], abs=1e-15)

    @pytest.mark.parametrize("weighted", [False, True])
    def test_definition(self, weighted):
        frame = by_year()
        people = heads() if weighted else heads() * 0 + 1
        split = dagum(frame, GROUPS, **({"weights": people} if weighted else {}))
        for year, values in frame.iterrows():
            expected = naive_dagum(values, GROUPS, people)
            assert split.loc[year, list(expected)].to_dict() == pytest.approx(expected, abs=1e-14)

    @examples
    @given(
        LEVELS.map(lambda cells: cells + np.eye(3, 7)),
        WEIGHTS.map(lambda weights: weights + np.eye(1, 7)[0]),
    )
    def test_identity(self, cells, weights):
        frame = pd.DataFrame(cells, columns=list("abcdefg"))
        for options in ({}, {"weights": weights}):
            split = dagum(frame, GROUPS, **options)
            pd.testing.assert_series_equal(
                split["gini"], gini(frame, **options)["gini"], check_exact=True
            )
            parts = split[["within", "net_between", "transvariation"]]
            income = (frame * (weights if options else 1.0)).sum(axis=1)
            known = (income > 0).to_numpy()
            scale = 1e-12 * parts.sum(axis=1) + 1e-15
            assert (split["residual"].abs() <= scale)[known].all()
            assert (parts >= 0).all(axis=1)[known].all()
            assert split.isna().all(axis=1).tolist() == (~known).tolist()

    def test_residual_is_not_zero_by_construction(self):
        draw = np.random.default_rng(1).lognormal(0, 1, (200, 7))
        split = dagum(pd.DataFrame(draw), list(GROUPS.values()))
        assert (split["residual"] != 0).any()
        assert split["residual"].abs().max() < 1e-14

    @examples
    @given(POSITIVE, st.permutations(range(7)), st.floats(1e-3, 1e3))
    def test_scale_order_and_names(self, cells, order, scale):
        frame = pd.DataFrame(cells, columns=list("abcdefg"))
        renamed = {unit: {"x": 7, "y": 0, "z": 5}[group] for unit, group in GROUPS.items()}
        turned = dagum(frame.iloc[::-1, order] * scale, renamed).iloc[::-1]
        columns = ["gini", "within", "net_between", "transvariation"]
        pd.testing.assert_frame_equal(
            turned[columns], dagum(frame, GROUPS)[columns], rtol=1e-9, atol=1e-13
        )

    def test_pairs_are_ordered_by_mean(self):
        # The trap: a pair in the order of its names has a negative relative affluence.
        turned = dagum([2, 4, 6, 1, 2, 3], list("aaabbb"))
        assert turned.tolist()[:4] == pytest.approx(dagum(*self.EXAMPLE).tolist()[:4])

    def test_groups_that_do_not_overlap(self):
        split = dagum([1, 2, 5, 6, 6], list("aabbb"))
        assert split["transvariation"] == 0.0
        assert split["net_between"] > 0

    def test_groups_of_equal_mean(self):
        split = dagum([1.0, 3.0, 2.0, 2.0], list("aabb"))
        assert split["net_between"] == pytest.approx(0.0, abs=1e-16)
        assert split["transvariation"] > 0

    def test_ends(self):
        assert dagum([3.0] * 4, list("aabb")).tolist() == [0.0] * 5
        assert dagum([0.0] * 4, list("aabb")).isna().all()
        alone = dagum([1.0, 5.0, 2.0], list("aaa"))
        assert alone["within"] == pytest.approx(alone["gini"], abs=1e-15)
        apart = dagum([1.0, 5.0, 2.0], list("abc"))
        assert apart["net_between"] == pytest.approx(apart["gini"], abs=1e-15)
        assert apart["within"] == apart["transvariation"] == 0.0
        assert dagum([5.0], ["a"]).tolist() == [0.0] * 5

    def test_missing(self):
        frame = by_year()
        frame.loc[2021, "c"] = math.nan
        assert dagum(frame, GROUPS).isna().all(axis=1).tolist() == [False, True] + [False] * 4

    def test_groups_without_weight_are_not_there(self):
        weights = heads().where(pd.Series(GROUPS) != "y", 0.0)
        kept = [unit for unit, group in GROUPS.items() if group != "y"]
        frame = by_year().assign(b=math.nan)
        only = dagum(frame[kept], GROUPS, weights=weights[kept])
        pd.testing.assert_frame_equal(
            dagum(frame, GROUPS, weights=weights), only, rtol=1e-11, atol=1e-14
        )
        pairs = dagum_pairs(frame, GROUPS, weights=weights)
        absent = pairs[(pairs.index.to_frame() == "y").any(axis=1)]
        assert absent[["gini_between", "relative_affluence"]].isna().all(axis=None)
        assert (absent[["within", "net_between", "transvariation"]] == 0).all(axis=None)


class TestDagumPairs:
    def test_example(self):
        pairs = dagum_pairs(*TestDagum.EXAMPLE)
        assert pairs.index.names == ["group", "other"]
        assert pairs.index.tolist() == [("a", "a"), ("b", "a"), ("b", "b")]
        # 9 pairs: the second group has 19 more, the first 1 more; means 2 and 4.
        assert pairs.loc[("b", "a"), "gini_between"] == pytest.approx(20 / 9 / 6)
        assert pairs.loc[("b", "a"), "relative_affluence"] == pytest.approx(18 / 20)
        assert pairs["relative_affluence"].isna().tolist() == [True, False, True]
        assert pairs.loc[("a", "a"), "gini_between"] == pytest.approx(gini([1, 2, 3])["gini"])
        own = pairs.loc[[("a", "a"), ("b", "b")], ["net_between", "transvariation"]]
        assert (own == 0).all(axis=None)
        assert pairs.loc[("b", "a"), "within"] == 0.0

    @pytest.mark.parametrize("weighted", [False, True])
    def test_sums(self, weighted):
        frame = by_year()
        options = {"weights": heads()} if weighted else {}
        pairs = dagum_pairs(frame, GROUPS, **options)
        assert len(pairs) == 6 * 6
        sums, split = pairs.groupby(level=0).sum(), dagum(frame, GROUPS, **options)
        columns = ["within", "net_between", "transvariation"]
        np.testing.assert_allclose(sums[columns], split[columns], rtol=1e-12, atol=1e-16)
        np.testing.assert_allclose(sums[columns].sum(axis=1), split["gini"], rtol=1e-12)

    def test_richer_group_comes_first_in_every_row(self):
        frame = pd.DataFrame([[1, 2, 5, 6], [5, 6, 1, 2]], ["p", "q"], list("abcd"), dtype=float)
        pairs = dagum_pairs(frame, list("xxyy"))
        assert pairs.index.tolist() == [
            ("p", "x", "x"), ("p", "y", "x"), ("p", "y", "y"),
            ("q", "x", "x"), ("q", "x", "y"), ("q", "y", "y"),
        ]  # fmt: skip
        assert pairs["relative_affluence"].dropna().tolist() == pytest.approx([1.0, 1.0])

    def test_groups_that_have_the_same(self):
        pairs = dagum_pairs([2.0, 2.0, 2.0, 8.0], list("aabc"))
        same = pairs.loc[("a", "b")]
        assert math.isnan(same["relative_affluence"])
        assert same[["gini_between", "net_between", "transvariation"]].tolist() == [0.0] * 3
        assert dagum([2.0, 2.0, 2.0, 8.0], list("aabc"))["residual"] == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(
    ("function", "arguments", "columns"),
    [
        (gini, (), 2),
        (theil_t, (), None),
        (theil_decomposition, (GROUPS,), 4),
        (theil_by_group, (GROUPS,), 5),
        (theil_permutation, (GROUPS,), 3),
        (dagum, (GROUPS,), 5),
        (dagum_pairs, (GROUPS,), 5),
    ],
)
def test_no_rows(function, arguments, columns):
    result = function(by_year().iloc[:0], *arguments)
    assert result.shape == ((0,) if columns is None else (0, columns))


class TestRefusals:
    @pytest.mark.parametrize("function", [gini, theil_t, theil_l])
    def test_values_and_weights(self, function):
        frame = by_year()
        with pytest.raises(ValueError, match=r"^values: -1\.0 at row 2021, column 'c' is not all"):
            function(frame.assign(c=frame["c"].mask(frame.index == 2021, -1.0)))
        with pytest.raises(ValueError, match=r"^values: one number has no parts"):
            function(1.0)
        with pytest.raises(ValueError, match=r"^weights: -1\.0 at 'a' is not allowed"):
            function(frame, weights=-heads().clip(1, 1))
        with pytest.raises(ValueError, match=r"^weights: label 'a' of values is missing"):
            function(frame, weights=heads().drop("a"))
        with pytest.raises(ValueError, match=r"^weights: row 2020 of values is missing"):
            function(frame, weights=frame.iloc[1:])
        with pytest.raises(ValueError, match=r"^weights: one number has no parts"):
            function(frame, weights=2.0)
        with pytest.raises(ValueError, match=r"^weights: a DataFrame, but values is one row"):
            function(frame.iloc[0], weights=frame)

    @pytest.mark.parametrize(
        "function", [theil_decomposition, theil_by_group, theil_permutation, dagum, dagum_pairs]
    )
    def test_groups(self, function):
        frame = by_year()
        with pytest.raises(ValueError, match=r"^groups: unit 'c' of values has no group; give it"):
            function(frame, {unit: group for unit, group in GROUPS.items() if unit != "c"})
        with pytest.raises(ValueError, match=r"^groups: unit 'b' of values has no group; give it"):
            function(frame, {**GROUPS, "b": None})
        with pytest.raises(ValueError, match=r"^groups: holds 2 labels where values holds 7 units"):
            function(frame, ["x", "y"])
        with pytest.raises(ValueError, match=r"^groups: unit 'a' occurs more than once"):
            function(frame, pd.concat([pd.Series(GROUPS), pd.Series({"a": "x"})]))
        for groups in ("xyxzyyx", 3, [["a", "b"]]):
            with pytest.raises(ValueError, match=r"^groups: expected a group for each unit"):
                function(frame, groups)
        with pytest.raises(ValueError, match=r"^values: -1\.0 at 1 is not allowed"):
            function([1.0, -1.0], ["a", "b"])

    @pytest.mark.parametrize("function", [theil_decomposition, theil_by_group, theil_permutation])
    def test_measure(self, function):
        with pytest.raises(
            ValueError, match=r"^measure: 'T' is not allowed; expected \"t\" or \"l"
        ):
            function(FIVE, list("aabbb"), measure="T")
