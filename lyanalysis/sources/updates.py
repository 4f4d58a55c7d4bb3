"""Dated figures a report may show where the annual one is not there yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.selection import annual
from lyanalysis.sources.within_year import load_within_year

UPDATE_SERIES = [
    "gdp",
    "gdp_growth_real",
    "va_industry_above_scale_growth",
    "gdp_share_industry",
    "industry_gdp_contribution",
    "new_hightech_industry_share",
    "hightech_mfg_share",
    "energy_intensive_share",
    "traditional_share",
    "advantage_chain_revenue",
    "industrial_profit",
    "industrial_profit_margin",
    "rd_intensity",
    "new_hightech_enterprises",
    "innovation_platforms",
]
"""Series of the shift from old to new drivers that are told within the year as well."""
UPDATE_COLUMNS = [
    *["variable", "period", "period_kind", "as_of", "value", "comparator"],
    *["annual_value", "annual_year", "source_id", "flag"],
]

OTHER_BASIS = "different_basis"
"""Flag of a figure that is measured otherwise than the variable."""


def load_updates(
    region: str,
    variables: Sequence[str],
    *,
    year: int,
    since: int | None = None,
    data: Path | None = None,
) -> pd.DataFrame:
    """Load the dated figures that are newer than the annual ones of a report.

    Parameters
    ----------
    region : str
        Six-digit code.
    variables : sequence of str
        Published variables of the catalogue.
    year : int
        Year of the report.
    since : int, optional
        First year of the dated figures; by default `year`.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        One row a variable that has any, as requested: the newest figure up to the year after
        `year`, where it is of a later year than the newest annual one. ``variable``, ``period``,
        ``period_kind``, ``as_of``, ``value``, ``comparator``, ``source_id`` and ``flag`` as
        :func:`load_within_year` gives them, ``different_basis`` among the flags; ``annual_value``
        and ``annual_year``, the newest annual figure up to `year`, NaN where there is none. No row
        where nothing is newer.

    Raises
    ------
    ParameterError
        If the region or a variable is unknown.
    DataError
        If the data are damaged.

    Notes
    -----
    A figure within a year never replaces an annual one: quarters add up to date and stocks are of
    their day.

    Examples
    --------
    >>> found = load_updates("410300", ["gdp_growth_real"], year=2024)
    >>> found[["period", "value", "annual_value", "annual_year"]].to_numpy().tolist()
    [['2025-01/2025-09', 5.8, 4.9, 2024.0]]
    """
    dated = load_within_year(
        variables, [region], first_year=since or year, last_year=year + 1, data=data
    )
    known = annual(list(variables), [region], 0, year, data)
    known = known[known["refused"].eq("")].drop_duplicates(["variable", "year"])
    newest = known.groupby("variable").last()
    last_year = dated["variable"].map(newest["year"]).astype(float)
    begins = dated["period"].str[:4].astype(int)
    newer = last_year.isna() | begins.gt(last_year)
    bases = dated["variable"].map({id: catalog.variable(id, data=data).basis for id in variables})
    flags = dated["flag"].mask(dated["basis"].ne(bases), OTHER_BASIS + ";" + dated["flag"])
    found = dated.assign(
        flag=flags.str.rstrip(";"),
        annual_value=dated["variable"].map(newest["value"]).astype(float),
        annual_year=last_year,
    )
    shown = found.loc[newer].assign(ends=[_end(*row) for row in dated.loc[newer, DATES].to_numpy()])
    newest_only = shown.sort_values("ends", kind="stable").drop_duplicates("variable", keep="last")
    return newest_only.sort_index()[UPDATE_COLUMNS].reset_index(drop=True)


DATES = ["period", "as_of"]
LAST_MONTHS = {"H1": "06", "H2": "12", "Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12"}


def _end(period: str, as_of: str) -> str:
    """Return the month a figure runs up to: of one without a period that in which it was told."""
    if as_of:
        return as_of[:7]
    year, _, part = period.rpartition("/")[2].partition("-")
    return f"{year}-{LAST_MONTHS.get(part, part)}"
