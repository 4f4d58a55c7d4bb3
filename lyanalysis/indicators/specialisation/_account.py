"""Inequality between regions by year, in the usual measures side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lyanalysis.indicators.specialisation._gini import gini
from lyanalysis.indicators.specialisation._krugman import hoover
from lyanalysis.indicators.specialisation._theil_groups import theil_decomposition


def inequality_account(
    per_head: pd.DataFrame, *, population: pd.DataFrame, groups: pd.Series[str]
) -> pd.DataFrame:
    r"""Account of inequality between regions (地区差异核算).

    Inequality of levels per head between regions, weighted by people, with its parts between and
    within groups of regions.

    各年以人口加权的地区差异：基尼系数、泰尔T指数及其组间和组内部分、总量与人口分布的胡佛指数；都以0为各地
    相同，基尼系数和胡佛指数小于1。

    Parameters
    ----------
    per_head : DataFrame
        One row a year, one column a region; levels per head, 0 or more.
    population : DataFrame, keyword-only
        Persons, the same labels.
    groups : Series, keyword-only
        Group of each region, such as its province.

    Returns
    -------
    DataFrame
        By year: ``gini``, ``theil_t``, ``theil_between`` and ``theil_within``, NaN where all
        regions are of one group, and ``hoover``, of the totals against population. NaN in a year
        in which a region is missing.

    Raises
    ------
    ValueError
        As `gini` and `theil_decomposition`.

    Notes
    -----
    No formula of its own: `gini`, `theil_decomposition` and `hoover`.

    References
    ----------
    Shorrocks, A. F. (1980). The class of additively decomposable inequality measures.
    Econometrica 48(3), 613-625.

    Examples
    --------
    >>> years = pd.Index([2024], name="year")
    >>> levels = pd.DataFrame({"A": [1.0], "B": [3.0]}, years)
    >>> people = pd.DataFrame({"A": [1.0], "B": [1.0]}, years)
    >>> found = inequality_account(levels, population=people, groups=pd.Series({"A": 1, "B": 2}))
    >>> print(*found.loc[2024, ["gini", "hoover"]])
    0.25 0.25
    """
    parts = theil_decomposition(per_head, groups, weights=population)
    several = len(set(groups.reindex(per_head.columns))) > 1
    return pd.DataFrame(
        {
            "gini": gini(per_head, weights=population)["gini"],
            "theil_t": parts["total"],
            "theil_between": parts["between"] if several else np.nan,
            "theil_within": parts["within"] if several else np.nan,
            "hoover": hoover(per_head * population, reference=population),
        },
        index=per_head.index,
    )
