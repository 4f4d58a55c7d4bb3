from __future__ import annotations

import base64
import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from mail_server import (
    PASSWORD,
    USER,
    Authority,
    BreaksInData,
    Mailbox,
    NeverAnswersData,
    RepeatsPasswords,
    let_in,
    serve,
)
from pydantic import ValidationError

from lyanalysis.errors import ParameterError, PublishError
from lyanalysis.report.mail import Failure, as_sent, digest_mail, report_mail, write_eml
from lyanalysis.report.mail_settings import MailSettings, Recipient
from lyanalysis.report.smtp import VARIABLE, Outcome, password, send

SENDER = "reports@example.org"
READER = Recipient(address="reader@example.org")


def settings_for(port: int, authority: Authority | None, **more: Any) -> MailSettings:
    given = {"host": "localhost", "security": "starttls", "sender": SENDER, "timeout_seconds": 20}
    ca_file = None if authority is None else str(authority.file)
    return MailSettings(**{**given, "port": port, "ca_file": ca_file, **more})


def note(*addresses: str) -> EmailMessage:
    failure = Failure("410300-2025-zh", "02_structure", 4, "division by zero")
    return digest_mail([failure], sender=SENDER, owners=addresses, language="en")


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def attached(message: EmailMessage) -> dict[str | None, bytes]:
    return {
        part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()
    }


# Settings.


def test_the_port_follows_the_security() -> None:
    given = {"host": "mail.example.org", "sender": SENDER}
    assert MailSettings(**given, security="starttls").port == 587
    assert MailSettings(**given, security="tls").port == 465
    assert MailSettings(**given, security="tls", port=2465).port == 2465


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("sender", "a@example.org\r\nBcc: b@example.org", "is not a mail address"),
        ("sender", "a@example.org\n", "is not a mail address"),
        ("sender", "a@example.org, b@example.org", "is not a mail address"),
        ("sender", "A <a@example.org>", "write one as name@example.org"),
        ("sender", "a@洛阳.中国", "begins with xn--"),
        ("sender", "a" * 10_000_000 + "@example.org", "is not a mail address"),
        ("host", "mail.example.org\r\nQUIT", "is not the name of a server"),
        ("host", "", "is not the name of a server"),
        ("security", "none", "'starttls' or 'tls'"),
        ("port", 0, "greater than or equal to 1"),
        ("user", "a\nb", "printable ASCII"),
        ("timeout_seconds", float("inf"), "less than or equal to 3600"),
        ("password", "secret", "Extra inputs are not permitted"),
    ],
)
def test_settings_that_cannot_be(name: str, value: object, message: str) -> None:
    given = {"host": "mail.example.org", "security": "tls", "sender": SENDER, name: value}
    with pytest.raises(ValidationError) as caught:
        MailSettings(**given)
    (problem,) = caught.value.errors()
    assert problem["loc"] == (name,)
    assert message in problem["msg"]
    assert len(problem["msg"]) < 300


def test_an_address_of_a_recipient_is_checked() -> None:
    with pytest.raises(ValidationError, match="is not a mail address"):
        Recipient(address="a@example.org\nBcc: b@example.org")


# The password.


def test_the_password_comes_from_the_environment() -> None:
    settings = settings_for(25, None, user=USER)
    assert password(settings, {VARIABLE: PASSWORD}) == PASSWORD
    assert password(settings_for(25, None), {VARIABLE: PASSWORD}) is None


def test_a_user_without_a_password() -> None:
    with pytest.raises(ParameterError, match=f"set the variable {VARIABLE}, or install keyring"):
        password(settings_for(25, None, user=USER), {VARIABLE: ""})


def test_a_password_that_no_login_can_carry() -> None:
    with pytest.raises(ParameterError, match="outside ASCII") as caught:
        password(settings_for(25, None, user=USER), {VARIABLE: "洛阳secret"})
    assert "secret" not in repr(caught.value) + repr(vars(caught.value))


KEYRING = """
class errors:
    class KeyringError(Exception):
        pass

def get_password(service, name):
    if service == "locked":
        raise errors.KeyringError("no backend")
    return f"{name} of {service}"
"""


def test_the_password_comes_from_the_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keyring.py").write_text(KEYRING)
    monkeypatch.syspath_prepend(tmp_path)
    assert password(settings_for(25, None, user=USER), {}) == f"{USER} of localhost"
    with pytest.raises(ParameterError, match="keyring set locked reporter"):
        password(settings_for(25, None, user=USER, host="locked"), {})
    sys.modules.pop("keyring")


