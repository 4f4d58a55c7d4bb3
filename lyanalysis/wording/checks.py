"""Tables and sentences on the checks: what was computed, expected, found, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import MISSING, Prose, join, prose, say, term
from lyanalysis.wording.periods import computed_quantity, expected_text, range_text

VERDICTS = ("flag", "ask", "ok", "info")
"""Editorial verdicts in the order of a table."""


def check_table(judged: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out checks, one row each: all that was computed, the editor's verdict and the reason.

    Parameters
    ----------
    judged : DataFrame
        Index ``(check_id, part)``: columns of ``evaluate_checks`` and ``load_region_checks``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``check``, the gravest verdicts first; columns of words, the claims that enter behind
        the reason.

    See Also
    --------
    quantity_table : One row a result, for checks with many.
    """
    rows = []
    for check_id, parts in judged.groupby(level="check_id", sort=False):
        first = parts.iloc[0]
        verdict = str(first["check_verdict"])
        computed = [_computed(row, len(parts) > 1, language) for _, row in parts.iterrows()]
        rows.append(
            {
                "rank": VERDICTS.index(verdict),
                "check": _titled(str(check_id), parts, language),
                "computed": say("；", "; ", language).join(computed),
                "verdict": verdict_term(verdict, language),
                "why": _why(parts, language),
            }
        )
    columns = ["rank", "check", "computed", "verdict", "why"]
    table = pd.DataFrame(rows, columns=columns).sort_values("rank", kind="stable")
    return table.drop(columns="rank").set_index("check")


