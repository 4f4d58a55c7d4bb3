"""How alike the courses of sequences are: grey relational analysis."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import (
    FloatArray,
    Row,
    Table,
    by_cell,
    divide,
    per_row,
    read,
    refuse,
)
from lyanalysis.indicators._panel import YEAR

Image: TypeAlias = Literal["initial", "mean", "none"]


def grey_relational_coefficients(
    series: pd.DataFrame,
    reference: Row,
    *,
    distinguishing: float = 0.5,
    image: Image = "initial",
) -> pd.DataFrame:
    r"""Grey relational coefficients (灰色关联系数).

    How near each sequence is to a reference sequence, point by point.

    各序列在每一点上与参考序列的接近程度，无量纲。1为所有序列、所有点中最接近的一点，不一定相等；
    下限为分辨系数除以一加分辨系数，取0.5时为三分之一，为距离最大的一点。

    Parameters
    ----------
    series : DataFrame
        Points (rows, such as years) by sequences (columns).
    reference : 1-D sequence
        Value of the reference at each point.
    distinguishing : float, keyword-only
        Distinguishing coefficient, above 0 and up to 1; a smaller one spreads the coefficients.
    image : {"initial", "mean", "none"}, keyword-only
        What each sequence is divided by: its value at the first point (the earliest year where
        the index is named "year", else the first row), its mean, or nothing.

    Returns
    -------
    DataFrame
        Shape of `series`; from rho / (1 + rho), 1/3 by default, for the point farthest from the
        reference to 1 for the nearest one.

    Raises
    ------
    ValueError
        A first value or a mean of 0 that the image would divide by; rows of several regions with
        the initial image; no point; a distinguishing coefficient out of range; another image; or
        labels that differ.

    Notes
    -----
    .. math::
        \xi_i(k) = \frac{\min_{i,k} d_i(k) + \rho \max_{i,k} d_i(k)}
        {d_i(k) + \rho \max_{i,k} d_i(k)}, \qquad d_i(k) = |x_0(k) - x_i(k)|

    Least and greatest distance are those of all sequences and points together: one more sequence
    changes every coefficient, and one missing value leaves all of them NaN. Where every distance
    is 0, every coefficient is 1. Own code: no maintained Python library has it.

    References
    ----------
    Deng, J. L. (1982). Control problems of grey systems. Systems and Control Letters 1(5),
    288-294.

    Examples
    --------
    >>> series = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 3.0, 5.0]}, [2021, 2022, 2023])
    >>> found = grey_relational_coefficients(series, [1.0, 2.0, 4.0])
    >>> [f"{value:.3f}" for value in found.loc[2023]]
    ['0.333', '0.333']
    """
    rho = read("distinguishing", distinguishing)
    refuse(rho, ~((rho.cells > 0) & (rho.cells <= 1)), "a number above 0 and up to 1")
    table, base = _read(series, reference)
    cells = _image(table, image)
    # A sequence beside a table of points is one of its columns.
    distance = np.abs(cells - _image(base, image))
    least, greatest = np.min(distance), rho.cells[0, 0] * np.max(distance)
    if greatest == 0:
        coefficients = np.ones_like(distance)
    else:
        coefficients = (least + greatest) / (distance + greatest)
    result: pd.DataFrame = by_cell(coefficients, table)
    return result


def grey_relational_grade(
    series: pd.DataFrame,
    reference: Row,
    *,
    distinguishing: float = 0.5,
    image: Image = "initial",
) -> pd.Series[Any]:
    r"""Grey relational grade (灰色关联度).

    Mean nearness of each sequence to a reference sequence.

    各序列与参考序列在所有点上的平均接近程度，无量纲。1为处处最接近，下限为分辨系数除以一加分辨
    系数，取0.5时为三分之一；只宜在同一次计算内比较大小，增减一个序列会改变全部结果。

    Parameters
    ----------
    series : DataFrame
        Points (rows, such as years) by sequences (columns).
    reference : 1-D sequence
        Value of the reference at each point.
    distinguishing : float, keyword-only
        As for `grey_relational_coefficients`.
    image : {"initial", "mean", "none"}, keyword-only
        As for `grey_relational_coefficients`.

    Returns
    -------
    Series
        One grade for each sequence; rho / (1 + rho), 1/3 by default, to 1, which a sequence equal
        to the reference has. NaN throughout where a value is missing.

    Raises
    ------
    ValueError
        As `grey_relational_coefficients`.

    Notes
    -----
    .. math:: \gamma_i = \frac{1}{m} \sum_{k=1}^{m} \xi_i(k)

    All points count alike. The sum of weighted coefficients must not be divided by the number of
    points once more, as pyDecision does. Own code: no maintained Python library has it.

    References
    ----------
    Deng, J. L. (1982). Control problems of grey systems. Systems and Control Letters 1(5),
    288-294.

    Examples
    --------
    >>> series = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 4.0]}, [2021, 2022, 2023])
    >>> grade = grey_relational_grade(series, [1.0, 2.0, 4.0])
    >>> print(f"{grade['a']:.4f} {grade['b']:.4f}")
    0.7778 1.0000
    """
    coefficients = grey_relational_coefficients(
        series, reference, distinguishing=distinguishing, image=image
    )
    return coefficients.mean(axis=0, skipna=False)


def _read(series: pd.DataFrame, reference: Row) -> tuple[Table, Table]:
    """Read the sequences and, as a table of one column, the reference."""
    table, given = read("series", series), read("reference", reference)
    if table.dimensions != 2:
        raise ValueError("series: give a DataFrame of points by sequences")
    if given.dimensions != 1:
        raise ValueError("reference: give one value for each row of series")
    column = per_row(given, table)
    if not len(column):
        raise ValueError("series: holds no point; give at least one row")
    return table, given._replace(cells=column, rows=table.rows, parts=pd.Index(["reference"]))


def _image(table: Table, image: str) -> FloatArray:
    """Divide every sequence by its first value or its mean."""
    if image not in ("initial", "mean", "none"):
        raise ValueError(f'image: {image!r} is not allowed; expected "initial", "mean" or "none"')
    if image == "none":
        return table.cells
    if image == "mean":
        unit = np.mean(table.cells, axis=0, keepdims=True)
        named = table._replace(name=f"mean of {table.name}", cells=unit, dimensions=1)
        refuse(named, unit == 0, 'a mean other than 0 with image "mean"')
        return divide(table.cells, unit)
    first = _first_point(table)
    named = table._replace(name=f"first value of {table.name}", cells=table.cells[[first]])
    named = named._replace(rows=table.rows[[first]], dimensions=2)
    refuse(named, named.cells == 0, 'a value other than 0 with image "initial"')
    return divide(table.cells, named.cells)


def _first_point(table: Table) -> int:
    """Return the position of the earliest year, 0 where the rows are no years."""
    if YEAR not in table.rows.names:
        return 0
    if table.rows.nlevels > 1:
        raise ValueError(
            f"{table.name}: rows of several levels have no first point; give one region, or "
            'another image than "initial"'
        )
    return int(np.argmin(table.rows.to_numpy()))
