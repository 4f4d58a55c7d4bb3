"""A fork server for the chapters of one report, if need be before the run knows what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from nbformat import NotebookNode

from lyanalysis.report.chapters import read_chapters
from lyanalysis.report.kernel import kernel_environment, prepare_fonts
from lyanalysis.report.manner import Manner
from lyanalysis.report.plan import Plan
from lyanalysis.report.processes import fork_server, import_statements
from lyanalysis.report.scratch import scratch_folder


@contextmanager
def warmed(plan: Plan, manner: Manner, out: Path) -> Iterator[Manner]:
    """Start a fork server that imports what chapters need while its user imports the rest.

    Parameters
    ----------
    plan : Plan
        The chapters.
    manner : Manner
        How they will be executed.
    out : Path
        Folder of reports, for a message.

    Yields
    ------
    Manner
        With the server, where one is asked for and pays.

    Raises
    ------
    ChapterError
        If a notebook is none of ours.
    PublishError
        If there is no room for temporary files.
    """
    notebooks = read_chapters(plan)
    with scratch_folder(out) as scratch:
        prepare_kernels(scratch)
        with warm_server(manner, notebooks, scratch) as server:
            yield replace(manner, server=server)


@contextmanager
def warm_server(
    manner: Manner, notebooks: Sequence[NotebookNode], scratch: Path
) -> Iterator[Path | None]:
    """Start a fork server where it is asked for and pays: not for a single kernel.

    Parameters
    ----------
    manner : Manner
        How chapters are executed; a server it has already is used.
    notebooks : sequence of NotebookNode
        The chapters.
    scratch : Path
        Existing folder with a short name, prepared by :func:`prepare_kernels`.

    Yields
    ------
    Path or None
        Socket of the server.
    """
    if manner.server is not None or not manner.warm or len(notebooks) < 2:
        yield manner.server
        return
    folder = scratch / "f"
    folder.mkdir()
    environment = kernel_environment(folder, folder / "unused")
    with fork_server(import_statements(notebooks), folder, environment) as server:
        yield server


def prepare_kernels(scratch: Path) -> None:
    """Do what must be done before any kernel is started.

    Parameters
    ----------
    scratch : Path
        Existing folder.
    """
    fonts = scratch / "fonts"
    fonts.mkdir()
    prepare_fonts(fonts)
