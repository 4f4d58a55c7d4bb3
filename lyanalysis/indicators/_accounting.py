"""Growth accounting in one call, for each set of figures that statistics publish."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    aligned,
    by_row,
    divide,
    flags,
    per_row,
    read,
    read_growth,
    read_levels,
    read_parts,
    read_shares,
)

# Percentage points. Growth is published to one decimal: half a unit in the total and, weighted by
# shares that sum to one, half a unit in the parts. The rest is binary noise.
ROUNDING = 0.1 + 1e-9

# Percent. Own rule: published growth is rounded to 0.1, so below 0.5 the rounding alone moves a
# contribution by a tenth and more, and at zero it has no value; the pull stays exact.
LEAST_TOTAL_GROWTH = 0.5


def earlier_share(share: FloatArray, growth: FloatArray, total_growth: FloatArray) -> FloatArray:
    """Share at the start from the share at the end, percent."""
    # The ratio first: equal growth must leave the share as it is, to the last digit.
    return share * divide(100 + total_growth, 100 + growth)


def share_of_growth(pull: FloatArray, total_growth: FloatArray) -> FloatArray:
    """Contribution in percent, NaN where total growth is near zero."""
    near_zero = np.abs(total_growth) < LEAST_TOTAL_GROWTH
    return divide(100 * pull, np.where(near_zero, 0.0, total_growth))


def account_growth_from_levels(
    previous: Row | pd.DataFrame,
    current: Row | pd.DataFrame,
    *,
    total_previous: float | Row | None = None,
    total_current: float | Row | None = None,
) -> pd.DataFrame:
    r"""Account for growth from levels of two years at CONSTANT prices.

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
    r"""Account for growth from this year's levels and published growth rates.

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
        As `account_growth_from_levels`; with `prices` "current" every row has the flag
        "current_price_level".

    Raises
    ------
    ValueError
        A negative level, growth of -100 percent or less, or labels that differ.

    Notes
    -----
    .. math:: y_{i0} = \frac{y_{i1}}{1 + g_i / 100}, \qquad p_i = g_i \frac{y_{i0}}{Y_0}

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
    r"""Account for growth from published shares and growth rates.

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
    .. math:: s_{i0} = s_{i1} \frac{1 + G / 100}{1 + g_i / 100}, \qquad p_i = s_{i0} g_i / 100

    End shares are shares in current prices: beside real growth the result is an approximation.
    Overlapping aggregates may be given as parts; their pulls must not be added.

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
    near_zero = np.abs(total) < LEAST_TOTAL_GROWTH
    columns = {
        "previous_share": previous_share,
        "share": share,
        "growth": growth,
        "pull": pull,
        "contribution": share_of_growth(pull, total),
        "flag": flags(
            (near_zero, "growth_near_zero"),
            ((total < 0) & ~near_zero, "growth_negative"),
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


def accounting_residual(account: pd.DataFrame, total_growth: float | Row) -> float | pd.Series[Any]:
    """Total growth that the pulls of the parts leave unexplained.

    Parameters
    ----------
    account : DataFrame
        What an ``account_growth_from_...`` function returned.
    total_growth : float, or one for each row of the account before it was split into parts
        Percent, above -100.

    Returns
    -------
    float or Series
        Percentage points, total growth minus the sum of pulls; a Series by row label where the
        account has rows. NaN where a pull or total growth is missing.

    Raises
    ------
    ValueError
        No column "pull", no index level "part", or labels that differ.

    Notes
    -----
    Rounded growth rates leave up to 0.1; more means parts that are not exhaustive or overlap.

    Examples
    --------
    >>> account = account_growth_from_levels([50.0, 50.0], [60.0, 50.0])
    >>> accounting_residual(account, 10.5)
    0.5
    """
    if "pull" not in account.columns or account.index.names[-1] != "part":
        raise ValueError(
            'account: has no column "pull" or no last index level "part"; give what an '
            "account_growth_from_... function returned"
        )
    pulls = account["pull"]
    rows = list(range(account.index.nlevels - 1))
    if rows:
        sums = pulls.groupby(level=rows, sort=False, dropna=False).sum(skipna=False)
        explained = read("account", sums.to_frame())
    else:
        explained = read("account", pulls.sum(skipna=False))
    total = per_row(read_growth("total_growth", total_growth), explained)
    residual: float | pd.Series[Any] = by_row((total - explained.cells)[:, 0], explained)
    return residual


def append_total(account: pd.DataFrame, total_growth: pd.Series[Any]) -> pd.DataFrame:
    """Add to each row's parts a part that is their total.

    Parameters
    ----------
    account : DataFrame
        Result of a function ``account_growth_from_...``: indexed by row labels and "part".
    total_growth : Series
        Published growth of the total, percent, by row label.

    Returns
    -------
    DataFrame
        As `account`, with a last part "total" in every row: sums of shares, pulls and contributions
        (NaN where a part is), the published growth, and flag "beyond_rounding" where growth and
        the sum of pulls differ by more than 0.1 points, else "". A further column residual holds
        that difference in the rows of the total, NaN elsewhere.

    Raises
    ------
    ValueError
        If the last index level of `account` is not "part".

    Notes
    -----
    Growth of the total is the published rate, not the sum of pulls: set side by side they show
    what rounding leaves, see :func:`accounting_residual`.

    Examples
    --------
    >>> account = account_growth_from_shares(
    ...     pd.DataFrame({"old": [60.0], "new": [40.0]}, index=[2025]),
    ...     pd.DataFrame({"old": [2.0], "new": [12.0]}, index=[2025]),
    ...     pd.Series({2025: 6.0}),
    ...     shares_at="start",
    ... )
    >>> append_total(account, pd.Series({2025: 6.0})).loc[(2025, "total"), "pull"].item()
    6.0
    """
    if account.index.names[-1] != "part" or account.index.nlevels < 2:
        raise ValueError('account: expected row labels and "part" as index levels')
    parts = account.index.get_level_values("part").unique()
    columns = {
        name: account[name].unstack("part")[parts].sum(axis=1, skipna=False)
        for name in ("previous_share", "share", "pull", "contribution")
    }
    total = pd.DataFrame(columns).assign(part="total")
    total["growth"] = total_growth.reindex(total.index)
    total["residual"] = total["growth"] - total["pull"]
    total["flag"] = flags((total["residual"].abs() > ROUNDING, "beyond_rounding"))
    names = [*account.columns, "residual"]
    both = pd.concat([account.assign(residual=np.nan), total.set_index("part", append=True)[names]])
    # A year's total belongs after its own parts, not after the last year.
    row = both.groupby(level=list(range(both.index.nlevels - 1)), sort=False).ngroup()
    return both.iloc[np.argsort(row.to_numpy(), kind="stable")]
