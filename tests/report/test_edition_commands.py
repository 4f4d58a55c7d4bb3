from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from editions import Bench

from lyanalysis import cli

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command in this process: exit code, stdout, stderr."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lyanalysis", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return (int(caught.value.code or 0), *capfd.readouterr())

    return command


@pytest.fixture
def verify(run: Run, at_hand: Bench) -> Run:
    """Return a function that verifies a report against the data and notebooks of the bench."""
    return lambda *arguments: run("verify", *arguments, "--notebooks", at_hand.notebooks)


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "copy"))


@pytest.fixture(scope="module")
def later(bench: Bench, published: Path) -> Path:
    """Return the folder of an edition in which a growth rate and a sentence are others."""
    kept = bench.contents()
    bench.edit(bench.figures, f"{GDP}1000.0", f"{GDP}1004.0")
    bench.edit(bench.notebooks / "accounts.ipynb", "比重按现价计算。", "比重都按现价计算。")
    folder = bench.render("later", [])
    for path, content in kept.items():
        path.write_bytes(content)
    return folder


GDP = "gdp,2019,year,yearbook,own_yearbook,"


def test_an_intact_report_says_so(verify: Run, published: Path) -> None:
    code, out, err = verify(published)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["Part", "Name", "State", "Recorded", "Found"]
    assert any(line.split()[:3] == ["files", "report.pdf", "same"] for line in lines)
    assert any(line.split()[:3] == ["data", "own/regions.csv", "same"] for line in lines)
    assert lines[-3:] == [
        "attached to the PDF and as they should be: 5 files",
        "report: intact",
        "inputs: all at hand and the same",
    ]


def test_other_data_are_told_and_count_with_strict_alone(
    verify: Run, published: Path, at_hand: Bench
) -> None:
    at_hand.edit(at_hand.figures, f"{GDP}1000.0", f"{GDP}1004.0")
    code, out, _ = verify(published / "report.pdf")
    assert code == 0
    assert out.splitlines()[-1] == "inputs: other than at hand: 1 of data differs"
    assert verify(published / "report.pdf", "--strict")[0] == 3


def test_programs_get_all_findings_as_json(verify: Run, copy: Path) -> None:
    (copy / "tables.xlsx").unlink()
    code, out, _ = verify(copy, "--json", "--strict")
    assert code == 3
    found = json.loads(out)
    assert (found["intact"], found["same_inputs"], found["reproduced"]) == (False, True, None)
    assert found["parameters"]["region"] == "419901"
    missing = [one for one in found["findings"] if one["state"] == "missing"]
    assert [(one["part"], one["name"]) for one in missing] == [("files", "tables.xlsx")]
    assert len(missing[0]["recorded"]) == 64


def test_a_damaged_report_is_not_rendered_again(verify: Run, copy: Path) -> None:
    (copy / "manifest.json").write_text("{}")
    code, out, err = verify(copy, "--rerun")
    assert (code, err) == (3, "")
    assert "report: damaged or altered: 1 of files differs" in out
    assert "inputs: not compared" in out


def test_a_second_run_is_told(verify: Run, published: Path) -> None:
    code, out, err = verify(published / "report.pdf", "--rerun")
    assert code == 0
    assert out.splitlines()[-1] == "second run: the same bytes"
    assert "accounts" in err, "its stages are progress, not answer"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "nowhere: cannot be read: No such file or directory; name the folder"),
        ("empty", "empty: this folder holds no manifest.json, so it is no published report"),
        ("text.pdf", "text.pdf: is no PDF; name the folder of a published report or its PDF"),
        ("cut.pdf", "cut.pdf: this PDF is cut off or damaged (EOF marker not found); fetch it"),
    ],
)
@pytest.mark.parametrize("command", ["verify", "diff"])
def test_what_is_no_report_is_one_line(
    run: Run, published: Path, tmp_path: Path, command: str, name: str, message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.pdf").write_text("text")
    (tmp_path / "cut.pdf").write_bytes((published / "report.pdf").read_bytes()[:5000])
    asked = [tmp_path / name] if command == "verify" else [published, tmp_path / name]
    code, out, err = run(command, *asked)
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("error: ")
    assert message in err


def test_what_names_itself_cannot_steer_the_terminal(verify: Run, copy: Path) -> None:
    (copy / "\x1b[2Jgone.txt").write_text("")
    out = verify(copy)[1]
    assert "\x1b" not in out
    assert "�[2Jgone.txt" in out


def test_changes_are_told_in_the_language_of_the_report_or_another(
    run: Run, published: Path, later: Path, at_hand: Bench
) -> None:
    code, out, err = run("diff", published / "report.pdf", later)
    assert (code, err) == (0, "")
    assert out.startswith("与上一版（2025年，程序0.1.0版）相比：")
    assert "示例市，2019 · 生产总值（亿元）: 1000.0 → 1004.0" in out
    assert "改写：“比重按现价计算。” → “比重都按现价计算。”" in out
    english = run("diff", published, later, "--language", "en")[1]
    assert english.startswith("Against the last edition (2025, version 0.1.0): numbers moved: ")
    assert "data file own/observations/example.csv changed" in english


def test_changes_are_json_for_programs_and_a_page_for_readers(
    run: Run, published: Path, later: Path, tmp_path: Path, at_hand: Bench
) -> None:
    found = json.loads(run("diff", published, later, "--json")[1])
    moved = [
        (one["old"], one["new"])
        for exhibit in found["exhibits"]
        if exhibit["id"] == "sector-accounts"
        for one in exhibit["numbers"]
    ]
    assert (1000.0, 1004.0) in moved
    page = tmp_path / "changes.html"
    assert run("diff", published, later, "--html", page) == (0, f"{page}\n", "")
    assert "1004.0" in page.read_text(encoding="utf-8")


def test_orders_that_exclude_each_other_are_refused(run: Run, published: Path, later: Path) -> None:
    code, _, err = run("diff", published, later, "--json", "--html", "x.html")
    assert (code, err) == (2, "error: --json and --html exclude each other; give one\n")
    code, _, err = run("diff", published, later, "--language", "fr")
    assert code == 2
    assert "choose zh or en" in err
    code, _, err = run("diff", published, later, "--html", "x.txt")
    assert (code, "must end with .html" in err) == (2, True)
