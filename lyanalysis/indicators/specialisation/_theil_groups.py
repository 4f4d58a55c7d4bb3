"""Theil indices split into inequality between groups and within them."""

from __future__ import annotations

from typing import Any, NamedTuple, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._blocks import by_blocks
from lyanalysis.indicators._choices import one_of
from lyanalysis.indicators._frames import FloatArray, Row, Table, divide
from lyanalysis.indicators.specialisation._distributions import (
    by_name,
    read_weighted,
    repeated,
    stacked,
)
from lyanalysis.indicators.specialisation._theil import Measure, logarithm, surprise, theil
from lyanalysis.indicators.specialisation._unit_groups import Groups, Labels, read_groups


class Parts(NamedTuple):
    """Theil indices by group, rows x groups.

    Attributes
    ----------
    inside : array of float
        Index of each group.
    income, heads : array of float
        Shares of the group in the values and in the units or their weights, sums of 1.
    mean : array of float
        Mean of the group.
    within, between : array of float
        What the group adds to the two components.
    """

    inside: FloatArray
    income: FloatArray
    heads: FloatArray
    mean: FloatArray
    within: FloatArray
    between: FloatArray


@overload
def theil_decomposition(
    values: Row, groups: Labels, *, measure: Measure = "t", weights: Row | None = None
) -> pd.Series[Any]: ...
@overload
def theil_decomposition(
    values: pd.DataFrame,
    groups: Labels,
    *,
    measure: Measure = "t",
    weights: Row | pd.DataFrame | None = None,
) -> pd.DataFrame: ...
def theil_decomposition(
    values: Row | pd.DataFrame,
    groups: Labels,
    *,
    measure: Measure = "t",
    weights: Row | pd.DataFrame | None = None,
) -> pd.Series[Any] | pd.DataFrame:
    r"""Decomposition of the Theil index by groups (泰尔指数分组分解).

    Inequality between the means of groups and inequality within the groups, which sum to the whole.

    把总体差异分解为组间差异（各组均值之间）与组内差异之和；三者均以0为完全均等，组间占总体的比重为0至1。

    Parameters
    ----------
    values : 1-D sequence (one row) or DataFrame
        Columns: the units, 0 or more.
    groups : Series, dict or list
        Group of each unit, matched by name; units that `values` lacks are passed over. A list is
        matched by position.
    measure : {"t", "l"}, keyword-only
        Theil T (groups weighted by their share of the values) or Theil L (by their share of heads).
    weights : 1-D sequence or DataFrame, keyword-only, optional
        Population of each unit, as for `theil_t`.

    Returns
    -------
    Series (one row) or DataFrame
        total, between, within: 0 (equality) up, T at most ln n; residual: total, which is computed
        without the groups, less the two parts: rounding of the last digit.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric value, labels that differ, a unit without a group, or
        another measure.

    Notes
    -----
    With the shares S of the groups in the values and P in the heads (units, or weights):

    .. math::
        T = \sum_g S_g \ln \frac{S_g}{P_g} + \sum_g S_g T_g, \qquad
        L = \sum_g P_g \ln \frac{P_g}{S_g} + \sum_g P_g L_g

    A group of one unit, or one whose values are all 0, has T within of 0, never below. NaN where
    `theil_t` or `theil_l` is: a missing value, a 0 under L (the means of groups that have something
    can still be compared), or nothing but zeros. Own code: inequality (PySAL) has T only, without
    weights, and takes within as what is left.

    References
    ----------
    Shorrocks, A. F. (1980). The class of additively decomposable inequality measures.
    Econometrica 48(3), 613-625.

    Examples
    --------
    >>> split = theil_decomposition([10, 10, 10, 20, 50], ["a", "a", "b", "b", "b"])
    >>> print(" ".join(f"{value:.4f}" for value in split[["total", "between", "within"]]))
    0.2502 0.0915 0.1587
    """
    table, grouped, given = read_grouped(values, groups, weights, measure)
    parts = _parts(table, grouped, given, measure)
    total = theil(table.cells, given, measure)
    between = theil(parts.mean, parts.heads, measure)
    within = np.sum(parts.within, axis=1)
    columns = {
        "total": total,
        "between": between,
        "within": within,
        "residual": total - (between + within),
    }
    result: pd.Series[Any] | pd.DataFrame = by_name(columns, table)
    return result


