"""Execution of one chapter through papermill, where a warning is a failure."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import dropwhile
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from lyanalysis.errors import ChapterDataError, ChapterError, DataError, KernelLostError
from lyanalysis.report.kernel import ChapterKernel, running_kernel
from lyanalysis.report.limits import Deadline, Limits, memory_bytes

COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")
MESSAGE_LENGTH = 300
LINE_LENGTH = 80


def execute_chapter(
    notebook: NotebookNode,
    values: Mapping[str, Any],
    *,
    chapter: str,
    number: int | str,
    scratch: Path,
    read_log: Path,
    partial: Path,
    deadline: Deadline | None = None,
    server: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NotebookNode:
    """Execute a chapter in a kernel of its own and return the executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter; it is not changed.
    values : mapping of str to object
        Parameters to inject.
    chapter : str
        File name of the notebook without its suffix.
    number : int or str
        Number of the chapter, or letter of an annex.
    scratch : Path
        Existing empty folder for all the kernel writes.
    read_log : Path
        File to which the loaders append the data they read.
    partial : Path
        Where the partly executed notebook is kept when the chapter fails.
    deadline : Deadline, optional
        Limits of the run this chapter belongs to; one of its own by default.
    server : Path, optional
        Socket of a fork server for the kernel.
    progress : callable, optional
        Called before each cell with its number less one and the number of cells of the chapter.

    Returns
    -------
    NotebookNode
        Every cell carries ``metadata.lyanalysis`` with chapter, number and cell; the injected
        cell has the number of the ``parameters`` cell it follows.

    Raises
    ------
    ChapterError
        If a cell raises, warns, writes to standard error, takes too much time or memory or ends
        the kernel, or if the kernel does not start; a `ChapterDataError` if what a cell raised is
        a `DataError`, a `KernelLostError` if the kernel died or did not start.
    """
    prepared = _with_cell_numbers(notebook, chapter, number)
    deadline = deadline or Deadline(Limits())
    memory = memory_bytes(deadline.limits)
    with running_kernel(scratch, read_log, memory=memory, server=server) as kernel:
        run = _Run(chapter, partial, deadline, progress, kernel)
        return run.execute(prepared, values)


class _Run:
    """One execution: the cell it has reached and the notebook as it stands."""

    def __init__(
        self,
        chapter: str,
        partial: Path,
        deadline: Deadline,
        progress: Callable[[int, int], None] | None,
        kernel: ChapterKernel,
    ) -> None:
        self.chapter = chapter
        self.partial = partial
        self.deadline = deadline
        self.progress = progress
        self.kernel = kernel
        self.cell: NotebookNode | None = None
        self.notebook: NotebookNode | None = None

    def execute(self, prepared: NotebookNode, values: Mapping[str, Any]) -> NotebookNode:
        """Let papermill execute the notebook; turn what stops it into a `ChapterError`."""
        try:
            executed = self._run_cells(prepared, values)
        except papermill.PapermillExecutionError as error:
            self._check_outputs()
            # Some failing magics leave no error in the notebook.
            raise self._failure(f"{error.ename}: {error.evalue}") from None
        except CellTimeoutError:
            raise self._failure(self.deadline.broken()) from None
        except DeadKernelError:
            reason = self.kernel.last_words() or "out of memory, or ended by the code"
            raise self._failure(f"the kernel died: {reason}", KernelLostError) from None
        except RuntimeError as error:
            if self.notebook is not None:
                raise
            reason = self.kernel.last_words() or str(error)
            raise self._failure(f"the kernel did not start: {reason}", KernelLostError) from None
        self._check_outputs()
        return executed

    def _run_cells(self, prepared: NotebookNode, values: Mapping[str, Any]) -> NotebookNode:
        executed: NotebookNode = papermill.execute_notebook(
            prepared,
            None,  # a file would be rewritten at every cell; the notebook is kept in memory
            parameters=dict(values),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            start_timeout=self.deadline.limits.start,
            timeout_func=lambda _cell: self.deadline.for_cell(),
            iopub_timeout=self.deadline.limits.cell,  # the default of 4 s fails on a busy machine
            km=self.kernel,
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=True,
            on_notebook_start=self._start,
            on_cell_start=self._begin_cell,
        )
        return executed

    def _start(self, notebook: NotebookNode) -> None:
        self.notebook = notebook

    def _begin_cell(self, cell: NotebookNode, cell_index: int) -> None:
        assert self.notebook is not None
        cells = self.notebook.cells
        if "lyanalysis" not in cell.metadata:
            # papermill injects right after the cell it overrides.
            cell.metadata["lyanalysis"] = dict(cells[cell_index - 1].metadata["lyanalysis"])
        self.cell = cell
        if self.progress is not None:
            self.progress(_number(cell) - 1, _number(cells[-1]))

    def _check_outputs(self) -> None:
        """Raise for the first cell that holds an error or wrote to standard error."""
        assert self.notebook is not None
        for cell in self.notebook.cells:
            message = _trouble(cell.get("outputs", []), self.deadline.limits)
            if message is not None:
                self.cell = cell
                raise self._failure(message)

    def _failure(self, message: str, kind: type[ChapterError] = ChapterError) -> ChapterError:
        """Keep the notebook as it stands and return the error that names it."""
        number = None if self.cell is None else _number(self.cell)
        cell = "" if number is None else f", cell {number}"
        line = "" if self.cell is None else _line(self.cell)
        kept = None if self.notebook is None else _keep(self.notebook, self.partial)
        where = "" if kept is None else f" (kept for reading: {kept})"
        if message.startswith(f"{DataError.__name__}: "):
            kind = ChapterDataError
        return kind(
            f"chapter {self.chapter}{cell}: {_one_line(message)}{line}{where}",
            chapter=self.chapter,
            cell=number,
            notebook=kept,
        )


@contextmanager
def quiet() -> Iterator[None]:
    """Keep papermill's and traitlets' log lines off the terminal: errors are raised instead.

    Yields
    ------
    None
        While chapters are executed, perhaps several at once.
    """
    loggers = [logging.getLogger(name) for name in ("papermill", "traitlets")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def _with_cell_numbers(notebook: NotebookNode, chapter: str, number: int | str) -> NotebookNode:
    """Return a copy whose cells know their place, counted as the author sees it."""
    numbered = copy.deepcopy(notebook)
    for position, cell in enumerate(numbered.cells, start=1):
        cell.metadata["lyanalysis"] = {"chapter": chapter, "number": number, "cell": position}
    return numbered


def _keep(notebook: NotebookNode, path: Path) -> Path | None:
    """Write the notebook with as many cells as its source, so that cell numbers agree.

    The injected cell joins the ``parameters`` cell and papermill's banners go.
    """
    kept = copy.deepcopy(notebook)
    cells: list[NotebookNode] = []
    for cell in kept.cells:
        tags = cell.metadata.get("tags", [])
        if "injected-parameters" in tags:
            cells[-1].source += f"\n\n{cell.source}"
        elif "papermill-error-cell-tag" not in tags:
            cells.append(cell)
    kept.cells = cells
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(kept, path)  # type: ignore[no-untyped-call]
    except OSError:
        # What ended the chapter matters more than a folder without room for its notebook.
        return None
    return path


def _trouble(outputs: list[NotebookNode], limits: Limits) -> str | None:
    """Return what a cell raised or wrote to standard error, else None."""
    for output in outputs:
        if output.output_type == "error":
            if output.ename.endswith("MemoryError"):
                return (
                    f"needed more than {limits.memory} MB of memory, which is all a process of a "
                    f"run may hold ({output.ename}: {output.evalue})"
                )
            warning = "warning: " if output.ename.endswith("Warning") else ""
            return f"{warning}{output.ename}: {output.evalue}"
    for output in outputs:
        if output.output_type == "stream" and output.name == "stderr":
            warned = re.search(r"\w*Warning: .*", output.text)
            return f"warning: {warned.group()}" if warned else f"wrote to stderr: {output.text}"
    return None


def _number(cell: NotebookNode) -> int:
    """Return the number of a cell, as its author counts."""
    number: int = cell.metadata["lyanalysis"]["cell"]
    return number


def _line(cell: NotebookNode) -> str:
    """Quote what an author can search for: JupyterLab shows no numbers of cells.

    The line that raised, where the kernel told it; else the one the cell begins with.
    """
    # The kernel takes away empty lines at the beginning before it counts.
    lines = [*dropwhile(lambda line: not line.strip(), cell.source.splitlines())]
    outputs = cell.get("outputs", [])
    trace = "\n".join(line for output in outputs for line in output.get("traceback", []))
    told = re.search(r"Cell In ?\[\d+\], line (\d+)", COLOUR_CODES.sub("", trace))
    if told and int(told[1]) <= len(lines):
        return f", in the line `{_one_line(lines[int(told[1]) - 1], LINE_LENGTH)}`"
    code = (line for line in lines if line.strip() and not line.lstrip().startswith("#"))
    return f", in the cell that begins `{_one_line(next(code, ''), LINE_LENGTH)}`"


def _one_line(text: str, length: int = MESSAGE_LENGTH) -> str:
    """Return text without colours and line breaks, cut to a readable length."""
    line = " ".join(COLOUR_CODES.sub("", text).split()).removesuffix(":")
    return line if len(line) <= length else line[: length - 1] + "…"
