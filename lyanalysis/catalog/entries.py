"""Variables, regions and sources of the data package, one object a row, and how to find them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from lyanalysis.catalog.tables import Version, read_version, refuse, version
from lyanalysis.catalog.texts import LONGEST_NAME
from lyanalysis.errors import DataError, ParameterError, quoted


@dataclass(frozen=True, slots=True)
class Variable:
    """One row of ``variables.csv``; its columns are described in ``datapackage.json``."""

    variable: str
    kind: str
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str
    unit: str
    basis: str
    decimals: int
    driver: str
    direction: str
    definition_zh: str
    definition_en: str
    breaks: str
    formula: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """One row of ``regions.csv``: six-digit code, names, level, code of the region above."""

    code: str
    name_zh: str
    name_en: str
    level: str
    parent: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One row of ``sources.csv``: a document, graded A (official), B (reputable) or C."""

    source_id: str
    title: str
    publisher: str
    url: str
    published: str
    grade: str


def variables(data: Path | None = None) -> Mapping[str, Variable]:
    """Return all variables by identifier, in the order of ``variables.csv``.

    Examples
    --------
    >>> variables()["gdp"].unit
    '亿元'
    """
    return _variables(version("variables.csv", data))


@cache
def _variables(file: Version) -> Mapping[str, Variable]:
    table = _read_keyed(file, tuple(field.name for field in fields(Variable)))
    refuse(
        table,
        ~table["decimals"].str.fullmatch("[0-9]"),
        column="decimals",
        expected="is not a whole number from 0 to 9; give how many decimals a reader is shown",
    )
    _check_names(table, ("name_zh", "name_en", "short_zh", "short_en"))
    typed = table.assign(decimals=table["decimals"].astype(int), inputs=table["inputs"].map(_split))
    return MappingProxyType({row[0]: Variable(*row) for row in _rows(typed)})


