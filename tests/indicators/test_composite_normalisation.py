from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyanalysis.indicators.composite import normalise
from lyanalysis.indicators.composite.normalisation import normalise_cells

METHODS = ("min_max", "z_score", "rank", "percentile_rank", "distance_to_reference", "goalposts")
ROWS = pd.MultiIndex.from_tuples(
    [("B", 2021), ("A", 2020), ("B", 2020), ("A", 2021), ("C", 2021), ("C", 2020)],
    names=["region_code", "year"],
)
PANEL = pd.DataFrame({"up": [9.0, 1, 3, 5, 7, 2], "down": [4.0, 8, 6, 2, 0, 10]}, index=ROWS)
DIRECTION = pd.Series({"down": -1, "up": 1})


def one(values, **options) -> list[float]:
    direction = [options.pop("direction", 1)]
    return normalise(pd.DataFrame({"x": values}), direction=direction, **options)["x"].tolist()


def panel(seed: int, *, gaps: float = 0.0, ties: bool = False) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    rows = pd.MultiIndex.from_product([list("ABCDE"), range(2018, 2022)], names=["region", "year"])
    cells = draw.integers(0, 6, (20, 4)) * 1.5 if ties else draw.normal(5, 3, (20, 4))
    frame = pd.DataFrame(cells, rows, list("wxyz")).mask(draw.random((20, 4)) < gaps)
    return frame.sample(frac=1, random_state=seed)


def options(method: str, frame: pd.DataFrame) -> dict[str, object]:
    """Return what a method cannot do without."""
    if method == "goalposts":
        return {"goalposts": pd.DataFrame({"low": 1.0, "high": 9.0}, index=frame.columns)}
    if method == "distance_to_reference":
        return {"reference": pd.Series(20.0, frame.columns)}
    return {}


class TestPublished:
    """Answers written out in the tests of COINr, tests/testthat/test-normalise.R."""

    def test_goalposts(self):
        posts = pd.DataFrame({"low": [0.0], "high": [10.0]}, index=["x"])
        scale = {"method": "goalposts", "goalposts": posts, "high": 1.0}
        assert one([1, 11, -1], **scale) == [0.1, 1, 0]
        assert one([1, -1, 11], direction=-1, **scale) == [0.9, 1, 0]
        posts = pd.DataFrame({"low": [0.2], "high": [0.8]}, index=["x"])
        assert one([0.1, 0.5, 0.9], method="goalposts", goalposts=posts, high=10.0) == [
            0,
            pytest.approx(5),
            10,
        ]

    @pytest.mark.parametrize(
        ("values", "target", "direction", "cap", "expected"),
        [
            ([0, 5, 11], 10, 1, False, [0, 0.5, 1.1]),
            ([0, 5, 11], 10, 1, True, [0, 0.5, 1]),
            ([-1, 1, 10], 0, -1, False, [1.1, 0.9, 0]),
            ([-1, 1, 10], 0, -1, True, [1, 0.9, 0]),
        ],
    )
    def test_distance_to_target(self, values, target, direction, cap, expected):
        scores = one(
            values,
            method="distance_to_reference",
            reference=pd.Series({"x": target}),
            direction=direction,
            cap=cap,
            high=1.0,
        )
        assert scores == pytest.approx(expected, abs=1e-15)

    def test_distance_to_a_row(self):
        values = [0.3, 0.9, 0.1, 0.5]
        scores = one(values, method="distance_to_reference", reference=0, high=1.0)
        assert scores == pytest.approx([1 - (0.3 - x) / (0.3 - 0.1) for x in values])
        capped = one(values, method="distance_to_reference", reference=0, high=1.0, cap=True)
        assert capped == pytest.approx([min(score, 1) for score in scores])

    def test_distance_to_the_maximum_is_min_max(self):
        values = [0.3, 0.9, 0.1, 0.5]
        assert one(values, high=1.0) == pytest.approx([1 - (0.9 - x) / 0.8 for x in values])

    def test_min_max_and_z_score_reach_what_is_asked(self):
        scores = one(range(1, 11), low=2.0, high=7.0)
        assert (min(scores), max(scores)) == (2, 7)
        z_scores = one(range(1, 11), method="z_score", mean=5.0, standard_deviation=2.0)
        assert np.mean(z_scores) == pytest.approx(5)
        assert np.std(z_scores, ddof=1) == pytest.approx(2)
        reversed_scores = one([3, 1, 2], direction=-1)
        assert reversed_scores == [0, 100, 50]


