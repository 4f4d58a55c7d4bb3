"""Formulas for checks on levels and growth rates: few, general, on printed numbers alone."""

from __future__ import annotations

from typing import Any, TypeVar

import pandas as pd

from lyanalysis.indicators._frames import (
    aligned,
    by_cell,
    divide,
    read,
    read_growth,
    read_levels,
)

T = TypeVar("T", float, "pd.Series[Any]", pd.DataFrame)
"""A number, a row of numbers or a frame; what comes out has the shape of what went in."""


def ratio(numerator: T, denominator: T) -> T:
    r"""One quantity for each unit of another: a share, a multiple, an average, an intensity.

    Parameters
    ----------
    numerator, denominator : float, 1-D sequence or DataFrame
        Quantities in any unit.

    Returns
    -------
    float, Series or DataFrame
        Units of the numerator for one of the denominator; NaN where an input is missing or the
        denominator is 0.

    Raises
    ------
    ValueError
        An infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math:: r = a / b

    Examples
    --------
    >>> ratio(142.0, 320.0)
    0.44375
    """
    above, below = aligned(read("numerator", numerator), read("denominator", denominator))
    result: T = by_cell(divide(above.cells, below.cells), above)
    return result


def difference(minuend: T, subtrahend: T) -> T:
    r"""How much more one quantity is than another.

    Parameters
    ----------
    minuend, subtrahend : float, 1-D sequence or DataFrame
        Quantities in one unit.

    Returns
    -------
    float, Series or DataFrame
        In that unit, percentage points where it is percent; NaN where an input is missing.

    Raises
    ------
    ValueError
        An infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math:: d = a - b

    Examples
    --------
    >>> difference(29.0, 9.0)
    20.0
    """
    first, second = aligned(read("minuend", minuend), read("subtrahend", subtrahend))
    result: T = by_cell(first.cells - second.cells, first)
    return result


def total(first: T, second: T) -> T:
    r"""Two quantities together.

    Parameters
    ----------
    first, second : float, 1-D sequence or DataFrame
        Quantities in one unit that do not overlap.

    Returns
    -------
    float, Series or DataFrame
        In that unit; NaN where an input is missing.

    Raises
    ------
    ValueError
        An infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math:: s = a + b

    Examples
    --------
    >>> total(142.0, 320.0)
    462.0
    """
    one, other = aligned(read("first", first), read("second", second))
    result: T = by_cell(one.cells + other.cells, one)
    return result


def increment(current: T, growth: T) -> T:
    r"""Gain of a level over the period its growth rate covers.

    Parameters
    ----------
    current : float, 1-D sequence or DataFrame
        Levels at the end, 0 or more.
    growth : as `current`
        Percent, above -100.

    Returns
    -------
    float, Series or DataFrame
        In the unit of `current`, negative for a decline; NaN where an input is missing.

    Raises
    ------
    ValueError
        A negative level, growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math:: \Delta L = L - \frac{L}{1 + g / 100}

    The increment of one part by that of the total is the part's contribution.

    Examples
    --------
    >>> print(f"{increment(330.0, 15.7):.1f}")
    44.8
    """
    now, rate = aligned(read_levels("current", current), read_growth("growth", growth))
    result: T = by_cell(divide(now.cells * rate.cells, 100 + rate.cells), now)
    return result


def projected_level(current: T, growth: T) -> T:
    r"""Level reached if a growth rate held for the whole next period: a scenario, no forecast.

    Parameters
    ----------
    current : float, 1-D sequence or DataFrame
        Levels, 0 or more.
    growth : as `current`
        Percent, above -100.

    Returns
    -------
    float, Series or DataFrame
        In the unit of `current`; NaN where an input is missing.

    Raises
    ------
    ValueError
        A negative level, growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math:: L_1 = L_0 (1 + g / 100)

    Examples
    --------
    >>> print(f"{projected_level(46.99, 36.0):.1f}")
    63.9
    """
    now, rate = aligned(read_levels("current", current), read_growth("growth", growth))
    result: T = by_cell(now.cells * (1 + rate.cells / 100), now)
    return result


def nominal_spend_growth(revenue_growth: T, visits_growth: T) -> T:
    r"""Growth of spending for one visit, from growth of revenue and of visits.

    Parameters
    ----------
    revenue_growth, visits_growth : float, 1-D sequence or DataFrame
        Percent, above -100; revenue at current prices.

    Returns
    -------
    float, Series or DataFrame
        Percent at current prices; NaN where an input is missing.

    Raises
    ------
    ValueError
        Growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math:: g = 100 \left(\frac{1 + g_R / 100}{1 + g_V / 100} - 1\right)

    Examples
    --------
    >>> print(f"{nominal_spend_growth(16.02, 13.48):.2f}")
    2.24
    """
    revenue, visits = aligned(
        read_growth("revenue_growth", revenue_growth), read_growth("visits_growth", visits_growth)
    )
    quotient = divide(100 + revenue.cells, 100 + visits.cells)
    result: T = by_cell(100 * (quotient - 1), revenue)
    return result


def marginal_spend(revenue: T, revenue_growth: T, visits: T, visits_growth: T) -> T:
    r"""Revenue that came with each visit more.

    Parameters
    ----------
    revenue, visits : float, 1-D sequence or DataFrame
        Levels at the end, 0 or more.
    revenue_growth, visits_growth : as `revenue`
        Percent, above -100, over the same period.

    Returns
    -------
    float, Series or DataFrame
        Unit of `revenue` for one of `visits`; NaN where visits did not change.

    Raises
    ------
    ValueError
        A negative level, growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math:: m = \Delta R / \Delta V

    Both increments are implied from growth rates, so rounding of a small rate weighs heavily.

    Examples
    --------
    >>> print(f"{marginal_spend(1208.59, 16.02, 1.53, 13.48):.0f}")
    918
    """
    return ratio(increment(revenue, revenue_growth), increment(visits, visits_growth))
