"""What every shift-share decomposition stands on: levels of two years beside a reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._blocks import BLOCK
from lyanalysis.indicators._frames import (
    BoolArray,
    FloatArray,
    Row,
    Table,
    aligned,
    divide,
    read_levels,
    read_pair,
    read_parts,
)
from lyanalysis.indicators._panel import YEAR, sums_by_year, year_groups

DUNN = ("change", "national", "industry_mix", "competitive")

Levels: TypeAlias = "Row | pd.DataFrame"
Formula: TypeAlias = Callable[..., None]


class Case(NamedTuple):
    """Levels of two years and the growth of the reference, ready for any decomposition.

    Attributes
    ----------
    labels : Table
        Rows and parts of the result.
    start, end : array of float, rows x parts
    rate : array of float, references x parts
        Growth of the part in the reference, a fraction; NaN where its base is zero.
    total_rate : array of float, references x 1
        Growth of the whole reference.
    share : array of float, references x parts
        Share of the part in the base of the reference, 0 to 1.
    codes : array of int, one a row, optional
        Position of the row's reference; without it one reference serves all rows, or each row has
        its own.
    """

    labels: Table
    start: FloatArray
    end: FloatArray
    rate: FloatArray
    total_rate: FloatArray
    share: FloatArray
    codes: npt.NDArray[np.intp] | None


def read_case(
    start: Levels,
    end: Levels,
    reference_start: Levels | None,
    reference_end: Levels | None,
) -> Case:
    """Read the arguments of a decomposition between two years."""
    first, last = read_pair(start, end)
    if reference_start is None or reference_end is None:
        if reference_start is not reference_end:
            raise ValueError("reference_start, reference_end: give both references or neither")
        if first.dimensions < 2:
            raise ValueError(
                "reference_start, reference_end: are missing; expected both, because one region "
                "has no other regions to be compared with"
            )
        years = year_groups(first.name, first.rows)
        base, final = (sums_by_year(side.cells, years) for side in (first, last))
        return against(first, first.cells, last.cells, base, final, years.codes)
    base_table, final_table = aligned(
        read_parts(read_levels("reference_start", reference_start)),
        read_parts(read_levels("reference_end", reference_end)),
    )
    if first.dimensions < 2:
        first, last, base_table, final_table = aligned(first, last, base_table, final_table)
        # The name of a Series may be that of a year: no name of the one region.
        first = first._replace(rows=pd.RangeIndex(1))
        return against(first, first.cells, last.cells, base_table.cells, final_table.cells)
    years = year_groups(first.name, first.rows)
    base_table, final_table = (
        matched(side, first, years.labels) for side in (base_table, final_table)
    )
    codes = years.codes if is_by_year(base_table, first) else None
    return against(first, first.cells, last.cells, base_table.cells, final_table.cells, codes)


def is_by_year(reference: Table, levels: Table) -> bool:
    """Say whether a reference has one row a year where the levels have several."""
    return (
        reference.dimensions == 2
        and reference.rows.nlevels == 1
        and levels.rows.nlevels > 1
        and YEAR in levels.rows.names
    )


def matched(reference: Table, levels: Table, years: pd.Index[Any]) -> Table:
    """Bring a reference to the parts of `levels` and to its rows, or to one row a year."""
    if reference.dimensions < 2:
        return aligned(levels._replace(dimensions=1), reference)[1]
    if not is_by_year(reference, levels):
        return aligned(levels, reference)[1]
    reference = aligned(levels._replace(rows=reference.rows), reference)[1]
    position = reference.rows.get_indexer(years)
    if (position < 0).any():
        year = years[position < 0].tolist()[0]
        raise ValueError(
            f"{reference.name}: year {year!r} of {levels.name} is missing; add it as NaN"
        )
    return reference._replace(cells=reference.cells[position], rows=years)


def against(
    labels: Table,
    start: FloatArray,
    end: FloatArray,
    base: FloatArray,
    final: FloatArray,
    codes: npt.NDArray[np.intp] | None = None,
) -> Case:
    """Set levels against the growth of a reference.

    `base` and `final` have one row for all, one for each row of the levels or, with `codes`, one
    for each code.
    """
    base_total, final_total = (np.sum(side, axis=1, keepdims=True) for side in (base, final))
    return Case(
        labels,
        start,
        end,
        rate=divide(final - base, base),
        total_rate=divide(final_total - base_total, base_total),
        share=divide(base, base_total),
        codes=codes if len(base) > 1 else None,
    )


def blocks(case: Case, sides: tuple[str, ...]) -> Iterator[tuple[slice, tuple[FloatArray, ...]]]:
    """Cut start, end and these sides of the reference into blocks of rows.

    So what is computed stays in the cache.
    """
    rows, parts = case.start.shape
    size = max(1, BLOCK // parts)
    for first in range(0, rows, size):
        block = slice(first, first + size)
        reference = (_of_rows(getattr(case, side), block, case) for side in sides)
        yield block, (case.start[block], case.end[block], *reference)


def _of_rows(side: FloatArray, block: slice, case: Case) -> FloatArray:
    if case.codes is not None:
        codes = case.codes[block]
        return side[codes] if _by_row(case) else side.T[:, codes].T
    return side[block] if len(side) > 1 else side


def _by_row(case: Case) -> bool:
    """Say how the levels lie in memory; most frames keep theirs column by column."""
    return case.start.flags.c_contiguous


def decompose(
    case: Case,
    formula: Formula,
    components: tuple[str, ...],
    sides: tuple[str, ...] = ("rate", "total_rate", "share"),
) -> pd.DataFrame:
    """Let a formula write its components block by block, and label them by component and part.

    The formula takes an array of rows x components x parts to write into, the levels of both years
    and these sides of the reference.
    """
    rows, parts = case.start.shape
    if _by_row(case):
        values = np.empty((rows, len(components), parts))
    else:
        values = np.moveaxis(np.empty((len(components), parts, rows)), 2, 0)
    for block, arrays in blocks(case, sides):
        formula(values[block], *arrays)
    columns = pd.MultiIndex.from_product(
        [components, case.labels.parts], names=["component", "part"]
    )
    return pd.DataFrame(
        values.reshape(rows, len(columns)), index=case.labels.rows, columns=columns, copy=False
    )


def zeros(weight: FloatArray) -> BoolArray | None:
    """Mark where there is nothing; None where there is something everywhere."""
    return None if np.count_nonzero(weight) == weight.size else weight == 0


def times(
    weight: FloatArray, rate: FloatArray, nothing: BoolArray | None, into: FloatArray
) -> None:
    """Write a product; nothing times a rate is nothing, also where there is no rate."""
    np.multiply(weight, rate, out=into)
    if nothing is not None:
        np.copyto(into, 0.0, where=nothing)


def dunn(case: Case) -> pd.DataFrame:
    """Decompose after Dunn."""
    return decompose(case, _dunn, DUNN, ("rate", "total_rate"))


def _dunn(
    into: FloatArray, start: FloatArray, end: FloatArray, rate: FloatArray, total_rate: FloatArray
) -> None:
    write_common(into, start, end, rate, total_rate, zeros(start))


def write_common(
    into: FloatArray,
    start: FloatArray,
    end: FloatArray,
    rate: FloatArray,
    total_rate: FloatArray,
    nothing: BoolArray | None,
) -> None:
    """Write change, national growth, industry mix and the competitive effect."""
    change, competitive = into[:, 0], into[:, 3]
    np.subtract(end, start, out=change)
    times(start, total_rate, nothing, into[:, 1])
    times(start, rate - total_rate, nothing, into[:, 2])
    # The change less what the reference explains, and not the end less a grown base: the
    # components then add up even where a change is small beside its level.
    times(start, rate, nothing, competitive)
    np.subtract(change, competitive, out=competitive)