class TestOver:
    def test_panel(self):
        scores = normalise(PANEL, direction=DIRECTION)
        assert scores["up"].tolist() == [100, 0, 25, 50, 75, 12.5]
        assert scores["down"].tolist() == [60, 20, 40, 80, 100, 0]

    def test_year(self):
        scores = normalise(PANEL, direction=DIRECTION, over="year")
        assert scores["up"].tolist() == [100, 0, 100, 0, 50, 50]
        assert scores["down"].tolist() == [0, 50, 100, 50, 100, 0]

    def test_base_year_is_not_cut_off(self):
        scores = normalise(PANEL, direction=DIRECTION, over=2020)
        assert scores["up"].tolist() == [400, 0, 100, 200, 300, 50]
        assert scores["down"].tolist() == [150, 50, 100, 200, 250, 0]

    def test_z_scores(self):
        by_year = normalise(PANEL, method="z_score", over="year")["up"].groupby(level="year")
        assert by_year.mean().tolist() == pytest.approx([0, 0])
        assert by_year.std().tolist() == pytest.approx([1, 1])
        population = normalise(PANEL, method="z_score", over="year", ddof=0)["down"]
        assert population.groupby(level="year").std(ddof=0).tolist() == pytest.approx([1, 1])
        base = normalise(PANEL, method="z_score", over=2020)["up"]
        assert base.tolist() == pytest.approx([7, -1, 1, 3, 5, 0])

    @pytest.mark.parametrize("method", METHODS)
    def test_one_year_alone_is_the_panel(self, method):
        frame = panel(3, gaps=0.1)
        scores = normalise(frame, method=method, over="year", **options(method, frame))
        for year in range(2018, 2022):
            rows = frame.index.get_level_values("year") == year
            alone = normalise(frame[rows], method=method, **options(method, frame))
            pd.testing.assert_frame_equal(scores[rows], alone)

    @pytest.mark.parametrize("method", ["min_max", "z_score", "distance_to_reference"])
    def test_base_year_agrees_in_that_year_and_is_linear_elsewhere(self, method):
        frame = panel(5, gaps=0.1)
        scores = normalise(frame, method=method, over=2019, **options(method, frame))
        rows = frame.index.get_level_values("year") == 2019
        by_year = normalise(frame, method=method, over="year", **options(method, frame))
        pd.testing.assert_frame_equal(scores[rows], by_year[rows])
        for name in frame:
            both = pd.concat([frame[name], scores[name]], axis=1).dropna().to_numpy()
            slope, intercept = np.polyfit(both[:, 0], both[:, 1], 1)
            assert both[:, 1] == pytest.approx(slope * both[:, 0] + intercept)

    def test_goalposts_are_the_same_for_all(self):
        frame = panel(3)
        posts = options("goalposts", frame)
        first = normalise(frame, method="goalposts", **posts)
        for over in ("year", 2019):
            pd.testing.assert_frame_equal(
                first, normalise(frame, method="goalposts", over=over, **posts)
            )

    def test_rows_without_years(self):
        frame = PANEL.droplevel("year").iloc[:3].set_axis(list("ABC"))
        pd.testing.assert_frame_equal(normalise(frame), normalise(frame, over="year"))


class TestReferenceRegion:
    def test_of_the_same_year(self):
        scores = normalise(
            PANEL, method="distance_to_reference", reference="B", over="year", direction=DIRECTION
        )
        assert scores["up"].tolist() == [100, 0, 100, 0, 50, 50]
        # In 2021 B is the worst in "down": its distance has no length.
        assert scores["down"].tolist() == pytest.approx(
            [math.nan, 50, 100, math.nan, math.nan, 0], nan_ok=True
        )

    def test_of_the_base_year(self):
        scores = normalise(PANEL, method="distance_to_reference", reference="C", over=2020)
        assert scores["up"].tolist() == [800, 0, 200, 400, 600, 100]

    def test_of_one_row(self):
        scores = normalise(PANEL, method="distance_to_reference", reference=("A", 2021))
        assert scores["up"].tolist() == [200, 0, 50, 100, 150, 25]

    def test_absent_in_a_year(self):
        scores = normalise(
            PANEL.drop(index=("B", 2021)),
            method="distance_to_reference",
            reference="B",
            over="year",
        )
        assert scores.xs(2021, level="year").isna().all(axis=None)
        assert scores["up"].xs(2020, level="year").tolist() == [0, 100, 50]

    def test_target_no_better_than_the_worst(self):
        for target in (1, 0.5):
            reference = pd.Series({"x": target})
            scores = one([1, 2], method="distance_to_reference", reference=reference)
            assert scores == pytest.approx([math.nan] * 2, nan_ok=True)


