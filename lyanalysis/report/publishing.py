"""A finished report takes the place of the previous one in a single step.

The new folder is completed beside the old one, on the same file system, and the two are exchanged.
Where the system cannot exchange, the old folder becomes ``NAME.previous`` first; any later start
puts it back if the run was interrupted between the two steps.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from lyanalysis.errors import PublishError

LOCK_SECONDS = 60
AT_FDCWD = -100
RENAME_EXCHANGE = 2
BUSY = {errno.EBUSY, errno.EAGAIN, errno.ETXTBSY, errno.ESTALE}
"""Answers that may be different in a moment."""
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
"""Answers of a system that has no room left, or none left for this user."""


def prepare_place(target: Path) -> None:
    """Make sure that a report can be published, before the work of making it begins.

    Repairs an interrupted exchange and removes what dead or failed runs left behind.

    Parameters
    ----------
    target : Path
        Folder of the report.

    Raises
    ------
    PublishError
        If the place cannot be written to, or `target` is a file.
    """
    with _locked(target):
        _tidy(target)
        _remove(_failed(target))
        probe = _temporary(target)
        probe.mkdir()
        probe.rmdir()


def tidy_place(target: Path) -> None:
    """Remove what earlier runs left beside a report that need not be made again.

    A run that was killed right after the exchange leaves the previous report; one that failed, and
    whose cause is gone, its notebook.

    Parameters
    ----------
    target : Path
        Folder of a report that is there.

    Raises
    ------
    PublishError
        If something is left and cannot be removed.
    """
    beside = (_failed(target), _previous(target), *_unfinished(target))
    if any(path.exists() for path in beside):
        with _locked(target):
            _tidy(target)
            _remove(_failed(target))


def publish(files: Mapping[str, bytes], target: Path) -> None:
    """Put a report in its place: all files of it or none.

    Parameters
    ----------
    files : mapping of str to bytes
        File names and contents.
    target : Path
        Folder of the report; its previous contents are replaced.

    Raises
    ------
    PublishError
        If the folder cannot be written; the previous report stays as it was.
    """
    with _locked(target):
        _tidy(target)
        fresh = _temporary(target)
        try:
            _write(files, fresh)
            _swap(fresh, target)
        finally:
            # Holds the previous report after an exchange, an unfinished new one after an error.
            _remove(fresh)
        _remove(_failed(target))


def failed_notebook(target: Path, chapter: str) -> Path:
    """Return where the partly executed notebook of a failed run is kept.

    Parameters
    ----------
    target : Path
        Folder of the report.
    chapter : str
        Name of the chapter that failed.

    Returns
    -------
    Path
        A file in ``NAME.failed`` beside `target`; the next run removes that folder.
    """
    return _failed(target) / f"{chapter}.ipynb"


def failure_file(target: Path) -> Path:
    """Return where a batch notes what the last run of a report ended in.

    Parameters
    ----------
    target : Path
        Folder of the report.

    Returns
    -------
    Path
        A file in ``NAME.failed`` beside `target`; the next run removes that folder.
    """
    return _failed(target) / "failure.json"


def explain(error: OSError, target: Path) -> str:
    """Say why a folder cannot be written, and what to do.

    Parameters
    ----------
    error : OSError
        What the system answered.
    target : Path
        The folder; it may not exist.

    Returns
    -------
    str
        Reason and advice, in one line.
    """
    for part in (target, *target.parents):
        if part.is_file():
            return f"{part} is a file, not a folder; choose another folder"
    advice = "free some space" if error.errno in FULL else "allow writing there"
    return f"{error.strerror or error}; {advice} or choose another folder"


def _failed(target: Path) -> Path:
    return target.with_name(f"{target.name}.failed")


def _previous(target: Path) -> Path:
    return target.with_name(f"{target.name}.previous")


def _temporary(target: Path) -> Path:
    return target.with_name(f".{target.name}.{uuid.uuid4().hex[:12]}.tmp")


def _unfinished(target: Path) -> list[Path]:
    return [*target.parent.glob(f".{target.name}.*.tmp")]


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Let one process at a time work on a report; tell file system errors in one line."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_name(f".{target.name}.lock"), timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise PublishError(
            f"{target}: another run has been publishing this report for {LOCK_SECONDS} s; "
            "wait until it has ended",
            folder=target,
            is_transient=True,
        ) from None
    except OSError as error:
        raise PublishError(
            f"{target}: cannot be written: {explain(error, target)}; "
            "the previous report, if any, is unchanged",
            folder=target,
            is_transient=error.errno in BUSY,
        ) from error


def _tidy(target: Path) -> None:
    """Undo what a run that was killed left behind; the lock says that none is alive."""
    previous = _previous(target)
    if previous.is_dir():
        if target.exists():
            _remove(previous)
        else:
            previous.rename(target)
    for left in _unfinished(target):
        _remove(left)
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files so that they survive a power failure once the folder has its name."""
    folder.mkdir()
    for name, content in files.items():
        with (folder / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    sync_folder(folder)


def _swap(fresh: Path, target: Path) -> None:
    """Give the new folder its name; `fresh` afterwards holds the previous one, if there was."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        previous = _previous(target)
        target.rename(previous)
        try:
            fresh.rename(target)
        except OSError:
            previous.rename(target)
            raise
        _remove(previous)
    sync_folder(target.parent)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = (os.fsencode(first), os.fsencode(second))
    # Any refusal (an old kernel, a file system without it) has the slower way as its answer.
    return bool(rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows cannot open a folder and needs no such step."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    """Remove a folder, or the link to one that a user put in its place, if it is there."""
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
