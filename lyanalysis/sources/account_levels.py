"""Levels of GDP around their breaks, and beside those of the region above."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.accounts import load_accounts
from lyanalysis.sources.beside import regions_beside
from lyanalysis.sources.observations import ACCOUNTS, VINTAGES, read_breaks
from lyanalysis.sources.selection import count_breaks

BREAK_LEVELS = ["year_before", "gdp_before", "year_after", "gdp_after"]


def list_gdp_breaks(
    region: str,
    *,
    first_year: int,
    last_year: int,
    language: catalog.Language,
    data: Path | None = None,
) -> pd.DataFrame:
    """List the breaks of a region's GDP with the levels on either side of each.

    Parameters
    ----------
    region : str
        Six-digit code.
    first_year, last_year : int
        Range of years, both included.
    language : {"zh", "en"}
        Language of the reasons.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        One row a break between two figures of the range, the oldest first: ``year_before`` and
        ``gdp_before``, the last figure before it, ``year_after`` and ``gdp_after``, the first
        behind it, in 亿元; ``break_kind`` as in ``breaks.csv``, ``break_reason`` in words. A year
        published on both sides is on both. Several breaks without a figure in between are one row,
        kinds joined by ";".

    Raises
    ------
    ParameterError
        If the region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> found = list_gdp_breaks("410300", first_year=2020, last_year=2023, language="en")
    >>> found[["year_before", "gdp_before", "year_after", "gdp_after"]].to_numpy().tolist()
    [[2022.0, 5675.2, 2022.0, 5386.2]]
    """
    rows = _levels(region, first_year, last_year, data)
    breaks = read_breaks(data)
    own = breaks[breaks["region_code"].eq(region) & breaks["variable"].eq(ACCOUNTS)]
    own = own.sort_values(["before_year", "before_rank"], ascending=[True, False])
    ends = rows.groupby("side")[["year", "gdp"]].agg(["first", "last"])
    sides = ends.index.tolist()
    found = []
    for before, after in pairwise(sides):
        crossed = own.iloc[before:after]
        levels = (
            *(ends.loc[before, (name, "last")] for name in ("year", "gdp")),
            *(ends.loc[after, (name, "first")] for name in ("year", "gdp")),
        )
        space = "" if language == "zh" else " "
        words = space.join(crossed[f"reason_{language}"])
        found.append((*levels, ";".join(dict.fromkeys(crossed["kind"])), words))
    listed = pd.DataFrame(found, columns=[*BREAK_LEVELS, "break_kind", "break_reason"])
    return listed.astype(
        dict.fromkeys(BREAK_LEVELS, float) | dict.fromkeys(listed.columns[4:], str)
    )


def _levels(region: str, first_year: int, last_year: int, data: Path | None) -> pd.DataFrame:
    """Return every GDP of the accounts with the breaks that lie before it and the next one."""
    accounts = load_accounts([region], first_year=first_year, last_year=last_year, data=data)
    known = accounts.values["gdp"].notna()
    vintages = accounts.vintages.loc[known, "gdp"]
    ranks = {vintage: rank for rank, vintage in enumerate(VINTAGES)}
    rows = vintages.index.to_frame(index=False).assign(
        variable=ACCOUNTS,
        rank=vintages.map(ranks).to_numpy(int),
        **{
            name: getattr(accounts, part).loc[known, "gdp"].to_numpy()
            for name, part in (
                ("gdp", "values"),
                ("source_id", "sources"),
                ("vintage", "vintages"),
                ("flag", "flags"),
            )
        },
    )
    breaks = read_breaks(data)
    own = breaks[breaks["region_code"].eq(region) & breaks["variable"].eq(ACCOUNTS)]
    following = [*sorted(own["before_year"]), np.iinfo(np.int64).max]
    side = count_breaks(rows, breaks)
    return rows.assign(side=side, next_break=[following[count] for count in side])


def load_gdp_beside_above(
    region: str, *, first_year: int, last_year: int, data: Path | None = None
) -> catalog.Sourced:
    """Load a region's GDP and that of the region above it, both on one side of every break.

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
    Sourced
        Index ``(region_code, year, window)`` as in :func:`load_accounts`; columns ``gdp`` of the
        region and ``gdp_above`` of its province, of a province that of the nation, at current
        prices in 亿元. NaN where one is not published on the same side of the breaks.

    Raises
    ------
    ParameterError
        If the region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Notes
    -----
    Two figures of one year are on the same side where the next break of both lies in the same year:
    of a year published before and after a revision, first print is paired with first print.

    Examples
    --------
    >>> pairs = load_gdp_beside_above("410300", first_year=2022, last_year=2023)
    >>> pairs.values.droplevel(0).to_numpy().tolist()
    [[5675.2, 61345.05], [5386.2, nan], [5481.6, 59132.39]]
    """
    accounts = load_accounts([region], first_year=first_year, last_year=last_year, data=data)
    above = next(iter(regions_beside(region, data=data).values()), "")
    frames = [accounts.values, accounts.sources, accounts.vintages, accounts.flags]
    paired = [
        frame[["gdp"]].assign(gdp_above=np.nan if place == 0 else "")
        for place, frame in enumerate(frames)
    ]
    own = _levels(region, first_year, last_year, data)
    if above and not own.empty:
        keys = ["year", "next_break"]
        upper = _levels(above, first_year, last_year, data)[
            [*keys, "gdp", "source_id", "vintage", "flag"]
        ]
        both = own[["region_code", "window", *keys]].merge(upper, on=keys)
        index = pd.MultiIndex.from_frame(both[["region_code", "year", "window"]])
        for frame, column in zip(paired, ("gdp", "source_id", "vintage", "flag"), strict=True):
            frame.loc[index, "gdp_above"] = both[column].to_numpy()
    return catalog.Sourced(*paired)
