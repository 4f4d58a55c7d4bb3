"""How certain investment is, and what it yields: pipeline, leverage, phases of a plant."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._beside import beside
from lyanalysis.indicators._frames import (
    Row,
    Table,
    by_cell,
    divide,
    flags,
    per_row,
    read_levels,
    read_parts,
    refuse,
)
from lyanalysis.indicators.claims._claim_formulas import T


def pipeline_conversion(stages: Row | pd.DataFrame) -> pd.DataFrame:
    r"""Pipeline conversion (项目转化率).

    Which part of the projects signed has started and is in production, stage by stage.

    签约、开工、投产等各阶段的项目数（或投资额）占上一阶段和占第一阶段的比重，百分数，不小于0。
    0为没有转化，100为全部转化；各阶段时点不同时可以超过100。

    Parameters
    ----------
    stages : 1-D sequence (one row) or DataFrame
        Number or investment of projects that have reached each stage (columns, in order of the
        funnel), 0 or more; two stages or more.

    Returns
    -------
    DataFrame
        Indexed by the row labels and "stage"; columns amount (as given), step (percent of the
        stage before; NaN for the first), overall (percent of the first stage), outstanding (first
        stage less this one, in the unit given), flag: "stage_exceeds_previous" where more have
        reached a stage than the one before, else "".

    Raises
    ------
    ValueError
        A negative or non-numeric value, or fewer than two stages.

    Notes
    -----
    .. math:: c_k = 100 N_k / N_{k-1}, \qquad C_k = 100 N_k / N_1

    A stage includes what has gone on to later ones. Counts treat a small project like a large
    one: give investment where it is known. NaN where a figure is missing or the base is 0; a step
    is never taken over a missing stage. Own definition.

    Examples
    --------
    Of 29 supplier projects signed, 9 are in production:

    >>> stages = pd.Series({"signed": 29.0, "in_production": 9.0})
    >>> row = pipeline_conversion(stages).loc["in_production"]
    >>> print(f"{row['overall']:.1f} {row['outstanding']:.0f}")
    31.0 20
    """
    table = read_parts(read_levels("stages", stages))
    if len(table.parts) < 2:
        raise ValueError("stages: one stage has nothing to convert to; give two or more")
    before = np.full_like(table.cells, np.nan)
    before[:, 1:] = table.cells[:, :-1]
    first = table.cells[:, :1]
    # The quotient first: what is all converted is 100 percent to the last digit.
    columns = {
        "amount": table.cells,
        "step": 100 * divide(table.cells, before),
        "overall": 100 * divide(table.cells, first),
        "outstanding": first - table.cells,
        "flag": flags((table.cells > before, "stage_exceeds_previous")),
    }
    return pd.DataFrame(
        {name: cells.ravel() for name, cells in columns.items()}, index=_stage_index(table)
    )


def leverage(attracted: T, own: T) -> T:
    r"""Investment leverage (投资带动倍数).

    Investment attracted for each yuan an anchor invests itself.

    龙头企业每投资1元，带动配套企业投资多少元，不小于0。0为没有带动，1为与自身投资相等，无上限。

    Parameters
    ----------
    attracted : float, 1-D sequence or DataFrame
        Investment of others that follows the anchor, 0 or more.
    own : as `attracted`
        Investment of the anchor in the same unit, 0 or more.

    Returns
    -------
    float, Series or DataFrame
        Yuan for each yuan, 0 or more. NaN where an input is missing or `own` is 0.

    Raises
    ------
    ValueError
        A negative value, or labels that differ.

    Notes
    -----
    .. math:: l = I_s / I_a

    Own definition. Both should be of one kind, signed or spent. Of more than 142 attracted the
    result is a lower bound; :func:`~lyanalysis.indicators.claims.evaluate_checks` carries such
    bounds along. That the one investment caused the other is not shown by their quotient.

    Examples
    --------
    >>> leverage(142.0, 320.0)
    0.44375
    """
    above, below = beside(read_levels("attracted", attracted), read_levels("own", own))
    result: T = by_cell(divide(above.cells, below), above)
    return result


def output_investment_ratio(output: T, investment: T) -> T:
    r"""Output-investment ratio (投入产出比).

    Output of a full year for each yuan invested.

    每投资1元对应的全年产值，单位为元每元，不小于0。0为没有产出，无上限；产值是总额，不是增加值。

    Parameters
    ----------
    output : float, 1-D sequence or DataFrame
        Gross output of one full year, 0 or more.
    investment : as `output`
        Total investment in the same unit, 0 or more.

    Returns
    -------
    float, Series or DataFrame
        Yuan a year for each yuan, 0 or more. NaN where an input is missing or investment is 0.

    Raises
    ------
    ValueError
        A negative value, or labels that differ.

    Notes
    -----
    .. math:: r = Y / I

    Own definition. Gross output holds bought inputs, so plants that assemble stand higher than
    plants that make. Output since the start of production is no yearly output: see
    `phase_equivalent`.

    Examples
    --------
    >>> output_investment_ratio(1000.0, 320.0)
    3.125
    """
    above, below = beside(read_levels("output", output), read_levels("investment", investment))
    result: T = by_cell(divide(above.cells, below), above)
    return result


@overload
def phase_equivalent(
    cumulative_output: float, full_output: float, phases: float
) -> pd.Series[float]: ...
@overload
def phase_equivalent(
    cumulative_output: Row, full_output: float | Row, phases: float | Row
) -> pd.DataFrame: ...
def phase_equivalent(
    cumulative_output: float | Row, full_output: float | Row, phases: float | Row
) -> pd.Series[Any] | pd.DataFrame:
    r"""Phase equivalent of cumulative output (累计产值折合期年).

    Output since the start of production, measured in years of one phase at full output.

    把投产以来的累计产值折合为一期满产多少年，百分数，不小于0。0为没有产出，100为相当于一期满产一年，
    无上限；假定各期规模相等。

    Parameters
    ----------
    cumulative_output : float or 1-D sequence
        Output since the start of production, 0 or more; any labels.
    full_output : float or 1-D sequence
        Output of one year when all phases are built, in the same unit, 0 or more.
    phases : float or 1-D sequence
        Number of phases, a whole number of 1 or more.

    Returns
    -------
    Series (numbers) or DataFrame
        phase_output (one phase in one year, unit given); of_phase_year (percent of it that the
        cumulative output makes up); of_full_year (percent of a year of all phases); phase_months
        (months one phase would need at full output).

    Raises
    ------
    ValueError
        A negative value, a number of phases that is not whole or below 1, or labels that differ.

    Notes
    -----
    .. math:: e = 100 \frac{C}{Y / n}

    Phases are taken as equal. Without the date on which production began this is no progress
    towards `full_output`: one is a stock, the other a yearly flow. NaN where an input is missing
    or `full_output` is 0. Own definition.

    Examples
    --------
    92 produced so far, 1000 a year planned for four phases (100 million yuan):

    >>> row = phase_equivalent(92.0, 1000.0, 4)
    >>> print(f"{row['of_phase_year']:.1f} {row['of_full_year']:.1f} {row['phase_months']:.1f}")
    36.8 9.2 4.4
    """
    done = read_levels("cumulative_output", cumulative_output)
    if done.dimensions == 2:
        raise ValueError("cumulative_output: a DataFrame; give one number or one row")
    number = read_levels("phases", phases)
    refuse(number, (number.cells < 1) | (number.cells % 1 > 0), "a whole number of 1 or more")
    full = per_row(read_levels("full_output", full_output), done, elementwise=True)
    # By the count of phases last: 92 of 1000 in four phases is 36.8 percent to the last digit.
    count = per_row(number, done, elementwise=True)
    of_year = divide(100 * done.cells, full)
    columns = {
        "phase_output": np.broadcast_to(full / count, done.cells.shape),
        "of_phase_year": of_year * count,
        "of_full_year": of_year,
        "phase_months": 12 * of_year * count / 100,
    }
    result = pd.DataFrame({name: cells[0] for name, cells in columns.items()}, index=done.parts)
    return result if done.dimensions == 1 else result.iloc[0].rename(None)


def _stage_index(table: Table) -> pd.Index[Any]:
    """Row labels, then "stage"; one row needs the stage alone."""
    if table.parts.nlevels > 1:
        raise ValueError("stages: labels of several levels; give the stages one level")
    names = table.parts.rename("stage")
    if table.dimensions < 2:
        return names
    rows, columns = np.indices(table.cells.shape)
    levels = [table.rows.get_level_values(level) for level in range(table.rows.nlevels)]
    return pd.MultiIndex.from_arrays(
        [*(level.take(rows.ravel()) for level in levels), names.take(columns.ravel())],
        names=[*table.rows.names, "stage"],
    )
