"""The annex a report writes about itself: what it was made from, and what had to stay out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from lyanalysis.catalog import escape_markdown
from lyanalysis.export.exhibit import MIME
from lyanalysis.report.parameters import Language

NAME = "reproducibility"
"""Stands where other cells have the name of their notebook."""
CODE_ENDS = re.compile(r"[`|\\\s]")
"""What ends code in a table, or is lost in it."""
DIGITS = 16
"""Hexadecimal digits shown of a hash; the manifest has all of them."""
WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "title": "附录：来源与复现",
        "intro": (
            "同样的参数、数据和程序给出逐字节相同的报告。下面列出本报告所依据的全部来源和输入；"
            "哈希值是SHA-256的前{digits}位，完整的值在随报告发布并嵌入PDF的manifest.json里。"
        ),
        "sources": "来源",
        "sources_how": "图表下方的来源是简写，全称、等级、网址和用到它的章列在这里。",
        "parameters": "参数",
        "parameter": "参数",
        "value": "取值",
        "data": "数据文件",
        "notebooks": "笔记本",
        "programs": "程序、依赖与字体",
        "file": "文件",
        "hash": "SHA-256",
        "package": "{name} {version}",
        "installed": "已安装的版本",
        "left_out": "没有列入的章节",
        "left_out_why": "下列各章的图表所需的数，该地区一项也没有公布，因此没有列入：",
        "and": "、",
        "none": "（无）",
    },
    "en": {
        "title": "Annex: sources and reproducibility",
        "intro": (
            "The same parameters, data and program give the same report, byte for byte. Sources "
            "and all else that went into this one are listed here. Hashes are the first {digits} "
            "digits of SHA-256; the full ones stand in manifest.json, which is published with the "
            "report and attached to the PDF."
        ),
        "sources": "Sources",
        "sources_how": (
            "The source lines under exhibits are short forms; full titles, grades, addresses and "
            "the chapters that use them are listed here."
        ),
        "parameters": "Parameters",
        "parameter": "Parameter",
        "value": "Value",
        "data": "Data files",
        "notebooks": "Notebooks",
        "programs": "Program, dependencies and fonts",
        "file": "File",
        "hash": "SHA-256",
        "package": "{name} {version}",
        "installed": "installed version",
        "left_out": "Chapters left out",
        "left_out_why": (
            "None of the figures these chapters need is published for the region, so they are left "
            "out:"
        ),
        "and": ", ",
        "none": "(none)",
    },
}


def is_empty(chapter: NotebookNode) -> bool:
    """Tell whether every exhibit of an executed chapter is a notice or lists sources.

    Parameters
    ----------
    chapter : NotebookNode
        As it comes from execution.

    Returns
    -------
    bool
        False for a chapter without any exhibit: it may be all prose.
    """
    shown = [
        output["data"][MIME]
        for cell in chapter.cells
        for output in cell.get("outputs", [])
        if MIME in output.get("data", {})
    ]
    told = [one for one in shown if not one.get("lists_sources", False)]
    return bool(told) and all(one["kind"] == "notice" for one in told)


def title_of(chapter: NotebookNode, language: Language) -> str:
    """Return the first heading of a chapter in one language.

    Parameters
    ----------
    chapter : NotebookNode
        A notebook whose prose stands in pairs of cells tagged ``zh`` and ``en``.
    language : {"zh", "en"}
        Which of the pair.

    Returns
    -------
    str
        The heading without its mark; the name of the notebook where there is none.
    """
    other = {"zh": "en", "en": "zh"}[language]
    for cell in chapter.cells:
        if cell.cell_type == "markdown" and other not in cell.metadata.get("tags", []):
            for line in cell.source.splitlines():
                if line.startswith("# "):
                    return str(line.removeprefix("# ").strip())
    return str(chapter.cells[0].metadata["lyanalysis"]["chapter"])


def write_annex(
    manifest: Mapping[str, Any],
    left_out: Sequence[str],
    sources: NotebookNode | None,
    *,
    number: str,
    language: Language,
) -> NotebookNode:
    """Write the annex on reproducibility as a chapter.

    Parameters
    ----------
    manifest : mapping
        What :func:`~lyanalysis.report.manifest.build_manifest` returned.
    left_out : sequence of str
        Number and title of each chapter that has nothing to show.
    sources : NotebookNode or None
        Cell that lists the sources of all chapters.
    number : str
        Letter of the annex.
    language : {"zh", "en"}
        Language of the report.

    Returns
    -------
    NotebookNode
        Cells that know their place, as executed chapters do.
    """
    words = WORDS[language]
    texts = [f"# {words['title']}\n\n{words['intro'].format(digits=DIGITS)}"]
    if sources is not None:
        texts.append(f"## {words['sources']}\n\n{words['sources_how']}")
    if left_out:
        listed = "\n".join(f"- {one}" for one in left_out)
        texts.append(f"## {words['left_out']}\n\n{words['left_out_why']}\n\n{listed}")
    values = [(name, _value(value, words)) for name, value in manifest["parameters"].items()]
    texts.append(_section(words["parameters"], (words["parameter"], words["value"]), values))
    heads = (words["file"], words["hash"])
    for part in ("data", "notebooks"):
        texts.append(_section(words[part], heads, map(_file, manifest[part])))
    texts.append(_section(words["programs"], heads, _programs(manifest, words)))
    cells = [new_markdown_cell(text) for text in texts]  # type: ignore[no-untyped-call]
    if sources is not None:
        cells.insert(2, sources)
    for position, cell in enumerate(cells, start=1):
        cell.metadata["lyanalysis"] = {"chapter": NAME, "number": number, "cell": position}
    made: NotebookNode = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    return made


def _programs(manifest: Mapping[str, Any], words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    package, environment = manifest["package"], manifest["environment"]
    yield words["package"].format_map(package), _code(package["sha256"][:DIGITS])
    if "lock" in environment:
        yield _file(environment["lock"])
    for name, version in environment.get("packages", {}).items():
        yield f"{name} {version}", words["installed"]
    yield from map(_file, manifest["fonts"])


def _value(value: object, words: Mapping[str, str]) -> str:
    listed = value if isinstance(value, list | tuple) else [value]
    return words["and"].join(_code(str(one)) for one in listed) or words["none"]


def _file(entry: Mapping[str, str]) -> tuple[str, str]:
    return _code(entry["file"]), _code(entry["sha256"][:DIGITS])


def _code(text: str) -> str:
    """Write a text as code; files may have any name, also one that would end it."""
    return escape_markdown(text) if CODE_ENDS.search(text) else f"`{text}`"


def _section(title: str, heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = [heads, ("---", "---"), *rows]
    return f"## {title}\n\n" + "\n".join(f"| {one} | {other} |" for one, other in lines)
