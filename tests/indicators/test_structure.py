from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from lyanalysis.indicators.structure import (
    crossover_year,
    lilien,
    moore,
    nav,
    share_drift,
    shares,
    speed_of_change,
    structural_change_k,
    structural_change_k_per_year,
)

START, END = [10.0, 50.0, 40.0], [5.0, 40.0, 55.0]
# Employment of four industries, Krumme (University of Washington).
KRUMME = ([500.0, 100.0, 200.0, 200.0], [1000.0, 100.0, 250.0, 280.0])


def levels(rows: int = 20, seed: int = 7) -> tuple[pd.DataFrame, pd.DataFrame]:
    draw = np.random.default_rng(seed)
    columns = list("abcde")
    return (
        pd.DataFrame(draw.uniform(1, 100, (rows, 5)), columns=columns),
        pd.DataFrame(draw.uniform(1, 100, (rows, 5)), columns=columns),
    )


class TestShares:
    @pytest.mark.parametrize(
        ("parts", "printed"),
        [
            ([9485, 100459, 132964], [3.9, 41.4, 54.7]),  # NBS 2025-07-31
            ([43135, 4037, 55636, 24747], [33.8, 3.2, 43.6, 19.4]),  # NBS, fifth census
        ],
    )
    def test_printed_values(self, parts, printed):
        assert shares(parts).tolist() == pytest.approx(printed, abs=0.06)

    def test_level_share_of_the_national_index(self):
        # NBS 2018: equal weights, so the sub-indices themselves are the levels.
        result = shares([362.1, 284.3, 143.3, 132.3, 128.5])
        assert result.tolist() == pytest.approx([34.5, 27.1, 13.6, 12.6, 12.2], abs=0.06)

    def test_rows_sum_to_100(self):
        first, _ = levels()
        assert shares(first).sum(axis=1).tolist() == pytest.approx([100.0] * len(first))

    def test_zero_total_is_nan_not_zero(self):
        assert shares([0.0, 0.0]).isna().all()

    def test_missing_part_leaves_no_share(self):
        frame = pd.DataFrame([[1.0, math.nan], [1.0, 3.0]], columns=["a", "b"])
        result = shares(frame)
        assert result.iloc[0].isna().all()
        assert result.iloc[1].tolist() == [25.0, 75.0]


class TestMoore:
    def test_same_structure(self):
        assert moore(START, START).tolist() == [pytest.approx(1.0), 0.0, 0.0]

    def test_nothing_in_common(self):
        result = moore([1, 0, 0], [0, 1, 0])
        assert result["cosine"] == 0.0
        assert result["angle_radians"] == pytest.approx(math.pi / 2, abs=1e-15)
        assert result["angle_degrees"] == pytest.approx(90.0, abs=1e-13)

    def test_example(self):
        # From the formula of Moore (1978).
        result = moore(START, END)
        assert result.tolist() == pytest.approx(
            [0.9616959971780185, 0.27767270131256, 15.909473871206401], abs=1e-12
        )

    def test_small_angle_keeps_its_digits(self):
        # Closed form: the angle between (1, 0) and (1, e) is arctan e; an arccosine would give 0.
        result = moore([1.0, 0.0], [1.0, 1e-9])
        assert result["angle_radians"] == pytest.approx(1e-9, rel=1e-12)
        assert result["cosine"] <= 1.0

    def test_angle_is_the_arccosine(self):
        result = moore(*levels())
        assert result["angle_radians"].tolist() == pytest.approx(np.arccos(result["cosine"]))
        assert result["angle_degrees"].between(0, 90).all()

    def test_scale_free_by_row(self):
        first, last = levels()
        scaled = moore(first * 1e200, last * 1e-200)
        pd.testing.assert_frame_equal(scaled, moore(first, last))

    def test_zero_vector_and_missing_value(self):
        first = pd.DataFrame([[0.0, 0.0], [1.0, math.nan], [1.0, 1.0]])
        last = pd.DataFrame([[1.0, 2.0], [1.0, 2.0], [1.0, 1.0]])
        result = moore(first, last)
        assert result.iloc[:2].isna().all(axis=None)
        assert result.loc[2, "angle_degrees"] == 0.0


