"""The commands ``lyanalysis data …``: what the package holds, and whether it holds together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lyanalysis.cli.options import (
    AsCsv,
    AsJson,
    DataFolder,
    LanguageOption,
    RegionOption,
    VariableOption,
    choose_language,
    use_data,
)
from lyanalysis.errors import DataError, ParameterError

if TYPE_CHECKING:
    from lyanalysis.catalog import Language

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def data(context: typer.Context) -> None:
    """Look at the published figures, their sources and conflicts, and check them."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)


@app.command("list")
def list_command(
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    language: LanguageOption = "zh",
    folder: DataFolder = None,
) -> None:
    """List the variables: name, unit, side of the shift, how many figures, which years."""
    chosen = _begin(folder, language)
    from lyanalysis.cli import output, views
    from lyanalysis.sources import list_variables

    form = output.choose_format(as_json=as_json, as_csv=as_csv)
    table = list_variables()
    output.write(table, form, lambda: views.variables(table, chosen))


@app.command()
def show(
    variable: Annotated[str, typer.Argument(help="Identifier, as in `lyanalysis data list`.")],
    region: RegionOption = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    language: LanguageOption = "zh",
    folder: DataFolder = None,
) -> None:
    """Show every figure of a variable, which one is used, and why."""
    chosen = _begin(folder, language)
    from lyanalysis.cli import output, views
    from lyanalysis.sources import show_values

    form = output.choose_format(as_json=as_json, as_csv=as_csv)
    table = show_values(variable, _code(region))
    output.write(table, form, lambda: views.values(table, chosen))


@app.command()
def sources(
    region: RegionOption = None,
    variable: VariableOption = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    language: LanguageOption = "zh",
    folder: DataFolder = None,
) -> None:
    """List the sources behind the figures of a region, a variable, or all."""
    chosen = _begin(folder, language)
    from lyanalysis.cli import output, views
    from lyanalysis.sources import list_source_use

    form = output.choose_format(as_json=as_json, as_csv=as_csv)
    table = list_source_use(region=_code(region), variable=variable)
    output.write(table, form, lambda: views.sources(table, chosen))


@app.command()
def conflicts(
    variable: Annotated[
        str | None,
        typer.Argument(help="Identifier, as in `lyanalysis data list`; by default all."),
    ] = None,
    region: RegionOption = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    language: LanguageOption = "zh",
    folder: DataFolder = None,
) -> None:
    """List where published figures differ, which one is used, and why."""
    chosen = _begin(folder, language)
    from lyanalysis import catalog
    from lyanalysis.cli import output, views
    from lyanalysis.sources import list_conflicts, list_variables

    form = output.choose_format(as_json=as_json, as_csv=as_csv)
    known = list_variables()
    code = _code(region)
    table = list_conflicts(
        known["variable"].tolist() if variable is None else [variable],
        list(catalog.regions()) if code is None else [code],
        first_year=int(known["first_year"].min()),
        last_year=int(known["last_year"].max()),
    ).reset_index()
    output.write(table, form, lambda: views.conflicts(table, chosen))


@app.command()
def check(
    settled: Annotated[
        bool, typer.Option("--settled", help="List the findings that are settled as well.")
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    language: LanguageOption = "zh",
    folder: DataFolder = None,
) -> None:
    """Hold the figures against the contracts; exit code 3 where a finding is not settled."""
    chosen = _begin(folder, language)
    from lyanalysis.cli import checking, output, views

    form = output.choose_format(as_json=as_json, as_csv=as_csv)
    found = checking.check()
    output.write(found, form, lambda: views.contracts(found, chosen))
    done = found["settled"].ne("")
    if settled and form == "text":
        output.write(found[done], form, lambda: views.findings(found[done], chosen))
    for message in found.loc[~done, "message"]:
        typer.echo(f"error: {message}", err=True)
    if not done.all():
        raise typer.Exit(DataError.exit_code)


@app.command()
def coverage(
    region: RegionOption = None,
    variable: VariableOption = None,
    chart: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.svg", help="Draw it: one region or one variable; .svg, .png or .pdf."
        ),
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    language: LanguageOption = "zh",
    folder: DataFolder = None,
) -> None:
    """Show for which years figures of a region, a variable, or all are published."""
    chosen = _begin(folder, language)
    from lyanalysis.cli import output, views
    from lyanalysis.sources import coverage as count_figures

    form = output.choose_format(as_json=as_json, as_csv=as_csv)
    code = _code(region)
    if chart is not None and (code is None) is (variable is None):
        raise ParameterError(
            "--chart draws one region or one variable; give --region or --variable, not both",
            name="--chart",
            value=str(chart),
        )
    counts = count_figures(
        regions=None if code is None else [code],
        variables=None if variable is None else [variable],
    )
    if chart is not None:
        from lyanalysis.charts import coverage_strip

        figure = coverage_strip(
            counts, rows="variable" if variable is None else "region_code", language=chosen
        )
        output.save(figure, chart)
        typer.echo(str(chart))
        return
    long = counts.melt(var_name="year", value_name="figures", ignore_index=False)
    table = long.sort_index(kind="stable").reset_index()
    output.write(table, form, lambda: views.covered(counts, chosen))


def _begin(folder: Path | None, language: str) -> Language:
    """Apply the options that every command has; return the language."""
    use_data(folder)
    return choose_language(language)


def _code(region: str | None) -> str | None:
    """Return the code of the region a user means."""
    from lyanalysis import catalog

    return None if region is None else catalog.find_region(region).code
