"""How far the structures of rows are apart, without a division for each of their parts."""

from __future__ import annotations

import numpy as np

from lyanalysis.indicators._frames import BoolArray, FloatArray, divide

# Products of two numbers between this and its inverse are as exact as the numbers.
_LEAST = 1e-100


def ordinary(*figures: FloatArray) -> bool:
    """Tell whether products of these are neither infinite nor lost; NaN and zero do no harm."""
    return all(_within(one) or not _beyond(one).any() for one in figures)


def _within(figures: FloatArray) -> bool:
    return figures.size == 0 or bool(figures.min() > _LEAST and figures.max() < 1 / _LEAST)


def _beyond(figures: FloatArray) -> BoolArray:
    beyond: BoolArray = ((figures < _LEAST) | (figures > 1 / _LEAST)) & (figures != 0)
    return beyond


def shares_apart(first: FloatArray, last: FloatArray) -> FloatArray:
    """Sum the absolute differences between the shares of each row, 0 to 2; both are overwritten.

    x / X - y / Y is taken as (x Y - y X) / (X Y): equal shares differ by 0 exactly in both.
    """
    base, whole = (np.sum(levels, axis=1, keepdims=True) for levels in (first, last))
    if not ordinary(base, whole):
        divide(first, base, out=first)
        divide(last, whole, out=last)
        base = whole = np.ones((1, 1))
    first *= whole
    last *= base
    last -= first
    apart = np.sum(np.abs(last, out=last), axis=1)
    return divide(apart, (base * whole)[:, 0])
