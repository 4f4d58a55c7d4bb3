from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from lyanalysis import catalog
from lyanalysis.errors import ExportError
from lyanalysis.export.exhibit import MIME
from lyanalysis.report import joining
from lyanalysis.report.joining import join_chapters
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan


def exhibit(id_: str, kind: str = "figure", **parts: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "id": id_,
        "kind": kind,
        "number": None,
        "caption": "caption",
        "alt": "alt",
        "source_line": "",
        "source_ids": [],
        "note": "",
        "language": "zh",
        "data": {"columns": [], "rows": []},
        "figure": {"svg": "<svg/>"},
        "table": {"columns": [], "rows": []},
        **parts,
    }


def chapter(number: int | str, *shown: dict[str, Any], run: int = 1) -> NotebookNode:
    """Return a chapter as it comes from execution; `run` changes what varies between runs."""
    cells = [new_markdown_cell("# Title"), new_code_cell("x = 1")]
    for one in shown:
        output = new_output("execute_result", data={MIME: copy.deepcopy(one)}, execution_count=run)
        cells.append(new_code_cell("show()", outputs=[output], execution_count=run))
    for position, cell in enumerate(cells, start=1):
        cell.metadata = NotebookNode(
            tags=["zh"],
            papermill={"duration": 0.1 * run},
            execution={"iopub.status.busy": str(run)},
            lyanalysis={"chapter": f"chapter{number}", "number": number, "cell": position},
        )
    return new_notebook(cells=cells, metadata={"papermill": {"start_time": str(run)}})


@pytest.fixture
def join(make_plan: Callable[..., Plan], parameters: Parameters) -> Callable[..., NotebookNode]:
    return lambda *chapters: join_chapters(chapters, make_plan("good"), parameters)


def shown(joined: NotebookNode) -> list[tuple[str, str | None]]:
    found = [
        output.data[MIME]
        for cell in joined.cells
        for output in cell.get("outputs", [])
        if MIME in output.data
    ]
    return [(one["id"], one["number"]) for one in found]


def test_figures_and_tables_are_counted_separately_in_each_chapter(
    join: Callable[..., NotebookNode],
) -> None:
    joined = join(
        chapter(2, exhibit("a"), exhibit("b", "table"), exhibit("c", "notice"), exhibit("d")),
        chapter(3, exhibit("e", "table"), exhibit("f")),
        chapter("A", exhibit("g"), exhibit("h")),
    )
    assert shown(joined) == [
        ("a", "2-1"),
        ("b", "2-1"),
        ("c", None),
        ("d", "2-2"),
        ("e", "3-1"),
        ("f", "3-1"),
        ("g", "A-1"),
        ("h", "A-2"),
    ]


def test_nothing_that_varies_between_runs_is_kept(join: Callable[..., NotebookNode]) -> None:
    first, second = (
        join(chapter(2, exhibit("a"), run=run), chapter(3, exhibit("b"), run=run)) for run in (1, 2)
    )
    assert nbformat.writes(first) == nbformat.writes(second)
    assert "papermill" not in nbformat.writes(first)
    nbformat.validate(first)
    assert [cell.id for cell in first.cells] == [
        f"chapter-{number}-cell-{position}" for number in (2, 3) for position in (1, 2, 3)
    ]
    assert first.cells[2].metadata == {
        "tags": ["zh"],
        "lyanalysis": {"chapter": "chapter2", "number": 2, "cell": 3},
    }


def test_the_executed_chapters_are_not_changed(join: Callable[..., NotebookNode]) -> None:
    executed = chapter(2, exhibit("a"))
    before = copy.deepcopy(executed)
    join(executed)
    assert executed == before


@pytest.mark.parametrize(
    ("language", "title", "region"),
    [("zh", "洛阳市测试报告", "洛阳市"), ("en", "Test report: Luoyang", "Luoyang")],
)
def test_the_cover_speaks_the_language_of_the_report(
    make_plan: Callable[..., Plan], language: str, title: str, region: str
) -> None:
    parameters = Parameters(
        region="410300", year=2025, first_year=2010, language=language, peers=()
    )
    joined = join_chapters([chapter(2)], make_plan("good"), parameters)
    assert joined.metadata.lyanalysis == {
        "title": title,
        "subtitle": "",
        "language": language,
        "region": region,
        "period": "2010–2025",
        "data_date": "",
        "edition": catalog.data_edition(),
        "version": "0.1.0",
        "keywords": ["测试"] if language == "zh" else ["test"],
        "authors": ["lyanalysis"],
        "attachments": [],
    }


def test_the_data_date_is_the_newest_of_the_sources_shown(
    join: Callable[..., NotebookNode], monkeypatch: pytest.MonkeyPatch
) -> None:
    published = {"a": "2024-12", "b": "2026", "c": "2025-12-31", "d": "2026-03-25"}

    def source(id_: str, *, data: Path | None) -> Any:
        return NotebookNode(published=published[id_])

    monkeypatch.setattr(joining.catalog, "source", source)

    def date(*ids: str) -> str:
        one = exhibit("a", source_ids=list(ids))
        return str(join(chapter(2, one)).metadata.lyanalysis.data_date)

    assert date("a", "c") == "2025-12-31"
    assert date("a", "b", "c") == "2026"
    assert date("b", "d") == "2026-03-25"
    assert date("a") == "2024-12"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"alt": " "}, "exhibit 'b' has no alternative text"),
        ({"kind": "chart"}, "exhibit 'b' has kind 'chart'"),
        ({"language": "en"}, "exhibit 'b' is in 'en', the report in 'zh'"),
    ],
)
def test_an_incomplete_exhibit_names_its_cell(
    join: Callable[..., NotebookNode], change: dict[str, Any], message: str
) -> None:
    with pytest.raises(ExportError) as caught:
        join(chapter(2, exhibit("a"), {**exhibit("b"), **change}))
    assert str(caught.value).startswith("chapter chapter2, cell 4: ")
    assert message in str(caught.value)
    assert (caught.value.chapter, caught.value.cell) == ("chapter2", 4)


def test_an_id_is_used_once_in_a_report(join: Callable[..., NotebookNode]) -> None:
    with pytest.raises(ExportError) as caught:
        join(chapter(2, exhibit("a")), chapter(3, exhibit("a", "table")))
    assert str(caught.value) == (
        "chapter chapter3, cell 3: exhibit id 'a' is already used in chapter chapter2, cell 3."
    )
