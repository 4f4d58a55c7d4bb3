"""The parameters of a report: typed once, asked for in the user's words, never guessed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from lyanalysis import catalog
from lyanalysis.errors import DataError, ParameterError

RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Year = Annotated[int, Field(ge=1949, le=2100)]
Language = Literal["zh", "en"]


class Parameters(BaseModel):
    """What one report is about.

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

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.first_year > self.year:
            raise ValueError(f"first_year {self.first_year} is after year {self.year}")
        if self.region in self.peers:
            raise ValueError(f"peers contain {self.region}, the region of the report itself")
        if len(set(self.peers)) < len(self.peers):
            raise ValueError("peers name a region twice")
        return self

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


def resolve_parameters(
    requested: Mapping[str, Any],
    defaults: Mapping[str, Any],
    *,
    newest_year: Callable[[str], int],
    data: Path | None = None,
) -> Parameters:
    """Turn what a user asked for into parameters.

    Parameters
    ----------
    requested : mapping of str to object
        Names of parameters and values; None means "not given". Regions may be given by code,
        Chinese name, English name or alias.
    defaults : mapping of str to object
        Values for what was not given, from ``report.toml``.
    newest_year : callable
        Takes a region code, returns the newest year with complete accounts: the default of
        the year, and its limit.
    data : Path, optional
        Data folder; the shipped one by default.

    Returns
    -------
    parameters : Parameters
        Complete and checked.

    Raises
    ------
    ParameterError
        If a name or region is unknown or a value is not allowed; the message is one line.
    DataError
        If nothing is published yet for the year.
    """
    values = {**defaults, **{name: value for name, value in requested.items() if value is not None}}
    for name in values:
        if name not in Parameters.model_fields:
            raise ParameterError(
                f"there is no parameter {name!r}{suggestion(name, Parameters.model_fields)}",
                name=name,
                value=values[name],
            )
    values["region"] = _code("region", values.get("region"), data)
    peers = values.get("peers", ())
    if isinstance(peers, str) or not isinstance(peers, Iterable):
        raise ParameterError(
            f"peers must be a list of regions, not {peers!r}", name="peers", value=peers
        )
    values["peers"] = tuple(_code("peers", peer, data) for peer in peers)
    newest = newest_year(values["region"])
    try:
        parameters = Parameters(**{"year": newest, **values})
    except ValidationError as error:
        name, value, message = explain(error)
        raise ParameterError(message, name=name, value=value) from None
    if parameters.year > newest:
        raise DataError(
            f"no GDP, sectors and growth for {parameters.region} in {parameters.year}; "
            f"newest is {newest}",
            table="observations",
            region=parameters.region,
            year=parameters.year,
        )
    return parameters


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
    close = difflib.get_close_matches(name, names, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(names)}"


def explain(error: ValidationError) -> tuple[str, object, str]:
    """Reduce pydantic's report to its first problem.

    Parameters
    ----------
    error : pydantic.ValidationError
        What pydantic raised.

    Returns
    -------
    tuple of (str, object, str)
        Dotted name of the field ("" for the whole), the value given, one line on what is wrong.
    """
    first = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "value_error":
        return name, first["input"], first["msg"].removeprefix("Value error, ")
    message = first["msg"][0].lower() + first["msg"][1:]
    if first["type"] == "missing":
        return name, None, f"{name} is missing"
    return name, first["input"], f"{name} {first['input']!r}: {message}"


def _code(name: str, value: object, data: Path | None) -> str:
    """Return the code of a region given in the user's words."""
    if not isinstance(value, str):
        raise ParameterError(
            f"{name} must be a name or a six-digit code in quotes, not {value!r}",
            name=name,
            value=value,
        )
    return catalog.find_region(value, data=data).code
