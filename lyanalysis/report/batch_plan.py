"""A plan of many reports: products of parameters, with exceptions, readers and limits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails

from lyanalysis.errors import ParameterError, quoted
from lyanalysis.report.limits import Limits
from lyanalysis.report.mail_settings import Address, MailSettings, Recipient
from lyanalysis.report.parameters import suggestion

NEWEST = "newest"
FOLDER = "folder"
"""What the context of a validation calls the folder that others are relative to."""
OPTIONS = {
    "regions": "--regions",
    "years": "--years",
    "languages": "--language",
    "formats": "--format",
}
"""What the command line calls the keys of a plan that it can name."""


def read_years(given: object) -> tuple[int, ...] | None:
    """Read the years of a plan.

    Parameters
    ----------
    given : str, int or list of int
        ``"2020..2025"``, ``"2024"``, ``"newest"``, or numbers.

    Returns
    -------
    tuple of int or None
        None for the newest year of each region.

    Raises
    ------
    ValueError
        If it is none of these.

    Examples
    --------
    >>> read_years("2023..2025"), read_years([2020]), read_years("newest")
    ((2023, 2024, 2025), (2020,), None)
    """
    if given == NEWEST:
        return None
    numbers = given if isinstance(given, list | tuple) else [given]
    if numbers and all(_is_year(one) for one in numbers):
        return tuple(numbers)
    found = (
        re.fullmatch(r"([0-9]{4})(?:\.\.([0-9]{4}))?", given) if isinstance(given, str) else None
    )
    if found is None:
        raise ValueError(
            f"{quoted(given)} names no years; write '2020..2025', '{NEWEST}' or [2024, 2025]"
        )
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise ValueError(f"{given!r}: the last year is before the first; exchange them")
    return tuple(range(first, last + 1))


def _is_year(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and 1000 <= given <= 9999


def _place(given: Path, info: ValidationInfo) -> Path:
    """Return a folder as seen from the plan that names it."""
    try:
        folder: Path = (info.context or {}).get(FOLDER, Path())
        return folder / given.expanduser()
    except RuntimeError:
        raise ValueError(
            f"{quoted(str(given))} is in the home of a user who is not known here"
        ) from None


Names = Annotated[tuple[str, ...], Field(strict=False)]
Folder = Annotated[Path, Field(strict=False), AfterValidator(_place)]
Years = Annotated[tuple[int, ...] | None, PlainValidator(read_years)]


class _Table(BaseModel):
    """A table of the file: every key known, every value of its type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class LimitsTable(_Table):
    """Table ``[limits]``: seconds and megabytes; what is not named keeps its default.

    Parameters
    ----------
    cell, report, start : int, optional
        Seconds for a cell, for all chapters of a report, for the start of a kernel.
    memory : int, optional
        Megabytes a process may hold; kept on Linux.
    """

    cell: int | None = Field(default=None, ge=1)
    report: int | None = Field(default=None, ge=1)
    start: int | None = Field(default=None, ge=1)
    memory: int | None = Field(default=None, ge=256)

    def over(self, limits: Limits) -> Limits:
        """Return limits with those named here in place of theirs."""
        return replace(limits, **self.model_dump(exclude_none=True))


class Values(_Table):
    """What a report can be told besides region, year and language.

    Parameters
    ----------
    first_year : int, optional
        First year of the series.
    peers : list of str, optional
        Regions to compare with, by code or name.
    formats : list of str, optional
        Which of html, pdf and xlsx; all by default.
    recipients : list, optional
        Mail addresses, or tables ``{address = "...", html = true}``.
    folders : list of str, optional
        Folders the finished report is copied to; relative to the plan.
    since_last : bool, optional
        Open these reports with what has changed since the edition they replace.
    limits : table, optional
        Limits of these reports; what it does not name stays as it is for all.
    """

    first_year: int | None = None
    peers: Names | None = None
    formats: Names | None = None
    recipients: Annotated[tuple[Recipient, ...], Field(strict=False)] | None = None
    folders: Annotated[tuple[Folder, ...], Field(strict=False)] | None = None
    since_last: bool | None = None
    limits: LimitsTable | None = None

    @field_validator("recipients", mode="before")
    @classmethod
    def _address_alone(cls, given: object) -> object:
        if isinstance(given, list):
            return [{"address": one} if isinstance(one, str) else one for one in given]
        return given


class Product(Values):
    """One of the tables ``[[reports]]``: every region with every year and language.

    Parameters
    ----------
    regions : list of str
        Codes or names. A province stands for its cities.
    years : str, int or list of int, optional
        ``"2020..2025"``, ``"newest"`` (the default), a year or a list.
    languages : list of str, optional
        ``zh`` by default.
    """

    regions: tuple[str, ...] = Field(min_length=1, strict=False)
    years: Years = None
    languages: tuple[Literal["zh", "en"], ...] = Field(default=("zh",), min_length=1, strict=False)


