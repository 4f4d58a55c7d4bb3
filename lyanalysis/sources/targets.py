"""Targets and expectations, each with the figure it can be held against, and figures of plans."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.article import load_region_claims
from lyanalysis.sources.checks import find_published, names_figure
from lyanalysis.sources.claims import shared_claims
from lyanalysis.sources.observations import shared_observations, unit_factors
from lyanalysis.sources.selection import annual
from lyanalysis.sources.tables import YEAR, numbers, read_keyed

TARGETS = "targets.csv"
DIFFERENT = "different_concept"
ASSESSED = ["target", "actual", "start", "start_year", "target_year", "year", "kind", "remarks"]
"""Columns :func:`lyanalysis.indicators.targets.assess` takes."""
GROUPS = (
    *("article_passed", "article_ahead", "article_open"),
    *("published_passed", "published_ahead"),
)
"""Where a target comes from, and whether its date has passed, lies ahead or is not given."""
STANDINGS = ("met", "on_track", "behind", "undetermined", DIFFERENT, "no_actual")
"""States of a target, and the two reasons that most often leave it undetermined."""
PLAN_PERIODS = ("cumulative", "average", "change")
"""Kinds of period that run over several years."""
TARGET_COLUMNS = [
    *["origin", "claim_id", "region_code", "variable", "printed", "printed_unit", "comparator"],
    *["unit", "due", *ASSESSED, "beside_printed", "beside_unit", "beside_comparator"],
    *["beside_claim", "beside_period", "beside_kind", "target_source", "actual_source"],
    *["entity_zh", "entity_en", "indicator_zh", "indicator_en", "note_zh", "note_en"],
]
"""Columns of :func:`load_targets`."""


def load_targets(region: str, *, year: int, data: Path | None = None) -> pd.DataFrame:
    """Load what is aimed at or expected of a region, with the figure that comes closest.

    Parameters
    ----------
    region : str
        Six-digit code.
    year : int
        Year of the report: no later figure stands beside a target.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``target_id``: a claim, or variable and year of a published expectation. ``origin``,
        ``article`` or ``published``; ``claim_id``, ``variable``, empty where there is none;
        ``printed``, ``printed_unit``, ``comparator`` of the target; the columns :data:`ASSESSED`,
        numbers in ``unit``; ``due``, ``passed``, ``ahead`` or ``open`` (no date); ``beside_…``:
        the figure beside the target as printed, its claim or its period and kind of period, empty
        where there is none; ``target_source`` and ``actual_source``, sources of published figures;
        ``entity``, ``indicator``, ``note`` in both languages, empty for a published expectation.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the data are damaged.

    Notes
    -----
    An expectation of a year is held against the figure first published for that year, which
    stands on the basis of its time; ``revised_since`` among the remarks says that a later one is
    now in use. A figure of another concept keeps that remark and is never compared. ``year`` is
    that of the figure beside the target, else that of the report, no later than the target's.

    Examples
    --------
    >>> found = load_targets("410300", year=2025)
    >>> found.loc[["gdp:2025"], ["comparator", "target", "actual", "due"]].to_numpy().tolist()
    [['>', 6000.0, 6164.52, 'passed']]
    """
    claims = load_region_claims(region, data=data)
    claims = claims[claims["status"].isin(["target", "expected"])]
    details = read_targets(data=data).set_index("claim_id")
    rows = {
        str(claim_id): _of_claim(str(claim_id), claim, details, year, data)
        for claim_id, claim in claims.iterrows()
    } | _expectations(region, year, data)
    table = pd.DataFrame.from_dict(rows, orient="index", columns=TARGET_COLUMNS)
    measured = ["target", "actual", "start", "start_year", "target_year", "year"]
    words = [name for name in TARGET_COLUMNS if name not in measured]
    typed = table.astype(dict.fromkeys(measured, float) | dict.fromkeys(words, str))
    return typed.rename_axis("target_id")


def _due(target_year: float, year: int) -> str:
    if math.isnan(target_year):
        return "open"
    return "passed" if target_year <= year else "ahead"


def _of_claim(
    claim_id: str, claim: pd.Series[Any], details: pd.DataFrame, year: int, data: Path | None
) -> dict[str, Any]:
    """Return the row of a target of the article."""
    dated = claim["period_kind"] == "year"
    target_year = float(claim["period"]) if dated else math.nan
    row: dict[str, Any] = dict.fromkeys(TARGET_COLUMNS, "") | {
        "origin": "article",
        "claim_id": claim_id,
        "kind": "level",
        "due": _due(target_year, year),
        "target": claim["value"],
        "target_year": target_year,
        "year": min(float(year), target_year) if dated else float(year),
    }
    row |= dict.fromkeys(("actual", "start", "start_year"), math.nan)
    texts = ("entity_zh", "entity_en", "indicator_zh", "indicator_en", "unit", "comparator")
    row |= {name: claim[name] for name in (*texts, "printed", "printed_unit", "region_code")}
    if claim_id not in details.index:
        return row
    known = details.loc[claim_id]
    row |= {name: known[name] for name in ("start_year", "note_zh", "note_en")}
    row["start"] = known["start"] * unit_factors(data)[claim["printed_unit"]][1]
    figure = _beside(str(known["beside"]), year, data)
    return row | figure | ({"remarks": known["remark"]} if figure else {})


def _beside(label: str, year: int, data: Path | None) -> dict[str, Any]:
    """Return the figure a label names, if it is no later than the year of the report."""
    if not label:
        return {}
    claims = shared_claims(data)
    if label in claims.index:
        claim = claims.loc[label]
        return {
            "actual": claim["value"],
            **{f"beside_{name}": claim[name] for name in ("printed", "comparator")},
            "beside_unit": claim["printed_unit"],
            "beside_claim": label,
            "beside_period": claim["period"],
            "beside_kind": claim["period_kind"],
        }
    found = find_published(label, data)
    found = found[found["period"].str[:4].astype(int).le(year)]
    return _published_figure(found.iloc[0]) if len(found) else {}


def _published_figure(figure: pd.Series[Any]) -> dict[str, Any]:
    digits = max(0, -round(math.log10(figure["step"])))
    return {
        "actual": float(figure["value"]),
        "year": float(figure["period"][:4]),
        "beside_printed": f"{figure['value']:.{digits}f}",
        "beside_unit": figure["unit"],
        "beside_comparator": figure["comparator"],
        "beside_period": figure["period"],
        "beside_kind": figure["period_kind"],
        "actual_source": figure["source_id"],
    }


def _expectations(region: str, year: int, data: Path | None) -> dict[str, dict[str, Any]]:
    """Return a row for every year of which a figure was expected in print."""
    found = shared_observations(data)
    expected = found["vintage"].eq("expected") & found["period_kind"].eq("year")
    found = found[expected & found["region_code"].eq(region)]
    order = ["variable", "year", "grade", "published", "source_id"]
    found = found.sort_values(order, ascending=[name != "published" for name in order])
    rows = {}
    for _, aim in found.drop_duplicates(["variable", "year"]).iterrows():
        target_year = int(aim["year"])
        digits = max(0, -round(math.log10(aim["step"])))
        row = dict.fromkeys(TARGET_COLUMNS, "") | {
            "origin": "published",
            "variable": aim["variable"],
            "region_code": region,
            "printed": f"{aim['value']:.{digits}f}",
            "printed_unit": aim["unit"],
            "unit": aim["unit"],
            "comparator": aim["comparator"],
            "due": _due(target_year, year),
            "kind": "rate" if "growth" in aim["basis"] else "level",
            "target": float(aim["value"]),
            "target_year": float(target_year),
            "start_year": float(target_year - 1),
            "year": float(min(year, target_year)),
            "target_source": aim["source_id"],
        }
        row |= dict.fromkeys(("actual", "start"), math.nan)
        rows[f"{aim['variable']}:{target_year}"] = row | _outcome(region, aim, year, data)
    return rows


def _outcome(region: str, aim: pd.Series[Any], year: int, data: Path | None) -> dict[str, Any]:
    """Return the figure first published for the year aimed at, or for the one before it."""
    last = min(int(aim["year"]), year)
    if last < int(aim["year"]) - 1:
        return {}
    found = annual([aim["variable"]], [region], last, last, data)
    found = found[found["refused"].eq("")]
    if found.empty:
        return {}
    first = found[found["vintage"].eq("preliminary")]
    figure = found.iloc[0] if first.empty else first.iloc[0]
    revised = abs(figure["value"] - found.iloc[0]["value"]) > figure["step"] / 2
    return _published_figure(figure) | {"remarks": "revised_since" if revised else ""}


def count_targets(assessed: pd.DataFrame) -> pd.DataFrame:
    """Count targets by where they come from, whether they are due, and what state they are in.

    Parameters
    ----------
    assessed : DataFrame
        Rows of :func:`load_targets` with ``state`` and ``flag`` of the assessment.

    Returns
    -------
    DataFrame
        Index ``group``: those of :data:`GROUPS` that have a target; counts of :data:`STANDINGS`,
        which split the state ``undetermined`` by its reason.

    Examples
    --------
    >>> targets = load_targets("410300", year=2025).assign(state="undetermined", flag="no_actual")
    >>> count_targets(targets)["no_actual"].to_dict()
    {'article_passed': 10, 'article_open': 4, 'published_passed': 3}
    """
    reasons = {
        name: assessed["flag"].map(lambda flag, name=name: name in flag.split(";")).astype(bool)
        for name in (DIFFERENT, "no_actual")
    }
    standing = assessed["state"].astype(str)
    for name, holds in reasons.items():
        standing = standing.mask(assessed["state"].eq("undetermined") & holds, name)
    group = (assessed["origin"] + "_" + assessed["due"]).astype(str)
    counted = pd.crosstab(group, standing)
    index = pd.Index([name for name in GROUPS if name in set(group)], name="group", dtype=str)
    counted = counted.reindex(index=index, columns=list(STANDINGS), fill_value=0).astype(int)
    return counted.rename_axis(columns=None)


def read_targets(*, data: Path | None = None) -> pd.DataFrame:
    """Read and check what is known of the start of every target of the article.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        ``claim_id``; ``start_year`` and ``start``, NaN where they are not known; ``beside``, the
        figure nearest to an actual one; ``remark``, ``note_zh``, ``note_en``.

    Raises
    ------
    DataError
        If a claim is no target, a figure is not known or of another unit, or a remark is.

    Examples
    --------
    >>> read_targets().set_index("claim_id").loc["F014", ["beside", "remark"]].tolist()
    ['F010', 'different_concept']
    """
    table = read_keyed(TARGETS, ["claim_id"], catalog.table_columns(TARGETS), data)
    claims = shared_claims(data)
    aims = claims.index[claims["status"].isin(["target", "expected"])]
    expected = "is not a claim with status target or expected; correct it"
    catalog.refuse(table, ~table["claim_id"].isin(aims), column="claim_id", expected=expected)
    wrong = table["start_year"].ne("") & ~table["start_year"].str.fullmatch(YEAR)
    catalog.refuse(table, wrong, column="start_year", expected="is not a year of four digits")
    expected = f"is not known; write {DIFFERENT}, or leave the cell empty"
    catalog.refuse(
        table, ~table["remark"].isin(["", DIFFERENT]), column="remark", expected=expected
    )
    strange = [
        bool(label) and _unit_of(label, data) != claims["unit"][claim_id]
        for claim_id, label in zip(table["claim_id"], table["beside"], strict=True)
    ]
    expected = "is neither a claim nor a published annual figure in the unit of the target"
    catalog.refuse(
        table, pd.Series(strange, table.index, dtype=bool), column="beside", expected=expected
    )
    return table.assign(
        start_year=numbers(table, "start_year"),
        start=numbers(table, "start"),
    )


def _unit_of(label: str, data: Path | None) -> str | None:
    """Return the unit of the figure a label names; None where it names none."""
    claims = shared_claims(data)
    if label in claims.index:
        return str(claims["unit"][label])
    if ":" not in label or not names_figure(label, data) or find_published(label, data).empty:
        return None
    return catalog.variable(label.split(":")[1], data=data).unit


def load_plan_figures(region: str, *, year: int, data: Path | None = None) -> pd.DataFrame:
    """Load figures published for plans and other periods of several years.

    Parameters
    ----------
    region : str
        Six-digit code.
    year : int
        Last year in which a period may end.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        One row a variable and period, the newest periods first: ``variable``, ``period``,
        ``period_kind``, one of :data:`PLAN_PERIODS`, ``as_of``, the date to which a period that
        had not ended was counted, ``value`` in ``unit``, ``comparator``, ``source_id``.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the data are damaged.

    Notes
    -----
    Of several prints of one figure the first by vintage, grade and later publication is taken.

    Examples
    --------
    >>> found = load_plan_figures("410300", year=2025)
    >>> wanted = found["variable"].eq("specialised_sme")
    >>> found.loc[wanted, ["period", "value", "as_of"]].to_numpy().tolist()
    [['2021/2025', 482.0, '2025-09-30']]
    """
    catalog.region(region, data=data)
    found = shared_observations(data)
    found = found[found["region_code"].eq(region) & found["period_kind"].isin(PLAN_PERIODS)]
    places = {id: place for place, id in enumerate(catalog.variables(data))}
    found = found.assign(
        end=found["period"].str[5:].astype(int), place=found["variable"].map(places).astype(int)
    )
    found = found[found["end"].le(year)]
    order = ["end", "period", "place", "rank", "grade", "published", "source_id"]
    falling = ("end", "period", "published")
    ordered = found.sort_values(order, ascending=[name not in falling for name in order])
    kept = [
        "variable",
        "period",
        "period_kind",
        "as_of",
        "value",
        "comparator",
        "unit",
        "source_id",
    ]
    return ordered.drop_duplicates(["variable", "period", "period_kind"])[kept].reset_index(
        drop=True
    )
