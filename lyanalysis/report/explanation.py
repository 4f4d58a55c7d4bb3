"""Why a report would be made again or not, and which of its chapters would be executed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lyanalysis.report import cache
from lyanalysis.report.chapters import read_chapters
from lyanalysis.report.formats import FORMATS
from lyanalysis.report.manifest import fixed_inputs
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan
from lyanalysis.report.reasons import data_reasons, report_reasons


def explain(parameters: Parameters, plan: Plan, out: Path, folder: Path) -> Iterator[str]:
    """Compare a report and the cache with what is at hand.

    Parameters
    ----------
    parameters : Parameters
        What the report is about.
    plan : Plan
        Its chapters.
    out : Path
        Folder of reports.
    folder : Path
        The cache.

    Yields
    ------
    str
        A line for the report, then one for every chapter.

    Raises
    ------
    ChapterError
        If a notebook cannot be read.
    """
    fixed = fixed_inputs(plan)
    target = out / parameters.id
    there = {name for name, file in FORMATS.items() if (target / file).is_file()}
    reasons = report_reasons(parameters, there or set(FORMATS), fixed, target)
    yield f"{parameters.id}  {'; '.join(map(str, reasons)) or 'current'}"
    values = parameters.for_notebook()
    for chapter, notebook in zip(plan.chapters, read_chapters(plan), strict=True):
        key = cache.chapter_key(notebook, values, chapter.model_dump(), fixed)
        entry = cache.find(folder, key)
        if entry is None:
            told = "to be executed: not in the cache"
        elif changed := data_reasons(entry.reads):
            told = f"to be executed: {'; '.join(map(str, changed))}"
        else:
            told = "in the cache"
        yield f"{chapter.name}  {told}"
