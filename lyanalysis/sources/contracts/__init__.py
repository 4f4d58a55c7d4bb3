"""What the figures must satisfy together; what fails is named, and never repaired."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import DataError
from lyanalysis.sources.chain_cases import read_chain_cases
from lyanalysis.sources.checks import load_checks
from lyanalysis.sources.claims import load_claims
from lyanalysis.sources.clusters import read_sector_frames
from lyanalysis.sources.compared import read_tile_grid
from lyanalysis.sources.contracts.arithmetic import (
    growth_between_parts,
    parts_below_wholes,
    ratios,
    shares,
    sums,
)
from lyanalysis.sources.contracts.development import (
    deflators,
    driver_shares,
    nominal_growth,
    population_changes,
)
from lyanalysis.sources.contracts.findings import FINDING, picked, settle
from lyanalysis.sources.contracts.magnitude import leaps, magnitudes
from lyanalysis.sources.contracts.territory import (
    cities_in_province,
    parts_of_regions,
    per_head,
    province_in_nation,
)
from lyanalysis.sources.framework import read_framework_table
from lyanalysis.sources.lessons import read_lessons
from lyanalysis.sources.national import load_national_employment, load_national_input_output
from lyanalysis.sources.new_drivers import (
    load_division_sources,
    load_divisions,
    read_new_driver_index,
)
from lyanalysis.sources.observations import read_breaks, shared_observations
from lyanalysis.sources.stories import read_peer_stories, read_peer_story_series
from lyanalysis.sources.targets import read_targets

Contract = Callable[[pd.DataFrame, Path | None], pd.DataFrame]

IN_ONE_DOCUMENT: tuple[Contract, ...] = (sums, shares, magnitudes)
"""Contracts on all observations."""
AMONG_ANNUAL_FIGURES: tuple[Contract, ...] = (
    leaps,
    parts_below_wholes,
    ratios,
    growth_between_parts,
    deflators,
    nominal_growth,
    driver_shares,
    population_changes,
    per_head,
    cities_in_province,
    province_in_nation,
    parts_of_regions,
)
"""Contracts on annual figures, each with the side of the breaks it stands on."""
BESIDE: dict[str, Callable[..., object]] = {
    "claims.csv": load_claims,
    "checks.csv": load_checks,
    "targets.csv": read_targets,
    "national_input_output.csv": load_national_input_output,
    "national_employment.csv": load_national_employment,
    "framework.csv": read_framework_table,
    "new_driver_index.csv": read_new_driver_index,
    "classifications/divisions.csv": load_divisions,
    "classifications/division_sources.csv": load_division_sources,
    "classifications/sector_frames.csv": read_sector_frames,
    "classifications/chain_cases.csv": read_chain_cases,
    "classifications/peer_stories.csv": read_peer_stories,
    "classifications/peer_story_series.csv": read_peer_story_series,
    "tile_grid.csv": read_tile_grid,
    "classifications/lessons.csv": read_lessons,
}
"""Tables beside the observations, and who reads them."""
CONTRACTS = {
    "keys": "tables can be read, codes are known, keys occur once, corrections still apply",
    "sums": "parts of one document add up to their whole within 0.5 %",
    "shares": "shares of one document add up to 100 within their rounding",
    "magnitude": "every figure lies where figures of its kind can lie",
    "parts": "a part is not larger than its whole",
    "ratios": "a percentage is its numerator over its denominator",
    "sector_growth": "GDP grows no faster than its fastest and no slower than its slowest sector",
    "deflator": "levels and real growth imply plausible prices, or a break explains it",
    "growth": "nominal growth agrees with levels, or a break explains it",
    "drivers": "shares of drivers agree with their growth, or a break explains it",
    "population": "resident population moves no faster than people do, or a break explains it",
    "per_head": "GDP per head is GDP by population",
    "cities": "the units of a province add up to it",
    "nation": "a region is a plausible part of the one above it",
}
"""Contracts by name, and what each holds."""


def check_data(data: Path | None = None) -> pd.DataFrame:
    """Hold all figures against the contracts.

    Parameters
    ----------
    data : Path, optional
        Folder of a data package; ``None`` means the one in use.

    Returns
    -------
    DataFrame
        One row a finding: ``contract``, a name of :data:`CONTRACTS`; ``table``, ``region_code``,
        ``variable``, ``period`` of the figure to look at, as far as there is one; ``message``: what
        was found where, what was expected, what to do; ``settled``: what settles it, the break
        that lies between, the doubt or the check noted beside the figure, else empty. A figure
        that a correction replaces is checked with the value used.

    Notes
    -----
    A table that cannot be read is one finding, and contracts that need it are left out: mend it and
    check again.

    Examples
    --------
    >>> found = check_data()
    >>> found.loc[found["settled"].eq(""), "message"].tolist()
    []
    """
    broken = _unreadable(data)
    if broken:
        return pd.DataFrame(broken, columns=FINDING, dtype=str)
    observations, annual = shared_observations(data), picked(data)
    tables = [contract(observations, data) for contract in IN_ONE_DOCUMENT]
    tables += [contract(annual, data) for contract in AMONG_ANNUAL_FIGURES]
    found = pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)
    order = found["contract"].map({name: place for place, name in enumerate(CONTRACTS)})
    return settle(found.assign(order=order).sort_values("order", kind="stable"), data)


def _unreadable(data: Path | None) -> list[dict[str, str]]:
    """Return one finding for every part of the package that cannot be read."""
    readers: list[Callable[..., object]] = [
        catalog.variables,
        catalog.regions,
        catalog.sources,
        read_breaks,
        shared_observations,
        *(read for name, read in BESIDE.items() if catalog.holds(name, data)),
    ]
    found: dict[str, dict[str, str]] = {}
    for read in readers:
        try:
            read(data=data)
        except DataError as error:
            # A table that several readers need is told once.
            found[str(error)] = {
                "contract": "keys",
                "table": error.table,
                "region_code": str(error.keys.get("region", "")),
                "variable": error.variable or "",
                "period": "",
                "message": str(error),
                "settled": "",
            }
    return list(found.values())
