from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyanalysis.indicators.composite import (
    aggregate,
    attribute_shift,
    compare_scores,
    effective_weights,
    flat_framework,
    normalise,
    observed_weight,
    pillar_framework,
    rank_scores,
    topsis,
)

PEERS = json.loads(
    (Path(__file__).parents[1] / "reference" / "composite.json").read_text(encoding="utf-8")
)

METHODS = ["arithmetic", "geometric", "harmonic"]
NAMES = ["a", "b", "c", "d"]
# index = 3/4 new (a 2/3, b 1/3) + 1/4 old (c 1/2, d 1/2)
TREE = pillar_framework(
    pd.DataFrame(
        {
            "pillar": ["new", "new", "old", "old"],
            "direction": [1, 1, -1, 1],
            "weight": [2, 1, 1, 1],
            "pillar_weight": [3, 3, 1, 1],
        },
        index=NAMES,
    )
)
# An indicator beside a pillar, and a pillar of pillars.
DEEP = pd.DataFrame(
    {
        "parent": ["pillar", "pillar", "group", "index", "", "index", "group"],
        "direction": 1,
        "weight": [1.0, 3.0, 1.0, 2.0, 7.0, 2.0, 1.0],
    },
    index=["a", "b", "c", "d", "index", "group", "pillar"],
)

scores = st.floats(1, 100).map(lambda number: float(f"{number:.4g}"))


@st.composite
def tables(draw):
    rows = draw(st.integers(1, 6))
    cells = draw(st.lists(st.lists(scores, min_size=4, max_size=4), min_size=rows, max_size=rows))
    return pd.DataFrame(cells, columns=NAMES)


def row(*values: float | None) -> pd.DataFrame:
    return pd.DataFrame([values], columns=NAMES, index=["x"], dtype=float)


def several(rows: int = 18, seed: int = 3) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    return pd.DataFrame(draw.uniform(1, 100, (rows, 4)), columns=NAMES)


