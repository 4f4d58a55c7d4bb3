"""Sentences of the chapter on industrial structure."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import (
    Prose,
    direction_of,
    in_text,
    join,
    number,
    paragraph,
    reason,
    say,
    term,
)


def describe_sector_shares(shares: pd.DataFrame, *, language: Language) -> Prose:
    """Say how sector shares moved inside the newest comparable window, and what came after it.

    Parameters
    ----------
    shares : DataFrame
        Index ``(region_code, year, window)`` of one region; one column a sector, in percent.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no share is published.
    """
    complete = shares.dropna()
    if complete.empty:
        return _prose(
            "没有公布三次产业增加值，无法计算比重。",
            "No value added by sector is published, so no shares can be computed.",
            language,
        )
    sentences = []
    windows = [frame for _, frame in complete.groupby(level="window", sort=False)]
    long_windows = [frame for frame in windows if len(frame) > 1]
    if long_windows:
        sentences.append(_share_movement(long_windows[-1], language))
    last, year = windows[-1].iloc[-1], _years(windows[-1])[-1]
    space = "" if language == "zh" else " "
    listed = join(
        [f"{in_text(name, language)}{space}{number(last[name], 1)}%" for name in last.index],
        language,
    )
    sentences.append(
        say(f"{year}年三次产业比重：{listed}。", f"Sector shares in {year}: {listed}.", language)
    )
    if len(windows[-1]) == 1 and len(windows) > 1:
        sentences.append(_break_before(_years(windows[-2])[-1], year, language))
    return paragraph(sentences, language)


def _break_before(before: int, year: int, language: Language) -> str:
    if before == year:
        return say(
            f"{year}年的数修订前后各公布一版，这里是修订后的，与此前各年不作连续比较。",
            f"Figures for {year} are published before and after a revision; these are the revised "
            "ones and do not continue those of earlier years.",
            language,
        )
    return say(
        f"{before}年与{year}年之间有统计口径断点，两年之差只作参考，不作连续比较。",
        f"A break in the series lies between {before} and {year}: "
        "the difference of the two years is indicative only.",
        language,
    )


def _share_movement(window: pd.DataFrame, language: Language) -> str:
    first, last = window.iloc[0], window.iloc[-1]
    period = window.index.get_level_values("window")[0]
    moves = []
    for name in window.columns:
        # The difference of what is printed, so that a reader who subtracts finds the same.
        change = round(last[name], 1) - round(first[name], 1)
        moves.append(
            say(
                f"{in_text(name, 'zh')}由{number(first[name], 1)}%变为"
                f"{number(last[name], 1)}%（{_change_in_points(change, 'zh')}）",
                f"{in_text(name, 'en')} from {number(first[name], 1)}% to "
                f"{number(last[name], 1)}% ({_change_in_points(change, 'en')})",
                language,
            )
        )
    return say(
        f"最近一个不少于两年的可比时段是{period}年：{'，'.join(moves)}。",
        f"In {period}, the newest comparable window of two or more years, shares moved as follows: "
        f"{'; '.join(moves)}.",
        language,
    )


def _change_in_points(change: float, language: Language) -> str:
    direction = direction_of(change)
    size = number(abs(change), 1)
    if direction == "steady":
        return say("持平", "unchanged", language)
    if direction == "rising":
        return say(f"上升{size}个百分点", f"up {size} percentage points", language)
    return say(f"下降{size}个百分点", f"down {size} percentage points", language)


def describe_pull(account: pd.DataFrame, *, year: int, language: Language) -> Prose:
    """Say which sector pulled growth in the year of the report, and by how much.

    Parameters
    ----------
    account : DataFrame
        Index ``(region_code, year, part)`` of one region, with a part ``"total"``; columns
        ``pull``, ``residual`` (percentage points), ``contribution``, ``growth`` (percent) and
        ``flag``.
    year : int
        Year to describe.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement of what is missing where the year cannot be decomposed.
    """
    every = account.loc[account.index.get_level_values("year") == year]
    every = every.set_index(every.index.get_level_values("part"))
    (_, total), rows = next(every.loc[["total"]].iterrows()), every.drop(index="total")
    if rows["pull"].isna().any():
        return _prose(
            f"{year}年没有同时公布总增速和三次产业的增加值、实际增速，不能分解增长来源。",
            f"For {year} total growth and the levels and real growth of the three sectors are not "
            "all published, so growth cannot be decomposed.",
            language,
        )
    growth = float(total["growth"])
    parts = [
        _pull_of(str(name), row, growth, language)
        for name, row in rows.sort_values("pull", ascending=False).iterrows()
    ]
    size = number(abs(growth), 1)
    headline = (
        say(f"实际下降{size}%", f"fell by {size}% in real terms", language)
        if growth < 0
        else say(f"实际增长{size}%", f"grew by {size}% in real terms", language)
    )
    sentences = [
        say(
            f"{year}年生产总值{headline}，其中{'，'.join(parts)}。",
            f"In {year} GDP {headline}: {join(parts, 'en')}.",
            language,
        )
    ]
    if rows["contribution"].isna().any() or growth < 0:
        sentences.append(
            say(
                "总增速接近零或为负，贡献率没有意义，只列拉动点数。",
                "Total growth is near zero or negative: contributions carry no meaning, so only "
                "pulls are given.",
                language,
            )
        )
    return paragraph([*sentences, _residual(total, language)], language)


def _pull_of(name: str, row: pd.Series[Any], growth: float, language: Language) -> str:
    points, share = number(row["pull"], 2), number(row["contribution"], 1)
    meaningful = pd.notna(row["contribution"]) and growth > 0
    zh = f"（贡献率{share}%）" if meaningful else ""
    en = f" (contribution {share}%)" if meaningful else ""
    return say(
        f"{in_text(name, 'zh')}拉动{points}个百分点{zh}",
        f"the {in_text(name, 'en')} sector {points} points{en}",
        language,
    )


def _residual(total: pd.Series[Any], language: Language) -> str:
    """Say what is left between published growth and the sum of pulls, and what that means."""
    size = number(abs(total["residual"]), 2)
    if direction_of(total["residual"], 2) == "steady":
        return say("三者之和与公布增速一致。", "Their sum equals the published rate.", language)
    if "beyond_rounding" not in total["flag"]:
        return say(
            f"三者之和与公布增速相差{size}个百分点，在公布数四舍五入的范围之内。",
            f"Their sum differs from the published rate by {size} points, within what rounding of "
            "the published figures explains.",
            language,
        )
    return say(
        f"三者之和与公布增速相差{size}个百分点，超出四舍五入所能解释的范围，分解只作参考。",
        f"Their sum differs from the published rate by {size} points, more than rounding explains; "
        "the decomposition is indicative only.",
        language,
    )


def describe_speed(speed: pd.DataFrame, *, language: Language) -> Prose:
    """Say in which comparable window the structure moved fastest and slowest.

    Parameters
    ----------
    speed : DataFrame
        One row a period: index ends in level ``period``; columns
        ``structural_change_k_per_year`` (percentage points a year), ``angle_degrees`` and ``flag``.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    inside = speed[speed["flag"].eq("")].dropna(subset="structural_change_k_per_year")
    if inside.empty:
        return _prose(
            "没有一个年份齐全的可比时段包含两个以上的年份，不能比较结构变动的快慢。",
            "No comparable window without gaps holds two years, so speed cannot be compared.",
            language,
        )
    names = inside.index.get_level_values("period")
    fastest, slowest = (
        int(inside["structural_change_k_per_year"].argmax()),
        int(inside["structural_change_k_per_year"].argmin()),
    )

    def figures(position: int) -> tuple[str, str, str]:
        row = inside.iloc[position]
        return (
            names[position],
            number(row["structural_change_k_per_year"], 2),
            number(row["angle_degrees"], 1),
        )

    fast, slow = figures(fastest), figures(slowest)
    if len(inside) == 1:
        return _prose(
            f"年份齐全的可比时段只有{fast[0]}年：K值年均{fast[1]}个百分点，Moore角{fast[2]}°。",
            f"The only comparable window without gaps is {fast[0]}: "
            f"K moved {fast[1]} points a year, "
            f"Moore angle {fast[2]}°.",
            language,
        )
    return _prose(
        f"在年份齐全的可比时段内，结构变动最快的是{fast[0]}年"
        f"（K值年均{fast[1]}个百分点，Moore角{fast[2]}°），"
        f"最慢的是{slow[0]}年（K值年均{slow[1]}个百分点，Moore角{slow[2]}°）。",
        f"Among comparable windows without gaps the structure moved fastest in {fast[0]} "
        f"(K {fast[1]} points a year, Moore angle {fast[2]}°) and slowest "
        f"in {slow[0]} (K {slow[1]} points a year, Moore angle {slow[2]}°).",
        language,
    )


