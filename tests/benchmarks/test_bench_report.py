"""The benchmark runs and gives every row; no test says how long anything may take."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from lyanalysis.report.plan import read_plan

SCRIPT = Path(__file__).parent / "bench_report.py"
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PARAMETERS = """\
region: str = "410300"
year: int = 2025
first_year: int = 2010
language: str = "zh"
peers: list = []
"""


def write_notebooks(folder: Path, **sources: str) -> Path:
    """Write a report whose chapters hold one cell each, beside their parameters."""
    text = (NOTEBOOKS / "report.toml").read_text(encoding="utf-8").split("[[chapters]]")[0]
    for number, (name, source) in enumerate(sources.items(), start=1):
        text += f'[[chapters]]\nnotebook = "{name}.ipynb"\nnumber = {number}\n'
        parameters = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
        cells = [nbformat.v4.new_markdown_cell(f"# {name}"), parameters]
        notebook = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(source)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        notebook.metadata.language_info = {"name": "python"}
        nbformat.write(notebook, folder / f"{name}.ipynb")
    (folder / "report.toml").write_text(text, encoding="utf-8")
    return folder


def bench(folder: Path, notebooks: Path, *options: object) -> subprocess.CompletedProcess[str]:
    """Run the script with a place of its own for temporary files."""
    temporary = folder / "temporary"
    temporary.mkdir()
    finished = subprocess.run(
        [sys.executable, str(SCRIPT), "--notebooks", str(notebooks), *map(str, options)],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
        timeout=300,
        check=False,
    )
    assert not list(temporary.glob("lyanalysis-*")), "it cleans up after itself"
    return finished


def test_the_stock_tools_run_every_chapter(tmp_path: Path) -> None:
    plan = read_plan(write_notebooks(tmp_path, first="1", second="2"))
    commands = runpy.run_path(str(SCRIPT))["list_commands"](plan)
    assert [command.name for command in commands if command.stock] == [
        "papermill first",
        "nbconvert first",
        "papermill second",
        "nbconvert second",
    ]


@pytest.mark.soak
def test_every_command_and_stage_has_a_row(tmp_path: Path) -> None:
    notebooks = write_notebooks(tmp_path, only="print(region)")
    kept = tmp_path / "bench.json"
    finished = bench(tmp_path, notebooks, "--repeats", 1, "--json", kept)
    assert finished.returncode == 0, finished.stderr
    record = json.loads(kept.read_text(encoding="utf-8"))
    rows = {row["name"]: row for row in record["rows"]}
    stages = {"prepare", "only", "join", "report.html", "report.pdf", "tables.xlsx"}
    tools = {"papermill only", "nbconvert only"}
    assert rows.keys() >= {f"lyanalysis render: {stage}" for stage in stages} | tools
    assert rows.keys() >= {"lyanalysis render", "lyanalysis --help", "stock tools"}
    assert all(len(row["seconds"]) == 1 for row in record["rows"])
    whole = rows["lyanalysis render"]["seconds"][0]
    parts = [row["seconds"][0] for name, row in rows.items() if " render: " in name]
    assert sum(parts) == pytest.approx(whole)
    assert all(rows[name]["memory"] > 1e6 for name in {"lyanalysis render", "stock tools"} | tools)
    assert record["chapters"] == ["only"]
    assert len(record["report_to_stock_tools"]) == 1
    heading, *lines, last = finished.stdout.splitlines()
    assert heading.split() == ["seconds", "median", "lowest", "highest", "peak", "MB"]
    assert [line.split("  ")[0] for line in lines] == list(rows)
    assert last.startswith("lyanalysis render / stock tools: ")


@pytest.mark.slow
def test_a_command_that_fails_is_told_in_one_line(tmp_path: Path) -> None:
    finished = bench(tmp_path, write_notebooks(tmp_path, only="1 / 0"), "--repeats", 1)
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert len(finished.stderr.splitlines()) == 1
    assert "error: lyanalysis render: exit code 4: error: chapter only" in finished.stderr


@pytest.mark.parametrize("options", [["--repeats", "0"], ["--notebooks", "nowhere"]])
def test_a_wrong_option_is_told_before_anything_runs(tmp_path: Path, options: list[str]) -> None:
    finished = bench(tmp_path, NOTEBOOKS, *options)
    assert finished.returncode in {1, 2}
    assert options[1] in finished.stderr.splitlines()[-1]
