"""Spread over regions, year by year, and its trend."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import one_of, read_confidence
from lyanalysis.indicators._frames import BoolArray, FloatArray, divide, flags
from lyanalysis.indicators._yearly import read_frame
from lyanalysis.indicators.dynamics._least_squares import least_squares

_LARGE, _SMALL = 1e150, 1e-150

_MEASURES = ("standard_deviation_of_logs", "coefficient_of_variation", "standard_deviation")


def sigma_convergence(values: pd.DataFrame, *, logs: bool = True, ddof: int = 0) -> pd.DataFrame:
    r"""Sigma convergence (σ收敛).

    Spread of a figure over regions, year by year; a spread that falls is sigma convergence.

    各年某指标在地区之间的离散程度,逐年下降即为σ收敛。变异系数与对数标准差无量纲,标准差与原指标
    同单位;均不小于 0,0 为各地相同,无上限。

    Parameters
    ----------
    values : DataFrame
        One row a year (index of whole numbers, any order), one column a region; one unit.
    logs : bool, keyword-only
        Whether to add the standard deviation of natural logarithms, which needs values above 0.
    ddof : {0, 1}, keyword-only
        0 divides by the number of regions n (all regions are known), 1 by n - 1 (a sample).

    Returns
    -------
    DataFrame
        By year, in the order given: mean, standard_deviation (unit of `values`),
        standard_deviation_of_logs (with `logs`), coefficient_of_variation (all 0 or more, 0 all
        regions equal), regions (number with a value) and flag: "regions_missing",
        "too_few_regions" (fewer than two columns), "not_positive" (no logarithms),
        "mean_not_positive" (no coefficient of variation), joined by ";".

    Raises
    ------
    ValueError
        Infinite or non-numeric values, rows that are no years, labels given twice, other ddof.

    Notes
    -----
    .. math::
        \sigma = \sqrt{\frac{\sum_r (y_r - \bar{y})^2}{n - ddof}}, \qquad CV = \sigma / \bar{y}

    A year in which a region is missing is NaN: a set of regions that changes would look like
    convergence. A value of 0 or less makes only the logarithms of its year NaN. Unweighted: every
    region counts once. Own code: closed forms.

    References
    ----------
    Barro, R. J., Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2),
    223-251. Eurofound (2018). Upward convergence in the EU: concepts, measurements and indicators.

    Examples
    --------
    The tutorial of Eurofound prints 1.28 and 1.25, 0.517 and 0.435:

    >>> years = pd.Index([2000, 2001], name="year")
    >>> values = pd.DataFrame({"A": [0.8, 1.2], "B": [2.7, 3.2], "C": [3.9, 4.2]}, years)
    >>> for row in sigma_convergence(values).itertuples():
    ...     print(row.Index, f"{row.standard_deviation:.2f} {row.coefficient_of_variation:.3f}")
    2000 1.28 0.517
    2001 1.25 0.435
    """
    if ddof not in (0, 1) or isinstance(ddof, bool):
        raise ValueError(f"ddof: {ddof!r} is not allowed; expected 0 or 1")
    table, _ = read_frame("values", values)
    cells, enough = table.cells, len(table.parts) > 1
    mean, deviation = _mean_and_deviation(cells, ddof)
    columns = {"mean": mean, "standard_deviation": deviation}
    not_positive = np.asarray((cells <= 0).any(axis=1))
    if logs:
        columns["standard_deviation_of_logs"] = _mean_and_deviation(
            _logarithms(cells, not_positive), ddof
        )[1]
    columns["coefficient_of_variation"] = divide(deviation, np.where(mean > 0, mean, 0.0))
    # The mean of a year is missing exactly where a value is.
    missing = np.isnan(mean)
    known = np.full(len(mean), cells.shape[1])
    known[missing] -= np.sum(np.isnan(cells[missing]), axis=1)
    flag = flags(
        (missing, "regions_missing"),
        (np.full(len(known), not enough), "too_few_regions"),
        (not_positive & logs, "not_positive"),
        (mean <= 0, "mean_not_positive"),
    )
    return pd.DataFrame(columns | {"regions": known, "flag": flag}, index=table.rows)


def _logarithms(cells: FloatArray, not_positive: BoolArray) -> FloatArray:
    """Take logarithms; years with a value that has none are NaN."""
    if not not_positive.any():
        positive: FloatArray = np.log(cells)
        return positive
    logarithms = np.full(cells.shape, np.nan)
    logarithms[~not_positive] = np.log(cells[~not_positive])
    return logarithms


def _mean_and_deviation(cells: FloatArray, ddof: int) -> tuple[FloatArray, FloatArray]:
    regions = cells.shape[1]
    largest = np.maximum(np.max(cells, axis=1), -np.min(cells, axis=1))
    # Squares of such values would be infinite or 0; a power of two changes no digit.
    extreme = (largest > _LARGE) | ((largest > 0) & (largest < _SMALL))
    scale = np.ldexp(1.0, np.frexp(np.where(extreme, largest, 1.0))[1] - 1)
    if extreme.any():
        cells = cells / scale[:, np.newaxis]
    mean = np.mean(cells, axis=1)
    apart = cells - mean[:, np.newaxis]
    freedom = np.full(len(mean), float(regions - ddof) if regions > 1 else 0.0)
    variance = divide(np.einsum("rc,rc->r", apart, apart), freedom)
    return scale * mean, scale * np.sqrt(variance)


def sigma_trend(
    values: pd.DataFrame,
    *,
    measure: Literal[
        "standard_deviation_of_logs", "coefficient_of_variation", "standard_deviation"
    ] = "standard_deviation_of_logs",
    ddof: int = 0,
    confidence: float = 0.95,
) -> pd.Series[Any]:
    r"""Trend of the spread over regions (σ收敛趋势).

    Change of the spread a year, as the slope of a straight line through it.

    地区离散程度对年份回归的斜率,单位为每年;负值为σ收敛,正值为发散,0 为不变,无上下限。

    Parameters
    ----------
    values, ddof
        As for `sigma_convergence`.
    measure : str, keyword-only
        "standard_deviation_of_logs", "coefficient_of_variation" or "standard_deviation".
    confidence : float, keyword-only
        Level of the interval, a fraction between 0 and 1.

    Returns
    -------
    Series
        slope (per year; below 0 convergence), standard_error, p_value, slope_lower, slope_upper,
        years (number used) and flag: "years_left_out" where a year has no spread,
        "too_few_years" below three (all NaN), joined by ";".

    Raises
    ------
    ValueError
        As `sigma_convergence`, another measure, or a confidence outside 0 to 1.

    Notes
    -----
    .. math:: \sigma_t = a + b t + e_t

    Computed by statsmodels' OLS. The spread of one year resembles that of the year before, so the
    standard error is too small; it is a description, not a test.

    References
    ----------
    Barro, R. J., Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2),
    223-251.

    Examples
    --------
    >>> years = pd.Index([2020, 2021, 2022, 2023], name="year")
    >>> values = pd.DataFrame({"A": [10.0, 11, 12, 13], "B": [30.0, 29, 28, 27]}, years)
    >>> print(f"{sigma_trend(values, measure='standard_deviation')['slope']:.2f}")
    -1.00
    """
    one_of("measure", measure, _MEASURES)
    level = read_confidence(confidence)
    spread = sigma_convergence(values, ddof=ddof)[measure]
    known = spread.dropna()
    time = known.index.to_numpy(dtype=np.float64)
    enough = len(known) > 2
    columns = dict.fromkeys(
        ("slope", "standard_error", "p_value", "slope_lower", "slope_upper"), np.nan
    )
    if enough:
        design = np.column_stack([np.ones_like(time), time - np.mean(time)])
        found = least_squares(known.to_numpy(dtype=np.float64), design, level)
        cells = (found.coefficients, found.standard_errors, found.p_values, found.lower)
        columns = dict(
            zip(columns, (float(cell[1]) for cell in (*cells, found.upper)), strict=True)
        )
    flag = flags(([len(known) < len(spread)], "years_left_out"), ([not enough], "too_few_years"))
    return pd.Series(columns | {"years": len(known), "flag": flag[0]}, dtype=object)
