"""What a report consists of: the order of its chapters, its title and its default parameters."""

from __future__ import annotations

import os
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from lyanalysis.errors import ParameterError, quoted
from lyanalysis.report.parameters import Language, suggestion

FILE_NAME = "report.toml"
LONGEST_FILE = 255
"""Bytes of the name of a file."""
PLACEHOLDERS = ("region", "year", "first_year")
"""What a title may hold in braces."""


class _Table(BaseModel):
    """A table of the file: every key known, every value of its type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Text(_Table):
    """A text in both languages; ``{region}``, ``{year}`` and ``{first_year}`` are filled in."""

    zh: str
    en: str


class Keywords(_Table):
    """Keywords in both languages."""

    zh: tuple[str, ...] = Field(strict=False)
    en: tuple[str, ...] = Field(strict=False)


class Front(_Table):
    """Table ``[report]``: what the cover and the document properties say."""

    title: Text
    subtitle: Text = Text(zh="", en="")
    authors: tuple[str, ...] = Field(strict=False)
    keywords: Keywords


class Defaults(_Table):
    """Table ``[parameters]``: values for what a user does not give; the year is never fixed."""

    region: str
    first_year: int
    language: Language
    peers: tuple[str, ...] = Field(default=(), strict=False)


def _chapter_number(number: object) -> object:
    """Refuse what is neither a number of a chapter nor the letter of an annex."""
    if isinstance(number, str) and re.fullmatch("[A-Z]", number):
        return number
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= 99:
        return number
    raise ValueError("expected a whole number from 0 to 99, or a capital letter for an annex")


class Chapter(_Table):
    """One of the tables ``[[chapters]]``.

    Parameters
    ----------
    notebook : str
        File name beside ``report.toml``.
    number : int or str
        Number of the chapter, or capital letter of an annex: the first part of the numbers of its
        sections and exhibits.
    """

    notebook: str
    number: Annotated[int | str, PlainValidator(_chapter_number)]

    @property
    def name(self) -> str:
        """File name without its suffix, as errors and the failed folder use it."""
        return Path(self.notebook).stem


class Annex(_Table):
    """Table ``[annex]``: what a report writes about itself.

    Parameters
    ----------
    reproducibility : str
        Capital letter of the annex that lists parameters, hashes and versions, and the chapters
        that are left out because the region has no figure for them.
    """

    reproducibility: str = Field(pattern="^[A-Z]$")


class Plan(_Table):
    """The contents of ``report.toml``; `folder` is where it was found."""

    folder: Path
    report: Front
    parameters: Defaults
    annex: Annex | None = None
    chapters: tuple[Chapter, ...] = Field(min_length=1, strict=False)

    def path(self, chapter: Chapter) -> Path:
        """Return the notebook of a chapter."""
        return self.folder / chapter.notebook


def read_plan(folder: Path) -> Plan:
    """Read ``report.toml`` and check that it is complete.

    Parameters
    ----------
    folder : Path
        The folder that holds ``report.toml`` and the notebooks.

    Returns
    -------
    Plan
        Chapters in the order of the file.

    Raises
    ------
    ParameterError
        If the file is missing, is not TOML, has an unknown key or lacks one, names a notebook
        that does not exist or gives two chapters one number.
    """
    path = folder / FILE_NAME
    try:
        contents = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        advice = "name a folder that holds one, or make it with 'lyanalysis init FOLDER'"
        raise _problem(path, f"cannot be read: {error.strerror}; {advice}") from None
    except UnicodeDecodeError:
        raise _problem(path, "is not encoded in UTF-8; save it in that encoding") from None
    # Besides what it calls so: numbers of thousands of digits, brackets a thousand deep.
    except (ValueError, RecursionError) as error:
        raise _problem(path, f"is not valid TOML: {error}; correct it there") from None
    try:
        plan = Plan.model_validate({**contents, "folder": folder})
    except ValidationError as error:
        raise _problem(path, _explain(error)) from None
    for message in _contradictions(plan):
        raise _problem(path, message)
    return plan


def _contradictions(plan: Plan) -> Iterator[str]:
    """Yield what a complete file can still get wrong."""
    seen: dict[object, Chapter] = {}
    for chapter in plan.chapters:
        if Path(chapter.notebook).name != chapter.notebook:
            yield f"notebook {quoted(chapter.notebook)} must be a file name, without folders"
        if len(os.fsencode(chapter.notebook)) > LONGEST_FILE:
            yield f"notebook {quoted(chapter.notebook)} is longer than the name of a file can be"
        elif not plan.path(chapter).is_file():
            yield (
                f"notebook {quoted(chapter.notebook)} does not exist in {plan.folder}; "
                "put it there or correct the name"
            )
        for key in (chapter.name, chapter.number):
            if key in seen:
                yield f"two chapters are called {key}; give each a file and a number of its own"
            seen[key] = chapter
    letter = plan.annex.reproducibility if plan.annex else None
    if letter in seen:
        yield f"the annex on reproducibility and a chapter are both called {letter}; change one"
    for text in (plan.report.title, plan.report.subtitle):
        for template in (text.zh, text.en):
            if not _has_placeholders_only(template):
                yield f"{quoted(template)} may only hold {{region}}, {{year}} and {{first_year}}"


def _has_placeholders_only(template: str) -> bool:
    """Tell whether a title holds names in braces alone: no attribute, no width, no conversion."""
    try:
        parts = [*string.Formatter().parse(template)]
    except ValueError:
        return False
    return all(
        name is None or (name in PLACEHOLDERS and not form and conversion is None)
        for _, name, form, conversion in parts
    )


def _explain(error: ValidationError) -> str:
    """Say in one line which key is wrong; for an unknown one, which was meant."""
    problems = error.errors(include_url=False)
    # A misspelt key is also a missing one; what was typed helps more.
    first = min(problems, key=lambda problem: problem["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"has an unknown key {quoted(key)}{suggestion(str(first['loc'][-1]), _known_keys())}"
    if first["type"] == "missing":
        return f"lacks the key {key!r}; add it"
    if first["type"] == "too_short":
        return f"lists no {key}; add one"
    message = first["msg"].removeprefix("Value error, ")
    return f"{key} is {quoted(first['input'])}: {message[0].lower()}{message[1:]}"


def _known_keys() -> list[str]:
    tables = (Plan, Front, Text, Defaults, Annex, Chapter)
    names = dict.fromkeys(name for table in tables for name in table.model_fields)
    return [name for name in names if name != "folder"]


def _problem(path: Path, message: str) -> ParameterError:
    """Return the error for a file that cannot be used as it is."""
    return ParameterError(f"{path}: {message}", name=FILE_NAME, value=str(path))
