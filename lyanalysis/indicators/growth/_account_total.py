"""Total of a growth account, and what its parts leave unexplained."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import Row, by_row, flags, per_row, read, read_growth

# Percentage points. Growth is published to one decimal: half a unit in the total and, weighted by
# shares that sum to one, half a unit in the parts. The rest is binary noise.
ROUNDING = 0.1 + 1e-9


def accounting_residual(account: pd.DataFrame, total_growth: float | Row) -> float | pd.Series[Any]:
    r"""Residual of a growth account (增长核算的残差).

    Total growth that the pulls of the parts leave unexplained.

    总增速减去各部分拉动之和，百分点，没有上下限。0为各部分正好解释总增速；绝对值在0.1以内
    可由四舍五入解释，更大说明各部分不全或有重叠。

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
    .. math:: r = G - \sum_i p_i

    Own definition. Rounded growth rates leave up to 0.1; more means parts that are not exhaustive
    or overlap.

    Examples
    --------
    >>> from lyanalysis.indicators.growth import account_growth_from_levels
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


def append_total(account: pd.DataFrame, total_growth: float | Row) -> pd.DataFrame:
    r"""Growth account with its total (附合计的增长核算).

    Adds to the parts of each row a part that is their total.

    在每一行的各部分之后加上合计：比重、拉动和贡献率之和，以及公布的总增速。单位和范围与各部分
    相同；各部分齐全时，比重和贡献率的合计接近100。

    Parameters
    ----------
    account : DataFrame
        Result of a function ``account_growth_from_...``: indexed by row labels and "part".
    total_growth : float, or one for each row of the account before it was split into parts
        Published growth of the total, percent, above -100; NaN where there is none.

    Returns
    -------
    DataFrame
        The parts, then a part "total" in every row: sums of shares and contributions (percent) and
        of pulls (percentage points), NaN where a part is; growth as published (percent); a further
        column residual, growth less the sum of pulls (percentage points), NaN in the other rows;
        flag "beyond_rounding" where the residual is more than 0.1 either way, else "".

    Raises
    ------
    ValueError
        If the last index level of `account` is not "part", or labels that differ.

    Notes
    -----
    .. math:: P = \sum_i p_i, \qquad r = G - P

    Identity. Growth of the total is the published rate, not the sum of pulls: set side by side
    they show what rounding leaves, see :func:`accounting_residual`.

    Examples
    --------
    >>> from lyanalysis.indicators.growth import account_growth_from_shares
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
    published = per_row(read_growth("total_growth", total_growth), read("account", total[["pull"]]))
    total["growth"] = np.broadcast_to(published, (len(total), 1))[:, 0]
    total["residual"] = total["growth"] - total["pull"]
    total["flag"] = flags((total["residual"].abs() > ROUNDING, "beyond_rounding"))
    names = [*account.columns, "residual"]
    both = pd.concat([account.assign(residual=np.nan), total.set_index("part", append=True)[names]])
    # A year's total belongs after its own parts, not after the last year.
    row = both.groupby(level=list(range(both.index.nlevels - 1)), sort=False).ngroup()
    return both.iloc[np.argsort(row.to_numpy(), kind="stable")]
