"""How far ranks depend on choices: weights, methods, single indicators and errors of the data.

Rank 1 is the best. Ranks are taken inside a year, from complete data: a missing cell is refused,
because ranks among changing sets of regions cannot be compared. Impute first.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import one_of
from lyanalysis.indicators._frames import refuse
from lyanalysis.indicators._panel import year_groups
from lyanalysis.indicators.composite._draws import (
    HIGH,
    LOW,
    MEAN,
    NORMALISATIONS,
    STANDARD_DEVIATION,
    read_complete,
    unused_ends,
)
from lyanalysis.indicators.composite._long import by_row_and
from lyanalysis.indicators.composite._ranks import descending_ranks
from lyanalysis.indicators.composite._removal import weights_without
from lyanalysis.indicators.composite._scores import (
    Aggregation,
    read_methods,
    refuse_negative,
    root_scores,
)
from lyanalysis.indicators.composite._sensitivity import rank_sensitivity
from lyanalysis.indicators.composite._uncertainty import rank_uncertainty
from lyanalysis.indicators.composite.normalisation import normalise

__all__ = ["leave_one_out", "rank_sensitivity", "rank_uncertainty"]


def leave_one_out(
    data: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    normalisation: Literal["min_max", "z_score", "rank", "percentile_rank"] = "min_max",
    aggregation: Aggregation = "arithmetic",
    over: Literal["panel", "year"] | int = "panel",
    low: float = LOW,
    high: float = HIGH,
    aggregates: bool = False,
) -> pd.DataFrame:
    r"""Ranks with one indicator left out (逐一剔除指标的排名检验).

    Rank of every region when each indicator in turn is dropped from the index.

    逐一剔除每个指标（或维度）后重新计算总指数，比较各地区名次的变动，权重按比例分给同级其余指标。
    名次1为最好；变动为正表示剔除后名次上升，为负表示下降，0为不变，单位为位次。

    Parameters
    ----------
    data : DataFrame
        Rows (regions, or regions by year) by indicators, complete; the columns are the indicators
        of the framework.
    framework : DataFrame
        As for `effective_weights`; its directions are used.
    normalisation : str, keyword-only
        "min_max", "z_score" (mean 100, standard deviation 10), "rank" or "percentile_rank".
    aggregation : str, or one for each aggregate, keyword-only
        As `method` of :func:`aggregate`.
    over : {"panel", "year"} or int, keyword-only
        As for :func:`normalise`.
    low, high : float, keyword-only
        Scores of the worst and the best, for min-max scores and percentile ranks alone.
    aggregates : bool, keyword-only
        Whether pillars and other aggregates are left out as well, with all that is under them.

    Returns
    -------
    DataFrame
        Indexed by the labels of the rows and "removed"; rank (of the whole index), rank_without,
        and rank_shift (places; positive moves up when the indicator is gone).

    Raises
    ------
    ValueError
        A missing cell, a misspelt option, an index of one indicator, or a framework that does not
        fit the columns.

    Notes
    -----
    .. math:: \Delta_{ij} = R_i - R_i^{(-j)}

    The weights of the siblings left are brought to a sum of 1; a pillar that loses its only
    indicator is left out with it. A large shift says that the place of a region hangs on one
    figure, not that the figure is wrong. Own code: ranks of the index under one more set of
    weights for each indicator.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    step 7. https://doi.org/10.1787/533411815016

    Examples
    --------
    >>> from lyanalysis.indicators.composite.framework import flat_framework
    >>> data = pd.DataFrame({"a": [9.0, 5.0, 1.0], "b": [1.0, 3.0, 4.0]}, index=["x", "y", "z"])
    >>> shifts = leave_one_out(data, flat_framework(["a", "b"], weight=[2, 1]))["rank_shift"]
    >>> shifts.xs("a", level="removed").to_dict()
    {'x': -2.0, 'y': 0.0, 'z': 2.0}
    """
    table, tree = read_complete(data, framework)
    methods = read_methods("aggregation", aggregation, tree)
    one_of("normalisation", normalisation, NORMALISATIONS)
    unused_ends([normalisation], low, high)
    options: dict[str, Any] = {"low": low, "high": high}
    if normalisation == "z_score":
        options = {"mean": MEAN, "standard_deviation": STANDARD_DEVIATION}
    elif normalisation == "rank":
        options = {}
    scaled = normalise(
        pd.DataFrame(table.cells, index=table.rows, columns=table.parts),
        method=normalisation,
        direction=tree.directions[tree.names.get_indexer(tree.leaves)],
        over=over,
        **options,
    ).to_numpy()
    refuse(table, np.isnan(scaled), "values that differ among the rows an indicator is scaled by")
    refuse_negative(scaled, methods, normalisation)
    removed, weights = weights_without(tree, aggregates=aggregates)
    scores = root_scores(scaled, tree, np.vstack([tree.weights, weights]), methods)
    ranks = descending_ranks(scores, year_groups("data", table.rows).codes).T
    whole = np.repeat(ranks[:, :1], len(removed), axis=1)
    columns = {"rank": whole, "rank_without": ranks[:, 1:], "rank_shift": whole - ranks[:, 1:]}
    return by_row_and("removed", table.rows, removed, columns)
