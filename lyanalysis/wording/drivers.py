"""Sentences on the official aggregates of old and new drivers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import (
    Prose,
    in_text,
    join,
    number,
    paragraph,
    prose,
    say,
    term,
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
    total = float(known["total_growth"].iloc[0])
    size = number(abs(total), 1)
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
        f"{year}年规模以上工业增加值实际{'下降' if total < 0 else '增长'}{size}%。"
        f"{'；'.join(clauses)}。",
        f"In {year} value added of above-scale industry {'fell' if total < 0 else 'grew'} by "
        f"{size}% in real terms. "
        f"{'. '.join(clauses)}.",
        language,
    )
    return _two_paragraphs(
        first, _directions(drift, language), headline=_growth_headline(known["growth"], language)
    )


def _growth_headline(growth: pd.Series[Any], language: Language) -> str:
    """Name the aggregate that grew fastest and the one that grew slowest."""
    ordered = growth.sort_values(ascending=False)
    names = [str(name) for name in ordered.index.get_level_values("aggregate")]
    said = []
    for place in dict.fromkeys((0, len(names) - 1)):
        value = ordered.iloc[place]
        size = number(abs(value), 1)
        said.append(
            say(
                f"{in_text(names[place], 'zh')}{'下降' if value < 0 else '增长'}{size}%",
                f"{in_text(names[place], 'en')} {'down' if value < 0 else 'up'} {size}%",
                language,
            )
        )
    text = ("，" if language == "zh" else ", ").join(said)
    return text[0].upper() + text[1:]


def _two_paragraphs(first: str, second: str, *, headline: str = "") -> Prose:
    return Prose(f"{first}\n\n{second}" if second else first, headline)


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
        return prose(
            "没有公布比重，只列增速；竖线是规模以上工业的增速，没有公布的不画。",
            "No shares are published, so only growth is shown; the rule, where there is one, is "
            "the growth of all above-scale industry.",
            language,
        )
    return prose(
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
    withheld: dict[str, list[str]] = {}
    for name, direction, flags in zip(names, shown["direction"], shown["flag"], strict=True):
        if direction == "undetermined":
            withheld.setdefault(str(flags), []).append(in_text(str(name), language))
    if withheld:
        listed = [_withheld(together, flags, language) for flags, together in withheld.items()]
        sentences.append(
            say(
                f"不判断比重升降的有{'；'.join(listed)}。",
                f"No direction of the share is claimed for {'; '.join(listed)}.",
                language,
            )
        )
    return paragraph(sentences, language)


def _withheld(names: list[str], flags: str, language: Language) -> str:
    """Return the aggregates that share their reasons, and the reasons once."""
    left, right, comma = ("（", "）", "，") if language == "zh" else (" (", ")", ", ")
    reasons = comma.join(term(flag, language) for flag in flags.split(";"))
    return f"{join(names, language)}{left}{reasons}{right}"
