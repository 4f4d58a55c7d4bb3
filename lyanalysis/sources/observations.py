"""Published figures as one checked table: codes known, numbers numeric, units converted."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import DataError

KEY = ["region_code", "variable", "period", "period_kind", "vintage", "source_id"]
"""What identifies an observation."""
COLUMNS = [*KEY, "value", "comparator", "unit", "basis", "as_of", "note"]
"""Columns of every table of observations."""
VINTAGES = (
    "final",
    "census_revised",
    "preliminary",
    "yearbook",
    "compiled",
    "statement",
    "expected",
)
"""Stages of publication, the preferred one first."""
PERIODS = {
    "year": r"[0-9]{4}",
    "half_year": r"[0-9]{4}-H[12]",
    "quarter": r"[0-9]{4}-Q[1-4]",
    "year_to_date": r"[0-9]{4}(-01/[0-9]{4}-(0[1-9]|1[0-2]))?",
    "month": r"[0-9]{4}-(0[1-9]|1[0-2])",
    "stock": r"[0-9]{4}(-(0[1-9]|1[0-2]))?",
    "cumulative": r"[0-9]{4}/[0-9]{4}",
    "average": r"[0-9]{4}/[0-9]{4}",
    "as_reported": r"[0-9]{4}(-(0[1-9]|1[0-2]))?",
}
"""Kinds of period, each with the form its periods have; only a ``year`` is an annual value."""
BASES = (
    "current_prices",
    "real_growth_on_previous_year",
    "real_average_growth",
    "share_of_gdp",
    "share_of_above_scale_industrial_value_added",
    "share_of_industrial_value_added",
    "unstated",
)
"""What a figure may measure."""
COMPARATORS = ("=", ">", "<", "about")
"""How a source may qualify a figure."""
ACCOUNTS = "accounts"
"""The name under which breaks of GDP, its sectors and their shares are listed together."""
NUMBER = r"-?[0-9]+(\.[0-9]+)?"
NO_NUMBER = (
    "is not a plain number; leave out units, spaces and separators, and use the digits 0 to 9"
)
EXAMPLES = {
    "year": "2025",
    "half_year": "2025-H1",
    "quarter": "2025-Q1",
    "year_to_date": "2025-01/2025-09",
    "month": "2025-09",
    "stock": "2025-12",
    "cumulative": "2021/2025",
    "average": "2021/2025",
    "as_reported": "2025",
}
"""A period of every kind, for messages."""
NO_REGION = "is not a region; add it to regions.csv"
NO_VINTAGE = f"is not a vintage; use one of {', '.join(VINTAGES)}"
REPEATED = "is there twice; keep one of the rows"
NOTE_FLAGS = {"原文名称：": "named_otherwise", "存疑": "doubtful"}
"""Words in a note that say something about comparability, and the flag they become."""


def read_observations(data: Path | None = None) -> pd.DataFrame:
    """Read, check and convert all observations of a data package.

    Parameters
    ----------
    data : Path, optional
        Folder of a data package; ``None`` means the shipped one.

    Returns
    -------
    DataFrame
        One row an observation. The columns of the tables, where ``value`` is a float and ``unit``
        the unit of the catalogue, and: ``step``, the last printed digit in that unit; ``year``,
        0 unless the period is a year; ``rank``, position of the vintage in :data:`VINTAGES`;
        ``grade`` and ``published`` of the source; ``flag``, codes joined by ``;``.

    Raises
    ------
    DataError
        If a table is damaged: unknown code, wrong form of a period, text in a number, a unit that
        cannot be converted, a key that occurs twice, a correction whose source has changed.

    Examples
    --------
    >>> found = read_observations().query("variable == 'gdp' and unit == '亿元' and year == 2018")
    >>> found.query("region_code == '410300'")["value"].round(4).tolist()
    [4640.7821, 4640.7821]
    """
    return shared_observations(data).copy()


def shared_observations(data: Path | None) -> pd.DataFrame:
    """Return the checked observations themselves, for callers that never change them."""
    names = (*catalog.list_tables("observations", data), "corrections.csv", "variables.csv")
    names = (*names, "regions.csv", "sources.csv", "units.csv")
    return _observations(tuple(catalog.version(name, data) for name in names), data)


@cache
def _observations(files: tuple[catalog.Version, ...], data: Path | None) -> pd.DataFrame:
    tables = []
    for file in files:
        if file.name.startswith("observations/"):
            table = catalog.read_table(file.name, columns=COLUMNS, data=data)
            _check_codes(table, file.name, data)
            tables.append(table.assign(table=file.name))
    found = pd.concat(tables).rename_axis("row").reset_index()
    _check_unique(found)
    return _convert(_correct(found, data), data)


def refuse(table: pd.DataFrame, name: str, wrong: pd.Series, *, column: str, expected: str) -> None:
    """Raise a DataError for the first row marked as wrong.

    Parameters
    ----------
    table : DataFrame
        A table as read, its index the row in the file.
    name : str
        File inside the data package.
    wrong : Series of bool
        True for rows that break a rule.
    column : str
        The column that breaks it.
    expected : str
        What was expected and what to do.

    Raises
    ------
    DataError
        If any row is marked.
    """
    for row, shown in table.loc[wrong, column].items():
        id = str(table.loc[row, "variable"]) if "variable" in table else None
        raise DataError(
            f"{name}, row {row}, column {column}: {shown!r} {expected}",
            table=name,
            variable=id,
            row=row,
            column=column,
        )


def _check_codes(table: pd.DataFrame, name: str, data: Path | None) -> None:
    published = [key for key, entry in catalog.variables(data).items() if entry.kind == "published"]
    lists: Mapping[str, tuple[Container[str], str]] = {
        "region_code": (catalog.regions(data), NO_REGION),
        "variable": (published, "is not a published variable; add it to variables.csv"),
        "period_kind": (PERIODS, f"is not a kind of period; use one of {', '.join(PERIODS)}"),
        "vintage": (VINTAGES, NO_VINTAGE),
        "source_id": (catalog.sources(data), "is not a source; add it to sources.csv"),
        "comparator": (COMPARATORS, f"is not a comparator; use one of {' '.join(COMPARATORS)}"),
        "unit": (_factors(data), "is not a unit; add it to units.csv"),
        "basis": (BASES, f"is not a basis; use one of {', '.join(BASES)}"),
    }
    for column, (known, expected) in lists.items():
        wrong = [code for code in table[column].unique() if code not in known]
        refuse(table, name, table[column].isin(wrong), column=column, expected=expected)
    for kind, form in PERIODS.items():
        wrong_form = table["period_kind"].eq(kind) & ~table["period"].str.fullmatch(form)
        expected = f"does not have the form of {kind}; write it like {EXAMPLES[kind]}"
        refuse(table, name, wrong_form, column="period", expected=expected)
    wrong_number = ~table["value"].str.fullmatch(NUMBER)
    refuse(table, name, wrong_number, column="value", expected=NO_NUMBER)


def _factors(data: Path | None) -> dict[str, tuple[str, float]]:
    """Return printed unit -> unit of the catalogue and factor."""
    table = catalog.read_table("units.csv", columns=["unit", "canonical_unit", "factor"], data=data)
    refuse(table, "units.csv", table["unit"].duplicated(), column="unit", expected=REPEATED)
    wrong = ~table["factor"].str.fullmatch(NUMBER)
    refuse(table, "units.csv", wrong, column="factor", expected=NO_NUMBER)
    pairs = zip(table["canonical_unit"], table["factor"].astype(float), strict=True)
    return dict(zip(table["unit"], pairs, strict=True))


def _correct(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Apply known corrections; refuse one whose source no longer shows the expected value."""
    name = "corrections.csv"
    known = catalog.read_table(name, columns=[*KEY, "expect", "use"], data=data)
    for column in ("expect", "use"):
        wrong = ~known[column].str.fullmatch(NUMBER)
        refuse(known, name, wrong, column=column, expected=NO_NUMBER)
    refuse(known, name, known.duplicated(KEY), column="variable", expected=REPEATED)
    shown = known.merge(found, how="left", on=KEY)["value"].set_axis(known.index)
    absent = "is expected, but there is no such observation; review the correction"
    refuse(known, name, shown.isna(), column="expect", expected=absent)
    changed = shown.ne(known["expect"])
    if changed.any():
        other = (
            f"is expected, but the source shows {shown[changed].iloc[0]!r}; review the correction"
        )
        refuse(known, name, changed, column="expect", expected=other)
    used = found[KEY].merge(known, how="left", on=KEY)["use"]
    return found.assign(value=used.where(used.notna(), found["value"]), corrected=used.notna())


