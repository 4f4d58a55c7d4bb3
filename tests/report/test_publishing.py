from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lyanalysis.errors import PublishError
from lyanalysis.report import publishing
from lyanalysis.report.publishing import failed_notebook, prepare_place, publish, tidy_place

OLD = {"report.html": b"old", "report.pdf": b"old", "gone.txt": b"old"}
NEW = {"report.html": b"new", "report.pdf": b"new"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def beside(target: Path) -> set[str]:
    return {path.name for path in target.parent.iterdir()} - {f".{target.name}.lock"}


@pytest.fixture(params=["exchange", "two steps"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the place of a report, on systems with and without an exchange of folders."""
    if request.param == "two steps":
        monkeypatch.setattr(publishing, "_exchange", lambda _first, _second: False)
    elif not sys.platform.startswith("linux"):
        pytest.skip("folders can be exchanged on Linux only")
    return tmp_path / "reports" / "410300" / "2025-zh"


def test_a_report_replaces_the_previous_one_completely(target: Path) -> None:
    publish(OLD, target)
    assert contents(target) == OLD
    publish(NEW, target)
    assert contents(target) == NEW
    assert beside(target) == {"2025-zh"}


def test_this_system_exchanges_folders(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("folders can be exchanged on Linux only")
    first, second = tmp_path / "first", tmp_path / "second"
    (first / "a").mkdir(parents=True)
    (second / "b").mkdir(parents=True)
    assert publishing._exchange(first, second)
    assert [path.name for path in first.iterdir()] == ["b"]
    assert not publishing._exchange(first, tmp_path / "absent")


def test_a_success_removes_what_a_failure_kept(target: Path) -> None:
    kept = failed_notebook(target, "02_structure")
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    publish(NEW, target)
    assert beside(target) == {"2025-zh"}


@pytest.mark.parametrize("step", ["_write", "_swap", "sync_folder"])
def test_the_previous_report_stays_when_a_step_fails(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    publish(OLD, target)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, step, fail)
    with pytest.raises(PublishError, match="cannot be written: No space left on device"):
        publish(NEW, target)
    assert contents(target) == OLD
    assert beside(target) == {"2025-zh"}


def test_the_previous_report_returns_when_the_second_step_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_exchange", lambda _first, _second: False)
    target = tmp_path / "2025-zh"
    publish(OLD, target)
    rename = Path.rename

    def fail_second(self: Path, to: Path) -> Path:
        if self.name.endswith(".tmp"):
            raise OSError(5, "Input/output error")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fail_second)
    with pytest.raises(PublishError, match="Input/output error"):
        publish(NEW, target)
    assert contents(target) == OLD
    assert beside(target) == {"2025-zh"}


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "reports"
    file.write_text("a file, so that not even root can make folders in it")
    for attempt in (prepare_place, lambda target: publish(NEW, target)):
        with pytest.raises(PublishError) as caught:
            attempt(file / "410300" / "2025-zh")
        assert "cannot be written: " in str(caught.value)
        assert "\n" not in str(caught.value)
        assert caught.value.folder == file / "410300" / "2025-zh"


def test_a_file_in_the_place_of_the_report(target: Path) -> None:
    target.parent.mkdir(parents=True)
    target.write_text("mine")
    with pytest.raises(PublishError, match="2025-zh is a file, not a folder; choose another"):
        prepare_place(target)
    assert target.read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="needs limits on the size of files")
def test_a_full_disk_leaves_the_previous_report(tmp_path: Path) -> None:
    target = tmp_path / "2025-zh"
    publish(OLD, target)
    code = (
        "import resource, sys; from pathlib import Path;"
        "from lyanalysis.errors import PublishError;"
        "from lyanalysis.report.publishing import publish;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        f"publish({{'report.html': b'new', 'report.pdf': bytes(5000)}}, Path({str(target)!r}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "PublishError" in run.stderr
    assert "File too large" in run.stderr
    assert contents(target) == OLD
    assert beside(target) == {"2025-zh"}


def test_leftovers_of_dead_runs_are_removed(target: Path) -> None:
    publish(OLD, target)
    for name in (".2025-zh.0123456789ab.tmp", "2025-zh.previous"):
        left = target.with_name(name)
        left.mkdir()
        (left / "report.html").write_text("half")
    (target.parent / ".2025-zh.fedcba987654.tmp").symlink_to(target)
    other = target.with_name(".2024-zh.0123456789ab.tmp")
    other.mkdir()
    prepare_place(target)
    assert contents(target) == OLD
    assert beside(target) == {"2025-zh", other.name}


def test_what_stands_beside_a_current_report_is_removed(target: Path) -> None:
    publish(OLD, target)
    tidy_place(target)
    for name in (".2025-zh.0123456789ab.tmp", "2025-zh.previous", "2025-zh.failed"):
        target.with_name(name).mkdir()
    tidy_place(target)
    assert contents(target) == OLD
    assert beside(target) == {"2025-zh"}


def test_an_interrupted_swap_is_repaired(target: Path) -> None:
    publish(OLD, target)
    target.rename(target.with_name("2025-zh.previous"))
    unfinished = target.with_name(".2025-zh.0123456789ab.tmp")
    unfinished.mkdir()
    prepare_place(target)
    assert contents(target) == OLD
    assert beside(target) == {"2025-zh"}


def test_a_publisher_waits_for_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "2025-zh"
    monkeypatch.setattr(publishing, "LOCK_SECONDS", 0.1)
    with (
        publishing._locked(target),
        pytest.raises(PublishError, match="another run has been publishing this report for"),
    ):
        publish(NEW, target)
    publish(NEW, target)
    assert contents(target) == NEW


PUBLISH_FOREVER = """
import sys
from pathlib import Path
from lyanalysis.report.publishing import publish

name, target = sys.argv[1:]
print("ready", flush=True)
while True:
    publish({f"{part}.txt": f"{name} {part}".encode() * 1000 for part in range(4)}, Path(target))
"""


def whole(folder: Path) -> bool:
    """Tell whether all files of a report are there and from one publisher."""
    texts = {path.name: path.read_bytes() for path in folder.iterdir()}
    names = {text.split(b" ")[0] for text in texts.values()}
    return len(texts) == 4 and len(names) == 1 and len({*map(len, texts.values())}) == 1


def start_publisher(name: str, target: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", PUBLISH_FOREVER, name, str(target)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    return process


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs an exchange of folders")
def test_two_publishers_and_a_reader(tmp_path: Path) -> None:
    target = tmp_path / "2025-zh"
    publishers = [start_publisher(name, target) for name in ("first", "second")]
    try:
        while not target.exists():
            time.sleep(0.01)
        end = time.monotonic() + 2
        while time.monotonic() < end:
            assert target.is_dir(), "a reader found no report while another took its place"
        assert all(process.poll() is None for process in publishers)
    finally:
        for process in publishers:
            process.kill()
            process.wait()
    prepare_place(target)
    assert whole(target)
    assert beside(target) == {"2025-zh"}


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_a_publisher_that_is_killed_leaves_a_whole_report(tmp_path: Path) -> None:
    target = tmp_path / "2025-zh"
    moments = random.Random(20251123)
    for attempt in range(12):
        process = start_publisher(f"run{attempt}", target)
        while attempt == 0 and not target.exists():
            time.sleep(0.001)
        time.sleep(moments.uniform(0.0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert whole(target)
    prepare_place(target)
    assert beside(target) == {"2025-zh"}
