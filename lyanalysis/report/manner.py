"""How chapters are executed; none of it changes what comes out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from lyanalysis.report.limits import Limits

DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Manner:
    """How chapters are executed.

    Parameters
    ----------
    limits : Limits
        Time and memory.
    workers : int
        Chapters that run at the same time.
    warm : bool
        Whether kernels are forked from a process that has imported what they need, where the
        system allows that.
    server : Path or None
        Socket of a fork server that serves several reports already.
    cache : Path or None
        Folder of executed chapters; None executes every chapter and keeps none.
    force : bool
        Execute every chapter, and keep it in the cache.
    """

    limits: Limits = DEFAULT
    workers: int = 1
    warm: bool = True
    server: Path | None = None
    cache: Path | None = None
    force: bool = False


def processors() -> int:
    """Return how many processors this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
