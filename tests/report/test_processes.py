from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lyanalysis.report.kernel import kernel_environment
from lyanalysis.report.processes import ForkedProcess, fork_server, start

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks kernels")

SCRIPTS = {
    "tells": """
import os, random, sys, numpy
print(sys.argv[1:], os.getcwd(), os.environ.get("MARK"), __name__, os.getpgid(0) == os.getpid())
print(random.random(), numpy.random.random())
""",
    "exits": "import sys; sys.exit(7)",
    "raises": "1 / 0",
    "sleeps": "import time; time.sleep(600)",
    "eats": "held = bytearray(900_000_000)",
    "hashes": "print([*{'a', 'b', 'c', 'd', 'e'}])",
}


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    folder = tmp_path / "modules"
    folder.mkdir()
    for name, text in SCRIPTS.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def environment(tmp_path: Path, modules: Path) -> dict[str, str]:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    made = kernel_environment(scratch, scratch / "reads.jsonl")
    paths = (str(modules), made.get("PYTHONPATH", ""))
    return made | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "MARK": "here"}


@pytest.fixture
def short() -> Iterator[Path]:
    """Return a folder with a short name: that of a socket has a hundred bytes at most."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        yield Path(name)


@pytest.fixture
def server(short: Path, environment: dict[str, str]) -> Iterator[Path | None]:
    with fork_server(["import csv"], short, environment) as address:
        yield address


def run(
    name: str, environment: dict[str, str], folder: Path, server: Path | None, **options: int
) -> tuple[int, str]:
    log = folder / f"{name}-{server is None}-{time.monotonic_ns()}.log"
    process = start(
        name,
        ["one", "two"],
        environment=environment,
        folder=folder,
        log=log,
        server=server,
        **options,
    )
    return process.wait(60), log.read_text(encoding="utf-8")


@linux
def test_a_forked_process_is_what_a_started_one_is(
    environment: dict[str, str], tmp_path: Path, server: Path | None
) -> None:
    assert server is not None
    forked, started = (run("tells", environment, tmp_path, one) for one in (server, None))
    told = f"['one', 'two'] {tmp_path} here __main__ True"
    assert forked[0] == started[0] == 0
    assert forked[1].splitlines()[0] == started[1].splitlines()[0] == told
    again = run("tells", environment, tmp_path, server)
    assert again[1].splitlines()[1] != forked[1].splitlines()[1], "copies draw the same numbers"
    hashes = [run("hashes", environment, tmp_path, one) for one in (server, None)]
    assert hashes[0] == hashes[1], "sets come in another order"


@linux
@pytest.mark.parametrize(("name", "code"), [("exits", 7), ("raises", 1), ("nowhere", 1)])
def test_exit_codes(
    environment: dict[str, str], tmp_path: Path, server: Path | None, name: str, code: int
) -> None:
    for one in (server, None):
        ended, log = run(name, environment, tmp_path, one)
        assert ended == code
        assert ("ZeroDivisionError" in log) == (name == "raises")


@linux
def test_memory_is_limited(
    environment: dict[str, str], tmp_path: Path, server: Path | None
) -> None:
    for one in (server, None):
        code, log = run("eats", environment, tmp_path, one, memory=700_000_000)
        assert (code, "MemoryError" in log) == (1, True)
        assert run("eats", environment, tmp_path, one, memory=4_000_000_000) == (0, "")


def begin(environment: dict[str, str], folder: Path, server: Path | None) -> ForkedProcess:
    process = start(
        "sleeps",
        [],
        environment=environment,
        folder=folder,
        log=folder / "log",
        server=server,
    )
    assert isinstance(process, ForkedProcess)
    return process


def is_gone(pid: int) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.02)
    return False


@linux
def test_a_process_can_be_ended(
    environment: dict[str, str], tmp_path: Path, server: Path | None
) -> None:
    process = begin(environment, tmp_path, server)
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.1)
    process.kill()
    assert process.wait(10) == -signal.SIGKILL
    assert process.poll() == -signal.SIGKILL
    process.kill()
    other = begin(environment, tmp_path, server)
    other.terminate()
    assert other.wait(10) == -signal.SIGTERM


@linux
def test_who_hangs_up_leaves_no_process(
    environment: dict[str, str], tmp_path: Path, server: Path | None
) -> None:
    process = begin(environment, tmp_path, server)
    process._server.close()
    assert is_gone(process.pid)


@linux
def test_no_process_outlives_the_server(
    environment: dict[str, str], tmp_path: Path, short: Path
) -> None:
    with fork_server([], short, environment) as server:
        process = begin(environment, tmp_path, server)
    assert process.wait(10) == -signal.SIGKILL
    assert is_gone(process.pid)
    code, _ = run("exits", environment, tmp_path, server)
    assert code == 7, "without a server Python is started"


ASKER = """
import json, sys
from pathlib import Path
from lyanalysis.report.processes import fork_server, start
scratch, folder, environment = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
later = ["import time; time.sleep(300)"]
with fork_server(["import csv"], scratch, environment, later=later) as server:
    process = start(
        "sleeps", [], environment=environment, folder=folder, log=folder / "log", server=server
    )
    print(process.pid, flush=True)
    sys.stdin.read()
"""


@linux
@pytest.mark.parametrize("is_killed", [True, False])
def test_no_process_outlives_who_asked_though_the_server_imports(
    environment: dict[str, str], tmp_path: Path, short: Path, is_killed: bool
) -> None:
    words = [sys.executable, "-c", ASKER, str(short), str(tmp_path), json.dumps(environment)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asker:
        assert asker.stdin is not None
        assert asker.stdout is not None
        pid = int(asker.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
        # Time to begin the import that takes for ever.
        time.sleep(3)
        if is_killed:
            asker.kill()
        else:
            asker.stdin.close()
        asker.wait(10)
    assert is_gone(pid)


@linux
def test_a_server_with_threads_does_not_fork(
    environment: dict[str, str], tmp_path: Path, short: Path
) -> None:
    threads = "import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()"
    with fork_server([threads], short, environment) as server:
        code, _ = run("exits", environment, tmp_path, server)
    assert code == 7
    assert "threads" in (short / "server.log").read_text(encoding="utf-8")
