from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from lyanalysis.errors import ChapterError
from lyanalysis.report.execution import execute_chapter
from lyanalysis.report.kernel import kernel_environment, prepare_fonts
from lyanalysis.report.limits import Deadline, Limits

VALUES = {"region": "010500", "year": 2025, "first_year": 2010, "language": "zh", "peers": []}

pytestmark = pytest.mark.slow


@pytest.fixture
def execute(
    fixtures: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Callable[..., NotebookNode]:
    """Return a function that executes a fixture by name."""

    def run(name: str, **options: Any) -> NotebookNode:
        return execute_chapter(
            nbformat.read(fixtures / f"{name}.ipynb", as_version=4),
            VALUES,
            chapter=name,
            number=2,
            read_log=tmp_path / "reads.jsonl",
            partial=tmp_path / "failed" / f"{name}.ipynb",
            **{"scratch": tmp_path_factory.mktemp("k"), **options},
        )

    return run


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


FAILURES = [
    ("raises", 4, "chapter raises, cell 4: ZeroDivisionError: division by zero"),
    ("raises_lines", 3, "chapter raises_lines, cell 3: ValueError: first line second line"),
    ("warns", 4, "chapter warns, cell 4: warning: UserWarning: look out"),
    (
        "warns_deprecation",
        3,
        "chapter warns_deprecation, cell 3: warning: DeprecationWarning: old way",
    ),
    ("warns_numpy", 4, "chapter warns_numpy, cell 4: warning: RuntimeWarning: divide by zero"),
    ("warns_glyph", 4, "chapter warns_glyph, cell 4: warning: UserWarning: Glyph 200413"),
    ("writes_stderr", 4, "chapter writes_stderr, cell 4: wrote to stderr: something odd"),
    ("allows_error", 3, "chapter allows_error, cell 3: ZeroDivisionError: division by zero"),
    ("exits", 4, "chapter exits, cell 4: SystemExit: 0"),
    ("kills_kernel", 4, "chapter kills_kernel, cell 4: the kernel died"),
]


@pytest.mark.parametrize(("name", "cell", "message"), FAILURES)
def test_failure_names_chapter_and_cell_and_keeps_the_notebook(
    execute: Callable[..., NotebookNode], name: str, cell: int, message: str, capfd: Any
) -> None:
    with pytest.raises(ChapterError) as caught:
        execute(name)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert (caught.value.chapter, caught.value.cell) == (name, cell)
    assert caught.value.notebook is not None
    assert str(caught.value).endswith(f"(kept for reading: {caught.value.notebook})")
    kept = nbformat.read(caught.value.notebook, as_version=4)
    # As the author counts: the injected cell is not one more.
    assert 'region = "010500"' in kept.cells[1].source
    assert kept.cells[cell - 1].metadata.lyanalysis.cell == cell
    assert capfd.readouterr() == ("", "")


def test_the_line_that_raised_is_found_below_empty_ones(fixtures: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(fixtures / "raises.ipynb", as_version=4)
    notebook.cells[3].source = "\n  \nbefore = 1\nexec('1 / 0')\n"
    (scratch := tmp_path / "k").mkdir()
    with pytest.raises(ChapterError, match=r"by zero, in the line `exec\('1 / 0'\)` "):
        execute_chapter(
            notebook,
            VALUES,
            chapter="raises",
            number=2,
            scratch=scratch,
            read_log=tmp_path / "reads.jsonl",
            partial=tmp_path / "raises.ipynb",
        )


def test_cell_that_takes_too_long_is_stopped(
    execute: Callable[..., NotebookNode], capfd: Any
) -> None:
    begin = time.monotonic()
    with pytest.raises(
        ChapterError, match="chapter times_out, cell 4: took longer than 1 s"
    ) as caught:
        execute("times_out", deadline=Deadline(Limits(cell=1)))
    assert time.monotonic() - begin < 30
    assert caught.value.cell == 4
    assert capfd.readouterr() == ("", "")


def test_kernel_that_does_not_start(
    execute: Callable[..., NotebookNode], monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(
        ChapterError, match="chapter raises: the kernel did not start: Kernel died"
    ) as caught:
        execute("raises")
    assert (caught.value.cell, caught.value.notebook) == (None, None)
    assert capfd.readouterr() == ("", "")


def test_notebook_is_executed_with_typed_parameters(
    execute: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    executed = execute("good", progress=lambda done, total: seen.append((done, total)))
    assert outputs(executed)[-1].text == "'010500' 2025 2010 zh []\n"
    assert [cell.metadata.lyanalysis.cell for cell in executed.cells] == [1, 2, 2, 3, *range(4, 11)]
    assert seen == [(cell - 1, 10) for cell in [1, 2, 2, 3, *range(4, 11)]]
    assert json.loads((tmp_path / "reads.jsonl").read_text())["file"] == "regions.csv"
    assert not (tmp_path / "failed").exists()


def test_a_folder_too_deep_for_sockets_will_do(
    execute: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    scratch = tmp_path / ("k" * 100)
    scratch.mkdir()
    executed = execute("good", scratch=scratch)
    assert outputs(executed)[-1].text == "'010500' 2025 2010 zh []\n"


def test_kernel_sees_only_the_fixed_environment(
    execute: Callable[..., NotebookNode], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = tmp_path / "home" / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "own.py").write_text("from_startup_file = 'ran'\nimport sys; sys.exit(1)")
    other = tmp_path / "home" / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text('{"argv": ["false"], "display_name": "x", "language": "x"}')
    python_startup = tmp_path / "python_startup.py"
    python_startup.write_text("from_startup_file = 'ran'")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONSTARTUP", str(python_startup))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "home" / ".ipython"))
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "no-such-provisioner")
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    monkeypatch.setenv("SECRET", "for nobody")
    before = dict(os.environ)

    seen = json.loads(outputs(execute("environment"))[0].text)

    assert dict(os.environ) == before
    assert seen["startup"] is None
    assert seen["python"] == sys.executable
    assert Path(seen["cwd"]).name == "work"
    environment = seen["environment"]
    assert environment["PYTHONHASHSEED"] == "0"
    assert environment["TZ"] == "UTC"
    assert environment["LC_ALL"] == "C.UTF-8"
    assert environment["OMP_NUM_THREADS"] == "1"
    assert environment["MPLBACKEND"] == "module://matplotlib_inline.backend_inline"
    assert "error::UserWarning" in environment["PYTHONWARNINGS"]
    assert not {"SECRET", "PYTHONSTARTUP", "JUPYTER_PATH"} & set(environment)


def test_no_process_outlives_a_run(execute: Callable[..., NotebookNode]) -> None:
    execute("environment")
    with pytest.raises(ChapterError):
        execute("times_out", deadline=Deadline(Limits(cell=1)))
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("needs /proc to list the children of a process")
    assert children.read_text() == ""


def test_fonts_are_listed_once_and_outside_of_chapters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    prepare_fonts(tmp_path)
    (listed,) = (tmp_path / "cache" / "lyanalysis").glob("*/fontlist-*.json")
    written = listed.stat().st_mtime_ns
    prepare_fonts(tmp_path)
    assert listed.stat().st_mtime_ns == written


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    scratch = tmp_path / "scratch" / "2"
    environment = kernel_environment(scratch, tmp_path / "log")
    assert environment["MPLCONFIGDIR"] == str(tmp_path / "scratch" / "matplotlib")
