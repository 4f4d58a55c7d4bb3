"""Where growth comes from: growth rate, contribution and pull of each part of a total.

Growth rates and shares go in and come out in percent, pull in percentage points. Rows are any
labels (regions, years), columns are the parts; a 1-D sequence is one row. Missing stays missing:
NaN in gives NaN out for that cell, and a total over parts is NaN when one of them is.
"""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    GROWTH,
    LEVELS,
    NUMBERS,
    SHARES,
    VANISHING,
    FloatArray,
    Numbers,
    Row,
    aligned,
    by_cells,
    divide,
    per_row,
    read_growth,
    unchecked,
)
from lyanalysis.indicators.growth._account_total import accounting_residual, append_total
from lyanalysis.indicators.growth._accounting import (
    LEAST_TOTAL_GROWTH,
    account_growth_from_current_levels,
    account_growth_from_levels,
    account_growth_from_shares,
    explainable,
)
from lyanalysis.indicators.growth._average import average_growth
from lyanalysis.indicators.growth._levels import chained_levels, per_head

__all__ = [
    "LEAST_TOTAL_GROWTH",
    "account_growth_from_current_levels",
    "account_growth_from_levels",
    "account_growth_from_shares",
    "accounting_residual",
    "append_total",
    "average_growth",
    "chained_levels",
    "contribution",
    "growth_rate",
    "implied_previous_level",
    "implied_previous_share",
    "per_head",
    "pull",
    "pull_from_contribution",
]


@overload
def growth_rate(current: float, previous: float) -> float: ...
@overload
def growth_rate(current: Row, previous: Row) -> pd.Series[Any]: ...
@overload
def growth_rate(current: pd.DataFrame, previous: pd.DataFrame) -> pd.DataFrame: ...
def growth_rate(current: Numbers, previous: Numbers) -> Numbers:
    r"""Growth rate (增长速度).

    By how much a level has grown over the level before.

    某一水平比上一水平增长的百分数。-100为全部消失，0为不变，无上限。

    Parameters
    ----------
    current, previous : float, 1-D sequence or DataFrame
        Levels in one unit and at one price base, 0 or more. Constant prices give real growth.

    Returns
    -------
    float, Series or DataFrame
        Percent, -100 (vanished) to infinity. NaN where either level is missing or `previous` is 0.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level, or labels that differ.

    Notes
    -----
    .. math:: g = 100 (y_1 - y_0) / y_0

    Identity.

    Examples
    --------
    China's index of new drivers rose from 597.3 to 766.8 in 2022, published as 28.4 percent (NBS):

    >>> print(f"{growth_rate(766.8, 597.3):.1f}")
    28.4
    """
    now, before = aligned(unchecked("current", current), unchecked("previous", previous))
    rate: Numbers = by_cells(_growth, (now, LEVELS), (before, LEVELS))
    return rate


def _growth(now: FloatArray, before: FloatArray, *, out: FloatArray) -> None:
    np.subtract(now, before, out=out)
    divide(np.multiply(100, out, out=out), before, out=out)


