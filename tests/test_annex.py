"""The annex of a report explains every method its chapters use, and no other."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import nbformat
import pytest

from lyanalysis import wording
from lyanalysis.catalog import Language
from lyanalysis.indicators import reference
from lyanalysis.indicators.reference import Indicator, describe, list_indicators

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
ANNEX = NOTEBOOKS / "99_methods.ipynb"
CHAPTERS = sorted({*NOTEBOOKS.glob("*.ipynb")} - {ANNEX})
INDICATORS = "lyanalysis.indicators"
CHINESE = r"[\u4e00-\u9fff]"


def code_of(path: Path) -> ast.Module:
    cells = nbformat.read(path, as_version=4).cells
    return ast.parse("\n".join(cell.source for cell in cells if cell.cell_type == "code"))


def names_in(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names a piece of code reads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield ast.unparse(node)


def resolve(name: str, known: dict[str, Any]) -> Any:
    """Return what a dotted name stands for; None where that is no module or function."""
    first, *rest = name.split(".")
    found = known.get(first)
    for part in rest:
        found = getattr(found, part, None) if isinstance(found, ModuleType) else None
    return found


def functions_in(tree: ast.AST, known: dict[str, Any]) -> set[FunctionType]:
    """Return the functions of the indicators that a piece of code names."""
    named = (resolve(name, known) for name in names_in(tree))
    return {
        one
        for one in named
        if isinstance(one, FunctionType) and one.__module__.startswith(INDICATORS)
    }


def with_those_inside(functions: set[FunctionType]) -> set[FunctionType]:
    """Add the functions that functions call, and those that these call."""
    seen: set[FunctionType] = set()
    waiting = set(functions)
    while waiting:
        function = waiting.pop()
        seen.add(function)
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        waiting |= functions_in(tree, function.__globals__) - seen
    return seen


def used_in(path: Path) -> set[FunctionType]:
    tree = code_of(path)
    imports: list[ast.stmt] = [
        node
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(INDICATORS)
    ]
    known: dict[str, Any] = {}
    exec(compile(ast.Module(imports, []), path.name, "exec"), known)
    return with_those_inside(functions_in(tree, known))


def explained() -> list[str]:
    """Return the names that stand in the annex."""
    indicators = set(list_indicators().index)
    return [
        node.value
        for node in ast.walk(code_of(ANNEX))
        if isinstance(node, ast.Constant) and node.value in indicators
    ]


def test_the_annex_explains_what_the_chapters_use_and_nothing_else() -> None:
    used = set().union(*(used_in(path) for path in CHAPTERS))
    public = {name for name, found in reference._functions().items() if found.call in used}
    assert {"structural_change_k", "implied_previous_share"} <= public, "used inside others"
    # What has no formula only brings together or lists what others compute.
    methods = {name for name in public if describe(name).formulas}
    listed = explained()
    assert len(listed) == len(set(listed))
    assert methods - set(listed) == set(), "add to the annex"
    assert set(listed) - methods == set(), "no chapter uses it"


def test_the_annex_is_small() -> None:
    assert len(ast.unparse(code_of(ANNEX)).splitlines()) <= 60


RECORD = Indicator(
    name="f",
    module="m",
    signature="f(x)",
    name_en="Name",
    name_zh="名称",
    summary_en="What.",
    summary_zh="量什么，百分数。",
    parameters=(),
    returns=(),
    raises=(),
    notes="",
    formulas=("a", "b"),
    references=("One.", "Two (2001)."),
    origin="literature",
    examples=(),
)


def test_an_entry_of_the_annex() -> None:
    assert wording.describe_methods([RECORD, RECORD], language="zh") == "\n\n".join(
        2
        * [
            "### 名称（Name）\n\n$$\na\n$$\n\n$$\nb\n$$\n\n量什么，百分数。\n\n"
            "来源：One；Two (2001)。"
        ]
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_entry_holds_meaning_range_formula_and_source(language: Language) -> None:
    for name in explained():
        record = describe(name)
        said = wording.describe_methods([record], language=language)
        assert isinstance(said, wording.Prose)
        assert said.startswith(f"### {wording.method_title(record, language=language)}\n\n")
        assert all(f"$$\n{formula}\n$$" in said for formula in record.formulas)
        own, other = record.summary_zh, record.summary_en
        if language == "en":
            own, other = other, own
            assert all(f"Result: {entry.description}" in said for entry in record.returns)
        assert own in said
        assert other not in said
        (source,) = re.findall(r"(?m)^(?:来源：|Source: )(.+)$", said)
        assert source.endswith("。" if language == "zh" else ".")
        assert not source.endswith(("..", ".。"))
        assert all(one.rstrip(".") in source for one in record.references)


@pytest.mark.slow
def test_the_annex_of_a_report(luoyang: Path, luoyang_in_english: Path) -> None:
    for folder, title, word in (
        (luoyang, "附录：方法", "来源："),
        (luoyang_in_english, "Annex: methods", "Source: "),
    ):
        page = (folder / "report.html").read_text(encoding="utf-8")
        assert f'<a href="#section--A"><span class="number">A</span>{title}</a>' in page
        annex = page[page.index('<h2 id="section--A">') :]
        titles = re.findall(r'<h4 id="section--A-\d+-\d+"><span.*?</span>(.*?)</h4>', annex)
        assert len(titles) == len(explained()) == annex.count(f"<p>{word}")
        assert all(re.search(CHINESE, one) and re.search("[A-Za-z]", one) for one in titles)
        formulas = sum(len(describe(name).formulas) for name in explained())
        assert annex.count('<math display="block"') == formulas
