from __future__ import annotations

import functools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyanalysis.indicators.composite import (
    effective_weights,
    fixed_base_index,
    flat_framework,
    growth_contribution_of_subindices,
    level_share,
    pillar_framework,
    weighted_total,
)
from lyanalysis.indicators.growth import LEAST_TOTAL_GROWTH
from lyanalysis.sources import load_new_driver_index

FIVE = pd.Series(
    0.2,
    [
        "network_economy",
        "innovation_driven",
        "economic_vitality",
        "knowledge_capability",
        "transformation_upgrading",
    ],
)
FOUR = pd.Series(
    {
        "network_economy": 0.3,
        "innovation_driven": 0.3,
        "economic_vitality": 0.2,
        "transformation_upgrading": 0.2,
    }
)
WEIGHTS = {edition: FIVE if edition < 2024 else FOUR for edition in range(2018, 2026)}
ROWS = pd.MultiIndex.from_tuples(
    [("A", 2023), ("B", 2022), ("A", 2022), ("B", 2023), ("B", 2021)],
    names=["region_code", "year"],
)
DATA = pd.DataFrame(
    {
        "patents": [15.0, 4, 10, 6, 2],
        "exports": [6.0, 5, 3, 5, 10],
        "energy": [4.0, 10, 5, 8, 20],
    },
    index=ROWS,
)
TABLE = pd.DataFrame(
    {"pillar": ["new", "new", "old"], "direction": [1, 1, -1], "weight": [3, 1, 1]},
    index=["patents", "exports", "energy"],
)
FRAMEWORK = pillar_framework(TABLE)


@functools.cache
def published(edition: int, column: str = "index") -> pd.DataFrame:
    """Return an edition by year: total and sub-indices side by side."""
    return load_new_driver_index(edition)[column].unstack("series")


