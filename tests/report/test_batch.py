from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from batches import Place, contents

from lyanalysis import catalog
from lyanalysis.report.batch_run import plan_ahead
from lyanalysis.report.jobs import Job
from lyanalysis.report.manifest import as_json
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import read_plan
from lyanalysis.report.run_lock import run_lock
from lyanalysis.report.scratch import scratch_folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc"),
]
MIXED = """
attempts = 2
[[reports]]
regions = ["洛阳"]
years = "2021..2025"
formats = ["html"]
[[overrides]]
year = 2022
limits = { report = 8 }
"""
BOTH = """
[[reports]]
regions = ["洛阳", "郑州"]
formats = ["html"]
"""
Told = tuple[dict[str, Any], subprocess.CompletedProcess[str]]


def by_id(summary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["id"].removeprefix("410300/"): one for one in summary["reports"]}


def reverse_package_hash(place: Place) -> None:
    """Let a report be of another state of the package, or of this one again."""
    path = place.out / "410300" / "2025-zh" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["package"]["sha256"] = manifest["package"]["sha256"][::-1]
    path.write_text(as_json(manifest), "utf-8")


def index_status(out: Path) -> dict[str, str]:
    """Read year and status of every row of the page."""

    class Page(HTMLParser):
        def handle_starttag(self, tag: str, _attrs: Any) -> None:
            if tag == "tr":
                rows.append([])
            if tag == "td":
                rows[-1].append("")

        def handle_data(self, data: str) -> None:
            if rows and rows[-1]:
                rows[-1][-1] += data

    rows: list[list[str]] = []
    Page().feed((out / "index.html").read_text("utf-8"))
    return {f"{row[1]}-{row[2]}": row[-1].strip() for row in rows[1:]}


# One batch in which everything happens, and the one after it.


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("mixed"))
    place.plan(MIXED)
    return place


@pytest.fixture(scope="module")
def first(place: Place) -> Told:
    place.mood("410300", 2024, "raises")
    place.mood("410300", 2023, "dies")
    place.mood("410300", 2022, "sleeps")
    # Without a fork server the kernel is a child of the process that makes the report.
    place.mood("410300", 2021, "once is killed")
    return place.batch("plan.toml", "--no-cache", "--no-warm", "--workers", "2")


@pytest.fixture(scope="module")
def second(place: Place, first: Told) -> tuple[Told, dict[str, bytes]]:
    for year in (2024, 2023, 2022):
        place.mood("410300", year)
    place.mood("410300", 2025, "raises")
    reverse_package_hash(place)
    before = contents(place.out / "410300" / "2025-zh")
    return place.batch("plan.toml", "--no-cache", "--only", "410300/2025-zh,410300/2024-zh"), before


def test_what_is_made_and_what_fails_is_told(first: Told) -> None:
    summary, finished = first
    reports = by_id(summary)
    assert {id: one["status"] for id, one in reports.items()} == {
        "2021-zh": "made",
        "2022-zh": "failed",
        "2023-zh": "failed",
        "2024-zh": "failed",
        "2025-zh": "made",
    }
    assert {tuple(one["reasons"]) for one in reports.values()} == {("new",)}
    assert summary["counts"] == {"made": 2, "failed": 3}
    assert (summary["exit_code"], finished.returncode) == (4, 4)
    *_, last = finished.stderr.splitlines()
    assert last.startswith("2 made, 0 current, 3 failed in ")
    assert "Traceback" not in finished.stderr


def test_only_what_may_pass_is_tried_again(place: Place, first: Told) -> None:
    reports = by_id(first[0])
    tries = {id: one["attempts"] for id, one in reports.items()}
    assert tries == {
        "2021-zh": 2,
        "2022-zh": 1,
        "2023-zh": 2,
        "2024-zh": 1,
        "2025-zh": 1,
    }
    again = {event["id"]: event for event in place.events() if event["event"] == "retry"}
    assert {*again} == {f"410300/{year}-zh" for year in (2021, 2023)}
    assert {event["pause"] for event in again.values()} == {1}
    killed = again["410300/2021-zh"]["message"]
    assert killed.startswith("the process that made the report was killed by signal 9")
    assert "410300/2021-zh  made  " in first[1].stderr
    assert ", 2 tries  new" in first[1].stderr


@pytest.mark.parametrize(
    ("year", "told"),
    [
        (2022, "the report took longer than 8 s, which is all it may take"),
        (2023, "kernel"),
        (2024, "ZeroDivisionError: division by zero"),
    ],
)
def test_a_failure_names_chapter_cell_and_message(first: Told, year: int, told: str) -> None:
    failed = by_id(first[0])[f"{year}-zh"]
    assert (failed["chapter"], failed["cell"], failed["exit_code"]) == ("moody", 5, 4)
    assert told in failed["message"]
    assert f"410300/{year}-zh  failed  " in first[1].stderr


