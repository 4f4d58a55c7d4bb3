"""Sentences on the structure of the cities compared: sectors, upgrading, new drivers."""

from __future__ import annotations

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.compared import cities_of, place, short
from lyanalysis.wording.numbers import Prose, in_text, number, paragraph, prose, say


def describe_unit_structure(shares: pd.DataFrame, *, region: str, language: Language) -> Prose:
    """Say in how many units services gained, each inside its newest comparable window.

    Parameters
    ----------
    shares : DataFrame
        Index ``(region_code, year, window)``; one column a sector, percent.
    region : str
        The report's own region.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no window holds two years.
    """
    moves = _moves(shares)
    if moves.empty:
        return prose(
            "没有一个地区在口径一致的时段内有两年以上的三次产业比重。",
            "No unit has sector shares for two years of one statistical basis.",
            language,
        )
    tertiary = moves["gdp_share_tertiary"]
    up, down = int(tertiary.gt(0).sum()), int(tertiary.lt(0).sum())
    count = len(moves)
    units = "unit" if count == 1 else "units"
    sentences = [
        say(
            f"按各地最近一个不少于两年的可比时段看，{count}个地区中第三产业比重上升的有{up}个，"
            f"下降的有{down}个。",
            f"In the newest comparable window of two or more years of each, the tertiary share "
            f"rose in {up} of {count} {units} and fell in {down}.",
            language,
        )
    ]
    headline = say(
        f"{count}个地区中{up}个第三产业比重上升",
        f"Tertiary share up in {up} of {count} {units}",
        language,
    )
    if region in moves.index:
        name, own = short(region, language), moves.loc[region].to_dict()
        window = own["window"]
        parts = [
            f"{in_text(sector, language)}{'' if language == 'zh' else ' '}"
            f"{_points(own[sector], language)}"
            for sector in shares.columns
        ]
        sentences.append(
            say(
                f"{name}在{window}年{'，'.join(parts)}。",
                f"In {name} the shares moved in {window}: {', '.join(parts)}.",
                language,
            )
        )
    return paragraph(sentences, language, headline=headline)


