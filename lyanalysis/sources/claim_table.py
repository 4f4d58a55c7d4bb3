"""Claims of the article as a table: one row a subject, one column a quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.claims import load_claims


@dataclass(frozen=True, slots=True, eq=False)
class Claimed:
    """What the article says of several subjects; nothing in it is evidence.

    Attributes
    ----------
    values : DataFrame
        Numbers in the unit of the catalogue; NaN where nothing is said.
    claims : DataFrame of str
        Identifier of each claim; empty where there is none.
    comparators : DataFrame of str
        How each number is qualified; empty where there is none.
    """

    values: pd.DataFrame
    claims: pd.DataFrame
    comparators: pd.DataFrame

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Claims of all numbers, each once, in order."""
        return tuple(sorted(set(self.claims.to_numpy().ravel()) - {""}))


def load_claimed(
    region: str,
    indicators: Sequence[str],
    *,
    language: catalog.Language,
    data: Path | None = None,
) -> Claimed:
    """Load what the article says of a region, one row a subject and one column an indicator.

    Parameters
    ----------
    region : str
        Six-digit code.
    indicators : sequence of str
        Values of ``indicator_id`` in ``claims.csv``.
    language : {"zh", "en"}
        Language of the subjects' names.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    Claimed
        Index ``entity``, in the order of the claims; every indicator is a column, also where
        nothing is said of the region. Claims that repeat another are left out; of several claims of
        one quantity the first is taken.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the table of claims is damaged.

    Examples
    --------
    >>> said = load_claimed("410300", ["park_land_area", "park_firms_attracted"], language="en")
    >>> said.values.iloc[0].tolist(), said.claims.iloc[0].tolist()
    ([583.0, 41.0], ['F024', 'F025'])
    >>> load_claimed("410100", ["park_land_area"], language="en").values.shape
    (0, 1)
    """
    catalog.region(region, data=data)
    claims = load_claims(data).reset_index()
    wanted = claims["indicator_id"].isin(indicators) & claims["region_code"].eq(region)
    found = claims[wanted & claims["repeat_of"].eq("")].rename(
        columns={f"entity_{language}": "entity"}
    )
    found = found.drop_duplicates(["entity", "indicator_id"])
    entities = pd.Index(found["entity"].unique(), name="entity", dtype=str)

    def spread(column: str) -> pd.DataFrame:
        cells = found.set_index(["entity", "indicator_id"])[column].unstack("indicator_id")
        return cells.reindex(index=entities, columns=list(indicators))

    def words(column: str) -> pd.DataFrame:
        cells = spread(column)
        return cells.where(cells.notna(), "").astype(str).rename_axis(columns=None)

    return Claimed(
        spread("value").astype(float).rename_axis(columns=None),
        words("claim_id"),
        words("comparator"),
    )
