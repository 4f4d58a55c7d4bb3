"""The stages of a run: whoever watches is told of each, and how long it took is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done and how much there is."""


class Stages:
    """Tells of every stage and keeps its duration; some run side by side.

    Parameters
    ----------
    progress : callable, optional
        Told of every stage.

    Attributes
    ----------
    seconds : dict of str to float
        How long each stage took that has ended.
    """

    def __init__(self, progress: Progress | None = None) -> None:
        self.progress = progress
        self.began = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def tell(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage has come."""
        if self.progress is not None:
            self.progress(stage, done, total)

    @contextmanager
    def timed(self, stage: str, steps: int = 1) -> Iterator[None]:
        """Tell of a stage when it begins and when it ends."""
        self.tell(stage, 0, steps)
        begin = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - begin
        self.tell(stage, steps, steps)