# Composing.


def test_the_mail_of_a_report(publish_report: Callable[..., Path]) -> None:
    folder = publish_report()
    message = read(as_sent(report_mail(folder, READER, sender=SENDER, key="k")))
    assert message["Subject"] == "洛阳市测试报告（2010–2025）"
    assert (message["From"], message["To"]) == (SENDER, READER.address)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] is None, "it was not sent yet"
    body = message.get_body()
    assert body is not None
    assert body["Content-Language"] == "zh"
    assert body.get_content().splitlines() == [
        "洛阳市测试报告",
        "2010–2025",
        "",
        "- 变了吗？ 2025年升3.4个百分点。",
        "- 同谁比？",
        "",
        "附件：410300-2025-zh.pdf（0.0 MB）",
        "最新资料发布于：2026-08",
        "",
        "本邮件由程序自动发出。",
    ]
    assert attached(message) == {"410300-2025-zh.pdf": (folder / "report.pdf").read_bytes()}


def test_the_page_is_attached_for_who_wants_it(publish_report: Callable[..., Path]) -> None:
    folder = publish_report("Luoyang", language="en", summary="No figure.")
    reader = Recipient(address="reader@example.org", html=True)
    message = read(as_sent(report_mail(folder, reader, sender=SENDER, key="k")))
    assert message["Subject"] == "Luoyang (2010–2025)"
    assert attached(message) == {
        "410300-2025-en.pdf": (folder / "report.pdf").read_bytes(),
        "410300-2025-en.html": (folder / "report.html").read_bytes(),
    }
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Attached: 410300-2025-en.pdf (0.0 MB), 410300-2025-en.html (0.0 MB)" in text
    assert "No figure" not in text, "a summary has numbers"
    assert "下一章" not in text, "and is that of the first chapter"


def test_a_mail_tells_which_it_is(publish_report: Callable[..., Path]) -> None:
    folder = publish_report()
    other = Recipient(address="other@example.org")

    def mail(recipient: Recipient, key: str) -> EmailMessage:
        return report_mail(folder, recipient, sender=SENDER, key=key)

    assert as_sent(mail(READER, "k")) == as_sent(mail(READER, "k"))
    identifiers = [mail(READER, "k"), mail(READER, "l"), mail(other, "k")]
    assert len({str(one["Message-ID"]) for one in identifiers}) == 3
    assert re.fullmatch("<[0-9a-f]{40}@example.org>", str(mail(READER, "k")["Message-ID"]))


@pytest.mark.parametrize(
    "title",
    [
        "洛阳\r\nBcc: thief@example.org",
        "洛阳\n\n<script>",
        "洛阳\x00\x1b[31m\u202e\ud800",
        "洛阳 =?utf-8?q?x=0D=0ABcc:_thief@example.org?=",
        "{0.__class__} %s " * 1000,
    ],
)
def test_a_title_stays_a_title(publish_report: Callable[..., Path], title: str) -> None:
    folder = publish_report(title, summary=f"{title} 5%")
    content = as_sent(report_mail(folder, READER, sender=SENDER, key="k"))
    message = read(content)
    assert set(message) == {
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    }
    assert str(message["Subject"]).startswith(title[:2])
    assert len(str(message["Subject"])) <= 200
    assert attached(message) == {"410300-2025-zh.pdf": (folder / "report.pdf").read_bytes()}
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) < 998


def test_a_report_without_what_is_to_be_sent(publish_report: Callable[..., Path]) -> None:
    folder = publish_report(left_out="report.pdf")
    with pytest.raises(PublishError, match=r"holds no report\.pdf .* in the format pdf too"):
        report_mail(folder, READER, sender=SENDER, key="k")


@pytest.mark.parametrize("name", ["report.pdf", "report.ipynb", "manifest.json", "run.json"])
def test_a_damaged_report_is_not_sent(publish_report: Callable[..., Path], name: str) -> None:
    folder = publish_report()
    (folder / name).write_bytes(b"{}")
    with pytest.raises(PublishError, match=f"{name} is .*; render the report again"):
        report_mail(folder, READER, sender=SENDER, key="k")


def test_a_report_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"run\.json cannot be read: No such file"):
        report_mail(tmp_path / "2025-zh", READER, sender=SENDER, key="k")


