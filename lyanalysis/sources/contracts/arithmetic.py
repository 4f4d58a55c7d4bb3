"""Contracts inside one document: parts add up, shares add to 100, a ratio is its two figures."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lyanalysis.sources.accounts import COLUMNS, SECTOR_GROWTH, SECTOR_SHARES, SECTORS, TOLERANCE
from lyanalysis.sources.contracts.findings import (
    DOCUMENT,
    NOTHING,
    joined,
    outside,
    report,
)
from lyanalysis.sources.selection import CELL

THREE_NEW = ["three_new_va_primary", "three_new_va_secondary", "three_new_va_tertiary"]
WHOLES: dict[str, tuple[list[str], float, float]] = {
    "gdp": (SECTORS, -TOLERANCE, TOLERANCE),
    "va_secondary": (["va_industry", "va_construction"], -TOLERANCE, 0.015),
    "trade_total": (["exports", "imports"], -TOLERANCE, TOLERANCE),
    "three_new_va": (THREE_NEW, -TOLERANCE, TOLERANCE),
}
"""Whole -> the parts it is the sum of, and how far below and above it they may be: 0.5 %, as for
accounts. Industry counts services to mining and the repair of machinery, which the classification
by sectors counts as tertiary, so that industry and construction exceed the secondary sector by up
to 1.5 %."""
SHARES_OF_ONE = [SECTOR_SHARES]
"""Shares that add up to 100; each may be off by half of its last digit."""
PARTS = {
    "va_industry": "va_secondary",
    "va_construction": "va_secondary",
    "va_industry_above_scale": "va_secondary",
    "va_finance": "va_tertiary",
    "va_hotel_catering": "va_tertiary",
    "va_ict_services": "va_tertiary",
    "va_real_estate": "va_tertiary",
    "va_transport": "va_tertiary",
    "va_wholesale_retail": "va_tertiary",
    "tax_revenue": "budget_revenue",
    "budget_science_expenditure": "budget_expenditure",
    "population_urban": "population_resident",
    "disposable_income_rural": "disposable_income",
    "disposable_income": "disposable_income_urban",
    "electricity_industry": "electricity_total",
    "invention_patents_granted": "patents_granted",
    "deposits_rmb": "deposits",
    "loans_rmb": "loans",
    "hightech_mfg_profit": "hightech_mfg_revenue",
    "industrial_profit": "industrial_revenue",
    "rd_expenditure_industry": "rd_expenditure",
    "employees_manufacturing_urban_units": "employed_urban_units",
    "private_market_entities": "market_entities",
}
"""Smaller -> larger figure of the same region and year; equal to rounding is allowed."""
RATIOS = {
    "gdp_share_primary": ("va_primary", "gdp"),
    "gdp_share_secondary": ("va_secondary", "gdp"),
    "gdp_share_tertiary": ("va_tertiary", "gdp"),
    "urbanization_rate": ("population_urban", "population_resident"),
    "rd_intensity": ("rd_expenditure", "gdp"),
    "three_new_share_gdp": ("three_new_va", "gdp"),
}
"""Percentage -> its numerator and denominator. Any stored vintage of the denominator will do,
because a percentage keeps the denominator it was first printed with."""
RATIO_TOLERANCE = 0.01
"""How far, as a part of it, a percentage may be from its two figures beside its own rounding:
totals are revised by a percent or less between a first print and a final verification, save for
the revisions that stand in breaks.csv."""


def sums(observations: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find wholes that are not the sum of their parts in one document."""
    exact = observations[observations["comparator"].eq("=")]
    found = []
    for whole, (parts, low, high) in WHOLES.items():
        total = exact[exact["variable"].eq(whole)]
        wide = exact[exact["variable"].isin(parts)].pivot(
            index=DOCUMENT, columns="variable", values="value"
        )
        added = wide.reindex(columns=parts).sum(axis=1, skipna=False).rename("added")
        rows = total.merge(added.reset_index(), on=DOCUMENT)
        wrong = rows[outside(rows["added"] / rows["value"] - 1, low, high)]
        found.append(
            report(
                "sums",
                wrong,
                "is {value:.2f}, but {parts} of the same document are "
                "{added:.2f}; expected {low:+.1%} to {high:+.1%} of it; check all "
                "against the source",
                data,
                parts=" + ".join(parts),
                low=low,
                high=high,
            )
        )
    return pd.concat(found)


