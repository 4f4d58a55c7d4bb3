"""Sentences and tables on the composite index: what it rests on and how firm its ranks are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, join, number, paragraph, prose, say, term

LEAST_REGIONS = 8
"""Cities an index needs; the rule of the index, repeated here for its words."""
YEARS_SHOWN = 4
CHOICES: dict[str, tuple[str, str]] = {
    "aggregation": ("合成方法", "aggregation"),
    "normalisation": ("标准化方法", "normalisation"),
    "data_error": ("数据误差", "errors of the data"),
    "weights:transition_index": ("四个维度之间的权重", "weights of the pillars"),
}
"""Uncertain choices behind the index, in words; weights inside a pillar carry its name."""


def describe_index_coverage(
    known: pd.DataFrame, weights: pd.Series[Any], *, region: str, year: int, language: Language
) -> Prose:
    """Say how many cities have the indicators of the index, and what the report's own lacks.

    Parameters
    ----------
    known : DataFrame
        Index ``(region_code, year)`` of one year; one column an indicator, NaN where it has none.
    weights : Series
        By indicator; 0 for candidates, which are not counted.
    region : str
        Code of the report's region.
    year : int
        Year of the report.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    there = known.loc[:, weights.reindex(known.columns).gt(0).to_numpy()].notna()
    there = there.set_axis(there.index.get_level_values("region_code"))
    total, wanted = len(there), there.shape[1]
    some, every = int(there.any(axis=1).sum()), int(there.all(axis=1).sum())
    own = _own_gaps(there, region, language)
    if not some:
        return paragraph(
            [
                say(
                    f"{year}年{total}个城市都没有公布入选的{wanted}项指标，指数无从谈起。",
                    f"No city of {total} publishes any of the {wanted} indicators for {year}, "
                    "so there is no index to speak of.",
                    language,
                )
            ],
            language,
        )
    return paragraph(
        [
            say(
                f"{year}年{total}个城市中有{some}个公布了入选指标，其中{every}个城市{wanted}项齐全。",
                f"For {year}, {some} of {total} cities publish indicators of the index, {every} of "
                f"them all {wanted}.",
                language,
            ),
            *own,
        ],
        language,
        headline=say(
            f"{some}个城市有数，{every}个指标齐全",
            f"{some} of {total} cities publish figures, {every} without a gap",
            language,
        ),
    )


def _own_gaps(there: pd.DataFrame, region: str, language: Language) -> list[str]:
    place = catalog.region_name(region, language)
    if region not in there.index:
        return [
            say(
                f"指数只比较城市，{place}不在其中。",
                f"The index compares cities; {place} is not one of them.",
                language,
            )
        ]
    row = dict(zip(there.columns, there.loc[[region]].to_numpy()[0], strict=True))
    lacking = [listed(str(name), language) for name, yes in row.items() if not yes]
    if not lacking:
        return [
            say(f"{place}各项齐全。", f"{place} has every one.", language),
        ]
    if not any(row.values()):
        return [
            say(f"{place}一项也没有公布。", f"{place} publishes not one.", language),
        ]
    return [
        say(
            f"{place}缺{join(lacking, 'zh')}。",
            f"{place} lacks {join(lacking, 'en')}.",
            language,
        )
    ]


def listed(variable: str, language: Language) -> str:
    """Return the short name of an indicator as it stands inside a sentence."""
    name = catalog.short_name(variable, language)
    # Abbreviations such as GDP and R&D keep their capitals.
    if language == "zh" or not name[1].islower():
        return name
    return name[0].lower() + name[1:]


def index_framework(
    framework: pd.DataFrame, weights: pd.Series[Any], known: pd.DataFrame, *, language: Language
) -> pd.DataFrame:
    """Lay out the framework for a table.

    Parameters
    ----------
    framework : DataFrame
        Index ``variable``; columns ``pillar``, ``direction`` and ``flag``.
    weights : Series
        Weight of the indicators in use in the whole index, 0 to 1.
    known : DataFrame
        One row a city, the indicators among the columns; NaN where there is no figure.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``variable``: ``pillar``, ``orientation``, ``effective_weight`` (percent, 0 for
        candidates), ``observed_regions`` and ``flag``.
    """
    orientation = framework["direction"].map({1: "higher_better", -1: "lower_better"})
    return pd.DataFrame(
        {
            "pillar": framework["pillar"],
            "orientation": [term(code, language) for code in orientation],
            "effective_weight": 100 * weights.reindex(framework.index, fill_value=0.0),
            "observed_regions": known[list(framework.index)].notna().sum().astype(float),
            "flag": framework["flag"],
        },
        index=framework.index,
    )


def index_admission(
    scores: pd.DataFrame, known: pd.DataFrame, weights: pd.Series[Any], *, language: Language
) -> pd.DataFrame:
    """Lay out for recent years whether the index was computed, and what was lacking.

    Parameters
    ----------
    scores : DataFrame
        Index ``(region_code, year)``; columns ``share_observed`` and ``transition_index``.
    known : DataFrame
        Rows of `scores`; the indicators among the columns, NaN where there is no figure.
    weights : Series
        By indicator; 0 for candidates, which are not counted.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``year``, the newest last: ``qualified_regions``, ``complete_regions`` and
        ``scored_regions`` (cities), ``verdict`` and ``lacking``, the indicators that fewer than
        eight cities have, in words.
    """
    used = list(weights.index[weights.gt(0)])
    share = scores["share_observed"]
    counts = known[used].notna().groupby(level="year").sum()
    table = pd.DataFrame(
        {
            "qualified_regions": share.ge(70).groupby(level="year").sum(),
            "complete_regions": share.eq(100).groupby(level="year").sum(),
            "scored_regions": scores["transition_index"].notna().groupby(level="year").sum(),
        }
    ).astype(float)
    computed = table["scored_regions"].gt(0)
    verdicts = [term("index_computed" if yes else "index_refused", language) for yes in computed]
    few = counts.lt(LEAST_REGIONS)
    lacking = [_lacking(row, few.columns, language) for row in few.to_numpy()]
    return table.assign(verdict=verdicts, lacking=lacking).tail(YEARS_SHOWN)


