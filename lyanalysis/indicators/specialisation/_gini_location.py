"""Gini coefficients of location quotients: over the industries of a region, and over regions."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    by_row,
    divide,
    per_row,
    read_levels,
    read_parts,
)
from lyanalysis.indicators._panel import YEAR, Years, year_groups
from lyanalysis.indicators.specialisation._gini import plain_gini
from lyanalysis.indicators.specialisation._location_reference import by_reference, read_compared


@overload
def gini_of_specialisation(levels: Row, *, reference: Row | None = None) -> float: ...
@overload
def gini_of_specialisation(
    levels: pd.DataFrame, *, reference: Row | pd.DataFrame | None = None
) -> pd.Series[Any]: ...
def gini_of_specialisation(
    levels: Row | pd.DataFrame, *, reference: Row | pd.DataFrame | None = None
) -> float | pd.Series[Any]:
    r"""Gini coefficient of regional specialisation (地区专业化基尼系数).

    Inequality of the location quotients of a region over its industries.

    一地各行业区位商的基尼系数；0为结构与参照相同，(n-1)/n为只有一个行业，上限为1。

    Parameters
    ----------
    levels : 1-D sequence (one region) or DataFrame
        Rows: regions, or regions and years with an index level "year". Columns: n industries, 0 or
        more.
    reference : 1-D sequence or DataFrame, keyword-only, optional
        Levels by industry: one row for all, one row a year, or the rows of `levels`. Without it
        the sum of all rows of a year; one region alone needs it.

    Returns
    -------
    float or Series
        0 (structure of the reference) to (n - 1) / n (one industry only).

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level, labels that differ, one region without a
        reference, or reference years that are missing.

    Notes
    -----
    .. math:: G_j = \frac{2}{n^2 \bar{R}} \sum_i \lambda_i (R_i - \bar{R})

    with the quotients R in ascending order and their ranks. Industries are not weighted by their
    size. Totals of region and reference cancel. NaN where a level is missing, all are 0, or the
    reference of an industry is 0 or missing. Own code: the formula of `gini`, applied to quotients.

    References
    ----------
    Nakamura, R., Morrison Paul, C. J. (2009). Measuring agglomeration. In: Handbook of Regional
    Growth and Development Theories. Edward Elgar, 305-328.

    Examples
    --------
    Printed by Farhauer and Kröll (2013) as 0.6222222:

    >>> region = [700, 600, 500, 10000, 40000]
    >>> nation = [30000, 15000, 10000, 60000, 50000]
    >>> print(f"{gini_of_specialisation(region, reference=nation):.7f}")
    0.6222222
    """

    def inequality(cells: FloatArray, given: FloatArray) -> FloatArray:
        return plain_gini(divide(cells, given))

    table, compared = read_compared(levels, reference)
    index = by_reference(inequality, table.cells, compared, compared.cells)
    result: float | pd.Series[Any] = by_row(index, table)
    return result


@overload
def gini_of_concentration(levels: Row, *, reference: Row) -> float: ...
@overload
def gini_of_concentration(
    levels: pd.DataFrame, *, reference: Row | None = None
) -> pd.Series[Any] | pd.DataFrame: ...
def gini_of_concentration(
    levels: Row | pd.DataFrame, *, reference: Row | None = None
) -> float | pd.Series[Any] | pd.DataFrame:
    r"""Gini coefficient of industry concentration (产业地理集中基尼系数).

    Inequality of the location quotients of an industry over the regions.

    一个行业在各地的区位商的基尼系数；0为处处与当地规模相称，(n-1)/n为集中于一地，上限为1。

    Parameters
    ----------
    levels : DataFrame or 1-D sequence
        Rows: the n regions, or regions and years with an index level "year". Columns: industries, 0
        or more. A 1-D sequence is ONE INDUSTRY over regions.
    reference : 1-D sequence, keyword-only, optional
        Size of each row of `levels`, as total employment or population. Without it the sum over
        the columns, which must then be all industries; one industry alone needs it.

    Returns
    -------
    float, Series or DataFrame
        0 (everywhere in proportion to size) to (n - 1) / n (one region has all). A number for one
        industry; a Series by industry; years x industries where `levels` has years.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric level or size, labels that differ, or one industry
        without a reference.

    Notes
    -----
    .. math:: G_i = \frac{2}{n^2 \bar{R}} \sum_j \lambda_j (R_j - \bar{R})

    with the quotients R in ascending order and their ranks. Regions are not weighted by their size.
    NaN where in that year a level of the industry or the size of a region is missing, a size is 0,
    or the industry is 0 everywhere. Without `reference` one missing level hides the size of its
    region, and so every industry of that year. Own code: the formula of `gini`, applied to
    quotients.

    References
    ----------
    Nakamura, R., Morrison Paul, C. J. (2009). Measuring agglomeration. In: Handbook of Regional
    Growth and Development Theories. Edward Elgar, 305-328.

    Examples
    --------
    Printed by Farhauer and Kröll (2013) as 0.4068966:

    >>> industry = [500, 500, 1000, 7000, 1000]
    >>> regions = [20000, 15000, 20000, 40000, 5000]
    >>> print(f"{gini_of_concentration(industry, reference=regions):.7f}")
    0.4068966
    """
    table = read_parts(read_levels("levels", levels))
    if table.dimensions < 2:
        return gini_of_specialisation(levels, reference=reference)
    if reference is None:
        sizes = np.sum(table.cells, axis=1, keepdims=True)
    else:
        sizes = per_row(read_levels("reference", reference), table)
    years = year_groups(table.name, table.rows)
    index = _by_year(divide(table.cells, sizes), years)
    if YEAR in table.rows.names:
        return pd.DataFrame(index, index=years.labels, columns=table.parts)
    return pd.Series(index[0], index=table.parts)


def _by_year(quotients: FloatArray, years: Years) -> FloatArray:
    """Gini coefficients over the rows of each year, years x parts."""
    number = np.bincount(years.codes, minlength=len(years.labels))
    longest = int(np.max(number, initial=1))
    order = np.argsort(years.codes, kind="stable")
    first = np.cumsum(number) - number
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order)) - np.repeat(first, number)
    # Years with fewer rows are filled up with zeros, which sort first and get no rank.
    ordered = np.zeros((len(number), quotients.shape[1], longest))
    ordered[years.codes, :, place] = quotients
    ordered.sort(axis=2)
    filled = (longest - number)[:, np.newaxis]
    rank = 2.0 * (np.arange(longest) - filled) + 1 - number[:, np.newaxis]
    rank[np.arange(longest) < filled] = 0.0
    total = np.sum(ordered, axis=2)
    least = np.minimum(filled, longest - 1)[:, :, np.newaxis]
    ordered -= np.take_along_axis(ordered, least, axis=2)
    return divide(np.einsum("ypr,yr->yp", ordered, rank), number[:, np.newaxis] * total)
