"""What is left of revenue: profit, its margin and its movement."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import aligned, read_levels, unchecked

KEYS = ["region_code", "year"]


def profit_account(profit: pd.Series[Any], revenue: pd.Series[Any]) -> pd.DataFrame:
    r"""Profit margin and growth of profit (利润率和利润增长).

    Profit as a percentage of revenue, and its growth on the year before.

    利润占营业收入的百分数，0为不赚不亏，负数为亏损，没有上下限；利润按当年价格比上年增长的百分数，
    上年不为正数时没有意义，不作计算，变动额以利润的单位另列。

    Parameters
    ----------
    profit : Series
        Index ``(region_code, year)``; profit in any unit, negative for a loss.
    revenue : Series
        The same labels and unit, 0 or more.

    Returns
    -------
    DataFrame
        ``profit_margin`` in percent: 0 breaks even, below 0 a loss; NaN where one of the two is
        missing or revenue is 0. ``profit_change`` on the year before, in the unit of `profit`;
        ``profit_change_percent``, the same in percent, NaN where profit a year earlier was zero or
        a loss. Both are NaN where the year before is missing.

    Raises
    ------
    ValueError
        Other index levels, labels that differ, infinite or non-numeric values, negative revenue.

    Notes
    -----
    .. math:: m = 100 \pi / R, \qquad g = 100 (\pi_1 - \pi_0) / \pi_0, \quad \pi_0 > 0

    Levels at current prices of the firms above scale in each year: the change holds firms that
    crossed the threshold, unlike published growth, which is of one set of firms. Own rule: no
    percentage on a base that is not positive.

    Examples
    --------
    Luoyang 2022 and 2023, above-scale industry, 100 million yuan:

    >>> years = pd.MultiIndex.from_product([["410300"], [2022, 2023]], names=KEYS)
    >>> account = profit_account(
    ...     pd.Series([220.4667, 274.3622], years), pd.Series([None, 4682.0005], years)
    ... )
    >>> account.loc[("410300", 2023)].round(2).tolist()
    [5.86, 53.9, 24.45]
    """
    if list(profit.index.names) != KEYS:
        raise ValueError(f"profit: expected index levels {KEYS}, got {list(profit.index.names)}")
    aligned(unchecked("profit", profit), read_levels("revenue", revenue))
    now, taken = profit.astype(float), revenue.astype(float)
    labels = now.index.to_frame()
    later = pd.MultiIndex.from_frame(labels.assign(year=labels["year"] + 1))
    before = now.set_axis(later).reindex(now.index)
    return pd.DataFrame(
        {
            "profit_margin": 100 * now / taken.where(taken.gt(0), np.nan),
            "profit_change": now - before,
            "profit_change_percent": 100 * (now / before.where(before.gt(0), np.nan) - 1),
        }
    )
