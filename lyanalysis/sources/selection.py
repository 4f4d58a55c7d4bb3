"""Which of several published figures is used: the request checked, the order of preference."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import ParameterError
from lyanalysis.sources.observations import shared_observations

CELL = ["region_code", "variable", "year"]
"""What an annual observation is about."""


def check_request(
    variables: Sequence[str],
    regions: Sequence[str],
    first_year: int,
    last_year: int,
    data: Path | None,
) -> tuple[list[str], list[str]]:
    """Return variables and regions, each once and known, or refuse the request.

    Parameters
    ----------
    variables, regions : sequence of str
        Identifiers of published variables; six-digit codes.
    first_year, last_year : int
        Range of years, both included.
    data : Path or None
        Folder of a data package.

    Returns
    -------
    tuple of (list of str, list of str)
        Variables and regions in the order given, without repetition.

    Raises
    ------
    ParameterError
        If a name is unknown, a variable is not a published one, or the range is empty.

    Examples
    --------
    >>> check_request(["gdp"], ["410300", "410300"], 2020, 2025, None)
    (['gdp'], ['410300'])
    """
    for name, given in (("variables", variables), ("regions", regions)):
        if isinstance(given, str):
            raise ParameterError(
                f"{name} must be a list, not the text {given!r}; write [{given!r}]",
                name=name,
                value=given,
            )
    if first_year > last_year:
        raise ParameterError(
            f"first_year {first_year} is after last_year {last_year}; exchange them",
            name="first_year",
            value=first_year,
        )
    for id in variables:
        kind = catalog.variable(id, data=data).kind
        if kind != "published":
            raise ParameterError(
                f"variable {id!r} is {kind}, not published; only published variables are loaded",
                name="variable",
                value=id,
            )
    codes = [catalog.region(code, data=data).code for code in regions]
    return list(dict.fromkeys(variables)), list(dict.fromkeys(codes))


def annual(
    variables: Sequence[str],
    regions: Sequence[str],
    first_year: int,
    last_year: int,
    data: Path | None,
) -> pd.DataFrame:
    """Return annual observations in the order of preference, the eligible ones marked.

    Parameters
    ----------
    variables, regions, first_year, last_year, data
        A request as :func:`check_request` returns it.

    Returns
    -------
    DataFrame
        Rows of :func:`~lyanalysis.sources.observations.read_observations` whose period is a year
        and whose vintage is not ``expected``. Regions and variables as requested, then years;
        within a year by vintage, grade, the later publication, and at last the identifier of the
        source. ``refused`` says why a row may not be picked: ``different_basis``, ``not_exact``,
        or empty.
    """
    found = shared_observations(data)
    wanted = (
        found["variable"].isin(list(variables))
        & found["region_code"].isin(list(regions))
        & found["period_kind"].eq("year")
        & found["vintage"].ne("expected")
        & found["year"].between(first_year, last_year)
    )
    rows = found[wanted]
    bases = rows["variable"].map({id: catalog.variable(id, data=data).basis for id in variables})
    refused = np.select(
        [rows["basis"].ne(bases), rows["comparator"].ne("=")], ["different_basis", "not_exact"], ""
    )
    places = {code: place for place, code in enumerate([*regions, *variables])}
    ordered = rows.assign(
        refused=refused,
        region_place=rows["region_code"].map(places),
        variable_place=rows["variable"].map(places),
    )
    order = ["region_place", "variable_place", "year", "rank", "grade", "published", "source_id"]
    rising = [name != "published" for name in order]
    return ordered.sort_values(order, ascending=rising, ignore_index=True)


def count_breaks(rows: pd.DataFrame, breaks: pd.DataFrame) -> pd.Series:
    """Count the breaks that lie before every figure: two with the same count may be compared.

    Parameters
    ----------
    rows : DataFrame
        One row a figure: ``region_code``, ``variable`` as the breaks name it, ``year``, ``rank`` of
        the vintage.
    breaks : DataFrame
        As :func:`~lyanalysis.sources.observations.read_breaks` returns it.

    Returns
    -------
    Series of int
        On the index of `rows`, which must be unique. A figure of the last year before a break is
        already behind it where its vintage is preferred to the one the break names.
    """
    keys = ["region_code", "variable"]
    numbered = rows[[*keys, "year", "rank"]].reset_index(drop=True)
    pairs = numbered.reset_index(names="place").merge(breaks, on=keys)
    later = pairs["year"].gt(pairs["before_year"])
    revised = pairs["year"].eq(pairs["before_year"]) & pairs["rank"].lt(pairs["before_rank"])
    counted = (later | revised).groupby(pairs["place"]).sum()
    counts = counted.reindex(numbered.index, fill_value=0).astype(int)
    return counts.set_axis(rows.index)


def spread(picked: pd.DataFrame, index: pd.MultiIndex, columns: Sequence[str]) -> catalog.Sourced:
    """Lay picked observations out as four wide frames; what is not there stays missing.

    Parameters
    ----------
    picked : DataFrame
        One row a cell: the levels of `index`, ``variable``, ``value``, ``source_id``, ``vintage``,
        ``flag``.
    index : MultiIndex
        Rows of the result.
    columns : sequence of str
        Columns of the result.

    Returns
    -------
    Sourced
        Fresh frames; NaN and empty strings where nothing was picked.
    """
    names = pd.Index(columns)
    at = index.get_indexer(pd.MultiIndex.from_frame(picked[list(index.names)]))
    across = names.get_indexer(pd.Index(picked["variable"]))
    values = np.full((len(index), len(names)), np.nan)
    values[at, across] = picked["value"].to_numpy(float)
    texts = []
    for column in ("source_id", "vintage", "flag"):
        cells = np.full((len(index), len(names)), "", dtype=object)
        cells[at, across] = picked[column].to_numpy(object)
        texts.append(pd.DataFrame(cells, index=index, columns=names, dtype=str))
    return catalog.Sourced(pd.DataFrame(values, index=index, columns=names), *texts)
