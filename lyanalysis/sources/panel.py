"""Many series side by side, as they may be used together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.accounts import COLUMNS, load_accounts, newest_accounts
from lyanalysis.sources.observations import VINTAGES, read_breaks
from lyanalysis.sources.selection import count_breaks
from lyanalysis.sources.series import load_series
from lyanalysis.sources.windows import break_name

CROSSES = "crosses_break"
"""Flag of the first figure after a break: it may not be compared with those before it."""


def load_panel(
    variables: Sequence[str],
    regions: Sequence[str],
    *,
    first_year: int,
    last_year: int,
    data: Path | None = None,
) -> catalog.Sourced:
    """Load many variables of many regions as one table, one row a region and year.

    Parameters
    ----------
    variables : sequence of str
        Published variables of the catalogue.
    regions : sequence of str
        Six-digit codes.
    first_year, last_year : int
        Range of years, both included.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    Sourced
        Index ``(region_code, year)``: every year of the range for every region. One column a
        variable, in the unit of the catalogue; NaN where nothing is published. Flags: those of
        :func:`load_accounts` and :func:`load_series`, and ``crosses_break`` on the first figure of
        a column behind a break, which may not be compared with the figures before it;
        :func:`windows` says why.

    Raises
    ------
    ParameterError
        If a variable or region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Notes
    -----
    GDP and its sectors are those of :func:`load_accounts` on the newest side of the breaks, so that
    they add up; all other variables are picked value by value, as :func:`load_series` does. These
    are the values that :func:`list_conflicts` says are used.

    Examples
    --------
    >>> panel = load_panel(["gdp", "gdp_growth_real"], ["410300"], first_year=2022, last_year=2024)
    >>> panel.values["gdp"].tolist(), panel.values["gdp_growth_real"].tolist()
    ([5386.2, 5481.6, 5825.86], [2.3, 3.5, 4.9])
    >>> panel.flags["gdp"].tolist()
    ['', '', 'crosses_break']
    """
    panel = load_series(variables, regions, first_year=first_year, last_year=last_year, data=data)
    block = [id for id in panel.values.columns if id in COLUMNS]
    if block:
        accounts = load_accounts(regions, first_year=first_year, last_year=last_year, data=data)
        accounts = newest_accounts(accounts).only(block)
        panel = catalog.Sourced(
            *(
                getattr(panel, field.name).assign(**getattr(accounts, field.name))
                for field in fields(panel)
            )
        )
    return _with_breaks(panel, data)


def _with_breaks(panel: catalog.Sourced, data: Path | None) -> catalog.Sourced:
    """Flag the first figure of every column that stands behind a break."""
    breaks = read_breaks(data)
    names = {id: break_name(id, data) for id in panel.values.columns}
    broken = [id for id, name in names.items() if name in set(breaks["variable"])]
    if not broken:
        return panel
    cells = panel.vintages[broken].reset_index()
    rows = cells.melt(["region_code", "year"], broken, var_name="id", value_name="vintage")
    rows = rows[rows["vintage"].ne("")]
    ranks = {vintage: rank for rank, vintage in enumerate(VINTAGES)}
    rows = rows.assign(variable=rows["id"].map(names), rank=rows["vintage"].map(ranks).astype(int))
    side = count_breaks(rows, breaks)
    before = side.groupby([rows["region_code"], rows["id"]]).shift()
    first = rows[side.gt(before)]
    flags = panel.flags
    at = flags.index.get_indexer(pd.MultiIndex.from_frame(first[["region_code", "year"]]))
    across = flags.columns.get_indexer(pd.Index(first["id"]))
    marked = flags.to_numpy(object, copy=True)
    marked[at, across] = [f"{flag};{CROSSES}".lstrip(";") for flag in marked[at, across]]
    flags = pd.DataFrame(marked, index=flags.index, columns=flags.columns, dtype=str)
    return catalog.Sourced(panel.values, panel.sources, panel.vintages, flags)


def years_after_breaks(panel: catalog.Sourced, variable: str) -> list[int]:
    """Return the years in which some region's figure stands right behind a break.

    Parameters
    ----------
    panel : Sourced
        What :func:`load_panel` returned.
    variable : str
        One of its columns.

    Returns
    -------
    list of int
        In order; a comparison of such a year with earlier ones is indicative only.

    Examples
    --------
    >>> panel = load_panel(["gdp"], ["410300"], first_year=2021, last_year=2025)
    >>> years_after_breaks(panel, "gdp")
    [2022, 2024]
    """
    marked = panel.flags[variable].str.split(";").map(lambda codes: CROSSES in codes)
    return sorted({int(year) for year in panel.flags.index.get_level_values("year")[marked]})
