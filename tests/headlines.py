"""Headline numbers of four reports, kept so that none of them moves unnoticed.

``python tests/headlines.py`` writes them anew; the changelog's "Numbers that moved" says why.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from test_every_region import CHAPTERS, shown

from lyanalysis import exhibits

EXPECTED = Path(__file__).parent / "expected"
REPORTS = {
    "luoyang_2025_zh": {"region": "410300", "year": 2025, "language": "zh"},
    "luoyang_2025_en": {"region": "410300", "year": 2025, "language": "en"},
    "zhengzhou_2025": {"region": "410100", "year": 2025, "language": "zh"},
    "hebi_2025": {"region": "410600", "year": 2025, "language": "zh"},
}
TABLES = {
    *("scorecard", "growth-averages", "industry-figures"),
    *("sector-accounts", "growth-account", "structural-change-measures", "driver-drift"),
    *("shift-share", "location-account", "people-years", "innovation-inputs"),
    *("comparison-profile", "convergence-estimates", "inequality"),
    *("index-scores", "coupling-grades", "threshold-years", "energy-states"),
}
"""Tables whose numbers a reader of last year's report would look for."""
LABELS = {
    *("year", "window", "period", "part", "aggregate", "variable", "region_code", "reference"),
    *("group", "model", "forecast", "whole", "trade"),
}
"""Columns that say what a row is."""

Numbers = dict[tuple[str, str, str], float]


def of_exhibits(found: dict[str, dict[str, Any]]) -> Numbers:
    """Return the numbers of the headline tables by exhibit, row and column."""
    numbers: Numbers = {}
    seen = set()
    for name, exhibit in found.items():
        if name not in TABLES or exhibit["kind"] != "table":
            continue
        columns = [column["name"] for column in exhibit["data"]["columns"]]
        labels = {column for column in columns if column in LABELS}
        if (
            len(
                {
                    row[columns.index(column)]
                    for column in {"region_code"} & labels
                    for row in exhibit["data"]["rows"]
                }
            )
            == 1
        ):
            labels.discard("region_code")
        for row in exhibit["data"]["rows"]:
            pairs = list(zip(columns, row, strict=True))
            label = " ".join(str(value) for column, value in pairs if column in labels)
            while (name, label) in seen:
                label += " again"
            seen.add((name, label))
            numbers |= {
                (name, label, column): value for column, value in pairs if isinstance(value, float)
            }
    return numbers


def compute(name: str) -> Numbers:
    """Run the chapters of a report in this process and return its headline numbers."""
    found = {}
    for path in CHAPTERS:
        for value in shown(path, **REPORTS[name]):
            if isinstance(value, exhibits.Exhibit):
                content = json.loads(json.dumps(value._repr_mimebundle_()[exhibits.MIME]))
                found[content["id"]] = content
    return of_exhibits(found)


def read(name: str) -> Numbers:
    """Return the numbers that are kept."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["exhibit"], row["row"], row["column"]): float(row["value"])
            for row in csv.DictReader(file)
        }


def write(name: str) -> None:
    """Keep the numbers as they are computed now."""
    with (EXPECTED / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["exhibit", "row", "column", "value"])
        writer.writerows([*key, repr(value)] for key, value in compute(name).items())


if __name__ == "__main__":
    for report in REPORTS:
        write(report)
