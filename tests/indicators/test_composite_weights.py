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
    critic_weights,
    effective_weights,
    entropy_weights,
    equal_weights,
    flat_framework,
    pca_weights,
    pillar_framework,
    principal_components,
    with_weights,
)
from lyanalysis.indicators.composite._principal import varimax

PEERS = json.loads(
    (Path(__file__).parents[1] / "reference" / "composite.json").read_text(encoding="utf-8")
)

XU = [[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]]
ZAVADSKAS = [[3, 100, 10, 7], [2.5, 80, 8, 5], [1.8, 50, 20, 11], [2.2, 70, 12, 9]]
DIAKOULAKI = [
    [61, 1.08, 4.33],
    [20.7, 0.26, 4.34],
    [16.3, 1.98, 2.53],
    [9, 3.29, 1.65],
    [5.4, 2.77, 2.33],
    [4, 4.12, 1.21],
    [-6.1, 3.52, 2.1],
    [-34.6, 3.31, 0.98],
]
# Technology achievement index, 23 countries (OECD and JRC 2008, annex): patents, royalties,
# internet, exports, telephones, electricity, schooling, university.
TAI = [
    [187, 125.6, 200.2, 50.7, 3.08, 4.15, 10, 27.4],
    [289, 130, 179.1, 66.2, 3, 4.07, 12, 13.9],
    [271, 156.6, 125.8, 59.7, 3.1, 4.14, 11.4, 15.3],
    [994, 64.6, 49, 80.8, 3, 3.86, 9.5, 10],
    [779, 9.8, 4.8, 66.7, 2.97, 3.65, 10.8, 23.2],
    [189, 151.2, 136, 50.9, 3.02, 3.77, 9.4, 9.5],
    [82, 134, 57.4, 61.9, 3.02, 3.73, 9.4, 14.9],
    [31, 38.6, 108, 48.7, 2.94, 4.18, 11.6, 14.2],
    [75, 18.2, 125.9, 16.2, 2.94, 3.94, 10.9, 25.3],
    [8, 25.5, 72.3, 74.9, 2.95, 3.83, 7.1, 24.2],
    [235, 36.8, 41.2, 64.2, 2.94, 3.75, 10.2, 14.4],
    [103, 20.2, 193.6, 19, 3.12, 4.39, 11.9, 11.2],
    [106, 110.3, 48.6, 53.6, 2.97, 3.68, 9.4, 12.3],
    [72, 73.9, 58.9, 47.6, 2.91, 3.86, 9.3, 13.6],
    [103, 13, 146.7, 15.4, 2.86, 3.91, 11.7, 13.1],
    [165, 14.8, 84.2, 50.3, 2.99, 3.79, 8.4, 13.6],
    [205, 33.6, 36.4, 58.9, 2.97, 3.8, 7.9, 12.6],
    [74, 43.6, 43.2, 45, 2.96, 3.74, 9.6, 11],
    [42, 8.6, 21, 53.4, 2.86, 3.62, 7.3, 15.6],
    [13, 9.8, 30.4, 51, 3, 3.65, 7.2, 13],
    [28, 4.2, 25, 51.7, 2.75, 3.68, 9.5, 8.2],
    [26, 6.2, 21.6, 63.5, 2.73, 3.46, 9.1, 7.7],
    [105, 4, 20.3, 49.5, 2.84, 3.71, 7.1, 10.6],
]

BY_DATA = [entropy_weights, critic_weights, pca_weights]

levels = st.floats(0.5, 1e3).map(lambda number: float(f"{number:.4g}"))


