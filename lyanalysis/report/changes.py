"""What has changed between two editions, in words: lines, a page, a chapter of the new report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from lyanalysis import __version__
from lyanalysis.catalog import Language, escape_markdown
from lyanalysis.export.reference_page import Chapter, save_reference
from lyanalysis.report.change_words import WORDS
from lyanalysis.report.compare import NAME, Cause, Comparison, ExhibitChange
from lyanalysis.report.numbers import Moved

SHORT = 12
"""Hexadecimal digits shown of a hash."""
IN_SUMMARY = 5
"""Moved numbers that a summary names."""
IN_CHAPTER = 6
"""What the chapter lists of each kind: exhibits, rows of one, sentences of one chapter."""
FEW = 4
"""Sources named as the reason for what moved in an exhibit; more are counted."""


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the account: a heading, lines, and a table with its head as first row."""

    title: str
    level: int
    lines: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


def summary_lines(comparison: Comparison, language: Language) -> list[str]:
    """Say in a few lines what has changed, for a mail.

    Parameters
    ----------
    comparison : Comparison
        Of two editions.
    language : {"zh", "en"}
        Language of the words; labels are in that of the report.

    Returns
    -------
    list of str
        Plain text: counts, what went in otherwise, and the first numbers that moved; one line
        where nothing has changed.
    """
    words = WORDS[language]
    seen = [
        f"{_called(exhibit)}{words['colon']}{_moved_line(one, words)}"
        for exhibit in comparison.exhibits
        for one in exhibit.numbers
        if one.is_number and one.is_visible and None not in (one.old, one.new)
    ]
    return [*_opening(comparison, words), *_cut(seen, IN_SUMMARY, words)]


def all_lines(comparison: Comparison, language: Language) -> list[str]:
    """Write the whole account as plain text.

    Parameters
    ----------
    comparison, language
        As for :func:`summary_lines`.

    Returns
    -------
    list of str
        Lines for a terminal, indented below their headings.
    """
    written = summary_lines(comparison, language)
    for section in _sections(comparison, language):
        indent = "  " * (section.level - 2)
        written += ["", f"{indent}{section.title}"]
        written += [f"{indent}  {line}" for line in section.lines]
        written += [f"{indent}  {_row_line(row)}" for row in section.table[1:]]
    return written


def since_last_edition(
    comparison: Comparison, language: Language, *, number: int | str | None = None
) -> NotebookNode:
    """Write the changes a reader sees as a chapter that can open the report.

    Parameters
    ----------
    comparison : Comparison
        Of the last edition and this one.
    language : {"zh", "en"}
        Language of the report.
    number : int, str or None, optional
        Number of the chapter; by default it has none, as a foreword.

    Returns
    -------
    NotebookNode
        Cells that know their place, as executed chapters do. Tables and lists are cut after six
        rows and say so; what rounding hides is counted, not listed.
    """
    words = WORDS[language]
    opening = "\n\n".join(map(escape, _opening(comparison, words)))
    texts = [f"# {words['title']}\n\n{opening}"]
    texts += map(_markdown, _sections(_visible(comparison), language, most=IN_CHAPTER))
    cells = [new_markdown_cell(text) for text in texts]  # type: ignore[no-untyped-call]
    for position, cell in enumerate(cells, start=1):
        cell.metadata["lyanalysis"] = {"chapter": NAME, "number": number, "cell": position}
    made: NotebookNode = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    return made


def save_page(comparison: Comparison, language: Language, file: Path) -> None:
    """Write the whole account as one HTML page in the look of a report.

    Parameters
    ----------
    comparison, language
        As for :func:`summary_lines`.
    file : Path
        Where to; the name ends with ``.html``. A page already there is replaced as a whole.

    Raises
    ------
    ParameterError
        If the name ends otherwise.
    PublishError
        If the file cannot be written; what was there is unchanged.
    """
    words = WORDS[language]
    chapters = [
        Chapter(
            NAME, words["title"], ("\n\n".join(map(escape, summary_lines(comparison, language))),)
        )
    ]
    for section in _sections(comparison, language):
        if section.level == 2:
            chapters.append(Chapter(NAME, escape(section.title), (_body(section),)))
        else:
            last = chapters[-1]
            chapters[-1] = replace(
                last, entries=(*last.entries, _markdown(replace(section, level=2)))
            )
    title = words["page"].format(title=comparison.new.title)
    save_reference(chapters, file, title=title, language=language, version=__version__)


