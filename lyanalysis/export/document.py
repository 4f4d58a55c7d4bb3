"""A notebook as a document: title, metadata and blocks, the same for the page and the PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from lyanalysis.errors import ExportError
from lyanalysis.export.blocks import Block, CodeBlock, TextBlock
from lyanalysis.export.exhibit import Exhibit, Place
from lyanalysis.export.gate import Gate, keep_quiet
from lyanalysis.export.markdown import wrap_formulas
from lyanalysis.export.outputs import decode, describer, plain_block, read_output
from lyanalysis.export.sanitise import clean_html
from lyanalysis.export.words import WORDS, Language


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file stored inside the PDF."""

    name: str
    mime: str
    description: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """What the exporters print.

    Attributes
    ----------
    name : str
        File name of the notebook without suffix.
    title, subtitle, region, period, edition, data_date, own_data, version : str
        For the cover and the head of the page; empty where the notebook does not say.
    language : {"zh", "en"}
        Language of the page.
    keywords, authors : tuple of str
        For the metadata of the file.
    attachments : tuple of Attachment
        Files the report carries besides the exhibits' data.
    blocks : tuple of Block
        In reading order.
    is_report : bool
        A joined report: chapters are numbered, images must have alternative text.
    gate : Gate
        What becomes of a thing that cannot be shown.
    """

    name: str
    title: str
    subtitle: str
    language: Language
    region: str
    period: str
    edition: str
    data_date: str
    own_data: str
    version: str
    keywords: tuple[str, ...]
    authors: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    blocks: tuple[Block, ...]
    is_report: bool
    gate: Gate = field(compare=False)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Figures and tables that have data, in reading order."""
        return tuple(
            block
            for block in self.blocks
            if isinstance(block, Exhibit) and block.kind != "notice" and block.data_header
        )

    @property
    def notices(self) -> tuple[Exhibit, ...]:
        """What stands in the place of exhibits that have no data, in reading order."""
        found = (block for block in self.blocks if isinstance(block, Exhibit))
        return tuple(block for block in found if block.kind == "notice")

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Name and value of what the cover tells: region, period, edition and date of the data."""
        words = WORDS[self.language]
        names = ("region", "period", "edition", "data_date", "own_data", "version")
        return tuple((words[name], getattr(self, name)) for name in names if getattr(self, name))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the cells to keep: language of fixed words, code or not, folder of images."""

    language: Language
    show_code: bool
    folder: Path | None


def read_document(
    notebook: Mapping[str, Any],
    resources: Mapping[str, Any],
    *,
    language: str = "",
    show_code: bool = False,
    warn: Callable[[str], None] = keep_quiet,
) -> Document:
    """Read an executed notebook, joined by a report or written by anyone.

    Parameters
    ----------
    notebook : mapping
        Notebook of format 4.
    resources : mapping
        nbconvert's resources; ``metadata`` holds ``name`` (title and chapter where the notebook
        does not say) and perhaps ``path``, the folder where relative image paths start.
    language : {"", "zh", "en"}
        Overrides the language the notebook states.
    show_code : bool
        Keep the code of cells whose input is not hidden.
    warn : callable
        Takes what is amiss in a notebook that is no report, one text each.

    Returns
    -------
    Document
        Without cells tagged ``remove-cell``, with one language of each pair of
        tagged cells, exhibits numbered.

    Raises
    ------
    ExportError
        If an exhibit is incomplete, an exhibit id occurs twice, a cell of a report failed or its
        image has no alternative text, or no cell of a notebook that uses this package was ever run.

    Notes
    -----
    The language is the first known of: the argument, the report's metadata, the parameter
    ``language`` papermill injected. Without any, all cells are kept, and the page is Chinese if
    one letter in ten of its text is.
    """
    about: Mapping[str, Any] = notebook["metadata"].get("lyanalysis", {})
    name, path = str(resources["metadata"]["name"]), resources["metadata"].get("path")
    folder = Path(path) if path else None
    stated = _stated_language(notebook["metadata"], language)
    cells = [cell for cell in notebook["cells"] if _is_kept(cell, stated)]
    spoken = stated or _guess_language(cells)
    is_report = "title" in about
    if not is_report and not _was_run(notebook["cells"]):
        unrun = (
            f"notebook {name}: none of its code cells has been run, and the exhibits come from "
            "running them; run it and save it, or give nbconvert the option --execute"
        )
        if _uses_exhibits(notebook["cells"]):
            raise ExportError(unrun)
        warn(unrun)
    gate = Gate(is_strict=is_report, warn=warn)
    wanted = Wanted(spoken, show_code, folder)
    blocks = [
        block
        for position, cell in enumerate(notebook["cells"], start=1)
        if _is_kept(cell, stated)
        for block in _read_cell(cell, _place(cell, name, position), wanted, gate)
    ]
    return Document(
        name=name,
        title=str(about.get("title") or notebook["metadata"].get("title") or ""),
        subtitle=str(about.get("subtitle", "")),
        language=spoken,
        region=str(about.get("region", "")),
        period=str(about.get("period", "")),
        edition=str(about.get("edition") or ""),
        data_date=str(about.get("data_date") or ""),
        own_data=str(about.get("own_data", "")),
        version=str(about.get("version", "")),
        keywords=tuple(about.get("keywords", ())),
        authors=tuple(about.get("authors") or _author_names(notebook["metadata"])),
        attachments=tuple(_attachment(item) for item in about.get("attachments", ())),
        blocks=tuple(number_exhibits(blocks)),
        is_report=is_report,
        gate=gate,
    )


def number_exhibits(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give figures and tables without a number one, in order, and refuse repeated ids.

    Parameters
    ----------
    blocks : sequence of Block
        In reading order.

    Yields
    ------
    Block
        Exhibits have a number: ``"2-1"`` in chapter 2, ``"1"`` outside a report. Figures and
        tables are counted separately.

    Raises
    ------
    ExportError
        If two exhibits have the same id or, of one kind, the same number.
    """
    seen: dict[str, Place] = {}
    counts: Counter[tuple[str, object]] = Counter()
    for block in blocks:
        if not isinstance(block, Exhibit):
            yield block
            continue
        if block.kind != "notice":
            chapter = block.place.number
            counts[block.kind, chapter] += 1
            count = counts[block.kind, chapter]
            number = block.number or (f"{count}" if chapter is None else f"{chapter}-{count}")
            block = replace(block, number=number)
        for key in filter(None, (block.id, block.label)):
            if key in seen:
                raise block.place.error(
                    f"exhibit {key!r} was already shown by {seen[key]}; every exhibit of a report "
                    "needs its own id and number."
                )
            seen[key] = block.place
        yield block