@st.composite
def tables(draw, columns: int = 4):
    """Rows by indicators, of which at least two vary."""
    rows = draw(st.integers(5, 12))
    cells = draw(
        st.lists(st.lists(levels, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    frame = pd.DataFrame(cells, columns=list("abcdefg")[:columns])
    frame["a"] += np.arange(rows) * 7.0
    frame["b"] += (np.arange(rows) % 3) * 11.0
    return frame


def frame(seed: int = 7, rows: int = 18, columns: int = 5) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    return pd.DataFrame(draw.lognormal(2, 1, (rows, columns)), columns=list("abcde")[:columns])


class TestEqual:
    def test_of_names_and_of_columns(self):
        assert equal_weights(["x", "y", "z", "u"]).to_dict() == dict.fromkeys("xyzu", 0.25)
        assert equal_weights(frame()).index.tolist() == list("abcde")

    @pytest.mark.parametrize(
        ("names", "message"),
        [
            ([], "indicators: holds no parts"),
            (["x", "x"], "indicators: label 'x' occurs more than once"),
        ],
    )
    def test_refusals(self, names, message):
        with pytest.raises(ValueError, match=message):
            equal_weights(names)


class TestEntropy:
    @pytest.mark.parametrize(
        ("data", "printed"),
        [(XU, [0.4630, 0.3992, 0.1378, 0.0]), (ZAVADSKAS, [0.1146, 0.1981, 0.4185, 0.2689])],
    )
    def test_printed_values(self, data, printed):
        assert entropy_weights(pd.DataFrame(data)).tolist() == pytest.approx(printed, abs=1e-4)

    @pytest.mark.parametrize("peer", ["pymcdm", "scikit-criteria"])
    def test_as_peers(self, peer):
        found = entropy_weights(pd.DataFrame(PEERS["data"]))
        assert found.tolist() == pytest.approx(PEERS[peer]["entropy"], rel=1e-10)

    def test_as_the_formula_in_the_textbook(self):
        data = frame().to_numpy() + 0.01
        shares = data / data.sum(axis=0)
        entropy = -(shares * np.log(shares)).sum(axis=0) / math.log(len(data))
        expected = (1 - entropy) / (1 - entropy).sum()
        assert entropy_weights(frame(), shift=0.01).tolist() == pytest.approx(expected, rel=1e-10)

    def test_a_zero_share_adds_nothing(self):
        # Shares (0, 1/2, 1/2) and (1/4, 1/4, 1/2): entropy ln 2 and 3/2 ln 2 over ln 3.
        data = pd.DataFrame({"a": [0, 2, 2], "b": [1, 1, 2]})
        first, second = 1 - math.log(2) / math.log(3), 1 - 1.5 * math.log(2) / math.log(3)
        expected = [first / (first + second), second / (first + second)]
        assert entropy_weights(data).tolist() == pytest.approx(expected)

    def test_nearly_constant_columns_keep_their_digits(self):
        # For small deviations the distance from equal shares goes with the squared deviation.
        data = pd.DataFrame({"a": [1 - 1e-7, 1 + 1e-7], "b": [1 - 2e-7, 1 + 2e-7]})
        assert entropy_weights(data).tolist() == pytest.approx([0.2, 0.8], rel=1e-6)

    def test_a_constant_column_weighs_nothing(self):
        data = pd.DataFrame({"a": [1, 2, 3], "b": [0.1, 0.1, 0.1], "zero": [0, 0, 0]})
        assert entropy_weights(data).tolist() == [1.0, 0.0, 0.0]

    def test_the_shift_changes_the_weights(self):
        found = [entropy_weights(frame(), shift=shift)["a"] for shift in (0.0, 0.01, 10.0)]
        assert len(set(found)) == 3

    def test_rows_of_a_panel_are_pooled(self):
        data = frame(rows=18)
        index = pd.MultiIndex.from_product([range(6), [2022, 2023, 2024]], names=["r", "year"])
        panel = data.set_axis(index)
        assert entropy_weights(panel).tolist() == entropy_weights(data).tolist()

    # scikit-criteria returns NaN for all here, objective-weighting takes absolute values.
    def test_negative_values_are_refused_by_name(self):
        data = pd.DataFrame({"a": [1.0, -2.0], "b": [1.0, 3.0]}, index=["x", "y"])
        with pytest.raises(ValueError, match=r"data: -2.0 at row 'y', column 'a' is not allowed"):
            entropy_weights(data)

    @pytest.mark.parametrize("shift", [-0.1, math.nan, math.inf, "0.1", True])
    def test_shift_must_be_a_number_of_0_or_more(self, shift):
        with pytest.raises(ValueError, match=r"shift: .* is not allowed; expected a number of 0"):
            entropy_weights(frame(), shift=shift)

    @given(tables(), st.lists(st.floats(1e-3, 1e3), min_size=4, max_size=4))
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_units_do_not_matter(self, data, units):
        found, other = entropy_weights(data), entropy_weights(data * units)
        assert found.to_numpy() == pytest.approx(other.to_numpy(), abs=1e-9)

    @given(tables())
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_repeating_all_rows_changes_nothing(self, data):
        twice = pd.concat([data, data], ignore_index=True)
        found, other = entropy_weights(data), entropy_weights(twice)
        assert found.to_numpy() == pytest.approx(other.to_numpy(), abs=1e-9)


class TestCritic:
    def test_printed_values(self):
        found = critic_weights(pd.DataFrame(DIAKOULAKI))
        assert found.tolist() == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-8)

    @pytest.mark.parametrize("peer", ["pymcdm", "scikit-criteria"])
    def test_as_peers(self, peer):
        found = critic_weights(pd.DataFrame(PEERS["data"]), direction=PEERS["directions"])
        assert found.tolist() == pytest.approx(PEERS[peer]["critic"], rel=1e-10)

    # pymcdm, scikit-criteria, objective-weighting and pyrepo-mcda give NaN for every criterion.
    def test_a_constant_column_weighs_nothing_and_leaves_the_others_alone(self):
        data = pd.DataFrame(DIAKOULAKI).assign(constant=0.1)
        found = critic_weights(data)
        assert found["constant"] == 0.0
        expected = critic_weights(pd.DataFrame(DIAKOULAKI)).tolist()
        assert found.tolist()[:3] == pytest.approx(expected, rel=1e-12)

    def test_one_column_that_varies_takes_all(self):
        data = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [5.0, 5.0, 5.0]})
        assert critic_weights(data).tolist() == [1.0, 0.0]

    def test_no_conflict_at_all(self):
        values = np.random.default_rng(3).normal(size=20)
        data = pd.DataFrame({"a": values, "b": 3 * values + 1, "c": values / 7})
        assert critic_weights(data).isna().all()

    def test_opposites_by_hand(self):
        # r = -1: both conflict by 2; the same spread. Turned round there is no conflict left.
        data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [30.0, 20.0, 10.0]})
        assert critic_weights(data).tolist() == [0.5, 0.5]
        assert critic_weights(data, direction=[1, -1]).isna().all()

    @given(tables(), st.floats(0.01, 100), st.floats(-50, 50))
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_scale_and_origin_of_a_column_do_not_matter(self, data, unit, origin):
        found, other = (
            critic_weights(data),
            critic_weights(data.assign(a=data["a"] * unit + origin)),
        )
        assert found.to_numpy() == pytest.approx(other.to_numpy(), abs=1e-9)

    @given(tables())
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_reversing_all_directions_changes_nothing(self, data):
        found, other = critic_weights(data), critic_weights(data, direction=[-1] * 4)
        assert found.to_numpy() == pytest.approx(other.to_numpy(), abs=1e-9)

    def test_direction_by_name_and_its_refusals(self):
        by_name = pd.Series({"c": 1, "b": 1, "a": -1, "e": 1, "d": 1})
        found = critic_weights(frame(), direction=by_name)
        pd.testing.assert_series_equal(found, critic_weights(frame(), direction=[-1, 1, 1, 1, 1]))
        assert not np.allclose(found, critic_weights(frame()))
        with pytest.raises(ValueError, match="direction: "):
            critic_weights(frame(), direction=[2, 1, 1, 1, 1])


