"""Tables and sentences on the claims: which stand on published figures, and on whose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.checks import join_results
from lyanalysis.wording.numbers import MISSING, Prose, join, number, prose, say, term
from lyanalysis.wording.periods import period_text, said_quantity

MATCHED = ("same_period", "other_period")
"""Matches that rest on an equal published figure."""


EVIDENCE: tuple[Mapping[str, tuple[str, str]], ...] = (
    {
        "hard": ("硬数字", "with a hard number"),
        "soft": (
            "口号、概数、推出或重复的数",
            "with a number that is a label, said in words, implied or repeated",
        ),
    },
    {
        "exact": ("确数", "exact"),
        "bound": ("上限或下限", "bounded on one side"),
        "about": ("约数", "approximate"),
    },
    {"dated": ("写明时期的", "dated"), "undated": ("没有写明的", "undated")},
)
"""Words for the kinds of evidence in a sentence."""
OUTCOMES = {
    "same_period": (
        "与同期公布数相等",
        "equals the figure of its own period",
        "equal the figure of their own period",
    ),
    "other_period": (
        "与别的时期的公布数相等",
        "equals that of another period",
        "equal that of another period",
    ),
    "none": (
        "与可比的公布数都不相等",
        "differs from every comparable figure",
        "differ from every comparable figure",
    ),
    "unpublished": (
        "没有可比的公布数",
        "has no comparable figure",
        "have no comparable figure",
    ),
}
"""What a published series says to a claim: in Chinese, and of one and of several in English."""
HOW = ("看数字是否坐实", "看确切程度", "看时期")
"""By what the kinds of evidence are told apart, in Chinese."""


def claim_name(row: pd.Series[Any], claim_id: str, language: Language) -> str:
    """Name a claim by what it is of and its identifier."""
    name = row[f"indicator_{language}"]
    return say(f"{name}（{claim_id}）", f"{name} ({claim_id})", language)


def published_table(traced: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out claims beside the published figure that comes closest to each.

    Parameters
    ----------
    traced : DataFrame
        As ``trace_claims`` returns it; claims without a published series are passed over.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``claim``; columns of words: the claim and the figure with their periods, the
        difference, the match, and who publishes an equal figure, reprints not counted.
    """
    compared = traced[traced["match"].ne("no_series")]
    rows = [
        [
            _with_period(
                said_quantity(row["printed"], row["printed_unit"], row["comparator"], language),
                _said_period(row, language),
                language,
            ),
            _with_period(
                _closest(row, language),
                period_text(row["closest_period"], row["closest_kind"], language),
                language,
            ),
            _difference(row, language),
            term(row["match"], language),
            _publishers(row, language),
        ]
        for _, row in compared.iterrows()
    ]
    columns = ["claimed", "closest", "apart", "compared", "publisher_names"]
    return pd.DataFrame(rows, index=_names(compared, language), columns=columns)


def _with_period(quantity: str, period: str, language: Language) -> str:
    if MISSING in (quantity, period):
        return quantity
    return say(f"{quantity}（{period}）", f"{quantity} ({period})", language)


def _publishers(row: pd.Series[Any], language: Language) -> str:
    """Name who publishes a figure equal to a claim, and the best grade among them."""
    if row["match"] not in MATCHED:
        return MISSING
    names = row["publisher_names"].replace(";", say("、", ", ", language))
    return say(f"{names}（{row['grade']}级）", f"{names} (grade {row['grade']})", language)


def _names(claims: pd.DataFrame, language: Language) -> pd.Index:
    names = [claim_name(row, str(id), language) for id, row in claims.iterrows()]
    return pd.Index(names, name="claim", dtype=str)


def _closest(row: pd.Series[Any], language: Language) -> str:
    if pd.isna(row["closest_value"]):
        return MISSING
    printed = number(row["closest_value"], catalog.variable(row["variable"]).decimals)
    return said_quantity(printed, row["unit"], "=", language)


