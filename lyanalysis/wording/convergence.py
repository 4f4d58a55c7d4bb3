"""Sentences on convergence, mobility and inequality between the units of a province."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.compared import group_name, place, short
from lyanalysis.wording.numbers import (
    Prose,
    join_codes,
    number,
    paragraph,
    prose,
    say,
    term,
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
    moved = _moved(change, language)
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


def _moved(change: float, language: Language) -> str:
    if abs(change) < 0.0005:
        return say("没有变化", "did not change", language)
    return say("缩小" if change < 0 else "扩大", "narrowed" if change < 0 else "widened", language)


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
            f"，其间各地的数在{years}年前后有断点，现价之差只作参考。",
            f"; figures have breaks before {listed} in between, so that difference is indicative "
            "only.",
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
        Index ``region_code``; columns ``start_level`` and ``average_growth``.
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
    growth = points["average_growth"].dropna()
    if region in growth.index:
        own = number(growth[region], 1)
        sentences.append(
            say(
                f"{short(region, 'zh')}年均增长{own}%，居{len(growth)}个地区"
                f"{place(growth, region, 'zh', decimals=2)}，期初水平居"
                f"{place(points['start_level'], region, 'zh', decimals=0)}。",
                f"{short(region, 'en')} grew by {own}% a year, "
                f"{place(growth, region, 'en', decimals=2)} of {len(growth)}, from the "
                f"{place(points['start_level'], region, 'en', decimals=0)} highest level.",
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


def describe_mobility(
    moves: pd.DataFrame,
    account: pd.DataFrame,
    indices: pd.Series[Any],
    *,
    language: Language,
) -> Prose:
    """Say how often regions changed their class of GDP per head.

    Parameters
    ----------
    moves : DataFrame
        Index ``(from, to)``; column ``transitions``.
    account : DataFrame
        Index ``class``; columns ``regions_first``, ``regions_last`` and ``long_run``.
    indices : Series
        Mobility indices; ``prais`` is quoted.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where there is no move.
    """
    counts = moves["transitions"]
    total = int(counts.sum())
    if total == 0:
        return prose(
            "没有可以计算类型转移的连续年份。",
            "There are no adjacent years between which moves could be counted.",
            language,
        )
    starts, ends = counts.index.get_level_values(0), counts.index.get_level_values(1)
    up, down = int(counts[ends > starts].sum()), int(counts[ends < starts].sum())
    stayed = total - up - down
    share = number(100 * stayed / total, 1)
    sentences = [
        say(
            f"{total}次逐年转移中，留在原类型的有{stayed}次（{share}%），上升{up}次，下降{down}次。",
            f"Of {total} moves from one year to the next, {stayed} ({share}%) stayed in their "
            f"class, {up} went up and {down} down.",
            language,
        )
    ]
    if pd.notna(indices["prais"]):
        prais = number(indices["prais"], 3)
        sentences.append(
            say(
                f"普莱斯流动性指数为{prais}（0为完全固化，1为下一年的类型与当年无关）。",
                f"The Prais index of mobility is {prais} (0: no mobility; 1: next year's class "
                "does not depend on this year's).",
                language,
            )
        )
    if account["long_run"].isna().any():
        sentences.append(
            say(
                "有的类型只进不出或没有转移，长期分布取决于起点，因此不计算。",
                "Some classes are never left or hold no region, so that the long run depends on "
                "the start: it is not computed.",
                language,
            )
        )
    return paragraph(
        sentences,
        language,
        headline=say(
            f"{share}%的年份留在原类型，格局基本固化"
            if stayed >= 0.9 * total
            else f"{share}%的年份留在原类型",
            f"Classes kept in {share}% of years"
            + (": the order hardly moves" if stayed >= 0.9 * total else ""),
            language,
        ),
    )


def name_classes(account: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Return the account of classes with their names in place of numbers.

    Parameters
    ----------
    account : DataFrame
        Index ``class``, counted from 0, the lowest.
    language : {"zh", "en"}
        Language of the names.

    Returns
    -------
    DataFrame
        The same figures.
    """
    names = [term(f"class_{int(one)}", language) for one in account.index]
    return account.set_axis(pd.Index(names, name="class"))


def describe_inequality(inequality: pd.DataFrame, *, language: Language) -> Prose:
    """Say how inequality between regions, weighted by people, changed.

    Parameters
    ----------
    inequality : DataFrame
        Index ``year``; columns ``gini``, ``theil_t`` and ``hoover``.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no year is complete.
    """
    known = inequality.dropna()
    if known.empty:
        return prose(
            "没有一年公布了全部这些地区的生产总值和常住人口，不能计算地区差异。",
            "For no year are GDP and population of all these regions published, so inequality "
            "cannot be computed.",
            language,
        )
    first, last = known.iloc[0], known.iloc[-1]
    years = known.index[0], known.index[-1]
    moved = number(100 * last["hoover"], 1)
    to_match = say(
        f"{years[1]}年须有{moved}%的生产总值在地区之间转移，才能与人口分布一致。",
        f"In {years[1]}, {moved}% of GDP would have to move between regions to be spread as "
        "people are.",
        language,
    )
    if len(known) == 1:
        gini = number(last["gini"], 3)
        opened = say(
            f"{years[1]}年人口加权的基尼系数为{gini}。",
            f"The Gini coefficient weighted by population was {gini} in {years[1]}.",
            language,
        )
        return paragraph([opened, to_match], language)
    change = round(float(last["gini"]), 3) - round(float(first["gini"]), 3)
    opened = say(
        f"人口加权的基尼系数由{years[0]}年的{number(first['gini'], 3)}变为{years[1]}年的"
        f"{number(last['gini'], 3)}，地区差异{_moved(change, 'zh')}。",
        f"The Gini coefficient weighted by population went from {number(first['gini'], 3)} in "
        f"{years[0]} to {number(last['gini'], 3)} in {years[1]}: inequality "
        f"{_moved(change, 'en')}.",
        language,
    )
    return paragraph([opened, to_match], language)
