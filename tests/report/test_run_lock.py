from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from lyanalysis.errors import LockedError, PublishError
from lyanalysis.report.run_lock import HOLDER, run_lock

HOLD = """
import sys
from pathlib import Path
from lyanalysis.report.run_lock import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def hold(out: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_holder_is_named_until_it_has_ended(tmp_path: Path) -> None:
    out = tmp_path / "new" / "reports"
    process = hold(out)
    with pytest.raises(LockedError) as caught, run_lock(out):
        pass
    assert caught.value.exit_code == 6
    told = str(caught.value)
    assert told.startswith(f"{out}: process {process.pid} on {socket.gethostname()} (since 2")
    assert told.endswith("is making reports there; wait until it has ended, or name another folder")
    process.communicate("go on\n", timeout=60)
    with run_lock(out):
        assert (out / HOLDER).is_file()
    assert not (out / HOLDER).exists()


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    process = hold(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert (tmp_path / HOLDER).is_file(), "what it left is of a process that is gone"
    with run_lock(tmp_path):
        assert f'"pid": {os.getpid()},' in (tmp_path / HOLDER).read_text("utf-8")


def test_a_lock_holds_whatever_its_record_says(tmp_path: Path) -> None:
    process = hold(tmp_path)
    for damaged in ("", "[]", "{}", '{"pid": 1}', "null", "\udcff"):
        (tmp_path / HOLDER).write_bytes(damaged.encode(errors="surrogateescape"))
        with (
            pytest.raises(LockedError, match="another batch is making reports"),
            run_lock(tmp_path),
        ):
            pass
    process.communicate("go on\n", timeout=60)


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    place = tmp_path / "reports"
    place.write_text("")
    with pytest.raises(PublishError, match="is a file, not a folder") as caught, run_lock(place):
        pass
    assert caught.value.exit_code == 5


def test_an_error_under_the_lock_frees_it(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), run_lock(tmp_path):
        raise ZeroDivisionError
    with run_lock(tmp_path):
        pass