def _read_keyed(file: Version, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a table whose first column tells its rows apart; refuse one where it does not."""
    table = read_version(file, columns)
    key = table[columns[0]]
    for name, row in key.index[key.duplicated()][:1]:
        id = key[(name, row)]
        other, first = key.index[key.eq(id)][0]
        raise DataError(
            f"{name}, row {row}, column {columns[0]}: {id!r} is already in "
            f"{'' if other == name else f'{other}, '}row {first}; keep one of them",
            table=name,
            row=row,
            column=columns[0],
        )
    return table


def _check_names(table: pd.DataFrame, columns: Iterable[str]) -> None:
    """Refuse names that are missing or too long to be printed."""
    for column in columns:
        expected = f"is not a name; write 1 to {LONGEST_NAME} characters"
        refuse(
            table,
            ~table[column].str.len().between(1, LONGEST_NAME),
            column=column,
            expected=expected,
        )


def _rows(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    return table.itertuples(index=False, name=None)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def variable(id: str, *, data: Path | None = None) -> Variable:
    """Return one variable; an unknown one is a ParameterError that suggests others.

    Examples
    --------
    >>> variable("energy_intensive_share").driver
    'old'
    """
    known = variables(data)
    if id not in known:
        raise unknown("variable", id, {name: name for name in known})
    return known[id]


def regions(data: Path | None = None) -> Mapping[str, Region]:
    """Return all regions by code, in the order of ``regions.csv``."""
    return _regions(version("regions.csv", data))


@cache
def _regions(file: Version) -> Mapping[str, Region]:
    table = _read_keyed(file, ("region_code", "name_zh", "name_en", "level", "parent", "aliases"))
    rules = {
        "region_code": (
            table["region_code"].str.fullmatch("[0-9]{6}"),
            "is not a code of six digits; write it in full, as text",
        ),
        "parent": (
            table["parent"].isin(["", *table["region_code"]]),
            "is not a region; add a row for it, or leave the cell empty",
        ),
    }
    for column, (right, expected) in rules.items():
        refuse(table, ~right, column=column, expected=expected)
    _check_names(table, ("name_zh", "name_en"))
    typed = table.assign(aliases=table["aliases"].map(_split))
    _check_distinct(typed)
    return MappingProxyType({row[0]: Region(*row) for row in _rows(typed)})


def region(code: str, *, data: Path | None = None) -> Region:
    """Return the region of a six-digit code; an unknown one is a ParameterError.

    Examples
    --------
    >>> region("410300").name_en, region("410300").parent
    ('Luoyang', '410000')
    """
    known = regions(data)
    if code not in known:
        raise unknown("region", code, _labels(data))
    return known[code]


def _called(data: Path | None) -> dict[str, str]:
    """Return every name a region goes by, in one case, with its code."""
    return {
        name: entry.code
        for entry in regions(data).values()
        for name in _names(entry.code, entry.name_zh, entry.name_en, entry.aliases)
    }


def _names(code: str, zh: str, en: str, aliases: Iterable[str]) -> set[str]:
    return {name.strip().casefold() for name in (code, zh, without_suffix(zh), en, *aliases)}


def _check_distinct(table: pd.DataFrame) -> None:
    """Refuse a region that takes a name another one goes by: a user would get the wrong report."""
    taken: dict[str, str] = {}
    columns = ["region_code", "name_zh", "name_en", "aliases"]
    for place, *called in table[columns].itertuples(name=None):
        code = called[0]
        for name in sorted(_names(*called)):
            if taken.setdefault(name, code) != code:
                file, row = place
                raise DataError(
                    f"{file}, row {row}: the name {quoted(name)} of {code} belongs to "
                    f"{taken[name]} already; give the region another one",
                    table=file,
                    row=row,
                )


def _labels(data: Path | None) -> dict[str, str]:
    return {name: f"{code} ({regions(data)[code].name_zh})" for name, code in _called(data).items()}


def find_region(text: str, *, data: Path | None = None) -> Region:
    """Return the region a user means.

    Parameters
    ----------
    text : str
        Six-digit code, Chinese name with or without 市 or 省, English name in any case, alias.
    data : Path, optional
        Folder of a data package.

    Returns
    -------
    Region
        The one region of that name.

    Raises
    ------
    ParameterError
        If no region is called so; the message names the closest ones.

    Examples
    --------
    >>> find_region("洛阳").code, find_region("luoyang").code, find_region("410300").name_zh
    ('410300', '410300', '洛阳市')
    """
    names = _called(data)
    wanted = text.strip().casefold()
    if wanted not in names:
        raise unknown("region", text, _labels(data))
    return region(names[wanted], data=data)


def without_suffix(name: str) -> str:
    """Return a Chinese name without 市 or 省."""
    return name.removesuffix("市").removesuffix("省")


def unknown(name: str, value: str, labels: Mapping[str, str]) -> ParameterError:
    """Return the error for a name that is not in a table, with the names it may have meant."""
    # A text longer than any name resembles none; to compare it could take minutes.
    wanted = value.strip().casefold() if len(value) <= LONGEST_NAME else ""
    close = difflib.get_close_matches(wanted, labels, n=6)
    question = "did you mean {}?"
    if wanted.isdecimal():
        # Codes one digit apart lie anywhere; those with the same first digits lie together.
        close = _beginning(wanted[:4], labels) or _beginning(wanted[:2], labels)
        question = f"no {name} has this code; codes that begin like it are {{}}"
    meant = list(dict.fromkeys(labels[key] for key in close))[:3]
    listed = f"known {name}s are listed in {name}s.csv of the data package"
    advice = question.format(", ".join(meant)) if meant else listed
    return ParameterError(f"unknown {name} {quoted(value)}: {advice}", name=name, value=value)


def _beginning(start: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(start)]


def sources(data: Path | None = None) -> Mapping[str, Source]:
    """Return all sources by identifier, in the order of ``sources.csv``."""
    return _sources(version("sources.csv", data))


def source(id: str, *, data: Path | None = None) -> Source:
    """Return one source; an unknown one is a ParameterError that suggests others."""
    known = sources(data)
    if id not in known:
        raise unknown("source", id, {name: name for name in known})
    return known[id]


@cache
def _sources(file: Version) -> Mapping[str, Source]:
    table = _read_keyed(file, tuple(field.name for field in fields(Source)))
    return MappingProxyType({row[0]: Source(*row) for row in _rows(table)})
