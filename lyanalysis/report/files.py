"""The files of a report: notebook and manifest, page, PDF and workbook."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from lyanalysis.export.document import Attachment, Document, read_document
from lyanalysis.export.html import render_page
from lyanalysis.export.pandoc import Target, convert_for
from lyanalysis.export.pdf import render_pdf
from lyanalysis.export.workbook import render_workbook
from lyanalysis.report.formats import FORMATS
from lyanalysis.report.limits import give_back_memory
from lyanalysis.report.stages import Stages

FILE_DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "manifest.json": "本报告所依据的参数、数据、笔记本和软件版本",
        "tables.xlsx": "全部图表的数据，每个图表一张工作表",
        "report.ipynb": "已执行的笔记本，可在JupyterLab中打开",
    },
    "en": {
        "manifest.json": "Parameters, data, notebooks and package this report was made from",
        "tables.xlsx": "The data of all exhibits, one sheet each",
        "report.ipynb": "The executed notebook, to be opened in JupyterLab",
    },
}
"""What the PDF says of the files inside it, by language."""
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTEBOOK_TYPE = "application/x-ipynb+json"


class Joined(NamedTuple):
    """A report before its export.

    Attributes
    ----------
    notebook : bytes
        ``report.ipynb``, with the manifest in its metadata.
    manifest : str
        Text of ``manifest.json``.
    document : Document
        The notebook as exporters read it.
    """

    notebook: bytes
    manifest: str
    document: Document


def read_joined(joined: NotebookNode, manifest: str) -> Joined:
    """Attach the manifest to a joined notebook, write the notebook and read it for export.

    Parameters
    ----------
    joined : NotebookNode
        All chapters; what is attached is noted in its metadata.
    manifest : str
        Text of ``manifest.json``.

    Returns
    -------
    Joined
        Without what only the notebook needs, above all its outlined drawings.

    Raises
    ------
    ExportError
        If the notebook cannot be shown to a reader.
    """
    joined.metadata["lyanalysis"]["attachments"] = [
        {
            "name": "manifest.json",
            "mime": "application/json",
            "description": FILE_DESCRIPTIONS[joined.metadata["lyanalysis"]["language"]][
                "manifest.json"
            ],
            "text": manifest,
        }
    ]
    notebook = _written(joined)
    document = read_document(joined, {"metadata": {"name": "report"}})
    return Joined(notebook, manifest, document)


def _written(notebook: NotebookNode) -> bytes:
    """Write a notebook with a line for each cell.

    nbformat writes a line for each line of each drawing, which takes several times the time and
    memory; it reads both alike.
    """
    nbformat.validate(notebook)
    dumps = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    cells = ",\n".join(map(dumps, notebook.cells))
    about = dumps({name: value for name, value in notebook.items() if name != "cells"})
    return f'{{"cells":[\n{cells}\n],{about[1:]}\n'.encode()


def make_files(
    joined: Joined, formats: Collection[str], stages: Stages, scratch: Path
) -> dict[str, bytes]:
    """Export a report, the manifest attached to each file that can hold it.

    Parameters
    ----------
    joined : Joined
        All chapters.
    formats : collection of str
        Which of :data:`~lyanalysis.report.formats.FORMATS` to make.
    stages : Stages
        Told of every file.
    scratch : Path
        Existing folder for what Typst reads.

    Returns
    -------
    dict of str to bytes
        Content by name, ``report.ipynb`` and ``manifest.json`` among them.

    Raises
    ------
    ExportError
        If the notebook cannot be shown to a reader.
    """
    notebook, manifest, document = joined
    files = {"report.ipynb": notebook, "manifest.json": manifest.encode()}
    targets: dict[str, Target] = {"pdf": "typst", "html": "html"}
    convert = convert_for(*(targets[name] for name in sorted(targets) if name in formats))

    def make(name: str, maker: Callable[[], bytes]) -> bytes:
        with stages.timed(FORMATS[name]):
            return maker()

    def more_files() -> list[Attachment]:
        workbook = made["xlsx"].result() if "xlsx" in made else None
        if "html" in made:
            # Else what the page takes would add to what Typst takes.
            wait([made["html"]])
        give_back_memory()
        return _more_files(document, notebook, workbook)

    makers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: render_workbook(document),
        "pdf": lambda: render_pdf(document, attach=more_files, convert=convert, scratch=scratch),
        "html": lambda: render_page(document, convert=convert).encode(),
    }
    made: dict[str, Future[bytes]] = {}
    # Two at a time: pandoc and Typst leave Python alone. The workbook begins before the PDF, which
    # it rides in, and the page takes its place.
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name in makers:
            if name in formats:
                made[name] = pool.submit(make, name, makers[name])
    # Whichever failed first, the same notebook is refused with the same words.
    for name in ("html", "xlsx", "pdf"):
        if name in made:
            files[FORMATS[name]] = made[name].result()
    return files


def _more_files(document: Document, notebook: bytes, workbook: bytes | None) -> list[Attachment]:
    """List what the PDF carries besides the manifest: the executed notebook and the workbook."""
    words = FILE_DESCRIPTIONS[document.language]
    made = [] if workbook is None else [("tables.xlsx", WORKBOOK_TYPE, workbook)]
    made.append(("report.ipynb", NOTEBOOK_TYPE, notebook))
    return [Attachment(name, mime, words[name], content) for name, mime, content in made]
