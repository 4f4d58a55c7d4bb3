"""Dated figures within a year in words: what period they are of, and what they stand beside."""

from __future__ import annotations

import re

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import MISSING, QUALIFIED, Prose, number, prose, say

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
QUARTERS = {"Q1": ("一", "first"), "Q2": ("二", "second"), "Q3": ("三", "third")}
QUARTERS |= {"Q4": ("四", "fourth")}
HALVES = {"H1": ("上半年", "first half of"), "H2": ("下半年", "second half of")}
UPDATE_COLUMNS = ["variable", "dated_period", "figure_said", "annual_said", "source_date", "flag"]


def month_name(month: str, language: Language) -> str:
    """Return a month as the language writes it.

    Parameters
    ----------
    month : str
        ``"2025-09"``, or a date that begins like that.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        ``2025年9月`` or ``September 2025``.

    Examples
    --------
    >>> month_name("2025-09-30", "zh"), month_name("2025-09", "en")
    ('2025年9月', 'September 2025')
    """
    year, place = month[:4], int(month[5:7])
    return say(f"{year}年{place}月", f"{MONTHS[place - 1]} {year}", language)


def period_name(period: str, period_kind: str, as_of: str, language: Language) -> str:
    """Return the period of a dated figure in words.

    Parameters
    ----------
    period, period_kind, as_of : str
        As in the observations; the forms are in ``data/README.md``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        Words; where the source states no period or no last month, they say so.

    Examples
    --------
    >>> period_name("2025-01/2025-09", "year_to_date", "", "zh")
    '2025年1—9月'
    >>> period_name("2025-H1", "half_year", "", "en")
    'first half of 2025'
    """
    year, _, part = period.partition("-")
    if period_kind == "half_year":
        return say(f"{year}年{HALVES[part][0]}", f"{HALVES[part][1]} {year}", language)
    if period_kind == "quarter":
        zh, en = QUARTERS[part]
        return say(f"{year}年第{zh}季度", f"{en} quarter of {year}", language)
    if period_kind == "year_to_date":
        return _to_date(period, as_of, language)
    if period_kind == "as_reported":
        told = month_name(period, language)
        return say(
            f"{told}公布，未注明所属时期", f"published in {told}, period not stated", language
        )
    if period_kind == "stock" and not part:
        return say(f"{year}年末", f"end of {year}", language)
    if re.fullmatch(r"\d{4}-\d{2}", period):
        return month_name(period, language)
    return period


def _to_date(period: str, as_of: str, language: Language) -> str:
    first, _, last = period.partition("/")
    if not last:
        told = month_name(as_of, language)
        return say(
            f"{period}年内累计（{told}公布，未注明截止月份）",
            f"{period} to date (published in {told}, last month not stated)",
            language,
        )
    start, end = int(first[5:7]), int(last[5:7])
    return say(
        f"{first[:4]}年{start}—{end}月",
        f"{MONTHS[start - 1]} to {MONTHS[end - 1]} {first[:4]}",
        language,
    )


def list_updates(updates: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Put dated figures into the words of a table.

    Parameters
    ----------
    updates : DataFrame
        One row a figure: ``variable``, ``period``, ``period_kind``, ``as_of``, ``value``,
        ``comparator``, ``annual_value``, ``annual_year``, ``source_id``, ``flag``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        ``variable`` and ``flag`` as they are; ``dated_period``, ``figure_said``, ``annual_said``,
        the newest annual figure with its year, and ``source_date`` in words, a dash for none.
    """
    rows = []
    for row in updates.to_dict("records"):
        variable = str(row["variable"])
        decimals = catalog.variable(variable).decimals
        zh, en = QUALIFIED[row["comparator"]]
        annual = MISSING
        if pd.notna(row["annual_value"]):
            figure, year = number(row["annual_value"], decimals), int(row["annual_year"])
            annual = say(f"{figure}（{year}年）", f"{figure} ({year})", language)
        rows.append(
            (
                variable,
                period_name(row["period"], row["period_kind"], row["as_of"], language),
                say(zh, en, language) + number(row["value"], decimals),
                annual,
                catalog.source(row["source_id"]).published or MISSING,
                row["flag"],
            )
        )
    return pd.DataFrame(rows, columns=UPDATE_COLUMNS, dtype=str)


def describe_updates(updates: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many figures are newer than the annual ones, and that they do not replace them.

    Parameters
    ----------
    updates : DataFrame
        As :func:`list_updates` takes it.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    count = len(updates)
    if not count:
        return prose(
            "没有比年度数更新的年内公布数。",
            "No figure within a year is newer than the annual ones.",
            language,
        )
    unstated = int(updates["period_kind"].eq("as_reported").sum())
    zh = f"有{count}项指标的年内公布数比年度数新"
    en = (
        "For one measure a figure within the year is newer than the annual one"
        if count == 1
        else f"For {count} measures figures within the year are newer than the annual ones"
    )
    if unstated:
        zh += f"，其中{unstated}项没有注明所属时期"
        en += f"; of {'one' if unstated == 1 else unstated} the source does not state the period"
    return prose(
        f"{zh}；累计数和时点数不能代替年度数，不并入序列。",
        f"{en}. Figures to date and stocks of a day do not replace annual ones and join no series.",
        language,
    )
