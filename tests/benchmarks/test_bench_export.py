"""The benchmark of the exporters runs and gives every row; no test says how long anything takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

SCRIPT = Path(__file__).parent / "bench_export.py"
STAGES = [
    "all three files",
    *("read", "pandoc", "HTML: font", "HTML", "workbook"),
    *("PDF: template", "PDF: Typst", "PDF"),
]


def bench(*options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, options)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture
def executed(tmp_path: Path) -> Path:
    """A notebook that was run, small enough to be converted in no time."""
    output = nbformat.v4.new_output("stream", text="13\n")
    cell = nbformat.v4.new_code_cell("print(13)", outputs=[output], execution_count=1)
    note = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Note\n\n$x$"), cell])
    nbformat.write(note, tmp_path / "note.ipynb")
    return tmp_path / "note.ipynb"


@pytest.mark.soak
def test_every_exporter_and_stage_has_a_row(executed: Path, tmp_path: Path) -> None:
    kept = tmp_path / "bench.json"
    finished = bench("--notebook", executed, "--repeats", 1, "--json", kept)
    assert finished.returncode == 0, finished.stderr
    record = json.loads(kept.read_text(encoding="utf-8"))
    names = ["lyanalysis-html", "html", "lyanalysis-pdf"]
    if "webpdf is left out" not in finished.stderr:
        names.append("webpdf")
    assert list(record["rows"]) == [*names, "nbconvert --version", *STAGES]
    assert all(len(seconds) == 1 for seconds in record["rows"].values())
    rows = {name: seconds[0] for name, seconds in record["rows"].items()}
    assert all(rows[name] > 0 for name in STAGES if name != "HTML: font"), "no stage is unmeasured"
    assert rows["PDF: Typst"] < rows["PDF"]
    assert rows["pandoc"] < rows["PDF"]
    assert record["ratios"]["html / lyanalysis-html"] == [rows["html"] / rows["lyanalysis-html"]]
    begun = [rows[name] - rows["nbconvert --version"] for name in ("html", "lyanalysis-html")]
    assert record["ratios"]["html / lyanalysis-html, both begun"] == [begun[0] / begun[1]]
    heading, *lines = finished.stdout.splitlines()
    assert heading.split() == ["seconds", "median", "lowest", "highest"]
    assert [line.strip().split("  ")[0] for line in lines[: len(rows)]] == list(rows)
    assert len(lines) == len(rows) + len(record["ratios"])


@pytest.mark.slow
def test_what_cannot_be_converted_is_told_in_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{", encoding="utf-8")
    finished = bench("--notebook", broken, "--repeats", 1)
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert finished.stderr.splitlines()[-1].startswith("error: -m nbconvert --to lyanalysis-html: ")


@pytest.mark.parametrize("options", [["--repeats", "0"], ["--notebook", "nowhere"]])
def test_a_wrong_option_is_told_before_anything_runs(options: list[str]) -> None:
    finished = bench(*options)
    assert finished.returncode in {1, 2}
    assert options[1] in finished.stderr.splitlines()[-1]
