"""Commands that make reports, one or many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lyanalysis.cli.options import (
    CacheFolder,
    CellSeconds,
    DataFolder,
    Memory,
    NoCache,
    NoWarm,
    ReportSeconds,
    Workers,
    manner_of,
    use_data,
    write_record,
)
from lyanalysis.errors import ParameterError

if TYPE_CHECKING:
    from lyanalysis.report.batch_plan import BatchPlan
    from lyanalysis.report.plan import Plan


def render(
    region: Annotated[
        str | None,
        typer.Argument(help="Code, Chinese or English name: 410300, 洛阳, Luoyang."),
    ] = None,
    # Years and the language are text here: their rules stand with the parameters of a report.
    year: Annotated[
        str | None,
        typer.Option(metavar="YEAR", help="Last year; by default the newest complete one."),
    ] = None,
    first_year: Annotated[
        str | None, typer.Option(metavar="YEAR", help="First year of the series.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="zh|en", help="Language of the report.")
    ] = None,
    peers: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REGION,...",
            help="Regions to compare with, as codes or names with commas between them.",
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="html,pdf,xlsx",
            help="Which of web page, PDF and workbook to make; by default all three. A report "
            "replaces the previous one as a whole, so formats left out are gone from its folder.",
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder the report is published in.")] = Path("reports"),
    notebooks: Annotated[
        Path | None,
        typer.Option(
            help="Folder with report.toml; by default notebooks/ here, else the shipped one."
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="OLD", help="A published report, folder or PDF: what changed opens the new one."
        ),
    ] = None,
    folder: DataFolder = None,
    workers: Workers = None,
    force: Annotated[
        bool, typer.Option("--force", help="Execute every chapter, also where nothing changed.")
    ] = False,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    no_warm: NoWarm = False,
    cell_seconds: CellSeconds = None,
    report_seconds: ReportSeconds = None,
    memory: Memory = None,
) -> None:
    """Make one report: web page, PDF, workbook and notebook."""
    use_data(folder)
    limits = {"cell": cell_seconds, "report": report_seconds, "memory": memory}
    manner = manner_of(workers, cache, limits, no_cache=no_cache, no_warm=no_warm, force=force)
    from lyanalysis.report.ahead import warmed
    from lyanalysis.report.formats import FORMATS, choose_formats
    from lyanalysis.report.parameters import resolve_parameters, split_names

    wanted = choose_formats(split_names(formats) if formats else FORMATS)
    plan = _find_plan(notebooks)
    # Its imports take as long as those of the rest, and two processes take half of that.
    with warmed(plan, manner, out) as manner:
        from lyanalysis.sources import covered_years

        parameters = resolve_parameters(
            {
                "region": region,
                "year": year,
                "first_year": first_year,
                "language": language,
                "peers": split_names(peers) if peers else None,
            },
            plan.parameters.model_dump(),
            years=covered_years,
        )
        from lyanalysis.report.progress import show_progress
        from lyanalysis.report.render import render as render_report

        with show_progress() as progress:
            report = render_report(
                parameters,
                plan,
                out,
                formats=wanted,
                since=since,
                manner=manner,
                progress=progress,
            )
    for name, size in report.sizes.items():
        typer.echo(f"{report.folder / name}  {size / 1000:,.0f} kB")


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to work in; made if it is not there.")],
) -> None:
    """Copy the notebooks and report.toml into a folder of your own; nothing is overwritten."""
    from lyanalysis.report.start import copy_notebooks

    for file in copy_notebooks(folder):
        typer.echo(str(file))


def batch(
    plan: Annotated[
        Path | None, typer.Argument(metavar="PLAN.toml", help="Plan file; or give --regions.")
    ] = None,
    regions: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REGION,...", help="Instead of a plan: regions; a province means its cities."
        ),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(metavar="YEARS", help="2020..2025, 2024 or newest, which is the default."),
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(metavar="zh,en", help="Languages; zh by default.")
    ] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="html,pdf,xlsx", help="Files to make.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="ID,...", help="Of all these only some: 410300/2025-zh."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of reports; that of the plan by default.")
    ] = None,
    notebooks: Annotated[Path | None, typer.Option(help="Folder with report.toml.")] = None,
    folder: DataFolder = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Say what would be made and why; only mails are written, as .eml."
        ),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Make all, also what is current.")] = False,
    workers: Workers = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    no_warm: NoWarm = False,
    log: Annotated[
        Path | None,
        typer.Option(help="File for events as JSON lines; batch.log.jsonl in the folder."),
    ] = None,
    summary_json: Annotated[
        Path | None,
        typer.Option("--summary-json", help="File for the summary as JSON; - for standard output."),
    ] = None,
) -> None:
    """Make many reports: only those that are due, each whole or not at all."""
    from lyanalysis.report.batch_run import plan_ahead, run_batch, write_outbox
    from lyanalysis.report.jobs import list_jobs, only_jobs
    from lyanalysis.report.parameters import split_names
    from lyanalysis.report.progress import show_reports
    from lyanalysis.sources import years_by_region

    named = {"regions": regions, "languages": language, "formats": formats}
    asked, source = _asked(plan, named, years)
    _use_data(folder, asked, source)
    chapters = _find_plan(notebooks or asked.notebooks)
    defaults = chapters.parameters.model_dump()
    jobs, missing = list_jobs(asked, defaults, years=years_by_region, source=source)
    jobs = only_jobs(jobs, split_names(only) if only else [])
    place = out or asked.out
    for id in missing:
        typer.echo(f"{id}: no figures are published; left out", err=True)
    if dry_run:
        due = plan_ahead(jobs, chapters, place, force=force)
        for id, reasons in due.items():
            typer.echo(f"{id}  {'; '.join(map(str, reasons)) or 'current'}")
        for file in write_outbox(asked, [job for job in jobs if not due[job.id]], place):
            typer.echo(str(file))
        return
    manner = manner_of(
        workers or asked.workers, cache, {}, no_cache=no_cache, no_warm=no_warm, force=force
    )
    with show_reports() as tell:
        summary = run_batch(
            asked, jobs, missing, chapters, out=place, manner=manner, log=log, tell=tell
        )
    write_record(summary.as_record(), summary_json)
    typer.echo(summary.line, err=summary_json == Path("-"))
    raise typer.Exit(summary.exit_code)


def explain(
    region: Annotated[str, typer.Argument(help="Code, Chinese or English name.")],
    year: Annotated[str | None, typer.Argument(help="Last year; the newest by default.")] = None,
    language: Annotated[str | None, typer.Option(metavar="zh|en", help="Of the report.")] = None,
    out: Annotated[Path, typer.Option(help="Folder of reports.")] = Path("reports"),
    notebooks: Annotated[Path | None, typer.Option(help="Folder with report.toml.")] = None,
    folder: DataFolder = None,
    cache: CacheFolder = None,
) -> None:
    """Say why a report would be made again or not, and which of its chapters."""
    use_data(folder)
    from lyanalysis.report.cache import default_folder
    from lyanalysis.report.explanation import explain as explain_report
    from lyanalysis.report.parameters import resolve_parameters
    from lyanalysis.sources import covered_years

    plan = _find_plan(notebooks)
    parameters = resolve_parameters(
        {"region": region, "year": year, "language": language},
        plan.parameters.model_dump(),
        years=covered_years,
    )
    for line in explain_report(parameters, plan, out, cache or default_folder()):
        typer.echo(line)


def check(
    plan: Annotated[Path, typer.Argument(metavar="PLAN.toml", help="Plan file.")],
    folder: DataFolder = None,
) -> None:
    """Check a plan and list the reports it asks for."""
    from lyanalysis.report.batch_plan import read_batch_plan
    from lyanalysis.report.jobs import list_jobs
    from lyanalysis.sources import years_by_region

    asked = read_batch_plan(plan)
    _use_data(folder, asked, str(plan))
    defaults = _find_plan(asked.notebooks).parameters.model_dump()
    jobs, missing = list_jobs(asked, defaults, years=years_by_region, source=str(plan))
    for job in jobs:
        typer.echo(job.id)
    for id in missing:
        typer.echo(f"{id}: no figures are published; left out", err=True)


def _asked(
    plan: Path | None, named: dict[str, list[str] | None], years: str | None
) -> tuple[BatchPlan, str]:
    """Return the plan of a file, or one made of what the command line names."""
    from lyanalysis.report.batch_plan import plan_of, read_batch_plan
    from lyanalysis.report.parameters import split_names

    values = {name: split_names(given) for name, given in named.items() if given}
    given = values | ({"years": years} if years else {})
    if (plan is None) == (not values.get("regions")) or (plan is not None and given):
        raise ParameterError(
            "batch takes a plan file or --regions, with --years, --language and --format; give one "
            "of the two",
            name="--regions",
            value=None,
        )
    return (read_batch_plan(plan), str(plan)) if plan else (plan_of(given), "")


def _use_data(folder: Path | None, asked: BatchPlan, source: str) -> None:
    """Use the data that the command line names, else those of the plan."""
    if folder is not None:
        use_data(folder)
    else:
        use_data(asked.data, f"{source}: data")


def _find_plan(notebooks: Path | None) -> Plan:
    """Read ``report.toml`` of the folder named, of ``notebooks/`` here, or of the package."""
    from lyanalysis import catalog
    from lyanalysis.report.plan import read_plan

    own = Path("notebooks")
    found = own if (own / "report.toml").is_file() else catalog.shipped("notebooks")
    return read_plan(notebooks or found)
