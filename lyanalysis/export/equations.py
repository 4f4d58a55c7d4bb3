r"""Numbers of equations: ``\tag`` is shown, ``\ref`` and ``\eqref`` read as what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from lyanalysis.export.markdown import DISPLAYED, PROTECTED

REFERENCE: Final = re.compile(r"(?<!\\)\\(?P<kind>eqref|ref)\{(?P<label>[^{}$\n]+)\}")
LABEL: Final = re.compile(r"\\label\{([^{}]*)\}")
TAG: Final = re.compile(r"\\tag(?P<star>\*?)\{(?P<tag>[^{}]*)\}")
ROW_END: Final = re.compile(r"\\\\|\\begin\{[^{}]*\}|\\end\{[^{}]*\}")
"""Ends of rows, and the environments inside a row that have rows of their own."""


def number_equations(
    texts: Sequence[str], *, refuse: Callable[[int, str], None]
) -> tuple[str, ...]:
    r"""Show the numbers of equations, and name them where the texts refer to them.

    Parameters
    ----------
    texts : sequence of str
        Markdown of a document in reading order, formulas between dollars.
    refuse : callable
        Told the position of a text and a reference in it to an equation that does not exist.

    Returns
    -------
    tuple of str
        A row with a tag, or with a label that some text refers to, ends with its number in
        parentheses. Equations to which nothing refers stay without, and code as it is.

    Examples
    --------
    >>> texts = [r"$$a = b \label{sum}$$", r"By \eqref{sum}, as \ref{sum} says"]
    >>> print("\n".join(number_equations(texts, refuse=print)))
    $$a = b \qquad (1)$$
    By (1), as 1 says
    """
    if not any(r"\tag" in text or r"ref{" in text for text in texts):
        return tuple(texts)
    bare = (PROTECTED.sub("", text) for text in texts)
    wanted = {found["label"] for text in bare for found in REFERENCE.finditer(text)}
    numbers: dict[str, str] = {}
    counted: list[str] = []

    def number(row: str) -> str:
        labels, tag = LABEL.findall(row), TAG.search(row)
        # Counted are those without a tag only, as in LaTeX.
        if tag:
            shown = tag["tag"] if tag["star"] else f"({tag['tag']})"
        elif wanted.intersection(labels):
            shown = f"({1 + len(counted)})"
            counted.append(shown)
        else:
            return row
        numbers.update(dict.fromkeys(labels, shown))
        plain = TAG.sub("", LABEL.sub("", row)).rstrip()
        symbols = shown if re.fullmatch(r"\(?\d+\)?", shown) else rf"\text{{{shown}}}"
        return rf"{plain} \qquad {symbols}{row[len(row.rstrip()) :]}"

    numbered = [_outside_code(text, lambda part: _each_formula(part, number)) for text in texts]

    def name(position: int, found: re.Match[str]) -> str:
        shown = numbers.get(found["label"])
        if shown is None:
            refuse(position, found[0])
            return found[0]
        return shown if found["kind"] == "eqref" else shown.strip("()")

    return tuple(
        _outside_code(text, partial(REFERENCE.sub, partial(name, position)))
        for position, text in enumerate(numbered)
    )


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    written, end = [], 0
    for code in PROTECTED.finditer(text):
        written += [change(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*written, change(text[end:])])


def _each_formula(text: str, number: Callable[[str], str]) -> str:
    pieces = DISPLAYED.split(text)
    return "".join(
        f"$${_each_row(piece[2:-2], number)}$$" if position % 2 else piece
        for position, piece in enumerate(pieces)
    )


def _each_row(formula: str, number: Callable[[str], str]) -> str:
    """Change the rows of a formula: those of the outermost environment, if it is one."""
    written: list[str] = []
    start, depth = 0, 0
    top = 1 if re.match(r"\s*\\begin\{", formula) else 0
    for found in ROW_END.finditer(formula):
        opens, closes = found[0].startswith(r"\begin"), found[0].startswith(r"\end")
        depth += opens - closes
        ends_row = (found[0] == r"\\" and depth == top) or (closes and depth < top)
        if ends_row or (opens and depth == top and not written):
            row = formula[start : found.start()]
            written += [number(row), found[0]]
            start = found.end()
    return "".join([*written, number(formula[start:])])
