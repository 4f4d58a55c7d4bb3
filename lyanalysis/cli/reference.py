"""What a reader is shown of :mod:`lyanalysis.indicators.reference`: a list, an entry, a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from lyanalysis import __version__, wording
from lyanalysis.catalog import Language
from lyanalysis.cli.output import Column
from lyanalysis.cli.words import word
from lyanalysis.errors import ParameterError
from lyanalysis.indicators.reference import QUESTIONS, Indicator, describe, list_indicators

INDENT = "  "


def find(*, name: str | None, module: str | None) -> list[Indicator]:
    """Return one indicator, those of a module, or all.

    Raises
    ------
    ParameterError
        If there is no such indicator or module.
    """
    try:
        if name is not None:
            return [describe(name)]
        return [describe(known) for known in list_indicators(module=module).index]
    except ValueError as error:
        given = "NAME" if name is not None else "--module"
        raise ParameterError(_advice(str(error)), name=given, value=name or module) from error


def _advice(message: str) -> str:
    """Say it in the words of the command line."""
    listed = message.replace("list_indicators()", "lyanalysis indicators")
    return re.sub("^module: ", "--module ", listed)


def listed(records: Sequence[Indicator], language: Language) -> list[Column]:
    """Show indicators by question: what they are called and measure."""
    rows: list[tuple[str, str, str, str]] = []
    for module, group in groupby(records, key=lambda record: record.module):
        rows += [("", "", "", "")] * bool(rows)
        rows.append((module, _question(module, language), "", ""))
        for record in group:
            names = (record.name_zh, record.name_en)
            own, other = names if language == "zh" else reversed(names)
            summary = record.summary_zh if language == "zh" else record.summary_en
            rows.append((INDENT + record.name, own, other, _first_sentence(summary)))
    cells = [list(column) for column in zip(*rows, strict=True)]
    return [
        Column(word("indicator", language), cells[0], narrow=True),
        Column(word("name", language), cells[1]),
        Column(word("other_name", language), cells[2], below=True),
        Column(word("measures", language), cells[3], below=True),
    ]


def explained(record: Indicator, language: Language) -> Iterator[str]:
    """Yield all that is known of an indicator, line by line."""
    yield f"{wording.method_title(record, language=language)}{INDENT}{record.name}"
    for heading, text in wording.method_sections(record, language=language):
        yield from ("", heading) if heading else ("",)
        for line in _plain(text).splitlines():
            yield f"{INDENT}{line}".rstrip()


def save_page(records: Sequence[Indicator], language: Language, file: Path) -> None:
    """Write indicators as one HTML page."""
    # Only now, because exporters take seconds to import and a mistake is told at once.
    from lyanalysis.export.reference_page import Chapter, save_reference

    chapters = [
        Chapter(module, _question(module, language), tuple(_entry(one, language) for one in group))
        for module, group in groupby(records, key=lambda record: record.module)
    ]
    title = word("indicators", language)
    save_reference(chapters, file, title=title, language=language, version=__version__)


def _entry(record: Indicator, language: Language) -> str:
    sections = [
        f"**{heading}**\n\n{text}" if heading else text
        for heading, text in wording.method_sections(record, language=language)
    ]
    return "\n\n".join([f"## {wording.method_title(record, language=language)}", *sections])


def _question(module: str, language: Language) -> str:
    return QUESTIONS.get(module, (module, module))[language == "en"]


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=。)|(?<=\.)\s", text, maxsplit=1)[0]


def _plain(markdown: str) -> str:
    """Leave out the marks that only a page needs: around formulas and code, before definitions."""
    bare = re.sub(r"(?m)^(\$\$|```\w*)\n((?s:.*?))\n(\$\$|```)$", r"\2", markdown)
    return bare.replace("\n:   ", "\n    ")
