"""Claims on one region: beside what is published, before and after an event."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.claims import match_claims, shared_claims

BEFORE_AFTER = [
    *["side", "period", "value", "unit", "comparator", "printed", "printed_unit", "claim_id"]
]
"""What is told of a quantity that stands before or after an event."""


def match_region_claims(
    region: str, variables: Sequence[str], *, data: Path | None = None
) -> pd.DataFrame:
    """Load what the article says of published series of a region, beside what is published.

    Parameters
    ----------
    region : str
        Six-digit code.
    variables : sequence of str
        Published variables, which give the order.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Rows and columns of :func:`match_claims` with ``printed`` and ``printed_unit`` of the
        claim; none where nothing is said of the region.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> found = match_region_claims("410300", ["rd_intensity"])
    >>> found[["printed", "match", "annual_value"]].to_numpy().tolist()
    [['3.28', 'none', 3.03]]
    """
    code = catalog.region(region, data=data).code
    places = {id: place for place, id in enumerate(variables)}
    found = match_claims(data)
    found = found[found["region_code"].eq(code) & found["variable"].isin(variables)]
    found = found.sort_values("variable", key=lambda ids: ids.map(places), kind="stable")
    return found.join(shared_claims(data)[["printed", "printed_unit"]])


def load_before_after(
    region: str,
    event: str,
    indicators: Sequence[str],
    *,
    language: catalog.Language,
    data: Path | None = None,
) -> pd.DataFrame:
    """Load what the article says of a subject before and after something happened to it.

    Parameters
    ----------
    region : str
        Six-digit code.
    event : str
        The ``indicator_id`` of claims that give the year of the event.
    indicators : sequence of str
        Values of ``indicator_id`` that may have been moved by it, in the order wanted.
    language : {"zh", "en"}
        Language of the names.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``(entity, indicator)`` in words: every indicator that is claimed of a subject with an
        event. ``event_year``; ``side``, ``before`` where the period ends before the year of the
        event, ``after`` where it begins with it or later, ``undated``; ``period``; ``value`` in
        ``unit``; ``comparator``; ``printed``, ``printed_unit``; ``claim_id``. Empty where nothing
        is said of the region.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the table of claims is damaged.

    Notes
    -----
    An undated stock in a text written after the event is not known to be of after it.

    Examples
    --------
    >>> asked = ["enterprise_revenue", "enterprise_output_growth"]
    >>> found = load_before_after(
    ...     "410300", "mixed_ownership_reform_start_year", asked, language="en"
    ... )
    >>> found[["event_year", "side", "period", "value"]].to_numpy().tolist()
    [[2022, 'after', '2024', 46.99], [2022, 'after', '2025-H1', 36.0]]
    """
    code = catalog.region(region, data=data).code
    claims = shared_claims(data).reset_index()
    claims = claims[claims["region_code"].eq(code) & claims["repeat_of"].eq("")]
    names = {f"entity_{language}": "entity", f"indicator_{language}": "indicator"}
    claims = claims.rename(columns=names)
    events = claims[claims["indicator_id"].eq(event)].set_index("entity")["value"].astype(int)
    places = {id: place for place, id in enumerate(indicators)}
    found = claims[claims["indicator_id"].isin(indicators) & claims["entity"].isin(events.index)]
    found = found.sort_values("indicator_id", key=lambda ids: ids.map(places), kind="stable")
    year = found["entity"].map(events).astype(int)
    begins, ends = (found["period"].str.findall(r"[0-9]{4}").str[at].astype(int) for at in (0, -1))
    side = pd.Series("undated", index=found.index, dtype=str)
    dated = found["period_kind"].ne("as_reported")
    side = side.mask(dated & ends.lt(year), "before").mask(dated & begins.ge(year), "after")
    found = found.assign(event_year=year, side=side).set_index(["entity", "indicator"])
    return found[["event_year", *BEFORE_AFTER]]