class TestRanks:
    def test_ties_share_their_mean_and_higher_is_better(self):
        assert one([30, 10, 20, 20], method="rank") == [4, 1, 2.5, 2.5]
        assert one([30, 10, 20, 20], method="rank", direction=-1) == [1, 4, 2.5, 2.5]
        assert one([5, math.nan, 5], method="rank") == pytest.approx(
            [1.5, math.nan, 1.5], nan_ok=True
        )

    def test_percentile_ranks(self):
        assert one([30, 10, 20, 20], method="percentile_rank") == [100, 0, 50, 50]
        assert one([3, 1, 2], method="percentile_rank", low=1.0, high=3.0) == [3, 1, 2]
        assert math.isnan(one([3], method="percentile_rank")[0])

    @pytest.mark.parametrize("over", ["panel", "year"])
    @pytest.mark.parametrize("ties", [False, True])
    def test_as_pandas(self, over, ties):
        for seed in range(10):
            frame = panel(seed, gaps=0.2, ties=ties)
            expected = frame.rank() if over == "panel" else frame.groupby(level="year").rank()
            pd.testing.assert_frame_equal(normalise(frame, method="rank", over=over), expected)

    def test_many_rows_are_ranked_in_blocks(self):
        draw = np.random.default_rng(1)
        frame = pd.DataFrame(draw.integers(0, 500, (40000, 5)), columns=list("abcde"), dtype=float)
        directions = [1, -1, 1, -1, -1]
        scores = normalise(frame, method="rank", direction=directions)
        pd.testing.assert_frame_equal(scores, (frame * directions).rank())


class TestMissingAndConstant:
    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("over", ["panel", "year"])
    def test_missing_stays_missing_and_takes_no_part(self, method, over):
        frame = panel(8, gaps=0.3)
        scores = normalise(frame, method=method, over=over, **options(method, frame))
        assert scores.isna().sum().sum() >= frame.isna().sum().sum() > 0
        assert scores[frame.isna()].isna().all(axis=None)
        if over == "panel":
            pd.testing.assert_frame_equal(scores.isna(), frame.isna())
            for name in frame:
                alone = frame[[name]].dropna()
                given = {key: value.loc[[name]] for key, value in options(method, frame).items()}
                expected = normalise(alone, method=method, **given)[name]
                assert scores[name].dropna().tolist() == pytest.approx(expected.tolist())

    @pytest.mark.parametrize("method", ["min_max", "z_score", "distance_to_reference"])
    @pytest.mark.parametrize("value", [0.0, 0.1, -1e9])
    def test_constant_is_nan_and_not_zero(self, method, value):
        # The mean of three 0.1 is not exactly 0.1.
        given = {"reference": 0} if method == "distance_to_reference" else {}
        assert all(math.isnan(score) for score in one([value] * 3, method=method, **given))

    @pytest.mark.parametrize("method", METHODS)
    def test_all_missing_and_no_rows(self, method):
        frame = pd.DataFrame({"x": [math.nan, math.nan], "y": [1.0, 2.0]})
        scores = normalise(frame, method=method, **options(method, frame))
        assert scores["x"].isna().all()
        assert scores["y"].notna().all()
        assert normalise(frame.iloc[:0], method=method, **options(method, frame)).shape == (0, 2)

    def test_one_row(self):
        assert math.isnan(one([3.0])[0])
        assert one([3.0], method="rank") == [1]
        assert math.isnan(one([3.0], method="z_score")[0])


