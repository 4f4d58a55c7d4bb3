"""Which way the share of an official aggregate moves, and when that cannot be said."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._accounting import earlier_share
from lyanalysis.indicators._frames import (
    Row,
    aligned,
    flags,
    per_row,
    read,
    read_growth,
    read_shares,
    refuse,
)

# Percentage points. Differences of published figures carry binary noise in the 15th digit; a
# drift of exactly the threshold must not depend on it.
_NOISE = 1e-9


def share_drift(
    share: Row,
    growth: Row,
    total_growth: float | Row,
    last_share: Row,
    *,
    threshold: float = 1.0,
) -> pd.DataFrame:
    r"""Read published shares of industrial aggregates together with their growth.

    Parameters
    ----------
    share : 1-D sequence
        Share of each aggregate in the total, percent, 0 to 100; any labels.
    growth : 1-D sequence
        Its growth, percent, above -100.
    total_growth : float or 1-D sequence
        Growth of the total, percent, above -100.
    last_share : 1-D sequence
        Share published before, percent, 0 to 100; NaN where there is none.
    threshold : float, keyword-only
        Largest drift with which a direction is claimed, percentage points, 0 or more.

    Returns
    -------
    DataFrame
        One row for each aggregate: share, growth, total_growth, implied_previous_share,
        last_share (percent); change_on_current_scope (share - implied), published_change (share -
        last), drift (implied - last) and growth_gap (growth - total), percentage points;
        direction: "rising", "falling", "steady", "undetermined"; flag: "" or reasons joined by
        ";": "no_share", "no_growth", "no_earlier_share", "signs_disagree",
        "drift_above_threshold".

    Raises
    ------
    ValueError
        A share outside 0 to 100, growth of -100 percent or less, a negative threshold, or labels
        that differ.

    Notes
    -----
    .. math:: \text{implied} = s \frac{1 + G / 100}{1 + g / 100}

    The drift is what sample, catalogue and prices moved between two publications. A direction is
    claimed only where published change and growth gap have the same sign (both zero: steady) and
    the drift is within the threshold; otherwise it is undetermined, and the flag says why. Own
    rule. The aggregates overlap: their shares must not be added.

    Examples
    --------
    Luoyang 2025, energy-intensive industry: its share stands above that of 2023 although it grew
    less than the total, so no direction is claimed.

    >>> row = share_drift([42.8], [4.3], 8.5, [40.9]).iloc[0]
    >>> print(f"{row['implied_previous_share']:.1f}", row["direction"], row["flag"])
    44.5 undetermined signs_disagree;drift_above_threshold
    """
    limit = read("threshold", threshold)
    refuse(limit, ~(limit.cells >= 0), "a number of percentage points of 0 or more")
    now, rate, last = aligned(
        read_shares("share", share),
        read_growth("growth", growth),
        read_shares("last_share", last_share),
    )
    if now.dimensions != 1:
        raise ValueError("share: give one row of shares, one for each aggregate")
    total = per_row(read_growth("total_growth", total_growth), now, elementwise=True)
    implied = earlier_share(now.cells, rate.cells, total)
    columns = {
        "share": now.cells,
        "growth": rate.cells,
        "total_growth": np.broadcast_to(total, now.cells.shape),
        "implied_previous_share": implied,
        "change_on_current_scope": now.cells - implied,
        "last_share": last.cells,
        "published_change": now.cells - last.cells,
        "drift": implied - last.cells,
        "growth_gap": rate.cells - total,
    }
    result = pd.DataFrame({name: cells[0] for name, cells in columns.items()}, index=now.parts)
    result["flag"] = _reasons(result, float(threshold))
    moves = np.sign(result["published_change"]).map({1.0: "rising", -1.0: "falling", 0.0: "steady"})
    result.insert(len(columns), "direction", moves.where(result["flag"] == "", "undetermined"))
    return result


def _reasons(rows: pd.DataFrame, threshold: float) -> npt.NDArray[np.object_]:
    published, gap = np.sign(rows["published_change"]), np.sign(rows["growth_gap"])
    both = published.notna() & gap.notna()
    return flags(
        (rows["share"].isna(), "no_share"),
        (gap.isna(), "no_growth"),
        (rows["last_share"].isna(), "no_earlier_share"),
        (both & (published != gap), "signs_disagree"),
        (rows["drift"].abs() > threshold + _NOISE, "drift_above_threshold"),
    )
