"""Sentences on patents, on loans and the science budget, and on high-tech manufacturing."""

from __future__ import annotations

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
    say,
)
from lyanalysis.wording.series import Series, change_of, on_the_year, points, series_of


def describe_patents(patents: pd.DataFrame, *, language: Language) -> Prose:
    """Say how grants and the stock of invention patents moved, each against its own last figure.

    Parameters
    ----------
    patents : DataFrame
        Index ``(region_code, year)`` of one region; columns ``patents_granted``,
        ``invention_patents_granted``, ``invention_patents_valid``, ``invention_share_of_grants``
        (percent) and ``invention_patents_per_10k``.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published.
    """
    granted = series_of(patents["patents_granted"])
    inventions = series_of(patents["invention_patents_granted"])
    valid = series_of(patents["invention_patents_valid"])
    sentences: list[str] = []
    zh: list[str] = []
    en: list[str] = []
    for series, name_zh, name_en, short in (
        (granted, "专利授权量", "Patents granted", "grants"),
        (inventions, "发明专利授权量", "Inventions among them", ""),
        (valid, "末有效发明专利", "Invention patents in force", "invention patents in force"),
    ):
        if not series:
            continue
        year, value = series[-1]
        growth = change_of(series, language)
        comma = "，" if language == "zh" else ", "
        tail = comma + growth if growth else ""
        sentences.append(
            say(
                f"{year}年{name_zh}{number(value, 0)}件{tail}",
                f"{name_en}: {number(value, 0)} in {year}{tail}",
                language,
            )
        )
        if short and growth:
            zh.append(f"{name_zh.removeprefix('末')}{growth}")
            en.append(f"{short} {growth}")
        extra = _patent_detail(patents, short, language)
        if extra:
            sentences[-1] += comma + extra
    if not sentences:
        return prose(
            "没有公布本地区的专利授权量和有效发明专利。",
            "Neither patents granted nor patents in force are published for the region.",
            language,
        )
    end = "。" if language == "zh" else "."
    headline = say("，".join(zh), "; ".join(en), language)
    return paragraph(
        [sentence + end for sentence in sentences],
        language,
        headline=headline[:1].upper() + headline[1:],
    )


def _patent_detail(patents: pd.DataFrame, short: str, language: Language) -> str:
    """Add to inventions their share in grants, and to the stock what it is per head."""
    if not short:
        shares = series_of(patents["invention_share_of_grants"])
        if not shares:
            return ""
        share = number(shares[-1][1], 1)
        moved = _step(shares, language)
        return say(f"占授权总量的{share}%{moved}", f"{share}% of all grants{moved}", language)
    heads = series_of(patents["invention_patents_per_10k"])
    if short == "grants" or not heads:
        return ""
    size = number(heads[-1][1], 1)
    return say(f"每万常住人口{size}件", f"{size} for 10 000 residents", language)


def _step(series: Series, language: Language, decimals: int = 1) -> str:
    """Say how a rate moved against its own last figure, with the comma before it."""
    if len(series) < 2:
        return ""
    (before, earlier), (year, value) = series[-2:]
    since = on_the_year(before, year, language)
    moved = points(round(value, decimals) - round(earlier, decimals), since, decimals, language)
    return say(f"（{moved}）", f" ({moved})", language)


def describe_funds(funds: pd.DataFrame, *, language: Language) -> Prose:
    """Say how loans stand to deposits and how much of the budget goes to science.

    Parameters
    ----------
    funds : DataFrame
        Index ``(region_code, year)`` of one region; columns ``loan_deposit_ratio_rmb``,
        ``loan_deposit_ratio`` and ``science_budget_share``, in percent.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published. The two ratios of loans to
        deposits are never compared with one another.
    """
    sentences: list[str] = []
    zh: list[str] = []
    en: list[str] = []
    for column, name_zh, name_en, decimals in (
        ("science_budget_share", "财政科技支出占比", "science share of the budget", 2),
        ("loan_deposit_ratio_rmb", "人民币存贷比", "loans by deposits in yuan", 1),
        ("loan_deposit_ratio", "本外币存贷比", "loans by deposits in all currencies", 1),
    ):
        series = series_of(funds[column])
        if not series:
            continue
        sentence_zh, sentence_en = _long_move(series, name_zh, name_en, decimals)
        sentences.append(
            say(f"{sentence_zh}。", f"{sentence_en[0].upper()}{sentence_en[1:]}.", language)
        )
        if len(zh) < 2:
            zh.append(_ends(series, name_zh, decimals, "zh"))
            en.append(_ends(series, name_en, decimals, "en"))
    if not sentences:
        return prose(
            "没有公布本地区的存贷款余额和财政科技支出。",
            "Neither loans and deposits nor science expenditure of the budget are published for "
            "the region.",
            language,
        )
    if len(zh) > 1 and zh[0][:5] == zh[1][:5]:
        zh[1] = zh[1][5:]  # one year for both
    headline = say("，".join(zh), "; ".join(en), language)
    return paragraph(sentences, language, headline=headline[:1].upper() + headline[1:])