def panel(seed: int, *, gaps: float = 0.0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    rows = pd.MultiIndex.from_product([list("ABCD"), range(2018, 2023)], names=["region", "year"])
    cells = pd.DataFrame(draw.uniform(1, 9, (20, 3)), rows, TABLE.index)
    return cells.mask(draw.random((20, 3)) < gaps).sample(frac=1, random_state=seed)


class TestPublished:
    """The index of new drivers of the National Bureau of Statistics, edition by edition."""

    @pytest.mark.parametrize("edition", [2018, 2020, 2021, 2022, 2023, 2024, 2025])
    def test_totals(self, edition):
        weights, year = WEIGHTS[edition], edition - 1
        row = published(edition).loc[year]
        # Half a unit in the last digit of the total, and as much again in the sub-indices.
        total = weighted_total(row[weights.index], weights)
        assert total == pytest.approx(row["total"], abs=0.1)
        every = weighted_total(published(edition)[weights.index], weights)
        assert every[year] == pytest.approx(total, rel=1e-15)

    def test_total_of_2024_as_printed(self):
        row = published(2025).loc[2024]
        assert f"{weighted_total(row[FOUR.index], FOUR):.2f}" == "136.01"

    def test_level_shares_of_2018(self):
        row = published(2018).loc[2017, FIVE.index]
        printed = published(2018, "contribution_pct").loc[2017, FIVE.index]
        assert level_share(row, FIVE).tolist() == pytest.approx(printed.tolist(), abs=0.06)

    @pytest.mark.parametrize(
        ("edition", "year"), [(2020, 2019), (2021, 2020), (2022, 2021), (2023, 2022), (2025, 2024)]
    )
    def test_contributions_to_growth(self, edition, year):
        weights = WEIGHTS[edition]
        now = published(edition).loc[year, weights.index]
        growth = published(edition, "growth_pct").loc[year, weights.index]
        frame = pd.DataFrame({year - 1: now / (1 + growth / 100), year: now}).T.rename_axis("year")
        found = growth_contribution_of_subindices(frame, weights)
        printed = published(edition, "contribution_pct").loc[year, weights.index]
        assert found.contribution.loc[year].tolist() == pytest.approx(printed.tolist(), abs=0.25)
        total = published(edition, "growth_pct").loc[year, "total"]
        assert found.total.loc[year, "growth"] == pytest.approx(total, abs=0.1)

    def test_contributions_since_the_base_year(self):
        frame = published(2024).loc[[2023], FOUR.index]
        frame = pd.concat([frame * 0 + 100.0, frame]).set_axis(pd.Index([2022, 2023], name="year"))
        found = growth_contribution_of_subindices(frame, FOUR).contribution.loc[2023]
        printed = published(2024, "contribution_pct").loc[2023, FOUR.index]
        assert found.tolist() == pytest.approx(printed.tolist(), abs=0.1)

    def test_history_of_one_edition(self):
        found = growth_contribution_of_subindices(published(2023)[FIVE.index], FIVE)
        # Printed growth of the total; half a unit and the rounding of the levels.
        printed = published(2023, "growth_pct")["total"]
        assert found.total["growth"].iloc[1:].tolist() == pytest.approx(
            printed.iloc[1:].tolist(), abs=0.1
        )
        contributions = found.contribution.loc[2022]
        assert contributions["network_economy"] == pytest.approx(91.6, abs=0.25)
        assert contributions.sum() == pytest.approx(100)

    def test_share_of_the_level_is_not_the_contribution_to_growth(self):
        row = published(2018).loc[2017, FIVE.index]
        growth = published(2018, "growth_pct").loc[2017, FIVE.index]
        frame = pd.DataFrame({2016: row / (1 + growth / 100), 2017: row}).T.rename_axis("year")
        found = growth_contribution_of_subindices(frame, FIVE).contribution.loc[2017]
        assert found["network_economy"] == pytest.approx(59.9, abs=0.1)
        assert level_share(row, FIVE)["network_economy"] == pytest.approx(34.5, abs=0.06)


class TestIndex:
    def test_by_hand(self):
        result = fixed_base_index(DATA, framework=FRAMEWORK, base_year=2022, inverse="reciprocal")
        assert list(result.columns) == ["index", "new", "old", "patents", "exports", "energy"]
        pd.testing.assert_index_equal(result.index, DATA.index)
        assert result["patents"].tolist() == [150, 100, 100, 150, 50]
        assert result["exports"].tolist() == [200, 100, 100, 100, 200]
        assert result["energy"].tolist() == [125, 100, 100, 125, 50]
        assert result["new"].tolist() == [162.5, 100, 100, 137.5, 87.5]
        assert result["old"].equals(result["energy"].rename("old"))
        assert result["index"].tolist() == [143.75, 100, 100, 131.25, 68.75]

    def test_mirror(self):
        result = fixed_base_index(DATA, framework=FRAMEWORK, base_year=2022, inverse="mirror")
        assert result["energy"].tolist() == [120, 100, 100, 120, 0]

    def test_one_region_by_year(self):
        frame = DATA[["patents"]].xs("B")
        result = fixed_base_index(frame, framework=flat_framework(["patents"]), base_year=2021)
        assert result["index"].tolist() == [200, 300, 100]

    def test_base_that_is_zero_or_missing(self):
        data = DATA.copy()
        data.loc[("A", 2022), "patents"] = 0
        data.loc[("B", 2022), "exports"] = math.nan
        for inverse in ("reciprocal", "mirror"):
            frame = FRAMEWORK.assign(direction=[1, 1, 1, -1, 1, -1])
            result = fixed_base_index(data, framework=frame, base_year=2022, inverse=inverse)
            assert result["patents"].loc["A"].isna().all()
            assert result["patents"].loc["B"].notna().all()
            assert result["exports"].loc["B"].isna().all()
            assert result[["new", "index"]].isna().all(axis=None)
            assert result["old"].notna().all()

    def test_region_without_the_base_year(self):
        data = DATA.drop(index=("A", 2022)).drop(columns="energy")
        frame = flat_framework(["exports", "patents"])
        result = fixed_base_index(data, framework=frame, base_year=2022)
        assert result.loc[[("A", 2023)]].isna().all(axis=None)
        assert result.xs("B").notna().all(axis=None)

    def test_zero_level(self):
        data = DATA.copy()
        data.loc[("A", 2023), ["patents", "energy"]] = 0
        result = fixed_base_index(data, framework=FRAMEWORK, base_year=2022, inverse="reciprocal")
        assert result.loc[("A", 2023), "patents"] == 0
        assert math.isnan(result.loc[("A", 2023), "energy"])

    def test_missing_indicator_is_not_left_out(self):
        data = DATA.copy()
        data.loc[("A", 2023), "exports"] = math.nan
        for weight in (1.0, 0.0):
            frame = FRAMEWORK.assign(
                weight=FRAMEWORK["weight"].where(FRAMEWORK.index != "exports", weight)
            )
            result = fixed_base_index(data, framework=frame, base_year=2022, inverse="mirror")
            row = result.loc[("A", 2023)]
            assert row[["index", "new", "exports"]].isna().all()
            assert row[["old", "patents"]].notna().all()

    @settings(derandomize=True, deadline=None, max_examples=50, database=None)
    @given(
        seed=st.integers(0, 10**6),
        base=st.integers(2018, 2022),
        inverse=st.sampled_from(["reciprocal", "mirror"]),
    )
    def test_invariants(self, seed, base, inverse):
        data = panel(seed, gaps=0.1)
        options = {"framework": FRAMEWORK, "base_year": base, "inverse": inverse}
        result = fixed_base_index(data, **options)
        at_base = result.xs(base, level="year").to_numpy()
        assert at_base[~np.isnan(at_base)].tolist() == pytest.approx(
            [100] * int((~np.isnan(at_base)).sum()), abs=1e-12
        )
        # The total is what the effective weights say.
        weights = effective_weights(FRAMEWORK)
        expected = (result[weights.index] * weights).sum(axis=1, skipna=False)
        assert result["index"].tolist() == pytest.approx(expected.tolist(), nan_ok=True)
        # The unit does not matter, of any region either; nor the order.
        units = data * [10, 0.1, 3]
        pd.testing.assert_frame_equal(fixed_base_index(units, **options), result)
        region = np.where(data.index.get_level_values("region") == "A", 50, 1)
        pd.testing.assert_frame_equal(fixed_base_index(data.mul(region, axis=0), **options), result)
        turned = data.sample(frac=1, random_state=1)[["energy", "patents", "exports"]]
        pd.testing.assert_frame_equal(fixed_base_index(turned, **options).loc[data.index], result)
        alone = fixed_base_index(data.loc[["B"]], **options)
        pd.testing.assert_frame_equal(alone, result.loc[["B"]])

    def test_refusals(self):
        options = {"framework": FRAMEWORK, "base_year": 2022}
        with pytest.raises(
            ValueError, match=r"^inverse: \"refuse\" is not allowed with direction -1 of 'energy'; "
        ):
            fixed_base_index(DATA, **options)
        options["inverse"] = "mirror"
        with pytest.raises(
            ValueError, match=r'^inverse: \'turn\' is not allowed; expected "refuse'
        ):
            fixed_base_index(DATA, **(options | {"inverse": "turn"}))
        with pytest.raises(
            ValueError, match=r"^base_year: 2020 is no year of data; there are 2021,"
        ):
            fixed_base_index(DATA, **(options | {"base_year": 2020}))
        with pytest.raises(ValueError, match=r"^base_year: '2022' is no year of data"):
            fixed_base_index(DATA, **(options | {"base_year": "2022"}))
        with pytest.raises(ValueError, match=r"^data: -4.0 at row \('A', 2023\), column 'energy'"):
            fixed_base_index(DATA * [1, 1, -1], **options)
        with pytest.raises(ValueError, match=r"^framework: row 'energy' has no children and is no"):
            fixed_base_index(DATA.drop(columns="energy"), **options)
        with pytest.raises(ValueError, match=r'^data: the index has no level "year"'):
            fixed_base_index(DATA.xs(2022, level="year"), **options)
        with pytest.raises(ValueError, match=r"^data: list is not allowed"):
            fixed_base_index([1], **options)


class TestContribution:
    def test_by_hand(self):
        frame = DATA.rename(columns={"energy": "ignored"})[["patents", "exports"]]
        found = growth_contribution_of_subindices(frame, pd.Series({"exports": 1, "patents": 3}))
        # A: 8.25 to 12.75; B: 4 to 4.25 to 5.75.
        assert found.total["index"].tolist() == [12.75, 4.25, 8.25, 5.75, 4.0]
        assert found.contribution.loc[("A", 2023)].tolist() == pytest.approx(
            [100 * 3.75 / 4.5, 100 * 0.75 / 4.5]
        )
        assert found.contribution.loc[("B", 2022)].tolist() == pytest.approx([600, -500])
        assert found.pull.loc[("B", 2022)].tolist() == pytest.approx([37.5, -31.25])
        assert found.total["growth"].loc[("B", 2022)] == pytest.approx(6.25)
        first = [("A", 2022), ("B", 2021)]
        assert found.total["flag"].to_dict() == {
            row: "no_previous_year" if row in first else "" for row in frame.index
        }
        assert found.contribution.loc[first].isna().all(axis=None)

    @settings(derandomize=True, deadline=None, max_examples=50, database=None)
    @given(seed=st.integers(0, 10**6), gaps=st.sampled_from([0.0, 0.2]))
    def test_identities(self, seed, gaps):
        frame = panel(seed, gaps=gaps)
        weights = pd.Series([5, 3, 2], frame.columns)
        found = growth_contribution_of_subindices(frame, weights)
        growth = found.total["growth"]
        exact = 1e-12 * found.pull.abs().sum(axis=1)
        residual = (found.pull.sum(axis=1, skipna=False) - growth).abs()
        assert (residual <= exact)[growth.notna()].all()
        rows = growth.abs() >= LEAST_TOTAL_GROWTH
        parts = found.contribution[rows]
        assert ((parts.sum(axis=1) - 100).abs() <= 1e-12 * parts.abs().sum(axis=1)).all()
        assert found.contribution[~rows].isna().all(axis=None)
        # Growth is that of the weighted total on the year before in the same region.
        total = weighted_total(frame, weights)
        before = total.rename(lambda year: year + 1, level="year").reindex(total.index)
        assert growth.tolist() == pytest.approx((100 * (total / before - 1)).tolist(), nan_ok=True)
        pd.testing.assert_frame_equal(
            found.contribution * growth.to_numpy()[:, np.newaxis] / 100,
            found.pull.where(found.contribution.notna()),
        )
        # The scale of index and weights does not matter, nor does the order.
        again = growth_contribution_of_subindices(
            frame.sample(frac=1, random_state=1)[list(frame.columns[::-1])] * 4, weights * 10
        )
        pd.testing.assert_frame_equal(
            again.contribution.loc[frame.index, frame.columns], found.contribution, atol=1e-9
        )

    def test_flags(self):
        rows = pd.Index([2015, 2016, 2018, 2019, 2020, 2021, 2022], name="year")
        frame = pd.DataFrame({"a": [100, 110, 120, 120.5, 90, math.nan, 80], "b": 100.0}, rows)
        found = growth_contribution_of_subindices(frame, [1, 1])
        assert found.total["flag"].tolist() == [
            "no_previous_year",
            "",
            "no_previous_year",
            "growth_near_zero",
            "growth_negative",
            "value_missing",
            "no_previous_year",
        ]
        assert found.contribution.loc[2019].isna().all()
        assert found.pull.loc[2019].tolist() == pytest.approx([100 * 0.25 / 110, 0])
        assert found.contribution.loc[2020].tolist() == [100, 0]
        assert found.pull.loc[2021].isna().all()
        assert math.isnan(found.total.loc[2022, "growth"])

    def test_growth_of_exactly_the_least_has_contributions(self):
        frame = pd.DataFrame({"a": [200.0, 201, 200.0]}, pd.Index([1, 2, 3], name="year"))
        found = growth_contribution_of_subindices(frame, [1])
        assert found.total.loc[2, ["growth", "flag"]].tolist() == [0.5, ""]
        assert found.contribution.loc[2, "a"] == 100
        assert found.total.loc[3, "flag"] == "growth_near_zero"

    def test_index_of_zero_has_no_growth(self):
        frame = pd.DataFrame({"a": [0.0, 5.0]}, pd.Index([1, 2], name="year"))
        found = growth_contribution_of_subindices(frame, [1])
        assert found.contribution.isna().all(axis=None)
        assert math.isnan(found.total.loc[2, "growth"])


class TestLevels:
    def test_rows_and_labels(self):
        frame = pd.DataFrame({"a": [100.0, 200], "b": [300.0, math.nan]}, index=["x", "y"])
        weights = pd.Series({"b": 3, "a": 1})
        assert weighted_total(frame, weights).to_dict() == pytest.approx(
            {"x": 250, "y": math.nan}, nan_ok=True
        )
        shares = level_share(frame, weights)
        assert shares.loc["x"].tolist() == [10, 90]
        assert shares.loc["y"].isna().all()
        assert weighted_total(frame.loc["x"], weights) == 250
        assert level_share([0.0, 0.0], [1, 1]).isna().all()

    @settings(derandomize=True, deadline=None, max_examples=50, database=None)
    @given(
        cells=st.lists(st.floats(0.1, 1e6), min_size=3, max_size=3),
        weights=st.lists(st.floats(0.01, 10), min_size=3, max_size=3),
    )
    def test_bounds_and_sums(self, cells, weights):
        total = weighted_total(cells, weights)
        assert min(cells) * (1 - 1e-12) <= total <= max(cells) * (1 + 1e-12)
        shares = level_share(cells, weights)
        assert shares.sum() == pytest.approx(100, abs=1e-10)
        assert (shares >= 0).all()
        assert weighted_total(cells[::-1], weights[::-1]) == pytest.approx(total, rel=1e-12)

    @pytest.mark.parametrize(
        "function", [weighted_total, level_share, growth_contribution_of_subindices]
    )
    def test_refusals(self, function):
        frame = pd.DataFrame({"a": [1.0], "b": [2.0]}, pd.Index([2020], name="year"))
        with pytest.raises(ValueError, match=r"^weights: -1.0 at 'b' is not allowed; expected a w"):
            function(frame, [1, -1])
        with pytest.raises(ValueError, match=r"^weights: nan at 'a' is not allowed"):
            function(frame, [math.nan, 1])
        with pytest.raises(ValueError, match=r"^weights: sum to 0; expected at least one above 0"):
            function(frame, [0, 0])
        with pytest.raises(ValueError, match=r"^weights: label 'c' is not in subindices"):
            function(frame, pd.Series({"a": 1, "c": 1}))
        with pytest.raises(ValueError, match=r"^subindices: -1.0 at row 2020, column 'a'"):
            function(frame - 2, [1, 1])

    def test_shapes(self):
        with pytest.raises(ValueError, match=r"^subindices: one number has no parts"):
            weighted_total(100.0, [1])
        with pytest.raises(ValueError, match=r"^subindices: list is not allowed; expected a Data"):
            growth_contribution_of_subindices([100.0], [1])
        with pytest.raises(ValueError, match=r'^subindices: the index has no level "year"'):
            growth_contribution_of_subindices(pd.DataFrame({"a": [1.0]}), [1])
