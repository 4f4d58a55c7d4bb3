"""Folders for what a run writes on its way; those of runs that were killed are swept away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from lyanalysis.errors import PublishError
from lyanalysis.report.publishing import FULL

PREFIX = "lyanalysis-"
LOCK = "lock"
"""File in a scratch folder that its run holds as long as it lives."""


@contextmanager
def scratch_folder(target: Path) -> Iterator[Path]:
    """Make a temporary folder; tell in one line where it has no room left.

    Parameters
    ----------
    target : Path
        The folder a report would go to, for the message.

    Yields
    ------
    Path
        Empty but for the file that shows that its run is alive; gone afterwards.

    Raises
    ------
    PublishError
        If there is no room for temporary files.
    """
    try:
        sweep()
        with (
            tempfile.TemporaryDirectory(prefix=PREFIX) as name,
            FileLock(Path(name) / LOCK),
        ):
            yield Path(name)
    except OSError as error:
        if error.errno not in FULL:
            raise
        folder = tempfile.gettempdir()
        raise PublishError(
            f"{folder}: cannot be written: {error.strerror}; free some space, or let the variable "
            "TMPDIR name another folder; the previous report, if any, is unchanged",
            folder=target,
        ) from error


def sweep() -> None:
    """Remove the scratch folders whose runs have ended without doing so."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        lock = folder / LOCK
        if not lock.is_file():
            continue
        try:
            with FileLock(lock, timeout=0):
                # Under the lock, so that two runs do not sweep the same folder.
                shutil.rmtree(folder, ignore_errors=True)
        except (Timeout, OSError):
            # Alive, or somebody else's.
            continue
