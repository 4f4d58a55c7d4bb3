"""One list of sources for the whole report, made of those that chapters end with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from lyanalysis.export.exhibit import MIME
from lyanalysis.report.parameters import Language

ID = "all-sources"
"""Identifier of the list of the whole report."""
KEY, GRADE, DATE = "source_source_id", "source_grade", "source_published"
"""Columns of the data behind a list of sources."""
WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "caption": "本报告的全部来源",
        "alt": "按等级和日期列出各章图表所用来源的标题、发布者、日期、网址和用到它的章。",
        "note": (
            "A为统计部门和政府的正式文本，B为媒体报道、年鉴的转录和其他整理，C为汇总网站。标题保留来源的语言；"
            "同一文件有两个网址的，两个都列出。"
        ),
        "chapters": "章",
    },
    "en": {
        "caption": "All sources of this report",
        "alt": "By grade and date: title, publisher, date and address of the sources behind the "
        "exhibits, and the chapters that use them.",
        "note": (
            "A: official texts of statistical offices and governments. B: media reports, "
            "transcriptions of yearbooks and other compilations. C: aggregators. Titles stay in "
            "the language of the source; a document found at two addresses is listed with both."
        ),
        "chapters": "Chapters",
    },
}


def take_out_lists(chapters: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Return chapters without their lists of sources.

    Parameters
    ----------
    chapters : sequence of NotebookNode
        As they come from execution; they are not changed.

    Returns
    -------
    list of NotebookNode
        Copies. With a list goes its section: the prose before it as far back as the nearest
        headings below that of the chapter, one in each language.
    """
    kept = []
    for chapter in chapters:
        copied = deepcopy(chapter)
        dropped: set[int] = set()
        for position, cell in enumerate(copied.cells):
            if any(True for _ in _lists(cell)):
                dropped |= {*range(_section_start(copied.cells, position), position + 1)}
        copied.cells = [cell for place, cell in enumerate(copied.cells) if place not in dropped]
        kept.append(copied)
    return kept


def list_sources(chapters: Sequence[NotebookNode], language: Language) -> NotebookNode | None:
    """Make one list of the sources of all chapters.

    Parameters
    ----------
    chapters : sequence of NotebookNode
        As they come from execution.
    language : {"zh", "en"}
        Language of the report.

    Returns
    -------
    NotebookNode or None
        A code cell that shows the list, by grade, then newest first, each source with the chapters
        that name it; None where no chapter has one.
    """
    found: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {}
    pattern: dict[str, Any] = {}
    for chapter in chapters:
        for cell in chapter.cells:
            number = str(cell.metadata["lyanalysis"]["number"])
            for content in _lists(cell):
                if content["kind"] == "notice":
                    continue
                pattern = content
                names = [column["name"] for column in content["data"]["columns"]]
                rows = zip(content["data"]["rows"], content["table"]["rows"], strict=True)
                for raw, shown in rows:
                    about = dict(zip(names, raw, strict=True))
                    numbers = found.setdefault(about[KEY], (about, shown, []))[2]
                    if number not in numbers:
                        numbers.append(number)
    if not found:
        return None
    ordered = sorted(sorted(found.values(), key=lambda one: one[0][KEY]), key=_date, reverse=True)
    ordered = sorted(ordered, key=lambda one: str(one[0][GRADE]))
    words = WORDS[language]
    content = deepcopy(pattern)
    content |= {"id": ID, **{name: words[name] for name in ("caption", "alt", "note")}}
    heading = {"label": words["chapters"], "unit": ""}
    content["data"]["columns"].append({"name": "chapters", **heading})
    content["data"]["rows"] = [[*about.values(), _joined(numbers)] for about, _, numbers in ordered]
    content["table"]["columns"].append({"align": "left", **heading})
    content["table"]["rows"] = [[*shown, _joined(numbers)] for _, shown, numbers in ordered]
    bundle = {MIME: content, "text/plain": f"[table] {words['caption']}"}
    output = new_output("display_data", data=bundle)  # type: ignore[no-untyped-call]
    made: NotebookNode = new_code_cell("", outputs=[output])  # type: ignore[no-untyped-call]
    return made


def _section_start(cells: Sequence[NotebookNode], position: int) -> int:
    """Return where the section that ends with the cell at `position` begins."""
    start = position
    while start > 0 and cells[start - 1].cell_type == "markdown":
        start -= 1
        if cells[start].source.startswith("##"):
            twin = start > 0 and cells[start - 1].source.startswith("##")
            # The same heading in the other language, not that of the section before.
            other = twin and cells[start - 1].metadata.get("tags") != cells[start].metadata.get(
                "tags"
            )
            return start - 1 if other else start
    return position


def _lists(cell: NotebookNode) -> Iterator[dict[str, Any]]:
    for output in cell.get("outputs", []):
        content = output.get("data", {}).get(MIME)
        if content and content.get("lists_sources", False):
            yield content


def _date(one: tuple[dict[str, Any], list[str], list[str]]) -> str:
    return str(one[0][DATE])


def _joined(numbers: Sequence[str]) -> str:
    return ", ".join(numbers)
