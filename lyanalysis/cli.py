"""The ``lyanalysis`` command: argument parsing only.

Everything heavy is imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import signal
import sys
import warnings
from pathlib import Path
from typing import Annotated, Literal

import typer

from lyanalysis import __version__
from lyanalysis.errors import LyanalysisError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lyanalysis {__version__}")
        raise typer.Exit


@app.callback()
def lyanalysis(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Make reports on the shift from old to new growth drivers in Chinese cities."""


@app.command()
def render(
    region: Annotated[
        str | None,
        typer.Argument(help="Code, Chinese or English name: 410300, 洛阳, Luoyang."),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Last year; by default the newest complete one.")
    ] = None,
    first_year: Annotated[int | None, typer.Option(help="First year of the series.")] = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Language of the report.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder the report is published in.")] = Path("reports"),
    notebooks: Annotated[
        Path | None,
        typer.Option(
            help="Folder with report.toml; by default notebooks/ here, else the shipped one."
        ),
    ] = None,
) -> None:
    """Make one report: web page, PDF, workbook and notebook."""
    from lyanalysis import catalog
    from lyanalysis.report.parameters import resolve_parameters
    from lyanalysis.report.plan import read_plan
    from lyanalysis.sources import newest_complete_year

    own = Path("notebooks")
    found = own if (own / "report.toml").is_file() else catalog.shipped("notebooks")
    plan = read_plan(notebooks or found)
    parameters = resolve_parameters(
        {"region": region, "year": year, "first_year": first_year, "language": language},
        plan.parameters.model_dump(),
        newest_year=newest_complete_year,
    )
    # Only now, because it takes seconds and a mistake is told at once.
    from lyanalysis.report.progress import show_progress
    from lyanalysis.report.render import render as render_report

    with show_progress() as progress:
        report = render_report(parameters, plan, out, progress=progress)
    for name, size in report.sizes.items():
        typer.echo(f"{report.folder / name}  {size / 1000:,.0f} kB")


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Folder to work in; made if it is not there.")],
) -> None:
    """Copy the notebooks and report.toml into a folder of your own; nothing is overwritten."""
    from lyanalysis.report.start import copy_notebooks

    for file in copy_notebooks(folder):
        typer.echo(str(file))


def _stop(number: int, _frame: object) -> None:
    """End as if by Ctrl-C, so that kernels are stopped and temporary files removed."""
    # Coroutines cut off half made complain when they are dropped; that is not the user's concern.
    warnings.filterwarnings("ignore", message="coroutine .* was never awaited")
    sys.exit(128 + number)


def main() -> None:
    """Run the command line; a user's mistake is one line on standard error and an exit code."""
    signal.signal(signal.SIGTERM, _stop)
    # A run started in the background ignores Ctrl-C, as its shell asked.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    try:
        app()
    except LyanalysisError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
