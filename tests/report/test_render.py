from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from lyanalysis.errors import ChapterError, ExportError, PublishError
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan
from lyanalysis.report.render import render

FILES = {
    "report.html",
    "report.pdf",
    "report.ipynb",
    "tables.xlsx",
    "manifest.json",
    "run.json",
}

pytestmark = pytest.mark.slow


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "reports"


@pytest.fixture
def target(out: Path) -> Path:
    return out / "410300" / "2025-zh"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def beside(target: Path) -> set[str]:
    return {path.name for path in target.parent.iterdir()} - {".2025-zh.lock"}


@pytest.fixture
def previous(target: Path) -> dict[str, bytes]:
    """Return the contents of a good report that is already there."""
    target.mkdir(parents=True)
    for name in FILES:
        (target / name).write_bytes(b"previous")
    return contents(target)


def test_the_same_inputs_give_the_same_bytes(
    make_plan: Callable[..., Plan], parameters: Parameters, out: Path, target: Path, capfd: Any
) -> None:
    stages: list[str] = []
    plan = make_plan("good", "other")
    report = render(parameters, plan, out, progress=lambda stage, *_: stages.append(stage))
    first = contents(target)
    assert render(parameters, plan, out).folder == report.folder == target
    second = contents(target)

    assert set(first) == FILES
    assert report.sizes == {name: len(content) for name, content in first.items()}
    assert {name for name in FILES if first[name] != second[name]} == {"run.json"}
    *before, one, two, three, last = dict.fromkeys(stages)
    assert before == ["prepare", "good", "other", "join"]
    assert {one, two, three} == {"report.html", "tables.xlsx", "report.pdf"}, "side by side"
    assert last == "publish"
    assert beside(target) == {"2025-zh"}
    assert capfd.readouterr() == ("", "")


def test_the_files_of_a_report_agree(
    make_plan: Callable[..., Plan], parameters: Parameters, out: Path, target: Path
) -> None:
    render(parameters, make_plan("good"), out)
    files = contents(target)
    manifest = json.loads(files["manifest.json"])
    assert [one["file"] for one in manifest["data"]] == ["regions.csv"]
    notebook = nbformat.reads(files["report.ipynb"].decode(), as_version=4)
    nbformat.validate(notebook)
    (attachment,) = notebook.metadata.lyanalysis.attachments
    assert attachment.text.encode() == files["manifest.json"]
    assert files["report.html"].startswith(b"<!DOCTYPE html>")
    assert files["report.pdf"].startswith(b"%PDF-")
    for output in json.loads(files["run.json"])["outputs"]:
        assert output["sha256"] == hashlib.sha256(files[output["file"]]).hexdigest()


def test_a_failing_chapter_publishes_nothing(
    make_plan: Callable[..., Plan],
    parameters: Parameters,
    out: Path,
    target: Path,
    previous: dict[str, bytes],
) -> None:
    with pytest.raises(ChapterError) as caught:
        render(parameters, make_plan("good", "raises"), out)
    kept = out / "410300" / "2025-zh.failed" / "raises.ipynb"
    assert (caught.value.cell, caught.value.notebook) == (4, kept)
    assert nbformat.read(kept, as_version=4).cells[3].outputs[0].ename == "ZeroDivisionError"
    assert contents(target) == previous
    assert beside(target) == {"2025-zh", "2025-zh.failed"}

    render(parameters, make_plan("good"), out)
    assert beside(target) == {"2025-zh"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("bad_exhibit", "chapter bad_exhibit, cell 5: exhibit 'unnamed' has no alternative text"),
        ("twice", "chapter twice, cell 6: exhibit id 'first' is already used in chapter twice"),
        ("no_parameters", "chapter no_parameters: no cell is tagged 'parameters'"),
    ],
)
def test_a_chapter_that_cannot_be_shown_publishes_nothing(
    make_plan: Callable[..., Plan],
    parameters: Parameters,
    out: Path,
    target: Path,
    previous: dict[str, bytes],
    name: str,
    message: str,
) -> None:
    with pytest.raises((ChapterError, ExportError)) as caught:
        render(parameters, make_plan(name), out)
    assert str(caught.value).startswith(message)
    assert contents(target) == previous
    assert beside(target) == {"2025-zh"}


def test_an_export_that_fails_publishes_nothing(
    make_plan: Callable[..., Plan],
    parameters: Parameters,
    out: Path,
    target: Path,
    previous: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ExportError("a glyph is missing", text="𰻝")

    monkeypatch.setattr("lyanalysis.report.files.render_pdf", fail)
    with pytest.raises(ExportError, match="a glyph is missing"):
        render(parameters, make_plan("good"), out)
    assert contents(target) == previous
    assert beside(target) == {"2025-zh"}


def test_a_place_that_cannot_be_written_is_found_before_the_work(
    make_plan: Callable[..., Plan], parameters: Parameters, tmp_path: Path
) -> None:
    (tmp_path / "reports").write_text("a file")
    stages: list[str] = []
    with pytest.raises(PublishError):
        render(
            parameters,
            make_plan("good"),
            tmp_path / "reports",
            progress=lambda stage, *_: stages.append(stage),
        )
    assert set(stages) == {"prepare"}


@pytest.mark.skipif(shutil.which("pdfdetach") is None, reason="pdfdetach is not installed")
def test_workbook_notebook_and_manifest_ride_inside_the_pdf(
    make_plan: Callable[..., Plan], parameters: Parameters, out: Path, target: Path, tmp_path: Path
) -> None:
    render(parameters, make_plan("good"), out)
    command = ["pdfdetach", "-saveall", "-o", str(tmp_path), str(target / "report.pdf")]
    subprocess.run(command, check=True, capture_output=True)
    for name in ("tables.xlsx", "report.ipynb", "manifest.json"):
        assert (tmp_path / name).read_bytes() == (target / name).read_bytes(), name


@pytest.mark.skipif(shutil.which("pdfdetach") is None, reason="pdfdetach is not installed")
def test_the_pdf_alone_holds_no_workbook_that_was_not_made(
    make_plan: Callable[..., Plan], parameters: Parameters, out: Path, target: Path
) -> None:
    render(parameters, make_plan("good"), out, formats={"pdf"})
    listed = subprocess.run(
        ["pdfdetach", "-list", str(target / "report.pdf")],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "report.ipynb" in listed
    assert "tables.xlsx" not in listed
