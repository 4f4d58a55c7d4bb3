"""What a reader is shown of the frames of :mod:`lyanalysis.sources`: which columns, in words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lyanalysis import catalog
from lyanalysis.cli.checking import CLAIMS
from lyanalysis.cli.output import Column, exact, years_in_words
from lyanalysis.cli.words import CONTRACTS_ZH, why, word
from lyanalysis.sources.contracts import CONTRACTS

CONTRACTS_EN = {**CONTRACTS, CLAIMS: "checks on the article's claims compute to their verdicts"}
"""Name of a contract -> what it holds."""
COMPARATORS = {"=": "", "about": "≈"}
"""How the qualifier of a figure is written before it."""


def variables(table: pd.DataFrame, language: catalog.Language) -> list[Column]:
    """Show what :func:`~lyanalysis.sources.list_variables` returned."""
    years = [
        "" if pd.isna(first) else f"{first}–{last}" if first < last else str(first)
        for first, last in zip(table["first_year"], table["last_year"], strict=True)
    ]
    pairs = zip(table[f"name_{language}"], table["unit"], strict=True)
    names = [_with_unit(str(name), unit, language) for name, unit in pairs]
    return [
        _column("variable", table["variable"], language, narrow=True),
        _column("name", names, language, below=True),
        _column("driver", [word(code, language) for code in table["driver"]], language),
        _column("figures", table["figures"], language, right=True),
        _column("regions", table["regions"], language, right=True),
        _column("years", years, language, narrow=True),
    ]


def values(table: pd.DataFrame, language: catalog.Language) -> list[Column]:
    """Show what :func:`~lyanalysis.sources.show_values` returned."""
    signs = [COMPARATORS.get(sign, sign) for sign in table["comparator"]]
    # All figures of a variable come in one unit.
    unit = catalog.unit_name(table["unit"].iloc[0], language) if len(table) else ""
    heading = "\n".join(filter(None, (word("value", language), unit)))
    shown = [f"{sign}{exact(value)}" for sign, value in zip(signs, table["value"], strict=True)]
    return [
        _column("region", _regions(table["region_code"], language), language, narrow=True),
        _column("period", table["period"], language, narrow=True, below=True),
        Column(heading, shown, right=True, narrow=True),
        _column("picked", ["✓" if used else "" for used in table["picked"]], language),
        _column("reason", [why(reason, language) for reason in table["reason"]], language),
        _column("vintage_name", [word(code, language) for code in table["vintage"]], language),
        _column("source", table["source_id"], language, narrow=True),
        _column("published_on", table["published"], language, narrow=True, below=True),
        _column("grade", table["grade"], language),
    ]


def sources(table: pd.DataFrame, language: catalog.Language) -> list[Column]:
    """Show what :func:`~lyanalysis.sources.list_source_use` returned."""
    return [
        _column("source", table["source_id"], language, narrow=True),
        _column("published_on", table["published"], language, narrow=True, below=True),
        _column("grade", table["grade"], language),
        _column("figures", table["figures"], language, right=True),
        _column("title", table["title"], language),
        _column("publisher", table["publisher"], language, below=True),
        _column("url", table["url"], language, below=True),
    ]


def conflicts(table: pd.DataFrame, language: catalog.Language) -> list[Column]:
    """Show what :func:`~lyanalysis.sources.list_conflicts` returned, its index as columns."""
    return [
        _column("region", _regions(table["region_code"], language), language),
        _column("variable", table["variable"], language, below=True),
        _column("year", table["year"], language, narrow=True),
        _column(
            "picked_value", map(exact, table["picked_value"]), language, right=True, narrow=True
        ),
        _column("picked_source", table["picked_source"], language, narrow=True, below=True),
        _column("other_value", map(exact, table["other_value"]), language, right=True, narrow=True),
        _column("other_source", table["other_source"], language, narrow=True, below=True),
        _column("difference", map(_signed, table["difference"]), language, right=True, narrow=True),
        _column(
            "difference_percent", map(_signed, table["difference_percent"]), language, right=True
        ),
        _column("reason", [why(reason, language) for reason in table["reason"]], language),
    ]


def contracts(found: pd.DataFrame, language: catalog.Language) -> list[Column]:
    """Show how often each contract is broken in what the check found."""
    holds = CONTRACTS_EN if language == "en" else CONTRACTS_ZH
    settled = found["settled"].ne("")
    counts = [found["contract"].eq(name) for name in CONTRACTS_EN]
    return [
        _column("contract", CONTRACTS_EN, language, narrow=True),
        _column("holds", [holds[name] for name in CONTRACTS_EN], language),
        _column("settled", [(own & settled).sum() for own in counts], language, right=True),
        _column("open", [(own & ~settled).sum() for own in counts], language, right=True),
    ]


def findings(found: pd.DataFrame, language: catalog.Language) -> list[Column]:
    """Show what the check found, finding by finding."""
    return [
        _column("contract", found["contract"], language, narrow=True),
        _column("message", found["message"], language),
        _column("settled_by", found["settled"], language, below=True),
    ]


def covered(counts: pd.DataFrame, language: catalog.Language) -> list[Column]:
    """Show what :func:`~lyanalysis.sources.coverage` returned, years as ranges."""
    codes = counts.index.get_level_values("region_code")
    ids = counts.index.get_level_values("variable")
    names = [catalog.variable_name(str(id), language) for id in ids]
    years = [years_in_words(row) for _, row in counts.iterrows()]
    return [
        _column("region", _regions(codes, language), language, narrow=True),
        _column("variable", ids, language, narrow=True),
        _column("name", names, language, below=True),
        _column("figures", counts.sum(axis=1), language, right=True),
        _column("years", years, language),
    ]


def _column(
    code: str,
    cells: Iterable[object],
    language: catalog.Language,
    *,
    right: bool = False,
    narrow: bool = False,
    below: bool = False,
) -> Column:
    return Column(word(code, language), [str(cell) for cell in cells], right, narrow, below)


def _regions(codes: Iterable[object], language: catalog.Language) -> list[str]:
    return [catalog.region_name(str(code), language, short=True) for code in codes]


def _with_unit(name: str, unit: str, language: catalog.Language) -> str:
    if not unit:
        return name
    shown = catalog.unit_name(unit, language)
    return f"{name}（{shown}）" if language == "zh" else f"{name} ({shown})"


def _signed(value: float) -> str:
    """Write a difference without the noise of binary arithmetic."""
    return "" if pd.isna(value) else f"{value:+.4g}"
