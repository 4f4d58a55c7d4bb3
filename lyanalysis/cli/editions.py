"""The commands on published reports: whether one is as it was made, and what has changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lyanalysis.cli.options import DataFolder, choose_language, use_data
from lyanalysis.errors import EditionError, ParameterError

if TYPE_CHECKING:
    from lyanalysis.report.plan import Plan

Notebooks = Annotated[
    Path | None,
    typer.Option(
        "--notebooks",
        metavar="DIR",
        help="Folder with report.toml; by default notebooks/ here, else the shipped one.",
    ),
]


def verify(
    path: Annotated[Path, typer.Argument(help="Folder of a published report, or its PDF.")],
    again: Annotated[
        bool, typer.Option("--rerun", help="Render it again and compare the bytes of every file.")
    ] = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 3 also where only what it was made from differs."),
    ] = False,
    since: Annotated[
        Path | None,
        typer.Option(metavar="OLD", help="For --rerun: the edition whose differences open it."),
    ] = None,
    notebooks: Notebooks = None,
    folder: DataFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="All findings as JSON.")] = False,
) -> None:
    """Check a published report, and say what of its data, notebooks and programs is another now.

    Exit code 3: the report is damaged or altered, or the same inputs give other bytes.
    """
    use_data(folder)
    plan = _plan(notebooks)
    from lyanalysis.cli import verified
    from lyanalysis.report.verify import verify as verify_report

    found = verify_report(path, plan)
    if again and found.manifest is not None:
        # Only now, because it takes seconds and damage is told at once.
        from lyanalysis.report.progress import show_progress
        from lyanalysis.report.rerun import rerun

        with show_progress() as progress:
            found = rerun(found, plan, since=since, progress=progress)
    if as_json:
        print(json.dumps(verified.as_record(found), ensure_ascii=False, indent=1))
    else:
        verified.show(found)
    if not found.is_intact or (strict and not found.has_same_inputs):
        raise typer.Exit(EditionError.exit_code)


def _plan(notebooks: Path | None) -> Plan:
    from lyanalysis import catalog
    from lyanalysis.report.plan import read_plan

    own = Path("notebooks")
    found = own if (own / "report.toml").is_file() else catalog.shipped("notebooks")
    return read_plan(notebooks or found)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder or PDF of a report.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder or PDF of a later edition.")],
    language: Annotated[
        str | None,
        typer.Option(metavar="zh|en", help="Language of the answer; by default the report's."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="All changes as JSON.")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE.html", help="Write a page instead; no network."),
    ] = None,
    folder: DataFolder = None,
) -> None:
    """List numbers that moved and why, and exhibits and sentences added, gone or changed."""
    use_data(folder)
    chosen = None if language is None else choose_language(language)
    if as_json and html is not None:
        raise ParameterError(
            "--json and --html exclude each other; give one", name="--html", value=str(html)
        )
    from lyanalysis.cli import output
    from lyanalysis.report.changes import all_lines, save_page
    from lyanalysis.report.compare import compare
    from lyanalysis.report.edition import read_edition

    found = compare(read_edition(old), read_edition(new))
    if as_json:
        output.write_records(found)
    elif html is not None:
        save_page(found, chosen or found.new.language, html)
        typer.echo(str(html))
    else:
        output.show_lines(all_lines(found, chosen or found.new.language))
