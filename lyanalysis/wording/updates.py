"""Dated figures within a year in words: what period they are of, and what they stand beside."""

from __future__ import annotations

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import MISSING, QUALIFIED, Prose, number, prose, say
from lyanalysis.wording.periods import period_text

UPDATE_COLUMNS = ["variable", "dated_period", "figure_said", "annual_said", "source_date", "flag"]


def list_updates(updates: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Put dated figures into the words of a table.

    Parameters
    ----------
    updates : DataFrame
        One row a figure: ``variable``, ``period``, ``period_kind``, ``as_of``, ``value``,
        ``comparator``, ``annual_value``, ``annual_year``, ``source_id``, ``flag``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        ``variable`` and ``flag`` as they are; ``dated_period``, ``figure_said``, ``annual_said``,
        the newest annual figure with its year, and ``source_date`` in words, a dash for none.
    """
    rows = []
    for row in updates.to_dict("records"):
        variable = str(row["variable"])
        decimals = catalog.variable(variable).decimals
        zh, en = QUALIFIED[row["comparator"]]
        annual = MISSING
        if pd.notna(row["annual_value"]):
            figure, year = number(row["annual_value"], decimals), int(row["annual_year"])
            annual = say(f"{figure}（{year}年）", f"{figure} ({year})", language)
        rows.append(
            (
                variable,
                period_text(row["period"], row["period_kind"], language, as_of=row["as_of"]),
                say(zh, en, language) + number(row["value"], decimals),
                annual,
                catalog.source(row["source_id"]).published or MISSING,
                row["flag"],
            )
        )
    return pd.DataFrame(rows, columns=UPDATE_COLUMNS, dtype=str)


def describe_updates(updates: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many figures are newer than the annual ones, and that they do not replace them.

    Parameters
    ----------
    updates : DataFrame
        As :func:`list_updates` takes it.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    count = len(updates)
    if not count:
        return prose(
            "没有比年度数更新的年内公布数。",
            "No figure within a year is newer than the annual ones.",
            language,
        )
    unstated = int(updates["period_kind"].eq("as_reported").sum())
    zh = f"有{count}项指标的年内公布数比年度数新"
    en = (
        "For one measure a figure within the year is newer than the annual one"
        if count == 1
        else f"For {count} measures figures within the year are newer than the annual ones"
    )
    if unstated:
        zh += f"，其中{unstated}项没有注明所属时期"
        en += f"; of {'one' if unstated == 1 else unstated} the source does not state the period"
    return prose(
        f"{zh}；累计数和时点数不能代替年度数，不并入序列。",
        f"{en}. Figures to date and stocks of a day do not replace annual ones and join no series.",
        language,
    )
