"""Time many reports against the stock loop: ``python tests/benchmarks/bench_batch.py``.

One run measures, with the same number of workers on both sides:

* one full report: ``lyanalysis render --no-cache`` against, for every chapter, ``papermill``,
  ``nbconvert --to html`` and ``--to webpdf``, the last with the Chromium of the system;
* ``--regions N`` (default 3) cities of Henan: ``lyanalysis batch --no-cache`` against the same loop
  over the same regions;
* the same batch once more, nothing changed, against that loop, which knows no better than to do
  everything again;
* in a further batch that is not timed, the memory of its processes, looked at every half second.

``--many COUNT`` measures something else instead: so many reports of one tiny chapter in one batch,
and whether memory and time a report are the same at the end as at the start.

Nothing is repeated, for it takes minutes: compare rows of one run, mind the load it names, and run
it on a quiet machine. Where Chromium or playwright is not installed, the stock loop makes no PDF
and a line on standard error says so. ``--json FILE`` keeps the numbers. The exit code is 1 where a
command fails.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from bench_export import TARGETS, CommandError, can_print, path_for_children, positive, run
from bench_report import memory_held

from lyanalysis.errors import LyanalysisError
from lyanalysis.report.batch_plan import plan_of
from lyanalysis.report.jobs import Job, list_jobs
from lyanalysis.report.manner import processors
from lyanalysis.report.plan import Plan, read_plan
from lyanalysis.sources import years_by_region

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
TINY = ROOT / "tests" / "report" / "fixtures" / "good.ipynb"
PROVINCE = "410000"
MANY_YEARS = "2010..2025"
PAUSE = 0.5
"""Seconds between looks at memory."""
REPORT, REPEATED = "one report", "nothing changed"
GOALS = {REPORT: 4.0, "regions": 5.0, REPEATED: 200.0}
"""How many times as fast as the stock loop the project wants to be."""
GOAL_MB = 400


@dataclass(frozen=True, slots=True)
class Row:
    """Seconds of ours and of the stock loop for the same reports."""

    name: str
    ours: float
    stock: float
    goal: float


@dataclass(slots=True)
class Memory:
    """Most bytes at any one moment, shared pages divided among those who share them."""

    worker: int = 0
    kernel: int = 0
    pair: int = 0
    server: int = 0
    main: int = 0


def timed(words: Sequence[str], folder: Path) -> float:
    """Run Python to its end and return how many seconds that took."""
    begin = time.perf_counter()
    run(words, folder)
    return time.perf_counter() - begin


def jobs_of(plan: Plan, regions: Sequence[str], years: str, languages: str) -> list[Job]:
    """Return the reports of regions."""
    asked = plan_of({"regions": [*regions], "years": years, "languages": languages.split(",")})
    defaults = plan.parameters.model_dump()
    return list_jobs(asked, defaults, years=years_by_region, source="--regions")[0]


def stock_loop(plan: Plan, jobs: Sequence[Job], workers: int, folder: Path, printed: bool) -> float:
    """Make reports with the stock tools and return how many seconds that took.

    Parameters
    ----------
    plan : Plan
        The chapters, each of which is executed and converted apart.
    jobs : sequence of Job
        The reports.
    workers : int
        Chapters at the same time; the end of one is the beginning of the next.
    folder : Path
        Existing empty folder.
    printed : bool
        Whether ``webpdf`` can be made.

    Returns
    -------
    float
        From the first chapter to the last.
    """
    formats = [TARGETS["html"], *([TARGETS["webpdf"]] if printed else [])]

    def chapter(job: Job, source: Path) -> None:
        place = folder / job.id.replace("/", "-")
        place.mkdir(exist_ok=True)
        executed = place / source.name
        values = json.dumps(job.parameters.for_notebook())
        run(("-m", "papermill", str(source), str(executed), "-y", values), folder)
        for name in formats:
            run(("-m", "nbconvert", "--to", name, str(executed)), folder)

    begin = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        waited = [
            pool.submit(chapter, job, plan.path(one)) for job in jobs for one in plan.chapters
        ]
        for future in waited:
            future.result()
    return time.perf_counter() - begin


def measure(plan: Plan, count: int, workers: int, folder: Path) -> tuple[list[Row], Memory]:
    """Measure everything but ``--many``; the rows in the order of the table.

    Raises
    ------
    CommandError
        If a command fails.
    """
    jobs = jobs_of(plan, [PROVINCE], "newest", "zh")[:count]
    printed = can_print()
    if not printed:
        print("webpdf is left out: it needs chromium and playwright", file=sys.stderr)
    first, codes = jobs[0].parameters.region, ",".join(job.parameters.region for job in jobs)
    common = ("--notebooks", str(plan.folder), "--workers", str(workers))
    render = ("-m", "lyanalysis", "render", first, *common, "--no-cache", "--out", "one")
    batch = ("-m", "lyanalysis", "batch", "--regions", codes, *common, "--no-cache", "--out")
    # What a machine pays once, such as the list of fonts, is neither's.
    run(render, folder)
    ours = timed(render, folder)
    rows = [Row(REPORT, ours, stock_loop(plan, jobs[:1], workers, folder, printed), GOALS[REPORT])]
    ours = timed((*batch, "many"), folder)
    stock = stock_loop(plan, jobs, workers, folder, printed)
    rows.append(Row(f"{len(jobs)} regions", ours, stock, GOALS["regions"]))
    again = timed((*batch, "many"), folder)
    rows.append(Row(f"{len(jobs)} regions, {REPEATED}", again, stock, GOALS[REPEATED]))
    return rows, watch((*batch, "watched"), folder)


def watch(words: Sequence[str], folder: Path) -> Memory:
    """Run a batch to its end and return the peaks of its processes."""
    peak = Memory()
    with started(words, folder) as process:
        while process.poll() is None:
            look(process.pid, peak)
            time.sleep(PAUSE)
        check(words, process)
    return peak


def look(pid: int, peak: Memory) -> None:
    """Raise the peaks to what the processes of a batch hold now."""
    workers, kernels = [0], [0]
    with suppress(psutil.NoSuchProcess):
        peak.main = max(peak.main, held_alone(pid))
        for server in psutil.Process(pid).children():
            children = server.children()
            peak.server = max(peak.server, held_alone(server.pid))
            for child in children:
                with suppress(psutil.Error):
                    # Forked ones have the name of their server; a kernel runs in a folder "work".
                    kind = kernels if Path(child.cwd()).name == "work" else workers
                    kind.append(memory_held(child.pid))
    peak.worker = max(peak.worker, *workers)
    peak.kernel = max(peak.kernel, *kernels)
    peak.pair = max(peak.pair, max(workers) + max(kernels))


def held_alone(pid: int) -> int:
    """Return the bytes held by one process, its descendants left out."""
    with suppress(psutil.NoSuchProcess):
        memory = psutil.Process(pid).memory_full_info()
        return int(getattr(memory, "pss", memory.rss))
    return 0


def started(words: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start Python with its messages in a file, which no amount of them can block."""
    with (folder / "messages").open("wb") as messages:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=folder,
            stdout=messages,
            stderr=messages,
            env={**os.environ, "PYTHONPATH": path_for_children()},
        )


