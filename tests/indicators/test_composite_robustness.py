from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyanalysis.indicators.composite import (
    aggregate,
    flat_framework,
    leave_one_out,
    normalise,
    pillar_framework,
    rank_scores,
    rank_sensitivity,
    rank_uncertainty,
)
from lyanalysis.indicators.composite._sobol import sobol_indices

NAMES = list("abcdef")
REGIONS = [f"region {number}" for number in range(9)]
TREE = pillar_framework(
    pd.DataFrame(
        {
            "pillar": ["new", "new", "new", "old", "old", "green"],
            "direction": [1, 1, -1, 1, -1, 1],
            "weight": [3, 2, 1, 1, 1, 1],
            "pillar_weight": [2, 2, 2, 1, 1, 1],
        },
        index=NAMES,
    )
)
# Nothing varies: the index itself.
CERTAIN = {
    "weight_spread": 0.0,
    "normalisations": ["min_max"],
    "aggregations": ["arithmetic"],
    "data_error": 0.0,
}
BOTH = [rank_uncertainty, rank_sensitivity]


def regions(seed: int = 5, rows: int = 9) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    cells = draw.uniform(1, 10, (rows, len(NAMES)))
    return pd.DataFrame(cells, index=REGIONS[:rows], columns=NAMES)


def index_ranks(data: pd.DataFrame, framework: pd.DataFrame, **options: object) -> pd.Series:
    """Ranks the long way round: normalise, aggregate, rank."""
    directions = framework["direction"].reindex(data.columns)
    method = options.get("normalisation", "min_max")
    scale: dict[str, float] = {"low": 1.0, "high": 100.0}
    if method in ("z_score", "rank"):
        scale = {"mean": 100.0, "standard_deviation": 10.0} if method == "z_score" else {}
    scores = normalise(
        data, method=method, direction=directions, over=options.get("over", "panel"), **scale
    )
    index = aggregate(scores, framework, method=options.get("aggregation", "arithmetic"))
    return rank_scores(index)["index"]