def _lacking(few: Iterable[bool], names: pd.Index[Any], language: Language) -> str:
    missing = [listed(str(name), language) for name, yes in zip(names, few, strict=True) if yes]
    if len(missing) == len(names):
        return say("全部指标", "all indicators", language)
    return ("、" if language == "zh" else "; ").join(missing)


def describe_index_ranks(
    ranks: pd.DataFrame, *, region: str, year: int, language: Language
) -> Prose:
    """Say where a region ranks and how far that hangs on method.

    Parameters
    ----------
    ranks : DataFrame
        Index ``(region_code, year)``, the best first; columns ``index_rank``, ``rank_lower``,
        ``rank_upper`` and ``share_at_rank``. No rows where ranks were refused.
    region : str
        Code of the report's region.
    year : int
        Year of the report.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    if ranks.empty:
        return prose(
            f"{year}年指标齐全的城市不足八个，不作排名。",
            f"Fewer than eight cities have all indicators for {year}, so there is no ranking.",
            language,
        )
    place = catalog.region_name(region, language)
    rows = ranks.set_axis(ranks.index.get_level_values("region_code"))
    count = len(rows)
    first = [catalog.region_name(str(code), language, short=True) for code in rows.index[:3]]
    leading = say(
        f"排在前三位的是{join(first, 'zh')}。",
        f"The first three are {join(first, 'en')}.",
        language,
    )
    if region not in rows.index:
        return paragraph(
            [
                say(
                    f"{place}不在{year}年指标齐全的{count}个城市之列，没有名次。",
                    f"{place} is not among the {count} cities with all indicators for {year} and "
                    "has no rank.",
                    language,
                ),
                leading,
            ],
            language,
            headline=say(f"{count}个指标齐全的城市", f"{count} cities without a gap", language),
        )
    row: dict[str, Any] = rows.loc[[region]].iloc[0].to_dict()  # type: ignore[assignment]
    rank, low, high = (number(row[name], 0) for name in ("index_rank", "rank_lower", "rank_upper"))
    firm = say(
        f"九成结果落在第{low}位" if low == high else f"九成结果落在第{low}至第{high}位",
        f"nine in ten builds give place {low}"
        if low == high
        else f"nine in ten builds give places {low} to {high}",
        language,
    )
    same = number(row["share_at_rank"], 0)
    return paragraph(
        [
            say(
                f"{year}年{place}在{count}个指标齐全的城市中列第{rank}位；随机改变权重和方法，{firm}，"
                f"{same}%的结果与这一名次相同。",
                f"In {year} {place} ranks number {rank} of the {count} cities with all indicators. "
                f"With weights and methods drawn at random {firm}; {same}% give this rank.",
                language,
            ),
            leading,
        ],
        language,
        headline=say(
            f"{count}城中列第{rank}位，区间为第{low}至第{high}位",
            f"Rank {rank} of {count}, within places {low} to {high}",
            language,
        ),
    )


def name_choices(drivers: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Put the uncertain choices behind an index into words.

    Parameters
    ----------
    drivers : DataFrame
        Index: inputs such as ``"aggregation"`` or ``"weights:structure_score"``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        The same numbers; index ``choice``.
    """
    words = []
    for name in drivers.index:
        pillar = str(name).removeprefix("weights:")
        if name in CHOICES:
            zh, en = CHOICES[str(name)]
        else:
            zh = f"{catalog.short_name(pillar, 'zh')}内的权重"
            en = f"weights in “{catalog.short_name(pillar, 'en').lower()}”"
        words.append(say(zh, en, language))
    return drivers.set_axis(pd.Index(words, name="choice"))


def describe_rank_drivers(
    drivers: pd.DataFrame, ranks: pd.DataFrame, *, region: str, language: Language
) -> Prose:
    """Say which choice moves the rank most.

    Parameters
    ----------
    drivers : DataFrame
        Index: choices in words, the strongest first; column ``sobol_total``, 0 to 1.
    ranks : DataFrame
        Index ``(region_code, year)``: the cities that are ranked.
    region : str
        Code of the report's region.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    if drivers.empty:
        return prose(
            "没有名次，也就谈不上由什么决定。",
            "There are no ranks, hence nothing that moves them.",
            language,
        )
    own = region in ranks.index.get_level_values("region_code")
    place = catalog.region_name(region, language)
    whose = say(f"{place}的名次" if own else "各城市的名次", f"The rank of {place}", language)
    if language == "en" and not own:
        whose = "The ranks of all cities"
    known = drivers["sobol_total"].dropna()
    if known.empty:
        return prose(
            f"无论怎样改变权重和方法，{whose}都不移动。",
            f"{whose} never moves, whatever the weights and methods.",
            language,
        )
    first, size = str(known.index[0]), number(known.iloc[0], 2)
    moved = "moves" if own else "move"
    rest = say(
        f"，其次是{known.index[1]}（{number(known.iloc[1], 2)}）" if len(known) > 1 else "",
        f", next with {known.index[1]} ({number(known.iloc[1], 2)})" if len(known) > 1 else "",
        language,
    )
    return prose(
        f"{whose}受{first}影响最大（总指数{size}）{rest}。",
        f"{whose} {moved} most with {first} (total index {size}){rest}.",
        language,
        headline=say(
            f"名次受{first}影响最大（{size}）", f"Ranks move most with {first} ({size})", language
        ),
    )
