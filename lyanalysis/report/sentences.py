"""The sentences of a report, and which of them were added, are gone or read otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import unescape

from nbformat import NotebookNode

from lyanalysis.export.exhibit import MIME

ALIKE = 0.6
"""How much two sentences must share to be one that was rewritten; 1 is all."""
ENDS = re.compile(
    r"(?<=[。！？])(?![。！？”’」』）])|(?<=[。！？][”’」』）])"
    r"|(?<=[.!?])\s+(?=[\"“‘(\[]?[A-Z0-9])|(?<=[.!?][)\"”’])\s+(?=[A-Z])"
)
"""Where a sentence ends: after the marks of either script, and what closes a quotation."""
STARTS_OWN_LINE = re.compile(r"\s*(#{1,6} |[-*+] |\d+[.)] |\||> |\$\$|$)")
"""A heading, an item, a row of a table, a formula, an empty line: no part of the line before."""
MARKS = re.compile(r"^\s*(#{1,6}|[-*+]|\d+[.)]|>)\s+|\*\*|(?<!\w)[*_]|[*_](?!\w)|`")
"""What Markdown adds to the words."""

Pair = tuple[str, str]
"""A sentence before and now; empty where there is none."""


def sentences_of(cells: Sequence[NotebookNode], language: str) -> list[str]:
    """Return the sentences of a chapter, from its prose and from what its cells say.

    Parameters
    ----------
    cells : sequence of NotebookNode
        Of an executed chapter.
    language : {"zh", "en"}
        Prose tagged with the other language is passed over.

    Returns
    -------
    list of str
        In reading order, without the marks of Markdown.
    """
    return [sentence for text in _texts(cells, language) for sentence in split_sentences(text)]


def _texts(cells: Sequence[NotebookNode], language: str) -> Iterator[str]:
    other = {"zh": "en", "en": "zh"}[language]
    for cell in cells:
        tags = cell.metadata.get("tags", [])
        if "remove-cell" in tags:
            continue
        if cell.cell_type == "markdown" and other not in tags:
            yield cell.source
        for output in cell.get("outputs", []):
            bundle = output.get("data", {})
            if MIME not in bundle and "text/markdown" in bundle:
                yield bundle["text/markdown"]


def split_sentences(markdown: str) -> list[str]:
    r"""Return the sentences of a text in either language.

    Parameters
    ----------
    markdown : str
        Headings, items of lists and rows of tables are sentences of their own.

    Returns
    -------
    list of str
        Without the marks of Markdown and without empty ones.

    Examples
    --------
    >>> split_sentences("## 增长\n\n增速为6.0%。**为什么？** 见“下文。”再看结构。")
    ['增长', '增速为6.0%。', '为什么？', '见“下文。”', '再看结构。']
    >>> split_sentences("GDP grew by 6.0%. Why?\nSee the\nnext chapter.")
    ['GDP grew by 6.0%.', 'Why?', 'See the next chapter.']
    """
    lines: list[str] = []
    for line in markdown.splitlines():
        if STARTS_OWN_LINE.match(line) or not lines or not lines[-1]:
            lines.append(line.strip())
        else:
            lines[-1] = f"{lines[-1]} {line.strip()}"
    # Letters of a name that would be marks are written as references.
    words = (unescape(MARKS.sub("", line)) for line in lines)
    found = (sentence.strip() for line in words for sentence in ENDS.split(line))
    return [sentence for sentence in found if sentence]


def compare_sentences(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return what was added, is gone or reads otherwise.

    Parameters
    ----------
    old, new : sequence of str
        The sentences of a chapter, before and now.

    Returns
    -------
    list of tuple of str
        Before and now, in reading order; a rewritten sentence stands beside the one it resembles
        most, all others alone.

    Examples
    --------
    >>> compare_sentences(["增速为6.0%。", "到此为止。"], ["增速为6.1%。", "另起一句话。"])
    [('增速为6.0%。', '增速为6.1%。'), ('到此为止。', ''), ('', '另起一句话。')]
    """
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            pairs += _paired(old[start:end], list(new[new_start:new_end]))
    return pairs


def _paired(old: Sequence[str], new: list[str]) -> Iterator[Pair]:
    """Put each sentence beside the one among the new that resembles it, none twice, in order."""
    start = 0
    for sentence in old:
        shares = [_alike(sentence, other) for other in new[start:]]
        best = max(range(len(shares)), key=shares.__getitem__, default=0)
        if not shares or shares[best] < ALIKE:
            yield sentence, ""
            continue
        yield from (("", other) for other in new[start : start + best])
        yield sentence, new[start + best]
        start += best + 1
    yield from (("", other) for other in new[start:])


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