class TestAbsoluteChange:
    def test_example(self):
        # Sum of |q1 - q0|, and half of it over 100 (Michaely 1962)
        assert structural_change_k(START, END) == pytest.approx(30.0, abs=1e-12)
        assert structural_change_k_per_year(START, END, years=5) == pytest.approx(6.0, abs=1e-12)
        assert nav([0.1, 0.5, 0.4], [0.05, 0.4, 0.55]) == pytest.approx(0.15, abs=1e-12)

    def test_bounds(self):
        assert structural_change_k(START, START) == 0.0
        assert structural_change_k([1, 2, 0], [0, 0, 7]) == 200.0
        assert nav([1, 0], [0, 1]) == 1.0
        # Thirds and sixths do not sum to 100 in binary; the bound still holds.
        assert structural_change_k([1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 5]) <= 200.0

    def test_k_is_200_nav(self):
        first, last = levels()
        assert structural_change_k(first, last).tolist() == pytest.approx(200 * nav(first, last))

    def test_any_scale(self):
        first, last = levels()
        assert nav(shares(first), shares(last) / 100).tolist() == pytest.approx(nav(first, last))

    def test_order_of_industries_does_not_matter(self):
        first, last = levels()
        turned = first[first.columns[::-1]]
        assert nav(turned, last).tolist() == pytest.approx(nav(first, last))

    def test_long_interval_is_at_most_the_sum_of_the_short_ones(self):
        path, _ = levels(rows=30)
        steps = sum(nav(path.iloc[year], path.iloc[year + 1]) for year in range(len(path) - 1))
        assert nav(path.iloc[0], path.iloc[-1]) <= steps
        for one, two, three in itertools.combinations(range(8), 3):
            a, b, c = (path.iloc[row] for row in (one, two, three))
            assert nav(a, c) <= nav(a, b) + nav(b, c) + 1e-15

    def test_coarser_industries_give_no_larger_value(self):
        first, last = levels()
        merge = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}
        coarse = nav(first.T.groupby(merge).sum().T, last.T.groupby(merge).sum().T)
        assert (coarse <= nav(first, last) + 1e-15).all()

    def test_missing_industry_and_zero_total(self):
        assert math.isnan(nav([1.0, math.nan], [1.0, 2.0]))
        assert math.isnan(structural_change_k([0.0, 0.0], [1.0, 2.0]))

    def test_interval_by_row(self):
        first = pd.DataFrame([START, START], index=["x", "y"])
        last = pd.DataFrame([END, END], index=["x", "y"])
        result = structural_change_k_per_year(first, last, years=pd.Series({"y": 2, "x": 5}))
        assert result.to_dict() == pytest.approx({"x": 6.0, "y": 15.0})


