"""One report, from parameters to a published folder."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from lyanalysis.export.document import read_document
from lyanalysis.export.html import render_page
from lyanalysis.export.pdf import render_pdf
from lyanalysis.export.workbook import render_workbook
from lyanalysis.report.chapters import read_chapters
from lyanalysis.report.execution import Limits, execute_chapter
from lyanalysis.report.joining import join_chapters
from lyanalysis.report.kernel import prepare_fonts
from lyanalysis.report.manifest import as_json, build_manifest, build_run_record
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan
from lyanalysis.report.publishing import failed_notebook, prepare_place, publish

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done and how much there is."""

MANIFEST_DESCRIPTION = {
    "zh": "本报告所依据的参数、数据、笔记本和软件版本",
    "en": "Parameters, data, notebooks and package this report was made from",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A published report.

    Attributes
    ----------
    folder : Path
        Where it is.
    sizes : dict of str to int
        Bytes of each of its files.
    seconds : float
        How long the run took.
    """

    folder: Path
    sizes: dict[str, int]
    seconds: float


def render(
    parameters: Parameters,
    plan: Plan,
    out: Path,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Report:
    """Execute the chapters, join and export them, and publish everything together.

    Parameters
    ----------
    parameters : Parameters
        What the report is about.
    plan : Plan
        Chapters and title.
    out : Path
        Folder of reports; this one goes to ``REGION/YEAR-LANGUAGE`` in it.
    limits : Limits, optional
        Time limits of execution.
    progress : callable, optional
        Told of every stage and of every cell.

    Returns
    -------
    Report
        ``report.html``, ``report.pdf``, ``report.ipynb``, ``tables.xlsx``, ``manifest.json`` and
        ``run.json``.

    Raises
    ------
    ChapterError
        If a chapter fails; its partly executed notebook is kept, nothing is published.
    ExportError
        If the executed notebook cannot be shown to a reader.
    PublishError
        If the report cannot be put in its place.
    """
    target = out / parameters.region / f"{parameters.year}-{parameters.language}"
    start = datetime.now(UTC)
    stages = _Stages(progress)
    with stages.timed("prepare"):
        notebooks = read_chapters(plan)
        prepare_place(target)
    with tempfile.TemporaryDirectory(prefix="lyanalysis-") as name:
        scratch = Path(name)
        executed = _execute(notebooks, parameters, plan, target, scratch, limits, stages)
        manifest = as_json(build_manifest(parameters, plan, scratch / "reads.jsonl"))
    with stages.timed("join"):
        joined = join_chapters(executed, plan, parameters)
    files = _export(joined, manifest, stages)
    with stages.timed("publish"):
        record = build_run_record(start, datetime.now(UTC), stages.seconds, files)
        files["run.json"] = as_json(record).encode()
        publish(files, target)
    sizes = {file: len(content) for file, content in files.items()}
    return Report(target, sizes, sum(stages.seconds.values()))


class _Stages:
    """Tells of every stage and keeps its duration."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress
        self.seconds: dict[str, float] = {}

    def tell(self, stage: str, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(stage, done, total)

    @contextmanager
    def timed(self, stage: str, steps: int = 1) -> Iterator[None]:
        self.tell(stage, 0, steps)
        begin = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - begin
        self.tell(stage, steps, steps)


def _execute(
    notebooks: list[NotebookNode],
    parameters: Parameters,
    plan: Plan,
    target: Path,
    scratch: Path,
    limits: Limits | None,
    stages: _Stages,
) -> list[NotebookNode]:
    """Execute every chapter, one after the other."""
    fonts = scratch / "fonts"
    fonts.mkdir()
    prepare_fonts(fonts)
    executed = []
    for chapter, notebook in zip(plan.chapters, notebooks, strict=True):
        # Short, because the sockets of the kernel live in it.
        folder = scratch / str(chapter.number)
        folder.mkdir()
        with stages.timed(chapter.name, len(notebook.cells)):
            executed.append(
                execute_chapter(
                    notebook,
                    parameters.for_notebook(),
                    chapter=chapter.name,
                    number=chapter.number,
                    scratch=folder,
                    read_log=scratch / "reads.jsonl",
                    partial=failed_notebook(target, chapter.name),
                    limits=limits,
                    progress=partial(stages.tell, chapter.name),
                )
            )
    return executed


def _export(joined: NotebookNode, manifest: str, stages: _Stages) -> dict[str, bytes]:
    """Return the files of the report, the manifest attached to each that can hold it."""
    joined.metadata["lyanalysis"]["attachments"] = [
        {
            "name": "manifest.json",
            "mime": "application/json",
            "description": MANIFEST_DESCRIPTION[joined.metadata["lyanalysis"]["language"]],
            "text": manifest,
        }
    ]
    notebook = nbformat.writes(joined)  # type: ignore[no-untyped-call]
    files = {"report.ipynb": notebook.encode(), "manifest.json": manifest.encode()}
    document = read_document(joined, {"metadata": {"name": "report"}})
    with stages.timed("report.html"):
        files["report.html"] = render_page(document).encode()
    with stages.timed("report.pdf"):
        files["report.pdf"] = render_pdf(document)
    with stages.timed("tables.xlsx"):
        files["tables.xlsx"] = render_workbook(document)
    return files
