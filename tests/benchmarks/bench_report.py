"""Time a whole report against the stock tools: ``python tests/benchmarks/bench_report.py``.

A round runs every command once, each in a fresh process: ``lyanalysis render``, ``lyanalysis
--help`` and, for every chapter, what a user without this package would type: ``papermill`` and
``nbconvert --to html``. The first round warms the caches and measures memory, so that looking does
not slow what is timed; the rounds after it are timed. Machines are noisy: compare rows of one run,
never rows of two.

``--repeats N`` says how many rounds are timed, ``--notebooks FOLDER`` which report is made,
``--json FILE`` where the numbers are kept. The exit code is 1 where a command fails.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psutil

import lyanalysis
from lyanalysis.errors import LyanalysisError
from lyanalysis.report.plan import Plan, read_plan

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
RENDER = "lyanalysis render"
STOCK = "stock tools"
LONGEST_PAUSE = 0.1


class CommandError(Exception):
    """A measured command failed; the message is one line."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to measure: the arguments of Python, and whether it is one of the stock tools."""

    name: str
    words: tuple[str, ...]
    stock: bool = False


@dataclass(slots=True)
class Row:
    """One line of the table: a duration a round, and the peak of memory where it was measured."""

    name: str
    seconds: list[float] = field(default_factory=list)
    memory: int | None = None

    def as_record(self) -> dict[str, Any]:
        """Return the row as it is kept in a file."""
        return {
            "name": self.name,
            "median": median(self.seconds),
            "lowest": min(self.seconds),
            "highest": max(self.seconds),
            "seconds": self.seconds,
            "memory": self.memory,
        }


def list_commands(plan: Plan) -> list[Command]:
    """Return what a round runs, in order; file names are relative to an empty folder.

    Parameters
    ----------
    plan : Plan
        The report and its chapters.

    Returns
    -------
    list of Command
        The package's own commands, then two of the stock tools for every chapter. All of them use
        the parameters that stand in the notebooks and in ``report.toml``.
    """
    notebooks = ("--notebooks", str(plan.folder), "--out", "reports")
    commands = [
        Command(RENDER, ("-m", "lyanalysis", "render", *notebooks)),
        Command("lyanalysis --help", ("-m", "lyanalysis", "--help")),
    ]
    for chapter in plan.chapters:
        executed = f"{chapter.name}.executed.ipynb"
        source = str(plan.path(chapter))
        papermill = ("-m", "papermill", source, executed)
        nbconvert = ("-m", "nbconvert", "--to", "html", executed)
        commands.append(Command(f"papermill {chapter.name}", papermill, stock=True))
        commands.append(Command(f"nbconvert {chapter.name}", nbconvert, stock=True))
    return commands


def run(command: Command, folder: Path) -> float:
    """Run a command to its end and return how many seconds that took."""
    begin = time.perf_counter()
    finished = subprocess.run(
        [sys.executable, *command.words], cwd=folder, capture_output=True, check=False
    )
    seconds = time.perf_counter() - begin
    check(command, finished.returncode, finished.stderr)
    return seconds


def measure_memory(command: Command, folder: Path) -> int:
    """Run a command to its end and return the most bytes its processes held at one moment."""
    peak = 0
    begin = time.perf_counter()
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [sys.executable, *command.words], cwd=folder, stdout=subprocess.DEVNULL, stderr=errors
        ) as process,
    ):
        while process.poll() is None:
            peak = max(peak, memory_held(process.pid))
            # Often at first, for what ends soon; seldom later, for looking slows what is looked at.
            time.sleep(min((time.perf_counter() - begin) / 10, LONGEST_PAUSE))
        errors.seek(0)
        check(command, process.returncode, errors.read())
    return peak


def memory_held(pid: int) -> int:
    """Return the bytes held by a process and its descendants, shared pages counted once."""
    held = 0
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            # Processes end while they are looked at.
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                memory = process.memory_full_info()
                # Only Linux divides shared pages among those who share them.
                held += getattr(memory, "pss", memory.rss)
    return held


def check(command: Command, code: int, errors: bytes) -> None:
    """Raise `CommandError` with the last line a command wrote, if it failed."""
    if code:
        lines = errors.decode(errors="replace").split("\n")
        reason = next((line.strip() for line in reversed(lines) if line.strip()), "no message")
        raise CommandError(f"{command.name}: exit code {code}: {reason}")