class TestLilien:
    @pytest.mark.parametrize(
        ("weights", "expected"),
        [("current", 0.23473153279977232), ("base", 0.25201897588656835)],
    )
    def test_krumme(self, weights, expected):
        result = lilien(*KRUMME, weights=weights)
        assert result["lilien"] == pytest.approx(expected, abs=1e-12)
        assert result["share_dropped"] == 0.0
        assert result["flag"] == ""

    def test_definition(self):
        first, last = (np.array(side) for side in KRUMME)
        excess = np.log(last / first) - np.log(last.sum() / first.sum())
        mean_share = (first / first.sum() + last / last.sum()) / 2
        expected = math.sqrt((mean_share * excess**2).sum())
        assert lilien(*KRUMME, weights="mean")["lilien"] == pytest.approx(expected, rel=1e-12)

    @pytest.mark.parametrize("weights", ["current", "base", "mean"])
    def test_balanced_growth(self, weights):
        result = lilien([10.0, 20.0, 30.0], [11.0, 22.0, 33.0], weights=weights)
        assert result["lilien"] == pytest.approx(0.0, abs=1e-15)

    def test_modified_index_is_symmetric_in_time(self):
        first, last = levels()
        there = lilien(first, last, weights="mean")["lilien"]
        back = lilien(last, first, weights="mean")["lilien"]
        assert there.tolist() == pytest.approx(back.tolist(), rel=1e-12)
        assert lilien(*KRUMME)["lilien"] != pytest.approx(lilien(*KRUMME[::-1])["lilien"], rel=0.01)
        assert lilien(first, last)["lilien"].tolist() == pytest.approx(
            lilien(last, first, weights="base")["lilien"].tolist()
        )

    def test_common_growth_and_order_do_not_matter(self):
        first, last = levels()
        expected = lilien(first, last)["lilien"].tolist()
        assert lilien(first * 7, last / 3)["lilien"].tolist() == pytest.approx(expected)
        assert lilien(first, last[list("edcba")])["lilien"].tolist() == pytest.approx(expected)

    @pytest.mark.parametrize("weights", ["current", "base", "mean"])
    def test_industry_that_is_zero_in_a_year_is_left_out(self, weights):
        for first, last in (([0.0, 50.0, 50.0], [10.0, 50.0, 40.0]),
                            ([10.0, 50.0, 40.0], [0.0, 50.0, 50.0])):  # fmt: skip
            result = lilien(first, last, weights=weights)
            assert result["lilien"] == lilien(first[1:], last[1:], weights=weights)["lilien"]
            assert result["share_dropped"] == pytest.approx(10.0)
            assert result["flag"] == "share_dropped"

    def test_zero_in_both_years_drops_nothing(self):
        result = lilien([0.0, 50.0], [0.0, 80.0])
        assert result["lilien"] == 0.0
        assert result["share_dropped"] == 0.0
        assert result["flag"] == "share_dropped"

    def test_no_industry_left(self):
        result = lilien([1.0, 0.0], [0.0, 1.0])
        assert math.isnan(result["lilien"])
        assert result["share_dropped"] == 100.0

    def test_missing_level(self):
        result = lilien([1.0, math.nan], [1.0, 2.0])
        assert math.isnan(result["lilien"])
        assert math.isnan(result["share_dropped"])
        assert result["flag"] == ""


def cross(old: list[float], new: list[float], *, hold: int = 2, first: int = 2018) -> float | None:
    years = list(range(first, first + len(old)))
    return crossover_year(pd.Series(old, years), pd.Series(new, years), hold=hold)