class TestAggregate:
    def test_each_method_by_hand(self):
        data = row(8, 2, 4, 1)
        assert aggregate(data, TREE).loc["x"].to_dict() == pytest.approx(
            {"new": 6.0, "old": 2.5, "index": 5.125}
        )
        geometric = {"new": 128 ** (1 / 3), "old": 2.0}
        geometric["index"] = geometric["new"] ** 0.75 * geometric["old"] ** 0.25
        found = aggregate(data, TREE, method="geometric").loc["x"]
        assert found.to_dict() == pytest.approx(geometric)
        harmonic = {"new": 1 / (2 / 24 + 1 / 6), "old": 1.6, "index": 1 / (0.75 / 4 + 0.25 / 1.6)}
        assert aggregate(data, TREE, method="harmonic").loc["x"].to_dict() == pytest.approx(
            harmonic
        )

    def test_methods_mixed_by_level(self):
        # As the human development index: arithmetic inside, geometric between.
        mixed = {"new": "arithmetic", "old": "harmonic", "index": "geometric"}
        expected = {"new": 6.0, "old": 1.6, "index": 6**0.75 * 1.6**0.25}
        for method in (mixed, pd.Series(mixed)):
            found = aggregate(row(8, 2, 4, 1), TREE, method=method).loc["x"]
            assert found.to_dict() == pytest.approx(expected)

    # COINr #52: an index of one level cannot be built.
    def test_one_level(self):
        found = aggregate(row(8, 2, 4, 1), flat_framework(NAMES, weight=[1, 1, 1, 5]))
        assert found.columns.tolist() == ["index"]
        assert found.loc["x", "index"] == pytest.approx(19 / 8)

    def test_an_indicator_beside_pillars_and_three_levels(self):
        found = aggregate(row(8, 4, 1, 2), DEEP).loc["x"]
        assert found.to_dict() == pytest.approx({"pillar": 5.0, "group": 3.0, "index": 2.5})
        assert list(found.index) == ["pillar", "group", "index"]

    @pytest.mark.parametrize(
        ("year", "total", "weights", "parts"),
        [
            # NBS: fifths up to 2023; sub-indices and totals as printed.
            (2018, 210.1, [1] * 5, [362.1, 284.3, 143.3, 132.3, 128.5]),
            (2022, 598.8, [1] * 5, [1963.6, 393.1, 293.5, 182.7, 160.9]),
            (2025, 136.0, [3, 3, 2, 2], [142.4, 138.5, 130.9, 127.8]),
        ],
    )
    def test_totals_of_the_bureau_of_statistics(self, year, total, weights, parts):
        names = list("abcde")[: len(parts)]
        data = pd.DataFrame([parts], columns=names, index=[year])
        found = aggregate(data, flat_framework(names, weight=weights))
        assert found.loc[year, "index"] == pytest.approx(total, abs=0.1)

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("framework", [TREE, DEEP], ids=["tree", "deep"])
    @given(value=scores)
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_equal_values_give_that_value(self, method, framework, value):
        found = aggregate(row(value, value, value, value), framework, method=method)
        assert found.loc["x"].tolist() == pytest.approx([value] * found.shape[1], rel=1e-13)

    @given(tables())
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_order_of_the_means(self, data):
        arithmetic, geometric, harmonic = (
            aggregate(data, TREE, method=method).to_numpy() for method in METHODS
        )
        assert (arithmetic >= geometric * (1 - 1e-12)).all()
        assert (geometric >= harmonic * (1 - 1e-12)).all()

    @given(tables())
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_arithmetic_is_the_sum_of_effective_weights(self, data):
        for framework in (TREE, DEEP):
            weights = effective_weights(framework)
            expected = (data[weights.index] * weights).sum(axis=1)
            found = aggregate(data, framework)["index"]
            assert found.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-12)

    @pytest.mark.parametrize("method", METHODS)
    @given(data=tables(), factor=st.floats(0.01, 100))
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_scaling_all_values_scales_the_index(self, method, data, factor):
        found = aggregate(data * factor, TREE, method=method)
        expected = aggregate(data, TREE, method=method) * factor
        assert found.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-10)

    @given(tables(), st.randoms())
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_order_of_rows_and_columns_does_not_matter(self, data, random):
        order, columns = list(data.index), list(NAMES)
        random.shuffle(order)
        random.shuffle(columns)
        found = aggregate(data.loc[order, columns], TREE.iloc[::-1])
        expected = aggregate(data, TREE)
        assert found.index.tolist() == order
        for name in expected.columns:
            other = expected.loc[order, name].to_numpy()
            assert found[name].to_numpy() == pytest.approx(other, rel=1e-12)

    def test_rows_of_a_panel_are_kept(self):
        index = pd.MultiIndex.from_product([["x", "y"], [2023, 2024]], names=["r", "year"])
        found = aggregate(several(4).set_axis(index), TREE)
        assert found.index.equals(index)
        assert found.to_numpy().tolist() == aggregate(several(4), TREE).to_numpy().tolist()

    @pytest.mark.parametrize("method", ["geometric", "harmonic"])
    def test_zero(self, method):
        found = aggregate(row(0, 2, 4, 1), TREE, method=method).loc["x"]
        assert found[["new", "index"]].tolist() == [0.0, 0.0]
        assert found["old"] > 0
        weightless = flat_framework(NAMES, weight=[0, 1, 1, 1])
        without = flat_framework(NAMES[1:])
        expected = aggregate(row(0, 2, 4, 1)[NAMES[1:]], without, method=method)
        found = aggregate(row(0, 2, 4, 1), weightless, method=method)
        assert found.loc["x", "index"] == pytest.approx(expected.loc["x", "index"])

    # COINr #47: geometric means fail after z-scores, and the message leaves users at a loss.
    def test_negative_values_are_refused_with_the_way_out(self):
        data = normalise(several(), method="z_score")
        with pytest.raises(ValueError, match=r"normalised: -\d.* at row \d+, column .* low=1 and"):
            aggregate(data, TREE, method="geometric")
        assert aggregate(data, TREE)["index"].notna().all()
        mixed = {"new": "arithmetic", "old": "arithmetic", "index": "harmonic"}
        with pytest.raises(ValueError, match=r"column 'new' .* under a harmonic mean"):
            aggregate(row(-8, 2, 4, 1), TREE, method=mixed)

    @pytest.mark.parametrize(
        ("method", "message"),
        [
            ("mean", r'method: .mean. is not allowed; expected "arithmetic", "geometric" or'),
            ({"new": "arithmetic", "index": "arithmetic"}, "no entry for aggregate 'old'"),
            (dict.fromkeys(["new", "old", "index", "a"], "harmonic"), "'a' is no aggregate"),
            (dict.fromkeys(["new", "old", "index"], "sum"), "method of 'new': 'sum' is not"),
        ],
    )
    def test_misspelt_methods(self, method, message):
        with pytest.raises(ValueError, match=message):
            aggregate(several(), TREE, method=method)

    def test_columns_must_fit_the_framework(self):
        with pytest.raises(ValueError, match="row 'd' has no children and is no column"):
            aggregate(several()[NAMES[:3]], TREE)
        with pytest.raises(ValueError, match="column 'e' is no indicator"):
            aggregate(several().assign(e=1.0), TREE)
        with pytest.raises(ValueError, match="normalised: Series is not allowed"):
            aggregate(several()["a"], TREE)


