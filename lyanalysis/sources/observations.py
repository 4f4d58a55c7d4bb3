"""Published figures as one checked table: codes known, numbers numeric, units converted."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cache
from itertools import repeat
from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import DataError

KEY = ["region_code", "variable", "period", "period_kind", "vintage", "source_id"]
"""What identifies an observation."""
COLUMNS = [*KEY, "value", "comparator", "unit", "basis", "as_of", "note"]
"""Columns of every table of observations."""
PLACE = ["table", "row"]
"""Where an observation stands."""
CODED = [*KEY, "comparator", "unit", "basis", "note"]
"""Columns with few distinct texts."""
BREAK_COLUMNS = [
    "region_code",
    "variable",
    "before_period",
    "before_vintage",
    "kind",
    "reason_zh",
    "reason_en",
]
BREAK_FILES = ("breaks.csv", "variables.csv", "regions.csv")
"""What the breaks depend on."""
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
    "change": r"[0-9]{4}/[0-9]{4}",
    "event": r"[0-9]{4}(-[a-z0-9]+)+",
    "as_reported": r"[0-9]{4}(-(0[1-9]|1[0-2]))?",
}
"""Kinds of period, each with the form its periods have; only a ``year`` is an annual value."""
BASES = (
    "current_prices",
    "constant_prices",
    "quantity_in_period",
    "stock",
    "planned_total",
    "real_growth_on_previous_year",
    "nominal_growth_on_previous_year",
    "growth_on_previous_year",
    "real_average_growth",
    "nominal_average_growth",
    "cumulative_growth",
    "contribution_to_growth",
    "share_of_gdp",
    "share_of_above_scale_industrial_value_added",
    "share_of_industrial_value_added",
    "share_of_whole",
    "ratio_to_gdp",
    "ratio",
    "rate",
    "index",
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
    "change": "2020/2025",
    "event": "2025-peony-festival",
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
        Folder of data of the user's own; see :mod:`lyanalysis.catalog`.

    Returns
    -------
    DataFrame
        One row an observation. ``table`` and ``row``, where it stands; the columns of the tables,
        where ``value`` is a float and ``unit`` the unit of the catalogue; and: ``step``, the last
        printed digit in that unit; ``year``, 0 unless the period is a year; ``rank``, position of
        the vintage in :data:`VINTAGES`; ``grade`` and ``published`` of the source; ``flag``, codes
        joined by ``;``.

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
    names = ("observations/", "corrections.csv", "variables.csv", "regions.csv", "sources.csv")
    return _observations(tuple(catalog.version(name, data) for name in (*names, "units.csv")), data)


@cache
def _observations(_files: tuple[catalog.Version, ...], data: Path | None) -> pd.DataFrame:
    table = catalog.read_table("observations/", columns=COLUMNS, data=data)
    # Few distinct texts in many rows: rules are held to the distinct ones.
    coded = table.rename_axis(PLACE).reset_index().astype(dict.fromkeys(CODED, "category"))
    _check_codes(coded, data)
    _check_unique(coded)
    return _convert(_correct(coded, data), data)


def _check_codes(table: pd.DataFrame, data: Path | None) -> None:
    published = [key for key, entry in catalog.variables(data).items() if entry.kind == "published"]
    lists: Mapping[str, tuple[Container[str], str]] = {
        "region_code": (catalog.regions(data), NO_REGION),
        "variable": (published, "is not a published variable; add it to variables.csv"),
        "period_kind": (PERIODS, f"is not a kind of period; use one of {', '.join(PERIODS)}"),
        "vintage": (VINTAGES, NO_VINTAGE),
        "source_id": (catalog.sources(data), "is not a source; add it to sources.csv"),
        "comparator": (COMPARATORS, f"is not a comparator; use one of {' '.join(COMPARATORS)}"),
        "unit": (unit_factors(data), "is not a unit; add it to units.csv"),
        "basis": (BASES, f"is not a basis; use one of {', '.join(BASES)}"),
    }
    for column, (known, expected) in lists.items():
        wrong = [code for code in table[column].cat.categories if code not in known]
        if wrong:
            _refuse(table, table[column].isin(wrong), column, expected)
    periods = table.drop_duplicates(["period_kind", "period"]).astype({"period": str})
    for kind, form in PERIODS.items():
        wrong_form = periods["period_kind"].eq(kind) & ~periods["period"].str.fullmatch(form)
        expected = f"does not have the form of {kind}; write it like {EXAMPLES[kind]}"
        _refuse(periods, wrong_form, "period", expected)
    _refuse(table, ~table["value"].str.fullmatch(NUMBER), "value", NO_NUMBER)


def _refuse(found: pd.DataFrame, wrong: pd.Series, column: str, expected: str) -> None:
    """Raise a DataError for the first observation marked as wrong."""
    if wrong.any():
        first = found[wrong].iloc[[0]].set_index(PLACE)
        catalog.refuse(first, first[column].notna(), column=column, expected=expected)


def unit_factors(data: Path | None) -> dict[str, tuple[str, float]]:
    """Return printed unit -> unit of the catalogue and factor.

    Examples
    --------
    >>> unit_factors(None)["万元"]
    ('亿元', 0.0001)
    """
    table = catalog.read_table("units.csv", columns=["unit", "canonical_unit", "factor"], data=data)
    catalog.refuse(table, table["unit"].duplicated(), column="unit", expected=REPEATED)
    wrong = ~table["factor"].str.fullmatch(NUMBER)
    catalog.refuse(table, wrong, column="factor", expected=NO_NUMBER)
    pairs = zip(table["canonical_unit"], table["factor"].astype(float), strict=True)
    return dict(zip(table["unit"], pairs, strict=True))


def _correct(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Apply known corrections; refuse one whose source no longer shows the expected value."""
    known = catalog.read_table("corrections.csv", columns=[*KEY, "expect", "use"], data=data)
    for column in ("expect", "use"):
        wrong = ~known[column].str.fullmatch(NUMBER)
        catalog.refuse(known, wrong, column=column, expected=NO_NUMBER)
    catalog.refuse(known, known.duplicated(KEY), column="variable", expected=REPEATED)
    near = found["source_id"].isin(known["source_id"]) & found["variable"].isin(known["variable"])
    places = np.flatnonzero(near)
    candidates = found.iloc[places][[*KEY, "value"]].astype(str).assign(place=places)
    matched = known[KEY].merge(candidates, how="left", on=KEY).set_axis(known.index)
    absent = "is expected, but there is no such observation; review the correction"
    catalog.refuse(known, matched["value"].isna(), column="expect", expected=absent)
    changed = matched["value"].ne(known["expect"])
    if changed.any():
        shown = matched.loc[changed, "value"].iloc[0]
        other = f"is expected, but the source shows {shown!r}; review the correction"
        catalog.refuse(known, changed, column="expect", expected=other)
    corrected = np.zeros(len(found), dtype=bool)
    corrected[matched["place"].to_numpy(int)] = True
    value = found["value"].copy()
    value[corrected] = matched.assign(use=known["use"]).sort_values("place")["use"].to_numpy()
    return found.assign(value=value, corrected=corrected)


