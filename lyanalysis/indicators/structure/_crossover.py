"""The year in which new growth drivers overtake old ones."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import BoolArray, FloatArray, aligned, read
from lyanalysis.indicators._yearly import years_of


@overload
def crossover_year(old: pd.Series[Any], new: pd.Series[Any], *, hold: int = 2) -> float | None: ...
@overload
def crossover_year(old: pd.DataFrame, new: pd.DataFrame, *, hold: int = 2) -> pd.Series[Any]: ...
def crossover_year(
    old: pd.Series[Any] | pd.DataFrame, new: pd.Series[Any] | pd.DataFrame, *, hold: int = 2
) -> float | pd.Series[Any] | None:
    r"""Crossover year (新旧动能交叉年).

    Year in which the new drivers overtake the old ones, with its fraction.

    新动能超过旧动能的年份，带小数，在所给年份的首末之间。没有能保持的交叉时为空。

    Parameters
    ----------
    old, new : Series, or DataFrame with one column for each region
        Indexed by year, in any order, on one base and scale (shares of one total, or indices of one
        base year).
    hold : int, keyword-only
        Years in a row, the first included, in which `new` must be above `old`.

    Returns
    -------
    float or None
        The year with its fraction, linearly interpolated; None where no crossing is seen that
        holds. For DataFrames a Series by column, NaN for none.

    Raises
    ------
    ValueError
        Years that are not whole numbers or are repeated, labels that differ, or `hold`
        below 1.

    Notes
    -----
    Own definition; there is no standard source. With :math:`d = old - new`, t the first year in
    which `new` is above after a year in which it was not,

    .. math:: t_0 + d_{t_0} / (d_{t_0} - d_t), \qquad t_0 = t - 1

    - A crossing that is lost within `hold` years does not count; a later one may.
    - A crossing in the last years cannot be verified over `hold` years: None until it can.
    - A missing year or value is never bridged: a crossing across a gap has no date, and one whose
      `hold` years hold a gap does not count.
    - Nothing is extrapolated: where `new` is above from the first year on, None.
    - Equal values are not above; meeting and parting again is no crossing.

    Examples
    --------
    >>> years = [2018, 2019, 2020, 2021]
    >>> crossover_year(pd.Series([45, 43, 40, 37], years), pd.Series([38, 40, 42, 45], years))
    2019.6
    """
    if isinstance(hold, bool) or not isinstance(hold, int) or hold < 1:
        raise ValueError(f"hold: {hold!r} is not allowed; expected a whole number of 1 or more")
    for name, series in (("old", old), ("new", new)):
        if not isinstance(series, (pd.Series, pd.DataFrame)):
            raise ValueError(f"{name}: has no years; give a Series or DataFrame indexed by year")
        years_of(name, series.index)
    before, after = aligned(read("old", old), read("new", new))
    years = years_of("old", before.rows if before.dimensions == 2 else before.parts)
    order = np.argsort(years)
    gap = before.cells - after.cells
    gap = (gap if before.dimensions == 2 else gap.T)[order]
    dates = _first_crossing(gap, years[order], hold)
    if before.dimensions == 2:
        return pd.Series(dates, index=before.parts)
    crossed = float(dates[0])
    return None if np.isnan(crossed) else crossed


def _first_crossing(gap: FloatArray, years: npt.NDArray[np.int64], hold: int) -> FloatArray:
    """Date the first crossing that holds, for each column; `gap` is old minus new."""
    follows = np.concatenate([[False], np.diff(years) == 1])[:, np.newaxis]
    ahead = (gap < 0) & follows
    crossing = ahead & ~_was_ahead(gap) & (pd.DataFrame(gap).shift(1) >= 0).to_numpy()
    for later in range(1, min(hold, len(years) + 1)):
        crossing &= _shifted(ahead, later)
    at = np.argmax(crossing, axis=0)
    found = crossing.any(axis=0)
    column = np.arange(gap.shape[1])
    start, end = gap[at - 1, column], gap[at, column]
    dates = np.full(gap.shape[1], np.nan)
    dates[found] = years[at[found] - 1] + start[found] / (start[found] - end[found])
    return dates


def _was_ahead(gap: FloatArray) -> BoolArray:
    """Mark rows before which `new` was above when the two last differed."""
    sign = pd.DataFrame(np.sign(gap))
    last: BoolArray = sign.where(sign != 0).ffill().shift(1).eq(-1).to_numpy()
    return last


def _shifted(mask: BoolArray, rows: int) -> BoolArray:
    """Bring later rows forward; what lies beyond the last year is False."""
    forward = np.zeros_like(mask)
    forward[: len(mask) - rows] = mask[rows:]
    return forward
