"""Progress of a run on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show the stages of a run while the block lasts.

    Yields
    ------
    callable
        Takes the name of a stage, how much of it is done and how much there is.
    """
    # Not rich's own test, which FORCE_COLOR in a log of a scheduled run would mislead.
    if not sys.stderr.isatty():
        yield _print_stages()
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def update(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage)
            bar.update(tasks[stage], completed=done, total=total)

        yield update


def _print_stages() -> Callable[[str, int, int], None]:
    """Return a function that prints a line when a stage begins."""
    seen: set[str] = set()

    def update(stage: str, _done: int, _total: int) -> None:
        if stage not in seen:
            seen.add(stage)
            print(stage, file=sys.stderr, flush=True)

    return update
