"""The benchmark of batches runs and gives every row; no test says how long anything may take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from editions import FIXTURES, HEAD

SCRIPT = Path(__file__).parent / "bench_batch.py"


def bench(*options: object) -> subprocess.CompletedProcess[str]:
    """Run the script with a place of its own for temporary files, short enough for Chromium."""
    with tempfile.TemporaryDirectory(dir="/tmp") as temporary:
        finished = subprocess.run(
            [sys.executable, str(SCRIPT), *map(str, options)],
            capture_output=True,
            text=True,
            env={**os.environ, "TMPDIR": temporary},
            timeout=600,
            check=False,
        )
        assert not list(Path(temporary).glob("lyanalysis-*")), "it cleans up after itself"
    return finished


def write_plan(folder: Path, name: str) -> Path:
    notebook = (FIXTURES / f"{name}.ipynb").read_bytes()
    (folder / f"{name}.ipynb").write_bytes(notebook)
    chapter = f'\n[[chapters]]\nnotebook = "{name}.ipynb"\nnumber = 1\n'
    (folder / "report.toml").write_text(HEAD + chapter, encoding="utf-8")
    return folder


@pytest.mark.soak
def test_every_comparison_has_a_row(tmp_path: Path) -> None:
    kept = tmp_path / "bench.json"
    notebooks = write_plan(tmp_path, "good")
    finished = bench("--regions", 2, "--notebooks", notebooks, "--json", kept)
    assert finished.returncode == 0, finished.stderr
    record = json.loads(kept.read_text(encoding="utf-8"))
    names = ["one report", "2 regions", "2 regions, nothing changed"]
    assert [row["name"] for row in record["rows"]] == names
    one, both, again = record["rows"]
    assert min(one["ours"], one["stock"], both["ours"], again["ours"]) > 0
    assert again["stock"] == both["stock"] > one["stock"]
    memory = record["memory"]
    assert all(memory[name] > 1e6 for name in ("worker", "kernel", "pair", "server", "main"))
    assert memory["worker"] <= memory["pair"] <= memory["worker"] + memory["kernel"]
    told = finished.stdout.splitlines()
    assert [line.split("  ")[0] for line in told[2:5]] == names
    assert told[-1].startswith("peak MB: worker ")


@pytest.mark.soak
def test_many_reports_have_ten_tenths(tmp_path: Path) -> None:
    kept = tmp_path / "bench.json"
    finished = bench("--many", 12, "--json", kept)
    assert finished.returncode == 0, finished.stderr
    many = json.loads(kept.read_text(encoding="utf-8"))["many"]
    assert {name: len(values) for name, values in many.items()} == {
        "seconds": 10,
        "main": 10,
        "server": 10,
    }
    assert all(value > 1 for name in ("main", "server") for value in many[name])
    assert finished.stdout.splitlines()[1].startswith("12 reports, by tenths")


@pytest.mark.slow
def test_a_command_that_fails_is_told_in_one_line(tmp_path: Path) -> None:
    finished = bench("--notebooks", write_plan(tmp_path, "raises"))
    assert finished.returncode == 1
    *before, last = finished.stderr.splitlines()
    assert all(line.startswith("webpdf is left out") for line in before)
    assert "error: -m lyanalysis render 410100: exit code 4: error: chapter raises" in last


@pytest.mark.parametrize(
    "options", [["--regions", "0"], ["--notebooks", "nowhere"], ["--many", "100000"]]
)
def test_a_wrong_option_is_told_before_anything_runs(options: list[str]) -> None:
    finished = bench(*options)
    assert finished.returncode in {1, 2}
    assert options[1] in finished.stderr.splitlines()[-1]
