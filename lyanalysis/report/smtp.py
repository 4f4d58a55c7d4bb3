"""Sending mails over one encrypted connection; what failed is told, never raised."""

from __future__ import annotations

import base64
import importlib
import os
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from types import TracebackType
from typing import Literal, Self

from lyanalysis.errors import ParameterError
from lyanalysis.report.mail import as_sent, one_line
from lyanalysis.report.mail_settings import MailSettings

VARIABLE = "LYANALYSIS_SMTP_PASSWORD"
TOO_LARGE = 552
LONGEST_ANSWER = 300
BREAKS_ALLOWED = 2
"""Connections that may break one after the other before the rest is left for the next run."""

Status = Literal["delivered", "already", "transient", "permanent"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one delivery to one address or folder.

    Attributes
    ----------
    target : str
        Address or folder.
    status : {"delivered", "already", "transient", "permanent"}
        ``already`` was delivered by an earlier run; ``transient`` may succeed when tried again
        (time-out, broken connection, an answer of 400 to 499), ``permanent`` will not.
    error : str
        One line for the user: server, address, reason, what to do; "" if nothing failed.
    message_id : str
        Which mail it was; "" for a folder.
    """

    target: str
    status: Status
    error: str = ""
    message_id: str = ""


def password(settings: MailSettings, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the password of the user who logs in, from the environment or the keyring.

    Parameters
    ----------
    settings : MailSettings
        Whose password.
    environ : mapping of str to str, optional
        Where ``LYANALYSIS_SMTP_PASSWORD`` may stand; the environment by default.

    Returns
    -------
    str or None
        None where no user logs in. The keyring is asked, where the package is installed, for the
        service `host` and the name `user`: what ``keyring set HOST USER`` stored.

    Raises
    ------
    ParameterError
        If there is a user and no password, or one that cannot be sent.

    Examples
    --------
    >>> settings = MailSettings(host="h", security="tls", sender="r@example.org", user="r")
    >>> password(settings, {"LYANALYSIS_SMTP_PASSWORD": "of the example"})
    'of the example'
    """
    if settings.user is None:
        return None
    found = environ.get(VARIABLE) or _from_keyring(settings.host, settings.user)
    if not found:
        raise ParameterError(
            f"mail user {settings.user!r} at {settings.host} has no password: set the variable "
            f"{VARIABLE}, or install keyring and run 'keyring set {settings.host} "
            f"{settings.user}'; leave user out if the server asks for none",
            name="user",
            value=settings.user,
        )
    if not found.isascii():
        raise ParameterError(
            f"the password of mail user {settings.user!r} at {settings.host} has characters "
            "outside ASCII, which a login cannot carry; ask the server for an app password",
            name="user",
            value=settings.user,
        )
    return found


def _from_keyring(host: str, user: str) -> str | None:
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        return None
    # A machine without a desktop may have the package and nothing behind it.
    with suppress(keyring.errors.KeyringError):
        found: str | None = keyring.get_password(host, user)
        return found
    return None


def send(
    messages: Iterable[EmailMessage],
    settings: MailSettings,
    password: str | None,
    *,
    tell: Callable[[Outcome], None] | None = None,
) -> list[Outcome]:
    """Send mails over one connection, which is opened anew where it breaks.

    Parameters
    ----------
    messages : iterable of EmailMessage
        Composed mails; taken one at a time, so that a generator need not hold all of them.
    settings : MailSettings
        The server.
    password : str or None
        Of `settings.user`.
    tell : callable, optional
        Told each outcome as soon as the server has answered.

    Returns
    -------
    list of Outcome
        One for every mail and address in it, in their order. A refused address or mail stops no
        other; where no connection can be had, the rest is not tried.
    """
    outcomes = []
    with _Connection(settings, password) as connection:
        for message in messages:
            for outcome in connection.send(message):
                outcomes.append(outcome)
                if tell is not None:
                    tell(outcome)
    return outcomes


@dataclass(frozen=True, slots=True)
class _Problem:
    """Why a mail was not delivered, for the user, and whether trying again may help."""

    status: Status
    reason: str


class _CertificateFileError(Exception):
    """A file of certificates that cannot be used."""


class _Connection:
    """A connection that is made when the first mail is sent and again after it broke."""

    def __init__(self, settings: MailSettings, password: str | None) -> None:
        self.settings = settings
        self.password = password
        self.smtp: smtplib.SMTP | None = None
        self.breaks = 0
        self.given_up: _Problem | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.smtp.quit()
            self.smtp.close()

    def send(self, message: EmailMessage) -> list[Outcome]:
        """Send one mail; one outcome for each of its addresses."""
        addresses = [address.addr_spec for address in message["To"].addresses]
        problems = self._try(message, addresses)
        return [self._outcome(address, problems.get(address), message) for address in addresses]

    def _outcome(self, address: str, problem: _Problem | None, message: EmailMessage) -> Outcome:
        identifier = str(message["Message-ID"])
        if problem is None:
            return Outcome(address, "delivered", message_id=identifier)
        where = f"mail to {address} by {self.settings.host}:{self.settings.port}"
        return Outcome(address, problem.status, f"{where}: {problem.reason}", identifier)

    def _try(self, message: EmailMessage, addresses: list[str]) -> dict[str, _Problem]:
        """Hand one mail over; the addresses that do not get it and why."""
        if self.given_up is not None:
            return dict.fromkeys(addresses, self.given_up)
        try:
            smtp = self._open()
        except (_CertificateFileError, smtplib.SMTPException, OSError, UnicodeError) as error:
            self.given_up = _explain(error, self.settings, self.password)
            return dict.fromkeys(addresses, self.given_up)
        content = as_sent(message, datetime.now(UTC))
        try:
            refused = _hand_over(smtp, self.settings.sender, addresses, content)
        except (smtplib.SMTPException, OSError) as error:
            problem = _explain(error, self.settings, self.password)
            refused = dict.fromkeys(addresses, problem)
        self.breaks = self.breaks + 1 if smtp.sock is None else 0
        if self.breaks == BREAKS_ALLOWED:
            self.given_up = refused[addresses[-1]]
        return refused

    def _open(self) -> smtplib.SMTP:
        if self.smtp is None or self.smtp.sock is None:
            self.smtp = _connect(self.settings, self.password)
        return self.smtp


def _connect(settings: MailSettings, password: str | None) -> smtplib.SMTP:
    """Open an encrypted connection and log in."""
    context = _trust(settings)
    host, port, seconds = settings.host, settings.port, settings.timeout_seconds
    smtp = (
        smtplib.SMTP_SSL(host, port, timeout=seconds, context=context)
        if settings.security == "tls"
        else smtplib.SMTP(host, port, timeout=seconds)
    )
    try:
        if settings.security == "starttls":
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if settings.user is not None:
            smtp.login(settings.user, password or "")
    except BaseException:
        smtp.close()
        raise
    return smtp


def _trust(settings: MailSettings) -> ssl.SSLContext:
    """Return what decides whom to trust: the system's authorities, or the user's own."""
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:
        reason = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise _CertificateFileError(
            f"ca_file {settings.ca_file} cannot be used: {reason}; name a file of certificates "
            "in PEM"
        ) from None


def _hand_over(
    smtp: smtplib.SMTP, sender: str, addresses: list[str], content: bytes
) -> dict[str, _Problem]:
    """Give a mail to the server; the addresses it refused and why."""
    limit = smtp.esmtp_features.get("size", "")
    if limit.isdecimal() and 0 < int(limit) < len(content):
        raise smtplib.SMTPDataError(
            TOO_LARGE, f"{len(content) / 1e6:.1f} MB, the limit is {int(limit) / 1e6:.1f} MB"
        )
    try:
        refused = smtp.sendmail(sender, addresses, content)
    except smtplib.SMTPRecipientsRefused as error:
        # After a good-bye (421) not even those who were let in before get the mail.
        last = list(error.recipients.values())[-1]
        refused = dict.fromkeys(addresses, last) | error.recipients
    return {address: _refusal(code, text) for address, (code, text) in refused.items()}


def _refusal(code: int, text: bytes | str) -> _Problem:
    """Explain why an address was refused."""
    answer = _answer(code, text)
    if _is_transient(code):
        return _Problem("transient", f"the address is put off: {answer}; try again later")
    return _Problem("permanent", f"the address was refused: {answer}; correct it or leave it out")


def _explain(error: Exception, settings: MailSettings, password: str | None) -> _Problem:
    """Say in one line what went wrong and what to do."""
    if isinstance(error, _CertificateFileError):
        return _Problem("permanent", str(error))
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _explain_login(error, settings, password or "")
    if isinstance(error, smtplib.SMTPResponseException):
        return _explain_answer(error)
    if isinstance(error, smtplib.SMTPServerDisconnected) or not isinstance(
        error, smtplib.SMTPException
    ):
        return _explain_network(error, settings)
    # What is left says which extension or way to log in the server lacks.
    return _Problem(
        "permanent",
        f"the server does not offer what is needed ({one_line(str(error))}); "
        f"check port and security ({settings.security}), and whether user is to be given",
    )


def _explain_login(
    error: smtplib.SMTPAuthenticationError, settings: MailSettings, password: str
) -> _Problem:
    """Explain a refused login; a server that repeats the password is not quoted."""
    answer = _answer(error.smtp_code, error.smtp_error)
    encoded = {
        base64.b64encode(text.encode()).decode().rstrip("=")
        for text in (password, f"\0{settings.user}\0{password}")
    }
    if any(secret in answer for secret in encoded | {password}):
        answer = str(error.smtp_code)
    if _is_transient(error.smtp_code):
        return _Problem("transient", f"login is put off: {answer}; try again later")
    return _Problem(
        "permanent",
        f"user {settings.user!r} was not let in: {answer}; check user and password "
        f"({VARIABLE} or keyring)",
    )


def _explain_answer(error: smtplib.SMTPResponseException) -> _Problem:
    answer = _answer(error.smtp_code, error.smtp_error)
    if error.smtp_code == TOO_LARGE:
        return _Problem(
            "permanent",
            f"the mail is larger than the server takes: {answer}; attach no HTML, deliver to a "
            "folder instead, or have the limit raised",
        )
    if _is_transient(error.smtp_code):
        return _Problem("transient", f"the server is not ready: {answer}; try again later")
    return _Problem(
        "permanent", f"the server refused: {answer}; check sender, user and the server's rules"
    )


def _explain_network(error: Exception, settings: MailSettings) -> _Problem:
    """Explain what happened on the way to the server."""
    # smtplib tells a time-out as a connection that was closed.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return _Problem(
            "transient",
            f"no answer within {settings.timeout_seconds:g} s; check port and security "
            f"({settings.security}), raise timeout_seconds or try again later",
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return _Problem(
            "permanent",
            f"its certificate is not trusted: {error.verify_message}; check host, or name the "
            "file of your own certificate authority as ca_file",
        )
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return _Problem(
            "permanent",
            f"no encrypted connection ({error.reason}); check port and security "
            f"({settings.security})",
        )
    if isinstance(error, UnicodeError):
        return _Problem("permanent", "the password has characters outside ASCII; change it")
    if isinstance(error, socket.gaierror):
        lasting = error.errno != socket.EAI_AGAIN
        return _Problem(
            "permanent" if lasting else "transient",
            "the name of the server is not known; check host and the network",
        )
    reason = getattr(error, "strerror", None) or "the server broke the connection"
    return _Problem("transient", f"{reason}; check host and port, or try again later")


def _is_transient(code: int) -> bool:
    return 400 <= code < 500


def _answer(code: int, text: bytes | str) -> str:
    """Return what a server said, as one short line."""
    said = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
    # A code that is no number is told as -1.
    return one_line(f"{code if code > 0 else ''} {said[:LONGEST_ANSWER]}")
