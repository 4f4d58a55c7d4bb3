"""A document as Typst files: one file a block, so that an error tells which cell it came from."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from lyanalysis.errors import ExportError
from lyanalysis.export.advances import width_of
from lyanalysis.export.blocks import CodeBlock, PictureBlock, PlainBlock
from lyanalysis.export.document import Attachment, Document
from lyanalysis.export.exhibit import Exhibit, Place
from lyanalysis.export.outline import Body, Heading, Piece
from lyanalysis.export.typst_text import anchor_label, exhibit_label, literal
from lyanalysis.export.words import LANGUAGE_TAG, WORDS

MAXIMAL_WORD = 24
"""Letters after which a word in a table may be broken: longer ones would leave the page."""
UNIT_SIZE = 0.88
"""Size of a unit below a heading, in the heading's own."""
LONGEST_LINE = 78
"""Letters of printed text that fit between the margins."""


def show_inline(files: dict[str, bytes], picture: PictureBlock | PlainBlock) -> str:
    """Add an image to the files of the PDF and write what shows it inside a text.

    Parameters
    ----------
    files : dict of str to bytes
        Gains the image.
    picture : PictureBlock or PlainBlock
        Image and alternative text, or what is said in place of an image that cannot be shown.

    Returns
    -------
    str
        Typst markup.
    """
    if isinstance(picture, PlainBlock):
        return f"#emph({literal(_breakable(picture.text))})"
    return f"#inline-picture({_image(files, picture)}{_wanted(picture)})"


def _show_block(files: dict[str, bytes], picture: PictureBlock) -> str:
    return f"#block-picture({_image(files, picture)}{_wanted(picture)})"


def _wanted(picture: PictureBlock) -> str:
    """Write the width an author wants as an argument; a pixel of a page is 3/4 point."""
    number = picture.width.rstrip("px%")
    if not number:
        return ""
    factor, whole = (0.01, "portrait-width") if "%" in picture.width else (0.75, "1pt")
    return f", width: {factor * float(number):.4f} * {whole}"


def _image(files: dict[str, bytes], picture: PictureBlock) -> str:
    name = f"images/{len(files):04d}"
    files[name] = picture.data
    # Called here and not in the template, so that a damaged image is traced to its cell.
    return f'image(read("/{name}", encoding: none), alt: {literal(picture.alt)})'


def array(items: Iterable[str]) -> str:
    """Write a Typst array of expressions.

    Parameters
    ----------
    items : iterable of str
        Typst expressions.

    Returns
    -------
    str
        With parentheses; one item keeps its comma.

    Examples
    --------
    >>> array(["1"])
    '(1,)'
    """
    written = list(items)
    return f"({', '.join(written)}{',' if len(written) == 1 else ''})"


def write_sources(
    document: Document, pieces: Sequence[Piece], files: dict[str, bytes]
) -> dict[str, Place]:
    """Write the files Typst compiles, besides the template.

    Parameters
    ----------
    document : Document
        With its title.
    pieces : sequence of Piece
        Texts converted to Typst.
    files : dict of str to bytes
        Gains ``main.typ`` and the files it needs, besides the template and the images of texts.

    Returns
    -------
    dict of str to Place
        The cell every block file came from.
    """
    places: dict[str, Place] = {}
    names = []
    for number, piece in enumerate(pieces, start=1):
        name = f"blocks/{number:04d}.typ"
        markup = _markup(piece, files, new_page=document.is_report)
        files[name] = f'#import "/report.typ": *\n{markup}\n'.encode()
        places[name] = piece.place
        names.append(name)
    attached = attachments(document)
    for number, attachment in enumerate(attached, start=1):
        files[f"attachments/{number:04d}"] = attachment.content
    files["main.typ"] = _main(document, names, attached, pieces).encode("utf-8")
    return places


def attachments(document: Document) -> tuple[Attachment, ...]:
    """List the files the PDF carries: those of the report, then the data of every exhibit.

    Parameters
    ----------
    document : Document
        The notebook as read.

    Returns
    -------
    tuple of Attachment
        Names are unique.

    Raises
    ------
    ExportError
        If two files have the same name.
    """
    data = []
    for exhibit in document.exhibits:
        words = WORDS[document.language]
        description = words["attachment_data"].format(label=exhibit.label, caption=exhibit.caption)
        data.append(Attachment(exhibit.file_name, "text/csv", description, exhibit.csv()))
    listed = (*document.attachments, *data)
    names = [attachment.name for attachment in listed]
    for name in names:
        if names.count(name) > 1:
            raise ExportError(f"two files inside the PDF would be called {name!r}", text=name)
    return listed


