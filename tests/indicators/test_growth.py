from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from lyanalysis.indicators.growth import (
    LEAST_TOTAL_GROWTH,
    account_growth_from_current_levels,
    account_growth_from_levels,
    account_growth_from_shares,
    accounting_residual,
    append_total,
    contribution,
    growth_rate,
    implied_previous_level,
    implied_previous_share,
    pull,
    pull_from_contribution,
)

YEARS = pd.MultiIndex.from_tuples(
    [("410300", 2024), ("410300", 2025)], names=["region_code", "year"]
)
SECTORS = ["primary", "secondary", "tertiary"]


@pytest.fixture
def previous() -> pd.DataFrame:
    return pd.DataFrame([[10.0, 50.0, 40.0], [20.0, 100.0, 80.0]], index=YEARS, columns=SECTORS)


@pytest.fixture
def current() -> pd.DataFrame:
    return pd.DataFrame([[11.0, 55.0, 42.0], [19.0, 108.0, 95.0]], index=YEARS, columns=SECTORS)


class TestPrintedValues:
    @pytest.mark.parametrize(
        ("previous", "current", "printed"), [(597.3, 766.8, 28.4), (325.5, 442.4, 35.9)]
    )
    def test_national_new_driver_index(self, previous, current, printed):
        # NBS, 2023-08-22
        assert growth_rate(current, previous) == pytest.approx(printed, abs=0.05)

    def test_implied_index_of_2023(self):
        # NBS, 2025-08-27: 136.0 after 14.2 percent
        assert implied_previous_level(136.0, 14.2) == pytest.approx(119.1, abs=0.05)

    def test_guangdong_2009(self):
        # Contributions as printed, https://wapiknow.baidu.com/question/324722660.html
        account = account_growth_from_current_levels(
            pd.Series([2006.02, 19270.48, 17805.09], SECTORS),
            pd.Series([4.9, 8.7, 11.0], SECTORS),
            39081.59,
            9.5,
        )
        assert account["contribution"].tolist() == pytest.approx([2.76, 45.50, 52.05], abs=0.02)
        # The printed rates are rounded, so the contributions sum to 100.3: nothing is forced.
        assert account["contribution"].sum() == pytest.approx(100.3, abs=0.05)

    def test_heavy_industry(self):
        # Same page: 67.2 percent of the total at the end, +23.6, total +21.8; exact 15.63
        share = implied_previous_share(67.2, 23.6, 21.8)
        assert pull(share, 23.6) == pytest.approx(15.63, abs=0.005)

    def test_national_contribution_of_sub_indices(self):
        # NBS, 2025-08-27: network, innovation, vitality, transformation
        levels = np.array([142.4, 138.5, 130.9, 127.8]) * [0.3, 0.3, 0.2, 0.2]
        account = account_growth_from_current_levels(
            levels, [16.2, 13.2, 14.5, 12.5], 136.0, 14.2, prices="constant"
        )
        assert account["contribution"].tolist() == pytest.approx([35.2, 28.5, 19.6, 16.7], abs=0.25)

    def test_luoyang_2025(self):
        # Communiqué 2025: the pulls of the sectors reproduce the published growth.
        account = account_growth_from_current_levels(
            [230.71, 2470.63, 3463.18], [3.9, 6.2, 6.0], 6164.52, 6.0
        )
        assert [round(points, 2) for points in account["pull"]] == [0.15, 2.48, 3.37]
        assert account["pull"].sum() == pytest.approx(6.0, abs=0.005)
        assert abs(accounting_residual(account, 6.0)) < 0.005

    @pytest.mark.parametrize(
        ("share", "growth", "implied"),
        [(59.3, 11.7, 57.6), (10.4, 61.9, 7.0), (18.9, 32.8, 15.4), (29.4, 20.7, 26.4),
         (42.8, 4.3, 44.5)],
    )  # fmt: skip
    def test_luoyang_2025_drivers(self, share, growth, implied):
        assert implied_previous_share(share, growth, 8.5) == pytest.approx(implied, abs=0.05)


