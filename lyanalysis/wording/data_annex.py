"""Sentences of the annex on data."""

from __future__ import annotations

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, paragraph, prose, say

ORDER = ("A", "B", "C")


def describe_series(series: pd.DataFrame, sources: pd.DataFrame, *, language: Language) -> Prose:
    """Say how much is published of a region, and how well it is founded.

    Parameters
    ----------
    series : DataFrame
        One row a series; columns ``figures``, ``documents`` and ``best``, a grade.
    sources : DataFrame
        One row a source; column ``grade``.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        One paragraph.
    """
    if series.empty:
        return prose(
            "数据包里没有这个地区的数。", "The data hold no figure of this region.", language
        )
    count, figures = len(series), int(series["figures"].sum())
    grades = sources["grade"].value_counts()
    listed_zh = "、".join(f"{grade}级{grades[grade]}个" for grade in ORDER if grade in grades)
    listed_en = ", ".join(f"{grades[grade]} of grade {grade}" for grade in ORDER if grade in grades)
    single = int(series["documents"].eq(1).sum())
    return paragraph(
        [
            say(
                f"数据包里有这个地区的{count}项指标、{figures}个数，出自{len(sources)}个来源"
                f"（{listed_zh}）。",
                f"The data hold {_counted(figures, 'figure')} of {_counted(count, 'variable')} for "
                f"this region, from {_counted(len(sources), 'source')} ({listed_en}).",
                language,
            ),
            say(
                f"其中{single}项只有一个来源，无从互相核对。"
                if single
                else "每项都有两个以上的来源可以互相核对。",
                f"{_counted(single, 'variable')} of these rest{'s' if single == 1 else ''} on a "
                "single source and cannot be held against another."
                if single
                else "Each of them can be held against a second source.",
                language,
            ),
        ],
        language,
    )


def name_broken_series(breaks: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Write out which series each break belongs to.

    Parameters
    ----------
    breaks : DataFrame
        Index ``broken``: variables, or ``accounts`` for GDP and its sectors together.
    language : {"zh", "en"}
        Language of the names.

    Returns
    -------
    DataFrame
        The same rows with names in the index.
    """
    accounts = say("生产总值和三次产业", "GDP and its sectors", language)
    names = [
        accounts if id == "accounts" else catalog.variable_name(id, language)
        for id in breaks.index.astype(str)
    ]
    return breaks.set_axis(pd.Index(names, name=breaks.index.name, dtype=str))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
