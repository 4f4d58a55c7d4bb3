"""How much time and memory a report may take."""

from __future__ import annotations

import ctypes
import sys
import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """What ends a run that would not end by itself.

    Parameters
    ----------
    cell : int
        Seconds a single cell may take.
    report : int
        Seconds the execution of all chapters may take together.
    start : int
        Seconds a kernel may take to start.
    memory : int
        Megabytes of data each process of a run may hold; kept on Linux only.
    """

    cell: int = 600
    report: int = 3600
    start: int = 120
    memory: int = 4096


@dataclass(frozen=True, slots=True)
class Deadline:
    """Limits of a run that has begun.

    Parameters
    ----------
    limits : Limits
        What is allowed.
    began : float, optional
        Reading of :func:`time.monotonic`; now by default.
    """

    limits: Limits
    began: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Return the seconds that are left of the report's, 0 or more."""
        return max(0.0, self.began + self.limits.report - time.monotonic())

    def for_cell(self) -> int:
        """Return the whole seconds the next cell may take, at least 1."""
        return max(1, min(self.limits.cell, int(self.left())))

    def broken(self) -> str:
        """Say which limit a cell met that took too long."""
        if self.left() < 1:
            return f"the report took longer than {self.limits.report} s, which is all it may take"
        return f"took longer than {self.limits.cell} s, which is all a cell may take"


def memory_bytes(limits: Limits) -> int | None:
    """Return the most bytes of data a process may hold, None where no system call limits them."""
    return limits.memory * 1_000_000 if sys.platform == "linux" else None


def give_back_memory() -> None:
    """Return to the system what has been freed, before other threads take more.

    The C library of Linux keeps it for the thread that freed it; other libraries have no such call.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