class TestElementwise:
    def test_exact_where_the_answer_is_exact(self):
        assert growth_rate(110.0, 100.0) == 10.0
        assert implied_previous_level(110.0, 10.0) == 100.0
        assert implied_previous_share(59.3, 8.5, 8.5) == 59.3

    def test_never_rounds(self):
        assert growth_rate(4.0, 3.0) == pytest.approx(100 / 3, rel=1e-15)

    def test_shape_follows_the_input(self, current, previous):
        assert isinstance(growth_rate(2.0, 1.0), float)
        row = growth_rate(current.iloc[0], previous.iloc[0])
        frame = growth_rate(current, previous)
        pd.testing.assert_series_equal(row, frame.iloc[0], check_names=False)
        assert frame.index.equals(YEARS)
        assert list(frame.columns) == SECTORS

    def test_rows_are_independent(self, current, previous):
        # Vectorised and row by row are the same numbers.
        rates = growth_rate(current, previous)
        for year in YEARS:
            expected = 100 * (current.loc[year] / previous.loc[year] - 1)
            assert rates.loc[year].tolist() == pytest.approx(expected.tolist())

    def test_labels_not_positions_are_matched(self, current, previous):
        turned = previous.iloc[::-1, ::-1]
        pd.testing.assert_frame_equal(growth_rate(current, turned), growth_rate(current, previous))

    def test_lists_are_matched_by_position(self):
        rates = growth_rate(pd.Series({"a": 2.0, "b": 3.0}), [1.0, 2.0])
        assert rates.to_dict() == {"a": 100.0, "b": 50.0}
        assert growth_rate([2.0, 3.0], pd.Series({"a": 1.0, "b": 2.0})).to_dict() == rates.to_dict()

    def test_zero_before_gives_nan(self):
        assert math.isnan(growth_rate(5.0, 0.0))
        assert math.isnan(growth_rate(0.0, 0.0))

    def test_vanished_part(self):
        assert growth_rate(0.0, 5.0) == -100.0
        assert pull(20.0, -100.0) == -20.0

    @pytest.mark.parametrize("missing", [None, math.nan, pd.NA])
    def test_missing_stays_missing_alone(self, missing):
        rates = growth_rate(pd.Series([missing, 3.0], dtype=object), [1.0, 2.0])
        assert math.isnan(rates[0])
        assert rates[1] == 50.0
        assert math.isnan(implied_previous_share(10.0, 5.0, math.nan))

    def test_total_growth_by_row(self):
        share = pd.DataFrame({"a": [50.0, 50.0]}, index=["x", "y"])
        growth = pd.DataFrame({"a": [0.0, 0.0]}, index=["x", "y"])
        result = implied_previous_share(share, growth, pd.Series({"y": 20.0, "x": 10.0}))
        assert result["a"].to_dict() == pytest.approx({"x": 55.0, "y": 60.0})

    def test_one_part_over_years(self):
        years = [2023, 2024]
        result = contribution(pd.Series([1.0, 3.0], years), pd.Series([4.0, 6.0], years))
        assert result.to_dict() == {2023: 25.0, 2024: 50.0}


class TestContribution:
    def test_identities(self, current, previous):
        total_growth = growth_rate(current.sum(axis=1), previous.sum(axis=1))
        start = previous.div(previous.sum(axis=1), axis=0) * 100
        points = pull(start, growth_rate(current, previous))
        percent = contribution(points, total_growth)
        assert points.sum(axis=1).tolist() == pytest.approx(total_growth.tolist())
        assert percent.sum(axis=1).tolist() == pytest.approx([100.0, 100.0])
        back = pull_from_contribution(percent, total_growth)
        pd.testing.assert_frame_equal(back, points)

    def test_pull_of_a_published_contribution(self):
        assert pull_from_contribution(52.05, 9.5) == pytest.approx(4.94475, abs=1e-12)

    @pytest.mark.parametrize("total", [0.0, 0.49, -0.49])
    def test_near_zero_growth_gives_nan(self, total):
        assert math.isnan(contribution(1.0, total))

    def test_threshold_itself_counts(self):
        assert contribution(LEAST_TOTAL_GROWTH, LEAST_TOTAL_GROWTH) == 100.0
        assert contribution(LEAST_TOTAL_GROWTH, -LEAST_TOTAL_GROWTH) == -100.0


