"""What a contract finds, and what of it is settled: by a break, a doubt or a check on record."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.observations import read_breaks
from lyanalysis.sources.selection import annual, count_breaks
from lyanalysis.sources.windows import break_name

FINDING = ["contract", "table", "region_code", "variable", "period", "message", "settled"]
"""Columns of :func:`~lyanalysis.sources.contracts.check_data`."""
SETTLING_NOTES = {"存疑": "doubt", "已核实": "checked"}
"""Words in a note that settle a finding: sources contradict each other, or the figure was looked
up again, stands in the source as stored, and the note says why it is unusual."""
SPAN = ["first_year", "first_rank", "last_year", "last_rank"]
NOTHING = pd.DataFrame(columns=[*FINDING[:6], "note", *SPAN])
"""No findings."""
DOCUMENT = ["region_code", "period", "period_kind", "vintage", "source_id"]
"""Figures that share all of these stand in one document and are about one period."""


def picked(data: Path | None) -> pd.DataFrame:
    """Return every annual figure that may be picked, the preferred one of a cell first.

    Parameters
    ----------
    data : Path or None
        Folder of a data package.

    Returns
    -------
    DataFrame
        What :func:`~lyanalysis.sources.selection.annual` returned, with ``side``, the number of
        breaks before a figure: two of one series may be compared where it is equal.
    """
    published = [id for id, entry in catalog.variables(data).items() if entry.kind == "published"]
    found = annual(published, list(catalog.regions(data)), 0, 9999, data)
    found = found[found["refused"].eq("") & found["year"].gt(0)]
    series = found["variable"].map({id: break_name(id, data) for id in published}).astype(str)
    return found.assign(side=count_breaks(found.assign(variable=series), read_breaks(data)))


def preferred(found: pd.DataFrame, variable: str) -> pd.DataFrame:
    """Return the one figure used of every region and year of a variable."""
    rows = found[found["variable"].eq(variable)]
    return rows.drop_duplicates(["region_code", "year"])


def report(
    contract: str, rows: pd.DataFrame, says: str, data: Path | None, **named: object
) -> pd.DataFrame:
    """Return findings, one a row.

    Parameters
    ----------
    contract : str
        Name of the contract that is broken.
    rows : DataFrame
        What breaks it: ``table``, ``row``, ``region_code``, ``variable``, ``period`` of the figure
        to look at, ``note``, the notes of all figures involved, and for a comparison of two years
        the columns :data:`SPAN`.
    says : str
        What was found, what was expected and what to do, with places for columns of `rows`.
    data : Path or None
        Folder of a data package.
    **named : object
        What else has a place in `says`.

    Returns
    -------
    DataFrame
        ``FINDING`` without ``settled``, and what :func:`settle` needs.
    """
    if rows.empty:
        return NOTHING
    found = rows.reindex(columns=[*FINDING[1:5], "note", *SPAN])
    names = {code: entry.name_zh for code, entry in catalog.regions(data).items()}
    head = "{table}, row {row}: {variable} of {region_code} ({name}) for {period} "
    messages = [
        (head + says).format(
            **{str(key): cell for key, cell in record.items()},
            **named,
            name=names[str(record["region_code"])],
        )
        for record in rows.to_dict(orient="records")
    ]
    return found.assign(contract=contract, message=pd.Series(messages, rows.index, dtype=str))


def settle(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Say for every finding what settles it; empty where nothing does.

    Parameters
    ----------
    found : DataFrame
        What :func:`report` returned.
    data : Path or None
        Folder of a data package.

    Returns
    -------
    DataFrame
        Columns :data:`FINDING`.
    """
    settled = [_break_between(row, data) or _noted(str(row["note"])) for _, row in found.iterrows()]
    return found.assign(settled=pd.Series(settled, found.index, dtype=str))[FINDING]


def _break_between(row: pd.Series, data: Path | None) -> str:
    """Name the break a comparison of two years crosses."""
    if pd.isna(row["first_year"]):
        return ""
    breaks = read_breaks(data)
    series = break_name(str(row["variable"]), data)
    own = breaks[breaks["region_code"].eq(row["region_code"]) & breaks["variable"].eq(series)]
    # In the year before a break a preferred vintage is already on its new side.
    after_first = own["before_year"].gt(row["first_year"]) | (
        own["before_year"].eq(row["first_year"]) & own["before_rank"].le(row["first_rank"])
    )
    before_last = own["before_year"].lt(row["last_year"]) | (
        own["before_year"].eq(row["last_year"]) & own["before_rank"].gt(row["last_rank"])
    )
    for crossed in own[after_first & before_last].itertuples():
        return f"break: {crossed.variable} after {crossed.before_year} ({crossed.kind})"
    return ""


def _noted(note: str) -> str:
    for words, name in SETTLING_NOTES.items():
        if words in note:
            said = note[note.index(words) :].split(";")[0].split("；")[0]
            return f"{name}: {said}"
    return ""


def joined(*notes: pd.Series) -> pd.Series:
    """Join the notes of several figures."""
    return pd.Series(
        [
            "；".join(dict.fromkeys(str(note) for note in row if note))
            for row in zip(*notes, strict=True)
        ],
        index=notes[0].index,
        dtype=str,
    )


def outside(values: pd.Series, low: float | pd.Series, high: float | pd.Series) -> pd.Series:
    """Mark numbers outside a window; binary noise at its ends does not count."""
    noise = 1e-9 * np.maximum(1.0, values.abs())
    return values.lt(low - noise) | values.gt(high + noise)
