"""Mails to the readers of a report and to its owners: composed here, sent by `smtp`."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any

from lyanalysis.errors import PublishError
from lyanalysis.report.mail_settings import Recipient, check_address
from lyanalysis.report.parameters import Language
from lyanalysis.report.published import read_published
from lyanalysis.report.publishing import explain

POLICY = SMTP.clone(cte_type="7bit")
"""Seven bits, so that no server between here and the reader has to convert anything."""
NOTEBOOK = "report.ipynb"
TYPES = {
    "report.pdf": ("application", "pdf", {}),
    "report.html": ("text", "html", {"charset": "utf-8"}),
}
"""What can be attached, and its media type."""
UNSEEN = {"Cc", "Cf", "Cs"}
"""Categories of Unicode: control and formatting characters, halves of characters."""
EXHIBIT = "application/vnd.lyanalysis.exhibit+json"
LONGEST_SUBJECT = 200
LONGEST_MESSAGE = 500

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "subject": "{title}（{period}）",
        "attached": "附件：{files}",
        "file": "{name}（{size} MB）",
        "comma": "、",
        "data_date": "最新资料发布于：{date}",
        "automatic": "本邮件由程序自动发出。",
        "failures": "lyanalysis：{count}份报告失败",
        "no_failure": "lyanalysis：没有报告失败",
        "report": "报告",
        "chapter": "章",
        "cell": "单元",
        "message": "原因",
    },
    "en": {
        "subject": "{title} ({period})",
        "attached": "Attached: {files}",
        "file": "{name} ({size} MB)",
        "comma": ", ",
        "data_date": "Newest source: {date}",
        "automatic": "This mail was sent by a program.",
        "failures": "lyanalysis: reports that failed: {count}",
        "no_failure": "lyanalysis: no report failed",
        "report": "Report",
        "chapter": "Chapter",
        "cell": "Cell",
        "message": "Reason",
    },
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that failed.

    Attributes
    ----------
    id : str
        Identifier of the report, ``410300/2025-zh``.
    chapter : str or None
        File name of the notebook without its suffix, where one is at fault.
    cell : int or None
        Number of the cell, counted from 1.
    message : str
        What happened and what to do.
    """

    id: str
    chapter: str | None
    cell: int | None
    message: str


def report_mail(folder: Path, recipient: Recipient, *, sender: str, key: str) -> EmailMessage:
    """Compose the mail that brings a published report to a reader.

    Parameters
    ----------
    folder : Path
        The published report.
    recipient : Recipient
        Who gets it.
    sender : str
        Address it comes from.
    key : str
        Key of the run. The ``Message-ID`` follows from key and address, so that a server sees
        what it already has.

    Returns
    -------
    EmailMessage
        Title and period as subject; the summary, what is attached and the date of the newest
        source as text, in the language of the report. It has no ``Date`` before it is sent.

    Raises
    ------
    PublishError
        If the folder holds no whole report, or not the format that is to be attached.
    """
    names = list(TYPES)[: 2 if recipient.html else 1]
    for name in names:
        if folder.is_dir() and not (folder / name).exists():
            suffix = name.partition(".")[2]
            raise PublishError(
                f"{folder}: holds no {name} to send to {recipient.address}; "
                f"make the report in the format {suffix} too",
                folder=folder,
            )
    report = read_published(folder, [NOTEBOOK, *names])
    try:
        notebook = json.loads(report.files[NOTEBOOK])
        front = notebook["metadata"]["lyanalysis"]
        title, period = str(front["title"]), str(front["period"])
        summary = _summary(notebook)
    except (ValueError, LookupError, TypeError, AttributeError):
        raise PublishError(
            f"{folder}: {NOTEBOOK} is not the notebook of a report; render the report again",
            folder=folder,
        ) from None
    language = report.parameters.language
    words = WORDS[language]
    # The digest is of both together; no address holds a NUL.
    digest = hashlib.sha256(f"{key}\0{recipient.address}".encode()).hexdigest()[:40]
    message = _new_mail(
        words["subject"].format(title=title, period=period),
        sender,
        [recipient.address],
        f"<{digest}@{_domain(sender)}>",
    )
    attached = {f"{report.identifier}{Path(name).suffix}": report.files[name] for name in names}
    head = f"{one_line(title)}\n{one_line(period)}"
    date = one_line(str(front.get("data_date") or ""))
    parts = [head, summary, _foot(attached, date, language), words["automatic"]]
    _set_text(message, parts, language)
    for name, (file, content) in zip(names, attached.items(), strict=True):
        kind, subtype, about = TYPES[name]
        message.add_attachment(content, maintype=kind, subtype=subtype, params=about, filename=file)
    # Not a random one, so that the same report makes the same mail; no encoded part can hold "=_".
    message.set_boundary(f"=_{digest}")
    return message


