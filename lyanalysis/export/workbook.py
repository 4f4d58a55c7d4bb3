"""Workbook of a report: contents, one sheet an exhibit, notes; numbers as numbers, text as text."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import count, zip_longest
from typing import TYPE_CHECKING, Any, Final, TypeGuard
from unicodedata import east_asian_width
from urllib.parse import quote

from lyanalysis.errors import ExportError
from lyanalysis.export.document import Document
from lyanalysis.export.exhibit import FORMULA_STARTS, Exhibit, Place
from lyanalysis.export.words import WORDS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MAX_ROWS, MAX_COLUMNS, MAX_HEIGHT, MAX_LINKS = 1_048_576, 16_384, 409, 65_530
MAX_TEXT, MAX_LINK, MAX_NAME = 32_767, 2_079, 31
"""What Excel can hold: in a sheet; then characters of a cell, a link and the name of a sheet."""
UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters XML forbids; one of them makes a workbook no program opens."""
ADDRESS: Final = re.compile(r"https?://[^\s；]+( [^\s；:]+)*")
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
HEAD: Final = 3
"""Row of the headings, below caption and way back; all above the data stays in view."""
NARROWEST, WIDEST, NOTE_WIDTH, LINE_HEIGHT = 8, 60, 90, 15
"""Widths of columns and of the notes in Latin letters; height of a line in points."""


class _Exact(float):
    """A number that the writer, which keeps 16 digits, stores so that it reads back the same."""

    def __format__(self, spec: str) -> str:
        short = format(float(self), spec)
        return short if float(short) == self else format(float(self), ".17G")