class TestInvariants:
    @settings(derandomize=True, deadline=None, max_examples=50, database=None)
    @given(
        seed=st.integers(0, 10**6),
        method=st.sampled_from([name for name in METHODS if name != "distance_to_reference"]),
        over=st.sampled_from(["panel", "year"]),
        scale=st.floats(0.01, 100),
    )
    def test_units_order_direction_and_columns(self, seed, method, over, scale):
        frame = panel(seed, gaps=0.1)
        given = options(method, frame)
        scores = normalise(frame, method=method, over=over, **given)
        # The unit of an indicator does not matter.
        other = {name: table * scale for name, table in given.items()}
        rescaled = normalise(frame * scale, method=method, over=over, **other)
        pd.testing.assert_frame_equal(rescaled, scores, atol=1e-9)
        # Rows and columns in another order give the same answer in that order.
        turned = frame.sample(frac=1, random_state=1)[list("zxwy")]
        again = normalise(turned, method=method, over=over, **given)
        pd.testing.assert_frame_equal(again.loc[frame.index, frame.columns], scores, atol=1e-9)
        # The negative values with direction -1 are the same indicator.
        mirrored = {
            name: pd.DataFrame({"low": -table["high"], "high": -table["low"]})
            for name, table in given.items()
        }
        negative = normalise(-frame, method=method, over=over, direction=[-1] * 4, **mirrored)
        pd.testing.assert_frame_equal(negative, scores, atol=1e-9)

    @settings(derandomize=True, deadline=None, max_examples=50, database=None)
    @given(
        seed=st.integers(0, 10**6),
        method=st.sampled_from(METHODS),
        over=st.sampled_from(["panel", "year", 2019]),
    )
    def test_larger_is_better(self, seed, method, over):
        frame = panel(seed)
        directions = [1, -1, -1, 1]
        given = options(method, frame)
        if method == "distance_to_reference":
            given = {"reference": pd.Series([99.0, -99.0, -99.0, 99.0], frame.columns)}
        if over == 2019 and "rank" in method:
            return
        scores = normalise(frame, method=method, over=over, direction=directions, **given)
        for year in range(2018, 2022):
            better = (frame * directions).xs(year, level="year")
            found = scores.xs(year, level="year")
            for name in frame:
                order = better[name].sort_values().index
                assert found.loc[order, name].is_monotonic_increasing

    @settings(derandomize=True, deadline=None, max_examples=50, database=None)
    @given(seed=st.integers(0, 10**6), low=st.floats(-50, 50), width=st.floats(0.1, 100))
    def test_bounds(self, seed, low, width):
        frame = panel(seed, gaps=0.1)
        for method in ("min_max", "percentile_rank", "goalposts"):
            scores = normalise(
                frame, method=method, low=low, high=low + width, **options(method, frame)
            )
            assert scores.min(axis=None) >= low
            assert scores.max(axis=None) <= low + width + 1e-12 * (abs(low) + width)


class TestCells:
    def draws(self) -> tuple[np.ndarray, np.ndarray]:
        draw = np.random.default_rng(2)
        cells = draw.integers(0, 9, (3, 2, 12, 4)).astype(float)
        cells[draw.random(cells.shape) < 0.1] = math.nan
        return cells, np.array([0, 1, 2, 0, 1, 2, 1, 1, 0, 2, 2, 0])

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("over", ["panel", "year", 1])
    def test_draws_are_normalised_one_by_one(self, method, over):
        if over == 1 and "rank" in method:
            return
        cells, codes = self.draws()
        direction = np.array([1.0, -1, 1, -1])
        posts = np.array([[0.0, 0, 1, 1], [8.0, 9, 7, 6]])
        reference = np.array([[8.0, 1, 9, 0]])
        before = cells.copy()
        scores = normalise_cells(
            cells,
            codes if over != "panel" else np.zeros_like(codes),
            method=method,
            direction=direction,
            base=1 if over == 1 else None,
            goalposts=posts,
            reference=reference,
        )
        np.testing.assert_array_equal(cells, before)
        rows = pd.MultiIndex.from_arrays([range(12), codes], names=["region", "year"])
        given = {
            "goalposts": {"goalposts": pd.DataFrame(posts.T, columns=["low", "high"])},
            "distance_to_reference": {"reference": pd.Series(reference[0])},
        }.get(method, {})
        for first, second in np.ndindex(3, 2):
            frame = pd.DataFrame(cells[first, second], rows)
            expected = normalise(frame, method=method, direction=direction, over=over, **given)
            np.testing.assert_allclose(scores[first, second], expected, rtol=1e-13, atol=1e-13)

    def test_reference_of_each_draw_and_group(self):
        cells, codes = self.draws()
        reference = np.full((3, 2, 3, 4), 20.0)
        reference[1, 0, 2] = 40
        given = {"method": "distance_to_reference", "direction": np.ones(4)}
        scores = normalise_cells(cells, codes, reference=reference, **given)
        same = normalise_cells(cells, codes, reference=reference[0, 0], **given)
        changed = np.zeros(scores.shape, dtype=bool)
        changed[1, 0, codes == 2] = True
        np.testing.assert_array_equal(scores[~changed], same[~changed])
        assert not np.array_equal(scores[changed], same[changed], equal_nan=True)


