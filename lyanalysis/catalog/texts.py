"""Texts of data are texts: what no reader could see is refused, the rest never becomes markup."""

from __future__ import annotations

import csv
import re
from typing import Final

from lyanalysis.errors import DataError, quoted

LONGEST_ROW: Final = 20_000
"""Characters a row of a table may have; what is shipped stays below a thousand."""
LONGEST_NAME: Final = 120
"""Characters of a name: a longer one fits no heading, no axis and no cell of a table."""
UNSEEN: Final = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""Controls of terminals and of the direction of script, spaces without width, non-characters."""
MARKS: Final = re.compile(r"[\\`*_\[\]<>$~|]|&(?=#|\w+;)")
"""Letters that begin markup, a formula or HTML anywhere in a line of Markdown."""
LINE_START: Final = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|)([-+#=:.)])")
"""What makes a heading, a rule or an item of a list where it begins a line."""


def check_text(name: str, text: str) -> None:
    r"""Refuse a table with a text that no reader could see, or that fills a book.

    Parameters
    ----------
    name : str
        What the file is called in messages.
    text : str
        The file, decoded.

    Raises
    ------
    DataError
        If a cell holds a control or an invisible character, or if a row has more than
        :data:`LONGEST_ROW` characters.

    Examples
    --------
    >>> check_text("a.csv", "a,b\n1,\t\n")
    Traceback (most recent call last):
    lyanalysis.errors.DataError: a.csv, row 2, column b: holds U+0009, which no one sees; delete it
    """
    if found := UNSEEN.search(text):
        row = text.count("\n", 0, found.start()) + 1
        column = _column(text, found.start())
        raise DataError(
            f"{name}, row {row}{f', column {column}' if column else ''}: holds "
            f"U+{ord(found[0]):04X}, which no one sees; delete it",
            table=name,
            row=row,
            column=column,
        )
    for row, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_ROW:
            raise DataError(
                f"{name}, row {row}: has {len(line):,} characters, a row may have "
                f"{LONGEST_ROW:,}; it begins {quoted(line)}: shorten it",
                table=name,
                row=row,
            )


def _column(text: str, position: int) -> str:
    """Return the heading above a place in a table, empty where the header does not tell."""
    start = text.rfind("\n", 0, position) + 1
    cells = next(csv.reader([text[start:position][:LONGEST_ROW]]), [""])
    headings = next(csv.reader([text[: text.find("\n")][:LONGEST_ROW]]), [])
    at = max(len(cells), 1) - 1
    return headings[at] if start and at < len(headings) else ""


def escape_markdown(text: str) -> str:
    r"""Write a text so that Markdown shows exactly this text.

    Parameters
    ----------
    text : str
        Anything; an empty line ends a paragraph.

    Returns
    -------
    str
        Character references stand where a converter would find markup, a formula or HTML. An
        address is still a link, to what it says.

    Examples
    --------
    >>> escape_markdown("<b> $x$ R&D\n# 1")
    '&#60;b&#62; &#36;x&#36; R&D\n&#35; 1'
    """
    return "\n".join(map(_escape_line, text.splitlines()))


def _escape_line(line: str) -> str:
    # Four blanks before it would make a line code.
    bare = MARKS.sub(lambda found: _reference(found[0]), line.strip())
    return LINE_START.sub(lambda found: found[1] + _reference(found[2]), bare)


def _reference(letter: str) -> str:
    return f"&#{ord(letter)};"
