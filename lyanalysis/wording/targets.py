"""Tables and sentences on targets: what is aimed at, what was reached, what cannot be told."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import MISSING, Prose, join, join_codes, number, prose, say, term
from lyanalysis.wording.periods import period_text, said_quantity

AIM = ["printed_target", "due_text", "nearest", "standing"]
OUTCOME = ["due_text", "printed_target", "actual_text", "progress", "standing", "why"]


def target_table(aims: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out targets of the article, what stands beside each, and how far it has come.

    Parameters
    ----------
    aims : DataFrame
        Rows of ``load_targets`` with the columns of ``assess``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``aim``; columns of words: target, due date, the figure that comes nearest, and the
        standing with its reason, or with progress and time where they are known.
    """
    rows = [_target_row(claim_id, row, language) for claim_id, row in aims.iterrows()]
    names = [_aim(row, language) for _, row in aims.iterrows()]
    index = pd.Index(names, name="aim", dtype=str)
    return pd.DataFrame(rows, index=index, columns=AIM)


def _aim(row: pd.Series[Any], language: Language) -> str:
    colon = say("：", ": ", language)
    name = f"{row[f'entity_{language}']}{colon}{row[f'indicator_{language}']}"
    return say(f"{name}（{row['claim_id']}）", f"{name} ({row['claim_id']})", language)


def _target_row(_id: object, row: pd.Series[Any], language: Language) -> list[Any]:
    nearest = said_quantity(
        row["beside_printed"], row["beside_unit"], row["beside_comparator"], language
    )
    if nearest != MISSING:
        when = row["beside_claim"] or period_text(
            row["beside_period"], row["beside_kind"], language
        )
        nearest += say(f"（{when}）", f" ({when})", language)
    reasons = join_codes(";".join(_remarks(row)), language)
    note = row[f"note_{language}"]
    standing = _standing(row, language) + _so_far(row, language)
    why = say("：", ": ", language) + reasons if reasons else ""
    full_stop = say("。", ". ", language)
    return [
        said_quantity(row["printed"], row["printed_unit"], row["comparator"], language),
        _due(row, language),
        nearest,
        f"{standing}{why}{full_stop}{note}".strip(),
    ]


def _due(row: pd.Series[Any], language: Language) -> str:
    if row["due"] == "open":
        return term("open", language)
    passed = say("（已过）", " (past)", language) if row["due"] == "passed" else ""
    return period_text(f"{row['target_year']:.0f}", "year", language) + passed


def _standing(row: pd.Series[Any], language: Language) -> str:
    words = {
        "undetermined": ("无法判断", "cannot be told"),
        "behind": ("落后", "behind"),
        "missed": ("未达到", "missed"),
    }
    state = "missed" if "overdue" in row["flag"].split(";") else row["state"]
    return say(*words[state], language) if state in words else term(state, language)


def _so_far(row: pd.Series[Any], language: Language) -> str:
    """Say in brackets how much of a target is done, and of its time gone."""
    if pd.isna(row["progress"]):
        return ""
    done = number(row["progress"], 1)
    zh, en = f"完成{done}%", f"{done}% done"
    if pd.notna(row["elapsed"]):
        gone = number(row["elapsed"], 0)
        zh, en = f"{zh}，时间过去{gone}%", f"{en}, {gone}% of the time gone"
    return say(f"（{zh}）", f" ({en})", language)


def _remarks(row: pd.Series[Any]) -> list[str]:
    """Return flags that say more than the standing and the origin of the target do."""
    plain = {"overdue", "no_start"} if row["origin"] == "published" else {"overdue"}
    codes = [code for code in row["flag"].split(";") if code not in plain]
    # Without an actual figure the start would not help.
    return [code for code in codes if code != "no_period" or len(codes) == 1]


