"""Does a pressure grow with output, or part from it: Tapio's elasticity and its eight states."""

from __future__ import annotations

from typing import Any, NamedTuple, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import (
    BoolArray,
    FloatArray,
    Numbers,
    Row,
    Table,
    aligned,
    divide,
    flags,
    per_row,
    read_growth,
    read_levels,
)
from lyanalysis.indicators._panel import YEAR

# Rates of 4 and 5 percent have an elasticity of 0.8 whether they are written 4 and 5 or 0.04 and
# 0.05; their quotients in binary differ in the last digit.
_NOISE = 1e-12
_WEAK, _STRONG = 0.8, 1.2
UNDEFINED = "undefined"


class _State(NamedTuple):
    code: str
    least: float
    most: float
    growth: str
    pressure: str
    name_zh: str
    name_en: str


# In order of the sign of growth, then of the elasticity.
_STATES = (
    _State(
        "strong_decoupling", np.nan, 0.0, "rising", "falling", "强脱钩", "Strong decoupling"
    ),
    _State("weak_decoupling", 0.0, _WEAK, "rising", "rising", "弱脱钩", "Weak decoupling"),
    _State(
        "expansive_coupling", _WEAK, _STRONG, "rising", "rising", "扩张连接", "Expansive coupling"
    ),
    _State(
        "expansive_negative_decoupling", _STRONG, np.nan, "rising", "rising",
        "扩张负脱钩", "Expansive negative decoupling",
    ),
    _State(
        "strong_negative_decoupling", np.nan, 0.0, "falling", "rising",
        "强负脱钩", "Strong negative decoupling",
    ),
    _State(
        "weak_negative_decoupling", 0.0, _WEAK, "falling", "falling",
        "弱负脱钩", "Weak negative decoupling",
    ),
    _State(
        "recessive_coupling", _WEAK, _STRONG, "falling", "falling", "衰退连接", "Recessive coupling"
    ),
    _State(
        "recessive_decoupling", _STRONG, np.nan, "falling", "falling",
        "衰退脱钩", "Recessive decoupling",
    ),
)  # fmt: skip
_CODES = np.array([*(state.code for state in _STATES), UNDEFINED], dtype=object)


@overload
def decoupling(pressure_growth: float, growth: float) -> pd.Series[Any]: ...
@overload
def decoupling(pressure_growth: Row, growth: float | Row) -> pd.DataFrame: ...
@overload
def decoupling(
    pressure_growth: pd.DataFrame, growth: float | Row | pd.DataFrame
) -> pd.DataFrame: ...
def decoupling(pressure_growth: Numbers, growth: Numbers) -> pd.Series[Any] | pd.DataFrame:
    r"""Decoupling elasticity and state (Tapio 脱钩弹性与状态).

    By how many percent a pressure, such as energy use, grows with each percent of output, and
    which of eight states that is.

    产出每增长百分之一，压力（如能耗）增长百分之几，没有上下限，并按两者的正负和弹性归入八种状态。
    0为压力不变，1为同步；负值可能是强脱钩，也可能是强负脱钩，须与增速的正负一起看。

    Parameters
    ----------
    pressure_growth : float, 1-D sequence or DataFrame
        Growth of the pressure, percent, -100 or more; any labels. A DataFrame has one column for
        each pressure.
    growth : as `pressure_growth`, or one for each row of a DataFrame
        Growth of output at CONSTANT prices over the same period, percent, -100 or more.

    Returns
    -------
    Series (two numbers) or DataFrame
        elasticity; state, a code of `decoupling_states`, "undefined" where there is no
        elasticity; flag: "no_growth" where output did not change, else "". For a DataFrame the
        columns have two levels, so that ``result["state"]`` has the shape of what was given.

    Raises
    ------
    ValueError
        Growth below -100 percent, or labels that differ.

    Notes
    -----
    .. math:: e = g_E / g_Y

    Bounds of the states: below 0.8 weak, 0.8 to 1.2 with both ends coupling, above 1.2 the
    stronger state; publications differ on the ends. A pressure that does not change counts as
    weak decoupling where output grows and as weak negative decoupling where it falls. Where
    output hardly changes, the elasticity is large and says little. NaN where a rate is missing or
    output did not change. Both rates may also be fractions: only their quotient counts. Own code:
    no maintained Python library has it.

    References
    ----------
    Tapio, P. (2005). Towards a theory of decoupling. Transport Policy 12(2), 137-151.

    Examples
    --------
    >>> row = decoupling(2.0, 5.0)
    >>> print(row["elasticity"], row["state"])
    0.4 weak_decoupling
    """
    pressure = read_growth("pressure_growth", pressure_growth, vanishing=True)
    output = read_growth("growth", growth, vanishing=True)
    if output.dimensions == pressure.dimensions:
        pressure, output = aligned(pressure, output)
        rate = output.cells
    else:
        rate = per_row(output, pressure)
    elasticity, states = _elasticity(pressure.cells, rate)
    flag = np.full(elasticity.shape, "", dtype=object)
    flag[(rate == 0) & ~np.isnan(pressure.cells)] = "no_growth"
    if pressure.dimensions < 2:
        columns = {"elasticity": elasticity[0], "state": states[0], "flag": flag[0]}
        result = pd.DataFrame(columns, index=pressure.parts)
        return result if pressure.dimensions == 1 else result.iloc[0].rename(None)
    frames = {"elasticity": elasticity, "state": states, "flag": flag}
    labels = (pressure.rows, pressure.parts)
    # Of the type they have, so that the texts of a large frame are not all looked at again.
    return pd.concat(
        {
            name: pd.DataFrame(cells, *labels, dtype=cells.dtype, copy=False)
            for name, cells in frames.items()
        },
        axis=1,
    )


