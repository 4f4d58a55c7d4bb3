"""How evenly systems are developed, and how far: coupling and coupling coordination."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Rule,
    Table,
    aligned,
    by_row,
    check,
    divide,
    flags,
    read_levels,
    read_parts,
    refuse,
    unchecked,
)

Form: TypeAlias = Literal["traditional", "modified"]

# Noise of a product or a sum in the last digits must not decide on which side of a bound it is.
NOISE = 1e-12
UNDEFINED = "undefined"
GRADES = (
    ("extreme_imbalance", "极度失调", "Extreme imbalance"),
    ("severe_imbalance", "严重失调", "Severe imbalance"),
    ("moderate_imbalance", "中度失调", "Moderate imbalance"),
    ("mild_imbalance", "轻度失调", "Mild imbalance"),
    ("near_imbalance", "濒临失调", "Near imbalance"),
    ("bare_coordination", "勉强协调", "Bare coordination"),
    ("primary_coordination", "初级协调", "Primary coordination"),
    ("intermediate_coordination", "中级协调", "Intermediate coordination"),
    ("good_coordination", "良好协调", "Good coordination"),
    ("quality_coordination", "优质协调", "Quality coordination"),
)
# A weighted mean of scores of 1 can be off by its last digits.
_NOISE = 1e-12
# Read as whole numbers, the bits of all that is not between 0 and 1 are larger than those of 1.
_ONE = np.array(1 + _NOISE).view(np.uint64)
_UNIT = Rule(
    lambda cells: cells.size == 0 or bool(np.max(cells.view(np.uint64)) <= _ONE),
    lambda cells: (cells < 0) | (cells > 1 + _NOISE),
    "a value between 0 and 1",
)
_TINY = np.finfo(float).tiny
_CODES = np.array([*(code for code, _, _ in GRADES), UNDEFINED], dtype=object)
_LOWER_BOUNDS = np.arange(len(GRADES)) / 10


@overload
def coupling(systems: Row, *, form: Form = "traditional") -> float: ...
@overload
def coupling(systems: pd.DataFrame, *, form: Form = "traditional") -> pd.Series[Any]: ...
def coupling(systems: Row | pd.DataFrame, *, form: Form = "traditional") -> float | pd.Series[Any]:
    r"""Coupling degree (耦合度).

    How close the development levels of two or more systems are to one another, whatever their
    height.

    各系统发展水平彼此接近的程度，无量纲，0到1。1为各系统水平完全相同，0为至少一个系统为0；
    与水平高低无关，水平都很低时也可以为1。

    Parameters
    ----------
    systems : 1-D sequence (one row) or DataFrame
        Development level of each system (column), 0 to 1; two systems or more.
    form : {"traditional", "modified"}, keyword-only
        Geometric over arithmetic mean, or the form of Wang et al. (2021), which spreads values
        that bunch near 1.

    Returns
    -------
    float or Series
        0 (a system is at zero) to 1 (all are equal, exactly 1). NaN where a system is missing or
        all are zero.

    Raises
    ------
    ValueError
        A level outside 0 to 1, a single system, or another form.

    Notes
    -----
    .. math::
        C = \frac{n (\prod_i U_i)^{1/n}}{\sum_i U_i}, \qquad
        C_m = \sqrt{\left[1 - \frac{\sum_{i>j} |U_i - U_j|}{n (n - 1) / 2}\right]
        \left(\prod_i \frac{U_i}{\max U}\right)^{1/(n-1)}}

    Without the factor n, a common error, equal systems would give 1/n. The traditional form does
    not change when all levels are multiplied; the modified one does. The printed formula of the
    paper has not been seen: the same formula is given under its name by the manual of the R
    package coupling, and the pairs of both forms in table 8 of the paper belong to levels between
    0 and 1 for 38 of 39 city-years. Own code: no maintained Python library has it.

    References
    ----------
    王淑佳, 孔伟, 任亮, 治丹丹, 戴彬婷 (2021). 国内耦合协调度模型的误区及修正. 自然资源学报
    36(3), 793-810.

    Examples
    --------
    >>> print(f"{coupling([0.2, 0.8]):.1f}")
    0.8
    >>> print(f"{coupling([0.2, 0.8], form='modified'):.3f}")
    0.316
    """
    table = read_systems(systems)
    degree: float | pd.Series[Any] = by_row(_degree(table, form), table)
    return degree


def coupling_coordination(
    systems: Row | pd.DataFrame, *, weights: Row | None = None, form: Form = "traditional"
) -> pd.Series[Any] | pd.DataFrame:
    r"""Coupling coordination degree (耦合协调度).

    Coupling and level of development in one figure, and how far that figure depends on weights.

    耦合度与综合发展水平之积的平方根，无量纲，0到1。1为各系统都达到最高水平，0为至少一个系统为0；
    等级每0.1一档，是通行的约定而不是规律。同时给出权重任意变动时协调度的最小值和最大值。

    Parameters
    ----------
    systems : 1-D sequence (one row) or DataFrame
        Development level of each system (column), 0 to 1; two systems or more.
    weights : 1-D sequence, keyword-only
        Weight of each system in development, 0 or more, with a sum of 1; equal if left out.
    form : {"traditional", "modified"}, keyword-only
        As for `coupling`.

    Returns
    -------
    Series (one row) or DataFrame
        coupling, development (weighted mean of the levels), coordination, coordination_least and
        coordination_most (over all weights), each 0 to 1; grade, a code of
        `coordination_grades`, "undefined" where there is no coordination; flag: "zero_system"
        where one of the systems is zero, "all_zero" where all are, else "".

    Raises
    ------
    ValueError
        As `coupling`; a weight that is negative or missing, weights whose sum differs from 1 by
        more than 1e-9, or labels that differ.

    Notes
    -----
    .. math::
        T = \sum_i a_i U_i, \qquad D = \sqrt{C T}, \qquad
        \sqrt{C \min U} \le D \le \sqrt{C \max U}

    Coupling does not depend on weights and a weighted mean lies between the least and the
    greatest level, so both bounds are exact. NaN where a system is missing or all are zero. Own
    code: no maintained Python library has it.

    References
    ----------
    王淑佳, 孔伟, 任亮, 治丹丹, 戴彬婷 (2021). 国内耦合协调度模型的误区及修正. 自然资源学报
    36(3), 793-810.

    Examples
    --------
    >>> row = coupling_coordination([0.2, 0.8])
    >>> print(f"{row['development']:.1f} {row['coordination']:.3f} {row['grade']}")
    0.5 0.632 primary_coordination
    """
    table = read_systems(systems)
    least, most = (reduce(table.cells, axis=1) for reduce in (np.min, np.max))
    degree = _degree(table, form)
    # Rounding of the mean of equal levels must not leave the bounds.
    development = np.clip(table.cells @ _weights(weights, table), least, most)
    coordination = np.sqrt(degree * development)
    result = pd.DataFrame(
        {
            "coupling": degree,
            "development": development,
            "coordination": coordination,
            "coordination_least": np.sqrt(degree * least),
            "coordination_most": np.sqrt(degree * most),
            "grade": _grades(coordination),
            "flag": flags(((least == 0) & (most > 0), "zero_system"), (most == 0, "all_zero")),
        },
        index=table.rows,
    )
    return result if table.dimensions == 2 else result.iloc[0].rename(None)


def coordination_grades() -> pd.DataFrame:
    r"""Grades of coupling coordination (耦合协调度等级).

    The ten grades into which the coordination degree is commonly divided.

    耦合协调度的十个等级，每0.1一档，含下限，最高一档两端都含；是通行的约定，不是规律，
    也有含上限的用法。

    Parameters
    ----------
    None

    Returns
    -------
    DataFrame
        Ten rows, from worst to best; index "grade", codes of `coupling_coordination`; columns
        lower and upper (0 to 1; a grade holds its lower bound, the last one both), name_zh,
        name_en.

    Raises
    ------
    ValueError
        Never.

    Notes
    -----
    Grade k of ten holds

    .. math:: (k - 1) / 10 \le D < k / 10

    Papers differ on which side a bound belongs to; the one cited counts the upper bound in. A
    grade says nothing about cause or speed.

    References
    ----------
    田深圳, 李雪铭, 杨俊, 张威, 郭建科 (2021). 东北三省城市拟态与现实人居环境时空耦合协调特征与
    机制. 地理学报 76(4), 781-798, table 1.

    Examples
    --------
    >>> print(*coordination_grades().loc["near_imbalance", ["lower", "upper", "name_zh"]])
    0.4 0.5 濒临失调
    """
    return pd.DataFrame(
        {
            "lower": _LOWER_BOUNDS,
            "upper": np.append(_LOWER_BOUNDS[1:], 1.0),
            "name_zh": [chinese for _, chinese, _ in GRADES],
            "name_en": [english for _, _, english in GRADES],
        },
        index=pd.Index([code for code, _, _ in GRADES], name="grade"),
    )


def read_systems(systems: Row | pd.DataFrame) -> Table:
    """Read development levels of two systems or more."""
    table = read_parts(read_unit("systems", systems))
    if len(table.parts) < 2:
        raise ValueError("systems: one system has nothing to be coupled with; give two or more")
    return table


def read_unit(name: str, numbers: Row | pd.DataFrame) -> Table:
    """Read levels on a scale of 0 to 1."""
    table = check(unchecked(name, numbers), _UNIT)
    if np.fmax.reduce(table.cells, axis=None, initial=0.0) > 1:
        return table._replace(cells=np.minimum(table.cells, 1.0))
    return table


def weights_of(weights: Row, table: Table) -> FloatArray:
    """Read one weight a column, brought into the order of the columns; none missing."""
    given = read_parts(read_levels("weights", weights))
    if given.dimensions != 1:
        raise ValueError("weights: more than one row; give one weight for each column")
    refuse(given, np.isnan(given.cells), "a weight of 0 or more")
    columns = table._replace(cells=np.zeros((1, len(table.parts))), dimensions=1)
    ordered: FloatArray = aligned(columns, given)[1].cells[0]
    return ordered


def _weights(weights: Row | None, table: Table) -> FloatArray:
    if weights is None:
        return np.full(len(table.parts), 1 / len(table.parts))
    given = weights_of(weights, table)
    total = float(np.sum(given))
    if abs(total - 1) > 1e-9:
        raise ValueError(f"weights: a sum of {total} is not allowed; expected a sum of 1")
    return given


def _degree(table: Table, form: str) -> FloatArray:
    if form not in ("traditional", "modified"):
        raise ValueError(f'form: {form!r} is not allowed; expected "traditional" or "modified"')
    return (_traditional if form == "traditional" else _modified)(table.cells)


def _traditional(levels: FloatArray) -> FloatArray:
    systems = levels.shape[1]
    product = np.prod(levels, axis=1)
    root = product ** (1 / systems)
    if not np.min(product, initial=1.0) >= _TINY:
        # Many small factors underflow; their roots do not.
        lost = product < _TINY
        root[lost] = np.prod(levels[lost] ** (1 / systems), axis=1)
    root *= systems
    degree = divide(root, np.sum(levels, axis=1))
    if not np.max(degree, initial=0.0) <= 1 - 1e-9:
        near = degree > 1 - 1e-9
        equal = np.min(levels[near], axis=1) == np.max(levels[near], axis=1)
        degree[near] = np.where(equal, 1.0, np.minimum(degree[near], 1.0))
    return degree


def _modified(levels: FloatArray) -> FloatArray:
    systems = levels.shape[1]
    half = np.arange(systems // 2)
    ordered = np.sort(levels, axis=1)
    # The sum of all distances, from the outer pair of the sorted levels to the inner one.
    apart = (ordered[:, ::-1][:, half] - ordered[:, half]) @ (systems - 1.0 - 2 * half)
    nearness = np.maximum(1 - apart / (systems * (systems - 1) / 2), 0.0)
    scaled = divide(levels, ordered[:, -1:])
    squared: FloatArray = nearness * np.prod(scaled ** (1 / (systems - 1)), axis=1)
    return np.sqrt(squared)


def _grades(coordination: FloatArray) -> npt.NDArray[np.object_]:
    place = np.searchsorted(_LOWER_BOUNDS[1:] - NOISE, coordination, side="right")
    return _CODES[np.where(np.isnan(coordination), len(GRADES), place)]
