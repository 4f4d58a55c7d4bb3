"""The command ``lyanalysis indicators``: what each of them measures, and how."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lyanalysis.cli.options import AsJson, LanguageOption, choose_language
from lyanalysis.errors import ParameterError


def indicators(
    name: Annotated[
        str | None,
        typer.Argument(help="Function, Chinese or English name: nav, 结构变动K值; by default all."),
    ] = None,
    module: Annotated[
        str | None,
        typer.Option(metavar="MODULE", help="Only those of one question: growth, structure, ..."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="Write a page with formulas instead; no network."),
    ] = None,
    as_json: AsJson = False,
    language: LanguageOption = "zh",
) -> None:
    """List the indicators, or explain one: formula, inputs, units, range, source, example."""
    chosen = choose_language(language)
    for one, other, both in (
        ("NAME", "--module", name is not None and module is not None),
        ("--json", "--html", as_json and html is not None),
    ):
        if both:
            raise ParameterError(
                f"{one} and {other} exclude each other; give one", name=other, value=""
            )
    from lyanalysis.cli import output, reference

    records = reference.find(name=name, module=module)
    if html is not None:
        reference.save_page(records, chosen, html)
        typer.echo(str(html))
    elif as_json:
        output.write_records(records if name is None else records[0])
    elif name is None:
        output.show(reference.listed(records, chosen))
    else:
        output.show_lines(reference.explained(records[0], chosen))
