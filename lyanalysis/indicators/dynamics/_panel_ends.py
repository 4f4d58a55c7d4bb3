"""A panel without gaps, and convergence between its first and its last year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import read_confidence
from lyanalysis.indicators._yearly import read_frame
from lyanalysis.indicators.dynamics._beta import beta_convergence


def balanced_panel(values: pd.DataFrame, *, least_share: float = 0.75) -> pd.DataFrame:
    r"""Balanced panel (平衡面板).

    The longest run of years, from the first, through which most regions are known without a gap,
    and these regions.

    从首个多数地区有数的年份起，多数地区一年不缺的最长时段，以及其间一年不缺的地区；数值、单位和取值范围与原数据相同。

    Parameters
    ----------
    values : DataFrame
        One row a year (index of whole numbers, any order), one column a region.
    least_share : float, keyword-only
        Share of all regions given that must be known in every year, above 0, at most 1.

    Returns
    -------
    DataFrame
        Rows in order of time, no value missing. Where there is no such run of two years, all
        values given, made NaN, so that whatever is computed from them is missing too.

    Raises
    ------
    ValueError
        A share outside its range, infinite or non-numeric values, rows that are no years.

    Notes
    -----
    No formula. Own rule. A set of regions that changes from year to year looks like convergence or
    mobility where there is none; a set of the few regions known in the last year is no group.

    Examples
    --------
    >>> years = pd.Index([2021, 2022, 2023], name="year")
    >>> gap = float("nan")
    >>> values = pd.DataFrame({"A": [1.0, 2, 3], "B": [4.0, 5, gap], "C": [6.0, gap, 7]}, years)
    >>> balanced_panel(values, least_share=0.6).to_dict("list")
    {'A': [1.0, 2.0], 'B': [4.0, 5.0]}
    """
    if not 0 < least_share <= 1:
        raise ValueError(f"least_share: {least_share} is not allowed; expected above 0, at most 1")
    table, years = read_frame("values", values)
    order = np.argsort(years)
    ordered = values.iloc[order]
    known, years = ~np.isnan(table.cells[order]), years[order]
    enough = least_share * known.shape[1] - 1e-9
    starts = np.flatnonzero(known.sum(axis=1) >= enough)
    if len(starts):
        first = int(starts[0])
        follows = np.concatenate([[True], np.diff(years[first:]) == 1])
        unbroken = np.logical_and.accumulate(known[first:] & follows[:, np.newaxis], axis=0)
        length = int(np.sum(unbroken.sum(axis=1) >= enough))
        if length > 1:
            ordered = ordered.iloc[first : first + length]
            kept: pd.DataFrame = ordered.loc[:, unbroken[length - 1]]
            return kept
    missing: pd.DataFrame = ordered * np.nan
    return missing


class Convergence(NamedTuple):
    """A test of beta convergence with the points it is made of.

    Attributes
    ----------
    points : DataFrame
        One row a region: ``start_level``, level of the first year; ``log_growth`` to the last
        year and ``fitted_growth``, both in log points times 100 a year.
    estimates : DataFrame
        Index ``model``: "absolute" and "conditional". ``slope``, change of growth in log points
        times 100 a year for a level higher by one in logarithms; ``p_value``; ``r_squared``;
        ``speed``, percent of the gap closed in a year; ``half_life``, years; ``regions``, number
        used; ``years``, length of the period; ``flag``.
    """

    points: pd.DataFrame
    estimates: pd.DataFrame


def convergence_account(
    values: pd.DataFrame, *, controls: pd.DataFrame, confidence: float = 0.95
) -> Convergence:
    r"""Absolute and conditional convergence (绝对收敛与条件收敛).

    Whether regions that start lower grow faster, without and with allowance for other differences
    between them, from the first to the last year of a panel.

    绝对收敛只看初始水平，条件收敛另外控制各地的其他差异；斜率为负即收敛，0为无关，正值为发散。斜率以对数
    百分点每年、速度以百分数每年、半程以年表示。

    Parameters
    ----------
    values : DataFrame
        One row a year (index of whole numbers, any order), one column a region; levels above 0, at
        constant prices.
    controls : DataFrame, keyword-only
        One row a region, all regions of `values` among them, one column a further regressor.
    confidence : float, keyword-only
        Level of the intervals, a fraction between 0 and 1.

    Returns
    -------
    Convergence
        points and estimates. The flags are those of `beta_convergence`, and ``too_few_years``
        where there is one year only, which makes all but the start levels NaN.

    Raises
    ------
    ValueError
        As `beta_convergence`, rows that are no years, or a region without a row of controls.

    Notes
    -----
    .. math:: g_r = \frac{100}{T} \ln \frac{y_{rT}}{y_{r0}}, \qquad
        \hat g_r = 100 (a + b \ln y_{r0})

    a and b are those of `beta_convergence` without controls. A speed is given for a slope below 0
    only; whether it can be told from 0, p_value says.

    References
    ----------
    Barro, R. J., Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2),
    223-251.

    Examples
    --------
    >>> years = pd.Index([2020, 2022], name="year")
    >>> values = pd.DataFrame({"A": [0.9, 1.2], "B": [2.9, 3.1], "C": [4.1, 4.1]}, years)
    >>> controls = pd.DataFrame({"share": [40.0, 50.0, 45.0]}, index=["A", "B", "C"])
    >>> points, estimates = convergence_account(values, controls=controls)
    >>> print(*points["log_growth"].round(2), estimates.loc["conditional", "flag"])
    14.38 3.33 0.0 too_few_regions
    >>> print(f"{estimates.loc['absolute', 'speed']:.4f}")
    10.5054
    """
    level = read_confidence(confidence)
    _, years = read_frame("values", values)
    if absent := [name for name in values.columns if name not in controls.index]:
        raise ValueError(f"controls: no row for {absent[0]!r}; give one for every region")
    ordered = values.iloc[np.argsort(years)]
    length = int(years.max() - years.min())
    start = ordered.iloc[0]
    end = ordered.iloc[-1] if length else start * np.nan
    rows, line = {}, pd.Series(np.nan, index=start.index)
    for model, beside in (("absolute", None), ("conditional", controls.loc[values.columns])):
        found = beta_convergence(
            start, end, years=max(length, 1), controls=beside, confidence=level
        )
        if beside is None:
            line = 100 * (found["intercept"] + found["slope"] * np.log(start))
        rows[model] = {
            "slope": 100 * found["slope"],
            "p_value": found["p_value"],
            "r_squared": found["r_squared"],
            "speed": 100 * found["speed"],
            "half_life": found["half_life"],
            "regions": found["regions"],
            "years": length,
            "flag": found["flag"] if length else "too_few_years",
        }
    estimates = pd.DataFrame.from_dict(rows, orient="index").rename_axis("model")
    numbers = [name for name in estimates.columns if name != "flag"]
    points = {
        "start_level": start,
        "log_growth": 100 * (np.log(end) - np.log(start)) / max(length, 1),
        "fitted_growth": line,
    }
    return Convergence(pd.DataFrame(points), estimates.astype(dict.fromkeys(numbers, float)))
