"""A plan of many reports: products of parameters, with exceptions, readers and limits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from lyanalysis.errors import ParameterError
from lyanalysis.report.limits import Limits
from lyanalysis.report.mail_settings import Address, MailSettings, Recipient
from lyanalysis.report.parameters import suggestion

NEWEST = "newest"
MOST_YEARS = 200


Names = Annotated[tuple[str, ...], Field(strict=False)]
Folder = Annotated[Path, Field(strict=False)]


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
        Folders the finished report is copied to.
    limits : table, optional
        Limits of these reports.
    """

    first_year: int | None = None
    peers: Names | None = None
    formats: Names | None = None
    recipients: Annotated[tuple[Recipient, ...], Field(strict=False)] | None = None
    folders: Annotated[tuple[Folder, ...], Field(strict=False)] | None = None
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
    years : str or list of int, optional
        ``"2020..2025"``, ``"newest"`` (the default) or a list.
    languages : list of str, optional
        ``zh`` by default.
    """

    regions: tuple[str, ...] = Field(min_length=1, strict=False)
    years: str | Annotated[tuple[int, ...], Field(strict=False)] = NEWEST
    languages: tuple[Literal["zh", "en"], ...] = Field(default=("zh",), min_length=1, strict=False)

    @field_validator("years")
    @classmethod
    def _readable(cls, given: str | tuple[int, ...]) -> str | tuple[int, ...]:
        read_years(given)
        return given


class Override(Values):
    """One of the tables ``[[overrides]]``: other values for the reports it matches.

    Parameters
    ----------
    region, year, language : optional
        Which reports; what is not named matches all.
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
        Folders as for ``render``.
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

    out: Folder = Path("reports")
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
        plan = BatchPlan.model_validate(contents)
    except ValidationError as error:
        raise _problem(path, _explain(error)) from None
    folder = path.parent
    for product in (*plan.reports, *plan.overrides):
        if plan.mail is None and product.recipients:
            raise _problem(path, "names recipients, but no mail server; add a table [mail]")
    if plan.owners and plan.mail is None:
        raise _problem(path, "names owners, but no mail server; add a table [mail]")
    near = {
        name: folder / given.expanduser()
        for name in ("out", "notebooks", "data")
        if (given := getattr(plan, name)) is not None
    }
    return plan.model_copy(update=near)


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
        raise ParameterError(
            _explain(error).removeprefix("reports.0."), name="batch", value=None
        ) from None


def read_years(given: str | Sequence[int]) -> list[int] | None:
    """Read the years of a plan.

    Parameters
    ----------
    given : str or sequence of int
        ``"2020..2025"``, ``"2024"``, ``"newest"``, or numbers.

    Returns
    -------
    list of int or None
        None for the newest year of each region.

    Raises
    ------
    ValueError
        If it is none of these.

    Examples
    --------
    >>> read_years("2023..2025"), read_years([2020]), read_years("newest")
    ([2023, 2024, 2025], [2020], None)
    """
    if not isinstance(given, str):
        return list(given)
    if given == NEWEST:
        return None
    found = re.fullmatch(r"([0-9]{4})(?:\.\.([0-9]{4}))?", given.strip())
    if found is None:
        raise ValueError(
            f"years {given[:40]!r} are not known; write '2020..2025', '{NEWEST}' or [2024, 2025]"
        )
    first, last = int(found[1]), int(found[2] or found[1])
    if not first <= last < first + MOST_YEARS:
        raise ValueError(f"years {given!r}: the last is before the first, or far from it")
    return list(range(first, last + 1))


def _explain(error: ValidationError) -> str:
    """Say in one line which key is wrong; for an unknown one, which was meant."""
    problems = error.errors(include_url=False)
    first = min(problems, key=lambda problem: problem["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"has an unknown key {key!r}{suggestion(str(first['loc'][-1]), _known_keys())}"
    if first["type"] == "missing":
        return f"lacks the key {key!r}; add it"
    message = first["msg"].removeprefix("Value error, ")
    return f"{key}: {message[0].lower()}{message[1:]}"


def _known_keys() -> list[str]:
    tables = (BatchPlan, Product, Override, LimitsTable, MailSettings, Recipient)
    return list(dict.fromkeys(name for table in tables for name in table.model_fields))


def _problem(path: Path, message: str) -> ParameterError:
    return ParameterError(f"{path}: {message}", name=str(path), value=str(path))
