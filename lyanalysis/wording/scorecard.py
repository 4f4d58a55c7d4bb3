"""Sentences on the figures of the summary: where a region stands, and which driver is ahead."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, direction_of, in_text, join, number, prose, say

BESIDE = {"province": ("全省", "the province"), "nation": ("全国", "the nation")}
FULL = {"rising": "较高", "falling": "较低", "steady": "持平"}
SIDES = {"rising": ("高", "above"), "falling": ("低", "below"), "steady": ("平", "level")}


def describe_card(card: pd.DataFrame, *, language: Language) -> Prose:
    """Count on how many measures a region is above, below or level with province and nation.

    Parameters
    ----------
    card : DataFrame
        Index ``variable``; columns ``value``, ``province``, ``nation``.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph. Above is not better: measures point in different directions.
    """
    counts = {column: _sides(card, column) for column in BESIDE}
    known = {column: sides for column, sides in counts.items() if sum(sides.values())}
    if not known:
        return prose(
            "各指标都没有全省或全国同年的数可比。",
            "No measure has a figure of province or nation for the same year beside it.",
            language,
        )
    parts = [
        say(
            f"有{sum(sides.values())}项可与{BESIDE[column][0]}的同一年相比，"
            f"{'、'.join(f'{n}项{FULL[side]}' for side, n in sides.items() if n)}",
            f"{sum(sides.values())} measures compare with {BESIDE[column][1]} in the same year: "
            f"{join([f'{n} {SIDES[side][1]}' for side, n in sides.items() if n], 'en')}"
            if sum(sides.values()) > 1
            else f"one measure compares with {BESIDE[column][1]} in the same year: "
            f"{next(SIDES[side][1] for side, n in sides.items() if n)}",
            language,
        )
        for column, sides in known.items()
    ]
    listed = say("；", "; ", language).join(parts)
    short = say("，", "; ", language).join(
        say(
            f"与{BESIDE[column][0]}比"
            + "".join(f"{count}{SIDES[side][0]}" for side, count in sides.items() if count),
            f"{', '.join(f'{n} {SIDES[side][1]}' for side, n in sides.items() if n)} "
            f"{BESIDE[column][1]}",
            language,
        )
        for column, sides in known.items()
    )
    return prose(
        f"{listed}。高低不等于好坏，各指标的方向不同。",
        f"{listed[0].upper()}{listed[1:]}. Above is not better: measures point in different "
        "directions.",
        language,
        headline=say(f"可比的指标，{short}", f"Measures: {short}", language),
    )


def _sides(card: pd.DataFrame, column: str) -> dict[str, int]:
    """Count the measures on either side of a column, as they are printed."""
    known = card.dropna(subset=["value", column])
    found = [
        direction_of(round(row["value"], decimals) - round(row[column], decimals), decimals)
        for name, row in known.iterrows()
        for decimals in [catalog.variable(str(name)).decimals]
    ]
    return {side: found.count(side) for side in SIDES}


def describe_gaps(gaps: pd.DataFrame, *, region: str, year: int, language: Language) -> Prose:
    """Say which aggregates of a region are ahead of industry as a whole, and by how much.

    Parameters
    ----------
    gaps : DataFrame
        Index ``(region_code, aggregate)``; column ``growth_gap`` in percentage points.
    region : str
        Six-digit code.
    year : int
        Year of the figures.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph.
    """
    known = gaps["growth_gap"].xs(region, level="region_code").dropna()
    name = catalog.region_name(region, language)
    if known.empty:
        return prose(
            f"{year}年{name}没有同时公布各口径与规模以上工业的增速，图中若有柱，是其他地区的。",
            f"{name} publishes no growth of the aggregates together with that of above-scale "
            f"industry for {year}; bars in the figure, if any, are of other regions.",
            language,
        )
    sides = [direction_of(value) for value in known]
    ahead, behind, level = (sides.count(side) for side in ("rising", "falling", "steady"))
    counts = {"快于": ahead, "慢于": behind, "持平于": level}
    kept = {side: count for side, count in counts.items() if count}
    zh = "、".join(f"{count}个{side}" for side, count in kept.items())
    if len(kept) == 1:
        zh = f"{'各口径都' if len(known) > 1 else '这个口径'}{next(iter(kept))}"
    english = {"快于": "faster than", "慢于": "slower than", "持平于": "level with"}
    en = join(
        [f"{n} {'was' if n == 1 else 'were'} {english[side]}" for side, n in kept.items()], "en"
    )
    if len(kept) == 1:
        en = f"{'all were' if len(known) > 1 else 'it was'} {english[next(iter(kept))]}"
    shown = _of_each_side(known)
    count = len(known)
    aggregates = "one aggregate" if count == 1 else f"{count} aggregates"
    return prose(
        f"{year}年{name}有{count}个口径公布了增速，{zh}规模以上工业。",
        f"{name} publishes growth of {aggregates} for {year}: {en} above-scale industry.",
        language,
        headline=say("，", ", ", language).join(_gap(*one, language) for one in shown),
    )


def _of_each_side(known: pd.Series[Any]) -> list[tuple[str, float, bool]]:
    """Return one new and one old aggregate: the narrowest, which the summary judges by."""
    found: list[tuple[str, float, bool]] = []
    for driver, wanted in (("new", "hightech_mfg"), ("old", "energy_intensive")):
        names = [str(name) for name in known.index if catalog.variable(str(name)).driver == driver]
        if names:
            name = wanted if wanted in names else names[0]
            found.append((name, float(known[name]), not found))
    return found


def _gap(name: str, value: float, first: bool, language: Language) -> str:
    direction, size = direction_of(value), number(abs(value), 1)
    if direction == "steady":
        zh, en = (
            f"{in_text(name, 'zh')}与工业持平",
            f"{catalog.short_name(name, 'en')} level with industry",
        )
    else:
        faster = direction == "rising"
        zh = f"{in_text(name, 'zh')}{'快' if faster else '慢'}{size}个百分点"
        points = f"{size} points" if first else size
        en = f"{catalog.short_name(name, 'en')} {points} {'ahead' if faster else 'behind'}"
    return say(zh, en if first else en[0].lower() + en[1:], language)
