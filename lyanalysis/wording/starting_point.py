"""Sentences of the chapter on the starting point: growth, level and weight of the economy."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import (
    Prose,
    direction_of,
    join,
    number,
    paragraph,
    prose,
    quantity,
    say,
    term,
)


def describe_growth(averages: pd.DataFrame, *, language: Language) -> Prose:
    """Say how fast a region grew on average, and how far from the regions above it.

    Parameters
    ----------
    averages : DataFrame
        Index ``(region_code, period)``, the region itself first, then those it is compared with;
        columns ``years_averaged``, ``average_growth``, ``average_growth_beside`` (percent) and
        ``average_gap`` (percentage points), each over the years of the row alone.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no growth is published.
    """
    rows = [
        (str(code), str(period), row)
        for (code, period), row in zip(averages.index, averages.to_dict("records"), strict=True)
    ]
    (own, period, first), *others = rows
    name = catalog.region_name(own, language)
    if pd.isna(first["average_growth"]):
        return prose(
            f"没有公布{name}生产总值的实际增速。",
            f"Real growth of GDP is not published for {name}.",
            language,
        )
    sentences = [_own_average(name, period, first, language)]
    known = [row for row in others if pd.notna(row[2]["average_gap"])]
    sentences += [_average_beside(*row, language) for row in known]
    lacking = [
        catalog.region_name(code, language)
        for code, _, row in others
        if pd.isna(row["average_gap"])
    ]
    if lacking:
        sentences.append(
            say(
                f"与{join(lacking, 'zh')}没有双方都公布增速的年份。",
                f"No year has growth published both here and for {join(lacking, 'en')}.",
                language,
            )
        )
    return paragraph(sentences, language, headline=_growth_headline(period, first, known, language))


def _rate(value: float, language: Language) -> str:
    fell = direction_of(value) == "falling"
    size = number(abs(value), 1)
    return say(f"{'下降' if fell else '增长'}{size}%", f"{'-' if fell else ''}{size}%", language)


def _own_average(name: str, period: str, row: dict[Any, Any], language: Language) -> str:
    if row["years_averaged"] == 1:
        return say(
            f"{period}年{name}生产总值实际{_rate(row['average_growth'], 'zh')}。",
            f"In {period} real GDP growth of {name} was {_rate(row['average_growth'], 'en')}.",
            language,
        )
    return say(
        f"各年都公布了增速的最长时段是{period}年，{name}生产总值年均实际"
        f"{_rate(row['average_growth'], 'zh')}。",
        f"Over {period}, the longest run of years with growth published, real GDP growth of {name} "
        f"averaged {_rate(row['average_growth'], 'en')} a year.",
        language,
    )


def _average_beside(code: str, period: str, row: dict[Any, Any], language: Language) -> str:
    other = catalog.region_name(code, language)
    gap = round(row["average_growth"], 1) - round(row["average_growth_beside"], 1)
    own, beside = (_rate(row[key], language) for key in ("average_growth", "average_growth_beside"))
    if row["years_averaged"] == 1:
        return say(
            f"与{other}没有连续两年可比，最近的共同年份是{period}年：本地{own}，{other}{beside}，"
            f"{_gap(gap, '', 'zh')}。",
            f"No two adjacent years compare with {other}; the newest common one is {period}: "
            f"{own} here and {beside} there, {_gap(gap, '', 'en')}.",
            language,
        )
    return say(
        f"与{other}都公布、其间不缺年份的最长时段是{period}年：年均本地{own}，{other}{beside}，"
        f"{_gap(gap, '', 'zh')}。",
        f"The longest run in common with {other} is {period}: {own} a year here and {beside} "
        f"there, {_gap(gap, '', 'en')}.",
        language,
    )


def _gap(gap: float, other: str, language: Language) -> str:
    """Say where the region stands against another; the other's name may be left out."""
    size = number(abs(gap), 1)
    direction = direction_of(gap)
    if direction == "steady":
        return say(f"与{other or '其'}持平", f"level with {other}" if other else "level", language)
    above = direction == "rising"
    return say(
        f"{'高' if above else '低'}{'于' + other if other else ''}{size}个百分点",
        f"{size} points {'above' if above else 'below'}{' ' + other if other else ''}",
        language,
    )


