"""How advanced the mix of the three sectors is, and how well employment fits it.

Rows are any labels (regions, years); the columns are exactly three; a 1-D sequence of three is one
row. Columns whose names end with "primary", "secondary" and "tertiary" may stand in any order;
under other names, or none, they stand in this one. Levels, fractions and percentages serve alike.
Two questions that papers name alike are kept apart: how far the mix has moved towards services
(`ts_ratio`, `layer_coefficient`, `vector_angle`: larger is more advanced), and how evenly output
and employment match (`theil_rationalisation`, `structural_deviation`: larger is LESS rational).
"""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    aligned,
    by_column,
    by_row,
    divide,
    percentages,
    read_levels,
    read_parts,
)

SECTORS = ("primary", "secondary", "tertiary")
_ANGLES = pd.Index(["theta1", "theta2", "theta3", "W"])

__all__ = [
    "layer_coefficient",
    "structural_deviation",
    "theil_rationalisation",
    "ts_ratio",
    "vector_angle",
]


@overload
def ts_ratio(levels: Row) -> float: ...
@overload
def ts_ratio(levels: pd.DataFrame) -> pd.Series[Any]: ...
def ts_ratio(levels: Row | pd.DataFrame) -> float | pd.Series[Any]:
    r"""Tertiary over secondary output (产业结构高级化系数TS).

    How large services are beside industry and construction.

    第三产业产出与第二产业产出之比。0为没有第三产业，1为两者相等，无上限；一般以大为高级。

    Parameters
    ----------
    levels : 1-D sequence of three (one row) or DataFrame of three columns
        Output of the primary, secondary and tertiary sector, in this order: levels or shares on
        any scale, 0 or more.

    Returns
    -------
    float or Series
        0 no services, 1 both sectors equal, no upper bound. Larger is read as more advanced.

    Raises
    ------
    ValueError
        Other than three sectors, or a negative, infinite or non-numeric value.

    Notes
    -----
    .. math:: TS = Y_3 / Y_2

    The ratio falls when a city re-industrialises, whatever its industry makes, so it counts
    against a manufacturing city: never show it without `layer_coefficient` and `vector_angle`
    beside it. At current prices it also moves with relative prices. NaN where the secondary
    sector is zero, or where one of the two is missing; the primary sector plays no part.

    References
    ----------
    干春晖、郑若谷、余典范 (2011). 中国产业结构变迁对经济增长和波动的影响. 经济研究 46(5), 4-16.

    Examples
    --------
    >>> ts_ratio([10, 50, 40])
    0.8
    """
    table = _three_sectors("levels", levels)
    ratio: float | pd.Series[Any] = by_row(divide(table.cells[:, 2], table.cells[:, 1]), table)
    return ratio


def _three_sectors(name: str, numbers: Row | pd.DataFrame) -> Table:
    table = read_parts(read_levels(name, numbers))
    if len(table.parts) != 3:
        held = "1 sector" if len(table.parts) == 1 else f"{len(table.parts)} sectors"
        raise ValueError(
            f"{name}: holds {held}; give exactly three, in the order primary, secondary, tertiary"
        )
    ends = [str(label).rsplit("_", maxsplit=1)[-1] for label in table.parts]
    if sorted(ends) == sorted(SECTORS):
        order = [ends.index(sector) for sector in SECTORS]
        return table._replace(cells=table.cells[:, order], parts=table.parts[order])
    return table


@overload
def layer_coefficient(levels: Row) -> float: ...
@overload
def layer_coefficient(levels: pd.DataFrame) -> pd.Series[Any]: ...
def layer_coefficient(levels: Row | pd.DataFrame) -> float | pd.Series[Any]:
    r"""Mean layer of the three sectors (产业结构层次系数).

    Mean layer of output, with the sectors as layers 1, 2 and 3.

    三次产业依次记1、2、3层，以比重加权的平均层次。1为全部是第一产业，2为全部是第二产业
    （或一、三产业各半），3为全部是第三产业。

    Parameters
    ----------
    levels : 1-D sequence of three (one row) or DataFrame of three columns
        Output of the primary, secondary and tertiary sector, in this order: levels or shares on
        any scale, 0 or more; each row is brought to a sum of 1.

    Returns
    -------
    float or Series
        1 all primary, 2 all secondary (or half primary, half tertiary), 3 all tertiary. Larger is
        read as more advanced.

    Raises
    ------
    ValueError
        Other than three sectors, or a negative, infinite or non-numeric value.

    Notes
    -----
    .. math:: L = 1 q_1 + 2 q_2 + 3 q_3, \qquad q_j = y_j / \sum_k y_k

    Papers that put in percentages print 100 to 300: divide theirs by 100 to compare. A widely
    copied description of the formula (https://gitcode.csdn.net/662a069b9c80ea0d22721cdf.html)
    misprints its last term as 第二产业*3, three times the secondary sector; it is three times the
    tertiary. NaN where a value is missing or a row sums to zero.

    References
    ----------
    徐德云 (2008). 产业结构升级形态决定、测度的一个理论解释及验证. 财政研究 (1).

    Examples
    --------
    >>> print(f"{layer_coefficient([10, 50, 40]):.2f}")
    2.30
    """
    table = _three_sectors("levels", levels)
    total = np.sum(table.cells, axis=1)
    # Counted from the lowest layer, the bounds hold to the last digit.
    above = divide(table.cells[:, 1] + 2 * table.cells[:, 2], total)
    layer: float | pd.Series[Any] = by_row(1 + above, table)
    return layer


