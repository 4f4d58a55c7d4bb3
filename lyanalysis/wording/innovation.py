"""Sentences on research and development, patents and technology contracts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, direction_of, join, number, paragraph, prose, say
from lyanalysis.wording.series import (
    Series,
    change_of,
    changed,
    listed_years,
    on_the_year,
    points,
    series_of,
    sized,
)


def describe_rd_intensity(intensity: pd.DataFrame, *, region: str, language: Language) -> Prose:
    """Say how R&D intensity moved, what sources disagree on, and where the region stands.

    Parameters
    ----------
    intensity : DataFrame
        Index ``(region_code, year)``, the region and those above it; a year stands once for each
        other figure of it. Columns ``rd_intensity``, the figure used, and ``other_value``, what
        another source prints, in percent.
    region : str
        Six-digit code.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published for the region. A streak is
        claimed only over years in which both figures are published.
    """
    own = series_of(intensity["rd_intensity"], region)
    above = [str(code) for code in intensity.index.unique("region_code") if code != region]
    if not own:
        return prose(
            "没有公布本地区的研发投入强度，不以研发经费和生产总值代为推算。",
            "No R&D intensity is published for the region, and R&D by GDP is not put in its place.",
            language,
        )
    year, value = own[-1]
    size = f"{number(value, 2)}%"
    sentences = [
        say(
            f"{year}年研究与试验发展（R&D）经费投入强度为{size}{_moved(own, 'zh')}。",
            f"R&D intensity was {size} in {year}{_moved(own, 'en')}.",
            language,
        )
    ]
    others = intensity["other_value"].dropna()
    sentences += _disagreement(own, others, region, language)
    sentences += [_gap(own, intensity, code, language) for code in above]
    if any(_interrupted(_common(own, intensity, code)) for code in above):
        sentences.append(
            say(
                "其间有年份缺数，连续年数无从核实。",
                "Years in between are missing, so no streak can be confirmed.",
                language,
            )
        )
    return paragraph(
        sentences, language, headline=_intensity_headline(own, intensity, above, language)
    )


def _moved(own: Series, language: Language) -> str:
    if len(own) == 1:
        return ""
    (before, earlier), (year, value) = own[-2:]
    since = on_the_year(before, year, language)
    comma = "，" if language == "zh" else ", "
    return comma + points(round(value, 2) - round(earlier, 2), since, 2, language)


def _disagreement(own: Series, others: pd.Series, region: str, language: Language) -> list[str]:
    used = dict(own)
    found = others[others.index.get_level_values("region_code") == region]
    sentences = []
    for year in found.index.unique("year"):
        values = found[found.index.get_level_values("year") == year]
        listed = join([f"{number(value, 2)}%" for value in dict.fromkeys(values)], language)
        sentences.append(
            say(
                f"{year}年各来源公布数不一，采用{number(used[year], 2)}%，另有{listed}。",
                f"Sources disagree on {year}: {number(used[year], 2)}% is used, {listed} is "
                "published as well.",
                language,
            )
        )
    return sentences


def _common(own: Series, intensity: pd.DataFrame, other: str) -> list[tuple[int, float]]:
    """Return the gap to another region in every year both have a figure for."""
    beside = dict(series_of(intensity["rd_intensity"], other))
    return [
        (year, round(value, 2) - round(beside[year], 2)) for year, value in own if year in beside
    ]


def _one_sided(gaps: Sequence[tuple[int, float]]) -> bool:
    """Say whether the region lies on one side of another in every year, of several."""
    sides = {direction_of(gap, 2) for _, gap in gaps}
    return len(gaps) > 1 and len(sides) == 1 and "steady" not in sides


def _interrupted(gaps: Sequence[tuple[int, float]]) -> bool:
    """Say whether a lead or lag that never changed sides has years without a figure."""
    return _one_sided(gaps) and len(gaps) < gaps[-1][0] - gaps[0][0] + 1


def _gap(own: Series, intensity: pd.DataFrame, other: str, language: Language) -> str:
    gaps = _common(own, intensity, other)
    name = catalog.region_name(other, language)
    if not gaps:
        return say(
            f"没有与{name}同年的数可比。",
            f"No figure of {name} is of the same year.",
            language,
        )
    (first, start), (last, end) = gaps[0], gaps[-1]
    zh, en = [f"{last}年{_level(end, name, 'zh')}"], [f"{_level(end, name, 'en')} in {last}"]
    if len(gaps) > 1:
        zh = [f"{first}年{_level(start, name, 'zh')}", f"{last}年{_level(end, '', 'zh')}"]
        en = [f"{_level(start, name, 'en')} in {first}", f"{_level(end, 'it', 'en')} in {last}"]
    years = [year for year, _ in gaps]
    streak_zh = streak_en = ""
    if _one_sided(gaps):
        rising = end > 0
        streak_zh = f"；同有公布数的{listed_years(years, 'zh')}均{'较高' if rising else '较低'}"
        streak_en = (
            f"; it was {'above' if rising else 'below'} in every year both publish "
            f"({listed_years(years, 'en')})"
        )
    return say(f"{'，'.join(zh)}{streak_zh}。", f"It was {' and '.join(en)}{streak_en}.", language)


def _level(gap: float, name: str, language: Language) -> str:
    direction, size = direction_of(gap, 2), number(abs(gap), 2)
    against = ("与", "比") if name else ("", "")
    if direction == "steady":
        return say(f"{against[0]}{name}持平", f"level with {name}", language)
    if direction == "rising":
        return say(f"{against[1]}{name}高{size}个百分点", f"{size} points above {name}", language)
    return say(f"{against[1]}{name}低{size}个百分点", f"{size} points below {name}", language)


def _intensity_headline(
    own: Series, intensity: pd.DataFrame, above: Sequence[str], language: Language
) -> str:
    year, value = own[-1]
    size = f"{number(value, 2)}%"
    zh, en = f"{year}年研发投入强度为{size}", f"R&D intensity {size} in {year}"
    if len(own) > 1:
        direction = direction_of(round(value, 2) - round(own[-2][1], 2), 2)
        verb = {
            "rising": ("升至", "up to"),
            "falling": ("降至", "down to"),
            "steady": ("仍为", "still"),
        }[direction]
        zh = f"{year}年研发投入强度{verb[0]}{size}"
        en = f"R&D intensity {verb[1]} {size} in {year}"
    widest = above[-1:]  # the nation, where it is not the region itself
    gaps = _common(own, intensity, widest[0]) if widest else []
    if gaps:
        last, gap = gaps[-1]
        name_zh, name_en = (
            catalog.region_name(widest[0], language, short=True) for language in ("zh", "en")
        )
        zh += f"，{'' if last == year else f'{last}年'}{_level(gap, name_zh, 'zh')}"
        en += f"; {_level(gap, name_en, 'en')}{'' if last == year else f' in {last}'}"
    return say(zh, en, language)


def describe_rd_across(
    newest: pd.DataFrame, disputed: pd.DataFrame, *, region: str, language: Language
) -> Prose:
    """Say where the region stands by R&D intensity in the year most regions publish.

    Parameters
    ----------
    newest : DataFrame
        Index ``(region_code, year)``: the last figures of every region that publishes one; column
        ``rd_intensity`` in percent.
    disputed : DataFrame
        Index ``(region_code, variable, year)``; column ``other_value``: what other sources print.
    region : str
        Six-digit code.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph. Province and nation are no competitors of a city; only cities are ranked.
    """
    levels = {code: catalog.region(code).level for code in newest.index.unique("region_code")}
    cities = newest[[levels[code] == "city" for code in newest.index.get_level_values(0)]]
    if cities.empty:
        return prose(
            "没有一个市公布研发投入强度，无从比较。",
            "No city publishes its R&D intensity, so there is nothing to compare.",
            language,
        )
    counts = cities.groupby(level="year").size()
    year = int(counts[counts.eq(counts.max())].index.max())
    field = cities.xs(year, level="year")["rd_intensity"].round(2)
    low, high = number(field.min(), 2), number(field.max(), 2)
    count = len(field)
    spread = say(
        f"{year}年有{count}个市公布研发投入强度，在{low}%至{high}%之间",
        f"R&D intensity of {year} is published by {count} cities and lies between {low}% "
        f"and {high}%",
        language,
    )
    if count == 1:
        spread = say(
            f"{year}年只有1个市公布研发投入强度，为{high}%",
            f"Only one city publishes its R&D intensity of {year}, {high}%",
            language,
        )
    end = "。" if language == "zh" else "."
    if region not in field.index or count == 1:
        return paragraph(
            [spread + end],
            language,
            headline=say(
                f"{year}年各市研发投入强度在{low}%至{high}%之间",
                f"R&D intensity of cities between {low}% and {high}% in {year}",
                language,
            ),
        )
    place, tied = _place(field, float(field[region]), region)
    rank = _rank(place, tied, count, language)
    sentences = [spread + end, _ranked(float(field[region]), rank, language)]
    others = disputed["other_value"].groupby(level=["region_code", "year"]).first()
    if (region, year) in others.index:
        other = round(float(others[(region, year)]), 2)
        sentences.append(_other_rank(field, other, region, rank, language))
    return paragraph(
        sentences,
        language,
        headline=say(
            f"{year}年研发投入强度在有数的{count}个市中{rank}",
            f"{rank[0].upper()}{rank[1:]} by R&D intensity in {year}",
            language,
        ),
    )


def _place(field: pd.Series, value: float, region: str) -> tuple[int, bool]:
    rest = field.drop(region)
    return 1 + int(rest.gt(value).sum()), bool(rest.eq(value).any())


def _rank(place: int, tied: bool, count: int, language: Language) -> str:
    joint = ("并列", "joint ") if tied else ("", "")
    return say(
        f"{joint[0]}居第{place}位", f"{joint[1]}{_ordinal(place)} of {count} cities", language
    )


def _ordinal(place: int) -> str:
    teens = place % 100 in (11, 12, 13)
    return f"{place}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def _ranked(value: float, rank: str, language: Language) -> str:
    size = f"{number(value, 2)}%"
    return say(f"本地区为{size}，{rank}。", f"The region, with {size}, is {rank}.", language)


def _other_rank(field: pd.Series, other: float, region: str, rank: str, language: Language) -> str:
    changed_rank = _rank(*_place(field, other, region), len(field), language)
    size = f"{number(other, 2)}%"
    if changed_rank == rank:
        return say(
            f"按另一来源的{size}，位次不变。",
            f"With the {size} of another source its place is the same.",
            language,
        )
    return say(
        f"按另一来源的{size}则{changed_rank}，位次取决于取哪一个数。",
        f"With the {size} of another source it is {changed_rank}: its place depends on which "
        "figure is taken.",
        language,
    )


def describe_rd_expenditure(inputs: pd.DataFrame, *, language: Language) -> Prose:
    """Say how much is spent on R&D, how it grew, and how much of it industry spends.

    Parameters
    ----------
    inputs : DataFrame
        Index ``(region_code, year)`` of one region; columns ``rd_expenditure`` and
        ``rd_expenditure_industry`` in 100 million yuan.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published.
    """
    spent = series_of(inputs["rd_expenditure"])
    if not spent:
        return prose(
            "没有公布本地区的R&D经费。", "No R&D expenditure is published for the region.", language
        )
    year, value = spent[-1]
    amount = sized(value, "rd_expenditure", language)
    growth = change_of(spent, language)
    comma = "，" if language == "zh" else ", "
    tail = comma + growth if growth else ""
    sentences = [
        say(
            f"{year}年R&D经费{amount}{tail}。",
            f"R&D expenditure was {amount} in {year}{tail}.",
            language,
        )
    ]
    if len(spent) > 2:
        (start, first), size = spent[0], sized(spent[0][1], "rd_expenditure", language)
        sentences.append(
            say(
                f"与{start}年的{size}相比，{changed(first, value, 'zh')}（现价）。",
                f"Against {size} in {start} it {changed(first, value, 'en')} at current prices.",
                language,
            )
        )
    industry = inputs[["rd_expenditure", "rd_expenditure_industry"]].dropna()
    if not industry.empty:
        row = industry.iloc[-1]
        share = number(100 * row["rd_expenditure_industry"] / row["rd_expenditure"], 1)
        at = int(industry.index.get_level_values("year")[-1])
        sentences.append(
            say(
                f"{at}年规模以上工业企业占{share}%。",
                f"Above-scale industry spent {share}% of it in {at}.",
                language,
            )
        )
    short = f"{year}年R&D经费{amount}{tail}"
    return paragraph(
        sentences,
        language,
        headline=say(short, f"R&D expenditure {amount} in {year}{tail}", language),
    )


def describe_contracts(inputs: pd.DataFrame, *, language: Language) -> Prose:
    """Say what technology contracts are worth beside GDP, year by year where both are published.

    Parameters
    ----------
    inputs : DataFrame
        Index ``(region_code, year)`` of one region; columns ``tech_contract_value`` in 100 million
        yuan and ``tech_contracts_by_gdp`` in percent.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is published.
    """
    values = series_of(inputs["tech_contract_value"])
    if not values:
        return prose(
            "没有公布本地区全年的技术合同成交额。",
            "No yearly value of technology contracts is published for the region.",
            language,
        )
    ratios = dict(series_of(inputs["tech_contracts_by_gdp"]))
    parts = []
    for year, value in values[-3:]:
        ratio = number(ratios[year], 2) if year in ratios else ""
        amount = sized(value, "tech_contract_value", language)
        zh = f"，相当于生产总值的{ratio}%" if ratio else ""
        en = f" or {ratio}% of GDP" if ratio else ""
        parts.append(say(f"{year}年{amount}{zh}", f"{amount}{en} in {year}", language))
    growth = change_of(values, language)
    zh = f"，{growth}" if growth else ""
    en = f"; the last figure is {growth}" if growth else ""
    return prose(
        f"技术合同成交额{'；'.join(parts)}{zh}（现价）。",
        f"Technology contracts were worth {join(parts, 'en')}{en}, at current prices.",
        language,
    )