def decoupling_from_levels(pressure: pd.Series[Any], output: pd.Series[Any]) -> pd.DataFrame:
    r"""Yearly decoupling from levels (按水平逐年计算的脱钩).

    Decoupling state of each region and year, from levels of a pressure and of output.

    由各地区各年的压力和不变价产出水平计算逐年的脱钩弹性与状态，弹性没有上下限，0为压力不变，
    1为同步；只在相邻两年之间计算，从不跨越缺失的年份。

    Parameters
    ----------
    pressure : Series
        Levels, 0 or more; an index level "year" with whole years, all other levels name the
        region.
    output : Series
        Levels of output at CONSTANT prices, 0 or more, with the labels of `pressure`.

    Returns
    -------
    DataFrame
        Rows of `pressure`; pressure_growth and growth (percent on the year before), elasticity,
        state and flag as of `decoupling`; further flags: "year_before_missing", and "zero_base"
        where a level of the year before is 0.

    Raises
    ------
    ValueError
        A negative level, no index level "year", a year that is not whole, or labels that differ.

    Notes
    -----
    .. math:: e_t = \frac{E_t / E_{t-1} - 1}{Y_t / Y_{t-1} - 1}

    The year before counts as missing where it has no row or one of its levels is NaN. Where the
    year itself has a level missing, all is NaN without a flag. Rows may be in any order. Own
    code: no maintained Python library has it.

    References
    ----------
    Tapio, P. (2005). Towards a theory of decoupling. Transport Policy 12(2), 137-151.

    Examples
    --------
    >>> years = pd.Index([2021, 2022, 2024], name="year")
    >>> levels = pd.Series([100.0, 102.0, 101.0], years), pd.Series([100.0, 105.0, 111.0], years)
    >>> for row in decoupling_from_levels(*levels).itertuples():
    ...     print(row.Index, f"{row.elasticity:.1f}", row.state, row.flag or "-")
    2021 nan undefined year_before_missing
    2022 0.4 weak_decoupling -
    2024 nan undefined year_before_missing
    """
    energy, product = aligned(read_levels("pressure", pressure), read_levels("output", output))
    if not isinstance(pressure, pd.Series) or YEAR not in energy.parts.names:
        raise ValueError('pressure: expected a Series with an index level "year"')
    before = _year_before(energy)
    now = np.vstack([energy.cells, product.cells])
    earlier = np.where(before >= 0, now[:, before], np.nan)
    rates = divide(100 * (now - earlier), earlier)
    elasticity, states = _elasticity(rates[:1], rates[1:])
    known = ~np.isnan(now).any(axis=0)
    lacking = np.isnan(earlier).any(axis=0)
    columns = {
        "pressure_growth": rates[0],
        "growth": rates[1],
        "elasticity": elasticity[0],
        "state": states[0],
        "flag": flags(
            (known & lacking, "year_before_missing"),
            (known & ~lacking & (earlier == 0).any(axis=0), "zero_base"),
            (known & ~lacking & (rates[1] == 0), "no_growth"),
        ),
    }
    return pd.DataFrame(columns, index=energy.parts)