def shares(observations: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find shares of one document that do not add up to 100."""
    exact = observations[observations["comparator"].eq("=")]
    found = []
    for parts in SHARES_OF_ONE:
        rows = exact[exact["variable"].isin(parts)]
        groups = rows.groupby(DOCUMENT, sort=False)
        first = groups.head(1).set_index(DOCUMENT)
        whole = first.assign(
            added=groups["value"].sum(), room=groups["step"].sum() / 2, count=groups.size()
        )
        gap = (whole["added"] - 100).abs()
        wrong = whole[whole["count"].eq(len(parts)) & gap.gt(whole["room"] + 1e-9)].reset_index()
        found.append(
            report(
                "shares",
                wrong,
                "and {others} of the same document add up to {added:.2f}; "
                "expected 100 within {room:.2f}, half of the last digits; check them "
                "against the source",
                data,
                others=", ".join(parts[1:]),
            )
        )
    return pd.concat(found)


def parts_below_wholes(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find parts larger than their whole, among the figures that are used."""
    used = found.drop_duplicates(CELL)
    amounts = {str(name): rows for name, rows in used.groupby("variable")}
    results = [NOTHING]
    for part, whole in PARTS.items():
        if part not in amounts or whole not in amounts:
            continue
        pairs = amounts[part].merge(
            amounts[whole], on=["region_code", "year"], suffixes=("", "_whole")
        )
        room = pairs["step"] + pairs["step_whole"]
        wrong = pairs[pairs["value"].gt(pairs["value_whole"] + room)]
        wrong = wrong.assign(note=joined(wrong["note"], wrong["note_whole"]))
        results.append(
            report(
                "parts",
                wrong,
                "is {value:g}, more than {whole} with {value_whole:g} "
                "({table_whole}, row {row_whole}); expected at most that; check unit "
                "and scope of both",
                data,
                whole=whole,
            )
        )
    return pd.concat(results)


def ratios(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find percentages that are not what their numerator and denominator give."""
    results = []
    for share, (part, whole) in RATIOS.items():
        key = ["region_code", "year"]
        # Sectors and GDP change together; R&D and population are known in one vintage each.
        own = [*key, "vintage", "source_id"] if part in COLUMNS else key
        below = found[found["variable"].eq(whole)]
        pairs = found[found["variable"].eq(share)].merge(
            found[found["variable"].eq(part)], on=own, suffixes=("", "_part")
        )
        pairs = pairs.merge(below, on=own, suffixes=("", "_whole"))
        given = 100 * pairs["value_part"] / pairs["value_whole"]
        pairs = pairs.assign(given=given, gap=(given - pairs["value"]).abs())
        nearest = pairs.sort_values("gap", kind="stable").drop_duplicates(["table", "row"])
        wrong = nearest[
            nearest["gap"].gt(nearest["step"] / 2 + RATIO_TOLERANCE * nearest["value"])
        ].sort_values(["table", "row"])
        wrong = wrong.assign(note=joined(wrong["note"], wrong["note_part"], wrong["note_whole"]))
        results.append(
            report(
                "ratios",
                wrong,
                "is {value:g} %, but {part} {value_part:g} over {whole} "
                "{value_whole:g} is {given:.2f} %; expected within its rounding and "
                "{tolerance:.0%}; check which of the three belongs to another vintage",
                data,
                part=part,
                whole=whole,
                tolerance=RATIO_TOLERANCE,
            )
        )
    return pd.concat(results)


def growth_between_parts(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find real growth of GDP that is faster than its fastest or slower than its slowest sector."""
    rates = found[found["variable"].isin(SECTOR_GROWTH)]
    key = ["region_code", "year", "vintage", "source_id"]
    ends = rates.groupby(key).agg(
        low=("value", "min"), high=("value", "max"), count=("value", "size"), digit=("step", "max")
    )
    whole = ends[ends["count"].eq(len(SECTOR_GROWTH))].reset_index()
    rows = found[found["variable"].eq("gdp_growth_real")].merge(whole, on=key)
    room = (rows["digit"] + rows["step"]) / 2 + 1e-9
    wrong = rows[rows["value"].lt(rows["low"] - room) | rows["value"].gt(rows["high"] + room)]
    return report(
        "sector_growth",
        wrong,
        "is {value:g} %, but its three sectors grew by {low:g} to {high:g} %; "
        "expected between slowest and fastest; check the four against the source",
        data,
    )
