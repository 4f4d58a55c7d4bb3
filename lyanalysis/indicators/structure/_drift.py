"""Which way the share of an official aggregate moves, and when that cannot be said."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

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
from lyanalysis.indicators.growth._accounting import earlier_share

# Percentage points. Differences of published figures carry binary noise in the 15th digit; a
# drift of exactly the threshold must not depend on it.
_NOISE = 1e-9


def share_drift(
    share: Row,
    growth: Row,
    total_growth: float | Row,
    last_share: Row,
    *,
    years_apart: float | Row = 1.0,
    remarks: pd.Series[str] | None = None,
    threshold: float = 1.0,
) -> pd.DataFrame:
    r"""Drift of published shares (公布比重的漂移).

    Reads published shares of industrial aggregates together with their growth, and says which
    way a share moves where that can be said.

    漂移为按当年口径倒推的上年比重减去上次公布的比重，百分点。0为两次公布同口径，绝对值越大，
    样本、目录或价格的变化越大，没有上下限；同时判断比重是升、是降、持平，还是不能判断。

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
    years_apart : float or 1-D sequence, keyword-only
        Years from the share published before to `share`; NaN where there is none.
    remarks : Series of str, keyword-only
        Flags of the loader, codes joined by ";", with the labels of `share`; they are carried on,
        and "crosses_break" among them forbids a direction.
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
        "drift_above_threshold", "earlier_share_not_adjacent", and `remarks`.

    Raises
    ------
    ValueError
        A share outside 0 to 100, growth of -100 percent or less, a negative threshold, or labels
        that differ.

    Notes
    -----
    .. math:: \hat{s} = s \frac{1 + G / 100}{1 + g / 100}, \qquad d = \hat{s} - s'

    The drift d is the implied earlier share less s', the share published before. Where the earlier
    share is that of the year before, the drift is what sample, catalogue and prices moved between
    two publications; where it is older, the drift also holds real change of the years in between. A
    direction is claimed only where the earlier share is adjacent, published change and growth gap
    have the same sign (both zero: steady), the drift is within the threshold and no break lies in
    between; otherwise it is undetermined, and the flag says why. Own rule. The aggregates overlap:
    their shares must not be added.

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
    between_them = read("years_apart", years_apart)
    refuse(between_them, between_them.cells <= 0, "a number of years above 0, or NaN")
    apart = per_row(between_them, now, elementwise=True)
    distant = np.broadcast_to(~(apart <= 1), now.cells.shape)[0]
    reasons = pd.Series(_reasons(result, float(threshold), distant), index=result.index, dtype=str)
    carried = pd.Series("", index=result.index, dtype=str)
    if remarks is not None:
        carried = _matched(remarks, result.index)
    moves = np.sign(result["published_change"]).map({1.0: "rising", -1.0: "falling", 0.0: "steady"})
    silent = reasons.ne("") | carried.str.contains("crosses_break")
    result["direction"] = moves.mask(silent, "undetermined")
    between = np.where(reasons.eq("") | carried.eq(""), "", ";")
    result["flag"] = reasons + between + carried
    return result


def _matched(remarks: pd.Series[str], labels: pd.Index[Any]) -> pd.Series[str]:
    """Bring remarks into the order of the shares; no remark is an empty one."""
    if not isinstance(remarks, pd.Series):
        raise ValueError("remarks: has no labels; expected a Series with the labels of share")
    unmatched = remarks.index.symmetric_difference(labels)
    if len(unmatched) or not remarks.index.is_unique:
        raise ValueError("remarks: expected one remark for each label of share, and no others")
    found = remarks.reindex(labels)
    return found.where(found.notna(), "").astype(str)


def _reasons(
    rows: pd.DataFrame, threshold: float, distant: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    published, gap = np.sign(rows["published_change"]), np.sign(rows["growth_gap"])
    both = published.notna() & gap.notna()
    return flags(
        (rows["share"].isna(), "no_share"),
        (rows["share"].notna() & gap.isna(), "no_growth"),
        (rows["share"].notna() & rows["last_share"].isna(), "no_earlier_share"),
        (both & (published != gap), "signs_disagree"),
        (rows["drift"].abs() > threshold + _NOISE, "drift_above_threshold"),
        (rows["last_share"].notna() & distant, "earlier_share_not_adjacent"),
    )
