"""Blocks of rows and of columns: joined without a seam, checked without a gap."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lyanalysis.indicators import _blocks, growth, specialisation, structure
from lyanalysis.indicators._blocks import by_rows, memory_blocks
from lyanalysis.indicators._frames import LEVELS, NUMBERS, by_cells, unchecked

PARTS = 3
ORDERS = ("C", "F")


@pytest.fixture(autouse=True)
def _blocks_of_four_rows(monkeypatch):
    monkeypatch.setattr(_blocks, "BLOCK", 4 * PARTS)


def numbers(rows: int, order: str) -> pd.DataFrame:
    cells = np.random.default_rng(20250101).uniform(1, 9, (rows, PARTS))
    names = [f"p{part}" for part in range(PARTS)]
    labels = [f"r{row}" for row in range(rows)]
    frame = pd.DataFrame(np.array(cells, order=order), labels, names, copy=False)
    assert rows < 2 or frame.to_numpy().flags[f"{order}_CONTIGUOUS"]
    return frame


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("rows", [0, 1, 3, 4, 5, 8, 9, 41])
class TestAnyNumberOfRows:
    def test_rows_are_joined(self, rows, order):
        frame = numbers(rows, order)
        sums = by_rows(lambda cells: np.sum(cells, axis=1), (unchecked("levels", frame), LEVELS))
        assert sums.tolist() == pytest.approx(frame.sum(axis=1).tolist())

    @pytest.mark.parametrize("copied", ORDERS)
    def test_matrices_are_joined_whichever_way_they_are_copied(self, rows, order, copied):
        frame = numbers(rows, order)
        table = unchecked("levels", frame)
        doubled = by_rows(lambda cells: 2 * cells, (table, LEVELS), order=copied)
        assert np.array_equal(doubled, 2 * frame.to_numpy())

    def test_cells_are_computed(self, rows, order):
        frame = numbers(rows, order)
        beside = np.arange(1.0, rows + 1)[:, np.newaxis]
        product = by_cells(
            lambda cells, other, *, out: np.multiply(cells, other, out=out),
            (unchecked("levels", frame), LEVELS),
            beside=(beside,),
        )
        assert np.array_equal(product, frame.to_numpy() * beside)
        assert product.index.equals(frame.index)
        assert product.columns.equals(frame.columns)

    def test_every_cell_is_in_one_block_of_the_size_allowed(self, rows, order):
        seen = np.zeros((rows, PARTS), order=order)
        for place in memory_blocks(seen):
            assert seen[place].size <= _blocks.BLOCK
            seen[place] += 1
        assert (seen == 1).all()


def test_a_block_holds_one_row_at_least(monkeypatch):
    monkeypatch.setattr(_blocks, "BLOCK", 1)
    frame = numbers(5, "C")
    sums = by_rows(lambda cells: np.sum(cells, axis=1), (unchecked("levels", frame), LEVELS))
    assert sums.tolist() == pytest.approx(frame.sum(axis=1).tolist())


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("row", [0, 3, 4, 8])
class TestOneCell:
    """The ends of blocks of four rows, and the only row of the last."""

    @pytest.mark.parametrize(
        ("value", "expected"), [(np.inf, "finite number"), (-1.0, "0 or more")]
    )
    @pytest.mark.parametrize("call", [structure.nav, structure.moore, growth.growth_rate])
    def test_is_refused_by_its_name(self, call, value, expected, row, order):
        right, wrong = numbers(9, order), numbers(9, order)
        wrong.iloc[row, PARTS - 1] = value
        said = rf"{value} at row 'r{row}', column 'p2' is not allowed; expected a .*{expected}"
        with pytest.raises(ValueError, match=said):
            call(wrong, right)
        with pytest.raises(ValueError, match=said):
            call(right, wrong)

    def test_is_refused_after_gaps_in_every_block(self, row, order):
        levels = numbers(9, order)
        levels.iloc[:, 0] = np.nan
        levels.iloc[row, 1] = np.inf
        with pytest.raises(ValueError, match=rf"^levels: inf at row 'r{row}', column 'p1'"):
            specialisation.herfindahl(levels)

    def test_that_is_missing_leaves_the_other_rows_as_they_are(self, row, order):
        start, end = numbers(9, order), numbers(9, order) ** 2
        whole = structure.nav(start, end)
        start.iloc[row, 1] = np.nan
        gap = structure.nav(start, end)
        assert gap.isna().tolist() == [place == row for place in range(9)]
        assert gap.drop(f"r{row}").equals(whole.drop(f"r{row}"))


@pytest.mark.parametrize("order", ORDERS)
def test_numbers_whose_squares_are_infinite_are_allowed(order):
    pulls = numbers(9, order) * 1e200
    assert np.isfinite(growth.contribution(pulls, 5.0).to_numpy()).all()
    pulls.iloc[8, 2] = -np.inf
    with pytest.raises(ValueError, match=r"^pull: -inf at row 'r8', column 'p2'"):
        growth.contribution(pulls, 5.0)


def test_the_first_argument_is_refused_before_the_second():
    start, end = numbers(9, "F"), numbers(9, "F")
    end.iloc[0, 0], start.iloc[8, 2] = np.inf, np.inf
    with pytest.raises(ValueError, match=r"^start: inf at row 'r8', column 'p2'"):
        structure.nav(start, end)


@pytest.mark.parametrize("order", ORDERS)
def test_formulas_overwrite_copies_alone(order):
    frame = numbers(9, order)
    before = frame.copy()

    def cleared(cells):
        cells[...] = 0.0
        return cells[:, 0]

    by_rows(cleared, (unchecked("levels", frame), NUMBERS))
    assert frame.equals(before)


@pytest.mark.parametrize("scale", [1e-300, 1e-200, 1.0, 1e200, 1e300])
@pytest.mark.parametrize("call", [structure.nav, structure.structural_change_k])
def test_shares_of_very_large_and_very_small_levels(call, scale):
    start, end = numbers(9, "F"), numbers(9, "F") ** 2
    found = call(start * scale, end)
    assert found.tolist() == pytest.approx(call(start, end).tolist(), rel=1e-12)


def test_shares_that_are_equal_differ_by_nothing():
    start = numbers(9, "F").round()
    assert structure.nav(start, 7 * start).tolist() == [0.0] * 9
