"""Indices of one region over time, editions of the national one, and how series go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators.composite import fixed_base_index, growth_contribution_of_subindices
from lyanalysis.indicators.composite.framework import read_framework
from lyanalysis.indicators.outlook import (
    backtest,
    backtest_summary,
    exponential_smoothing,
    linear_trend,
    years_to_threshold,
)
from lyanalysis.indicators.transition._admission import own_columns


class Outlook(NamedTuple):
    """A series continued, and how such continuations did in the past.

    Attributes
    ----------
    futures : DataFrame
        Index ``(forecast, year)``: observed, central, lower, upper and flag.
    errors : DataFrame
        Index ``forecast``: forecasts, mean_error, mean_absolute_error, relative_to_last_value,
        coverage and flag.
    """

    futures: pd.DataFrame
    errors: pd.DataFrame


def own_index(data: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    r"""Fixed-base index of one region (本地区定基指数).

    Index and sub-indices of a region against the first year in which it has every indicator.

    以本地区首个指标齐全的年份为基年（100）的总指数和分类指数，没有单位，不小于0，并给出总指数比上年
    的增速（%）和各分类指数的贡献率（%，没有上下限）；没有指标齐全的年份时全部缺失。

    Parameters
    ----------
    data : DataFrame
        Index ``(region_code, year)`` of one region; levels, 0 or more; the indicators of the
        framework among its columns.
    framework : DataFrame
        As for `effective_weights`; sub-indices under a root.

    Returns
    -------
    DataFrame
        Index as `data`; a column for the root and for each sub-index (100 in the base year),
        index_growth (percent on the year before) and, with the prefix "contribution\_", the part
        of that growth that comes from each sub-index (percent, rows sum to 100). NaN where an
        indicator is missing, and for growth where the year before is.

    Raises
    ------
    ValueError
        As `fixed_base_index`, and if the framework has no pillars.

    Notes
    -----
    No formula of its own: `fixed_base_index` and `growth_contribution_of_subindices`. Own rule on
    the base year.

    References
    ----------
    国家统计局 (2025). 经济发展新动能指数统计指标体系及测算方法. https://zk.dahe.cn/2025/08-29/1985817.html

    Examples
    --------
    >>> from lyanalysis.indicators.composite import pillar_framework
    >>> table = pd.DataFrame(
    ...     {"pillar": ["new", "open"], "direction": 1, "weight": 1}, index=["patents", "exports"]
    ... )
    >>> index = pd.MultiIndex.from_product([["A"], [2022, 2023]], names=["region_code", "year"])
    >>> data = pd.DataFrame({"patents": [10, 15], "exports": [20, 22]}, index)
    >>> found = own_index(data, pillar_framework(table)).iloc[1]
    >>> [f"{found[name]:.1f}" for name in ("index", "index_growth", "contribution_new")]
    ['130.0', '30.0', '83.3']
    """
    levels = own_columns(data, framework)
    years = levels.index.get_level_values("year")
    base = int(min(years[levels.notna().all(axis=1)], default=min(years)))
    found = fixed_base_index(levels, framework=framework, base_year=base)
    *pillars, root = read_framework(framework).aggregates
    if not pillars:
        raise ValueError("framework: has no pillars; make it with pillar_framework")
    weights = framework.loc[pillars, "weight"]
    grown = growth_contribution_of_subindices(found[pillars], weights)
    return found[[root, *pillars]].join(
        [
            grown.total["growth"].rename("index_growth"),
            grown.contribution.add_prefix("contribution_"),
        ]
    )


def edition_contributions(
    editions: pd.DataFrame, weights: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    r"""Contributions of sub-indices by base of the national index (各基期新动能分类指数的贡献率).

    Where growth of the index came from in the last year of the newest edition of each base, beside
    what was printed.

    每一基期最新一版最后一年各分类指数对总指数增长的贡献率（%，没有上下限，合计为100），与公布数
    并列。不同基期不相连接。

    Parameters
    ----------
    editions : DataFrame
        Index ``(edition, series, year)``; columns base, index, growth_pct, contribution_pct and
        contribution_kind.
    weights : mapping of str to mapping of str to float
        By base, the weight of each sub-index, 0 or more.

    Returns
    -------
    DataFrame
        Index ``(base, year, subindex)``: subindex_weight, index_growth (percent, as printed),
        growth_contribution (percent, unbounded; a base sums to 100) and printed_contribution (NaN
        where none is printed for that year). No rows for a base without an edition that has two
        adjacent years with all sub-indices.

    Raises
    ------
    ValueError
        As `growth_contribution_of_subindices`.

    Notes
    -----
    No formula of its own. Own rule: levels of one edition only are set against each other, and
    shares of the level, which the edition of 2018 prints as contributions, are left out.

    Examples
    --------
    >>> rows = [(2025, name, year) for name in ("net", "new") for year in (2023, 2024)]
    >>> index = pd.MultiIndex.from_tuples(rows, names=["edition", "series", "year"])
    >>> printed = [None, 75.1, None, 24.9]
    >>> editions = pd.DataFrame({"index": [100, 130, 100, 110], "base": "2022=100"}, index)
    >>> editions = editions.assign(
    ...     growth_pct=10.0, contribution_pct=printed, contribution_kind="growth_contribution"
    ... )
    >>> found = edition_contributions(editions, {"2022=100": {"net": 0.5, "new": 0.5}})
    >>> found["growth_contribution"].tolist(), found["printed_contribution"].tolist()
    ([75.0, 25.0], [75.1, 24.9])
    """
    keys = ["base", "year", "subindex"]
    rows = editions.reset_index().rename(columns={"series": "subindex"})
    rows = rows.sort_values("edition", kind="stable")
    kind = rows["contribution_kind"].eq("growth_contribution")
    told = rows[kind & rows["contribution_pct"].notna()].drop_duplicates(keys, keep="last")
    told = told.set_index(keys)[["growth_pct", "contribution_pct"]]
    told = told.set_axis(["index_growth", "printed_contribution"], axis=1)
    frames = []
    for base, parts in weights.items():
        of_base = rows[rows["base"].eq(base) & rows["subindex"].isin(list(parts))]
        newest = _newest_complete(of_base, list(parts))
        if newest is None:
            continue
        shares = growth_contribution_of_subindices(newest, pd.Series(parts)).contribution
        last = shares.iloc[-1].rename("growth_contribution").to_frame()
        frame = last.assign(subindex_weight=pd.Series(parts), base=base, year=newest.index[-1])
        frames.append(frame.rename_axis("subindex").reset_index().set_index(keys))
    if not frames:
        index = pd.MultiIndex.from_arrays([[], [], []], names=keys)
        columns = ["growth_contribution", "subindex_weight"]
        frames = [pd.DataFrame(np.nan, index=index, columns=columns)]
    order = ["subindex_weight", "index_growth", "growth_contribution", "printed_contribution"]
    return pd.concat(frames).join(told)[order]


def _newest_complete(rows: pd.DataFrame, parts: list[str]) -> pd.DataFrame | None:
    """Return the sub-indices of the newest edition with two adjacent years, year by sub-index."""
    for edition in sorted(rows["edition"].unique(), reverse=True):
        wide = rows[rows["edition"].eq(edition)].pivot(
            index="year", columns="subindex", values="index"
        )
        complete = wide.reindex(columns=parts).dropna()
        if len(complete) > 1 and complete.index[-1] - complete.index[-2] == 1:
            return complete
    return None


def look_ahead(values: pd.Series[Any], *, horizon: int) -> Outlook:
    r"""Continuations of a series and their record (序列外推与回测).

    A series continued by two methods, and the errors such forecasts would have had.

    用线性趋势和指数平滑外推年度序列，并汇总两种方法和“沿用上年值”的回测误差；单位与序列相同，覆盖率
    为百分数（0至100）。序列太短、缺年时不外推，写明原因。

    Parameters
    ----------
    values : Series
        Index of years.
    horizon : int, keyword-only
        Years ahead, 1 or more.

    Returns
    -------
    Outlook
        futures: as `linear_trend`, by method. errors: as `backtest_summary`, by method, with
        "last_value" as the third. Unit of `values`; NaN where a method refuses.

    Raises
    ------
    ValueError
        As `linear_trend`.

    Notes
    -----
    No formula of its own: `linear_trend`, `exponential_smoothing`, `backtest`.

    References
    ----------
    Hyndman, R. J., Athanasopoulos, G. (2021). Forecasting: principles and practice, 3rd edition,
    chapters 5 and 8. OTexts.

    Examples
    --------
    >>> years = pd.Index(range(2016, 2026), name="year")
    >>> shares = pd.Series([30.1, 30.9, 32.2, 32.8, 34.1, 35.0, 35.8, 37.1, 38.0, 38.9], years)
    >>> found = look_ahead(shares, horizon=2)
    >>> print(f"{found.futures.loc[('linear_trend', 2027), 'central']:.2f}")
    40.92
    """
    futures = {
        "linear_trend": linear_trend(values, horizon=horizon),
        "exponential_smoothing": exponential_smoothing(values, horizon=horizon),
    }
    errors = {
        "linear_trend": backtest(values, method="linear_trend"),
        "exponential_smoothing": backtest(values, method="exponential_smoothing"),
        "last_value": backtest(values, method="last_value"),
    }
    summaries = {name: backtest_summary(found).iloc[0] for name, found in errors.items()}
    table = pd.DataFrame(summaries).T.rename_axis("forecast")
    table = table.drop(columns="last_value_mean_absolute_error")
    numbers = table.columns.drop("flag")
    return Outlook(
        pd.concat(futures, names=["forecast", "year"]), table.astype(dict.fromkeys(numbers, float))
    )


def catch_up(levels: pd.DataFrame, *, reference: str) -> pd.DataFrame:
    r"""Years in which a reference is caught up with (赶上参照地区的年份).

    When each series, going on as it did, reaches the newest level of a reference region.

    各地区各指标按既有趋势外推，达到参照地区最近水平的年份（中位数）及其90%区间、可能性（%，0至
    100）；序列太短、缺年或没有参照水平的写明原因。

    Parameters
    ----------
    levels : DataFrame
        Index ``(region_code, year)``; one column a variable.
    reference : str, keyword-only
        Region whose newest level of each variable is the threshold; it is left out of the result.

    Returns
    -------
    DataFrame
        Index ``(variable, region_code)``: newest_value and threshold (unit of the variable),
        threshold_year, threshold_earliest, threshold_latest (years, NaN where refused or not
        reached within fifty years), threshold_chance (percent, 0 to 100) and flag, as of
        `years_to_threshold`; "already_met" also for series too short to be continued.

    Raises
    ------
    ValueError
        As `years_to_threshold`.

    Notes
    -----
    No formula of its own: `years_to_threshold` with a linear trend. Own rule: the reference stands
    still.

    Examples
    --------
    >>> years = range(2016, 2026)
    >>> index = pd.MultiIndex.from_product([["A", "N"], years], names=["region_code", "year"])
    >>> shares = [30.1, 30.9, 32.2, 32.8, 34.1, 35.0, 35.8, 37.1, 38.0, 38.9, *[45.0] * 10]
    >>> found = catch_up(pd.DataFrame({"share": shares}, index), reference="N")
    >>> round(found.loc[("share", "A"), "threshold_year"])
    2031
    """
    tracks = levels.unstack("region_code")
    assert isinstance(tracks, pd.DataFrame)
    tracks.columns.names = ["variable", "region_code"]
    newest = tracks.ffill().iloc[-1]
    names = tracks.columns.get_level_values("variable")
    threshold = newest.xs(reference, level="region_code").reindex(names).to_numpy()
    found = years_to_threshold(tracks, threshold)
    result = pd.DataFrame(
        {
            "newest_value": newest.to_numpy(),
            "threshold": threshold,
            "threshold_year": found["year"].to_numpy(),
            "threshold_earliest": found["earliest"].to_numpy(),
            "threshold_latest": found["latest"].to_numpy(),
            "threshold_chance": found["chance"].to_numpy(),
            "flag": found["flag"].to_numpy(),
        },
        index=tracks.columns,
    )
    # What is there already needs no trend, however short the series.
    result.loc[result["newest_value"].ge(result["threshold"]), "flag"] = "already_met"
    return result[result.index.get_level_values("region_code") != reference]
