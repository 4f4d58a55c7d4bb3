"""How much comes out of what goes in: intensity, productivity, profit, residuals and indices.

Levels are 0 or more, output at constant prices where years are compared; growth goes in and comes
out in percent. Rows are any labels (regions, years). NaN in gives NaN out for that cell; a frontier
that lacks a unit is not known.
"""

from __future__ import annotations

from typing import Any, NamedTuple, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._beside import beside
from lyanalysis.indicators._frames import (
    BoolArray,
    FloatArray,
    Numbers,
    Row,
    Table,
    aligned,
    by_cell,
    divide,
    flags,
    per_row,
    read,
    read_growth,
    read_levels,
    read_parts,
    refuse,
)
from lyanalysis.indicators._panel import year_groups
from lyanalysis.indicators._profit import profit_account

__all__ = ["intensity", "labour_productivity", "malmquist", "profit_account", "solow_residual"]


@overload
def intensity(amount: float, base: float, *, per: float = 100.0) -> float: ...
@overload
def intensity(amount: Row, base: float | Row, *, per: float = 100.0) -> pd.Series[Any]: ...
@overload
def intensity(
    amount: pd.DataFrame, base: float | Row | pd.DataFrame, *, per: float = 100.0
) -> pd.DataFrame: ...
def intensity(amount: Numbers, base: Numbers, *, per: float = 100.0) -> Numbers:
    r"""Intensity (强度).

    An amount for every hundred units of a base it is measured against but need not be a part of:
    R&D by GDP, loans by deposits, profit by revenue.

    某一数额与其对照基数之比，默认为百分数，如研发经费与生产总值、贷款与存款、利润与营业收入之比。0为没有该数额，可以超过100，亏损时为负，没有上下限。

    Parameters
    ----------
    amount : float, 1-D sequence or DataFrame
        Amounts; a loss is negative.
    base : as `amount`, or one for each row
        What they are measured against, 0 or more, of the same region, period and price basis.
    per : float, optional
        Units of the base, above 0: 100 gives percent, 1 the plain ratio.

    Returns
    -------
    float, Series or DataFrame
        Percent, or units of `amount` for `per` units of `base`. NaN where an input is missing or
        the base is 0.

    Raises
    ------
    ValueError
        A negative base, `per` of 0 or less, or labels that differ.

    Notes
    -----
    .. math:: r = n \, A / B

    Identity. It moves with the base as well as with the amount: a base that was revised gives
    another intensity from the same amount, and the two must not be put into one series.

    Examples
    --------
    R&D expenditure of 33 357.1 by GDP of 1 260 582.1 (100 million yuan), published as 2.65 percent:

    >>> print(f"{intensity(33357.1, 1260582.1):.2f}")
    2.65
    """
    if not per > 0:
        raise ValueError(f"per: {per!r} is not allowed; expected a number above 0")
    above, below = beside(read("amount", amount), read_levels("base", base))
    ratio: Numbers = by_cell(per * divide(above.cells, below), above)
    return ratio


@overload
def labour_productivity(output: float, workers: float) -> float: ...
@overload
def labour_productivity(output: Row, workers: Row) -> pd.Series[Any]: ...
@overload
def labour_productivity(output: pd.DataFrame, workers: pd.DataFrame) -> pd.DataFrame: ...
def labour_productivity(output: Numbers, workers: Numbers) -> Numbers:
    r"""Labour productivity (劳动生产率).

    Output for each person who works for it.

    平均每个从业人员的产出。单位为产出单位除以人数单位，0为没有产出，无上限；人数为0时无值。

    Parameters
    ----------
    output : float, 1-D sequence or DataFrame
        Output, as value added, in one unit, 0 or more; at constant prices where years are compared.
    workers : as `output`
        Persons or hours that produced it, 0 or more. Workers of a part of the firms do not go with
        output of all.

    Returns
    -------
    float, Series or DataFrame
        In the unit of `output` by the unit of `workers`, 0 to infinity. NaN where either is
        missing or `workers` is 0.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level, or labels that differ.

    Notes
    -----
    .. math:: y = Y / L

    Own code: one division.

    References
    ----------
    OECD (2001). Measuring productivity: measurement of aggregate and industry-level productivity
    growth. OECD Manual.

    Examples
    --------
    61.6 million yuan made by 400 workers are 15.4 (10,000 yuan a worker):

    >>> labour_productivity(6160.0, 400.0)
    15.4
    """
    made, by = aligned(read_levels("output", output), read_levels("workers", workers))
    level: Numbers = by_cell(divide(made.cells, by.cells), made)
    return level