def test_the_digest_is_a_table() -> None:
    failures = [
        Failure("410300-2025-zh", "02_structure", 4, "除数为零\nsecond line"),
        Failure("410100-2025-en", None, None, "x" * 1000),
    ]
    owners = ["o@example.org", "p@example.org"]
    message = digest_mail(
        failures, sender=SENDER, owners=owners, language="zh", changes="GDP 1 → 2"
    )
    message = read(as_sent(message))
    assert [one.addr_spec for one in message["To"].addresses] == owners
    assert message["Subject"] == "lyanalysis：2份报告失败"
    lines = message.get_content().splitlines()
    assert lines[2:4] == [
        "报告            章            单元  原因",
        "410300-2025-zh  02_structure  4     除数为零 second line",
    ]
    assert lines[4] == f"410100-2025-en  -             -     {'x' * 499}…"
    assert lines[6] == "GDP 1 → 2"


def test_a_digest_of_changes_alone() -> None:
    message = digest_mail(
        [], sender=SENDER, owners=["o@example.org"], language="en", changes="GDP 1 → 2"
    )
    assert message["Subject"] == "lyanalysis: no report failed"
    assert "Chapter" not in message.get_content()
    with pytest.raises(ValueError, match="owners names nobody"):
        digest_mail([], sender=SENDER, owners=[], language="en")


def test_a_dry_run_writes_files(publish_report: Callable[..., Path], tmp_path: Path) -> None:
    folder = publish_report()
    odd = Recipient(address="../a/b@example.org".lstrip("./"))
    mails = [report_mail(folder, to, sender=SENDER, key="k") for to in (READER, odd)]
    written = write_eml([*mails, note("o@example.org")], tmp_path / "mails")
    assert [path.name for path in written] == [
        "001-410300-2025-zh-reader@example.org.eml",
        "002-410300-2025-zh-a_b@example.org.eml",
        "003-digest-o@example.org.eml",
    ]
    message = read(written[0].read_bytes())
    assert message["Subject"] == "洛阳市测试报告（2010–2025）"
    assert attached(message)["410300-2025-zh.pdf"] == (folder / "report.pdf").read_bytes()
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError, match="is a file, not a folder"):
        write_eml(mails, tmp_path / "file")


@pytest.mark.slow
def test_the_mail_of_the_luoyang_report(luoyang: Path) -> None:
    message = report_mail(luoyang, READER, sender=SENDER, key="k")
    notebook = json.loads((luoyang / "report.ipynb").read_text(encoding="utf-8"))
    title = notebook["metadata"]["lyanalysis"]["title"]
    assert str(message["Subject"]).startswith(title)
    body = message.get_body()
    assert body is not None
    answers = [line for line in body.get_content().splitlines() if line.startswith("- ")]
    assert len(answers) == 4
    assert re.search(r"2025年.*个百分点", answers[0])
    assert "*" not in body.get_content()


# Sending.


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mails_go_over_one_encrypted_connection(
    authority: Authority, publish_report: Callable[..., Path], security: str
) -> None:
    mailbox, folder = Mailbox(), publish_report()
    context = authority.context("localhost")
    server: dict[str, Any] = (
        {"tls": context, "auth_require_tls": False}
        if security == "tls"
        else {"tls_context": context, "require_starttls": True, "auth_required": True}
    )
    told: list[Outcome] = []
    with serve(mailbox, authenticator=let_in, **server) as port:
        settings = settings_for(port, authority, security=security, user=USER)
        mail = report_mail(folder, READER, sender=SENDER, key="k")
        mails = [mail, note("o@example.org", "p@example.org")]
        outcomes = send(mails, settings, PASSWORD, tell=told.append)
    assert [one.status for one in outcomes] == ["delivered"] * 3
    assert told == outcomes
    assert mailbox.connections() == 1
    assert mailbox.addresses() == ["reader@example.org", "o@example.org", "p@example.org"]
    received = mailbox.parsed()[0]
    assert received["Message-ID"] == mail["Message-ID"] == outcomes[0].message_id
    assert received["Date"].datetime.tzinfo is not None
    assert attached(received)["410300-2025-zh.pdf"] == (folder / "report.pdf").read_bytes()