def check(words: Sequence[str], process: subprocess.Popen[bytes]) -> None:
    """Raise `CommandError` if a process failed."""
    if process.returncode:
        raise CommandError(f"{' '.join(words[:3])}: exit code {process.returncode}")


def measure_many(count: int, workers: int, folder: Path) -> dict[str, list[float]]:
    """Make many reports of one tiny chapter in one batch.

    Returns
    -------
    dict of str to list of float
        For each tenth of the reports: seconds from one report to the next, and the megabytes that
        the batch and its fork server held.

    Raises
    ------
    CommandError
        If the batch fails, or there are not so many reports.
    """
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    (notebooks / TINY.name).write_bytes(TINY.read_bytes())
    head = (NOTEBOOKS / "report.toml").read_text(encoding="utf-8").split("[[chapters]]")[0]
    chapter = f'[[chapters]]\nnotebook = "{TINY.name}"\nnumber = 1\n'
    (notebooks / "report.toml").write_text(head.split("[annex]")[0] + chapter, encoding="utf-8")
    jobs = jobs_of(read_plan(notebooks), [PROVINCE], MANY_YEARS, "zh,en")
    if len(jobs) < count:
        raise CommandError(f"--many {count}: the data allow {len(jobs)} reports")
    words = ("-m", "lyanalysis", "batch", "--regions", PROVINCE, "--years", MANY_YEARS)
    words += ("--language", "zh,en", "--format", "html", "--no-cache", "--workers", str(workers))
    words += ("--notebooks", str(notebooks), "--out", "many", "--log", str(folder / "log"))
    words += ("--only", ",".join(job.id for job in jobs[:count]))
    seen: list[tuple[int, int, int]] = []
    with started(words, folder) as process:
        while process.poll() is None:
            with suppress(psutil.NoSuchProcess):
                servers = [held_alone(one.pid) for one in psutil.Process(process.pid).children()]
                made = len(moments(folder / "log"))
                # Before the first and after the last report there is no server.
                if any(servers):
                    seen.append((made, held_alone(process.pid), max(servers)))
            time.sleep(2 * PAUSE)
        check(words, process)
    return tenths(moments(folder / "log"), seen, count)