def _check_unique(found: pd.DataFrame) -> None:
    twice = found[found.duplicated(KEY, keep=False)].sort_values(KEY, kind="stable")
    if twice.empty:
        return
    first, late = twice.iloc[0], twice.iloc[1]
    raise DataError(
        f"{late['table']}, row {late['row']}: {late['variable']} of {late['region_code']} for "
        f"{late['period']} ({late['vintage']}, {late['source_id']}) is already in "
        f"{first['table']}, row {first['row']}; keep one of them",
        table=late["table"],
        variable=late["variable"],
        row=late["row"],
    )


def _convert(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    factors = _factors(data)
    units = found["unit"].map({unit: canonical for unit, (canonical, _) in factors.items()})
    factor = found["unit"].map({unit: number for unit, (_, number) in factors.items()})
    wanted = found["variable"].map(
        {id: entry.unit for id, entry in catalog.variables(data).items()}
    )
    for table, rows in found[units != wanted].groupby("table", sort=False):
        row = rows.iloc[0]
        raise DataError(
            f"{table}, row {row['row']}, column unit: {row['unit']!r} cannot be converted to "
            f"{wanted[rows.index[0]]!r}, the unit of {row['variable']}; add it to units.csv",
            table=str(table),
            variable=row["variable"],
            row=row["row"],
            column="unit",
        )
    digits = found["value"].str.partition(".")[2].str.len()
    known = catalog.sources(data)
    return found.assign(
        value=found["value"].astype(float) * factor,
        step=10.0**-digits * factor,
        unit=units,
        year=found["period"].where(found["period_kind"].eq("year"), "0").astype(int),
        rank=found["vintage"].map({vintage: rank for rank, vintage in enumerate(VINTAGES)}),
        grade=found["source_id"].map({id: entry.grade for id, entry in known.items()}),
        published=found["source_id"].map({id: entry.published for id, entry in known.items()}),
        flag=_flags(found),
    ).drop(columns="corrected")


def _flags(found: pd.DataFrame) -> list[str]:
    return [
        ";".join(
            [flag for words, flag in NOTE_FLAGS.items() if words in note]
            + (["corrected"] if corrected else [])
        )
        for note, corrected in zip(found["note"], found["corrected"], strict=True)
    ]


def read_breaks(data: Path | None = None) -> pd.DataFrame:
    """Read the breaks of all series.

    Parameters
    ----------
    data : Path, optional
        Folder of a data package.

    Returns
    -------
    DataFrame
        ``region_code``; ``variable``, or ``accounts`` for GDP, its sectors and their shares;
        ``before_year`` and ``before_rank``: figures of that year whose vintage ranks lower than
        this are already on the new side; ``kind``.

    Raises
    ------
    DataError
        If a region, variable, year or vintage is unknown.

    Examples
    --------
    >>> breaks = read_breaks().query("region_code == '410300' and variable == 'accounts'")
    >>> breaks["before_year"].tolist()
    [2013, 2018, 2022, 2023]
    """
    return _breaks(catalog.version("breaks.csv", data), data).copy()


@cache
def _breaks(file: catalog.Version, data: Path | None) -> pd.DataFrame:
    columns = ["region_code", "variable", "before_period", "before_vintage", "kind"]
    table = catalog.read_table(file.name, columns=columns, data=data)
    lists: Mapping[str, tuple[Container[str], str]] = {
        "region_code": (catalog.regions(data), NO_REGION),
        "variable": (
            {*catalog.variables(data), ACCOUNTS},
            f"is neither a variable nor {ACCOUNTS}; add it to variables.csv",
        ),
        "before_vintage": (("", *VINTAGES), NO_VINTAGE),
    }
    for column, (known, expected) in lists.items():
        wrong = ~table[column].map(lambda code, known=known: code in known).astype(bool)
        refuse(table, file.name, wrong, column=column, expected=expected)
    wrong_year = ~table["before_period"].str.fullmatch(PERIODS["year"])
    expected = "is not a year; write four digits, such as 2025"
    refuse(table, file.name, wrong_year, column="before_period", expected=expected)
    ranks = {"": 0} | {vintage: rank for rank, vintage in enumerate(VINTAGES)}
    return table.assign(
        before_year=table["before_period"].astype(int),
        before_rank=table["before_vintage"].map(ranks),
    ).drop(columns=["before_period", "before_vintage"])
