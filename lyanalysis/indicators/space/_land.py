"""What land, jobs and firms yield: amounts for each unit of them."""

from __future__ import annotations

from typing import Literal, TypeAlias, overload

import pandas as pd

from lyanalysis.indicators._beside import beside
from lyanalysis.indicators._frames import (
    FloatArray,
    Numbers,
    Row,
    by_cell,
    divide,
    read,
    read_levels,
)

AreaUnit: TypeAlias = Literal["mu", "hectare", "square_kilometre", "square_metre"]

SQUARE_METRES_PER_MU = 10_000 / 15
"""One mu is 1/15 of a hectare by definition, 666.67 square metres."""
# Numerator and denominator of the mu in one unit, both whole, so that nothing is lost.
_MU_IN = {
    "mu": (1.0, 1.0),
    "hectare": (15.0, 1.0),
    "square_kilometre": (1500.0, 1.0),
    "square_metre": (3.0, 2000.0),
}


@overload
def area_in_mu(area: float, *, unit: AreaUnit = "mu") -> float: ...
@overload
def area_in_mu(area: Row, *, unit: AreaUnit = "mu") -> pd.Series[float]: ...
@overload
def area_in_mu(area: pd.DataFrame, *, unit: AreaUnit = "mu") -> pd.DataFrame: ...
def area_in_mu(area: Numbers, *, unit: AreaUnit = "mu") -> Numbers:
    r"""Area in mu (亩数).

    An area in the unit in which Chinese parks are measured.

    把面积换算为亩，不小于0，0为没有土地，无上限；1公顷为15亩，1平方公里为1500亩。

    Parameters
    ----------
    area : float, 1-D sequence or DataFrame
        Areas, 0 or more.
    unit : {"mu", "hectare", "square_kilometre", "square_metre"}, keyword-only
        Unit of `area`.

    Returns
    -------
    float, Series or DataFrame
        Mu, 0 or more. NaN where the area is missing.

    Raises
    ------
    ValueError
        A negative area or another unit.

    Notes
    -----
    .. math:: 1\ \mathrm{ha} = 15\ \mathrm{mu}, \qquad 1\ \mathrm{km}^2 = 1500\ \mathrm{mu}

    Identity: exact by definition.

    Examples
    --------
    >>> area_in_mu(2.0, unit="hectare")
    30.0
    """
    table = read_levels("area", area)
    result: Numbers = by_cell(_in_mu(table.cells, unit), table)
    return result


@overload
def per_mu(amount: float, area: float, *, unit: AreaUnit = "mu") -> float: ...
@overload
def per_mu(amount: Row, area: float | Row, *, unit: AreaUnit = "mu") -> pd.Series[float]: ...
@overload
def per_mu(
    amount: pd.DataFrame, area: float | Row | pd.DataFrame, *, unit: AreaUnit = "mu"
) -> pd.DataFrame: ...
def per_mu(amount: Numbers, area: Numbers, *, unit: AreaUnit = "mu") -> Numbers:
    r"""Amount per mu of land (亩均产出).

    Output, tax or investment for each mu of land.

    每亩土地的产值、税收或投资，单位为所给数额的单位每亩。0为没有产出，负数为负的数额，没有上下限。

    Parameters
    ----------
    amount : float, 1-D sequence or DataFrame
        Amounts of one year (output, tax) or in all (investment), in any unit.
    area : as `amount`, or one for each row
        Area, 0 or more.
    unit : {"mu", "hectare", "square_kilometre", "square_metre"}, keyword-only
        Unit of `area`.

    Returns
    -------
    float, Series or DataFrame
        Unit of `amount` for one mu. NaN where an input is missing or the area is 0.

    Raises
    ------
    ValueError
        A negative area, another unit, or labels that differ.

    Notes
    -----
    .. math:: a = A / S

    Own definition. Both must be of one stage: planned output belongs to planned land, not to the
    land let so far. Of an amount printed as a bound (more than 15) the result is a bound as well;
    :func:`~lyanalysis.indicators.claims.evaluate_checks` carries such bounds along.

    Examples
    --------
    More than 1500 million yuan, 150,000 in units of ten thousand, on 583 mu:

    >>> print(f"{per_mu(150_000.0, 583.0):.1f}")
    257.3
    """
    above, below = beside(read("amount", amount), read_levels("area", area))
    result: Numbers = by_cell(divide(above.cells, _in_mu(below, unit)), above)
    return result


@overload
def per_job(amount: float, jobs: float) -> float: ...
@overload
def per_job(amount: Row, jobs: float | Row) -> pd.Series[float]: ...
@overload
def per_job(amount: pd.DataFrame, jobs: float | Row | pd.DataFrame) -> pd.DataFrame: ...
def per_job(amount: Numbers, jobs: Numbers) -> Numbers:
    r"""Amount per job (劳均产出).

    Output, tax or land for each person employed.

    每个就业岗位的产值、税收或用地，单位为所给数额的单位每人。0为没有产出，负数为负的数额，
    没有上下限。

    Parameters
    ----------
    amount : float, 1-D sequence or DataFrame
        Amounts, in any unit.
    jobs : as `amount`, or one for each row
        Persons employed, 0 or more.

    Returns
    -------
    float, Series or DataFrame
        Unit of `amount` for one person. NaN where an input is missing or there are no jobs.

    Raises
    ------
    ValueError
        A negative number of jobs, or labels that differ.

    Notes
    -----
    .. math:: a = A / L

    Own definition. Output is gross: where value added is known, labour productivity is the better
    measure. Both must be of one stage, planned or actual.

    Examples
    --------
    >>> per_job(150_000.0, 1000.0)
    150.0
    """
    above, below = beside(read("amount", amount), read_levels("jobs", jobs))
    result: Numbers = by_cell(divide(above.cells, below), above)
    return result


@overload
def per_firm(amount: float, firms: float) -> float: ...
@overload
def per_firm(amount: Row, firms: float | Row) -> pd.Series[float]: ...
@overload
def per_firm(amount: pd.DataFrame, firms: float | Row | pd.DataFrame) -> pd.DataFrame: ...
def per_firm(amount: Numbers, firms: Numbers) -> Numbers:
    r"""Amount per firm (户均规模).

    Output, land or jobs for each firm.

    每个企业的产值、用地或岗位，单位为所给数额的单位每户。0为没有产出，负数为负的数额，没有上下限。

    Parameters
    ----------
    amount : float, 1-D sequence or DataFrame
        Amounts, in any unit.
    firms : as `amount`, or one for each row
        Number of firms, 0 or more.

    Returns
    -------
    float, Series or DataFrame
        Unit of `amount` for one firm. NaN where an input is missing or there are no firms.

    Raises
    ------
    ValueError
        A negative number of firms, or labels that differ.

    Notes
    -----
    .. math:: a = A / F

    Own definition. A mean: a few large firms may hold most of the amount. Both must be of one
    stage: firms attracted so far do not belong to output in full operation.

    Examples
    --------
    >>> print(f"{per_firm(583.0, 41.0):.1f}")
    14.2
    """
    above, below = beside(read("amount", amount), read_levels("firms", firms))
    result: Numbers = by_cell(divide(above.cells, below), above)
    return result


def _in_mu(area: FloatArray, unit: str) -> FloatArray:
    if unit not in _MU_IN:
        allowed = ", ".join(f'"{name}"' for name in _MU_IN)
        raise ValueError(f"unit: {unit!r} is not allowed; expected one of {allowed}")
    numerator, denominator = _MU_IN[unit]
    return area * numerator / denominator