def moments(log: Path) -> list[float]:
    """Return when each report had been made."""
    if not log.is_file():
        return []
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [datetime.fromisoformat(e["time"]).timestamp() for e in events if e["event"] == "report"]


def tenths(
    ends: Sequence[float], seen: Sequence[tuple[int, int, int]], count: int
) -> dict[str, list[float]]:
    """Return the medians of each tenth of the reports, as `measure_many` describes them."""
    gaps = [later - sooner for sooner, later in pairwise(ends)]
    rows: dict[str, list[float]] = {"seconds": [], "main": [], "server": []}
    for tenth in range(10):
        begin, end = tenth * count // 10, (tenth + 1) * count // 10
        rows["seconds"].append(sum(gaps[begin:end]) / max(1, len(gaps[begin:end])))
        # Of a tenth too short to be looked at, what was seen last until then.
        until = [one for one in seen if one[0] <= end] or [*seen[:1]]
        some = [one for one in until if one[0] > begin] or until[-1:]
        rows["main"].append(median(one[1] for one in some) / 1e6)
        rows["server"].append(median(one[2] for one in some) / 1e6)
    return rows


def table(rows: Sequence[Row], memory: Memory) -> Iterator[str]:
    """Yield the lines of the table."""
    width = max(len(row.name) for row in rows)
    yield f"{'seconds':{width}}{'ours':>10}{'stock':>10}{'times':>9}{'goal':>7}"
    for row in rows:
        times = row.stock / row.ours
        yield f"{row.name:{width}}{row.ours:10.2f}{row.stock:10.1f}{times:9.1f}{row.goal:7.0f}"
    mb = {name: value / 1e6 for name, value in asdict(memory).items()}
    yield (
        f"peak MB: worker {mb['worker']:.0f}, kernel {mb['kernel']:.0f}, both at one moment "
        f"{mb['pair']:.0f} (goal: under {GOAL_MB}); fork server {mb['server']:.0f}, "
        f"batch {mb['main']:.0f}"
    )


def table_of_many(rows: dict[str, list[float]], count: int) -> Iterator[str]:
    """Yield the lines of the table of ``--many``."""
    yield f"{count} reports, by tenths{'first':>8}" + "".join(f"{n:8}" for n in range(2, 11))
    names = {"seconds": "seconds a report", "main": "MB of the batch", "server": "MB of its server"}
    for name, title in names.items():
        decimals = 2 if name == "seconds" else 1
        yield f"{title:{len(str(count)) + 19}}" + "".join(f"{v:8.{decimals}f}" for v in rows[name])


def parse_arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the options; a wrong one ends the program with a message."""
    parser = argparse.ArgumentParser(description="Time many reports against the stock loop.")
    parser.add_argument("--regions", type=positive, default=3, help="cities (default: 3)")
    parser.add_argument("--workers", type=positive, default=processors(), help="of both sides")
    parser.add_argument("--notebooks", type=Path, default=NOTEBOOKS, help="with report.toml")
    parser.add_argument("--many", type=positive, metavar="COUNT", help="tiny reports in one batch")
    parser.add_argument("--json", type=Path, help="file to keep the numbers in")
    return parser.parse_args(words)


def main(words: Sequence[str]) -> int:
    """Measure, print and keep; a failure is one line and the exit code 1."""
    options = parse_arguments(words)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    record: dict[str, Any] = {"workers": options.workers, "processors": processors(), "load": load}
    print(f"{options.workers} workers, {processors()} processors, load before {load:.1f}")
    try:
        plan = read_plan(options.notebooks.resolve())
        with tempfile.TemporaryDirectory(prefix="lyanalysis-bench-") as name:
            if options.many:
                many = measure_many(options.many, options.workers, Path(name))
                record["many"] = many
                print("\n".join(table_of_many(many, options.many)))
            else:
                rows, memory = measure(plan, options.regions, options.workers, Path(name))
                record |= {"rows": [asdict(row) for row in rows], "memory": asdict(memory)}
                print("\n".join(table(rows, memory)))
        if options.json is not None:
            options.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    except (CommandError, LyanalysisError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
