"""Between which years figures of one series may be compared: the breaks, and what lies between."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.accounts import COLUMNS, SECTORS, load_accounts
from lyanalysis.sources.observations import ACCOUNTS, VINTAGES, read_breaks, shared_observations
from lyanalysis.sources.selection import annual, check_request, count_breaks


def windows(region: str, variable: str, *, data: Path | None = None) -> pd.DataFrame:
    """Return the windows inside which annual figures of a variable may be compared.

    Parameters
    ----------
    region : str
        Six-digit code.
    variable : str
        A published variable, or ``"accounts"`` for GDP together with its three sectors.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        One row a window, the oldest first; the index ``window`` names it as
        :func:`load_accounts` does. ``first_year`` and ``last_year``: years with a figure at either
        end, between which years may be missing. ``kind``, ``reason_zh`` and ``reason_en`` of the
        break between the window before and this one, empty for the first; several breaks are
        joined by ``; ``. A year published on both sides of a break is in both windows. No row
        where nothing is published.

    Raises
    ------
    ParameterError
        If the region or the variable is unknown.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> windows("410300", "va_secondary")["kind"].tail(3).to_dict()
    {'2019–2022': 'economic_census', '2022–2023': 'final_verification', '2025': 'economic_census'}
    >>> windows("410300", "gdp_growth_real").index.tolist()
    ['2009–2025']
    """
    names = [] if variable == ACCOUNTS else [variable]
    check_request(names, [region], 0, 0, data)
    years = _block_years if variable in {ACCOUNTS, *COLUMNS} else _series_years
    ends = years(region, variable, data).groupby("side")["year"].agg(["min", "max"])
    named = [f"{first}" if first == last else f"{first}–{last}" for first, last in ends.to_numpy()]
    described = _between(region, variable, ends.index.tolist(), data)
    return described.assign(
        first_year=ends["min"].to_numpy(int), last_year=ends["max"].to_numpy(int)
    ).set_axis(pd.Index(named, name="window", dtype=str))[
        ["first_year", "last_year", "kind", "reason_zh", "reason_en"]
    ]


def _block_years(region: str, variable: str, data: Path | None) -> pd.DataFrame:
    """Return every year of the accounts with the side of the breaks it stands on."""
    dated = shared_observations(data)["year"]
    accounts = load_accounts(
        [region],
        first_year=int(dated[dated.gt(0)].min()),
        last_year=int(dated.max()),
        data=data,
    )
    wanted = SECTORS if variable == ACCOUNTS else [variable]
    known = accounts.values[wanted].notna().all(axis=1)
    vintages = accounts.vintages.loc[known, wanted[0]]
    rows = vintages.index.to_frame(index=False)[["region_code", "year"]]
    ranks = {vintage: rank for rank, vintage in enumerate(VINTAGES)}
    rows = rows.assign(variable=ACCOUNTS, rank=vintages.map(ranks).to_numpy(int))
    return rows.assign(side=count_breaks(rows, read_breaks(data)))


def _series_years(region: str, variable: str, data: Path | None) -> pd.DataFrame:
    """Return every figure a loader may pick with the side of the breaks it stands on."""
    last = int(shared_observations(data)["year"].max())
    found = annual([variable], [region], 1, last, data)
    found = found[found["refused"].eq("")]
    rows = found.assign(variable=break_name(variable, data))
    return found.assign(side=count_breaks(rows, read_breaks(data)))


def break_name(variable: str, data: Path | None) -> str:
    """Return the name under which the breaks of a variable are listed.

    Examples
    --------
    >>> break_name("gdp_share_primary", None), break_name("sei_share", None)
    ('accounts', 'sei_share')
    """
    return ACCOUNTS if catalog.variable(variable, data=data).breaks == ACCOUNTS else variable


def _between(region: str, variable: str, sides: list[int], data: Path | None) -> pd.DataFrame:
    """Return kind and reasons of the breaks that lead to every side, one row a side."""
    name = variable if variable == ACCOUNTS else break_name(variable, data)
    breaks = read_breaks(data)
    own = breaks[breaks["region_code"].eq(region) & breaks["variable"].eq(name)]
    own = own.sort_values(["before_year", "before_rank"], ascending=[True, False])
    ends = list(zip([None, *sides], sides, strict=False))
    texts = {
        column: [
            "" if start is None else "; ".join(own[column].iloc[start:end]) for start, end in ends
        ]
        for column in ("kind", "reason_zh", "reason_en")
    }
    return pd.DataFrame(texts, dtype=str)
