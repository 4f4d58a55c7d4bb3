"""Spread of growth over industries: the Lilien index and its time-symmetric form."""

from __future__ import annotations

from typing import Any, Literal, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import Row, divide, flags, percentages, read_pair


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
    r"""Spread of growth over industries (Lilien index).

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
    first, last = read_pair(start, end)
    missing = np.isnan(first.cells + last.cells).any(axis=1)
    kept = (first.cells > 0) & (last.cells > 0)
    before, after = np.where(kept, first.cells, 0.0), np.where(kept, last.cells, 0.0)
    base, current = percentages(before) / 100, percentages(after) / 100
    weight = {"current": current, "base": base, "mean": (base + current) / 2}[weights]
    # Growth beyond that of the total is the growth of the share; one stands for "left out".
    excess = np.log(np.where(kept, divide(current, base), 1.0))
    index = np.sqrt(np.sum(weight * excess**2, axis=1))
    left_out = [percentages(side.cells) * ~kept for side in (first, last)]
    dropped = np.fmax(*(np.sum(side, axis=1) for side in left_out))
    result = pd.DataFrame(
        {
            "lilien": np.where(missing, np.nan, index),
            "share_dropped": np.where(missing, np.nan, dropped),
            "flag": flags((~missing & ~kept.all(axis=1), "share_dropped")),
        },
        index=first.rows,
    )
    return result if first.dimensions == 2 else result.iloc[0].rename(None)
