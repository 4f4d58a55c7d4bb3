"""How far a target has come, and what the rest of the way asks for."""

from __future__ import annotations

from typing import Any, NamedTuple, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._beside import beside
from lyanalysis.indicators._frames import (
    BoolArray,
    FloatArray,
    Numbers,
    Row,
    by_cell,
    divide,
    flags,
    read,
    refuse,
)

# Natural logarithm; a growth factor beyond e to the 700th leaves the range of numbers.
_LARGEST_EXPONENT = 700.0


@overload
def progress(
    actual: float, target: float, *, start: float | None = None, direction: int | None = None
) -> float: ...
@overload
def progress(
    actual: Row,
    target: float | Row,
    *,
    start: float | Row | None = None,
    direction: int | Row | None = None,
) -> pd.Series[float]: ...
@overload
def progress(
    actual: pd.DataFrame,
    target: float | Row | pd.DataFrame,
    *,
    start: float | Row | pd.DataFrame | None = None,
    direction: int | Row | pd.DataFrame | None = None,
) -> pd.DataFrame: ...
def progress(
    actual: Numbers,
    target: Numbers,
    *,
    start: Numbers | None = None,
    direction: Numbers | None = None,
) -> Numbers:
    r"""Progress towards a target (目标完成进度).

    Which part of the way from the start, or from zero, to the target has been covered.

    从起点（未给起点时从零）到目标已完成的百分数。0为仍在起点，100为达到目标，负数为比起点倒退，
    超过100为超额完成。

    Parameters
    ----------
    actual : float, 1-D sequence or DataFrame
        Level reached; any labels.
    target : as `actual`, or one for each row
        Level aimed at, in the same unit and of the same concept.
    start : as `target`, keyword-only
        Level at the start of the period.
    direction : 1 or -1, or as `target`, keyword-only
        1 where higher is better, -1 where lower is. Left out, it leads from the start to the
        target, and without a start upwards.

    Returns
    -------
    float, Series or DataFrame
        Percent; 0 at the start, 100 at the target, unbounded. NaN where a figure is missing or the
        way has no length: the start is already at the target or beyond it, or, without a start, a
        level is not above 0.

    Raises
    ------
    ValueError
        A direction other than 1 or -1, an infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math::
        p = 100 \frac{a - s}{t - s}; \qquad
        \text{without start} \quad p_{+} = 100 \frac{a}{t}, \quad p_{-} = 100 \frac{t}{a}

    Without a start the figure fits what begins at zero, such as firms attracted during the year;
    for a stock it is high from the first day. Growth rates are not levels: see `assess`.
    Own definition.

    Examples
    --------
    An intensity of 0.50, aimed at 0.40, has come down to 0.46:

    >>> print(f"{progress(0.46, 0.40, start=0.50):.0f}")
    40
    >>> progress(41.0, 100.0)
    41.0
    """
    table, aim = beside(read("actual", actual), read("target", target))
    begin = None
    if start is not None:
        begin = beside(table, read("start", start))[1]
    if direction is None:
        toward = heading(None, begin, aim)
    else:
        given = read("direction", direction)
        refuse(given, ~np.isin(given.cells, (1, -1)), "1 (higher is better) or -1 (lower is)")
        toward = heading(beside(table, given)[1], begin, aim)
    if begin is None:
        covered = from_zero(table.cells, aim, toward)
    else:
        covered = from_start(table.cells, aim, begin, toward)
    result: Numbers = by_cell(np.broadcast_to(covered, table.cells.shape), table)
    return result


def heading(
    direction: FloatArray | None, start: FloatArray | None, target: FloatArray
) -> FloatArray:
    """Return 1 or -1: as given, else from start to target, else upwards."""
    found = np.ones(target.shape)
    if start is not None:
        found = np.where(target < start, -1.0, found)
    if direction is not None:
        found = np.where(np.isnan(direction), found, direction)
    return found


