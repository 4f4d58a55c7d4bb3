from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mail_server import Authority, Mailbox, serve

from lyanalysis.errors import PublishError
from lyanalysis.report import delivery
from lyanalysis.report.delivery import (
    Delivery,
    copy_report,
    deliver,
    open_ledger,
    read_ledger,
    undelivered,
)
from lyanalysis.report.mail_settings import MailSettings, Recipient
from lyanalysis.report.published import read_published

READER = Recipient(address="Reader@example.org")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def settings_for(port: int, authority: Authority) -> MailSettings:
    return MailSettings(
        host="localhost",
        port=port,
        security="starttls",
        sender="reports@example.org",
        ca_file=authority.file,
    )


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "reports"


@pytest.fixture
def folder(publish_report: Callable[..., Path]) -> Path:
    return publish_report()


# The ledger.


def test_what_is_recorded_is_kept(out: Path) -> None:
    assert read_ledger(out) == frozenset()
    assert not out.exists(), "reading leaves no trace"
    with open_ledger(out) as ledger:
        assert not ledger.holds("k", "洛阳")
        ledger.record("k", "洛阳")
        assert ledger.holds("k", "洛阳")
    with open_ledger(out) as ledger:
        ledger.record("l", "b@example.org")
    assert read_ledger(out) == {("k", "洛阳"), ("l", "b@example.org")}
    lines = (out / "delivered.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["key"] for line in lines] == ["k", "l"]


def test_a_line_that_a_crash_cut_off_is_no_record(out: Path) -> None:
    with open_ledger(out) as ledger:
        ledger.record("k", "a")
        ledger.record("k", "b")
    path = out / "delivered.jsonl"
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for length in range(first, len(whole)):
        path.write_bytes(whole[:length])
        assert read_ledger(out) == {("k", "a")}
    with open_ledger(out) as ledger:
        assert not ledger.holds("k", "b")
        ledger.record("k", "c")
    assert read_ledger(out) == {("k", "a"), ("k", "c")}


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"key": "k"}', b"\xff", b""])
def test_a_damaged_ledger_delivers_nothing(out: Path, folder: Path, line: bytes) -> None:
    (out / "delivered.jsonl").write_bytes(line + b'\n{"key": "k", "target": "a"}\n')
    with pytest.raises(PublishError, match=r"delivered\.jsonl: line 1 is damaged; delete that"):
        deliver([Delivery("k", folder, out / "copies")], out)
    assert not (out / "copies").exists()


def test_a_ledger_that_cannot_be_written(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "out" / "delivered.jsonl").mkdir(parents=True)
    (tmp_path / "file").write_text("")
    for place in ("out", "file"):
        with pytest.raises(PublishError, match="without it a report would be delivered twice"):
            deliver([Delivery("k", folder, tmp_path / "copies")], tmp_path / place)
    assert not (tmp_path / "copies").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_told(out: Path) -> None:
    with open_ledger(out) as ledger:
        (out / "delivered.jsonl").unlink()
        (out / "delivered.jsonl").symlink_to("/dev/full")
        with pytest.raises(PublishError, match="No space left on device; free some space"):
            ledger.record("k", "a")
        assert not ledger.holds("k", "a")


def test_a_run_waits_for_the_other(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "LOCK_SECONDS", 0.1)
    with (
        open_ledger(out),
        pytest.raises(PublishError, match="another run has been delivering for"),
        open_ledger(out),
    ):
        pass
    with open_ledger(out) as ledger:
        ledger.record("k", "a")


# Folders.


