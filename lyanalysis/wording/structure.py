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
    prose,
    say,
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
        return prose(
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
    return paragraph(sentences, language, headline=_share_headline(windows[-1], language))


def _share_headline(window: pd.DataFrame, language: Language) -> str:
    """Name the two largest sectors, with a direction where the window holds an earlier year."""
    first, last = window.iloc[0], window.iloc[-1]
    years = _years(window)
    largest = [str(name) for name in last.sort_values(ascending=False).index[:2]]
    if len(window) == 1:
        parts = [
            say(
                f"{in_text(name, 'zh')}占{number(last[name], 1)}%",
                f"{in_text(name, 'en')} {number(last[name], 1)}%",
                language,
            )
            for name in largest
        ]
        return say(
            f"{years[-1]}年{'，'.join(parts)}",
            f"Shares of GDP in {years[-1]}: {', '.join(parts)}",
            language,
        )
    parts = []
    for name in largest:
        way = direction_of(round(last[name], 1) - round(first[name], 1))
        zh, en = {"rising": ("升至", "up to"), "falling": ("降至", "down to")}.get(
            way, ("仍为", "still")
        )
        share = number(last[name], 1)
        parts.append(
            say(
                f"{in_text(name, 'zh')}占比{zh}{share}%",
                f"{in_text(name, 'en')} {en} {share}%",
                language,
            )
        )
    return say(
        f"{years[0]}—{years[-1]}年{'，'.join(parts)}",
        f"Shares of GDP, {years[0]}–{years[-1]}: {', '.join(parts)}",
        language,
    )


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
        return prose(
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
    return paragraph(
        [*sentences, _residual(total, language)],
        language,
        headline=_pull_headline(rows["pull"], growth, year, language),
    )


def _pull_headline(pulls: pd.Series[Any], growth: float, year: int, language: Language) -> str:
    """Name the sector that moved growth most in the direction it went."""
    place = int(pulls.argmin() if growth < 0 else pulls.argmax())
    name, size = str(pulls.index[place]), number(abs(pulls.iloc[place]), 2)
    total = number(abs(growth), 1)
    if growth < 0:
        return say(
            f"{year}年生产总值下降{total}%，{in_text(name, 'zh')}下拉{size}个百分点",
            f"GDP fell {total}% in {year}: the {in_text(name, 'en')} sector took off {size} points",
            language,
        )
    return say(
        f"{year}年生产总值增长{total}%，{in_text(name, 'zh')}拉动{size}个百分点",
        f"GDP grew {total}% in {year}: the {in_text(name, 'en')} sector added {size} points",
        language,
    )


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
        return prose(
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
        return prose(
            f"年份齐全的可比时段只有{fast[0]}年：K值年均{fast[1]}个百分点，Moore角{fast[2]}°。",
            f"The only comparable window without gaps is {fast[0]}: "
            f"K moved {fast[1]} points a year, "
            f"Moore angle {fast[2]}°.",
            language,
            headline=say(
                f"{fast[0]}年K值年均{fast[1]}个百分点",
                f"In {fast[0]} the structure moved by {fast[1]} points a year",
                language,
            ),
        )
    return prose(
        f"在年份齐全的可比时段内，结构变动最快的是{fast[0]}年"
        f"（K值年均{fast[1]}个百分点，Moore角{fast[2]}°），"
        f"最慢的是{slow[0]}年（K值年均{slow[1]}个百分点，Moore角{slow[2]}°）。",
        f"Among comparable windows without gaps the structure moved fastest in {fast[0]} "
        f"(K {fast[1]} points a year, Moore angle {fast[2]}°) and slowest "
        f"in {slow[0]} (K {slow[1]} points a year, Moore angle {slow[2]}°).",
        language,
        headline=say(
            f"{fast[0]}年结构变动最快，K值年均{fast[1]}个百分点",
            f"The structure moved fastest in {fast[0]}: K {fast[1]} points a year",
            language,
        ),
    )


def _years(frame: pd.DataFrame) -> list[int]:
    return [int(year) for year in frame.index.get_level_values("year")]
