"""Executed chapters become one notebook: numbered exhibits, a cover, nothing that varies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from lyanalysis import __version__, catalog
from lyanalysis.export.exhibit import MIME, Place, read_exhibit
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan

KEPT_CELL_METADATA = ("tags", "alt", "lyanalysis")
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}


def join_chapters(
    chapters: Sequence[NotebookNode],
    plan: Plan,
    parameters: Parameters,
    *,
    data: Path | None = None,
) -> NotebookNode:
    """Join executed chapters into the notebook of the report.

    Parameters
    ----------
    chapters : sequence of NotebookNode
        As `execute_chapter` returns them, in order; they are not changed.
    plan : Plan
        Title, authors and keywords.
    parameters : Parameters
        What the report is about.
    data : Path, optional
        Data folder; the shipped one by default.

    Returns
    -------
    NotebookNode
        Without timings, execution counts and paths; cell ids follow from chapter and position.
        Figures and tables are counted separately in each chapter (``"2-1"``).
        ``metadata.lyanalysis`` holds what the cover needs, the name of the folder of own data
        among it where there is one; its list ``attachments`` is empty.

    Raises
    ------
    ExportError
        If an exhibit is incomplete, in another language, or its id is used twice.
    """
    cells = [_clean(cell) for chapter in chapters for cell in chapter.cells]
    _set_ids(cells)
    _number_exhibits(cells, parameters.language)
    front = _front(plan, parameters, data)
    front["data_date"] = _newest_date(_source_ids(cells), data)
    own = catalog.own_data(data)
    if own is not None:
        front["own_data"] = own.name
    joined: NotebookNode = new_notebook(  # type: ignore[no-untyped-call]
        cells=cells,
        metadata={"kernelspec": KERNEL, "language_info": LANGUAGE, "lyanalysis": front},
    )
    # Set here, because nbformat takes the newest minor version it knows.
    joined.nbformat_minor = 5
    return joined


def _clean(cell: NotebookNode) -> NotebookNode:
    """Return a copy of a cell with only what a reader or an exporter needs."""
    kept = deepcopy(cell)
    for key in set(kept.metadata).difference(KEPT_CELL_METADATA):
        del kept.metadata[key]
    if cell.cell_type == "code":
        kept.execution_count = None
        for output in kept.outputs:
            if output.output_type == "execute_result":
                output.execution_count = None
    return kept


def _set_ids(cells: Sequence[NotebookNode]) -> None:
    """Give every cell an id that tells its place and never changes."""
    for cell in cells:
        place = cell.metadata["lyanalysis"]
        injected = "-parameters" if "injected-parameters" in cell.metadata.get("tags", []) else ""
        cell["id"] = f"chapter-{place['number']}-cell-{place['cell']}{injected}"


def _number_exhibits(cells: Sequence[NotebookNode], language: str) -> None:
    """Check every exhibit and write its number into its JSON."""
    counts: Counter[tuple[object, str]] = Counter()
    places: dict[str, Place] = {}
    for cell, bundle in _bundles(cells):
        place = Place(**cell.metadata["lyanalysis"])
        exhibit = read_exhibit(bundle, place)
        if exhibit.id in places:
            raise place.error(f"exhibit id {exhibit.id!r} is already used in {places[exhibit.id]}.")
        if exhibit.language != language:
            raise place.error(
                f"exhibit {exhibit.id!r} is in {exhibit.language!r}, the report in {language!r}."
            )
        places[exhibit.id] = place
        counts[place.number, exhibit.kind] += 1
        number = f"{place.number}-{counts[place.number, exhibit.kind]}"
        bundle[MIME]["number"] = None if exhibit.kind == "notice" else number


def _bundles(cells: Iterable[NotebookNode]) -> Iterator[tuple[NotebookNode, dict[str, Any]]]:
    """Yield the MIME bundle of every exhibit with the cell that shows it, in order."""
    for cell in cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                yield cell, output["data"]


def _front(plan: Plan, parameters: Parameters, data: Path | None) -> dict[str, Any]:
    """Return what the cover and the document properties say."""
    language = parameters.language
    region = catalog.region_name(parameters.region, language, data=data)
    words = {"region": region, "year": parameters.year, "first_year": parameters.first_year}
    return {
        "title": getattr(plan.report.title, language).format_map(words),
        "subtitle": getattr(plan.report.subtitle, language).format_map(words),
        "language": language,
        "region": region,
        "period": f"{parameters.first_year}–{parameters.year}",
        "edition": catalog.data_edition(data),
        "version": __version__,
        "keywords": list(getattr(plan.report.keywords, language)),
        "authors": list(plan.report.authors),
        "attachments": [],
    }


def _source_ids(cells: Sequence[NotebookNode]) -> set[str]:
    """Return the sources that the exhibits name."""
    return {id_ for _, bundle in _bundles(cells) for id_ in bundle[MIME].get("source_ids", [])}


def _newest_date(source_ids: Iterable[str], data: Path | None) -> str:
    """Return the newest date of publication; "" when no exhibit names a source.

    Dates may be partial ("2026", "2024-12"): as text they sort by what they share.
    """
    return max((catalog.source(id_, data=data).published for id_ in source_ids), default="")
