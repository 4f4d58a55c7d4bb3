"""The contract on magnitudes: every figure lies where figures of its kind can lie."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from lyanalysis.sources.contracts.findings import outside, report


class Window(NamedTuple):
    """Where figures of a name and unit may lie, and why just there."""

    name: str
    unit: str
    low: float
    high: float
    why: str


WINDOWS = (
    Window("gdp_per_capita", "元", 5_000, 400_000, "poorest county to richest city since 2008"),
    Window("rd_intensity(_industry)?", "%", 0.05, 8, "Beijing, the highest, stands near 7"),
    Window("population_resident", "万人", 5, 150_000, "a small city to the nation"),
    Window("urbanization_rate", "%", 15, 100, "no region of the study was below 30 in 2008"),
    Window("cpi", "%", -5, 15, "yearly change of consumer prices"),
    Window("avg_wage", "元", 10_000, 300_000, "a year's pay in urban units"),
    Window("disposable_income(_urban)?", "元", 2_000, 120_000, "a person's income of a year"),
    Window("disposable_income_rural", "元", 1_500, 80_000, "a person's income of a year"),
    Window("industrial_profit", "亿元", -500, 5_000, "industry of a region may lose money"),
    Window("industrial_profit_margin", "%", -20, 40, "profit over revenue"),
    Window(".*contribution", "%", -300, 400, "parts may offset each other"),
    Window(".*_growth_real", "%", -20, 30, "output of a whole region in a year"),
    Window(".*_growth_avg", "%", -30, 60, "yearly average over several years"),
    Window(".*_growth(_nominal)?", "%", -60, 150, "yearly growth, the epidemic included"),
    Window(".*_change", "%", -60, 60, "change of an intensity"),
    Window(".*_share(_.*)?", "%", 0, 100, "a part of a whole"),
    Window(".*_rate", "%", 0, 100, "a part of a whole"),
    Window(".*_rate", "‰", -30, 50, "per thousand inhabitants"),
    Window(".*", "", 0, float("inf"), "amounts, counts and indices are not negative"),
)
"""The first window counts whose name matches all of the variable's and whose unit is the figure's;
an empty unit is any."""
LEAP = 3.0
"""Times as much within a year: more than any amount of the study grew or fell, and what a figure
in 万元 taken for 亿元, or a point in the wrong place, exceeds."""


def window_of(variable: str, unit: str) -> Window:
    """Return the window of a variable in a unit.

    Examples
    --------
    >>> window_of("hightech_mfg_share", "%").high, window_of("gdp", "亿元").low
    (100, 0)
    """
    return next(
        window
        for window in WINDOWS
        if window.unit in {"", unit} and re.fullmatch(window.name, variable)
    )


def magnitudes(observations: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find figures outside the window of their variable: a wrong unit, a shifted point."""
    kinds = observations[["variable", "unit"]].drop_duplicates()
    windows = {tuple(kind): window_of(*kind) for kind in kinds.itertuples(index=False, name=None)}
    pairs = zip(observations["variable"], observations["unit"], strict=True)
    fitting = [windows[pair] for pair in pairs]
    rows = observations.assign(
        low=[float(window.low) for window in fitting],
        high=[float(window.high) for window in fitting],
        why=[window.why for window in fitting],
    )
    wrong = rows[outside(rows["value"], rows["low"], rows["high"])]
    return report(
        "magnitude",
        wrong,
        "is {value:g} {unit}; expected {low:g} to {high:g} ({why}); "
        "check number and unit against the source",
        data,
    )


def leaps(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find amounts that no growth leads to from the nearest earlier figure of their series."""
    amounts = found[~found["unit"].isin(["%", "‰"]) & found["value"].gt(0)]
    ordered = amounts.sort_values(["region_code", "variable", "year"], kind="stable")
    series = ordered.groupby(["region_code", "variable"], sort=False)
    before, since = series["value"].shift(), series["year"].shift()
    rows = ordered.assign(before=before, since=since)
    limit = LEAP ** (rows["year"] - since).clip(lower=1)
    return report(
        "magnitude",
        rows[outside(rows["value"] / before, 1 / limit, limit)],
        "is {value:g} {unit}, after {before:g} in {since:.0f}; expected is "
        "less than {leap:g} times as much in a year, or as little; check number and unit "
        "against the source",
        data,
        leap=LEAP,
    )