class Override(Values):
    """One of the tables ``[[overrides]]``: other values for the reports it matches.

    Parameters
    ----------
    region : str, optional
        Code or name; a province matches its cities. All regions by default.
    year : int, optional
        All years by default.
    language : {"zh", "en"}, optional
        Both by default.
    """

    region: str | None = None
    year: int | None = None
    language: Literal["zh", "en"] | None = None


class BatchPlan(_Table):
    """The contents of a plan file.

    Parameters
    ----------
    out : Path, optional
        Folder of reports, relative to the plan; ``reports`` by default.
    notebooks, data : Path, optional
        Folders as for ``render``, relative to the plan.
    workers : int, optional
        Reports at the same time; one a processor by default.
    attempts : int, optional
        How often a report is tried that fails for a passing reason.
    limits : table, optional
        For all reports.
    mail : table, optional
        The mail server.
    owners : list of str, optional
        Who gets the digest of failures and changes.
    language : {"zh", "en"}, optional
        Language of the digest.
    reports : list of tables
        What to make.
    overrides : list of tables, optional
        Exceptions; a later one prevails.
    """

    out: Folder = Field(default=Path("reports"), validate_default=True)
    notebooks: Folder | None = None
    data: Folder | None = None
    workers: int | None = Field(default=None, ge=1)
    attempts: int = Field(default=3, ge=1, le=10)
    limits: LimitsTable = LimitsTable()
    mail: MailSettings | None = None
    owners: tuple[Address, ...] = Field(default=(), strict=False)
    language: Literal["zh", "en"] = "zh"
    reports: tuple[Product, ...] = Field(min_length=1, strict=False)
    overrides: tuple[Override, ...] = Field(default=(), strict=False)


def read_batch_plan(path: Path) -> BatchPlan:
    """Read a plan and check what can be checked without data.

    Parameters
    ----------
    path : Path
        A TOML file.

    Returns
    -------
    BatchPlan
        Folders are relative to the plan.

    Raises
    ------
    ParameterError
        If the file cannot be read, is not TOML, has an unknown key or a wrong value.
    """
    try:
        contents = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _problem(path, f"cannot be read: {error.strerror}; name a plan file") from None
    except UnicodeDecodeError:
        raise _problem(path, "is not encoded in UTF-8; save it in that encoding") from None
    except tomllib.TOMLDecodeError as error:
        raise _problem(path, f"is not valid TOML: {error}; correct it there") from None
    try:
        plan = BatchPlan.model_validate(contents, context={FOLDER: path.parent})
    except ValidationError as error:
        raise _problem(path, _explain(error)) from None
    if plan.mail is None:
        if any(one.recipients for one in (*plan.reports, *plan.overrides)):
            raise _problem(path, "names recipients, but no mail server; add a table [mail]")
        if plan.owners:
            raise _problem(path, "names owners, but no mail server; add a table [mail]")
    elif plan.mail.ca_file is not None:
        near = {"ca_file": path.parent / plan.mail.ca_file}
        return plan.model_copy(update={"mail": plan.mail.model_copy(update=near)})
    return plan


def plan_of(values: Mapping[str, Any]) -> BatchPlan:
    """Make a plan of one product, as the command line names it.

    Parameters
    ----------
    values : mapping of str to object
        Fields of `Product`.

    Returns
    -------
    BatchPlan
        With defaults for all else.

    Raises
    ------
    ParameterError
        If a value is not allowed.
    """
    try:
        return BatchPlan.model_validate({"reports": [dict(values)]})
    except ValidationError as error:
        (problem, *_) = error.errors(include_url=False)
        name = OPTIONS[str(problem["loc"][2])]
        raise ParameterError(f"{name}{_say(problem)}", name=name, value=problem["input"]) from None


def _explain(error: ValidationError) -> str:
    """Say in one line which key is wrong; for an unknown one, which was meant."""
    problems = error.errors(include_url=False)
    # A misspelt key is also a missing one; what was typed helps more.
    first = min(problems, key=lambda problem: problem["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = suggestion(str(first["loc"][-1]), _known_keys(first["loc"]))
        return f"has an unknown key {quoted(key)}{known}"
    if first["type"] == "missing":
        return f"lacks the key {key!r}; add it"
    if first["type"] == "too_short":
        return f"lists no {key}; add one"
    return f"{key}{_say(first)}"


def _say(problem: ErrorDetails) -> str:
    """Say what is wrong with a value, after its name."""
    if problem["type"] == "value_error":
        # Those of our own name the value.
        return f": {problem['msg'].removeprefix('Value error, ')}"
    message = problem["msg"]
    return f" is {quoted(problem['input'])}: {message[0].lower()}{message[1:]}"


def _known_keys(place: tuple[int | str, ...]) -> list[str]:
    """List the keys of the table in which an unknown one stands."""
    tables: dict[int | str, type[BaseModel]] = {
        "reports": Product,
        "overrides": Override,
        "limits": LimitsTable,
        "mail": MailSettings,
        "recipients": Recipient,
    }
    around = [tables[part] for part in place[:-1] if part in tables]
    return list((around or [BatchPlan])[-1].model_fields)


def _problem(path: Path, message: str) -> ParameterError:
    return ParameterError(f"{path}: {message}", name=str(path), value=str(path))
