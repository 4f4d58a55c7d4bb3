"""Contracts between regions and populations: per head, cities in a province, province in nation."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.contracts.findings import joined, outside, preferred, report

PER_HEAD_TOLERANCE = 0.006
"""GDP per head over GDP by population, at the population of mid-year (mean of two year ends), by
which it is defined, or of the year end, by which offices also divide. Population is printed to
万人 or 千人 and revised after a census; the published figures agree within 0.6 %."""
LONE_YEAR_END_TOLERANCE = 0.012
"""The same where the population of the year before is not stored, so that mid-year is unknown: a
city gains or loses up to a percent in half a year."""
ADDITIVE = ("gdp", "population_resident")
"""What the units under a province add up to."""
CITY_GAP = 0.02
"""Difference between a province and its cities, as a part of it: until 2018 cities compiled their
own accounts and came out higher than the province together; revisions of one level reach the other
a year later. A city left out, counted twice or in the wrong unit is off by more."""
MOST_MISSING = 3
"""Units that may lack a figure before a year is not compared: more cannot be guessed."""
SHARE_OF_NATION = {
    "gdp": (0.04, 0.065),
    "population_resident": (0.06, 0.085),
    "rd_expenditure": (0.02, 0.05),
    "hightech_mfg_revenue": (0.01, 0.07),
    "hightech_mfg_profit": (0.01, 0.09),
    "hightech_mfg_firms": (0.01, 0.07),
}
"""Share of Henan in the nation since 2008. It moves by a tenth of a point a year, so a figure in
the wrong unit, or of half a year, falls out."""
PROVINCE = "410000"
"""The province whose cities the package holds, all but completely."""


def per_head(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find GDP per head that is not GDP by population."""
    heads = preferred(found, "gdp_per_capita")
    gdp = found[found["variable"].eq("gdp")]
    year_end = preferred(found, "population_resident")[["region_code", "year", "value", "note"]]
    before = year_end.assign(year=year_end["year"] + 1).drop(columns="note")
    people = year_end.merge(
        before, how="left", on=["region_code", "year"], suffixes=("", "_before")
    )
    middle = people.assign(people=(people["value"] + people["value_before"]) / 2)
    people = pd.concat([people.assign(people=people["value"]), middle.dropna(subset="people")])
    rows = heads.merge(gdp, on=["region_code", "year"], suffixes=("", "_gdp")).merge(
        people, on=["region_code", "year"], suffixes=("", "_people")
    )
    lone = rows["value_before"].isna()
    room = lone.map({True: LONE_YEAR_END_TOLERANCE, False: PER_HEAD_TOLERANCE})
    given = rows["value_gdp"] / rows["people"] * 10_000
    rows = rows.assign(
        given=given,
        gap=(rows["value"] / given - 1).abs(),
        room=room,
        note=joined(rows["note"], rows["note_gdp"], rows["note_people"]),
    )
    nearest = rows.sort_values("gap", kind="stable").drop_duplicates(["table", "row"])
    wrong = nearest[nearest["gap"].gt(nearest["room"])].sort_values(["table", "row"])
    return report(
        "per_head",
        wrong,
        "is {value:.0f} 元, but GDP of {value_gdp:g} 亿元 by {people:g} 万人 is "
        "{given:.0f}; expected within {room:.1%}; check the three for year and vintage",
        data,
    )


def cities_in_province(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find years in which the units of the province do not add up to it.

    A unit without a figure is taken with its share of the province in the nearest year for which
    it has one, and named as part of the residual.
    """
    codes = [code for code, entry in catalog.regions(data).items() if entry.parent == PROVINCE]
    results = []
    for variable in ADDITIVE:
        rows = found[found["variable"].eq(variable)]
        # Revisions reach cities and province in different years: compare what was first printed.
        first = rows.sort_values(["rank", "grade"], ascending=[False, True], kind="stable")
        first = first.drop_duplicates(["region_code", "year"])
        wide = first.pivot(index="year", columns="region_code", values="value").reindex(
            columns=[*codes, PROVINCE]
        )
        shares = wide[codes].div(wide[PROVINCE], axis=0)
        missing = wide[codes].isna() & wide[[PROVINCE]].notna().to_numpy()
        guess = shares.ffill().where(shares.ffill().notna(), shares.bfill())
        expected = guess.where(missing, 0.0).sum(axis=1, skipna=False)
        added = wide[codes].sum(axis=1) / wide[PROVINCE]
        count = missing.sum(axis=1)
        gap = 1 - added - expected
        off = gap.abs().gt(CITY_GAP) & count.le(MOST_MISSING)
        province = first[first["region_code"].eq(PROVINCE)].set_index("year")
        sums = pd.DataFrame({"added": added, "expected": expected, "count": count})[off]
        wrong = province.join(sums, how="inner").reset_index()
        results.append(
            report(
                "cities",
                wrong,
                "is {value:g}, but its units add up to {added:.1%} of it and the "
                "{count} without a figure are worth about {expected:.1%}; expected "
                "within {tolerance:.0%}; check the units of that year",
                data,
                tolerance=CITY_GAP,
            )
        )
    return pd.concat(results)


def province_in_nation(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find figures of the province that are not a plausible part of the nation's."""
    results = []
    for variable, (low, high) in SHARE_OF_NATION.items():
        rows = preferred(found, variable)
        nation = rows[rows["region_code"].eq("100000")][["year", "value", "note"]]
        pairs = rows[rows["region_code"].eq(PROVINCE)].merge(
            nation, on="year", suffixes=("", "_nation")
        )
        part = pairs["value"] / pairs["value_nation"]
        pairs = pairs.assign(part=part, note=joined(pairs["note"], pairs["note_nation"]))
        results.append(
            report(
                "nation",
                pairs[outside(part, low, high)],
                "is {part:.2%} of the nation; expected {low:.1%} to {high:.1%}; check "
                "unit and period of both",
                data,
                low=low,
                high=high,
            )
        )
    return pd.concat(results)


def parts_of_regions(found: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Find amounts of a region that exceed those of the region above it."""
    amounts = found[found["unit"].isin(["亿元", "万人", "个", "件"])]
    used = amounts.drop_duplicates(["region_code", "variable", "year"])
    above = {code: entry.parent for code, entry in catalog.regions(data).items()}
    whole = used[["region_code", "variable", "year", "value", "note"]].rename(
        columns={"region_code": "parent"}
    )
    pairs = used.assign(parent=used["region_code"].map(above)).merge(
        whole, on=["parent", "variable", "year"], suffixes=("", "_above")
    )
    wrong = pairs[pairs["value"].gt(pairs["value_above"])]
    return report(
        "nation",
        wrong.assign(note=joined(wrong["note"], wrong["note_above"])),
        "is {value:g} {unit}, more than {value_above:g} of {parent}, which "
        "it is part of; check unit and period of both",
        data,
    )
