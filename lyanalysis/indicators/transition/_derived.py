"""Indicators computed from the published figures of one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from lyanalysis.indicators.coordination import decoupling
from lyanalysis.indicators.growth import growth_rate
from lyanalysis.indicators.scorecard import growth_gap
from lyanalysis.indicators.structure import shares
from lyanalysis.indicators.upgrading import layer_coefficient

_SECTORS = ["va_primary", "va_secondary", "va_tertiary"]
_INDUSTRY = "va_industry_above_scale_growth"
_PERSONS = 10_000
PRESSURES = {
    "electricity_total": "gdp_growth_real",
    "energy_consumption_above_scale_growth": _INDUSTRY,
}
"""Measures of energy use, and the growth of output each is set against."""
ENERGY = [*PRESSURES, *PRESSURES.values()]
"""Columns that :func:`energy_decoupling` needs."""
GOALS = ["rd_intensity", "hightech_mfg_share", "urbanization_rate", "tertiary_share"]
"""Measures, in percent, in which a region may catch up with the nation."""


def _gap(part: str, total: str) -> tuple[tuple[str, ...], Callable[[pd.DataFrame], pd.Series]]:
    return (part, total), lambda table: growth_gap(table[part], table[total])


_DERIVED: Mapping[str, tuple[tuple[str, ...], Callable[[pd.DataFrame], pd.Series]]] = {
    "layer_coefficient": (tuple(_SECTORS), lambda table: layer_coefficient(table[_SECTORS])),
    "tertiary_share": (
        ("va_tertiary", "gdp"),
        lambda table: shares(table[["va_tertiary"]], total=table["gdp"])["va_tertiary"],
    ),
    "tertiary_growth_gap": _gap("va_tertiary_growth", "gdp_growth_real"),
    "hightech_mfg_growth_gap": _gap("hightech_mfg_growth", _INDUSTRY),
    "sei_growth_gap": _gap("sei_growth", _INDUSTRY),
    "new_hightech_industry_growth_gap": _gap("new_hightech_industry_growth", _INDUSTRY),
    "energy_intensive_growth_gap": _gap("energy_intensive_growth", _INDUSTRY),
    "gdp_per_resident": (
        ("gdp", "population_resident"),
        lambda table: _PERSONS * table["gdp"] / table["population_resident"],
    ),
}


def derive_indicators(published: pd.DataFrame) -> pd.DataFrame:
    r"""Measures derived from published figures (由公布数计算的指标).

    The published figures, and beside them every indicator of the index that can be computed from
    them.

    在公布数之后加上能由它们算出的各项指标：结构层次系数（1至3）、第三产业占比（%）、各口径增速之差
    （百分点，没有上下限）和年末人口人均生产总值（元，不小于0）。

    Parameters
    ----------
    published : DataFrame
        Rows by region and year; columns are variables of the catalogue in its units.

    Returns
    -------
    DataFrame
        `published`, and behind it the columns layer_coefficient (1 to 3), tertiary_share (percent,
        0 to 100), tertiary_growth_gap, hightech_mfg_growth_gap, sei_growth_gap,
        new_hightech_industry_growth_gap, energy_intensive_growth_gap (percentage points, unbounded)
        and gdp_per_resident (yuan, 0 or more), each where its inputs are among the columns. NaN
        where one of the inputs is missing.

    Raises
    ------
    ValueError
        Negative levels, or growth of -100 percent or less.

    Notes
    -----
    .. math:: d = g - G, \qquad y = 10\,000 \frac{Y}{P}

    with growth of a part and of its total, GDP in 100 million yuan and residents at the end of the
    year in 10 000 persons. Mean layer and shares are those of
    :mod:`~lyanalysis.indicators.upgrading` and :mod:`~lyanalysis.indicators.structure`. Identity.

    Examples
    --------
    >>> published = pd.DataFrame({"gdp": [6164.5], "population_resident": [708.3]})
    >>> print(f"{derive_indicators(published)['gdp_per_resident'].item():.0f}")
    87032
    """
    found = {
        name: compute(published)
        for name, (inputs, compute) in _DERIVED.items()
        if set(inputs) <= set(published.columns)
    }
    return published.assign(**found)


def energy_decoupling(published: pd.DataFrame) -> pd.DataFrame:
    r"""Decoupling of energy use from output (能耗与产出的脱钩).

    Elasticity and state for every measure of energy use, region and year that has both rates.

    逐地区逐年计算能耗增速与产出实际增速之比（没有上下限）和Tapio脱钩状态：全社会用电量对地区生产
    总值，规模以上工业综合能源消费量对规模以上工业增加值。用电量增速只在相邻两年之间计算。

    Parameters
    ----------
    published : DataFrame
        Index ``(region_code, year)``, years of a region consecutive and in order; columns
        electricity_total (level), energy_consumption_above_scale_growth, gdp_growth_real and
        va_industry_above_scale_growth (percent).

    Returns
    -------
    DataFrame
        Index ``(region_code, year, variable)``, the variable being the measure of energy use, for
        what has both rates and an elasticity: pressure_growth and growth (percent, -100 or more),
        elasticity (unbounded; 0 where energy use did not change, below 0 where the two rates have
        opposite signs) and state, a code of `decoupling_states`.

    Raises
    ------
    ValueError
        As `growth_rate` and `decoupling`.

    Notes
    -----
    .. math:: e = g_E / g_Y

    References
    ----------
    Tapio, P. (2005). Towards a theory of decoupling. Transport Policy 12(2), 137-151.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["A"], [2018, 2019]], names=["region_code", "year"])
    >>> nothing = dict.fromkeys(ENERGY, float("nan"))
    >>> columns = nothing | {"electricity_total": [100, 102], "gdp_growth_real": [8.0, 5.0]}
    >>> found = energy_decoupling(pd.DataFrame(columns, index))
    >>> found["state"].to_dict()
    {('A', 2019, 'electricity_total'): 'weak_decoupling'}
    """
    electricity = published["electricity_total"]
    before = electricity.groupby(level="region_code").shift()
    names = list(PRESSURES)
    pressure = published[names].assign(electricity_total=growth_rate(electricity, before))
    output = published[list(PRESSURES.values())].set_axis(names, axis=1)
    rates = pd.concat({"pressure_growth": pressure, "growth": output}, axis=1)
    wide = rates.join(decoupling(pressure, output)).rename_axis([None, "variable"], axis=1)
    tall = wide.stack("variable", future_stack=True)
    assert isinstance(tall, pd.DataFrame)
    kept = tall[["pressure_growth", "growth", "elasticity", "state"]]
    return kept.dropna(subset="elasticity")