class TestPrincipalComponents:
    @pytest.mark.parametrize("r", [0.6, -0.6, 0.0])
    def test_two_indicators(self, r):
        matrix = pd.DataFrame([[1, r], [r, 1]], index=["a", "b"], columns=["a", "b"])
        found = principal_components(matrix, given="correlation")
        assert found.eigenvalues.tolist() == pytest.approx([1 + abs(r), 1 - abs(r)])
        assert found.explained.tolist() == pytest.approx([50 * (1 + abs(r)), 50 * (1 - abs(r))])

    def test_technology_achievement_index(self):
        # OECD and JRC (2008), table 16: percent of the variance by component.
        found = principal_components(pd.DataFrame(TAI))
        assert found.explained.tolist()[:4] == pytest.approx([41.9, 21.8, 12.3, 11.1], abs=0.08)

    @pytest.mark.parametrize("seed", range(5))
    def test_signs_are_fixed(self, seed):
        loadings = principal_components(frame(seed)).loadings
        assert (loadings.sum() >= -1e-12).all()

    def test_sign_where_the_loadings_sum_to_zero(self):
        matrix = pd.DataFrame([[1, 0.6], [0.6, 1]])
        second = principal_components(matrix, given="correlation").loadings[2]
        assert second.tolist() == pytest.approx([math.sqrt(0.2), -math.sqrt(0.2)])
        opposed = pd.DataFrame([[1, -0.6], [-0.6, 1]])
        first = principal_components(opposed, given="correlation").loadings[1]
        assert first.tolist() == pytest.approx([math.sqrt(0.8), -math.sqrt(0.8)])

    @given(tables())
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_loadings_rebuild_the_correlations(self, data):
        varying = data.loc[:, np.ptp(data.to_numpy(), axis=0) > 0]
        found = principal_components(varying)
        loadings = found.loadings.to_numpy()
        assert loadings @ loadings.T == pytest.approx(np.corrcoef(varying.T), abs=1e-9)
        assert found.eigenvalues.sum() == pytest.approx(varying.shape[1])
        assert (found.eigenvalues.diff().dropna() <= 1e-12).all()

    def test_correlations_by_name_in_any_order(self):
        data = frame()
        matrix = data.corr().loc[["c", "a", "e", "d", "b"]]
        by_matrix = principal_components(matrix, given="correlation")
        pd.testing.assert_frame_equal(by_matrix.loadings, principal_components(data).loadings)

    def test_a_constant_indicator_has_no_loadings(self):
        data = frame().assign(c=3.0)
        found = principal_components(data)
        assert len(found.eigenvalues) == 4
        assert found.loadings.loc["c"].isna().all()
        rest = principal_components(data.drop(columns="c"))
        pd.testing.assert_frame_equal(found.loadings.drop("c"), rest.loadings)

    def test_a_missing_cell_leaves_nothing(self):
        data = frame()
        data.loc[3, "b"] = None
        found = principal_components(data)
        assert found.eigenvalues.isna().all()
        assert found.loadings.isna().all(axis=None)
        assert found.loadings.shape == (5, 5)

    @pytest.mark.parametrize(
        ("matrix", "message"),
        [
            ([[1, 0.5], [0.4, 1]], "expected a matrix that is symmetric"),
            ([[1, 1.2], [1.2, 1]], "1.2 at row 0, column 1 .* expected a correlation"),
            ([[1, 0.5], [0.5, 0.9]], "0.9 at row 1, column 1 .* expected 1"),
            ([[1, 0.5]], "rows and columns differ"),
            (
                [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]],
                "has the eigenvalue -0.8.*; expected a matrix that correlations",
            ),
        ],
    )
    def test_what_is_no_matrix_of_correlations(self, matrix, message):
        with pytest.raises(ValueError, match=message):
            principal_components(pd.DataFrame(matrix), given="correlation")

    def test_misspelt_option(self):
        with pytest.raises(ValueError, match=r'given: .* expected "data" or "correlation"'):
            principal_components(frame(), given="covariance")