def quantity_table(judged: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out what checks compute, one row each, for checks of which every result is of use.

    Parameters
    ----------
    judged : DataFrame
        As for :func:`check_table`.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Columns ``check``, ``quantity``, ``result`` with what bounds it, and ``why``, the reason
        and the claims that enter; title and reason stand in the first row of each check.
    """
    rows = []
    for check_id, parts in judged.groupby(level="check_id", sort=False):
        titles = [_titled(str(check_id), parts, language), *[str(check_id)] * (len(parts) - 1)]
        reasons = [_why(parts, language), *[""] * (len(parts) - 1)]
        for (_, row), title, why in zip(parts.iterrows(), titles, reasons, strict=True):
            result = computed_quantity(row["value"], row["unit"], row["comparator"], language)
            rows.append([title, row[f"part_{language}"], result, why])
    return pd.DataFrame(rows, columns=["check", "quantity", "result", "why"], dtype=str)


def _titled(check_id: str, parts: pd.DataFrame, language: Language) -> str:
    return f"{check_id} {parts[f'title_{language}'].iloc[0]}"


def _why(parts: pd.DataFrame, language: Language) -> str:
    """Return the reasons of a check and, in brackets, the claims that enter it."""
    involved = dict.fromkeys(id for ids in parts["claim_ids"] for id in ids)
    reasons = dict.fromkeys(parts[f"reason_{language}"])
    return say("", " ", language).join(reasons) + _named(list(involved), language)


def verdict_term(verdict: str, language: Language) -> str:
    """Return the words for an editorial verdict."""
    return term("in_conflict" if verdict == "flag" else verdict, language)


def _named(claim_ids: Sequence[str], language: Language) -> str:
    """Name the claims that enter a check, in brackets; nothing where there are none."""
    if not claim_ids:
        return ""
    return say(f"（{'、'.join(claim_ids)}）", f" ({', '.join(claim_ids)})", language)


def text_check_table(judged: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out the checks on words, which compute nothing.

    Parameters
    ----------
    judged : DataFrame
        As for :func:`check_table`.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Columns of :func:`check_table` without what was computed.
    """
    return check_table(judged, language=language).drop(columns="computed")


def _computed(row: pd.Series[Any], named: bool, language: Language) -> str:
    """Write one result; `named` where its check has several."""
    words = computed_quantity(row["value"], row["unit"], row["comparator"], language)
    between = range_text(row["lower"], row["upper"], row["unit"], language)
    if between != MISSING:
        words += say(f"（{between}）", f" ({between})", language)
    return f"{row[f'part_{language}']}{say('：', ': ', language)}{words}" if named else words


def join_results(rows: Sequence[pd.Series[Any]], language: Language) -> str:
    """Write results of several checks one after the other; of a check on words its claims."""
    parts = []
    for row in rows:
        if row["kind"] == "text":
            count = row["claims_involved"]
            claims = "claim" if count == 1 else "claims"
            parts.append(say(f"涉及{count}条说法", f"{count} {claims} involved", language))
        else:
            parts.append(_computed(row, True, language))
    return say("；", "; ", language).join(parts)


def tested_table(judged: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Lay out results that are held against an expectation, one row each.

    Parameters
    ----------
    judged : DataFrame
        As for :func:`check_table`; results without an expectation are passed over.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``check``: what was computed, the result and, in brackets, the range its rounding
        leaves, what was expected, what the test says, the editor's verdict.
    """
    tested = judged[judged["computed"].ne("")]
    names = [
        f"{row_id[0]} {title}"
        for row_id, title in zip(tested.index, tested[f"title_{language}"], strict=True)
    ]
    rows = [
        [
            row[f"part_{language}"],
            _computed(row, False, language),
            _expected(row, language),
            term(row["computed"], language),
            verdict_term(row["editorial"], language),
        ]
        for _, row in tested.iterrows()
    ]
    columns = ["quantity", "result", "expectation", "test", "verdict"]
    return pd.DataFrame(rows, index=pd.Index(names, name="check", dtype=str), columns=columns)


def _expected(row: pd.Series[Any], language: Language) -> str:
    return expected_text(
        row["expected_lower"],
        row["expected_upper"],
        row["tolerance"],
        row["tolerance_kind"],
        row["unit"],
        language,
    )


def placement_labels(judged: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Name tested results for their chart: check, result and expectation in a few words.

    Parameters
    ----------
    judged : DataFrame
        As for :func:`check_table`, with ``placement``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Rows with a placement: ``label`` of the row, ``result`` and ``expectation`` in words,
        ``placement``, ``computed`` (``consistent`` or ``conflicting``), ``one_sided``, -1 where
        only an upper bound is expected, 1 where only a lower one is, else 0.
    """
    drawn = judged[judged["placement"].notna()]
    one_sided = drawn["expected_upper"].isna().astype(int) - drawn["expected_lower"].isna().astype(
        int
    )
    return pd.DataFrame(
        {
            "label": [
                f"{check_id} {part}"
                for (check_id, _), part in zip(drawn.index, drawn[f"part_{language}"], strict=True)
            ],
            "result": [
                computed_quantity(
                    row["value"],
                    row["unit"],
                    "=" if row["comparator"] == "open" else row["comparator"],
                    language,
                )
                for _, row in drawn.iterrows()
            ],
            "expectation": [_expected(row, language) for _, row in drawn.iterrows()],
            "placement": drawn["placement"].to_numpy(float),
            "computed": drawn["computed"].to_numpy(str),
            "one_sided": one_sided.to_numpy(int),
        },
        index=drawn.index,
    )


def describe_checks(counts: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many checks there are and how they came out.

    Parameters
    ----------
    counts : DataFrame
        As ``count_checks`` returns it.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    total = int(counts.to_numpy().sum())
    if not total:
        return prose("没有涉及本地的检查。", "No check concerns the region.", language)
    kinds = {
        "numeric": ("核对报道内部的数字", "compare numbers inside the article"),
        "text": ("核对措辞", "look at its words"),
        "cross_source": ("与公布数对照", "set it beside published figures"),
    }
    sums = {str(kind): int(row.sum()) for kind, row in counts.iterrows()}
    listed_zh = "，".join(f"{count}项{kinds[kind][0]}" for kind, count in sums.items())
    listed_en = join([f"{count} {kinds[kind][1]}" for kind, count in sums.items()], "en")
    outcomes = ("in_conflict", "ask", "ok", "info")
    verdicts = {name: int(counts[name].sum()) for name in outcomes}
    words = {
        "in_conflict": ("有冲突或措辞不当", "in conflict or wrongly worded"),
        "ask": ("含混或缺来源", "ambiguous or in need of a source"),
        "ok": ("前后一致", "consistent"),
        "info": ("只是有用的推算", "useful derivations that prove nothing"),
    }
    found = {name: count for name, count in verdicts.items() if count}
    split_zh = "，".join(f"{count}项{words[name][0]}" for name, count in found.items())
    split_en = join([f"{count} {words[name][1]}" for name, count in found.items()], "en")
    flagged, asked = verdicts["in_conflict"], verdicts["ask"]
    return prose(
        f"共{total}项检查：{listed_zh}。结论：{split_zh}。",
        f"{total} {'check was' if total == 1 else 'checks were'} made: {listed_en}. "
        f"The outcome: {split_en}.",
        language,
        headline=say(
            f"{total}项检查中{flagged}项有冲突，{asked}项待澄清",
            f"Of {total} checks {flagged} found a conflict, {asked} left a question",
            language,
        ),
    )


def describe_tests(judged: pd.DataFrame, *, language: Language) -> Prose:
    """Say which tested results lie where they were expected, and which do not.

    Parameters
    ----------
    judged : DataFrame
        As for :func:`check_table`.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; without a headline where nothing is tested.
    """
    tested = judged[judged["computed"].ne("")]
    if tested.empty:
        return prose(
            "没有一个结果设有预期范围，因此没有可以检验的。",
            "No result has an expected range, so nothing can be tested.",
            language,
        )
    conflicting = tested[tested["computed"].eq("conflicting")]
    total, wrong = len(tested), len(conflicting)
    listed = _listed(conflicting, language)
    rest = judged["value"].notna().sum() - total
    return prose(
        f"{total}个结果设有预期范围，{total - wrong}个落在其中"
        + (f"，{wrong}个落在其外：{listed}。" if wrong else "。")
        + (f"另有{rest}个结果没有可用的标准，只作参考。" if rest else ""),
        f"{total} {'result has' if total == 1 else 'results have'} an expected range; "
        f"{total - wrong} {'lies' if total - wrong == 1 else 'lie'} inside it"
        + (f" and {wrong} outside: {listed}." if wrong else ".")
        + (f" For {rest} more no yardstick exists; they inform only." if rest else ""),
        language,
        headline=_tested_headline(total, wrong, language),
    )


def _tested_headline(total: int, wrong: int, language: Language) -> str:
    if not wrong:
        return say(
            f"{total}个受检结果{'都' if total > 1 else ''}在预期之内",
            f"{'All' if total > 1 else 'The'} {f'{total} ' if total > 1 else 'one '}tested "
            f"{'results lie' if total > 1 else 'result lies'} where expected",
            language,
        )
    return say(
        f"{total}个受检结果中{wrong}个落在预期之外",
        f"{wrong} of {total} tested results {'lies' if wrong == 1 else 'lie'} outside what was "
        "expected",
        language,
    )


def _listed(rows: pd.DataFrame, language: Language) -> str:
    names: Sequence[str] = [
        f"{row_id[0]} {part[0].lower() + part[1:] if language == 'en' else part}"
        for row_id, part in zip(rows.index, rows[f"part_{language}"], strict=True)
    ]
    return join(list(names), language) if names else ""
