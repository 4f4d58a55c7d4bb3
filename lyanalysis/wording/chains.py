"""What the article says of chains and reforms, and what becomes of it when it is computed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import (
    MISSING,
    Prose,
    join,
    number,
    paragraph,
    prose,
    quantity,
    say,
)
from lyanalysis.wording.periods import period_text

CHAINS: dict[str, tuple[str, str]] = {
    "industry": ("产业链", "Industry"),
    "innovation": ("创新链", "Innovation"),
    "capital": ("资金链", "Capital"),
    "policy": ("政策链", "Policy"),
    "talent": ("人才", "Talent"),
}
"""Names of the four chains, and of talent beside them."""
CELLS: dict[str, tuple[str, str]] = {
    "cost": ("投入", "cost"),
    "reach": ("覆盖面", "reach"),
    "result": ("成效", "result"),
}
"""What a reader asks of a case."""
MATCHES: dict[str, tuple[str, str]] = {
    "same_period": ("与同期公布数相等", "equals the figure of that period"),
    "other_period": ("与其他时期的公布数相等", "equals a figure of another period"),
    "none": ("与公布数都不相等", "equals nothing published"),
    "unpublished": ("没有公布数", "nothing is published"),
}


def tabulate_chains(cases: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out claims on chains as a matrix: one row a case, one column a question.

    Parameters
    ----------
    cases : DataFrame
        As :func:`lyanalysis.sources.load_chain_cases` returns it.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``(chain, case)``, columns ``cost``, ``reach``, ``result``: the claims in words; a
        dash where the article says nothing.
    """
    rows = []
    for (chain, entity), claims in cases.groupby(["chain", "entity"], sort=False):
        told = {
            cell: [_told(row, language) for _, row in part.iterrows()]
            for cell, part in claims.groupby("cell")
        }
        comma = "；" if language == "zh" else "; "
        about = comma.join(told.get("case", []))
        cells = [comma.join(told.get(cell, [])) or MISSING for cell in CELLS]
        name = f"{entity}（{about}）" if language == "zh" else f"{entity} ({about})"
        rows.append([say(*CHAINS[str(chain)], language), name if about else entity, *cells])
    table = pd.DataFrame(rows, columns=["chain", "case", *CELLS], dtype=str)
    return table.set_index(["chain", "case"])


def _told(row: pd.Series[Any], language: Language) -> str:
    size = claimed_amount(row, language)
    aim = say("目标：", "target: ", language) if row["status"] == "target" else ""
    return say(f"{aim}{row['indicator']}{size}", f"{aim}{row['indicator']}: {size}", language)


def claimed_amount(row: pd.Series[Any], language: Language) -> str:
    """Return the number of a claim in words; years and ordinals bare, durations in years.

    Parameters
    ----------
    row : Series
        ``printed``, ``printed_unit``, ``comparator`` and, where it is known, ``kind`` of a claim.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        Words.
    """
    printed, unit = str(row["printed"]), str(row["printed_unit"])
    if language == "en" and unit in {"年", "期"}:
        if row.get("kind", "") == "duration":
            return f"{printed} {'year' if printed == '1' else 'years'}"
        return printed
    return quantity(printed, unit, str(row["comparator"]), language)


def describe_chains(cases: pd.DataFrame, *, language: Language) -> Prose:
    """Say how full the matrix is, and which question is answered least.

    Parameters
    ----------
    cases : DataFrame
        As :func:`lyanalysis.sources.load_chain_cases` returns it.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is said of the region.
    """
    if cases.empty:
        return prose(
            "所核报道没有提到本地区的四链，这里没有可列的案例。",
            "The article under examination says nothing of the chains of this region.",
            language,
        )
    pairs = cases.groupby(["chain", "entity"], sort=False)["cell"].agg(set)
    answered = {cell: sum(cell in told for told in pairs) for cell in CELLS}
    whole = sum({*CELLS} <= told for told in pairs)
    count = len(pairs)
    listed_zh = "，".join(f"说到{CELLS[cell][0]}的{number}个" for cell, number in answered.items())
    listed_en = join([f"{CELLS[cell][1]} for {number}" for cell, number in answered.items()], "en")
    sentences = [
        say(
            f"报道为四链和人才举了{count}个案例，{listed_zh}，三项俱全的{whole or '一个也没有'}"
            f"{'个' if whole else ''}。",
            f"The article gives {count} {'case' if count == 1 else 'cases'} for the four chains "
            f"and talent: {listed_en}; {whole or 'not one'} of them with all three.",
            language,
        )
    ]
    chains = cases.groupby("chain", sort=False)["cell"].agg(set)
    silent: dict[str, list[str]] = {}
    for cell in ("cost", "result"):
        names = [
            say(*CHAINS[str(one)], language) for one, told in chains.items() if cell not in told
        ]
        if names:
            listed = join(names if language == "zh" else [name.lower() for name in names], language)
            silent.setdefault(listed, []).append(cell)
    for listed, cells in silent.items():
        sentences.append(
            say(
                f"{listed}没有说到{'和'.join(CELLS[cell][0] for cell in cells)}。",
                f"For {listed} it tells no {' and no '.join(CELLS[cell][1] for cell in cells)}.",
                language,
            )
        )
    return paragraph(sentences, language)


