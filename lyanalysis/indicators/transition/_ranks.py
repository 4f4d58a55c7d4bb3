"""Ranks of an index under other weights, methods and sets of indicators, where it has any."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pandas as pd

from lyanalysis.indicators.composite import (
    aggregate,
    critic_weights,
    entropy_weights,
    flat_framework,
    leave_one_out,
    normalise,
    pca_weights,
    rank_scores,
    rank_sensitivity,
    rank_uncertainty,
)
from lyanalysis.indicators.transition._admission import LEAST_REGIONS, complete_rows, own_columns

_LOW, _HIGH = 1.0, 100.0
# Entropy takes shares of each column; min-max scores leave zeros, which Chinese practice lifts.
_SHIFT = 0.01


def rank_intervals(
    data: pd.DataFrame, framework: pd.DataFrame, *, least_regions: int = LEAST_REGIONS
) -> pd.DataFrame:
    r"""Ranks with their intervals, where there are any (名次及其区间).

    Rank of the regions without a gap, and the places between which it stays in nine of ten random
    builds of the index.

    指标齐全的地区的名次，以及随机改变权重和方法一万次时九成结果所在的名次区间；1为最好。指标齐全
    的地区少于规定个数时没有结果。

    Parameters
    ----------
    data, framework, least_regions
        As for `index_scores`, one year, and `rank_uncertainty`.

    Returns
    -------
    DataFrame
        By row without a gap, the best first: index_rank, rank_median, rank_lower and rank_upper
        (places, 1 is the best) and share_at_rank (percent, 0 to 100). No rows where
        :func:`complete_rows` has none.

    Raises
    ------
    ValueError
        As `rank_uncertainty`.

    Notes
    -----
    No formula of its own: `rank_uncertainty` with weights within 25 percent of the nominal ones,
    three normalisations and two aggregations, each draw independent, and a fixed seed.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    step 7. https://doi.org/10.1787/533411815016

    Examples
    --------
    >>> data = pd.DataFrame({"a": [9.0, 5.0, 1.0], "b": [8.0, 1.0, 4.0]}, index=["x", "y", "z"])
    >>> found = rank_intervals(data, flat_framework(["a", "b"]), least_regions=3)
    >>> found.loc["x", ["index_rank", "rank_lower", "rank_upper"]].tolist()
    [1.0, 1.0, 1.0]
    """
    names = {
        "rank": "index_rank",
        "median": "rank_median",
        "lower": "rank_lower",
        "upper": "rank_upper",
        "share_at_rank": "share_at_rank",
    }
    rows = complete_rows(own_columns(data, framework), least_regions=least_regions)
    if rows.empty:
        return pd.DataFrame(np.nan, index=rows.index, columns=list(names.values()))
    found = rank_uncertainty(rows, framework).rename(columns=names)[list(names.values())]
    return found.sort_values("index_rank", kind="stable")


def rank_by_method(
    data: pd.DataFrame, framework: pd.DataFrame, *, least_regions: int = LEAST_REGIONS
) -> pd.DataFrame:
    r"""Ranks under several methods (各种方法下的名次).

    Rank of the regions without a gap under five ways to weigh and add up the same indicators.

    指标齐全的地区在五种赋权和合成方法下的名次：等权算术、等权几何、熵权、CRITIC、主成分；1为最好，
    没有单位。指标齐全的地区少于规定个数时没有结果。

    Parameters
    ----------
    data, framework, least_regions
        As for `index_scores`, one year, and `effective_weights`.

    Returns
    -------
    DataFrame
        By row without a gap, the best under equal weights first: rank_equal_arithmetic,
        rank_equal_geometric (the weights of the framework), rank_entropy, rank_critic and rank_pca
        (computed weights of all indicators without pillars, arithmetic), rank_lower and rank_upper
        (the best and the worst of the five); places, 1 is the best. No rows where
        :func:`complete_rows` has none.

    Raises
    ------
    ValueError
        As `normalise` and `aggregate`.

    Notes
    -----
    No formula of its own: scores are min-max from 1 to 100, so that geometric means exist, and
    weights are computed from them, so that indicators where lower is better are turned first.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    steps 6 and 7. https://doi.org/10.1787/533411815016

    Examples
    --------
    >>> data = pd.DataFrame({"a": [9.0, 5.0, 1.0], "b": [8.0, 1.0, 4.0]}, index=["x", "y", "z"])
    >>> found = rank_by_method(data, flat_framework(["a", "b"]), least_regions=3)
    >>> found.loc["x"].tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    rows = complete_rows(own_columns(data, framework), least_regions=least_regions)
    names = ["equal_arithmetic", "equal_geometric", "entropy", "critic", "pca"]
    columns = [f"rank_{name}" for name in names]
    if rows.empty:
        return pd.DataFrame(
            np.nan, index=rows.index, columns=[*columns, "rank_lower", "rank_upper"]
        )
    direction = framework.loc[rows.columns, "direction"]
    scores = normalise(rows, direction=direction, low=_LOW, high=_HIGH)
    unit = (scores - _LOW) / (_HIGH - _LOW)
    weights = [entropy_weights(unit, shift=_SHIFT), critic_weights(scores), pca_weights(scores)]
    indices = [aggregate(scores, framework, method=how) for how in ("arithmetic", "geometric")]
    indices += [aggregate(scores, flat_framework(rows.columns, weight=one)) for one in weights]
    totals = pd.concat([index.iloc[:, -1] for index in indices], axis=1, keys=columns)
    ranks = rank_scores(totals)
    ranks = ranks.assign(rank_lower=ranks.min(axis=1), rank_upper=ranks.max(axis=1))
    return ranks.sort_values(columns[0], kind="stable")