def describe_drivers(drift: pd.DataFrame, *, year: int, language: Language) -> Prose:
    """Say which official aggregates grew faster than industry, and what may not be concluded.

    Parameters
    ----------
    drift : DataFrame
        Index ends in level ``aggregate``; columns ``growth``, ``total_growth``,
        ``growth_gap``, ``drift``, ``last_year``, ``direction`` and ``flag``.
    year : int
        Year of the figures.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One or two paragraphs. No direction of a share is claimed where the aggregate is flagged.
    """
    known = drift.dropna(subset=["growth", "total_growth"])
    if known.empty:
        missing = say(
            f"{year}年没有同时公布这些口径和规模以上工业的增速，不能比较快慢。",
            f"For {year} growth of these aggregates and of above-scale industry is not published "
            "together, so they cannot be compared.",
            language,
        )
        return _two_paragraphs(missing, _directions(drift, language))
    total = number(float(known["total_growth"].iloc[0]), 1)
    gap = known["growth_gap"]
    groups = {
        "faster": known[gap > 0].sort_values("growth", ascending=False),
        "slower": known[gap < 0].sort_values("growth", ascending=False),
        "equal": known[gap == 0],
    }
    clauses = [
        f"{term(key, language)}{_growth_list(rows, language)}"
        for key, rows in groups.items()
        if not rows.empty
    ]
    first = say(
        f"{year}年规模以上工业增加值实际增长{total}%。{'；'.join(clauses)}。",
        f"In {year} value added of above-scale industry grew by {total}% in real terms. "
        f"{'. '.join(clauses)}.",
        language,
    )
    return _two_paragraphs(first, _directions(drift, language))