class TestMissing:
    def test_nothing_is_skipped_without_a_word(self):
        found = aggregate(row(8, None, 4, 1), TREE).loc["x"]
        assert found[["new", "index"]].isna().all()
        assert found["old"] == pytest.approx(2.5)

    @pytest.mark.parametrize("method", METHODS)
    def test_weights_of_what_is_observed(self, method):
        data = pd.concat([row(8, None, 4, 1), row(8, 2, 4, 1)], ignore_index=True)
        found = aggregate(data, TREE, method=method, least_share_observed=60)
        full = aggregate(row(8, 8, 4, 1), TREE, method=method).loc["x"]
        assert found.loc[0].tolist() == pytest.approx(full.tolist())
        whole = aggregate(row(8, 2, 4, 1), TREE, method=method).loc["x"]
        assert found.loc[1].tolist() == pytest.approx(whole.tolist())

    def test_share_that_is_observed(self):
        data = row(8, None, 4, 1)
        found = observed_weight(data, TREE).loc["x"]
        assert found.to_dict() == pytest.approx({"new": 200 / 3, "old": 100.0, "index": 75.0})
        assert observed_weight(row(None, None, None, None), DEEP).loc["x"].tolist() == [0.0] * 3

    @pytest.mark.parametrize(
        ("least", "known"), [(66, ["new", "old", "index"]), (67, ["old", "index"]), (76, ["old"])]
    )
    def test_least_share(self, least, known):
        found = aggregate(row(8, None, 4, 1), TREE, least_share_observed=least).loc["x"]
        assert found.dropna().index.tolist() == known

    def test_a_pillar_that_is_not_known_gives_its_weight_to_the_others(self):
        # new has 2/3 of its weight, the index 3/4: at 70 percent new is out, the index is old.
        found = aggregate(row(8, None, 4, 1), TREE, least_share_observed=70).loc["x"]
        assert math.isnan(found["new"])
        assert found["index"] == found["old"] == pytest.approx(2.5)

    def test_what_weighs_nothing_is_not_missed(self):
        framework = flat_framework(NAMES, weight=[0, 1, 1, 2])
        found = aggregate(row(None, 2, 4, 1), framework, method="geometric")
        assert found.loc["x", "index"] == pytest.approx(8**0.25)

    def test_rounding_does_not_decide_what_is_enough(self):
        # 0.7 + 0.1 is a digit less than 0.8 in binary, and 0.1 + 0.2 a digit more than 0.3.
        framework = flat_framework(NAMES, weight=[7, 1, 2, 0])
        found = aggregate(row(8, 4, None, 1), framework, least_share_observed=80)
        assert found.loc["x", "index"] == pytest.approx(7.5)
        found = aggregate(row(None, 4, 2, 1), framework, least_share_observed=30)
        assert found.loc["x", "index"] == pytest.approx(8 / 3)

    @pytest.mark.parametrize("least", [0, -1, 101, math.nan, "all", True])
    def test_least_share_is_a_percentage(self, least):
        with pytest.raises(ValueError, match=r"least_share_observed: .* expected percent above 0"):
            aggregate(several(), TREE, least_share_observed=least)


