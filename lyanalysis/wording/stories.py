"""The article's stories of a city and its peers, and published figures, as tables of words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import MISSING, Prose, prose, quantity, say
from lyanalysis.wording.periods import period_text

COLUMNS = {
    "scale": "scale",
    "growth": "story_growth",
    "firms": "firms",
    "cost_effect": "cost_effect",
    "efficiency_effect": "efficiency_effect",
    "target": "target",
}
"""Column of the table for every aspect of a story."""


def tell_stories(stories: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Return the stories side by side, a row a story, with the cells the article leaves empty.

    Parameters
    ----------
    stories : DataFrame
        Index ``claim_id``; columns ``story``, ``region_code``, ``aspect``, ``entity``, ``scope``,
        ``indicator``, ``period``, ``period_kind``, ``comparator``, ``printed`` and
        ``printed_unit``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``observed``, the unit of observation; a column an aspect, a dash where nothing is
        said. No rows where no story is told.
    """
    rows = {}
    for _, story in stories.groupby("story", sort=False):
        cells = {
            column: _cell(story[story["aspect"].eq(aspect)], language)
            for aspect, column in COLUMNS.items()
        }
        rows[_observed(story, language)] = cells
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS.values()))
    return table.rename_axis("story").astype(str)


def _observed(story: pd.DataFrame, language: Language) -> str:
    """Name what the figures of a story were observed on; targets may be of something else."""
    stated = story[story["aspect"].ne("target")]
    first = (stated if len(stated) else story).iloc[0]
    entity, scope = str(first["entity"]), str(first["scope"])
    if scope in entity:
        return entity
    return say(f"{entity}（{scope}）", f"{entity} ({scope})", language)


def _cell(claims: pd.DataFrame, language: Language) -> str:
    """Write the claims of one aspect, with what they speak of where there are several."""
    said = [_claim(claim, language) for _, claim in claims.iterrows()]
    said = said[:1] + [f"{one[0].lower()}{one[1:]}" for one in said[1:]]
    return say("；", "; ", language).join(said) or MISSING


def _claim(claim: pd.Series[Any], language: Language) -> str:
    figure = quantity(
        str(claim["printed"]), str(claim["printed_unit"]), str(claim["comparator"]), language
    )
    dated = claim["period_kind"] == "year"
    when = (
        say(f"（{claim['period']}年）", f" ({claim['period']})", language)
        if dated
        else say("（未注时间）", " (undated)", language)
    )
    return f"{claim['indicator']}{say('：', ': ', language)}{figure}{when}"


def tell_figures(figures: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Return published figures in words: period, and number with unit and what qualifies it.

    Parameters
    ----------
    figures : DataFrame
        One row a figure; columns ``region_code``, ``variable``, ``period``, ``period_kind``,
        ``value``, ``unit``, ``comparator`` and ``flag``.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Columns ``region_code``, ``variable``, ``stated_period``, ``stated_value`` and ``flag``.
    """
    periods = [
        period_text(str(period), str(kind), language)
        for period, kind in zip(figures["period"], figures["period_kind"], strict=True)
    ]
    values = [
        quantity(f"{value:g}", str(unit), str(comparator), language)
        for value, unit, comparator in zip(
            figures["value"], figures["unit"], figures["comparator"], strict=True
        )
    ]
    return figures[["region_code", "variable", "flag"]].assign(
        stated_period=periods, stated_value=values
    )[["region_code", "variable", "stated_period", "stated_value", "flag"]]


def describe_stories(stories: pd.DataFrame, *, language: Language) -> Prose:
    """Say how many cells of the stories are filled, and that they must not be ranked.

    Parameters
    ----------
    stories : DataFrame
        As for :func:`tell_stories`.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no story is told of the region.
    """
    if stories.empty:
        return prose(
            "所核报道没有讲到本地区或本地区所辖各市，没有可以并列的说法。",
            "The article under examination tells no story of this region or of a city in it.",
            language,
        )
    count = stories["story"].nunique()
    cells = count * len(COLUMNS)
    filled = len(stories.drop_duplicates(["story", "aspect"]))
    return prose(
        f"报道所称的{count}个故事、{len(COLUMNS)}个方面共{cells}格，有数的只有{filled}格；"
        "观察对象各不相同，只能并列，不能排名，也不能相加。",
        f"The article's {count} stories and {len(COLUMNS)} aspects make {cells} cells, of which "
        f"{filled} hold a number. What was observed differs from story to story: they can be set "
        "side by side, not ranked and not added.",
        language,
    )
