"""The parameters of a report: typed once, asked for in the user's words, never guessed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lyanalysis import catalog
from lyanalysis.errors import LONGEST_VALUE, DataError, ParameterError, quoted

FIRST_YEAR = 1949
"""No series of the data can begin before."""

RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=2100)]
Language = Literal["zh", "en"]


class Parameters(BaseModel):
    """What one report is about; :func:`resolve_parameters` makes it from a user's words.

    Parameters
    ----------
    region : str
        Six-digit code (GB/T 2260); text, so that ``"010500"`` keeps its zero.
    year : int
        Last year of the report.
    first_year : int
        First year of its series, not after `year`.
    language : {"zh", "en"}
        Language of text, figures and tables.
    peers : tuple of str
        Codes of the regions to compare with; neither `region` itself nor one code twice.

    Examples
    --------
    >>> Parameters(region="010500", year=2025, first_year=2010, language="zh", peers=()).region
    '010500'
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    region: RegionCode
    year: Year
    first_year: Year
    language: Language
    peers: tuple[RegionCode, ...]

    @property
    def id(self) -> str:
        """Identifier of the report, and its folder: region, last year and language."""
        return f"{self.region}/{self.year}-{self.language}"

    def for_notebook(self) -> dict[str, str | int | list[str]]:
        """Return the values as a notebook receives them.

        Returns
        -------
        dict
            Plain strings, integers and lists, in the order of the fields.
        """
        values = self.model_dump()
        # papermill writes a list as code, a tuple as a quoted string.
        return {**values, "peers": list(self.peers)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A value, and what its user knows it by: ``--year``, ``report.toml: first_year``."""

    label: str
    value: Any
    is_default: bool

    def refuse(self, message: str) -> ParameterError:
        """Return the error for this value."""
        return ParameterError(message, name=self.label, value=self.value)


def resolve_parameters(
    requested: Mapping[str, Any],
    defaults: Mapping[str, Any],
    *,
    years: Callable[[str], range],
    data: Path | None = None,
) -> Parameters:
    """Turn what a user asked for into parameters.

    Parameters
    ----------
    requested : mapping of str to object
        Names of parameters and values; None means "not given". Regions may be given by code,
        Chinese name, English name or alias, years as numbers or text.
    defaults : mapping of str to object
        Values for what was not given, from ``report.toml``: all parameters but the year.
    years : callable
        Takes a region code, returns the years its report may end in; the last one is the default.
    data : Path, optional
        Data folder; the shipped one by default.

    Returns
    -------
    parameters : Parameters
        Complete and checked. A region is left out of the default peers of its own report.

    Raises
    ------
    ParameterError
        If a name or region is unknown or a value is not allowed; the message is one line, and names
        the option, or ``report.toml`` where the user gave none.
    DataError
        If nothing is published for the year.
    """
    given = {name: value for name, value in requested.items() if value is not None}
    for name in {**defaults, **given}:
        if name not in Parameters.model_fields:
            known = suggestion(name, Parameters.model_fields)
            raise ParameterError(
                f"there is no parameter {quoted(name)}{known}", name=name, value=requested.get(name)
            )
    asked = {name: _Asked(f"report.toml: {name}", value, True) for name, value in defaults.items()}
    asked |= {name: _Asked(_option(name), value, False) for name, value in given.items()}

    region = _region(asked["region"], asked["region"].value, data)
    covered = years(region.code)
    year = _year(asked.get("year"), region, covered)
    return Parameters(
        region=region.code,
        year=year,
        first_year=_first_year(asked["first_year"], year, asked.get("year"), region, covered),
        language=_language(asked["language"]),
        peers=_peers(asked["peers"], region, data),
    )


def split_names(texts: Iterable[str]) -> list[str]:
    """Return the names in texts that hold several, with commas of either script between them.

    Parameters
    ----------
    texts : iterable of str
        What a user typed, one text each time an option was given.

    Returns
    -------
    list of str
        In the order typed; empty names are left out.

    Examples
    --------
    >>> split_names(["郑州、开封", "Hebi, 410500"])
    ['郑州', '开封', 'Hebi', '410500']
    """
    names = (name.strip() for text in texts for name in re.split("[,，、]", text))
    return [name for name in names if name]


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return the end of an error message that proposes the closest known names.

    Parameters
    ----------
    name : str
        What was given.
    known : iterable of str
        What is allowed.

    Returns
    -------
    str
        ``"; did you mean …?"``, or the list of allowed names when none is close.

    Examples
    --------
    >>> suggestion("regoin", ["region", "year"])
    "; did you mean 'region'?"
    >>> suggestion("x", ["region", "year"])
    '; known are region, year'
    """
    names = list(known)
    # To compare a text much longer than any of them could take minutes.
    close = difflib.get_close_matches(name[:LONGEST_VALUE], names, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(names)}"


def _option(name: str) -> str:
    """Return what a parameter is called on the command line."""
    return name if name == "region" else f"--{name.replace('_', '-')}"


def _called(region: catalog.Region) -> str:
    return f"{region.code} ({region.name_zh})"


def _region(asked: _Asked, text: object, data: Path | None) -> catalog.Region:
    """Return a region given in the user's words."""
    if not isinstance(text, str):
        raise asked.refuse(
            f"{asked.label} must be a name or a six-digit code in quotes, not {quoted(text)}"
        )
    try:
        return catalog.find_region(text, data=data)
    except ParameterError as error:
        place = "" if asked.label == "region" else f"{asked.label}: "
        raise asked.refuse(f"{place}{error}") from None


def _number(asked: _Asked) -> int:
    """Return a year as a number."""
    if not re.fullmatch(r"[0-9]{4}", str(asked.value)):
        raise asked.refuse(
            f"{asked.label} {quoted(asked.value)} is not a year; write four digits, such as 2025"
        )
    return int(asked.value)


def _year(asked: _Asked | None, region: catalog.Region, years: range) -> int:
    """Return the last year: the newest by default, else one that has figures."""
    if asked is None:
        return years[-1]
    year = _number(asked)
    if year in years:
        return year
    known = (
        f"GDP of {_called(region)} is published from {years[0]} on"
        if year < years[0]
        else f"GDP, sectors and growth of {_called(region)} are published up to {years[-1]}"
    )
    raise DataError(
        f"{asked.label} {year}: {known}; choose a year from {years[0]} to {years[-1]}",
        table="observations",
        region=region.code,
        year=year,
    )


def _first_year(
    asked: _Asked,
    last: int,
    last_asked: _Asked | None,
    region: catalog.Region,
    years: range,
) -> int:
    """Return the first year, which is not after the last; the message proposes what to type."""
    first = _number(asked)
    if first < FIRST_YEAR:
        raise asked.refuse(
            f"{asked.label} {first}: figures of {_called(region)} begin in {years[0]}; "
            f"give a year from {FIRST_YEAR} on"
        )
    if first <= last:
        return first
    if last_asked is None:
        raise asked.refuse(
            f"{asked.label} {first} is after {last}, the newest year of {_called(region)}; "
            "give an earlier one"
        )
    if asked.is_default:
        raise last_asked.refuse(
            f"{last_asked.label} {last} is before {first} (first_year in report.toml); "
            f"add --first-year {years[0]}, where the figures of {_called(region)} begin"
        )
    raise asked.refuse(
        f"{asked.label} {first} is after {last_asked.label} {last}; give an earlier one"
    )


def _language(asked: _Asked) -> Language:
    language = str(asked.value).lower()
    if language not in get_args(Language):
        raise asked.refuse(
            f"{asked.label} {quoted(asked.value)} is no language of a report; "
            f"choose {' or '.join(get_args(Language))}"
        )
    return cast("Language", language)


def _peers(asked: _Asked, region: catalog.Region, data: Path | None) -> tuple[str, ...]:
    """Return the codes of the peers, each once and none of them the region itself."""
    if isinstance(asked.value, str) or not isinstance(asked.value, Iterable):
        raise asked.refuse(f"{asked.label} must be a list of regions, not {quoted(asked.value)}")
    peers: list[str] = []
    for text in asked.value:
        peer = _region(asked, text, data)
        if peer == region and asked.is_default:
            continue
        if peer == region or peer.code in peers:
            why = "the region of the report itself" if peer == region else "named already"
            raise asked.refuse(
                f"{asked.label}: {quoted(text)} is {_called(peer)}, {why}; leave it out"
            )
        peers.append(peer.code)
    return tuple(peers)
