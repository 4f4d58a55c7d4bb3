"""Progress of a run on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

if TYPE_CHECKING:
    from lyanalysis.report.batch import Outcome


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


@contextmanager
def show_reports() -> Iterator[Callable[[Outcome | None, int], None]]:
    """Show the reports of a batch while the block lasts.

    Yields
    ------
    callable
        Takes None and how many reports are due, then each outcome.
    """
    if not sys.stderr.isatty():
        yield lambda outcome, due: print(_line(outcome, due), file=sys.stderr, flush=True)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("reports", total=None)

        def update(outcome: Outcome | None, due: int) -> None:
            if outcome is None:
                bar.update(task, total=due)
            else:
                # Not as markup: a message may hold brackets.
                console.print(_line(outcome, due), markup=False, highlight=False)
                bar.advance(task)

        yield update


def _line(outcome: Outcome | None, due: int) -> str:
    """Return what is told of a report, in one line."""
    if outcome is None:
        return f"{due} due"
    why = outcome.message if outcome.status == "failed" else "; ".join(outcome.reasons)
    tries = f", {outcome.attempts} tries" if outcome.attempts > 1 else ""
    line = f"{outcome.id}  {outcome.status}  {outcome.seconds:.1f} s{tries}  {why}"
    return " ".join(line.splitlines())


def _print_stages() -> Callable[[str, int, int], None]:
    """Return a function that prints a line when a stage begins."""
    seen: set[str] = set()

    def update(stage: str, _done: int, _total: int) -> None:
        if stage not in seen:
            seen.add(stage)
            # One write a line: stages begin side by side.
            sys.stderr.write(f"{stage}\n")
            sys.stderr.flush()

    return update
