"""The notebooks of a plan, checked before any of them is executed."""

from __future__ import annotations

from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode

from lyanalysis.errors import ChapterError
from lyanalysis.report.parameters import Parameters, suggestion
from lyanalysis.report.plan import Plan


def read_chapters(plan: Plan) -> list[NotebookNode]:
    """Read the notebooks and check that each declares exactly the known parameters.

    Parameters
    ----------
    plan : Plan
        Which notebooks.

    Returns
    -------
    list of NotebookNode
        One a chapter, in order.

    Raises
    ------
    ChapterError
        If a file is not a notebook, has no cell tagged ``parameters``, or that cell declares
        something else than the fields of `Parameters`.
    """
    return [_read_chapter(plan.path(chapter), chapter.name) for chapter in plan.chapters]


def _read_chapter(path: Path, name: str) -> NotebookNode:
    """Read one notebook and compare its parameters with ours."""
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise ChapterError(
            f"chapter {name}: not a readable notebook: {reason}", chapter=name
        ) from None
    if not any("parameters" in cell.metadata.get("tags", []) for cell in notebook.cells):
        raise ChapterError(f"chapter {name}: no cell is tagged 'parameters'", chapter=name)
    # The node, not the path: papermill would fill in the braces of a path.
    declared = set(papermill.inspect_notebook(notebook))
    known = set(Parameters.model_fields)
    for unknown in sorted(declared - known):
        raise ChapterError(
            f"chapter {name}: the parameters cell declares {unknown!r}, which no report has"
            f"{suggestion(unknown, Parameters.model_fields)}",
            chapter=name,
        )
    for missing in sorted(known - declared):
        raise ChapterError(
            f"chapter {name}: the parameters cell does not declare {missing!r}; "
            "every chapter declares the same five",
            chapter=name,
        )
    return notebook
