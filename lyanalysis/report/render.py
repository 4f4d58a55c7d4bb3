"""One report, from parameters to a published folder."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from lyanalysis.report.annex import is_empty, title_of, write_annex
from lyanalysis.report.cache import Entry
from lyanalysis.report.changes import since_last_edition
from lyanalysis.report.chapter_runs import run_chapters
from lyanalysis.report.chapters import read_chapters
from lyanalysis.report.citations import list_sources, take_out_lists
from lyanalysis.report.compare import compare
from lyanalysis.report.edition import MANIFEST, Edition, Manifest, read_edition
from lyanalysis.report.formats import FORMATS
from lyanalysis.report.joining import join_chapters
from lyanalysis.report.manifest import (
    as_json,
    build_manifest,
    build_run_record,
    fixed_inputs,
    merge_reads,
)
from lyanalysis.report.manner import Manner
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan
from lyanalysis.report.publishing import prepare_place, publish
from lyanalysis.report.scratch import scratch_folder
from lyanalysis.report.stages import Progress, Stages


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
    formats: Collection[str] = frozenset(FORMATS),
    since: Path | None = None,
    manner: Manner | None = None,
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
    formats : collection of str, optional
        Which of :data:`~lyanalysis.report.formats.FORMATS` to make; all by default. What is left
        out is not in the published folder, even where the previous report had it.
    since : Path, optional
        A published report, folder or PDF: what has changed since then opens the new one.
    manner : Manner, optional
        Limits, workers, cache; by default one chapter after the other, without a cache.
    progress : callable, optional
        Told of every stage and of every cell.

    Returns
    -------
    Report
        ``report.ipynb``, ``manifest.json``, ``run.json`` and the files of `formats`.

    Raises
    ------
    ChapterError
        If a chapter fails; its partly executed notebook is kept, nothing is published.
    DataError
        If a data file changes during the run.
    EditionError
        If `since` is no report.
    ParameterError
        If `since` is about another region or in another language.
    ExportError
        If the executed notebook cannot be shown to a reader.
    PublishError
        If the report cannot be put in its place.
    """
    target = out / parameters.id
    start = datetime.now(UTC)
    stages = Stages(progress)
    with stages.timed("prepare"):
        notebooks = read_chapters(plan)
        # Before the run: it may be the very report that is to be replaced.
        before = None if since is None else read_edition(since)
        prepare_place(target)
    fixed = fixed_inputs(plan)
    with scratch_folder(target) as scratch:
        made = run_chapters(
            notebooks,
            parameters,
            plan,
            fixed,
            manner=manner or Manner(),
            target=target,
            scratch=scratch,
            stages=stages,
            meanwhile=_load_exporters,
        )
        # Loaded by now: see below.
        from lyanalysis.report.files import make_files, read_joined

        with stages.timed("join"):
            notebook, manifest = _join(made, plan, parameters, fixed, before)
            # Typst needs the room.
            del made, before
            joined = read_joined(notebook, manifest)
            del notebook
        files = make_files(joined, formats, stages, scratch)
    with stages.timed("publish"):
        record = build_run_record(start, datetime.now(UTC), stages.seconds, files)
        files["run.json"] = as_json(record).encode()
        publish(files, target)
    sizes = {file: len(content) for file, content in files.items()}
    return Report(target, sizes, time.perf_counter() - stages.began)


def _join(
    made: Sequence[Entry],
    plan: Plan,
    parameters: Parameters,
    fixed: Mapping[str, Any],
    before: Edition | None,
) -> tuple[NotebookNode, str]:
    """Return all chapters as one notebook, and the text of the manifest."""
    manifest = build_manifest(parameters, fixed, merge_reads(one.reads for one in made))
    chapters = _with_annex([one.notebook for one in made], plan, parameters, manifest)
    joined = join_chapters(chapters, plan, parameters)
    if before is not None:
        joined, manifest = _opened_by_changes(before, joined, manifest, chapters, plan)
    return joined, as_json(manifest)


def _opened_by_changes(
    before: Edition,
    joined: NotebookNode,
    manifest: dict[str, Any],
    chapters: list[NotebookNode],
    plan: Plan,
) -> tuple[NotebookNode, dict[str, Any]]:
    """Put in front of a report what has changed since an edition, which the manifest then names."""
    described = Manifest.model_validate_json(as_json(manifest))
    fresh = Edition(Path(), False, {}, described, joined)
    opening = since_last_edition(compare(before, fresh), described.parameters.language)
    digest = hashlib.sha256(before.files[MANIFEST]).hexdigest()
    named = manifest | {"since": {"file": MANIFEST, "sha256": digest}}
    return join_chapters([opening, *chapters], plan, described.parameters), named


def _with_annex(
    executed: list[NotebookNode], plan: Plan, parameters: Parameters, manifest: dict[str, Any]
) -> list[NotebookNode]:
    """Leave out chapters that have nothing to show, and gather in an annex what all have."""
    if plan.annex is None:
        return executed
    language = parameters.language
    kept = [chapter for chapter in executed if not is_empty(chapter)]
    left_out = [
        f"{about.number} {title_of(chapter, language)}"
        for about, chapter in zip(plan.chapters, executed, strict=True)
        if is_empty(chapter)
    ]
    number = plan.annex.reproducibility
    sources = list_sources(kept, language)
    annex = write_annex(manifest, left_out, sources, number=number, language=language)
    return [*take_out_lists(kept), annex]


def _load_exporters() -> None:
    """Import what is needed last: it takes long, and kernels that start leave the time."""
    import lyanalysis.report.files  # noqa: F401