class TestLeaveOneOut:
    def test_by_hand(self):
        # Min-max scores a: 1, 0.5, 0; b: 0, 0.25, 1. Weights 3:1 put x first, b alone z.
        data = pd.DataFrame({"a": [9.0, 5.0, 1.0], "b": [1.0, 2.0, 5.0]}, index=list("xyz"))
        found = leave_one_out(data, flat_framework(["a", "b"], weight=[3, 1]))
        assert found.index.names == [None, "removed"]
        assert found.xs("a", level="removed")["rank_without"].tolist() == [3, 2, 1]
        assert found.xs("a", level="removed")["rank_shift"].tolist() == [-2, 0, 2]
        assert found.xs("b", level="removed")["rank_without"].tolist() == [1, 2, 3]
        assert found["rank"].tolist() == [1, 1, 2, 2, 3, 3]

    @pytest.mark.parametrize("aggregation", ["arithmetic", "geometric", "harmonic"])
    @pytest.mark.parametrize("normalisation", ["min_max", "z_score", "rank", "percentile_rank"])
    def test_as_building_each_index_anew(self, aggregation, normalisation):
        data = regions()
        found = leave_one_out(data, TREE, normalisation=normalisation, aggregation=aggregation)
        options = {"normalisation": normalisation, "aggregation": aggregation}
        whole = index_ranks(data, TREE, **options)
        assert found.xs("a", level="removed")["rank"].tolist() == whole.tolist()
        for name in NAMES:
            framework = TREE.drop(name)
            # A pillar that is left without indicators goes too.
            framework = framework.drop("green") if name == "f" else framework
            without = index_ranks(data.drop(columns=name), framework, **options)
            assert found.xs(name, level="removed")["rank_without"].tolist() == without.tolist()

    def test_pillars_too(self):
        data = regions()
        found = leave_one_out(data, TREE, aggregates=True)
        removed = found.index.unique("removed")
        assert removed.tolist() == [*NAMES, "new", "old", "green"]
        without = index_ranks(data[["d", "e", "f"]], TREE.drop(["a", "b", "c", "new"]))
        assert found.xs("new", level="removed")["rank_without"].tolist() == without.tolist()
        # A pillar of one indicator is that indicator.
        single, pillar = (found.xs(name, level="removed") for name in ("f", "green"))
        pd.testing.assert_frame_equal(single, pillar)

    def test_mixed_aggregation(self):
        mixed = {"new": "geometric", "old": "arithmetic", "green": "harmonic", "index": "harmonic"}
        found = leave_one_out(regions(), TREE, aggregation=mixed)
        expected = index_ranks(regions(), TREE, aggregation=mixed)
        assert found.xs("a", level="removed")["rank"].tolist() == expected.tolist()

    @pytest.mark.parametrize("over", ["panel", "year", 2023])
    def test_ranks_of_a_panel_are_inside_a_year(self, over):
        index = pd.MultiIndex.from_product([REGIONS[:4], [2022, 2023]], names=["region", "year"])
        data = regions(rows=8).set_axis(index)
        found = leave_one_out(data, TREE, over=over)
        assert found.index.names == ["region", "year", "removed"]
        whole = index_ranks(data, TREE, over=over)
        assert found.xs("b", level="removed")["rank"].tolist() == whole.tolist()
        without = index_ranks(data.drop(columns="b"), TREE.drop("b"), over=over)
        assert found.xs("b", level="removed")["rank_without"].tolist() == without.tolist()
        assert whole.max() == 4

    @given(st.permutations(range(9)), st.permutations(NAMES))
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_order_of_rows_and_columns_does_not_matter(self, rows, columns):
        found = leave_one_out(regions().iloc[rows][columns], TREE)
        expected = leave_one_out(regions(), TREE)
        pd.testing.assert_frame_equal(found.sort_index(), expected.sort_index())

    def test_what_has_no_weight_changes_nothing(self):
        framework = flat_framework(NAMES, weight=[0, 1, 2, 3, 4, 5])
        found = leave_one_out(regions(), framework).xs("a", level="removed")
        assert (found["rank_shift"] == 0).all()

    @pytest.mark.parametrize(
        ("data", "framework", "options", "message"),
        [
            (regions()[["a"]], flat_framework(["a"]), {}, "without 'a' nothing that has a weight"),
            (regions().mask(regions() > 9), TREE, {}, r"data: nan at row .* impute first"),
            (regions().assign(d=3.0), TREE, {}, r"data: 3.0 at row .*, column 'd' .* values that"),
            (regions(), TREE, {"normalisation": "zscore"}, r"normalisation: 'zscore' is not"),
            (regions(), TREE, {"normalisation": "goalposts"}, r"normalisation: 'goalposts' is not"),
            (regions(), TREE, {"aggregation": "mean"}, r"aggregation: 'mean' is not allowed"),
            (regions(), TREE, {"low": 5.0, "high": 5.0}, "expected low below high"),
            (
                regions(),
                TREE,
                {"low": 2.0, "normalisation": "rank"},
                "low, high: only for min_max and percentile_rank",
            ),
            (regions(), TREE, {"over": 2023}, "over: 2023 needs rows by year"),
            (
                regions(),
                TREE,
                {"low": -50.0, "aggregation": "geometric"},
                r"normalisation: .min_max. gives the score -50.0, of which there is no geometric",
            ),
        ],
    )
    def test_refusals(self, data, framework, options, message):
        with pytest.raises(ValueError, match=message):
            leave_one_out(data, framework, **options)


