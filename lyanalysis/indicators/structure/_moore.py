"""Angle between the structures of two years."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import pandas as pd

from lyanalysis.indicators._apart import ordinary
from lyanalysis.indicators._blocks import by_rows
from lyanalysis.indicators._frames import LEVELS, FloatArray, Row, by_column, divide, pair_unchecked

_COLUMNS = pd.Index(["cosine", "angle_radians", "angle_degrees"])


@overload
def moore(start: Row, end: Row) -> pd.Series[Any]: ...
@overload
def moore(start: pd.DataFrame, end: pd.DataFrame) -> pd.DataFrame: ...
def moore(start: Row | pd.DataFrame, end: Row | pd.DataFrame) -> pd.Series[Any] | pd.DataFrame:
    r"""Moore index of structural change (Moore结构变动值).

    Angle between the structures of two years, and its cosine.

    前后两个结构向量的夹角及其余弦。夹角0至90度，0为结构未变，越大变动越快；余弦1为结构未变，
    0为毫无相同，越大变动越慢。

    Parameters
    ----------
    start, end : 1-D sequence (one row) or DataFrame
        Levels or shares, 0 or more; the scale of a row does not matter.

    Returns
    -------
    Series (one row) or DataFrame
        cosine: 1 no change, 0 nothing in common, so LARGER means SLOWER; angle_radians, 0 to
        pi/2, and angle_degrees, 0 to 90: larger means faster.

    Raises
    ------
    ValueError
        A negative, infinite or non-numeric value, or labels that differ.

    Notes
    -----
    .. math::
        M = \frac{\sum_i w_{i0} w_{i1}}{\sqrt{\sum_i w_{i0}^2} \sqrt{\sum_i w_{i1}^2}},
        \qquad \theta = \arccos M

    Several papers report the cosine, others the angle, both as "the Moore value". The angle of
    the unit vectors u and v is taken as 2 arctan(\|u - v\| / \|u + v\|): the same number, but the
    arccosine of a cosine near 1 keeps only half of the digits. NaN where a value is missing or
    all are zero.

    References
    ----------
    Moore, J. H. (1978). A measure of structural change in output. Review of Income and Wealth
    24(1), 105-118.

    Examples
    --------
    >>> print(f"{moore([10, 50, 40], [5, 40, 55])['angle_degrees']:.4f}")
    15.9095
    """
    first, last = pair_unchecked(start, end)
    products, squares, other_squares, apart = by_rows(_compare, (first, LEVELS), (last, LEVELS)).T
    cosine = divide(products, np.sqrt(squares) * np.sqrt(other_squares))
    # Nothing is negative, so that the sum under |u + v| loses no digits.
    angle = 2 * np.arctan2(np.sqrt(divide(apart, squares)), np.sqrt(2 + 2 * cosine))
    # Rounding can leave the cosine of equal structures a last digit above 1.
    cosine = np.clip(cosine, -1.0, 1.0)
    result: pd.Series[Any] | pd.DataFrame = by_column(
        _COLUMNS, (cosine, angle, np.degrees(angle)), first
    )
    return result


def _compare(before: FloatArray, after: FloatArray) -> FloatArray:
    """Return products and squares of the vectors of each row, and the square of what parts them.

    The second vector is brought to the length of the first before they are compared, not both to a
    length of 1. Both are overwritten.
    """
    first, last = _squares(before), _squares(after)
    if not ordinary(first, last):
        # So that squares of very large and very small levels stay finite.
        for vectors in (before, after):
            divide(vectors, np.max(vectors, axis=1, keepdims=True), out=vectors)
        first, last = _squares(before), _squares(after)
    products = np.einsum("ij,ij->i", before, after)
    after *= np.sqrt(divide(first, last))[:, np.newaxis]
    before -= after
    return np.column_stack([products, first, last, _squares(before)])


def _squares(vectors: FloatArray) -> FloatArray:
    squares: FloatArray = np.einsum("ij,ij->i", vectors, vectors)
    return squares
