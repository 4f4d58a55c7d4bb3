"""Which regions and years have enough indicators for an index, and their scores."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import flags
from lyanalysis.indicators.composite import aggregate, coverage, normalise
from lyanalysis.indicators.composite.framework import read_framework

LEAST_REGIONS = 8
_HALF = 50.0


def own_columns(data: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Take the indicators of a framework out of a frame that may hold more."""
    return data[list(read_framework(framework).leaves)]


def complete_rows(data: pd.DataFrame, *, least_regions: int = LEAST_REGIONS) -> pd.DataFrame:
    r"""Regions without a gap (指标齐全的地区).

    The rows that have every indicator, or none where they are too few to be ranked.

    全部指标都有数据的各行；个数达不到要求，或者某一指标在这些行中处处相同、不能区分高低时，一行
    也不返回。单位和取值范围与原数据相同。

    Parameters
    ----------
    data : DataFrame
        Regions by indicators, one year.
    least_regions : int, keyword-only
        Rows without a gap that are needed.

    Returns
    -------
    DataFrame
        Rows of `data`, in the unit and range of `data`; none where fewer than `least_regions` are
        complete, or where an indicator is the same in all of them.

    Raises
    ------
    ValueError
        Text or infinite values in `data`.

    Notes
    -----
    No formula. Own rule: ranks among changing sets of indicators cannot be compared, and ranks of
    fewer than eight regions are ranks of chance.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [4.0, None, 6.0]}, index=["x", "y", "z"])
    >>> complete_rows(data, least_regions=2).index.tolist()
    ['x', 'z']
    >>> len(complete_rows(data, least_regions=3))
    0
    """
    full = data.loc[coverage(data)["observed"].eq(data.shape[1])]
    enough = len(full) >= least_regions and bool(full.nunique().gt(1).all())
    return full.copy() if enough else full.iloc[:0].copy()


def index_scores(
    data: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    least: float = 70.0,
    least_regions: int = LEAST_REGIONS,
) -> pd.DataFrame:
    r"""Index and pillars where enough is observed (可计算的指数与维度得分).

    Scores of pillars and index for the regions that have enough of the indicators, among
    themselves and within their year.

    指标覆盖率不低于下限、各维度都至少有一个指标的地区，在同年这些地区之间按极差法计算维度得分和总
    指数，0至100，没有单位，0为各项都最差，100为各项都最好；当年这样的地区少于规定个数时不计算。

    Parameters
    ----------
    data : DataFrame
        Rows by region, or by region and year; the indicators of the framework among its columns.
    framework : DataFrame
        As for `effective_weights`; pillars under a root.
    least : float, keyword-only
        Percent of the indicators that a row needs, 0 to 100.
    least_regions : int, keyword-only
        Rows of a year that must have that many.

    Returns
    -------
    DataFrame
        Rows as `data`; share_observed (percent, 0 to 100), a column for each pillar and for the
        root (0 to 100, NaN where refused), and flag: "too_few_indicators", "pillar_missing" (a
        pillar without any indicator) and "too_few_regions", joined by ";", where there is no
        score; "gaps" where a score rests on a part of the indicators; else "".

    Raises
    ------
    ValueError
        As `coverage`, `normalise` and `aggregate`.

    Notes
    -----
    .. math:: y_{ij} = 100 \frac{x_{ij} - \min_k x_{kj}}{\max_k x_{kj} - \min_k x_{kj}}, \qquad
        T_i = \sum_p W_p \sum_{j \in p} w_j y_{ij}

    over the regions admitted. A missing indicator is not filled: the weights left in its pillar are
    brought to a sum of 1. Own rule on admission: seven in ten indicators, one in every pillar,
    eight regions in a year.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    steps 3, 5 and 6. https://doi.org/10.1787/533411815016

    Examples
    --------
    >>> from lyanalysis.indicators.composite import pillar_framework
    >>> table = pd.DataFrame(
    ...     {"pillar": ["new", "base"], "direction": 1, "weight": 1}, index=["patents", "income"]
    ... )
    >>> data = pd.DataFrame({"patents": [1, 2, 3], "income": [5, 9, None]}, index=list("xyz"))
    >>> found = index_scores(data, pillar_framework(table), least_regions=2)
    >>> found["index"].tolist(), found["flag"].tolist()
    ([0.0, 100.0, nan], ['', '', 'too_few_indicators;pillar_missing'])
    """
    tree = read_framework(framework)
    data = own_columns(data, framework)
    covered = coverage(data, least=least, least_regions=least_regions)
    few = covered["share_observed"].lt(least).to_numpy()
    empty = np.zeros(len(data), dtype=bool)
    for pillar in tree.aggregates:
        own = [name for name in framework.index[framework["parent"].eq(pillar)] if name in data]
        empty |= bool(own) & data[own].isna().all(axis=1).to_numpy()
    able = ~few & ~empty
    years = _years(data)
    count = pd.Series(able).groupby(years).transform("sum").to_numpy()
    admitted = able & (count >= least_regions)
    scores = pd.DataFrame(np.nan, index=data.index, columns=tree.aggregates)
    if admitted.any():
        direction = framework.loc[data.columns, "direction"]
        dated = "year" in data.index.names
        rows = normalise(data[admitted], direction=direction, over="year" if dated else "panel")
        scores[admitted] = aggregate(rows, framework, least_share_observed=_HALF)
    partial = admitted & covered["observed"].lt(data.shape[1]).to_numpy()
    reasons = flags(
        (few, "too_few_indicators"),
        (empty, "pillar_missing"),
        (count < least_regions, "too_few_regions"),
        (partial, "gaps"),
    )
    return pd.concat([covered[["share_observed"]], scores], axis=1).assign(flag=reasons)


def _years(data: pd.DataFrame) -> np.ndarray:
    if "year" in data.index.names:
        return data.index.get_level_values("year").to_numpy()
    return np.zeros(len(data), dtype=int)