@overload
def solow_residual(
    output_growth: float, capital_growth: float, labour_growth: float, *, capital_share: float
) -> float: ...
@overload
def solow_residual(
    output_growth: Row, capital_growth: Row, labour_growth: Row, *, capital_share: float | Row
) -> pd.Series[Any]: ...
@overload
def solow_residual(
    output_growth: pd.DataFrame,
    capital_growth: pd.DataFrame,
    labour_growth: pd.DataFrame,
    *,
    capital_share: float | Row,
) -> pd.DataFrame: ...
def solow_residual(
    output_growth: Numbers,
    capital_growth: Numbers,
    labour_growth: Numbers,
    *,
    capital_share: float | Row,
) -> Numbers:
    r"""Solow residual (索洛余值).

    Growth of output that growth of capital and labour does not explain: growth of total factor
    productivity, and all that was measured wrong.

    产出增长中不能由资本和劳动增长解释的部分，即全要素生产率增长率。单位为百分点，0为增长全部来自
    要素投入，可正可负，无上下限。

    Parameters
    ----------
    output_growth, capital_growth, labour_growth : float, 1-D sequence or DataFrame
        Percent a year, real, above -100.
    capital_share : float, or one for each row of a DataFrame (each value of a sequence)
        Income share of capital, a FRACTION between 0 and 1, both excluded; keyword-only. The
        answer depends on it: name its source.

    Returns
    -------
    float, Series or DataFrame
        Percentage points, unbounded; 0 where inputs explain all of the growth. NaN where an input
        is missing.

    Raises
    ------
    ValueError
        Growth of -100 percent or less, a share that is not between 0 and 1, or labels that differ.

    Notes
    -----
    .. math:: g_A = g_Y - \alpha g_K - (1 - \alpha) g_L

    Constant returns, and factors paid their marginal product, are assumed. Own code: a weighted
    sum.

    References
    ----------
    Solow, R. M. (1957). Technical change and the aggregate production function. Review of Economics
    and Statistics 39(3), 312-320.

    Examples
    --------
    >>> print(f"{solow_residual(8.0, 10.0, 1.0, capital_share=0.4):.1f}")
    3.4
    """
    made, capital, labour = aligned(
        read_growth("output_growth", output_growth),
        read_growth("capital_growth", capital_growth),
        read_growth("labour_growth", labour_growth),
    )
    given = read("capital_share", capital_share)
    wrong = (given.cells <= 0) | (given.cells >= 1)
    refuse(given, wrong, "a fraction between 0 and 1, both excluded")
    share = per_row(given, made, elementwise=True)
    growth = made.cells - share * capital.cells - (1 - share) * labour.cells
    residual: Numbers = by_cell(growth, made)
    return residual


class _Period(NamedTuple):
    """Inputs and outputs of all units in one year: what they did, and the frontier of the year."""

    inputs: FloatArray
    outputs: FloatArray


