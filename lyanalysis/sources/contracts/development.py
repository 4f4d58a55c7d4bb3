"""Contracts between years: growth agrees with levels, shares of drivers with their growth."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.contracts.findings import NOTHING, joined, outside, preferred, report
from lyanalysis.sources.industry import TOTAL_GROWTH

DEFLATORS = {
    "gdp": ("gdp_growth_real", -8.0, 12.0),
    "va_primary": ("va_primary_growth", -15.0, 25.0),
    "va_secondary": ("va_secondary_growth", -15.0, 20.0),
    "va_tertiary": ("va_tertiary_growth", -8.0, 12.0),
}
"""Level -> its real growth and the window of implied price change in a year, percent. The GDP
deflator of the nation lay between about -1 and +8 after 2010; a city of one industry moves further.
Prices of farm goods, and of coal, steel and chemicals, swing more than those of services."""
COMPARABLE = ("nominal_growth_on_previous_year", "growth_on_previous_year")
"""Bases of growth that the ratio of two levels must show: growth of amounts at current prices, and
of counts and volumes."""
LEVELS = {"three_new_growth_nominal": "three_new_va"}
"""Growth -> its level, where the level is not called as the growth is, without ``_growth``."""
GROWTH_TOLERANCE = 0.1
"""Percentage points, beside rounding, by which published growth may miss the ratio of two published
levels. It is computed from both before they are rounded, so that no more is needed; an earlier year
that was revised after its print is a break."""
POPULATION_WINDOW = (-3.0, 5.0)
"""Change of resident population in a year, percent: Zhengzhou, which draws its province, grew by
less than 5 after 2010; cities in decline lose less than 3. A census that was not carried back, or a
new boundary, moves it further, and is a break."""
PRICE_WINDOW = (0.85, 1.15)
"""Share implied for the year before over the share published for it. Shares are at current prices
and growth is real, so the two differ by relative prices and by the yearly renewal of the sample of
above-scale firms; together they stay within 15 % a year. A new catalogue does not, and is a break.
"""
FURTHEST = 3
"""Years between two shares that are compared: further apart, they say nothing of each other."""


def pairs_of_years(levels: pd.DataFrame) -> pd.DataFrame:
    """Pair every figure with every one of the year before, the most alike pair of a year first.

    Parameters
    ----------
    levels : DataFrame
        Figures of one variable, with the ``side`` of the breaks they stand on.

    Returns
    -------
    DataFrame
        Columns of `levels`, of the earlier figure with the suffix ``_before``; ``nominal``, the
        growth between the two in percent; ``room``, what rounding can add to it; and the columns
        that settling needs. Pairs on one side of the breaks come first, then those of one vintage,
        then the preferred ones.
    """
    earlier = levels.assign(year=levels["year"] + 1)
    pairs = levels.merge(earlier, on=["region_code", "variable", "year"], suffixes=("", "_before"))
    ratio = pairs["value"] / pairs["value_before"]
    rounding = pairs["step"] / pairs["value"] + pairs["step_before"] / pairs["value_before"]
    pairs = pairs.assign(
        nominal=100 * (ratio - 1),
        room=100 * ratio * rounding / 2,
        crossing=pairs["side"].ne(pairs["side_before"]),
        steps_apart=(pairs["rank"] - pairs["rank_before"]).abs(),
        first_year=pairs["year"] - 1,
        first_rank=pairs["rank_before"],
        last_year=pairs["year"],
        last_rank=pairs["rank"],
    )
    order = ["region_code", "year", "crossing", "steps_apart", "rank", "grade"]
    return pairs.sort_values(order, kind="stable", ignore_index=True)


def deflators(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find levels and real growth that together imply prices nobody has seen."""
    results = []
    for level, (growth, low, high) in DEFLATORS.items():
        pairs = pairs_of_years(found[found["variable"].eq(level)])
        pairs = pairs.drop_duplicates(["region_code", "year"])
        rates = preferred(found, growth)[["region_code", "year", "value", "note"]]
        rows = pairs.merge(rates, on=["region_code", "year"], suffixes=("", "_real"))
        prices = 100 * ((1 + rows["nominal"] / 100) / (1 + rows["value_real"] / 100) - 1)
        rows = rows.assign(
            prices=prices, note=joined(rows["note"], rows["note_before"], rows["note_real"])
        )
        results.append(
            report(
                "deflator",
                rows[outside(rows["prices"], low, high)],
                "is {nominal:+.1f} % on {first_year} at current prices and "
                "{value_real:+g} % in real terms, so that prices moved by "
                "{prices:+.1f} %; expected {low:+g} to {high:+g} %; check both, or add "
                "the break to breaks.csv",
                data,
                low=low,
                high=high,
            )
        )
    return pd.concat(results)


