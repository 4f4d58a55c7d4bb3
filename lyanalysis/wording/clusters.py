"""Sentences and tables on what the article says of clusters and of an anchor's projects."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import (
    Prose,
    in_text,
    join,
    number,
    paragraph,
    prose,
    quantity,
    say,
    term,
)
from lyanalysis.wording.periods import period_text

AGREED = {"supplier_projects": ("签约", "signed"), "anchor_phases": ("规划", "planned")}
"""What has happened to the first stage of a pipeline."""


def describe_frames(items: pd.DataFrame, totals: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many sets of sectors the article uses, and why their sizes must not be added.

    Parameters
    ----------
    items : DataFrame
        Index ``(frame, position)``; ``match``, a code.
    totals : DataFrame
        Index ``frame``; ``value``, ``unit`` and ``comparator``, NaN and empty for no size.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where the article has no frame for the region.
    """
    if items.empty:
        return prose(
            "所核报道没有给出本地的产业集群口径。",
            "The article under examination gives no frame of clusters for this region.",
            language,
        )
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    counts = items.groupby(level="frame", sort=False)["match"].agg(list)
    listed = [
        f"{frame}{left}"
        + (
            say("名单没有列出", "not named one by one", language)
            if "not_listed" in matches
            else say(
                f"{len(matches)}项，{_matched(matches)}项有对应",
                f"{len(matches)} items, {_matched(matches)} with a counterpart",
                language,
            )
        )
        + right
        for frame, matches in counts.items()
    ]
    sentences = [
        say(
            f"报道先后用了{len(counts)}套口径：{join(listed, 'zh')}。",
            f"The article uses {len(counts)} frames: {join(listed, 'en')}.",
            language,
        )
    ]
    sized = totals.dropna(subset="value")
    if not sized.empty:
        said = [
            f"{frame}{left}{quantity(f'{value:g}', unit, comparator, language)}{right}"
            for frame, value, unit, comparator in zip(
                sized.index, sized["value"], sized["unit"], sized["comparator"], strict=True
            )
        ]
        sentences.append(
            say(
                f"报道所称的规模为{join(said, 'zh')}；各套口径互相重叠，规模不可相加。",
                f"The sizes it gives are {join(said, 'en')}; the frames overlap, and their sizes "
                "must not be added.",
                language,
            )
        )
    return paragraph(sentences, language)


def tabulate_frames(items: pd.DataFrame) -> pd.DataFrame:
    """Return the items of all frames with every pair of counterparts once.

    Parameters
    ----------
    items : DataFrame
        Index ``(frame, position)``; ``item``, ``matched_item``, ``match`` and ``remark``.

    Returns
    -------
    DataFrame
        Index ``frame``; the pair stays where it is named first.
    """
    pairs = zip(items["item"], items["matched_item"], strict=True)
    keys = pd.Series(["\n".join(sorted(pair)) for pair in pairs], items.index, dtype=str)
    matched = items["match"].isin({"same", "near"})
    return items[~(matched & keys.duplicated())].droplevel("position")


def _matched(matches: Sequence[str]) -> int:
    return sum(match in {"same", "near"} for match in matches)


def describe_pipeline(
    stages: pd.DataFrame, values: pd.DataFrame, comparators: pd.DataFrame, *, language: Language
) -> Prose:
    """Say how much of what the article calls agreed has come into production.

    Parameters
    ----------
    stages : DataFrame
        Index ``(project, stage)``; columns ``amount``, ``overall`` and ``outstanding``.
    values, comparators : DataFrame
        Index ``project``; column ``agreed_investment`` in 亿元, and how it is qualified.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where the article tells nothing of the region.
    """
    if stages.empty:
        return prose(
            "所核报道没有给出本地龙头企业项目的进度。",
            "The article under examination tells nothing of an anchor firm's projects in this "
            "region.",
            language,
        )
    sentences, headline = [], ""
    for project in stages.index.unique("project"):
        first, last = stages.loc[project].iloc[0], stages.loc[project].iloc[-1]
        unit = catalog.variable(str(project)).unit if language == "zh" else ""
        agreed, running, open_ = (
            number(value, 0) for value in (first["amount"], last["amount"], last["outstanding"])
        )
        percent = number(last["overall"], 1)
        name = in_text(str(project), language)
        verb = AGREED[str(project)]
        money = values.loc[project, "agreed_investment"]
        invested = quantity(
            f"{money:g}" if pd.notna(money) else "",
            "亿元",
            str(comparators.loc[project, "agreed_investment"]) or "=",
            language,
        )
        sentences.append(
            say(
                f"{name}{verb[0]}{agreed}{unit}，总投资{invested}，已投产{running}{unit}"
                f"（{percent}%），尚有{open_}{unit}没有投产。",
                f"{agreed} {name} {_are(first['amount'])} {verb[1]} with investment of {invested}; "
                f"{running} {_are(last['amount'])} in production ({percent}%), {open_} "
                f"{_are(last['outstanding'])} not.",
                language,
            )
        )
        headline = headline or say(
            f"报道所称{name}{verb[0]}{agreed}{unit}，已投产{running}{unit}",
            f"{running} of {agreed} {name} the article reports are in production",
            language,
        )
    opening = say("据报道，", "By what the article says, ", language)
    return paragraph([opening + sentences[0], *sentences[1:]], language, headline=headline)