def test_a_failed_report_is_listed_with_what_it_ended_in(
    place: Place, second: tuple[Told, dict[str, bytes]]
) -> None:
    status = index_status(place.out)
    assert status["2023-zh"].startswith("未更新 not renewed: chapter moody, cell 5: ")
    kept = place.out / "410300" / "2023-zh.failed"
    record = json.loads((kept / "failure.json").read_text("utf-8"))
    assert (record["id"], record["chapter"], record["cell"]) == ("410300/2023-zh", "moody", 5)
    assert (kept / "moody.ipynb").is_file()
    assert not (place.out / "410300" / "2023-zh").exists()


def test_a_failure_leaves_the_previous_report(
    place: Place, second: tuple[Told, dict[str, bytes]]
) -> None:
    (summary, _), before = second
    report = by_id(summary)["2025-zh"]
    assert (report["status"], report["reasons"]) == ("failed", ["package changed: lyanalysis"])
    assert contents(place.out / "410300" / "2025-zh") == before
    assert (place.out / "410300" / "2025-zh.failed" / "failure.json").is_file()
    assert index_status(place.out)["2025-zh"].startswith(
        "未更新 not renewed: chapter moody, cell 5"
    )


def test_a_failure_is_forgotten_by_a_good_run(
    place: Place, second: tuple[Told, dict[str, bytes]]
) -> None:
    report = by_id(second[0][0])["2024-zh"]
    assert (report["status"], report["attempts"]) == ("made", 1)
    assert not (place.out / "410300" / "2024-zh.failed").exists()
    assert index_status(place.out)["2024-zh"] == "完好 good"


def test_a_batch_leaves_nothing_but_its_reports(
    place: Place, second: tuple[Told, dict[str, bytes]]
) -> None:
    assert [*place.scratch.iterdir()] == []
    assert place.processes() == []
    here = {path.name for path in place.out.iterdir()}
    assert here == {"410300", "index.html", "batch.log.jsonl", ".batch.lock"}


def test_the_log_is_lines_of_json(place: Place, second: tuple[Told, dict[str, bytes]]) -> None:
    events = place.events()
    assert {event["event"] for event in events} == {"begin", "report", "retry", "end"}
    assert len({event["run"] for event in events}) == 2
    assert all("id" in event for event in events if event["event"] in {"report", "retry"})
    assert [event["exit_code"] for event in events if event["event"] == "end"] == [4, 4]


def test_a_report_that_is_current_again_has_not_failed(
    place: Place, second: tuple[Told, dict[str, bytes]]
) -> None:
    reverse_package_hash(place)
    summary, finished = place.batch("plan.toml", "--only", "410300/2025-zh")
    assert summary["counts"] == {"current": 1}
    assert finished.returncode == 0
    assert finished.stderr.startswith("0 due\n0 made, 1 current, 0 failed in ")
    assert not (place.out / "410300" / "2025-zh.failed").exists()
    assert index_status(place.out)["2025-zh"] == "完好 good"