@overload
def vector_angle(levels: Row) -> pd.Series[Any]: ...
@overload
def vector_angle(levels: pd.DataFrame) -> pd.DataFrame: ...
def vector_angle(levels: Row | pd.DataFrame) -> pd.Series[Any] | pd.DataFrame:
    r"""Vector-angle index of the three sectors (产业结构高级化夹角指数W).

    Angles between the structure and each sector, and the index W made of them.

    三次产业构成向量与各产业轴的夹角，以及由夹角加权得到的W，弧度。夹角0为只有该产业，π/2为没有
    该产业；W为4.712（1.5π）时全部是第一产业，6.283（2π）时全部是第二产业，7.854（2.5π）时
    全部是第三产业。

    Parameters
    ----------
    levels : 1-D sequence of three (one row) or DataFrame of three columns
        Output of the primary, secondary and tertiary sector, in this order: levels or shares, 0
        or more; the scale of a row does not matter.

    Returns
    -------
    Series (one row) or DataFrame
        theta1, theta2, theta3: radians, 0 where the sector is all there is, pi/2 where it is
        zero; W: radians, 1.5 pi (4.712) all primary, 2 pi (6.283) all secondary, 2.5 pi (7.854)
        all tertiary. Larger W is read as more advanced; a larger theta means LESS of its sector.

    Raises
    ------
    ValueError
        Other than three sectors, or a negative, infinite or non-numeric value.

    Notes
    -----
    .. math::
        \theta_j = \arccos \frac{q_j}{\sqrt{q_1^2 + q_2^2 + q_3^2}},
        \qquad W = \sum_{k=1}^{3} \sum_{j=1}^{k} \theta_j = 3\theta_1 + 2\theta_2 + \theta_3

    W is not linear in the shares: equal shares give 5.732, below all secondary, although their
    mean layer is the same. Some papers work in degrees; their W is 180/pi times this one. The
    angle is taken as the arctangent of the other two sectors over this one: the same number, but
    the arccosine of a cosine near 1 keeps only half of the digits. NaN where a value is missing
    or all are zero.

    References
    ----------
    付凌晖 (2010). 我国产业结构高级化与经济增长关系的实证研究. 统计研究 27(8), 79-81.

    Examples
    --------
    >>> print(f"{vector_angle([10, 50, 40])['W']:.4f}")
    6.5324
    """
    table = _three_sectors("levels", levels)
    theta1, theta2, theta3 = _angles(table.cells)
    # Rounding can leave a pure structure a last digit outside the bounds.
    index = np.clip(3 * theta1 + 2 * theta2 + theta3, 1.5 * np.pi, 2.5 * np.pi)
    result: pd.Series[Any] | pd.DataFrame = by_column(
        _ANGLES, (theta1, theta2, theta3, index), table
    )
    return result