def decoupling_states() -> pd.DataFrame:
    r"""States of decoupling (脱钩状态).

    The eight states of Tapio, by the signs of both growth rates and the elasticity.

    Tapio的八种脱钩状态，按产出与压力增速的正负和弹性划分；弹性0.8和1.2都算连接。

    Parameters
    ----------
    None

    Returns
    -------
    DataFrame
        Eight rows; index "state", codes of `decoupling`; columns elasticity_least and
        elasticity_most (NaN where open), growth and pressure_growth ("rising" or "falling"),
        name_zh, name_en.

    Raises
    ------
    ValueError
        Never.

    Notes
    -----
    With both rates of one sign,

    .. math:: e < 0.8, \qquad 0.8 \le e \le 1.2, \qquad e > 1.2

    An elasticity of 0, a pressure that does not change, belongs to the weak states.

    References
    ----------
    Tapio, P. (2005). Towards a theory of decoupling. Transport Policy 12(2), 137-151.

    Examples
    --------
    >>> print(*decoupling_states().loc["expansive_coupling"])
    0.8 1.2 rising rising 扩张连接 Expansive coupling
    """
    return pd.DataFrame(
        {
            "elasticity_least": [state.least for state in _STATES],
            "elasticity_most": [state.most for state in _STATES],
            "growth": [state.growth for state in _STATES],
            "pressure_growth": [state.pressure for state in _STATES],
            "name_zh": [state.name_zh for state in _STATES],
            "name_en": [state.name_en for state in _STATES],
        },
        index=pd.Index([state.code for state in _STATES], name="state"),
    )


def _elasticity(
    pressure: FloatArray, growth: FloatArray
) -> tuple[FloatArray, npt.NDArray[np.object_]]:
    """Return elasticity and state of each cell."""
    # Adding 0 turns the -0.0 of a pressure at rest beside falling output into 0.0.
    elasticity = divide(pressure, growth) + 0.0
    place = np.zeros(elasticity.shape, dtype=np.int8)
    reached: tuple[BoolArray, ...] = (
        elasticity >= 0,
        elasticity >= _WEAK - _NOISE,
        elasticity > _STRONG + _NOISE,
    )
    for holds in reached:
        place += holds
    place += np.where(growth < 0, np.int8(4), np.int8(0))
    place[np.isnan(elasticity)] = len(_STATES)
    return elasticity, _CODES[place]


def _year_before(table: Table) -> npt.NDArray[np.intp]:
    """Return the position of the same region's row of the year before, -1 where there is none."""
    years = pd.Index(table.parts.get_level_values(YEAR))
    if years.dtype.kind not in "iu":
        raise ValueError(f'{table.name}: the index level "year" must hold whole years')
    year = years.to_numpy(dtype=np.int64)
    regions = np.zeros(len(year), dtype=np.intp)
    if isinstance(table.parts, pd.MultiIndex):
        regions = pd.factorize(table.parts.droplevel(YEAR))[0]
    order = np.lexsort((year, regions))
    adjacent = (np.diff(year[order]) == 1) & (np.diff(regions[order]) == 0)
    before = np.full(len(year), -1, dtype=np.intp)
    before[order[1:][adjacent]] = order[:-1][adjacent]
    return before
