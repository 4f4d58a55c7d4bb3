"""Options that several commands have, and what they set for the whole run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lyanalysis.errors import ParameterError, PublishError, quoted

if TYPE_CHECKING:
    from lyanalysis.catalog import Language
    from lyanalysis.report.manner import Manner

DATA = "LYANALYSIS_DATA"
"""Environment variable that names a folder of the user's own data; kernels inherit it."""


def use_data(folder: Path | None, label: str = "--data") -> None:
    """Name a folder of the user's own data for everything this process does.

    Parameters
    ----------
    folder : Path or None
        What ``--data`` was given; None changes nothing.
    label : str, optional
        What the user knows it by, where a plan names it.

    Raises
    ------
    ParameterError
        If there is no such folder.
    """
    if folder is None:
        return
    # A shell leaves ~ alone in --data=~/figures.
    folder = folder.expanduser()
    if not folder.is_dir():
        found = "is a file" if folder.exists() else "does not exist"
        raise ParameterError(
            f"{label} {quoted(str(folder))} {found}; name a folder with tables of your own, or a "
            "complete data package",
            name=label,
            value=str(folder),
        )
    os.environ[DATA] = str(folder.absolute())


def choose_language(language: str) -> Language:
    """Read ``--language``.

    Parameters
    ----------
    language : str
        What was given, in letters of either size.

    Returns
    -------
    {"zh", "en"}
        Language of names and headings.

    Raises
    ------
    ParameterError
        If it is another one.
    """
    if language.lower() == "zh":
        return "zh"
    if language.lower() == "en":
        return "en"
    raise ParameterError(
        f"--language {quoted(language)} is no language of names; choose zh or en",
        name="--language",
        value=language,
    )


DataFolder = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Folder with tables of your own, laid over the shipped data; or a complete data "
        "package, used instead.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Records as JSON, in full precision.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="A table as CSV, in full precision.")]
LanguageOption = Annotated[
    str, typer.Option("--language", metavar="zh|en", help="Language of names and headings.")
]
RegionOption = Annotated[
    str | None,
    typer.Option("--region", metavar="REGION", help="Code, Chinese or English name."),
]
VariableOption = Annotated[
    str | None,
    typer.Option(
        "--variable", metavar="VARIABLE", help="Identifier, as in `lyanalysis data list`."
    ),
]

Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Chapters or reports at the same time; by default one a processor."),
]
CacheFolder = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Folder of executed chapters; by default that of the user's caches."
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Neither use executed chapters nor keep them.")
]
NoWarm = Annotated[
    bool,
    typer.Option("--no-warm", help="Start every kernel afresh instead of forking it (Linux)."),
]
CellSeconds = Annotated[
    int | None, typer.Option(min=1, metavar="SECONDS", help="Time a cell may take; 600 by default.")
]
ReportSeconds = Annotated[
    int | None,
    typer.Option(min=1, metavar="SECONDS", help="Time a report may take; 3600 by default."),
]
Memory = Annotated[
    int | None,
    typer.Option(min=256, metavar="MB", help="Memory a process may hold (Linux); 4096 by default."),
]


def manner_of(
    workers: int | None,
    cache: Path | None,
    limits: dict[str, int | None],
    *,
    no_cache: bool,
    no_warm: bool,
    force: bool,
) -> Manner:
    """Return how chapters are executed, from what the options say."""
    from lyanalysis.report.cache import default_folder
    from lyanalysis.report.limits import Limits
    from lyanalysis.report.manner import Manner, processors

    return Manner(
        limits=Limits(**{name: value for name, value in limits.items() if value is not None}),
        workers=workers or processors(),
        warm=not no_warm,
        cache=None if no_cache else (cache or default_folder()),
        force=force,
    )


def write_record(record: dict[str, Any], file: Path | None) -> None:
    """Write a record as JSON to a file, to standard output for ``-``, nowhere for None.

    Raises
    ------
    PublishError
        If the file cannot be written.
    """
    if file is None:
        return
    # ASCII, which a pipe in any encoding can carry.
    text = json.dumps(record, indent=1) + "\n"
    if file == Path("-"):
        typer.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise PublishError(
            f"{file}: cannot be written: {error.strerror}; name a file in a folder of yours",
            folder=file.parent,
        ) from None
