"""Gaps in a panel of indicators: filled by a stated rule, each filled cell flagged, or left.

Nothing is filled unasked: every function of this package leaves a missing value missing. What
cannot be filled by the chosen rule stays NaN. Years are never mixed in a mean over regions.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._choices import one_of
from lyanalysis.indicators._frames import FloatArray, Table, by_cell, flags
from lyanalysis.indicators._panel import year_groups
from lyanalysis.indicators.composite._rows import read_frame, region_labels, region_years

__all__ = ["Imputed", "coverage", "impute"]

_MARKS = {
    "none": "",
    "interpolate": "interpolated",
    "previous": "carried_forward",
    "year_mean": "year_mean",
    "year_median": "year_median",
    "group_mean": "group_mean",
}


class Imputed(NamedTuple):
    """Indicators with gaps filled.

    Attributes
    ----------
    values : DataFrame
        As the data; NaN where a gap could not be filled.
    flags : DataFrame
        As the data: "" for a figure that was there, how a gap was filled, or "missing".
    """

    values: pd.DataFrame
    flags: pd.DataFrame


def impute(
    data: pd.DataFrame,
    *,
    method: Literal["none", "interpolate", "previous", "year_mean", "year_median", "group_mean"],
    limit: int | None = None,
    groups: pd.Series[Any] | None = None,
) -> Imputed:
    r"""Imputation of missing values (缺失值插补).

    Fills gaps of a panel by one rule, and flags every cell that it fills.

    按选定的一种规则填补面板数据的缺口，单位与原数据相同，结果不超出所依据数值的范围。填补的单元格
    逐一标记；不能按规则填补的仍为缺失，不外推。

    Parameters
    ----------
    data : DataFrame
        Rows by indicators, in any unit; rows are regions, or carry the index level "year".
    method : str, keyword-only
        "none"; "interpolate" (linear in time between the observed years of a region, never beyond
        the first and the last); "previous" (the region's last observation, at most `limit` years
        old); "year_mean", "year_median" (of all regions in the same year); "group_mean" (of the
        regions of the same group in the same year).
    limit : int, keyword-only
        Years that an observation may be carried forward, 1 or more; for "previous" alone.
    groups : Series by region, keyword-only
        Group of each region, any labels; missing for a region without one. For "group_mean" alone.

    Returns
    -------
    Imputed
        values: as `data`. flags: as `data`, "" for a figure that was there; "interpolated",
        "carried_forward", "year_mean", "year_median", "group_mean"; "missing" for a gap that is
        left.

    Raises
    ------
    ValueError
        A misspelt method, an option the method lacks or has no use for, a region without an entry
        in `groups`, rows without years where the method needs them.

    Notes
    -----
    Between the observed years a and b of a region,

    .. math:: x_t = x_a + \frac{t - a}{b - a} (x_b - x_a), \qquad a < t < b

    A mean over regions hides what is particular to a region and shrinks differences; a carried
    value takes growth out of the later years. A cell is filled from observed values alone, never
    from filled ones. A year without any value, and a region without neighbours in time, stay
    missing. Rows are not added: a year that has no row stays out. Own code; means and medians
    inside a year are computed by pandas.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    step 3. https://doi.org/10.1787/533411815016

    Examples
    --------
    >>> index = pd.MultiIndex.from_product(
    ...     [["410300"], [2019, 2020, 2022]], names=["region_code", "year"]
    ... )
    >>> filled = impute(pd.DataFrame({"patents": [6, None, 9]}, index), method="interpolate")
    >>> filled.values["patents"].tolist(), filled.flags["patents"].tolist()
    ([6.0, 7.0, 9.0], ['', 'interpolated', ''])
    """
    one_of("method", method, tuple(_MARKS))
    _check_owners(method, limit, groups)
    table = read_frame("data", data)
    gaps = np.isnan(table.cells)
    values = table.cells.copy()
    if method in ("interpolate", "previous"):
        _fill_in_time(values, table, limit)
    elif method != "none":
        keys, named = [year_groups("data", table.rows).codes], np.ones(len(values), dtype=bool)
        if groups is not None:
            keys.append(_group_codes(table, groups))
            named = keys[1] >= 0
        rows, parts = np.nonzero(gaps & named[:, np.newaxis])
        by_group = pd.DataFrame(table.cells).groupby(keys)
        middle = by_group.median() if method == "year_median" else by_group.mean()
        values[rows, parts] = middle.to_numpy()[by_group.ngroup().to_numpy()[rows], parts]
    marks = np.full(values.shape, "", dtype=object)
    marks[gaps] = _MARKS[method]
    marks[np.isnan(values)] = "missing"
    return Imputed(
        by_cell(values, table),
        pd.DataFrame(marks, index=table.rows, columns=table.parts, dtype=object),
    )


def _check_owners(method: str, limit: int | None, groups: object) -> None:
    """Refuse an option that the method would leave aside without a word, or one that it lacks."""
    for name, given, owner in (
        ("limit", limit is not None, "previous"),
        ("groups", groups is not None, "group_mean"),
    ):
        if given and method != owner:
            raise ValueError(f'{name}: only for method "{owner}", not for "{method}"')
        if not given and method == owner:
            raise ValueError(f'{name}: is missing; method "{owner}" needs it')
    whole = isinstance(limit, (int, np.integer)) and not isinstance(limit, bool)
    if limit is not None and not (whole and limit >= 1):
        raise ValueError(f"limit: {limit!r} is not allowed; expected a whole number of 1 or more")


def _fill_in_time(values: FloatArray, table: Table, limit: int | None) -> None:
    """Fill gaps, in place, from the same region: carried forward where there is a limit."""
    panel = region_years("data", table.rows)
    order = np.lexsort((panel.years, panel.codes))
    regions, years, observed = panel.codes[order], panel.years[order], values[order]
    rows, parts = np.nonzero(np.isnan(observed))
    if not len(rows):
        return
    before = _last_observed(observed)[rows, parts]
    found = (before >= 0) & (regions[before] == regions[rows])
    filled = observed[before, parts]
    age = years[rows] - years[before]
    if limit is not None:
        found &= age <= limit
    else:
        # Read backwards, the next observation is the last one.
        after = len(observed) - 1 - _last_observed(observed[::-1])[::-1][rows, parts]
        found &= after < len(observed)
        after = np.minimum(after, len(observed) - 1)
        found &= regions[after] == regions[rows]
        share = np.where(found, age, 0) / np.where(found, years[after] - years[before], 1)
        filled += share * (observed[after, parts] - filled)
    values[order[rows[found]], parts[found]] = filled[found]


def _last_observed(cells: FloatArray) -> npt.NDArray[np.intp]:
    """Return the row of the last value at or above each cell; -1 where there is none."""
    places = np.where(np.isnan(cells), -1, np.arange(len(cells))[:, np.newaxis])
    return np.maximum.accumulate(places, axis=0, out=places)


def _group_codes(table: Table, groups: object) -> npt.NDArray[np.intp]:
    """Return the group of each row's region; -1 where the region has none."""
    if not isinstance(groups, pd.Series):
        kind = type(groups).__name__
        raise ValueError(f"groups: {kind} is not allowed; expected a Series by region")
    if not groups.index.is_unique:
        label = groups.index[groups.index.duplicated()].tolist()[0]
        raise ValueError(f"groups: label {label!r} occurs more than once; keep each region once")
    regions = region_labels(table.rows)
    places = groups.index.get_indexer(regions)
    if (places < 0).any():
        label = regions[places < 0].tolist()[0]
        raise ValueError(f"groups: region {label!r} of data is missing; add it")
    return np.asarray(pd.factorize(groups)[0][places], dtype=np.intp)


