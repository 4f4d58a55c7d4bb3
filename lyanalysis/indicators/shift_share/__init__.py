"""Why a region grew otherwise than the reference: its industries, or its own performance.

Rows are regions, or (region, year) labels of which every one has its own base and end level;
columns are the industries. Levels are employment, or output at constant prices: at current prices
the effects hold the price changes of the industries. All effects are in the unit of the levels.
Nothing of an industry is nothing, whatever the rate it is multiplied with; apart from that a
missing level is missing in all that needs it, and a reference with a missing industry has no total.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    BoolArray,
    FloatArray,
    aligned,
    divide,
    read,
    read_levels,
    read_parts,
)
from lyanalysis.indicators.shift_share._components import DUNN, Levels, dunn, read_case
from lyanalysis.indicators.shift_share._dynamic import (
    shift_share_dynamic,
    shift_share_dynamic_totals,
)
from lyanalysis.indicators.shift_share._extended import (
    ARCELUS,
    ESTEBAN_MARQUILLAS,
    allocation_sign,
    shift_share_arcelus,
    shift_share_esteban_marquillas,
)

__all__ = [
    "allocation_sign",
    "shift_share",
    "shift_share_account",
    "shift_share_arcelus",
    "shift_share_dynamic",
    "shift_share_dynamic_totals",
    "shift_share_esteban_marquillas",
    "shift_share_totals",
]


def shift_share(
    start: Levels,
    end: Levels,
    *,
    reference_start: Levels | None = None,
    reference_end: Levels | None = None,
) -> pd.DataFrame:
    r"""Shift-share analysis by Dunn (偏离份额分析).

    Splits the change of every industry of a region into growth of the nation, the mix of fast and
    slow industries, and the region's own performance.

    把地区各行业的变化分解为参照地区总体增长、产业结构和竞争力三个分量。单位与输入相同，可正可负，
    0为无此影响，无上下限；三项之和等于实际变化。

    Parameters
    ----------
    start, end : 1-D sequence (one region) or DataFrame of rows by industries
        Levels of the base and the end year in one unit, 0 or more. Rows are regions, or labels
        with a level "year".
    reference_start, reference_end : 1-D sequence or DataFrame, optional, keyword-only
        Levels of the reference: one row for all regions, one for each row or, where the rows have
        a level "year", one for each year. Without them the sum of all rows, of the same year where
        the rows have years. One region needs them.

    Returns
    -------
    DataFrame
        Same rows (one region: a single row 0); columns (component, part) in the unit of the
        levels, unbounded, 0 for no effect: change; national (as if all had grown as the reference
        did), industry_mix (above 0: the industry grew faster than the whole reference),
        competitive (above 0: it grew faster here than in the reference).

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level, labels that differ, one reference without the
        other, none for one region, or a year that the reference lacks.

    Notes
    -----
    With levels e of the region and E of the reference, growth G of the reference and G_i of its
    industry i:

    .. math::
        N_i = e_{i0} G, \qquad M_i = e_{i0} (G_i - G), \qquad
        C_i = e_{i1} - e_{i0} (1 + G_i)

    The three add up to the change. Base-year weights: over long periods see
    :func:`shift_share_dynamic`. An industry without a base in the region has N = M = 0 and its
    whole change is competitive, whatever the reference. An industry that the region has and the
    reference lacks in the base year has no G_i: M and C are NaN, because the region cannot be a
    part of that reference. A missing level of the region is missing in change and C, and in N and M
    too if it is the base; a missing industry of the reference is missing in C of the industry and
    in N and M of all, because G needs every industry. Where the reference is the sum of the rows,
    one missing cell is therefore felt by all rows of its year. Own code: no maintained Python
    package does this for many regions and years with labels.

    References
    ----------
    Dunn, E. S. (1960). A statistical and analytical technique for regional analysis. Papers of the
    Regional Science Association 6, 97-112.

    Examples
    --------
    The data of Krumme (University of Washington), who prints 290, -80 and 420:

    >>> parts = shift_share(
    ...     [500, 100, 200, 200], [1000, 100, 250, 280],
    ...     reference_start=[10, 20, 40, 30], reference_end=[11, 24, 52, 42],
    ... )
    >>> effects = shift_share_totals(parts).iloc[0]
    >>> [f"{effects[name]:.0f}" for name in ("national", "industry_mix", "competitive")]
    ['290', '-80', '420']
    """
    return dunn(read_case(start, end, reference_start, reference_end))


def shift_share_totals(components: pd.DataFrame) -> pd.DataFrame:
    r"""Totals of a shift-share analysis (偏离份额分量合计).

    Sums the components over the industries, with the total shift and the residual of the identity.

    把各行业的分量加总到地区，并给出总偏离（结构分量加竞争力分量）和恒等式残差。单位与输入相同，
    可正可负，0为无此影响，无上下限；残差只含计算机舍入误差，应接近0。

    Parameters
    ----------
    components : DataFrame
        What :func:`shift_share`, :func:`shift_share_esteban_marquillas`,
        :func:`shift_share_arcelus` or :func:`shift_share_dynamic` returned; industries may be left
        out, components not.

    Returns
    -------
    DataFrame
        Same rows; one column a component, total_shift after Dunn (above 0: more growth than the
        reference), and residual, all in the unit of the levels, unbounded.

    Raises
    ------
    ValueError
        Columns that are not the components of one decomposition, or infinite values.

    Notes
    -----
    .. math:: S = \sum_i M_i + \sum_i C_i, \qquad r = \sum_i \Delta e_i - \sum_k \sum_i X_{ki}

    Identity: the residual r of change and all components X is within 1e-12 of the sum of their
    absolute values. NaN where a summand is.

    Examples
    --------
    >>> parts = shift_share(
    ...     [90, 20, 10, 60], [100, 40, 10, 55],
    ...     reference_start=[400, 150, 150, 400], reference_end=[440, 210, 135, 480],
    ... )
    >>> effects = shift_share_totals(parts).iloc[0]
    >>> print(f"{effects['national']:.1f} {effects['total_shift']:.1f}")
    27.0 -2.0
    """
    table = read("components", components)
    names = _names(table.parts)
    found = table.parts.get_level_values("component")
    sums = {name: np.sum(table.cells[:, _side_by_side(found == name)], axis=1) for name in names}
    explained: FloatArray = np.sum([sums[name] for name in names if name != "change"], axis=0)
    if set(names) == set(DUNN):
        sums["total_shift"] = sums["industry_mix"] + sums["competitive"]
    return pd.DataFrame({**sums, "residual": sums["change"] - explained}, index=table.rows)


def shift_share_account(components: pd.DataFrame, *, end: Levels) -> pd.DataFrame:
    r"""Shift-share account (偏离份额核算表).

    The components of every industry and of the region, in points of the region's growth.

    各行业和合计的偏离份额分量，除以地区基期总量，折成对增长的百分点，可正可负，0为无此影响，无上下限；
    合计行的各分量相加等于地区增速。

    Parameters
    ----------
    components : DataFrame
        What :func:`shift_share` or another decomposition returned.
    end : 1-D sequence (one region) or DataFrame, keyword-only
        Levels of the end year, as they were given to the decomposition.

    Returns
    -------
    DataFrame
        Index: the row labels and "part", the industries and then "total". One column a component
        and residual (change less the other components), all in percentage points of growth,
        unbounded, 0 for no effect. A missing level makes all of its row NaN, for the base is not
        known; so does a base of 0.

    Raises
    ------
    ValueError
        Columns that are not the components of one decomposition, infinite or negative values, or
        labels that differ.

    Notes
    -----
    .. math:: x_{ki} = 100 \frac{X_{ki}}{\sum_j e_{j0}}, \qquad x_k = \sum_i x_{ki}

    The base is the end less the change. Identity: the residual is within 1e-12 of the sum of the
    absolute values of the components. The change of an industry in these points is its pull on
    growth, :func:`~lyanalysis.indicators.growth.pull`; that of the total is growth of the region.
    The components of the total are those of :func:`shift_share_totals`.

    Examples
    --------
    >>> start, end = [90, 20, 10, 60], [100, 40, 10, 55]
    >>> parts = shift_share(
    ...     start, end, reference_start=[400, 150, 150, 400], reference_end=[440, 210, 135, 480]
    ... )
    >>> row = shift_share_account(parts, end=end).loc[(0, "total")]
    >>> print(f"{row['change']:.2f} {row['national']:.2f} {row['competitive']:.2f}")
    13.89 15.00 -1.67
    """
    table = read("components", components)
    names = _names(table.parts)
    component, part = (table.parts.get_level_values(level) for level in ("component", "part"))
    parts = part[component == "change"]
    last = read_parts(read_levels("end", end))
    if last.dimensions < 2 and len(table.rows) > 1:
        raise ValueError("end: one row, but components has several; give the levels of all rows")
    last = aligned(table._replace(parts=parts, dimensions=last.dimensions), last)[1]
    sides = {
        name: table.cells[
            :, np.flatnonzero(component == name)[part[component == name].get_indexer(parts)]
        ]
        for name in names
    }
    whole = (last.cells - sides["change"]).sum(axis=1, keepdims=True)
    columns = {}
    for name, cells in sides.items():
        points = divide(100 * cells, whole)
        # NaN in a part leaves no total.
        columns[name] = np.column_stack([points, points.sum(axis=1)]).ravel()
    rows = np.repeat(np.arange(len(table.rows)), len(parts) + 1)
    labels = [table.rows.get_level_values(level).take(rows) for level in range(table.rows.nlevels)]
    index = pd.MultiIndex.from_arrays(
        [*labels, np.tile([*parts, "total"], len(table.rows))], names=[*table.rows.names, "part"]
    )
    explained = np.sum([columns[name] for name in names if name != "change"], axis=0)
    return pd.DataFrame({**columns, "residual": columns["change"] - explained}, index=index)


def _side_by_side(marked: BoolArray) -> slice | BoolArray:
    """Return a slice where the marked columns stand together, which spares a copy."""
    first, number = int(np.argmax(marked)), int(np.sum(marked))
    together = slice(first, first + number)
    return together if marked[together].all() else marked


def _names(columns: pd.Index[Any]) -> tuple[str, ...]:
    """Return the components of the decomposition that the columns are of; refuse other columns."""
    if list(columns.names) == ["component", "part"]:
        counts = columns.get_level_values("component").value_counts()
        for names in (DUNN, ESTEBAN_MARQUILLAS, ARCELUS):
            if set(counts.index) == set(names) and len(set(counts)) == 1:
                return names
    raise ValueError(
        "components: the columns are not (component, part) of one decomposition; expected what "
        "shift_share, shift_share_esteban_marquillas, shift_share_arcelus or shift_share_dynamic "
        "returned"
    )
