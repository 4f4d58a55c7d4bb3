"""What both exporters are to nbconvert: their options, and how a notebook becomes a document."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from nbconvert.exporters import Exporter
from traitlets import Bool, Enum, default
from traitlets.config import Application

from lyanalysis.export.document import Document, read_document

SHAPES: Final[dict[str, type]] = {
    "tags": list,
    "jupyter": dict,
    "papermill": dict,
    "authors": list,
}
"""Metadata the exporters read; of another type they count as missing."""


class DocumentExporter(Exporter):
    """Options of ``lyanalysis-html`` and ``lyanalysis-pdf``.

    Attributes
    ----------
    language : {"", "zh", "en"}
        Which cell of each pair tagged ``zh`` and ``en`` to keep; empty takes the notebook's own
        language.
    show_code : bool
        Show the code of the cells, except of those whose input is hidden in JupyterLab or that
        are tagged ``remove-input`` or ``hide-input``.
    is_in_menu : bool
        A name JupyterLab's menu can use. A Jupyter server does not offer the others.
    """

    is_in_menu: ClassVar[bool] = False
    language = Enum(["", "zh", "en"], default_value="", help="Language to keep.").tag(config=True)
    show_code = Bool(False, help="Show the code of the cells.").tag(config=True)

    @default("enabled")
    def _default_enabled(self) -> bool:
        return self.is_in_menu or not _is_in_server()

    def read(self, nb: Any, resources: Any) -> tuple[Document, dict[str, Any]]:
        """Run nbconvert's preprocessors and read the notebook.

        Parameters
        ----------
        nb : NotebookNode
            Notebook of format 4; what the format demands may be missing.
        resources : dict or None
            nbconvert's resources.

        Returns
        -------
        document : Document
            Its warnings go to nbconvert's log.
        resources : dict
            With ``output_extension``.

        Raises
        ------
        ExportError
            If a report holds what it must not.
        """
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        notebook, resources = self._preprocess(complete(nb), resources)
        document = read_document(
            notebook,
            resources,
            language=self.language,
            show_code=self.show_code,
            warn=self.log.warning,
        )
        return document, resources

    def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, dict[str, Any]]:
        """Run the preprocessors on a copy of one's own: nbconvert makes two more of all outputs.

        What breaks the format in a detail may pass: nbformat has warned when it read it.
        """
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        return nb, resources


def _is_in_server() -> bool:
    """Tell whether this process is a Jupyter server, without importing one."""
    server = sys.modules.get("jupyter_server.serverapp")
    return (
        server is not None
        and Application.initialized()
        and isinstance(Application.instance(), server.ServerApp)
    )


def complete(notebook: Any) -> Any:
    r"""Add what the format demands and some programs leave out, and mend halves of characters.

    Parameters
    ----------
    notebook : NotebookNode
        Notebook of format 4.

    Returns
    -------
    NotebookNode
        A copy; sources and printed texts are strings.

    Examples
    --------
    >>> from nbformat import from_dict
    >>> complete(from_dict({"cells": [{"cell_type": "raw", "source": ["a\n", "b\ud83d"]}]})).cells
    [{'cell_type': 'raw', 'source': 'a\nb�', 'metadata': {}}]
    """
    whole = _mended(notebook)
    whole.setdefault("nbformat", 4)
    whole.setdefault("nbformat_minor", 4)
    _set_metadata(whole)
    for cell in whole.setdefault("cells", []):
        _set_metadata(cell)
        source = cell.get("source") or ""
        cell["source"] = source if isinstance(source, str) else "".join(source)
        if cell["cell_type"] == "heading":
            # Format 3 had these cells, and some notebooks of format 4 still do.
            cell["cell_type"] = "markdown"
            cell["source"] = f"{'#' * int(cell.get('level', 1))} {cell['source']}"
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                output for output in cell.get("outputs") or () if "output_type" in output
            ]
    return whole


def _set_metadata(part: Any) -> None:
    if not isinstance(part.get("metadata"), Mapping):
        part["metadata"] = type(part)()
    for name, kind in SHAPES.items():
        if not isinstance(part["metadata"].get(name, kind()), kind):
            del part["metadata"][name]


def _mended(part: Any) -> Any:
    if isinstance(part, str):
        # Half of a surrogate pair is legal in JSON and in no file.
        return re.sub(r"[\ud800-\udfff]", "\ufffd", part)
    if isinstance(part, Mapping):
        return type(part)((key, _mended(value)) for key, value in part.items())  # type: ignore[call-arg]
    return [_mended(item) for item in part] if isinstance(part, list) else part
