"""Formulas by blocks of rows: a block and what is computed from it stay in the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias

import numpy as np

from lyanalysis.indicators._frames import FloatArray, Rule, Table, allowed, check

# Cells of one block, half a megabyte; larger blocks leave the cache, smaller ones cost calls.
BLOCK = 2**16

Checked: TypeAlias = tuple[Table, Rule]
"""Numbers as :func:`~lyanalysis.indicators._frames.unchecked` read them, and what they must be."""


def _blocks(length: int, width: int) -> Iterator[slice]:
    size = max(1, BLOCK // max(1, width))
    if length > size:
        # Memory as large as this, once given back, teaches the allocator to keep what blocks give
        # back; otherwise the system clears fresh pages for every temporary, at twice the time.
        np.empty(4 * BLOCK)
    for start in range(0, max(1, length), size):
        yield slice(start, start + size)


def by_blocks(formula: Callable[..., FloatArray], *arrays: FloatArray) -> FloatArray:
    """Apply a formula that looks at one row at a time to blocks of rows, and join the answers.

    Parameters
    ----------
    formula : callable
        Takes as many arrays as are given and returns one array with a row for each of theirs.
    *arrays : array of float, rows x parts
        The first says how many rows there are; an array of one row serves every block.

    Returns
    -------
    array of float
        What the formula would return for all rows at once; its temporaries are never larger than
        a block.
    """
    rows, parts = arrays[0].shape
    return _joined(
        rows,
        (
            (block, formula(*(cells[block] if len(cells) == rows else cells for cells in arrays)))
            for block in _blocks(rows, parts)
        ),
    )


def by_rows(
    formula: Callable[..., FloatArray],
    *arguments: Checked,
    order: Literal["C", "F"] = "F",
) -> FloatArray:
    """Check arguments of one shape and apply a formula to each row, while a block is at hand.

    Every block is copied first, side by side in memory: operations on parts of a frame, whose
    columns lie far apart, take several times as long.

    Parameters
    ----------
    formula : callable
        Takes the cells of the arguments, rows x parts, which it may overwrite, and returns one
        array with a row for each of theirs.
    *arguments : pairs of Table and Rule
        Tables of one shape, with labels matched.
    order : {"C", "F"}, keyword-only
        Whether the copies hold row after row, as for sorting, or column after column.

    Returns
    -------
    array of float
        What the formula would return for all rows at once.
    """
    rows, parts = arguments[0][0].cells.shape
    room = np.empty((len(arguments), min(rows * parts, max(BLOCK, parts))))

    def answer(block: slice) -> FloatArray:
        copies = [
            _copied(table.cells[block], place, order)
            for (table, _), place in zip(arguments, room, strict=True)
        ]
        _refuse_wrong(arguments, copies)
        return formula(*copies)

    return _joined(rows, ((block, answer(block)) for block in _blocks(rows, parts)))


def _copied(cells: FloatArray, room: FloatArray, order: Literal["C", "F"]) -> FloatArray:
    copy = room[: cells.size].reshape(cells.shape, order=order)
    copy[...] = cells
    return copy


def _joined(rows: int, answers: Iterator[tuple[slice, FloatArray]]) -> FloatArray:
    block, answer = next(answers)
    result = np.empty((rows, *answer.shape[1:]), order="F")
    result[block] = answer
    for block, answer in answers:
        result[block] = answer
    return result


def memory_blocks(cells: FloatArray) -> Iterator[tuple[slice, slice]]:
    """Cut a matrix into blocks of rows or of columns, as its numbers lie side by side."""
    by_row = cells.flags.c_contiguous
    lines, length = cells.shape if by_row else cells.shape[::-1]
    # One line alone may be longer than a block.
    step = -(-length // max(1, -(-length // BLOCK)))
    for block in _blocks(lines, length):
        for start in range(0, max(1, length), max(1, step)):
            part = slice(start, start + step)
            yield (block, part) if by_row else (part, block)


def _refuse_wrong(arguments: Sequence[Checked], blocks: Sequence[FloatArray]) -> None:
    """Refuse the first wrong number of the arguments, whichever block it was found in."""
    for (_, rule), cells in zip(arguments, blocks, strict=True):
        if not (rule.usual(cells) or allowed(cells, rule)):
            for table, own in arguments:
                check(table, own)