def _ends(series: Series, name: str, decimals: int, language: Language) -> str:
    year, last = series[-1]
    size = f"{number(last, decimals)}%"
    if len(series) == 1:
        return say(f"{year}年{name}{size}", f"{name} {size} in {year}", language)
    verb = {
        "rising": ("升至", "up to"),
        "falling": ("降至", "down to"),
        "steady": ("仍为", "still"),
    }[direction_of(round(last, decimals) - round(series[0][1], decimals), decimals)]
    return say(f"{year}年{name}{verb[0]}{size}", f"{name} {verb[1]} {size}", language)


def _long_move(series: Series, name_zh: str, name_en: str, decimals: int) -> tuple[str, str]:
    """Say how a rate stood first and last, and by how many points it moved."""
    (first, start), (last, end) = series[0], series[-1]
    sizes = [f"{number(value, decimals)}%" for value in (start, end)]
    if len(series) == 1:
        return f"{last}年{name_zh}为{sizes[1]}", f"{name_en}: {sizes[1]} in {last}"
    change = round(end, decimals) - round(start, decimals)
    direction, size = direction_of(change, decimals), number(abs(change), decimals)
    zh = {"rising": f"，提高{size}个百分点", "falling": f"，下降{size}个百分点", "steady": "，持平"}
    en = {"rising": f", up {size} points", "falling": f", down {size} points", "steady": ", level"}
    return (
        f"{name_zh}{first}年为{sizes[0]}，{last}年为{sizes[1]}{zh[direction]}",
        f"{name_en}: {sizes[0]} in {first} and {sizes[1]} in {last}{en[direction]}",
    )


def describe_hightech(hightech: pd.DataFrame, *, language: Language) -> Prose:
    """Say what margin high-tech manufacturing earns in the regions that publish it.

    Parameters
    ----------
    hightech : DataFrame
        Index ``(region_code, year)``; columns ``hightech_mfg_margin`` in percent and
        ``hightech_mfg_revenue_per_firm`` in 100 million yuan.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published.
    """
    sentences: list[str] = []
    ends: list[tuple[int, str, str]] = []
    for code in hightech.index.unique("region_code"):
        margins = series_of(hightech["hightech_mfg_margin"], code)
        if not margins:
            continue
        name = catalog.region_name(str(code), language)
        zh, en = _long_move(margins, f"{name}高技术制造业利润率", f"high-tech margin in {name}", 1)
        sizes = series_of(hightech["hightech_mfg_revenue_per_firm"], code)
        if sizes:
            year, size = sizes[-1]
            zh += f"；{year}年户均营业收入{number(size, 2)}亿元"
            en += f"; revenue per firm {number(100 * size, 0)} million yuan in {year}"
        sentences.append(say(f"{zh}。", f"{en[0].upper()}{en[1:]}.", language))
        ends.append((margins[-1][0], name, number(margins[-1][1], 1)))
    if not sentences:
        return prose(
            "没有公布高技术制造业的企业数、营业收入和利润。",
            "Neither firms nor revenue nor profit of high-tech manufacturing are published.",
            language,
        )
    year = ends[0][0]
    shown = [f"{name}{size}%" for at, name, size in ends if at == year]
    spoken = [f"{size}% in {name}" for at, name, size in ends if at == year]
    return paragraph(
        sentences,
        language,
        headline=say(
            f"{year}年高技术制造业利润率：{'，'.join(shown)}",
            f"High-tech margin {join(spoken, 'en')}, {year}",
            language,
        ),
    )
