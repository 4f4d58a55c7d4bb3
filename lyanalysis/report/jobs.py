"""The reports a plan asks for, multiplied out and checked against the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lyanalysis import catalog
from lyanalysis.errors import ParameterError
from lyanalysis.report.batch_plan import BatchPlan, Product, Values, read_years
from lyanalysis.report.formats import FORMATS, choose_formats
from lyanalysis.report.limits import Limits
from lyanalysis.report.mail_settings import Recipient
from lyanalysis.report.parameters import Parameters, resolve_parameters, suggestion

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
    """

    parameters: Parameters
    formats: frozenset[str] = frozenset(FORMATS)
    limits: Limits = field(default_factory=Limits)
    recipients: tuple[Recipient, ...] = ()
    folders: tuple[Path, ...] = ()

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
        The file, or the command, for messages.

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
    regions = [[*_regions(product, source)] for product in plan.reports]
    covered = years([one.code for some in regions for one in some])
    for product, some in zip(plan.reports, regions, strict=True):
        for region, year, language in _combinations(product, some, covered, missing):
            values = _overridden(plan, product, region.code, year, language, source)
            job = _job(plan, values, region.code, year, language, defaults, covered, source)
            if jobs.setdefault(job.id, job) != job:
                raise ParameterError(
                    f"{source}: {job.id} is asked for twice, with different values; one folder "
                    "holds one report: give the values in an override, or make two plans with "
                    "folders of their own",
                    name=source,
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
            raise ParameterError(
                f"--only {id[:60]!r}: the plan has no such report{suggestion(id, known[:20])}",
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
        Where it stands, for the message.

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
        raise ParameterError(f"{source}: {error}", name=source, value=name) from None
    below = [one for one in catalog.regions().values() if one.parent == region.code]
    # The nation is a region too, and its provinces have no report of their own below it.
    cities = [one for one in below if one.level not in {"province", "nation"}]
    return sorted(cities, key=lambda one: one.code) or [region]


def _regions(product: Product, source: str) -> Iterator[catalog.Region]:
    for name in product.regions:
        yield from expand_region(name, source)


def _combinations(
    product: Product,
    regions: Sequence[catalog.Region],
    covered: Mapping[str, range],
    missing: dict[str, None],
) -> Iterator[tuple[catalog.Region, int, str]]:
    asked = read_years(product.years)
    for region in regions:
        known = covered.get(region.code, range(0))
        for year in [*known[-1:]] if asked is None else asked:
            if year in known:
                yield from ((region, year, language) for language in product.languages)
            else:
                missing[f"{region.code}/{year}"] = None
        if asked is None and not known:
            missing[region.code] = None


def _overridden(
    plan: BatchPlan, product: Product, region: str, year: int, language: str, source: str
) -> dict[str, Any]:
    """Return the values of a product for one report, exceptions applied."""
    values = {name: getattr(product, name) for name in Values.model_fields}
    for override in plan.overrides:
        regions = (
            {one.code for one in expand_region(override.region, source)}
            if (override.region is not None)
            else {region}
        )
        if (
            region in regions
            and override.year in (None, year)
            and (override.language in (None, language))
        ):
            named = override.model_fields_set & set(Values.model_fields)
            values |= {name: getattr(override, name) for name in named}
    return values


def _job(
    plan: BatchPlan,
    values: Mapping[str, Any],
    region: str,
    year: int,
    language: str,
    defaults: Mapping[str, Any],
    covered: Mapping[str, range],
    source: str,
) -> Job:
    asked = {"region": region, "year": year, "language": language}
    asked |= {name: values[name] for name in ("first_year", "peers")}
    try:
        parameters = resolve_parameters(asked, defaults, years=covered.__getitem__)
        formats = choose_formats(FORMATS if values["formats"] is None else values["formats"])
    except ParameterError as error:
        raise ParameterError(f"{source}: {error}", name=error.name, value=error.value) from None
    recipients = values["recipients"] or ()
    needed = {"pdf", "html"} if any(one.html for one in recipients) else {"pdf"}
    if recipients and not needed <= formats:
        lacking = ", ".join(sorted(needed - formats))
        raise ParameterError(
            f"{source}: {parameters.id} is mailed, but its formats leave out {lacking}; add it",
            name="formats",
            value=sorted(formats),
        )
    limits = plan.limits.over(Limits())
    return Job(
        parameters,
        formats,
        values["limits"].over(limits) if values["limits"] is not None else limits,
        recipients,
        tuple(folder.expanduser() for folder in values["folders"] or ()),
    )
