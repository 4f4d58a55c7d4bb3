"""The ``lyanalysis`` command: argument parsing only; some commands stand in their own modules.

Everything heavy is imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from lyanalysis import __version__
from lyanalysis.cli.data import app as data_commands
from lyanalysis.cli.editions import diff, verify
from lyanalysis.cli.indicators import indicators
from lyanalysis.cli.options import DataFolder, use_data
from lyanalysis.errors import LyanalysisError

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(data_commands, name="data")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lyanalysis {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def lyanalysis(
    context: typer.Context,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Make reports on the shift from old to new growth drivers in Chinese cities."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)


@app.command()
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
) -> None:
    """Make one report: web page, PDF, workbook and notebook."""
    use_data(folder)
    from lyanalysis import catalog
    from lyanalysis.report.formats import FORMATS, choose_formats
    from lyanalysis.report.parameters import resolve_parameters, split_names
    from lyanalysis.report.plan import read_plan
    from lyanalysis.sources import covered_years

    wanted = choose_formats(split_names(formats) if formats else FORMATS)
    own = Path("notebooks")
    found = own if (own / "report.toml").is_file() else catalog.shipped("notebooks")
    plan = read_plan(notebooks or found)
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
        report = render_report(parameters, plan, out, formats=wanted, progress=progress)
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


app.command()(indicators)
app.command()(verify)
app.command()(diff)


def _stop(number: int, _frame: object) -> None:
    """End as if by Ctrl-C, so that kernels are stopped and temporary files removed."""
    # Coroutines cut off half made complain when they are dropped; that is not the user's concern.
    warnings.filterwarnings("ignore", message="coroutine .* was never awaited")
    sys.exit(128 + number)


def main() -> None:
    """Run the command line; whatever ends it is one line on standard error and an exit code."""
    signal.signal(signal.SIGTERM, _stop)
    # A run started in the background ignores Ctrl-C, as its shell asked.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    try:
        sys.exit(app(prog_name="lyanalysis", standalone_mode=False))
    except LyanalysisError as error:
        _fail(str(error), error.exit_code)
    except typer.TyperException as error:
        _fail(_usage(error), error.exit_code)
    except Exception as error:
        _fail(_defect(error), LyanalysisError.exit_code)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"error: {' '.join(message.splitlines())}", err=True)
    sys.exit(code)


def _usage(error: typer.TyperException) -> str:
    """Say what typer refused in the form of all other messages."""
    message = error.format_message().rstrip(".")
    context: typer.Context | None = getattr(error, "ctx", None)
    command = context.command_path if context else "lyanalysis"
    joint = " See" if message.endswith("?") else "; see"
    return f"{message[:1].lower()}{message[1:]}{joint} {command} --help"


def _defect(error: Exception) -> str:
    """Keep the traceback of an error nobody foresaw, and say where."""
    text = "".join(traceback.format_exception(error))
    where = "above"
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="lyanalysis-", suffix=".txt", delete=False
        ) as file:
            file.write(text)
        where = f"in {file.name}"
    except OSError:
        typer.echo(text, err=True)
    what = f"{type(error).__name__}: {error}"
    return f"{what}; this is a defect of lyanalysis, please report it with the traceback {where}"
