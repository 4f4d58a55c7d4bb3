"""Sentences on indices over time, on energy and growth, and on where trends lead."""

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
    say,
    term,
)


def describe_own_index(index: pd.DataFrame, *, language: Language) -> Prose:
    """Say where a region's fixed-base index stands and which sub-index carried it.

    Parameters
    ----------
    index : DataFrame
        Index ``(region_code, year)`` of one region; the total first, then the sub-indices (base
        year 100), ``index_growth`` (percent) and contributions to it with their prefix.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    total = index["own_index"].dropna()
    if len(total) < 2:
        return prose(
            "各项水平指标齐全的年份不足两年，不能编制本地区的定基指数。",
            "Fewer than two years have all levels, so no index of the region's own is made.",
            language,
        )
    row = index.loc[total.index[-1]]
    base, last = (int(total.index.get_level_values("year")[place]) for place in (0, -1))
    parts = [name for name in index.columns if f"contribution_{name}" in index.columns]
    listed = join(
        [f"{_short(n, language)}{_gap(language)}{number(row[n], 1)}" for n in parts], language
    )
    level = number(row["own_index"], 1)
    sentences = [
        say(
            f"以{base}年为100，{last}年本地区定基指数为{level}，其中{listed}。",
            f"With {base} as 100 the region's own index stands at {level} in {last}: {listed}.",
            language,
        )
    ]
    if pd.notna(row["index_growth"]):
        shares = row[[f"contribution_{name}" for name in parts]].astype(float)
        if shares.notna().all():
            first = str(shares.idxmax()).removeprefix("contribution_")
            sentences.append(
                say(
                    f"{last}年{_change(row['index_growth'], 'zh')}，对这一变动贡献最大的是"
                    f"{_short(first, 'zh')}（{number(shares.max(), 1)}%）。",
                    f"In {last} it {_change(row['index_growth'], 'en')}; the largest part of that "
                    f"came from {_short(first, 'en')} ({number(shares.max(), 1)}%).",
                    language,
                )
            )
    return paragraph(
        sentences,
        language,
        headline=say(
            f"{last}年定基指数为{level}（{base}年=100）",
            f"Own index at {level} in {last} ({base} = 100)",
            language,
        ),
    )


def _short(name: str, language: Language) -> str:
    text = catalog.short_name(name, language)
    # Abbreviations such as R&D keep their capitals.
    if language == "zh" or not text[1].islower():
        return text
    return text[0].lower() + text[1:]


def _gap(language: Language) -> str:
    return say("", " ", language)


def _change(growth: float, language: Language) -> str:
    size = number(abs(growth), 1)
    direction = direction_of(growth)
    if direction == "steady":
        return say("与上年持平", "did not change", language)
    if direction == "rising":
        return say(f"比上年增长{size}%", f"rose by {size}%", language)
    return say(f"比上年下降{size}%", f"fell by {size}%", language)


def describe_editions(editions: pd.DataFrame, *, language: Language) -> Prose:
    """Say what the newest edition of each base gives, and how far editions differ.

    Parameters
    ----------
    editions : DataFrame
        Index ``(edition, series, year)``; columns ``index``, ``growth_pct`` and ``base``.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    if "total" not in editions.index.get_level_values("series"):
        return prose(
            "报告年份及以前没有公布全国新动能指数。",
            "No national index was published for the year of the report or before.",
            language,
        )
    totals = editions.reset_index()
    totals = totals[totals["series"].eq("total")]
    sentences = []
    for base, rows in totals.groupby("base", sort=True):
        row = rows.iloc[-1]
        edition, year = row["edition"], row["year"]
        level, origin = number(row["index"], 1), str(base).split("=")[0]
        grown = number(row["growth_pct"], 1)
        zh = f"，比上年增长{grown}%" if row["growth_pct"] > 0 else ""
        en = f", up {grown}% on the year" if row["growth_pct"] > 0 else ""
        sentences.append(
            say(
                f"以{origin}年为100的最新一版（{edition}年发布）中，{year}年总指数为{level}{zh}。",
                f"In the newest edition with {origin} as 100 (released in {edition}) the total "
                f"stands at {level} for {year}{en}.",
                language,
            )
        )
    sentences.extend(_revision(totals, language))
    newest = totals.iloc[-1]
    year, level = newest["year"], number(newest["index"], 1)
    origin = str(newest["base"]).split("=")[0]
    return paragraph(
        sentences,
        language,
        headline=say(
            f"全国指数{year}年为{level}（{origin}年=100）",
            f"National index at {level} in {year} ({origin} = 100)",
            language,
        ),
    )


