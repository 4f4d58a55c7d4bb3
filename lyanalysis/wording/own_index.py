"""Sentences on indices over time: a region's own, the national one and the three new."""

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
        [f"{short_in_sentence(n, language)}{_gap(language)}{number(row[n], 1)}" for n in parts],
        language,
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
                    f"{short_in_sentence(first, 'zh')}（{number(shares.max(), 1)}%）。",
                    f"In {last} it {_change(row['index_growth'], 'en')}; the largest part of that "
                    f"came from {short_in_sentence(first, 'en')} ({number(shares.max(), 1)}%).",
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


def short_in_sentence(name: str, language: Language) -> str:
    """Return the short name of a variable as it stands inside a sentence."""
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
