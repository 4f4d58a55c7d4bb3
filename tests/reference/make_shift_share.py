"""Exact answers for `tests/reference/shift_share.json`, in fractions and one cell at a time.

    python tests/reference/make_shift_share.py

Uses nothing but the standard library: growth rates as the papers write them (Dunn 1960,
Esteban-Marquillas 1972, Arcelus 1984), no difference form, no arrays. The peer on PyPI, shiftshare
0.1.1, was not to be had from the index in use.
"""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path

REGIONS, INDUSTRIES, YEARS = ("north", "east", "south", "west"), ("a", "b", "c", "d"), (1, 2, 3)
Levels = dict[str, dict[str, Fraction]]


def growth(start: Fraction, end: Fraction) -> Fraction:
    return end / start - 1


def cell(start: Levels, end: Levels, region: str, industry: str) -> dict[str, dict[str, Fraction]]:
    base = {name: sum(start[one][name] for one in REGIONS) for name in INDUSTRIES}
    final = {name: sum(end[one][name] for one in REGIONS) for name in INDUSTRIES}
    own, own_total = start[region][industry], sum(start[region].values())
    nation = growth(sum(base.values()), sum(final.values()))
    here = growth(own_total, sum(end[region].values()))
    mix = growth(base[industry], final[industry]) - nation
    level = own_total * base[industry] / sum(base.values())
    rest = own - level
    new = Fraction(0) if own else end[region][industry]
    local = growth(own, end[region][industry]) - here if own else mix
    change = {"change": end[region][industry] - own}
    common = change | {"national": own * nation, "industry_mix": own * mix}
    lead = local + here - mix - nation
    apart = {
        "competitive_homothetic": level * lead if own else Fraction(0),
        "allocation": rest * lead if own else Fraction(0),
        "new_industry": new,
    }
    return {
        "dunn": common | {"competitive": own * lead + new},
        "esteban_marquillas": common | apart,
        "arcelus": change
        | {
            "national_homothetic": level * nation,
            "national_specialised": rest * nation,
            "industry_mix_homothetic": level * mix,
            "industry_mix_specialised": rest * mix,
            "regional_growth_homothetic": level * (here - nation),
            "regional_growth_specialised": rest * (here - nation),
            "regional_mix_homothetic": level * (local - mix),
            "regional_mix_specialised": rest * (local - mix),
            "new_industry": new,
        },
    }


def main() -> None:
    draw = random.Random(20250731)
    levels = {
        year: {
            region: {industry: Fraction(draw.randint(1, 4000), 10) for industry in INDUSTRIES}
            for region in REGIONS
        }
        for year in YEARS
    }
    # New in the second year, gone in the third, and never there.
    levels[1]["south"]["c"] = levels[3]["east"]["a"] = Fraction(0)
    levels[1]["west"]["d"] = levels[2]["west"]["d"] = Fraction(0)
    answers: dict[str, list[dict[str, object]]] = {}
    for year in YEARS[1:]:
        for region in REGIONS:
            for industry in INDUSTRIES:
                found = cell(levels[year - 1], levels[year], region, industry)
                for method, components in found.items():
                    assert sum(components.values()) == 2 * components["change"]
                    row = {name: float(value) for name, value in components.items()}
                    key = {"region_code": region, "year": year, "part": industry}
                    answers.setdefault(method, []).append(key | row)
    rows = [
        {"region_code": region, "year": year}
        | {industry: float(level) for industry, level in levels[year][region].items()}
        for region in REGIONS
        for year in YEARS
    ]
    file = Path(__file__).with_name("shift_share.json")
    made_by = "make_shift_share.py: exact fractions, Python's standard library"
    file.write_text(json.dumps({"made_by": made_by, "levels": rows, **answers}, indent=0) + "\n")


if __name__ == "__main__":
    main()
