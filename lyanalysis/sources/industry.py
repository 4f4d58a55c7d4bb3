"""Official aggregates of old and new drivers: share, growth, and the share published before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.observations import read_breaks, shared_observations
from lyanalysis.sources.selection import annual, check_request, spread

AGGREGATES = [
    "new_hightech_industry",
    "hightech_mfg",
    "sei",
    "equipment_mfg",
    "energy_intensive",
]
"""Aggregates of the catalogue that stand for old or new drivers; they overlap."""
TOTAL_GROWTH = "va_industry_above_scale_growth"
AGGREGATE_SERIES = [
    TOTAL_GROWTH,
    *(f"{aggregate}_{part}" for aggregate in AGGREGATES for part in ("share", "growth")),
]
"""Published series behind the aggregates: growth of the total, shares and growth of each."""
COLUMNS = ["share", "growth", "total_growth", "last_share", "last_year"]


def load_industry_aggregates(
    regions: Sequence[str],
    *,
    year: int,
    aggregates: Sequence[str] = tuple(AGGREGATES),
    data: Path | None = None,
) -> catalog.Sourced:
    """Load share and growth of official aggregates of industry for one year.

    Parameters
    ----------
    regions : sequence of str
        Six-digit codes.
    year : int
        Year of the figures.
    aggregates : sequence of str, optional
        Aggregates of the catalogue; each has a share and a growth among the variables.
    data : Path, optional
        Folder of a data package; ``None`` means the shipped one.

    Returns
    -------
    Sourced
        Index ``(region_code, aggregate)``; columns ``share`` and ``growth`` of the aggregate,
        ``total_growth`` of above-scale industry, ``last_share``, the share of the newest year
        before `year` for which one is published, all in percent, and ``last_year``, that year. NaN
        where nothing is published. Flags are those of :func:`load_series`, and ``crosses_break``
        on ``last_share`` where the scope of the aggregate changed in between.

    Raises
    ------
    ParameterError
        If a region or an aggregate is unknown.
    DataError
        If the data package is damaged.

    Notes
    -----
    The groups overlap: shares must never be added.

    Examples
    --------
    >>> found = load_industry_aggregates(["410300"], year=2025)
    >>> found.values.loc[("410300", "hightech_mfg")].tolist()
    [10.4, 61.9, 8.5, 3.0, 2023.0]
    """
    names = {f"{id}_{part}": (id, part) for id in aggregates for part in ("share", "growth")}
    variables, codes = check_request([*names, TOTAL_GROWTH], regions, year, year, data)
    first = int(shared_observations(data)["year"].replace(0, year).min())
    found = annual(variables, codes, first, year, data)
    found = found[found["refused"].eq("")].drop_duplicates(["region_code", "variable", "year"])
    own = found[found["variable"].isin(list(names))]
    own = own.assign(
        aggregate=own["variable"].map({name: id for name, (id, _) in names.items()}),
        variable=own["variable"].map({name: part for name, (_, part) in names.items()}),
        series=own["variable"],
    )
    total = found[found["variable"].eq(TOTAL_GROWTH) & found["year"].eq(year)]
    cells = pd.concat(
        [
            own[own["year"].eq(year)],
            *(total.assign(variable="total_growth", aggregate=id) for id in aggregates),
            *_last_shares(own[own["variable"].eq("share") & own["year"].lt(year)], year, data),
        ]
    )
    index = pd.MultiIndex.from_product([codes, aggregates], names=["region_code", "aggregate"])
    return spread(cells, index, COLUMNS)


def _last_shares(
    earlier: pd.DataFrame, year: int, data: Path | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the newest earlier share of every aggregate, and its year, as cells."""
    last = earlier.drop_duplicates(["region_code", "aggregate"], keep="last")
    breaks = read_breaks(data).rename(columns={"variable": "series"})
    pairs = last.reset_index(names="cell").merge(breaks, on=["region_code", "series"])
    between = pairs["before_year"].ge(pairs["year"]) & pairs["before_year"].lt(year)
    crossed = last.index.isin(pairs.loc[between, "cell"])
    joined = last["flag"].where(last["flag"].eq(""), last["flag"] + ";") + "crosses_break"
    shares = last.assign(variable="last_share", flag=np.where(crossed, joined, last["flag"]))
    return shares, last.assign(variable="last_year", value=last["year"].astype(float), flag="")
