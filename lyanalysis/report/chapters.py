"""The notebooks of a plan, checked before any of them is executed."""

from __future__ import annotations

import copy
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode

from lyanalysis.errors import ChapterError
from lyanalysis.report.parameters import Parameters, suggestion
from lyanalysis.report.plan import Plan

KERNEL = {"name": "python3", "language": "python"}


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
        # AttributeError: nbformat meets JSON that is a list or a number.
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, AttributeError, nbformat.ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise ChapterError(
            f"chapter {name}: {path} is not a readable notebook: {reason}; "
            "save it again in JupyterLab or restore an earlier copy",
            chapter=name,
        ) from None
    fields = Parameters.model_fields
    if not any("parameters" in cell.metadata.get("tags", []) for cell in notebook.cells):
        raise ChapterError(
            f"chapter {name}: no cell is tagged 'parameters'; give that tag to the cell that "
            f"assigns {', '.join(fields)}",
            chapter=name,
        )
    # A node, not the path: papermill would fill in the braces of a path. And a chapter runs in our
    # kernel whatever it says of its own, which may be nothing.
    inspected = copy.copy(notebook)
    inspected.metadata = {"kernelspec": KERNEL}
    declared = papermill.inspect_notebook(inspected)
    for unknown in sorted(declared.keys() - fields.keys()):
        raise ChapterError(
            f"chapter {name}: the parameters cell declares {unknown!r}, which no report has"
            f"{suggestion(unknown, fields)}; correct it, or assign it in another cell",
            chapter=name,
        )
    for missing in sorted(fields.keys() - declared.keys()):
        raise ChapterError(
            f"chapter {name}: the parameters cell does not declare {missing!r}; assign it there, "
            f"every chapter declares {', '.join(fields)}",
            chapter=name,
        )
    return notebook
