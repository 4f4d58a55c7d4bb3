from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from lyanalysis import __version__, cli

FIXTURES = Path(__file__).parent / "report" / "fixtures"

PLAN = """
[report]
title.zh = "{region}测试报告"
title.en = "Test report: {region}"
authors = ["lyanalysis"]
keywords.zh = []
keywords.en = []

[parameters]
region = "410300"
first_year = 2010
language = "zh"

[[chapters]]
notebook = "NAME.ipynb"
number = 1
"""


def write_plan(folder: Path, name: str) -> str:
    shutil.copy(FIXTURES / f"{name}.ipynb", folder)
    (folder / "report.toml").write_text(PLAN.replace("NAME", name), encoding="utf-8")
    return str(folder)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["lyanalysis", *arguments])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    return 0 if caught.value.code is None else int(caught.value.code)


def test_version_and_help(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    assert run(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"lyanalysis {__version__}\n"
    assert run(monkeypatch, "render", "--help") == 0
    shown = capsys.readouterr().out
    options = ("--year", "--first-year", "--language", "--peers", "--format", "--out")
    assert all(option in shown for option in (*options, "--notebooks"))


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from lyanalysis import cli; sys.argv = ['lyanalysis', 'render', '--help']\n"
        "try: cli.main()\n"
        "except SystemExit: print('MODULES', *sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(run.stdout.split("MODULES")[1].split())
    assert "typer" in modules
    assert not modules & {
        "matplotlib",
        "nbconvert",
        "nbformat",
        "numpy",
        "pandas",
        "papermill",
        "rich",
        "typst",
    }


@pytest.mark.slow
def test_a_report_ends_with_its_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: Any
) -> None:
    notebooks = write_plan(tmp_path, "good")
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "render", "Luoyang", "--notebooks", notebooks, "--language", "en") == 0
    printed = capfd.readouterr()
    lines = printed.out.splitlines()
    assert len(lines) == 6
    for line in lines:
        name, size, unit = line.split()
        assert Path(name).is_file()
        assert Path(name).parent.parent == Path("reports/410300")
        assert Path(name).parent.name.endswith("-en")
        assert (int(size.replace(",", "")), unit) == (round(Path(name).stat().st_size / 1000), "kB")
    # Not a terminal: one plain line a stage.
    stages = printed.err.splitlines()
    assert stages[:3] + stages[-1:] == ["prepare", "good", "join", "publish"]
    # The files are made side by side.
    assert sorted(stages[3:-1]) == ["report.html", "report.pdf", "tables.xlsx"]


@pytest.mark.slow
def test_only_the_formats_asked_for_are_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: Any
) -> None:
    command = ["render", "--notebooks", write_plan(tmp_path, "good"), "--out", str(tmp_path / "o")]
    assert run(monkeypatch, *command) == 0
    capfd.readouterr()
    assert run(monkeypatch, *command, "--format", "XLSX、html") == 0
    printed = capfd.readouterr()
    (folder,) = (tmp_path / "o" / "410300").glob("2*")
    records = {"report.ipynb", "manifest.json", "run.json"}
    assert {path.name for path in folder.iterdir()} == {"report.html", "tables.xlsx"} | records
    assert len(printed.out.splitlines()) == 5
    assert {stage for stage in printed.err.splitlines() if "." in stage} == {
        "report.html",
        "tables.xlsx",
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "peers"),
    [
        (["--peers", "郑州,Kaifeng、410500，鹤壁市"], ["410100", "410200", "410500", "410600"]),
        (["--peers", "Hebi", "--peers", "郑州"], ["410600", "410100"]),
        (["--peers", ""], []),
        ([], ["410700"]),
    ],
)
def test_peers_reach_the_chapters(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: Any,
    options: list[str],
    peers: list[str],
) -> None:
    notebooks = write_plan(tmp_path, "good")
    plan = tmp_path / "report.toml"
    text = plan.read_text(encoding="utf-8").replace(
        "[parameters]", '[parameters]\npeers = ["新乡"]'
    )
    plan.write_text(text, encoding="utf-8")
    out = tmp_path / "o"
    command = ["render", "--notebooks", notebooks, "--format", "html", "--out", str(out), *options]
    assert run(monkeypatch, *command) == 0
    (manifest,) = out.glob("410300/2*/manifest.json")
    assert json.loads(manifest.read_text(encoding="utf-8"))["parameters"]["peers"] == peers


def wait_for_kernel(parent: int) -> list[str]:
    """Return the processes below a process once it has one that runs a kernel."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        children = Path(f"/proc/{parent}/task").glob("*/children")
        kernels = [kernel for one in children for kernel in one.read_text().split()]
        lines = [Path(f"/proc/{kernel}/cmdline").read_text() for kernel in kernels]
        if any("ipykernel_launcher" in line for line in lines):
            return kernels
        time.sleep(0.05)
    raise AssertionError("no kernel was started")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see the kernel")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_nothing(tmp_path: Path, number: int, code: int) -> None:
    notebooks = write_plan(tmp_path, "times_out")
    scratch = tmp_path / "s"
    scratch.mkdir()
    command = [sys.executable, "-m", "lyanalysis", "render", "--notebooks", notebooks]
    environment = {**os.environ, "TMPDIR": tempfile.mkdtemp(dir=scratch)}
    with subprocess.Popen(
        [*command, "--out", str(tmp_path / "reports")],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        # Tests started in the background inherit an ignored Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            kernels = wait_for_kernel(process.pid)
            process.send_signal(number)
            _, errors = process.communicate(timeout=30)
        finally:
            process.kill()
    assert errors.splitlines() == ["prepare", "times_out"]
    assert process.returncode == code
    # A kernel that was still being started ends when it finds its parent gone.
    end = time.monotonic() + 10
    while any(Path(f"/proc/{kernel}").exists() for kernel in kernels):
        assert time.monotonic() < end, "a kernel outlived the run"
        time.sleep(0.1)
    assert list(scratch.glob("*/*")) == []
    assert list((tmp_path / "reports").glob("*/2*")) == []
