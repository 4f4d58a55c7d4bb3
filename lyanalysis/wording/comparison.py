"""Sentences of the chapter that compares a region with its province and its peers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.compared import cities_of, group_name, place, short
from lyanalysis.wording.numbers import Prose, join, number, paragraph, prose, quantity, say

RANKED = {
    "gdp": ("生产总值", "GDP"),
    "gdp_growth_real": ("实际增速", "real growth"),
    "gdp_per_head": ("人均生产总值", "GDP per head"),
    "gdp_share_secondary": ("第二产业比重", "the share of the secondary sector"),
    "gdp_share_tertiary": ("第三产业比重", "the share of the tertiary sector"),
    "structure_angle_w": ("结构夹角W", "structure angle W"),
}
"""What regions are ranked by, and its name inside a sentence."""
MOST_NAMED = 6
"""Above this number of regions, those that lack a figure are counted, not named."""


def describe_growth_tiles(tiles: pd.DataFrame, *, region: str, language: Language) -> Prose:
    """Say which unit of a province grows fastest and slowest, and where the region stands.

    Parameters
    ----------
    tiles : DataFrame
        Index ``(region_code, year)`` of one year; column ``gdp_growth_real``, percent.
    region : str
        The report's own region.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published or no grid is known.
    """
    growth = tiles["gdp_growth_real"].set_axis(tiles.index.get_level_values("region_code"))
    known = growth.dropna()
    if known.empty:
        return prose(
            "没有可画的网格地图：本省没有网格，或当年没有公布各地增速。",
            "There is no tile map to draw: the province has no grid, or growth of its units is "
            "not published for the year.",
            language,
        )
    year = tiles.index.get_level_values("year")[0]
    fastest, slowest = _ends(known, language)
    high, low = number(known.max(), 1), number(known.min(), 1)
    group = group_name(growth.index, language)
    verb = "publishes" if len(known) == 1 else "publish"
    sentences = [
        say(
            f"{year}年{group}中，{len(known)}个公布了实际增速，"
            f"最高的是{fastest}（{high}%），最低的是{slowest}（{low}%）。",
            f"For {year}, {len(known)} of {group} {verb} real growth: highest in {fastest} "
            f"({high}%), lowest in {slowest} ({low}%).",
            language,
        )
    ]
    sentences += _absent(growth, language)
    headline = say(f"{fastest}增速最高，为{high}%", f"{fastest} grew fastest, by {high}%", language)
    if region in known.index:
        own, name = number(known[region], 1), short(region, language)
        rank = place(known, region, language, decimals=1)
        sentences.append(
            say(f"{name}为{own}%，{rank}。", f"{name} stands {rank} with {own}%.", language)
        )
        if own != high:
            headline = say(
                f"{name}增速{own}%，{rank}，最高{high}%",
                f"{name} {rank} in growth with {own}%, the highest is {high}%",
                language,
            )
    return paragraph(sentences, language, headline=headline)


def _nothing(cities: pd.DataFrame, language: Language) -> list[str]:
    """Name the cities that publish none of the measures, or count them where they are many."""
    codes = cities.index[cities.isna().all(axis=1)]
    if not len(codes):
        return []
    count = len(codes)
    if count > MOST_NAMED:
        return [
            say(
                f"另有{count}个城市当年一项都没有公布。",
                f"Another {count} cities have no figure here for the year.",
                language,
            )
        ]
    names = join([short(code, language) for code in codes], language)
    verb = "has" if count == 1 else "have"
    return [
        say(
            f"{names}当年一项都没有公布。",
            f"{names} {verb} no figure here for the year.",
            language,
        )
    ]


def _ends(values: pd.Series[Any], language: Language) -> tuple[str, str]:
    """Name the regions with the highest and the lowest value as printed, ties together."""
    shown = values.round(1)
    ends = (shown.index[shown.eq(shown.max())], shown.index[shown.eq(shown.min())])
    first, last = (join([short(code, language) for code in codes], language) for codes in ends)
    return first, last


def _absent(values: pd.Series[Any], language: Language) -> list[str]:
    """Name the regions without a value, or count them where they are many."""
    codes = list(values.index[values.isna()])
    if not codes:
        return []
    if len(codes) > MOST_NAMED:
        return [say(f"其余{len(codes)}个没有公布。", f"The other {len(codes)} do not.", language)]
    names = join([short(code, language) for code in codes], language)
    verb = "does" if len(codes) == 1 else "do"
    return [say(f"{names}没有公布。", f"{names} {verb} not.", language)]


def describe_scale_growth(profile: pd.DataFrame, *, region: str, language: Language) -> Prose:
    """Say how large and how fast a region is among the cities compared.

    Parameters
    ----------
    profile : DataFrame
        Index ``(region_code, year)`` of one year; columns ``gdp`` and ``gdp_growth_real``.
        Provinces and the nation may stand among the cities: growth is held against theirs.
    region : str
        The report's own region.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published.
    """
    cities = cities_of(profile)[["gdp", "gdp_growth_real"]].dropna()
    if cities.empty:
        return prose(
            "所比城市当年没有同时公布生产总值和实际增速。",
            "No city compared publishes both GDP and real growth for the year.",
            language,
        )
    year = profile.index.get_level_values("year")[0]
    size, growth = cities["gdp"], cities["gdp_growth_real"]
    largest, (fastest, _) = short(size.idxmax(), language), _ends(growth, language)
    scale, speed = number(size.max(), 1), number(growth.max(), 1)
    amount = quantity(scale, "亿元", "=", language)
    count = len(cities)
    sentences = [
        say(
            f"{year}年同时公布总量和增速的城市有{count}个，规模最大的是{largest}"
            f"（{amount}），增长最快的是{fastest}（{speed}%）。",
            f"For {year}, {count} {'city publishes' if count == 1 else 'cities publish'} both "
            f"GDP and growth: {largest} is the largest ({amount}), {fastest} the fastest "
            f"({speed}%).",
            language,
        )
    ]
    headline = say(
        f"{largest}规模最大，{fastest}增长最快",
        f"{largest} largest, {fastest} fastest growing",
        language,
    )
    if region in cities.index:
        name = short(region, language)
        ranks = [
            place(size, region, language, decimals=1),
            place(growth, region, language, decimals=1),
        ]
        sentences.append(
            say(
                f"{name}规模{ranks[0]}，增速{ranks[1]}。",
                f"{name} stands {ranks[0]} by size and {ranks[1]} by growth.",
                language,
            )
        )
        sentences += _beside(profile, region, language)
        headline = say(
            f"{name}在{count}市中规模{ranks[0]}，增速{ranks[1]}",
            f"{name} {ranks[0]} of {count} by size, {ranks[1]} by growth",
            language,
        )
    return paragraph(sentences, language, headline=headline)


def _beside(profile: pd.DataFrame, region: str, language: Language) -> list[str]:
    """Say by how many points the region grew faster or slower than the regions above it."""
    flat = profile["gdp_growth_real"].set_axis(profile.index.get_level_values("region_code"))
    own, found, said = round(float(flat[region]), 1), [], []
    code = catalog.region(region).parent
    while code:
        if code in flat.index and pd.notna(flat[code]):
            found.append((code, round(own - round(float(flat[code]), 1), 1)))
        code = catalog.region(code).parent
    for code, gap in found:
        name, size = short(code, language), number(abs(gap), 1)
        if gap == 0:
            said.append(say(f"与{name}持平", f"level with {short(code, 'en')}", language))
        else:
            said.append(
                say(
                    f"比{name}{'高' if gap > 0 else '低'}{size}个百分点",
                    f"{size} points {'above' if gap > 0 else 'below'} {name}",
                    language,
                )
            )
    if not said:
        return []
    return [say(f"其增速{'，'.join(said)}。", f"Its growth is {join(said, 'en')}.", language)]


def describe_ranks(profile: pd.DataFrame, *, region: str, language: Language) -> Prose:
    """Say where a region stands among the cities compared, measure by measure.

    Parameters
    ----------
    profile : DataFrame
        Index ``(region_code, year)`` of one year; columns as in :data:`RANKED`.
    region : str
        The report's own region.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where the region is not among the cities.
    """
    cities = cities_of(profile)[list(RANKED)]
    ranks = []
    for variable, (zh, en) in RANKED.items():
        decimals = catalog.variable(variable).decimals
        rank = place(cities[variable], region, language, decimals=decimals)
        count = int(cities[variable].notna().sum())
        if rank and count > 1:
            ranks.append(say(f"{zh}{rank}（共{count}市）", f"{rank} of {count} by {en}", language))
    if not ranks:
        return prose(
            "表中可比的是有公布数的城市；本地区没有位次可列。",
            "The table compares cities with published figures; this region has no place among "
            "them.",
            language,
        )
    name = short(region, language)
    said = say(
        f"在有公布数的城市中由高到低排列，{name}的{'，'.join(ranks)}。",
        f"Among cities with published figures, from high to low, {name} stands "
        f"{join(ranks, 'en')}.",
        language,
    )
    return paragraph([said, *_nothing(cities, language)], language)