class TestCrossover:
    def test_linear(self):
        assert cross([45, 43, 40, 37], [38, 40, 42, 45]) == pytest.approx(2019.6, abs=1e-9)

    def test_never_and_always(self):
        assert cross([5, 5, 5], [1, 2, 3]) is None
        assert cross([1, 1, 1], [2, 3, 4]) is None

    def test_last_year_cannot_be_verified(self):
        assert cross([5, 5, 5], [1, 2, 7]) is None
        assert cross([5, 5, 5], [1, 2, 7], hold=1) == pytest.approx(2019.6)

    def test_must_hold(self):
        old, new = [5, 5, 5, 5, 5, 5], [4, 6, 4, 4, 6, 7]
        assert cross(old, new, hold=1) == 2018.5
        assert cross(old, new) == 2021.5
        assert cross(old, new, hold=3) is None
        assert cross(old, new, hold=99) is None

    def test_lost_again_after_it_held(self):
        assert cross([5, 5, 5, 5], [4, 6, 6, 4]) == 2018.5

    def test_tie_is_not_above(self):
        assert cross([5, 5, 5, 5], [4, 5, 6, 7]) == 2019.0
        assert cross([5, 5, 5], [4, 5, 5], hold=1) is None
        assert cross([5, 5, 5], [5, 6, 7]) == 2018.0

    def test_touching_from_above_is_no_crossing(self):
        assert cross([5, 5, 5, 5], [6, 5, 6, 6]) is None

    def test_missing_value_is_never_bridged(self):
        assert cross([5, math.nan, 5, 5], [4, 5, 6, 7]) is None
        assert cross([5, 5, 5, 5], [4, 6, math.nan, 7]) is None

    def test_missing_year_is_never_bridged(self):
        old = pd.Series([5.0, 5.0, 5.0], [2020, 2022, 2023])
        assert crossover_year(old, pd.Series([4.0, 6.0, 7.0], old.index)) is None
        held = pd.Series([4.0, 6.0, 7.0], [2020, 2021, 2023])
        assert crossover_year(pd.Series([5.0] * 3, held.index), held) is None
        assert crossover_year(pd.Series([5.0] * 3, held.index), held, hold=1) == 2020.5

    def test_regions_side_by_side(self):
        draw = np.random.default_rng(3)
        years, regions = list(range(2000, 2015)), [str(code) for code in range(60)]
        old = pd.DataFrame(draw.integers(0, 9, (15, 60)), years, regions, dtype=float)
        new = pd.DataFrame(draw.integers(0, 9, (15, 60)), years, regions, dtype=float)
        old = old.mask(draw.random(old.shape) < 0.1)
        for hold in (1, 2, 3):
            together = crossover_year(old, new, hold=hold)
            single = [crossover_year(old[code], new[code], hold=hold) for code in regions]
            assert [None if math.isnan(year) else year for year in together] == single
            assert any(year is None for year in single)
            assert sum(year is not None for year in single) > 5

    def test_order_of_years_does_not_matter(self):
        years = [2020, 2019, 2018, 2021]
        old, new = (
            pd.Series([40, 43, 45, 37], years),
            pd.Series([45, 38, 40, 42], [2021, 2018, 2019, 2020]),
        )
        assert crossover_year(old, new) == pytest.approx(2019.6)
        assert crossover_year(old.to_frame("x"), new.to_frame("x"))["x"] == pytest.approx(2019.6)

    def test_adding_the_same_to_both_changes_nothing(self):
        assert cross([145, 143, 140, 137], [138, 140, 142, 145]) == pytest.approx(2019.6)

    def test_refusals(self):
        series = pd.Series([1.0, 2.0], [2020, 2021])
        with pytest.raises(ValueError, match=r"^old: has no years"):
            crossover_year([1.0, 2.0], series)
        with pytest.raises(ValueError, match=r"^old: label 2020 occurs more than once"):
            crossover_year(series.set_axis([2020, 2020]), series)
        with pytest.raises(ValueError, match=r"^new: label 2022 is not in old"):
            crossover_year(series, series.set_axis([2020, 2022]))
        with pytest.raises(ValueError, match=r"^old: the index must hold years"):
            crossover_year(series.set_axis(["2020", "2021"]), series)
        with pytest.raises(ValueError, match=r"^old: holds no parts"):
            crossover_year(series.iloc[:0], series)
        for hold in (0, 1.5, True):
            with pytest.raises(ValueError, match=r"^hold: .* expected a whole number of 1 or more"):
                crossover_year(series, series, hold=hold)


# Luoyang 2025, total growth 8.5; last column: the share published before (2024 or 2023).
DRIVERS = pd.DataFrame(
    {
        "高新技术产业": [59.3, 11.7, 57.6, 55.8],
        "高技术制造业": [10.4, 61.9, 7.0, 3.0],
        "战略性新兴产业": [18.9, 32.8, 15.4, 12.6],
        "装备制造业": [29.4, 20.7, 26.4, 21.9],
        "高耗能行业": [42.8, 4.3, 44.5, 40.9],
    },
    index=["share", "growth", "implied", "last_share"],
).T


