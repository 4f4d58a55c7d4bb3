"""GDP per head of a group of regions over years in which all of them are known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators.dynamics._panel_ends import balanced_panel
from lyanalysis.indicators.dynamics._sigma import sigma_convergence
from lyanalysis.indicators.growth import chained_levels, per_head
from lyanalysis.indicators.structure import shares

_NEEDED = ["gdp", "va_secondary", "gdp_growth_real", "population_resident"]
_MEASURE = "standard_deviation_of_logs"


class PerHead(NamedTuple):
    """GDP per head of the same regions in all frames; rows are years, columns regions.

    Attributes
    ----------
    constant : DataFrame
        Yuan at prices of the first year; years in which every region is known.
    current : DataFrame
        Yuan at current prices, all years given; NaN where a figure is missing.
    gdp, population : DataFrame
        What `current` is made of, all years given.
    start : DataFrame
        One row a region: ``va_secondary``, share of the secondary sector in GDP in the first year,
        percent.
    """

    constant: pd.DataFrame
    current: pd.DataFrame
    gdp: pd.DataFrame
    population: pd.DataFrame
    start: pd.DataFrame


def gdp_per_head(panel: pd.DataFrame, *, least_share: float = 0.75) -> PerHead:
    r"""GDP per head at constant and current prices (不变价与现价人均生产总值).

    GDP per head of a group of regions, once chained from published real growth, which census
    revisions do not move, and once as published.

    一组地区的人均生产总值，元，大于0，无上限：一是以首年水平为起点用公布的实际增速链接的不变价，不受普查修订
    影响；一是现价。只含链接期内一年不缺的地区。

    Parameters
    ----------
    panel : DataFrame
        Index ``(region_code, year)``; columns ``gdp`` and ``va_secondary`` in 亿元,
        ``gdp_growth_real`` in percent, ``population_resident`` in 万人.
    least_share : float, keyword-only
        Share of the regions that must be known in every year, as for `balanced_panel`.

    Returns
    -------
    PerHead
        constant, current, gdp, population and start. Where no run of two years has enough regions,
        constant is NaN throughout.

    Raises
    ------
    ValueError
        A column that is missing, or a level or rate outside its range.

    Notes
    -----
    .. math:: h_t = \frac{y_0}{n_t} \prod_{s=1}^{t} (1 + g_s / 100)

    No rule of its own: `balanced_panel` chooses years and regions.

    References
    ----------
    Barro, R. J., Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2),
    223-251.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["A"], [2022, 2023]], names=["region_code", "year"])
    >>> columns = {"gdp": [100.0, 90.0], "va_secondary": 40.0, "gdp_growth_real": 10.0}
    >>> panel = pd.DataFrame({**columns, "population_resident": 20.0}, index)
    >>> print(*gdp_per_head(panel).constant["A"].round(), *gdp_per_head(panel).current["A"])
    50000.0 55000.0 50000.0 45000.0
    """
    if missing := [name for name in _NEEDED if name not in panel]:
        raise ValueError(f"panel: column {missing[0]!r} is missing; give {', '.join(_NEEDED)}")
    codes = panel.index.unique("region_code")
    wide = {name: panel[name].unstack("region_code")[codes] for name in _NEEDED}
    chained = chained_levels(wide["gdp"], wide["gdp_growth_real"])
    people = wide["population_resident"].reindex(chained.index)
    constant = balanced_panel(per_head(chained, people), least_share=least_share)
    kept = constant.columns
    gdp, population = wide["gdp"][kept], wide["population_resident"][kept]
    first = constant.index[0]
    secondary = pd.DataFrame({"va_secondary": wide["va_secondary"].loc[first, kept]})
    start = shares(secondary, total=gdp.loc[first])
    return PerHead(constant, per_head(gdp, population), gdp, population, start)


def spread_at_both_prices(
    constant: pd.DataFrame, current: pd.DataFrame, *, breaks: list[int]
) -> pd.DataFrame:
    r"""Spread at constant and current prices (不变价与现价的离散程度).

    Spread of GDP per head over regions at constant prices beside that at current prices, with the
    years in which the latter starts on another statistical basis.

    各年人均生产总值自然对数的标准差，不变价与现价并列；不小于0，0为各地相同，无上限；现价换了统计口径的年份另行
    标明。

    Parameters
    ----------
    constant, current : DataFrame
        One row a year (index of whole numbers), one column a region; above 0.
    breaks : list of int, keyword-only
        Years whose figures at current prices stand behind a break for some region.

    Returns
    -------
    DataFrame
        By year, all years of `current`: ``spread_constant_prices``, ``spread_current_prices``,
        NaN where a region is missing, and ``flag``: ``crosses_break`` in the years of `breaks`.

    Raises
    ------
    ValueError
        As `sigma_convergence`.

    Notes
    -----
    No formula of its own: `sigma_convergence`.

    References
    ----------
    Barro, R. J., Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2),
    223-251.

    Examples
    --------
    >>> years = pd.Index([2022, 2023], name="year")
    >>> levels = pd.DataFrame({"A": [1.0, 2.0], "B": [1.0, 1.0]}, years)
    >>> spread_at_both_prices(levels, levels, breaks=[2023])["flag"].tolist()
    ['', 'crosses_break']
    """
    real, nominal = (sigma_convergence(one)[_MEASURE] for one in (constant, current))
    return pd.DataFrame(
        {
            "spread_constant_prices": real.reindex(nominal.index),
            "spread_current_prices": nominal,
            "flag": np.where(nominal.index.isin(breaks), "crosses_break", ""),
        }
    )
