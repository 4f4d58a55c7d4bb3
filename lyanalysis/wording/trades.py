"""Sentences on trades, components of growth and groups of industries that overlap."""

from __future__ import annotations

from collections.abc import Sequence

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

AROUND = 0.05
"""How far from 1 a quotient may be and still be said to be about the reference."""
SECTORS = ("va_primary", "va_secondary")
"""Parts that are sectors; all others are services."""


def describe_location(
    located: pd.DataFrame,
    *,
    year: int | None,
    units: int,
    of_units: int,
    covered: float,
    unpublished: Sequence[str],
    language: Language,
) -> Prose:
    """Say in which trades a region is specialised, against what, or why that cannot be said.

    Parameters
    ----------
    located : DataFrame
        Index ends in level ``part``; column ``quotient``. One region; no
        row where there is no reference.
    year : int or None
        Year of the figures; ``None`` where the region lacks some of them in every year.
    units, of_units : int
        Units that publish the trades, and units of the province.
    covered : float
        Percent of the province's GDP these units hold; NaN where that is not known.
    unpublished : sequence of str
        What the region lacks, where there is no year.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; the headline names the services with the highest and the lowest quotient.
    """
    if year is None:
        lacking = join([in_text(name, language) for name in unpublished], language)
        return prose(
            f"区位商需要生产总值、三次产业和五个服务行业同一年的增加值，本地没有公布的是{lacking}，"
            "因此不计算。",
            "Location quotients need GDP, the three sectors and five service trades of one year. "
            f"Not published here: {lacking}; so they are not computed.",
            language,
        )
    drawn = located.dropna(subset="quotient")
    if drawn.empty:
        return _no_reference(year, units, of_units, covered, language)
    rows = drawn.set_index(drawn.index.get_level_values("part")).sort_values(
        "quotient", ascending=False
    )
    printed = rows["quotient"].round(2)
    groups = (
        (printed > 1 + AROUND, "高于参照的有", "Above the reference: "),
        ((printed - 1).abs() <= AROUND, "与参照相近的有", "About level with it: "),
        (printed < 1 - AROUND, "低于参照的有", "Below it: "),
    )
    clauses = [
        f"{say(zh, en, language)}{_quotients(rows[held], language)}"
        for held, zh, en in groups
        if held.any()
    ]
    first = say(
        f"{year}年以同省{of_units}个市级单位中公布同一组行业的{units}个合计为参照"
        f"（占全省生产总值的{number(covered, 1)}%，本地在内）。",
        f"The reference for {year} is the sum of the {units} of the province's {of_units} units "
        f"that publish the same trades, with {number(covered, 1)}% of its GDP, this region "
        "included.",
        language,
    )
    second = say(f"{'；'.join(clauses)}。", f"{'. '.join(clauses)}.", language)
    services = rows[~rows.index.isin(SECTORS)]
    high, low = services.iloc[0], services.iloc[-1]
    left, right = (in_text(str(name), language) for name in (high.name, low.name))
    return paragraph(
        [first, second],
        language,
        headline=say(
            f"服务业中{left}区位商最高，为{number(high['quotient'], 2)}，"
            f"{right}最低，为{number(low['quotient'], 2)}",
            f"Among services, {left} stands at {number(high['quotient'], 2)} of the reference, "
            f"{right} at {number(low['quotient'], 2)}",
            language,
        ),
    )


def _no_reference(
    year: int, units: int, of_units: int, covered: float, language: Language
) -> Prose:
    known = not pd.isna(covered)
    zh = f"，占全省生产总值的{number(covered, 1)}%" if known else ""
    en = f" with {number(covered, 1)}% of its GDP" if known else ""
    return prose(
        f"本地公布了{year}年的分行业增加值，但数据中同省{of_units}个市级单位里同年公布同一组行业的"
        f"只有{units}个{zh}，不足以代表全省，因此不计算区位商。",
        f"Value added by trade is published here for {year}, but of the province's {of_units} "
        f"units in the data only {units} publish{'es' if units == 1 else ''} the same trades{en}: "
        "too few to stand for the province, so no quotients are computed.",
        language,
    )


def _quotients(rows: pd.DataFrame, language: Language) -> str:
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    return join(
        [
            f"{in_text(str(part), language)}{left}{number(value, 2)}{right}"
            for part, value in rows["quotient"].items()
        ],
        language,
    )