def _growth_headline(
    period: str,
    own: dict[Any, Any],
    known: list[tuple[str, str, dict[Any, Any]]],
    language: Language,
) -> str:
    single = own["years_averaged"] == 1
    zh = f"{period}年实际{'' if single else '年均'}{_rate(own['average_growth'], 'zh')}"
    en = f"Real growth {'of' if single else 'averaged'} {_rate(own['average_growth'], 'en')}"
    en += f" in {period}"
    if known:
        # The nation stands last: it is the common yardstick of all regions.
        code, compared, row = known[-1]
        gap = round(row["average_growth"], 1) - round(row["average_growth_beside"], 1)
        zh += f"，{compared}年{_gap(gap, catalog.region_name(code, 'zh', short=True), 'zh')}"
        en += f"; {_gap(gap, catalog.region_name(code, 'en'), 'en')} in {compared}"
    return say(zh, en, language)


def name_break_kinds(breaks: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Put the kinds of breaks into words.

    Parameters
    ----------
    breaks : DataFrame
        One row a break; column ``break_kind``, codes joined by ``;``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        The same rows with ``break_kind`` in words.
    """
    joined = say("、", " and ", language)
    words = [
        joined.join(term(code, language) for code in str(kinds).split(";"))
        for kinds in breaks["break_kind"]
    ]
    return breaks.assign(break_kind=pd.Series(words, index=breaks.index, dtype=str))


def describe_levels(levels: pd.DataFrame, breaks: pd.DataFrame, *, language: Language) -> Prose:
    """Say what GDP is, how it moved inside the newest window, and how far revisions reach.

    Parameters
    ----------
    levels : DataFrame
        Index ``(region_code, year, window)`` of one region; column ``gdp`` in 亿元.
    breaks : DataFrame
        One row a break: ``year_before``, ``gdp_before``, ``year_after``, ``gdp_after``.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no GDP is published.
    """
    known = levels["gdp"].dropna()
    if known.empty:
        return prose("没有公布生产总值。", "No GDP is published.", language)
    year, value = int(known.index.get_level_values("year")[-1]), float(known.iloc[-1])
    amount = _money(value, language)
    sentences = [
        say(
            f"{year}年生产总值{amount}（现价）。",
            f"GDP was {amount} in {year}, at current prices.",
            language,
        )
    ]
    windows = [part for _, part in known.groupby(level="window", sort=False) if len(part) > 1]
    if windows:
        sentences.append(_level_movement(windows[-1], language))
    sentences += [_revision(row, language) for row in breaks.to_dict("records") if _same(row)]
    count = len(breaks)
    headline = say(f"{year}年生产总值{amount}", f"GDP of {amount} in {year}", language)
    if count:
        headline += say(
            f"，其间有{count}处断点",
            f"; levels break {count} times" if count > 1 else "; levels break once",
            language,
        )
    return paragraph(sentences, language, headline=headline)


TRILLION = 10_000.0
"""Amounts of this many 亿元 and more are told in 万亿元, trillions of yuan."""


def _money(value: float, language: Language) -> str:
    if value >= TRILLION:
        amount = number(value / TRILLION, 2)
        return say(f"{amount}万亿元", f"{amount} trillion yuan", language)
    return quantity(number(value, 1), "亿元", "=", language)


def _same(row: dict[Any, Any]) -> bool:
    return bool(row["year_before"] == row["year_after"])


def _level_movement(window: pd.Series[Any], language: Language) -> str:
    years = [int(year) for year in window.index.get_level_values("year")]
    percent = 100 * (window.iloc[-1] / window.iloc[0] - 1)
    fell = direction_of(percent) == "falling"
    size = number(abs(percent), 1)
    return say(
        f"最近一个不少于两年的可比时段是{years[0]}–{years[-1]}年，其间名义"
        f"{'下降' if fell else '增长'}{size}%。",
        f"In {years[0]}–{years[-1]}, the newest comparable window of two or more years, it "
        f"{'fell' if fell else 'rose'} by {size}% in nominal terms.",
        language,
    )


def _revision(row: dict[Any, Any], language: Language) -> str:
    year = int(row["year_after"])
    percent = 100 * (row["gdp_after"] / row["gdp_before"] - 1)
    direction, size = direction_of(percent), number(abs(percent), 1)
    before, after = (_money(row[key], language) for key in ("gdp_before", "gdp_after"))
    words = {"rising": ("上调", "up"), "falling": ("下调", "down")}
    if direction == "steady":
        return say(
            f"{year}年修订前后都是{after}。",
            f"The revision of {year} left GDP at {after}.",
            language,
        )
    zh, en = words[direction]
    return say(
        f"{year}年的数由{before}修订为{after}，{zh}{size}%。",
        f"GDP of {year} was revised from {before} to {after}, {en} {size}%.",
        language,
    )


def describe_share_of_above(shares: pd.DataFrame, *, above: str, language: Language) -> Prose:
    """Say what part of the region above it a region makes, and how that moved inside a window.

    Parameters
    ----------
    shares : DataFrame
        Index ``(region_code, year, window)`` of one region; column ``share_of_above`` in percent.
    above : str
        Code of the region above, empty where there is none.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no share can be computed.
    """
    known = shares["share_of_above"].dropna()
    if known.empty:
        return prose(
            "没有与上级地区在断点同一侧的生产总值，不计算比重。",
            "No GDP stands beside that of the region above on the same side of the breaks, so no "
            "share is computed.",
            language,
        )
    whole = catalog.region_name(above, language)
    year, value = int(known.index.get_level_values("year")[-1]), number(known.iloc[-1], 2)
    sentences = [
        say(
            f"{year}年生产总值占{whole}的{value}%。",
            f"GDP was {value}% of that of {whole} in {year}.",
            language,
        )
    ]
    headline = say(
        f"{year}年占{whole}生产总值的{value}%", f"{value}% of GDP of {whole} in {year}", language
    )
    moves = [
        _share_move(part, language)
        for _, part in known.groupby(level="window", sort=False)
        if len(part) > 1
    ]
    if moves:
        headline += say("，", "; ", language) + moves[-1][0]
        listed = say("；", "; ", language).join(words for _, words in moves)
        sentences.append(
            say(f"在可比时段之内，{listed}。", f"Inside comparable windows: {listed}.", language)
        )
    return paragraph(sentences, language, headline=headline)


def _share_move(part: pd.Series[Any], language: Language) -> tuple[str, str]:
    """Return the movement inside a window in a few words, and in full."""
    years = [int(year) for year in part.index.get_level_values("year")]
    ends = number(part.iloc[0], 2), number(part.iloc[-1], 2)
    change = float(ends[1]) - float(ends[0])
    direction, size = direction_of(change, 2), number(abs(change), 2)
    zh = {"rising": f"升{size}个百分点", "falling": f"降{size}个百分点", "steady": "持平"}[
        direction
    ]
    en = {"rising": f"up {size} points", "falling": f"down {size} points", "steady": "unchanged"}
    period = f"{years[0]}–{years[-1]}"
    return (
        say(f"{period}年{zh}", f"{en[direction]} in {period}", language),
        say(
            f"{period}年由{ends[0]}%到{ends[1]}%（{zh}）",
            f"{period} from {ends[0]}% to {ends[1]}% ({en[direction]})",
            language,
        ),
    )
