from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyanalysis.indicators.composite import effective_weights, flat_framework, pillar_framework
from lyanalysis.indicators.composite.framework import read_framework

TREE = pd.DataFrame(
    {
        "parent": ["new", "", "index", "tech", "index", "new", "tech"],
        "direction": [1, 1, 1, 1, -1, 1, -1],
        "weight": [1.0, math.nan, 3.0, 2.0, 1.0, 3.0, 6.0],
        "name_zh": ["专利", "指数", "新", "研发", "能耗", "技术", "失业"],
    },
    index=["patents", "index", "new", "research", "energy", "tech", "jobless"],
)
"""Three levels, rows in no order: index > new (patents, tech > (research, jobless)), energy."""

TABLE = pd.DataFrame(
    {
        "pillar": ["new", "old", "new"],
        "direction": [1, -1, 1],
        "weight": [2, 5, 1],
        "pillar_weight": [0.7, 0.3, 0.7],
    },
    index=["patents", "energy", "exports"],
)


def trees(draw: np.random.Generator, size: int) -> pd.DataFrame:
    """Return a tree of any shape: every row but the first stands under one before it."""
    parents = ["", *(f"n{draw.integers(0, row)}" for row in range(1, size))]
    names = [f"n{row}" for row in range(size)]
    return pd.DataFrame(
        {"parent": parents, "direction": 1, "weight": draw.uniform(0.1, 9, size)}, index=names
    )


class TestEffectiveWeights:
    def test_product_down_the_tree(self):
        weights = effective_weights(TREE)
        # 0.75 * 0.25; 0.75 * 0.75 * 0.25; 0.25; 0.75 * 0.75 * 0.75.
        assert weights.to_dict() == {
            "patents": 0.1875,
            "research": 0.140625,
            "energy": 0.25,
            "jobless": 0.421875,
        }
        assert list(weights.index) == ["patents", "research", "energy", "jobless"]

    def test_zero_weight_is_allowed_beside_others(self):
        assert effective_weights(flat_framework(["a", "b"], weight=[0, 2])).tolist() == [0.0, 1.0]

    @settings(derandomize=True, deadline=None, max_examples=50, database=None)
    @given(seed=st.integers(0, 10**6), size=st.integers(2, 30))
    def test_sum_to_one_whatever_the_scale_and_the_order(self, seed, size):
        draw = np.random.default_rng(seed)
        tree = trees(draw, size)
        weights = effective_weights(tree)
        assert weights.sum() == pytest.approx(1.0, abs=1e-12)
        assert (weights > 0).all()
        turned = tree.sample(frac=1, random_state=seed)
        again = effective_weights(turned.assign(weight=turned["weight"] * 7))
        pd.testing.assert_series_equal(again[weights.index], weights, rtol=1e-12)
        upper = tree.set_axis(tree.index.str.upper()).assign(
            parent=tree["parent"].str.upper().to_numpy()
        )
        renamed = effective_weights(upper)
        assert renamed.tolist() == weights.tolist()

    def test_against_the_path_of_each_leaf(self):
        tree = trees(np.random.default_rng(4), 40)
        for leaf, weight in effective_weights(tree).items():
            product, name = 1.0, leaf
            while tree.loc[name, "parent"]:
                parent = tree.loc[name, "parent"]
                siblings = tree.loc[tree["parent"].eq(parent), "weight"]
                product *= tree.loc[name, "weight"] / siblings.sum()
                name = parent
            assert weight == pytest.approx(product, rel=1e-12)


class TestTree:
    def test_children_come_before_parents(self):
        tree = read_framework(TREE)
        assert list(tree.aggregates) == ["tech", "new", "index"]
        assert list(tree.leaves) == ["patents", "research", "energy", "jobless"]
        assert tree.parents.tolist() == [2, -1, 1, 5, 1, 2, 5]
        assert tree.weights.tolist() == [0.25, 1.0, 0.75, 0.25, 0.25, 0.75, 0.75]
        assert tree.directions.tolist() == [1, 1, 1, 1, -1, 1, -1]
        for seed in range(20):
            frame = trees(np.random.default_rng(seed), 25)
            names = list(read_framework(frame).aggregates)
            for name in names[:-1]:
                assert names.index(frame.loc[name, "parent"]) > names.index(name)

    def test_root_by_missing_parent(self):
        frame = TREE.assign(parent=TREE["parent"].replace("", None))
        pd.testing.assert_series_equal(effective_weights(frame), effective_weights(TREE))

    def test_fits_the_data_in_any_order(self):
        columns = pd.Index(["energy", "jobless", "research", "patents"])
        assert list(read_framework(TREE, columns).leaves) == [
            "patents",
            "research",
            "energy",
            "jobless",
        ]