def theil_by_group(
    values: Row | pd.DataFrame,
    groups: Labels,
    *,
    measure: Measure = "t",
    weights: Row | pd.DataFrame | None = None,
) -> pd.DataFrame:
    r"""Theil index by group (分组泰尔指数).

    Inequality within each group, and what each group adds to the inequality of the whole.

    各组内部的泰尔指数（0为完全均等）、该组占数值与占单位数（或人口）的百分比，以及该组对组内差异和组间差异的
    贡献；组间贡献可为负，负值表示该组（T）均值低于或（L）高于总体均值。

    Parameters
    ----------
    values : 1-D sequence (one row) or DataFrame
        As for `theil_decomposition`.
    groups : Series, dict or list
        As for `theil_decomposition`.
    measure : {"t", "l"}, keyword-only
        As for `theil_decomposition`.
    weights : 1-D sequence or DataFrame, keyword-only, optional
        As for `theil_decomposition`.

    Returns
    -------
    DataFrame
        Indexed by the row labels and "group". Columns theil (0 up); share_of_values and
        share_of_units (of the population with weights; percent, sums of 100); within_contribution
        (0 up) and between_contribution (of either sign), which sum to `theil_decomposition`.

    Raises
    ------
    ValueError
        As `theil_decomposition`.

    Notes
    -----
    With the shares S of the groups in the values and P in the heads, what group g adds within and
    between is

    .. math::
        T: \; S_g T_g, \; S_g \ln \frac{S_g}{P_g}, \qquad L: \; P_g L_g, \; P_g \ln \frac{P_g}{S_g}

    A group whose values are all 0 has T of 0 and adds nothing within; under L it is NaN. A group
    without weight has no index and adds 0. A missing value leaves the index of the other groups,
    but no shares of the values. Own code: inequality (PySAL) gives the sums only.

    References
    ----------
    Shorrocks, A. F. (1980). The class of additively decomposable inequality measures.
    Econometrica 48(3), 613-625.

    Examples
    --------
    >>> by_group = theil_by_group([10, 10, 10, 20, 50], ["a", "a", "b", "b", "b"])
    >>> print(f"{by_group.loc['b', 'theil']:.4f}", by_group["share_of_values"].tolist())
    0.1984 [20.0, 80.0]
    """
    table, grouped, given = read_grouped(values, groups, weights, measure)
    parts = _parts(table, grouped, given, measure)
    columns = {
        "theil": parts.inside,
        "share_of_values": 100 * parts.income,
        "share_of_units": 100 * parts.heads,
        "within_contribution": parts.within,
        "between_contribution": parts.between,
    }
    labels = {"group": repeated(grouped.labels, len(table.rows))}
    lines = {name: cells.ravel() for name, cells in columns.items()}
    return pd.DataFrame(lines, index=stacked(table, labels))


def read_grouped(
    values: Row | pd.DataFrame,
    groups: Labels,
    weights: Row | pd.DataFrame | None,
    measure: Measure,
) -> tuple[Table, Groups, FloatArray | None]:
    """Read values, groups and weights, matched to each other."""
    one_of("measure", measure, ("t", "l"))
    table, given = read_weighted(values, weights)
    return table, read_groups(groups, table), given


def _parts(table: Table, grouped: Groups, weights: FloatArray | None, measure: Measure) -> Parts:
    heads = np.ones((1, len(table.parts))) if weights is None else weights
    figures = by_blocks(
        lambda cells, block: _figures(cells, block, grouped, measure), table.cells, heads
    )
    return Parts(*np.moveaxis(figures, 1, 0))


def _figures(
    cells: FloatArray, weights: FloatArray, grouped: Groups, measure: Measure
) -> FloatArray:
    """Return what `Parts` holds, rows x figures x groups."""
    cells = cells[:, grouped.order]
    share = divide(weights, np.sum(weights, axis=1, keepdims=True))[:, grouped.order]
    least = np.minimum.reduceat(cells, grouped.starts, axis=1)
    largest = np.maximum.reduceat(cells, grouped.starts, axis=1)
    heads = np.broadcast_to(grouped.sums(share), least.shape)
    values = grouped.sums(share * cells)
    # Within the range of the group, as in `within_range`; a group without weight is not there.
    mean = np.clip(np.where(heads == 0, largest, divide(values, heads)), least, largest)
    total = np.sum(values, axis=1, keepdims=True)
    terms = surprise(divide(cells, np.repeat(mean, grouped.sizes, axis=1)), measure)
    inside = divide(grouped.sums(share * terms), heads)
    ratio, income = divide(mean, total), divide(values, total)
    logs = logarithm(ratio, 0.0 if measure == "t" else np.nan)
    if measure == "t":
        inside = np.where((mean == 0) & (heads > 0), 0.0, inside)
        within, between = income * inside, income * logs
    else:
        within, between = heads * inside, -heads * logs
    within = np.where(heads == 0, 0.0, within)
    return np.stack([inside, income, heads, mean, within, between], axis=1)