class TestShareDrift:
    def test_luoyang_2025(self):
        result = share_drift(DRIVERS["share"], DRIVERS["growth"], 8.5, DRIVERS["last_share"])
        assert list(result.index) == list(DRIVERS.index)
        assert result["implied_previous_share"].tolist() == pytest.approx(
            DRIVERS["implied"].tolist(), abs=0.05
        )
        # Every drift exceeds one point, so the text claims no direction for any of them.
        assert set(result["direction"]) == {"undetermined"}
        assert result["flag"].tolist() == [
            *["drift_above_threshold"] * 4,
            "signs_disagree;drift_above_threshold",
        ]
        assert result.loc["高耗能行业", "change_on_current_scope"] < 0
        assert result.loc["高耗能行业", "published_change"] == pytest.approx(1.9)

    def test_columns(self):
        result = share_drift([59.3], [11.7], 8.5, [55.8])
        assert list(result.columns) == [
            "share", "growth", "total_growth", "implied_previous_share", "change_on_current_scope",
            "last_share", "published_change", "drift", "growth_gap", "direction", "flag",
        ]  # fmt: skip

    def test_published_change_is_scope_change_and_drift(self):
        result = share_drift(DRIVERS["share"], DRIVERS["growth"], 8.5, DRIVERS["last_share"])
        parts = result["change_on_current_scope"] + result["drift"]
        assert result["published_change"].tolist() == pytest.approx(parts.tolist())

    @pytest.mark.parametrize(
        ("share", "growth", "last", "direction", "flag"),
        [
            (59.3, 11.7, 57.8, "rising", ""),
            (42.8, 4.3, 44.0, "falling", ""),
            (29.4, 8.5, 29.4, "steady", ""),
            (42.8, 4.3, 42.0, "undetermined", "signs_disagree;drift_above_threshold"),
            (42.8, 8.0, 42.5, "undetermined", "signs_disagree"),
            (30.0, 8.5, 29.9, "undetermined", "signs_disagree"),
            (30.0, 9.0, 30.0, "undetermined", "signs_disagree"),
            (30.0, 9.0, 28.0, "undetermined", "drift_above_threshold"),
            (30.0, 9.0, math.nan, "undetermined", "no_earlier_share"),
            (30.0, math.nan, 28.0, "undetermined", "no_growth"),
            (30.0, math.nan, math.nan, "undetermined", "no_growth;no_earlier_share"),
            (math.nan, 9.0, 28.0, "undetermined", "no_share"),
        ],
    )
    def test_rule(self, share, growth, last, direction, flag):
        row = share_drift([share], [growth], 8.5, [last]).iloc[0]
        assert (row["direction"], row["flag"]) == (direction, flag)

    def test_no_total_growth(self):
        row = share_drift([30.0], [9.0], math.nan, [28.0]).iloc[0]
        assert (row["direction"], row["flag"]) == ("undetermined", "no_growth")

    def test_drift_of_exactly_the_threshold_is_within_it(self):
        # 9.2 - 8.2 is not exactly 1 in binary; tenths that differ by one must not be told apart.
        tenths = pd.Series(range(10, 1001))
        rows = share_drift(tenths / 10, tenths * 0 + 8.5, 8.5, (tenths - 10) / 10)
        assert set(rows["flag"]) == {"signs_disagree"}

    def test_threshold(self):
        drivers = (DRIVERS["share"], DRIVERS["growth"], 8.5, DRIVERS["last_share"])
        assert share_drift(*drivers, threshold=2.0)["direction"].tolist() == [
            "rising",
            *["undetermined"] * 4,
        ]
        assert share_drift(*drivers, threshold=5.0)["direction"].tolist() == [
            *["rising"] * 4,
            "undetermined",
        ]

    def test_labels_are_matched(self):
        turned = DRIVERS["growth"].iloc[::-1]
        result = share_drift(DRIVERS["share"], turned, 8.5, DRIVERS["last_share"])
        assert result["growth"].tolist() == DRIVERS["growth"].tolist()

    def test_refusals(self):
        with pytest.raises(ValueError, match=r"^share: 120.0 at 0 is not allowed"):
            share_drift([120.0], [1.0], 1.0, [1.0])
        with pytest.raises(ValueError, match=r"^last_share: -1.0 at 0 is not allowed"):
            share_drift([20.0], [1.0], 1.0, [-1.0])
        with pytest.raises(ValueError, match=r"^growth: -100.0 at 0 is not allowed"):
            share_drift([20.0], [-100.0], 1.0, [1.0])
        for threshold in (-1.0, math.nan):
            with pytest.raises(ValueError, match=r"^threshold: .* of 0 or more"):
                share_drift([20.0], [1.0], 1.0, [1.0], threshold=threshold)
        with pytest.raises(ValueError, match=r"^share: give one row of shares"):
            share_drift(20.0, 1.0, 1.0, 1.0)