class TestAccounts:
    def test_levels(self, current, previous):
        account = account_growth_from_levels(previous, current)
        assert account.index.names == ["region_code", "year", "part"]
        assert list(account.columns) == [
            "previous_share", "share", "growth", "pull", "contribution", "flag",
        ]  # fmt: skip
        assert account.index.get_level_values("part").tolist() == SECTORS * 2
        row = account.loc[("410300", 2024, "secondary")]
        assert row["previous_share"] == 50.0
        assert row["share"] == pytest.approx(100 * 55 / 108)
        assert row["growth"] == 10.0
        assert row["pull"] == 5.0
        assert row["contribution"] == pytest.approx(62.5)
        assert row["flag"] == ""
        total = growth_rate(current.sum(axis=1), previous.sum(axis=1))
        assert accounting_residual(account, total).tolist() == pytest.approx([0.0, 0.0], abs=1e-12)

    def test_three_sets_of_figures_agree(self, current, previous):
        # At one price base and without rounding every information set tells the same story.
        total_current, total_previous = current.sum(axis=1), previous.sum(axis=1)
        rates, total = growth_rate(current, previous), growth_rate(total_current, total_previous)
        levels = account_growth_from_levels(previous, current)
        others = [
            account_growth_from_current_levels(
                current, rates, total_current, total, prices="constant"
            ),
            account_growth_from_shares(
                current.div(total_current, axis=0) * 100, rates, total, shares_at="end"
            ),
            account_growth_from_shares(
                previous.div(total_previous, axis=0) * 100, rates, total, shares_at="start"
            ),
        ]
        for other in others:
            pd.testing.assert_frame_equal(other, levels)

    def test_end_share_is_not_multiplied_by_growth(self):
        account = account_growth_from_shares([67.2], [23.6], 21.8, shares_at="end")
        assert account["pull"][0] == pytest.approx(15.63, abs=0.005)
        assert account["pull"][0] != pytest.approx(67.2 * 0.236, abs=0.1)

    def test_given_totals_need_no_exhaustive_parts(self):
        account = account_growth_from_levels(
            [10.0], [12.0], total_previous=40.0, total_current=44.0
        )
        assert account.loc[0, ["previous_share", "growth", "pull", "contribution"]].tolist() == [
            25.0, 20.0, 5.0, 50.0,
        ]  # fmt: skip
        assert accounting_residual(account, 10.0) == 5.0

    def test_missing_part_makes_the_sum_of_parts_unknown(self):
        account = account_growth_from_levels([10.0, 20.0], [11.0, math.nan])
        assert account["growth"].tolist()[0] == 10.0
        assert account["pull"].tolist()[0] == pytest.approx(100 / 30)
        assert account[["share", "contribution"]].isna().all(axis=None)
        assert math.isnan(accounting_residual(account, 5.0))

    def test_missing_part_is_missing_alone_beside_a_published_total(self):
        account = account_growth_from_current_levels([11.0, math.nan], [10.0, 5.0], 50.0, 8.0)
        assert account.loc[0].notna().all()
        assert account.loc[1, ["share", "previous_share", "pull", "contribution"]].isna().all()
        assert math.isnan(accounting_residual(account, 8.0))

    def test_new_part_has_a_pull_but_no_growth(self):
        account = account_growth_from_levels([100.0, 0.0], [100.0, 10.0])
        assert math.isnan(account["growth"][1])
        assert account["pull"].tolist() == [0.0, 10.0]
        assert account["contribution"].tolist() == [0.0, 100.0]

    def test_zero_total_gives_nan(self):
        account = account_growth_from_levels([0.0, 0.0], [1.0, 1.0])
        assert account[["previous_share", "growth", "pull", "contribution"]].isna().all(axis=None)

    def test_flags(self):
        near = account_growth_from_levels([100.0, 100.0], [101.0, 99.5])
        assert near["flag"].tolist() == ["growth_near_zero"] * 2
        assert near["contribution"].isna().all()
        assert near["pull"].tolist() == [0.5, -0.25]
        falling = account_growth_from_shares([50.0], [-4.0], -2.0, shares_at="start")
        assert falling["flag"].tolist() == ["growth_negative"]
        assert falling["contribution"].tolist() == [100.0]
        mixed = account_growth_from_current_levels([50.0], [1.0], 100.0, 0.1)
        assert mixed["flag"].tolist() == ["growth_near_zero;current_price_level"]

    def test_missing_total_growth(self, current):
        account = account_growth_from_current_levels(
            current, current * 0 + 5, current.sum(axis=1), [math.nan, 5.0]
        )
        assert account.loc[("410300", 2024), ["pull", "contribution"]].isna().all(axis=None)
        assert account.loc[("410300", 2025), "contribution"].sum() == pytest.approx(100.0)
        residual = accounting_residual(account, [math.nan, 5.0])
        assert math.isnan(residual.iloc[0])
        assert residual.iloc[1] == pytest.approx(0.0, abs=1e-12)

    def test_residual_matches_rows_by_label(self):
        frame = pd.DataFrame({"a": [50.0, 50.0], "b": [50.0, 50.0]}, index=["y", "x"])
        account = account_growth_from_levels(frame, frame * 1.1)
        residual = accounting_residual(account, pd.Series({"x": 11.0, "y": 12.0}))
        assert residual.to_dict() == pytest.approx({"y": 2.0, "x": 1.0})

    def test_scale_and_order_do_not_matter(self, current, previous):
        account = account_growth_from_levels(previous, current)
        scaled = account_growth_from_levels(previous * 1e4, current * 1e4)
        pd.testing.assert_frame_equal(scaled, account)
        turned = account_growth_from_levels(previous[SECTORS[::-1]], current)
        pd.testing.assert_frame_equal(turned.reindex(account.index), account)