def malmquist(
    inputs_start: Row | pd.DataFrame,
    outputs_start: Row | pd.DataFrame,
    inputs_end: Row | pd.DataFrame,
    outputs_end: Row | pd.DataFrame,
) -> pd.DataFrame:
    r"""Malmquist productivity index (马尔姆奎斯特生产率指数).

    Change of total factor productivity from one year to another, split into catching up with the
    frontier of best practice and the move of the frontier itself.

    两年之间全要素生产率的变化，分解为技术效率变化（向前沿追赶）和技术进步（前沿移动），规模报酬
    不变。无单位，1为不变，大于1为提高，小于1为下降，下限0，无上限。

    Parameters
    ----------
    inputs_start, outputs_start, inputs_end, outputs_end : DataFrame of units by inputs or outputs
        Quantities of 0 or more, in any unit, the same in both years. A 1-D sequence is one input or
        output with a value for each unit. The frontier is made of all units; where the rows have a
        level "year", of those of the same year.

    Returns
    -------
    DataFrame
        One row a unit; efficiency_change and technical_change, and malmquist, their product: 1 no
        change, above 1 better, 0 the lower bound. flag: "missing" (a quantity of the unit),
        "frontier_incomplete" (one of another unit), "no_output" (all outputs of a year are 0),
        "infeasible" (the frontier of one year cannot make what the unit made in the other: it needs
        an input of which the unit has none, or makes none of an output of which the unit has
        some), joined by ";", else "".

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric quantity, output from no input at all, or labels that
        differ.

    Notes
    -----
    With the distance D_t(s) of what the unit did in year s to the frontier of year t, which is the
    smallest factor by which its inputs could be multiplied to make the same outputs:

    .. math::
        EC = \frac{D_1(1)}{D_0(0)}, \qquad
        TC = \sqrt{\frac{D_0(1)}{D_1(1)} \, \frac{D_0(0)}{D_1(0)}}, \qquad
        M = \sqrt{\frac{D_0(1)}{D_0(0)} \, \frac{D_1(1)}{D_1(0)}} = EC \cdot TC

    Returns to scale are constant, so that orientation towards inputs or outputs is the same. With
    one input and one output D is productivity over the best productivity, and M the growth of
    productivity. All columns are NaN where a quantity of any unit of the frontier is missing, and
    where the unit makes nothing; technical_change and malmquist where infeasible. Distances of
    several inputs or outputs are computed by SciPy's linear programming (HiGHS), four programmes
    a unit; own code for the rest.

    References
    ----------
    Färe, R., Grosskopf, S., Norris, M., Zhang, Z. (1994). Productivity growth, technical progress,
    and efficiency change in industrialized countries. American Economic Review 84(1), 66-83.

    Examples
    --------
    The better unit of the first year stays ahead, the other one catches up:

    >>> result = malmquist([1, 1], [2, 4], [1, 1], [3, 5])
    >>> [f"{value:.2f}" for value in result.iloc[0, :3]]
    ['1.20', '1.25', '1.50']
    """
    tables = _same_units(
        _units("inputs_start", inputs_start),
        _units("outputs_start", outputs_start),
        _units("inputs_end", inputs_end),
        _units("outputs_end", outputs_end),
    )
    rows = tables[0].rows
    first_inputs, last_inputs = aligned(tables[0], tables[2])
    first_outputs, last_outputs = aligned(tables[1], tables[3])
    _refuse_free_output(first_inputs, first_outputs)
    _refuse_free_output(last_inputs, last_outputs)
    start = _Period(first_inputs.cells, first_outputs.cells)
    end = _Period(last_inputs.cells, last_outputs.cells)
    groups = year_groups(tables[0].name, rows).codes

    missing = np.isnan(np.hstack([*start, *end])).any(axis=1)
    incomplete = np.isin(groups, groups[missing])
    idle = ~missing & ((end.outputs == 0).all(axis=1) | (start.outputs == 0).all(axis=1))
    asked = ~incomplete & ~idle
    own_start, own_end, ahead, behind = (
        _distances(frontier, units, groups, asked)
        for frontier, units in ((start, start), (end, end), (start, end), (end, start))
    )
    return pd.DataFrame(
        {
            "efficiency_change": divide(own_end, own_start),
            "technical_change": np.sqrt(divide(ahead, own_end) * divide(own_start, behind)),
            "malmquist": np.sqrt(divide(ahead, own_start) * divide(own_end, behind)),
            "flag": flags(
                (missing, "missing"),
                (incomplete & ~missing, "frontier_incomplete"),
                (idle, "no_output"),
                (asked & np.isnan(ahead + behind), "infeasible"),
            ),
        },
        index=rows,
    )