def nominal_growth(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find published nominal growth that no two published levels show."""
    levels = set(found["variable"])
    results = [NOTHING]
    for growth, rates in found[found["basis"].isin(COMPARABLE)].groupby("variable"):
        level = LEVELS.get(str(growth), str(growth).removesuffix("_growth"))
        if level not in levels - {growth}:
            continue
        pairs = pairs_of_years(found[found["variable"].eq(level)])
        rows = rates.merge(pairs, on=["region_code", "year"], suffixes=("_rate", ""))
        gap = (rows["nominal"] - rows["value_rate"]).abs()
        excess = gap - rows["room"] - rows["step_rate"] / 2 - GROWTH_TOLERANCE
        rows = rows.assign(
            excess=excess, note=joined(rows["note"], rows["note_before"], rows["note_rate"])
        ).sort_values("excess", kind="stable")
        nearest = rows.drop_duplicates(["region_code", "year", "value_rate"])
        wrong = nearest[nearest["excess"].gt(1e-9)].sort_values(["region_code", "year"])
        results.append(
            report(
                "growth",
                wrong,
                "is {nominal:+.1f} % on {first_year}, but {growth} is "
                "{value_rate:+g} % ({table_rate}, row {row_rate}); expected "
                "within {tolerance} points and rounding; check both, or add the break "
                "to breaks.csv",
                data,
                growth=growth,
                tolerance=GROWTH_TOLERANCE,
            )
        )
    return pd.concat(results)


def population_changes(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find a population that moves faster than people do."""
    pairs = pairs_of_years(found[found["variable"].eq("population_resident")])
    pairs = pairs.drop_duplicates(["region_code", "year"])
    low, high = POPULATION_WINDOW
    wrong = pairs[outside(pairs["nominal"], low, high)]
    return report(
        "population",
        wrong.assign(note=joined(wrong["note"], wrong["note_before"])),
        "is {value:g}, {nominal:+.1f} % on {first_year} ({table_before}, row {row_before}); "
        "expected {low:+g} to {high:+g} %; check both, or add the break to breaks.csv",
        data,
        low=low,
        high=high,
    )


def driver_shares(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    r"""Find shares of aggregates that their growth does not lead to from an earlier share.

    Notes
    -----
    From share :math:`s`, growth :math:`g` and growth of the total :math:`G`, all of one year, the
    share a year earlier on the same scope is :math:`s (1 + G / 100) / (1 + g / 100)`. It is held
    against the newest share published for that year or one of the two before; the window widens
    with every year, because growth of the years between is not used.
    """
    total = preferred(found, TOTAL_GROWTH)[["region_code", "year", "value", "note"]]
    aggregates = [id for id, entry in catalog.variables(data).items() if entry.kind == "aggregate"]
    results = []
    for aggregate in aggregates:
        shares = preferred(found, f"{aggregate}_share")
        earlier = shares.assign(first_year=shares["year"]).drop(columns=["year", "variable"])
        rates = preferred(found, f"{aggregate}_growth")[["region_code", "year", "value", "note"]]
        rows = shares.merge(rates, on=["region_code", "year"], suffixes=("", "_rate"))
        rows = rows.merge(total, on=["region_code", "year"], suffixes=("", "_total"))
        rows = rows.merge(earlier, on="region_code", suffixes=("", "_before"))
        apart = rows["year"] - rows["first_year"]
        rows = rows[apart.between(1, FURTHEST)].sort_values("first_year", kind="stable")
        rows = rows.drop_duplicates(["region_code", "year"], keep="last")
        apart = rows["year"] - rows["first_year"]
        implied = rows["value"] * (100 + rows["value_total"]) / (100 + rows["value_rate"])
        rounding = rows["step"] / rows["value"] + rows["step_before"] / rows["value_before"]
        notes = (rows[f"note{part}"] for part in ("", "_before", "_rate", "_total"))
        rows = rows.assign(
            implied=implied,
            first_rank=rows["rank_before"],
            last_year=rows["year"],
            last_rank=rows["rank"],
            note=joined(*notes),
        )
        low, high = (end**apart for end in PRICE_WINDOW)
        ratio = implied / rows["value_before"]
        results.append(
            report(
                "drivers",
                rows[outside(ratio, low - rounding / 2, high + rounding / 2)].sort_values("row"),
                "is {value:g} % with growth of {value_rate:g} % against "
                "{value_total:g} % of the total, which makes {implied:.1f} % of the "
                "year before; published for {first_year} is {value_before:g} % "
                "({table_before}, row {row_before}); expected within 15 % for a "
                "year between the two; check all four, or add the break to breaks.csv",
                data,
            )
        )
    return pd.concat(results)
