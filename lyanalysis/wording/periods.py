"""Periods, dates and computed quantities as they read in a table or a sentence."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import MISSING, quantity, say

MONTHS = "January February March April May June July August September October November December"
UNBOUNDED = ("（两边不封闭）", " (open on both sides)")
"""What is said of a result whose inputs are bounds in opposite directions."""
DIGITS = 4
"""Significant digits of a computed result below 1000."""
RANKS = {"位": ("第{}位", "rank {}"), "期": ("{}期", "{} phases")}
"""Units that English puts before their number, or cannot leave bare."""


def month_text(month: str, language: Language) -> str:
    """Write a month, ``2025-07`` or ``202507``, as the language does.

    Examples
    --------
    >>> month_text("2025-07", "zh"), month_text("202509", "en")
    ('2025年7月', 'September 2025')
    """
    year, number = month[:4], int(month[4:].strip("-")[:2])
    return say(f"{year}年{number}月", f"{MONTHS.split()[number - 1]} {year}", language)


def period_text(period: str, kind: str, language: Language, *, as_of: str = "") -> str:
    """Write a period of the data as the language does.

    Parameters
    ----------
    period, kind : str
        Period and kind of period, as ``data/README.md`` has them; an empty kind is read off the
        form of the period.
    language : {"zh", "en"}
        Language of the words.
    as_of : str, optional
        Date a figure refers to, where the period does not say it.

    Returns
    -------
    str
        Words; a dash where there is no period.

    Examples
    --------
    >>> period_text("2025-H1", "half_year", "zh"), period_text("2025-01/2025-09", "", "en")
    ('2025年上半年', 'January to September 2025')
    >>> period_text("2025-07", "as_reported", "en")
    'published in July 2025, period not stated'
    >>> period_text("2021/2025", "cumulative", "zh", as_of="2025-09-30")
    '2021—2025年（截至2025-09-30）'
    """
    if not period:
        return MISSING
    year, _, rest = period.partition("-")
    if kind == "as_reported":
        when = _month_or_year(period, language)
        return say(
            f"{when}公布，未注明所属时期", f"published in {when}, period not stated", language
        )
    if kind == "year_to_date" and not rest:
        when = _month_or_year(as_of, language) if as_of else period
        return say(
            f"{period}年内累计（{when}公布，未注明截止月份）",
            f"{period} to date (published in {when}, last month not stated)",
            language,
        )
    if kind == "stock" and not rest:
        return say(f"{year}年末", f"end of {year}", language)
    words = _form_text(period, language)
    if as_of not in ("", period):
        words += say(f"（截至{as_of}）", f" (as of {as_of})", language)
    return words


def _month_or_year(date: str, language: Language) -> str:
    return month_text(date, language) if len(date) > 4 else say(f"{date}年", date, language)


def _form_text(period: str, language: Language) -> str:
    """Write a period by its form: years, months, halves, quarters or part of a year."""
    year, _, rest = period.partition("-")
    if re.fullmatch(r"[0-9]{4}/[0-9]{4}", period):
        first, last = period.split("/")
        return say(f"{first}—{last}年", f"{first}–{last}", language)
    if match := re.fullmatch(r"[0-9]{4}-([0-9]{2})/[0-9]{4}-([0-9]{2})", period):
        start, end = int(match[1]), int(match[2])
        names = MONTHS.split()
        return say(
            f"{year}年{start}—{end}月", f"{names[start - 1]} to {names[end - 1]} {year}", language
        )
    if rest in ("H1", "H2"):
        zh, en = ("上半年", "first half") if rest == "H1" else ("下半年", "second half")
        return say(f"{year}年{zh}", f"{en} of {year}", language)
    if re.fullmatch(r"Q[1-4]", rest):
        return say(f"{year}年{'一二三四'[int(rest[1]) - 1]}季度", f"{rest} {year}", language)
    if re.fullmatch(r"[0-9]{2}(-[0-9]{2})?", rest):
        return month_text(period, language)
    return say(f"{year}年", year, language)


def said_quantity(printed: str, unit: str, comparator: str, language: Language) -> str:
    """Write a number of the article with its unit and comparator; dates as dates.

    Parameters
    ----------
    printed, unit, comparator : str
        As printed.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        Words; a dash where nothing was printed.

    Examples
    --------
    >>> said_quantity("202509", "年月", "=", "en"), said_quantity("1500", "家", ">=", "zh")
    ('September 2025', '不低于1500家')
    """
    if not printed:
        return MISSING
    if unit in ("年月", "年月日"):
        return month_text(printed, language)
    if unit in RANKS and comparator == "=":
        return say(*RANKS[unit], language).format(printed)
    if unit == "年" and language == "en":
        # Four digits are a year, fewer a length of time.
        span = "" if len(printed) == 4 else " year" if printed == "1" else " years"
        return quantity(printed, "", comparator, language).replace(",", "") + span
    # 月 alone would be a month of the year.
    measured = "个月" if unit == "月" and language == "zh" else unit
    return quantity(printed, measured, comparator, language)


def computed_quantity(value: float, unit: str, comparator: str, language: Language) -> str:
    """Write a computed result with its unit and what bounds it.

    Parameters
    ----------
    value : float
        Result; NaN where nothing is computed.
    unit : str
        Unit of the catalogue, empty for none.
    comparator : str
        As in claims, or ``open`` for a result bounded on neither side.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        Words; a dash for NaN.

    Examples
    --------
    >>> computed_quantity(31.0345, "%", "=", "en"), computed_quantity(270.588, "亿元", ">", "zh")
    ('31.03%', '超过270.6亿元')
    >>> computed_quantity(21.739, "%", "open", "en")
    '21.74% (open on both sides)'
    """
    if math.isnan(value):
        return MISSING
    if comparator != "open":
        return said_quantity(plain(value), unit, comparator, language)
    return said_quantity(plain(value), unit, "=", language) + say(*UNBOUNDED, language)


def plain(value: float) -> str:
    """Write a number with four significant digits, or one after the point, without idle zeros.

    Examples
    --------
    >>> plain(31536000.0), plain(3658.537), plain(0.42563), plain(-15.966)
    ('31536000', '3658.5', '0.4256', '-15.97')
    """
    # Rounding to a whole number may lift a lower bound above what was computed.
    rounded = round(value, 1) if abs(value) >= 1000 else float(f"{value:.{DIGITS}g}")
    written = f"{Decimal(str(rounded)):f}".removesuffix(".0")
    return "0" if written == "-0" else written


def range_text(low: float, high: float, unit: str, language: Language) -> str:
    """Write both ends of a range; a dash where one is missing or they are the same.

    Examples
    --------
    >>> range_text(787.35, 792.52, "元", "en")
    '787.4 to 792.5 yuan'
    """
    if math.isnan(low) or math.isnan(high) or plain(low) == plain(high):
        return MISSING
    first, last = (said_quantity(plain(end), unit, "=", language) for end in (low, high))
    if language == "zh":
        return f"{plain(low)}至{last}"
    # What both ends have in common is said once.
    shared = first.partition(" ")[2] == last.partition(" ")[2]
    return f"{first.partition(' ')[0] if shared else first} to {last}"


def expected_text(
    low: float, high: float, tolerance: float, kind: str, unit: str, language: Language
) -> str:
    """Write what is expected of a result, and how far it may miss that.

    Examples
    --------
    >>> expected_text(100.0, 200.0, 0.2, "relative", "个", "zh")
    '100至200个（容差20%）'
    >>> expected_text(float("nan"), 8.0, 0.25, "relative", "万元", "en")
    'at most 80,000 yuan (tolerance 25%)'
    """
    if math.isnan(low) and math.isnan(high):
        return MISSING
    if math.isnan(low) or math.isnan(high):
        bound, comparator = (high, "<=") if math.isnan(low) else (low, ">=")
        words = said_quantity(plain(bound), unit, comparator, language)
    elif low == high:
        words = said_quantity(plain(low), unit, "=", language)
    else:
        words = range_text(low, high, unit, language)
    if not tolerance:
        return words
    margin = plain(100 * tolerance) + "%" if kind == "relative" else plain(tolerance)
    return words + say(f"（容差{margin}）", f" (tolerance {margin})", language)
