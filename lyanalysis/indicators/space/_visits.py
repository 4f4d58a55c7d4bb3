"""Do visitors spend more, or do more of them come: spend per visit, and growth in two parts."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import Row, aligned, divide, flags, read_growth, read_levels
from lyanalysis.indicators.growth._accounting import near_zero, share_of_growth


@overload
def spend_decomposition(revenue_growth: float, visits_growth: float) -> pd.Series[Any]: ...
@overload
def spend_decomposition(revenue_growth: Row, visits_growth: Row) -> pd.DataFrame: ...
def spend_decomposition(
    revenue_growth: float | Row, visits_growth: float | Row
) -> pd.Series[Any] | pd.DataFrame:
    r"""Decomposition of revenue growth into visits and spend (旅游收入增长的量价分解).

    How much of the growth of tourism revenue comes from more visits, and how much from spending
    more on each.

    把旅游收入增速分解为接待人次和每人次花费两部分，单位为百分点，两部分之和等于收入增速，没有上下限，
    0为没有影响。花费按现价计算，含价格变动。

    Parameters
    ----------
    revenue_growth : float or 1-D sequence
        Growth of revenue at current prices, percent, above -100; any labels.
    visits_growth : float or 1-D sequence
        Growth of visits over the same period, percent, above -100.

    Returns
    -------
    Series (two numbers) or DataFrame
        spend_growth (percent, nominal, for one visit); visits_points and spend_points (percentage
        points); visits_contribution and spend_contribution (percent of revenue growth, NaN where
        that is within 0.5 percent of zero); residual (revenue growth less both, zero but for
        rounding); flag: "growth_near_zero", "growth_negative" (a positive contribution means
        decline), else "".

    Raises
    ------
    ValueError
        Growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math::
        1 + g_R = (1 + g_V)(1 + g_S), \qquad
        p_V = g_R \frac{\ln (1 + g_V)}{\ln (1 + g_R)}, \qquad
        p_S = g_R \frac{\ln (1 + g_S)}{\ln (1 + g_R)}

    The joint effect of more visits and more spending is thereby shared out, the same whichever
    comes first; without it the two growth rates do not add up. Where revenue did not change, the
    quotient is taken at its limit, and both parts cancel. NaN where a rate is missing. Own code:
    two lines.

    References
    ----------
    Ang, B. W. (2005). The LMDI approach to decomposition analysis: a practical guide. Energy
    Policy 33(7), 867-871.

    Examples
    --------
    Luoyang 2024: revenue grew by 16.02 percent, visits by 13.48.

    >>> row = spend_decomposition(16.02, 13.48)
    >>> names = ["spend_growth", "visits_points", "spend_points", "visits_contribution"]
    >>> print(*(f"{row[name]:.2f}" for name in names))
    2.24 13.63 2.39 85.10
    """
    revenue, visits = aligned(
        read_growth("revenue_growth", revenue_growth), read_growth("visits_growth", visits_growth)
    )
    if revenue.dimensions == 2:
        raise ValueError("revenue_growth: a DataFrame; give one number or one row")
    total, more = revenue.cells, visits.cells
    # As a difference first: the same number, but small rates keep their digits.
    spend = divide(100 * (total - more), 100 + more)
    growth = np.log1p(total / 100)
    weight = np.where(growth == 0, 100.0, divide(total, growth))
    parts = {"visits": weight * np.log1p(more / 100), "spend": weight * np.log1p(spend / 100)}
    small = near_zero(total)
    columns = {
        "spend_growth": spend,
        **{f"{name}_points": points for name, points in parts.items()},
        **{f"{name}_contribution": share_of_growth(parts[name], total) for name in parts},
        "residual": total - parts["visits"] - parts["spend"],
        "flag": flags((small, "growth_near_zero"), ((total < 0) & ~small, "growth_negative")),
    }
    result = pd.DataFrame({name: cells[0] for name, cells in columns.items()}, revenue.parts)
    return result if revenue.dimensions == 1 else result.iloc[0].rename(None)


@overload
def spend_per_visit(
    revenue: float, visits: float, *, revenue_step: float = 0.0, visits_step: float = 0.0
) -> pd.Series[Any]: ...
@overload
def spend_per_visit(
    revenue: Row, visits: Row, *, revenue_step: float | Row = 0.0, visits_step: float | Row = 0.0
) -> pd.DataFrame: ...
def spend_per_visit(
    revenue: float | Row,
    visits: float | Row,
    *,
    revenue_step: float | Row = 0.0,
    visits_step: float | Row = 0.0,
) -> pd.Series[Any] | pd.DataFrame:
    r"""Spend per visit (人次花费).

    What tourists leave behind at each visit, with the range that rounding of the figures allows.

    每次到访的花费，单位为收入的单位每人次的单位，不小于0，0为没有花费，无上限；
    按现价计算，并给出公布数四舍五入允许的上下限。

    Parameters
    ----------
    revenue : float or 1-D sequence
        Tourism revenue, 0 or more; any labels.
    visits : float or 1-D sequence
        Visits, 0 or more.
    revenue_step, visits_step : float or 1-D sequence, optional, keyword-only
        Last printed digit of each figure in its unit, 0 or more; 0 means exact.

    Returns
    -------
    Series (numbers) or DataFrame
        spend_per_visit, spend_lower and spend_upper, in units of revenue for one unit of visits.
        NaN where a figure is missing or there are no visits; spend_upper is NaN, unbounded, where
        the visits may round up from 0.

    Raises
    ------
    ValueError
        A negative figure or step, or labels that differ.

    Notes
    -----
    .. math::
        s = \frac{R}{V}, \qquad
        \frac{R - d_R / 2}{V + d_V / 2} \le s \le \frac{R + d_R / 2}{V - d_V / 2}

    Identity. Visits are often printed to two digits: where the ranges of two years overlap, the
    figures cannot tell whether spending rose.

    Examples
    --------
    Revenue of 1208.59 (100 million yuan) over 1.53 (100 million visits):

    >>> row = spend_per_visit(1208.59, 1.53, visits_step=0.01)
    >>> print(*(f"{value:.1f}" for value in row))
    789.9 787.4 792.5
    """
    income, number = aligned(read_levels("revenue", revenue), read_levels("visits", visits))
    if income.dimensions == 2:
        raise ValueError("revenue: a DataFrame; give one number or one row")
    halves = []
    for name, step in (("revenue_step", revenue_step), ("visits_step", visits_step)):
        digit = read_levels(name, step)
        halves.append((aligned(income, digit)[1] if digit.dimensions else digit).cells / 2)
    fewest = number.cells - halves[1]
    columns = {
        "spend_per_visit": divide(income.cells, number.cells),
        "spend_lower": divide(np.maximum(income.cells - halves[0], 0.0), number.cells + halves[1]),
        "spend_upper": divide(income.cells + halves[0], np.where(fewest > 0, fewest, np.nan)),
    }
    result = pd.DataFrame({name: cells[0] for name, cells in columns.items()}, income.parts)
    return result if income.dimensions == 1 else result.iloc[0].rename(None)
