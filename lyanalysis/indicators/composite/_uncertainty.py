"""Monte Carlo uncertainty of the ranks of an index."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._choices import read_whole
from lyanalysis.indicators._frames import FloatArray, Row, flags
from lyanalysis.indicators.composite._draws import (
    HIGH,
    LOW,
    Experiment,
    base_ranks,
    choices,
    chunks,
    drawn_ranks,
    drawn_weights,
    read_experiment,
)
from lyanalysis.indicators.composite._reading import percent
from lyanalysis.indicators.composite._scores import Aggregation


def rank_uncertainty(
    data: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    draws: int = 10_000,
    weight_spread: float = 25.0,
    normalisations: Sequence[str] = ("min_max", "z_score", "rank"),
    aggregations: Sequence[Aggregation] = ("arithmetic", "geometric"),
    data_error: float | Row = 0.0,
    interval: float = 90.0,
    top: int = 3,
    low: float = LOW,
    high: float = HIGH,
    seed: int = 1,
) -> pd.DataFrame:
    r"""Monte Carlo uncertainty of ranks (排名的蒙特卡洛不确定性分析).

    How far each region's rank moves when weights, methods and data are drawn at random.

    同时随机抽取权重、标准化方法、合成方法和数据误差，反复计算总指数，得到各地区名次的分布。名次为1
    （最好）至地区个数；区间上下限重合表示名次不受这些选择影响；占比为百分数，0至100。

    Parameters
    ----------
    data : DataFrame
        Regions by indicators, one year, complete; the columns are the indicators of the framework.
    framework : DataFrame
        As for `effective_weights`; its directions are used and its weights are drawn around.
    draws : int, keyword-only
        How many indices are computed, 1 or more.
    weight_spread : float, keyword-only
        Percent by which a weight may deviate, up or down, 0 to 100.
    normalisations : sequence of str, keyword-only
        Alternatives among "min_max", "z_score" (mean 100, standard deviation 10), "rank" and
        "percentile_rank"; the first is that of the index itself.
    aggregations : sequence of str, or of one for each aggregate, keyword-only
        Alternatives as `method` of :func:`aggregate`; the first is that of the index itself.
    data_error : float, or Series by indicator, keyword-only
        Relative standard deviation of the data in percent, 0 or more.
    interval : float, keyword-only
        Percent of the draws that lower and upper enclose, above 0 to 100.
    top : int, keyword-only
        How many places count as the top, 1 or more.
    low, high : float, keyword-only
        Scores of the worst and the best, for min-max scores and percentile ranks alone.
    seed : int, keyword-only
        Start of the random numbers; the same seed gives the same answer.

    Returns
    -------
    DataFrame
        By region: rank (of the index itself), median, mean, lower, upper: places from 1 (best) to
        the number of regions; share_at_rank (percent of draws at `rank`) and share_in_top
        (percent of draws in the first `top` places), 0 to 100; flag: "rank_outside_interval"
        where the index itself is unlike most alternatives, else "".

    Raises
    ------
    ValueError
        Several years, a missing cell, an indicator that is the same in all regions, a misspelt or
        repeated alternative, one that cannot be computed (a geometric mean of negative scores), a
        number out of its range, or a framework that does not fit the columns.

    Notes
    -----
    In each draw, with u uniform on -1..1 and e standard normal, all independent,

    .. math::
        w_k \propto v_k (1 + s u_k) \ \mathrm{among\ siblings}, \qquad
        x_{ij} = x^0_{ij} (1 + \sigma_j e_{ij})

    and each normalisation and each aggregation is as likely as the others. A uniform spread of 25
    percent around nominal weights is what audits of the JRC use. Lower and upper are places that
    occur: the (100 - interval) / 2 percent quantile of the draws and its counterpart. Z-scores are
    put on the scale of Mazziotta and Pareto, which leaves arithmetic ranks as they are and makes
    geometric means possible. Own code: draws are computed together, which no library does;
    COINr rebuilds the index for each.

    References
    ----------
    Saisana, M., Saltelli, A., Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques
    as tools for the quality assessment of composite indicators. Journal of the Royal Statistical
    Society A 168(2), 307-323. De Muro, P., Mazziotta, M., Pareto, A. (2011). Composite indices of
    development and poverty. Social Indicators Research 104(1), 1-18. OECD and European Commission
    JRC (2008). Handbook on constructing composite indicators, step 7.

    Examples
    --------
    The best in every indicator stays first whatever the weights:

    >>> from lyanalysis.indicators.composite.framework import flat_framework
    >>> data = pd.DataFrame({"a": [9.0, 5.0, 1.0], "b": [8.0, 1.0, 4.0]}, index=["x", "y", "z"])
    >>> found = rank_uncertainty(data, flat_framework(["a", "b"]), draws=500)
    >>> found.loc["x", ["rank", "lower", "upper", "share_at_rank"]].tolist()
    [1.0, 1.0, 1.0, 100.0]
    """
    experiment = read_experiment(
        data,
        framework,
        weight_spread=weight_spread,
        normalisations=normalisations,
        aggregations=aggregations,
        data_error=data_error,
        low=low,
        high=high,
    )
    regions = len(experiment.table.rows)
    read_whole("draws", draws, 1)
    read_whole("top", top, 1)
    read_whole("seed", seed, 0)
    percent("interval", interval)
    ranks = base_ranks(experiment)
    counts = _counts(experiment, draws, np.random.default_rng(seed))
    below = np.cumsum(counts, axis=1)

    def place(share: float) -> FloatArray:
        least = max(1, math.ceil(share * draws - 1e-9))
        places: FloatArray = np.argmax(below >= least, axis=1) + 1.0
        return places

    outside = (100 - interval) / 200
    lower, upper = place(outside), place(1 - outside)
    middle = (np.argmax(below >= side, axis=1) for side in ((draws + 1) // 2, draws // 2 + 1))
    at_rank = counts[np.arange(regions), ranks.astype(np.intp) - 1]
    return pd.DataFrame(
        {
            "rank": ranks,
            "median": 1 + sum(middle) / 2,
            "mean": counts @ np.arange(1.0, regions + 1) / draws,
            "lower": lower,
            "upper": upper,
            "share_at_rank": 100 * at_rank / draws,
            "share_in_top": 100 * below[:, min(top, regions) - 1] / draws,
            "flag": flags(((ranks < lower) | (ranks > upper), "rank_outside_interval")),
        },
        index=experiment.table.rows,
    )


def _counts(
    experiment: Experiment, draws: int, generator: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Count how often each region takes each place: regions x places."""
    regions, indicators = experiment.table.cells.shape
    counts = np.zeros(regions * regions, dtype=np.int64)
    first = np.arange(regions) * regions - 1
    for chunk in chunks(draws, experiment):
        size = chunk.stop - chunk.start
        ranks = drawn_ranks(
            experiment,
            drawn_weights(experiment, generator.random((size, len(experiment.tree.names)))),
            choices(generator.random(size), len(experiment.normalisations)),
            choices(generator.random(size), len(experiment.aggregations)),
            generator.standard_normal((size, regions, indicators))
            if experiment.error.any()
            else None,
        )
        places = (ranks + first).astype(np.int64)
        counts += np.bincount(places.ravel(), minlength=regions * regions)
    return counts.reshape(regions, regions)
