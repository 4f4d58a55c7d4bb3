"""Reports brought to mailboxes and folders, each once for each key."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from filelock import FileLock, Timeout

from lyanalysis.errors import PublishError
from lyanalysis.report.mail import report_mail
from lyanalysis.report.mail_settings import MailSettings, Recipient
from lyanalysis.report.published import MANIFEST, read_published
from lyanalysis.report.publishing import explain, publish, sync_folder
from lyanalysis.report.smtp import Outcome, Status, send

FILE_NAME = "delivered.jsonl"
LOCK_SECONDS = 600
"""As long as another run may take to send its mails."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail or folder copy to make.

    Attributes
    ----------
    key : str
        Key of the run that made the report.
    report : Path
        The published report.
    to : Recipient or Path
        A reader, or a folder of reports.
    """

    key: str
    report: Path
    to: Recipient | Path

    @property
    def target(self) -> str:
        """What the ledger knows `to` by: the address in small letters, or the whole path."""
        if isinstance(self.to, Recipient):
            return self.to.address.lower()
        return str(self.to.resolve())


class Ledger:
    """The deliveries made from a folder of reports; :func:`open_ledger` makes one.

    Parameters
    ----------
    path : Path
        The file, one JSON object a line.
    known : set of tuple of str
        Keys and targets in it.
    """

    def __init__(self, path: Path, known: set[tuple[str, str]]) -> None:
        self._path = path
        self._known = known

    def holds(self, key: str, target: str) -> bool:
        """Return whether something was delivered to a target for a key.

        Parameters
        ----------
        key : str
            Of the run.
        target : str
            As :attr:`Delivery.target` has it.

        Returns
        -------
        bool
            True if the ledger has both in one line.
        """
        return (key, target) in self._known

    def record(self, key: str, target: str) -> None:
        """Keep for good that something was delivered; call it once it was.

        Parameters
        ----------
        key : str
            Of the run.
        target : str
            As :attr:`Delivery.target` has it.

        Raises
        ------
        PublishError
            If it cannot be written; another run would deliver again.
        """
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        entry = json.dumps({"key": key, "target": target, "at": moment}, ensure_ascii=False)
        try:
            with self._path.open("ab") as file:
                file.write(f"{entry}\n".encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _unwritable(self._path, error) from error
        self._known.add((key, target))


@contextmanager
def open_ledger(out: Path) -> Iterator[Ledger]:
    """Hold the ledger of a folder of reports; another process waits until the block ends.

    Parameters
    ----------
    out : Path
        The folder of reports; the ledger is ``delivered.jsonl`` in it.

    Yields
    ------
    Ledger
        A last line that a crash cut off is removed.

    Raises
    ------
    PublishError
        If the ledger is damaged, cannot be written, or is held by another run for too long.
    """
    path = out / FILE_NAME
    lock = FileLock(out / f".{FILE_NAME}.lock", timeout=LOCK_SECONDS)
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise PublishError(
            f"{path}: another run has been delivering for {LOCK_SECONDS} s; wait until it has "
            "ended",
            folder=out,
        ) from None
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        _repair(path)
        yield Ledger(path, set(read_ledger(out)))
    finally:
        lock.release()


def read_ledger(out: Path) -> frozenset[tuple[str, str]]:
    """Return what was delivered from a folder of reports; nothing is written.

    Parameters
    ----------
    out : Path
        The folder of reports.

    Returns
    -------
    frozenset of tuple of str
        Keys and targets; empty where nothing was. A last line that a crash cut off is left out.

    Raises
    ------
    PublishError
        If the ledger cannot be read or another line than the last is damaged.
    """
    path = out / FILE_NAME
    try:
        *lines, _torn = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise PublishError(
            f"{path}: cannot be read: {error.strerror}; allow reading there", folder=out
        ) from error
    known = set()
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            known.add((str(entry["key"]), str(entry["target"])))
        except (ValueError, LookupError, TypeError):
            raise PublishError(
                f"{path}: line {number} is damaged; delete that line, and what it recorded may be "
                "delivered once more",
                folder=out,
            ) from None
    return frozenset(known)


def undelivered(deliveries: Sequence[Delivery], out: Path) -> list[Delivery]:
    """Return what :func:`deliver` would mail or copy, without doing it.

    Parameters
    ----------
    deliveries : sequence of Delivery
        In any order.
    out : Path
        The folder of reports, whose ledger says what was delivered before.

    Returns
    -------
    list of Delivery
        In their order.

    Raises
    ------
    PublishError
        If the ledger cannot be read.
    """
    known = read_ledger(out)
    return [one for one in deliveries if not _is_done(one, (one.key, one.target) in known)]


def deliver(
    deliveries: Sequence[Delivery],
    out: Path,
    settings: MailSettings | None = None,
    password: str | None = None,
) -> list[Outcome]:
    """Copy and mail reports, each once for each key and target.

    Parameters
    ----------
    deliveries : sequence of Delivery
        In any order.
    out : Path
        The folder of reports, whose ledger says what was delivered before.
    settings : MailSettings, optional
        The mail server; needed where a delivery goes to a :class:`Recipient`.
    password : str, optional
        Of `settings.user`.

    Returns
    -------
    list of Outcome
        One for every delivery, in their order. One that fails stops no other.

    Raises
    ------
    PublishError
        If the ledger cannot be used. Deliveries made before it failed are in it.
    ValueError
        If there is a recipient and no `settings`.

    Notes
    -----
    A delivery is recorded once the server has accepted the mail. A run that dies in between, or a
    connection that breaks after the mail was handed over and before the answer came, sends that
    mail again next time, under the same ``Message-ID``.
    """
    if settings is None and any(isinstance(one.to, Recipient) for one in deliveries):
        raise ValueError("settings are needed to mail to a recipient")
    # What is asked for twice is made once, and both are told the same.
    once = {(one.key, one.target): one for one in deliveries}
    outcomes: dict[tuple[str, str], Outcome] = {}
    with open_ledger(out) as ledger:
        waiting = []
        for named, delivery in once.items():
            if _is_done(delivery, ledger.holds(*named)):
                outcomes[named] = Outcome(delivery.target, "already")
            elif isinstance(delivery.to, Path):
                outcomes[named] = _copy(delivery.report, delivery.to, named, ledger)
            else:
                waiting.append((delivery, delivery.to))
        if settings is not None:
            outcomes |= _mail(waiting, ledger, settings, password)
    return [outcomes[one.key, one.target] for one in deliveries]


def copy_report(folder: Path, target: Path) -> Path:
    """Publish the files of a report in another folder of reports.

    Parameters
    ----------
    folder : Path
        The published report.
    target : Path
        The other folder; the report goes to ``REGION/YEAR-LANGUAGE`` in it and takes the place
        of the one there in a single step.

    Returns
    -------
    Path
        Where it is.

    Raises
    ------
    PublishError
        If the report is not whole or cannot be written.
    """
    report = read_published(folder)
    asked = report.parameters
    place = target / asked.region / f"{asked.year}-{asked.language}"
    publish(report.files, place)
    return place


def _is_done(delivery: Delivery, is_recorded: bool) -> bool:
    """Tell whether nothing is left to do; a copy that was removed is made again."""
    if isinstance(delivery.to, Recipient) or not is_recorded:
        return is_recorded
    place = delivery.to.joinpath(*delivery.report.parts[-2:])
    return (place / MANIFEST).is_file()


def _copy(report: Path, to: Path, named: tuple[str, str], ledger: Ledger) -> Outcome:
    try:
        copy_report(report, to)
    except PublishError as error:
        # A share may be back in a minute; a damaged report has to be made anew.
        status: Status = "permanent" if error.folder == report else "transient"
        return Outcome(named[1], status, str(error))
    ledger.record(*named)
    return Outcome(named[1], "delivered")


def _mail(
    waiting: Sequence[tuple[Delivery, Recipient]],
    ledger: Ledger,
    settings: MailSettings,
    password: str | None,
) -> dict[tuple[str, str], Outcome]:
    """Mail reports over one connection; each is composed when its turn comes."""
    outcomes: dict[tuple[str, str], Outcome] = {}
    composed: dict[str, tuple[str, str]] = {}

    def compose() -> Iterator[EmailMessage]:
        for delivery, to in waiting:
            named = (delivery.key, delivery.target)
            try:
                mail = report_mail(delivery.report, to, sender=settings.sender, key=delivery.key)
            except PublishError as error:
                outcomes[named] = Outcome(delivery.target, "permanent", str(error))
                continue
            composed[str(mail["Message-ID"])] = named
            yield mail

    def keep(outcome: Outcome) -> None:
        named = composed[outcome.message_id]
        if outcome.status == "delivered":
            ledger.record(*named)
        outcomes[named] = replace(outcome, target=named[1])

    send(compose(), settings, password, tell=keep)
    return outcomes


def _repair(path: Path) -> None:
    """Remove a last line without its end, and make sure that the file can be written."""
    try:
        is_new = not path.exists()
        with path.open("ab+") as file:
            file.seek(0)
            whole = file.read().rpartition(b"\n")
            file.truncate(len(whole[0] + whole[1]))
        if is_new:
            sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> PublishError:
    return PublishError(
        f"{path}: cannot be written: {explain(error, path.parent)}; without it a report would be "
        "delivered twice",
        folder=path.parent,
    )