class TestRefusals:
    @pytest.mark.parametrize("function", [moore, nav, structural_change_k, lilien])
    def test_pairs(self, function):
        good = pd.DataFrame([[1.0, 2.0]], index=["410300"], columns=["a", "b"])
        with pytest.raises(ValueError, match=r"^end: -2\.0 at row '410300', column 'b' is not all"):
            function(good, good.assign(b=-2.0))
        with pytest.raises(ValueError, match=r"^end: column 'c' is not in start"):
            function(good, good.assign(c=1.0))
        with pytest.raises(ValueError, match=r"^end: row '410300' of start is missing"):
            function(good, good.iloc[:0])
        with pytest.raises(ValueError, match=r"^end: one row of numbers, but start is a DataFrame"):
            function(good, [1.0, 2.0])
        with pytest.raises(ValueError, match=r"^start: one number has no parts"):
            function(1.0, 2.0)
        with pytest.raises(ValueError, match=r"^start: inf at 0 is not allowed"):
            function([math.inf, 1.0], [1.0, 1.0])

    def test_levels(self):
        with pytest.raises(ValueError, match=r"^levels: -1\.0 at 'a' is not allowed"):
            shares(pd.Series({"a": -1.0}))

    @pytest.mark.parametrize("years", [0, -3])
    def test_interval(self, years):
        with pytest.raises(ValueError, match=r"^years: .* expected an interval above 0 years"):
            structural_change_k_per_year(START, END, years=years)

    def test_weights(self):
        with pytest.raises(ValueError, match=r"^weights: 'end' is not allowed"):
            lilien(*KRUMME, weights="end")