class TestRankUncertainty:
    def test_without_uncertainty_the_index_itself(self):
        found = rank_uncertainty(regions(), TREE, draws=300, **CERTAIN)
        expected = index_ranks(regions(), TREE)
        for column in ("rank", "median", "mean", "lower", "upper"):
            assert found[column].tolist() == expected.tolist()
        assert (found["share_at_rank"] == 100).all()
        assert (found["share_in_top"] == 100 * (found["rank"] <= 3)).all()
        assert (found["flag"] == "").all()

    @pytest.mark.parametrize("normalisation", ["min_max", "z_score", "rank", "percentile_rank"])
    @pytest.mark.parametrize("aggregation", ["arithmetic", "geometric", "harmonic"])
    def test_the_first_alternatives_are_the_index_itself(self, normalisation, aggregation):
        options = {"normalisation": normalisation, "aggregation": aggregation}
        found = rank_uncertainty(
            regions(),
            TREE,
            draws=5,
            normalisations=[normalisation, "rank" if normalisation != "rank" else "min_max"],
            aggregations=[aggregation],
        )
        assert found["rank"].tolist() == index_ranks(regions(), TREE, **options).tolist()

    def test_the_best_in_everything_stays_first(self):
        data = regions()
        signs = TREE["direction"].reindex(NAMES)
        data.loc[REGIONS[4]] = np.where(signs > 0, 11.0, 0.5)
        data.loc[REGIONS[2]] = np.where(signs > 0, 0.5, 11.0)
        found = rank_uncertainty(data, TREE, draws=2000, weight_spread=100.0)
        best, worst = found.loc[REGIONS[4]], found.loc[REGIONS[2]]
        expected = {"rank": 1, "median": 1, "mean": 1, "lower": 1, "upper": 1}
        assert best[list(expected)].to_dict() == expected
        assert best[["share_at_rank", "share_in_top"]].tolist() == [100.0, 100.0]
        assert worst[["median", "lower", "upper", "share_in_top"]].tolist() == [9, 9, 9, 0]

    def test_two_regions_that_mirror_each_other(self):
        data = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}, index=["x", "y"])
        found = rank_uncertainty(data, flat_framework(["a", "b"]), draws=10_000)
        # Four standard errors of a fair coin thrown 10,000 times are 2 percent.
        assert found["mean"].tolist() == pytest.approx([1.5, 1.5], abs=0.02)
        assert found["share_at_rank"].tolist() == pytest.approx([50, 50], abs=2)
        assert found["rank"].tolist() == [1, 1]

    def test_how_often_weights_reverse_a_lead(self):
        # x leads by weights 5:4, and loses the lead where 5(1 + u/2) < 4(1 + v/2): where
        # u < (4v - 2)/5. For v above -3/4 that leaves (4v + 3)/5 of u from -1, together 1.225 of
        # a square of 4.
        behind = 1.225 / 4
        data = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}, index=["x", "y"])
        found = rank_uncertainty(
            data,
            flat_framework(["a", "b"], weight=[5, 4]),
            draws=40_000,
            weight_spread=50.0,
            normalisations=["min_max"],
            aggregations=["arithmetic"],
        )
        assert found["share_at_rank"].tolist() == pytest.approx([100 * (1 - behind)] * 2, abs=1)
        assert found["mean"]["x"] == pytest.approx(1 + behind, abs=0.01)

    def test_how_often_errors_of_the_data_reverse_a_lead(self):
        # The difference of 100 and 90, each off by 10 percent, has a standard deviation of 13.5.
        data = pd.DataFrame({"a": [100.0, 90.0, 1.0]}, index=list("xyz"))
        certain = {**CERTAIN, "data_error": pd.Series({"a": 10.0})}
        found = rank_uncertainty(data, flat_framework(["a"]), draws=40_000, **certain)
        behind = 0.5 * math.erfc(10 / math.hypot(10, 9) / math.sqrt(2))
        assert found["share_at_rank"].tolist() == pytest.approx(
            [100 * (1 - behind)] * 2 + [100.0], abs=1
        )

    def test_methods_are_drawn_evenly(self):
        # x leads by min-max scores, y by ranks: half of the draws each.
        data = pd.DataFrame(
            {"a": [10.0, 3.0, 1.0, 2.0], "b": [5.0, 7.0, 1.0, 10.0]}, index=list("xyzu")
        )
        framework = flat_framework(["a", "b"])
        alternatives = {**CERTAIN, "normalisations": ["min_max", "rank"]}
        ranks = [
            index_ranks(data, framework, normalisation=method) for method in ("min_max", "rank")
        ]
        assert ranks[0].tolist() != ranks[1].tolist()
        found = rank_uncertainty(data, framework, draws=10_000, **alternatives)
        assert found["mean"].tolist() == pytest.approx(
            ((ranks[0] + ranks[1]) / 2).tolist(), abs=0.05
        )

    def test_statistics_against_their_definition(self):
        # Every draw is one of eight known indices, so the distribution can be listed.
        options = {"normalisations": ["min_max", "z_score", "rank", "percentile_rank"]}
        options |= {"aggregations": ["arithmetic", "harmonic"], "weight_spread": 0.0}
        found = rank_uncertainty(regions(), TREE, draws=40_000, interval=60.0, top=2, **options)
        combinations = itertools.product(options["normalisations"], options["aggregations"])
        listed = np.array(
            [
                index_ranks(regions(), TREE, normalisation=normalisation, aggregation=aggregation)
                for normalisation, aggregation in combinations
            ]
        )
        assert len(np.unique(listed, axis=0)) > 2
        assert found["mean"].tolist() == pytest.approx(listed.mean(axis=0).tolist(), abs=0.05)
        lower, upper = np.percentile(listed, [20, 80], axis=0, method="inverted_cdf")
        # Eighths of the draws never come near 20 and 80 percent.
        assert found["lower"].tolist() == lower.tolist()
        assert found["upper"].tolist() == upper.tolist()
        below, above = np.sort(listed, axis=0)[[3, 4]]
        assert (below == above).sum() > 2
        median = found["median"].to_numpy()
        assert ((below <= median) & (median <= above)).all()
        top = 100 * (listed <= 2).mean(axis=0)
        assert found["share_in_top"].tolist() == pytest.approx(top.tolist(), abs=1)
        at_rank = 100 * (listed == listed[0]).mean(axis=0)
        assert found["share_at_rank"].tolist() == pytest.approx(at_rank.tolist(), abs=1)

    def test_an_index_unlike_its_alternatives_is_flagged(self):
        # The outlier in b decides min-max and z-scores, which are two of three draws, but no ranks.
        data = pd.DataFrame(
            {"a": [5.0, 4.0, 3.0, 2.0, 1.0], "b": [1.0, 2.0, 3.0, 4.0, 90.0]}, index=list("xyzuv")
        )
        options = {**CERTAIN, "normalisations": ["rank", "min_max", "z_score"]}
        framework = flat_framework(["a", "b"], weight=[3, 2])
        found = rank_uncertainty(data, framework, draws=2000, interval=30.0, **options)
        outside = (found["rank"] < found["lower"]) | (found["rank"] > found["upper"])
        assert outside.any()
        assert not outside.all()
        assert (found["flag"] == np.where(outside, "rank_outside_interval", "")).all()

    def test_ranks_of_the_draws_add_up(self):
        found = rank_uncertainty(regions(), TREE, draws=500, data_error=3.0)
        assert found["mean"].sum() == pytest.approx(45.0)
        assert found["share_in_top"].sum() == pytest.approx(300.0)
        assert (found["lower"] <= found["median"]).all()
        assert (found["median"] <= found["upper"]).all()

    def test_wider_intervals_enclose_narrower_ones(self):
        narrow, wide = (
            rank_uncertainty(regions(), TREE, draws=800, interval=interval, data_error=10.0)
            for interval in (50.0, 100.0)
        )
        assert (wide["lower"] <= narrow["lower"]).all()
        assert (wide["upper"] >= narrow["upper"]).all()
        assert (wide["upper"] - wide["lower"]).sum() > (narrow["upper"] - narrow["lower"]).sum()

    def test_the_same_seed_gives_the_same_answer(self):
        first, again, other = (
            rank_uncertainty(regions(), TREE, draws=200, data_error=5.0, seed=seed)
            for seed in (7, 7, 8)
        )
        pd.testing.assert_frame_equal(first, again, check_exact=True)
        assert not first.equals(other)

    def test_global_random_numbers_are_left_alone(self):
        np.random.seed(3)  # noqa: NPY002
        expected = np.random.random()  # noqa: NPY002
        np.random.seed(3)  # noqa: NPY002
        rank_uncertainty(regions(), TREE, draws=10, data_error=5.0)
        rank_sensitivity(regions(), TREE, samples=8, seed=0)
        assert np.random.random() == expected  # noqa: NPY002

    def test_many_pieces_are_one_run(self, monkeypatch):
        options = {**CERTAIN, "weight_spread": 30.0, "draws": 1000}
        whole = rank_uncertainty(regions(), TREE, **options)
        monkeypatch.setattr("lyanalysis.indicators.composite._draws._AT_A_TIME", 54 * 7)
        pieces = rank_uncertainty(regions(), TREE, **options)
        assert pieces["mean"].tolist() == pytest.approx(whole["mean"].tolist(), abs=0.3)
        assert pieces["mean"].sum() == pytest.approx(45.0)

    @given(st.permutations(range(9)))
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_order_of_regions_does_not_matter(self, rows):
        found = rank_uncertainty(regions().iloc[rows], TREE, draws=100)
        expected = rank_uncertainty(regions(), TREE, draws=100)
        assert found.index.tolist() == regions().index[rows].tolist()
        pd.testing.assert_frame_equal(found.loc[REGIONS], expected)

    def test_units_do_not_matter(self):
        units = pd.Series([1e-3, 10, 7, 1e6, 1, 2], index=NAMES)
        found = rank_uncertainty(regions() * units, TREE, draws=200, data_error=5.0)
        expected = rank_uncertainty(regions(), TREE, draws=200, data_error=5.0)
        pd.testing.assert_frame_equal(found, expected)

    def test_one_year_of_a_panel(self):
        index = pd.MultiIndex.from_product([REGIONS, [2024]], names=["region", "year"])
        found = rank_uncertainty(regions().set_axis(index), TREE, draws=50)
        assert found.index.equals(index)
        expected = rank_uncertainty(regions(), TREE, draws=50)
        assert found["mean"].tolist() == expected["mean"].tolist()

    def test_more_places_on_top_than_regions(self):
        found = rank_uncertainty(regions(rows=2), TREE, draws=20, top=5)
        assert found["share_in_top"].tolist() == [100.0, 100.0]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"draws": 0}, "draws: 0 is not allowed; expected a whole number of 1 or more"),
            ({"draws": 2.5}, "draws: 2.5 is not allowed"),
            ({"interval": 0}, "interval: 0 is not allowed; expected percent above 0 to 100"),
            ({"top": 0}, "top: 0 is not allowed"),
        ],
    )
    def test_refusals(self, options, message):
        with pytest.raises(ValueError, match=message):
            rank_uncertainty(regions(), TREE, **options)


