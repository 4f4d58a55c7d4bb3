"""Sentences of the chapter on space: people and towns, property, investment."""

from __future__ import annotations

import math

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, direction_of, join, number, paragraph, prose, say


def changed(value: float, decimals: int, language: Language) -> str:
    """Say how much something changed, as a verb.

    Parameters
    ----------
    value : float
        Growth in percent.
    decimals : int
        Digits shown.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        Words without a subject.

    Examples
    --------
    >>> changed(-2.34, 1, "zh"), changed(0.04, 1, "en")
    ('下降2.3%', 'did not change')
    """
    size = number(abs(value), decimals)
    return {
        "rising": say(f"增长{size}%", f"rose by {size}%", language),
        "falling": say(f"下降{size}%", f"fell by {size}%", language),
        "steady": say("持平", "did not change", language),
    }[direction_of(value, decimals)]


def _rank(values: pd.Series, region: str) -> tuple[int, int]:
    """Return the place of a region among those of its own level, and their number."""
    level = catalog.region(region).level
    alike = values[[catalog.region(str(code)).level == level for code in values.index]].dropna()
    return 1 + int(alike.gt(alike[region]).sum()), len(alike)


def describe_towns(towns: pd.DataFrame, *, year: int, span: int, language: Language) -> Prose:
    """Say how urban a region is and whether people come or leave, beside its neighbours.

    Parameters
    ----------
    towns : DataFrame
        Index ``(region_code, year)``, the report's own region first; ``urbanization_rate`` and
        ``population_change`` in percent.
    year : int
        Year of the figures.
    span : int
        Years over which residents changed.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published of the region.
    """
    region = str(towns.index[0][0])
    frame = towns.droplevel("year")
    rate, change = frame.loc[region, ["urbanization_rate", "population_change"]]
    sentences, heads = [], []
    if pd.notna(rate):
        rank, count = _rank(frame["urbanization_rate"], region)
        among = say(
            f"，在公布此数的{count}个同级地区中居第{rank}位",
            f", rank {rank} of the {count} regions of its level that publish the rate",
            language,
        )
        sentences.append(
            say(
                f"{year}年末常住人口城镇化率为{number(rate, 2)}%{among if count > 1 else ''}。",
                f"At the end of {year}, {number(rate, 2)}% of residents lived in towns"
                f"{among if count > 1 else ''}.",
                language,
            )
        )
        place = say(f"，居{count}个地区第{rank}位", f", rank {rank} of {count}", language)
        heads.append(
            say(f"城镇化率{number(rate, 1)}%", f"Urbanisation {number(rate, 1)}%", language)
            + (place if count > 1 else "")
        )
    if pd.notna(change):
        rank, count = _rank(frame["population_change"], region)
        moved = changed(change, 1, language)
        among = say(
            f"，按增减幅度在{count}个同级地区中居第{rank}位",
            f", rank {rank} of {count} by that measure",
            language,
        )
        sentences.append(
            say(
                f"与{year - span}年相比，常住人口{moved}{among if count > 1 else ''}。",
                f"Compared with {year - span}, the number of residents {moved}"
                f"{among if count > 1 else ''}.",
                language,
            )
        )
        heads.append(
            say(f"{span}年间常住人口{moved}", f"residents {moved} in {span} years", language)
        )
    if not sentences:
        return prose(
            f"{year}年没有公布本地的城镇化率，也没有可以比较的常住人口。",
            f"Neither an urbanisation rate nor comparable counts of residents are published for "
            f"the region in {year}.",
            language,
        )
    headline = say("；", "; ", language).join(heads)
    return paragraph(sentences, language, headline=headline[:1].upper() + headline[1:])


