"""Structural change period by period, with what crosses a break kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import flags, read
from lyanalysis.indicators._yearly import years_of

LEVELS = ["region_code", "year", "window"]


class _Period(NamedTuple):
    region: Any
    label: str
    start: int
    end: int
    years: int
    crosses_break: bool
    spans_missing_year: bool


def comparable_periods(shares: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Pair the first with the last year of every window, and windows with their successors.

    Parameters
    ----------
    shares : DataFrame
        Index ``(region_code, year, window)``.

    Returns
    -------
    start, end, periods : DataFrame
        Of one index ``(region_code, period)``: structure at either end, and ``years`` between
        them with the ``flag`` of the pair.
    """
    if list(shares.index.names) != LEVELS:
        raise ValueError(f"shares: expected index levels {LEVELS}, got {list(shares.index.names)}")
    read("shares", shares)
    years_of("shares", shares.index.get_level_values("year"))
    complete = _in_time(shares.dropna())
    found = [
        period
        for region, frame in complete.groupby(level="region_code", sort=False)
        for period in _periods(region, frame, complete)
    ]
    index = pd.MultiIndex.from_tuples(
        [(period.region, period.label) for period in found], names=["region_code", "period"]
    )
    start = complete.iloc[[period.start for period in found]].set_axis(index)
    end = complete.iloc[[period.end for period in found]].set_axis(index)
    flag = flags(
        (np.array([period.crosses_break for period in found], dtype=bool), "crosses_break"),
        (np.array([period.spans_missing_year for period in found], dtype=bool), "missing_years"),
    )
    years = np.array([period.years for period in found], dtype=float)
    return start, end, pd.DataFrame({"years": years, "flag": flag}, index=index)


def _in_time(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort the years of every region, regions in the order in which they came."""
    regions = pd.factorize(frame.index.get_level_values("region_code"))[0]
    return frame.iloc[np.lexsort((frame.index.get_level_values("year"), regions))]


def _periods(region: Any, frame: pd.DataFrame, complete: pd.DataFrame) -> Iterator[_Period]:
    """Yield the periods of one region in order of time, with row positions in `complete`."""
    years = complete.index.get_level_values("year")
    windows = [
        complete.index.get_indexer(rows.index)
        for _, rows in frame.groupby(level="window", sort=False)
    ]
    for position, rows in enumerate(windows):
        first, last = int(rows[0]), int(rows[-1])
        if first != last:
            span = int(years[last] - years[first])
            label = f"{years[first]}–{years[last]}"
            yield _Period(region, label, first, last, span, False, span != len(rows) - 1)
        if position + 1 == len(windows):
            continue
        following = int(windows[position + 1][0])
        span = int(years[following] - years[last])
        # A year published on both sides of a break links them: its revision is not a change.
        if span > 0:
            label = f"{years[last]}→{years[following]}"
            yield _Period(region, label, last, following, span, True, span > 1)
