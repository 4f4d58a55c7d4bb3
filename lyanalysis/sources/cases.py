"""Cases the article tells, fact by fact."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.claims import load_claims

FACTS: Mapping[str, tuple[str, ...]] = {
    "fact_area": ("land_area",),
    "fact_firms": ("firms", "shops"),
    "fact_output": ("output", "revenue"),
    "fact_tax": ("tax",),
    "fact_jobs": ("jobs",),
    "fact_before": ("before", "growth"),
}
"""What a site can be judged by, and the words by which identifiers of claims name it."""
CASE_COLUMNS = [
    "entity",
    "indicator",
    "fact",
    "status",
    "value",
    "comparator",
    "unit",
    "printed",
    "printed_unit",
    "due",
]


def load_cases(
    region: str, section: str, *, language: catalog.Language, data: Path | None = None
) -> pd.DataFrame:
    """Load what the article says of single sites of a region, one row a number.

    Parameters
    ----------
    region : str
        Six-digit code.
    section : str
        Section of the article, as in ``claims.csv``.
    language : {"zh", "en"}
        Language of the names.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``claim_id``, in the order of the claims. ``entity`` and ``indicator`` in words;
        ``fact``, a key of :data:`FACTS`, empty for another number; ``status``, ``stated``,
        ``expected`` or ``target``; ``value`` in ``unit``, that of the catalogue; ``comparator``;
        ``printed`` and ``printed_unit`` as they stand in the article; ``due``, the year of a
        target, empty where none is given. Left out are repeats, dates, and claims of a series that
        is published for the region as a whole.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the table of claims is damaged.

    Examples
    --------
    >>> cases = load_cases("410300", "space", language="en")
    >>> cases.loc["F024", ["fact", "status", "printed", "unit"]].tolist()
    ['fact_area', 'stated', '583', '亩']
    >>> load_cases("410100", "space", language="en").empty
    True
    """
    catalog.region(region, data=data)
    claims = load_claims(data)
    wanted = (
        claims["section"].eq(section)
        & claims["region_code"].eq(region)
        & claims["repeat_of"].eq("")
        & claims["variable"].eq("")
        & claims["kind"].ne("date")
    )
    found = claims[wanted]
    return found.assign(
        entity=found[f"entity_{language}"],
        indicator=found[f"indicator_{language}"],
        fact=found["indicator_id"].map(_fact),
        due=found["period"].where(
            found["status"].eq("target") & found["period_kind"].eq("year"), ""
        ),
    )[CASE_COLUMNS]


def _fact(indicator: str) -> str:
    """Name the fact an identifier speaks of; the first that fits."""
    words = set(indicator.split("_"))
    for fact, names in FACTS.items():
        if any(set(name.split("_")) <= words for name in names):
            return fact
    return ""
