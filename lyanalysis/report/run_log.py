"""The log of a batch for programs: a line of JSON for every event."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LARGEST = 10_000_000
"""Bytes after which a log is set aside as ``NAME.1``, in place of an older one."""


class RunLog:
    """Appends events to a file; a log that cannot be written stops nothing.

    Parameters
    ----------
    path : Path
        The file, made if it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}"
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.stat().st_size > LARGEST:
                path.replace(path.with_name(f"{path.name}.1"))

    def write(self, event: str, **fields: Any) -> None:
        """Append one event.

        Parameters
        ----------
        event : str
            What happened: ``begin``, ``report``, ``retry``, ``traceback``, ``delivery``,
            ``stopped`` or ``end``.
        **fields : object
            Plain values; ``id`` is the identifier of a report.
        """
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps(
            {"time": moment, "run": self.run, "event": event, **fields}, ensure_ascii=False
        )
        # One write a line, so that lines of two processes never mix; half a character, which no
        # encoding knows, becomes the escape that JSON has for it.
        with suppress(OSError), self.path.open("ab") as file:
            file.write(line.encode(errors="backslashreplace") + b"\n")
