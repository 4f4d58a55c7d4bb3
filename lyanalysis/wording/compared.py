"""Names of groups of regions, and places in a ranking: what comparisons have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import say

ONES = {1: "st", 2: "nd", 3: "rd"}


def short(code: object, language: Language) -> str:
    """Return the short name of a region.

    Examples
    --------
    >>> short("410300", "zh")
    '洛阳'
    """
    return catalog.region_name(str(code), language, short=True)


def cities_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of cities, by region alone.

    Parameters
    ----------
    frame : DataFrame
        Index with a level ``region_code``, one row a region.

    Returns
    -------
    DataFrame
        Without provinces and the nation.
    """
    flat = frame.set_axis(frame.index.get_level_values("region_code").astype(str))
    # An array: an empty list would choose columns.
    return flat[np.array([catalog.region(code).level == "city" for code in flat.index], bool)]


def group_name(codes: Iterable[object], language: Language) -> str:
    """Name a group of cities: of one province, or of the data package.

    Parameters
    ----------
    codes : iterable of str
        Six-digit codes of cities.
    language : {"zh", "en"}
        Language of the name.

    Returns
    -------
    str
        The number of cities with what they have in common.

    Examples
    --------
    >>> group_name(["410300", "410100"], "en"), group_name(["410300", "420600"], "zh")
    ('2 units of Henan', '数据包中的2个城市')
    """
    listed = [str(code) for code in codes]
    parents = {catalog.region(code).parent for code in listed}
    count = len(listed)
    if len(parents) == 1:
        (parent,) = parents
        return say(
            f"{catalog.region_name(parent, 'zh')}{count}个地区",
            f"{count} {'unit' if count == 1 else 'units'} of {short(parent, 'en')}",
            language,
        )
    return say(f"数据包中的{count}个城市", f"{count} cities of the data package", language)


def place(values: pd.Series[Any], region: str, language: Language, *, decimals: int) -> str:
    """Say where a region stands among others, the largest first.

    Parameters
    ----------
    values : Series
        By region; NaN is left out.
    region : str
        The region, one of them.
    language : {"zh", "en"}
        Language of the words.
    decimals : int
        Digits shown to the reader: what is printed alike is a tie.

    Returns
    -------
    str
        A place; empty where the region has no value.

    Examples
    --------
    >>> values = pd.Series({"410300": 6.0, "410100": 6.0, "410600": 6.6})
    >>> place(values, "410300", "zh", decimals=1), place(values, "410600", "en", decimals=1)
    ('并列第2位', '1st')
    """
    shown = values.dropna().round(decimals)
    if region not in shown.index:
        return ""
    ahead = int(shown.gt(shown[region]).sum()) + 1
    tied = int(shown.eq(shown[region]).sum()) > 1
    if language == "zh":
        return f"{'并列' if tied else '居'}第{ahead}位"
    ending = "th" if ahead % 100 in (11, 12, 13) else ONES.get(ahead % 10, "th")
    return f"{'joint ' if tied else ''}{ahead}{ending}"
