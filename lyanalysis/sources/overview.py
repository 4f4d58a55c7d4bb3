"""What the data package holds, to be looked at: variables, figures, sources, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import ParameterError
from lyanalysis.sources.accounts import COLUMNS as ACCOUNT_LEVELS
from lyanalysis.sources.accounts import load_accounts
from lyanalysis.sources.observations import shared_observations
from lyanalysis.sources.selection import CELL, annual

SHOWN = [
    *["region_code", "variable", "period", "period_kind", "value", "unit", "comparator", "basis"],
    *["vintage", "as_of", "picked", "reason", "flag", "source_id", "grade", "published", "note"],
]


def list_variables(data: Path | None = None) -> pd.DataFrame:
    """List the published variables and how much there is of each.

    Parameters
    ----------
    data : Path, optional
        Folder of a data package; ``None`` means the one in use.

    Returns
    -------
    DataFrame
        One row a published variable, in the order of the catalogue: ``variable``, ``name_zh``,
        ``name_en``, ``unit``, ``basis``, ``driver``, ``direction``; ``figures``, the number of its
        observations, ``regions``, the number of regions that have one; ``first_year``,
        ``last_year`` of its annual figures, missing where there is none; ``definition_zh``,
        ``definition_en``.

    Examples
    --------
    >>> found = list_variables().set_index("variable")
    >>> found.loc["gdp", ["unit", "driver"]].tolist()
    ['亿元', 'neutral']
    """
    published = [entry for entry in catalog.variables(data).values() if entry.kind == "published"]
    columns = ["variable", "name_zh", "name_en", "unit", "basis", "driver", "direction"]
    described = pd.DataFrame(
        [[getattr(entry, column) for column in columns] for entry in published],
        columns=columns,
        dtype=str,
    )
    found = shared_observations(data).groupby("variable")
    years = _dated(shared_observations(data)).groupby("variable")["year"]
    counted = pd.DataFrame(
        {
            "figures": found.size(),
            "regions": found["region_code"].nunique(),
            "first_year": years.min().astype("Int64"),
            "last_year": years.max().astype("Int64"),
        }
    ).reindex(described["variable"])
    for column in ("figures", "regions"):
        counts = counted[column].where(counted[column].notna(), 0)
        described[column] = counts.to_numpy(int)
    for column in ("first_year", "last_year"):
        described[column] = counted[column].array
    for column in ("definition_zh", "definition_en"):
        described[column] = [getattr(entry, column) for entry in published]
    return described


def _dated(found: pd.DataFrame) -> pd.DataFrame:
    """Keep annual figures; an expectation is not one."""
    return found[found["year"].gt(0) & found["vintage"].ne("expected")]


def show_values(variable: str, region: str | None = None, data: Path | None = None) -> pd.DataFrame:
    """Show every figure of a variable, within the year and expected ones too, and which is used.

    Parameters
    ----------
    variable : str
        Identifier of a published variable.
    region : str, optional
        Six-digit code; all regions by default.
    data : Path, optional
        Folder of a data package; ``None`` means the one in use.

    Returns
    -------
    DataFrame
        One row an observation, by region, in the order of ``regions.csv``, and period, the
        preferred one first: columns of ``observations`` with ``value`` and ``unit`` converted to
        the unit of the catalogue; ``flag``, ``grade`` and ``published``; ``picked``, whether the
        loaders use it; and ``reason``. For a figure that is used: ``only``, or by what it comes
        before the next: ``vintage``, ``grade``, ``published`` (later), ``source_id``, ``equal``
        (several sources print the same); ``block``, where accounts use it together with its
        sectors. For one that is not: the same, by what another comes before it, or why it is no
        candidate: ``not_annual``, ``expected``, ``different_basis``, ``not_exact``.

    Raises
    ------
    ParameterError
        If variable or region is unknown, or the variable is not a published one.

    Examples
    --------
    >>> show_values("gdp", "410300").query("period == '2022' and picked")["value"].tolist()
    [5386.2, 5675.2]
    """
    entry = _published(variable, data)
    codes = list(catalog.regions(data)) if region is None else [region]
    codes = [catalog.region(code, data=data).code for code in codes]
    found = shared_observations(data)
    rows = found[found["variable"].eq(variable) & found["region_code"].isin(codes)]
    places = {code: place for place, code in enumerate(codes)}
    order = ["place", "when", "period", "rank", "grade", "published", "source_id"]
    # A year stands after the periods within it.
    when = rows["period"].str[:4] + rows["period_kind"].eq("year").map({True: "~", False: ""})
    rows = rows.assign(place=rows["region_code"].map(places), when=when)
    rows = rows.sort_values(
        order, ascending=[name != "published" for name in order], ignore_index=True
    )
    picked, reasons = _picks(rows, entry.basis, data)
    return rows.assign(picked=picked, reason=reasons)[SHOWN]


def _published(variable: str, data: Path | None) -> catalog.Variable:
    entry = catalog.variable(variable, data=data)
    if entry.kind != "published":
        raise ParameterError(
            f"variable {variable!r} is {entry.kind}, not published; only published variables "
            "have figures",
            name="variable",
            value=variable,
        )
    return entry


def _picks(rows: pd.DataFrame, basis: str, data: Path | None) -> tuple[pd.Series, pd.Series]:
    """Say of every row, the preferred one of a cell first, whether it is used and why."""
    refused = np.select(
        [
            rows["period_kind"].ne("year"),
            rows["vintage"].eq("expected"),
            rows["basis"].ne(basis),
            rows["comparator"].ne("="),
        ],
        ["not_annual", "expected", "different_basis", "not_exact"],
        "",
    )
    reasons = pd.Series(refused, index=rows.index, dtype=str)
    picked = pd.Series(False, index=rows.index)
    blocks = _used_in_blocks(rows, data)
    for _, cell in rows[reasons.eq("")].groupby(CELL, sort=False):
        used = cell.index[blocks.loc[cell.index]]
        first = used[0] if len(used) else cell.index[0]
        picked[used if len(used) else cell.index[:1]] = True
        for at in cell.index:
            reasons[at] = _why(cell, at, first)
        if len(used):
            reasons[used] = "block" if len(cell) > 1 else "only"
    return picked, reasons


def _why(cell: pd.DataFrame, at: int, first: int) -> str:
    """Name what tells a figure from the one used, or the one used from the next."""
    others = cell.index[cell.index != at]
    if not len(others):
        return "only"
    other = others[0] if at == first else first
    one, two = cell.loc[at], cell.loc[other]
    if at != first and at < first:
        return "block"
    if abs(one["value"] - two["value"]) <= max(one["step"], two["step"]) * (0.5 + 1e-6):
        return "equal"
    names = {"rank": "vintage", "grade": "grade", "published": "published"}
    return next((name for key, name in names.items() if one[key] != two[key]), "source_id")


def _used_in_blocks(rows: pd.DataFrame, data: Path | None) -> pd.Series:
    """Mark the figures of GDP and its sectors that accounts use, on either side of a break."""
    nothing = pd.Series(False, index=rows.index)
    dated = _dated(rows)
    if dated.empty or dated["variable"].iloc[0] not in ACCOUNT_LEVELS:
        return nothing
    variable = str(dated["variable"].iloc[0])
    accounts = load_accounts(
        list(dict.fromkeys(dated["region_code"])),
        first_year=int(dated["year"].min()),
        last_year=int(dated["year"].max()),
        data=data,
    )
    used = pd.DataFrame(
        {"vintage": accounts.vintages[variable], "source_id": accounts.sources[variable]}
    ).reset_index()
    names = ["region_code", "year", "vintage", "source_id"]
    return pd.Series(
        pd.MultiIndex.from_frame(rows[names]).isin(pd.MultiIndex.from_frame(used[names])),
        index=rows.index,
    )


def list_source_use(
    *, region: str | None = None, variable: str | None = None, data: Path | None = None
) -> pd.DataFrame:
    """List the sources behind the figures of a region, a variable, or all.

    Parameters
    ----------
    region, variable : str, optional
        Six-digit code; identifier of a published variable.
    data : Path, optional
        Folder of a data package; ``None`` means the one in use.

    Returns
    -------
    DataFrame
        One row a source with a figure among them, by grade, then newest first: ``source_id``,
        ``title``, ``publisher``, ``url``, ``published``, ``grade``; ``figures``, ``variables``,
        ``regions``, how many it gives; ``first_period``, ``last_period``.

    Raises
    ------
    ParameterError
        If region or variable is unknown, or the variable is not a published one.

    Examples
    --------
    >>> list_source_use(region="410300", variable="gdp")["grade"].tolist()[:2]
    ['A', 'A']
    """
    found = _asked_for(region, variable, data)
    groups = found.groupby("source_id")
    counted = pd.DataFrame(
        {
            "figures": groups.size(),
            "variables": groups["variable"].nunique(),
            "regions": groups["region_code"].nunique(),
            "first_period": groups["period"].min(),
            "last_period": groups["period"].max(),
        }
    )
    columns = ["source_id", "title", "publisher", "url", "published", "grade"]
    described = pd.DataFrame(
        [
            [getattr(catalog.source(id, data=data), name) for name in columns]
            for id in counted.index
        ],
        columns=columns,
        dtype=str,
    )
    table = described.join(counted, on="source_id")
    return table.sort_values(
        ["grade", "published", "source_id"], ascending=[True, False, True], ignore_index=True
    )


def _asked_for(region: str | None, variable: str | None, data: Path | None) -> pd.DataFrame:
    """Return all observations, or those of a region, a variable or both."""
    found = shared_observations(data)
    if region is not None:
        found = found[found["region_code"].eq(catalog.region(region, data=data).code)]
    if variable is not None:
        found = found[found["variable"].eq(_published(variable, data).variable)]
    return found


def coverage(
    *,
    regions: Sequence[str] | None = None,
    variables: Sequence[str] | None = None,
    data: Path | None = None,
) -> pd.DataFrame:
    """Count the annual figures of every region, variable and year.

    Parameters
    ----------
    regions, variables : sequence of str, optional
        Six-digit codes; identifiers of published variables. All by default.
    data : Path, optional
        Folder of a data package; ``None`` means the one in use.

    Returns
    -------
    DataFrame
        Index ``(region_code, variable)`` in the order of the catalogue, pairs without any annual
        figure left out; a column for every year from the first with a figure to the last: how many
        of the figures a loader may pick, 0 where there is none.

    Raises
    ------
    ParameterError
        If a region or variable is unknown, or the variable is not a published one.

    Examples
    --------
    >>> found = coverage(regions=["410300"], variables=["gdp"])
    >>> bool(found.loc[("410300", "gdp"), 2022] > 1)
    True
    """
    codes = list(catalog.regions(data))
    if regions is not None:
        codes = list(dict.fromkeys(catalog.region(code, data=data).code for code in regions))
    ids = [id for id, entry in catalog.variables(data).items() if entry.kind == "published"]
    if variables is not None:
        ids = list(dict.fromkeys(_published(id, data).variable for id in variables))
    found = annual(ids, codes, 0, 9999, data)
    found = found[found["refused"].eq("") & found["year"].gt(0)]
    counted = found.groupby(["region_code", "variable", "year"]).size().unstack(fill_value=0)
    if counted.empty:
        names = ["region_code", "variable"]
        return pd.DataFrame(index=pd.MultiIndex.from_arrays([[], []], names=names))
    years = range(int(counted.columns.min()), int(counted.columns.max()) + 1)
    order = pd.MultiIndex.from_product([codes, ids], names=counted.index.names)
    return counted.reindex(columns=list(years), fill_value=0).reindex(
        order[order.isin(counted.index)]
    )