@dataclass(frozen=True, slots=True)
class _Column:
    """Raw values under one heading, and the reader's text for each where a table shows it."""

    heading: str
    values: tuple[object, ...]
    shown: tuple[str, ...]

    def cells(self) -> Iterator[tuple[object, str, str]]:
        """Yield value, text and number format: the decimals of the table, else by size."""
        sizes = [abs(float(value)) for value in self.values if _is_number(value)]
        general = "0.00" if max(sizes, default=0) >= 1 else "0.0000"
        if all(size.is_integer() for size in sizes):
            general = "0"
        for value, shown in zip_longest(self.values, self.shown):
            form = general
            if printed := re.fullmatch(r"[-+−]?\d{1,3}(?:(,\d{3})+|\d*)(\.\d+)?", shown or ""):
                form = ("#,##0" if printed[1] else "0") + re.sub(r"\d", "0", printed[2] or "")
            yield value, str(value) if shown is None else shown, form

    @property
    def width(self) -> int:
        texts = self.shown or [f"{v:.4f}" if isinstance(v, float) else str(v) for v in self.values]
        return _width([self.heading, *texts])


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet being written; `style` returns one format for the same properties."""

    sheet: Worksheet
    style: Callable[..., Any]
    place: Place | None

    def text(self, row: int, column: int, text: str, **look: Any) -> None:
        if text:
            # The prefix keeps the text a text even when a reader edits the cell.
            prefix = {"quote_prefix": True} if text.startswith(FORMULA_STARTS) else {}
            form = self.style(**{"text_wrap": True} | prefix | look)
            self.sheet.write_string(row, column, _storable(text, self.place), form)

    def link(self, row: int, column: int, target: str, text: str) -> None:
        form = self.style(font_color="#0563C1", underline=1, text_wrap=True)
        self.sheet.write_url(row, column, target, form, _storable(text, self.place))

    def cell(self, row: int, column: int, cell: tuple[object, str, str], **look: Any) -> None:
        value, text, form = cell
        if _is_number(value):
            number = _Exact(value) if isinstance(value, float) else value
            self.sheet.write_number(row, column, number, self.style(num_format=form, **look))
        elif value is not None and value == value:  # NaN is not equal to itself.
            is_address = ADDRESS.fullmatch(_storable(text, self.place))
            target = quote(text, safe="%/:=&?~#+!$,;'@()*") if is_address else ""
            if 0 < len(target) <= MAX_LINK and self.sheet.hlink_count < MAX_LINKS:
                self.link(row, column, target, text)
            else:
                self.text(row, column, text, **look)


def render_workbook(document: Document) -> bytes:
    """Write contents, the data of all exhibits and their notes as an Excel workbook.

    Parameters
    ----------
    document : Document
        The notebook as read.

    Returns
    -------
    bytes
        The file, dated by the data; the same document gives the same bytes. Without exhibits it
        holds the sheet of contents only.

    Raises
    ------
    ExportError
        If a text, number or table is not one that a workbook can hold; the message names chapter
        and cell.

    Notes
    -----
    A sheet has the columns of the exhibit's table, with its words and the unrounded numbers; for
    figures, and for tables that are not the data formatted cell by cell, all columns of the data.
    The list of sources has a sheet of that name, to which the source line of every sheet leads. The
    last sheet repeats source lines and notes, and tells the exhibits for which there are no data.
    """
    # Imported here because looking up an exporter that uses this module must stay cheap.
    import xlsxwriter  # type: ignore[import-untyped]

    names = _sheet_names(document)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties(_properties(document))

    @cache
    def style(**look: Any) -> Any:
        return book.add_format({"valign": "top", **look})

    def add_page(name: str, place: Place | None) -> _Page:
        page = _Page(book.add_worksheet(name), style, place)
        page.link(1, 0, _target(names[0]), WORDS[document.language]["back"])
        page.sheet.set_landscape()
        page.sheet.set_paper(9)
        page.sheet.fit_to_pages(1, 0)
        return page

    contents = _Page(book.add_worksheet(names[0]), style, None)
    listed = zip(names[1:-1], document.exhibits, strict=True)
    sources = next((name for name, exhibit in listed if exhibit.lists_sources), "")
    for name, exhibit in zip(names[1:-1], document.exhibits, strict=True):
        _write_exhibit(add_page(name, exhibit.place), exhibit, sources)
    if len(names) > 1:
        _write_notes(add_page(names[-1], None), document, names[1:-1])
    # Last, so that what is wrong with a caption is told with its chapter and cell.
    _write_contents(contents, document, names[1:])
    book.close()
    return file.getvalue()


def _properties(document: Document) -> dict[str, Any]:
    texts = {
        "title": document.title or document.name,
        "subject": " · ".join(filter(None, (document.region, document.period))),
        "author": ", ".join(document.authors),
        "keywords": ", ".join(document.keywords),
    }
    created = datetime(2000, 1, 1)  # The day of the run would change the bytes.
    with suppress(ValueError):
        created = datetime.fromisoformat(f"{document.data_date}-01-01"[:10])
    return {name: _storable(text, None) for name, text in texts.items()} | {"created": created}


def _sheet_names(document: Document) -> list[str]:
    """Name the sheet of contents, those of the exhibits and that of the notes, each name once."""
    own = WORDS[document.language]
    labels = [_sheet_label(exhibit) for exhibit in document.exhibits]
    if labels or document.notices:
        labels.append(own["notes"])
    names = [own["contents"]]
    for label in labels:
        taken = {name.casefold() for name in names}
        endings = ("" if number == 1 else f" ({number})" for number in count(1))
        candidates = (label[: MAX_NAME - len(ending)] + ending for ending in endings)
        names.append(next(name for name in candidates if name.casefold() not in taken))
    return names


def _sheet_label(exhibit: Exhibit) -> str:
    words = WORDS[exhibit.language]
    label = words["sheet_name"].format(kind=words[exhibit.kind], number=exhibit.number)
    label = words["sources"] if exhibit.lists_sources else label
    return re.sub(r"[\[\]:*?/\\']", "-", _storable(label, exhibit.place))


def _target(name: str) -> str:
    return f"internal:'{name}'!A1"


def _write_contents(page: _Page, document: Document, names: Sequence[str]) -> None:
    words = WORDS[document.language]
    captions = [*(exhibit.caption for exhibit in document.exhibits), words["notes_caption"]]
    page.sheet.set_column(0, 0, _width([*names, *(name for name, _ in document.facts)]))
    page.sheet.set_column(1, 1, max(_width(captions), WIDEST // 2))
    page.text(0, 0, document.title or document.name, bold=True, font_size=16, text_wrap=False)
    page.text(1, 0, document.subtitle, text_wrap=False)
    for row, (name, value) in enumerate(document.facts, start=2):
        page.text(row, 0, name, bold=True)
        page.text(row, 1, value)
    if not names:
        return
    head = len(document.facts) + 5
    page.text(head - 2, 0, words["workbook_how"], text_wrap=False)
    page.text(head, 0, words["sheet"], bold=True, bottom=1)
    page.text(head, 1, words["caption"], bold=True, bottom=1)
    for row, (name, caption) in enumerate(zip(names, captions, strict=True), start=head + 1):
        page.link(row, 0, _target(name), name)
        page.text(row, 1, caption)


def _write_notes(page: _Page, document: Document, names: Sequence[str]) -> None:
    words = WORDS[document.language]
    page.text(0, 0, words["notes_caption"], bold=True, font_size=13, text_wrap=False)
    heads = (words["sheet"], words["caption"], words["source_text"], words["note_text"])
    for at, (head, width) in enumerate(zip(heads, (_width(names), *[WIDEST] * 3), strict=True)):
        page.text(HEAD, at, head, bold=True, bottom=1)
        page.sheet.set_column(at, at, width)
    shown = (*document.exhibits, *document.notices)
    for row, (exhibit, name) in enumerate(zip_longest(shown, names), start=HEAD + 1):
        if name is None:
            page.text(row, 0, words["no_sheet"])
        else:
            page.link(row, 0, _target(name), name)
        told = (exhibit.caption, exhibit.source_line, exhibit.note)
        for at, text in enumerate(told, start=1):
            # With the place of the exhibit, so that what cannot be stored is told with it.
            replace(page, place=exhibit.place).text(row, at, text)
    page.sheet.freeze_panes(HEAD + 1, 0)
    page.sheet.repeat_rows(HEAD)


def _write_exhibit(page: _Page, exhibit: Exhibit, sources: str) -> None:
    words, columns = WORDS[exhibit.language], _columns(exhibit)
    title = words["sheet_title"].format(label=exhibit.label, caption=exhibit.caption)
    page.text(0, 0, title, bold=True, font_size=13, text_wrap=False)
    for at, column in enumerate(columns):
        align = "right" if any(map(_is_number, column.values)) else "left"
        page.text(HEAD, at, column.heading, bold=True, bottom=1, align=align)
        for row, cell in enumerate(column.cells()):
            # Totals are rows of the table, so known only where these are the rows of the data.
            look = {"bold": True} if column.shown and row in exhibit.total_rows else {}
            page.cell(HEAD + 1 + row, at, cell, **look)
    widths = [column.width for column in columns]
    while sum(widths) < NOTE_WIDTH:
        widths.append(NARROWEST)  # Notes run on beside narrow data.
    for at, width in enumerate(widths):
        page.sheet.set_column(at, at, width)
    notes = filter(None, (exhibit.note_line, exhibit.source_line))
    for row, note in enumerate(notes, start=HEAD + 2 + len(exhibit.data_rows)):
        # A tenth more, for lines that break before they are full.
        lines = sum(math.ceil((1.1 * _length(p) + 1) / sum(widths)) for p in note.split("\n"))
        page.sheet.set_row(row, min(lines * LINE_HEIGHT, MAX_HEIGHT))
        page.sheet.merge_range(row, 0, row, len(widths) - 1, "")
        if sources and note == exhibit.source_line:
            page.link(row, 0, _target(sources), note)
        else:
            page.text(row, 0, note)
    page.sheet.freeze_panes(HEAD + 1, 0)
    page.sheet.repeat_rows(HEAD)
    # Codes such as 410300 are text on purpose.
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})


def _columns(exhibit: Exhibit) -> list[_Column]:
    """Check the data and put them beside what the table shows of them."""
    heads, data = exhibit.data_header, exhibit.data_rows
    wrong = ""
    if HEAD + len(data) + 4 > MAX_ROWS or len(heads) > MAX_COLUMNS:
        wrong = (
            f"has {len(data):,} rows and {len(heads):,} columns, more than a sheet of a workbook "
            f"holds ({MAX_ROWS:,} and {MAX_COLUMNS:,}); show a part of it"
        )
    elif any(len(row) != len(heads) for row in data):
        wrong = "has a row of data that is not as long as its headings; execute the notebook again"
    elif any(isinstance(value, float) and math.isinf(value) for row in data for value in row):
        wrong = "holds an infinite number, which a workbook cannot; make it a missing value"
    if wrong:
        raise exhibit.place.error(f"exhibit {exhibit.id!r} {wrong}.")
    columns = [_Column(head, tuple(row[at] for row in data), ()) for at, head in enumerate(heads)]
    shown_at = _positions(exhibit)
    if not shown_at:
        return columns
    shown = [tuple(row[at] for row in exhibit.rows) for at in range(len(exhibit.columns))]
    return [_Column(heads[at], columns[at].values, shown[i]) for i, at in enumerate(shown_at)]


def _positions(exhibit: Exhibit) -> list[int]:
    """Find the data behind each column of the table; empty where it is made otherwise."""
    if len(exhibit.rows) != len(exhibit.data_rows):
        return []
    suffix, found = WORDS[exhibit.language]["unit_suffix"], []
    heads = enumerate(exhibit.data_header)
    for column in exhibit.columns:
        heading = column.label + (suffix.format(unit=column.unit) if column.unit else "")
        # One iterator for all columns: they stand in the order of the data.
        position = next((at for at, head in heads if head == heading), None)
        if position is None:
            return []
        found.append(position)
    return found


def _storable(text: str, place: Place | None) -> str:
    """Return the text unless a workbook cannot hold it."""
    if found := UNSTORABLE.search(text):
        problem = f"a workbook cannot hold the character U+{ord(found[0]):04X} in {text[:80]!a}."
    elif len(text.encode("utf-16-le")) > 2 * MAX_TEXT:
        problem = f"a text has {len(text):,} characters, a cell of a workbook holds {MAX_TEXT:,}."
    else:
        return text
    raise place.error(problem, text=text) if place else ExportError(problem, text=text)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not (isinstance(value, bool) or math.isnan(value))


def _width(texts: Sequence[str]) -> int:
    return min(max([NARROWEST, *(_length(text) + 2 for text in texts)]), WIDEST)


def _length(text: str) -> int:
    """Count letters, Chinese ones twice."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