def read_stages(folder: Path) -> dict[str, float]:
    """Return the seconds of every stage that the last report noted in its ``run.json``."""
    (record,) = (folder / "reports").glob("*/*/run.json")
    stages: dict[str, float] = json.loads(record.read_text(encoding="utf-8"))["seconds"]
    return stages


def run_rounds(commands: Sequence[Command], repeats: int, folder: Path) -> list[Row]:
    """Run all rounds and return one row a command and a stage, in the order of the table.

    Parameters
    ----------
    commands : sequence of Command
        What a round runs.
    repeats : int
        Number of timed rounds, at least 1.
    folder : Path
        Existing empty folder in which the commands run.

    Returns
    -------
    list of Row
        Every row has `repeats` durations. "Everything else" is what the stages leave of the whole
        process: Python and its imports, publishing, the end, less what making the files side by
        side saves.

    Raises
    ------
    CommandError
        If a command fails.
    """
    rows = {command.name: Row(command.name) for command in commands}
    rows[STOCK] = Row(STOCK)
    stages: dict[str, Row] = {}
    for command in commands:
        rows[command.name].memory = measure_memory(command, folder)
    rows[STOCK].memory = max(rows[one.name].memory or 0 for one in commands if one.stock)
    for _ in range(repeats):
        for command in commands:
            rows[command.name].seconds.append(run(command, folder))
        noted = read_stages(folder)
        noted["everything else"] = rows[RENDER].seconds[-1] - sum(noted.values())
        for stage, seconds in noted.items():
            stages.setdefault(stage, Row(f"{RENDER}: {stage}")).seconds.append(seconds)
        rows[STOCK].seconds.append(sum(rows[one.name].seconds[-1] for one in commands if one.stock))
    return [rows.pop(RENDER), *stages.values(), *rows.values()]


def ratios(rows: Sequence[Row]) -> list[float]:
    """Return, round by round, how many times as long a report takes as the stock tools."""
    seconds = {row.name: row.seconds for row in rows}
    return [ours / stock for ours, stock in zip(seconds[RENDER], seconds[STOCK], strict=True)]


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of the table."""
    width = max(len(row.name) for row in rows)
    yield f"{'seconds':{width}}  {'median':>8}{'lowest':>8}{'highest':>8}{'peak MB':>9}"
    for row in rows:
        spread = f"{median(row.seconds):8.3f}{min(row.seconds):8.3f}{max(row.seconds):8.3f}"
        memory = "" if row.memory is None else f"{row.memory / 1e6:9.0f}"
        yield f"{row.name:{width}}  {spread}{memory}"
    times = ratios(rows)
    yield (
        f"{RENDER} / {STOCK}: {median(times):.2f} (median of {len(times)}, "
        f"from {min(times):.2f} to {max(times):.2f})"
    )


def as_json(rows: Sequence[Row], plan: Plan) -> str:
    """Return everything that was measured, every round of it, as text to keep."""
    record = {
        "package": lyanalysis.__version__,
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "chapters": [chapter.name for chapter in plan.chapters],
        "rows": [row.as_record() for row in rows],
        "report_to_stock_tools": ratios(rows),
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def parse_arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the options; a wrong one ends the program with a message."""
    parser = argparse.ArgumentParser(description="Time a whole report against the stock tools.")
    parser.add_argument("--repeats", type=positive, default=5, help="timed rounds (default: 5)")
    parser.add_argument("--notebooks", type=Path, default=NOTEBOOKS, help="with report.toml")
    parser.add_argument("--json", type=Path, help="file to keep the numbers in")
    return parser.parse_args(words)


def positive(text: str) -> int:
    """Return a number of rounds."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def main(words: Sequence[str]) -> int:
    """Measure, print and keep; a failure is one line and the exit code 1."""
    options = parse_arguments(words)
    try:
        plan = read_plan(options.notebooks.resolve())
        with tempfile.TemporaryDirectory(prefix="lyanalysis-bench-") as folder:
            rows = run_rounds(list_commands(plan), options.repeats, Path(folder))
        print("\n".join(table(rows)))
        if options.json is not None:
            options.json.write_text(as_json(rows, plan), encoding="utf-8")
    except (CommandError, LyanalysisError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