def describe_property(weights: pd.DataFrame, *, year: int, language: Language) -> Prose:
    """Say how heavy real estate and construction weigh in a region, beside its neighbours.

    Parameters
    ----------
    weights : DataFrame
        Index ``(region_code, year)``, the report's own region first; ``real_estate_share`` and
        ``construction_share`` in percent of GDP.
    year : int
        Year of the figures.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where neither is published of the region.
    """
    region = str(weights.index[0][0])
    frame = weights.droplevel("year")
    parts, heads = [], []
    for name, zh, en in (
        ("real_estate_share", "房地产业", "real estate"),
        ("construction_share", "建筑业", "construction"),
    ):
        share = float(frame[name][region])
        if math.isnan(share):
            continue
        rank, count = _rank(frame[name], region)
        size = number(share, 1)
        place = say(f"（{count}地中第{rank}位）", f" (rank {rank} of {count})", language)
        parts.append(
            say(f"{zh}占{size}%", f"{en} made up {size}%", language) + (place if count > 1 else "")
        )
        heads.append(say(f"{zh}占{size}%", f"{en} {size}%", language))
    if not parts:
        return prose(
            f"{year}年没有公布本地房地产业和建筑业的增加值，看不出房地产的分量。",
            f"Value added of real estate and construction is not published for the region in "
            f"{year}, so the weight of property cannot be seen.",
            language,
        )
    return paragraph(
        [
            say(
                f"{year}年地区生产总值中，{'，'.join(parts)}。",
                f"Of GDP in {year}, {join(parts, 'en')}.",
                language,
            )
        ],
        language,
        headline=say(
            f"{year}年地区生产总值中{'、'.join(heads)}",
            f"Of GDP in {year}: {', '.join(heads)}",
            language,
        ),
    )


def describe_investment(rates: pd.DataFrame, *, language: Language) -> Prose:
    """Say whether industry or property grew faster in investment, year by year.

    Parameters
    ----------
    rates : DataFrame
        Index ``(region_code, year)`` of one region; ``industrial_investment_growth`` and
        ``real_estate_investment_growth`` in percent, others unread.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no year has both.
    """
    pair = ["industrial_investment_growth", "real_estate_investment_growth"]
    both = rates.droplevel("region_code")[pair].dropna()
    if both.empty:
        return prose(
            "没有一年同时公布了工业投资和房地产开发投资的增速，不能判断投资是否偏向房地产。",
            "No year has growth of both industrial and real-estate investment, so a drift of "
            "investment towards property cannot be judged.",
            language,
        )
    sentences = [
        _investment_in(int(year), industry, property, language)
        for year, industry, property in both.itertuples(name=None)
    ]
    sentences.append(
        say(
            "增速说的是方向，不是份额：两类投资各有多大，没有一并公布。",
            "Growth tells the direction, not the share: how large the two are is not published "
            "with it.",
            language,
        )
    )
    last, (industry, property) = int(both.index[-1]), both.iloc[-1]
    return paragraph(
        sentences,
        language,
        headline=say(
            f"{last}年工业投资{changed(industry, 1, 'zh')}，房地产开发投资"
            f"{changed(property, 1, 'zh')}",
            f"Investment in {last}: industry {changed(industry, 1, 'en')}, property "
            f"{changed(property, 1, 'en')}",
            language,
        ),
    )


def _investment_in(year: int, industry: float, property: float, language: Language) -> str:
    gap = round(industry, 1) - round(property, 1)
    size = number(abs(gap), 1)
    verdict = {
        "rising": say(
            f"工业高出{size}个百分点，没有偏向房地产的迹象。",
            f"industry is ahead by {size} percentage points, no sign of a drift to property.",
            language,
        ),
        "falling": say(
            f"工业低{size}个百分点，相对而言投资偏向房地产。",
            f"industry is behind by {size} percentage points, so relatively investment leaned "
            "towards property.",
            language,
        ),
        "steady": say("两者同速。", "the two moved alike.", language),
    }[direction_of(gap)]
    return say(
        f"{year}年工业投资比上年{changed(industry, 1, 'zh')}，房地产开发投资"
        f"{changed(property, 1, 'zh')}，{verdict}",
        f"In {year} industrial investment {changed(industry, 1, 'en')} and investment in real "
        f"estate {changed(property, 1, 'en')}: {verdict}",
        language,
    )
