"""The article's stories of a city and its peers, and what is published beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.beside import EARLIEST_YEAR
from lyanalysis.sources.claims import load_claims
from lyanalysis.sources.observations import NO_REGION
from lyanalysis.sources.series import load_series
from lyanalysis.sources.tables import read_keyed
from lyanalysis.sources.within_year import COLUMNS, load_within_year

STORIES = "classifications/peer_stories.csv"
SERIES = "classifications/peer_story_series.csv"
ASPECTS = ["scale", "growth", "firms", "cost_effect", "efficiency_effect", "target"]
"""What a claim of a story may speak of, in the order in which it is shown."""
SHOWN = ["entity", "scope", "indicator", "kind", "period", "period_kind", "comparator", "value"]
Rules: TypeAlias = Mapping[str, tuple[Iterable[str], str]]
"""For each column, what may stand in it, and what is said of anything else."""
KEPT = ["story", "region_code", "aspect", *SHOWN, "printed", "printed_unit"]


def load_peer_stories(
    region: str, *, language: catalog.Language, data: Path | None = None
) -> pd.DataFrame:
    """Load the claims that make up the article's stories of a city and its peers.

    Parameters
    ----------
    region : str
        Six-digit code.
    language : {"zh", "en"}
        Language of the names.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``claim_id``: all stories where one is told of the region or of a unit of it, else no
        rows. ``story``; ``region_code`` it is told of; ``aspect``, one of :data:`ASPECTS`;
        ``entity`` and ``scope``, the unit of observation; ``indicator``, ``kind``, ``period``,
        ``period_kind``; ``comparator``, ``printed`` and ``printed_unit`` as the article has it;
        ``value`` in the unit of the catalogue.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If a table is damaged: an unknown claim, region or aspect.

    Notes
    -----
    The stories speak of a city, a metropolitan area, a zone and a firm: their figures are set side
    by side, never added or ranked.

    Examples
    --------
    >>> told = load_peer_stories("410600", language="en")
    >>> told.loc["F089", ["story", "aspect", "printed"]].tolist(), len(told)
    (['electronics', 'efficiency_effect', '19'], 16)
    >>> len(load_peer_stories("420600", language="en"))
    0
    """
    table, claims = read_peer_stories(data), load_claims(data)
    told = table if _concerned(region, table, data) else table.iloc[:0]
    names = {f"{name}_{language}": name for name in ("entity", "scope", "indicator")}
    said = claims.drop(columns="region_code").rename(columns=names)
    return told.set_index("claim_id").join(said)[KEPT]


def load_story_figures(region: str, *, last_year: int, data: Path | None = None) -> pd.DataFrame:
    """Load the published figures that come nearest to what the stories speak of.

    Parameters
    ----------
    region : str
        Six-digit code.
    last_year : int
        Newest year wanted.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        One row a figure, annual or not, in the order of the table of series, then by period;
        columns as of :func:`load_within_year`. No rows where no story is told of the region or of
        a unit of it.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the data are damaged.

    Notes
    -----
    None of these figures measures the very unit of observation of a story. Expected values are
    left out.

    Examples
    --------
    >>> found = load_story_figures("410100", last_year=2025)
    >>> found.loc[found["variable"].eq("auto_output"), ["period", "value"]].to_numpy().tolist()
    [['2017', 54.1], ['2025', 120.5]]
    """
    table = read_peer_story_series(data)
    if not _concerned(region, read_peer_stories(data), data):
        return pd.DataFrame(columns=COLUMNS).astype({"value": float})
    found = []
    for code, variable in zip(table["region_code"], table["variable"], strict=True):
        annual = load_series(
            [variable], [code], first_year=EARLIEST_YEAR, last_year=last_year, data=data
        )
        rows = annual.values[variable].dropna()
        known = pd.DataFrame(
            {
                "region_code": code,
                "variable": variable,
                "period": [str(year) for year in rows.index.get_level_values("year")],
                "period_kind": "year",
                "as_of": "",
                "value": rows.to_numpy(float),
                "comparator": "=",
                "unit": catalog.variable(variable, data=data).unit,
                "basis": catalog.variable(variable, data=data).basis,
                "vintage": annual.vintages[variable].reindex(rows.index).to_numpy(),
                "source_id": annual.sources[variable].reindex(rows.index).to_numpy(),
                "flag": annual.flags[variable].reindex(rows.index).to_numpy(),
                "note": "",
            }
        )
        dated = load_within_year(
            [variable], [code], first_year=EARLIEST_YEAR, last_year=last_year, data=data
        )
        found.append(pd.concat([part for part in (known, dated) if len(part)] or [dated]))
    whole = pd.concat([part for part in found if len(part)] or found[:1])
    return whole[COLUMNS].reset_index(drop=True)


def read_peer_stories(data: Path | None = None) -> pd.DataFrame:
    """Return which claims make up the stories; refuse unknown claims, regions and aspects.

    Examples
    --------
    >>> sorted(set(read_peer_stories()["story"]))
    ['chains', 'electronics', 'nylon', 'vehicles']
    """
    columns = ["claim_id", "story", "region_code", "aspect"]
    table = read_keyed(STORIES, ["claim_id"], columns, data)
    rules = {
        "claim_id": (load_claims(data).index, "is not a claim; add it to claims.csv"),
        "region_code": (catalog.regions(data), NO_REGION),
        "aspect": (ASPECTS, f"is none of {', '.join(ASPECTS)}"),
    }
    return _checked(table, rules)


def read_peer_story_series(data: Path | None = None) -> pd.DataFrame:
    """Return the published series beside the stories; refuse unknown regions and variables.

    Examples
    --------
    >>> len(read_peer_story_series())
    9
    """
    key = ["story", "region_code", "variable"]
    table = read_keyed(SERIES, key, key, data)
    rules = {
        "region_code": (catalog.regions(data), NO_REGION),
        "variable": (catalog.variables(data), "is not a variable; add it to variables.csv"),
    }
    return _checked(table, rules)


def _checked(table: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    for column, (known, expected) in rules.items():
        wrong = ~table[column].isin(list(known))
        catalog.refuse(table, wrong, column=column, expected=expected)
    return table


def _concerned(region: str, table: pd.DataFrame, data: Path | None) -> bool:
    """Say whether a story is told of a region or of a unit of it."""
    code = catalog.region(region, data=data).code
    places = [catalog.region(one, data=data) for one in set(table["region_code"])]
    provinces = {one.parent for one in places if one.level == "city"}
    return code in {one.code for one in places} | provinces
