"""What of the article belongs into the report of a region."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.claims import claim_beside_published, load_claims, match_claims

FIRMNESS = ("hard", "label", "verbal", "implied", "repeat")
"""What kind of number a claim holds, the firmest first."""
EXACTNESS = ("exact", "bound", "about")
"""How a claim is qualified: a number, a limit on one side, an approximation."""
DATING = ("dated", "undated")
"""Whether a claim says when."""
MATCHES = ("same_period", "other_period", "none", "unpublished", "no_series")
"""What published figures say to a claim, from equal to nothing to compare with."""


def load_region_claims(region: str, *, data: Path | None = None) -> pd.DataFrame:
    """Load the claims that the report of a region shows.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Rows and columns of :func:`load_claims`, with ``firmness``, one of :data:`FIRMNESS`;
        ``exactness``, one of :data:`EXACTNESS`; ``dating``, one of :data:`DATING`.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the table of claims is damaged.

    Notes
    -----
    The subject of the article, the region most claims speak of, has all of them; the region above
    it has its own and those whose scope is no region of the catalogue, such as a metropolitan
    area; any other region has its own.

    Examples
    --------
    >>> len(load_region_claims("410300")), len(load_region_claims("410600"))
    (94, 3)
    """
    catalog.region(region, data=data)
    claims = load_claims(data)
    shown = claims[claims["region_code"].isin(_scopes(claims, region, data))]
    tags = [
        "repeat" if repeated else tag.split("|")[0] or "hard"
        for tag, repeated in zip(shown["tags"], shown["repeat_of"], strict=True)
    ]
    comparators = shown["comparator"]
    qualified = np.select(
        [comparators.eq("="), comparators.eq("about")], ["exact", "about"], "bound"
    )
    undated = np.where(shown["period_kind"].eq("as_reported"), "undated", "dated")
    return shown.assign(
        firmness=pd.Series(tags, shown.index, dtype=str),
        exactness=pd.Series(qualified, shown.index, dtype=str),
        dating=pd.Series(undated, shown.index, dtype=str),
    )


def split_rows(
    frame: pd.DataFrame, column: str, *groups: Collection[str]
) -> tuple[pd.DataFrame, ...]:
    """Split a frame by the codes of one of its columns.

    Parameters
    ----------
    frame : DataFrame
        Any frame.
    column : str
        A column of codes.
    *groups : collection of str
        Codes of each part.

    Returns
    -------
    tuple of DataFrame
        One part a group; rows of no group are in none.

    Examples
    --------
    >>> firm, soft = split_rows(load_region_claims("410300"), "firmness", ["hard"], ["label"])
    >>> len(firm), len(soft)
    (65, 7)
    """
    return tuple(frame[frame[column].isin(list(group))] for group in groups)


def subject_of(claims: pd.DataFrame) -> str:
    """Return the region most claims speak of; empty where there are none."""
    counts = claims.loc[claims["region_code"].ne(""), "region_code"].value_counts()
    return "" if counts.empty else str(counts.index[0])


def _scopes(claims: pd.DataFrame, region: str, data: Path | None) -> set[str]:
    """Return the codes, the empty one among them, of claims in the report of a region."""
    subject = subject_of(claims)
    if region == subject:
        return set(claims["region_code"])
    above = catalog.region(subject, data=data).parent if subject else ""
    return {region, ""} if region == above else {region}


def count_evidence(claims: pd.DataFrame) -> pd.DataFrame:
    """Count claims by section and kind of evidence.

    Parameters
    ----------
    claims : DataFrame
        As :func:`load_region_claims` returns it.

    Returns
    -------
    DataFrame
        Index ``section``, in the order of the article; one column of counts for each of
        :data:`FIRMNESS`, :data:`EXACTNESS` and :data:`DATING`; each of the three adds up to the
        claims of the section.

    Examples
    --------
    >>> counts = count_evidence(load_region_claims("410300"))
    >>> counts[["hard", "exact", "undated"]].sum().tolist()
    [65, 69, 57]
    """
    sections = pd.Index(claims["section"].unique(), name="section", dtype=str)
    kinds = {"firmness": FIRMNESS, "exactness": EXACTNESS, "dating": DATING}
    counted = [
        pd.crosstab(claims["section"], claims[column]).reindex(
            index=sections, columns=list(names), fill_value=0
        )
        for column, names in kinds.items()
    ]
    return pd.concat(counted, axis=1).astype(int)


def trace_claims(region: str, *, data: Path | None = None) -> pd.DataFrame:
    """Say of every claim in the report of a region on whose publications it could stand.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Rows and columns of :func:`load_region_claims`, with ``match``, one of :data:`MATCHES`:
        that of :func:`match_claims`, or ``no_series`` where no published series measures the same;
        ``closest_value``, in ``unit``, ``closest_period``, ``closest_kind``, ``closest_source``
        and ``difference`` as there; ``equal_documents`` and ``publishers``, how many print a figure
        equal to the claim, ``publisher_names``, joined by ``;``, ``grade``, the best among them,
        ``equal_sources``, a tuple of their identifiers.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the data package is damaged.

    Notes
    -----
    A reprint is not another voice: publishers are told apart without the remarks on where a copy
    was found. Numbers are missing where a claim has no published series.

    Examples
    --------
    >>> found = trace_claims("410300").loc[["F035"], ["match", "equal_documents", "publishers"]]
    >>> found.to_numpy().tolist()
    [['same_period', 1, 1]]
    """
    claims = load_region_claims(region, data=data)
    wanted = ["match", "closest_value", "closest_period", "closest_kind", "closest_source"]
    found = match_claims(data)[[*wanted, "difference"]].reindex(claims.index)
    texts = ["match", "closest_period", "closest_kind", "closest_source"]
    found[texts] = found[texts].where(found[texts].notna(), "").astype(str)
    found["match"] = found["match"].where(found["match"].ne(""), "no_series")
    return claims.join(found).join(_voices(claims.index, data))


def _voices(ids: pd.Index, data: Path | None) -> pd.DataFrame:
    """Return who prints a figure equal to each claim."""
    beside = claim_beside_published(data)
    compared = beside["claim_id"].isin(ids)
    equal = beside[compared & beside["equal"] & beside["comparable"]]
    known = catalog.sources(data)
    # Where the claim's own period is published, figures of other periods confirm nothing.
    own = equal.groupby("claim_id")["same_period"].transform("any")
    equal = equal[equal["same_period"] | ~own]
    rows = {}
    for claim_id in beside.loc[compared, "claim_id"].unique():
        sources = tuple(dict.fromkeys(equal.loc[equal["claim_id"].eq(claim_id), "source_id"]))
        names = [catalog.publisher_name(id, data=data) for id in sources]
        rows[claim_id] = {
            "equal_documents": len(sources),
            "publishers": len(set(names)),
            "publisher_names": ";".join(dict.fromkeys(names)),
            "grade": min((known[id].grade for id in sources), default=""),
            "equal_sources": sources,
        }
    columns = ["equal_documents", "publishers", "publisher_names", "grade", "equal_sources"]
    voices = pd.DataFrame.from_dict(rows, orient="index", columns=columns).reindex(ids)
    counts = voices[["equal_documents", "publishers"]].astype("Int64")
    texts = voices[["publisher_names", "grade"]]
    texts = texts.where(texts.notna(), "").astype(str)
    sources_of = voices["equal_sources"].map(lambda ids: ids if isinstance(ids, tuple) else ())
    return counts.join(texts).join(sources_of.astype(object))


def count_matches(traced: pd.DataFrame) -> pd.DataFrame:
    """Count claims by what published figures say to them.

    Parameters
    ----------
    traced : DataFrame
        As :func:`trace_claims` returns it.

    Returns
    -------
    DataFrame
        Index ``match``, all of :data:`MATCHES`; counts ``hard`` and ``soft``, of hard numbers and
        of all other claims. Empty where there are no claims.

    Examples
    --------
    >>> counts = count_matches(trace_claims("410300"))
    >>> counts.loc["same_period"].tolist(), counts.sum().tolist()
    ([3, 0], [65, 29])
    """
    hard = np.where(traced["firmness"].eq("hard"), "hard", "soft")
    counted = pd.crosstab(traced["match"], pd.Series(hard, traced.index, name="firmness"))
    rows = list(MATCHES) if len(traced) else []
    index = pd.Index(rows, name="match", dtype=str)
    counted = counted.reindex(index=index, columns=["hard", "soft"], fill_value=0).astype(int)
    return counted.rename_axis(columns=None)
