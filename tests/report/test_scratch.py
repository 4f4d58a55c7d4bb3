from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from lyanalysis.report.scratch import scratch_folder

DIES = """
import os, sys
from pathlib import Path
from lyanalysis.report.scratch import scratch_folder
with scratch_folder(Path("r")) as folder:
    (folder / "debris").mkdir()
    print(folder, flush=True)
    if sys.argv[1] == "dies":
        os.kill(os.getpid(), 9)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def begin(how: str) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", DIES, how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_what_a_killed_run_left_is_swept_and_what_lives_stays(tmp_path: Path) -> None:
    dead, left = begin("dies")
    with dead:
        dead.wait()
    assert (left / "debris").is_dir()
    alive, used = begin("lives")
    with alive:
        assert not left.exists()
        left.mkdir()
        Path(f"{left}.lock").touch()
        (tmp_path / "lyanalysis-11111111.lock").touch()
        (tmp_path / "lyanalysis-0000.txt").write_text("a traceback kept for its reader")
        with scratch_folder(tmp_path / "r") as own:
            assert own.is_dir()
            assert not left.exists()
            assert (used / "debris").is_dir()
    assert {path.name for path in tmp_path.iterdir()} == {"lyanalysis-0000.txt"}
