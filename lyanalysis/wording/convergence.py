"""Sentences on convergence, mobility and inequality between the units of a province."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.compared import group_name, place, short
from lyanalysis.wording.mobility import moved_of
from lyanalysis.wording.numbers import (
    Prose,
    join_codes,
    number,
    paragraph,
    prose,
    say,
)

CONSTANT, CURRENT = "spread_constant_prices", "spread_current_prices"
LEVEL = 0.05
"""Below this p-value a slope is told from zero."""
MODELS = ("absolute", "conditional")


def describe_spread(
    spreads: pd.DataFrame,
    trend: pd.Series[Any],
    *,
    regions: Sequence[str],
    language: Language,
) -> Prose:
    """Say whether the spread of GDP per head over regions narrowed.

    Parameters
    ----------
    spreads : DataFrame
        Index ``year``; columns ``spread_constant_prices``, ``spread_current_prices`` and ``flag``,
        not empty where figures at current prices stand behind a break for some region.
    trend : Series
        Trend of the spread at constant prices: ``slope`` a year.
    regions : sequence of str
        The regions used.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no year is complete.
    """
    known = spreads[CONSTANT].dropna()
    if len(known) < 2:
        return prose(
            "没有足够多的地区连续公布实际增速和常住人口，不能计算离散程度。",
            "Too few regions publish real growth and population year after year for a spread to "
            "be computed.",
            language,
        )
    first, last = known.index[0], known.index[-1]
    start, end = number(known.iloc[0], 3), number(known.iloc[-1], 3)
    change = round(float(known.iloc[-1]), 3) - round(float(known.iloc[0]), 3)
    moved = moved_of(change, language)
    sentences = [
        say(
            f"按{first}年价格计算，{group_name(regions, 'zh')}人均生产总值的对数标准差由{first}年的"
            f"{start}变为{last}年的{end}，差距{moved}。",
            f"At prices of {first}, the standard deviation of the logarithm of GDP per head over "
            f"{group_name(regions, 'en')} went from {start} in {first} to {end} in {last}: the "
            f"gap {moved}.",
            language,
        )
    ]
    if pd.notna(trend["slope"]):
        slope = number(abs(trend["slope"]), 4)
        sentences.append(
            say(
                f"直线趋势为每年{'下降' if trend['slope'] < 0 else '上升'}{slope}。",
                f"Along a straight line it {'fell' if trend['slope'] < 0 else 'rose'} by {slope} "
                "a year.",
                language,
            )
        )
    breaks = [int(year) for year in spreads.index[spreads["flag"].ne("")]]
    sentences += _at_current_prices(spreads[CURRENT].dropna(), breaks, language)
    return paragraph(
        sentences,
        language,
        headline=say(
            f"地区差距{moved}：对数标准差由{start}变为{end}",
            f"The gap between regions {moved}: spread from {start} to {end}",
            language,
        ),
    )


def _at_current_prices(
    current: pd.Series[Any], breaks: Sequence[int], language: Language
) -> list[str]:
    """Say what the spread at current prices does, and where it may not be compared."""
    if len(current) < 2:
        return []
    first, last = int(current.index[0]), int(current.index[-1])
    before, after = number(current.iloc[0], 3), number(current.iloc[-1], 3)
    said = say(
        f"按现价计算，{first}年为{before}，{last}年为{after}",
        f"At current prices it was {before} in {first} and {after} in {last}",
        language,
    )
    between = [year for year in breaks if first < year <= last]
    if not between:
        return [said + say("。", ".", language)]
    years = "、".join(str(year) for year in between)
    listed = ", ".join(str(year) for year in between)
    return [
        said
        + say(
            f"，其间有地区自{years}年起换了口径，现价之差只作参考。",
            f"; in between some units changed their statistical basis, from {listed} on, so that "
            "difference is indicative only.",
            language,
        )
    ]


def describe_convergence(
    estimates: pd.DataFrame, points: pd.DataFrame, *, region: str, language: Language
) -> Prose:
    """Say whether regions that started lower grew faster, how sure that is and how fast.

    Parameters
    ----------
    estimates : DataFrame
        Index ``model`` (``absolute``, ``conditional``); columns ``slope``, ``p_value``, ``speed``,
        ``half_life``, ``regions``, ``years`` and ``flag``.
    points : DataFrame
        Index ``region_code``; columns ``start_level`` and ``log_growth``.
    region : str
        The report's own region.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; the reason where nothing could be estimated.
    """
    found, conditional = (estimates.loc[model].to_dict() for model in MODELS)
    if pd.isna(found["slope"]):
        why = join_codes(str(found["flag"]), language)
        return prose(
            f"不能估计β收敛：{why}。", f"Beta convergence cannot be estimated: {why}.", language
        )
    years, count = int(found["years"]), int(found["regions"])
    sentences = [_slope(found, years, count, language)]
    if pd.notna(conditional["slope"]):
        sentences.append(_conditional(conditional, language))
    sure = found["p_value"] < LEVEL
    growth = points["log_growth"].dropna()
    if region in growth.index:
        own = number(growth[region], 1)
        sentences.append(
            say(
                f"{short(region, 'zh')}年均增长{own}%，在{len(growth)}个地区中"
                f"{place(growth, region, 'zh', decimals=2)}，期初水平"
                f"{place(points['start_level'], region, 'zh', decimals=0)}。",
                f"{short(region, 'en')} grew by {own}% a year, "
                f"{place(growth, region, 'en', decimals=2)} of {len(growth)}, and stood "
                f"{place(points['start_level'], region, 'en', decimals=0)} by its level at the "
                "start.",
                language,
            )
        )
    if found["slope"] < 0:
        headline = say(
            "低起点地区增长较快，收敛显著" if sure else "低起点地区增长较快，但收敛不显著",
            "Those that started lower grew faster"
            + (", significantly" if sure else ", but not significantly"),
            language,
        )
    else:
        headline = say(
            "起点低的地区没有增长得更快",
            "Those that started lower did not grow faster",
            language,
        )
    return paragraph(sentences, language, headline=headline)


def _slope(found: Mapping[Hashable, Any], years: int, count: int, language: Language) -> str:
    """Give the slope and, where it can be told from zero, speed and half-life."""
    slope, chance = number(found["slope"], 2), number(found["p_value"], 3)
    opened = say(
        f"{count}个地区{years}年间的回归斜率为{slope}个百分点（p值{chance}）",
        f"Over {years} {'year' if years == 1 else 'years'} and {count} regions the slope is "
        f"{slope} points (p-value {chance})",
        language,
    )
    if found["slope"] >= 0:
        return opened + say(
            "，起点低的地区没有增长得更快，不存在β收敛。",
            ": those that started lower did not grow faster, so there is no beta convergence.",
            language,
        )
    if found["p_value"] >= LEVEL or pd.isna(found["speed"]):
        return opened + say(
            "，方向是收敛，但与零没有显著差别，因此不引用收敛速度。",
            ": its sign is that of convergence, but it cannot be told from zero, so no speed is "
            "quoted.",
            language,
        )
    return opened + say(
        f"，存在β收敛，每年缩小差距的{number(found['speed'], 1)}%，缩小一半约需"
        f"{number(found['half_life'], 0)}年。",
        f": there is beta convergence, {number(found['speed'], 1)}% of the gap closes in a year, "
        f"half of it in about {number(found['half_life'], 0)} years.",
        language,
    )


def _conditional(found: Mapping[Hashable, Any], language: Language) -> str:
    slope, chance = number(found["slope"], 2), number(found["p_value"], 3)
    sure = found["p_value"] < LEVEL
    if found["slope"] < 0 and sure and pd.notna(found["speed"]):
        return say(
            f"控制期初第二产业比重之后，斜率为{slope}个百分点（p值{chance}），收敛显著，"
            f"半程约{number(found['half_life'], 0)}年。",
            f"Allowing for the secondary share at the start, the slope is {slope} points (p-value "
            f"{chance}): convergence is significant, with a half-life of about "
            f"{number(found['half_life'], 0)} years.",
            language,
        )
    return say(
        f"控制期初第二产业比重之后，斜率为{slope}个百分点（p值{chance}），"
        f"{'发散显著' if sure else '仍不显著' if found['p_value'] >= LEVEL else '收敛显著'}。",
        f"Allowing for the secondary share at the start, the slope is {slope} points (p-value "
        f"{chance}), {'which is significant' if sure else 'which cannot be told from zero'}.",
        language,
    )