def _units(name: str, numbers: Row | pd.DataFrame) -> Table:
    """Read quantities as units by columns; a sequence is one column."""
    if isinstance(numbers, pd.DataFrame) or np.ndim(numbers) != 1:
        return read_parts(read_levels(name, numbers))
    column = read_levels(name, pd.Series(numbers).to_frame(name=0))
    return column._replace(labelled=isinstance(numbers, pd.Series))


def _same_units(*tables: Table) -> tuple[Table, ...]:
    """Bring the units of all tables into the order of the first that has labels."""
    first = next((table for table in tables if table.labelled), tables[0])
    return tuple(aligned(first._replace(parts=table.parts), table)[1] for table in tables)


def _refuse_free_output(inputs: Table, outputs: Table) -> None:
    free = (inputs.cells == 0).all(axis=1) & (outputs.cells > 0).any(axis=1)
    refuse(inputs, free[:, np.newaxis] & (inputs.cells == 0), "some input where there is output")


def _distances(
    frontier: _Period, units: _Period, groups: npt.NDArray[np.intp], asked: BoolArray
) -> FloatArray:
    """Return the distance of each unit that is asked for to the frontier of its group."""
    distances = np.full(len(groups), np.nan)
    if frontier.inputs.shape[1] == 1 and frontier.outputs.shape[1] == 1:
        best = np.zeros(groups.max(initial=0) + 1)
        np.fmax.at(best, groups, divide(frontier.outputs, frontier.inputs)[:, 0])
        productivity = divide(units.outputs, units.inputs)[:, 0]
        distances[asked] = divide(productivity, best[groups])[asked]
        return distances
    for group in np.unique(groups[asked]):
        peers = groups == group
        technology = _Period(frontier.inputs[peers], frontier.outputs[peers])
        for unit in np.flatnonzero(peers & asked):
            distances[unit] = _distance(technology, units.inputs[unit], units.outputs[unit])
    return distances


def _distance(frontier: _Period, inputs: FloatArray, outputs: FloatArray) -> float:
    """Return the smallest part of the inputs with which the frontier makes the outputs."""
    from scipy.optimize import linprog

    # Neither the units of measurement nor the size of a peer matter, but the solver's tolerances
    # are absolute: everything is brought to a largest value of 1.
    by_input = _positive(np.maximum(np.max(frontier.inputs, axis=0), inputs))
    peer_inputs, own_inputs = frontier.inputs / by_input, inputs / by_input
    size = _positive(np.max(peer_inputs, axis=1, keepdims=True))
    peer_inputs, peer_outputs = peer_inputs / size, frontier.outputs / size
    by_output = _positive(np.max(peer_outputs, axis=0))
    peer_outputs, own_outputs = peer_outputs / by_output, outputs / by_output
    input_size, output_size = np.max(own_inputs), np.max(own_outputs)
    weights = np.zeros((len(inputs) + len(outputs), 1 + len(size)))
    weights[: len(inputs), 0] = -own_inputs / input_size
    weights[: len(inputs), 1:] = peer_inputs.T
    weights[len(inputs) :, 1:] = -peer_outputs.T
    limits = np.concatenate([np.zeros(len(inputs)), -own_outputs / output_size])
    aim = np.zeros(1 + len(size))
    aim[0] = 1.0
    answer = linprog(aim, A_ub=weights, b_ub=limits, bounds=(0, None), method="highs")
    return float(answer.fun * output_size / input_size) if answer.status == 0 else np.nan


def _positive(scale: FloatArray) -> FloatArray:
    """Leave alone what is all zero."""
    return np.where(scale > 0, scale, 1.0)