def tabulate_before_after(beside: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out what is claimed of a subject on either side of an event.

    Parameters
    ----------
    beside : DataFrame
        As :func:`lyanalysis.sources.load_before_after` returns it.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``(entity, indicator)``; columns ``before``, ``after`` and ``undated`` in words, with
        the period; a dash where nothing is claimed; ``claim_id``.
    """
    rows = {side: [] for side in ("before", "after", "undated")}  # type: dict[str, list[str]]
    for _, row in beside.iterrows():
        words = claimed_amount(row, language)
        if row["side"] != "undated":
            when = period_text(str(row["period"]), "", language)
            words += say(f"（{when}）", f" ({when})", language)
        for side, cells in rows.items():
            cells.append(words if row["side"] == side else MISSING)
    table = pd.DataFrame(rows, index=beside.index, dtype=str)
    return table.assign(claim_id=beside["claim_id"])


def describe_before_after(beside: pd.DataFrame, *, language: Language) -> Prose:
    """Say whether the two sides of an event hold the same quantity, so that an effect shows.

    Parameters
    ----------
    beside : DataFrame
        As :func:`lyanalysis.sources.load_before_after` returns it.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is said of the region.
    """
    if beside.empty:
        return prose(
            "所核报道没有提到本地区的混合所有制改革案例。",
            "The article under examination tells of no mixed-ownership reform in this region.",
            language,
        )
    sentences = []
    for entity, rows in beside.groupby(level="entity", sort=False):
        year = int(rows["event_year"].iloc[0])
        sides = rows.groupby(level="indicator", sort=False)["side"].agg(set)
        both = [str(name) for name, found in sides.items() if {"before", "after"} <= found]
        before = int(rows["side"].eq("before").sum())
        count = len(rows)
        if both:
            listed = join(both, language)
            sentences.append(
                say(
                    f"{entity}{year}年启动改革，改革前后都有数的是{listed}。",
                    f"{entity} began its reform in {year}; told on both sides of it: {listed}.",
                    language,
                )
            )
            continue
        zh = "没有一个属于改革之前" if not before else f"属于改革之前的只有{before}个，内容又不相同"
        en = (
            "not one of them of before the reform"
            if not before
            else f"{before} of them of before the reform, but of another quantity"
        )
        sentences.append(
            say(
                f"{entity}{year}年启动改革，报道给出{count}个数，{zh}，因此算不出改革的效果。",
                f"{entity} began its reform in {year}. The article gives {count} "
                f"{'figure' if count == 1 else 'figures'}, {en}: no effect of the reform can be "
                "computed.",
                language,
            )
        )
    return paragraph(sentences, language)


def tabulate_claims(matched: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out claims beside the closest published figure.

    Parameters
    ----------
    matched : DataFrame
        As :func:`lyanalysis.sources.match_region_claims` returns it.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``claim_id``; ``variable``, ``claimed``, ``closest`` and its ``closest_period`` in
        words, and the verdict ``compared``.
    """
    closest = [
        MISSING
        if pd.isna(row["closest_value"])
        else number(float(row["closest_value"]), catalog.variable(row["variable"]).decimals)
        for _, row in matched.iterrows()
    ]
    periods = [period_text(text, "", language) for text in matched["closest_period"]]
    return pd.DataFrame(
        {
            "variable": matched["variable"].to_numpy(),
            "claimed": [claimed_amount(row, language) for _, row in matched.iterrows()],
            "closest": closest,
            "closest_period": periods,
            "compared": [say(*MATCHES[code], language) for code in matched["match"]],
        },
        index=matched.index,
        dtype=str,
    )


def describe_claims(matched: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many undated claims a published figure bears out, and name those none does.

    Parameters
    ----------
    matched : DataFrame
        As :func:`lyanalysis.sources.match_region_claims` returns it.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is said of the region.
    """
    if matched.empty:
        return prose(
            "所核报道没有提到本地区的这些指标，没有可以比对的说法。",
            "The article under examination says nothing of these series of the region.",
            language,
        )
    agreed = int(matched["match"].isin(["same_period", "other_period"]).sum())
    count = len(matched)
    sentences = [
        say(
            f"报道中有{count}个说法可与公布数比对，相等的{agreed}个。",
            f"Of {count} {'claim' if count == 1 else 'claims'} that can be set beside published "
            f"figures {agreed} {'equals' if agreed == 1 else 'equal'} one.",
            language,
        )
    ]
    apart = matched[matched["match"].eq("none")]
    if apart.empty:
        return paragraph(sentences, language)
    told = [_apart(str(id), row, language) for id, row in apart.iterrows()]
    sentences.append(
        say(
            f"与任何公布数都不相等的：{'；'.join(told)}。",
            f"These equal nothing published: {'; '.join(told)}.",
            language,
        )
    )
    sentences.append(
        say(
            "这些说法所属时期不明，不入图，也不与公布数接成序列。",
            "Their period is unknown, so they are drawn nowhere and joined to no series.",
            language,
        )
    )
    return paragraph(sentences, language)


def _apart(id: str, row: pd.Series[Any], language: Language) -> str:
    """Name a claim that no published figure equals, and the closest one."""
    entry = catalog.variable(row["variable"])
    printed = number(float(row["closest_value"]), entry.decimals)
    closest = quantity(printed, entry.unit, "=", language)
    when = period_text(row["closest_period"], "", language)
    name, said = catalog.short_name(row["variable"], language), claimed_amount(row, language)
    return say(
        f"{name}报道称{said}（{id}），最接近的是{when}的{closest}",
        f"{name}, {said} in the article ({id}), closest {closest} ({when})",
        language,
    )
