"""Formulas for checks on how plants and programmes run: pace, effort, streaks, days."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    aligned,
    by_cell,
    divide,
    read,
    read_growth,
    read_levels,
    refuse,
)

T = TypeVar("T", float, "pd.Series[Any]", pd.DataFrame)
"""A number, a row of numbers or a frame; what comes out has the shape of what went in."""


def line_capacity(takt: T, hours: T) -> T:
    r"""Pieces one line delivers without any stop: an upper bound.

    Parameters
    ----------
    takt : float, 1-D sequence or DataFrame
        Seconds a piece, above 0.
    hours : as `takt`
        Hours of operation, 0 or more; a year has 8760.

    Returns
    -------
    float, Series or DataFrame
        Pieces; NaN where an input is missing or the takt is 0.

    Raises
    ------
    ValueError
        A negative value, or labels that differ.

    Notes
    -----
    .. math:: c = 3600 h / t

    Examples
    --------
    >>> line_capacity(150.0, 8760.0)
    210240.0
    """
    pace, time = aligned(read_levels("takt", takt), read_levels("hours", hours))
    result: T = by_cell(divide(3600 * time.cells, pace.cells), pace)
    return result


def unit_input_from_productivity(gain: T) -> T:
    r"""Change of time or labour for one piece when productivity rises.

    Parameters
    ----------
    gain : float, 1-D sequence or DataFrame
        Rise of output for one unit of input, percent, above -100.

    Returns
    -------
    float, Series or DataFrame
        Percent; negative where productivity rose. NaN where it is missing.

    Raises
    ------
    ValueError
        A gain of -100 percent or less.

    Notes
    -----
    .. math:: u = 100 \left(\frac{1}{1 + g / 100} - 1\right)

    Examples
    --------
    >>> print(f"{unit_input_from_productivity(19.0):.1f}")
    -16.0
    """
    rate = read_growth("gain", gain)
    result: T = by_cell(divide(-100 * rate.cells, 100 + rate.cells), rate)
    return result


def throughput_from_cycle(reduction: T) -> T:
    r"""Change of output for a time when the cycle gets shorter and nothing else limits it.

    Parameters
    ----------
    reduction : float, 1-D sequence or DataFrame
        Shortening of the cycle, percent, below 100; a positive number.

    Returns
    -------
    float, Series or DataFrame
        Percent; NaN where the reduction is missing.

    Raises
    ------
    ValueError
        A reduction of 100 percent or more.

    Notes
    -----
    .. math:: t = 100 \left(\frac{1}{1 - c / 100} - 1\right)

    Examples
    --------
    >>> print(f"{throughput_from_cycle(34.0):.1f}")
    51.5
    """
    cut = read("reduction", reduction)
    refuse(cut, cut.cells >= 100, "a reduction below 100 percent")
    result: T = by_cell(divide(100 * cut.cells, 100 - cut.cells), cut)
    return result


def streak_start(last_year: T, years: T) -> T:
    r"""First year of an unbroken run of years.

    Parameters
    ----------
    last_year : float, 1-D sequence or DataFrame
        Last year of the run.
    years : as `last_year`
        Length of the run, 0 or more.

    Returns
    -------
    float, Series or DataFrame
        A year; NaN where an input is missing.

    Raises
    ------
    ValueError
        A negative length, or labels that differ.

    Notes
    -----
    .. math:: T_0 = T - n + 1

    Examples
    --------
    >>> streak_start(2024.0, 6.0)
    2019.0
    """
    end, length = aligned(read("last_year", last_year), read_levels("years", years))
    result: T = by_cell(end.cells - length.cells + 1, end)
    return result


def weekday(day: T) -> T:
    """Day of the week of a date.

    Parameters
    ----------
    day : float, 1-D sequence or DataFrame
        Dates as numbers, year, month and day: 20250727.

    Returns
    -------
    float, Series or DataFrame
        1 (Monday) to 7 (Sunday); NaN where the date is missing.

    Raises
    ------
    ValueError
        A number that is no date.

    Notes
    -----
    Numbering of ISO 8601.

    Examples
    --------
    >>> weekday(20250727.0)
    7.0
    """
    dates = read("day", day)
    found = np.array([[_isoweekday(cell) for cell in row] for row in dates.cells])
    refuse(dates, found == 0, "a date such as 20250727")
    result: T = by_cell(found, dates)
    return result


def _isoweekday(number: float) -> float:
    """Return 1 to 7, NaN for NaN, 0 for a number that is no date."""
    if np.isnan(number):
        return number
    try:
        return date.fromisoformat(f"{number:.0f}").isoweekday() if number == int(number) else 0
    except ValueError:
        return 0