class TestTopsis:
    DATA = pd.DataFrame([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], index=list("xyzu"))

    def test_printed_values(self):
        # Tzeng and Huang (2011)
        found = topsis(self.DATA, [0.3, 0.4, 0.3])
        assert found["closeness"].tolist() == pytest.approx(
            [0.5037, 0.6581, 0.7482, 0.3340], abs=1e-4
        )
        assert found["rank"].to_dict() == {"x": 3, "y": 2, "z": 1, "u": 4}

    @pytest.mark.parametrize("peer", ["pymcdm", "scikit-criteria"])
    def test_as_peers(self, peer):
        found = topsis(pd.DataFrame(PEERS["data"]), PEERS["weights"])
        assert found["closeness"].tolist() == pytest.approx(PEERS[peer]["topsis"], rel=1e-10)

    def test_directions_as_a_peer(self):
        found = topsis(pd.DataFrame(PEERS["data"]), PEERS["weights"], direction=PEERS["directions"])
        expected = PEERS["pymcdm"]["topsis_with_directions"]
        assert found["closeness"].tolist() == pytest.approx(expected, rel=1e-10)

    def test_distances_by_hand(self):
        # Unit columns (3, 4)/5 and (4, 3)/5 with weights 3/4 and 1/4.
        found = topsis(pd.DataFrame({"a": [3.0, 4.0], "b": [4.0, 3.0]}), [3, 1])
        assert found["distance_to_best"].tolist() == pytest.approx([0.15, 0.05])
        assert found["distance_to_worst"].tolist() == pytest.approx([0.05, 0.15])
        assert found["closeness"].tolist() == pytest.approx([0.25, 0.75])

    def test_best_and_worst_in_everything(self):
        data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [-9.0, 0.0, 4.0]})
        assert topsis(data, [1, 1])["closeness"].tolist()[::2] == [0.0, 1.0]
        turned = topsis(data, [1, 1], direction=[-1, -1])
        assert turned["closeness"].tolist()[::2] == [1.0, 0.0]

    @given(tables(), st.lists(st.floats(0.01, 100), min_size=4, max_size=4), st.floats(0.1, 10))
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_units_and_the_sum_of_weights_do_not_matter(self, data, units, factor):
        weights = np.array([0.1, 0.2, 0.3, 0.4])
        found = topsis(data, weights)["closeness"]
        other = topsis(data * units, weights * factor)["closeness"]
        assert found.to_numpy() == pytest.approx(other.to_numpy(), abs=1e-9, nan_ok=True)
        assert found.dropna().between(0, 1).all()

    def test_a_column_that_is_the_same_everywhere_adds_nothing(self):
        found = topsis(self.DATA, [0.3, 0.4, 0.3])["closeness"]
        for constant in (0.0, 0.1):
            more = topsis(self.DATA.assign(same=constant), [0.3, 0.4, 0.3, 5.0])["closeness"]
            assert more.tolist() == pytest.approx(found.tolist(), rel=1e-12)

    def test_equal_rows_cannot_be_ranked(self):
        found = topsis(pd.DataFrame([[0.1, 0.2]] * 3), [1, 2])
        assert found["distance_to_best"].tolist() == [0.0] * 3
        assert found[["closeness", "rank"]].isna().all(axis=None)

    def test_a_missing_cell_leaves_the_best_unknown(self):
        data = self.DATA.astype(float)
        data.iloc[0, 0] = None
        assert topsis(data, [1, 1, 1]).isna().all(axis=None)

    def test_very_large_levels(self):
        found = topsis(self.DATA * 1e200, [0.3, 0.4, 0.3])["closeness"]
        expected = topsis(self.DATA, [0.3, 0.4, 0.3])["closeness"]
        assert found.tolist() == pytest.approx(expected.tolist())

    def test_a_panel_has_one_best_and_ranks_by_year(self):
        index = pd.MultiIndex.from_product([[2023, 2024], ["x", "y"]], names=["year", "r"])
        found = topsis(self.DATA.set_axis(index), [0.3, 0.4, 0.3])
        pooled = topsis(self.DATA, [0.3, 0.4, 0.3])["closeness"]
        assert found["closeness"].tolist() == pooled.tolist()
        assert found["rank"].tolist() == [2, 1, 1, 2]

    @pytest.mark.parametrize(
        ("weights", "direction", "message"),
        [
            ([1, -1, 1], None, "weights: -1.0 at 1 is not allowed; expected a weight of 0 or more"),
            ([1, None, 1], None, "weights: nan at 1 is not allowed"),
            ([0, 0, 0], None, "weights: are all 0"),
            ([1, 1], None, "weights: holds 2 values where data holds 3"),
            (pd.Series({0: 1, 1: 1, 7: 1}), None, "weights: label 7 is not in data"),
            ([1, 1, 1], [1, 0, 1], "direction: 0.0 at 1 is not allowed; expected 1"),
        ],
    )
    def test_refusals(self, weights, direction, message):
        with pytest.raises(ValueError, match=message):
            topsis(self.DATA, weights, direction=direction)