def rank_drivers(
    data: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    region: Hashable,
    least_regions: int = LEAST_REGIONS,
) -> pd.DataFrame:
    r"""Choices that move the ranks, where there are any (名次由什么决定).

    Sobol indices of the choices behind an index: of the rank of one region if it is among those
    without a gap, else of all ranks together.

    指数各项选择（各层权重、标准化方法、合成方法）的索博尔指数，0至1，没有单位，因抽样误差可略低于0
    或高于1；所给地区指标齐全的，解释它的名次，否则解释全部名次的平均移动。

    Parameters
    ----------
    data, framework, least_regions
        As for `index_scores`, one year, and `rank_sensitivity`.
    region : label, keyword-only
        Region of the report.

    Returns
    -------
    DataFrame
        By input, the largest first: first_order and sobol_total, 0 (does not matter) to 1 (alone
        decides); NaN where the rank never moves. No rows where :func:`complete_rows` has none.

    Raises
    ------
    ValueError
        As `rank_sensitivity`.

    Notes
    -----
    No formula of its own: `rank_sensitivity` with 1024 points and a fixed seed.

    References
    ----------
    Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M., Tarantola, S. (2010). Variance
    based sensitivity analysis of model output. Computer Physics Communications 181(2), 259-270.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [9.0, 5.0, 1.0], "b": [1.0, 7.0, 9.0]}, index=["x", "y", "z"])
    >>> found = rank_drivers(data, flat_framework(["a", "b"]), region="x", least_regions=3)
    >>> sorted(found.index)
    ['aggregation', 'normalisation', 'weights:index']
    """
    rows = complete_rows(own_columns(data, framework), least_regions=least_regions)
    if rows.empty:
        return pd.DataFrame(
            np.nan,
            index=pd.Index([], name="input", dtype=object),
            columns=["first_order", "sobol_total"],
        )
    known = region in rows.index.get_level_values(0)
    found = rank_sensitivity(rows, framework, region=region if known else None)
    found = found.rename(columns={"total": "sobol_total"})[["first_order", "sobol_total"]]
    return found.rename_axis("input").sort_values("sobol_total", ascending=False)


def ranks_without(
    data: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    region: Hashable,
    least_regions: int = LEAST_REGIONS,
) -> pd.DataFrame:
    r"""Ranks with one indicator left out, where there are any (逐一剔除指标后的名次).

    Rank of a region without each indicator in turn, and how far any region moves.

    逐一剔除各指标后所给地区的名次和变动（位次，正数为前移），以及各地区中最大的变动；名次1为最好。
    所给地区指标不齐全的，只给各地区最大的变动。

    Parameters
    ----------
    data, framework, least_regions
        As for `index_scores`, one year, and `leave_one_out`.
    region : label, keyword-only
        Region of the report.

    Returns
    -------
    DataFrame
        By indicator (index level "variable"): index_rank, rank_without and rank_shift of `region`
        (places; NaN where it has gaps) and largest_shift (places, 0 or more). No rows where
        :func:`complete_rows` has none.

    Raises
    ------
    ValueError
        As `leave_one_out`.

    Notes
    -----
    No formula of its own: `leave_one_out` with min-max scores and arithmetic means.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    step 7. https://doi.org/10.1787/533411815016

    Examples
    --------
    >>> data = pd.DataFrame({"a": [9.0, 5.0, 1.0], "b": [1.0, 3.0, 4.0]}, index=["x", "y", "z"])
    >>> tree = flat_framework(["a", "b"], weight=[2, 1])
    >>> ranks_without(data, tree, region="x", least_regions=3)["rank_shift"].to_dict()
    {'a': -2.0, 'b': 0.0}
    """
    rows = complete_rows(own_columns(data, framework), least_regions=least_regions)
    columns = ["index_rank", "rank_without", "rank_shift", "largest_shift"]
    if rows.empty:
        return pd.DataFrame(
            np.nan, index=pd.Index([], name="variable", dtype=object), columns=columns
        )
    shifts = leave_one_out(rows, framework).rename(columns={"rank": "index_rank"})
    largest = shifts["rank_shift"].abs().groupby(level="removed", sort=False).max()
    own = shifts[shifts.index.get_level_values(0) == region]
    own = own.set_axis(own.index.get_level_values("removed"))
    found = own.reindex(largest.index).assign(largest_shift=largest)
    return found.rename_axis("variable")[columns]