def _main(
    document: Document,
    names: Sequence[str],
    attached: Sequence[Attachment],
    pieces: Sequence[Piece],
) -> str:
    words = WORDS[document.language]
    headings = sum(isinstance(piece, Heading) for piece in pieces)
    listed = document.is_report and document.exhibits
    facts = array(array(map(literal, fact)) for fact in document.facts)
    lines = [
        '#import "/report.typ": *',
        f"#let title = {literal(document.title)}",
        "#set document(",
        f"  title: title, author: {array(map(literal, document.authors))},",
        f"  keywords: {array(map(literal, document.keywords))},",
        f"  description: {literal(document.subtitle or document.title)},",
        ")",
        f"#show: report.with(language: {literal(LANGUAGE_TAG[document.language][:2])}, "
        f"title: title, page-words: {literal(words['page'])})",
        f"#front(title: title, subtitle: {literal(document.subtitle)}, facts: {facts}, "
        f"contents-title: {literal(words['contents'])}, "
        f"exhibits-title: {literal(words['exhibits'] if listed else '')}, with-cover: "
        f"{_boolean(document.is_report)}, with-contents: {_boolean(headings > 1)})",
        *(f'#include "/{name}"' for name in names),
    ]
    if attached:
        lines.append(_attached(document, attached))
    return "\n".join(lines) + "\n"


def _attached(document: Document, attached: Sequence[Attachment]) -> str:
    words = WORDS[document.language]
    own = {attachment.name for attachment in document.attachments}
    calls = [
        f"#pdf.attach({literal(item.name)}, "
        f'read("/attachments/{number:04d}", encoding: none), '
        f'relationship: "{"source" if item.name in own else "data"}", '
        f"mime-type: {literal(item.mime)}, description: {literal(item.description)})"
        for number, item in enumerate(attached, start=1)
    ]
    header = array(map(literal, (words["attachment_file"], words["attachment_content"])))
    listed = array(
        array([literal(_breakable(item.name)), _content(item.description)]) for item in attached
    )
    return "\n".join(
        [
            f"#attachments(title: {literal(words['attachments'])}, "
            f"how: {literal(words['attachments_how'])}, "
            f"header: {header}, "
            f"files: {listed}, new-page: {_boolean(document.is_report)})",
            *calls,
        ]
    )


def _markup(piece: Piece, files: dict[str, bytes], *, new_page: bool) -> str:
    if isinstance(piece, Heading):
        return (
            f"#numbered-heading({piece.level}, {literal(piece.number)}, {_boolean(new_page)}, "
            f"anchor: {anchor_label(piece.anchor)})[{piece.content}]"
        )
    if isinstance(piece, Body):
        # Without a blank line the next file would go on with the paragraph.
        return f"{piece.content}\n"
    if isinstance(piece, PictureBlock):
        return _show_block(files, piece)
    if isinstance(piece, PlainBlock):
        return plain(piece.text)
    if isinstance(piece, CodeBlock):
        return f"#code-listing({literal(_breakable(piece.text, LONGEST_LINE))})"
    return _exhibit(piece, files)


def plain(text: str) -> str:
    """Write what shows printed text.

    Parameters
    ----------
    text : str
        Anything; long words get places to break.

    Returns
    -------
    str
        Typst markup.
    """
    return f"#plain({literal(_breakable(text, LONGEST_LINE))})"


def _exhibit(exhibit: Exhibit, files: dict[str, bytes]) -> str:
    texts = (
        f"anchor: {exhibit_label(exhibit.id)}, label: {literal(exhibit.label)}, "
        f"caption: {_content(exhibit.caption)}, "
        f"below: {array(map(_content, _lines_below(exhibit)))}"
    )
    if exhibit.kind == "notice":
        return f"#notice({_content(exhibit.caption)}, {_content(exhibit.note)})"
    if exhibit.kind == "figure":
        picture = PictureBlock(
            exhibit.place, exhibit.svg_text.encode("utf-8"), "image/svg+xml", exhibit.alt
        )
        return f"#figure-exhibit([{_show_block(files, picture)}], {texts})"
    return f"#table-exhibit({_table(exhibit)}, {texts})"


def _lines_below(exhibit: Exhibit) -> list[str]:
    return [line for line in (exhibit.source_line, exhibit.note_line) if line]


