"""Tables with columns of their own: text becomes numbers, codes are known, keys stand once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.observations import NO_NUMBER, NUMBER, REPEATED

NO_SOURCE = "is not a source; add it to sources.csv"
YEAR = r"[0-9]{4}"
NO_YEAR = "is not a year; write four digits, such as 2025"


def read_keyed(
    name: str, key: Sequence[str], columns: Sequence[str], data: Path | None
) -> pd.DataFrame:
    """Read a table as text, in which every key stands once and every source is known.

    Parameters
    ----------
    name : str
        Table inside the data package.
    key : sequence of str
        Columns that tell its rows apart; ``edition`` and ``year`` among them must be years.
    columns : sequence of str
        All columns wanted, those of the key included.
    data : Path or None
        Folder of data of the user's own.

    Returns
    -------
    DataFrame
        Text; ``edition`` and ``year`` are integers.

    Raises
    ------
    DataError
        If a rule is broken; the message names file, row and column.
    """
    table = catalog.read_table(name, columns=columns, data=data)
    years = [column for column in ("edition", "year") if column in columns]
    for column in years:
        wrong = ~table[column].str.fullmatch(YEAR)
        catalog.refuse(table, wrong, column=column, expected=NO_YEAR)
    catalog.refuse(table, table.duplicated(list(key)), column=key[-1], expected=REPEATED)
    if "source_id" in columns:
        wrong = ~table["source_id"].isin(list(catalog.sources(data)))
        catalog.refuse(table, wrong, column="source_id", expected=NO_SOURCE)
    return table.astype(dict.fromkeys(years, int))


def numbers(table: pd.DataFrame, column: str) -> pd.Series:
    """Return a column as numbers, NaN where the cell is empty; refuse any other text."""
    text = table[column]
    empty = text.eq("")
    catalog.refuse(table, ~(text.str.fullmatch(NUMBER) | empty), column=column, expected=NO_NUMBER)
    return text.mask(empty).astype(float)
