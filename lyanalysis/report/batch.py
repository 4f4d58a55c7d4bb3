"""Many reports: what is due and why, each made in a process of its own, tried again if it helps."""

from __future__ import annotations

import errno
import json
import os
import tempfile
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from lyanalysis.errors import LyanalysisError
from lyanalysis.report.jobs import Job
from lyanalysis.report.limits import memory_bytes
from lyanalysis.report.manner import Manner
from lyanalysis.report.plan import Plan
from lyanalysis.report.processes import PARENT, ForkedProcess, start
from lyanalysis.report.publishing import failure_file
from lyanalysis.report.reasons import Reason, report_reasons
from lyanalysis.report.run_log import RunLog
from lyanalysis.report.scratch import is_full, no_room

Status = Literal["made", "current", "failed"]
PAUSE = 0.05
"""Seconds between looks at a process."""
GRACE = 300
"""Seconds that exporting and publishing may take on top of the limit for the chapters."""
LONGEST_PAUSE = 60
"""Seconds of waiting before another try, which doubles from one second."""
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


def find_due(
    jobs: Sequence[Job], fixed: Mapping[str, Any], out: Path, *, force: bool = False
) -> dict[str, list[Reason]]:
    """Tell which reports must be made, and why.

    Parameters
    ----------
    jobs : sequence of Job
        All reports of a plan.
    fixed : mapping
        What :func:`~lyanalysis.report.manifest.fixed_inputs` returned.
    out : Path
        Folder of reports.
    force : bool, optional
        Make all of them.

    Returns
    -------
    dict of str to list of Reason
        Identifier to reasons, empty for a report that is current.
    """
    found = {
        job.id: report_reasons(job.parameters, job.formats, fixed, out / job.id) for job in jobs
    }
    asked = [Reason("forced", "", "added")]
    return {id: reasons or (asked if force else []) for id, reasons in found.items()}


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
        What :func:`find_due` returned.
    setting : Setting
        Where and how.
    tell : callable
        Told of each report as soon as it has ended, from the thread that waited for it.

    Returns
    -------
    list of Outcome
        One for every job, in their order.
    """
    waiting = [job for job in jobs if due[job.id]]
    at_once = max(1, min(setting.manner.workers, len(waiting)))
    # Few reports share out the processors among their chapters.
    chapters = max(1, setting.manner.workers // at_once)
    live: set[ForkedProcess | Any] = set()

    def make(job: Job) -> Outcome:
        reasons = tuple(map(str, due[job.id]))
        outcome = _attempts(job, reasons, setting, chapters, live)
        setting.log.write("report", **asdict(outcome))
        tell(outcome)
        return outcome

    pool = ThreadPoolExecutor(max_workers=at_once)
    try:
        futures = {job.id: pool.submit(make, job) for job in waiting}
        # Not for ever at once: a signal that comes just before a wait is seen only after it.
        while wait(futures.values(), timeout=1).not_done:
            pass
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        while live:
            for process in [*live]:
                process.kill()
            time.sleep(PAUSE)
        raise
    pool.shutdown()
    made = {id: future.result() for id, future in futures.items()}
    return [made.get(job.id) or Outcome(job.id, "current") for job in jobs]


def _attempts(
    job: Job, reasons: tuple[str, ...], setting: Setting, chapters: int, live: set[Any]
) -> Outcome:
    """Try a report until it is made, fails for good, or has been tried often enough."""
    began = time.monotonic()
    attempt = 1
    while True:
        result = _one_attempt(job, setting, chapters, live)
        if result["status"] == "made" or not result["transient"] or attempt == setting.attempts:
            break
        pause = min(LONGEST_PAUSE, 2 ** (attempt - 1))
        setting.log.write(
            "retry", id=job.id, attempt=attempt, pause=pause, message=result["message"]
        )
        time.sleep(pause)
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
        _keep_failure(outcome, setting.out / job.id)
    return outcome


def _one_attempt(job: Job, setting: Setting, chapters: int, live: set[Any]) -> dict[str, Any]:
    """Make a report in a process of its own and return what that said."""
    folder = Path(tempfile.mkdtemp(dir=setting.scratch))
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
    live.add(process)
    try:
        end = time.monotonic() + job.limits.report + GRACE
        while process.poll() is None and time.monotonic() < end:
            time.sleep(PAUSE)
        if process.poll() is None:
            process.kill()
            process.wait()
            return _lost(
                f"the report took longer than {job.limits.report + GRACE} s, exporting included; "
                "it was ended",
                transient=False,
            )
    finally:
        live.discard(process)
    try:
        result: dict[str, Any] = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        return result
    except (OSError, ValueError):
        if is_full():
            full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            error = no_room(full, setting.out / job.id)
            return _lost(str(error), transient=False, code=error.exit_code)
        return _lost(_last_words(folder / "log", process.returncode), transient=True)


def _lost(
    message: str, *, transient: bool, code: int = LyanalysisError.exit_code
) -> dict[str, Any]:
    return {"status": "failed", "message": message, "transient": transient, "exit_code": code}


def _last_words(log: Path, code: int | None) -> str:
    """Say how a process ended that left no answer."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    said = next((f": {line.strip()}" for line in reversed(lines) if line.strip()), "")
    how = f"was killed by signal {-code}" if code and code < 0 else f"ended with code {code}"
    return f"the process that made the report {how}{said}"


def _keep_failure(outcome: Outcome, target: Path) -> None:
    """Leave beside the report what failed, for the page that lists all reports."""
    path = failure_file(target)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        record = asdict(outcome) | {"time": time.time()}
        path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    except OSError:
        # A place that cannot be written is told by the failure itself.
        return