class TestPcaWeights:
    def test_technology_achievement_index(self):
        # OECD and JRC (2008), table 17, keeps four factors: patents load 0.07, 0.97, 0.06 and
        # 0.06 on them, and have 0.67 of the squared loadings of the second.
        loadings = principal_components(pd.DataFrame(TAI)).loadings.to_numpy()[:, :4]
        rotated = varimax(loadings)
        assert sorted(np.abs(rotated[0])) == pytest.approx([0.06, 0.06, 0.07, 0.97], abs=0.01)
        variance = (rotated**2).sum(axis=0)
        scaled = rotated**2 / variance
        assert scaled[0].max() == pytest.approx(0.67, abs=0.005)
        # Each indicator belongs to the factor of its largest scaled square; factors weigh by
        # variance. Exports load more on the factor of schooling, but have a larger share in
        # that of patents.
        factors = scaled.argmax(axis=1)
        assert factors[3] == factors[0] != np.abs(rotated[3]).argmax()
        products = scaled.max(axis=1) * variance[factors] / variance.sum()
        weights = pca_weights(pd.DataFrame(TAI), components=4)
        assert weights.tolist() == pytest.approx(products / products.sum(), rel=1e-9)

    def test_rotation_keeps_the_variance_of_each_indicator(self):
        loadings = principal_components(frame()).loadings.to_numpy()[:, :3]
        rotated = varimax(loadings)
        assert rotated @ rotated.T == pytest.approx(loadings @ loadings.T)

    # COINr's get_PCA offers raw loadings as weights: -0.744 for one pillar.
    @pytest.mark.parametrize("method", ["handbook", "first_component"])
    def test_a_negative_loading_gives_no_negative_weight(self, method):
        draw = np.random.default_rng(5)
        common = draw.normal(size=40)
        data = pd.DataFrame({name: common + draw.normal(size=40) / 2 for name in "abc"})
        data["d"] = -common + draw.normal(size=40) / 2
        assert principal_components(data).loadings.loc["d", 1] < -0.5
        weights = pca_weights(data, method=method)
        assert (weights > 0.1).all()
        assert weights.sum() == pytest.approx(1.0)

    def test_two_blocks_with_the_saddle_point_between_them(self):
        # Unrotated loadings are equal everywhere, where statsmodels' varimax stops. The right
        # rotation gives each block a factor: weights go with the variance a block shares.
        block, none = np.array([[1, 0.8], [0.8, 1]]), np.zeros((2, 2))
        matrix = pd.DataFrame(np.block([[block, none], [none, block]]))
        assert pca_weights(matrix, given="correlation").tolist() == pytest.approx([0.25] * 4)
        weaker = np.array([[1, 0.4], [0.4, 1]])
        matrix = pd.DataFrame(np.block([[block, none], [none, weaker]]))
        expected = [1.8 / 6.4, 1.8 / 6.4, 1.4 / 6.4, 1.4 / 6.4]
        assert pca_weights(matrix, given="correlation").tolist() == pytest.approx(expected)

    def test_uncorrelated_indicators_weigh_the_same(self):
        matrix = pd.DataFrame(np.eye(3))
        assert pca_weights(matrix, given="correlation").tolist() == pytest.approx([1 / 3] * 3)

    def test_first_component_by_hand(self):
        data = frame()
        squares = principal_components(data).loadings[1] ** 2
        found = pca_weights(data, method="first_component")
        pd.testing.assert_series_equal(found, squares / squares.sum(), check_names=False)
        pd.testing.assert_series_equal(found, pca_weights(data, components=1))

    def test_components_that_are_not_unique_give_nothing(self):
        matrix = pd.DataFrame(np.eye(3))
        assert pca_weights(matrix, given="correlation", method="first_component").isna().all()
        assert pca_weights(matrix, given="correlation", components=2).isna().all()

    def test_a_constant_indicator_weighs_nothing(self):
        data = frame().assign(c=3.0)
        found = pca_weights(data)
        assert found["c"] == 0.0
        expected = pca_weights(data.drop(columns="c"))
        pd.testing.assert_series_equal(found.drop("c"), expected)

    @given(tables(), st.permutations(list("abcd")))
    @settings(derandomize=True, deadline=None, max_examples=50)
    def test_order_and_direction_of_columns_do_not_matter(self, data, order):
        found = pca_weights(data)
        assert found.to_numpy() == pytest.approx(pca_weights(-data).to_numpy(), abs=1e-7)
        other = pca_weights(data[order])[list("abcd")]
        assert found.to_numpy() == pytest.approx(other.to_numpy(), abs=1e-7)

    @pytest.mark.parametrize("components", [0, 6, 1.5, True, "2"])
    def test_number_of_components(self, components):
        with pytest.raises(ValueError, match=r"components: .* a whole number from 1 to 5"):
            pca_weights(frame(), components=components)

    def test_options_that_do_not_go_together(self):
        with pytest.raises(ValueError, match=r'components: .* belongs to method "handbook"'):
            pca_weights(frame(), method="first_component", components=2)
        with pytest.raises(ValueError, match=r"method: .second_component. is not"):
            pca_weights(frame(), method="second_component")


