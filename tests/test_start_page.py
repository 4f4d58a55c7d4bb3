"""The page ``make lab`` opens at says what is so: chapters, parameters, commands, code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from typer.testing import CliRunner

from lyanalysis import cli
from lyanalysis.report.start import copy_notebooks

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
LANGUAGES = ["zh", "en"]

each_language = pytest.mark.parametrize("language", LANGUAGES)


def page(language: str) -> str:
    return (NOTEBOOKS / f"start.{language}.md").read_text(encoding="utf-8")


def first_heading(path: Path, language: str) -> str:
    cells = nbformat.read(path, as_version=4).cells
    prose = next(cell.source for cell in cells if cell.metadata.get("tags") == [language])
    return prose.splitlines()[0].removeprefix("# ")


@each_language
def test_it_lists_the_chapters_of_the_report(language: str) -> None:
    report = tomllib.loads((NOTEBOOKS / "report.toml").read_text(encoding="utf-8"))
    wanted = [
        (str(chapter["number"]), first_heading(NOTEBOOKS / file, language), file)
        for chapter in report["chapters"]
        for file in [chapter["notebook"]]
    ]
    listed = re.findall(r"(?m)^\| \[(\w) (.+?)\]\((.+?)\) \| .+ \|$", page(language))
    assert listed == wanted


@each_language
def test_it_names_every_parameter(language: str) -> None:
    cells = nbformat.read(NOTEBOOKS / "00_summary.ipynb", as_version=4).cells
    source = next(cell.source for cell in cells if cell.metadata.get("tags") == ["parameters"])
    names = re.findall(r"(?m)^(\w+):", source)
    assert re.findall(r"(?m)^\| `(\w+)` \| .+ \|$", page(language)) == names


@each_language
def test_its_code_runs(language: str) -> None:
    (code,) = re.findall(r"(?s)```python\n(.*?)```", page(language))
    *statements, call = code.strip().splitlines()
    names: dict[str, object] = {}
    exec("\n".join(statements), names)
    shares = eval(call, names)
    assert isinstance(shares, pd.DataFrame)
    assert shares.xs(2025, level="year").sum(axis="columns").tolist() == pytest.approx(
        [100], abs=0.2
    )


@each_language
def test_its_commands_and_files_exist(language: str) -> None:
    text = page(language)
    commands = re.findall(r"(?m)(?:^\$ |`)lyanalysis (\w+)", text)
    assert set(commands) == {"render", "data", "indicators", "init"}
    for name in commands:
        assert CliRunner().invoke(cli.app, [name, "--help"]).exit_code == 0
    (indicator,) = re.findall(r"`lyanalysis indicators (\w+)`", text)
    assert CliRunner().invoke(cli.app, ["indicators", indicator]).exit_code == 0
    paths = re.findall(r"`((?:lyanalysis|tests)/[\w/]+|CONTRIBUTING\.md)`", text)
    assert len(paths) == 3
    assert all((ROOT / path).exists() for path in paths)


def test_both_pages_say_the_same() -> None:
    shapes = [re.findall(r"(?m)^(#+ |\||```\w*|\d+\. )", page(language)) for language in LANGUAGES]
    assert shapes[0] == shapes[1]


def test_it_travels_with_the_notebooks(tmp_path: Path) -> None:
    copied = {path.name for path in copy_notebooks(tmp_path)}
    assert copied >= {f"start.{language}.md" for language in LANGUAGES}
