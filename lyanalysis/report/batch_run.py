"""A batch from its lock to its summary: make what is due, deliver, tell the owners."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lyanalysis.errors import ChapterError, PublishError
from lyanalysis.report import cache
from lyanalysis.report.batch import Outcome, Setting, make_reports, refuse_reports
from lyanalysis.report.batch_plan import BatchPlan
from lyanalysis.report.delivery import Delivery, deliver, undelivered
from lyanalysis.report.index_page import write_index
from lyanalysis.report.jobs import Job
from lyanalysis.report.mail import Failure, digest_mail, report_mail, write_eml
from lyanalysis.report.mail_settings import Recipient
from lyanalysis.report.manifest import fixed_inputs
from lyanalysis.report.manner import Manner
from lyanalysis.report.plan import Plan
from lyanalysis.report.publishing import tidy_place
from lyanalysis.report.reasons import Reason, report_key, report_reasons
from lyanalysis.report.run_lock import run_lock
from lyanalysis.report.run_log import RunLog
from lyanalysis.report.scratch import scratch_folder, sweep
from lyanalysis.report.smtp import Outcome as Sent
from lyanalysis.report.smtp import password, send

if TYPE_CHECKING:
    from nbformat import NotebookNode

LOG = "batch.log.jsonl"
OUTBOX = "outbox"
FOR_WORKERS = (
    "import lyanalysis.report.changes",
    "import lyanalysis.report.files",
    "import lyanalysis.report.render",
    "import nbformat; nbformat.validate(nbformat.v4.new_notebook())",
)
"""What :mod:`~lyanalysis.report.worker` imports, which itself must not be imported to be run, and
what it would make anew: the schema of notebooks."""
SELDOM = (
    "import SALib.analyze.sobol, SALib.sample.sobol",
    "import statsmodels.tsa.exponential_smoothing.ets",
)
"""What one chapter imports while a cell runs: it pays to import it first where many are made."""
UNDELIVERED = 5
"""Exit code where reports were made and could not be delivered."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a batch did.

    Attributes
    ----------
    outcomes : tuple of Outcome
        One a report, in the order of the plan.
    deliveries : tuple of dict
        One a mail or copy: ``target``, ``status``, ``error``.
    missing : tuple of str
        What the plan asks for and no figures are published of.
    seconds : float
        From the lock to the end.
    """

    outcomes: tuple[Outcome, ...]
    deliveries: tuple[dict[str, Any], ...]
    missing: tuple[str, ...]
    seconds: float

    @property
    def exit_code(self) -> int:
        """0 where all is well; else that of the gravest failure: 1 is a defect of the package."""
        codes = {one.exit_code for one in self.outcomes if one.status == "failed"}
        if any(one["status"] in {"transient", "permanent"} for one in self.deliveries):
            codes.add(UNDELIVERED)
        return 1 if 1 in codes else max(codes, default=0)

    @property
    def line(self) -> str:
        """The whole of it in one line."""
        counts = Counter(one.status for one in self.outcomes)
        parts = [f"{counts[status]} {status}" for status in ("made", "current", "failed")]
        sent = Counter(one["status"] for one in self.deliveries)
        if self.deliveries:
            parts.append(f"{sent['delivered']} delivered")
        if sent["transient"] + sent["permanent"]:
            parts.append(f"{sent['transient'] + sent['permanent']} not delivered")
        if self.missing:
            parts.append(f"{len(self.missing)} without published figures")
        return f"{', '.join(parts)} in {self.seconds:.1f} s"

    def as_record(self) -> dict[str, Any]:
        """Return the summary as plain values for a program."""
        return {
            "exit_code": self.exit_code,
            "seconds": round(self.seconds, 3),
            "counts": dict(Counter(one.status for one in self.outcomes)),
            "reports": [asdict(one) for one in self.outcomes],
            "deliveries": list(self.deliveries),
            "missing": list(self.missing),
        }


def plan_ahead(
    jobs: Sequence[Job], plan: Plan, out: Path, *, force: bool = False
) -> dict[str, list[Reason]]:
    """Tell what a batch would make, and why; nothing is written.

    Parameters
    ----------
    jobs : sequence of Job
        All reports.
    plan : Plan
        Their chapters.
    out : Path
        Folder of reports.
    force : bool, optional
        Make all of them.

    Returns
    -------
    dict of str to list of Reason
        Identifier to reasons, empty for a report that is current.
    """
    fixed = fixed_inputs(plan)
    asked = [Reason("forced", "", "added")] if force else []
    return {
        job.id: report_reasons(job.parameters, job.formats, fixed, out / job.id) or asked
        for job in jobs
    }


def run_batch(
    batch: BatchPlan,
    jobs: Sequence[Job],
    missing: Sequence[str],
    plan: Plan,
    *,
    out: Path,
    manner: Manner,
    log: Path | None = None,
    tell: Callable[[Outcome | None, int], None],
) -> Summary:
    """Make the reports that are due and deliver what has not been delivered.

    Parameters
    ----------
    batch : BatchPlan
        Mail, owners and number of tries.
    jobs : sequence of Job
        All reports.
    missing : sequence of str
        What was asked for without figures.
    plan : Plan
        Their chapters.
    out : Path
        Folder of reports.
    manner : Manner
        How they are made; its workers are reports at the same time.
    log : Path, optional
        File for events; ``batch.log.jsonl`` in `out` by default.
    tell : callable
        Told with None and how many are due before the first, then of each outcome.

    Returns
    -------
    Summary
        Also where reports failed.

    Raises
    ------
    LockedError
        If another batch is at work in `out`.
    PublishError
        If `out` cannot be written.
    ParameterError
        If the password of the mail server is missing.
    """
    began = time.monotonic()
    secret = _password(batch)
    out = out.absolute()
    with run_lock(out):
        events = RunLog(log or out / LOG)
        events.write("begin", reports=len(jobs), pid=os.getpid())
        try:
            due = plan_ahead(jobs, plan, out, force=manner.force)
            sweep()
            tell(None, sum(map(bool, due.values())))
            for job in jobs:
                if not due[job.id]:
                    tidy_place(out / job.id)
            outcomes = [Outcome(job.id, "current") for job in jobs]
            if any(due.values()):
                outcomes = _make(batch, jobs, due, plan, out, manner, events, tell)
            # Also where nothing was made: ages have changed, and the run before may have been
            # killed before it came to this.
            write_index(out)
            deliveries = _deliver(batch, jobs, outcomes, out, secret)
        except BaseException as error:
            events.write("stopped", why=type(error).__name__)
            raise
        for one in deliveries:
            events.write("delivery", **one)
        summary = Summary(
            tuple(outcomes), tuple(deliveries), tuple(missing), time.monotonic() - began
        )
        events.write("end", exit_code=summary.exit_code, line=summary.line)
    return summary


def write_outbox(batch: BatchPlan, jobs: Sequence[Job], out: Path) -> list[Path]:
    """Write the mails that would be sent now as files, for a look at them.

    Parameters
    ----------
    batch : BatchPlan
        Has no mail where it names no server.
    jobs : sequence of Job
        Reports that are current; what is due has no mail before it is made.
    out : Path
        Folder of reports.

    Returns
    -------
    list of Path
        ``.eml`` files in ``outbox/`` of `out`.
    """
    if batch.mail is None:
        return []
    sender = batch.mail.sender
    waiting = undelivered(_wanted(jobs, {job.id for job in jobs}, out), out)
    mails = (
        report_mail(one.report, one.to, sender=sender, key=one.key)
        for one in waiting
        if isinstance(one.to, Recipient)
    )
    return write_eml(mails, out / OUTBOX)


def _password(batch: BatchPlan) -> str | None:
    """Ask for the password before the work begins, where there will be mail."""
    if batch.mail is None:
        return None
    return password(batch.mail)


def _make(
    batch: BatchPlan,
    jobs: Sequence[Job],
    due: Mapping[str, Collection[Reason]],
    plan: Plan,
    out: Path,
    manner: Manner,
    log: RunLog,
    tell: Callable[[Outcome | None, int], None],
) -> list[Outcome]:
    """Make what is due; a chapter that is none fails all reports, and their owners are told."""
    # Only now: what is current is told without waiting for any of it.
    from lyanalysis.report.chapters import read_chapters

    try:
        notebooks = read_chapters(plan)
    except ChapterError as error:
        return refuse_reports(jobs, due, error, out, log, tell=lambda one: tell(one, 0))
    with _setting(batch, plan, notebooks, out, manner, log) as setting:
        return make_reports(jobs, due, setting, tell=lambda one: tell(one, 0))


@contextmanager
def _setting(
    batch: BatchPlan,
    plan: Plan,
    notebooks: Sequence[NotebookNode],
    out: Path,
    manner: Manner,
    log: RunLog,
) -> Iterator[Setting]:
    """Prepare what all reports of a batch share: scratch folder, fonts, fork server."""
    from lyanalysis.report.ahead import prepare_kernels
    from lyanalysis.report.kernel import kernel_environment
    from lyanalysis.report.processes import fork_server, import_statements

    imports = [*FOR_WORKERS, *import_statements(notebooks)]
    if manner.cache is not None:
        cache.trim(manner.cache)
    with scratch_folder(out) as scratch:
        warm = scratch / "f"
        warm.mkdir()
        prepare_kernels(scratch)
        environment = kernel_environment(warm, warm / "unused")
        forked = (
            fork_server(imports, warm, environment, later=SELDOM) if manner.warm else nullcontext()
        )
        with forked as server:
            yield Setting(
                plan,
                out,
                replace(manner, server=server),
                batch.attempts,
                batch.language,
                bool(batch.owners),
                scratch,
                log,
            )


def _deliver(
    batch: BatchPlan,
    jobs: Sequence[Job],
    outcomes: Sequence[Outcome],
    out: Path,
    secret: str | None,
) -> list[dict[str, Any]]:
    """Send and copy what is good and has not been sent, then the digest to the owners."""
    wanted = _wanted(jobs, {one.id for one in outcomes if one.status != "failed"}, out)
    told: list[dict[str, Any]] = []
    try:
        if wanted:
            told += map(_record, deliver(wanted, out, batch.mail, secret))
    except PublishError as error:
        # Of the ledger; the reports are made, and the owners are told of theirs all the same.
        told.append({"target": str(error.folder), "status": "permanent", "error": str(error)})
    digest = _digest(batch, outcomes)
    if batch.mail is not None and digest is not None:
        told += map(_record, send([digest], batch.mail, secret))
    return [one for one in told if one["status"] != "already"]


def _digest(batch: BatchPlan, outcomes: Sequence[Outcome]) -> EmailMessage | None:
    """Compose the mail to the owners; None where there is nothing to tell or nobody to be told."""
    failures = [
        Failure(one.id, one.chapter, one.cell, one.message)
        for one in outcomes
        if one.status == "failed"
    ]
    changes = [line for one in outcomes if one.changes for line in (f"\n{one.id}", *one.changes)]
    if batch.mail is None or not batch.owners or not (failures or changes):
        return None
    return digest_mail(
        failures,
        sender=batch.mail.sender,
        owners=batch.owners,
        language=batch.language,
        changes="\n".join(changes),
    )


def _record(sent: Sent) -> dict[str, Any]:
    return {"target": sent.target, "status": sent.status, "error": sent.error}


def _wanted(jobs: Sequence[Job], good: set[str], out: Path) -> list[Delivery]:
    """List every delivery of the reports that are there; the ledger knows which were made."""
    wanted = []
    for job in jobs:
        manifest = out / job.id / "manifest.json"
        if not (job.recipients or job.folders) or job.id not in good or not manifest.is_file():
            continue
        key = report_key(json.loads(manifest.read_text(encoding="utf-8")), job.formats)
        targets: tuple[Recipient | Path, ...] = (*job.recipients, *job.folders)
        wanted += [Delivery(key, out / job.id, to) for to in targets]
    return wanted
