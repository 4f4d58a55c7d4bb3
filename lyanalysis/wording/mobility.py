"""Sentences on mobility of regions between classes, and on inequality between them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, number, paragraph, prose, say


def moved_of(change: float, language: Language) -> str:
    """Say whether a gap narrowed or widened, as far as a reader of three decimals sees it.

    Examples
    --------
    >>> moved_of(-0.02, "en"), moved_of(0.0001, "zh")
    ('narrowed', '没有变化')
    """
    if abs(change) < 0.0005:
        return say("没有变化", "did not change", language)
    return say("缩小" if change < 0 else "扩大", "narrowed" if change < 0 else "widened", language)


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
            f"{share}%的逐年转移留在原类型，格局基本固化"
            if stayed >= 0.9 * total
            else f"{share}%的逐年转移留在原类型",
            f"{share}% of yearly moves stay in their class"
            + (": the order hardly changes" if stayed >= 0.9 * total else ""),
            language,
        ),
    )


def describe_inequality(inequality: pd.DataFrame, *, language: Language) -> Prose:
    """Say how inequality between regions, weighted by people, changed.

    Parameters
    ----------
    inequality : DataFrame
        Index ``year``, complete years only; columns ``gini`` and ``hoover``, ``flag``, not empty
        where figures stand behind a break for some region, and ``theil_between`` and ``theil_t``
        where there are several groups.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no year is complete.
    """
    if inequality.empty:
        return prose(
            "没有一年公布了全部这些地区的生产总值和常住人口，不能计算地区差异。",
            "For no year are GDP and population of all these regions published, so inequality "
            "cannot be computed.",
            language,
        )
    first, last = inequality.iloc[0], inequality.iloc[-1]
    years = inequality.index[0], inequality.index[-1]
    moved = number(100 * last["hoover"], 1)
    gini = number(last["gini"], 3)
    sentences = []
    if len(inequality) == 1:
        sentences.append(
            say(
                f"{years[1]}年人口加权的基尼系数为{gini}。",
                f"The Gini coefficient weighted by population was {gini} in {years[1]}.",
                language,
            )
        )
    else:
        change = round(float(last["gini"]), 3) - round(float(first["gini"]), 3)
        before = number(first["gini"], 3)
        sentences.append(
            say(
                f"人口加权的基尼系数由{years[0]}年的{before}变为{years[1]}年的{gini}，"
                f"地区差异{moved_of(change, 'zh')}",
                f"The Gini coefficient weighted by population went from {before} in {years[0]} to "
                f"{gini} in {years[1]}: inequality {moved_of(change, 'en')}",
                language,
            )
            + (
                say("；其间换过口径，只作参考。", ", across breaks: indicative only.", language)
                if inequality["flag"].iloc[1:].ne("").any()
                else say("。", ".", language)
            )
        )
    sentences.append(
        say(
            f"{years[1]}年须有{moved}%的生产总值在地区之间转移，才能与人口分布一致。",
            f"In {years[1]}, {moved}% of GDP would have to move between regions to be spread as "
            "people are.",
            language,
        )
    )
    if "theil_between" in inequality:
        part = number(100 * last["theil_between"] / last["theil_t"], 1)
        sentences.append(
            say(
                f"泰尔指数中，省与省之间的差异占{part}%，其余是省内各城市之间的差异。",
                f"Of the Theil index, {part}% lies between provinces, the rest between cities of "
                "one province.",
                language,
            )
        )
    return paragraph(sentences, language)
