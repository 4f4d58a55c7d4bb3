"""Shift-share year by year: decompositions between adjacent years, and their sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import FloatArray, Table, flags, read, read_levels, read_parts
from lyanalysis.indicators._panel import YEAR, sums_by_year, year_groups
from lyanalysis.indicators.shift_share._components import (
    Case,
    Levels,
    against,
    dunn,
    is_by_year,
    matched,
)
from lyanalysis.indicators.shift_share._extended import arcelus, esteban_marquillas

METHODS: dict[str, Callable[[Case], pd.DataFrame]] = {
    "dunn": dunn,
    "esteban_marquillas": esteban_marquillas,
    "arcelus": arcelus,
}


class Panel(NamedTuple):
    """Where the years of every region stand.

    Attributes
    ----------
    regions : pandas.Index
        Labels without the year, in order of appearance.
    region : array of int, one a row
        Position of the row's region in `regions`.
    year : array of int, one a row
    order : array of int
        Rows sorted by region and, within it, by year.
    """

    regions: pd.Index[Any]
    region: npt.NDArray[np.intp]
    year: npt.NDArray[np.int64]
    order: npt.NDArray[np.intp]


def read_panel(table: Table) -> Panel:
    """Tell regions and years of the rows apart; refuse rows without years as whole numbers."""
    rows = table.rows
    if YEAR not in rows.names or table.dimensions < 2:
        raise ValueError(
            f'{table.name}: has no years; expected a DataFrame whose rows have a level "{YEAR}"'
        )
    years = rows.get_level_values(YEAR)
    if not pd.api.types.is_integer_dtype(years.dtype):
        raise ValueError(f'{table.name}: level "{YEAR}" must hold years as whole numbers')
    year = years.to_numpy(dtype=np.int64)
    regions: pd.Index[Any] = pd.RangeIndex(1)
    region = np.zeros(len(rows), dtype=np.intp)
    if isinstance(rows, pd.MultiIndex) and rows.nlevels > 1:
        labels = rows.droplevel(YEAR)
        region, regions = pd.factorize(labels)[0], labels.unique()
    return Panel(regions, region, year, np.lexsort((year, region)))


def previous_rows(panel: Panel) -> npt.NDArray[np.intp]:
    """Return for each row that of the same region one year earlier, -1 where there is none."""
    previous = np.full(len(panel.order), -1, dtype=np.intp)
    before, after = panel.order[:-1], panel.order[1:]
    adjacent = (panel.region[before] == panel.region[after]) & (
        panel.year[before] + 1 == panel.year[after]
    )
    previous[after[adjacent]] = before[adjacent]
    return previous


def shift_share_dynamic(
    levels: pd.DataFrame,
    *,
    reference: pd.DataFrame | None = None,
    method: Literal["dunn", "esteban_marquillas", "arcelus"] = "dunn",
) -> pd.DataFrame:
    r"""Dynamic shift-share analysis (动态偏离份额分析).

    Decomposes the change of every year on its own, so that structure and growth of the reference
    are those of the year and not those of a distant base year.

    逐年进行偏离份额分析，每年都以上一年为基期，避免长时段只用期初结构。每行为当年比上年的变化，
    单位与输入相同，可正可负，0为无此影响，无上下限；首年和上年缺失的年份为空值。

    Parameters
    ----------
    levels : DataFrame of rows by industries
        Rows have a level "year" of whole numbers beside those of the region, in any order; levels
        in one unit and at constant prices, 0 or more.
    reference : DataFrame, optional, keyword-only
        Levels of the reference, one row a year or one for each row of `levels`. Without it the sum
        of the regions that have both the year and the year before, so that both sums are of the
        same regions.
    method : {"dunn", "esteban_marquillas", "arcelus"}, keyword-only
        The decomposition: :func:`shift_share`, :func:`shift_share_esteban_marquillas` or
        :func:`shift_share_arcelus`.

    Returns
    -------
    DataFrame
        Same rows in the same order, each with the change to this year from the year before;
        columns (component, part) of the method in the unit of the levels, unbounded, 0 for no
        effect. A row whose region has no row for the year before, as in its first year, is NaN.

    Raises
    ------
    ValueError
        As :func:`shift_share`; rows without years, a reference without one of the years, or
        another method.

    Notes
    -----
    .. math:: X_{i}(t-1, t) \quad \text{for every pair of adjacent years}

    A change is never taken over a missing year. Missing levels as in the method: where the
    reference is the sum of the regions, a level that is there but missing is felt by all of them in
    its year and the next, a row that is not there by none. Sum the years with
    :func:`shift_share_dynamic_totals`. Own code: no maintained Python package does this for
    many regions with labels.

    References
    ----------
    Barff, R. A., Knight, P. L. (1988). Dynamic shift-share analysis. Growth and Change 19(2), 1-10.

    Examples
    --------
    Region A of Farhauer and Kröll (2013) with a third year:

    >>> years = pd.Index([2000, 2001, 2002], name="year")
    >>> region = pd.DataFrame([[90, 20, 10, 60], [100, 40, 10, 55], [105, 45, 15, 60]], years)
    >>> nation = pd.DataFrame(
    ...     [[400, 150, 150, 400], [440, 210, 135, 480], [460, 230, 155, 500]], years
    ... )
    >>> parts = shift_share_dynamic(region, reference=nation)
    >>> for year, competitive in parts["competitive"].sum(axis=1, skipna=False).items():
    ...     print(year, f"{competitive:.4f}")
    2000 nan
    2001 -3.0000
    2002 7.8719
    """
    if method not in METHODS:
        raise ValueError(
            f'method: {method!r} is not allowed; expected "dunn", "esteban_marquillas" or "arcelus"'
        )
    table = read_parts(read_levels("levels", levels))
    previous = previous_rows(read_panel(table))
    follows = previous >= 0
    start = table.cells[previous]
    start[~follows] = np.nan
    return METHODS[method](_case(table, start, previous, reference))


def _case(
    table: Table, start: FloatArray, previous: npt.NDArray[np.intp], given: Levels | None
) -> Case:
    """Set the pairs of adjacent years against the reference of the same two years."""
    follows = previous >= 0
    if given is None:
        years = year_groups(table.name, table.rows[follows])
        if not len(years.labels):
            return against(table, start, table.cells, start[:1], start[:1])
        base, final = (sums_by_year(side[follows], years) for side in (start, table.cells))
        codes = years.labels.get_indexer(table.rows.get_level_values(YEAR))
        return against(table, start, table.cells, base, final, codes)
    reference = read_parts(read_levels("reference", given))
    if reference.dimensions < 2:
        raise ValueError("reference: has no years; expected a DataFrame with one row a year")
    years = year_groups(table.name, table.rows)
    reference = matched(reference, table, years.labels)
    if not is_by_year(reference, table):
        return against(table, start, table.cells, reference.cells[previous], reference.cells)
    before = np.maximum(years.labels.get_indexer(years.labels - 1), 0)
    return against(table, start, table.cells, reference.cells[before], reference.cells, years.codes)


def shift_share_dynamic_totals(components: pd.DataFrame) -> pd.DataFrame:
    r"""Totals of a dynamic shift-share analysis (动态偏离份额分量合计).

    Sums the yearly components of every region over the years that its figures cover.

    把各地区逐年的分量在时间上加总，并标明起止年份。单位与输入相同，可正可负，0为无此影响，无上
    下限；期间任何一年缺失时合计为空值，不跨年补算。

    Parameters
    ----------
    components : DataFrame
        What :func:`shift_share_dynamic` returned, or :func:`shift_share_totals` of it.

    Returns
    -------
    DataFrame
        One row a region, in order of appearance (a single row 0 where the rows have years alone).
        The columns of `components`, summed, in their unit; first_year, the base of the first
        change; last_year, the end of the last one; years, the number of years between them; and
        flag: "years_missing" where a year between them has no row or no change, or where there is
        no change at all (years is 0), else "". Where the columns have two levels the second one of
        these four is "".

    Raises
    ------
    ValueError
        Rows without years, no component "change", or infinite values.

    Notes
    -----
    .. math:: X_i = \sum_{t=t_0+1}^{t_1} X_i(t-1, t)

    Years without the change of any industry are left out before the first change, as the first
    year of a region always is, and after the last one; t_0 and t_1 say what is left. Such a year
    between them makes all sums of the region NaN; a cell that is missing in one year makes its sum
    NaN. Own code: sums.

    References
    ----------
    Barff, R. A., Knight, P. L. (1988). Dynamic shift-share analysis. Growth and Change 19(2), 1-10.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["A", "B"], [2000, 2001, 2002]])
    >>> levels = pd.DataFrame(
    ...     {"x": [50.0, 60, 66, 50, 40, 44], "y": [50.0, 50, 50, 50, 50, 60]},
    ...     index.set_names(["region_code", "year"]),
    ... )
    >>> yearly = shift_share_dynamic(levels)
    >>> totals = shift_share_dynamic_totals(yearly)
    >>> for region, row in totals.iterrows():
    ...     print(region, row["first_year", ""], row["last_year", ""], row["change"].tolist())
    A 2000 2002 [16.0, 0.0]
    B 2000 2002 [-6.0, 10.0]
    """
    table = read_parts(read("components", components))
    panel = read_panel(table)
    order = panel.order
    known = order[~np.isnan(table.cells[np.ix_(order, _changes(table))]).all(axis=1)]
    regions = np.arange(len(panel.regions))
    first, last = (
        np.searchsorted(panel.region[known], regions, side=side) for side in ("left", "right")
    )
    some = last > first
    own_first = panel.year[order[np.searchsorted(panel.region[order], regions)]]
    first_year, last_year = own_first.copy(), own_first.copy()
    first_year[some] = panel.year[known[first[some]]] - 1
    last_year[some] = panel.year[known[last[some] - 1]]
    complete = some & (last - first == last_year - first_year)
    sums = np.full((len(regions), len(table.parts)), np.nan)
    if some.any():
        sums[some] = np.add.reduceat(table.cells[known], first[some], axis=0)
    sums[~complete] = np.nan
    result = pd.DataFrame(sums, index=panel.regions, columns=table.parts, copy=False)
    described = {
        "first_year": first_year,
        "last_year": last_year,
        "years": last_year - first_year,
        "flag": flags((~complete, "years_missing")),
    }
    two_levels = table.parts.nlevels == 2
    for name, column in described.items():
        result[(name, "") if two_levels else name] = column
    return result


def _changes(table: Table) -> npt.NDArray[np.bool_]:
    """Mark the columns that hold the change itself."""
    marked: npt.NDArray[np.bool_] = table.parts.get_level_values(0) == "change"
    if not marked.any():
        raise ValueError(
            f'{table.name}: has no component "change"; expected what shift_share_dynamic returned'
        )
    return marked
