"""Series by year that can be continued: without gaps, and long enough."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import FloatArray
from lyanalysis.indicators._yearly import YearArray, read_yearly


class Track(NamedTuple):
    """One series from its first to its last known year.

    Attributes
    ----------
    first : int
        Position of its first known year among the years of all series.
    values : array of float
        As given, or their natural logarithms; empty where there are none or they are refused.
    flag : str
        Why the series is refused, else "".
    """

    first: int
    values: FloatArray
    flag: str


class Tracks(NamedTuple):
    """Series on one row of consecutive years.

    Attributes
    ----------
    years : array of int
        From the first to the last year given, none left out.
    observed : array of float, years x series
        As given, NaN in years that are not.
    labels : pandas.Index
    single : bool
        Whether one Series was given rather than a frame.
    tracks : list of Track
    """

    years: YearArray
    observed: FloatArray
    labels: pd.Index[Any]
    single: bool
    tracks: list[Track]


def read_tracks(values: pd.Series[Any] | pd.DataFrame, *, least_years: int, logs: bool) -> Tracks:
    """Read `values`; a series that cannot be continued is flagged, not refused by exception."""
    yearly = read_yearly("values", values)
    if not len(yearly.years):
        raise ValueError("values: holds no years; give at least one row")
    years = np.arange(yearly.years[0], yearly.years[-1] + 1)
    observed = np.full((len(years), len(yearly.labels)), np.nan)
    observed[yearly.years - years[0]] = yearly.cells
    tracks = [_track(column, least_years, logs=logs) for column in observed.T]
    return Tracks(years, observed, yearly.labels, yearly.single, tracks)


def _track(column: FloatArray, least_years: int, *, logs: bool) -> Track:
    known = np.flatnonzero(~np.isnan(column))
    nothing = np.empty(0)
    if len(known) and len(known) != known[-1] - known[0] + 1:
        return Track(0, nothing, "years_missing")
    if len(known) < least_years:
        return Track(0, nothing, "series_too_short")
    values = column[known]
    if logs and (values <= 0).any():
        return Track(0, nothing, "not_positive")
    return Track(int(known[0]), np.log(values) if logs else values, "")


def exponential(logarithms: FloatArray) -> FloatArray:
    """Return to levels; NaN where they are beyond the largest number."""
    levels = np.full(logarithms.shape, np.nan)
    np.exp(logarithms, out=levels, where=logarithms < 700)
    return levels