def _read_cell(
    cell: Mapping[str, Any], place: Place, wanted: Wanted, gate: Gate
) -> Iterator[Block]:
    kind, source = cell["cell_type"], cell["source"]
    if not source.strip() and kind != "code":
        return
    if kind == "markdown":
        images = {
            name: decode(next(iter(content.values()), ""), place, gate)
            for name, content in cell.get("attachments", {}).items()
        }
        yield TextBlock(place, wrap_formulas(source), "markdown", images, wanted.folder)
    elif kind == "raw":
        yield from _read_raw(cell, place, wanted, gate)
    elif kind == "code":
        if wanted.show_code and source.strip() and not _hides_input(cell):
            yield CodeBlock(place, source.expandtabs().rstrip())
        for output in cell["outputs"]:
            block = read_output(
                output,
                cell["metadata"],
                place,
                language=wanted.language,
                gate=gate,
                folder=wanted.folder,
            )
            if block is not None:
                yield block


def _read_raw(cell: Mapping[str, Any], place: Place, wanted: Wanted, gate: Gate) -> Iterator[Block]:
    """Show raw text as nbconvert does: if it is meant for this target or for none in particular."""
    metadata, source = cell["metadata"], cell["source"]
    mime = str(metadata.get("raw_mimetype") or metadata.get("format") or "").lower()
    if mime in ("text/html", "html"):
        html = clean_html(source, describe=describer({}, metadata, place, wanted.language, gate))
        if html:
            yield TextBlock(place, html, "html", {}, wanted.folder)
    elif mime in ("text/markdown", "markdown"):
        yield TextBlock(place, wrap_formulas(source), "markdown", {}, wanted.folder)
    elif mime in ("", "text/plain") and not (place.cell == 1 and source.startswith("---")):
        # What begins with dashes is the header some programs store in the first cell.
        block = plain_block(source, place)
        if block is not None:
            yield block


def _hides_input(cell: Mapping[str, Any]) -> bool:
    metadata = cell["metadata"]
    tags = set(metadata.get("tags", ())) & {"remove-input", "remove_input", "hide-input"}
    folded = metadata.get("jupyter", {}).get("source_hidden") or metadata.get("hide_input")
    # nbconvert's own TagRemovePreprocessor leaves its mark here.
    return bool(tags or folded or cell.get("transient", {}).get("remove_source"))


def _is_kept(cell: Mapping[str, Any], language: Language | None) -> bool:
    tags = set(cell["metadata"].get("tags", ()))
    if "remove-cell" in tags:
        return False
    spoken = tags & set(WORDS)
    return language is None or cell["cell_type"] != "markdown" or not spoken or language in spoken


def _was_run(cells: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether any code was run, as far as there is any; a report has lost its counts."""
    coded = [cell for cell in cells if cell["cell_type"] == "code" and cell["source"].strip()]
    run = (cell["outputs"] or cell.get("execution_count") is not None for cell in coded)
    return not coded or any(run)


def _uses_exhibits(cells: Sequence[Mapping[str, Any]]) -> bool:
    return any(cell["cell_type"] == "code" and "lyanalysis" in cell["source"] for cell in cells)


def _place(cell: Mapping[str, Any], name: str, position: int) -> Place:
    about = cell["metadata"].get("lyanalysis", {})
    return Place(str(about.get("chapter", name)), about.get("cell", position), about.get("number"))


def _stated_language(metadata: Mapping[str, Any], wanted: str) -> Language | None:
    report = metadata.get("lyanalysis", {}).get("language")
    injected = metadata.get("papermill", {}).get("parameters", {}).get("language")
    for language in (wanted, report, injected):
        if language in WORDS:
            return cast("Language", language)
    return None


def _guess_language(cells: Sequence[Mapping[str, Any]]) -> Language:
    text = "".join(cell["source"] for cell in cells if cell["cell_type"] == "markdown")
    letters = sum(character.isalpha() for character in text)
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    return "zh" if chinese > 0.1 * letters else "en"


def _author_names(metadata: Mapping[str, Any]) -> Iterator[str]:
    for author in metadata.get("authors", ()):
        yield str(author["name"] if isinstance(author, Mapping) else author)


def _attachment(item: Mapping[str, str]) -> Attachment:
    try:
        content = item["text"].encode("utf-8")
        return Attachment(item["name"], item["mime"], item["description"], content)
    except KeyError as error:
        raise ExportError(f"an attachment of the notebook lacks its {error.args[0]}") from error
