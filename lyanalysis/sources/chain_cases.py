"""Claims of the article under the chains they illustrate: industry, innovation, capital, policy."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.claims import shared_claims
from lyanalysis.sources.tables import read_keyed

CHAIN_CASES = "classifications/chain_cases.csv"
CHAINS = ("industry", "innovation", "capital", "policy", "talent")
"""The four chains, and talent, which stands beside them."""
CELLS = ("case", "cost", "reach", "result")
"""What a claim tells of a case: what it is, what was put in, whom it took in, what came out."""
KEPT = [
    *["chain", "cell", "entity", "indicator", "value", "unit", "comparator"],
    *["printed", "printed_unit", "kind", "status", "period"],
]


def read_chain_cases(data: Path | None = None) -> pd.DataFrame:
    """Read and check which claim stands under which chain.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        One row a claim, in the order of the table: ``claim_id``; ``chain``, one of :data:`CHAINS`;
        ``cell``, one of :data:`CELLS`.

    Raises
    ------
    DataError
        If a claim, chain or cell is unknown, or a claim occurs twice.

    Examples
    --------
    >>> read_chain_cases().iloc[0].tolist()
    ['F042', 'industry', 'case']
    """
    table = read_keyed(CHAIN_CASES, ["claim_id"], ["claim_id", "chain", "cell"], data)
    unknown = ~table["claim_id"].isin(shared_claims(data).index)
    expected = "is not a claim; use an identifier of claims.csv"
    catalog.refuse(table, unknown, column="claim_id", expected=expected)
    for column, known in (("chain", CHAINS), ("cell", CELLS)):
        expected = f"is not a {column}; use one of {', '.join(known)}"
        catalog.refuse(table, ~table[column].isin(known), column=column, expected=expected)
    return table


def load_chain_cases(
    region: str, *, language: catalog.Language, data: Path | None = None
) -> pd.DataFrame:
    """Load what the article says of the chains of a region, one row a claim.

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
        Index ``claim_id``, chains in the order of :data:`CHAINS` and claims in that of the table;
        empty where nothing is said of the region. ``chain``, ``cell``; ``entity`` and
        ``indicator`` in words; ``value`` in ``unit``, the unit of the catalogue; ``comparator``;
        ``printed`` and ``printed_unit`` as in the article; ``kind``; ``status``; ``period``.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the table, or that of the claims, is damaged.

    Notes
    -----
    Claims are no evidence. A chain without a claim on what it cost or brought has no row for it:
    the gap is part of the finding.

    Examples
    --------
    >>> cases = load_chain_cases("410300", language="en")
    >>> cases.loc["F048", ["chain", "cell", "printed", "printed_unit"]].tolist()
    ['capital', 'cost', '7', '亿元']
    >>> load_chain_cases("410100", language="en").empty
    True
    """
    code = catalog.region(region, data=data).code
    places = {chain: place for place, chain in enumerate(CHAINS)}
    table = read_chain_cases(data).sort_values(
        "chain", key=lambda chains: chains.map(places), kind="stable"
    )
    claims = shared_claims(data)
    cases = table.set_index("claim_id").join(claims)
    cases = cases.rename(
        columns={f"entity_{language}": "entity", f"indicator_{language}": "indicator"}
    )
    return cases.loc[cases["region_code"].eq(code), KEPT]
