"""Shift-share after Esteban-Marquillas and Arcelus: performance apart from specialisation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import BoolArray, FloatArray, divide
from lyanalysis.indicators.shift_share._components import (
    Case,
    Levels,
    blocks,
    decompose,
    read_case,
    times,
    write_common,
    zeros,
)

ESTEBAN_MARQUILLAS = (
    "change",
    "national",
    "industry_mix",
    "competitive_homothetic",
    "allocation",
    "new_industry",
)
ARCELUS = (
    "change",
    "national_homothetic",
    "national_specialised",
    "industry_mix_homothetic",
    "industry_mix_specialised",
    "regional_growth_homothetic",
    "regional_growth_specialised",
    "regional_mix_homothetic",
    "regional_mix_specialised",
    "new_industry",
)

# Relative: differences of this size are the rounding of the shares, not of the economy.
ROUNDING = 1e-12
STATES = np.array(
    [
        "",
        "neutral",
        "specialised_advantaged",
        "specialised_disadvantaged",
        "not_specialised_advantaged",
        "not_specialised_disadvantaged",
    ],
    dtype=object,
)


def shift_share_esteban_marquillas(
    start: Levels,
    end: Levels,
    *,
    reference_start: Levels | None = None,
    reference_end: Levels | None = None,
) -> pd.DataFrame:
    r"""Shift-share analysis by Esteban-Marquillas (埃斯特万—马奎拉斯偏离份额分析).

    Splits the competitive effect in two: what the region would have gained with the industries of
    the reference, and what it gains by being specialised where it does better.

    把竞争力分量分为两项：按参照结构（同构规模）计算的纯竞争力分量，和专业化与竞争力是否一致所
    产生的配置分量。单位与输入相同，可正可负，0为无此影响，无上下限；各分量之和等于实际变化。

    Parameters
    ----------
    start, end : 1-D sequence (one region) or DataFrame of rows by industries
        Levels of the base and the end year in one unit, 0 or more.
    reference_start, reference_end : 1-D sequence or DataFrame, optional, keyword-only
        Levels of the reference, as for :func:`shift_share`.

    Returns
    -------
    DataFrame
        Same rows; columns (component, part) in the unit of the levels, unbounded, 0 for no effect:
        change, national, industry_mix, competitive_homothetic, allocation (above 0 where the
        region is specialised in what it does better, or not in what it does worse; see
        :func:`allocation_sign`) and new_industry.

    Raises
    ------
    ValueError
        As :func:`shift_share`.

    Notes
    -----
    With the homothetic level h of an industry, which it would have if the region had the industries
    of the reference:

    .. math::
        h_i = e_0 \frac{E_{i0}}{E_0}, \qquad
        C'_i = h_i (g_i - G_i), \qquad
        A_i = (e_{i0} - h_i) (g_i - G_i)

    National growth and industry mix are those of :func:`shift_share`, and C' + A is its
    competitive effect. An industry without a base in the region has no growth rate, so its effect
    cannot be split: C' and A are 0 and what it has at the end is new_industry, which is 0 for all
    other industries. Thus the components of every industry add up to its change, and no region is
    lost. A missing base makes h, C' and A of the whole row missing; otherwise as
    :func:`shift_share`. Own code: no maintained Python package does this for many regions and years
    with labels.

    References
    ----------
    Esteban-Marquillas, J. M. (1972). Shift- and share analysis revisited. Regional and
    Urban Economics 2(3), 249-261.

    Examples
    --------
    Region A of Farhauer and Kröll (2013):

    >>> parts = shift_share_esteban_marquillas(
    ...     [90, 20, 10, 60], [100, 40, 10, 55],
    ...     reference_start=[400, 150, 150, 400], reference_end=[440, 210, 135, 480],
    ... )
    >>> effects = parts.T.groupby("component", sort=False).sum()[0]
    >>> print(f"{effects['competitive_homothetic']:.4f} {effects['allocation']:.4f}")
    -0.6364 -2.3636
    """
    return esteban_marquillas(read_case(start, end, reference_start, reference_end))


def esteban_marquillas(case: Case) -> pd.DataFrame:
    """Decompose after Esteban-Marquillas."""
    return decompose(case, _esteban_marquillas, ESTEBAN_MARQUILLAS)


def _esteban_marquillas(
    into: FloatArray,
    start: FloatArray,
    end: FloatArray,
    rate: FloatArray,
    total_rate: FloatArray,
    share: FloatArray,
) -> None:
    new = zeros(start)
    write_common(into, start, end, rate, total_rate, new)
    advantage = divide(into[:, 3], start)
    homothetic = homothetic_levels(start, share)
    times(homothetic, advantage, new, into[:, 3])
    times(start - homothetic, advantage, new, into[:, 4])
    _write_new(start, end, new, into[:, 5])


def homothetic_levels(start: FloatArray, share: FloatArray) -> FloatArray:
    """Return what the region would have of each industry with the shares of the reference."""
    base = np.sum(start, axis=1, keepdims=True)
    levels = np.empty_like(start)
    times(base, share, zeros(base), levels)
    return levels


def _write_new(start: FloatArray, end: FloatArray, new: BoolArray | None, into: FloatArray) -> None:
    """Write what new industries have at the end; not known where the base is missing."""
    np.multiply(start, 0.0, out=into)
    if new is not None:
        np.copyto(into, end, where=new)


def allocation_sign(
    start: Levels,
    end: Levels,
    *,
    reference_start: Levels | None = None,
    reference_end: Levels | None = None,
) -> pd.DataFrame:
    r"""Sign table of the allocation effect (配置效应类型).

    Says of every industry of a region whether the region is specialised in it, and whether it
    grew faster there than in the reference.

    按是否专业化（基期规模大于同构规模）与是否有竞争优势（增长快于参照）把各地各行业分为四类。
    取值为类型代码，无单位：两个“有”或两个“无”时配置效应为正，一有一无时为负。

    Parameters
    ----------
    start, end : 1-D sequence (one region) or DataFrame of rows by industries
        Levels of the base and the end year in one unit, 0 or more.
    reference_start, reference_end : 1-D sequence or DataFrame, optional, keyword-only
        Levels of the reference, as for :func:`shift_share`.

    Returns
    -------
    DataFrame
        Rows by industries: "specialised_advantaged" and "not_specialised_disadvantaged" (the
        allocation effect is above 0), "specialised_disadvantaged" and
        "not_specialised_advantaged" (below 0), "neutral" (0) or "" where it is not known.

    Raises
    ------
    ValueError
        As :func:`shift_share`.

    Notes
    -----
    .. math::
        \operatorname{sgn} A_i = \operatorname{sgn}(e_{i0} - h_i) \, \operatorname{sgn}(g_i - G_i)

    Levels that differ by less than 1e-12 of the larger one are equal. "" where a level is missing
    and where the region or the reference has no base in the industry, so that it has no growth
    rate. Own code: a comparison.

    References
    ----------
    Esteban-Marquillas, J. M. (1972). Shift- and share analysis revisited. Regional and
    Urban Economics 2(3), 249-261.

    Examples
    --------
    >>> signs = allocation_sign(
    ...     [90, 20, 10, 60], [100, 40, 10, 55],
    ...     reference_start=[400, 150, 150, 400], reference_end=[440, 210, 135, 480],
    ... )
    >>> for sign in signs.iloc[0]:
    ...     print(sign)
    specialised_advantaged
    not_specialised_advantaged
    not_specialised_advantaged
    not_specialised_disadvantaged
    """
    case = read_case(start, end, reference_start, reference_end)
    states = np.empty(case.start.shape, dtype=object)
    for block, arrays in blocks(case, ("rate", "share")):
        states[block] = STATES[_state(*arrays)]
    return pd.DataFrame(
        states, index=case.labels.rows, columns=case.labels.parts, dtype=object, copy=False
    )


def _state(
    start: FloatArray, end: FloatArray, rate: FloatArray, share: FloatArray
) -> npt.NDArray[np.intp]:
    specialised = _sign(start, homothetic_levels(start, share))
    advantaged = _sign(end, start + start * rate)
    # In the order of STATES: 2 for both, 3 and 4 for one of them, 5 for none.
    code = np.where(specialised > 0, 2, 4) + (advantaged < 0)
    code[(specialised == 0) | (advantaged == 0)] = 1
    code[np.isnan(specialised + advantaged) | (start == 0)] = 0
    return code


def _sign(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return the sign of a difference, 0 within rounding."""
    gap = one - other
    within = np.abs(gap) <= ROUNDING * np.maximum(one, np.abs(other))
    return np.where(within, 0.0, np.sign(gap))


