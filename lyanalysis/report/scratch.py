"""Folders for what a run writes on its way; those of runs that were killed are swept away."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from lyanalysis.errors import ChapterError, KernelLostError, PublishError
from lyanalysis.report.publishing import FULL

PREFIX = "lyanalysis-"
LEAST = 100_000
"""Bytes without which no kernel starts and no answer of one is written."""
LOCK = ".lock"
"""Suffix of the file beside a scratch folder that its run holds as long as it lives.

It is there before the folder and goes after it, so that no folder is ever without one.
"""


@contextmanager
def scratch_folder(target: Path, *, keeps_notebook: bool = False) -> Iterator[Path]:
    """Make a temporary folder; tell in one line where it has no room left.

    Parameters
    ----------
    target : Path
        The folder a report would go to, for the message.
    keeps_notebook : bool, optional
        Whether it stays where a chapter fails whose notebook is in it, to be read.

    Yields
    ------
    Path
        Empty, readable by nobody else; gone afterwards.

    Raises
    ------
    PublishError
        If there is no room for temporary files.
    """
    try:
        sweep()
        lock = Path(tempfile.gettempdir()) / f"{PREFIX}{secrets.token_hex(4)}{LOCK}"
        folder = lock.with_suffix("")
        with FileLock(lock):
            try:
                folder.mkdir(mode=0o700)
                yield folder
            except ChapterError as error:
                if keeps_notebook and error.notebook is not None:
                    # Without its lock no later run sweeps it.
                    lock.unlink()
                if isinstance(error, KernelLostError) and is_full():
                    # Before the room that is lacking becomes free again.
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
                raise
            finally:
                if lock.exists():
                    _remove(folder, lock)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise no_room(error, target) from error


def no_room(error: OSError, target: Path) -> PublishError:
    """Say that there is no room for temporary files, and what to do.

    Parameters
    ----------
    error : OSError
        What the system answered.
    target : Path
        Folder of the report that could not be made.

    Returns
    -------
    PublishError
        To be raised.
    """
    return PublishError(
        f"{tempfile.gettempdir()}: cannot be written: {error.strerror}; free some space, or let "
        "the variable TMPDIR name another folder; the previous report, if any, is unchanged",
        folder=target,
    )


def is_full() -> bool:
    """Tell whether next to nothing can be written to the folder for temporary files."""
    return shutil.disk_usage(tempfile.gettempdir()).free < LEAST


def sweep() -> None:
    """Remove the scratch folders whose runs have ended without doing so."""
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*{LOCK}"):
        try:
            with FileLock(lock, timeout=0):
                # Under the lock, so that two runs do not sweep the same folder.
                _remove(lock.with_suffix(""), lock)
        except (Timeout, OSError):
            # Alive, or somebody else's.
            continue


def _remove(folder: Path, lock: Path) -> None:
    """Remove a scratch folder, then its lock; what cannot be removed now stays for a later run."""
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        # Windows removes it when it is released.
        with suppress(OSError):
            lock.unlink(missing_ok=True)