def describe_shift_share(account: pd.DataFrame, *, language: Language) -> Prose:
    """Say by how much a region outgrew its reference, and whether mix or performance did it.

    Parameters
    ----------
    account : DataFrame
        Index ``(reference, year, part)``, a part ``"total"`` among them; columns ``pull``,
        ``national``, ``industry_mix``, ``competitive`` in percentage points.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph, a sentence for the newest year of every reference; the headline is of the
        first one. A plain statement where there is no year.
    """
    known = account.dropna()
    if known.empty:
        return prose(
            "没有一个年份，本地和上级地区同时公布三次产业的增加值和实际增速，因此不作偏离份额分析。",
            "In no year do both this region and one above it publish value added and real growth "
            "of all three sectors, so there is no shift-share analysis.",
            language,
        )
    sentences, headline = [], ""
    for reference in known.index.unique("reference"):
        rows = known.loc[[reference]].droplevel("reference")
        year = int(rows.index.get_level_values("year")[-1])
        parts = rows.loc[[year]].droplevel("year")
        said, found = _shift(parts, str(reference), year, language)
        sentences.append(said)
        headline = headline or found
    return paragraph(sentences, language, headline=headline)


def _shift(rows: pd.DataFrame, reference: str, year: int, language: Language) -> tuple[str, str]:
    """Return the sentence of one year, and its finding in a few words."""
    total, sectors = rows.loc[["total"]].iloc[0], rows.drop(index="total")["competitive"]
    own, gap = float(total["pull"]), float(total["pull"] - total["national"])
    size = number(abs(gap), 2)
    mix, competitive = (_effect(total[name], language) for name in ("industry_mix", "competitive"))
    place = {
        "province": say("全省", "the province", language),
        "nation": say("全国", "the nation", language),
    }[reference]
    way = direction_of(gap, 2)
    compared = {
        "rising": say(f"比{place}快{size}个百分点", f"{size} points above {place}", language),
        "falling": say(f"比{place}慢{size}个百分点", f"{size} points below {place}", language),
        "steady": say(f"与{place}持平", f"level with {place}", language),
    }[way]
    place_of_largest = int(sectors.abs().argmax())
    most = float(sectors.iloc[place_of_largest])
    which = in_text(str(sectors.index[place_of_largest]), language)
    grown = say(
        f"{'下降' if own < 0 else '增长'}{number(abs(own), 1)}%",
        f"{'fell' if own < 0 else 'grew'} by {number(abs(own), 1)}%",
        language,
    )
    sentence = say(
        f"{year}年三次产业合计实际{grown}，增速{compared}：产业结构{mix}个百分点，"
        f"竞争力{competitive}个百分点，其中作用最大的{which}{_effect(most, 'zh')}个百分点。",
        f"In {year} the three sectors together {grown} in real terms, growth {compared}: the mix "
        f"{mix} points and performance {competitive}; the {which} sector, the largest part of it, "
        f"{_effect(most, 'en')}.",
        language,
    )
    finding = say(
        f"{year}年增速{compared}，竞争力{competitive}，结构{mix}",
        f"Growth {compared} in {year}: performance {competitive}, mix {mix}",
        language,
    )
    return sentence, finding


def _effect(points: float, language: Language) -> str:
    """Say whether a component raised growth or lowered it, and by how much."""
    size = number(abs(points), 2)
    if direction_of(points, 2) == "falling":
        return say(f"拉低{size}", f"took off {size}", language)
    return say(f"拉高{size}", f"added {size}", language)


def describe_overlap(shared: pd.DataFrame, *, language: Language) -> Prose:
    """Say how far official groups of industries overlap.

    Parameters
    ----------
    shared : DataFrame
        Index ``(group, other_group)``, every pair once and each group with itself; columns
        ``whole``, ``at_most`` and ``of_divisions``.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    one, other = (shared.index.get_level_values(level) for level in ("group", "other_group"))
    sizes, pairs = shared[one == other], shared[one != other]
    order = pairs.sort_values(["whole", "at_most"], ascending=False)
    group, with_group = (str(order.index.get_level_values(level)[0]) for level in (0, 1))
    most = order.iloc[0]
    size = int(sizes["at_most"].droplevel("other_group")[group])
    divisions = int(shared["of_divisions"].iloc[0])
    meeting, apart = int(pairs["at_most"].gt(0).sum()), int(pairs["at_most"].eq(0).sum())
    first, second = (in_text(name, language) for name in (group, with_group))
    low, high = int(most["whole"]), int(most["at_most"])
    return paragraph(
        [
            say(
                f"工业{divisions}个行业大类中，{len(sizes)}个口径两两配成{len(pairs)}对，"
                f"有{meeting}对共有行业大类，只有{apart}对互不相交。",
                f"Of the {len(pairs)} pairs that {len(sizes)} groups of the {divisions} divisions "
                f"of industry make, {meeting} have divisions in common and only {apart} have not.",
                language,
            ),
            say(
                f"{first}的{size}个大类中，整类又属于{second}的有{low}个，连同部分小类属于的至多{high}个。",
                f"Of the {size} divisions of {first}, {low} "
                f"{'belongs' if low == 1 else 'belong'} to {second} in full and up to {high} when "
                "single classes count.",
                language,
            ),
        ],
        language,
        headline=say(
            f"{first}的{size}个大类中有{low}至{high}个又属{second}",
            f"{low} to {high} of the {size} divisions of {first} are {second} too",
            language,
        ),
    )