@pytest.mark.parametrize("weights", BY_DATA)
class TestAllFromData:
    def test_sum_and_range(self, weights):
        found = weights(frame())
        assert found.index.tolist() == list("abcde")
        assert found.sum() == pytest.approx(1.0, abs=1e-12)
        assert found.between(0, 1).all()

    def test_a_missing_cell_leaves_no_weight(self, weights):
        data = frame()
        data.loc[3, "b"] = None
        found = weights(data)
        assert found.isna().all()
        assert found.index.tolist() == list("abcde")

    def test_nothing_varies(self, weights):
        assert weights(pd.DataFrame({"a": [2.0, 2.0], "b": [0.1, 0.1]})).isna().all()
        assert weights(pd.DataFrame({"a": [2.0], "b": [0.1]})).isna().all()

    def test_one_indicator(self, weights):
        assert weights(pd.DataFrame({"a": [2.0, 3.0, 7.0]})).to_dict() == {"a": 1.0}

    def test_order_of_rows_does_not_matter(self, weights):
        shuffled = frame().sample(frac=1, random_state=1)
        assert weights(shuffled).to_numpy() == pytest.approx(weights(frame()).to_numpy(), abs=1e-10)

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ([1.0, 2.0], "data: list is not allowed; expected a DataFrame"),
            (pd.DataFrame({"a": [1.0, math.inf]}), "data: inf at row 1, column 'a'"),
            (pd.DataFrame({"a": ["1", "2"]}), "data: '1' at row 0, column 'a'"),
            (pd.DataFrame({"a": []}, dtype=float), "data: holds no rows"),
            (pd.DataFrame(index=["x"]), "data: holds no parts"),
        ],
    )
    def test_refusals(self, weights, data, message):
        with pytest.raises(ValueError, match=message):
            weights(data)