def by_window(rows: list[tuple[int, str, float | None]]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(
        [("A", year, window) for year, window, _ in rows], names=["region_code", "year", "window"]
    )
    new = pd.Series([share for *_, share in rows], index=index, dtype=float)
    return pd.DataFrame({"old": 100 - new, "new": new})


class TestSpeedOfChange:
    def test_windows_and_the_breaks_between_them(self):
        speed = speed_of_change(
            by_window([(2017, "a", 50), (2018, "a", 52), (2019, "b", 60), (2021, "b", 60.5)])
        ).droplevel("region_code")
        assert list(speed.index) == ["2017–2018", "2018→2019", "2019–2021"]
        assert speed["structural_change_k"].tolist() == pytest.approx([4, 16, 1])
        assert speed["structural_change_k_per_year"].tolist() == pytest.approx([4, 16, 0.5])
        assert speed["nav"].tolist() == pytest.approx([0.02, 0.08, 0.005])
        assert speed["flag"].tolist() == ["", "crosses_break", "missing_years"]

    def test_order_of_years_does_not_matter_and_labels_are_kept(self):
        shares = by_window([(2017, "a", 50), (2018, "a", 52), (2019, "b", 60), (2021, "b", 60.5)])
        turned = speed_of_change(shares.iloc[[3, 1, 0, 2]])
        pd.testing.assert_frame_equal(turned, speed_of_change(shares))
        numbered = shares.rename(index={shares.index[0][0]: 410300}, level="region_code")
        assert speed_of_change(numbered).index[0][0] == 410300

    def test_a_year_twice_in_a_window_and_no_year_are_refused(self):
        shares = by_window([(2017, "a", 50), (2018, "a", 52)])
        with pytest.raises(ValueError, match=r"^shares: label .* occurs more than once"):
            speed_of_change(pd.concat([shares, shares]))
        with pytest.raises(ValueError, match=r"^shares: the index must hold years"):
            speed_of_change(shares.rename(index=str, level="year"))

    def test_a_year_published_twice_links_its_windows(self):
        speed = speed_of_change(
            by_window([(2021, "a", 50), (2022, "a", 51), (2022, "b", 55), (2023, "b", 56)])
        )
        assert list(speed.index.get_level_values("period")) == ["2021–2022", "2022–2023"]

    def test_missing_years_never_start_or_end_a_period(self):
        speed = speed_of_change(
            by_window([(2022, "a", 50), (2023, "a", 51), (2024, "a", None), (2025, "b", 55)])
        )
        assert list(speed.index.get_level_values("period")) == ["2022–2023", "2023→2025"]
        assert speed["flag"].iloc[1] == "crosses_break;missing_years"
        assert speed["structural_change_k_per_year"].iloc[1] == pytest.approx(4)

    def test_regions_stay_apart(self):
        one = by_window([(2022, "a", 50), (2023, "a", 51)])
        two = by_window([(2022, "a", 10), (2023, "a", 20)]).rename({"A": "B"}, level="region_code")
        speed = speed_of_change(pd.concat([one, two]))
        assert speed["structural_change_k"].tolist() == pytest.approx([2, 20])

    def test_nothing_to_compare(self):
        assert speed_of_change(by_window([(2022, "a", 50), (2024, "a", None)])).empty

    def test_other_levels_are_refused(self):
        with pytest.raises(ValueError, match="shares: expected index levels"):
            speed_of_change(pd.DataFrame({"a": [1.0], "b": [2.0]}))


def test_shares_of_a_published_total_need_not_sum_to_100():
    result = shares(pd.DataFrame({"a": [40.3], "b": [59.8]}), total=[100.0])
    assert result.iloc[0].tolist() == pytest.approx([40.3, 59.8])
    assert shares([1.0, 1.0], total=0.0).isna().all()


class TestOlderSharesAndRemarks:
    def drift(self, **options):
        return share_drift([10.4], [20.0], [8.5], [9.5], **options).iloc[0]

    def test_a_share_of_the_year_before_may_carry_a_direction(self):
        assert self.drift(years_apart=1)["direction"] == "rising"

    def test_an_older_share_may_not(self):
        row = self.drift(years_apart=2)
        assert (row["direction"], row["flag"]) == ("undetermined", "earlier_share_not_adjacent")

    def test_a_break_in_between_forbids_it_and_other_remarks_are_carried(self):
        crossed = self.drift(remarks=pd.Series(["crosses_break"]))
        assert (crossed["direction"], crossed["flag"]) == ("undetermined", "crosses_break")
        named = self.drift(remarks=pd.Series(["named_otherwise"]))
        assert (named["direction"], named["flag"]) == ("rising", "named_otherwise")

    def test_remarks_of_other_rows_are_refused(self):
        with pytest.raises(ValueError, match="remarks: expected one remark for each label"):
            self.drift(remarks=pd.Series(["x"], index=["other"]))
        with pytest.raises(ValueError, match="remarks: has no labels"):
            self.drift(remarks=["x"])

    def test_remarks_are_matched_by_name_and_none_is_no_remark(self):
        labels = ["a", "b"]
        share, growth, last = (pd.Series(pair, labels) for pair in ([10, 20], [9, 9], [9, 19.0]))
        remarks = pd.Series({"b": None, "a": "named_otherwise"})
        flags = share_drift(share, growth, 5.0, last, remarks=remarks, threshold=5)["flag"]
        assert flags.tolist() == ["named_otherwise", ""]

    def test_an_unknown_distance_forbids_a_direction_and_none_goes_back(self):
        assert self.drift(years_apart=math.nan)["flag"] == "earlier_share_not_adjacent"
        with pytest.raises(ValueError, match=r"^years_apart: -1.* expected a number of years"):
            self.drift(years_apart=-1)
