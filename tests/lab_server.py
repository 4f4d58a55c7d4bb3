"""``make lab`` as tests start it: in folders of its own, without a browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import psutil

ROOT = Path(__file__).parents[1]


def make_lab(folder: Path, *words: str, bin_folder: Path | None = None) -> list[str]:
    """Return the command; the environment is taken as it is, whatever the age of its stamp."""
    return [
        "make",
        "--old-file=.venv/.ready",
        "lab",
        f"LAB_HOME={folder / 'lab'}",
        f"BIN={bin_folder or Path(sys.executable).parent}",
        *words,
    ]


def environment(folder: Path) -> dict[str, str]:
    """Return an environment with an empty home and without a word for Jupyter or make."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "MAKE", "MFLAGS", "LAB_", "IPYTHON"))
    }
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return {**inherited, "HOME": str(home), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}


@dataclass(frozen=True)
class Server:
    """A running server: its address, its token and the folder it shows."""

    url: str
    token: str
    root_dir: str

    def ask(self, path: str, method: str = "GET") -> Any:
        request = Request(
            self.url + quote(path, safe="/@:?="),
            headers={"Authorization": f"token {self.token}"},
            method=method,
        )
        with urlopen(request, timeout=60) as reply:
            return json.load(reply)


@contextmanager
def running_lab(folder: Path, *words: str) -> Iterator[Server]:
    """Run ``make lab`` without a browser; afterwards none of its processes is left."""
    log = folder / "server.log"
    with log.open("wb") as output:
        make = subprocess.Popen(
            make_lab(folder, "LAB_OPTIONS=--no-browser --allow-root", *words),
            cwd=ROOT,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield wait_for_server(folder / "runtime", make, log)
    finally:
        end(make)


def end(make: subprocess.Popen[bytes]) -> None:
    """Ask the server and its kernels to end; whatever does not is killed and told."""
    processes = []
    if make.poll() is None:
        processes = psutil.Process(make.pid).children(recursive=True)
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, left = psutil.wait_procs(processes, timeout=30)
    for process in left:
        process.kill()
    make.wait(timeout=30)
    assert not left


def wait_for_server(runtime: Path, make: subprocess.Popen[bytes], log: Path) -> Server:
    """Wait for the file in which a server says where it is; it takes any free port."""
    end = time.monotonic() + 120
    while time.monotonic() < end and make.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            text = path.read_text(encoding="utf-8")
            if text:
                info = json.loads(text)
                return Server(info["url"], info["token"], info["root_dir"])
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))
