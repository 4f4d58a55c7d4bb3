"""Value added by trade: a region beside the units of its province that publish the same trades."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.accounts import COLUMNS, SECTORS, load_accounts, newest_accounts
from lyanalysis.sources.series import load_series

SERVICE_TRADES = [
    "va_wholesale_retail",
    "va_transport",
    "va_hotel_catering",
    "va_finance",
    "va_real_estate",
]
"""Trades of the tertiary sector that communiqués print together."""
OTHER_SERVICES = "va_other_services"
"""The tertiary sector less these trades: all other services."""
TRADES = ["va_primary", "va_secondary", *SERVICE_TRADES, OTHER_SERVICES]
"""Parts that add up to GDP but for rounding."""
LEAST_COVERED = 50.0
"""Percent of the province's GDP the units must hold to stand for it. Own rule: the larger part."""
LEAST_UNITS = 5
"""Units below which their sum is no reference but a few neighbours. Own rule."""


@dataclass(frozen=True, slots=True, eq=False)
class TradeStructure:
    """Value added by trade of the units of one province in one year.

    Attributes
    ----------
    levels : Sourced
        Index ``(region_code, year)``, one row a unit that publishes everything, the region among
        them; columns of :data:`TRADES` in 亿元. No row where the reference is refused.
    year : int or None
        The year; ``None`` where the region publishes the trades in no year.
    unpublished : tuple of str
        What the region lacks in the year of the report, where it has no year at all.
    units, of_units : int
        Units of the province that publish everything, and all of them in the data.
    covered : float
        Percent of the GDP of the province that those units hold; NaN where that is not known.
    """

    levels: catalog.Sourced
    year: int | None
    unpublished: tuple[str, ...]
    units: int
    of_units: int
    covered: float


def load_trades(
    region: str, *, first_year: int, last_year: int, data: Path | None = None
) -> TradeStructure:
    """Load value added by trade, of a region and of the units it may be compared with.

    Parameters
    ----------
    region : str
        Six-digit code.
    first_year, last_year : int
        Range of years, both included; the newest one is taken for which the region publishes GDP,
        the three sectors and all of :data:`SERVICE_TRADES`.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    TradeStructure
        The reference is the sum of its rows: no province, and not the nation, has these trades
        among the figures, so the units of the province that publish them stand for it. Where they
        are fewer than :data:`LEAST_UNITS` or hold less than :data:`LEAST_COVERED` percent of its
        GDP, there are no rows, and the other fields say why.

    Raises
    ------
    ParameterError
        If the region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Notes
    -----
    Construction is left out, though some communiqués print it: few units do, and secondary less
    construction is not industry, because services to mining and repair belong to the tertiary
    sector. So is information technology, which is a part of the other services here.

    Examples
    --------
    >>> found = load_trades("410300", first_year=2010, last_year=2025)
    >>> found.year, found.units, found.of_units, round(found.covered, 1)
    (2025, 10, 18, 69.2)
    """
    parent = catalog.region(region, data=data).parent
    level = catalog.region(region, data=data).level
    units = [
        code for code, entry in catalog.regions(data).items() if parent and entry.parent == parent
    ]
    # Provinces and the nation have no units of their own kind that add up to a reference.
    compared = [region, *(code for code in units if level == "city" and code != region)]
    loaded = load_accounts(compared, first_year=first_year, last_year=last_year, data=data)
    accounts = newest_accounts(loaded).only(COLUMNS)
    trades = load_series(
        SERVICE_TRADES, compared, first_year=first_year, last_year=last_year, data=data
    )
    both = accounts.values.join(trades.values)
    known = both.notna().all(axis=1)
    own = known.loc[[region]].droplevel("region_code")
    if not own.any():
        last = both.loc[[(region, last_year)]].iloc[0]
        return TradeStructure(
            _levels(accounts, trades, known & False),
            None,
            tuple(last.index[last.isna()]),
            0,
            len(units),
            float("nan"),
        )
    year = int(own.index[own][-1])
    chosen = known & (known.index.get_level_values("year") == year)
    covered = _covered(parent, both.loc[chosen, "gdp"].sum(), year, data)
    enough = int(chosen.sum()) >= LEAST_UNITS and covered >= LEAST_COVERED
    return TradeStructure(
        _levels(accounts, trades, chosen & enough),
        year,
        (),
        int(chosen.sum()),
        len(units),
        covered,
    )


def _covered(parent: str, gdp: float, year: int, data: Path | None) -> float:
    """Return the part of the province's GDP in percent, NaN where it is not published."""
    if not parent:
        return float("nan")
    above = newest_accounts(load_accounts([parent], first_year=year, last_year=year, data=data))
    return float(100 * gdp / above.values["gdp"].iloc[0])


def _levels(
    accounts: catalog.Sourced, trades: catalog.Sourced, rows: pd.Series[bool]
) -> catalog.Sourced:
    """Lay out the rows wanted, with the other services as what is left of the tertiary sector."""
    values = accounts.values.join(trades.values)[rows]
    rest = values["va_tertiary"] - values[SERVICE_TRADES].sum(axis=1)
    sources, vintages, flags = (
        one.join(other)[rows]
        for one, other in (
            (accounts.sources, trades.sources),
            (accounts.vintages, trades.vintages),
            (accounts.flags, trades.flags),
        )
    )
    parts = [*SECTORS[:2], *SERVICE_TRADES]
    return catalog.Sourced(
        values[parts].assign(**{OTHER_SERVICES: rest}),
        *(
            frame[parts].assign(**{OTHER_SERVICES: frame["va_tertiary"]})
            for frame in (sources, vintages, flags)
        ),
    )
