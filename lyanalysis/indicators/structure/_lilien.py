"""Spread of growth over industries: the Lilien index and its time-symmetric form."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._apart import ordinary
from lyanalysis.indicators._blocks import by_rows
from lyanalysis.indicators._frames import (
    LEVELS,
    BoolArray,
    FloatArray,
    Row,
    divide,
    flags,
    fractions,
    pair_unchecked,
)


@overload
def lilien(
    start: Row, end: Row, *, weights: Literal["current", "base", "mean"] = "current"
) -> pd.Series[Any]: ...
@overload
def lilien(
    start: pd.DataFrame,
    end: pd.DataFrame,
    *,
    weights: Literal["current", "base", "mean"] = "current",
) -> pd.DataFrame: ...
def lilien(
    start: Row | pd.DataFrame,
    end: Row | pd.DataFrame,
    *,
    weights: Literal["current", "base", "mean"] = "current",
) -> pd.Series[Any] | pd.DataFrame:
    r"""Lilien index (Lilien指数).

    Spread of growth over industries, weighted by their shares.

    各行业对数增长率按比重加权的离散程度，无单位。0为各行业同速增长，越大越不均衡，无上限。

    Parameters
    ----------
    start, end : 1-D sequence (one row) or DataFrame
        Levels (employment, or value added at constant prices), 0 or more. At current prices the
        index also measures how prices spread.
    weights : {"current", "base", "mean"}, keyword-only
        Shares at the end (Lilien 1982), at the start, or their mean: the modified index, which is
        the same read forwards and backwards.

    Returns
    -------
    Series (one row) or DataFrame
        lilien: 0 for balanced growth, no upper bound; share_dropped: percent, the larger of the
        two years' shares of the industries left out; flag: "share_dropped" where an industry is
        zero in either year, else "".

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level, labels that differ, or other weights.

    Notes
    -----
    .. math:: LI = \sqrt{\sum_i s_i (\Delta \ln x_i - \Delta \ln X)^2}

    An industry that is zero in either year has no log growth: it is left out, and shares and the
    total X are those of the industries kept, so that balanced growth among them still gives 0.
    NaN where a level is missing (share_dropped too) or no industry is left.

    References
    ----------
    Lilien, D. M. (1982). Sectoral shifts and cyclical unemployment. Journal of Political Economy
    90(4), 777-793. Ansari, M. R., Mussida, C., Pastore, F. (2014). Note on Lilien and modified
    Lilien index. Stata Journal 14(2), 398-406 (IZA DP 7198).

    Examples
    --------
    >>> result = lilien([500, 100, 200, 200], [1000, 100, 250, 280])
    >>> print(f"{result['lilien']:.6f}")
    0.234732
    """
    if weights not in ("current", "base", "mean"):
        raise ValueError(
            f'weights: {weights!r} is not allowed; expected "current", "base" or "mean"'
        )
    first, last = pair_unchecked(start, end)
    spread = partial(_spread, weights=weights)
    index, dropped, incomplete = by_rows(spread, (first, LEVELS), (last, LEVELS)).T
    result = pd.DataFrame(
        {
            "lilien": index,
            "share_dropped": dropped,
            "flag": flags((incomplete > 0, "share_dropped")),
        },
        index=first.rows,
    )
    return result if first.dimensions == 2 else result.iloc[0].rename(None)


def _spread(start: FloatArray, end: FloatArray, *, weights: str) -> FloatArray:
    """Return the index, the share left out and whether anything was left out, for each row."""
    dropped: FloatArray = np.zeros(len(start))
    incomplete: FloatArray = np.zeros(len(start))
    missing: BoolArray = np.zeros(len(start), dtype=bool)
    # False where a level is missing, too.
    complete = min(np.min(side, initial=np.inf) for side in (start, end)) > 0
    if not complete:
        kept = np.logical_and(start > 0, end > 0)
        missing = np.asarray(np.isnan(start + end).any(axis=1))
        left_out = [100 * np.sum(fractions(side) * ~kept, axis=1) for side in (start, end)]
        dropped = np.where(missing, np.nan, np.fmax(*left_out))
        incomplete = np.where(missing, np.nan, ~kept.all(axis=1))
        start, end = (np.where(kept, side, 0.0) for side in (start, end))
    base, current = (np.sum(side, axis=1, keepdims=True) for side in (start, end))
    if not ordinary(base, current):
        start, end = divide(start, base), divide(end, current)
        base, current = (np.where(total > 0, 1.0, np.nan) for total in (base, current))
    # One stands for "left out": it has no weight.
    ratios = np.divide(end, start) if complete else np.where(kept, divide(end, start), 1.0)
    # Growth beyond that of the total.
    beyond = np.log(ratios, out=ratios)
    beyond -= np.log(divide(current, base))
    spreads = [
        divide(np.einsum("ij,ij,ij->i", side, beyond, beyond), total[:, 0])
        for side, total, counts in (
            (start, base, weights != "current"),
            (end, current, weights != "base"),
        )
        if counts
    ]
    index = np.where(missing, np.nan, np.sqrt(sum(spreads) / len(spreads)))
    return np.column_stack([index, dropped, incomplete])
