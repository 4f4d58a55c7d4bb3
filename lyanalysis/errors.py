"""The errors a user can meet, each with the fields that say what, where and what to do."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, ClassVar, Final

LONGEST_MESSAGE: Final = 2_000
"""Characters of a message; what it was given may have millions."""
LONGEST_VALUE: Final = 80
"""Characters of a value that a message quotes."""
UNSEEN: Final = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
"""Unicode categories of what moves a cursor, hides, or ends a line."""


def one_line(text: str) -> str:
    r"""Return a text as one line of bounded length that no terminal takes for a command.

    Parameters
    ----------
    text : str
        Anything.

    Returns
    -------
    str
        At most :data:`LONGEST_MESSAGE` characters, the middle left out of longer texts; line ends
        are blanks, other controls and invisible characters are escaped.

    Examples
    --------
    >>> print(one_line("two\nlines, \x1b[31mred"))
    two lines, \x1b[31mred
    """
    shown = text
    if not text.isprintable():
        # Escapes are up to ten characters long: what is cut away below need not be escaped.
        shown = "".join(map(_seen, _cut(" ".join(text.splitlines()), LONGEST_MESSAGE)))
    return _cut(shown, LONGEST_MESSAGE)


def _cut(text: str, longest: int) -> str:
    """Leave the middle out of a long text: messages end with what to do."""
    if len(text) <= longest:
        return text
    tail = longest // 4
    return f"{text[: longest - tail - 1]}…{text[-tail:]}"


def _seen(letter: str) -> str:
    hidden = unicodedata.category(letter) in UNSEEN
    return letter.encode("unicode_escape").decode("ascii") if hidden else letter


def quoted(value: object) -> str:
    """Return a value as a message shows it: in quotes if it is text, cut where it is long.

    Parameters
    ----------
    value : object
        What a user gave.

    Returns
    -------
    str
        One line; a text longer than :data:`LONGEST_VALUE` is followed by its length.

    Examples
    --------
    >>> quoted("Luoyang"), quoted(25)
    ("'Luoyang'", '25')
    >>> quoted("a" * 10_000_000)[-30:]
    "aaaa…' (10,000,000 characters)"
    """
    text = value if isinstance(value, str) else str(value)
    if len(text) > LONGEST_VALUE:
        return f"{text[:LONGEST_VALUE] + '…'!r} ({len(text):,} characters)"
    return repr(value)


class LyanalysisError(Exception):
    """Base of every error whose message is meant for the user as it stands.

    Attributes
    ----------
    exit_code : int
        What the command line returns: 2 usage, 3 data or a damaged report, 4 a chapter failed,
        5 could not publish, 6 another batch is at work; 1 is a defect of the package itself.
    """

    exit_code: ClassVar[int] = 1
    is_transient: bool = False
    """Whether the same may succeed at another try."""

    def __init__(self, message: str) -> None:
        # Here, and so whatever a message quotes: it is printed, mailed and written to logs.
        super().__init__(one_line(message))


class ParameterError(LyanalysisError):
    """A request that cannot be carried out as it was typed.

    Attributes
    ----------
    name : str
        The parameter, as the user knows it (``region``, ``--year``).
    value : object
        What was given.
    """

    exit_code = 2

    def __init__(self, message: str, *, name: str, value: object) -> None:
        super().__init__(message)
        self.name = name
        self.value = value


class DataError(LyanalysisError):
    """Published figures that are missing, damaged or contradict their own description.

    Attributes
    ----------
    table : str
        File inside the data package, for example ``observations/accounts.csv``.
    variable : str or None
        Identifier in ``variables.csv``.
    keys : dict
        What locates the value: region, year, row, column.
    """

    exit_code = 3

    def __init__(
        self, message: str, *, table: str, variable: str | None = None, **keys: Any
    ) -> None:
        super().__init__(message)
        self.table = table
        self.variable = variable
        self.keys = keys


class EditionError(LyanalysisError):
    """A published report that is not there, is damaged, or is none of this package's.

    Attributes
    ----------
    path : Path
        The folder or the PDF.
    """

    exit_code = 3

    def __init__(self, message: str, *, path: Path) -> None:
        super().__init__(message)
        self.path = path


class ChapterError(LyanalysisError):
    """A chapter that raised, warned or never finished.

    Attributes
    ----------
    chapter : str
        File name of the notebook without its suffix.
    cell : int or None
        Number of the cell, counted from 1 over all cells of the chapter.
    notebook : Path or None
        The partly executed notebook, kept for reading.
    """

    exit_code = 4

    def __init__(
        self, message: str, *, chapter: str, cell: int | None = None, notebook: Path | None = None
    ) -> None:
        super().__init__(message)
        self.chapter = chapter
        self.cell = cell
        self.notebook = notebook


class ChapterDataError(ChapterError):
    """A chapter that ended in a `DataError`: the figures are at fault, not the chapter."""

    exit_code = 3


class KernelLostError(ChapterError):
    """A kernel that died or never answered: the machine may be at fault, another try may do."""

    is_transient = True


class ExportError(LyanalysisError):
    """A notebook that ran but cannot be shown to a reader: a missing glyph or alternative text.

    Attributes
    ----------
    chapter : str or None
        File name of the notebook without its suffix, where it is known.
    cell : int or None
        Number of the cell, counted from 1, where it is known.
    text : str or None
        The text that cannot be shown.
    """

    exit_code = 4

    def __init__(
        self,
        message: str,
        *,
        chapter: str | None = None,
        cell: int | None = None,
        text: str | None = None,
    ) -> None:
        super().__init__(message)
        self.chapter = chapter
        self.cell = cell
        self.text = text


class PublishError(LyanalysisError):
    """Files that could not be put in their place.

    Attributes
    ----------
    folder : Path
        Where they should have gone.
    """

    exit_code = 5

    def __init__(self, message: str, *, folder: Path, is_transient: bool = False) -> None:
        super().__init__(message)
        self.folder = folder
        self.is_transient = is_transient


class LockedError(PublishError):
    """A folder of reports in which another batch is at work."""

    exit_code = 6