class TestRefusals:
    def test_negative_level_names_row_and_column(self, current, previous):
        current.loc[("410300", 2025), "tertiary"] = -1.5
        message = (
            r"^current: -1\.5 at row \('410300', 2025\), column 'tertiary' is not allowed; "
            r"expected a value of 0 or more$"
        )
        with pytest.raises(ValueError, match=message):
            growth_rate(current, previous)
        with pytest.raises(ValueError, match=message):
            account_growth_from_levels(previous, current)

    @pytest.mark.parametrize("growth", [-100.0, -120.0])
    def test_total_loss(self, growth):
        expected = r"^growth: -1.0\.0 is not allowed; expected a growth rate above -100 percent$"
        with pytest.raises(ValueError, match=expected):
            implied_previous_level(0.0, growth)
        with pytest.raises(ValueError, match=expected):
            implied_previous_share(0.0, growth, 3.0)
        with pytest.raises(ValueError, match=r"^total_growth: "):
            implied_previous_share(1.0, 1.0, growth)

    def test_growth_below_minus_100(self):
        with pytest.raises(ValueError, match=r"^growth: -101.0 at 'a' is not allowed"):
            pull(pd.Series({"a": 5.0}), pd.Series({"a": -101.0}))

    @pytest.mark.parametrize("share", [-0.1, 100.1])
    def test_share_out_of_range(self, share):
        with pytest.raises(ValueError, match=r"^share: .* expected a share between 0 and 100"):
            implied_previous_share(share, 5.0, 5.0)
        with pytest.raises(ValueError, match=r"^share: "):
            account_growth_from_shares([share], [5.0], 5.0, shares_at="end")

    @pytest.mark.parametrize("level", [math.inf, "12.5", True])
    def test_not_a_finite_number(self, level):
        with pytest.raises(ValueError, match=r"^current: .* at 'a' is not allowed; expected a "):
            growth_rate(pd.Series({"a": level}, dtype=object), pd.Series({"a": 1.0}))

    def test_labels_that_differ(self, current, previous):
        with pytest.raises(ValueError, match=r"^previous: column 'x' is not in current"):
            growth_rate(current, previous.rename(columns={"primary": "x"}))
        with pytest.raises(
            ValueError, match=r"^previous: row \('410300', 2025\) of current is mis"
        ):
            growth_rate(current, previous.iloc[:1])
        with pytest.raises(ValueError, match=r"^total_growth: row 0 is not in current"):
            account_growth_from_current_levels(
                current, current, current.sum(axis=1), pd.Series([1.0, 2.0])
            )
        with pytest.raises(ValueError, match=r"^previous: holds 1 values where current holds 2"):
            growth_rate([1.0, 2.0], [1.0])

    def test_repeated_labels(self, current):
        twice = pd.concat([current, current])
        with pytest.raises(
            ValueError, match=r"^current: label .* occurs more than once among the r"
        ):
            growth_rate(twice, twice)

    def test_shapes_that_differ(self, current):
        with pytest.raises(ValueError, match=r"^growth: one number, but current is a DataFrame"):
            implied_previous_level(current, 5.0)
        with pytest.raises(ValueError, match=r"^total_growth: one row of numbers beside one row"):
            account_growth_from_shares([5.0, 5.0], [5.0, 5.0], [5.0, 5.0], shares_at="end")
        with pytest.raises(ValueError, match=r"^previous: one number has no parts"):
            account_growth_from_levels(1.0, 2.0)
        with pytest.raises(ValueError, match=r"^current: more than one row needs labels"):
            growth_rate(current.to_numpy(), current)
        with pytest.raises(ValueError, match=r"^current: holds no parts"):
            growth_rate([], [])

    def test_unknown_options(self):
        with pytest.raises(ValueError, match=r"^shares_at: 'now' is not allowed"):
            account_growth_from_shares([5.0], [5.0], 5.0, shares_at="now")
        with pytest.raises(ValueError, match=r"^prices: 'real' is not allowed"):
            account_growth_from_current_levels([5.0], [5.0], 5.0, 5.0, prices="real")
        with pytest.raises(ValueError, match=r"^total_previous, total_current: give both"):
            account_growth_from_levels([5.0], [5.0], total_current=5.0)

    def test_parts_with_several_levels(self):
        levels = pd.Series([1.0, 2.0], index=YEARS)
        with pytest.raises(ValueError, match=r"^previous: parts have labels of several levels"):
            account_growth_from_levels(levels, levels)

    def test_residual_of_something_else(self, current):
        with pytest.raises(ValueError, match=r"^account: has no column"):
            accounting_residual(current, 5.0)


