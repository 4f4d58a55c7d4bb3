"""What a community is to fulfil, what is published about it, and which figures are missing."""

from __future__ import annotations

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import number, quantity, say
from lyanalysis.wording.texts import REQUIREMENTS


def tabulate_requirements(published: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Fill the card of requirements with what is published of a region.

    Parameters
    ----------
    published : DataFrame
        Index ``(region_code, year)`` of one region, years rising; columns are published variables,
        of each of which the newest figure is taken.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        A row a requirement: ``requirement``, ``proposed`` measures for a park, ``evidence`` of the
        region with its year, and ``park_figure``, for which there is no published series.
    """
    nothing = say("没有公布数", "no published figure", language)
    place = 0 if language == "zh" else 1
    rows = []
    for names, proposed, variables in REQUIREMENTS:
        found = [
            _newest(published[id], language) for id in variables if published[id].notna().any()
        ]
        rows.append(
            (
                names[place],
                proposed[place],
                say("；", "; ", language).join(found) or nothing,
                nothing,
            )
        )
    return pd.DataFrame(rows, columns=["requirement", "proposed", "evidence", "park_figure"])


def _newest(column: pd.Series, language: Language) -> str:
    """Write a variable, its newest figure and the year."""
    id = str(column.name)
    entry = catalog.variable(id)
    found = column.dropna()
    year, value = found.index.get_level_values("year")[-1], float(found.iloc[-1])
    said = quantity(number(value, entry.decimals), entry.unit, "=", language)
    return say(
        f"{catalog.short_name(id, 'zh')}{said}（{year}年）",
        f"{catalog.short_name(id, 'en')} {said} ({year})",
        language,
    )