def _two_paragraphs(first: str, second: str) -> Prose:
    return Prose(f"{first}\n\n{second}" if second else first)


def explain_driver_figure(drift: pd.DataFrame, *, language: Language) -> Prose:
    """Say how to read the figure of the aggregates, as far as it could be drawn.

    Parameters
    ----------
    drift : DataFrame
        Columns ``share`` and ``last_share``, in percent.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; it names the markers only where shares are published.
    """
    if drift["share"].isna().all():
        return _prose(
            "没有公布比重，只能比较增速；竖线是规模以上工业的增速。",
            "No shares are published, so only growth can be compared; the rule is the growth of "
            "all above-scale industry.",
            language,
        )
    return _prose(
        "比重一侧，实心点与空心点的距离是同一口径之内一年的变动，空心点与叉号的距离是漂移。"
        "漂移越长，公布比重的前后比较越不可靠。",
        "Among the shares the distance between the filled and the hollow marker is the change of "
        "one year on one scope; the distance between the hollow marker and the cross is drift. "
        "The longer the drift, the less a comparison of published shares can be trusted.",
        language,
    )


def _growth_list(rows: pd.DataFrame, language: Language) -> str:
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    return join(
        [
            f"{in_text(str(name), language)}{left}{number(value, 1)}%{right}"
            for name, value in zip(
                rows.index.get_level_values("aggregate"), rows["growth"], strict=True
            )
        ],
        language,
    )


def _directions(drift: pd.DataFrame, language: Language) -> str:
    """State the claims that stand, then those withheld, each with its reason."""
    sentences = []
    shown = drift.dropna(subset="share")
    names = shown.index.get_level_values("aggregate")
    for direction in ("rising", "falling", "steady"):
        stands = [
            in_text(str(name), language)
            for name, value in zip(names, shown["direction"], strict=True)
            if value == direction
        ]
        if stands:
            sentences.append(
                say(
                    f"比重与增速指向一致、可以判断为{term(direction, 'zh')}的是"
                    f"{join(stands, 'zh')}。",
                    f"Share and growth agree, and the share is {term(direction, 'en')}, for "
                    f"{join(stands, 'en')}.",
                    language,
                )
            )
    withheld = [
        _reason(str(name), row, language)
        for name, (_, row) in zip(names, shown.iterrows(), strict=True)
        if row["direction"] == "undetermined"
    ]
    if withheld:
        sentences.append(
            say(
                f"以下口径不判断比重升降：{'；'.join(withheld)}。",
                f"No direction of the share is claimed for: {'; '.join(withheld)}.",
                language,
            )
        )
    return paragraph(sentences, language)


def _reason(name: str, row: pd.Series[Any], language: Language) -> str:
    known = {"drift": number(abs(row["drift"]), 1), "last_year": number(row["last_year"], 0)}
    reasons = [reason(flag, language).format(**known) for flag in row["flag"].split(";")]
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    comma = "，" if language == "zh" else ", "
    return f"{in_text(name, language)}{left}{comma.join(reasons)}{right}"


def _years(frame: pd.DataFrame) -> list[int]:
    return [int(year) for year in frame.index.get_level_values("year")]


def _prose(zh: str, en: str, language: Language) -> Prose:
    return Prose(say(zh, en, language))
