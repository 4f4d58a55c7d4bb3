from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lyanalysis.indicators.specialisation import (
    LEAST_GAP,
    concentration_ratio,
    gini_of_concentration,
    gini_of_specialisation,
    herfindahl,
    hoover,
    krugman_specialisation,
    location_account,
    location_quotient,
    location_quotient_difference,
    location_quotient_interval,
)

FROZEN = json.loads(
    (Path(__file__).parents[1] / "reference" / "specialisation.json").read_text("utf-8")
)
# Five regions of Sweden by five industries; the index of the first is printed by REAT as 0.1595.
SWEDEN = pd.DataFrame(
    [
        [45000, 15000, 32000, 10000, 30000],
        [35000, 12000, 30000, 8000, 22000],
        [40000, 10000, 25000, 9000, 18000],
        [30000, 11000, 18000, 3000, 13000],
        [40000, 6000, 11000, 2000, 12000],
    ],
    index=list("vwxyz"),
    columns=list("abcde"),
    dtype=float,
)
examples = settings(derandomize=True, deadline=None, max_examples=50, database=None)
LEVELS = st.floats(0, 1e6).map(lambda level: 0.0 if level < 1e-3 else level)
MATRICES = arrays(float, (4, 3), elements=LEVELS)


def panel(regions: int = 6, years: int = 4, parts: int = 5, seed: int = 1) -> pd.DataFrame:
    """Levels by region and year, years unsorted, one region-year missing."""
    draw = np.random.default_rng(seed)
    rows = pd.MultiIndex.from_product(
        [[f"r{code}" for code in range(regions)], range(2020, 2020 + years)],
        names=["region_code", "year"],
    )
    levels = draw.lognormal(3, 1, (len(rows), parts))
    frame = pd.DataFrame(levels, rows, [f"i{part}" for part in range(parts)])
    return frame.iloc[draw.permutation(len(rows))[:-1]]


