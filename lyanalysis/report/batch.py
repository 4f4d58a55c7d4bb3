"""Many reports: what is due and why, each made in a process of its own, tried again if it helps."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any, Literal

from lyanalysis.errors import ChapterError, LyanalysisError
from lyanalysis.report.jobs import Job
from lyanalysis.report.limits import memory_bytes
from lyanalysis.report.manner import Manner
from lyanalysis.report.plan import Plan
from lyanalysis.report.processes import PARENT, ForkedProcess, start
from lyanalysis.report.publishing import failure_file
from lyanalysis.report.reasons import Reason
from lyanalysis.report.run_log import RunLog
from lyanalysis.report.scratch import is_full, no_room

Status = Literal["made", "current", "failed"]
PAUSE = 0.05
"""Seconds between looks at a process."""
GRACE = 300
"""Seconds that exporting and publishing may take on top of the limit for the chapters."""
LONGEST_PAUSE = 60
"""Seconds of waiting before another try, which doubles from one second."""
PATIENCE = 10
"""Seconds in which a process that is asked to end stops its kernels and clears up."""
NOT_FOR_WORKERS = {"LYANALYSIS_SMTP_PASSWORD", PARENT}
REQUEST, RESULT = "request.json", "result.json"
"""Files between a batch and its workers."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one report.

    Attributes
    ----------
    id : str
        Identifier.
    status : {"made", "current", "failed"}
        ``current`` where nothing had changed.
    reasons : tuple of str
        Why it was due.
    seconds : float
        How long it took, tries included.
    attempts : int
        How often it was tried.
    message, chapter, cell, exit_code
        Of a failure: what the last try ended in; 0 without one.
    changes : tuple of str
        What moved since the edition it replaced.
    """

    id: str
    status: Status
    reasons: tuple[str, ...] = ()
    seconds: float = 0.0
    attempts: int = 0
    message: str = ""
    chapter: str | None = None
    cell: int | None = None
    exit_code: int = 0
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What all reports of a batch have in common.

    Parameters
    ----------
    plan : Plan
        The chapters.
    out : Path
        Folder of reports; absolute.
    manner : Manner
        How they are made; `workers` is the number of reports at the same time, and `server` that
        of the batch.
    attempts : int
        How often a report is tried that fails for a passing reason.
    language : {"zh", "en"}
        Language of what is said of changes.
    compare : bool
        Whether each report is compared with the one it replaces.
    scratch : Path
        Folder for what workers are asked and answer; absolute.
    log : RunLog
        Told of every event.
    """

    plan: Plan
    out: Path
    manner: Manner
    attempts: int
    language: Literal["zh", "en"]
    compare: bool
    scratch: Path
    log: RunLog


