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
)

if TYPE_CHECKING:
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
    from lyanalysis.report.formats import FORMATS, choose_formats
    from lyanalysis.report.parameters import resolve_parameters, split_names
    from lyanalysis.sources import covered_years

    wanted = choose_formats(split_names(formats) if formats else FORMATS)
    plan = _find_plan(notebooks)
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
    # Only now, because it takes seconds and a mistake is told at once.
    from lyanalysis.report.progress import show_progress
    from lyanalysis.report.render import render as render_report

    with show_progress() as progress:
        report = render_report(
            parameters, plan, out, formats=wanted, manner=manner, progress=progress
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


def _find_plan(notebooks: Path | None) -> Plan:
    """Read ``report.toml`` of the folder named, of ``notebooks/`` here, or of the package."""
    from lyanalysis import catalog
    from lyanalysis.report.plan import read_plan

    own = Path("notebooks")
    found = own if (own / "report.toml").is_file() else catalog.shipped("notebooks")
    return read_plan(notebooks or found)
