"""Where an industry is over-represented: location quotients and what they are made of."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    by_cell,
    divide,
    flags,
    read_levels,
)
from lyanalysis.indicators.specialisation._distributions import repeated, stacked
from lyanalysis.indicators.specialisation._location_reference import (
    Reference,
    cells_by_reference,
    read_compared,
    reference_shares,
    row_totals,
)

# Percent. Own rule: parts published to two decimals miss their total by rounding alone; half a
# unit of a share published to one decimal is what a reader would see.
LEAST_GAP = 0.05


@overload
def location_quotient(
    levels: Row,
    *,
    reference: Row | None = None,
    total: float | None = None,
    reference_total: float | None = None,
    least_level: float = 0.0,
) -> pd.Series[Any]: ...
@overload
def location_quotient(
    levels: pd.DataFrame,
    *,
    reference: Row | pd.DataFrame | None = None,
    total: float | Row | None = None,
    reference_total: float | Row | None = None,
    least_level: float = 0.0,
) -> pd.DataFrame: ...
def location_quotient(
    levels: Row | pd.DataFrame,
    *,
    reference: Row | pd.DataFrame | None = None,
    total: float | Row | None = None,
    reference_total: float | Row | None = None,
    least_level: float = 0.0,
) -> pd.Series[Any] | pd.DataFrame:
    r"""Location quotient (区位商).

    Share of an industry in a region over its share in the reference.

    一地某行业的份额与参照份额之比；1为与参照相同，大于1为相对集中，0为没有该行业，无上限。

    Parameters
    ----------
    levels : 1-D sequence (one region) or DataFrame
        Rows: regions, or regions and years with an index level "year". Columns: industries.
        Employment or value added in one unit, 0 or more.
    reference : 1-D sequence or DataFrame, optional
        Levels by industry of the nation or province, which contains the region: one row for
        all, one row a year, or the rows of `levels`. Without it the sum of all rows of a year; one
        region alone needs it.
    total : float, or one for each row, optional
        Published totals of the rows, for industries that do not add up to them or are not all.
    reference_total : float, or one for each row of the reference (each year), optional
        The same for the reference.
    least_level : float, keyword-only
        Cells below it are NaN: a quotient of a handful of workers says nothing. 0 keeps all.

    Returns
    -------
    Series or DataFrame
        Quotients with the labels of `levels`, 0 (absent) over 1 (as the reference) to infinity.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level, labels that differ, one region without a
        reference, or reference years that are missing.

    Notes
    -----
    .. math:: \mathrm{LQ}_{ij} = \frac{e_{ij} / e_j}{E_i / E}

    NaN where a level is missing, the reference of the industry is 0 or missing, or a total is 0.
    Without a published total a missing industry makes the total of its row, and of its year where
    the reference is the sum of the rows, unknown, and so all quotients that rest on it. Own code:
    two divisions, with years, published totals and missing cells, which ecomplexity and
    economic-complexity do not take.

    References
    ----------
    Isard, W. (1960). Methods of Regional Analysis. MIT Press.

    Farhauer, O., Kröll, A. (2013). Standorttheorien. Springer Gabler.

    Examples
    --------
    Printed by Farhauer and Kröll as 0.3847623:

    >>> quotient = location_quotient(
    ...     [1714], reference=[879213], total=79006, reference_total=15593224
    ... )
    >>> print(f"{quotient.item():.7f}")
    0.3847623
    """
    floor = _read_floor(least_level)

    def quotient(cells: FloatArray, share: FloatArray, whole: FloatArray, out: FloatArray) -> None:
        divide(cells, whole, out=out)
        divide(out, share, out=out)
        _hide(out, cells, floor)

    table, compared = read_compared(levels, reference, total=reference_total)
    shares, whole = reference_shares(compared), row_totals(table, total)
    quotients = cells_by_reference(quotient, table.cells, compared, shares, whole)
    result: pd.Series[Any] | pd.DataFrame = by_cell(quotients, table)
    return result


@overload
def location_quotient_difference(
    levels: Row,
    *,
    reference: Row | None = None,
    total: float | None = None,
    reference_total: float | None = None,
    least_level: float = 0.0,
) -> pd.Series[Any]: ...
@overload
def location_quotient_difference(
    levels: pd.DataFrame,
    *,
    reference: Row | pd.DataFrame | None = None,
    total: float | Row | None = None,
    reference_total: float | Row | None = None,
    least_level: float = 0.0,
) -> pd.DataFrame: ...
def location_quotient_difference(
    levels: Row | pd.DataFrame,
    *,
    reference: Row | pd.DataFrame | None = None,
    total: float | Row | None = None,
    reference_total: float | Row | None = None,
    least_level: float = 0.0,
) -> pd.Series[Any] | pd.DataFrame:
    r"""Additive location quotient (区位商差值).

    Share of an industry in a region less its share in the reference.

    一地某行业的份额减参照份额，单位为百分点，-100至100；0为与参照相同，正值为相对集中。份额很小的行业
    不会像区位商那样被放大。

    Parameters
    ----------
    levels : 1-D sequence (one region) or DataFrame
        As for `location_quotient`.
    reference : 1-D sequence or DataFrame, optional
        As for `location_quotient`.
    total, reference_total : float, or one for each row, optional
        As for `location_quotient`.
    least_level : float, keyword-only
        Cells below it are NaN.

    Returns
    -------
    Series or DataFrame
        Percentage points with the labels of `levels`, -100 to 100; a row sums to 0 where both
        totals are the sums of the parts.

    Raises
    ------
    ValueError
        As `location_quotient`.

    Notes
    -----
    .. math:: 100 \left( \frac{e_{ij}}{e_j} - \frac{E_i}{E} \right)

    NaN as in `location_quotient`, but an industry that the reference lacks has a difference.
    Identity: the quotient's two shares, subtracted instead of divided. Own code: no maintained
    Python library has it.

    Examples
    --------
    >>> location_quotient_difference([30.0, 70.0], reference=[200.0, 800.0]).tolist()
    [10.0, -10.0]
    """
    floor = _read_floor(least_level)

    def difference(
        cells: FloatArray, share: FloatArray, whole: FloatArray, out: FloatArray
    ) -> None:
        np.multiply(cells, 100, out=out)
        divide(out, whole, out=out)
        out -= share
        _hide(out, cells, floor)

    table, compared = read_compared(levels, reference, total=reference_total)
    shares, whole = divide(100 * compared.cells, compared.total), row_totals(table, total)
    points = cells_by_reference(difference, table.cells, compared, shares, whole)
    result: pd.Series[Any] | pd.DataFrame = by_cell(points, table)
    return result


def location_account(
    levels: Row | pd.DataFrame,
    *,
    reference: Row | pd.DataFrame | None = None,
    total: float | Row | None = None,
    reference_total: float | Row | None = None,
    least_level: float = 0.0,
) -> pd.DataFrame:
    r"""Location account (区位商核算表).

    Everything a location quotient is made of, with what published totals leave uncovered.

    区位商的全部构成：本地份额、参照份额（百分数）、区位商（0以上，1为与参照相同）、份额之差（百分点），以及
    各行业合计与公布总数的缺口（占总数的百分数，0为吻合，正值为未覆盖，负值为超出）。

    Parameters
    ----------
    levels : 1-D sequence (one region) or DataFrame
        As for `location_quotient`.
    reference : 1-D sequence or DataFrame, optional
        As for `location_quotient`.
    total, reference_total : float, or one for each row, optional
        As for `location_quotient`.
    least_level : float, keyword-only
        Cells below it have neither quotient nor difference.

    Returns
    -------
    DataFrame
        Indexed by the row labels and "part". Columns level; share and reference_share (percent);
        quotient (0 to infinity); difference (percentage points); gap and reference_gap (percent of
        the total that the industries leave uncovered, below 0 where they exceed it) and flag: ""
        or, joined by ";", "missing" (a level or a total), "zero_total", "no_reference" (the
        reference lacks the industry), "below_least_level", "parts_short_of_total",
        "parts_exceed_total", "reference_short_of_total", "reference_exceeds_total".

    Raises
    ------
    ValueError
        As `location_quotient`.

    Notes
    -----
    .. math:: \mathrm{gap}_j = 100 \frac{e_j - \sum_i e_{ij}}{e_j}

    Gaps within 0.05 percent (`LEAST_GAP`) are rounding of the published parts and carry no flag.
    A gap is NaN where a part is missing, as nobody knows what it covers. Own rule: LEAST_GAP. Own
    code: no library reports the gap.

    Examples
    --------
    >>> account = location_account([30.0, 60.0], reference=[200.0, 800.0], total=100.0)
    >>> account[["share", "quotient", "gap"]].to_numpy().tolist()
    [[30.0, 1.5, 10.0], [60.0, 0.75, 10.0]]
    >>> account["flag"].unique().tolist()
    ['parts_short_of_total']
    """
    floor = _read_floor(least_level)
    table, compared = read_compared(levels, reference, total=reference_total)
    shape = table.cells.shape
    whole = row_totals(table, total)
    given, given_whole = compared.at_rows(compared.cells), compared.at_rows(compared.total)
    share, given_share = divide(100 * table.cells, whole), divide(100 * given, given_whole)
    gap, given_gap = _gap(table.cells, whole), _gap(given, given_whole)
    low = table.cells < floor
    columns = {
        "level": table.cells,
        "share": share,
        "reference_share": given_share,
        "quotient": np.where(low, np.nan, divide(share, given_share)),
        "difference": np.where(low, np.nan, share - given_share),
        "gap": gap,
        "reference_gap": given_gap,
        "flag": _account_flags(table, compared, whole, low, gap, given_gap),
    }
    lines = {name: np.broadcast_to(cells, shape).ravel() for name, cells in columns.items()}
    labels = {"part": repeated(table.parts, len(table.rows))}
    return pd.DataFrame(lines, index=stacked(table, labels))


def _account_flags(
    table: Table,
    compared: Reference,
    whole: FloatArray,
    low: npt.NDArray[np.bool_],
    gap: FloatArray,
    given_gap: FloatArray,
) -> Any:
    given, given_whole = compared.at_rows(compared.cells), compared.at_rows(compared.total)
    unknown = np.isnan(table.cells + whole + given + given_whole)
    conditions = (
        (unknown, "missing"),
        (whole == 0, "zero_total"),
        ((given == 0) | (given_whole == 0), "no_reference"),
        (low, "below_least_level"),
        (gap > LEAST_GAP, "parts_short_of_total"),
        (gap < -LEAST_GAP, "parts_exceed_total"),
        (given_gap > LEAST_GAP, "reference_short_of_total"),
        (given_gap < -LEAST_GAP, "reference_exceeds_total"),
    )
    return flags(*((np.broadcast_to(holds, low.shape), name) for holds, name in conditions))


def _gap(cells: FloatArray, whole: FloatArray) -> FloatArray:
    """Percent of the totals that the parts leave uncovered."""
    return divide(100 * (whole - np.sum(cells, axis=1, keepdims=True)), whole)


def _read_floor(least_level: float) -> float:
    floor = read_levels("least_level", least_level)
    if floor.dimensions > 0 or np.isnan(floor.cells).any():
        raise ValueError(f"least_level: {least_level!r} is not allowed; expected one number")
    return float(floor.cells[0, 0])


def _hide(answers: FloatArray, cells: FloatArray, floor: float) -> None:
    """Blank the answers of cells below the floor."""
    if floor > 0:
        answers[cells < floor] = np.nan
