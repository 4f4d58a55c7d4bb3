"""Levels at constant prices, chained from growth, and levels a head."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import aligned, by_cell, divide, read_growth, read_levels
from lyanalysis.indicators._yearly import years_of

# 亿元 over 万人 is 万元 a head; readers are used to yuan.
_YUAN = 10_000


def chained_levels(levels: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame:
    r"""Levels at constant prices, chained (按增速链接的不变价水平).

    Levels of all later years at the prices of one base year, chained by published real growth.

    以基年的现价水平为起点，用公布的实际增速逐年链接得到的各年水平，单位与基年水平相同，大于0，无上限；
    不受以后各年价格变动和普查修订的影响。

    Parameters
    ----------
    levels : DataFrame
        One row a year (index of whole numbers, any order), one column a region; at current prices,
        above 0.
    growth : DataFrame
        Real growth on the previous year, percent, above -100; the same labels.

    Returns
    -------
    DataFrame
        Rows in order of time, from the first to the last year given. The base year is the first in
        which more than half of the regions have a level; NaN before it, for a region without a
        level in it, and from the first missing rate or missing year on.

    Raises
    ------
    ValueError
        A negative level, growth of -100 percent or less, labels that differ or are no years.

    Notes
    -----
    .. math:: y_t = y_0 \prod_{s=1}^{t} (1 + g_s / 100)

    Identity. Levels before and after a census revision cannot be compared, published growth can: it
    is computed on one scope. Rates have one decimal, so an error of up to half a tenth of a point
    enters every year.

    Examples
    --------
    >>> years = pd.Index([2022, 2023, 2024], name="year")
    >>> levels = pd.DataFrame({"A": [100.0, 108.0, 90.0]}, years)
    >>> growth = pd.DataFrame({"A": [3.0, 10.0, 20.0]}, years)
    >>> print(*chained_levels(levels, growth)["A"].round(1))
    100.0 110.0 132.0
    """
    level, rate = aligned(read_levels("levels", levels), read_growth("growth", growth))
    years = years_of("levels", level.rows)
    every = np.arange(years.min(), years.max() + 1) if len(years) else years
    places = np.searchsorted(every, years)
    shape = (len(every), level.cells.shape[1])
    known, rates = np.full(shape, np.nan), np.full(shape, np.nan)
    known[places], rates[places] = level.cells, rate.cells
    chained = np.full(shape, np.nan)
    starts = np.flatnonzero(2 * np.sum(~np.isnan(known), axis=1) > shape[1])
    if len(starts):
        base = int(starts[0])
        factors = 1 + rates[base:] / 100
        factors[0] = 1
        chained[base:] = known[base] * np.cumprod(factors, axis=0)
    index = pd.Index(every, name=level.rows.name)
    return pd.DataFrame(chained, index=index, columns=level.parts)


def per_head(levels: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    r"""Level per head (人均水平).

    Value added, income or spending of a region for each of its residents.

    每个常住人口平均的增加值、收入或支出，元，不小于0，无上限。以年末人口计算，与公报按年平均人口计算的
    人均生产总值略有出入。

    Parameters
    ----------
    levels : DataFrame
        Levels in 亿元, 0 or more; any labels.
    population : DataFrame
        Persons in 万人, 0 or more; the same labels.

    Returns
    -------
    DataFrame
        Yuan a head, 0 (nothing) or more. NaN where either is missing or nobody is counted.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math:: h = 10\,000 \, y / n

    Identity.

    Examples
    --------
    Hebi 2025, 1144.12 for 155.4, where the communiqué prints 73506 on mean population:

    >>> print(f"{per_head(pd.DataFrame([[1144.12]]), pd.DataFrame([[155.4]])).loc[0, 0]:.0f}")
    73624
    """
    level, heads = aligned(read_levels("levels", levels), read_levels("population", population))
    found: pd.DataFrame = by_cell(_YUAN * divide(level.cells, heads.cells), level)
    return found
