"""Executed chapters, kept so that only what has changed is executed again.

An entry is one file: a line with the hash of the rest, and the rest, compressed JSON. It is written
beside its place, by one process at a time, and moved there, so that any number of processes may
share the folder, and it may be deleted at any time. What does not agree with its hash is no entry.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import platform
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from filelock import FileLock
from nbformat import NotebookNode

LARGEST = 1_000_000_000
"""Bytes the folder may hold; the entries unused for longest go first."""
SUFFIX = ".chapter"
LOCK = ".lock"
LOCK_SECONDS = 10
"""Seconds to wait for whoever writes; without an entry a later run is slower."""


class Entry(NamedTuple):
    """An executed chapter and what it was made from.

    Attributes
    ----------
    notebook : NotebookNode
        As `execute_chapter` returned it.
    reads : dict of str to str
        Data files it read, with their hashes.
    """

    notebook: NotebookNode
    reads: dict[str, str]


def default_folder() -> Path:
    """Return the folder for caches of this user, as the platform's convention has it."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "lyanalysis" / "chapters"


def chapter_key(
    notebook: NotebookNode,
    values: Mapping[str, Any],
    place: Mapping[str, Any],
    inputs: Mapping[str, Any],
) -> str:
    """Hash everything known beforehand that decides what a chapter comes to.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter, not executed.
    values : mapping
        Its parameters.
    place : mapping
        Name and number.
    inputs : mapping
        Package, environment and fonts, as the manifest has them.

    Returns
    -------
    str
        Hexadecimal digits; the data are not in it, for they are known only afterwards.
    """
    decisive = {
        "notebook": notebook,
        "values": dict(values),
        "place": dict(place),
        "inputs": {name: inputs[name] for name in ("package", "environment", "fonts")},
        # Environments of several Pythons share the cache of their user.
        "python": platform.python_version(),
    }
    text = json.dumps(decisive, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def find(folder: Path, key: str) -> Entry | None:
    """Return an entry, None where there is none or it is damaged.

    Parameters
    ----------
    folder : Path
        The cache; it may not exist.
    key : str
        What :func:`chapter_key` returned.

    Returns
    -------
    Entry or None
        Whether its data are still those at hand is for the caller to see.
    """
    path = folder / f"{key}{SUFFIX}"
    try:
        digest, _, packed = path.read_bytes().partition(b"\n")
        if hashlib.sha256(packed).hexdigest().encode() != digest:
            return None
        content = json.loads(gzip.decompress(packed))
        # So that what is used stays when the folder is trimmed.
        os.utime(path)
        notebook: NotebookNode = nbformat.from_dict(content["notebook"])  # type: ignore[no-untyped-call]
        return Entry(notebook, content["reads"])
    except (OSError, ValueError, KeyError, EOFError):
        return None


def keep(folder: Path, key: str, entry: Entry) -> None:
    """Write an entry; a cache that cannot be written is a slower run, not an error.

    Parameters
    ----------
    folder : Path
        The cache; made if it is not there.
    key : str
        What :func:`chapter_key` returned.
    entry : Entry
        Takes the place of an older one of the same key.
    """
    content = json.dumps({"notebook": entry.notebook, "reads": entry.reads}, ensure_ascii=False)
    packed = gzip.compress(content.encode(), compresslevel=3, mtime=0)
    digest = hashlib.sha256(packed).hexdigest().encode()
    fresh = folder / f".{uuid.uuid4().hex}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=LOCK_SECONDS):
            fresh.write_bytes(digest + b"\n" + packed)
            fresh.replace(folder / f"{key}{SUFFIX}")
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def remove_unfinished(folder: Path) -> None:
    """Remove what runs left that were killed while they wrote an entry.

    Parameters
    ----------
    folder : Path
        The cache; it may not exist.
    """
    # Who writes holds the lock: with it in hand, whatever is unfinished stays so.
    with suppress(OSError):
        if any(folder.glob(".*.tmp")):
            with FileLock(folder / LOCK, timeout=LOCK_SECONDS):
                for left in folder.glob(".*.tmp"):
                    left.unlink(missing_ok=True)


def trim(folder: Path, largest: int = LARGEST) -> None:
    """Remove the entries unused for longest.

    Parameters
    ----------
    folder : Path
        The cache; it may not exist.
    largest : int, optional
        Bytes that may stay.
    """
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        with suppress(OSError):
            status = path.stat()
            found.append((status.st_mtime, status.st_size, path))
    held = 0
    for _, size, path in sorted(found, reverse=True):
        held += size
        if held > largest:
            with suppress(OSError):
                path.unlink(missing_ok=True)