# Warm kernels, and the reasons to make a report again.


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return a place where reports of two regions were made with warm kernels."""
    place = Place(tmp_path_factory.mktemp("both"))
    place.chapters("good", "other")
    place.plan(BOTH)
    summary, _ = place.batch("plan.toml", "--no-cache", "--workers", "2")
    assert summary["counts"] == {"made": 2}
    return place


def test_warm_and_cold_kernels_give_the_same_bytes(both: Place) -> None:
    cold = both.folder / "cold"
    summary, _ = both.batch("plan.toml", "--no-cache", "--no-warm", "--out", cold)
    assert summary["counts"] == {"made": 2}
    for id in ("410300/2025-zh", "410100/2025-zh"):
        made = contents(both.out / id, without=["run.json"])
        assert {*made} == {"report.html", "report.ipynb", "manifest.json"}
        assert made == contents(cold / id, without=["run.json"])


@pytest.fixture
def ahead(both: Place, tmp_path: Path) -> Callable[..., dict[str, list[str]]]:
    """Return a function that tells why the reports, or changed copies of them, are due."""
    out, notebooks = tmp_path / "reports", tmp_path / "notebooks"
    shutil.copytree(both.out, out)
    shutil.copytree(both.notebooks, notebooks)

    def tell(*, force: bool = False, **changed: Any) -> dict[str, list[str]]:
        asked = {"year": 2025, "first_year": 2010, "language": "zh", "peers": (), **changed}
        formats = asked.pop("formats", {"html"})
        jobs = [
            Job(Parameters(region=region, **asked), frozenset(formats))
            for region in ("410300", "410100")
        ]
        due = plan_ahead(jobs, read_plan(notebooks), out, force=force)
        return {id.split("/")[0]: [*map(str, reasons)] for id, reasons in due.items()}

    return tell


def test_nothing_is_due_where_nothing_changed(ahead: Callable[..., Any]) -> None:
    assert ahead() == {"410300": [], "410100": []}
    assert ahead(force=True) == {"410300": ["forced"], "410100": ["forced"]}


def test_what_is_asked_for_differently_is_due(ahead: Callable[..., Any]) -> None:
    assert ahead(year=2024) == {"410300": ["new"], "410100": ["new"]}
    changed = ahead(first_year=2011, formats={"xlsx", "html"})
    assert changed["410300"] == ["parameters changed: first_year", "formats added: xlsx"]
    assert ahead(first_year=2011, force=True)["410300"] == ["parameters changed: first_year"]


def test_a_notebook_that_changed_is_named(ahead: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "notebooks" / "other.ipynb"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    told = ["notebook changed: other.ipynb"]
    assert ahead() == {"410300": told, "410100": told}


def test_data_that_changed_are_named(
    ahead: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    shutil.copytree(Path(__file__).parents[1] / "own_data", own)
    monkeypatch.setenv(catalog.OWN_DATA, str(own))
    assert ahead()["410300"] == ["data added: own/regions.csv", "data changed: own_data"]


def test_a_damaged_report_is_due(ahead: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "410300" / "2025-zh"
    (folder / "report.html").write_text("cut off")
    assert ahead() == {"410300": ["files changed: report.html"], "410100": []}
    (folder / "manifest.json").write_text("{")
    assert ahead()["410300"] == ["new"]


# Interruption.


def started(place: Place, *arguments: str) -> subprocess.Popen[str]:
    """Start a batch and return it with kernels of two reports at work."""
    place.plan(BOTH)
    for region in ("410300", "410100"):
        place.mood(region, 2025, "sleeps")
    process = place.start("batch", "plan.toml", "--workers", "2", *arguments)
    place.wait(lambda: len(place.begun()) == 2 or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    assert len(place.processes()) >= 5, "a batch, two reports and their kernels"
    return process


@pytest.mark.parametrize(
    ("number", "code", "arguments"),
    [(signal.SIGINT, 130, []), (signal.SIGTERM, 143, ["--no-warm"])],
)
def test_a_batch_that_is_stopped_leaves_nothing(
    tmp_path: Path, number: signal.Signals, code: int, arguments: list[str]
) -> None:
    # What a shell starts in the background ignores it, and so would all that comes of it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    place = Place(tmp_path)
    process = started(place, *arguments)
    signal.signal(signal.SIGINT, before)
    other = place.run("batch", "plan.toml")
    assert other.returncode == 6
    assert f"process {process.pid} on {socket.gethostname()} (since 2" in other.stderr
    assert other.stderr.endswith("wait until it has ended, or name another folder\n")

    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == code
    assert told == "2 due\n"
    # A kernel that was ended is gone once its parent, or that of all orphans, has heard of it.
    place.wait(lambda: not place.processes(), 10)
    assert [*place.scratch.iterdir()] == []
    assert {path.name for path in place.out.iterdir()} >= {"batch.log.jsonl", ".batch.lock"}
    left = {path for path in place.out.rglob("*") if path.parent.name.startswith("410")}
    assert {path.name for path in left} == {".2025-zh.lock"}
    assert [event["event"] for event in place.events()] == ["begin", "stopped"]


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="needs warm kernels")
def test_a_batch_that_is_killed_takes_all_with_it_and_holds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path)
    process = started(place)
    process.kill()
    process.communicate(timeout=60)
    place.wait(lambda: not place.processes(), 10)
    with run_lock(place.out):
        monkeypatch.setattr(tempfile, "tempdir", str(place.scratch))
        assert [*place.scratch.iterdir()] != []

        def is_swept() -> bool:
            with scratch_folder(place.out):
                return len([path for path in place.scratch.iterdir() if path.is_dir()]) == 1

        # A process that is being killed loses its memory, by which it is found, before its locks.
        place.wait(is_swept, 10)


def test_a_chapter_that_is_no_notebook_fails_what_is_due_and_is_told(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.plan('[[reports]]\nregions = ["洛阳"]\nyears = "2024..2025"\nformats = ["html"]\n')
    summary, _ = place.batch("plan.toml", "--no-cache", "--only", "410300/2025-zh")
    good = contents(place.out / "410300" / "2025-zh")
    (place.notebooks / "moody.ipynb").write_text('{"cells": [', encoding="utf-8")
    summary, finished = place.batch("plan.toml", "--no-cache")
    assert finished.returncode == 4
    assert summary["counts"] == {"failed": 2}
    for one in summary["reports"]:
        assert "moody.ipynb is not a readable notebook" in one["message"]
        assert one["chapter"] == "moody"
    assert index_status(place.out).keys() == {"2024-zh", "2025-zh"}
    assert contents(place.out / "410300" / "2025-zh") == good
    assert [e["id"] for e in place.events() if e["event"] == "report"][-2:] == [
        "410300/2024-zh",
        "410300/2025-zh",
    ]
