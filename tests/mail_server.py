"""A real mail server on this machine, for as long as a test needs one."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "reporter", "correct horse 8c1f"
REFUSALS = {
    "nobody@example.org": "550 5.1.1 no such mailbox",
    "busy@example.org": "451 4.3.0 mailbox busy",
    "leave@example.org": "421 4.7.0 too many, good bye",
}
"""Addresses the server refuses, and its words."""


@dataclass
class Mailbox:
    """What a server accepted, and how it behaves."""

    mails: list[tuple[list[str], bytes]] = field(default_factory=list)
    sessions: list[int] = field(default_factory=list)
    answer: str = "250 accepted"
    before_answer: Callable[[int], None] = lambda _count: None

    def parsed(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=default) for _, content in self.mails]

    def addresses(self) -> list[str]:
        return [address for addresses, _ in self.mails for address in addresses]

    def connections(self) -> int:
        return len(set(self.sessions))

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if address in REFUSALS:
            return REFUSALS[address]
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if not self.answer.startswith("250"):
            return self.answer
        assert envelope.original_content is not None
        self.sessions.append(id(session))
        self.kept.append(session)
        self.mails.append((list(envelope.rcpt_tos), envelope.original_content))
        self.before_answer(len(self.mails))
        return self.answer

    kept: list[Session] = field(default_factory=list)
    """Sessions, so that no two of them get one id."""


class BreaksInData(SMTP):
    """A server that hangs up in the middle of a mail."""

    async def smtp_DATA(self, _: str) -> None:  # noqa: N802
        await self.push("354 go on")
        await self._reader.read(100)
        self.transport.abort()


class NeverAnswersData(SMTP):
    """A server that takes a mail and says nothing more."""

    async def smtp_DATA(self, _: str) -> None:  # noqa: N802
        await self.push("354 go on")
        await asyncio.Event().wait()


class RepeatsPasswords(SMTP):
    """A server that tells what it was told."""

    async def auth_PLAIN(self, _: Any, args: list[str]) -> AuthResult:  # noqa: N802
        return AuthResult(success=False, handled=False, message=f"535 no such login: {args[1]}")


class Authority:
    """A certificate authority that lasts as long as the tests."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.file))

    def context(self, name: str) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._authority.issue_cert(name).configure_cert(context)
        return context


def let_in(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    known = data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@contextmanager
def serve(
    mailbox: Mailbox,
    *,
    tls: ssl.SSLContext | None = None,
    kind: type[SMTP] = SMTP,
    **options: Any,
) -> Iterator[int]:
    """Run a server in a thread while the block lasts; yields its port."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    ports: list[int] = []

    async def run(stop: asyncio.Event) -> None:
        server = await loop.create_server(
            lambda: kind(mailbox, loop=loop, **options), "127.0.0.1", 0, ssl=tls
        )
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        await stop.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    stop = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(run(stop)))
    thread.start()
    assert ready.wait(30)
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