def one_year(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    return frame.xs(year, level="year")


def naive_quotient(frame: pd.DataFrame, reference: pd.Series) -> pd.DataFrame:
    own = {row: cells / cells.sum() for row, cells in frame.iterrows()}
    return pd.DataFrame(own).T / (reference / reference.sum())


class TestLocationQuotient:
    def test_farhauer(self):
        quotient = location_quotient(
            [1714], reference=[879213], total=79006, reference_total=15593224
        )
        assert quotient.tolist() == pytest.approx([0.3847623], abs=5e-8)

    def test_peers(self):
        frozen = FROZEN["location"]
        rows = pd.MultiIndex.from_product(
            [frozen["years"], frozen["regions"]], names=["year", "region"]
        )
        cells = np.array(frozen["levels"]).reshape(len(rows), -1)
        ours = location_quotient(pd.DataFrame(cells, rows, frozen["industries"]))
        for answers in frozen["quotients"].values():
            theirs = np.array(answers).reshape(cells.shape)
            np.testing.assert_allclose(ours.to_numpy(), theirs, rtol=1e-12, atol=1e-15)

    def test_years_are_never_mixed(self):
        frame = panel()
        together = location_quotient(frame)
        assert together.index.equals(frame.index)
        for year in range(2020, 2024):
            alone = one_year(frame, year)
            expected = naive_quotient(alone, alone.sum())
            pd.testing.assert_frame_equal(
                one_year(together, year), expected, check_names=False, rtol=1e-13
            )

    def test_total_weighted_mean_is_one(self):
        frame = panel()
        weights = frame.sum(axis=1) / frame.sum(axis=1).groupby("year").transform("sum")
        mean = location_quotient(frame).mul(weights, axis=0).groupby("year").sum()
        np.testing.assert_allclose(mean, 1.0, rtol=1e-12)

    def test_one_reference_for_all(self):
        frame = panel()
        nation = pd.Series(range(5, 10), index=[f"i{part}" for part in range(5)], dtype=float)
        ours = location_quotient(frame, reference=nation[::-1])
        pd.testing.assert_frame_equal(
            ours, naive_quotient(frame, nation), check_names=False, rtol=1e-13
        )

    def test_one_reference_a_year(self):
        frame = panel()
        nation = frame.groupby("year").sum() * 3
        ours = location_quotient(frame, reference=nation.iloc[::-1, ::-1])
        pd.testing.assert_frame_equal(ours, location_quotient(frame), rtol=1e-13)
        more_years = pd.concat([nation, nation.set_axis(range(1900, 1904))])
        pd.testing.assert_frame_equal(
            location_quotient(frame, reference=more_years), ours, rtol=1e-13
        )

    def test_a_year_is_a_year_also_where_there_are_as_many_as_rows(self):
        frame = panel(regions=2, years=2).iloc[:2]
        nation = frame.groupby("year").sum().reindex([2020, 2021]).fillna(1.0)
        ours = location_quotient(frame, reference=nation)
        for row, year in enumerate(frame.index.get_level_values("year")):
            expected = location_quotient(frame.iloc[row], reference=nation.loc[year])
            assert ours.iloc[row].tolist() == pytest.approx(expected.tolist())

    def test_one_reference_a_row(self):
        frame = panel()
        others = panel(seed=2).reindex(frame.index).fillna(1.0)
        ours = location_quotient(frame, reference=others.iloc[::-1])
        for row in range(len(frame)):
            expected = location_quotient(frame.iloc[row], reference=others.iloc[row])
            assert ours.iloc[row].tolist() == pytest.approx(expected.tolist())

    @pytest.mark.parametrize("order", ["C", "F"])
    def test_memory_layout_does_not_matter(self, order):
        frame = panel()
        copy = pd.DataFrame(
            np.array(frame.to_numpy(), order=order), frame.index, frame.columns, copy=False
        )
        pd.testing.assert_frame_equal(location_quotient(copy), location_quotient(frame))
        others = frame + 1
        pd.testing.assert_frame_equal(
            location_quotient(copy, reference=others.iloc[::-1]),
            location_quotient(frame, reference=others),
        )

    def test_many_rows_are_computed_in_blocks(self):
        draw = np.random.default_rng(3)
        rows = pd.MultiIndex.from_product([range(9000), range(4)], names=["region", "year"])
        frame = pd.DataFrame(draw.uniform(1, 2, (len(rows), 7)), rows)
        totals = frame.groupby("year").sum()
        shares = totals.div(totals.sum(axis=1), axis=0).loc[rows.get_level_values("year")]
        expected = frame.div(frame.sum(axis=1), axis=0) / shares.to_numpy()
        for order in ("C", "F"):
            copy = pd.DataFrame(np.array(frame, order=order), rows, copy=False)
            pd.testing.assert_frame_equal(location_quotient(copy), expected, rtol=1e-12)

    def test_published_totals_by_row_and_year(self):
        frame = panel()
        totals = frame.sum(axis=1) * 1.25
        nation = frame.groupby("year").sum()
        ours = location_quotient(
            frame,
            total=totals[::-1],
            reference=nation,
            reference_total=nation.sum(axis=1)[::-1] * 2,
        )
        pd.testing.assert_frame_equal(ours, location_quotient(frame) * 1.6, rtol=1e-13)
        same = location_quotient(frame, total=totals, reference_total=nation.sum(axis=1) * 2)
        pd.testing.assert_frame_equal(ours, same, rtol=1e-13)

    def test_zero_level_and_missing_reference(self):
        ours = location_quotient([0.0, 4.0, 6.0], reference=[5.0, 0.0, 5.0])
        assert ours.tolist()[::2] == [0.0, 1.2]
        assert math.isnan(ours[1])
        assert location_quotient([0.0, 0.0], reference=[1.0, 1.0]).isna().all()
        assert location_quotient([1.0, 1.0], reference=[0.0, 0.0]).isna().all()

    def test_missing_level(self):
        levels = pd.Series({"a": 1.0, "b": math.nan})
        assert location_quotient(levels, reference=[1.0, 1.0]).isna().all()
        known = location_quotient(levels, reference=[1.0, 1.0], total=4.0, reference_total=2.0)
        assert known["a"] == 0.5
        assert math.isnan(known["b"])

    def test_missing_level_hides_its_year_only(self):
        frame = panel().sort_index()
        frame.loc[("r1", 2021), "i2"] = math.nan
        ours = location_quotient(frame)
        assert one_year(ours, 2021).isna().all(axis=None)
        assert ours.drop(index=2021, level="year").notna().all(axis=None)

    def test_least_level(self):
        frame = pd.DataFrame({"a": [3.0, 2.0], "b": [97.0, 98.0]})
        ours = location_quotient(frame, least_level=3.0)
        assert math.isnan(ours.loc[1, "a"])
        rest = ours.notna()
        assert rest.sum(axis=None) == 3
        assert ours[rest].equals(location_quotient(frame)[rest])
        points = location_quotient_difference(frame, least_level=3.0)
        assert points.isna().equals(ours.isna())

    def test_labels_and_lists(self):
        named = location_quotient([1.0, 3.0], reference=pd.Series({"a": 1.0, "b": 1.0}))
        assert named.to_dict() == {"a": 0.5, "b": 1.5}
        frame = pd.DataFrame({"a": [1.0], "b": [3.0]}, index=["x"])
        assert location_quotient(frame, reference=[1.0, 1.0]).loc["x"].tolist() == [0.5, 1.5]

    def test_one_region_of_a_frame_is_its_own_reference(self):
        assert location_quotient(pd.DataFrame([[1.0, 3.0]])).iloc[0].tolist() == [1.0, 1.0]

    @examples
    @given(MATRICES, st.sampled_from([2.0**-20, 0.5, 2.0**20]))
    def test_scale_and_order(self, cells, scale):
        frame = pd.DataFrame(cells, index=list("wxyz"), columns=list("abc"))
        ours = location_quotient(frame)
        assert not np.isinf(ours.to_numpy()).any()
        pd.testing.assert_frame_equal(location_quotient(frame * scale), ours, rtol=1e-9)
        turned = location_quotient(frame.iloc[::-1, ::-1])
        pd.testing.assert_frame_equal(turned.loc[ours.index, ours.columns], ours, rtol=1e-9)


class TestLocationQuotientDifference:
    def test_definition(self):
        frame = panel()
        shares = frame.div(frame.sum(axis=1), axis=0)
        totals = frame.groupby("year").transform("sum")
        expected = 100 * (shares - totals.div(totals.sum(axis=1), axis=0))
        ours = location_quotient_difference(frame)
        pd.testing.assert_frame_equal(ours, expected, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(ours.sum(axis=1), 0.0, atol=1e-12)

    def test_industry_that_the_reference_lacks(self):
        points = location_quotient_difference([40.0, 60.0], reference=[0.0, 5.0])
        assert points.tolist() == [40.0, -40.0]

    def test_bounds(self):
        assert location_quotient_difference([1.0, 0.0], reference=[0.0, 1.0]).tolist() == [
            100.0,
            -100.0,
        ]


class TestLocationAccount:
    def test_columns_agree_with_the_functions(self):
        frame = panel()
        nation = frame.groupby("year").sum() * 2
        options = {"reference": nation, "total": frame.sum(axis=1) * 1.1, "least_level": 9.0}
        account = location_account(frame, **options)
        assert account.index.names == ["region_code", "year", "part"]
        wide = {
            "level": frame,
            "quotient": location_quotient(frame, **options),
            "difference": location_quotient_difference(frame, **options),
        }
        for column, expected in wide.items():
            ours = account[column].unstack("part").loc[frame.index, frame.columns]
            pd.testing.assert_frame_equal(ours, expected, check_names=False, rtol=1e-12)
        assert account["gap"].tolist() == pytest.approx([100 * 0.1 / 1.1] * len(account))
        np.testing.assert_allclose(account["reference_gap"], 0.0, atol=1e-12)

    def test_shares(self):
        account = location_account(SWEDEN)
        assert account.loc["v", "share"].sum() == pytest.approx(100)
        assert account.loc["v", "reference_share"].tolist() == pytest.approx(
            (100 * SWEDEN.sum() / SWEDEN.sum().sum()).tolist()
        )
        assert set(account["flag"]) == {""}

    @pytest.mark.parametrize(
        ("levels", "options", "flag"),
        [
            ([30.0, 70.0], {}, ""),
            ([30.0, 70.0], {"total": 100.05}, ""),
            ([30.0, 70.0], {"total": 100.06}, "parts_short_of_total"),
            ([30.0, 70.0], {"total": 99.96}, ""),
            ([30.0, 70.0], {"total": 99.9}, "parts_exceed_total"),
            ([30.0, 70.0], {"reference_total": 120.0}, "reference_short_of_total"),
            ([30.0, 70.0], {"reference_total": 80.0}, "reference_exceeds_total"),
            ([30.0, 70.0], {"least_level": 31.0}, "below_least_level"),
            ([30.0, 70.0], {"reference": [0.0, 100.0]}, "no_reference"),
            ([30.0, 70.0], {"reference_total": 0.0}, "no_reference"),
            ([0.0, 0.0], {}, "zero_total"),
            ([30.0, math.nan], {}, "missing"),
            ([30.0, math.nan], {"total": 50.0}, ""),
            ([math.nan, 30.0], {"total": 50.0}, "missing"),
            ([30.0, 70.0], {"total": math.nan}, "missing"),
            ([30.0, 70.0], {"reference": [math.nan, 5.0]}, "missing"),
            (
                [30.0, 70.0],
                {"total": 200.0, "least_level": 40.0},
                "below_least_level;parts_short_of_total",
            ),
        ],
    )
    def test_flag_of_the_first_industry(self, levels, options, flag):
        row = location_account(levels, **{"reference": [20.0, 80.0], **options}).iloc[0]
        assert row["flag"] == flag
        silent = {"missing", "zero_total", "no_reference", "below_least_level"}
        assert math.isnan(row["quotient"]) == bool(silent & set(flag.split(";")))

    def test_threshold_of_the_gap(self):
        account = location_account([30.0, 60.0], reference=[1.0, 1.0], total=100.0)
        assert account["gap"].tolist() == [10.0, 10.0]
        assert LEAST_GAP == 0.05

    def test_gap_is_unknown_where_a_part_is_missing(self):
        account = location_account([30.0, math.nan], reference=[1.0, 1.0], total=100.0)
        assert account["gap"].isna().all()
        assert account["share"].tolist()[0] == 30.0

    def test_labels_of_several_levels_are_refused(self):
        frame = pd.DataFrame([[1.0]], columns=pd.MultiIndex.from_tuples([("a", "b")]))
        with pytest.raises(ValueError, match=r"^levels: a part has a label of several levels"):
            location_account(frame)


class TestInterval:
    def test_variance_is_the_delta_method(self):
        region, nation = np.array([6.0, 94.0]), np.array([100.0, 9900.0])
        n, whole = region.sum(), nation.sum()
        m = whole - n
        p, q, mean = region[0] / n, (nation - region)[0] / m, nation[0] / whole
        variance = (
            p * (1 - p) / (n * p**2)
            + (n * p * (1 - p) + m * q * (1 - q)) / (whole * mean) ** 2
            - 2 * p * (1 - p) / (whole * p * mean)
        )
        row = location_quotient_interval(region, reference=nation).iloc[0]
        assert row["standard_error_log"] == pytest.approx(math.sqrt(variance), rel=1e-12)
        assert row["quotient"] == pytest.approx(p / mean, rel=1e-14)
        reach = math.exp(1.959963984540054 * math.sqrt(variance))
        assert row["lower"] == pytest.approx(p / mean / reach, rel=1e-12)
        assert row["upper"] == pytest.approx(p / mean * reach, rel=1e-12)

    @pytest.mark.parametrize(("confidence", "tolerance"), [(0.95, 0.01), (0.8, 0.015)])
    def test_coverage(self, confidence, tolerance):
        draw = np.random.default_rng(20250101)
        n, m = 400, 3000
        p, q = np.array([0.15, 0.85]), np.array([0.08, 0.92])
        truth = p[0] / ((n * p[0] + m * q[0]) / (n + m))
        region = draw.multinomial(n, p, size=20000)
        nation = region + draw.multinomial(m, q, size=20000)
        bounds = location_quotient_interval(
            pd.DataFrame(region), reference=pd.DataFrame(nation), confidence=confidence
        ).xs(0, level="part")
        covered = ((bounds["lower"] <= truth) & (truth <= bounds["upper"])).mean()
        assert covered == pytest.approx(confidence, abs=tolerance)

    def test_ignoring_that_the_reference_contains_the_region_would_be_wrong(self):
        # A region of half the nation: treating both as independent makes the interval too wide.
        row = location_quotient_interval([50, 450], reference=[100, 900]).iloc[0]
        independent = math.sqrt(450 / (50 * 500) + 900 / (100 * 1000))
        assert row["standard_error_log"] < 0.6 * independent

    def test_panel_and_default_reference(self):
        frame = (panel() * 10) // 1
        ours = location_quotient_interval(frame)
        quotient = ours["quotient"].unstack("part").loc[frame.index, frame.columns]
        pd.testing.assert_frame_equal(
            quotient, location_quotient(frame), check_names=False, rtol=1e-12
        )
        assert (ours["lower"] < ours["quotient"]).all()
        assert (ours["upper"] > ours["quotient"]).all()
        assert set(ours["flag"]) == {""}

    @pytest.mark.parametrize(
        ("counts", "reference", "quotient", "flag"),
        [
            ([0, 10], [5, 20], 0.0, "zero_count"),
            ([5, 10], [5, 20], 15 / 9, "no_count_elsewhere"),
            ([5, 10], [5, 10], 1.0, "no_count_elsewhere"),
            ([0, 10], [0, 20], math.nan, "no_reference;zero_count"),
            ([0, 0], [5, 20], math.nan, "zero_total;zero_count"),
            ([math.nan, 10], [5, 20], math.nan, "missing"),
            ([3, math.nan], [5, 20], math.nan, "missing"),
            ([3, 10], [math.nan, 20], math.nan, "missing"),
        ],
    )
    def test_no_bounds(self, counts, reference, quotient, flag):
        row = location_quotient_interval(counts, reference=reference).iloc[0]
        assert row["quotient"] == pytest.approx(quotient, nan_ok=True)
        assert row[["lower", "upper", "standard_error_log"]].isna().all()
        assert row["flag"] == flag

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^counts: 1\.5 at 0 is not allowed; expected a whol"):
            location_quotient_interval([1.5, 2.0], reference=[5, 5])
        with pytest.raises(ValueError, match=r"^counts: 6\.0 at 0 is not allowed; .* reference"):
            location_quotient_interval([6, 2], reference=[5, 9])
        for confidence in (0, 1, 95, math.nan, "95"):
            with pytest.raises(ValueError, match=r"^confidence: .* is not allowed; expected"):
                location_quotient_interval([1, 2], reference=[5, 5], confidence=confidence)
        with pytest.raises(ValueError, match=r"^reference: one row of counts"):
            location_quotient_interval([1, 2])


def naive_krugman(frame: pd.DataFrame, reference: str) -> pd.Series:
    answers = {}
    for row, cells in frame.iterrows():
        others = frame.drop(index=[row])
        if reference == "total":
            other = frame.sum() / frame.sum().sum()
        elif reference == "rest":
            other = others.sum() / others.sum().sum()
        else:
            other = others.div(others.sum(axis=1), axis=0).mean()
        answers[row] = (cells / cells.sum() - other).abs().sum()
    return pd.Series(answers)


class TestKrugman:
    def test_sweden(self):
        index = krugman_specialisation(SWEDEN, reference="mean_of_others")
        assert index["v"] == pytest.approx(0.1595, abs=5e-5)

    @pytest.mark.parametrize("reference", ["total", "rest", "mean_of_others"])
    def test_definition(self, reference):
        frame = panel()
        index = krugman_specialisation(frame, reference=reference)
        for year in range(2020, 2024):
            expected = naive_krugman(one_year(frame, year), reference)
            ours = one_year(index.to_frame("k"), year)["k"]
            pd.testing.assert_series_equal(
                ours, expected, check_names=False, rtol=1e-12, check_index_type=False
            )

    def test_references_differ(self):
        answers = [
            krugman_specialisation(SWEDEN, reference=reference)["z"]
            for reference in ("total", "rest", "mean_of_others")
        ]
        assert np.diff(sorted(answers)).min() > 0.005

    def test_total_is_the_default_and_can_be_given(self):
        pd.testing.assert_series_equal(
            krugman_specialisation(SWEDEN), krugman_specialisation(SWEDEN, reference=SWEDEN.sum())
        )

    def test_reference_by_year_and_by_row(self):
        frame = panel()
        nation = frame.groupby("year").sum()
        expected = krugman_specialisation(frame)
        ours = krugman_specialisation(frame, reference=nation[nation.columns[::-1]])
        pd.testing.assert_series_equal(ours, expected, rtol=1e-12)
        each = nation.loc[frame.index.get_level_values("year")].set_axis(frame.index)
        ours = krugman_specialisation(frame, reference=each.iloc[::-1])
        pd.testing.assert_series_equal(ours, expected, rtol=1e-12)

    def test_bounds(self):
        assert krugman_specialisation([1.0, 2.0], reference=[2.0, 4.0]) == 0.0
        assert krugman_specialisation([1.0, 0.0], reference=[0.0, 7.0]) == 2.0
        # Shares of elevenths whose sums are a last digit off.
        one, other = [4, 9, 6, 9, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 4, 2, 6, 8, 7, 1, 2]
        assert krugman_specialisation(one, reference=other) == 2.0
        assert hoover(one, reference=other) == 1.0

    @pytest.mark.parametrize("reference", ["rest", "mean_of_others"])
    def test_one_region_has_no_others(self, reference):
        assert krugman_specialisation(SWEDEN.iloc[:1], reference=reference).isna().all()
        frame = panel()
        alone = frame.drop(index=[row for row in frame.index if row[1] == 2021 and row[0] != "r1"])
        index = krugman_specialisation(alone, reference=reference)
        assert index.index[index.isna()].tolist() == [("r1", 2021)]
        assert krugman_specialisation(SWEDEN.iloc[:1]).tolist() == [0.0]

    def test_others_without_anything(self):
        frame = pd.DataFrame([[0.1, 0.2, 0.7], [0.0, 0.0, 0.0]])
        assert krugman_specialisation(frame, reference="rest").isna().all()
        assert krugman_specialisation(frame, reference="mean_of_others").isna().all()

    @examples
    @given(MATRICES.map(lambda cells: cells + 1.0))
    def test_bounds_and_order(self, cells):
        frame = pd.DataFrame(cells, columns=list("abc"))
        for reference in ("total", "rest", "mean_of_others"):
            index = krugman_specialisation(frame, reference=reference)
            assert index.between(0, 2).all()
            turned = krugman_specialisation(frame.iloc[::-1, ::-1] * 8, reference=reference)
            pd.testing.assert_series_equal(turned[::-1], index, rtol=1e-9, atol=1e-12)

    def test_missing(self):
        frame = panel().sort_index()
        frame.loc[("r1", 2021), "i2"] = math.nan
        for reference in ("total", "rest", "mean_of_others"):
            index = krugman_specialisation(frame, reference=reference)
            assert index[index.isna()].index.get_level_values("year").unique().tolist() == [2021]
            assert math.isnan(index["r1", 2021])
        given = krugman_specialisation(frame, reference=panel().sum())
        assert given.index[given.isna()].tolist() == [("r1", 2021)]

    def test_refusals(self):
        with pytest.raises(
            ValueError, match=r"^reference: 'nation' is not allowed; expected \"tot"
        ):
            krugman_specialisation(SWEDEN, reference="nation")
        for reference in ("total", "rest", "mean_of_others"):
            with pytest.raises(ValueError, match=r"^reference: one row of levels has nothing"):
                krugman_specialisation([1.0, 2.0], reference=reference)


class TestHoover:
    def test_econgeo(self):
        # Of these inputs EconGeo prints the index times 100.
        assert hoover([0, 10, 10, 30, 50], reference=[10, 15, 20, 25, 30]) == 0.25

    def test_any_scale_unlike_ineqpy(self):
        # IneqPy 0.4.1 returns 2.5 where the sides are not shares; the index ends at 1.
        assert hoover([0, 10], reference=[5, 0]) == 1.0
        assert hoover([1, 2, 3], reference=[30, 20, 10]) == pytest.approx(1 / 3)

    def test_is_half_of_krugman(self):
        frame = panel()
        nation = frame.groupby("year").sum()
        pd.testing.assert_series_equal(
            2 * hoover(frame, reference=nation), krugman_specialisation(frame, reference=nation)
        )

    @examples
    @given(arrays(float, (2, 4), elements=st.floats(0.01, 1e6)))
    def test_symmetric_and_bounded(self, cells):
        index = hoover(cells[0], reference=cells[1])
        assert 0 <= index <= 1
        assert index == pytest.approx(hoover(cells[1], reference=cells[0]), abs=1e-12)

    def test_missing_and_zero(self):
        assert math.isnan(hoover([1.0, math.nan], reference=[1.0, 1.0]))
        assert math.isnan(hoover([1.0, 1.0], reference=[0.0, 0.0]))


class TestHerfindahl:
    def test_doersam(self):
        index = herfindahl([20, 50, 20, 10])
        assert index.index.tolist() == ["herfindahl", "normalised", "equivalent_number"]
        assert index.tolist() == pytest.approx([0.34, 0.12, 2.94], abs=0.005)

    @pytest.mark.parametrize("number", [2, 3, 7, 49, 97])
    def test_ends(self, number):
        equal = herfindahl([0.1] * number)
        assert equal.tolist() == pytest.approx([1 / number, 0.0, number], rel=1e-15, abs=1e-15)
        assert equal["normalised"] >= 0
        assert equal["equivalent_number"] <= number
        assert herfindahl([0.3] + [0.0] * (number - 1)).tolist() == [1.0, 1.0, 1.0]

    @pytest.mark.parametrize("value", [0.1, 0.3, 1 / 3, 7.7])
    def test_equal_parts_are_never_below_the_bound(self, value):
        for number in range(2, 60):
            index = herfindahl([value] * number)
            assert index["herfindahl"] >= 1 / number
            assert index["normalised"] >= 0.0
            assert index["equivalent_number"] <= number

    def test_one_part_and_nothing(self):
        assert herfindahl([5.0]).tolist() == pytest.approx([1.0, math.nan, 1.0], nan_ok=True)
        assert herfindahl([0.0, 0.0]).isna().all()
        assert herfindahl([1.0, math.nan]).isna().all()

    @examples
    @given(MATRICES.map(lambda cells: cells + 0.5))
    def test_definition_and_bounds(self, cells):
        frame = pd.DataFrame(cells, index=list("wxyz"))
        index = herfindahl(frame)
        shares = cells / cells.sum(axis=1, keepdims=True)
        np.testing.assert_allclose(index["herfindahl"], (shares**2).sum(axis=1), rtol=1e-12)
        np.testing.assert_allclose(index["equivalent_number"] * index["herfindahl"], 1, rtol=1e-12)
        assert index["herfindahl"].between(1 / 3 - 1e-15, 1).all()
        assert index["normalised"].between(0, 1).all()
        assert index["equivalent_number"].between(1, 3).all()
        pd.testing.assert_frame_equal(herfindahl(frame.iloc[:, ::-1] * 4), index, atol=1e-12)

    def test_large_levels_do_not_overflow(self):
        assert herfindahl([1e200, 1e200]).tolist() == [0.5, 0.0, 2.0]


class TestConcentrationRatio:
    def test_example(self):
        ratios = concentration_ratio([20, 50, 20, 10], largest=(1, 2, 3, 4, 9))
        assert ratios.to_dict() == {1: 50.0, 2: 70.0, 3: 90.0, 4: 100.0, 9: 100.0}

    def test_shapes(self):
        assert concentration_ratio([20, 50, 20, 10], largest=2) == 70.0
        assert concentration_ratio([5, 4, 3, 2, 1]) == pytest.approx(1400 / 15)
        by_row = concentration_ratio(SWEDEN, largest=1)
        assert by_row.tolist() == pytest.approx(100 * SWEDEN.max(axis=1) / SWEDEN.sum(axis=1))
        several = concentration_ratio(SWEDEN, largest=np.array([3, 1]))
        assert several.columns.tolist() == [3, 1]
        assert several[1].tolist() == by_row.tolist()
        assert several.index.equals(SWEDEN.index)

    @examples
    @given(MATRICES.map(lambda cells: cells + 0.5), st.integers(1, 5))
    def test_definition(self, cells, largest):
        ours = concentration_ratio(pd.DataFrame(cells), largest=largest)
        top = np.sort(cells, axis=1)[:, ::-1][:, :largest].sum(axis=1)
        np.testing.assert_allclose(ours, 100 * top / cells.sum(axis=1), rtol=1e-12)
        assert (ours <= 100).all()

    def test_many_rows_are_computed_in_blocks(self):
        cells = np.random.default_rng(5).uniform(0, 1, (400, 700))
        ours = concentration_ratio(pd.DataFrame(cells), largest=3)
        np.testing.assert_allclose(
            ours, 100 * np.sort(cells, axis=1)[:, -3:].sum(axis=1) / cells.sum(axis=1)
        )

    def test_missing_and_zero(self):
        assert math.isnan(concentration_ratio([1.0, math.nan, 2.0], largest=1))
        assert math.isnan(concentration_ratio([0.0, 0.0], largest=1))
        assert math.isnan(concentration_ratio([1.0, math.nan], largest=9))

    @pytest.mark.parametrize("largest", [0, -1, 2.0, True, "4", [1, 0], [2.5], None])
    def test_numbers(self, largest):
        with pytest.raises(ValueError, match=r"^largest: .* expected a whole number of 1 or more"):
            concentration_ratio([1.0, 2.0], largest=largest)

    @pytest.mark.parametrize("largest", [[], [2, 2]])
    def test_lists(self, largest):
        with pytest.raises(ValueError, match=r"^largest: .* expected at least one number, each on"):
            concentration_ratio([1.0, 2.0], largest=largest)


class TestGiniOfQuotients:
    REGION, NATION = [700, 600, 500, 10000, 40000], [30000, 15000, 10000, 60000, 50000]
    INDUSTRY, REGIONS = [500, 500, 1000, 7000, 1000], [20000, 15000, 20000, 40000, 5000]

    def test_farhauer(self):
        ours = gini_of_specialisation(self.REGION, reference=self.NATION)
        assert ours == pytest.approx(0.6222222, abs=5e-8)
        ours = gini_of_concentration(self.INDUSTRY, reference=self.REGIONS)
        assert ours == pytest.approx(0.4068966, abs=5e-8)

    def naive(self, quotients: list[float]) -> float:
        ordered = sorted(quotients)
        number, mean = len(ordered), sum(ordered) / len(ordered)
        ranked = sum(rank * (one - mean) for rank, one in enumerate(ordered, start=1))
        return 2 * ranked / (number**2 * mean)

    def test_definition_over_industries(self):
        frame = panel()
        ours = gini_of_specialisation(frame)
        quotients = location_quotient(frame)
        for row in range(len(frame)):
            expected = self.naive(quotients.iloc[row].tolist())
            assert ours.iloc[row] == pytest.approx(expected, abs=1e-12)

    def test_definition_over_regions(self):
        frame = panel()
        assert len(frame) % 4
        ours, quotients = gini_of_concentration(frame), location_quotient(frame)
        assert ours.index.tolist() == [2020, 2021, 2022, 2023]
        assert ours.index.name == "year"
        for year in ours.index:
            for part in frame.columns:
                expected = self.naive(one_year(quotients, year)[part].tolist())
                assert ours.loc[year, part] == pytest.approx(expected, abs=1e-12)

    def test_sizes_by_row(self):
        frame = panel()
        sizes = pd.Series(range(1, len(frame) + 1), index=frame.index, dtype=float)
        ours = gini_of_concentration(frame, reference=sizes[::-1])
        per_head = frame.div(sizes, axis=0)
        expected = self.naive(one_year(per_head, 2022)["i3"].tolist())
        assert ours.loc[2022, "i3"] == pytest.approx(expected, abs=1e-12)

    def test_no_years(self):
        ours = gini_of_concentration(SWEDEN)
        assert ours.index.tolist() == list("abcde")
        one = gini_of_concentration(SWEDEN["b"], reference=SWEDEN.sum(axis=1))
        assert ours["b"] == pytest.approx(one, abs=1e-14)

    def test_ends(self):
        for number in range(2, 40):
            same = pd.DataFrame({"a": [0.001] * number, "b": [7.7] * number})
            assert gini_of_concentration(same, reference=[1.0] * number).tolist() == [0.0, 0.0]
        assert gini_of_specialisation([0.0, 0.0, 3.0], reference=[1, 2, 3]) == pytest.approx(2 / 3)
        levels = pd.DataFrame({"a": [0.3, 0.3, 0.3], "b": [0.0, 0.9, 0.0]})
        ours = gini_of_concentration(levels, reference=[1.0, 1.0, 1.0])
        assert ours["a"] == 0.0
        assert ours["b"] == pytest.approx(2 / 3)

    def test_tiny_industries_keep_their_digits_in_an_unbalanced_panel(self):
        rows = pd.MultiIndex.from_tuples(
            [("r1", 1), ("r2", 1), ("r1", 2)], names=["region_code", "year"]
        )
        frame = pd.DataFrame({"a": [1e-9, 3e-9, 1e-9]}, rows)
        ours = gini_of_concentration(frame, reference=[1.0, 1.0, 1.0])
        assert ours["a"].tolist() == pytest.approx([0.25, 0.0], abs=1e-15)

    def test_missing(self):
        frame = panel().sort_index()
        frame.loc[("r1", 2021), "i2"] = math.nan
        sizes = frame.sum(axis=1)
        ours = gini_of_concentration(frame, reference=sizes)
        assert ours.isna().sum(axis=None) == 1
        assert math.isnan(ours.loc[2021, "i2"])
        assert gini_of_concentration(frame).loc[2021].isna().all()
        assert gini_of_specialisation(frame, reference=[1.0] * 5).isna().sum() == 1
        zero = frame.assign(i0=0.0)
        assert gini_of_concentration(zero, reference=sizes)["i0"].isna().all()
        assert math.isnan(gini_of_specialisation([1.0, 2.0], reference=[1.0, 0.0]))

    def test_order_does_not_matter(self):
        frame = panel()
        turned = frame.iloc[::-1, ::-1]
        pd.testing.assert_frame_equal(
            gini_of_concentration(turned)[frame.columns], gini_of_concentration(frame), rtol=1e-12
        )
        pd.testing.assert_series_equal(
            gini_of_specialisation(turned).loc[frame.index],
            gini_of_specialisation(frame),
            rtol=1e-12,
        )

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^reference: one row of levels has nothing"):
            gini_of_concentration([1.0, 2.0])
        with pytest.raises(ValueError, match=r"^reference: -1\.0 at 0 is not allowed"):
            gini_of_concentration(SWEDEN, reference=[-1.0, 1, 1, 1, 1])
        with pytest.raises(ValueError, match=r"^reference: holds 2 values where levels holds 5"):
            gini_of_concentration(SWEDEN, reference=[1.0, 2.0])


@pytest.mark.parametrize(
    ("function", "options", "shape"),
    [
        (location_quotient, {}, (0, 5)),
        (location_quotient_difference, {}, (0, 5)),
        (location_account, {}, (0, 8)),
        (location_quotient_interval, {}, (0, 5)),
        (krugman_specialisation, {"reference": "rest"}, (0,)),
        (krugman_specialisation, {"reference": "mean_of_others"}, (0,)),
        (hoover, {"reference": [1.0] * 5}, (0,)),
        (herfindahl, {}, (0, 3)),
        (concentration_ratio, {}, (0,)),
        (gini_of_specialisation, {}, (0,)),
        (gini_of_concentration, {}, (0, 5)),
    ],
)
def test_no_rows(function, options, shape):
    result = function(panel().iloc[:0], **options)
    assert result.shape == shape
    assert "year" in result.index.names


class TestRefusals:
    @pytest.mark.parametrize(
        "function",
        [location_quotient, location_quotient_difference, location_account],
    )
    def test_location(self, function):
        good = panel()
        with pytest.raises(ValueError, match=r"^reference: one row of levels has nothing to be"):
            function([1.0, 2.0])
        with pytest.raises(ValueError, match=r"^least_level: -1\.0 is not allowed"):
            function(good, least_level=-1.0)
        for least in (math.nan, [1.0, 2.0]):
            with pytest.raises(ValueError, match=r"^least_level: .* expected one number"):
                function(good, least_level=least)
        with pytest.raises(ValueError, match=r"^reference: year 2023 of levels is missing; add it"):
            function(good, reference=good.groupby("year").sum().drop(index=2023))
        with pytest.raises(ValueError, match=r"^total: row .* of levels is missing"):
            function(good, total=good.sum(axis=1)[1:])
        with pytest.raises(ValueError, match=r"^reference_total: row 2023 of reference is missing"):
            function(good, reference_total=pd.Series([1.0] * 3, index=[2020, 2021, 2022]))

    @pytest.mark.parametrize(
        "function",
        [
            location_quotient,
            location_account,
            krugman_specialisation,
            hoover,
            gini_of_specialisation,
            location_quotient_interval,
        ],
    )
    def test_references(self, function):
        with pytest.raises(ValueError, match=r"^reference: column 'f' is not in (levels|counts)"):
            function(SWEDEN, reference=SWEDEN.assign(f=1.0))
        with pytest.raises(ValueError, match=r"^reference: label 'e' of .* is missing"):
            function(SWEDEN, reference=SWEDEN.sum().drop("e"))
        more = pd.concat([SWEDEN, SWEDEN.rename(str.upper)])
        for reference in (SWEDEN.rename({"v": "u"}), more):
            with pytest.raises(ValueError, match=r"^reference: its rows are not those of"):
                function(SWEDEN, reference=reference)
        with pytest.raises(ValueError, match=r"^reference: a DataFrame, but .* is one row"):
            function(SWEDEN.iloc[0], reference=SWEDEN)
        with pytest.raises(ValueError, match=r"^reference: -1\.0 at 'a' is not allowed"):
            function(SWEDEN, reference=SWEDEN.sum() * 0 - 1)
        with pytest.raises(ValueError, match=r"^reference: holds 2 values where .* holds 5"):
            function(SWEDEN, reference=[1.0, 2.0])

    @pytest.mark.parametrize(
        ("function", "options"),
        [
            (location_quotient, {}),
            (location_quotient_difference, {}),
            (location_account, {}),
            (krugman_specialisation, {}),
            (hoover, {"reference": [1.0] * 5}),
            (herfindahl, {}),
            (concentration_ratio, {}),
            (gini_of_specialisation, {}),
            (gini_of_concentration, {}),
        ],
    )
    def test_levels(self, function, options):
        for wrong, shown in ((-2.0, r"-2\.0"), (math.inf, "inf"), ("7", "'7'")):
            frame = SWEDEN.astype(object)
            frame.loc["w", "c"] = wrong
            place = r" at row 'w', column 'c' is not allowed"
            with pytest.raises(ValueError, match=rf"^levels: {shown}{place}"):
                function(frame, **options)
        with pytest.raises(ValueError, match=r"^levels: label 'v' occurs more than once"):
            function(SWEDEN.rename({"w": "v"}), **options)
        with pytest.raises(ValueError, match=r"^levels: one number has no parts"):
            function(3.0, **options)
