"""The ``lyanalysis`` command: argument parsing only; some commands stand in their own modules.

Everything heavy is imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import errno
import signal
import sys
import tempfile
import traceback
from typing import Annotated, NoReturn

import typer

from lyanalysis import __version__
from lyanalysis.cli.data import app as data_commands
from lyanalysis.cli.editions import diff, verify
from lyanalysis.cli.indicators import indicators
from lyanalysis.cli.reports import batch, check, explain, init, render
from lyanalysis.errors import LyanalysisError, ParameterError, one_line, quoted

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(data_commands, name="data")
plans = typer.Typer(add_completion=False, no_args_is_help=True, help="Plans of many reports.")
plans.command()(check)
app.add_typer(plans, name="plan")


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


app.command()(render)
app.command()(batch)
app.command()(explain)
app.command()(init)
app.command()(indicators)
app.command()(verify)
app.command()(diff)


def _stop(number: int, _frame: object) -> None:
    """End as if by Ctrl-C, so that kernels are stopped and temporary files removed."""
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
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            _fail(_defect(error), LyanalysisError.exit_code)
        named = quoted(str(error.filename))
        _fail(f"{named} is longer than a path can be; name another", ParameterError.exit_code)
    except Exception as error:
        _fail(_defect(error), LyanalysisError.exit_code)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"error: {one_line(message)}", err=True)
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