class TestWithWeights:
    TABLE = pd.DataFrame(
        {
            "pillar": ["new", "new", "old"],
            "direction": [1, 1, -1],
            "weight": [1, 1, 1],
            "pillar_weight": [3, 3, 1],
        },
        index=["patents", "exports", "energy"],
    )

    def test_siblings_share_the_weight_of_their_pillar(self):
        framework = pillar_framework(self.TABLE)
        given = pd.Series({"energy": 0.2, "patents": 0.6, "exports": 0.2})
        found = with_weights(framework, given)
        expected = {"patents": 0.75 * 0.75, "exports": 0.75 * 0.25, "energy": 0.25}
        assert effective_weights(found).to_dict() == pytest.approx(expected)
        assert found["direction"].tolist() == framework["direction"].tolist()

    def test_one_level_takes_them_as_they_are(self):
        data = frame()
        weights = entropy_weights(data)
        found = effective_weights(with_weights(flat_framework(data.columns), weights))
        pd.testing.assert_series_equal(found, weights, check_names=False)

    def test_an_aggregate_beside_indicators_keeps_its_weight(self):
        framework = pd.DataFrame(
            {
                "parent": ["", "index", "index", "index", "pillar"],
                "direction": 1,
                "weight": [1, 1, 1, 2, 5],
            },
            index=["index", "a", "b", "pillar", "c"],
        )
        found = effective_weights(with_weights(framework, pd.Series({"a": 3, "b": 1, "c": 9})))
        assert found.to_dict() == pytest.approx({"a": 0.375, "b": 0.125, "c": 0.5})

    @pytest.mark.parametrize(
        ("weights", "message"),
        [
            ({"patents": 1, "exports": 1}, "label 'energy' of .* is missing"),
            ({"patents": 1, "exports": -1, "energy": 1}, "weights: -1.0 at 'exports'"),
            ({"patents": 1, "exports": None, "energy": 1}, "weights: nan at 'exports'"),
            ({"patents": 0, "exports": 0, "energy": 1}, "0.0 at 'patents' .* at least one weight"),
            ({"patents": 1, "export": 1, "energy": 1}, "weights: label 'export' is not in"),
        ],
    )
    def test_refusals(self, weights, message):
        with pytest.raises(ValueError, match=message):
            with_weights(pillar_framework(self.TABLE), pd.Series(weights, dtype=float))
