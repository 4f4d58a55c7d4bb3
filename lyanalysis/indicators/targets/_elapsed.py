"""How much of a period has passed: years and dates on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from numbers import Real
from typing import Any, TypeAlias, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._beside import beside
from lyanalysis.indicators._frames import FloatArray, Table, by_cell, divide, read, refuse

Time: TypeAlias = "float | date"
Times: TypeAlias = "pd.Series[Any] | Sequence[Time] | FloatArray"


@overload
def time_elapsed(now: Time, first: Time, last: Time) -> float: ...
@overload
def time_elapsed(now: Times, first: Time | Times, last: Time | Times) -> pd.Series[float]: ...
def time_elapsed(
    now: Time | Times, first: Time | Times, last: Time | Times
) -> float | pd.Series[Any]:
    r"""Time elapsed (时间进度).

    Which part of the time allowed for a target has passed.

    规划期已过去的时间占全部时间的百分数。0为起点，100为到期，负数为尚未开始，超过100为已过期。

    Parameters
    ----------
    now : float, date or 1-D sequence of them
        Year or date of the actual figure; any labels.
    first : float, date or 1-D sequence of them
        Year or date of the starting level: for a plan of 2021 to 2025 that is 2020, its base year.
    last : as `first`
        Year or date on which the target is due, not before `first`.

    Returns
    -------
    float or Series
        Percent; 0 at `first`, 100 at `last`, unbounded. NaN where a time is missing or `first` and
        `last` are the same.

    Raises
    ------
    ValueError
        A time that is neither a year from 1 to 9999 nor a date, or a `last` before `first`.

    Notes
    -----
    .. math:: e = 100 \frac{t - t_0}{t_1 - t_0}

    A whole number is the end of that year, the day on which its yearly figure is complete; a date
    is counted to its evening as a fraction of its year, so 30 June 2025 lies at 2024.496 and 31
    December 2025 at 2025. Own definition.

    Examples
    --------
    >>> time_elapsed(2023, 2020, 2025)
    60.0
    >>> from datetime import date
    >>> print(f"{time_elapsed(date(2025, 7, 27), 2024, 2025):.1f}")
    57.0
    """
    table, begin = beside(read_times("now", now), read_times("first", first))
    due = read_times("last", last)
    _, end = beside(table, due)
    wrong = np.broadcast_to(end < begin, table.cells.shape)
    refuse(
        table._replace(name="last", cells=np.broadcast_to(end, table.cells.shape)),
        wrong,
        "a time that is not before first",
    )
    elapsed: float | pd.Series[Any] = by_cell(share_elapsed(table.cells, begin, end), table)
    return elapsed


def share_elapsed(now: FloatArray, first: FloatArray, last: FloatArray) -> FloatArray:
    """Percent of the way from first to last; NaN where there is none."""
    # The quotient first: at the end it is 1, and the share 100, to the last digit.
    return 100 * divide(now - first, last - first)


def read_times(name: str, times: Time | Times | pd.DataFrame) -> Table:
    """Read years and dates as years; a whole number is the end of that year."""
    given: Any
    if isinstance(times, pd.DataFrame):
        given = times.apply(_years)
    elif isinstance(times, pd.Series):
        given = _years(times)
    elif isinstance(times, (date, Real, str)):
        given = _year(times)
    else:
        # A list stays without labels, so that it is matched by position.
        given = _years(pd.Series(times)).to_numpy()
    table = read(name, given)
    wrong = (table.cells < 1) | (table.cells >= 10_000)
    refuse(table, wrong, "a year such as 2025 or 2025.5, or a date")
    return table


def _years(times: pd.Series[Any]) -> pd.Series[Any]:
    if times.dtype.kind == "M":
        moments = times.dt
        days = np.where(moments.is_leap_year, 366, 365)
        years: pd.Series[Any] = moments.year - 1 + moments.day_of_year / days
        return years
    return times.map(_year) if times.dtype == object else times


def _year(time: Any) -> Any:
    """Return a date as a year; anything else is left for the reader of numbers to judge."""
    if time is pd.NaT:
        return np.nan
    if not isinstance(time, date):
        return time
    days = date(time.year, 12, 31).timetuple().tm_yday
    return time.year - 1 + time.timetuple().tm_yday / days