def _are(count: float) -> str:
    return "is" if count == 1 else "are"


def describe_concentration(computed: pd.DataFrame, *, language: Language) -> Prose:
    """Say what an anchor firm at full output would weigh among the chains, with and without it.

    Parameters
    ----------
    computed : DataFrame
        Index ``(check_id, part)``, checks as computed; ``value`` and ``comparator`` of D13 (average
        chain), D14 (weight of the anchor) and D15 (another leading firm).
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing is computed.
    """
    wanted = [("D13", "chain"), *(("D14", part) for part in ("of_chains", "of_together"))]
    wanted += [("D14", "in_chains"), ("D15", "weight")]
    rows = computed.reindex(pd.MultiIndex.from_tuples(wanted, names=["check_id", "part"]))
    if rows["value"].isna().any():
        return prose(
            "没有可以计算龙头企业分量的说法。",
            "The article gives nothing from which the weight of an anchor firm could be computed.",
            language,
        )
    average, inside, on_top, chains, weight = rows["value"]
    bound = quantity(number(weight, 2), "%", str(rows["comparator"].iloc[-1]), language)
    other = say(f"所占{bound}", bound, language)
    mean = quantity(number(average, 1), "亿元", str(rows["comparator"].iloc[0]), language)
    return prose(
        f"按报道所称，平均每条产业链营业收入{mean}。龙头项目全部建成后的年产值，若已计入各链，占"
        f"{number(inside, 1)}%；若全部另加其上，占{number(on_top, 1)}%，约合{number(chains, 1)}条"
        f"平均产业链。另一家龙头企业的营业收入{other}。产值与营业收入口径不同，"
        "比值只说明量级。",
        f"By what the article says, the average chain has revenue of {mean}. Yearly output of the "
        f"anchor when fully built would be {number(inside, 1)}% of the chains if they hold it and "
        f"{number(on_top, 1)}% if it came on top: about {number(chains, 1)} average chains. "
        f"Revenue of another leading firm is {other} of them. Output and revenue "
        "are different terms, so the ratios give no more than an order of size.",
        language,
    )


def tabulate_beside(beside: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Return claims and published figures side by side as a table for a reader.

    Parameters
    ----------
    beside : DataFrame
        Index ``(variable, period)``; ``claimed`` with ``claim_comparator``, ``published`` with
        ``comparator`` and ``vintage``.
    language : {"zh", "en"}
        Language of the texts.

    Returns
    -------
    DataFrame
        Columns ``measure_said``, ``period_of_figure``, ``claimed_figure``, ``published_figure``; a
        dash where one of the two is silent.
    """
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    expected = f"{left}{term('expected', language)}{right}"
    rows = []
    names, periods = (beside.index.get_level_values(level).astype(str) for level in (0, 1))
    for variable, period, (_, row) in zip(names, periods, beside.iterrows(), strict=True):
        said, printed = (
            quantity(
                f"{row[figure]:g}" if pd.notna(row[figure]) else "",
                catalog.variable(variable).unit,
                str(row[comparator]) or "=",
                language,
            )
            for figure, comparator in (
                ("claimed", "claim_comparator"),
                ("published", "comparator"),
            )
        )
        foreseen = expected if row["vintage"] == "expected" else ""
        rows.append(
            [
                catalog.short_name(variable, language),
                period_text(period, "", language),
                said,
                printed + foreseen,
            ]
        )
    columns = ["measure_said", "period_of_figure", "claimed_figure", "published_figure"]
    return pd.DataFrame(rows, columns=columns, dtype=object)
