"""Single series, each value from its preferred source."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.selection import CELL, annual, check_request, spread


def load_series(
    variables: Sequence[str],
    regions: Sequence[str],
    *,
    first_year: int,
    last_year: int,
    data: Path | None = None,
) -> catalog.Sourced:
    """Load annual series, each value from the preferred source.

    Parameters
    ----------
    variables : sequence of str
        Published variables of the catalogue.
    regions : sequence of str
        Six-digit codes.
    first_year, last_year : int
        Range of years, both included.
    data : Path, optional
        Folder of a data package; ``None`` means the shipped one.

    Returns
    -------
    Sourced
        Index ``(region_code, year)``: every year of the range for every region. One column a
        variable, in the unit of the catalogue; NaN where nothing is published. Flags:
        ``named_otherwise`` (the source uses another name for the concept), ``doubtful`` (sources
        contradict each other beyond revision), ``corrected``.

    Raises
    ------
    ParameterError
        If a variable or region is unknown or the range is empty.
    DataError
        If the data package is damaged.

    Notes
    -----
    Order of preference: vintage (final, census_revised, preliminary, yearbook, compiled,
    statement), then grade of the source, then the later publication. Expected values, figures
    within a year and averages over years are never used; nor is an observation on another basis
    than the variable's or with a comparator other than ``=``. Values of GDP and its sectors that
    must add up come from :func:`load_accounts`, not from here.

    Examples
    --------
    >>> rates = load_series(["gdp_growth_real"], ["410300"], first_year=2022, last_year=2024)
    >>> rates.values["gdp_growth_real"].tolist()
    [2.3, 3.5, 4.9]
    """
    ids, codes = check_request(variables, regions, first_year, last_year, data)
    found = annual(ids, codes, first_year, last_year, data)
    picked = found[found["refused"].eq("")].drop_duplicates(CELL)
    years = range(first_year, last_year + 1)
    index = pd.MultiIndex.from_product([codes, years], names=["region_code", "year"])
    return spread(picked, index, ids)


def newest_figures(loaded: catalog.Sourced) -> catalog.Sourced:
    """Keep the newest figure of every region and variable; all others become missing.

    Parameters
    ----------
    loaded : Sourced
        Index ``(region_code, year)``, years rising, as :func:`load_series` returns it.

    Returns
    -------
    Sourced
        The rows that hold a newest figure; none where nothing is published.

    Examples
    --------
    >>> rates = load_series(["gdp_growth_real"], ["410300"], first_year=2022, last_year=2024)
    >>> newest_figures(rates).values["gdp_growth_real"].to_dict()
    {('410300', 2024): 4.9}
    """
    newer = loaded.values[::-1].groupby(level="region_code", sort=False).cumcount()[::-1]
    place = loaded.values.notna().mul(1).mul(-newer - 1, axis=0)
    newest = place.where(place.ne(0)).groupby(level="region_code", sort=False).transform("max")
    cells = place.eq(newest) & loaded.values.notna()
    kept = cells.any(axis=1)
    return catalog.Sourced(
        loaded.values.where(cells)[kept],
        loaded.sources.where(cells, "")[kept],
        loaded.vintages.where(cells, "")[kept],
        loaded.flags.where(cells, "")[kept],
    )