class TestAppendTotal:
    RATES = pd.Series({2024: 4.9, 2025: 6.0})

    def account(self):
        return account_growth_from_shares(
            pd.DataFrame({"a": [60.0, 40.0], "b": [40.0, None]}, index=[2024, 2025]),
            pd.DataFrame({"a": [5.0, 5.0], "b": [5.0, 1.0]}, index=[2024, 2025]),
            self.RATES,
            shares_at="start",
        )

    def test_sums_stand_after_the_parts_of_their_row(self):
        result = append_total(self.account(), self.RATES)
        assert result.index.tolist() == [
            (year, part) for year in (2024, 2025) for part in ("a", "b", "total")
        ]
        assert result.loc[(2024, "total"), "pull"] == pytest.approx(5.0)
        assert result.loc[(2024, "total"), "growth"] == 4.9

    def test_a_missing_part_leaves_no_total(self):
        result = append_total(self.account(), self.RATES)
        assert math.isnan(result.loc[(2025, "total"), "pull"])

    def test_growth_is_matched_by_label_and_one_figure_serves_all(self):
        turned = append_total(self.account(), self.RATES.iloc[::-1])
        pd.testing.assert_frame_equal(turned, append_total(self.account(), self.RATES))
        assert append_total(self.account(), 4.9).loc[(2025, "total"), "growth"] == 4.9
        with pytest.raises(ValueError, match=r"^total_growth: row 2025 of account is missing"):
            append_total(self.account(), self.RATES.iloc[:1])

    def test_other_frames_are_refused(self):
        with pytest.raises(ValueError, match='expected row labels and "part"'):
            append_total(pd.DataFrame({"pull": [1.0]}), self.RATES)


def test_growth_of_exactly_the_least_is_enough():
    # 199.9 to 200.8995 is 0.5 percent, but for the last binary digits.
    account = account_growth_from_levels([199.9], [200.8995])
    assert account["flag"].tolist() == [""]
    assert account["contribution"].tolist() == pytest.approx([100.0])
