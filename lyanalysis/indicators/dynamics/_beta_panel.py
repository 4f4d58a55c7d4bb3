"""Beta convergence from every year of a panel, with fixed effects."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._choices import one_of, read_confidence
from lyanalysis.indicators._frames import FloatArray, flags, refuse
from lyanalysis.indicators._yearly import YearArray, read_frame
from lyanalysis.indicators.dynamics._beta import FEW_REGIONS, with_speeds
from lyanalysis.indicators.dynamics._least_squares import is_estimable, least_squares

_EFFECTS = ("region", "year", "both", "none")


class _Pairs(NamedTuple):
    """Growth from one year to the next beside the level it started from."""

    growth: FloatArray
    level: FloatArray
    year: npt.NDArray[np.intp]
    region: npt.NDArray[np.intp]


def beta_convergence_panel(
    values: pd.DataFrame,
    *,
    fixed_effects: Literal["region", "year", "both", "none"] = "region",
    confidence: float = 0.95,
) -> pd.Series[Any]:
    r"""Beta convergence in a panel (面板β收敛).

    Slope of log growth from each year to the next on the logarithm of the level before, with fixed
    effects, so that each region may converge to a path of its own.

    各地逐年对数增长率对上年对数水平的回归斜率,可含地区、年份固定效应;负值为收敛(含地区效应时为
    向各自稳态的条件收敛),0 为无关,正值为发散;增长率与收敛速度均以小数表示。

    Parameters
    ----------
    values : DataFrame
        One row a year (index of whole numbers, any order), one column a region; levels above 0, at
        constant prices.
    fixed_effects : {"region", "year", "both", "none"}, keyword-only
        Which effects to allow for.
    confidence : float, keyword-only
        Level of the intervals, a fraction between 0 and 1.

    Returns
    -------
    Series
        slope, standard_error (clustered by region), p_value, r_squared (0 to 1; with region
        effects of the deviations from each region's mean), the speeds and half-lives of
        `beta_convergence`, observations (pairs of adjacent years), regions, years (starting years
        used) and flag, codes joined by ";": "pairs_missing" (levels missing), "years_missing"
        (rows missing between years), "too_few_regions" (fewer than 3), "too_few_observations",
        "collinear", with each of which all is NaN; "few_regions" (fewer than 10),
        "nickell_bias" (with region effects); "no_convergence", "beyond_log",
        "half_life_unbounded", "speed_unbounded" as in `beta_convergence`.

    Raises
    ------
    ValueError
        Levels that are not above 0, rows that are no years, other effects, a confidence outside
        0 to 1.

    Notes
    -----
    .. math:: \ln y_{r,t+1} - \ln y_{rt} = a_r + d_t + b \ln y_{rt} + e_{rt}, \qquad
        \lambda = -\ln(1 + b)

    Only adjacent years: growth over a missing year is not used. Computed by statsmodels' OLS on
    deviations from each region's mean with a dummy a year; effects of regions do not count as
    parameters in the clustered errors, because they lie within the clusters. With region effects
    the slope is biased downwards by about (1 + rho) / T with rho = 1 + b and T years (Nickell
    1981): the speed is overstated, much so in short panels.

    References
    ----------
    Islam, N. (1995). Growth empirics: a panel data approach. Quarterly Journal of Economics
    110(4), 1127-1170. Nickell, S. (1981). Biases in dynamic models with fixed effects.
    Econometrica 49(6), 1417-1426.

    Examples
    --------
    Three regions that halve the gap to a common path each year:

    >>> years = pd.Index([2020, 2021, 2022, 2023], name="year")
    >>> gaps = np.outer(0.5 ** np.arange(4), [-1.0, 0.2, 0.8])
    >>> values = pd.DataFrame(np.exp(5 + gaps), years, ["A", "B", "C"])
    >>> result = beta_convergence_panel(values, fixed_effects="none")
    >>> print(f"{result['slope']:.2f} {result['half_life']:.2f}")
    -0.50 1.00
    """
    one_of("fixed_effects", fixed_effects, _EFFECTS)
    level = read_confidence(confidence)
    table, years = read_frame("values", values)
    refuse(table, table.cells <= 0, "a level above 0, or NaN where it is missing")
    order = np.argsort(years)
    pairs, possible = _pairs(np.log(table.cells[order]), years[order])
    regions, region = np.unique(pairs.region, return_inverse=True)
    pairs = pairs._replace(region=region)
    by_region, by_year = fixed_effects in ("region", "both"), fixed_effects in ("year", "both")
    outcome, design = _regression(pairs, by_region=by_region, by_year=by_year)
    absorbed = len(regions) - 1 if by_region else 0
    clusters = len(regions) > 2
    enough = clusters and len(outcome) - absorbed > design.shape[1]
    estimable = enough and is_estimable(design)
    found = least_squares(outcome, design, level, groups=region) if estimable else None
    columns, reasons = with_speeds(found, 1.0)
    columns.pop("intercept")
    caveats = flags(
        ([len(outcome) < possible], "pairs_missing"),
        ([bool((np.diff(years[order]) > 1).any())], "years_missing"),
        ([not clusters], "too_few_regions"),
        ([clusters and not enough], "too_few_observations"),
        ([enough and not estimable], "collinear"),
        ([clusters and len(regions) < FEW_REGIONS], "few_regions"),
        ([found is not None and by_region], "nickell_bias"),
        *(([True], reason) for reason in reasons),
    )
    counts = {
        "observations": len(outcome),
        "regions": len(regions),
        "years": len(np.unique(pairs.year)),
    }
    return pd.Series(columns | counts | {"flag": caveats[0]}, dtype=object)


def _pairs(logarithms: FloatArray, years: YearArray) -> tuple[_Pairs, int]:
    """Return pairs of adjacent years with both levels known, and how many there could be."""
    adjacent = np.flatnonzero(np.diff(years) == 1)
    growth = logarithms[adjacent + 1] - logarithms[adjacent]
    year, region = np.nonzero(~np.isnan(growth))
    return _Pairs(growth[year, region], logarithms[adjacent[year], region], year, region), (
        growth.size
    )


def _regression(pairs: _Pairs, *, by_region: bool, by_year: bool) -> tuple[FloatArray, FloatArray]:
    """Return outcome and design, the effects of regions taken out of both."""
    # The first year is the one the others are compared with.
    dummies = np.unique(pairs.year)[1:] if by_year else np.empty(0)
    years = (pairs.year[:, np.newaxis] == dummies).astype(np.float64)
    columns = np.column_stack([pairs.growth, pairs.level, years])
    if by_region and len(columns):
        counts = np.bincount(pairs.region)
        means = np.column_stack(
            [np.bincount(pairs.region, weights=column) / counts for column in columns.T]
        )
        # The overall mean stays, so that the constant keeps its place.
        columns = columns - means[pairs.region] + np.mean(columns, axis=0)
    return columns[:, 0], np.column_stack([np.ones(len(columns)), columns[:, 1:]])
