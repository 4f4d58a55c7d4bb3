"""Figures of dates and periods that are no years: what kind each is, and what may be compared."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, number, paragraph, prose, say
from lyanalysis.wording.periods import period_text
from lyanalysis.wording.series import sized

KINDS: dict[str, tuple[str, str]] = {
    "end_of_year": ("年末数", "end of year"),
    "year": ("全年数", "whole year"),
    "stock": ("时点数", "at a date"),
    "cumulative": ("累计数", "sum over years"),
    "half_year": ("半年数", "half-year"),
    "quarter": ("季度数", "quarter"),
    "month": ("月度数", "month"),
    "year_to_date": ("年内累计", "year to date"),
    "average": ("年均数", "yearly average"),
    "change": ("期间变动", "change over years"),
    "event": ("批次数", "part of a year"),
    "as_reported": ("没有所属时期", "of no period"),
}
"""Kinds of period, in the order a table shows them."""
QUALIFIERS = {"=": "", ">": "more_than", "<": "less_than", "about": "about"}
"""Comparator of a published figure -> code of a remark."""


def tabulate_dated(dated: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out dated figures for a table, kinds of period apart.

    Parameters
    ----------
    dated : DataFrame
        As :func:`lyanalysis.sources.load_dated` returns it.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        One row a figure, by kind of period, then in the order given: ``period_kind`` and
        ``period`` in words, ``variable``, ``value``, and codes in ``flag``.
    """
    stocks = {id for id in dated["variable"].unique() if catalog.variable(id).basis == "stock"}
    kinds = [
        "end_of_year" if kind == "year" and id in stocks else kind
        for kind, id in zip(dated["period_kind"], dated["variable"], strict=True)
    ]
    flags = [
        ";".join(code for code in (QUALIFIERS[comparator], flag) if code)
        for comparator, flag in zip(dated["comparator"], dated["flag"], strict=True)
    ]
    periods = [
        period_text(period, "", language, as_of=as_of)
        for period, as_of in zip(dated["period"], dated["as_of"], strict=True)
    ]
    table = pd.DataFrame(
        {
            "period_kind": [say(*KINDS[kind], language) for kind in kinds],
            "period": periods,
            "variable": dated["variable"].to_numpy(),
            "value": dated["value"].to_numpy(float),
            "flag": flags,
        }
    )
    order = list(KINDS)
    places = pd.Series([order.index(kind) for kind in kinds], dtype=int)
    return table.iloc[places.sort_values(kind="stable").index].reset_index(drop=True)


def describe_dated(dated: pd.DataFrame, *, language: Language) -> Prose:
    """Say what kinds of figures there are, and which stocks can be compared with themselves.

    Parameters
    ----------
    dated : DataFrame
        As :func:`lyanalysis.sources.load_dated` returns it.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph. Two figures are compared only where variable and kind of period are the
        same and the catalogue does not rule a comparison of levels out.
    """
    if dated.empty:
        return prose(
            "没有公布本地区创新主体和数字化的时点数。",
            "No dated figures of innovating firms or digital upgrading are published for the "
            "region.",
            language,
        )
    moves = []
    for (id, _), rows in dated.groupby(["variable", "period_kind"], sort=False):
        exact = rows[rows["comparator"].eq("=")].drop_duplicates("period", keep="last")
        if len(exact) > 1 and not catalog.variable(str(id)).breaks:
            moves.append(_stock_move(str(id), exact.iloc[-2], exact.iloc[-1], language))
    moves = [move for move in moves if move]
    kinds = dated["period_kind"].nunique()
    count, variables = len(dated), dated["variable"].nunique()
    opening = say(
        f"有{variables}项指标的{count}个数，分属{kinds}种期别，期别不同的数不能相减。",
        f"There {'is 1 figure' if count == 1 else f'are {count} figures'} of {variables} "
        f"{'variable' if variables == 1 else 'variables'} and {kinds} "
        f"{'kind' if kinds == 1 else 'kinds'} of period; figures of two kinds must not be "
        "subtracted.",
        language,
    )
    if not moves:
        return paragraph([opening], language)
    compared = say(
        f"同一期别有两个时点可比的：{'；'.join(moves)}。",
        f"Of one kind and two dates: {'; '.join(moves)}.",
        language,
    )
    return paragraph([opening, compared], language)


def _stock_move(id: str, before: pd.Series[Any], after: pd.Series[Any], language: Language) -> str:
    name = catalog.short_name(id, language)
    if catalog.variable(id).basis != "stock":
        return ""
    start, end = (period_text(row["period"], "", language) for row in (before, after))
    first, last = (sized(float(row["value"]), id, language) for row in (before, after))
    return say(
        f"{name}由{start}的{first}变为{end}的{last}",
        f"{name} {first} ({start}) and {last} ({end})",
        language,
    )


def describe_digital(depth: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many smart factories there are for the firms that use the cloud, at one date.

    Parameters
    ----------
    depth : DataFrame
        Index level ``period``; column ``smart_factories_provincial``: smart factories for 100
        firms in the cloud, where both are of one date.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One sentence; a plain statement where no date has both.
    """
    found = depth["smart_factories_provincial"].dropna()
    if found.empty:
        return prose(
            "没有同一时点的智能工厂数和上云企业数，数字化的深度无从计算。",
            "Smart factories and firms in the cloud are not published for one date, so the depth "
            "of digital upgrading cannot be computed.",
            language,
        )
    period = str(found.index.get_level_values("period")[-1])
    value = number(float(found.iloc[-1]), 2)
    when = period_text(period, "", language)
    return prose(
        f"按{when}的公布数，每百家上云企业对应{value}家省级以上智能工厂：上云的面广，建成智能工厂的少。",
        f"By the figures published for {when} there are {value} smart factories of provincial "
        "level for 100 firms in the cloud: many are connected, few have come that far.",
        language,
    )
