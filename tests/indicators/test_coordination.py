from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyanalysis.indicators.coordination import (
    coordination_grades,
    coupling,
    coupling_coordination,
    decoupling,
    decoupling_from_levels,
    decoupling_states,
    grey_relational_coefficients,
    grey_relational_grade,
    obstacle_degree,
)

PROPERTY = settings(derandomize=True, deadline=None, max_examples=50, database=None)
FORMS = ("traditional", "modified")


def frame(rows: int = 30, columns: int = 5, seed: int = 3, low: float = 0.0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    index = pd.Index([f"r{row}" for row in range(rows)], name="region_code")
    names = [f"s{column}" for column in range(columns)]
    return pd.DataFrame(draw.uniform(low, 1, (rows, columns)), index, names)


def tables(least: int = 2) -> st.SearchStrategy[pd.DataFrame]:
    """Return small frames of levels from 0.001 to 1."""
    shape = st.tuples(st.integers(1, 5), st.integers(least, 6))
    cell = st.floats(0.001, 1.0)
    return shape.flatmap(
        lambda size: st.lists(
            st.lists(cell, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        ).map(pd.DataFrame)
    )


class TestCoupling:
    def test_a_mean_of_ones_may_be_off_by_its_last_digits(self):
        mean = float(np.nextafter(1, 2))
        assert coupling([mean, mean]) == coupling([1.0, 1.0]) == 1.0
        with pytest.raises(ValueError, match="between 0 and 1"):
            coupling([1 + 1e-9, 1.0])

    # Wang et al. (2021), table 8, 2008: levels solved from the printed pair, checked in both forms.
    @pytest.mark.parametrize(
        ("systems", "traditional", "modified"),
        [
            ([0.319604, 0.290973], 0.9989, 0.9404),
            ([0.309242, 0.113753], 0.8868, 0.5440),
            ([0.419444, 0.048601], 0.6101, 0.2700),
        ],
    )
    def test_printed_pairs(self, systems, traditional, modified):
        assert coupling(systems) == pytest.approx(traditional, abs=2e-4)
        assert coupling(systems, form="modified") == pytest.approx(modified, abs=2e-4)

    def test_two_systems(self):
        assert coupling([0.2, 0.8]) == pytest.approx(2 * math.sqrt(0.16), rel=1e-15)
        assert coupling([0.2, 0.8], form="modified") == pytest.approx(math.sqrt(0.4 * 0.25))

    def test_three_systems_by_hand(self):
        # Distances .3, .5, .2 with a mean of 1/3; ratios to the greatest 2/7 and 5/7.
        systems = [0.2, 0.5, 0.7]
        root = (0.2 * 0.5 * 0.7) ** (1 / 3)
        assert coupling(systems) == pytest.approx(3 * root / 1.4, rel=1e-14)
        expected = math.sqrt((1 - 1.0 / 3) * math.sqrt(0.2 / 0.7 * 0.5 / 0.7))
        assert coupling(systems, form="modified") == pytest.approx(expected, rel=1e-14)

    def test_modified_form_is_the_sum_over_pairs(self):
        table = frame(20, 7)
        for label, levels in table.iterrows():
            pairs = [abs(one - two) for one, two in itertools.combinations(levels, 2)]
            ratio = np.prod(levels / levels.max()) ** (1 / 6)
            expected = math.sqrt((1 - sum(pairs) / 21) * ratio)
            assert coupling(table, form="modified")[label] == pytest.approx(expected, rel=1e-12)

    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize("systems", [2, 3, 7, 97])
    def test_equal_systems_are_exactly_one(self, form, systems):
        """A lost factor n would give 1/n (peer error: "lost coefficient")."""
        for level in (0.1, 1 / 3, 0.7, 1.0, 1e-200):
            assert coupling([level] * systems, form=form) == 1.0

    @pytest.mark.parametrize("form", FORMS)
    def test_a_system_at_zero_and_all_at_zero(self, form):
        """Peer error: mathmodels `coupling_degree` clamps zeros and finds 2 where all are 0."""
        assert coupling([0.0, 0.4, 0.9], form=form) == 0.0
        assert math.isnan(coupling([0.0, 0.0], form=form))
        assert math.isnan(coupling([0.3, math.nan], form=form))
        assert math.isnan(coupling([0.0, math.nan], form=form))

    def test_noise_does_not_pass_one(self):
        # Levels that differ in the last digits; the plain quotient is 1.0000000000000002.
        levels = [0.4377395233609954, 0.4377395233609949, 0.43773952336099514]
        assert 3 * np.prod(levels) ** (1 / 3) / np.sum(levels) > 1
        assert coupling(levels) == 1.0

    def test_many_small_systems_do_not_underflow(self):
        levels = [1e-6, 4e-6] * 100
        assert coupling(levels) == pytest.approx(0.8, rel=1e-12)
        # Powers by hand: (1/4)**(100/199) times 1 less the mean distance.
        apart = 1e4 * 3e-6 / (200 * 199 / 2)
        expected = math.sqrt((1 - apart) * 0.25 ** (100 / 199))
        assert coupling(levels, form="modified") == pytest.approx(expected, rel=1e-12)

    def test_bounds_are_reached(self):
        assert coupling([0.0, 1.0], form="modified") == 0.0
        assert coupling([0.0, 0.0, 1.0, 1.0], form="modified") == 0.0
        assert coupling([1e-12, 1.0]) == pytest.approx(2e-6, rel=1e-6)

    @pytest.mark.parametrize("form", FORMS)
    @PROPERTY
    @given(table=tables())
    def test_bounded_and_symmetric(self, form, table):
        degree = coupling(table, form=form)
        assert degree.between(0, 1).all()
        turned = coupling(table[table.columns[::-1]].iloc[::-1], form=form)
        assert turned.loc[table.index].tolist() == pytest.approx(degree.tolist(), rel=1e-12)

    @PROPERTY
    @given(table=tables(), factor=st.floats(0.01, 1.0))
    def test_traditional_form_does_not_know_the_scale(self, table, factor):
        scaled = coupling(table * factor)
        assert scaled.tolist() == pytest.approx(coupling(table).tolist(), rel=1e-12)

    @PROPERTY
    @given(table=tables(), factor=st.floats(0.01, 0.99))
    def test_modified_form_rises_when_levels_shrink(self, table, factor):
        assert (coupling(table * factor, form="modified") >= coupling(table, form="modified")).all()

    def test_shapes_and_labels(self):
        table = frame(3, 2)
        degree = coupling(table)
        assert degree.index.equals(table.index)
        assert isinstance(coupling(table.iloc[0]), float)
        assert degree["r1"] == coupling(table.loc["r1"])
        assert coupling(table.iloc[:0]).empty

    @pytest.mark.parametrize(
        ("systems", "message"),
        [
            ({"a": [0.2, 1.2], "b": [0.1, 0.3]}, "systems: 1.2 at row 1, column 'a' is not "
             "allowed; expected a value between 0 and 1"),
            ({"a": [0.2, -0.1], "b": [0.1, 0.3]}, "systems: -0.1 at row 1, column 'a' is not "
             "allowed; expected a value between 0 and 1"),
            ({"a": [0.2, np.inf], "b": [0.1, 0.3]}, "systems: inf at row 1, column 'a' is not "
             "allowed; expected a finite number"),
            ({"a": ["x"], "b": [0.1]}, "systems: 'x' at row 0, column 'a' is not allowed"),
            ({"a": [0.2]}, "systems: one system has nothing to be coupled with; give two or more"),
        ],
    )  # fmt: skip
    def test_refusals(self, systems, message):
        with pytest.raises(ValueError, match="systems") as error:
            coupling(pd.DataFrame(systems))
        assert str(error.value).startswith(message)
        assert "\n" not in str(error.value)

    def test_other_refusals(self):
        with pytest.raises(ValueError, match=r"^systems: one number has no parts"):
            coupling(0.5)
        for form in ("Traditional", "", None):
            with pytest.raises(ValueError, match=r'^form: .* expected "traditional" or "modified"'):
                coupling([0.1, 0.2], form=form)


class TestCouplingCoordination:
    def test_by_hand(self):
        row = coupling_coordination([0.2, 0.8])
        assert row["coupling"] == pytest.approx(0.8)
        assert row["development"] == pytest.approx(0.5)
        assert row["coordination"] == pytest.approx(math.sqrt(0.4))
        assert row["coordination_least"] == pytest.approx(math.sqrt(0.16))
        assert row["coordination_most"] == pytest.approx(math.sqrt(0.64))
        assert (row["grade"], row["flag"]) == ("primary_coordination", "")

    def test_weights_by_name(self):
        table = frame(6, 3)
        weights = pd.Series({"s2": 0.5, "s0": 0.3, "s1": 0.2})
        result = coupling_coordination(table, weights=weights)
        expected = 0.3 * table["s0"] + 0.2 * table["s1"] + 0.5 * table["s2"]
        assert result["development"].tolist() == pytest.approx(expected.tolist(), rel=1e-14)
        assert result["coordination"].tolist() == pytest.approx(
            np.sqrt(coupling(table) * expected).tolist(), rel=1e-14
        )
        by_place = coupling_coordination(table, weights=[0.3, 0.2, 0.5])
        pd.testing.assert_frame_equal(by_place, result)

    @pytest.mark.parametrize("form", FORMS)
    def test_bounds_over_all_weights(self, form):
        table = frame(8, 4)
        bounds = coupling_coordination(table, form=form)
        draw = np.random.default_rng(5).dirichlet([0.3] * 4, 300)
        found = [
            coupling_coordination(table, weights=weights, form=form)["coordination"]
            for weights in (*draw, *np.eye(4))
        ]
        sides = pd.concat(found, axis=1)
        # The bounds hold for all weights, and the unit vectors reach them.
        assert (sides.min(axis=1) >= bounds["coordination_least"]).all()
        assert (sides.max(axis=1) <= bounds["coordination_most"]).all()
        assert sides.min(axis=1).tolist() == pytest.approx(bounds["coordination_least"].tolist())
        assert sides.max(axis=1).tolist() == pytest.approx(bounds["coordination_most"].tolist())

    @PROPERTY
    @given(table=tables())
    def test_equal_weights_lie_between_the_bounds(self, table):
        result = coupling_coordination(table)
        assert (result["coordination"] >= result["coordination_least"]).all()
        assert (result["coordination"] <= result["coordination_most"]).all()
        assert (result["coordination_most"] <= 1).all()

    @pytest.mark.parametrize("level", [0.1, 0.3, 0.7, 0.9])
    def test_rounding_does_not_leave_the_bounds(self, level):
        # Ten tenths of 0.7 sum to a last digit less than 0.7, of 0.3 to one more.
        assert coupling_coordination([level] * 10, weights=[0.1] * 10)["development"] == level

    def test_form_is_passed_on(self):
        result = coupling_coordination([0.2, 0.8], form="modified")
        assert result["coupling"] == coupling([0.2, 0.8], form="modified")

    @pytest.mark.parametrize("step", range(10))
    def test_grades_hold_their_lower_bound(self, step):
        """Equal levels u have a coordination of the root of u; noise must not move the grade."""
        codes = list(coordination_grades().index)
        bound = step / 10
        if step:
            at = coupling_coordination([bound**2] * 3)
            assert at["coordination"] == pytest.approx(bound, abs=1e-15)
            assert at["grade"] == codes[step]
            below = coupling_coordination([(bound - 1e-9) ** 2] * 3)
            assert below["grade"] == codes[step - 1]
        inside = coupling_coordination([(bound + 0.05) ** 2] * 3)
        assert inside["grade"] == codes[step]

    def test_noise_does_not_move_a_grade(self):
        # For two systems of equal weight D is the fourth root of their product, here of 1/16.
        row = coupling_coordination([0.17677669529663687, 0.35355339059327373])
        assert row["coordination"] < 0.5
        assert row["coordination"] == pytest.approx(0.5, rel=1e-15)
        assert row["grade"] == "bare_coordination"

    def test_ends_of_the_scale(self):
        assert coupling_coordination([1.0, 1.0])["grade"] == "quality_coordination"
        assert coupling_coordination([0.0, 1.0])["grade"] == "extreme_imbalance"

    def test_zero_and_missing_systems(self):
        table = pd.DataFrame({"a": [0.0, 0.0, math.nan, 0.0], "b": [0.5, 0.0, 0.5, math.nan]})
        result = coupling_coordination(table)
        assert result["flag"].tolist() == ["zero_system", "all_zero", "", ""]
        assert result["grade"].tolist() == ["extreme_imbalance", *["undefined"] * 3]
        assert result["coordination"].iloc[0] == 0.0
        assert result["coordination"].iloc[1:].isna().all()

    def test_refused_weights(self):
        table = frame(2, 2)
        for weights, message in (
            ([0.5, 0.6], r"^weights: a sum of 1\.1 is not allowed; expected a sum of 1$"),
            ([0.5, 0.5 + 2e-9], r"^weights: a sum of"),
            ([1.5, -0.5], r"^weights: -0\.5 at 1 is not allowed; expected a value of 0 or more"),
            ([0.5, math.nan], r"^weights: nan at 1 is not allowed; expected a weight of 0 or more"),
            (pd.Series({"s0": 0.5, "x": 0.5}), r"^weights: label 'x' is not in systems"),
            (pd.Series({"s0": 1.0}), r"^weights: label 's1' of systems is missing"),
            ([1.0], r"^weights: holds 1 values where systems holds 2"),
            (table, r"^weights: more than one row"),
            (1.0, r"^weights: one number has no parts"),
        ):
            with pytest.raises(ValueError, match=message):
                coupling_coordination(table, weights=weights)
        assert coupling_coordination(table, weights=[0.5, 0.5 + 5e-10]).shape == (2, 7)

    def test_grade_table(self):
        grades = coordination_grades()
        assert grades["name_zh"].tolist() == [
            "极度失调", "严重失调", "中度失调", "轻度失调", "濒临失调",
            "勉强协调", "初级协调", "中级协调", "良好协调", "优质协调",
        ]  # fmt: skip
        assert grades["lower"].tolist() == [step / 10 for step in range(10)]
        assert grades["upper"].tolist() == [step / 10 for step in range(1, 11)]
        assert grades["name_en"].is_unique
        assert grades.index.is_unique


class TestObstacleDegree:
    def test_by_hand(self):
        result = obstacle_degree([0.5, 0.75, 1.0], [0.25, 0.5, 0.25])
        assert result.tolist() == [50.0, 50.0, 0.0]

    def test_definition(self):
        table = frame(12, 6)
        weights = np.arange(1.0, 7.0)
        gaps = (1 - table) * weights
        expected = 100 * gaps.div(gaps.sum(axis=1), axis=0)
        pd.testing.assert_frame_equal(obstacle_degree(table, weights), expected, rtol=1e-14)

    @PROPERTY
    @given(table=tables(1), scale=st.floats(1e-6, 1e6))
    def test_rows_sum_to_100_on_any_scale_of_weights(self, table, scale):
        weights = pd.Series(np.arange(1.0, len(table.columns) + 1), table.columns)
        result = obstacle_degree(table, weights)
        at_best = (table == 1).all(axis=1)
        assert result[at_best].isna().all(axis=None)
        totals = result[~at_best].sum(axis=1)
        assert (abs(totals - 100) <= 1e-12 * 100).all()
        assert result[~at_best].ge(0).all(axis=None)
        pd.testing.assert_frame_equal(obstacle_degree(table, weights * scale), result, rtol=1e-12)

    def test_order_of_rows_and_columns_does_not_matter(self):
        table = frame(6, 4)
        weights = pd.Series([4.0, 1, 2, 3], ["s3", "s0", "s1", "s2"])
        result = obstacle_degree(table, weights)
        turned = obstacle_degree(table.iloc[::-1, ::-1], weights)
        pd.testing.assert_frame_equal(turned.loc[result.index, result.columns], result)
        assert list(turned.columns) == ["s3", "s2", "s1", "s0"]
        # One row at a time: nothing is taken from other rows.
        pd.testing.assert_series_equal(
            obstacle_degree(table.loc["r2"], weights), result.loc["r2"], check_names=False
        )

    def test_tiny_weights_and_gaps(self):
        result = obstacle_degree([1 - 1e-16, 1 - 1e-16], [1e-300, 3e-300])
        assert result.tolist() == pytest.approx([25.0, 75.0], rel=1e-14)

    def test_best_and_missing(self):
        table = pd.DataFrame({"a": [1.0, math.nan, 0.5], "b": [1.0, 0.2, 1.0]}, ["x", "y", "z"])
        result = obstacle_degree(table, [0.5, 0.5])
        assert result.loc[["x", "y"]].isna().all(axis=None)
        assert result.loc["z"].tolist() == [100.0, 0.0]
        # The only gap is in an indicator without weight.
        assert obstacle_degree([0.5, 1.0], [0.0, 1.0]).isna().all()

    def test_pillars_are_sums_of_their_members(self):
        table = frame(7, 5)
        table.iloc[2, 1] = math.nan
        weights = [0.1, 0.2, 0.3, 0.2, 0.2]
        groups = pd.Series(
            ["new", "old", "old", "new", "talent"], ["s4", "s0", "s2", "s1", "s3"], name="pillar"
        )
        pillars = obstacle_degree(table, weights, groups=groups)
        single = obstacle_degree(table, weights)
        assert list(pillars.columns) == ["old", "new", "talent"]
        assert pillars.columns.name == "pillar"
        expected = pd.DataFrame(
            {
                "old": single["s0"] + single["s2"],
                "new": single["s1"] + single["s4"],
                "talent": single["s3"],
            }
        )
        pd.testing.assert_frame_equal(pillars, expected, check_names=False, rtol=1e-13)
        whole = pillars.drop(index="r2").sum(axis=1)
        assert (abs(whole - 100) <= 1e-12 * 100).all()
        assert pillars.loc["r2"].isna().all()
        one_row = obstacle_degree(table.loc["r0"], weights, groups=groups)
        assert one_row.tolist() == pytest.approx(pillars.loc["r0"].tolist())

    def test_refusals(self):
        table = frame(2, 2)
        groups = pd.Series({"s0": "x", "s1": "y"})
        for arguments, options, message in (
            ((table * 2, [1, 1]), {}, r"^normalised: .* column 's.' is not allowed; expected a "
             "value between 0 and 1"),
            ((table, [1, -1]), {}, r"^weights: -1\.0 at 1 is not allowed"),
            ((table, [0, 0]), {}, r"^weights: all are 0; expected at least one above 0"),
            ((table, pd.Series({"s0": 1, "s9": 1})), {}, r"^weights: label 's9' is not in"),
            ((0.5, [1.0]), {}, r"^normalised: one number has no parts"),
            ((table, [1, 1]), {"groups": groups.drop("s1")}, r"^groups: label 's1' of normalised"),
            ((table, [1, 1]), {"groups": groups.rename({"s1": "s7"})}, r"^groups: label 's7' is"),
            ((table, [1, 1]), {"groups": groups.mask(groups == "y")}, r"^groups: indicator 's1' "
             "has no pillar"),
            ((table, [1, 1]), {"groups": ["x", "y"]}, r"^groups: expected a Series"),
        ):  # fmt: skip
            with pytest.raises(ValueError, match=message):
                obstacle_degree(*arguments, **options)


YEARS = pd.Index([2021, 2022, 2023, 2024], name="year")
COURSES = pd.DataFrame({"a": [2.0, 3.0, 5.0, 4.0], "b": [1.0, 1.5, 2.0, 4.0]}, YEARS)
REFERENCE = pd.Series([10.0, 15.0, 20.0, 40.0], YEARS)


class TestGreyRelation:
    def test_by_hand(self):
        # Initial images: 1, 1.5, 2, 4 for b and the reference; 1, 1.5, 2.5, 2 for a. Distances of
        # a: 0, 0, 0.5, 2; greatest 2, so coefficients 1, 1, 1/1.5, 1/3.
        result = grey_relational_coefficients(COURSES, REFERENCE)
        assert result["a"].tolist() == pytest.approx([1.0, 1.0, 2 / 3, 1 / 3], rel=1e-15)
        assert result["b"].tolist() == [1.0] * 4
        grade = grey_relational_grade(COURSES, REFERENCE)
        assert grade.to_dict() == pytest.approx({"a": 0.75, "b": 1.0})

    def test_grade_is_the_mean_and_not_divided_once_more(self):
        """Peer error: pyDecision `gra_method` divides a weighted sum by the number of rows."""
        coefficients = grey_relational_coefficients(COURSES, REFERENCE)
        grade = grey_relational_grade(COURSES, REFERENCE)
        assert grade.tolist() == pytest.approx((coefficients.sum() / 4).tolist(), rel=1e-15)
        assert grade["b"] == 1.0

    def test_mean_image_and_none(self):
        series = pd.DataFrame({"a": [1.0, 3.0], "b": [4.0, 4.0]})
        # Mean images .5, 1.5 and 1, 1 beside 2/3, 4/3: distances 1/6, 1/6 and 1/3, 1/3.
        result = grey_relational_coefficients(series, [2.0, 4.0], image="mean")
        assert result["a"].tolist() == pytest.approx([1.0, 1.0])
        assert result["b"].tolist() == pytest.approx([2 / 3, 2 / 3])
        # Bare distances 1, 1 and 2, 0; greatest 2.
        bare = grey_relational_coefficients(series, [2.0, 4.0], image="none")
        assert bare["a"].tolist() == [0.5, 0.5]
        assert bare["b"].tolist() == pytest.approx([1 / 3, 1.0])

    def test_least_distance_counts(self):
        series = pd.DataFrame({"a": [2.0, 3.0]})
        # Distances 1 and 2: (1 + .5 * 2) / (2 + .5 * 2).
        result = grey_relational_coefficients(series, [1.0, 1.0], image="none")
        assert result["a"].tolist() == pytest.approx([1.0, 2 / 3])

    @pytest.mark.parametrize("rho", [0.1, 0.5, 1.0])
    def test_range(self, rho):
        series = frame(9, 4, low=0.1)
        reference = frame(9, 1, seed=8, low=0.1)["s0"]
        result = grey_relational_coefficients(series, reference, distinguishing=rho, image="none")
        assert result.max(axis=None) == 1.0
        assert result.min(axis=None) >= rho / (1 + rho)
        # With a sequence equal to the reference the least distance is 0 and the lower end is met.
        equal = series.assign(s9=reference)
        result = grey_relational_coefficients(equal, reference, distinguishing=rho, image="none")
        assert result.min(axis=None) == pytest.approx(rho / (1 + rho), rel=1e-14)

    def test_one_more_sequence_changes_every_grade(self):
        alone = grey_relational_grade(COURSES[["a"]], REFERENCE)
        beside = grey_relational_grade(COURSES.assign(c=[1.0, 9.0, 9.0, 90.0]), REFERENCE)
        assert beside["a"] > alone["a"]

    def test_all_equal_to_the_reference(self):
        result = grey_relational_grade(pd.DataFrame({"a": [1.0, 2.0]}), [3.0, 6.0])
        assert result.tolist() == [1.0]

    def test_missing_value_leaves_nothing(self):
        gap = COURSES.mask(COURSES == 5.0)
        for image in ("initial", "mean", "none"):
            result = grey_relational_coefficients(gap, REFERENCE, image=image)
            assert result.isna().all(axis=None)
        assert grey_relational_grade(COURSES, REFERENCE.mask(REFERENCE == 15)).isna().all()

    def test_order_of_rows_does_not_matter(self):
        expected = grey_relational_coefficients(COURSES, REFERENCE)
        turned = COURSES.iloc[[2, 0, 3, 1]]
        result = grey_relational_coefficients(turned, REFERENCE)
        assert list(result.index) == [2023, 2021, 2024, 2022]
        pd.testing.assert_frame_equal(result.loc[expected.index], expected)
        # Rows that are no years: the first row is the first point.
        plain = turned.rename_axis(index=None)
        other = grey_relational_coefficients(plain, REFERENCE.rename_axis(None))
        assert other.loc[2023].tolist() == [1.0, 1.0]
        assert other.loc[2021, "a"] < 1

    @PROPERTY
    @given(factor=st.floats(0.01, 100.0))
    def test_units_do_not_matter_with_an_image(self, factor):
        for image in ("initial", "mean"):
            expected = grey_relational_grade(COURSES, REFERENCE, image=image)
            scaled = grey_relational_grade(COURSES * factor, REFERENCE / factor, image=image)
            assert scaled.tolist() == pytest.approx(expected.tolist(), rel=1e-10)

    def test_refusals(self):
        zero = COURSES.assign(b=[0.0, 1.0, 2.0, 3.0])
        panel = pd.concat({"A": COURSES}, names=["region_code"])
        level = pd.Series(REFERENCE.to_numpy(), panel.index)
        for arguments, options, message in (
            ((zero, REFERENCE), {}, r"^first value of series: 0\.0 at row 2021, column 'b' is not "
             'allowed; expected a value other than 0 with image "initial"'),
            ((COURSES, REFERENCE * 0), {}, r"^first value of reference: 0\.0 at row 2021"),
            ((zero - 1.5, REFERENCE), {"image": "mean"}, r"^mean of series: 0\.0 at 'b' is not "
             'allowed; expected a mean other than 0 with image "mean"'),
            ((COURSES, REFERENCE), {"image": "max"}, r'^image: .* "initial", "mean" or "none"'),
            ((COURSES, REFERENCE), {"distinguishing": 0.0}, r"^distinguishing: 0\.0 is not "
             "allowed; expected a number above 0 and up to 1"),
            ((COURSES, REFERENCE), {"distinguishing": 1.01}, r"^distinguishing"),
            ((COURSES, REFERENCE), {"distinguishing": math.nan}, r"^distinguishing"),
            ((COURSES["a"], REFERENCE), {}, r"^series: give a DataFrame"),
            ((COURSES, 3.0), {}, r"^reference: give one value for each row"),
            ((COURSES, REFERENCE.drop(2022)), {}, r"^reference: row 2022 of series is missing"),
            ((COURSES.iloc[:0], REFERENCE.iloc[:0]), {}, r"^reference: holds no parts"),
            ((panel, level), {}, r"^series: rows of several levels have no first point"),
        ):  # fmt: skip
            with pytest.raises(ValueError, match=message):
                grey_relational_coefficients(*arguments, **options)
        assert grey_relational_grade(panel, level, image="mean").shape == (2,)


# Signs of pressure and output, elasticity inside each band: all eight states.
STATES = [
    (-2.0, 5.0, "strong_decoupling"),
    (2.0, 5.0, "weak_decoupling"),
    (5.0, 5.0, "expansive_coupling"),
    (8.0, 5.0, "expansive_negative_decoupling"),
    (2.0, -5.0, "strong_negative_decoupling"),
    (-2.0, -5.0, "weak_negative_decoupling"),
    (-5.0, -5.0, "recessive_coupling"),
    (-8.0, -5.0, "recessive_decoupling"),
]


class TestDecoupling:
    @pytest.mark.parametrize(("pressure", "growth", "state"), STATES)
    def test_states(self, pressure, growth, state):
        row = decoupling(pressure, growth)
        assert row["elasticity"] == pytest.approx(pressure / growth, rel=1e-15)
        assert (row["state"], row["flag"]) == (state, "")

    @pytest.mark.parametrize("scale", [1.0, 0.01, 1e-5])
    @pytest.mark.parametrize(
        ("pressure", "growth", "state"),
        [
            (4.0, 5.0, "expansive_coupling"),
            (6.0, 5.0, "expansive_coupling"),
            (-4.0, -5.0, "recessive_coupling"),
            (-6.0, -5.0, "recessive_coupling"),
            (3.999999, 5.0, "weak_decoupling"),
            (6.000001, 5.0, "expansive_negative_decoupling"),
            (-3.999999, -5.0, "weak_negative_decoupling"),
            (-6.000001, -5.0, "recessive_decoupling"),
            (0.0, 5.0, "weak_decoupling"),
            (0.0, -5.0, "weak_negative_decoupling"),
        ],
    )
    def test_bounds_in_percent_and_as_fractions(self, pressure, growth, state, scale):
        """0.04 / 0.05 is a last digit below 0.8; both ends belong to coupling all the same."""
        row = decoupling(pressure * scale, growth * scale)
        assert row["state"] == state
        assert math.copysign(1, row["elasticity"]) == 1

    def test_no_growth_and_missing(self):
        result = decoupling([2.0, 0.0, math.nan, 2.0, math.nan], [0.0, 0.0, 5.0, math.nan, 0.0])
        assert result["elasticity"].isna().all()
        assert result["state"].tolist() == ["undefined"] * 5
        assert result["flag"].tolist() == ["no_growth", "no_growth", "", "", ""]

    def test_labels(self):
        pressure = pd.Series({"x": 2.0, "y": -3.0})
        result = decoupling(pressure, pd.Series({"y": 5.0, "x": -5.0}))
        assert result["state"].to_dict() == {
            "x": "strong_negative_decoupling",
            "y": "strong_decoupling",
        }
        assert decoupling(pressure, 5.0)["elasticity"].tolist() == pytest.approx([0.4, -0.6])

    def test_frame_gives_frames_of_its_shape(self):
        index = pd.MultiIndex.from_product([["A", "B"], [2021, 2022, 2023, 2024]])
        pressures = pd.DataFrame(
            {"energy": [row[0] for row in STATES], "water": [row[0] * 2 for row in STATES]}, index
        )
        growth = pd.Series([row[1] for row in STATES], index)
        result = decoupling(pressures, growth[::-1])
        assert result["state"].shape == pressures.shape
        for name in pressures:
            single = decoupling(pressures[name], growth)
            for column in ("elasticity", "state", "flag"):
                assert result[column][name].tolist() == single[column].tolist()
        both = decoupling(pressures, pd.DataFrame({"water": growth, "energy": growth}))
        pd.testing.assert_frame_equal(both, result)
        flagged = decoupling(pressures, growth.mask(growth > 0, 0.0))["flag"]
        assert set(flagged["energy"].iloc[:4]) == {"no_growth"}
        assert set(flagged["energy"].iloc[4:]) == {""}

    @PROPERTY
    @given(
        pressure=st.floats(-99.0, 300.0, allow_subnormal=False),
        growth=st.floats(-99.0, 300.0).filter(lambda rate: abs(rate) > 1e-6),
    )
    def test_state_agrees_with_the_table(self, pressure, growth):
        row = decoupling(pressure, growth)
        state = decoupling_states().loc[row["state"]]
        least = -math.inf if math.isnan(state["elasticity_least"]) else state["elasticity_least"]
        most = math.inf if math.isnan(state["elasticity_most"]) else state["elasticity_most"]
        assert least - 1e-9 <= row["elasticity"] <= most + 1e-9
        assert (growth > 0) == (state["growth"] == "rising")
        if abs(pressure) > 1e-6:
            assert (pressure > 0) == (state["pressure_growth"] == "rising")

    def test_refusals(self):
        with pytest.raises(
            ValueError, match=r"^pressure_growth: -101\.0 is not allowed; expected a"
        ):
            decoupling(-101.0, 5.0)
        with pytest.raises(ValueError, match=r"^growth: label 'z' is not in pressure_growth"):
            decoupling(pd.Series({"x": 1.0}), pd.Series({"z": 1.0}))
        with pytest.raises(ValueError, match=r"^growth: one row of numbers beside one number"):
            decoupling(1.0, [1.0, 2.0])
        with pytest.raises(ValueError, match=r"^growth: 'a' at 0 is not allowed"):
            decoupling([1.0], ["a"])

    def test_table_of_states(self):
        states = decoupling_states()
        assert list(states.index) == [state for _, _, state in STATES]
        assert states["name_zh"].tolist() == [
            "强脱钩", "弱脱钩", "扩张连接", "扩张负脱钩",
            "强负脱钩", "弱负脱钩", "衰退连接", "衰退脱钩",
        ]  # fmt: skip
        assert states["name_en"].is_unique


def panel(rows: list[tuple[str, int, float]]) -> pd.Series:
    index = pd.MultiIndex.from_tuples([row[:2] for row in rows], names=["region_code", "year"])
    return pd.Series([row[2] for row in rows], index)


class TestDecouplingFromLevels:
    ENERGY = panel(
        [("A", 2020, 100), ("A", 2021, 102), ("A", 2022, 101), ("A", 2024, 99), ("B", 2021, 50),
         ("B", 2022, 60), ("B", 2023, math.nan), ("B", 2024, 70), ("B", 2025, 0), ("B", 2026, 10)]
    )  # fmt: skip
    OUTPUT = panel(
        [("A", 2020, 100), ("A", 2021, 105), ("A", 2022, 105), ("A", 2024, 110), ("B", 2021, 80),
         ("B", 2022, 72), ("B", 2023, 75), ("B", 2024, 75), ("B", 2025, 80), ("B", 2026, 80)]
    )  # fmt: skip

    def test_adjacent_years_only(self):
        result = decoupling_from_levels(self.ENERGY, self.OUTPUT)
        first = ["year_before_missing"]
        assert result["flag"].tolist() == [
            *first, "", "no_growth", *first, *first, "", "", *first, "", "zero_base;no_growth",
        ]  # fmt: skip
        assert result["state"].tolist() == [
            "undefined", "weak_decoupling", "undefined", "undefined", "undefined",
            "strong_negative_decoupling", "undefined", "undefined", "strong_decoupling",
            "undefined",
        ]  # fmt: skip
        assert result.loc[("A", 2021), "elasticity"] == pytest.approx(0.4)
        assert result.loc[("B", 2022), "pressure_growth"] == pytest.approx(20.0)
        assert result.loc[("B", 2022), "growth"] == pytest.approx(-10.0)
        assert result.loc[("B", 2025), "pressure_growth"] == pytest.approx(-100.0)

    def test_a_year_without_a_level_has_no_flag(self):
        late = panel([("A", 2024, math.nan), ("A", 2025, 5)])
        result = decoupling_from_levels(late, late + 1)
        assert result["flag"].tolist() == ["", "year_before_missing"]

    def test_same_as_from_growth(self):
        result = decoupling_from_levels(self.ENERGY, self.OUTPUT)
        again = decoupling(result["pressure_growth"], result["growth"])
        assert again["elasticity"].tolist() == pytest.approx(
            result["elasticity"].tolist(), nan_ok=True
        )
        assert again["state"].tolist() == result["state"].tolist()

    def test_rows_in_any_order(self):
        order = np.random.default_rng(2).permutation(len(self.ENERGY))
        mixed = decoupling_from_levels(self.ENERGY.iloc[order], self.OUTPUT)
        expected = decoupling_from_levels(self.ENERGY, self.OUTPUT).iloc[order]
        pd.testing.assert_frame_equal(mixed, expected)

    def test_regions_may_have_several_levels_in_any_place(self):
        energy = panel([("A", 2021, 100), ("A", 2022, 104)])
        deep = pd.concat({"province": energy}, names=["level"]).swaplevel("year", "level")
        result = decoupling_from_levels(deep, deep)
        assert result["flag"].tolist() == ["year_before_missing", ""]
        # The last year of one region is not the year before of the next.
        chain = panel([("A", 2021, 100), ("B", 2022, 104)])
        assert set(decoupling_from_levels(chain, chain)["flag"]) == {"year_before_missing"}

    def test_one_region(self):
        years = pd.Index([2023, 2022], name="year")
        result = decoupling_from_levels(
            pd.Series([103.0, 100.0], years), pd.Series([105.0, 100.0], years)
        )
        assert result["elasticity"].tolist() == pytest.approx([0.6, math.nan], nan_ok=True)

    @PROPERTY
    @given(scale=st.floats(1e-3, 1e3))
    def test_units_do_not_matter(self, scale):
        expected = decoupling_from_levels(self.ENERGY, self.OUTPUT)
        scaled = decoupling_from_levels(self.ENERGY * scale, self.OUTPUT / scale)
        known = expected["flag"].eq("") & expected["elasticity"].notna()
        assert scaled["elasticity"][known].tolist() == pytest.approx(
            expected["elasticity"][known].tolist(), rel=1e-9
        )

    def test_refusals(self):
        plain = pd.Series([1.0, 2.0])
        with pytest.raises(
            ValueError, match=r'^pressure: expected a Series with an index level "year"'
        ):
            decoupling_from_levels(plain, plain)
        with pytest.raises(
            ValueError, match=r'^pressure: expected a Series with an index level "year"'
        ):
            decoupling_from_levels([1.0], [1.0])
        for years in ([2020.5, 2021.0], ["2020", "2021"]):
            named = plain.set_axis(pd.Index(years, name="year"))
            with pytest.raises(ValueError, match='index level "year" must hold whole years'):
                decoupling_from_levels(named, named)
        with pytest.raises(ValueError, match=r"^output: -1\.0 at \('A', 2020\) is not allowed"):
            decoupling_from_levels(self.ENERGY, self.OUTPUT.replace(100, -1))
        with pytest.raises(
            ValueError, match=r"^output: label \('B', 2026\) of pressure is missing"
        ):
            decoupling_from_levels(self.ENERGY, self.OUTPUT.iloc[:-1])
