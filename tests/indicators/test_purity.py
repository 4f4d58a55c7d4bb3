from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import runpy
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import lyanalysis.indicators


def public(module: str) -> dict[str, Any]:
    found = importlib.import_module(f"lyanalysis.indicators.{module}")
    return {name: getattr(found, name) for name in found.__all__ if name.islower()}


# One file for each module of indicators, so that a new one brings its own.
FILES = sorted((Path(__file__).parent / "calls").glob("*.py"))
CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {}
FUNCTIONS: dict[str, Any] = {}
for file in FILES:
    CALLS |= runpy.run_path(str(file))["CALLS"]
    FUNCTIONS |= public(file.stem)


# Functions of `claims` compare texts of a ledger; `reference` reads docstrings.
NO_MEASURES = {"claims", "reference"}


def test_every_public_function_is_called_here():
    assert set(CALLS) == set(FUNCTIONS)
    found = {info.name for info in pkgutil.iter_modules(lyanalysis.indicators.__path__)}
    measures = {name for name in found if not name.startswith("_")} - NO_MEASURES
    assert measures == {file.stem for file in FILES}


def parts(result: Any) -> list[Any]:
    """Return the frames, Series and numbers of a result, which may be a tuple of them."""
    if isinstance(result, tuple):
        return [part for element in result for part in parts(element)]
    return [result]


def compare(one: Any, other: Any) -> None:
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other, check_exact=True)
    elif isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other, check_exact=True)
    elif isinstance(one, pd.Index):
        pd.testing.assert_index_equal(one, other, exact=True)
    else:
        assert one == other or (one != one and other != other)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_inputs_are_left_alone_and_answers_are_repeatable(name):
    arguments, options = CALLS[name]
    frames = (pd.DataFrame, pd.Series)
    given = [value for value in (*arguments, *options.values()) if isinstance(value, frames)]
    before = [argument.copy(deep=True) for argument in given]
    results = parts(FUNCTIONS[name](*arguments, **options))
    for one, other in zip(results, parts(FUNCTIONS[name](*arguments, **options)), strict=True):
        compare(one, other)
    # Writing into a result must not reach back into what was given; an index cannot be written to.
    for result in results:
        if isinstance(result, frames):
            result.iloc[(0,) * result.ndim] = -999.0
    for argument, copy in zip(given, before, strict=True):
        compare(argument, copy)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_options_are_keyword_only(name):
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    for parameter in parameters:
        optional = parameter.default is not inspect.Parameter.empty
        assert not optional or parameter.kind is inspect.Parameter.KEYWORD_ONLY, parameter


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_docstring_has_every_section(name):
    text = inspect.getdoc(FUNCTIONS[name])
    for section in ("Parameters", "Returns", "Raises", "Notes", "Examples"):
        assert f"{section}\n{'-' * len(section)}\n" in text, section


CHINESE = r"[\u4e00-\u9fff]"


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_docstring_begins_with_names_and_a_paragraph_in_each_language(name):
    """What the reference and the annex of a report are made of."""
    first, english, chinese, following = inspect.getdoc(FUNCTIONS[name]).split("\n\n")[:4]
    assert re.fullmatch(rf"[A-Z][^()\u4e00-\u9fff]* \([^()]*{CHINESE}[^()]*\)\.", first), first
    assert re.match("[A-Z]", english)
    assert english.endswith(".")
    assert not re.search(CHINESE, english)
    assert re.search(CHINESE, chinese)
    assert chinese.endswith("。")
    assert following.startswith("Parameters\n---")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_docstring_gives_formula_and_source_or_says_why_not(name):
    text = inspect.getdoc(FUNCTIONS[name])
    notes = text.partition("Notes\n-----\n")[2]
    assert ".. math::" in notes or "No formula" in notes
    assert "References\n----------\n" in notes or re.search(
        r"\b(Own definition|Own rule|Identity)\b", notes
    )


def modules() -> list[Path]:
    return sorted(Path(lyanalysis.indicators.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.name)
def test_no_rounding_no_warning_no_files(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names]
            names.append(getattr(node, "module", None) or "")
            assert not {"warnings", "pathlib", "os", "io"} & set(names), names
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            forbidden = {"round", "rint", "open", "print", "read_csv", "fillna", "errstate"}
            assert called not in forbidden, f"{called} in line {node.lineno}"
