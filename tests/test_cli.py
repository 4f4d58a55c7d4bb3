from __future__ import annotations

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
    options = ("--year", "--first-year", "--language", "--out", "--notebooks")
    assert all(option in shown for option in options)


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


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["Louyang"], 2, "unknown region 'Louyang'"),
        (["--language", "fr"], 2, "fr"),
        (["--year", "2020", "--first-year", "2021"], 2, "first_year 2021 is after year 2020"),
        (["--year", "2099"], 3, "no GDP, sectors and growth for 410300 in 2099; newest is 20"),
        (["--year", "many"], 2, "'--year'"),
        (["--regoin", "x"], 2, "--regoin"),
        (["--notebooks", "nowhere"], 2, "nowhere/report.toml: cannot be read"),
    ],
)
def test_a_mistake_is_told_on_standard_error(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: Any,
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    if "--notebooks" not in arguments:
        arguments = [*arguments, "--notebooks", write_plan(tmp_path, "good")]
    out = tmp_path / "reports"
    assert run(monkeypatch, "render", *arguments, "--out", str(out)) == code
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""
    if printed.err.startswith("error: "):
        assert printed.err.count("\n") == 1
    assert not out.exists()


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
    assert printed.err.splitlines() == [
        "prepare",
        "good",
        "join",
        "report.html",
        "report.pdf",
        "tables.xlsx",
        "publish",
    ]


@pytest.mark.slow
def test_a_failing_chapter_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: Any
) -> None:
    notebooks = write_plan(tmp_path, "raises")
    assert run(monkeypatch, "render", "--notebooks", notebooks, "--out", str(tmp_path / "o")) == 4
    printed = capfd.readouterr()
    last = printed.err.splitlines()[-1]
    assert last.startswith(
        "error: chapter raises, cell 4: ZeroDivisionError: division by zero (kept for "
    )
    assert printed.err.splitlines()[:-1] == ["prepare", "raises"]
    assert printed.out == ""


def test_an_unwritable_place_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: Any
) -> None:
    notebooks = write_plan(tmp_path, "good")
    file = str(tmp_path / "report.toml")
    assert run(monkeypatch, "render", "--notebooks", notebooks, "--out", file) == 5
    assert capfd.readouterr().err.splitlines()[-1].startswith(f"error: {file}/410300/")


def wait_for_kernel(parent: int) -> list[str]:
    """Return the processes below a process once it has one that runs a kernel."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        kernels = children.read_text().split()
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