def test_a_report_is_copied_whole(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "share"
    assert copy_report(folder, target) == target / "410300" / "2025-zh"
    assert contents(target / "410300" / "2025-zh") == contents(folder)


def test_a_copy_is_made_once_unless_it_was_removed(out: Path, folder: Path, tmp_path: Path) -> None:
    share = tmp_path / "share"
    copied = share / "410300" / "2025-zh"
    for key, status in [("k", "delivered"), ("k", "already"), ("l", "delivered")]:
        (outcome,) = deliver([Delivery(key, folder, share)], out)
        assert (outcome.status, outcome.target) == (status, str(share))
    (copied / "manifest.json").unlink()
    assert undelivered([Delivery("k", folder, share)], out)
    assert [one.status for one in deliver([Delivery("k", folder, share)], out)] == ["delivered"]
    assert contents(copied) == contents(folder)


def test_a_copy_that_fails_stops_no_other(
    out: Path, folder: Path, tmp_path: Path, publish_report: Callable[..., Path]
) -> None:
    (tmp_path / "file").write_text("")
    damaged = publish_report(year=2024)
    (damaged / "report.html").write_text("cut off")
    wanted = [
        Delivery("k", folder, tmp_path / "file"),
        Delivery("l", damaged, tmp_path / "share"),
        Delivery("k", folder, tmp_path / "share"),
    ]
    outcomes = deliver(wanted, out)
    assert [one.status for one in outcomes] == ["transient", "permanent", "delivered"]
    assert "is a file, not a folder; choose another folder" in outcomes[0].error
    assert "report.html is not the file its run made; render the report" in outcomes[1].error
    assert read_ledger(out) == {("k", str(tmp_path / "share"))}
    assert not (tmp_path / "share" / "410300" / "2024-zh").exists()


EXCHANGE_FOREVER = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from lyanalysis.report.manifest import as_json, build_run_record
from lyanalysis.report.publishing import publish

target = Path(sys.argv[1])
manifest = (target / "manifest.json").read_bytes()
number, now = 0, datetime.now(UTC)
print("ready", flush=True)
while True:
    number += 1
    files = {f"{part}.txt": f"{number}".encode() for part in range(8)} | {"manifest.json": manifest}
    files["run.json"] = as_json(build_run_record(now, now, {}, files)).encode()
    publish(files, target)
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs an exchange of folders")
def test_a_report_that_is_exchanged_meanwhile_is_never_mixed(folder: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", EXCHANGE_FOREVER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    writer.stdout.close()
    read: set[bytes] = set()
    end = time.monotonic() + 60
    try:
        while len(read) < 50 and writer.poll() is None and time.monotonic() < end:
            try:
                files = read_published(folder).files
            except PublishError:
                continue  # it changed under every attempt
            texts = {text for name, text in files.items() if name.endswith(".txt")}
            assert len(texts) <= 1
            read |= texts
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    assert len(read) == 50


# Mail.


def test_nothing_is_sent_twice_for_the_same_key(
    out: Path, folder: Path, authority: Authority
) -> None:
    mailbox = Mailbox()
    lower = Recipient(address="reader@example.org", html=True)
    wanted = [Delivery("k", folder, to) for to in (READER, lower)]
    with serve(mailbox, tls_context=authority.context("localhost")) as port:
        settings = settings_for(port, authority)
        assert undelivered(wanted, out) == wanted
        first = deliver(wanted, out, settings)
        assert undelivered(wanted, out) == []
        again = deliver(wanted, out, settings)
        other = deliver([Delivery("l", folder, READER)], out, settings)
    assert [one.status for one in first] == ["delivered", "delivered"]
    assert [one.status for one in again] == ["already", "already"]
    assert [one.target for one in [*first, *again]] == ["reader@example.org"] * 4
    assert [one.status for one in other] == ["delivered"]
    assert len(mailbox.mails) == 2


def test_what_was_refused_is_sent_by_the_next_run(
    out: Path, folder: Path, authority: Authority, publish_report: Callable[..., Path]
) -> None:
    mailbox = Mailbox()
    no_pdf = publish_report(year=2024, left_out="report.pdf")
    names = ["a", "nobody", "b"]
    wanted = [Delivery("k", folder, Recipient(address=f"{name}@example.org")) for name in names]
    wanted.insert(1, Delivery("l", no_pdf, READER))
    wanted.append(Delivery("k", folder, out / "share"))
    with serve(mailbox, tls_context=authority.context("localhost")) as port:
        outcomes = deliver(wanted, out, settings_for(port, authority))
        mailbox.answer = "451 4.3.0 later"
        fresh = [Delivery("m", folder, READER)]
        assert deliver(fresh, out, settings_for(port, authority))[0].status == "transient"
        mailbox.answer = "250 accepted"
        assert deliver(fresh, out, settings_for(port, authority))[0].status == "delivered"
    status = [one.status for one in outcomes]
    assert status == ["delivered", "permanent", "permanent", "delivered", "delivered"]
    assert "holds no report.pdf to send to Reader@example.org" in outcomes[1].error
    assert mailbox.addresses() == ["a@example.org", "b@example.org", "Reader@example.org"]
    assert {target for key, target in read_ledger(out) if key == "k"} == {
        "a@example.org",
        "b@example.org",
        str(out / "share"),
    }


def test_a_recipient_needs_a_server(out: Path, folder: Path) -> None:
    with pytest.raises(ValueError, match="settings are needed"):
        deliver([Delivery("k", folder, READER)], out)


def test_a_full_ledger_ends_the_sending(out: Path, folder: Path, authority: Authority) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs a device that is full")
    ledger = out / "delivered.jsonl"

    def fill(_count: int) -> None:
        ledger.unlink()
        ledger.symlink_to("/dev/full")

    mailbox = Mailbox(before_answer=fill)
    wanted = [Delivery("k", folder, Recipient(address=f"{name}@example.org")) for name in "abc"]
    with (
        serve(mailbox, tls_context=authority.context("localhost")) as port,
        pytest.raises(PublishError, match="delivered twice"),
    ):
        deliver(wanted, out, settings_for(port, authority))
    assert mailbox.addresses() == ["a@example.org"], "what cannot be recorded is not sent"


DELIVER = """
import json, sys
from pathlib import Path
from lyanalysis.report.delivery import Delivery, deliver
from lyanalysis.report.mail_settings import MailSettings, Recipient

out, settings, count = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
wanted = [
    Delivery("k", out / "410300" / "2025-zh", Recipient(address=f"r{number}@example.org"))
    for number in range(count)
]
print("ready", flush=True)
sys.stdin.readline()
print([one.status for one in deliver(wanted, out, MailSettings(**settings))], flush=True)
"""


def start_delivering(out: Path, settings: MailSettings, count: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", DELIVER, str(out), settings.model_dump_json(), str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.slow
def test_two_processes_send_everything_once(out: Path, folder: Path, authority: Authority) -> None:
    mailbox = Mailbox()
    with serve(mailbox, tls_context=authority.context("localhost")) as port:
        settings = settings_for(port, authority)
        processes = [start_delivering(out, settings, 20) for _ in range(2)]
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(mailbox.addresses()) == sorted(f"r{number}@example.org" for number in range(20))
    assert "".join(told).count("delivered") == 20
    assert "".join(told).count("already") == 20


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_a_run_that_is_killed_repeats_one_mail_at_most(
    out: Path, folder: Path, authority: Authority
) -> None:
    victims: list[Any] = []

    def kill(count: int) -> None:
        if count == 3:
            os.kill(victims[0].pid, signal.SIGKILL)
            victims[0].wait()

    mailbox = Mailbox(before_answer=kill)
    with serve(mailbox, tls_context=authority.context("localhost")) as port:
        settings = settings_for(port, authority)
        victims.append(start_delivering(out, settings, 6))
        victims[0].communicate("go\n", timeout=120)
        assert len(read_ledger(out)) == 2
        second = start_delivering(out, settings, 6)
        told, _ = second.communicate("go\n", timeout=120)
    assert told.count("already") == 2
    assert told.count("delivered") == 4
    identifiers = [str(mail["Message-ID"]) for mail in mailbox.parsed()]
    assert len(set(identifiers)) == 6
    assert identifiers[2] == identifiers[3], "the mail whose answer nobody heard"
    assert len(identifiers) == 7
