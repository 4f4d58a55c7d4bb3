"""Chapters keep the house rules, and run with the stock tools."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
CHAPTERS = sorted(NOTEBOOKS.glob("*.ipynb"))
ANNEX = NOTEBOOKS / "99_methods.ipynb"
PARAMETERS = ["region", "year", "first_year", "language", "peers"]
FORBIDDEN = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.Try,
    ast.Lambda,
    ast.With,
    ast.If,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
)
FILE_ACCESS = {"open", "read_csv", "read_excel", "to_csv", "to_excel", "filterwarnings", "Path"}
DIRECT = {"sources", "indicators", "charts", "wording", "exhibits"}
LONGEST = 60
"""Statements of a chapter, imports among them: more is logic that belongs into the package."""
MAX_LINES = 12
"""A cell is one call; black-style formatting spreads its arguments over lines."""

each_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
QUICK = {"00_summary", "98_data", "99_methods"}
BY_STOCK_TOOLS = [
    pytest.param(path, marks=() if path.stem in QUICK else pytest.mark.soak) for path in CHAPTERS
]
"""All chapters in the long runs, a sample otherwise: the stock tools take ten seconds for each."""


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def tags(cell: nbformat.NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


@each_chapter
def test_a_chapter_is_listed_in_the_report(path: Path) -> None:
    report = tomllib.loads((NOTEBOOKS / "report.toml").read_text(encoding="utf-8"))
    assert path.name in [chapter["notebook"] for chapter in report["chapters"]]


@each_chapter
def test_nothing_is_stored_but_the_source(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in code_cells(path):
        assert not cell.outputs
        assert cell.execution_count is None


@each_chapter
def test_the_parameters_are_those_of_every_chapter(path: Path) -> None:
    (cell,) = [cell for cell in code_cells(path) if "parameters" in tags(cell)]
    names = [node.target.id for node in ast.parse(cell.source).body]
    assert names == PARAMETERS
    assert re.search(r'region: str = "\d{6}"', cell.source)


@each_chapter
def test_cells_hold_calls_and_no_logic(path: Path) -> None:
    for position, cell in enumerate(code_cells(path)):
        tree = ast.parse(cell.source)
        for node in ast.walk(tree):
            assert not isinstance(node, FORBIDDEN), f"{type(node).__name__} in {cell.source!r}"
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                assert name not in FILE_ACCESS
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert position == 1, "imports stand in the cell after the parameters"
        if position != 1 and "parameters" not in tags(cell):
            assert len(cell.source.splitlines()) <= MAX_LINES + 6


@each_chapter
def test_a_chapter_is_short(path: Path) -> None:
    code = ast.parse("\n".join(cell.source for cell in code_cells(path)))
    assert len(ast.unparse(code).splitlines()) <= LONGEST


@each_chapter
def test_sources_stand_in_a_section_of_their_own(path: Path) -> None:
    """A report takes the section out and lists the sources of all chapters once."""
    cells = read(path).cells
    for position, cell in enumerate(cells):
        if cell.cell_type == "code" and "exhibits.source_list(" in cell.source:
            headings = [before.source.splitlines()[0] for before in cells[position - 2 : position]]
            assert headings in (["## 资料来源", "## Sources"], ["## 来源", "## Sources"])


@each_chapter
def test_imports_come_from_the_parts_notebooks_may_use(path: Path) -> None:
    for node in ast.walk(ast.parse(code_cells(path)[1].source)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("lyanalysis"):
            parts = str(node.module).split(".")
            used = {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
            assert used <= DIRECT


@each_chapter
def test_prose_stands_in_pairs_of_one_shape(path: Path) -> None:
    prose = [cell for cell in read(path).cells if cell.cell_type == "markdown"]
    assert len(prose) % 2 == 0
    for zh, en in zip(prose[::2], prose[1::2], strict=True):
        assert tags(zh) == {"zh"}
        assert tags(en) == {"en"}
        shape = [re.findall(r"(?m)^(#+|-|\d+\.|\$\$)", cell.source) for cell in (zh, en)]
        assert shape[0] == shape[1], f"headings, lists or formulas differ: {en.source[:60]!r}"
        assert re.search(r"[\u4e00-\u9fff]", zh.source)
        assert not re.search(r"[\u4e00-\u9fff]", en.source)


@each_chapter
def test_references_lead_to_exhibits_of_the_chapter_and_have_words(path: Path) -> None:
    """Chapters run alone, some regions lack some, and a notice has no number but its words."""
    referred: dict[str, list[str]] = {"zh": [], "en": []}
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            found = re.findall(r"\[([^\]]*)\]\(#([^)]*)\)", cell.source)
            assert all(words for words, _ in found), cell.source
            for language in tags(cell):
                referred[language] += [id for _, id in found]
    shown = set(re.findall(r'\bid="([a-z0-9-]+)"', "".join(c.source for c in code_cells(path))))
    assert referred["zh"] == referred["en"]
    assert set(referred["zh"]) <= shown


@pytest.mark.slow
def test_a_reference_to_what_a_region_lacks_is_its_words(
    tmp_path: Path,
    rendering: Callable[..., subprocess.CompletedProcess[str]],
    some_chapters: Callable[..., Path],
) -> None:
    notebooks = str(some_chapters("01_starting_point"))
    asked = ("--year", "2016", "--language", "en", "--format", "html", "--notebooks", notebooks)
    finished = rendering(tmp_path, "419001", *asked)
    assert finished.returncode == 0, finished.stderr
    (path,) = tmp_path.glob("419001/*/report.html")
    page = path.read_text(encoding="utf-8")
    assert '<aside class="notice" id="industry-figures"' in page
    assert "The table adds firms" in page
    assert 'href="#industry-figures"' not in page


@each_chapter
def test_prose_is_true_for_every_region_and_year(path: Path) -> None:
    regions = (NOTEBOOKS.parent / "data" / "regions.csv").read_text(encoding="utf-8")
    names = {
        name.removesuffix("市")
        for row in regions.splitlines()[1:]
        for name in row.split(",")[1:3]
        if name not in {"China", "全国"}
    }
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            assert not [name for name in names if name in cell.source]
            assert not re.search(r"\d+(\.\d+)?\s*(%|％|亿元|个百分点|points)", cell.source)


@pytest.mark.slow
@pytest.mark.parametrize("path", BY_STOCK_TOOLS, ids=[path.stem for path in CHAPTERS])
@pytest.mark.parametrize("region", ["410100"])
def test_a_chapter_runs_with_stock_papermill_and_nbconvert(
    path: Path, region: str, tmp_path: Path
) -> None:
    executed = tmp_path / "executed.ipynb"
    run(sys.executable, "-m", "papermill", path, executed, "-r", "region", region)
    run(sys.executable, "-m", "nbconvert", "--to", "html", executed)
    page = (tmp_path / "executed.html").read_text(encoding="utf-8")
    if path == ANNEX:
        assert "K = \\sum_i" in page, "the formulas of text/markdown, for MathJax"
        return
    assert page.count("data:image/svg+xml;base64,") >= 3
    exhibits = [
        output["data"]["application/vnd.lyanalysis.exhibit+json"]
        for cell in json.loads(executed.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if "application/vnd.lyanalysis.exhibit+json" in output.get("data", {})
    ]
    assert len({exhibit["id"] for exhibit in exhibits}) == len(exhibits) > 0


def run(*command: object) -> None:
    environment = {**os.environ, "PYTHONWARNINGS": "default", "PYTHONHASHSEED": "0"}
    finished = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
