"""The chapters hold for every region of the data, in both languages, without an ``if``."""

from __future__ import annotations

import ast
import random
import re
from itertools import cycle
from pathlib import Path
from typing import Any

import nbformat
import pytest

from lyanalysis import catalog, exhibits, wording
from lyanalysis.errors import DataError
from lyanalysis.sources import newest_complete_year
from lyanalysis.wording import texts

ROOT = Path(__file__).parents[1]
ANNEX = ROOT / "notebooks" / "99_methods.ipynb"
"""Depends on neither region nor year, and names indicators as the code does."""
CHAPTERS = sorted({*(ROOT / "notebooks").glob("*.ipynb")} - {ANNEX})
REGIONS = sorted(catalog.regions())
SAMPLE = random.Random(3).sample(REGIONS, 3)
OPPOSITE = [
    "410300",
    "410100",
    "410600",
    "150200",
    "419001",
    "430400",
    "410000",
    "100000",
    "130000",
]
"""Regions that moved in opposite directions, lack series, are doubtful or have no figures."""
READINGS = [
    *((region, language) for region in OPPOSITE[:2] for language in ("zh", "en")),
    *zip(sorted({*OPPOSITE[2:], *SAMPLE} - {*OPPOSITE[:2]}), cycle(("zh", "en"))),
]
"""What is read here; every region, year and language is a matter of the long run."""


def shown(path: Path, **parameters: Any) -> list[Any]:
    """Run a chapter's cells in this process and return the last value of each."""
    values = []
    names: dict[str, Any] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, path.name, "exec"), names)
        if "parameters" in cell.metadata.get("tags", []):
            names |= parameters
        if last is not None:
            values.append(eval(compile(ast.Expression(last.value), path.name, "eval"), names))
    return values


def check(path: Path, region: str, year: int, language: str) -> None:
    values = shown(path, region=region, year=year, language=language)
    for value in values:
        assert isinstance(value, exhibits.Exhibit | wording.Prose)
        if isinstance(value, exhibits.Exhibit):
            content = value._repr_mimebundle_()[exhibits.MIME]
            if content["id"].endswith("sources"):
                continue  # titles and addresses as published
            cells = [cell for row in content.get("table", {}).get("rows", []) for cell in row]
            said = "\n".join([content["caption"], content["alt"], content["note"], *cells])
        else:
            said = str(value)
        assert not re.search(r"(?<![a-z])(nan|inf|none)(?![a-z])", said.lower()), said
        if language == "zh":
            codes = "|".join([*texts.TERMS, *catalog.variables()])
            assert not re.search(rf"(?<![A-Za-z])({codes})(?![A-Za-z])", said), said


def year_of(region: str) -> int:
    try:
        return newest_complete_year(region)
    except DataError:
        return 2025  # nothing is complete, so any year will do


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
@pytest.mark.parametrize(("region", "language"), READINGS)
def test_a_chapter_holds(path: Path, region: str, language: str) -> None:
    check(path, region, year_of(region), language)


@pytest.mark.soak
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("year", [2012, 2019, 2022, 2023, 2024, 2025])
@pytest.mark.parametrize("region", REGIONS)
def test_a_chapter_holds_everywhere(path: Path, region: str, year: int) -> None:
    for language in ("zh", "en"):
        check(path, region, year, language)
