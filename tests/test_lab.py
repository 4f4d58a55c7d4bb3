"""``make lab`` opens the notebooks in Chinese and leaves the user's own JupyterLab alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from jupyter_client import BlockingKernelClient
from lab_server import ROOT, Server, environment, make_lab, running_lab

LANGUAGE = "@jupyterlab/translation-extension:plugin"
NEWS = "@jupyterlab/apputils-extension:notification"

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def settings_path(folder: Path, plugin: str) -> Path:
    package, _, name = plugin.partition(":")
    return folder / "lab" / "settings" / package / f"{name}.jupyterlab-settings"


def chosen_language(folder: Path) -> str:
    return json.loads(settings_path(folder, LANGUAGE).read_text(encoding="utf-8"))["locale"]


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that runs ``make lab`` with a stand-in for the server.

    It returns what the server was asked for; below the server is started for real.
    """
    stand_in = tmp_path / "bin" / "jupyter"
    stand_in.parent.mkdir()
    stand_in.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    stand_in.chmod(0o755)

    def run(*words: str) -> list[str]:
        finished = subprocess.run(
            make_lab(tmp_path, *words, bin_folder=stand_in.parent),
            cwd=ROOT,
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=True,
        )
        return finished.stdout.split()

    return run


def test_the_language_is_chinese_until_the_user_wants_another(
    start: Callable[..., list[str]], tmp_path: Path
) -> None:
    chinese = ["lab", "notebooks/", "--LabApp.default_url=/lab/tree/start.zh.md"]
    english = ["lab", "notebooks/", "--LabApp.default_url=/lab/tree/start.en.md"]
    assert start() == chinese
    assert chosen_language(tmp_path) == "zh_CN"
    assert start("LAB_LANGUAGE=en") == english
    assert chosen_language(tmp_path) == "en"
    assert start() == english, "what was chosen, here or in the menu, stays"
    assert start("LAB_LANGUAGE=zh") == chinese
    assert chosen_language(tmp_path) == "zh_CN"


def test_the_start_page_is_shown_until_the_user_edits_markdown(
    start: Callable[..., list[str]], tmp_path: Path
) -> None:
    viewers = settings_path(tmp_path, "@jupyterlab/docmanager-extension:plugin")
    start()
    shown = json.loads(viewers.read_text(encoding="utf-8"))
    assert shown == {"defaultViewers": {"markdown": "Markdown Preview"}}
    viewers.write_text('{"defaultViewers": {}}', encoding="utf-8")
    start()
    assert viewers.read_text(encoding="utf-8") == '{"defaultViewers": {}}'


def test_nobody_is_asked_for_news_until_the_user_wants_them(
    start: Callable[..., list[str]], tmp_path: Path
) -> None:
    news = settings_path(tmp_path, NEWS)
    start()
    assert json.loads(news.read_text(encoding="utf-8")) == {"fetchNews": "false"}
    news.write_text('{"fetchNews": "true"}', encoding="utf-8")
    start()
    assert news.read_text(encoding="utf-8") == '{"fetchNews": "true"}'


def test_a_folder_without_a_start_page_opens_as_it_is(
    start: Callable[..., list[str]], tmp_path: Path
) -> None:
    folder = tmp_path / "my notebooks"
    folder.mkdir()
    asked = start(f"LAB_FOLDER={folder}")
    assert asked == ["lab", *f"{folder}/".split(), "--LabApp.default_url=/lab/tree/"]


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
        news = server.ask(f"lab/api/settings/{NEWS}")
        assert news["settings"]["fetchNews"] == "false"
        assert "false" in {
            one["const"] for one in news["schema"]["properties"]["fetchNews"]["oneOf"]
        }
        assert "en" in server.ask("lab/api/translations/")["data"], "the menu offers English too"
        pack = server.ask("lab/api/translations/zh_CN")
        assert pack["message"] == ""
        assert pack["data"]["jupyterlab"]["menu\x04File"] == ["文件"]

        code = "import lyanalysis, lyanalysis.sources; print(lyanalysis.__version__)"
        version = run_in_kernel(server, tmp_path / "runtime", code).strip()
    assert version.split(".")[0].isdigit(), version
    assert not (tmp_path / "home" / ".jupyter").exists(), "the user's own settings stay as they are"