def _said_period(row: pd.Series[Any], language: Language) -> str:
    if row["period_kind"] == "as_reported":
        return say("未写时间", "undated", language)
    return period_text(row["period"], row["period_kind"], language)


def _difference(row: pd.Series[Any], language: Language) -> str:
    """Write claimed less published, of percentages in points; of two other periods nothing."""
    other = row["period_kind"] != "as_reported" and row["period"] != row["closest_period"]
    if pd.isna(row["difference"]) or other:
        return MISSING
    decimals = max(2, catalog.variable(row["variable"]).decimals) if row["unit"] == "%" else 2
    printed = f"{row['difference']:+z.{decimals}f}"
    if float(printed) == 0:
        printed = "0"
    elif "." in printed:
        printed = printed.rstrip("0").rstrip(".")
    unit = "个百分点" if row["unit"] == "%" else row["unit"]
    sign = "+" if printed.startswith("+") else ""
    return sign + said_quantity(printed.lstrip("+"), unit, "=", language)


def lesson_table(lessons: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out lessons or judgements: what they rest on, and what would test them.

    Parameters
    ----------
    lessons : DataFrame
        As ``load_lessons`` returns it, of kind ``lesson`` or ``expert``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``drawn``, the kind and what is said: claims, the indicator that would test it,
        whether the article gives it, and how many annual figures are published for it.
    """
    comma = say("、", ", ", language)
    rows = [
        [
            comma.join(row["claims"]) or MISSING,
            row[f"indicator_{language}"],
            term(row["status"], language),
            int(row["annual_figures"]),
        ]
        for _, row in lessons.iterrows()
    ]
    colon = say("：", ": ", language)
    names = [
        f"{term(row['kind'], language)}{colon}{row[f'text_{language}']}"
        for _, row in lessons.iterrows()
    ]
    index = pd.Index(names, name="drawn", dtype=str)
    columns = ["evidence_claims", "testing_indicator", "in_article", "annual_figures"]
    return pd.DataFrame(rows, index=index, columns=columns)


def risk_table(lessons: pd.DataFrame, judged: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out risks: what the checks compute, and what would settle each.

    Parameters
    ----------
    lessons : DataFrame
        As ``load_lessons`` returns it, of kind ``risk``.
    judged : DataFrame
        Index ``(check_id, part)``: columns of ``evaluate_checks`` and ``load_region_checks``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``risk``: what was computed, by which check, the indicator that would settle it, and
        how many annual figures are published for it.
    """
    known = {".".join(key): row for key, row in judged.iterrows()}  # type: ignore[arg-type]
    comma = say("、", ", ", language)
    rows = []
    for _, row in lessons.iterrows():
        results = [known[name] for name in row["checks"] if name in known]
        checks = dict.fromkeys(name.partition(".")[0] for name in row["checks"])
        rows.append(
            [
                join_results(results, language) or MISSING,
                comma.join(checks) or MISSING,
                row[f"indicator_{language}"],
                int(row["annual_figures"]),
            ]
        )
    index = pd.Index(lessons[f"text_{language}"], name="risk", dtype=str)
    columns = ["computed", "by_check", "testing_indicator", "annual_figures"]
    return pd.DataFrame(rows, index=index, columns=columns)


def _counted(sums: Mapping[str, int], names: Mapping[str, tuple[str, str]], language: str) -> str:
    """List counts that are not zero with the words for each."""
    found = [(count, words) for name, words in names.items() if (count := sums[name])]
    if language == "zh":
        return "，".join(f"{zh}{count}条" for count, (zh, _) in found)
    return ", ".join(f"{count} {en}" for count, (_, en) in found)


def describe_evidence(counts: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many claims hold hard numbers, exact ones and dated ones.

    Parameters
    ----------
    counts : DataFrame
        As ``count_evidence`` returns it.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    sums = {str(name): int(count) for name, count in counts.sum().items()}
    total = sums["exact"] + sums["bound"] + sums["about"]
    if not total:
        return prose(
            "报道没有关于本地的定量说法。",
            "The article makes no quantitative claim about the region.",
            language,
        )
    said = "claim" if total == 1 else "claims"
    sums["soft"] = total - sums["hard"]
    listed = {one: [_counted(sums, names, one) for names in EVIDENCE] for one in ("zh", "en")}
    zh = "；".join(f"{how}，{found}" for how, found in zip(HOW, listed["zh"], strict=True))
    return prose(
        f"本章所核报道的定量说法共{total}条。{zh}。",
        f"Examined {'is' if total == 1 else 'are'} {total} quantitative {said} of the article: "
        f"{'; '.join(listed['en'])}.",
        language,
        headline=say(
            f"{total}条说法中{sums['hard']}条是硬数字，{sums['undated']}条没有写明时期",
            f"Of {total} claims {sums['hard']} are hard numbers and {sums['undated']} undated",
            language,
        ),
    )


def describe_matches(counts: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many claims a published figure equals.

    Parameters
    ----------
    counts : DataFrame
        As ``count_matches`` returns it.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    sums = {str(name): int(row.sum()) for name, row in counts.iterrows()}
    total = sum(sums.values())
    if not total:
        return prose(
            "报道没有关于本地的定量说法，没有可以对照的。",
            "The article makes no quantitative claim about the region, so there is nothing to "
            "compare.",
            language,
        )
    same, other = sums["same_period"], sums["other_period"]
    compared = total - sums["no_series"]
    found = {name: sums[name] for name in OUTCOMES if sums[name]}
    zh = "，".join(f"{count}条{OUTCOMES[name][0]}" for name, count in found.items())
    en = ", ".join(
        f"{count} {OUTCOMES[name][1 if count == 1 else 2]}" for name, count in found.items()
    )
    rest = sums["no_series"]
    return prose(
        f"{total}条说法中，{compared}条有含义相同的公布序列"
        + (f"：{zh}" if compared else "")
        + (f"。其余{rest}条没有对应的序列，无从证实，也无从证伪。" if rest else "。"),
        f"Of {total} {'claim' if total == 1 else 'claims'}, {compared} "
        f"{'is' if compared == 1 else 'are'} about something a published series measures"
        + (f": {en}" if compared else "")
        + (
            "."
            if not rest
            else f". The other {rest} {'has' if rest == 1 else 'have'} no series and "
            "can be neither confirmed nor refuted."
        ),
        language,
        headline=say(
            f"{total}条说法中{same + other}条与公布数相等，{sums['no_series']}条没有对应的公布序列",
            f"{same + other} of {total} claims equal a published figure; {sums['no_series']} have "
            "no series",
            language,
        ),
    )


def describe_voices(traced: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many independent publishers stand behind the claims that published figures equal.

    Parameters
    ----------
    traced : DataFrame
        As ``trace_claims`` returns it.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    equal = traced[traced["match"].isin(MATCHED)]
    if equal.empty:
        return prose(
            "没有一条说法与公布数相等，谈不上独立来源。",
            "No claim equals a published figure, so there are no sources to tell apart.",
            language,
        )
    total = len(equal)
    several = int((equal["publishers"] > 1).sum())
    official = int(equal["grade"].eq("A").sum())
    names = list(dict.fromkeys(name for row in equal["publisher_names"] for name in row.split(";")))
    return prose(
        f"与公布数相等的{total}条说法出自{len(names)}家发布者（{join(names, 'zh')}），"
        f"{_few_zh(several)}有两家以上各自发布，{_few_zh(official)}见于A级来源。",
        f"The {total} {'claim that equals' if total == 1 else 'claims that equal'} a published "
        f"figure {'goes' if total == 1 else 'go'} back to {len(names)} "
        f"{'publisher' if len(names) == 1 else 'publishers'} ({join(names, 'en')}); "
        f"{_few_en(several)} by two or more of them, and {_few_en(official)} in a source of "
        "grade A.",
        language,
    )


def _few_zh(count: int) -> str:
    return f"{count}条" if count else "没有一条"


def _few_en(count: int) -> str:
    return f"{count or 'not one'} {'is' if count < 2 else 'are'} printed"
