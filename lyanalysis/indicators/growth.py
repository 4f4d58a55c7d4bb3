"""Where growth comes from: growth rate, contribution and pull of each part of a total.

Growth rates and shares go in and come out in percent, pull in percentage points. Rows are any
labels (regions, years), columns are the parts; a 1-D sequence is one row. Missing stays missing:
NaN in gives NaN out for that cell, and a total over parts is NaN when one of them is.
"""

from __future__ import annotations

from typing import Any, overload

import pandas as pd

from lyanalysis.indicators._accounting import (
    LEAST_TOTAL_GROWTH,
    account_growth_from_current_levels,
    account_growth_from_levels,
    account_growth_from_shares,
    accounting_residual,
    append_total,
    earlier_share,
    share_of_growth,
)
from lyanalysis.indicators._frames import (
    Numbers,
    Row,
    aligned,
    by_cell,
    divide,
    per_row,
    read,
    read_growth,
    read_levels,
    read_shares,
)

__all__ = [
    "LEAST_TOTAL_GROWTH",
    "account_growth_from_current_levels",
    "account_growth_from_levels",
    "account_growth_from_shares",
    "accounting_residual",
    "append_total",
    "contribution",
    "growth_rate",
    "implied_previous_level",
    "implied_previous_share",
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
    r"""Growth of a level over the level before.

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

    Examples
    --------
    China's index of new drivers rose from 597.3 to 766.8 in 2022, published as 28.4 percent (NBS):

    >>> print(f"{growth_rate(766.8, 597.3):.1f}")
    28.4
    """
    now, before = aligned(read_levels("current", current), read_levels("previous", previous))
    rate: Numbers = by_cell(divide(100 * (now.cells - before.cells), before.cells), now)
    return rate


@overload
def implied_previous_level(current: float, growth: float) -> float: ...
@overload
def implied_previous_level(current: Row, growth: Row) -> pd.Series[Any]: ...
@overload
def implied_previous_level(current: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame: ...
def implied_previous_level(current: Numbers, growth: Numbers) -> Numbers:
    r"""Level a year earlier on today's scope, from a level and its growth.

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

    A level at current prices beside real growth makes this an approximation.

    Examples
    --------
    >>> print(f"{implied_previous_level(136.0, 14.2):.1f}")
    119.1
    """
    now, rate = aligned(read_levels("current", current), read_growth("growth", growth))
    level: Numbers = by_cell(divide(100 * now.cells, 100 + rate.cells), now)
    return level


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
    r"""Share a year earlier on today's scope, from a share, its growth and the total's.

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
        Percent. NaN where an input is missing.

    Raises
    ------
    ValueError
        A share outside 0 to 100, growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math:: s_0 = s_1 \frac{1 + G / 100}{1 + g / 100}

    Examples
    --------
    High-technology manufacturing of Luoyang, 2025: 10.4 percent after growing by 61.9.

    >>> print(f"{implied_previous_share(10.4, 61.9, 8.5):.1f}")
    7.0
    """
    end, rate = aligned(read_shares("share", share), read_growth("growth", growth))
    total = per_row(read_growth("total_growth", total_growth), end, elementwise=True)
    start: Numbers = by_cell(earlier_share(end.cells, rate.cells, total), end)
    return start


@overload
def pull(previous_share: float, growth: float) -> float: ...
@overload
def pull(previous_share: Row, growth: Row) -> pd.Series[Any]: ...
@overload
def pull(previous_share: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame: ...
def pull(previous_share: Numbers, growth: Numbers) -> Numbers:
    r"""Points of total growth that come from each part (拉动).

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

    Examples
    --------
    Heavy industry: 67.2 percent of the total at the end, up 23.6 where the total is up 21.8.

    >>> print(f"{pull(implied_previous_share(67.2, 23.6, 21.8), 23.6):.2f}")
    15.63
    """
    start, rate = aligned(
        read_levels("previous_share", previous_share),
        read_growth("growth", growth, vanishing=True),
    )
    points: Numbers = by_cell(start.cells * rate.cells / 100, start)
    return points


@overload
def contribution(pull: float, total_growth: float) -> float: ...
@overload
def contribution(pull: Row, total_growth: float | Row) -> pd.Series[Any]: ...
@overload
def contribution(pull: pd.DataFrame, total_growth: float | Row) -> pd.DataFrame: ...
def contribution(pull: Numbers, total_growth: float | Row) -> Numbers:
    r"""Share of total growth that comes from each part (贡献率).

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

    Examples
    --------
    >>> contribution(4.0, 8.0)
    50.0
    >>> contribution(0.3, 0.4)
    nan
    """
    points = read("pull", pull)
    total = per_row(read_growth("total_growth", total_growth), points, elementwise=True)
    percent: Numbers = by_cell(share_of_growth(points.cells, total), points)
    return percent


@overload
def pull_from_contribution(contribution: float, total_growth: float) -> float: ...
@overload
def pull_from_contribution(contribution: Row, total_growth: float | Row) -> pd.Series[Any]: ...
@overload
def pull_from_contribution(
    contribution: pd.DataFrame, total_growth: float | Row
) -> pd.DataFrame: ...
def pull_from_contribution(contribution: Numbers, total_growth: float | Row) -> Numbers:
    r"""Points of total growth behind a published contribution (贡献率 to 拉动).

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

    Examples
    --------
    >>> pull_from_contribution(50.0, 8.0)
    4.0
    """
    percent = read("contribution", contribution)
    total = per_row(read_growth("total_growth", total_growth), percent, elementwise=True)
    points: Numbers = by_cell(percent.cells * total / 100, percent)
    return points