@overload
def implied_previous_level(current: float, growth: float) -> float: ...
@overload
def implied_previous_level(current: Row, growth: Row) -> pd.Series[Any]: ...
@overload
def implied_previous_level(current: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame: ...
def implied_previous_level(current: Numbers, growth: Numbers) -> Numbers:
    r"""Implied previous level (倒推的上年水平).

    Level a year earlier on today's scope, backed out of a level and its growth.

    由当年水平和增速倒推、与当年同口径的上年水平，单位与当年水平相同，不小于0，无上限。

    Parameters
    ----------
    current : float, 1-D sequence or DataFrame
        Levels, 0 or more.
    growth : as `current`
        Percent, above -100.

    Returns
    -------
    float, Series or DataFrame
        Levels in the unit of `current`, at the price base of `growth`. NaN where either is missing.

    Raises
    ------
    ValueError
        A negative level, growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math:: y_0 = y_1 / (1 + g / 100)

    Identity. A level at current prices beside real growth makes this an approximation.

    Examples
    --------
    >>> print(f"{implied_previous_level(136.0, 14.2):.1f}")
    119.1
    """
    now, rate = aligned(unchecked("current", current), unchecked("growth", growth))
    level: Numbers = by_cells(_earlier_level, (now, LEVELS), (rate, GROWTH))
    return level


def _earlier_level(now: FloatArray, rate: FloatArray, *, out: FloatArray) -> None:
    np.divide(np.multiply(100, now, out=out), 100 + rate, out=out)


@overload
def implied_previous_share(share: float, growth: float, total_growth: float) -> float: ...
@overload
def implied_previous_share(
    share: Row, growth: Row, total_growth: float | Row
) -> pd.Series[Any]: ...
@overload
def implied_previous_share(
    share: pd.DataFrame, growth: pd.DataFrame, total_growth: float | Row
) -> pd.DataFrame: ...
def implied_previous_share(share: Numbers, growth: Numbers, total_growth: float | Row) -> Numbers:
    r"""Implied previous share (按当年口径倒推的上年比重).

    Share a year earlier on today's scope, backed out of a share, its growth and the total's.

    由当年比重、该部分增速和总体增速倒推、与当年同口径的上年比重，百分数。0为没有该部分；
    正常在100以内，超过100说明三个输入不相容。

    Parameters
    ----------
    share : float, 1-D sequence or DataFrame
        Percent of the total at the end, 0 to 100.
    growth : as `share`
        Percent, above -100.
    total_growth : float, or one for each row of a DataFrame (each value of a sequence)
        Percent, above -100.

    Returns
    -------
    float, Series or DataFrame
        Percent: 0 no such part; above 100 the inputs contradict each other. NaN where one is
        missing.

    Raises
    ------
    ValueError
        A share outside 0 to 100, growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math:: s_0 = s_1 \frac{1 + G / 100}{1 + g / 100}

    Identity. A share at current prices beside real growth makes this an approximation.

    Examples
    --------
    High-technology manufacturing of Luoyang, 2025: 10.4 percent after growing by 61.9.

    >>> print(f"{implied_previous_share(10.4, 61.9, 8.5):.1f}")
    7.0
    """
    end, rate = aligned(unchecked("share", share), unchecked("growth", growth))
    total = per_row(read_growth("total_growth", total_growth), end, elementwise=True)
    start: Numbers = by_cells(_earlier_share, (end, SHARES), (rate, GROWTH), beside=(total,))
    return start


def _earlier_share(
    end: FloatArray, rate: FloatArray, total: FloatArray, *, out: FloatArray
) -> None:
    np.multiply(end, np.divide(100 + total, np.add(100, rate, out=out), out=out), out=out)


@overload
def pull(previous_share: float, growth: float) -> float: ...
@overload
def pull(previous_share: Row, growth: Row) -> pd.Series[Any]: ...
@overload
def pull(previous_share: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame: ...
def pull(previous_share: Numbers, growth: Numbers) -> Numbers:
    r"""Pull on growth (对增长的拉动).

    Points of total growth that come from each part.

    总增速中由各部分带来的百分点。0为没有带来增长，负数为拖累，没有上下限；各部分构成整体时，
    相加等于总增速。

    Parameters
    ----------
    previous_share : float, 1-D sequence or DataFrame
        Percent of the total at the START, 0 or more. The end share is a common error: turn it
        with `implied_previous_share`.
    growth : as `previous_share`
        Percent, -100 or more.

    Returns
    -------
    float, Series or DataFrame
        Percentage points; over an exhaustive partition they sum to total growth.

    Raises
    ------
    ValueError
        A negative share, growth below -100 percent, or labels that differ.

    Notes
    -----
    .. math:: p_i = s_{i0} g_i / 100

    Always defined, also where total growth is zero or negative. NaN where an input is missing.

    References
    ----------
    《统计工作实务》, https://zk.995w.com/K/P?id=903900996

    Examples
    --------
    Heavy industry: 67.2 percent of the total at the end, up 23.6 where the total is up 21.8.

    >>> print(f"{pull(implied_previous_share(67.2, 23.6, 21.8), 23.6):.2f}")
    15.63
    """
    start, rate = aligned(unchecked("previous_share", previous_share), unchecked("growth", growth))
    points: Numbers = by_cells(_hundredth, (start, LEVELS), (rate, VANISHING))
    return points


def _hundredth(one: FloatArray, other: FloatArray, *, out: FloatArray) -> None:
    np.divide(np.multiply(one, other, out=out), 100, out=out)


@overload
def contribution(pull: float, total_growth: float) -> float: ...
@overload
def contribution(pull: Row, total_growth: float | Row) -> pd.Series[Any]: ...
@overload
def contribution(pull: pd.DataFrame, total_growth: float | Row) -> pd.DataFrame: ...
def contribution(pull: Numbers, total_growth: float | Row) -> Numbers:
    r"""Contribution to growth (对增长的贡献率).

    Share of total growth that comes from each part.

    各部分的拉动占总增速的百分数，没有上下限。总体增长时负数为拖累，总体下降时符号相反；
    各部分构成整体时，相加等于100。总增速接近0时没有意义，不作计算。

    Parameters
    ----------
    pull : float, 1-D sequence or DataFrame
        Percentage points of total growth by part.
    total_growth : float, or one for each row of a DataFrame (each value of a sequence)
        Percent, above -100.

    Returns
    -------
    float, Series or DataFrame
        Percent, unbounded; 100 over an exhaustive partition. NaN where total growth is within
        0.5 percent of zero (`LEAST_TOTAL_GROWTH`) or an input is missing.

    Raises
    ------
    ValueError
        An infinite or non-numeric value, total growth of -100 or less, or labels that differ.

    Notes
    -----
    .. math:: c_i = 100 p_i / G

    Where total growth is negative a positive contribution means decline: read the pull instead.

    References
    ----------
    《统计工作实务》, https://zk.995w.com/K/P?id=903900996

    Examples
    --------
    >>> contribution(4.0, 8.0)
    50.0
    >>> contribution(0.3, 0.4)
    nan
    """
    points = unchecked("pull", pull)
    total = per_row(read_growth("total_growth", total_growth), points, elementwise=True)
    percent: Numbers = by_cells(_part_of, (points, NUMBERS), beside=(explainable(total),))
    return percent


def _part_of(points: FloatArray, total: FloatArray, *, out: FloatArray) -> None:
    np.divide(np.multiply(100, points, out=out), total, out=out)


@overload
def pull_from_contribution(contribution: float, total_growth: float) -> float: ...
@overload
def pull_from_contribution(contribution: Row, total_growth: float | Row) -> pd.Series[Any]: ...
@overload
def pull_from_contribution(
    contribution: pd.DataFrame, total_growth: float | Row
) -> pd.DataFrame: ...
def pull_from_contribution(contribution: Numbers, total_growth: float | Row) -> Numbers:
    r"""Pull behind a published contribution (由贡献率推算的拉动).

    Points of total growth that a published contribution stands for.

    由公布的贡献率和总增速推算的拉动，百分点，没有上下限；负数为拖累。

    Parameters
    ----------
    contribution : float, 1-D sequence or DataFrame
        Percent of total growth.
    total_growth : float, or one for each row of a DataFrame (each value of a sequence)
        Percent, above -100.

    Returns
    -------
    float, Series or DataFrame
        Percentage points. NaN where an input is missing.

    Raises
    ------
    ValueError
        An infinite or non-numeric value, total growth of -100 or less, or labels that differ.

    Notes
    -----
    .. math:: p_i = c_i G / 100

    Identity: the definition of the contribution, solved for the pull.

    Examples
    --------
    >>> pull_from_contribution(50.0, 8.0)
    4.0
    """
    percent = unchecked("contribution", contribution)
    total = per_row(read_growth("total_growth", total_growth), percent, elementwise=True)
    points: Numbers = by_cells(_hundredth, (percent, NUMBERS), beside=(total,))
    return points
