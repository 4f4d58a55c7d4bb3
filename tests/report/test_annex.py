"""The annex names what a report was made from, and the chapters it has nothing to show for."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lyanalysis.errors import ParameterError
from lyanalysis.export.exhibit import MIME
from lyanalysis.report.annex import DIGITS, is_empty, title_of, write_annex
from lyanalysis.report.plan import read_plan

MANIFEST = {
    "parameters": {"region": "410300", "year": 2025, "peers": ["410100", "410200"]},
    "data": [{"file": "regions.csv", "sha256": "a" * 64}],
    "notebooks": [{"file": "02_structure.ipynb", "sha256": "b" * 64}],
    "package": {"name": "lyanalysis", "version": "1.2.3", "sha256": "c" * 64},
    "environment": {"lock": {"file": "requirements.lock", "sha256": "d" * 64}},
    "fonts": [{"file": "Font.otf", "sha256": "e" * 64}],
}


def chapter(*shown: dict[str, Any]) -> nbformat.NotebookNode:
    cells = [
        new_markdown_cell("# 空间\n\n正文", metadata={"tags": ["zh"]}),
        new_markdown_cell("# Space", metadata={"tags": ["en"]}),
        *(
            new_code_cell("", outputs=[new_output("display_data", data={MIME: one})])
            for one in shown
        ),
    ]
    for cell in cells:
        cell.metadata["lyanalysis"] = {"chapter": "03_space", "number": 3, "cell": 1}
    return new_notebook(cells=cells)


NOTICE = {"kind": "notice"}
FIGURE = {"kind": "figure"}
LIST = {"kind": "table", "lists_sources": True}


@pytest.mark.parametrize(
    ("shown", "empty"),
    [
        ([], False),
        ([NOTICE], True),
        ([NOTICE, LIST], True),
        ([LIST], False),
        ([NOTICE, FIGURE, LIST], False),
    ],
)
def test_a_chapter_is_empty_where_all_its_exhibits_are_notices(shown: list, empty: bool) -> None:
    assert is_empty(chapter(*shown)) is empty


def test_a_chapter_is_called_by_its_first_heading() -> None:
    assert title_of(chapter(), "zh") == "空间"
    assert title_of(chapter(), "en") == "Space"
    without = chapter()
    del without.cells[:]
    without.cells.append(new_markdown_cell("no heading"))
    without.cells[0].metadata["lyanalysis"] = {"chapter": "x"}
    assert title_of(without, "zh") == "x"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_input_is_listed(language: Any) -> None:
    annex = write_annex(MANIFEST, ["3 空间"], None, number="C", language=language)
    text = "\n".join(cell.source for cell in annex.cells)
    for digest in "abcde":
        assert f"`{digest * DIGITS}`" in text
    for said in ("410300", "410100", "02_structure.ipynb", "lyanalysis 1.2.3", "- 3 空间"):
        assert said in text
    assert [cell.metadata["lyanalysis"]["cell"] for cell in annex.cells] == [1, 2, 3, 4, 5, 6]
    assert {"zh": "`410100`、`410200`", "en": "`410100`, `410200`"}[language] in text


def test_nothing_is_said_of_chapters_where_all_are_there() -> None:
    annex = write_annex(MANIFEST, [], None, number="C", language="en")
    assert "left out" not in "\n".join(cell.source for cell in annex.cells)


def test_an_installation_without_lock_lists_versions() -> None:
    manifest = copy.deepcopy(MANIFEST) | {"environment": {"packages": {"pandas": "3.0.1"}}}
    annex = write_annex(manifest, [], None, number="C", language="en")
    assert "| pandas 3.0.1 | installed version |" in annex.cells[-1].source


def test_the_letter_must_be_free(write_plan: Callable[..., Path]) -> None:
    folder = write_plan("good")
    file = folder / "report.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("number = 1", 'number = "C"') + '[annex]\nreproducibility = "C"\n', "utf-8"
    )
    with pytest.raises(ParameterError, match="both called C"):
        read_plan(folder)
    file.write_text(text + '[annex]\nreproducibility = "cc"\n', "utf-8")
    with pytest.raises(ParameterError, match="reproducibility"):
        read_plan(folder)
