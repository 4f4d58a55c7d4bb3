"""Growth accounting in one call, for each set of figures that statistics publish."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    BoolArray,
    FloatArray,
    Row,
    Table,
    aligned,
    divide,
    flags,
    per_row,
    read_growth,
    read_levels,
    read_parts,
    read_shares,
)

# Percent. Own rule: published growth is rounded to 0.1, so below 0.5 the rounding alone moves a
# contribution by a tenth and more, and at zero it has no value; the pull stays exact.
LEAST_TOTAL_GROWTH = 0.5

# Growth of exactly the least, computed from levels, must not depend on its last binary digits.
_NOISE = 1e-9


def earlier_share(share: FloatArray, growth: FloatArray, total_growth: FloatArray) -> FloatArray:
    """Share at the start from the share at the end, percent."""
    # The ratio first: equal growth must leave the share as it is, to the last digit.
    return share * divide(100 + total_growth, 100 + growth)


def share_of_growth(pull: FloatArray, total_growth: FloatArray) -> FloatArray:
    """Contribution in percent, NaN where total growth is near zero."""
    percent: FloatArray = 100 * pull / explainable(total_growth)
    return percent


def explainable(total_growth: FloatArray) -> FloatArray:
    """Total growth, NaN where it is near zero."""
    return np.where(near_zero(total_growth), np.nan, total_growth)


def near_zero(total_growth: FloatArray) -> BoolArray:
    """Mark growth too small to be divided by; exactly the least is enough, whatever its noise."""
    small: BoolArray = np.abs(total_growth) < LEAST_TOTAL_GROWTH - _NOISE
    return small


def account_growth_from_levels(
    previous: Row | pd.DataFrame,
    current: Row | pd.DataFrame,
    *,
    total_previous: float | Row | None = None,
    total_current: float | Row | None = None,
) -> pd.DataFrame:
    r"""Growth account from levels (按不变价水平的增长核算).

    Shares, growth, pull and contribution of each part, from levels of two years at CONSTANT
    prices.

    由两年的不变价水平计算各部分的比重、增速、拉动和贡献率。比重不小于0，增速不小于-100，
    单位均为百分数；拉动为百分点，负数为拖累，与贡献率一样没有上下限。

    Parameters
    ----------
    previous, current : 1-D sequence (one row) or DataFrame
        Levels of the parts in one unit and at one price base, 0 or more.
    total_previous, total_current : float, or one for each row, optional
        Totals where the parts are not exhaustive; without them the sum of the parts.

    Returns
    -------
    DataFrame
        Indexed by the row labels and "part"; columns previous_share, share, growth, contribution
        (percent), pull (percentage points) and flag: "", "growth_near_zero" (contribution is
        NaN), "growth_negative" (a positive contribution means decline), joined by ";".

    Raises
    ------
    ValueError
        A negative level, labels that differ, or one total without the other.

    Notes
    -----
    .. math::
        p_i = 100 \frac{y_{i1} - y_{i0}}{Y_0}, \qquad
        c_i = 100 \frac{y_{i1} - y_{i0}}{Y_1 - Y_0}

    A part that is new has no growth rate, but a pull. A missing part is NaN; where the total is
    the sum of the parts it is then NaN too, and all that depends on it.

    References
    ----------
    《统计工作实务》, https://zk.995w.com/K/P?id=903900996

    Examples
    --------
    >>> account = account_growth_from_levels([50.0, 50.0], [60.0, 50.0])
    >>> account[["growth", "pull", "contribution"]].to_numpy().tolist()
    [[20.0, 10.0, 100.0], [0.0, 0.0, 0.0]]
    """
    before = read_parts(read_levels("previous", previous))
    before, now = aligned(before, read_levels("current", current))
    if total_previous is None or total_current is None:
        if total_previous is not total_current:
            raise ValueError("total_previous, total_current: give both totals or neither")
        first, last = (np.sum(side.cells, axis=1, keepdims=True) for side in (before, now))
    else:
        first = per_row(read_levels("total_previous", total_previous), before)
        last = per_row(read_levels("total_current", total_current), before)
    change = 100 * (now.cells - before.cells)
    return _account(
        before,
        divide(100 * (last - first), first),
        previous_share=divide(100 * before.cells, first),
        share=divide(100 * now.cells, last),
        growth=divide(change, before.cells),
        pull=divide(change, first),
    )


def account_growth_from_current_levels(
    current: Row | pd.DataFrame,
    growth: Row | pd.DataFrame,
    total_current: float | Row,
    total_growth: float | Row,
    *,
    prices: Literal["current", "constant"] = "current",
) -> pd.DataFrame:
    r"""Growth account from current levels (按当年水平与增速的增长核算).

    Shares, growth, pull and contribution of each part, from this year's levels and published
    growth rates.

    由当年水平和公布的增速计算各部分的比重、增速、拉动和贡献率。比重不小于0，增速大于-100，
    单位均为百分数；拉动为百分点，负数为拖累，与贡献率一样没有上下限。

    Parameters
    ----------
    current : 1-D sequence (one row) or DataFrame
        Levels of the parts at the end, 0 or more.
    growth : as `current`
        Percent, above -100.
    total_current : float, or one for each row
        Level of the total at the end, in the unit of `current`.
    total_growth : float, or one for each row
        Percent, above -100.
    prices : {"current", "constant"}, keyword-only
        "constant" where the levels are at the price base of the growth rates.

    Returns
    -------
    DataFrame
        Indexed by the row labels and "part"; columns previous_share, share, growth, contribution
        (percent), pull (percentage points) and flag: "growth_near_zero" (contribution is NaN),
        "growth_negative" (a positive contribution means decline), "current_price_level" (in every
        row unless `prices` is "constant"), joined by ";".

    Raises
    ------
    ValueError
        A negative level, growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math::
        y_{i0} = \frac{y_{i1}}{1 + g_i / 100}, \qquad p_i = g_i \frac{y_{i0}}{Y_0},
        \qquad c_i = 100 p_i / G

    Real growth beside a level at current prices is an approximation: the share at the start is
    valued at end prices. Published growth is rounded, so the pulls differ from total growth a
    little (`accounting_residual`); nothing is forced. A missing part is NaN alone.

    References
    ----------
    《统计工作实务》, https://zk.995w.com/K/P?id=903900996

    Examples
    --------
    Luoyang 2025: pulls of the three sectors, which sum to 6.0 as published.

    >>> account = account_growth_from_current_levels(
    ...     [230.71, 2470.63, 3463.18], [3.9, 6.2, 6.0], 6164.52, 6.0
    ... )
    >>> [f"{points:.2f}" for points in account["pull"]]
    ['0.15', '2.48', '3.37']
    """
    now = read_parts(read_levels("current", current))
    now, rate = aligned(now, read_growth("growth", growth))
    total = per_row(read_levels("total_current", total_current), now)
    total_rate = per_row(read_growth("total_growth", total_growth), now)
    share = divide(100 * now.cells, total)
    start = earlier_share(share, rate.cells, total_rate)
    return _account(
        now,
        total_rate,
        previous_share=start,
        share=share,
        growth=rate.cells,
        pull=start * rate.cells / 100,
        prices=prices,
    )


def account_growth_from_shares(
    share: Row | pd.DataFrame,
    growth: Row | pd.DataFrame,
    total_growth: float | Row,
    *,
    shares_at: Literal["start", "end"],
) -> pd.DataFrame:
    r"""Growth account from shares (按比重与增速的增长核算).

    Shares, growth, pull and contribution of each part, from published shares and growth rates.

    由公布的比重和增速计算各部分的比重、增速、拉动和贡献率。比重不小于0，增速不小于-100，
    单位均为百分数；拉动为百分点，负数为拖累，与贡献率一样没有上下限。

    Parameters
    ----------
    share : 1-D sequence (one row) or DataFrame
        Percent of the total, 0 to 100.
    growth : as `share`
        Percent, above -100; -100 is allowed with shares at the start.
    total_growth : float, or one for each row
        Percent, above -100.
    shares_at : {"start", "end"}, keyword-only
        The year of `share`. Multiplying an end share by growth is a common error.

    Returns
    -------
    DataFrame
        As `account_growth_from_levels`; the share of the other year is the implied one.

    Raises
    ------
    ValueError
        A share outside 0 to 100, growth out of range, or labels that differ.

    Notes
    -----
    .. math::
        s_{i0} = s_{i1} \frac{1 + G / 100}{1 + g_i / 100}, \qquad p_i = s_{i0} g_i / 100,
        \qquad c_i = 100 p_i / G

    End shares are shares in current prices: beside real growth the result is an approximation.
    Overlapping aggregates may be given as parts; their pulls must not be added.

    References
    ----------
    《统计工作实务》, https://zk.995w.com/K/P?id=903900996

    Examples
    --------
    >>> account = account_growth_from_shares([40.0, 60.0], [5.0, 10.0], 8.0, shares_at="start")
    >>> account["contribution"].tolist()
    [25.0, 75.0]
    """
    if shares_at not in ("start", "end"):
        raise ValueError(f'shares_at: {shares_at!r} is not allowed; expected "start" or "end"')
    rate = read_growth("growth", growth, vanishing=shares_at == "start")
    given, rate = aligned(read_parts(read_shares("share", share)), rate)
    total = per_row(read_growth("total_growth", total_growth), given)
    start = end = given.cells
    if shares_at == "end":
        start = earlier_share(end, rate.cells, total)
    else:
        end = start * ((100 + rate.cells) / (100 + total))
    return _account(
        given,
        total,
        previous_share=start,
        share=end,
        growth=rate.cells,
        pull=start * rate.cells / 100,
    )


def _account(
    parts: Table,
    total_growth: FloatArray,
    *,
    previous_share: FloatArray,
    share: FloatArray,
    growth: FloatArray,
    pull: FloatArray,
    prices: str = "constant",
) -> pd.DataFrame:
    """Lay rows by parts out as one row for each part."""
    if prices not in ("current", "constant"):
        raise ValueError(f'prices: {prices!r} is not allowed; expected "current" or "constant"')
    shape = parts.cells.shape
    total = np.broadcast_to(total_growth, shape)
    small = near_zero(total)
    columns = {
        "previous_share": previous_share,
        "share": share,
        "growth": growth,
        "pull": pull,
        "contribution": share_of_growth(pull, total),
        "flag": flags(
            (small, "growth_near_zero"),
            ((total < 0) & ~small, "growth_negative"),
            (np.full(shape, prices == "current"), "current_price_level"),
        ),
    }
    return pd.DataFrame(
        {name: cells.ravel() for name, cells in columns.items()}, index=_account_index(parts)
    )


def _account_index(parts: Table) -> pd.Index[Any]:
    """Row labels, then "part"; one row needs the part alone."""
    if parts.parts.nlevels > 1:
        raise ValueError(f"{parts.name}: parts have labels of several levels; give them one level")
    names = parts.parts.rename("part")
    if parts.dimensions < 2:
        return names
    rows, columns = np.indices(parts.cells.shape)
    levels = [parts.rows.get_level_values(level) for level in range(parts.rows.nlevels)]
    return pd.MultiIndex.from_arrays(
        [*(level.take(rows.ravel()) for level in levels), names.take(columns.ravel())],
        names=[*parts.rows.names, "part"],
    )