def _moves(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the change of printed shares over each unit's newest window of two or more years."""
    rows = {}
    for code, own in shares.dropna().groupby(level="region_code", sort=False):
        windows = [frame for _, frame in own.groupby(level="window", sort=False) if len(frame) > 1]
        if windows:
            change = (windows[-1].iloc[-1].round(1) - windows[-1].iloc[0].round(1)).round(1)
            rows[str(code)] = {
                **change,
                "window": windows[-1].index.get_level_values("window")[0],
            }
    return pd.DataFrame.from_dict(rows, orient="index")


def _points(change: float, language: Language) -> str:
    size = number(abs(change), 1)
    if change == 0:
        return say("持平", "unchanged", language)
    return say(
        f"{'上升' if change > 0 else '下降'}{size}个百分点",
        f"{'up' if change > 0 else 'down'} {size} points",
        language,
    )


def describe_upgrading(profile: pd.DataFrame, *, region: str, language: Language) -> Prose:
    """Say how far services outweigh industry in the cities compared, and where the region stands.

    Parameters
    ----------
    profile : DataFrame
        Index ``(region_code, year)`` of one year; columns ``ts_ratio`` and ``structure_angle_w``.
    region : str
        The report's own region.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published.
    """
    cities = cities_of(profile)[["ts_ratio", "structure_angle_w"]].dropna()
    if cities.empty:
        return prose(
            "所比城市当年没有公布三次产业增加值。",
            "No city compared publishes value added by sector for the year.",
            language,
        )
    ratio, count = cities["ts_ratio"], len(cities)
    towns = "city" if count == 1 else "cities"
    above = int(ratio.round(2).gt(1).sum())
    top, bottom = short(ratio.idxmax(), language), short(ratio.idxmin(), language)
    high, low = number(ratio.max(), 2), number(ratio.min(), 2)
    sentences = [
        say(
            f"{count}个城市中有{above}个第三产业大于第二产业；三产二产之比最高的是{top}"
            f"（{high}），最低的是{bottom}（{low}）。",
            f"In {above} of {count} {towns} the tertiary sector is larger than the secondary; the "
            f"ratio is highest in {top} ({high}) and lowest in {bottom} ({low}).",
            language,
        )
    ]
    headline = say(
        f"{count}市中{above}个第三产业大于第二产业",
        f"Services outweigh industry in {above} of {count} {towns}",
        language,
    )
    if region in cities.index:
        name, own = short(region, language), number(ratio[region], 2)
        ranks = [
            place(ratio, region, language, decimals=2),
            place(cities["structure_angle_w"], region, language, decimals=3),
        ]
        sentences.append(
            say(
                f"{name}为{own}，{ranks[0]}，结构夹角W{ranks[1]}。",
                f"{name} stands {ranks[0]} with {own}, and {ranks[1]} by the structure angle W.",
                language,
            )
        )
        headline = say(
            f"{name}三产二产之比{own}，在{count}市中{ranks[0]}",
            f"{name} {ranks[0]} of {count} by tertiary over secondary, {own}",
            language,
        )
    return paragraph(sentences, language, headline=headline)


def describe_aggregate(aggregates: pd.DataFrame, *, region: str, language: Language) -> Prose:
    """Say who publishes an official aggregate of industry, and how it grew against industry.

    Parameters
    ----------
    aggregates : DataFrame
        Index ``(region_code, aggregate)`` of one aggregate; columns ``share``, ``growth`` and
        ``total_growth``, percent.
    region : str
        The report's own region.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published.
    """
    name = in_text(str(aggregates.index.get_level_values("aggregate")[0]), language)
    cities = cities_of(aggregates)
    shares, grown = cities["share"].dropna(), cities[["growth", "total_growth"]].dropna()
    growth = cities["growth"].dropna()
    if shares.empty and growth.empty:
        return prose(
            f"所比城市当年没有公布{name}的比重或增速。",
            f"No city compared publishes the share or growth of {name} for the year.",
            language,
        )
    faster = int(grown["growth"].gt(grown["total_growth"]).sum())
    counts = (
        say(
            f"公布{name}增速的城市有{len(growth)}个，公布比重的有{len(shares)}个",
            f"{len(growth)} of the cities {'publishes' if len(growth) == 1 else 'publish'} "
            f"growth of {name} and {len(shares)} its share",
            language,
        ),
        say(
            f"；可与规模以上工业相比的{len(grown)}个中，{faster}个增速更快。",
            f"; of the {len(grown)} that can be held against above-scale industry, {faster} grew "
            "faster than it.",
            language,
        )
        if len(grown) > 1
        else say("。", ".", language),
    )
    sentences = ["".join(counts)]
    headline = say(
        f"{len(grown)}市中{faster}个{name}快于工业总体",
        f"{name[0].upper()}{name[1:]} ahead of industry in {faster} of {len(grown)}",
        language,
    )
    if len(grown) < 2:  # one city is no comparison
        headline = ""
    if region in growth.index:
        own, place_of = number(growth[region], 1), short(region, language)
        rank = place(growth, region, language, decimals=1)
        share = shares.get(region)
        more = (
            say(
                f"，占规模以上工业增加值的{number(float(share), 1)}%，比重在{len(shares)}市中"
                f"{place(shares, region, 'zh', decimals=1)}",
                f" and makes up {number(float(share), 1)}% of above-scale industry, "
                f"{place(shares, region, 'en', decimals=1)} of {len(shares)}",
                language,
            )
            if share is not None
            else ""
        )
        moved = growth[region] >= 0
        sentences.append(
            say(
                f"{place_of}{'增长' if moved else '下降'}{number(abs(growth[region]), 1)}%，"
                f"增速{rank}{more}。",
                f"In {place_of} it {'grew' if moved else 'fell'} by "
                f"{number(abs(growth[region]), 1)}% ({rank}){more}.",
                language,
            )
        )
        headline = say(
            f"{place_of}{name}增速{own}%，在{len(growth)}市中{rank}",
            f"{place_of} {rank} of {len(growth)} in growth of {name}, {own}%",
            language,
        )
    return paragraph(sentences, language, headline=headline)
