"""Average growth over years that two regions have in common."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import BoolArray, FloatArray, read_growth
from lyanalysis.indicators._yearly import YearArray, years_of

COLUMNS = ["years_averaged", "average_growth", "average_growth_beside", "average_gap"]


def average_growth(growth: pd.DataFrame, *, region: str, beside: Mapping[str, str]) -> pd.DataFrame:
    r"""Average growth over the longest common run of years (最长共同时段的年均增速).

    Compound yearly growth of a region and of others over the longest run of years without a gap.

    一个地区与所比地区在双方都有公布数、其间不缺年份的最长一段年份内的年均增速，百分数，大于-100；
    差额为百分点，没有上下限，0为同速，大于0为快于所比地区。

    Parameters
    ----------
    growth : DataFrame
        Growth on the year before in percent, above -100; index years, one column a region.
    region : str
        Column of the region itself.
    beside : mapping of str to str
        Name -> column of each region to compare with.

    Returns
    -------
    DataFrame
        Index ``(region_code, period)``: the region itself, then those beside it, each with its run
        of years as ``"2021–2023"``. ``years_averaged``, how many there are; ``average_growth`` of
        the region and ``average_growth_beside`` of the other over that run, percent;
        ``average_gap``, the first less the second, percentage points. The row of the region itself
        is over its own longest run and has nothing beside it. Without a common year the period is
        "", the figures NaN.

    Raises
    ------
    ValueError
        Growth of -100 percent or less, labels that are no years or occur twice, or a region
        without a column.

    Notes
    -----
    .. math:: \bar g = 100 \left(\prod_{t=1}^{n} (1 + g_t / 100)\right)^{1/n} - 100

    A year that one of the two lacks ends a run: nothing is skipped. Of equally long runs the newest
    is taken. Own rule: which years are averaged.

    Examples
    --------
    >>> growth = pd.DataFrame(
    ...     {"A": [9.0, 4.8, 2.3, 3.5], "B": [None, 6.3, 3.1, 4.1]}, index=[2015, 2021, 2022, 2023]
    ... )
    >>> found = average_growth(growth, region="A", beside={"province": "B"}).round(2)
    >>> found.loc[("B", "2021–2023")].tolist()
    [3.0, 3.53, 4.49, -0.96]
    """
    years = years_of("growth", growth.index)
    if len(set(years.tolist())) < len(years):
        raise ValueError("growth: a year occurs twice; give one row a year")
    names = [region, *beside.values()]
    if missing := [name for name in names if name not in growth.columns]:
        raise ValueError(f"growth: no column {missing[0]!r}; give one for every region compared")
    order = np.argsort(years)
    ordered = growth.iloc[order][list(dict.fromkeys(names))]
    read_growth("growth", ordered)
    rates = {name: ordered[name].to_numpy(dtype=np.float64) for name in ordered.columns}
    others = [None, *(rates[other] for other in beside.values())]
    rows = [_row(years[order], rates[region], other) for other in others]
    periods = [period for period, *_ in rows]
    index = pd.MultiIndex.from_arrays([names, periods], names=["region_code", "period"])
    return pd.DataFrame([figures for _, *figures in rows], index=index, columns=COLUMNS)


def _row(
    years: YearArray, own: FloatArray, other: FloatArray | None
) -> tuple[str, float, float, float, float]:
    known = ~np.isnan(own) if other is None else ~np.isnan(own) & ~np.isnan(other)
    first, last = _longest_run(years, known)
    if first < 0:
        return "", np.nan, np.nan, np.nan, np.nan
    run = slice(first, last + 1)
    mean = _compound(own[run])
    mean_beside = np.nan if other is None else _compound(other[run])
    ends = dict.fromkeys([int(years[first]), int(years[last])])
    period = "–".join(str(year) for year in ends)
    return period, float(last - first + 1), mean, mean_beside, mean - mean_beside


def _longest_run(years: YearArray, known: BoolArray) -> tuple[int, int]:
    """Return first and last position of the longest run, the newest of equals; -1 for none."""
    best, start = (-1, -2), -1
    for place, there in enumerate(known):
        joined = place > 0 and known[place - 1] and years[place] == years[place - 1] + 1
        start = start if joined else place
        if there and place - start >= best[1] - best[0]:
            best = (start, place)
    return best


def _compound(rates: FloatArray) -> float:
    return float(100 * np.prod(1 + rates / 100) ** (1 / len(rates)) - 100)