class TestRanks:
    def test_ties_share_the_best_rank_and_gaps_have_none(self):
        data = pd.DataFrame({"a": [3.0, 5.0, 5.0, None, 1.0]})
        assert rank_scores(data)["a"].tolist()[:3] == [3, 1, 1]
        assert math.isnan(rank_scores(data)["a"][3])
        assert rank_scores(data, ascending=True)["a"].tolist()[:3] == [2, 3, 3]

    def test_rounding_is_no_difference(self):
        # 0.1 + 0.2 and 0.3 differ in the last digit.
        data = pd.DataFrame({"a": [0.3, 0.1 + 0.2, 0.2]})
        assert rank_scores(data)["a"].tolist() == [1, 1, 3]

    def test_ranks_are_inside_a_year(self):
        index = pd.MultiIndex.from_tuples(
            [("x", 2024), ("y", 2023), ("x", 2023), ("y", 2024), ("z", 2023)], names=["r", "year"]
        )
        found = rank_scores(pd.DataFrame({"a": [9.0, 2.0, 1.0, 9.5, 7.0]}, index=index))
        assert found.index.equals(index)
        assert found["a"].tolist() == [2, 2, 3, 1, 1]

    @given(
        st.lists(st.integers(0, 5), min_size=1, max_size=12),
        st.lists(st.integers(2020, 2022), min_size=12, max_size=12),
    )
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_as_counting_who_is_better(self, values, years):
        index = pd.MultiIndex.from_arrays([range(len(values)), years[: len(values)]])
        data = pd.DataFrame({"a": values}, index=index.set_names(["r", "year"]), dtype=float)
        pairs = list(zip(values, years, strict=False))
        expected = [
            1 + sum(other > value and there == year for other, there in pairs)
            for value, year in pairs
        ]
        assert rank_scores(data)["a"].tolist() == expected


class TestCompareScores:
    FIRST = pd.Series({"x": 0.2, "y": 0.5, "z": 0.9})

    def test_by_hand(self):
        found = compare_scores(self.FIRST, pd.Series({"z": 80.0, "x": 70.0, "y": 40.0}))
        assert found["score_second"].to_dict() == {"x": 70.0, "y": 40.0, "z": 80.0}
        assert found["rank_first"].tolist() == [3, 2, 1]
        assert found["rank_second"].tolist() == [2, 3, 1]
        assert found["rank_shift"].tolist() == [1, -1, 0]
        assert found["flag"].tolist() == [""] * 3

    def test_a_gap_in_one_index_moves_nobody(self):
        second = self.FIRST * 10
        second["z"] = None
        found = compare_scores(self.FIRST, second)
        assert found["flag"].tolist() == ["", "", "score_missing"]
        assert found["rank_shift"].tolist()[:2] == [0, 0]
        assert found.loc["z", ["rank_first", "rank_second", "rank_shift"]].isna().all()
        assert found.loc["z", "score_first"] == 0.9

    def test_by_year(self):
        index = pd.MultiIndex.from_product([["x", "y"], [2023, 2024]], names=["r", "year"])
        found = compare_scores(
            pd.Series([1.0, 4.0, 2.0, 3.0], index), pd.Series([3.0, 9.0, 2.0, 8.0], index)
        )
        assert found["rank_shift"].tolist() == [1, 0, -1, 0]

    def test_shifts_sum_to_zero_without_ties(self):
        first, second = (several(seed=seed)["a"] for seed in (1, 2))
        assert compare_scores(first, second)["rank_shift"].sum() == 0

    @pytest.mark.parametrize(
        ("second", "message"),
        [
            (pd.Series({"x": 1.0, "y": 2.0}), "second: row 'z' of first is missing"),
            (pd.Series({"x": 1, "y": 2, "z": 3, "u": 4}), "second: row 'u' is not in first"),
            ([1.0, 2.0, 3.0], "second: list is not allowed; expected a Series"),
            (pd.Series({"x": 1.0, "y": math.inf, "z": 1.0}), "second: inf at row 'y'"),
        ],
    )
    def test_refusals(self, second, message):
        with pytest.raises(ValueError, match=message):
            compare_scores(self.FIRST, second)


