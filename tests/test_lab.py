"""``make lab`` opens the notebooks in Chinese and leaves the user's own JupyterLab alone."""

from __future__ import annotations

import json
import os
import shutil
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
import pytest
from jupyter_client import BlockingKernelClient

ROOT = Path(__file__).parents[1]
LANGUAGE = "@jupyterlab/translation-extension:plugin"

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


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


def chosen_language(folder: Path) -> str:
    name, _, plugin = LANGUAGE.partition(":")
    path = folder / "lab" / "settings" / name / f"{plugin}.jupyterlab-settings"
    return json.loads(path.read_text(encoding="utf-8"))["locale"]


def test_the_language_is_chinese_until_the_user_wants_another(tmp_path: Path) -> None:
    """With a stand-in for the server, which is started for real below."""
    stand_in = tmp_path / "bin" / "jupyter"
    stand_in.parent.mkdir()
    stand_in.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    stand_in.chmod(0o755)

    def start(*words: str) -> str:
        finished = subprocess.run(
            make_lab(tmp_path, *words, bin_folder=stand_in.parent),
            cwd=ROOT,
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=True,
        )
        assert finished.stdout.split() == ["lab", "notebooks/"]
        return chosen_language(tmp_path)

    assert start() == "zh_CN"
    assert start("LAB_LANGUAGE=en") == "en"
    assert start() == "en", "what was chosen, here or in the menu, stays"
    assert start("LAB_LANGUAGE=zh") == "zh_CN"


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
def running_lab(folder: Path) -> Iterator[Server]:
    """Run ``make lab`` without a browser; afterwards none of its processes is left."""
    log = folder / "server.log"
    with log.open("wb") as output:
        make = subprocess.Popen(
            make_lab(folder, "LAB_OPTIONS=--no-browser --allow-root"),
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


def run_in_kernel(server: Server, runtime: Path, code: str) -> str:
    """Run code in a kernel that the server starts, as it does for a notebook."""
    kernel = server.ask("api/kernels", "POST")["id"]
    client = BlockingKernelClient(connection_file=str(runtime / f"kernel-{kernel}.json"))
    client.load_connection_file()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        client.execute(code)
        while True:
            message = client.get_iopub_msg(timeout=60)
            if message["msg_type"] in {"stream", "error"}:
                return str(message["content"].get("text") or message["content"]["evalue"])
    finally:
        client.stop_channels()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="ends the processes by a signal")
def test_the_server_shows_the_notebooks_in_chinese(tmp_path: Path) -> None:
    with running_lab(tmp_path) as server:
        assert Path(server.root_dir) == ROOT / "notebooks"
        names = {entry["name"] for entry in server.ask("api/contents")["content"]}
        assert {"report.toml", "02_structure.ipynb"} <= names

        settings = server.ask(f"lab/api/settings/{LANGUAGE}")
        assert settings["settings"]["locale"] == "zh_CN"
        assert settings["schema"]["title"] == "语言", "the settings themselves are in Chinese"
        assert "en" in server.ask("lab/api/translations/")["data"], "the menu offers English too"
        pack = server.ask("lab/api/translations/zh_CN")
        assert pack["message"] == ""
        assert pack["data"]["jupyterlab"]["menu\x04File"] == ["文件"]

        code = "import lyanalysis, lyanalysis.sources; print(lyanalysis.__version__)"
        version = run_in_kernel(server, tmp_path / "runtime", code).strip()
    assert version.split(".")[0].isdigit(), version
    assert not (tmp_path / "home" / ".jupyter").exists(), "the user's own settings stay as they are"
