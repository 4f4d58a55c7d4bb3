"""The article's dated claims on a region's past, in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, number, paragraph, prose, quantity, say
from lyanalysis.wording.periods import month_text


def list_milestones(milestones: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Put the dated claims of the article into the words of a figure.

    Parameters
    ----------
    milestones : DataFrame
        Index ``claim_id``: ``year``, ``year_end``, ``entity``, ``event``, ``kind``, ``status``,
        ``value``, ``printed``, ``printed_unit``, ``comparator``, ``whole``, ``share``, ``remark``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``claim_id``: ``year``, ``year_end`` and ``status`` as they are; ``dated_period`` and
        ``entity`` in words, and ``told``, event and value as a figure names them, the year of an
        event not once more.
    """
    rows = []
    for row in milestones.to_dict("records"):
        first, last = int(row["year"]), int(row["year_end"])
        period = f"{first}" if first == last else f"{first}–{last}"
        said, event = _said(row, language), row["event"]
        told = say(f"{event}：{said}", f"{event}: {said}", language)
        told = event if row["kind"] == "date" and row["printed_unit"] == "年" else told
        rows.append((row["year"], row["year_end"], row["status"], period, row["entity"], told))
    columns = ["year", "year_end", "status", "dated_period", "entity", "told"]
    words = pd.DataFrame(rows, columns=columns, index=milestones.index)
    return words.astype({"year": float, "year_end": float} | dict.fromkeys(columns[2:], str))


def _said(row: dict[Any, Any], language: Language) -> str:
    """Return what a claim says, the date of an event without its unit."""
    if row["kind"] == "date":
        text = str(row["printed"])
        if row["printed_unit"] == "年月":
            return month_text(text, language)
        return say(f"{text}年", text, language)
    printed = str(row["printed"])
    if row["kind"] == "duration":
        return say(f"{printed}年", f"{printed} {'year' if printed == '1' else 'years'}", language)
    if pd.isna(row["share"]):
        return quantity(printed, row["printed_unit"], row["comparator"], language)
    whole, share = number(row["whole"], 0), number(row["share"], 2)
    return say(
        f"{printed}{row['printed_unit']}（全国{whole}{row['printed_unit']}，占{share}%）",
        f"{printed} of {whole} in the nation ({share}%)",
        language,
    )


def describe_milestones(milestones: pd.DataFrame, *, language: Language) -> Prose:
    """Say what the article tells of the region's industrial past, as the article's own words.

    Parameters
    ----------
    milestones : DataFrame
        As :func:`list_milestones` takes it.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph; nothing in it is evidence.
    """
    if milestones.empty:
        return prose(
            "所核报道没有关于本地历史的、注明年份的说法。",
            "The article under examination makes no dated claim on the past of the region.",
            language,
        )
    words = list_milestones(milestones, language=language)
    spans = [int(words["year"].min()), int(words["year_end"].max())]
    count = len(words)
    sentences = [
        say(
            f"所核报道有{count}条注明年份的说法，最早{spans[0]}年，最晚{spans[1]}年。",
            f"The article makes {count} dated {'claim' if count == 1 else 'claims'}, from "
            f"{spans[0]} to {spans[1]}.",
            language,
        )
    ]
    shared = milestones[milestones["share"].notna()]
    headline = say(
        f"报道所称{count}件大事，自{spans[0]}年起",
        f"The article dates {count} {'event' if count == 1 else 'events'}, from {spans[0]} on",
        language,
    )
    if not shared.empty:
        share = number(float(shared["share"].iloc[0]), 2)
        said, whole = number(shared["value"].iloc[0], 0), number(shared["whole"].iloc[0], 0)
        entity, event = str(shared["entity"].iloc[0]), str(shared["event"].iloc[0])
        unit = str(shared["printed_unit"].iloc[0])
        sentences.append(
            say(
                f"其中{event}为{said}{unit}，占全国{whole}{unit}的{share}%。",
                f"{event}: {said} of {whole} in the nation, {share}%.",
                language,
            )
        )
        headline = say(
            f"报道所称：{event}占全国{share}%",
            f"The article counts {said} of {whole} for the {entity}, {share}%",
            language,
        )
    remarks = [str(text).rstrip("。.") for text in milestones["remark"] if text]
    if remarks:
        count = len(remarks)
        sentences.append(
            say(
                f"有{count}条与其他公开说法不一致（{'；'.join(remarks)}）。",
                f"{'One of them is' if count == 1 else f'{count} of them are'} told otherwise "
                f"elsewhere ({'; '.join(remarks)}).",
                language,
            )
        )
    return paragraph(sentences, language, headline=headline)
