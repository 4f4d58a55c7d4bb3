"""What the article concludes, and what is published to test it with."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.article import subject_of
from lyanalysis.sources.checks import shared_checks
from lyanalysis.sources.claims import shared_claims
from lyanalysis.sources.observations import shared_observations
from lyanalysis.sources.tables import read_keyed

LESSONS = "classifications/lessons.csv"
LESSON_KINDS = ("lesson", "expert", "risk")
"""Said to be of use elsewhere; judged in the expert box; brought to light by the checks."""
LESSON_STATUSES = ("given", "partly", "missing")
"""Whether the article gives the number that would test it."""


def load_lessons(region: str, *, year: int, data: Path | None = None) -> pd.DataFrame:
    """Load lessons, expert judgements and risks, with the published figures that bear on them.

    Parameters
    ----------
    region : str
        Six-digit code.
    year : int
        Last year of published figures.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``lesson_id``, those that speak of the region; for the subject of the article all.
        ``kind``, one of :data:`LESSON_KINDS`; ``region_code`` it speaks of; ``text`` and
        ``indicator``, which would test it, in both languages; ``claims``, ``checks``, written
        ``D14.of_chains``, and ``variables``, tuples; ``status``, one of :data:`LESSON_STATUSES`;
        ``annual_figures``, how many of these variables are published for the region it speaks of
        up to `year`; ``series``, of how many of the variables; ``last_year``, the newest of them,
        NaN for none.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the table is damaged.

    Examples
    --------
    >>> found = load_lessons("410300", year=2025)
    >>> found.loc[["R1"], ["kind", "checks", "series"]].to_numpy().tolist()
    [['risk', ('D14.of_chains', 'D14.in_chains'), 0]]
    """
    catalog.region(region, data=data)
    table = read_lessons(data=data)
    if region != subject_of(shared_claims(data)):
        table = table[table["region_code"].eq(region)]
    found = shared_observations(data)
    found = found[
        found["period_kind"].eq("year") & found["vintage"].ne("expected") & found["year"].le(year)
    ]
    published = found.drop_duplicates(["region_code", "variable", "year"])
    counted = []
    for code, ids in zip(table["region_code"], table["variables"], strict=True):
        own = published[published["region_code"].eq(code) & published["variable"].isin(ids)]
        counted.append((len(own), own["variable"].nunique(), own["year"].max()))
    columns = ["annual_figures", "series", "last_year"]
    counts = pd.DataFrame(counted, index=table.index, columns=columns)
    counts = counts.astype({"annual_figures": int, "series": int, "last_year": float})
    return table.join(counts).set_index("lesson_id")


def read_lessons(*, data: Path | None = None) -> pd.DataFrame:
    """Read and check all lessons, expert judgements and risks.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        One row each, lists as tuples.

    Raises
    ------
    DataError
        If a region, claim, check, variable, kind or status is unknown, or a key occurs twice.

    Examples
    --------
    >>> read_lessons()["kind"].value_counts().to_dict()
    {'expert': 7, 'risk': 6, 'lesson': 3}
    """
    columns = catalog.table_columns(LESSONS)
    table = read_keyed(LESSONS, ["lesson_id"], columns, data)
    parts = {f"{check_id}.{part}" for check_id, part in shared_checks(data).index}
    published = {id for id, entry in catalog.variables(data).items() if entry.kind == "published"}
    lists = {"claims": set(shared_claims(data).index), "checks": parts, "variables": published}
    for column, allowed in lists.items():
        unknown = ~table[column].map(lambda cell, allowed=allowed: set(_split(cell)) <= allowed)
        expected = f"names one that is not known; write {column} as they are, separated by |"
        catalog.refuse(table, unknown.astype(bool), column=column, expected=expected)
    codes = {
        "region_code": tuple(catalog.regions(data)),
        "kind": LESSON_KINDS,
        "status": LESSON_STATUSES,
    }
    for column, known in codes.items():
        expected = f"is not known; use one of {', '.join(known[:4])}"
        catalog.refuse(table, ~table[column].isin(known), column=column, expected=expected)
    return table.assign(**{column: table[column].map(_split) for column in lists})


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
