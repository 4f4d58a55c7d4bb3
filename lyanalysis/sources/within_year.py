"""Figures that are dated but are no annual values: quarters, months, festivals, stocks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis.sources.observations import shared_observations
from lyanalysis.sources.selection import check_request

WHOLE_YEARS = ("year", "cumulative", "average", "change")
"""Kinds of period that begin and end with a year."""
COLUMNS = [
    "region_code",
    "variable",
    "period",
    "period_kind",
    "as_of",
    "value",
    "comparator",
    "unit",
    "basis",
    "vintage",
    "source_id",
    "flag",
    "note",
]
FIGURE = ["region_code", "variable", "period", "period_kind", "as_of"]
"""What a dated figure is about."""


def load_within_year(
    variables: Sequence[str],
    regions: Sequence[str],
    *,
    first_year: int,
    last_year: int,
    data: Path | None = None,
) -> pd.DataFrame:
    """Load dated figures that are not annual values, each from the preferred source.

    Parameters
    ----------
    variables : sequence of str
        Published variables of the catalogue.
    regions : sequence of str
        Six-digit codes.
    first_year, last_year : int
        Range of the years in which the periods begin, both included.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        One row a figure: regions and variables as requested, then by period. ``region_code``,
        ``variable``, ``period``, ``period_kind`` and ``as_of`` say what it is about (the forms are
        in ``data/README.md``); ``value`` in ``unit``, the unit of the catalogue; ``comparator``
        (``=``, ``>``, ``<``, ``about``) and ``basis`` as printed; ``vintage``, ``source_id``,
        ``flag``, ``note``. Nothing is filled: there is no row for what is not published.

    Raises
    ------
    ParameterError
        If a variable or region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Notes
    -----
    Where several sources print a figure of the same period and date, an exact one comes first,
    then vintage, grade and publication decide as in :func:`load_series`. Expectations are left
    out. Sums and averages over several years are not within a year and are not here.

    Examples
    --------
    >>> asked = {"first_year": 2025, "last_year": 2025}
    >>> found = load_within_year(["va_industry_above_scale_growth"], ["410300"], **asked)
    >>> found.loc[[0], ["period", "period_kind", "value", "unit"]].to_numpy().tolist()
    [['2025-01/2025-08', 'year_to_date', 8.8, '%']]
    """
    ids, codes = check_request(variables, regions, first_year, last_year, data)
    found = shared_observations(data)
    rows = found[~found["period_kind"].isin(WHOLE_YEARS)]
    begins = rows["period"].str[:4].astype(int)
    return _preferred(rows[begins.between(first_year, last_year)], ids, codes)


def load_dated(
    variables: Sequence[str],
    regions: Sequence[str],
    *,
    first_year: int,
    last_year: int,
    data: Path | None = None,
) -> pd.DataFrame:
    """Load figures of every kind of period, annual and other, each from the preferred source.

    Parameters
    ----------
    variables, regions, data
        As for :func:`load_within_year`.
    first_year, last_year : int
        Range of the years in which the periods end, both included.

    Returns
    -------
    DataFrame
        Rows and columns as of :func:`load_within_year`. Stocks, sums over years and changes between
        years stand beside each other, so ``period_kind`` belongs to every figure: figures of two
        kinds are never one series.

    Raises
    ------
    ParameterError
        If a variable or region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Notes
    -----
    Of several sources an exact figure comes first, as in :func:`load_within_year`. Expectations are
    left out.

    Examples
    --------
    >>> asked = {"first_year": 2023, "last_year": 2025}
    >>> found = load_dated(["new_hightech_enterprises"], ["410300"], **asked)
    >>> found[["period", "period_kind", "value"]].to_numpy().tolist()
    [['2023', 'year', 1443.0], ['2025-10', 'stock', 1610.0]]
    """
    ids, codes = check_request(variables, regions, first_year, last_year, data)
    found = shared_observations(data)
    ends = found["period"].str.findall(r"[0-9]{4}").str[-1].astype(int)
    return _preferred(found[ends.between(first_year, last_year)], ids, codes)


def _preferred(found: pd.DataFrame, ids: list[str], codes: list[str]) -> pd.DataFrame:
    """Keep one figure for every period of the variables and regions wanted, in their order."""
    wanted = (
        found["variable"].isin(ids)
        & found["region_code"].isin(codes)
        & found["vintage"].ne("expected")
    )
    rows = found[wanted]
    places = {code: place for place, code in enumerate([*codes, *ids])}
    ordered = rows.assign(
        region_place=rows["region_code"].map(places),
        variable_place=rows["variable"].map(places),
        inexact=np.where(rows["comparator"].eq("="), 0, 1),
    )
    preference = ["inexact", "rank", "grade", "published", "source_id"]
    order = ["region_place", "variable_place", *FIGURE[2:], *preference]
    rising = [name != "published" for name in order]
    ordered = ordered.sort_values(order, ascending=rising).drop_duplicates(FIGURE)
    return ordered[COLUMNS].reset_index(drop=True)
