"""What becomes of a thing that cannot be shown as it should: reports stop, other notebooks warn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lyanalysis.export.exhibit import Place


def keep_quiet(message: str) -> None:
    """Take a warning nobody asked for."""


@dataclass(slots=True)
class Gate:
    """Refuse what a report must not hold; let a notebook of anybody pass, and say so.

    Attributes
    ----------
    is_strict : bool
        Whether this is a report.
    warn : callable
        Takes the warnings, one text each.
    lacks_alt : bool
        Whether an image without alternative text has passed: then the PDF cannot claim to be
        accessible.
    """

    is_strict: bool
    warn: Callable[[str], None] = keep_quiet
    lacks_alt: bool = False

    def refuse(
        self, place: Place, problem: str, *, remedy: str, instead: str, text: str | None = None
    ) -> None:
        """Stop a report; warn in any other notebook.

        Parameters
        ----------
        place : Place
            The cell.
        problem : str
            What is wrong, without a full stop.
        remedy : str
            What the author of a report should do.
        instead : str
            What a reader of another notebook gets.
        text : str, optional
            The text that cannot be shown.

        Raises
        ------
        ExportError
            In a report.

        Examples
        --------
        >>> gate = Gate(is_strict=False, warn=print)
        >>> place = Place("note", 3, None)
        >>> gate.refuse(place, "the image is damaged", remedy="replace it", instead="left out")
        chapter note, cell 3: the image is damaged; left out.
        """
        if self.is_strict:
            raise place.error(f"{problem}; {remedy}.", text=text)
        self.warn(str(place.error(f"{problem}; {instead}.")))

    def miss_alt(self, place: Place, what: str, *, remedy: str) -> None:
        """Refuse an image without alternative text, or remember that there was one.

        Parameters
        ----------
        place : Place
            The cell.
        what : str
            The image.
        remedy : str
            Where its author can write the text.

        Raises
        ------
        ExportError
            In a report.
        """
        self.refuse(
            place,
            f"{what} has no alternative text",
            remedy=remedy,
            instead=f"the PDF is not PDF/UA, only PDF/A ({remedy})",
        )
        self.lacks_alt = True
