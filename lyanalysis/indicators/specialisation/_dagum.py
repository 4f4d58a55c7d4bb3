"""The Gini coefficient split by groups after Dagum."""

from __future__ import annotations

from typing import Any, NamedTuple, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._blocks import by_blocks
from lyanalysis.indicators._frames import FloatArray, Row, Table, divide
from lyanalysis.indicators.specialisation._distributions import by_name, read_weighted, stacked
from lyanalysis.indicators.specialisation._gini import row_gini
from lyanalysis.indicators.specialisation._unit_groups import Groups, Labels, read_groups


class Pairs(NamedTuple):
    """Pairs of groups, each with itself too, rows x pairs.

    Attributes
    ----------
    richer, poorer : array of int
        Positions of the two groups, the one with the larger mean first.
    above, below : array of float
        Mean of what a unit of the richer group has more than one of the poorer, 0 where it has
        less; and the other way round.
    means : array of float
        Sum of the means of the two groups.
    heads : array of float
        Product of the groups' shares in the units or their weights, over the mean of all.
    """

    richer: Any
    poorer: Any
    above: FloatArray
    below: FloatArray
    means: FloatArray
    heads: FloatArray

    def parts(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return what the pairs add to within, net between and transvariation."""
        own = self.richer == self.poorer
        within = np.where(own, self.heads * self.above, 0.0 * self.heads)
        between = np.where(own, 0.0 * self.heads, self.heads * (self.above - self.below))
        across = np.where(own, 0.0 * self.heads, 2 * self.heads * self.below)
        return within, between, across


@overload
def dagum(values: Row, groups: Labels, *, weights: Row | None = None) -> pd.Series[Any]: ...
@overload
def dagum(
    values: pd.DataFrame, groups: Labels, *, weights: Row | pd.DataFrame | None = None
) -> pd.DataFrame: ...
def dagum(
    values: Row | pd.DataFrame, groups: Labels, *, weights: Row | pd.DataFrame | None = None
) -> pd.Series[Any] | pd.DataFrame:
    r"""Dagum decomposition of the Gini coefficient (达古姆基尼系数分解).

    Gini coefficient as the sum of inequality within groups, net inequality between their means, and
    transvariation where groups overlap.

    把基尼系数分解为组内差异、组间净值差异与超变密度之和，均为0至1；组间净值为0表示各组均值相同，超变密度为0表示
    各组互不交叠。

    Parameters
    ----------
    values : 1-D sequence (one row) or DataFrame
        Columns: the units, 0 or more.
    groups : Series, dict or list
        Group of each unit, matched by name; units that `values` lacks are passed over. A list is
        matched by position.
    weights : 1-D sequence or DataFrame, keyword-only, optional
        Population of each unit, as for `gini`.

    Returns
    -------
    Series (one row) or DataFrame
        gini (0 to 1), within, net_between and transvariation (0 to `gini`), and residual: gini,
        which is computed without the groups, less the three parts: rounding of the last digit.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric value, labels that differ, or a unit without a group.

    Notes
    -----
    With P and S the shares of a group in the heads and in the values, and pairs ordered by mean:

    .. math::
        G_{jh} = \frac{\operatorname{E} |y_j - y_h|}{\mu_j + \mu_h}, \qquad
        D_{jh} = \frac{d_{jh} - p_{jh}}{d_{jh} + p_{jh}}

    .. math::
        G = \sum_j G_{jj} P_j S_j
        + \sum_{j > h} G_{jh} D_{jh} (P_j S_h + P_h S_j)
        + \sum_{j > h} G_{jh} (1 - D_{jh}) (P_j S_h + P_h S_j)

    where d is the mean of what units of the richer group have more than those of the poorer and p
    that of what they have less. Both are summed over the gaps between the sorted values, so no
    term can be negative. Groups in which all have the
    same add 0. NaN where a value or a weight is missing or all values are 0. Own code: no
    maintained Python library has it.

    References
    ----------
    Dagum, C. (1997). A new approach to the decomposition of the Gini income inequality ratio.
    Empirical Economics 22(4), 515-531.

    Examples
    --------
    >>> split = dagum([1, 2, 3, 2, 4, 6], ["a", "a", "a", "b", "b", "b"])
    >>> print(" ".join(f"{value:.4f}" for value in split[:4]))
    0.2963 0.1111 0.1667 0.0185
    """
    table, grouped, given = _read(values, groups, weights)
    whole, pairs = row_gini(table.cells, given), _pairs(table, grouped, given)
    within, between, across = (np.sum(part, axis=1) for part in pairs.parts())
    columns = {
        "gini": whole,
        "within": within,
        "net_between": between,
        "transvariation": across,
        "residual": whole - (within + between + across),
    }
    result: pd.Series[Any] | pd.DataFrame = by_name(columns, table)
    return result


def dagum_pairs(
    values: Row | pd.DataFrame, groups: Labels, *, weights: Row | pd.DataFrame | None = None
) -> pd.DataFrame:
    r"""Dagum decomposition by pairs of groups (达古姆基尼系数组对分解).

    What each pair of groups, and each group by itself, adds to the Gini coefficient.

    每一组对（及各组自身）的基尼系数（0至1）、相对富裕程度（0为均值相同，1为两组互不交叠）及其对组内差异、组间
    净值差异、超变密度的贡献；各行相加等于总体基尼系数。

    Parameters
    ----------
    values : 1-D sequence (one row) or DataFrame
        As for `dagum`.
    groups : Series, dict or list
        As for `dagum`.
    weights : 1-D sequence or DataFrame, keyword-only, optional
        As for `dagum`.

    Returns
    -------
    DataFrame
        Indexed by the row labels, "group" and "other"; the group with the larger mean in that row
        comes first, and a group beside itself is its inequality within. Columns gini_between (0 to
        1), relative_affluence (0 equal means to 1 no overlap; NaN within a group), and what the
        pair adds to within, net_between and transvariation.

    Raises
    ------
    ValueError
        As `dagum`.

    Notes
    -----
    .. math::
        G_{jh} = \frac{\operatorname{E} |y_j - y_h|}{\mu_j + \mu_h}, \qquad
        D_{jh} = \frac{d_{jh} - p_{jh}}{d_{jh} + p_{jh}}

    with d and p as in `dagum`, to whose parts the three last columns sum. Where d + p is 0, all
    units of both groups have the same: the relative affluence is NaN and the pair adds 0. The Gini
    coefficient of groups whose values are all 0, or that have no weight, is NaN. Own code: no
    maintained Python library has it.

    References
    ----------
    Dagum, C. (1997). A new approach to the decomposition of the Gini income inequality ratio.
    Empirical Economics 22(4), 515-531.

    Examples
    --------
    >>> pairs = dagum_pairs([1, 2, 3, 2, 4, 6], ["a", "a", "a", "b", "b", "b"])
    >>> print(f"{pairs.loc[('b', 'a'), 'relative_affluence']:.1f}")
    0.9
    """
    table, grouped, given = _read(values, groups, weights)
    pairs = _pairs(table, grouped, given)
    within, between, across = pairs.parts()
    distance = pairs.above + pairs.below
    own = pairs.richer == pairs.poorer
    columns = {
        "gini_between": divide(distance, pairs.means),
        "relative_affluence": np.where(own, np.nan, divide(pairs.above - pairs.below, distance)),
        "within": within,
        "net_between": between,
        "transvariation": across,
    }
    labels = {
        "group": grouped.labels.take(pairs.richer.ravel()),
        "other": grouped.labels.take(pairs.poorer.ravel()),
    }
    lines = {name: cells.ravel() for name, cells in columns.items()}
    return pd.DataFrame(lines, index=stacked(table, labels))


def _read(
    values: Row | pd.DataFrame, groups: Labels, weights: Row | pd.DataFrame | None
) -> tuple[Table, Groups, FloatArray | None]:
    table, given = read_weighted(values, weights)
    return table, read_groups(groups, table), given


def _pairs(table: Table, grouped: Groups, weights: FloatArray | None) -> Pairs:
    heads = np.ones((1, len(table.parts))) if weights is None else weights
    figures = by_blocks(lambda cells, block: _figures(cells, block, grouped), table.cells, heads)
    excess, mean, share = figures[:, :-2], figures[:, -2], figures[:, -1]
    one, two = np.triu_indices(len(grouped.labels))
    above, below = excess[:, two, one], excess[:, one, two]
    turned = above < below
    total = np.sum(np.where(share == 0, 0.0, share * mean), axis=1, keepdims=True)
    return Pairs(
        np.where(turned, two, one),
        np.where(turned, one, two),
        np.where(turned, below, above),
        np.where(turned, above, below),
        mean[:, one] + mean[:, two],
        divide(share[:, one] * share[:, two], total),
    )


def _figures(cells: FloatArray, weights: FloatArray, grouped: Groups) -> FloatArray:
    """Return for each row the mean excess of each group (column) over each (line), mean, share."""
    groups = len(grouped.labels)
    share = divide(weights, np.sum(weights, axis=1, keepdims=True))
    share = np.broadcast_to(share, cells.shape)
    heads = grouped.sums(share[:, grouped.order])
    mean = divide(grouped.sums((share * cells)[:, grouped.order]), heads)
    divisor = np.where(heads == 0, 1.0, heads)
    order = np.argsort(np.ascontiguousarray(cells), axis=1)
    gaps = np.diff(np.take_along_axis(cells, order, axis=1), axis=1)
    share, codes = np.take_along_axis(share, order, axis=1), grouped.codes[order]
    bins = (codes + groups * np.arange(len(cells))[:, np.newaxis]).ravel()
    result = np.empty((len(cells), groups + 2, groups))
    result[:, groups], result[:, groups + 1] = mean, heads
    # What a unit has more than those of a group below it, on average over that group: the sum of
    # the gaps up to the unit, each times the share of the group that lies below the gap.
    above = np.zeros(cells.shape)
    for group in range(groups):
        under = np.cumsum(np.where(codes == group, share, 0.0), axis=1)
        np.cumsum(under[:, :-1] * gaps, axis=1, out=above[:, 1:])
        sums = np.bincount(bins, (share * above).ravel(), groups * len(cells))
        result[:, group] = sums.reshape(-1, groups) / (divisor * divisor[:, group : group + 1])
    return result