class TestAttributeShift:
    OTHER = flat_framework(NAMES, weight=[4, 3, 2, 1])

    def test_by_hand(self):
        equal, tilted = flat_framework(["a", "b"]), flat_framework(["a", "b"], weight=[3, 1])
        before = pd.DataFrame({"a": [100.0], "b": [20.0]}, index=["x"])
        after = pd.DataFrame({"b": [40.0], "a": [100.0]}, index=["x"])
        found = attribute_shift(before, equal, tilted, second_normalised=after)
        assert found.index.tolist() == [("x", "a"), ("x", "b")]
        assert found["weight_effect"].tolist() == pytest.approx([25.0, -7.5])
        assert found["value_effect"].tolist() == pytest.approx([0.0, 7.5])
        assert found["effect"].tolist() == pytest.approx([25.0, 0.0])

    @given(tables(), st.booleans())
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_effects_add_up_to_the_change(self, data, other_values):
        second = 100 - data.sort_values("a").set_axis(data.index) if other_values else data
        found = attribute_shift(data, TREE, self.OTHER, second_normalised=second)
        change = aggregate(second, self.OTHER)["index"] - aggregate(data, TREE)["index"]
        sums = found.groupby(level=0)[["effect", "weight_effect", "value_effect"]].sum()
        scale = found[["weight_effect", "value_effect"]].abs().groupby(level=0).sum().sum(axis=1)
        close = 1e-12 * (scale + 100)
        assert (np.abs(sums["effect"] - change) <= close).all()
        assert (np.abs(sums["weight_effect"] + sums["value_effect"] - change) <= close).all()
        if not other_values:
            assert (found["value_effect"] == 0).all()

    def test_an_indicator_in_one_framework_alone(self):
        fewer = flat_framework(["a", "b", "c"])
        data = several(2)
        found = attribute_shift(data, fewer, self.OTHER)
        change = aggregate(data, self.OTHER) - aggregate(data[["a", "b", "c"]], fewer)
        sums = found["effect"].groupby(level=0).sum()
        assert sums.tolist() == pytest.approx(change["index"].tolist())
        assert found.loc[(0, "d"), "effect"] == pytest.approx(0.1 * data.loc[0, "d"])

    def test_rows_of_a_panel(self):
        index = pd.MultiIndex.from_product([["x"], [2023, 2024]], names=["r", "year"])
        found = attribute_shift(several(2).set_axis(index), TREE, self.OTHER)
        assert found.index.names == ["r", "year", "indicator"]
        assert found.index[4] == ("x", 2024, "a")

    def test_a_missing_value_stays_missing(self):
        found = attribute_shift(row(8, None, 4, 1), TREE, self.OTHER)
        assert found["effect"].isna().tolist() == [False, True, False, False]

    def test_refusals(self):
        data = several(2)
        with pytest.raises(ValueError, match="second_framework: indicator 'd' is no column"):
            attribute_shift(data[["a", "b", "c"]], flat_framework(["a", "b", "c"]), self.OTHER)
        with pytest.raises(ValueError, match="column 'd' is in neither framework"):
            attribute_shift(data, flat_framework(["a"]), flat_framework(["b", "c"]))
        with pytest.raises(ValueError, match="second_normalised: row 1 of normalised is missing"):
            attribute_shift(data, TREE, self.OTHER, second_normalised=data.iloc[:1])
