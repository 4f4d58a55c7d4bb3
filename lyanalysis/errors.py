"""The errors a user can meet, each with the fields that say what, where and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar


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