def _check_unique(found: pd.DataFrame) -> None:
    twice = found[found.duplicated(KEY, keep=False)]
    if twice.empty:
        return
    ordered = twice.astype(str).sort_values(KEY, kind="stable")
    first, late = ordered.iloc[0], ordered.iloc[1]
    raise DataError(
        f"{late['table']}, row {late['row']}: {late['variable']} of {late['region_code']} for "
        f"{late['period']} ({late['vintage']}, {late['source_id']}) is already in "
        f"{first['table']}, row {first['row']}; keep one of them",
        table=late["table"],
        variable=late["variable"],
        row=int(late["row"]),
    )


def _convert(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    factors, variables, known = unit_factors(data), catalog.variables(data), catalog.sources(data)
    units = _look_up(found["unit"], {unit: canonical for unit, (canonical, _) in factors.items()})
    factor = _look_up(found["unit"], {unit: number for unit, (_, number) in factors.items()}, float)
    wanted = _look_up(found["variable"], {id: entry.unit for id, entry in variables.items()})
    strange = units.ne(wanted)
    if strange.any():
        unit, id = wanted[strange].iloc[0], found.loc[strange, "variable"].iloc[0]
        expected = f"cannot be converted to {unit!r}, the unit of {id}; add it to units.csv"
        _refuse(found, strange, "unit", expected)
    printed = found["value"].to_numpy(object)
    point = np.fromiter(map(str.find, printed, repeat(".")), int)
    digits = np.where(point < 0, 0, np.fromiter(map(len, printed), int) - point - 1)
    years = {period: int(period[:4]) for period in found["period"].cat.categories}
    vintages = {vintage: rank for rank, vintage in enumerate(VINTAGES)}
    converted = found.assign(
        value=found["value"].astype(float) * factor,
        step=10.0**-digits * factor,
        unit=units,
        year=_look_up(found["period"], years, int) * found["period_kind"].eq("year"),
        rank=_look_up(found["vintage"], vintages, int),
        grade=_look_up(found["source_id"], {id: entry.grade for id, entry in known.items()}),
        published=_look_up(found["source_id"], {id: one.published for id, one in known.items()}),
        flag=_flags(found),
        **{name: found[name].astype(str) for name in CODED if name != "unit"},
    )
    return converted.drop(columns="corrected")


def _look_up(codes: pd.Series, known: Mapping[str, object], kind: type = str) -> pd.Series:
    """Return what every code of a categorical column stands for."""
    meanings = pd.Series([known[code] for code in codes.cat.categories], dtype=kind)
    return meanings.take(codes.cat.codes.to_numpy()).set_axis(codes.index)


def _flags(found: pd.DataFrame) -> pd.Series:
    said = {
        note: ";".join(flag for words, flag in NOTE_FLAGS.items() if words in note)
        for note in found["note"].cat.categories
    }
    flags = _look_up(found["note"], said)
    joined = flags.where(flags.eq(""), flags + ";") + "corrected"
    return flags.mask(found["corrected"], joined)


def read_breaks(data: Path | None = None) -> pd.DataFrame:
    """Read the breaks of all series.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own.

    Returns
    -------
    DataFrame
        ``region_code``; ``variable``, or ``accounts`` for GDP, its sectors and their shares;
        ``before_year`` and ``before_rank``: figures of that year whose vintage ranks lower than
        this are already on the new side; ``kind``; ``reason_zh`` and ``reason_en``.

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
    return _breaks(tuple(catalog.version(name, data) for name in BREAK_FILES), data).copy()


@cache
def _breaks(_files: tuple[catalog.Version, ...], data: Path | None) -> pd.DataFrame:
    table = catalog.read_table("breaks.csv", columns=BREAK_COLUMNS, data=data)
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
        catalog.refuse(table, wrong, column=column, expected=expected)
    wrong_year = ~table["before_period"].str.fullmatch(PERIODS["year"])
    expected = "is not a year; write four digits, such as 2025"
    catalog.refuse(table, wrong_year, column="before_period", expected=expected)
    ranks = {"": 0} | {vintage: rank for rank, vintage in enumerate(VINTAGES)}
    numbers = table.assign(
        before_year=table["before_period"].astype(int),
        before_rank=table["before_vintage"].map(ranks).astype(int),
    )
    return numbers.drop(columns=["before_period", "before_vintage"]).reset_index(drop=True)
