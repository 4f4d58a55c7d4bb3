"""What the article says of sector frames, clusters and an anchor's projects, region by region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.claim_table import Claimed, load_claimed
from lyanalysis.sources.claims import shared_claims
from lyanalysis.sources.observations import shared_observations
from lyanalysis.sources.selection import check_request
from lyanalysis.sources.tables import read_keyed

SECTOR_FRAMES = "classifications/sector_frames.csv"
POSITION = r"[1-9][0-9]*"
STAGES = ["agreed", "in_production"]
"""Stages of a pipeline, in order: signed or planned, and in production."""
INVESTMENT = "agreed_investment"
"""What is to be invested in all of it, in 亿元."""
PIPELINES = {
    "supplier_projects": [
        "supplier_projects_signed",
        "supplier_projects_in_production",
        "supplier_projects_total_investment",
    ],
    "anchor_phases": [
        "project_phase_count",
        "project_phases_in_production",
        "project_total_investment",
    ],
}
"""Pipelines -> claims on stages and investment, by ``indicator_id``."""
TOTAL = "level"
"""Kind of claim that gives the size of a frame."""


@dataclass(frozen=True, slots=True, eq=False)
class SectorFrames:
    """Sets of sectors the article uses for a region.

    Attributes
    ----------
    items : DataFrame
        Index ``(frame, position)``, frames by name in the language asked for. Texts: ``item``;
        ``matched_item``, its counterpart in another frame, empty for none; ``match``, a code of
        ``datapackage.json``; ``remark``.
    totals : DataFrame
        Index ``frame``: the size the article gives it, ``value`` in ``unit`` with ``comparator``,
        NaN and empty where it gives none.
    claim_ids : tuple of str
        Claims behind both.
    """

    items: pd.DataFrame
    totals: pd.DataFrame
    claim_ids: tuple[str, ...]


def read_sector_frames(*, data: Path | None = None) -> pd.DataFrame:
    """Read and check the frames of all regions, one row an item.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        The table as it stands; ``position`` is an integer, ``claim_ids`` a tuple.

    Raises
    ------
    DataError
        If a key stands twice, a region or claim is unknown, or a position is no whole number.

    Examples
    --------
    >>> set(read_sector_frames()["match"]) <= {"same", "near", "no_counterpart", "not_listed"}
    True
    """
    columns = catalog.table_columns(SECTOR_FRAMES)
    table = read_keyed(SECTOR_FRAMES, ["region_code", "frame", "position"], columns, data)
    known = set(shared_claims(data).index)
    wrong = {
        "region_code": ~table["region_code"].isin(list(catalog.regions(data))),
        "position": ~table["position"].str.fullmatch(POSITION),
        "claim_ids": ~table["claim_ids"].map(lambda ids: set(ids.split("|")) <= known).astype(bool),
    }
    expected = {
        "region_code": "is not a region; add it to regions.csv",
        "position": "is no place; write a whole number of 1 or more",
        "claim_ids": "names a claim that is not in claims.csv; separate claims by |",
    }
    for column, rows in wrong.items():
        catalog.refuse(table, rows, column=column, expected=expected[column])
    return table.assign(
        position=table["position"].astype(int), claim_ids=table["claim_ids"].str.split("|")
    )


def load_sector_frames(
    region: str, *, language: catalog.Language, data: Path | None = None
) -> SectorFrames:
    """Load the sets of sectors the article uses for a region, and what they have in common.

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
    SectorFrames
        Frames and items in the order of the table; no row where the article has no frame for the
        region. Totals of two frames must never be added: they overlap.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> found = load_sector_frames("410300", language="en")
    >>> len(found.totals), found.items["match"].value_counts().to_dict()
    (3, {'near': 4, 'same': 4, 'no_counterpart': 2, 'not_listed': 1})
    >>> len(load_sector_frames("410100", language="en").items)
    0
    """
    catalog.region(region, data=data)
    table = read_sector_frames(data=data)
    own = table[table["region_code"].eq(region)]
    texts = {"item": "item", "matched": "matched_item", "note": "remark"}
    items = own.assign(
        **{name: own[f"{column}_{language}"] for column, name in texts.items()},
        frame=own[f"frame_{language}"],
    ).set_index(["frame", "position"])
    behind = {
        str(frame): list(rows.iloc[0])
        for frame, rows in items.groupby("frame", sort=False)["claim_ids"]
    }
    return SectorFrames(
        items[["item", "matched_item", "match", "remark"]],
        _sizes(behind, shared_claims(data)),
        tuple(sorted({id for ids in behind.values() for id in ids})),
    )


def _sizes(behind: dict[str, list[str]], claims: pd.DataFrame) -> pd.DataFrame:
    """Return the level the article gives each frame; NaN where it counts its items alone."""
    found = claims.loc[[id for ids in behind.values() for id in ids]]
    levels = found[found["kind"].eq(TOTAL)]
    frames = {id: frame for frame, ids in behind.items() for id in ids}
    sizes = levels.set_axis(pd.Index([frames[id] for id in levels.index], name="frame", dtype=str))
    sizes = sizes[["value", "unit", "comparator"]].reindex(pd.Index(behind, name="frame"))
    unit, comparator = (
        sizes[name].where(sizes[name].notna(), "") for name in ("unit", "comparator")
    )
    return sizes.assign(unit=unit, comparator=comparator)


def load_pipelines(region: str, *, data: Path | None = None) -> Claimed:
    """Load how many projects around an anchor firm are agreed, how many run, what they cost.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    Claimed
        Index ``project``, one row a pipeline of :data:`PIPELINES` of which the article tells both
        stages; columns :data:`STAGES` and :data:`INVESTMENT`. No row where it tells nothing of the
        region.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the table of claims is damaged.

    Examples
    --------
    >>> said = load_pipelines("410300")
    >>> said.values.loc["supplier_projects"].tolist(), said.claims.loc["anchor_phases"].tolist()
    ([29.0, 9.0, 142.0], ['F012', 'F013', 'F009'])
    """
    wanted = [indicator for indicators in PIPELINES.values() for indicator in indicators]
    said = load_claimed(region, wanted, language="en", data=data)

    def staged(frame: pd.DataFrame, empty: object) -> pd.DataFrame:
        """Each quantity is told of one subject; lay the stages of a pipeline side by side."""
        told = {name: cells[said.values[name].notna()] for name, cells in frame.items()}
        rows = [
            [told[name].iloc[0] if len(told[name]) else empty for name in indicators]
            for indicators in PIPELINES.values()
        ]
        index = pd.Index(list(PIPELINES), name="project")
        return pd.DataFrame(rows, index=index, columns=[*STAGES, INVESTMENT])

    values = staged(said.values, float("nan")).astype(float)
    known = values[STAGES].notna().all(axis=1)
    return Claimed(
        values[known],
        staged(said.claims, "").astype(str)[known],
        staged(said.comparators, "").astype(str)[known],
    )


def load_claimed_and_published(
    variables: Sequence[str], region: str, *, data: Path | None = None
) -> pd.DataFrame:
    """Load what the article claims and what is published of a variable, period by period.

    Parameters
    ----------
    variables : sequence of str
        Published variables of the catalogue.
    region : str
        Six-digit code.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``(variable, period)``, periods in order, whole years after parts of them. In columns
        of their own, so that they are never one series: ``claimed`` with ``claim_comparator`` and
        ``claim_id``; ``published`` with ``comparator``, ``vintage`` and ``source_id``. NaN and
        empty where one of them is silent. Expectations are among the published figures, and their
        vintage says so.

    Raises
    ------
    ParameterError
        If a variable or the region is unknown.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> found = load_claimed_and_published(["advantage_chain_revenue"], "410300")
    >>> found.droplevel("variable")[["claimed", "published"]].dropna(how="all").index.tolist()
    ['2024-H1', '2024', '2025']
    """
    ids, (code,) = check_request(variables, [region], 0, 0, data)
    found = shared_observations(data)
    found = found[found["region_code"].eq(code) & found["variable"].isin(ids)]
    order = ["rank", "grade", "published", "source_id"]
    found = found.sort_values(order, ascending=[name != "published" for name in order])
    key = ["variable", "period"]
    printed = found.drop_duplicates(key).rename(columns={"published": "release"})
    printed = printed.set_index(key).rename(columns={"value": "published"})
    claims = shared_claims(data).reset_index()
    claims = claims[claims["region_code"].eq(code) & claims["variable"].isin(ids)]
    said = claims[claims["repeat_of"].eq("")].drop_duplicates(key).set_index(key)
    said = said.rename(columns={"value": "claimed", "comparator": "claim_comparator"})
    both = said[["claimed", "claim_comparator", "claim_id"]].join(
        printed[["published", "comparator", "vintage", "source_id"]], how="outer"
    )
    texts = both.select_dtypes(exclude="number").columns
    both[texts] = both[texts].where(both[texts].notna(), "")
    names, periods = (both.index.get_level_values(level) for level in key)
    # A part of a year comes before the whole of it, which the letter sorts behind.
    whole = periods.where(periods.str.len() > len("2024"), periods + "Z")
    places = pd.MultiIndex.from_arrays([pd.Index(ids).get_indexer(names), whole])
    return both.iloc[places.argsort()]