def make_reports(
    jobs: Sequence[Job],
    due: Mapping[str, Collection[Reason]],
    setting: Setting,
    *,
    tell: Callable[[Outcome], None],
) -> list[Outcome]:
    """Make the reports that are due, several at a time.

    Parameters
    ----------
    jobs : sequence of Job
        All reports of a plan.
    due : mapping of str to collection of Reason
        What :func:`~lyanalysis.report.batch_run.plan_ahead` returned.
    setting : Setting
        Where and how.
    tell : callable
        Told of each report as soon as it has ended.

    Returns
    -------
    list of Outcome
        One for every job, in their order.
    """
    waiting = [job for job in jobs if due[job.id]]
    at_once = max(1, min(setting.manner.workers, len(waiting)))
    # Few reports share out the processors among their chapters.
    chapters = max(1, setting.manner.workers // at_once)
    stop = Event()

    def make(job: Job) -> Outcome:
        return _attempts(job, tuple(map(str, due[job.id])), setting, chapters, stop)

    made: dict[str, Outcome] = {}
    pool = ThreadPoolExecutor(max_workers=at_once)
    try:
        running = {pool.submit(make, job) for job in waiting}
        while running:
            # Not for ever at once: a signal that comes just before a wait is seen only after it.
            ended, running = wait(running, timeout=1, return_when=FIRST_COMPLETED)
            for outcome in (future.result() for future in ended):
                made[outcome.id] = outcome
                setting.log.write("report", **asdict(outcome))
                tell(outcome)
    finally:
        # Where the work was interrupted, each thread ends its process before it ends itself.
        stop.set()
        pool.shutdown(cancel_futures=True)
    return [made.get(job.id) or Outcome(job.id, "current") for job in jobs]


def refuse_reports(
    jobs: Sequence[Job],
    due: Mapping[str, Collection[Reason]],
    error: ChapterError,
    out: Path,
    log: RunLog,
    *,
    tell: Callable[[Outcome], None],
) -> list[Outcome]:
    """Let every report that is due fail for one reason, found before any was begun.

    Parameters
    ----------
    jobs, due, tell
        As for :func:`make_reports`.
    error : ChapterError
        What is wrong with a chapter of theirs.
    out : Path
        Folder of reports; absolute.
    log : RunLog
        Told of every report.

    Returns
    -------
    list of Outcome
        One for every job, in their order.
    """
    outcomes = [Outcome(job.id, "current") for job in jobs]
    for at, job in enumerate(jobs):
        if due[job.id]:
            outcomes[at] = Outcome(
                job.id,
                "failed",
                tuple(map(str, due[job.id])),
                message=str(error),
                chapter=error.chapter,
                cell=error.cell,
                exit_code=error.exit_code,
            )
            _keep_failure(outcomes[at], out / job.id)
            log.write("report", **asdict(outcomes[at]))
            tell(outcomes[at])
    return outcomes


def _attempts(
    job: Job, reasons: tuple[str, ...], setting: Setting, chapters: int, stop: Event
) -> Outcome:
    """Try a report until it is made, fails for good, or has been tried often enough."""
    began = time.monotonic()
    attempt = 1
    while True:
        result = _one_attempt(job, setting, chapters, stop)
        if "traceback" in result:
            setting.log.write("traceback", id=job.id, text=result["traceback"])
        if result["status"] == "made" or not result["transient"] or attempt == setting.attempts:
            break
        pause = min(LONGEST_PAUSE, 2 ** (attempt - 1))
        setting.log.write(
            "retry", id=job.id, attempt=attempt, pause=pause, message=result["message"]
        )
        if stop.wait(pause):
            break
        attempt += 1
    outcome = Outcome(
        job.id,
        result["status"],
        reasons,
        round(time.monotonic() - began, 3),
        attempt,
        result.get("message", ""),
        result.get("chapter"),
        result.get("cell"),
        result.get("exit_code", 0),
        tuple(result.get("changes", ())),
    )
    if outcome.status == "failed":
        # What was interrupted has not failed.
        note = forget_failure if stop.is_set() else partial(_keep_failure, outcome)
        note(setting.out / job.id)
    return outcome


def _one_attempt(job: Job, setting: Setting, chapters: int, stop: Event) -> dict[str, Any]:
    """Make a report in a process of its own and return what that said."""
    # It is small and goes with the scratch folder, should anything hold it.
    with TemporaryDirectory(dir=setting.scratch, ignore_cleanup_errors=True) as folder:
        return _make_in(Path(folder), job, setting, chapters, stop)


def _make_in(
    folder: Path, job: Job, setting: Setting, chapters: int, stop: Event
) -> dict[str, Any]:
    manner = setting.manner
    request = {
        "parameters": job.parameters.for_notebook(),
        "formats": sorted(job.formats),
        "limits": asdict(job.limits),
        "notebooks": str(setting.plan.folder.absolute()),
        "out": str(setting.out),
        "workers": chapters,
        "server": str(manner.server) if manner.server else None,
        "cache": str(manner.cache.absolute()) if manner.cache else None,
        "force": manner.force,
        "compare": setting.compare,
        "since_last": job.since_last,
        "language": setting.language,
    }
    (folder / REQUEST).write_text(json.dumps(request), encoding="utf-8")
    process = start(
        "lyanalysis.report.worker",
        [str(folder)],
        environment={
            name: value for name, value in os.environ.items() if name not in NOT_FOR_WORKERS
        },
        folder=folder,
        log=folder / "log",
        memory=memory_bytes(job.limits),
        server=manner.server,
    )
    end = time.monotonic() + job.limits.report + GRACE
    while process.poll() is None and time.monotonic() < end and not stop.wait(PAUSE):
        pass
    if process.poll() is None:
        _end(process)
        return _lost(
            f"the report took longer than {job.limits.report + GRACE} s, exporting included; "
            "it was ended",
            transient=False,
        )
    try:
        result: dict[str, Any] = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        return result
    except (OSError, ValueError):
        if is_full():
            full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            error = no_room(full, setting.out / job.id)
            return _lost(str(error), transient=False, exit_code=error.exit_code)
        code = process.returncode
        # The system may have killed it for want of memory; by itself it would not end like this.
        gravity = ChapterError if code is not None and code < 0 else LyanalysisError
        message = _last_words(folder / "log", code)
        return _lost(message, transient=True, exit_code=gravity.exit_code)


def _end(process: ForkedProcess | subprocess.Popen[bytes]) -> None:
    """End a process: first in its own way, so that its kernels and scratch folder go with it."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _lost(
    message: str, *, transient: bool, exit_code: int = ChapterError.exit_code
) -> dict[str, Any]:
    return {
        "status": "failed",
        "message": message,
        "transient": transient,
        "exit_code": exit_code,
    }


def _last_words(log: Path, code: int | None) -> str:
    """Say how a process ended that left no answer."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    said = next((f": {line.strip()}" for line in reversed(lines) if line.strip()), "")
    how = f"was killed by signal {-code}" if code and code < 0 else f"ended with code {code}"
    return f"the process that made the report {how}{said}"


def _keep_failure(outcome: Outcome, target: Path) -> None:
    """Leave beside the report what failed, for the page that lists all reports."""
    path = failure_file(target)
    # A place that cannot be written is told by the failure itself.
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(outcome)), encoding="utf-8")


def forget_failure(target: Path) -> None:
    """Remove what is left of a failure where a report is current, or was not made to its end.

    Parameters
    ----------
    target : Path
        Folder of the report.
    """
    shutil.rmtree(failure_file(target).parent, ignore_errors=True)