def test_a_refused_address_stops_no_other(authority: Authority) -> None:
    mailbox = Mailbox()
    names = ["a", "nobody", "busy", "b"]
    mails = [note(f"{name}@example.org") for name in names]
    mails.append(note("c@example.org", "nobody@example.org"))
    with serve(mailbox, tls_context=authority.context("localhost")) as port:
        outcomes = send(mails, settings_for(port, authority), None)
    assert mailbox.addresses() == ["a@example.org", "b@example.org", "c@example.org"]
    assert mailbox.connections() == 1
    assert [one.status for one in outcomes] == [
        "delivered",
        "permanent",
        "transient",
        "delivered",
        "delivered",
        "permanent",
    ]
    assert outcomes[1].error == (
        f"mail to nobody@example.org by localhost:{port}: the address was refused: "
        "550 5.1.1 no such mailbox; correct it or leave it out"
    )
    assert "451 4.3.0 mailbox busy; try again later" in outcomes[2].error


def test_a_server_that_says_good_bye_is_asked_again(authority: Authority) -> None:
    mailbox = Mailbox()
    mails = [note("a@example.org"), note("c@example.org", "leave@example.org", "d@example.org")]
    mails.append(note("b@example.org"))
    with serve(mailbox, tls_context=authority.context("localhost")) as port:
        outcomes = send(mails, settings_for(port, authority), None)
    status = [one.status for one in outcomes]
    assert status == ["delivered", "transient", "transient", "transient", "delivered"]
    assert mailbox.addresses() == ["a@example.org", "b@example.org"]
    assert mailbox.connections() == 2


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        ("451 4.3.0 disk full", "transient", "is not ready: 451 4.3.0 disk full; try again"),
        ("554 5.7.1 spam", "permanent", "the server refused: 554 5.7.1 spam; check sender"),
        ("552 5.3.4 too big", "permanent", "larger than the server takes: 552 5.3.4 too big"),
    ],
)
def test_a_mail_that_is_refused(
    authority: Authority, answer: str, status: str, message: str
) -> None:
    mailbox = Mailbox(answer=answer)
    with serve(mailbox, tls_context=authority.context("localhost")) as port:
        outcomes = send([note("a@example.org")], settings_for(port, authority), None)
    assert outcomes[0].status == status
    assert message in outcomes[0].error


def test_a_mail_larger_than_the_server_takes(
    authority: Authority, publish_report: Callable[..., Path]
) -> None:
    mailbox = Mailbox()
    mails = [report_mail(publish_report(), READER, sender=SENDER, key="k"), note("o@example.org")]
    context = authority.context("localhost")
    with serve(mailbox, tls_context=context, data_size_limit=10_000) as port:
        outcomes = send(mails, settings_for(port, authority), None)
    assert [one.status for one in outcomes] == ["permanent", "delivered"]
    assert "larger than the server takes: 552 0.0 MB, the limit is 0.0 MB" in outcomes[0].error
    assert "attach no HTML, deliver to a folder instead" in outcomes[0].error


@pytest.mark.parametrize(("given", "kind"), [("wrong", SMTP), (PASSWORD, RepeatsPasswords)])
def test_refused_credentials(
    authority: Authority, given: str, kind: type[SMTP], caplog: Any
) -> None:
    mailbox = Mailbox()
    server: dict[str, Any] = {"kind": kind, "auth_exclude_mechanism": ["LOGIN"]}
    context = authority.context("localhost")
    mails = [note("a@example.org"), note("b@example.org")]
    with serve(mailbox, tls_context=context, authenticator=let_in, **server) as port:
        outcomes = send(mails, settings_for(port, authority, user=USER), given)
    assert [one.status for one in outcomes] == ["permanent"] * 2
    assert f"user {USER!r} was not let in: 535" in outcomes[0].error
    assert f"check user and password ({VARIABLE} or keyring)" in outcomes[0].error
    encoded = base64.b64encode(f"\0{USER}\0{given}".encode()).decode()
    for secret in (given, encoded):
        assert secret not in repr(outcomes) + caplog.text
    assert not mailbox.mails


def test_a_password_that_cannot_be_sent_is_not_told(authority: Authority) -> None:
    context = authority.context("localhost")
    with serve(Mailbox(), tls_context=context, authenticator=let_in) as port:
        (outcome,) = send(
            [note("a@example.org")], settings_for(port, authority, user=USER), "洛阳secret"
        )
    assert outcome.status == "permanent"
    assert "the password has characters outside ASCII" in outcome.error
    assert "secret" not in repr(outcome)