class TestRefusals:
    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"method": "minmax"}, r'^method: \'minmax\' is not allowed; expected "min_max", "z_'),
            (
                {"direction": [1, 0]},
                r"^direction: 0.0 at 'down' is not allowed; expected 1 .higher is better. or -1",
            ),
            ({"direction": [1]}, r"^direction: holds 1 values where data holds 2"),
            ({"direction": pd.Series({"up": 1})}, r"^direction: label 'down' of data is missing"),
            ({"over": "years"}, r'^over: \'years\' is not allowed; expected "panel", "year" or a'),
            ({"over": 2019}, r"^over: 2019 is no year of data; there are 2020, 2021$"),
            ({"over": True}, r"^over: True is not allowed"),
            ({"over": 2020, "method": "rank"}, r"^over: 2020 is not allowed with ranks"),
            ({"low": 5.0, "high": 5.0}, r"^low, high: 5.0, 5.0 is not allowed; expected low below"),
            ({"high": math.nan}, r"^low, high: 0.0, nan is not allowed"),
            ({"method": "z_score", "low": 1.0}, r'^low, high: not for method "z_score"'),
            ({"mean": 5.0}, r'^mean, standard_deviation, ddof: only for method "z_score", not for'),
            ({"method": "z_score", "standard_deviation": 0.0}, r"^standard_deviation: 0.0 is not"),
            ({"method": "z_score", "mean": math.inf}, r"^mean: inf is not allowed"),
            ({"method": "z_score", "ddof": 2}, r"^ddof: 2 is not allowed; expected 0 or 1"),
            ({"reference": "A"}, r'^reference: only for method "distance_to_reference", not for "'),
            ({"cap": True}, r'^cap: only for method "distance_to_reference"'),
            ({"goalposts": PANEL}, r'^goalposts: only for method "goalposts"'),
            ({"method": "goalposts"}, r'^goalposts: is missing; method "goalposts" needs it'),
            ({"method": "distance_to_reference"}, r"^reference: is missing"),
        ],
    )
    def test_options(self, given, message):
        with pytest.raises(ValueError, match=message):
            normalise(PANEL, **given)

    @pytest.mark.parametrize(
        ("reference", "message"),
        [
            ("Z", r"^reference: 'Z' is no row of data"),
            (("A", 2030), r"^reference: \('A', 2030\) is no row of data"),
            ("A", r"^reference: 'A' has rows in several years"),
            (pd.Series({"up": 1.0}), r"^reference: label 'down' of data is missing"),
        ],
    )
    def test_references(self, reference, message):
        with pytest.raises(ValueError, match=message):
            normalise(PANEL, method="distance_to_reference", reference=reference)

    def test_goalposts(self):
        posts = pd.DataFrame({"low": [1.0, 2.5], "high": [2.0, 2.0]}, index=["up", "down"])
        with pytest.raises(ValueError, match=r"^goalposts: 2.5, 2.0 at 'down' is not allowed"):
            normalise(PANEL, method="goalposts", goalposts=posts)
        with pytest.raises(ValueError, match=r'^goalposts: has no column "high"'):
            normalise(PANEL, method="goalposts", goalposts=posts[["low"]])
        with pytest.raises(ValueError, match=r"^goalposts: label 'down' of data is missing"):
            normalise(PANEL, method="goalposts", goalposts=posts.iloc[:1])

    def test_data(self):
        with pytest.raises(ValueError, match=r"^data: Series is not allowed; expected a DataFrame"):
            normalise(PANEL["up"])
        with pytest.raises(ValueError, match=r"^data: inf at row 0, column 'x' is not allowed"):
            one([math.inf, 1])
        with pytest.raises(ValueError, match=r"^data: 'a' at row 0, column 'x' is not allowed"):
            one(["a", 1])
        with pytest.raises(ValueError, match=r"^over: 2020 needs rows by year"):
            normalise(PANEL.droplevel("year").iloc[[0, 1]], over=2020)
        odd = PANEL.reset_index().astype({"year": float}).replace({"year": {2020.0: math.nan}})
        with pytest.raises(ValueError, match=r'^data: the index level "year" has a missing year'):
            normalise(odd.set_index(["region_code", "year"]), over="year")
