"""All chapters of one report: taken from the cache or executed, several at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode

from lyanalysis.report import cache
from lyanalysis.report.ahead import prepare_kernels, warm_server
from lyanalysis.report.cache import Entry
from lyanalysis.report.execution import execute_chapter, quiet
from lyanalysis.report.kernel import stop_kernels
from lyanalysis.report.limits import Deadline
from lyanalysis.report.manifest import read_reads
from lyanalysis.report.manner import Manner
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan
from lyanalysis.report.publishing import failed_notebook
from lyanalysis.report.reasons import data_reasons
from lyanalysis.report.stages import Stages

PAUSE = 0.2
"""Seconds between looks at what runs."""
THREADS = "chapter"
"""What the names of the threads begin with that wait for kernels."""


def run_chapters(
    notebooks: Sequence[NotebookNode],
    parameters: Parameters,
    plan: Plan,
    fixed: Mapping[str, Any],
    *,
    manner: Manner,
    target: Path,
    scratch: Path,
    stages: Stages,
    meanwhile: Callable[[], object] = lambda: None,
) -> list[Entry]:
    """Return every chapter executed, in order.

    Parameters
    ----------
    notebooks : sequence of NotebookNode
        The chapters of `plan`, checked.
    parameters, plan
        What the report is about, and the names and numbers of its chapters.
    fixed : mapping
        What :func:`~lyanalysis.report.manifest.fixed_inputs` returned.
    manner : Manner
        How to execute.
    target : Path
        Folder of the report, beside which a failed notebook is kept.
    scratch : Path
        Existing folder with a short name, for the kernels.
    stages : Stages
        Told of every chapter.
    meanwhile : callable, optional
        Called once the first chapters have been begun, which have to wait for their kernels.

    Returns
    -------
    list of Entry
        Notebooks with what each read.

    Raises
    ------
    ChapterError
        The first in the order of the report; chapters that run beside it come to their end and are
        kept in the cache.
    """
    values = parameters.for_notebook()
    keys = [
        cache.chapter_key(notebook, values, chapter.model_dump(), fixed)
        for chapter, notebook in zip(plan.chapters, notebooks, strict=True)
    ]
    entries = [None if manner.force else find_current(manner.cache, key) for key in keys]
    due = [at for at, entry in enumerate(entries) if entry is None]
    for at in sorted(set(range(len(entries))) - set(due)):
        stages.tell(plan.chapters[at].name, 1, 1)
    deadline = Deadline(manner.limits)
    if manner.cache is not None:
        cache.remove_unfinished(manner.cache)

    def execute(at: int, server: Path | None) -> Entry:
        chapter, notebook = plan.chapters[at], notebooks[at]
        # Short, because the sockets of the kernel live in it where they can.
        folder = scratch / str(chapter.number)
        folder.mkdir()
        with stages.timed(chapter.name, len(notebook.cells)):
            executed = execute_chapter(
                notebook,
                values,
                chapter=chapter.name,
                number=chapter.number,
                scratch=folder,
                read_log=folder / "reads.jsonl",
                partial=failed_notebook(target, chapter.name),
                deadline=deadline,
                server=server,
                progress=partial(stages.tell, chapter.name),
            )
        entry = Entry(executed, read_reads(folder / "reads.jsonl"))
        if manner.cache is not None:
            cache.keep(manner.cache, keys[at], entry)
        return entry

    if due:
        prepare_kernels(scratch)
        with quiet(), warm_server(manner, [notebooks[at] for at in due], scratch) as server:
            calls = [partial(execute, at, server) for at in due]
            made = _side_by_side(calls, manner.workers, meanwhile)
        for at, entry in zip(due, made, strict=True):
            entries[at] = entry
    return [entry for entry in entries if entry is not None]


def find_current(folder: Path | None, key: str) -> Entry | None:
    """Return a chapter from the cache if the data it read are still the same.

    Parameters
    ----------
    folder : Path or None
        The cache, if there is one.
    key : str
        Key of the chapter.

    Returns
    -------
    Entry or None
        None where the chapter must be executed.
    """
    entry = None if folder is None else cache.find(folder, key)
    return None if entry is None or data_reasons(entry.reads) else entry


def _in_thread(call: Callable[[], Entry]) -> Entry:
    """Make a call in a thread of the pool and close the event loop that Jupyter gave the thread."""
    try:
        return call()
    finally:
        ensure_event_loop().close()


def _side_by_side(
    calls: Sequence[Callable[[], Entry]], workers: int, meanwhile: Callable[[], object]
) -> list[Entry]:
    """Make all calls; raise the first error in their order once those that run have ended."""
    pool = ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix=THREADS)
    try:
        futures = [pool.submit(_in_thread, call) for call in calls]
        meanwhile()
        # Not for ever at once: a signal that comes just before a wait is seen only after it.
        while _go_on(*wait(futures, PAUSE, FIRST_EXCEPTION)):
            pass
    except BaseException:
        # Interrupted: what runs is not waited for, and a kernel may be about to start.
        pool.shutdown(wait=False, cancel_futures=True)
        while any(thread.name.startswith(THREADS) for thread in threading.enumerate()):
            stop_kernels()
            time.sleep(PAUSE)
        raise
    pool.shutdown(cancel_futures=True)
    for future in futures:
        if not future.cancelled() and (error := future.exception()) is not None:
            raise error
    return [future.result() for future in futures]


def _go_on(done: Collection[Future[Entry]], running: Collection[Future[Entry]]) -> bool:
    """Tell whether there is something to wait for: all are begun until one has failed."""
    return bool(running) and all(future.exception() is None for future in done)