def _revision(totals: pd.DataFrame, language: Language) -> list[str]:
    """Name the year whose figure was revised most between editions of one base."""
    groups = totals.groupby(["base", "year"])["index"]
    spread = (groups.transform("max") / groups.transform("min")).where(
        groups.transform("count").gt(1)
    )
    if spread.isna().all():
        return []
    most = totals.iloc[int(spread.argmax())]
    same = totals[totals["base"].eq(most["base"]) & totals["year"].eq(most["year"])]
    first, last = (same.sort_values("edition").iloc[place].to_dict() for place in (0, -1))
    old, new, year = number(first["index"], 1), number(last["index"], 1), most["year"]
    return [
        say(
            f"每版都修订历史：{year}年在{first['edition']}年版为{old}，在{last['edition']}年版为{new}。",
            f"Every edition revises the past: {year} is {old} in the edition of "
            f"{first['edition']} and {new} in that of {last['edition']}.",
            language,
        )
    ]


def describe_three_new(share: pd.DataFrame, *, language: Language) -> Prose:
    """Say how the weight of the three new in GDP moved on either side of a break.

    Parameters
    ----------
    share : DataFrame
        Index ``(region_code, year)`` of one region; columns ``three_new_share_gdp``, percent, and
        ``flag``, with ``crosses_break`` on the first figure behind a break.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    known = share.dropna(subset="three_new_share_gdp")
    if known.empty:
        return prose(
            "报告年份及以前没有公布全国“三新”经济占比。",
            "No share of the three new was published for the year of the report or before.",
            language,
        )
    side = known["flag"].str.contains("crosses_break").cumsum()
    sentences = []
    for _, rows in known["three_new_share_gdp"].groupby(side):
        years = rows.index.get_level_values("year")
        first, last = number(rows.iloc[0], 2), number(rows.iloc[-1], 2)
        if len(rows) == 1:
            after = say(
                "，与此前隔着统计断点，不能相减", ", behind a break from earlier years", language
            )
            sentences.append(
                say(
                    f"{years[0]}年为{first}%{after if side.iloc[-1] else ''}。",
                    f"In {years[0]} it was {first}%{after if side.iloc[-1] else ''}.",
                    language,
                )
            )
            continue
        change = round(rows.iloc[-1], 2) - round(rows.iloc[0], 2)
        moved = {"rising": ("升至", "rose to"), "falling": ("降至", "fell to")}
        zh, en = moved.get(direction_of(change, 2), ("仍为", "was still"))
        sentences.append(
            say(
                f"全国“三新”经济增加值相当于国内生产总值的比例，{years[0]}年为{first}%，"
                f"{years[-1]}年{zh}{last}%。",
                f"Value added of the three new over GDP of the nation was {first}% in {years[0]} "
                f"and {en} {last}% in {years[-1]}.",
                language,
            )
        )
    newest, year = number(known["three_new_share_gdp"].iloc[-1], 2), known.index[-1][1]
    return paragraph(
        sentences,
        language,
        headline=say(
            f"全国“三新”经济占比{year}年为{newest}%",
            f"The three new at {newest}% of the nation's GDP in {year}",
            language,
        ),
    )


def name_methods(futures: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Put the methods of a continuation into words.

    Parameters
    ----------
    futures : DataFrame
        Index ``(forecast, year)``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        The same, the level ``forecast`` in words.
    """
    methods = futures.index.get_level_values("forecast")
    years = futures.index.get_level_values("year")
    words = [term(str(method), language) for method in methods]
    return futures.set_axis(pd.MultiIndex.from_arrays([words, years], names=["forecast", "year"]))