def digest_mail(
    failures: Sequence[Failure],
    *,
    sender: str,
    owners: Sequence[str],
    language: Language,
    changes: str = "",
) -> EmailMessage:
    """Compose the one mail that tells owners what failed.

    Parameters
    ----------
    failures : sequence of Failure
        All failures of a run; may be empty where only `changes` are to be told.
    sender : str
        Address it comes from.
    owners : sequence of str
        Addresses, at least one.
    language : {"zh", "en"}
        Language of headings and subject; messages stay as they are.
    changes : str, optional
        Text below the table: what changed since the last edition.

    Returns
    -------
    EmailMessage
        A plain table: report, chapter, cell, reason.

    Raises
    ------
    ValueError
        If there is no owner.

    Examples
    --------
    >>> failure = Failure("410300/2025-en", "02_structure", 4, "division by zero")
    >>> mail = digest_mail(
    ...     [failure], sender="r@example.org", owners=["o@example.org"], language="en"
    ... )
    >>> mail["Subject"]
    'lyanalysis: reports that failed: 1'
    >>> print(mail.get_content().splitlines()[2])
    Report          Chapter       Cell  Reason
    """
    if not owners:
        raise ValueError("owners names nobody; give at least one address")
    words = WORDS[language]
    subject = words["failures" if failures else "no_failure"].format(count=len(failures))
    message = _new_mail(subject, sender, owners, make_msgid(domain=_domain(check_address(sender))))
    heading = tuple(words[name] for name in ("report", "chapter", "cell", "message"))
    rows = [
        (
            one_line(failure.id),
            one_line(failure.chapter or "-"),
            "-" if failure.cell is None else str(failure.cell),
            _shorten(one_line(failure.message), LONGEST_MESSAGE),
        )
        for failure in failures
    ]
    table = _table([heading, *rows]) if rows else ""
    _set_text(message, [subject, table, changes.strip(), words["automatic"]], language)
    return message


def as_sent(message: EmailMessage, moment: datetime | None = None) -> bytes:
    """Return a mail as it goes over the wire.

    Parameters
    ----------
    message : EmailMessage
        A composed mail; it is not changed.
    moment : datetime, optional
        Aware; when it is sent. Without it the mail has no ``Date``.

    Returns
    -------
    bytes
        ASCII with line ends of CR and LF.
    """
    date = b"" if moment is None else f"Date: {format_datetime(moment)}\r\n".encode("ascii")
    return date + message.as_bytes(policy=POLICY)


def write_eml(messages: Iterable[EmailMessage], folder: Path) -> list[Path]:
    """Write mails as files instead of sending them: any mail program opens them.

    Parameters
    ----------
    messages : iterable of EmailMessage
        Composed mails.
    folder : Path
        Where to put them; made if it is not there.

    Returns
    -------
    list of Path
        One ``.eml`` file a mail, numbered in their order and named by report and first address.

    Raises
    ------
    PublishError
        If the folder cannot be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, message in enumerate(messages, start=1):
            attached = next((part.get_filename() for part in message.iter_attachments()), None)
            about = Path(attached or "digest").stem
            name = f"{number:03d}-{about}-{message['To'].addresses[0].addr_spec}"
            path = folder / f"{re.sub('[^A-Za-z0-9@._+-]', '_', name)[:200]}.eml"
            path.write_bytes(as_sent(message))
            written.append(path)
    except OSError as error:
        raise PublishError(
            f"{folder}: cannot be written: {explain(error, folder)}", folder=folder
        ) from error
    return written


def _new_mail(subject: str, sender: str, addresses: Sequence[str], message_id: str) -> EmailMessage:
    """Return a mail with its headers and no text; nothing in a header can begin another."""
    message = EmailMessage(policy=POLICY)
    message["From"] = check_address(sender)
    message["To"] = ", ".join(check_address(address) for address in addresses)
    message["Subject"] = _shorten(one_line(subject), LONGEST_SUBJECT)
    message["Message-ID"] = message_id
    # Keeps notices of absence from answering (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    return message


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _set_text(message: EmailMessage, parts: Iterable[str], language: Language) -> None:
    """Give a mail its text: the parts that are not empty, with a blank line between them."""
    message.set_content(_visible("\n\n".join(filter(None, parts))) + "\n")
    message["Content-Language"] = language


def _foot(attached: Mapping[str, bytes], date: str, language: Language) -> str:
    """Return what is attached, and how new its figures are."""
    words = WORDS[language]
    listed = words["comma"].join(
        words["file"].format(name=name, size=f"{len(content) / 1e6:.1f}")
        for name, content in attached.items()
    )
    lines = [words["attached"].format(files=listed)]
    if date:
        lines.append(words["data_date"].format(date=date))
    return "\n".join(lines)


def _summary(notebook: dict[str, Any]) -> str:
    """Return the first text with a number in the first chapter, without markup; "" if none."""
    first = notebook["cells"][0]["metadata"]["lyanalysis"]["number"]
    for cell in notebook["cells"]:
        if cell["metadata"]["lyanalysis"]["number"] != first:
            break
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            text = "".join(data.get("text/markdown", ""))
            if EXHIBIT not in data and re.search("[0-9]", text):
                return _plain(_visible(text))
    return ""


def _plain(markdown: str) -> str:
    # Imported here because it is needed by nobody who only reads settings.
    import pypandoc

    options = ["--wrap=none", "--sandbox"]
    text: str = pypandoc.convert_text(markdown, "plain", "commonmark", extra_args=options)
    return text.strip()


def one_line(text: str) -> str:
    r"""Return a text as one line, without control and invisible formatting characters.

    Parameters
    ----------
    text : str
        Of anybody: a title, a message, the answer of a server.

    Returns
    -------
    str
        Words with single spaces between them.

    Examples
    --------
    >>> one_line("a title\r\nBcc: you@example.org")
    'a title Bcc: you@example.org'
    """
    return _visible(" ".join(text.split()))


def _visible(text: str) -> str:
    """Return a text without what moves a cursor, hides or cannot be encoded; line ends stay."""
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) not in UNSEEN)


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows as lines, all columns but the last as wide as their widest cell."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [
                *(
                    cell + " " * (width - _width(cell))
                    for cell, width in zip(row[:-1], widths, strict=False)
                ),
                row[-1],
            ]
        )
        for row in rows
    )


def _width(text: str) -> int:
    """Return how many places a text takes where Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
