"""Convert a document's texts and order its headings: levels without gaps, numbers, anchors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from lyanalysis.export.blocks import CodeBlock, PictureBlock, PlainBlock, TextBlock
from lyanalysis.export.document import Document
from lyanalysis.export.equations import number_equations
from lyanalysis.export.exhibit import Exhibit, Place
from lyanalysis.export.gate import Gate
from lyanalysis.export.images import find_image
from lyanalysis.export.pandoc import Convert, Converted, Part, Source, Target, convert
from lyanalysis.export.references import heading_key, insert_references


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the report.

    Attributes
    ----------
    place : Place
        Its cell.
    level : int
        1 for a chapter; never more than one above the level before it.
    number : str
        ``"2.1"``; empty outside a joined report.
    anchor : str
        Unique name on the page.
    content : str
        Markup of the target.
    text : str
        The heading without markup.
    """

    place: Place
    level: int
    number: str
    anchor: str
    content: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """Converted text between two headings; `is_output` if a cell printed it."""

    place: Place
    content: str
    text: str
    is_output: bool


Piece = Heading | Body | Exhibit | PictureBlock | PlainBlock | CodeBlock


def lay_out(
    document: Document,
    target: Target,
    show_image: Callable[[PictureBlock | PlainBlock], str],
    convert: Convert = convert,
) -> tuple[Document, tuple[Piece, ...]]:
    """Convert the texts of a document and put its headings in order.

    Parameters
    ----------
    document : Document
        The notebook as read.
    target : {"typst", "html"}
        Markup to write.
    show_image : callable
        Gives the markup of an image in a text.
    convert : callable, optional
        Converts the texts of all blocks, for this target or for others too.

    Returns
    -------
    document : Document
        With its title: the one stated, else the only level-1 heading if the text begins with it,
        else the name of the file.
    pieces : tuple of Piece
        In reading order; a heading that became the title is left out.

    Raises
    ------
    ExportError
        If an image is missing, or a report holds a formula that cannot be converted or a reference
        to an exhibit or an equation that leads nowhere.
    """
    converted = list(_convert_blocks(document, target, show_image, convert))
    tops = [piece for piece, _ in converted if isinstance(piece, Heading) and piece.level == 1]
    title = document.title
    if not title and len(tops) == 1 and converted[0][0] is tops[0]:
        title = tops[0].text
        converted = converted[1:]
    ordered = list(order_headings([piece for piece, _ in converted]))
    headings = [piece for piece in ordered if isinstance(piece, Heading)]
    # Of several alike the first, as in a viewer.
    anchors = {heading_key(heading.text): heading.anchor for heading in reversed(headings)}
    pieces = tuple(
        replace(piece, content=refer(piece.content, headings=anchors))
        if refer is not None and isinstance(piece, Heading | Body)
        else piece
        for piece, (_, refer) in zip(ordered, converted, strict=True)
    )
    return replace(document, title=title or document.name), pieces


def order_headings(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Give headings consecutive levels, numbers and anchors.

    Parameters
    ----------
    pieces : sequence of Piece
        Headings with the levels their authors typed.

    Yields
    ------
    Piece
        The first heading of a numbered chapter has level 1 and the chapter's number; the others
        stand below it. Skipped levels are closed: ``#``, ``###`` become 1, 2.
    """
    typed: list[int] = []
    counts: list[int] = []
    chapter: int | str | None = None
    for position, piece in enumerate(pieces, start=1):
        if not isinstance(piece, Heading):
            yield piece
            continue
        is_first = piece.place.number is not None and piece.place.number != chapter
        if is_first or piece.place.number != chapter:
            chapter, typed, counts = piece.place.number, [], []
        # Below the chapter's own heading nothing may close it, whatever its author typed.
        floor = 1 if chapter is not None and not is_first else 0
        while len(typed) > floor and typed[-1] >= piece.level:
            typed.pop()
        typed.append(piece.level)
        level = len(typed)
        counts = [*counts[:level], *[0] * (level - len(counts))]
        counts[level - 1] += 1
        number = "" if chapter is None else ".".join(map(str, (chapter, *counts[1:level])))
        # Two hyphens, because the id of an exhibit never has them.
        anchor = f"section--{number.replace('.', '-') or position}"
        yield replace(piece, level=level, number=number, anchor=anchor)


def _convert_blocks(
    document: Document,
    target: Target,
    show_image: Callable[[PictureBlock | PlainBlock], str],
    convert: Convert,
) -> Iterator[tuple[Piece, Callable[..., str] | None]]:
    """Yield pieces, those of texts with what puts names in the place of their references."""
    texts = [block for block in document.blocks if isinstance(block, TextBlock)]
    exhibits = {block.id: block for block in document.blocks if isinstance(block, Exhibit)}
    answers = iter(convert(_sources(texts, document.gate), target))
    for block in document.blocks:
        if not isinstance(block, TextBlock):
            yield block, None
            continue
        answer = next(answers)
        if block.format == target:
            yield Body(block.place, block.text, block.text, True), None
        else:
            refer = partial(
                insert_references,
                references=answer.references,
                mark=answer.mark,
                exhibits=exhibits,
                place=block.place,
                target=target,
                language=document.language,
                gate=document.gate,
            )
            for piece in _pieces(document, block, answer, show_image):
                yield piece, refer


def _sources(blocks: Sequence[TextBlock], gate: Gate) -> list[Source]:
    """Return what is to be converted, equations numbered through the whole document."""
    written = [block for block in blocks if block.format == "markdown"]

    def refuse(position: int, reference: str) -> None:
        gate.refuse(
            written[position].place,
            f"{reference} refers to an equation that does not exist",
            remedy="give the equation this label",
            instead="it stands there as typed",
            text=reference,
        )

    numbered = iter(number_equations([block.text for block in written], refuse=refuse))
    return [
        Source(next(numbered) if block.format == "markdown" else block.text, block.format)
        for block in blocks
    ]


def _pieces(
    document: Document,
    block: TextBlock,
    answer: Converted,
    show_image: Callable[[PictureBlock | PlainBlock], str],
) -> Iterator[Piece]:
    for problem in answer.problems:
        document.gate.refuse(
            block.place,
            f"the formula {problem!r} cannot be converted",
            remedy="write it with the commands of standard LaTeX",
            instead="its source is shown",
            text=problem,
        )
    shown = [
        show_image(find_image(image, block, language=document.language, gate=document.gate))
        for image in answer.images
    ]

    for part in answer.parts:
        yield _piece(block, replace(part, content=answer.show_images(part.content, shown)))


def _piece(block: TextBlock, part: Part) -> Piece:
    # A heading without a letter, say with a logo alone, has no place in contents and bookmarks.
    if part.kind == "heading" and any(map(str.isalnum, part.text)):
        return Heading(block.place, part.level, "", "", part.content, part.text)
    return Body(block.place, part.content, part.text, block.format == "html")
