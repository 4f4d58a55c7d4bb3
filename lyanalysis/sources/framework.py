"""What the package's own composite indices are made of, and the published figures behind them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import ParameterError
from lyanalysis.sources.panel import CROSSES, load_panel
from lyanalysis.sources.tables import numbers, read_keyed

FRAMEWORK = "framework.csv"
COLUMNS = ["framework", "variable", "pillar", "direction", "weight", "flag"]
NO_DIRECTION = "is neither 1 nor -1; write 1 where higher is better"
NO_WEIGHT = "is no weight; write a number of 0 or more"
NO_VARIABLE = "is not a variable; add it to variables.csv"


def load_framework(name: str, *, data: Path | None = None) -> pd.DataFrame:
    """Load what a composite index of the package is made of.

    Parameters
    ----------
    name : str
        Name of the framework, such as ``"transition"``.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``variable``, as in the table. ``pillar``, a variable of the catalogue; ``direction``,
        1 or -1; ``weight`` among the indicators of the pillar, 0 for a candidate that is not used,
        with the reason in ``flag``.

    Raises
    ------
    ParameterError
        If there is no such framework; the message lists those there are.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> load_framework("transition").loc["sei_growth_gap", ["pillar", "flag"]].tolist()
    ['new_driver_score', '']
    """
    table = read_framework_table(data=data)
    known = list(dict.fromkeys(table["framework"]))
    if name not in known:
        raise ParameterError(
            f"there is no framework {name!r}; there are {', '.join(known)}",
            name="name",
            value=name,
        )
    found = table[table["framework"].eq(name)]
    return found.set_index("variable")[["pillar", "direction", "weight", "flag"]]


def read_framework_table(*, data: Path | None = None) -> pd.DataFrame:
    """Read and check the table of frameworks, one row an indicator of a framework.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        ``framework``, ``variable`` and the columns of :func:`load_framework`.

    Raises
    ------
    DataError
        If the data are damaged.

    Examples
    --------
    >>> sorted(set(read_framework_table()["framework"]))
    ['coupling', 'fixed_base', 'transition']
    """
    table = read_keyed(FRAMEWORK, ["framework", "variable"], COLUMNS, data)
    for column in ("variable", "pillar"):
        wrong = ~table[column].isin(list(catalog.variables(data)))
        catalog.refuse(table, wrong, column=column, expected=NO_VARIABLE)
    wrong = ~table["direction"].isin(["1", "-1"])
    catalog.refuse(table, wrong, column="direction", expected=NO_DIRECTION)
    weights = numbers(table, "weight")
    catalog.refuse(table, ~weights.ge(0), column="weight", expected=NO_WEIGHT)
    return table.assign(direction=table["direction"].astype(int), weight=weights)


def list_cities(*, data: Path | None = None) -> list[str]:
    """List the cities of the data, in the order of the table of regions.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    list of str
        Six-digit codes.

    Examples
    --------
    >>> "410300" in list_cities(), "410000" in list_cities()
    (True, False)
    """
    return [code for code, region in catalog.regions(data).items() if region.level == "city"]


def load_index_inputs(
    indicators: Sequence[str],
    regions: Sequence[str],
    *,
    first_year: int,
    last_year: int,
    data: Path | None = None,
) -> catalog.Sourced:
    """Load the published figures that the indicators of an index are computed from.

    Parameters
    ----------
    indicators : sequence of str
        Variables of the catalogue, published or derived.
    regions : sequence of str
        Six-digit codes.
    first_year, last_year : int
        Range of years, both included.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    Sourced
        What :func:`load_panel` returns for the published indicators and the inputs that the
        catalogue names for the derived ones, each once.

    Raises
    ------
    ParameterError
        If a variable or region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> asked = {"first_year": 2025, "last_year": 2025}
    >>> inputs = load_index_inputs(["sei_growth_gap", "rd_intensity"], ["410300"], **asked)
    >>> inputs.values.columns.tolist()
    ['sei_growth', 'va_industry_above_scale_growth', 'rd_intensity']
    """
    entries = [catalog.variable(name, data=data) for name in indicators]
    needed = [
        name
        for entry in entries
        for name in (entry.inputs if entry.kind == "derived" else (entry.variable,))
    ]
    names = list(dict.fromkeys(needed))
    return load_panel(names, regions, first_year=first_year, last_year=last_year, data=data)


def since_last_break(panel: catalog.Sourced) -> catalog.Sourced:
    """Keep, of every series, the figures behind its last break.

    Parameters
    ----------
    panel : Sourced
        What :func:`load_panel` returned.

    Returns
    -------
    Sourced
        Of the same shape; figures before the last one flagged ``crosses_break`` are missing.

    Examples
    --------
    >>> panel = load_panel(["gdp"], ["410300"], first_year=2021, last_year=2025)
    >>> since_last_break(panel).values["gdp"].tolist()
    [nan, nan, nan, 5825.86, 6164.52]
    """
    first = panel.flags.apply(lambda column: column.str.split(";").map(lambda f: CROSSES in f))
    # Counted from the end, a figure has a break ahead of it as long as one is still to come.
    ahead = first[::-1].groupby(level="region_code").cumsum()[::-1].astype(int) - first.astype(int)
    kept = ahead.eq(0)
    return catalog.Sourced(
        panel.values.where(kept),
        panel.sources.where(kept, ""),
        panel.vintages.where(kept, ""),
        panel.flags.where(kept, ""),
    )
