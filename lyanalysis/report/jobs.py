"""The reports a plan asks for, multiplied out and checked against the data."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lyanalysis import catalog
from lyanalysis.errors import ParameterError, quoted
from lyanalysis.report.batch_plan import BatchPlan, Override, Product, Values
from lyanalysis.report.formats import FORMATS, choose_formats
from lyanalysis.report.limits import Limits
from lyanalysis.report.mail_settings import Recipient
from lyanalysis.report.parameters import Parameters, resolve_parameters

VALUES = set(Values.model_fields) - {"limits"}
"""What an override replaces; limits it lays over those there are."""
Years = Callable[[Sequence[str]], Mapping[str, range]]
"""Takes codes of regions, returns the years their reports may end in, where there are any."""


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make.

    Attributes
    ----------
    parameters : Parameters
        What it is about.
    formats : frozenset of str
        Its files.
    limits : Limits
        Its time and memory.
    recipients, folders : tuple
        Where it goes when it is made.
    since_last : bool
        Whether it opens with what has changed since the edition it replaces.
    """

    parameters: Parameters
    formats: frozenset[str] = frozenset(FORMATS)
    limits: Limits = field(default_factory=Limits)
    recipients: tuple[Recipient, ...] = ()
    folders: tuple[Path, ...] = ()
    since_last: bool = False

    @property
    def id(self) -> str:
        """Identifier in plan, log, folder and ``--only``: ``410300/2025-zh``."""
        return self.parameters.id


def list_jobs(
    plan: BatchPlan, defaults: Mapping[str, Any], *, years: Years, source: str
) -> tuple[list[Job], list[str]]:
    """Multiply out a plan.

    Parameters
    ----------
    plan : BatchPlan
        Checked.
    defaults : mapping of str to object
        Parameters from ``report.toml``.
    years : callable
        Takes codes of regions, returns the years their reports may end in.
    source : str
        The file, for messages; empty for what the command line asks for.

    Returns
    -------
    jobs : list of Job
        Each identifier once, in the order of the plan.
    missing : list of str
        Identifiers, or regions, for which no figures are published yet.

    Raises
    ------
    ParameterError
        If a region or format is unknown, or one identifier stands for two different reports.
    """
    jobs: dict[str, Job] = {}
    missing: dict[str, None] = {}
    regions = [_expand_all(product.regions, source) for product in plan.reports]
    exceptions = [
        (None if one.region is None else {*_expand_all([one.region], source)}, one)
        for one in plan.overrides
    ]
    covered = years([code for codes in regions for code in codes])
    for product, codes in zip(plan.reports, regions, strict=True):
        for asked in _combinations(product, codes, covered, missing):
            parts = [product, *_matching(exceptions, **asked)]
            job = _job(plan, parts, asked, defaults, covered, source)
            if jobs.setdefault(job.id, job) != job:
                raise _refuse(
                    source,
                    f"{job.id} is asked for twice, with different values; one folder holds one "
                    "report: give the values in an override, or make two plans with folders of "
                    "their own",
                    name="reports",
                    value=job.id,
                )
    return list(jobs.values()), list(missing)


def only_jobs(jobs: Sequence[Job], ids: Sequence[str]) -> list[Job]:
    """Choose some of the reports of a plan.

    Parameters
    ----------
    jobs : sequence of Job
        All of them.
    ids : sequence of str
        Identifiers; all reports where there are none.

    Returns
    -------
    list of Job
        In the order of the plan.

    Raises
    ------
    ParameterError
        If the plan has no report of such an identifier.
    """
    known = [job.id for job in jobs]
    for id in ids:
        if id not in known:
            close = difflib.get_close_matches(id, known, n=1)
            advice = f"did you mean {close[0]!r}?" if close else "--dry-run lists those there are"
            raise ParameterError(
                f"--only {quoted(id)}: the plan has no such report; {advice}",
                name="--only",
                value=id,
            )
    return [job for job in jobs if not ids or job.id in ids]


def expand_region(name: str, source: str) -> list[catalog.Region]:
    """Return the region of a name, or the cities of a province.

    Parameters
    ----------
    name : str
        Code, Chinese or English name.
    source : str
        The file in which it stands, for the message; may be empty.

    Returns
    -------
    list of Region
        In the order of their codes.

    Raises
    ------
    ParameterError
        If there is no such region.
    """
    try:
        region = catalog.find_region(name)
    except ParameterError as error:
        raise _refuse(source, str(error), name=error.name, value=name) from None
    below = [one for one in catalog.regions().values() if one.parent == region.code]
    # The nation is a region too, and its provinces have no report of their own below it.
    cities = [one for one in below if one.level not in {"province", "nation"}]
    return sorted(cities, key=lambda one: one.code) or [region]


def _expand_all(names: Sequence[str], source: str) -> list[str]:
    """Return the codes of regions, and of the cities of provinces, in the order of the names."""
    return [region.code for name in names for region in expand_region(name, source)]


def _combinations(
    product: Product,
    codes: Sequence[str],
    covered: Mapping[str, range],
    missing: dict[str, None],
) -> Iterator[dict[str, Any]]:
    """Yield region, year and language of every report, and note what has no figures."""
    for code in codes:
        known = covered.get(code, range(0))
        if product.years is None and not known:
            missing[code] = None
        for year in known[-1:] if product.years is None else product.years:
            if year not in known:
                missing[f"{code}/{year}"] = None
                continue
            for language in product.languages:
                yield {"region": code, "year": year, "language": language}


def _matching(
    exceptions: Sequence[tuple[set[str] | None, Override]],
    *,
    region: str,
    year: int,
    language: str,
) -> list[Override]:
    """Return the overrides of one report; each comes with the codes it is for, None for all."""
    return [
        override
        for codes, override in exceptions
        if (codes is None or region in codes)
        and override.year in (None, year)
        and override.language in (None, language)
    ]


def _job(
    plan: BatchPlan,
    parts: Sequence[Values],
    asked: Mapping[str, Any],
    defaults: Mapping[str, Any],
    covered: Mapping[str, range],
    source: str,
) -> Job:
    """Make one report of a product and its overrides, of which a later one prevails."""
    limits = plan.limits.over(Limits())
    values: dict[str, Any] = {}
    for part in parts:
        values |= {name: getattr(part, name) for name in VALUES & part.model_fields_set}
        limits = limits if part.limits is None else part.limits.over(limits)
    about = {name: values.get(name) for name in ("first_year", "peers")}
    id = "{region}/{year}-{language}".format(**asked)
    try:
        parameters = resolve_parameters({**asked, **about}, defaults, years=covered.__getitem__)
        formats = choose_formats(values.get("formats", FORMATS))
    except ParameterError as error:
        raise _refuse(source, f"{id}: {error}", name=error.name, value=error.value) from None
    recipients: tuple[Recipient, ...] = values.get("recipients", ())
    needed = {"pdf", "html"} if any(one.html for one in recipients) else {"pdf"}
    if recipients and not needed <= formats:
        lacking = ", ".join(sorted(needed - formats))
        raise _refuse(
            source,
            f"{id} is mailed, but its formats leave out {lacking}; add it",
            name="formats",
            value=sorted(formats),
        )
    since_last = bool(values.get("since_last"))
    return Job(parameters, formats, limits, recipients, values.get("folders", ()), since_last)


def _refuse(source: str, message: str, *, name: str, value: object) -> ParameterError:
    """Return the error for a plan, or for what stands in its place on the command line."""
    return ParameterError(f"{source}: {message}" if source else message, name=name, value=value)