def expectation_table(aims: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out published expectations beside what was published for the year.

    Parameters
    ----------
    aims : DataFrame
        Rows of ``load_targets`` with the columns of ``assess``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``subject``; progress in percent, words for the rest.
    """
    rows = [
        [
            _due(row, language),
            said_quantity(row["printed"], row["printed_unit"], row["comparator"], language),
            said_quantity(
                row["beside_printed"], row["beside_unit"], row["beside_comparator"], language
            ),
            row["progress"],
            _standing(row, language),
            _still_needed(row, language) or join_codes(";".join(_remarks(row)), language),
        ]
        for _, row in aims.iterrows()
    ]
    names = [catalog.short_name(name, language) for name in aims["variable"]]
    index = pd.Index(names, name="subject", dtype=str)
    return pd.DataFrame(rows, index=index, columns=OUTCOME)


def _still_needed(row: pd.Series[Any], language: Language) -> str:
    if pd.isna(row["needed_growth"]):
        return ""
    rate = number(row["needed_growth"], 1)
    return say(f"尚需年均增长{rate}%", f"needs growth of {rate}% a year", language)


def describe_targets(counts: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many targets can be judged, and why the others cannot.

    Parameters
    ----------
    counts : DataFrame
        As ``count_targets`` returns it.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    total = int(counts.to_numpy().sum())
    if not total:
        return prose(
            "没有关于本地的目标或预期。",
            "No targets or expectations are on record for the region.",
            language,
        )
    sums = {str(name): int(count) for name, count in counts.sum().items()}
    article = int(counts[counts.index.str.startswith("article")].to_numpy().sum())
    open_date = int(counts[counts.index.str.endswith("open")].to_numpy().sum())
    judged = {name: sums[name] for name in ("met", "on_track", "behind") if sums[name]}
    told = sum(judged.values())
    listed_zh = "，".join(f"{count}项{term(name, 'zh')}" for name, count in judged.items())
    listed_en = join(
        [
            f"{count} {'is' if count == 1 else 'are'} {term(name, 'en')}"
            for name, count in judged.items()
        ]
        or [""],
        "en",
    )
    why_zh, why_en = _why(sums)
    dateless_zh = f"报道中{open_date}项连期限也没有。" if open_date else ""
    are = "has" if open_date == 1 else "have"
    dateless_en = f" Of the article's, {open_date} {are} not even a due date." if open_date else ""
    return prose(
        f"共有{total}项目标或预期，其中{article}项为报道所称，{total - article}项见于公布的文本。"
        + (f"能够判断的{told}项中，{listed_zh}。" if told else "没有一项能够判断。")
        + (f"其余无法判断：{why_zh}。" if why_zh else "")
        + dateless_zh,
        f"There {'is' if total == 1 else 'are'} {total} {'target' if total == 1 else 'targets'} or "
        f"expectations, {article} told by the article and {total - article} in published texts. "
        + (
            f"Of the {told} that can be judged, {listed_en}. "
            if told
            else "Not one can be judged. "
        )
        + (f"The rest cannot: {why_en}." if why_en else "")
        + dateless_en,
        language,
        headline=say(
            f"{total}项目标中{total - told}项无法判断进度",
            f"Progress of {total - told} of {total} targets cannot be told",
            language,
        ),
    )


def _why(sums: dict[str, int]) -> tuple[str, str]:
    """Return the reasons for which targets cannot be judged, counted, in both languages."""
    words = {
        "no_actual": ("没有公布现值", "no actual figure is published"),
        "different_concept": ("只有另一概念的数", "only a figure of another concept exists"),
        "undetermined": ("缺起点或期限", "start or due date is missing"),
    }
    found = [(zh, en, sums[name]) for name, (zh, en) in words.items() if sums[name]]
    return (
        "，".join(f"{count}项{zh}" for zh, _, count in found),
        "; ".join(f"for {count}, {en}" for _, en, count in found),
    )


def describe_progress(aims: pd.DataFrame, *, language: Language) -> Prose:
    """Say how what was published compares with what had been expected.

    Parameters
    ----------
    aims : DataFrame
        Rows of ``load_targets`` with the columns of ``assess``.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no progress can be computed.
    """
    known = aims.dropna(subset=["progress"]).sort_values("target_year", ascending=False)
    if known.empty:
        return prose(
            "没有一项目标或预期有可比的现值，完成进度无从计算。",
            "No target or expectation has an actual figure to compare with, so no progress can be "
            "computed.",
            language,
        )
    parts = [_outcome(row, language) for _, row in known.iterrows()]
    return prose("；".join(parts) + "。", "; ".join(parts) + ".", language)


def _name(row: pd.Series[Any], language: Language) -> str:
    if row["variable"]:
        return catalog.short_name(row["variable"], language)
    return str(row[f"indicator_{language}"])


def _outcome(row: pd.Series[Any], language: Language) -> str:
    name, due = _name(row, language), f"{row['target_year']:.0f}"
    aimed = said_quantity(row["printed"], row["printed_unit"], row["comparator"], language)
    reached = said_quantity(
        row["beside_printed"], row["beside_unit"], row["beside_comparator"], language
    )
    share = number(row["progress"], 1)
    year = f"{row['year']:.0f}"
    revised = "revised_since" in row["flag"].split(";")
    later_zh = "（此后又有修订）" if revised else ""
    later_en = " (revised since)" if revised else ""
    standing = _standing(row, language)
    same = year == due
    when_zh, when_en = ("", "") if same else (f"{year}年", f" for {year}")
    return say(
        f"{due}年{name}预期{aimed}，{when_zh}公布数为{reached}{later_zh}，"
        f"相当于预期的{share}%，{standing}",
        f"{name} was expected at {aimed} for {due}; the figure published{when_en} was "
        f"{reached}{later_en}, {share}% of that: {standing}",
        language,
    )
