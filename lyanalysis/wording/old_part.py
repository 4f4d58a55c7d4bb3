"""Sentences on the old part of industry: its weight, and what industry earns."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import (
    Prose,
    direction_of,
    in_text,
    join,
    number,
    paragraph,
    prose,
    quantity,
    say,
)

SHARE = "_share"


def describe_old_part(shares: pd.DataFrame, *, language: Language) -> Prose:
    """Say how heavy the old and the new aggregates weigh in industry, each in its newest year.

    Parameters
    ----------
    shares : DataFrame
        Index ``(region_code, year)`` of one region; one column a published share of an aggregate
        in percent, named after the aggregate.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; no direction is claimed between two publications.
    """
    newest = _newest(shares)
    old = [one for one in newest if catalog.variable(one[0]).driver == "old"]
    new = [one for one in newest if catalog.variable(one[0]).driver == "new"]
    if not newest:
        return prose(
            "没有公布传统动能和新动能各口径占工业的年度比重。",
            "No annual share of old or new drivers in industry is published.",
            language,
        )
    years = {year for _, year, _ in newest}
    # A year common to all stands once, in the first sentence.
    dated = not old or len(years) > 1
    when = ("", "") if dated else (f"{min(years)}年", f" in {min(years)}")
    sentences = []
    if old:
        sentences.append(
            say(
                f"{when[0]}规模以上工业增加值中，"
                f"{'，'.join(_share(*one, 'zh', dated=dated) for one in old)}。",
                f"Shares in value added of above-scale industry{when[1]}: "
                f"{join([_share(*one, 'en', dated=dated) for one in old], 'en')}.",
                language,
            )
        )
    else:
        sentences.append(
            say(
                "没有公布传统动能各口径的年度比重，传统部分有多重无从判断。",
                "No annual share of the old drivers is published, so how heavy the traditional "
                "part is cannot be told.",
                language,
            )
        )
    if new:
        sentences.append(
            say(
                f"新动能各口径：{'，'.join(_share(*one, 'zh', dated=dated) for one in new)}。",
                "Aggregates of new drivers: "
                f"{join([_share(*one, 'en', dated=dated) for one in new], 'en')}.",
                language,
            )
        )
    repeated = [
        (name, known)
        for name, _, _ in old
        for known in [shares[f"{name}{SHARE}"].dropna()]
        if len(known) > 1
    ]
    sentences += [_two_publications(name, known, language) for name, known in repeated]
    # A finding needs the old part: new aggregates alone say nothing of it.
    narrow = [one for one in new if one[0] == "hightech_mfg"] or new[:1]
    parts = [*old[:1], *narrow] if old else []
    headline = say("，", ", ", language).join(_short(*one, language) for one in parts)
    return paragraph(
        sentences, language, headline=headline[:1].upper() + headline[1:] if headline else ""
    )


def _newest(shares: pd.DataFrame) -> list[tuple[str, int, float]]:
    """Return aggregate, year and share of the newest figure of every column that has one."""
    found = []
    for column in shares.columns:
        known = shares[column].dropna()
        if not known.empty:
            year = int(known.index.get_level_values("year")[-1])
            found.append((str(column).removesuffix(SHARE), year, float(known.iloc[-1])))
    return found


def _share(name: str, year: int, value: float, language: Language, *, dated: bool) -> str:
    """Return name and share, dated or not; what the share is of stands before the list."""
    shown = number(value, 1)
    return say(
        f"{in_text(name, 'zh')}占{shown}%{f'（{year}年）' if dated else ''}",
        f"{in_text(name, 'en')} {shown}%{f' ({year})' if dated else ''}",
        language,
    )


def _short(name: str, _: int, value: float, language: Language) -> str:
    shown, old = number(value, 1), catalog.variable(name).driver == "old"
    return say(
        f"{in_text(name, 'zh')}占{'规上工业' if old else ''}{shown}%",
        f"{in_text(name, 'en')} {'makes up ' if old else ''}{shown}%",
        language,
    )


def _two_publications(name: str, known: pd.Series[Any], language: Language) -> str:
    years = [int(year) for year in known.index.get_level_values("year")]
    first, last = number(known.iloc[-2], 1), number(known.iloc[-1], 1)
    return say(
        f"{in_text(name, 'zh')}{years[-2]}年公布的比重是{first}%，{years[-1]}年是{last}%；"
        "两次公布之差含样本、目录和价格的变化，不据此判断升降。",
        f"The share of {in_text(name, 'en')} was put at {first}% for {years[-2]} and {last}% for "
        f"{years[-1]}; the difference of two publications holds changes of sample, catalogue and "
        "prices, so no direction is claimed.",
        language,
    )


def describe_profit(amounts: pd.DataFrame, account: pd.DataFrame, *, language: Language) -> Prose:
    """Say what industry earns, how that moved, and what is left of a hundred yuan of revenue.

    Parameters
    ----------
    amounts : DataFrame
        Index ``(region_code, year)`` of one region; columns ``industrial_profit`` and
        ``industrial_revenue`` in 亿元.
    account : DataFrame
        The same index; columns ``profit_margin``, ``profit_change_percent`` (percent) and
        ``profit_change`` (亿元).
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no profit is published.
    """
    profit = amounts["industrial_profit"].dropna()
    if profit.empty:
        return prose(
            "没有公布规模以上工业的年度利润，利润率无从计算。",
            "No annual profit of above-scale industry is published, so no margin can be computed.",
            language,
        )
    region, year = profit.index[-1]
    value, row = float(profit.iloc[-1]), account.loc[(region, year)]
    zh = [f"{year}年规模以上工业{_earned(value, 'zh')}"]
    en = [f"In {year} above-scale industry {_earned(value, 'en')}"]
    if pd.notna(row["profit_change_percent"]):
        zh.append(_moved(row, "zh"))
        en.append(_moved(row, "en"))
    sentences = [say(f"{'，'.join(zh)}。", f"{', '.join(en)}.", language)]
    peak = _peak(profit, language)
    if peak:
        sentences.append(say(f"{peak[1]}。", f"{peak[1]}.", language))
    margins = account["profit_margin"].dropna()
    if margins.empty:
        sentences.append(
            say(
                "只公布了利润，没有同年的营业收入，利润率不作计算。",
                "Profit alone is published, without revenue of the same year, so no margin is "
                "computed.",
                language,
            )
        )
        margin = ""
    else:
        last, share = int(margins.index.get_level_values("year")[-1]), number(margins.iloc[-1], 2)
        revenue = quantity(
            number(amounts["industrial_revenue"].loc[margins.index[-1]], 1), "亿元", "=", language
        )
        sentences.append(
            say(
                f"{last}年营业收入{revenue}，利润率{share}%。",
                f"Revenue of {last} was {revenue}, which makes a margin of {share}%.",
                language,
            )
        )
        margin = say(f"{last}年规上工业利润率{share}%", f"Margin {share}% in {last}", language)
    headline = say("，", "; ", language).join(
        part for part in (margin, peak[0] if peak else "") if part
    ) or say(
        f"{year}年规上工业{_earned(value, 'zh')}",
        f"Industry {_earned(value, 'en')} in {year}",
        language,
    )
    headline = headline[:1].upper() + headline[1:]
    return paragraph(sentences, language, headline=headline)


def _earned(value: float, language: Language) -> str:
    amount = quantity(number(abs(value), 1), "亿元", "=", language)
    return say(
        f"{'亏损' if value < 0 else '利润总额'}{amount}",
        f"{'lost' if value < 0 else 'earned'} {amount} before tax",
        language,
    )


def _moved(row: pd.Series[Any], language: Language) -> str:
    direction = direction_of(row["profit_change_percent"])
    if direction == "steady":
        return say("与上年持平", "as much as the year before", language)
    size = number(abs(row["profit_change_percent"]), 1)
    more = direction == "rising"
    return say(
        f"按水平计算比上年{'增加' if more else '减少'}{size}%",
        f"{size}% {'more' if more else 'less'} than the year before, going by the levels",
        language,
    )


def _peak(profit: pd.Series[Any], language: Language) -> tuple[str, str] | None:
    """Say how far the newest profit is from the highest, in a few words and in full."""
    years = [int(year) for year in profit.index.get_level_values("year")]
    top = int(profit.to_numpy().argmax())
    if len(profit) < 2 or profit.iloc[top] <= 0:
        return None
    if top == len(profit) - 1:
        return (
            say(
                f"{years[-1]}年利润为所列最高",
                f"profit of {years[-1]} is the highest listed",
                language,
            ),
            say(
                f"在公布了利润的{len(profit)}个年份中，{years[-1]}年最高",
                f"Of {len(profit)} years with published profit, {years[-1]} is the highest",
                language,
            ),
        )
    part = number(100 * profit.iloc[-1] / profit.iloc[top], 1)
    high = quantity(number(profit.iloc[top], 1), "亿元", "=", language)
    return (
        say(
            f"利润为{years[top]}年高点的{part}%",
            f"profit {part}% of its {years[top]} high",
            language,
        ),
        say(
            f"在公布了利润的{len(profit)}个年份中，{years[top]}年最高，为{high}，"
            f"{years[-1]}年相当于它的{part}%",
            f"Of {len(profit)} years with published profit, {years[top]} is the highest at {high}; "
            f"{years[-1]} came to {part}% of it",
            language,
        ),
    )


def describe_margins(margins: pd.DataFrame, *, language: Language) -> Prose:
    """Say what margin high-tech manufacturing has where both figures are published.

    Parameters
    ----------
    margins : DataFrame
        Index ``(region_code, year)``; column ``profit_margin`` in percent.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph.
    """
    known = margins["profit_margin"].dropna()
    if known.empty:
        return prose(
            "没有同时公布高技术制造业的利润和营业收入。",
            "Profit and revenue of high-tech manufacturing are not published together.",
            language,
        )
    parts, short = [], []
    newest = max(int(year) for year in known.index.get_level_values("year"))
    for code, own in known.groupby(level="region_code", sort=False):
        name = catalog.region_name(str(code), language)
        years = [int(year) for year in own.index.get_level_values("year")]
        first, last = number(own.iloc[0], 2), number(own.iloc[-1], 2)
        change = float(last) - float(first)
        direction, size = direction_of(change, 2), number(abs(change), 2)
        zh = {"rising": f"高{size}个百分点", "falling": f"低{size}个百分点", "steady": "持平"}
        en = {
            "rising": f"{size} points above",
            "falling": f"{size} points below",
            "steady": "equal to",
        }
        compared_zh = f"，{'比' if direction != 'steady' else '与'}{years[0]}年{zh[direction]}"
        compared_en = f", {en[direction]} {years[0]}"
        if len(own) == 1:
            compared_zh = compared_en = ""
        parts.append(
            say(
                f"{name}{years[-1]}年为{last}%{compared_zh}",
                f"{name} {last}% in {years[-1]}{compared_en}",
                language,
            )
        )
        if years[-1] == newest:
            short.append(f"{name}{say('', ' ', language)}{last}%")
    listed = say("；", "; ", language).join(parts)
    return prose(
        f"高技术制造业营业收入利润率：{listed}。",
        f"Profit margin of high-tech manufacturing: {listed}.",
        language,
        headline=say(
            f"{newest}年高技术制造业利润率：{'，'.join(short)}",
            f"High-tech manufacturing margin in {newest}: {', '.join(short)}",
            language,
        ),
    )