class TestRankSensitivity:
    def test_shares_of_a_sum_of_uniform_numbers(self):
        # Variances of 3u, of v + w (one group) and of nothing: 9, 2 and 0 twelfths.
        def figures(runs):
            return 3 * runs[:, 0] + runs[:, 1] + runs[:, 2]

        found = sobol_indices(
            figures,
            ["first", "second", "second", "third"],
            samples=2048,
            interval=95.0,
            generator=np.random.default_rng(0),
        )
        assert found.index.tolist() == ["first", "second", "third"]
        assert found["first_order"].tolist() == pytest.approx([9 / 11, 2 / 11, 0], abs=0.01)
        assert found["total"].tolist() == pytest.approx([9 / 11, 2 / 11, 0], abs=0.01)
        assert found["total_margin"].between(0, 0.1).all()

    def test_interaction_shows_in_the_totals_alone(self):
        # (u - 1/2)(v - 1/2) has no first-order effects at all.
        found = sobol_indices(
            lambda runs: (runs[:, 0] - 0.5) * (runs[:, 1] - 0.5),
            ["u", "v"],
            samples=2048,
            interval=95.0,
            generator=np.random.default_rng(0),
        )
        assert found["first_order"].tolist() == pytest.approx([0, 0], abs=0.03)
        assert found["total"].tolist() == pytest.approx([1, 1], abs=0.03)

    def test_figures_that_vary_in_the_wrong_runs_alone(self):
        # The two base samples are the first and the last of four runs; all the same there.
        found = sobol_indices(
            lambda runs: (np.arange(len(runs)) % 4 == 1).astype(float),
            ["u"],
            samples=64,
            interval=95.0,
            generator=np.random.default_rng(0),
        )
        assert found.isna().all(axis=None)

    def test_an_input_that_cannot_matter(self):
        # Both indicators of "same" are equal, so weights inside it move nothing.
        data = regions()
        data["b"] = data["a"]
        table = pd.DataFrame(
            {"pillar": ["same", "same", "other", "other"], "direction": 1, "weight": 1},
            index=["a", "b", "d", "f"],
        )
        found = rank_sensitivity(
            data[["a", "b", "d", "f"]],
            pillar_framework(table),
            weight_spread=90.0,
            normalisations=["min_max"],
            aggregations=["arithmetic"],
        )
        assert found.index.tolist() == ["weights:index", "weights:same", "weights:other"]
        assert found.loc["weights:same", ["first_order", "total"]].tolist() == [0.0, 0.0]
        assert (found.loc[["weights:index", "weights:other"], "total"] > 0.1).all()
        assert found["first_order"].sum() <= 1.05

    @pytest.mark.parametrize(
        ("changed", "alone"),
        [
            ({"weight_spread": 50.0}, "weights:index"),
            ({"normalisations": ["min_max", "rank"]}, "normalisation"),
            ({"aggregations": ["arithmetic", "harmonic"]}, "aggregation"),
            ({"data_error": 10.0}, "data_error"),
        ],
    )
    def test_one_uncertain_input_explains_all(self, changed, alone):
        found = rank_sensitivity(regions(), flat_framework(NAMES), **{**CERTAIN, **changed})
        assert found.index.tolist() == [alone]
        assert found.loc[alone, ["first_order", "total"]].tolist() == pytest.approx([1, 1], abs=0.1)

    def test_two_methods_by_their_closed_form(self):
        # The figure of each of the four combinations is known, so the indices are too.
        options = {**CERTAIN, "normalisations": ["min_max", "rank"]}
        options["aggregations"] = ["arithmetic", "harmonic"]
        base = index_ranks(regions(), TREE)
        shift = np.array(
            [
                [
                    (index_ranks(regions(), TREE, normalisation=one, aggregation=other) - base)
                    .abs()
                    .mean()
                    for other in options["aggregations"]
                ]
                for one in options["normalisations"]
            ]
        )
        found = rank_sensitivity(regions(), TREE, samples=4096, **options)
        first = [shift.mean(axis=1).var() / shift.var(), shift.mean(axis=0).var() / shift.var()]
        total = [shift.var(axis=0).mean() / shift.var(), shift.var(axis=1).mean() / shift.var()]
        assert found.index.tolist() == ["normalisation", "aggregation"]
        assert found["first_order"].tolist() == pytest.approx(first, abs=0.05)
        assert found["total"].tolist() == pytest.approx(total, abs=0.05)

    def test_of_one_region(self):
        # x and y trade places by the weights of a and b; z is last whatever they are.
        data = pd.DataFrame({"a": [9.0, 1.0, 1.0], "b": [1.0, 9.0, 1.0]}, index=list("xyz"))
        options = {**CERTAIN, "weight_spread": 50.0}
        framework = flat_framework(["a", "b"])
        found = rank_sensitivity(data, framework, region="x", samples=256, **options)
        assert found.loc["weights:index", "total"] == pytest.approx(1.0, abs=0.1)
        still = rank_sensitivity(data, framework, region="z", samples=256, **options)
        assert still.isna().all(axis=None)

    def test_a_region_of_one_year_of_a_panel(self):
        index = pd.MultiIndex.from_product([REGIONS, [2024]], names=["region", "year"])
        options = {"region": REGIONS[3], "samples": 16}
        found = rank_sensitivity(regions().set_axis(index), TREE, **options)
        pd.testing.assert_frame_equal(found, rank_sensitivity(regions(), TREE, **options))

    @pytest.mark.parametrize("seed", [0, 1])
    def test_the_same_seed_gives_the_same_answer(self, seed):
        options = {"samples": 32, "data_error": 5.0}
        first, again = (rank_sensitivity(regions(), TREE, seed=seed, **options) for _ in range(2))
        pd.testing.assert_frame_equal(first, again, check_exact=True)
        assert not first.equals(rank_sensitivity(regions(), TREE, seed=5, **options))

    def test_all_inputs_in_order(self):
        found = rank_sensitivity(regions(), TREE, samples=16, data_error=1.0)
        weights = ["weights:index", "weights:new", "weights:old"]
        assert found.index.tolist() == [*weights, "normalisation", "aggregation", "data_error"]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"samples": 100}, "samples: 100 is not allowed; expected a power of two"),
            ({"samples": 1}, "samples: 1 is not allowed"),
            ({"interval": 100}, "interval: 100 is not allowed"),
            ({"region": "Luoyang"}, "region: 'Luoyang' is no row of data"),
            (CERTAIN, "nothing is uncertain"),
        ],
    )
    def test_refusals(self, options, message):
        with pytest.raises(ValueError, match=message):
            rank_sensitivity(regions(), TREE, **options)