def shift_share_arcelus(
    start: Levels,
    end: Levels,
    *,
    reference_start: Levels | None = None,
    reference_end: Levels | None = None,
) -> pd.DataFrame:
    r"""Shift-share analysis by Arcelus (阿瑟勒斯偏离份额分析).

    Splits each of four effects (growth of the nation, its industry mix, growth of the region, the
    region's own industry mix) into a part without and a part due to specialisation.

    把全国增长、全国产业结构、地区增长、地区产业结构四种影响各分为同构部分和专业化部分，共八项。
    单位与输入相同，可正可负，0为无此影响，无上下限；各分量之和等于实际变化。

    Parameters
    ----------
    start, end : 1-D sequence (one region) or DataFrame of rows by industries
        Levels of the base and the end year in one unit, 0 or more.
    reference_start, reference_end : 1-D sequence or DataFrame, optional, keyword-only
        Levels of the reference, as for :func:`shift_share`.

    Returns
    -------
    DataFrame
        Same rows; columns (component, part) in the unit of the levels, unbounded, 0 for no effect:
        change; national, industry_mix, regional_growth and regional_mix, each with _homothetic
        and _specialised; and new_industry.

    Raises
    ------
    ValueError
        As :func:`shift_share`.

    Notes
    -----
    Each rate is applied to the homothetic level h of
    :func:`shift_share_esteban_marquillas` and to the rest, e - h:

    .. math::
        G, \qquad G_i - G, \qquad g - G, \qquad (g_i - g) - (G_i - G)

    The parts on e - h of national and of regional growth cancel over the industries. An industry
    without a base in the region has no growth rate: its regional_mix is 0 and what it has at the
    end is new_industry, which is 0 for all other industries; a region without any base has
    new_industry alone. Thus the components of every industry add up to its change. A missing level
    makes what needs the region's total missing in its row; otherwise as :func:`shift_share`. Own
    code: no maintained Python package does this for many regions and years with labels.

    References
    ----------
    Arcelus, F. J. (1984). An extension of shift-share analysis. Growth and Change 15(1), 3-8.

    Examples
    --------
    The data of Krumme (University of Washington):

    >>> parts = shift_share_arcelus(
    ...     [500, 100, 200, 200], [1000, 100, 250, 280],
    ...     reference_start=[10, 20, 40, 30], reference_end=[11, 24, 52, 42],
    ... )
    >>> effects = parts.T.groupby("component", sort=False).sum()[0]
    >>> print(f"{effects['regional_mix_homothetic']:.0f} {effects['regional_mix_specialised']:.0f}")
    -310 390
    """
    return arcelus(read_case(start, end, reference_start, reference_end))


def arcelus(case: Case) -> pd.DataFrame:
    """Decompose after Arcelus."""
    return decompose(case, _arcelus, ARCELUS)


def _arcelus(
    into: FloatArray,
    start: FloatArray,
    end: FloatArray,
    rate: FloatArray,
    total_rate: FloatArray,
    share: FloatArray,
) -> None:
    new = zeros(start)
    write_common(into, start, end, rate, total_rate, new)
    base = np.sum(start, axis=1, keepdims=True)
    lead = divide(np.sum(end, axis=1, keepdims=True) - base, base) - total_rate
    advantage = divide(into[:, 3], start) - lead
    homothetic = homothetic_levels(start, share)
    specialised = start - homothetic
    for first, weight in ((1, homothetic), (2, specialised)):
        nothing = zeros(weight)
        times(weight, total_rate, nothing, into[:, first])
        times(weight, rate - total_rate, nothing, into[:, first + 2])
        times(weight, lead, nothing, into[:, first + 4])
        times(weight, advantage, new, into[:, first + 6])
    _write_new(start, end, new, into[:, 9])
