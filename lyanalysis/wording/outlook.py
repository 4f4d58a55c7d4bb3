"""Sentences on where trends lead: continuation, its record, and catching up."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import (
    Prose,
    join,
    number,
    paragraph,
    prose,
    say,
    term,
)
from lyanalysis.wording.own_index import short_in_sentence


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
        measure, goal = short_in_sentence(str(name), language), number(row["threshold"], 2)
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
