"""One exhibit as the exporters see it: read from its MIME bundle, checked, labelled, as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from lyanalysis.errors import ExportError
from lyanalysis.export.words import WORDS, Language

MIME = "application/vnd.lyanalysis.exhibit+json"
"""MIME type under which an exhibit hands its parts to the exporters."""

NUMBER = r"-?[\d,]+(?:\.(\d+))?"
"""A formatted number; the group holds its decimals."""

ADDRESS = re.compile(r"https?://\S.*$")
"""An address at the end of a text; some hold spaces."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, full-width letters included."""

Kind = Literal["figure", "table", "notice"]
Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the notebooks something stands, for messages and numbers.

    Attributes
    ----------
    chapter : str
        File name of the notebook without its suffix.
    cell : int
        Number of the cell, counted from 1 over all cells of the chapter.
    number : int, str or None
        Number of the chapter in the report; None outside a joined report.
    """

    chapter: str
    cell: int
    number: int | str | None

    def __str__(self) -> str:
        return f"chapter {self.chapter}, cell {self.cell}"

    def error(self, problem: str, *, text: str | None = None) -> ExportError:
        """Make the error that names this place.

        Parameters
        ----------
        problem : str
            What is wrong and what to do.
        text : str, optional
            The text that cannot be shown.

        Returns
        -------
        ExportError
            To be raised by the caller.

        Examples
        --------
        >>> print(Place("02_structure", 7, 2).error("the image has no alternative text."))
        chapter 02_structure, cell 7: the image has no alternative text.
        """
        return ExportError(f"{self}: {problem}", chapter=self.chapter, cell=self.cell, text=text)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """Heading, unit and alignment of one column of a formatted table."""

    label: str
    unit: str
    align: Align


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A numbered figure or table, or a notice of what is missing.

    Attributes
    ----------
    place : Place
        Cell that showed it.
    id : str
        Lower-case name, unique in the report; the anchor on the page.
    kind : {"figure", "table", "notice"}
        A notice has caption and note only.
    number : str
        ``"2-1"``; empty for notices and until numbers are given.
    caption, alt, source_line, note : str
        As written by the exhibit.
    language : {"zh", "en"}
        Language of these texts.
    data_header : tuple of str
        Headings of the raw data with their units.
    data_rows : tuple of tuple
        Raw, unrounded values; None is missing.
    svg_text : str
        The drawing with letters as text; empty for tables.
    columns : tuple of TableColumn
        Columns of the formatted table; empty for figures.
    rows : tuple of tuple of str
        Formatted cells.
    total_rows : frozenset of int
        Positions of rows that hold totals.
    header_column : bool
        Whether the first column holds row headings.
    lists_sources : bool
        Whether this is the list of the sources of the report.
    """

    place: Place
    id: str
    kind: Kind
    number: str
    caption: str
    alt: str
    source_line: str
    note: str
    language: Language
    data_header: tuple[str, ...]
    data_rows: tuple[tuple[object, ...], ...]
    svg_text: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total_rows: frozenset[int]
    header_column: bool
    lists_sources: bool

    @property
    def label(self) -> str:
        """Name in running text, ``图 2-1`` or ``Figure 2-1``; empty for a notice."""
        return f"{WORDS[self.language][self.kind]} {self.number}" if self.number else ""

    def address_in(self, cell: str) -> str:
        """Return the address that a cell of a list of sources ends with; empty elsewhere."""
        found = ADDRESS.search(cell) if self.lists_sources else None
        return found[0] if found else ""

    @property
    def note_line(self) -> str:
        """The note as printed, introduced by ``注：`` or ``Note:`` unless it already is."""
        words = WORDS[self.language]
        if not self.note or self.note.startswith(words["note_mark"]):
            return self.note
        return words["note"].format(note=self.note)

    @property
    def common_unit(self) -> str:
        """The unit all value columns share, else empty."""
        values = self.columns[1:] if self.header_column else self.columns
        units = {column.unit for column in values}
        return units.pop() if len(units) == 1 else ""

    @property
    def tails(self) -> tuple[tuple[str, ...], ...]:
        """What each cell lacks of the longest decimals of its column, as digits not to be seen.

        Numbers of different precision stand at the decimal mark when these follow them unseen.
        """
        longest = [
            max((_decimals(row[place]) for row in self.rows), default=0)
            if column.align == "right"
            else 0
            for place, column in enumerate(self.columns)
        ]
        return tuple(
            tuple(_tail(cell, wanted) for cell, wanted in zip(row, longest, strict=True))
            for row in self.rows
        )

    @property
    def file_name(self) -> str:
        """Name of the CSV file with the data: ``figure-2-1-sector-shares.csv``."""
        return "-".join(part for part in (self.kind, self.number, self.id) if part) + ".csv"

    def csv(self) -> bytes:
        """Write the raw data as CSV that Excel opens with Chinese intact.

        Returns
        -------
        bytes
            UTF-8 with byte order mark; a missing value is an empty field. Text that a spreadsheet
            would take for a formula is led by an apostrophe, which it does not show.
        """
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerow([_inert(cell) for cell in self.data_header])
        writer.writerows([_inert(cell) for cell in row] for row in self.data_rows)
        return buffer.getvalue().encode("utf-8-sig")