def escape(text: str) -> str:
    r"""Write text so that no Markdown converter finds markup, formulas or HTML in it.

    Parameters
    ----------
    text : str
        Anything, for one line.

    Returns
    -------
    str
        With character references. An address is still a link, to what it says.

    Examples
    --------
    >>> escape("<b> $x$\n2|3")
    '&#60;b&#62; &#36;x&#36; 2&#124;3'
    """
    return escape_markdown(" ".join(text.split()))


def _opening(comparison: Comparison, words: Mapping[str, str]) -> Iterator[str]:
    """Yield the counts, and in what the editions differ as a whole."""
    old, new = comparison.old, comparison.new
    since = words["since"].format(year=old.year, version=old.version)
    counts = words["and"].join(_counts(comparison, words)) or words["nothing"]
    yield f"{since}{counts}{words['stop']}"
    if old.year != new.year:
        yield words["other_year"].format(old=old.year, new=new.year)
    if comparison.causes:
        told = words["semicolon"].join(_cause(one, words) for one in comparison.causes)
        yield f"{words['inputs']}{words['colon']}{told}{words['stop']}"


def _visible(comparison: Comparison) -> Comparison:
    """Leave out what a reader cannot see, and what the report says elsewhere of its inputs."""
    seen = [
        replace(
            one, numbers=tuple(cell for cell in one.numbers if cell.is_visible & cell.is_number)
        )
        for one in comparison.exhibits
    ]
    return replace(comparison, exhibits=tuple(seen), causes=())


def _counts(comparison: Comparison, words: Mapping[str, str]) -> list[str]:
    """Count the changes by what they are; kinds that do not occur are left out."""
    counted: Counter[str] = Counter()
    for exhibit in comparison.exhibits:
        counted[f"exhibits_{exhibit.state}"] += exhibit.state != "changed"
        for one in (moved for moved in exhibit.numbers if moved.is_number):
            counted["numbers_" + _kind(one)] += 1
    for sentence in comparison.sentences:
        state = "added" if not sentence.old else "gone" if not sentence.new else "changed"
        counted[f"sentences_{state}"] += 1
    return [words[kind].format(count=counted[kind]) for kind in words if counted[kind]]


def _kind(moved: Moved) -> str:
    """Say whether a cell was added, is gone, moved, or moved beyond what is displayed."""
    if moved.old is None:
        return "added"
    if moved.new is None:
        return "gone"
    return "moved" if moved.is_visible else "hidden"


def _sections(
    comparison: Comparison, language: Language, most: int | None = None
) -> Iterator[Section]:
    words = WORDS[language]
    if comparison.causes:
        told = tuple(_cause(one, words) for one in comparison.causes)
        yield Section(words["inputs"], 2, told)
    moved = [one for one in comparison.exhibits if one.numbers]
    if moved:
        yield Section(words["numbers"], 2, _rest(len(moved), most, words))
    for exhibit in moved[:most]:
        yield _moved(exhibit, words, most)
    others = [line for one in comparison.exhibits for line in _exhibit_lines(one, words)]
    if others:
        yield Section(words["exhibits"], 2, _cut(others, most, words))
    if comparison.sentences:
        yield Section(words["sentences"], 2)
    for chapter, group in groupby(comparison.sentences, key=lambda one: one.chapter):
        lines = [line for one in group for line in _sentence(one.old, one.new, words)]
        yield Section(comparison.chapters[chapter], 3, _cut(lines, most, words))


def _moved(exhibit: ExhibitChange, words: Mapping[str, str], most: int | None) -> Section:
    """Write what moved in one exhibit, and why."""
    is_brief = most is not None
    causes = [*_sources(exhibit.causes, words)]
    causes += [_cause(one, words, is_brief) for one in exhibit.causes if one.part != "sources"]
    why = "why_none" if not causes else "why" if len(causes) == 1 else "why_one_of"
    lines = [words[why].format(causes=words["semicolon"].join(causes))]
    rows = [*_rows(exhibit.numbers, words)]
    lines += _rest(len(rows), most, words)
    head = tuple(words[name] for name in ("row", "column", "old", "new", "remark"))
    return Section(_called(exhibit), 3, tuple(lines), (head, *rows[:most]))


def _sources(causes: Sequence[Cause], words: Mapping[str, str]) -> Iterator[str]:
    """Name the sources that came and went; where they are many, count them."""
    sources = [one for one in causes if one.part == "sources"]
    if len(sources) <= FEW:
        yield from (_cause(one, words) for one in sources)
        return
    came = sum(not one.old for one in sources)
    yield words["many_sources"].format(came=came, went=len(sources) - came)