def _angles(cells: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the angle between each row and each of the three sectors."""
    # By the largest value, so that squares of very large levels stay finite and zero rows are NaN.
    scaled = divide(cells, np.max(cells, axis=1, keepdims=True))
    first, second, third = scaled.T
    theta1 = np.arctan2(np.hypot(second, third), first)
    theta2 = np.arctan2(np.hypot(first, third), second)
    theta3 = np.arctan2(np.hypot(first, second), third)
    return theta1, theta2, theta3


@overload
def theil_rationalisation(output: Row, employment: Row) -> float: ...
@overload
def theil_rationalisation(output: pd.DataFrame, employment: pd.DataFrame) -> pd.Series[Any]: ...
def theil_rationalisation(
    output: Row | pd.DataFrame, employment: Row | pd.DataFrame
) -> float | pd.Series[Any]:
    r"""Theil index of output against employment (产业结构合理化泰尔指数TL).

    How far the sectors' output and employment are out of step: larger is LESS rational.

    三次产业的产出与就业偏离的程度，是逆指标。0为各产业劳动生产率相等，越大越不合理，无上限。

    Parameters
    ----------
    output, employment : 1-D sequence of three (one row) or DataFrame of three columns
        Output and employment of the primary, secondary and tertiary sector: levels or shares on
        any scale, 0 or more. Both must be of the same sectors and the same year.

    Returns
    -------
    float or Series
        0 balanced: every sector has the same output a worker. No upper bound. An inverse index:
        LARGER means LESS rational.

    Raises
    ------
    ValueError
        Other than three sectors, a negative, infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math::
        TL = \sum_i \frac{Y_i}{Y} \ln \left( \frac{Y_i}{L_i} \Big/ \frac{Y}{L} \right)

    Some papers turn the index round as 1/TL (undefined at balance), 1 - TL or exp(-TL), under the
    same name: none of these is done here. A sector without output adds 0. NaN where a sector has
    output but no employment, where a value is missing, or where a row sums to zero.

    References
    ----------
    干春晖、郑若谷、余典范 (2011). 中国产业结构变迁对经济增长和波动的影响. 经济研究 46(5), 4-16.

    Examples
    --------
    >>> print(f"{theil_rationalisation([10, 50, 40], [25, 30, 45]):.4f}")
    0.1167
    """
    table, share, productivity = _relative_productivity(output, employment)
    # The logarithm of a sector without output has no weight; one stands for it.
    terms = share * np.log(np.where(share == 0, 1.0, productivity))
    # Rounding can leave a balanced structure a last digit below 0.
    theil: float | pd.Series[Any] = by_row(np.maximum(np.sum(terms, axis=1), 0.0), table)
    return theil


def _relative_productivity(
    output: Row | pd.DataFrame, employment: Row | pd.DataFrame
) -> tuple[Table, FloatArray, FloatArray]:
    """Return shares of output, and output a worker with that of the whole economy as 1."""
    made, employed = aligned(
        _three_sectors("output", output), _three_sectors("employment", employment)
    )
    share = percentages(made.cells) / 100
    return made, share, divide(share, percentages(employed.cells) / 100)


@overload
def structural_deviation(output: Row, employment: Row) -> float: ...
@overload
def structural_deviation(output: pd.DataFrame, employment: pd.DataFrame) -> pd.Series[Any]: ...
def structural_deviation(
    output: Row | pd.DataFrame, employment: Row | pd.DataFrame
) -> float | pd.Series[Any]:
    r"""Structural deviation (结构偏离度E).

    Sum of the sectors' deviations from mean productivity: larger is LESS rational.

    三次产业劳动生产率与平均水平的相对偏离的绝对值之和，是逆指标。0为各产业劳动生产率相等，
    越大越不合理，无上限。

    Parameters
    ----------
    output, employment : 1-D sequence of three (one row) or DataFrame of three columns
        Output and employment of the primary, secondary and tertiary sector: levels or shares on
        any scale, 0 or more. Both must be of the same sectors and the same year.

    Returns
    -------
    float or Series
        0 balanced: every sector has the same output a worker. No upper bound. An inverse index:
        LARGER means LESS rational.

    Raises
    ------
    ValueError
        Other than three sectors, a negative, infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math:: E = \sum_i \left| \frac{Y_i / L_i}{Y / L} - 1 \right|

    Every sector weighs the same, so a tiny one can dominate; `theil_rationalisation` weighs by
    output. A sector with workers but no output adds 1. NaN where a sector has no employment, even
    if it has no output either: its productivity is unknown. NaN too where a value is missing or a
    row sums to zero.

    References
    ----------
    干春晖、郑若谷、余典范 (2011). 中国产业结构变迁对经济增长和波动的影响. 经济研究 46(5), 4-16.

    Examples
    --------
    >>> print(f"{structural_deviation([10, 50, 40], [25, 30, 45]):.4f}")
    1.3778
    """
    table, _, productivity = _relative_productivity(output, employment)
    deviation = np.sum(np.abs(productivity - 1), axis=1)
    total: float | pd.Series[Any] = by_row(deviation, table)
    return total