def _decimals(cell: str) -> int:
    number = re.fullmatch(NUMBER, cell)
    return len(number[1] or "") if number else 0


def _tail(cell: str, wanted: int) -> str:
    if not wanted or not re.fullmatch(NUMBER, cell):
        return ""
    missing = wanted - _decimals(cell)
    return ("." if "." not in cell else "") + "0" * missing if missing else ""


def _inert(cell: Any) -> Any:
    """Keep text from being run as a formula; numbers, also negative ones, stay numbers."""
    is_formula = isinstance(cell, str) and cell.startswith(FORMULA_STARTS)
    return f"'{cell}" if is_formula else cell


def read_exhibit(bundle: Mapping[str, Any], place: Place) -> Exhibit:
    """Read and check one output's MIME bundle.

    Parameters
    ----------
    bundle : mapping
        The ``data`` of an output; holds :data:`MIME`.
    place : Place
        The cell, named in every error.

    Returns
    -------
    Exhibit
        With the number the bundle carries, or an empty one.

    Raises
    ------
    ExportError
        If a field is missing or of the wrong type, or the alternative text is empty.
    """
    content = bundle[MIME]
    kind, language = _check(content, place)
    try:
        return _build(content, place, kind, language)
    except (KeyError, TypeError) as error:
        raise place.error(
            f"exhibit {content['id']!r} is damaged ({type(error).__name__}: {error}); execute the "
            "notebook again."
        ) from error


def _build(content: Mapping[str, Any], place: Place, kind: Kind, language: Language) -> Exhibit:
    shown: Mapping[str, Any] = content[kind] if kind != "notice" else {}
    columns = tuple(
        TableColumn(column["label"], column["unit"], column["align"])
        for column in shown.get("columns", ())
    )
    rows = tuple(tuple(map(str, row)) for row in shown.get("rows", ()))
    for number, row in enumerate(rows):
        if len(row) != len(columns):
            raise place.error(
                f"row {number} of exhibit {content['id']!r} has {len(row)} cells for "
                f"{len(columns)} columns."
            )
    data = content["data"]
    return Exhibit(
        place=place,
        id=content["id"],
        kind=kind,
        number="" if kind == "notice" else content["number"] or "",
        caption=content["caption"],
        alt=content["alt"],
        source_line=content["source_line"],
        note=content["note"],
        language=language,
        data_header=tuple(_heading(column, language) for column in data["columns"]),
        data_rows=tuple(tuple(row) for row in data["rows"]),
        svg_text=shown.get("svg", ""),
        columns=columns,
        rows=rows,
        total_rows=frozenset(shown.get("total_rows", ())),
        header_column=bool(shown.get("header_column", False)),
        lists_sources=bool(content.get("lists_sources", False)),
    )


def _check(content: Any, place: Place) -> tuple[Kind, Language]:
    if not isinstance(content, dict) or content.get("version") != 1:
        raise place.error("the exhibit is not of version 1; execute the notebook again.")
    fields = ("id", "kind", "number", "caption", "alt", "source_line", "note", "language", "data")
    missing = [name for name in fields if name not in content]
    kind, language, id = content.get("kind"), content.get("language"), content.get("id")
    if kind in ("figure", "table") and kind not in content:
        missing.append(kind)
    if missing:
        raise place.error(f"the exhibit lacks {', '.join(missing)}; execute the notebook again.")
    if kind not in ("figure", "table", "notice") or language not in WORDS:
        raise place.error(f"exhibit {id!r} has kind {kind!r} and language {language!r}.")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(id)):
        raise place.error(
            f"exhibit id {id!r} is not made of lower-case letters, digits and single hyphens."
        )
    if not str(content["alt"]).strip():
        raise place.error(f"exhibit {id!r} has no alternative text; say in it what is to be seen.")
    return cast("Kind", kind), cast("Language", language)


def _heading(column: Mapping[str, Any], language: Language) -> str:
    unit = column["unit"]
    suffix = WORDS[language]["unit_suffix"].format(unit=unit) if unit else ""
    return f"{column['label']}{suffix}"