def _rows(numbers: Sequence[Moved], words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield a line a number; what was added to a row, or is gone from it, stands in one."""
    for (_, kind), group in groupby(numbers, key=lambda one: (one.row, _kind(one))):
        rows = [_row(one, words) for one in group]
        if kind not in ("added", "gone"):
            yield from rows
            continue
        columns = zip(*(row[1:4] for row in rows), strict=True)
        joined = [
            cells[0] if {*cells} == {words["none"]} else words["listed"].join(cells)
            for cells in columns
        ]
        yield rows[0][0], *joined, rows[0][4]


def _row(moved: Moved, words: Mapping[str, str]) -> tuple[str, ...]:
    old, new = (moved.shown_old, moved.shown_new)
    if not moved.is_visible:
        old, new = (str(value) for value in (moved.old, moved.new))
    remark = words[f"remark_{_kind(moved)}"]
    return moved.row, moved.column, old or words["none"], new or words["none"], remark


def _row_line(row: Sequence[str]) -> str:
    place = " · ".join(part for part in row[:2] if part)
    remark = f"  [{row[4]}]" if row[4] else ""
    return f"{place}: {row[2]} → {row[3]}{remark}"


def _moved_line(moved: Moved, words: Mapping[str, str]) -> str:
    return _row_line(_row(moved, words))


def _exhibit_lines(exhibit: ExhibitChange, words: Mapping[str, str]) -> Iterator[str]:
    called = _called(exhibit)
    if exhibit.state != "changed":
        yield words[f"exhibit_{exhibit.state}"].format(called=called)
        return
    if bool(exhibit.old_label) is not bool(exhibit.new_label):
        yield words["filled" if exhibit.new_label else "emptied"].format(called=called)
        return
    if exhibit.old_label != exhibit.new_label:
        yield words["renumbered"].format(
            called=called, old=exhibit.old_label, new=exhibit.new_label
        )
    if exhibit.old_caption != exhibit.new_caption:
        yield words["retitled"].format(called=called, old=exhibit.old_caption)
    if exhibit.is_redrawn:
        yield words["redrawn"].format(called=called)


def _sentence(old: str, new: str, words: Mapping[str, str]) -> Iterator[str]:
    if old and new:
        yield words["sentence_changed"].format(old=old, new=new)
    elif old:
        yield words["sentence_gone"].format(text=old)
    else:
        yield words["sentence_added"].format(text=new)


def _called(exhibit: ExhibitChange) -> str:
    label = exhibit.new_label or exhibit.old_label
    return f"{label} {exhibit.new_caption or exhibit.old_caption}".strip()


def _cause(cause: Cause, words: Mapping[str, str], is_brief: bool = False) -> str:
    """Name what is another; hashes and versions are left out of a brief line."""
    what = words[f"part_{cause.part}"].format(name=cause.name)
    if is_brief and cause.part != "parameters" and cause.old and cause.new:
        return words["cause_brief"].format(what=what)
    if cause.part in ("parameters", "package"):
        return f"{what}{words['colon']}{cause.old or words['none']} → {cause.new or words['none']}"
    if not cause.old:
        return words["cause_added"].format(what=what)
    if not cause.new:
        return words["cause_gone"].format(what=what)
    return words["cause_changed"].format(what=what, old=cause.old[:SHORT], new=cause.new[:SHORT])


def _cut(lines: Sequence[str], most: int | None, words: Mapping[str, str]) -> tuple[str, ...]:
    return (*lines[:most], *_rest(len(lines), most, words))


def _rest(count: int, most: int | None, words: Mapping[str, str]) -> tuple[str, ...]:
    """Say how many are not listed, if any."""
    if most is None or count <= most:
        return ()
    return (words["more"].format(count=count - most),)


def _markdown(section: Section) -> str:
    return f"{'#' * section.level} {escape(section.title)}\n\n{_body(section)}"


def _body(section: Section) -> str:
    parts = ["\n".join(f"- {escape(line)}" for line in section.lines)]
    if section.table:
        head, *rows = section.table
        parts.append("\n".join(_table([head, ("---", "---", "--:", "--:", "---")], rows)))
    return "\n\n".join(filter(None, parts))


def _table(head: Iterable[Sequence[str]], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for line in head:
        yield f"| {' | '.join(line)} |"
    for row in rows:
        yield f"| {' | '.join(map(escape, row))} |"
