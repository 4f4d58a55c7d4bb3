"""Formulas as Jupyter reads them, which is more freely than Markdown converters do."""

from __future__ import annotations

import re
from typing import Final

PROTECTED: Final = re.compile(
    r"(^ {0,3}(?P<fence>```+|~~~+).*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))",
    flags=re.S | re.M,
)
"""Code, in which nothing is a formula."""
DISPLAYED: Final = re.compile(r"(\$\$.*?\$\$)", flags=re.S)
ENVIRONMENT: Final = re.compile(
    r"^[ \t]*\\begin\{(?P<name>equation|align|alignat|gather|eqnarray|multline|flalign|split|"
    r"aligned|alignedat|gathered|d?cases|[bBpvV]?matrix|smallmatrix|array|subequations)(?P<star>\*?)\}"
    r".*?\\end\{(?P=name)(?P=star)\}",
    flags=re.S | re.M,
)
SPACED: Final = re.compile(
    r"(?<![\\$\w])\$(?!\$)([ \t\n][^$`]*?|[^$`]*?[ \t\n])(?<![\\])\$(?![$\w])"
)
"""A formula with space inside its dollars."""


def wrap_formulas(markdown: str) -> str:
    r"""Write every formula Jupyter would show between dollars as other programs expect them.

    Parameters
    ----------
    markdown : str
        The source of a cell.

    Returns
    -------
    str
        Bare LaTeX environments and ``\\[ \\]`` stand between double dollars, ``\\( \\)`` between
        single ones; displayed formulas have no blank lines, others no space inside the dollars.
        Code is left alone.

    Examples
    --------
    >>> print(wrap_formulas("Let $ x^2 $ and `$ y^2 $` cost $5 or $6."))
    Let $x^2$ and `$ y^2 $` cost $5 or $6.
    >>> print(wrap_formulas(r"\begin{align}a&=b\end{align}"))
    $$\begin{align}a&=b\end{align}$$
    """
    written, end = [], 0
    for code in PROTECTED.finditer(markdown):
        written += [_wrap(markdown[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*written, _wrap(markdown[end:])])


def _wrap(text: str) -> str:
    text = re.sub(r"\\\\\[(.+?)\\\\\]", r"$$\1$$", text, flags=re.S)
    text = re.sub(r"\\\\\((.+?)\\\\\)", lambda found: f"${found[1].strip()}$", text)
    pieces = DISPLAYED.split(text)
    return "".join(
        re.sub(r"\n\s*\n", "\n", piece)
        if index % 2
        else ENVIRONMENT.sub(r"$$\g<0>$$", SPACED.sub(_tighten, piece))
        for index, piece in enumerate(pieces)
    )


def _tighten(found: re.Match[str]) -> str:
    inner = found[1].strip()
    # Two prices in one sentence are not a formula.
    is_formula = "\n\n" not in inner and (re.search(r"[\\^_={}]", inner) or len(inner) == 1)
    if not is_formula:
        return found[0]
    # An environment or a break stands on lines of its own.
    return f"$${inner}$$" if "\n" in inner and inner.startswith("\\begin") else f"${inner}$"