def from_start(
    actual: FloatArray, target: FloatArray, start: FloatArray, toward: FloatArray
) -> FloatArray:
    """Percent of the way from start to target; NaN where the target does not lie ahead."""
    way = (target - start) * np.where(toward * (target - start) > 0, 1.0, 0.0)
    # The quotient first: at the target it is 1, and the progress 100, to the last digit.
    return 100 * divide(actual - start, way)


def from_zero(actual: FloatArray, target: FloatArray, toward: FloatArray) -> FloatArray:
    """Percent of the target, or of the actual where lower is better; NaN for levels up to 0."""
    rising = toward > 0
    above, below = np.where(rising, actual, target), np.where(rising, target, actual)
    sound = (below > 0) & (rising | (above > 0))
    return 100 * divide(above, np.where(sound, below, 0.0))


@overload
def needed_growth(actual: float, target: float, years: float) -> pd.Series[Any]: ...
@overload
def needed_growth(actual: Row, target: float | Row, years: float | Row) -> pd.DataFrame: ...
def needed_growth(
    actual: float | Row, target: float | Row, years: float | Row
) -> pd.Series[Any] | pd.DataFrame:
    r"""Growth needed to reach a target (达标所需年均增速).

    Compound growth a year, and the same step every year, that lead from the actual level to the
    target in the years left.

    在剩余年数内从现有水平达到目标所需的年均增速（百分数）和年均增量（原单位）。0为已在目标水平，
    负数为须下降，无上限，增速下限为-100。

    Parameters
    ----------
    actual : float or 1-D sequence
        Level reached; any labels.
    target : float or 1-D sequence
        Level aimed at, in the same unit.
    years : float or 1-D sequence
        Years left, fractions allowed.

    Returns
    -------
    Series (numbers) or DataFrame
        needed_growth (percent a year), needed_increment (unit of `target` a year), flag:
        "no_years_left" (both are NaN), "actual_not_positive", "target_not_positive",
        "growth_out_of_range" (growth is NaN), joined by ";", else "".

    Raises
    ------
    ValueError
        An infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math::
        g = 100 \left[\left(\frac{t}{a}\right)^{1/n} - 1\right], \qquad d = \frac{t - a}{n}

    Growth from or to a level that is not above 0 is not defined, the increment is. With days left
    a rate a year may leave the range of numbers. NaN where an input is missing. Identity.

    Examples
    --------
    >>> row = needed_growth(100.0, 121.0, 2.0)
    >>> print(f"{row['needed_growth']:.1f} {row['needed_increment']:.1f}")
    10.0 10.5
    """
    table, aim = beside(read("actual", actual), read("target", target))
    if table.dimensions == 2:
        raise ValueError("actual: a DataFrame; give one number or one row")
    _, left = beside(table, read("years", years))
    need = needs(table.cells, aim, left)
    columns = {
        "needed_growth": need.growth,
        "needed_increment": need.increment,
        "flag": flags(*need.reasons),
    }
    shape = table.cells.shape
    result = pd.DataFrame(
        {name: np.broadcast_to(cells, shape)[0] for name, cells in columns.items()},
        index=table.parts,
    )
    return result if table.dimensions == 1 else result.iloc[0].rename(None)


class Needs(NamedTuple):
    """What the rest of the way asks for, and why it may not be said."""

    growth: FloatArray
    increment: FloatArray
    reasons: tuple[tuple[BoolArray, str], ...]


def needs(actual: FloatArray, target: FloatArray, years: FloatArray) -> Needs:
    """Compute growth and increment a year."""
    ahead = np.where(years <= 0, np.nan, years)
    positive = (actual > 0) & (target > 0)
    logarithm = np.log(divide(np.where(positive, target, np.nan), actual))
    exponent = divide(logarithm, ahead)
    beyond = exponent > _LARGEST_EXPONENT
    known = ~np.isnan(actual + target + years)
    reasons = (
        (known & (years <= 0), "no_years_left"),
        (known & (actual <= 0), "actual_not_positive"),
        (known & (target <= 0), "target_not_positive"),
        (beyond, "growth_out_of_range"),
    )
    growth = 100 * np.expm1(np.where(beyond, np.nan, exponent))
    return Needs(growth, divide(target - actual, ahead), reasons)
