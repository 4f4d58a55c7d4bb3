"""Comparison of two builds of an index: ranks, how they shift, and what shifts them.

Rows are regions, or regions by year; ranks are taken inside a year. Rank 1 is the largest score;
scores that differ by less than 1e-12 of the largest are equal and share the better rank.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import FloatArray, Table, aligned, flags
from lyanalysis.indicators._panel import year_groups
from lyanalysis.indicators.composite._long import by_row_and
from lyanalysis.indicators.composite._ranks import descending_ranks
from lyanalysis.indicators.composite._reading import read_rows, read_scores
from lyanalysis.indicators.composite._tree import label
from lyanalysis.indicators.composite.framework import read_framework

__all__ = ["attribute_shift", "compare_scores", "rank_scores"]


def rank_scores(scores: pd.DataFrame, *, ascending: bool = False) -> pd.DataFrame:
    r"""Ranks within a year (年内排名).

    Place of each row among the rows of the same year, column by column.

    各行在同一年各地区中的名次，逐列排列。取值1至当年有数据的地区个数，1为得分最高；得分相同者名次
    相同，取较好名次。

    Parameters
    ----------
    scores : DataFrame
        Rows (regions, or regions by year) by indices, such as :func:`aggregate` returns.
    ascending : bool, keyword-only
        Whether 1 is the smallest score and not the largest.

    Returns
    -------
    DataFrame
        As `scores`; 1 to the number of rows of the year that have a score. NaN where the score is
        missing.

    Raises
    ------
    ValueError
        An infinite or non-numeric score, or labels that occur more than once.

    Notes
    -----
    .. math:: R_i = 1 + \#\{k : y_k > y_i\}

    Own rule: scores that differ by less than 1e-12 of the largest are equal. Own code: pandas
    ranks scores apart that differ by rounding alone.

    Examples
    --------
    >>> scores = pd.DataFrame({"index": [0.2, 0.5, 0.5]}, index=["x", "y", "z"])
    >>> rank_scores(scores)["index"].tolist()
    [3.0, 1.0, 1.0]
    """
    table = read_rows("scores", scores)
    codes = year_groups("scores", table.rows).codes
    ranks = descending_ranks(table.cells.T, codes, ascending=ascending).T
    return pd.DataFrame(ranks, index=table.rows, columns=table.parts)


def compare_scores(first: pd.Series[Any], second: pd.Series[Any]) -> pd.DataFrame:
    r"""Comparison of two indices (两套指数的比较).

    Scores and ranks of two builds of an index side by side, and how far each row moves.

    两套指数的得分和名次对照，以及名次变动。名次在同一年内排列，1为最高；变动为正表示在第二套指数
    中名次上升，为负表示下降，单位为位次。

    Parameters
    ----------
    first, second : Series
        Scores by region, or by region and year; the same rows in any order.

    Returns
    -------
    DataFrame
        Rows as `first`; score_first, score_second, rank_first, rank_second, rank_shift (places;
        positive moves up) and flag: "score_missing" where either score is NaN, else "". Ranks
        count only rows that have both scores, so that a gap in one index moves nobody.

    Raises
    ------
    ValueError
        Anything but two Series, an infinite or non-numeric score, or labels that differ.

    Notes
    -----
    .. math:: \Delta_i = R_i^{(1)} - R_i^{(2)}

    Scores of two builds need not be on one scale; ranks always are. Own code: a difference of
    :func:`rank_scores`.

    References
    ----------
    Becker, W. and others (2022). COINr: An R package for developing composite indicators. Journal
    of Open Source Software 7(78), 4567.

    Examples
    --------
    >>> first = pd.Series({"x": 0.2, "y": 0.5, "z": 0.9})
    >>> second = pd.Series({"x": 70.0, "y": 40.0, "z": 80.0})
    >>> compare_scores(first, second)["rank_shift"].to_dict()
    {'x': 1.0, 'y': -1.0, 'z': 0.0}
    """
    table, other = read_scores("first", first), read_scores("second", second)
    one_name = other._replace(parts=table.parts)
    scores = np.hstack([side.cells for side in aligned(table, one_name)])
    missing = np.isnan(scores).any(axis=1)
    codes = year_groups("first", table.rows).codes
    ranks = descending_ranks(np.where(missing, np.nan, scores.T), codes)
    return pd.DataFrame(
        {
            "score_first": scores[:, 0],
            "score_second": scores[:, 1],
            "rank_first": ranks[0],
            "rank_second": ranks[1],
            "rank_shift": ranks[0] - ranks[1],
            "flag": flags((missing, "score_missing")),
        },
        index=table.rows,
    )


def attribute_shift(
    normalised: pd.DataFrame,
    first_framework: pd.DataFrame,
    second_framework: pd.DataFrame,
    *,
    second_normalised: pd.DataFrame | None = None,
) -> pd.DataFrame:
    r"""Attribution of a change of score to weights and indicators (得分变动的归因).

    Which indicator moves a region's score between two builds, by its weight or by its value.

    把两套指数之间的得分变动分解到各指标，并区分权重变动和指标取值变动的作用。单位与得分相同，正数
    为推高得分，负数为拉低得分，0为没有作用；各项合计等于得分变动。

    Parameters
    ----------
    normalised : DataFrame
        Rows by indicators, larger is better; with a column for each indicator of either framework.
    first_framework, second_framework : DataFrame
        As for `effective_weights`; an indicator that is in one alone weighs 0 in the other.
    second_normalised : DataFrame, keyword-only
        The indicators of the second build where they are normalised, treated or imputed in another
        way; the same rows and columns. Without it `normalised` serves both.

    Returns
    -------
    DataFrame
        Indexed by the labels of the rows and "indicator"; weight_effect, value_effect and effect
        (their sum), in units of the score. Over the indicators of a row, effect sums to the
        second score less the first. NaN where a value is missing.

    Raises
    ------
    ValueError
        A framework that does not hold together, an indicator that is no column, a column that is
        in neither framework, or labels that differ.

    Notes
    -----
    For arithmetic aggregation, with effective weights w and normalised values y,

    .. math::
        w_{2j} y_{2j} - w_{1j} y_{1j} = (w_{2j} - w_{1j}) \frac{y_{1j} + y_{2j}}{2}
        + \frac{w_{1j} + w_{2j}}{2} (y_{2j} - y_{1j})

    which is exact: nothing is left over. Geometric and harmonic scores are no sums of indicators;
    take logarithms or reciprocals of the normalised values first. Own definition and own code:
    COINr's comparison shows the shift of ranks, not what it comes from.

    Examples
    --------
    >>> from lyanalysis.indicators.composite.framework import flat_framework
    >>> normalised = pd.DataFrame({"a": [100.0], "b": [0.0]}, index=["x"])
    >>> equal, tilted = (flat_framework(["a", "b"], weight=weight) for weight in ([1, 1], [3, 1]))
    >>> attribute_shift(normalised, equal, tilted)["effect"].tolist()
    [25.0, 0.0]
    """
    table = read_rows("normalised", normalised)
    other = table
    if second_normalised is not None:
        table, other = aligned(table, read_rows("second_normalised", second_normalised))
    first, second = (
        _weights(name, framework, table)
        for name, framework in (
            ("first_framework", first_framework),
            ("second_framework", second_framework),
        )
    )
    strange = np.isnan(first) & np.isnan(second)
    if strange.any():
        column = label(table.parts, int(np.argmax(strange)))
        raise ValueError(f"normalised: column {column} is in neither framework; leave it out")
    before, after = (np.where(np.isnan(weights), 0.0, weights) for weights in (first, second))
    by_weight = (after - before) * (table.cells + other.cells) / 2
    by_value = (before + after) / 2 * (other.cells - table.cells)
    columns = {
        "weight_effect": by_weight,
        "value_effect": by_value,
        "effect": after * other.cells - before * table.cells,
    }
    return by_row_and("indicator", table.rows, table.parts, columns)


def _weights(name: str, framework: pd.DataFrame, table: Table) -> FloatArray:
    """Return the effective weight of each column; NaN where it is not in the framework."""
    weights = read_framework(framework).effective_weights
    lacking = weights.index.difference(table.parts, sort=False)
    if len(lacking):
        raise ValueError(
            f"{name}: indicator {label(lacking, 0)} is no column of normalised; give its values"
        )
    return weights.reindex(table.parts).to_numpy(dtype=np.float64)
