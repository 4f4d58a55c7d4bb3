"""The three sectors of a region beside those of the regions above it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.accounts import (
    SECTOR_GROWTH,
    SECTORS,
    load_accounts,
    newest_accounts,
)
from lyanalysis.sources.beside import regions_beside
from lyanalysis.sources.series import load_series


@dataclass(frozen=True, slots=True, eq=False)
class SectorsBeside:
    """The three sectors of a region beside those of the regions above it.

    Attributes
    ----------
    own, above : DataFrame
        Value added at current prices in 亿元. Index ``(reference, year)``: ``reference`` is the
        level of the region above, ``"province"`` or ``"nation"``. One column a sector.
    own_growth, above_growth : DataFrame
        Real growth of the same sectors in percent, in columns named like the sectors.
    inputs : tuple of Sourced
        Where the numbers come from: levels, then growth.
    """

    own: pd.DataFrame
    own_growth: pd.DataFrame
    above: pd.DataFrame
    above_growth: pd.DataFrame
    inputs: tuple[catalog.Sourced, catalog.Sourced]


def load_sectors_beside(
    region: str, *, first_year: int, last_year: int, data: Path | None = None
) -> SectorsBeside:
    """Load value added and real growth of the three sectors, of a region and of those above it.

    Parameters
    ----------
    region : str
        Six-digit code.
    first_year, last_year : int
        Range of years, both included.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    SectorsBeside
        The years for which both sides publish level and growth of all three sectors; province
        before nation, years in order. No row where there is no such year.

    Raises
    ------
    ParameterError
        If the region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Notes
    -----
    Level and growth of one year give the year before at the prices of this one. So nothing is
    needed from another year, and no break lies in between.

    Examples
    --------
    >>> found = load_sectors_beside("410300", first_year=2024, last_year=2025)
    >>> found.own.index.tolist(), found.above_growth.to_numpy().tolist()
    ([('province', 2025)], [[3.6, 5.5, 6.0]])
    """
    above = regions_beside(region, data=data)
    compared = [region, *above.values()]
    loaded = load_accounts(compared, first_year=first_year, last_year=last_year, data=data)
    accounts = newest_accounts(loaded).only(SECTORS)
    rates = load_series(
        SECTOR_GROWTH, compared, first_year=first_year, last_year=last_year, data=data
    )
    levels, growth = accounts.values, rates.values.set_axis(SECTORS, axis=1)
    known = levels.notna().all(axis=1) & growth.notna().all(axis=1)
    complete = set(known.index[known])
    both = [
        (reference, year)
        for reference, code in above.items()
        for year in range(first_year, last_year + 1)
        if {(region, year), (code, year)} <= complete
    ]
    index = pd.MultiIndex.from_tuples(both, names=["reference", "year"])
    own_rows, other_rows = (
        pd.MultiIndex.from_tuples(rows, names=["region_code", "year"])
        for rows in (
            [(region, year) for _, year in both],
            [(above[reference], year) for reference, year in both],
        )
    )
    used = own_rows.append(other_rows)
    shown = pd.DataFrame({"used": 1.0}, index=used)
    return SectorsBeside(
        levels.reindex(own_rows).set_axis(index),
        growth.reindex(own_rows).set_axis(index),
        levels.reindex(other_rows).set_axis(index),
        growth.reindex(other_rows).set_axis(index),
        (accounts.shown_in(shown), rates.shown_in(shown)),
    )
