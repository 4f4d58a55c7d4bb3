"""The list of the whole report holds every source once, with the chapters that name it."""

from __future__ import annotations

import re
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lyanalysis.export.exhibit import MIME, Place, read_exhibit
from lyanalysis.report.citations import ID, list_sources, take_out_lists

COLUMNS = ["source_source_id", "source_grade", "source_published"]


def sources(*rows: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "version": 1,
        "id": "some-sources",
        "kind": "table",
        "number": None,
        "caption": "c",
        "alt": "a",
        "source_line": "",
        "source_ids": [],
        "note": "n",
        "language": "zh",
        "lists_sources": True,
        "data": {
            "columns": [{"name": name, "label": name, "unit": ""} for name in COLUMNS],
            "rows": [list(row) for row in rows],
        },
        "table": {
            "columns": [{"label": "来源", "unit": "", "align": "left"}],
            "rows": [[f"document {row[0]}"] for row in rows],
        },
    }


def chapter(number: int | str, *shown: dict[str, Any] | str) -> nbformat.NotebookNode:
    cells = []
    for one in shown:
        if isinstance(one, str):
            tag = "zh" if re.search("[\u4e00-\u9fff]", one) else "en"
            cells.append(new_markdown_cell(one, metadata={"tags": [tag]}))
        else:
            outputs = [new_output("display_data", data={MIME: one})]
            cells.append(new_code_cell("", outputs=outputs))
    for position, cell in enumerate(cells, start=1):
        place = {"chapter": f"c{number}", "number": number, "cell": position}
        cell.metadata["lyanalysis"] = place
    return new_notebook(cells=cells)


OTHER = sources() | {"lists_sources": False}
FIRST = chapter(
    1,
    "# 甲",
    OTHER,
    *("## 限度", "## Limits", "## 来源", "## Sources"),
    sources(("s1", "B", "2024"), ("s2", "A", "2023")),
)
SECOND = chapter("B", "# 乙", sources(("s2", "A", "2023"), ("s3", "A", "2026-01")), "限度")


def test_every_source_stands_once_by_grade_then_newest_first() -> None:
    cell = list_sources([FIRST, SECOND], "zh")
    assert cell is not None
    content = cell.outputs[0].data[MIME]
    assert content["id"] == ID
    assert [row[0] for row in content["data"]["rows"]] == ["s3", "s2", "s1"]
    assert [row[-1] for row in content["table"]["rows"]] == ["B", "1, B", "1"]
    assert [row[0] for row in content["table"]["rows"]] == [
        "document s3",
        "document s2",
        "document s1",
    ]
    read_exhibit(cell.outputs[0].data, Place("annex", 1, "C"))


def test_a_list_goes_with_its_section_and_nothing_else() -> None:
    first, second = take_out_lists([FIRST, SECOND])
    assert [cell.source for cell in first.cells] == ["# 甲", "", "## 限度", "## Limits"]
    assert [cell.source for cell in second.cells] == ["# 乙", "限度"], "no section of its own"
    assert len(FIRST.cells) == 7, "what was executed stays as it was"


def test_no_list_makes_none() -> None:
    assert list_sources([chapter(1, "# 甲", OTHER)], "en") is None
