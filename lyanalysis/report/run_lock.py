"""One batch at a time in a folder of reports; who comes second is told who is at work."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from lyanalysis.errors import LockedError, PublishError
from lyanalysis.report.publishing import explain

LOCK = ".batch.lock"
HOLDER = ".batch.holder.json"


@contextmanager
def run_lock(out: Path) -> Iterator[None]:
    """Hold a folder of reports for one batch.

    Parameters
    ----------
    out : Path
        The folder; made if it is not there.

    Yields
    ------
    None
        While no other batch can begin there. The lock is the system's: it ends with its process.

    Raises
    ------
    LockedError
        If another batch is at work; the message names it.
    PublishError
        If the folder cannot be written.
    """
    lock = FileLock(out / LOCK, timeout=0)
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise LockedError(
            f"{out}: {_holder(out)} is making reports there; wait until it has ended, or name "
            "another folder",
            folder=out,
        ) from None
    except OSError as error:
        raise PublishError(f"{out}: cannot be written: {explain(error, out)}", folder=out) from None
    try:
        # Only for the message: without it the lock holds all the same.
        with suppress(OSError):
            mine = {
                "pid": os.getpid(),
                "host": socket.gethostname(),
                "since": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            (out / HOLDER).write_text(json.dumps(mine), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            (out / HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(out: Path) -> str:
    try:
        found = json.loads((out / HOLDER).read_text(encoding="utf-8"))
        return f"process {found['pid']} on {found['host']} (since {found['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another batch"