class TestBuilding:
    def test_flat(self):
        frame = flat_framework(pd.Index(["a", "b"], name="variable"), root="total")
        assert frame.to_dict("list") == {
            "parent": ["", "total", "total"],
            "direction": [1.0, 1.0, 1.0],
            "weight": [1.0, 1.0, 1.0],
        }
        assert list(frame.index) == ["total", "a", "b"]
        assert frame.index.name == "variable"

    def test_flat_matches_by_name(self):
        frame = flat_framework(["a", "b"], direction=pd.Series({"b": -1, "a": 1}), weight=[3, 1])
        assert frame.loc["b", ["direction", "weight"]].tolist() == [-1.0, 1.0]

    def test_pillars(self):
        frame = pillar_framework(TABLE)
        assert list(frame.index) == ["index", "new", "old", "patents", "energy", "exports"]
        assert frame["parent"].tolist() == ["", "index", "index", "new", "old", "new"]
        assert frame["direction"].tolist() == [1, 1, 1, 1, -1, 1]
        assert effective_weights(frame).to_dict() == pytest.approx(
            {"patents": 0.7 * 2 / 3, "energy": 0.3, "exports": 0.7 / 3}
        )

    def test_pillars_weigh_the_same_by_default(self):
        weights = effective_weights(pillar_framework(TABLE.drop(columns="pillar_weight")))
        assert weights.to_dict() == pytest.approx(
            {"patents": 1 / 3, "energy": 1 / 2, "exports": 1 / 6}
        )

    def test_indicators_in_a_column(self):
        read = TABLE.rename_axis("variable").reset_index()
        pd.testing.assert_frame_equal(
            pillar_framework(read), pillar_framework(TABLE.rename_axis("variable"))
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"parent": {"tech": "none"}}, r"'none' at row 'tech', column 'parent' is not allowed"),
            ({"parent": {"new": "tech"}}, r"row '(new|tech)' stands under itself"),
            ({"parent": {"tech": "tech"}}, r"row 'tech' stands under itself"),
            ({"parent": {"energy": ""}}, r"rows 'index' and 'energy' have no parent"),
            ({"parent": {"index": "new"}}, r"no row is the root"),
            ({"direction": {"jobless": 0}}, r"0.0 at row 'jobless', column 'direction' is not"),
            ({"direction": {"jobless": math.nan}}, r"nan at row 'jobless', column 'direction'"),
            ({"direction": {"tech": -1}}, r"-1.0 at row 'tech', .* expected 1 for an aggregate"),
            ({"weight": {"tech": -1}}, r"-1.0 at row 'tech', column 'weight' is not allowed"),
            ({"weight": {"tech": math.nan}}, r"nan at row 'tech', column 'weight' is not allowed"),
            ({"weight": {"tech": math.inf}}, r"inf at row 'tech', column 'weight' is not allowed"),
            ({"weight": {"research": 0, "jobless": 0}}, r"the weights under 'tech' sum to 0"),
        ],
    )
    def test_rows_that_do_not_hold_together(self, change, message):
        frame = TREE.copy()
        for column, cells in change.items():
            for row, value in cells.items():
                frame.loc[row, column] = value
        with pytest.raises(ValueError, match=rf"^framework: {message}"):
            effective_weights(frame)

    def test_tables(self):
        with pytest.raises(ValueError, match=r"^framework: label 'new' occurs more than once"):
            effective_weights(pd.concat([TREE, TREE.loc[["new"]]]))
        with pytest.raises(ValueError, match=r'^framework: has no column "weight"'):
            effective_weights(TREE.drop(columns="weight"))
        with pytest.raises(ValueError, match=r"^framework: dict is not allowed; expected a Data"):
            effective_weights({"parent": [""]})
        with pytest.raises(ValueError, match=r"^framework: root 'index' has no children"):
            effective_weights(TREE.loc[["index"]])
        with pytest.raises(ValueError, match=r"^framework: no row is the root"):
            effective_weights(TREE.iloc[:0])
        with pytest.raises(ValueError, match=r"^framework: the index has several levels"):
            effective_weights(pd.concat({"a": TREE}))
        with pytest.raises(ValueError, match=r"^framework: 'x' at row 'tech', column 'weight'"):
            effective_weights(
                TREE.astype({"weight": object})
                .replace({"weight": {3.0: "x"}})[lambda frame: frame.index != "new"]
                .replace({"parent": {"new": "index"}})
            )

    def test_data(self):
        columns = pd.Index(["energy", "jobless", "patents", "research"])
        with pytest.raises(ValueError, match=r"^framework: row 'research' has no children and is"):
            read_framework(TREE, columns[:-1])
        with pytest.raises(ValueError, match=r"^data: column 'gdp' is no indicator of the frame"):
            read_framework(TREE, columns.append(pd.Index(["gdp"])))
        with pytest.raises(ValueError, match=r"^data: column 'new' is no indicator of the frame"):
            read_framework(TREE, columns.append(pd.Index(["new"])))

    def test_flat(self):
        with pytest.raises(ValueError, match=r"^direction: label 'c' is not in indicators"):
            flat_framework(["a", "b"], direction=pd.Series({"a": 1, "c": 1}))
        with pytest.raises(ValueError, match=r"^weight: holds 1 values where indicators holds 2"):
            flat_framework(["a", "b"], weight=[1])
        with pytest.raises(
            ValueError, match=r"^framework: -1.0 at row 'a', column 'weight' is not"
        ):
            flat_framework(["a", "b"], weight=[-1, 2])
        with pytest.raises(ValueError, match=r"^framework: label 'a' occurs more than once"):
            flat_framework(["a", "b", "a"])
        with pytest.raises(ValueError, match=r"^framework: label 'a' occurs more than once"):
            flat_framework(["a", "b"], root="a")

    def test_pillars(self):
        with pytest.raises(ValueError, match=r'^table: has no column "pillar"'):
            pillar_framework(TABLE.drop(columns="pillar"))
        with pytest.raises(ValueError, match=r"^table: row 'energy' has no pillar"):
            pillar_framework(TABLE.assign(pillar=["new", None, "new"]))
        with pytest.raises(
            ValueError, match=r"^table: 0.6 at row 'exports', column 'pillar_weight' is not allowed"
        ):
            pillar_framework(TABLE.assign(pillar_weight=[0.7, 0.3, 0.6]))
        with pytest.raises(ValueError, match=r"^framework: label 'energy' occurs more than once"):
            pillar_framework(TABLE.assign(pillar=["energy", "old", "energy"]))
        with pytest.raises(ValueError, match=r"^table: list is not allowed; expected a DataFrame"):
            pillar_framework([1])
