"""How a plan says where mail goes: the server, the sender, the readers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

PORTS = {"starttls": 587, "tls": 465}

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"


def check_address(text: str) -> str:
    """Return a mail address, or say why it is none.

    Parameters
    ----------
    text : str
        What stands in a plan.

    Returns
    -------
    str
        The same text.

    Raises
    ------
    ValueError
        If it is not one plain address: no name beside it, no line break, ASCII only.

    Examples
    --------
    >>> check_address("reader@example.org")
    'reader@example.org'
    """
    if len(text) <= 254 and re.fullmatch(rf"{_ATOM}(?:\.{_ATOM})*@{_HOST}", text):
        return text
    advice = "write one as name@example.org, a domain in Chinese in its form that begins with xn--"
    raise ValueError(f"{text[:80]!r} is not a mail address; {advice}")


def _check_host(text: str) -> str:
    if len(text) <= 253 and re.fullmatch(rf"{_HOST}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", text):
        return text
    raise ValueError(f"{text[:80]!r} is not the name of a server; write it as mail.example.org")


def _check_user(text: str) -> str:
    if text.isascii() and text.isprintable() and text:
        return text
    raise ValueError("a user is printable ASCII, as the mail server knows it")


Address = Annotated[str, AfterValidator(check_address)]


class MailSettings(BaseModel):
    """How to reach the mail server; the password is never part of it.

    Parameters
    ----------
    host : str
        Name or address of the server, as its certificate has it.
    security : {"starttls", "tls"}
        Encryption asked for after the greeting, or from the first byte. There is no third way.
    port : int, optional
        587 for ``starttls`` and 465 for ``tls`` by default.
    user : str, optional
        Who logs in; nobody does by default.
    sender : str
        Address the mails come from.
    timeout_seconds : float, optional
        How long to wait for each answer of the server.
    ca_file : Path, optional
        Certificates (PEM) of an authority of one's own, trusted instead of the system's.

    Examples
    --------
    >>> MailSettings(host="mail.example.org", security="tls", sender="r@example.org").port
    465
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    host: Annotated[str, AfterValidator(_check_host)]
    security: Literal["starttls", "tls"]
    port: int = Field(default=PORTS["starttls"], ge=1, le=65535)
    user: Annotated[str, AfterValidator(_check_user)] | None = None
    sender: Address
    timeout_seconds: float = Field(default=30, gt=0, le=3600)
    # A plan file knows no paths, only text.
    ca_file: Path | None = Field(default=None, strict=False)

    @model_validator(mode="before")
    @classmethod
    def _choose_port(cls, given: Any) -> Any:
        """Take the port that belongs to the security where none is given."""
        if isinstance(given, dict) and given.get("security") == "tls":
            return {"port": PORTS["tls"], **given}
        return given


class Recipient(BaseModel):
    """A reader who gets a report by mail.

    Parameters
    ----------
    address : str
        One plain address.
    html : bool, optional
        Whether the page is attached beside the PDF.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    address: Address
    html: bool = False
