"""Regions side by side in one year: scale, growth, level a head and structure."""

from __future__ import annotations

import pandas as pd

from lyanalysis.indicators.growth import per_head
from lyanalysis.indicators.structure import shares
from lyanalysis.indicators.upgrading import layer_coefficient, ts_ratio, vector_angle

_SECTORS = ["va_primary", "va_secondary", "va_tertiary"]
_SHARES = ["gdp_share_primary", "gdp_share_secondary", "gdp_share_tertiary"]
_NEEDED = ["gdp", *_SECTORS, "gdp_growth_real", "population_resident"]


def profile(panel: pd.DataFrame) -> pd.DataFrame:
    r"""Profile of regions (地区对照表).

    Scale, growth, level a head and sector structure of regions, one row each.

    各地区规模、增速、人均水平和三次产业结构并列，一地一行。单位和范围随指标而定。

    Parameters
    ----------
    panel : DataFrame
        Any labels of rows (regions, years). Columns ``gdp``, ``va_primary``, ``va_secondary``,
        ``va_tertiary`` in 亿元, ``gdp_growth_real`` in percent, ``population_resident`` in 万人.

    Returns
    -------
    DataFrame
        ``gdp``, ``gdp_growth_real``; ``gdp_per_head`` in yuan; ``gdp_share_primary``,
        ``gdp_share_secondary``, ``gdp_share_tertiary`` in percent; ``ts_ratio``,
        ``layer_coefficient`` and ``structure_angle_w``. NaN where an input is missing.

    Raises
    ------
    ValueError
        If a column is missing, or a level or rate is outside its range.

    Notes
    -----
    No formula of its own: :func:`~lyanalysis.indicators.growth.per_head`,
    :func:`~lyanalysis.indicators.structure.shares` and
    :mod:`~lyanalysis.indicators.upgrading`. Own rule: GDP per head is computed for every region
    from the same two series, because published ones mix vintages and populations.

    Examples
    --------
    >>> row = {"gdp": 100.0, "va_primary": 10.0, "va_secondary": 50.0, "va_tertiary": 40.0}
    >>> row |= {"gdp_growth_real": 5.0, "population_resident": 20.0}
    >>> print(*profile(pd.DataFrame([row])).loc[0, ["gdp_per_head", "ts_ratio"]])
    50000.0 0.8
    """
    if missing := [name for name in _NEEDED if name not in panel]:
        raise ValueError(f"panel: column {missing[0]!r} is missing; give {', '.join(_NEEDED)}")
    sectors = panel[_SECTORS]
    heads = panel[["population_resident"]].set_axis(["gdp"], axis=1)
    of_gdp = shares(sectors.set_axis(_SHARES, axis=1), total=panel["gdp"])
    return panel[["gdp", "gdp_growth_real"]].assign(
        gdp_per_head=per_head(panel[["gdp"]], heads)["gdp"],
        **{name: of_gdp[name] for name in _SHARES},
        ts_ratio=ts_ratio(sectors),
        layer_coefficient=layer_coefficient(sectors),
        structure_angle_w=vector_angle(sectors)["W"],
    )