def _table(exhibit: Exhibit) -> str:
    shared = exhibit.common_unit
    words = WORDS[exhibit.language]
    units = [
        "" if shared or not column.unit else words["unit_suffix"].format(unit=column.unit).strip()
        for column in exhibit.columns
    ]
    header = [
        _cell(column.label, unit) for column, unit in zip(exhibit.columns, units, strict=True)
    ]
    filled = [
        [*zip(row, tails, strict=True)]
        for row, tails in zip(exhibit.rows, exhibit.tails, strict=True)
    ]
    rows = [
        array(_shown(cell, tail, exhibit.address_in(cell)) for cell, tail in row) for row in filled
    ]
    cells = [[_breakable(cell) + tail for cell, tail in row] for row in filled]
    return (
        f"header: {array([array(header)])}, rows: {array(rows)}, "
        f"align: {array(literal(column.align) for column in exhibit.columns)}, "
        f"{_widths(exhibit, cells, units)}, header-columns: {int(exhibit.header_column)}, "
        f"total-rows: {array(map(str, sorted(exhibit.total_rows)))}, "
        f"unit: {literal(words['unit'].format(unit=shared) if shared else '')}, "
        f"continued: {literal(words['continued'])}"
    )


def _shown(cell: str, tail: str, address: str) -> str:
    """Write a cell: its text, a link where it ends with an address, what aligns it unseen."""
    text = cell.removesuffix(address)
    link = (
        f"#link({literal(address.replace(' ', '%20'))})[#{literal(_breakable(address))}]"
        if address
        else ""
    )
    hidden = f"#hide({literal(tail)})" if tail else ""
    return f"[#{literal(_breakable(text))}{link}{hidden}]"


def _widths(exhibit: Exhibit, cells: Sequence[Sequence[str]], units: Sequence[str]) -> str:
    """Tell how wide the texts of a table are; where they have line ends, Typst has to measure."""
    labels = [_breakable(column.label) for column in exhibit.columns]
    columns = [[row[place] for row in cells] for place in range(len(labels))]
    words = [_longest_run([label, *column]) for label, column in zip(labels, columns, strict=True)]
    if any("\n" in text for column in (labels, *columns) for text in column):
        longest = [
            max(word, *unit.split(" "), key=len) for word, unit in zip(words, units, strict=True)
        ]
        return f"words: {array(map(literal, longest))}"
    small = [UNIT_SIZE * width_of(unit) for unit in units]
    smallest = [UNIT_SIZE * max(map(width_of, unit.split(" "))) for unit in units]
    heads = [max(pair) for pair in zip(map(width_of, labels), small, strict=True)]
    tight = [max(pair) for pair in zip(map(width_of, words), smallest, strict=True)]
    wide = [max(map(width_of, column), default=0) for column in columns]
    return (
        f"ems: (columns: {array(map(_ems, zip(wide, heads, tight, strict=True)))}, "
        f"rows: {array(_ems(map(width_of, column)) for column in columns)}, "
        f"head: {_ems(map(width_of, labels))}, "
        f"below: {_ems(map(width_of, _lines_below(exhibit)))})"
    )


def _ems(widths: Iterable[float]) -> str:
    # Rounded up: a cell that is too narrow would break its text.
    return array(f"{math.ceil(100 * width) / 100:.2f}" for width in widths)


def _content(text: str) -> str:
    return f"[#{literal(_breakable(text, LONGEST_LINE // 2))}]"


def _cell(label: str, unit: str) -> str:
    suffix = f" #header-unit({literal(unit)})" if unit else ""
    return f"[#{literal(_breakable(label))}{suffix}]"


def _breakable(text: str, longest: int = MAXIMAL_WORD) -> str:
    """Let a longer word break, invisibly: after punctuation, else after `longest` letters."""

    def split(match: re.Match[str]) -> str:
        parts = re.findall(rf"[^/._\-?&=]{{1,{longest}}}[/._\-?&=]*|[/._\-?&=]+", match[0])
        return "\u200b".join(parts)

    return re.sub(rf"[\x21-\x7e]{{{longest + 1},}}", split, text)


def _longest_run(texts: Iterable[str]) -> str:
    """Find the longest run no line may break in; Chinese may break anywhere."""
    runs = [
        run
        for text in texts
        for run in re.split(r"[\s\u200b\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+", text)
    ]
    return max(runs, key=len, default="")


def _boolean(value: bool) -> str:
    return "true" if value else "false"