def coverage(data: pd.DataFrame, *, least: float = 70.0, least_regions: int = 8) -> pd.DataFrame:
    r"""Coverage of indicators (指标覆盖率).

    How many indicators each row has, and whether enough regions of its year have enough of them.

    每一行有数据的指标个数及其占全部指标的百分比，取值0至100，0为全部缺失，100为没有缺失；并给出
    当年达到下限的地区个数。缺省要求指标覆盖率不低于70%，当年达到要求的地区不少于8个。

    Parameters
    ----------
    data : DataFrame
        Rows by indicators; rows are regions, or carry the index level "year".
    least : float, keyword-only
        Percent of the indicators that a row needs, 0 to 100.
    least_regions : int, keyword-only
        Regions of a year that must reach `least`, 0 or more.

    Returns
    -------
    DataFrame
        Rows as `data`. Columns observed (count), share_observed (percent, 0 to 100), regions
        (count of rows of the same year that reach `least`) and flag: "", "too_few_indicators",
        "too_few_regions", joined by ";".

    Raises
    ------
    ValueError
        Text or infinite values in `data`, a limit out of range.

    Notes
    -----
    .. math:: s_r = 100 \frac{n_r}{n}

    Own rule: an index of a region with less than 70 percent of its indicators compares what is
    there and not what is meant, and a scale fitted to fewer than eight regions is one of chance.
    Rows are flagged, not dropped. Filled cells count as observed: ask before filling.

    Examples
    --------
    >>> data = pd.DataFrame({"patents": [1, 2], "exports": [3, None]}, ["410300", "410100"])
    >>> coverage(data, least_regions=1)["flag"].tolist()
    ['', 'too_few_indicators']
    """
    if not 0 <= least <= 100:
        raise ValueError(f"least: {least} is not allowed; expected 0 to 100 percent")
    if not least_regions >= 0:
        raise ValueError(f"least_regions: {least_regions} is not allowed; expected 0 or more")
    table = read_frame("data", data)
    years = year_groups("data", table.rows)
    observed = np.sum(~np.isnan(table.cells), axis=1)
    share = 100 * observed / len(table.parts)
    enough = share >= least
    passing = np.bincount(years.codes, enough, minlength=len(years.labels))[years.codes]
    return pd.DataFrame(
        {
            "observed": observed,
            "share_observed": share,
            "regions": passing.astype(np.int64),
            "flag": flags(
                (~enough, "too_few_indicators"), (passing < least_regions, "too_few_regions")
            ),
        },
        index=table.rows,
    )
