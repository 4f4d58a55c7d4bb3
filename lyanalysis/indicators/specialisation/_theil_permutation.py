"""Whether groups differ by more than chance would make them."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import read_whole
from lyanalysis.indicators._frames import FloatArray, Row, divide
from lyanalysis.indicators.specialisation._distributions import by_name
from lyanalysis.indicators.specialisation._theil import Measure, theil
from lyanalysis.indicators.specialisation._theil_groups import read_grouped
from lyanalysis.indicators.specialisation._unit_groups import Groups, Labels

# Cells that are permuted at once, eight megabytes.
_CHUNK = 2**20
# A draw that only exchanges units within groups must count as equal to what is observed.
_NOISE = 1e-12


@overload
def theil_permutation(
    values: Row,
    groups: Labels,
    *,
    measure: Measure = "t",
    weights: Row | None = None,
    draws: int = 999,
    seed: int = 20250101,
) -> pd.Series[Any]: ...
@overload
def theil_permutation(
    values: pd.DataFrame,
    groups: Labels,
    *,
    measure: Measure = "t",
    weights: Row | pd.DataFrame | None = None,
    draws: int = 999,
    seed: int = 20250101,
) -> pd.DataFrame: ...
def theil_permutation(
    values: Row | pd.DataFrame,
    groups: Labels,
    *,
    measure: Measure = "t",
    weights: Row | pd.DataFrame | None = None,
    draws: int = 999,
    seed: int = 20250101,
) -> pd.Series[Any] | pd.DataFrame:
    r"""Permutation test of inequality between groups (泰尔指数组间差异置换检验).

    Share of inequality that lies between groups, and how often random groups reach as much.

    组间差异占总体差异的百分比（0为各组均值相同，100为组内完全均等），以及把单位随机分到同样大小的各组时达到同样
    组间差异的频率（伪p值，1/(抽样次数+1)至1）；值小表示分组与差异有关。

    Parameters
    ----------
    values : 1-D sequence (one row) or DataFrame
        As for `theil_decomposition`.
    groups : Series, dict or list
        As for `theil_decomposition`.
    measure : {"t", "l"}, keyword-only
        As for `theil_decomposition`.
    weights : 1-D sequence or DataFrame, keyword-only, optional
        As for `theil_decomposition`; a unit keeps its weight when it changes its group.
    draws : int, keyword-only
        Number of random groupings, 1 or more.
    seed : int, keyword-only
        Start of the random numbers, 0 or more: the same seed gives the same answer.

    Returns
    -------
    Series (one row) or DataFrame
        between (0 up), between_share (percent of the total, 0 to 100) and pseudo_p_value (1 /
        (draws + 1) to 1).

    Raises
    ------
    ValueError
        As `theil_decomposition`, or draws or seed that are not whole numbers in range.

    Notes
    -----
    .. math:: p = \frac{1 + \#\{d : B_d \ge B\}}{1 + D}

    with B the inequality between the groups and B_d that of draw d of D, in which the units are
    dealt out to groups of the same sizes. Every row meets the same draws, so an answer does not
    depend on the rows beside it. Draws that are equal but for rounding count. NaN where
    `theil_decomposition` is; the share also where there is no inequality. Own code: inequality
    (PySAL) has T only, draws from a global state and takes one draw at a time.

    References
    ----------
    Rey, S. J., Sastré Gutiérrez, M. L. (2010). Interregional inequality dynamics in Mexico. Spatial
    Economic Analysis 5(3), 277-298.

    Examples
    --------
    Four units in two groups can be dealt out in six ways, of which two divide the rich from the
    poor; a third of the draws reach what is observed:

    >>> test = theil_permutation([1, 2, 8, 9], ["a", "a", "b", "b"])
    >>> print(f"{test['between_share']:.0f} percent, p = {test['pseudo_p_value']:.2f}")
    96 percent, p = 0.33
    """
    draws, seed = read_whole("draws", draws, 1), read_whole("seed", seed, 0)
    table, grouped, given = read_grouped(values, groups, weights, measure)
    cells, total = table.cells, theil(table.cells, given, measure)
    heads = np.ones((1, len(table.parts))) if given is None else given
    heads = divide(heads, np.sum(heads, axis=1, keepdims=True))
    income = heads * cells
    between = _between(income, heads, grouped, grouped.order[np.newaxis], measure)[:, 0]
    reached = np.zeros(len(cells))
    generator = np.random.default_rng(seed)
    size = max(1, _CHUNK // max(1, cells.size))
    for start in range(0, draws, size):
        count = min(size, draws - start)
        dealt = generator.permuted(np.tile(np.arange(len(table.parts)), (count, 1)), axis=1)
        drawn = _between(income, heads, grouped, dealt, measure)
        reached += np.sum(drawn >= (between - _NOISE * total)[:, np.newaxis], axis=1)
    columns = {
        "between": between,
        "between_share": divide(100 * between, total),
        "pseudo_p_value": np.where(np.isnan(between), np.nan, (1 + reached) / (1 + draws)),
    }
    result: pd.Series[Any] | pd.DataFrame = by_name(columns, table)
    return result


def _between(
    income: FloatArray, heads: FloatArray, grouped: Groups, dealt: Any, measure: Measure
) -> FloatArray:
    """Inequality between the groups, rows x draws, with the units dealt out to their places."""
    groups = len(grouped.labels)
    values = grouped.sums(income[:, dealt])
    people = np.broadcast_to(grouped.sums(heads[:, dealt]), values.shape)
    # Groups without weight are not there.
    mean = np.where(people == 0, np.max(values, axis=-1, keepdims=True), divide(values, people))
    index = theil(mean.reshape(-1, groups), people.reshape(-1, groups), measure)
    return index.reshape(values.shape[:2])