@pytest.mark.parametrize("analysis", BOTH)
class TestWhatBothRefuse:
    # COINr #60: alternatives for steps that the index lacks are ignored without a word.
    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"normalisations": ["min_max", "goalposts"]}, "normalisations: 'goalposts' is not"),
            ({"normalisations": ["minmax"]}, "normalisations: 'minmax' is not allowed"),
            ({"normalisations": "rank"}, "normalisations: 'rank' is not allowed; expected a list"),
            ({"normalisations": []}, r"normalisations: \[\] is not allowed"),
            ({"normalisations": ["rank", "rank"]}, "normalisations: names an alternative more"),
            ({"aggregations": ["mean"]}, "aggregations: 'mean' is not allowed"),
            ({"aggregations": {"index": "harmonic"}}, r"aggregations: .* expected a list"),
            ({"aggregations": [{"index": "harmonic"}]}, "no entry for aggregate 'new'"),
            ({"weight_spread": 101}, "weight_spread: 101 is not allowed; expected percent from 0"),
            ({"weight_spread": None}, "weight_spread: None is not allowed"),
            ({"data_error": -1.0}, r"data_error: -1.0 .* is not allowed; expected percent of 0"),
            ({"data_error": {"a": 1.0}}, "data_error: "),
            ({"data_error": pd.Series({"a": 1.0})}, "data_error: label 'b' of data is missing"),
            ({"data_error": pd.Series({"z": 1.0})}, "data_error: label 'z' is not in data"),
            ({"low": 3.0, "high": 1.0}, "low, high: 3.0, 1.0 is not allowed"),
            (
                {"low": 3.0, "normalisations": ["rank"]},
                "low, high: only for min_max and percentile_rank",
            ),
            ({"low": -1.0}, r"normalisation: .min_max. gives the score -1.0.* geometric mean"),
        ],
    )
    def test_alternatives_that_cannot_be_honoured(self, analysis, options, message):
        with pytest.raises(ValueError, match=message):
            analysis(regions(), TREE, **options)

    def test_data(self, analysis):
        missing = regions()
        missing.iloc[2, 3] = None
        with pytest.raises(ValueError, match=r"nan at row 'region 2', column 'd' .* impute first"):
            analysis(missing, TREE)
        with pytest.raises(ValueError, match="column 'd' is the same in all regions; leave it out"):
            analysis(regions().assign(d=3.0), TREE)
        index = pd.MultiIndex.from_product([REGIONS[:4], [2022, 2023]], names=["region", "year"])
        with pytest.raises(ValueError, match=r"several years; give one, as in data.xs\(2024"):
            analysis(regions(rows=8).set_axis(index), TREE)
        with pytest.raises(ValueError, match="row 'f' has no children and is no column"):
            analysis(regions().drop(columns="f"), TREE)

    def test_alternatives_by_aggregate_are_honoured(self, analysis):
        mixed = {"new": "geometric", "old": "arithmetic", "green": "harmonic", "index": "harmonic"}
        options = {**CERTAIN, "aggregations": [mixed, "arithmetic"]}
        found = analysis(regions(), TREE, **options)
        if analysis is rank_uncertainty:
            expected = index_ranks(regions(), TREE, aggregation=mixed)
            assert found["rank"].tolist() == expected.tolist()
        else:
            assert found.index.tolist() == ["aggregation"]

    # COINr #52: an index of one level.
    def test_one_level(self, analysis):
        found = analysis(regions(), flat_framework(NAMES))
        assert found.notna().all(axis=None)
