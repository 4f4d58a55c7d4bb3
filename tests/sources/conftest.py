from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from lyanalysis import catalog

COLUMNS = [
    "region_code",
    "variable",
    "period",
    "period_kind",
    "vintage",
    "source_id",
    "value",
    "comparator",
    "unit",
    "basis",
    "as_of",
    "note",
]
SOURCES = [
    ("old", "Yearbook", "Office", "https://example.org/old", "2020", "B"),
    ("new", "Communiqué", "Office", "https://example.org/new", "2024-04-30", "A"),
    ("same", "Communiqué, a copy", "Office", "https://example.org/same", "2024-04-30", "A"),
    ("later", "Communiqué of the next year", "Office", "https://example.org/later", "2025", "A"),
    ("press", "News", "Paper", "https://example.org/press", "2026", "B"),
]
BREAK = [
    "region_code",
    "variable",
    "before_period",
    "before_vintage",
    "after_period",
    "after_vintage",
    "kind",
    "reason_zh",
    "reason_en",
]
Row = dict[str, str]


@pytest.fixture
def row() -> Callable[..., Row]:
    """Return one observation from what differs: annual, 410300, as the variable has it."""

    def make(variable: str, period: object, value: object, source: str, **other: str) -> Row:
        entry = catalog.variable(variable) if variable in catalog.variables() else None
        return {
            "region_code": "410300",
            "variable": variable,
            "period": str(period),
            "period_kind": "year",
            "vintage": "preliminary",
            "source_id": source,
            "value": str(value),
            "comparator": "=",
            "unit": entry.unit if entry else "%",
            "basis": entry.basis if entry else "unstated",
            "as_of": "",
            "note": "",
        } | other

    return make


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """Write a complete data package of these observations and the shipped catalogue."""

    def make(
        rows: Iterable[Row],
        *,
        breaks: Iterable[tuple[str, ...]] = (),
        corrections: Iterable[tuple[str, ...]] = (),
    ) -> Path:
        for name in ("variables.csv", "regions.csv", "units.csv"):
            shutil.copy(catalog.shipped("data") / name, tmp_path / name)
        header = ["source_id", "title", "publisher", "url", "published", "grade"]
        write(tmp_path / "sources.csv", header, SOURCES)
        described = [(*entry, "原因", "reason") for entry in breaks]
        write(tmp_path / "breaks.csv", BREAK, described)
        (tmp_path / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
        write(tmp_path / "corrections.csv", [*COLUMNS[:6], "expect", "use"], corrections)
        (tmp_path / "observations").mkdir(exist_ok=True)
        lines = [[entry[column] for column in COLUMNS] for entry in rows]
        write(tmp_path / "observations" / "accounts.csv", COLUMNS, lines)
        return tmp_path

    return make


def write(path: Path, header: list[str], lines: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *lines])