def describe_outlook(futures: pd.DataFrame, errors: pd.DataFrame, *, language: Language) -> Prose:
    """Say where growth would go, and whether such forecasts were any good.

    Parameters
    ----------
    futures : DataFrame
        Index ``(forecast, year)``; columns ``central``, ``lower``, ``upper`` (percent), ``flag``.
    errors : DataFrame
        Index ``forecast``; columns ``forecasts`` and ``relative_to_last_value``.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    able = futures.dropna(subset="central")
    if able.empty:
        reasons = [code for flag in futures["flag"].unique() for code in flag.split(";") if code]
        words = join([term(code, language) for code in dict.fromkeys(reasons)], language)
        return prose(
            f"生产总值实际增速不外推：{words}。",
            f"Real growth of GDP is not continued: {words}.",
            language,
        )
    sentences, bands = [], []
    for method in able.index.unique("forecast"):
        track = able.xs(method, level="forecast")
        row, year = track.iloc[-1], track.index[-1]
        middle, low, high = (number(row[end], 1) for end in ("central", "lower", "upper"))
        sentences.append(
            say(
                f"按{term(method, 'zh')}外推，{year}年生产总值实际增速为{middle}%，"
                f"95%区间为{low}%至{high}%。",
                f"With {term(method, 'en')} real growth of GDP in {year} would be "
                f"{middle}%, with a 95% interval from {low}% to {high}%.",
                language,
            )
        )
        bands.append((year, low, high))
    record, better = _record(errors, list(able.index.unique("forecast")), language)
    year, low, high = bands[0]
    head = say(
        f"照旧外推，{year}年增速在{low}%至{high}%之间",
        f"If it went on so, growth in {year} would lie between {low}% and {high}%",
        language,
    )
    if record and not better:
        head = say(
            f"外推不比沿用上年值准，{year}年的区间宽至{low}%到{high}%",
            f"No better than last year's rate: {year} anywhere from {low}% to {high}%",
            language,
        )
    return paragraph([*sentences, *record], language, headline=head)


def _record(errors: pd.DataFrame, methods: list[Any], language: Language) -> tuple[list[str], bool]:
    """Say which methods beat repeating the last value, and whether any did."""
    tested = errors.loc[methods]
    tested = tested[tested["forecasts"].gt(0)].dropna(subset="relative_to_last_value")
    if tested.empty:
        return [], False
    better = tested.index[tested["relative_to_last_value"].lt(1)]
    if len(better) == 0:
        said = say(
            "回测中它们都不比沿用上年值更准，外推只表示不确定的范围有多大。",
            "In the back-test no method beat repeating the last value: read them for the width "
            "of what is uncertain.",
            language,
        )
        return [said], False
    names = join([term(str(name), language) for name in better], language)
    said = say(
        f"回测中比沿用上年值更准的是{names}。",
        f"In the back-test {names} beat repeating the last value.",
        language,
    )
    return [said], True


def describe_catch_up(reached: pd.DataFrame, *, language: Language) -> Prose:
    """Say when levels of the nation would be reached, and where that cannot be said.

    Parameters
    ----------
    reached : DataFrame
        Index ``(variable, region_code)``; columns ``threshold`` (percent), ``threshold_year``,
        ``threshold_earliest``, ``threshold_latest`` and ``flag``.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    if reached.empty:
        return prose(
            "全国本身就是参照，没有可追赶的水平。",
            "The nation is the reference itself and has nothing to catch up with.",
            language,
        )
    sentences = []
    for (name, code), row in zip(reached.index, reached.to_dict("records"), strict=True):
        place = catalog.region_name(str(code), language, short=True)
        measure, goal = _short(str(name), language), number(row["threshold"], 2)
        if "already_met" in row["flag"]:
            sentences.append(
                say(
                    f"{place}的{measure}已不低于全国（{goal}%）。",
                    f"The {measure} of {place} is no lower than that of the nation ({goal}%).",
                    language,
                )
            )
        elif pd.notna(row["threshold_year"]):
            year, early = (number(row[f"threshold_{end}"], 0) for end in ("year", "earliest"))
            late = row["threshold_latest"]
            zh = f"{number(late, 0)}年" if pd.notna(late) else "五十年以外"
            en = number(late, 0) if pd.notna(late) else "beyond fifty years"
            sentences.append(
                say(
                    f"{place}的{measure}按趋势约在{year}年达到{goal}%，90%区间为{early}年至{zh}。",
                    f"The {measure} of {place} would reach {goal}% about {year}, with a 90% "
                    f"interval from {early} to {en}.",
                    language,
                )
            )
    refused = [row for row in reached["flag"] if row and "already_met" not in row]
    count = len(reached) - len(sentences)
    if count and refused:
        sentences.append(
            say(
                f"另有{count}个序列不给年份，原因见表。"
                if sentences
                else "各序列都不给年份，原因见表。",
                f"For {count} more series no year is given; the table has the reasons."
                if sentences
                else "No year is given for any series; the table has the reasons.",
                language,
            )
        )
    return paragraph(sentences, language)
