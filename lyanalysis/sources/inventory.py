"""What is published of one region: its series, and the breaks in them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.observations import ACCOUNTS, VINTAGES, read_breaks, shared_observations


def list_series(region: str, *, data: Path | None = None) -> pd.DataFrame:
    """List the series of a region: how many figures, from when to when, from how many documents.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``variable`` in the order of the catalogue, variables without a figure left out.
        ``figures``, all that are published, within years and expected ones too; ``since`` and
        ``until``, first and last year of the periods they belong to; ``documents``, the number of
        sources; ``best``, the grade of the best of them; ``vintages``, codes joined by ``;`` in
        the order of preference.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> found = list_series("410300")
    >>> found.loc[["gdp_growth_real"], ["since", "until", "best"]].to_numpy().tolist()
    [[2009, 2025, 'A']]
    """
    code = catalog.region(region, data=data).code
    found = shared_observations(data)
    found = found[found["region_code"].eq(code)]
    groups = found.assign(when=found["period"].str[:4].astype(int)).groupby("variable")
    ranks = {vintage: rank for rank, vintage in enumerate(VINTAGES)}
    listed = pd.DataFrame(
        {
            "figures": groups.size(),
            "since": groups["when"].min(),
            "until": groups["when"].max(),
            "documents": groups["source_id"].nunique(),
            "best": groups["grade"].min(),
            "vintages": groups["vintage"].agg(
                lambda codes: ";".join(sorted(set(codes), key=ranks.__getitem__))
            ),
        }
    )
    return listed.reindex([id for id in catalog.variables(data) if id in listed.index])


def list_breaks(
    region: str, *, language: catalog.Language, data: Path | None = None
) -> pd.DataFrame:
    """List the named breaks in the series of a region.

    Parameters
    ----------
    region : str
        Six-digit code.
    language : {"zh", "en"}
        Language of the reasons.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``broken``, the variable, or ``accounts`` for GDP, its sectors and their shares.
        ``before_year``, the last year on the older side; ``reason_text``.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> list_breaks("410300", language="en").loc["accounts", "before_year"].tolist()
    [2013, 2018, 2022, 2023]
    """
    code = catalog.region(region, data=data).code
    found = read_breaks(data)
    found = found[found["region_code"].eq(code)]
    order = {id: place for place, id in enumerate([ACCOUNTS, *catalog.variables(data)])}
    found = found.assign(place=found["variable"].map(order))
    found = found.sort_values(["place", "before_year"], kind="stable")
    return pd.DataFrame(
        {
            "before_year": found["before_year"].to_numpy(int),
            "reason_text": found[f"reason_{language}"].to_numpy(str),
        },
        index=pd.Index(found["variable"], name="broken", dtype=str),
    )
