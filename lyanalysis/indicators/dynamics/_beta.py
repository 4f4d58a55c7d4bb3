"""Whether poor regions grow faster: beta convergence and its speed."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import read_confidence
from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    aligned,
    divide,
    flags,
    per_row,
    read,
    refuse,
)
from lyanalysis.indicators.dynamics._least_squares import Estimates, is_estimable, least_squares

# Own rule: below this number of regions an estimate hangs on single ones.
FEW_REGIONS = 10

ESTIMATES = ("intercept", "slope", "standard_error", "p_value", "r_squared")
SPEEDS = (
    "speed",
    "speed_lower",
    "speed_upper",
    "half_life",
    "half_life_lower",
    "half_life_upper",
)


@overload
def convergence_speed(slope: float, years: float, *, annualised: bool = True) -> pd.Series[Any]: ...
@overload
def convergence_speed(
    slope: Row, years: float | Row, *, annualised: bool = True
) -> pd.DataFrame: ...
def convergence_speed(
    slope: float | Row, years: float | Row, *, annualised: bool = True
) -> pd.Series[Any] | pd.DataFrame:
    r"""Speed of convergence (收敛速度).

    Fraction of the gap to the long-run path that closes in a year, from the slope of a regression
    of growth on the logarithm of the starting level.

    每年缩小的与稳态差距的比例,由增长对初始对数水平回归的斜率换算;大于 0,越大收敛越快,无上限;
    半程年数为差距缩小一半所需的年数。

    Parameters
    ----------
    slope : float or 1-D sequence
        Slope, growth in log points as a fraction (0.02 is 2 percent).
    years : float, or one for each slope
        Length T of the period of growth, above 0.
    annualised : bool, keyword-only
        True where growth was divided by T before the regression, False where it was not.

    Returns
    -------
    Series, or DataFrame with one row a slope
        speed (per year, a fraction above 0), half_life (years, above 0; 0 would be at once) and
        flag: "no_convergence" (slope of 0 or more), "beyond_log" (a slope so steep that no speed
        gives it); both make speed and half-life NaN.

    Raises
    ------
    ValueError
        Years that are not above 0, a non-numeric or infinite slope, labels that differ.

    Notes
    -----
    .. math::
        \lambda = -\frac{\ln(1 + b T)}{T} \quad \text{or} \quad
        \lambda = -\frac{\ln(1 + b)}{T}, \qquad h = \frac{\ln 2}{\lambda}

    The first holds for growth by year, the second for growth over the whole period. Taking the
    second for growth by year makes half-lives about T times too long. NaN where the slope is
    missing. Own code: closed form.

    References
    ----------
    Barro, R. J., Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2),
    223-251.

    Examples
    --------
    >>> result = convergence_speed(-0.09475194, 2)
    >>> print(f"{result['speed']:.6f} {result['half_life']:.6f}")
    0.105054 6.597986
    """
    slopes = read("slope", slope)
    if slopes.dimensions == 2:
        raise ValueError("slope: expected a number or a row of numbers, not a DataFrame")
    length = read("years", years)
    refuse(length, ~(length.cells > 0), "a number of years above 0")
    periods = np.broadcast_to(per_row(length, slopes, elementwise=True), slopes.cells.shape)[0]
    slope_cells = slopes.cells[0]
    divisor = periods if annualised else np.ones_like(periods)
    speed = _speed(slope_cells, periods, divisor)
    flag = flags(
        (slope_cells >= 0, "no_convergence"), (1 + slope_cells * divisor <= 0, "beyond_log")
    )
    speed = np.where(slope_cells < 0, speed, np.nan)
    result = pd.DataFrame(
        {"speed": speed, "half_life": _half_life(speed), "flag": flag}, index=slopes.parts
    )
    return result if slopes.dimensions else result.iloc[0].rename(None)


def _speed(slope: FloatArray, years: FloatArray, divisor: FloatArray) -> FloatArray:
    """Return the speed, also a negative one; NaN where no speed gives the slope."""
    change = slope * divisor
    logarithm = np.full(change.shape, np.nan)
    np.log1p(change, out=logarithm, where=change > -1)
    return -logarithm / years


def _half_life(speed: FloatArray) -> FloatArray:
    return divide(np.full(speed.shape, np.log(2)), np.where(speed > 0, speed, 0.0))


def with_speeds(found: Estimates | None, years: float) -> tuple[dict[str, float], list[str]]:
    """Return estimates and speeds of a slope in the second column, and the reasons for gaps."""
    columns = dict.fromkeys((*ESTIMATES, *SPEEDS), np.nan)
    if found is None:
        return columns, []
    columns["intercept"], slope = (float(value) for value in found.coefficients[:2])
    columns["slope"], columns["r_squared"] = slope, found.r_squared
    columns["standard_error"] = float(found.standard_errors[1])
    columns["p_value"] = float(found.p_values[1])
    if slope >= 0:
        return columns, ["no_convergence"]
    if 1 + slope * years <= 0:
        return columns, ["beyond_log"]
    # A steeper slope is a higher speed, so the ends of the interval change places.
    slopes = np.array([slope, found.upper[1], found.lower[1]])
    length = np.full(3, float(years))
    speed = _speed(slopes, length, length)
    half_life = _half_life(speed)[[0, 2, 1]]
    columns |= dict(zip(SPEEDS, (float(value) for value in (*speed, *half_life)), strict=True))
    reasons = ((slopes[1] >= 0, "half_life_unbounded"), (np.isnan(speed[2]), "speed_unbounded"))
    bounded = not np.isnan(found.standard_errors[1])
    return columns, [name for holds, name in reasons if holds and bounded]


def beta_convergence(
    start: Row,
    end: Row,
    *,
    years: float,
    controls: pd.DataFrame | None = None,
    confidence: float = 0.95,
    robust: bool = False,
) -> pd.Series[Any]:
    r"""Beta convergence (β收敛).

    Whether regions that start lower grow faster: slope of annual log growth on the logarithm of
    the starting level, and the speed of convergence that follows from it.

    各地年均对数增长率对初始对数水平回归的斜率;负值为初始水平低的地区增长更快,即β收敛,0 为与
    初始水平无关,正值为发散;增长率与收敛速度均以小数表示。

    Parameters
    ----------
    start, end : 1-D sequence
        Levels by region at both ends of the period, above 0, at constant prices; labels matched.
    years : float, keyword-only
        Length T of the period, above 0.
    controls : DataFrame, optional, keyword-only
        One row a region, one column a further regressor: conditional convergence.
    confidence : float, keyword-only
        Level of the intervals, a fraction between 0 and 1.
    robust : bool, keyword-only
        Whether to take standard errors that allow for unequal variances (HC3).

    Returns
    -------
    Series
        intercept, slope (log points a year, as a fraction), standard_error, p_value, r_squared (0
        to 1), speed, speed_lower, speed_upper (per year, a fraction), half_life, half_life_lower,
        half_life_upper (years), regions (number used), regions_left_out and flag, codes joined
        by ";": "regions_missing", "too_few_regions" (fewer than 3 plus the controls) and
        "collinear", with which all is NaN; "few_regions" (fewer than 10); "no_convergence" and
        "beyond_log" as in `convergence_speed`; "half_life_unbounded" (the interval of the slope
        reaches 0), "speed_unbounded"; "leverage_of_one" (no HC3 errors).

    Raises
    ------
    ValueError
        Levels or years that are not above 0, labels that differ, a confidence outside 0 to 1.

    Notes
    -----
    .. math:: \frac{1}{T} \ln \frac{y_{rT}}{y_{r0}} = a + b \ln y_{r0} + c' x_r + e_r

    Computed by statsmodels' OLS. Bounds of speed and half-life are those of the slope, transformed.
    A region with a missing level or control is left out and counted. Measurement error in the
    starting level alone makes the slope negative. Beta convergence does not imply a falling
    spread: see `sigma_convergence`.

    References
    ----------
    Barro, R. J., Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2),
    223-251.

    Examples
    --------
    The tutorial of Eurofound prints an intercept of 0.13393 and a slope of -0.09475:

    >>> result = beta_convergence([0.9, 2.9, 4.1], [1.2, 3.1, 4.1], years=2)
    >>> print(f"{result['intercept']:.5f} {result['slope']:.5f} {result['flag']}")
    0.13393 -0.09475 few_regions
    """
    level = read_confidence(confidence)
    first, last = aligned(_read_positive("start", start), _read_positive("end", end))
    length = read("years", years)
    if length.dimensions:
        raise ValueError("years: expected one number")
    refuse(length, ~(length.cells > 0), "a number of years above 0")
    before = np.log(first.cells[0])
    growth = (np.log(last.cells[0]) - before) / float(years)
    design = np.column_stack([np.ones_like(before), before, *_columns(controls, first)])
    known = ~np.isnan(growth) & ~np.isnan(design).any(axis=1)
    rows, enough = int(known.sum()), int(known.sum()) > design.shape[1]
    estimable = enough and is_estimable(design[known])
    found = None
    if estimable:
        found = least_squares(growth[known], design[known], level, robust=robust)
    columns, reasons = with_speeds(found, float(years))
    unknown_error = found is not None and bool(np.isnan(found.standard_errors).any())
    caveats = (
        (rows < len(known), "regions_missing"),
        (not enough, "too_few_regions"),
        (enough and not estimable, "collinear"),
        (enough and rows < FEW_REGIONS, "few_regions"),
        *((True, reason) for reason in reasons),
        (unknown_error, "leverage_of_one"),
    )
    flag = ";".join(name for holds, name in caveats if holds)
    counts = {"regions": rows, "regions_left_out": len(known) - rows, "flag": flag}
    return pd.Series(columns | counts, dtype=object)


def _read_positive(name: str, levels: Row) -> Table:
    table = read(name, levels)
    if table.dimensions != 1:
        raise ValueError(f"{name}: expected one row of levels, one for each region")
    refuse(table, table.cells <= 0, "a level above 0, or NaN where it is missing")
    return table


def _columns(controls: pd.DataFrame | None, regions: Table) -> list[FloatArray]:
    if controls is None:
        return []
    if not isinstance(controls, pd.DataFrame):
        raise ValueError("controls: expected a DataFrame, one row a region, one column a control")
    read("controls", controls)
    return [
        per_row(read("controls", column), regions, elementwise=True)[0]
        for _, column in controls.items()
    ]