@pytest.mark.parametrize(
    ("name", "knows_authority", "message"),
    [
        ("localhost", False, "its certificate is not trusted: "),
        ("mail.example.org", True, "Hostname mismatch"),
    ],
)
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for(
    authority: Authority, security: str, name: str, knows_authority: bool, message: str
) -> None:
    context = authority.context(name)
    server: dict[str, Any] = {"tls" if security == "tls" else "tls_context": context}
    mailbox = Mailbox()
    known = authority if knows_authority else None
    with serve(mailbox, **server) as port:
        settings = settings_for(port, known, security=security, user=USER)
        (outcome,) = send([note("a@example.org")], settings, PASSWORD)
    assert outcome.status == "permanent"
    assert message in outcome.error
    assert "name the file of your own certificate authority as ca_file" in outcome.error
    assert not mailbox.mails


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_of_certificates_that_holds_none(
    authority: Authority, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    (outcome,) = send([note("a@example.org")], settings_for(1, None, ca_file=str(file)), None)
    assert outcome.status == "permanent"
    assert f"ca_file {file} cannot be used: " in outcome.error


@pytest.mark.parametrize(
    ("security", "user", "message"),
    [
        ("starttls", USER, "STARTTLS extension not supported"),
        ("tls", USER, "no encrypted connection"),
    ],
)
def test_nothing_is_sent_in_the_clear(security: str, user: str, message: str) -> None:
    mailbox = Mailbox()
    with serve(mailbox, authenticator=let_in, auth_require_tls=False) as port:
        settings = settings_for(port, None, security=security, user=user)
        (outcome,) = send([note("a@example.org")], settings, PASSWORD)
    assert outcome.status == "permanent"
    assert message in outcome.error
    assert f"check port and security ({security})" in outcome.error
    assert not mailbox.mails


def test_a_server_that_knows_no_users(authority: Authority) -> None:
    with serve(
        Mailbox(),
        tls_context=authority.context("localhost"),
        auth_exclude_mechanism=["PLAIN", "LOGIN"],
    ) as port:
        settings = settings_for(port, authority, user=USER)
        (outcome,) = send([note("a@example.org")], settings, PASSWORD)
    assert outcome.status == "permanent"
    assert "whether user is to be given" in outcome.error


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_never_answers(security: str) -> None:
    taken: list[int] = []

    def mails() -> Any:
        for number in range(100):
            taken.append(number)
            yield note("a@example.org")

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        settings = settings_for(port, None, security=security, timeout_seconds=0.2)
        outcomes = send(mails(), settings, None)
    assert {one.status for one in outcomes} == {"transient"}
    assert len(outcomes) == len(taken) == 100, "only the first waited"
    assert outcomes[0].error == (
        f"mail to a@example.org by localhost:{port}: no answer within 0.2 s; check port and "
        f"security ({security}), raise timeout_seconds or try again later"
    )


def test_a_server_that_falls_silent(authority: Authority) -> None:
    mailbox = Mailbox()
    mails = [note(f"{name}@example.org") for name in "abcd"]
    context = authority.context("localhost")
    with serve(mailbox, tls_context=context, kind=NeverAnswersData) as port:
        settings = settings_for(port, authority, timeout_seconds=0.5)
        outcomes = send(mails, settings, None)
    assert [one.status for one in outcomes] == ["transient"] * 4
    assert all("no answer within 0.5 s" in one.error for one in outcomes)


def test_a_connection_that_breaks_in_a_mail(
    authority: Authority, publish_report: Callable[..., Path]
) -> None:
    mail = report_mail(publish_report(), READER, sender=SENDER, key="k")
    mails = [mail, note("a@example.org"), note("b@example.org")]
    context = authority.context("localhost")
    with serve(Mailbox(), tls_context=context, kind=BreaksInData) as port:
        outcomes = send(mails, settings_for(port, authority), None)
    assert [one.status for one in outcomes] == ["transient"] * 3
    assert "the server broke the connection; check host and port, or try again" in outcomes[0].error


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    (outcome,) = send([note("a@example.org")], settings_for(port, None), None)
    assert outcome.status == "transient"
    assert "Connection refused; check host and port" in outcome.error


def test_a_server_that_is_not_known() -> None:
    (outcome,) = send([note("a@example.org")], settings_for(25, None, host="mail.invalid"), None)
    assert outcome.status in {"transient", "permanent"}, "a machine may have no name server"
    assert "the name of the server is not known; check host and the network" in outcome.error


def test_the_settings_are_read_without_the_tools_of_a_report() -> None:
    code = (
        "import sys, lyanalysis.report.mail_settings;"
        "print(sorted({'pandas', 'pypandoc', 'keyring'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
