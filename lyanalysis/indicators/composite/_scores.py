"""From normalised indicators up a tree to the index, for one set of weights or many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from lyanalysis.indicators._blocks import by_blocks
from lyanalysis.indicators._choices import one_of
from lyanalysis.indicators._frames import FloatArray
from lyanalysis.indicators.composite._rows import Positions
from lyanalysis.indicators.composite._tree import Tree

AGGREGATIONS = ("arithmetic", "geometric", "harmonic")

Aggregation: TypeAlias = "str | Mapping[str, str] | pd.Series[Any]"


def read_methods(name: str, method: Aggregation, tree: Tree) -> tuple[str, ...]:
    """Return one method for each aggregate; refuse what is misspelt, lacking or superfluous."""
    if not isinstance(method, (Mapping, pd.Series)):
        one_of(name, method, AGGREGATIONS)
        return (str(method),) * len(tree.aggregate_places)
    given = dict(method)
    for aggregate in tree.aggregates:
        if aggregate not in given:
            raise ValueError(f"{name}: has no entry for aggregate {aggregate!r}; give it a method")
        one_of(f"{name} of {aggregate!r}", given[aggregate], AGGREGATIONS)
    for aggregate in given:
        if aggregate not in tree.aggregates:
            raise ValueError(f"{name}: {aggregate!r} is no aggregate of the framework")
    return tuple(given[aggregate] for aggregate in tree.aggregates)


def refuse_negative(scores: FloatArray, methods: Iterable[str], normalisation: str) -> None:
    """Refuse a combination of methods that has no value; the way out is in the message."""
    means = set(methods) - {"arithmetic"}
    if means and np.min(scores) < 0:
        raise ValueError(
            f'normalisation: "{normalisation}" gives the score {np.min(scores)}, of which there is '
            f"no {min(means)} mean; leave one of the two methods out, set low further above 0 or "
            "treat outliers first"
        )


def children_of(tree: Tree) -> list[Positions]:
    """Return the rows of the framework under each aggregate, in the order of `tree.aggregates`."""
    return [np.flatnonzero(tree.parents == position) for position in tree.aggregate_places]


def climb(
    cells: FloatArray, tree: Tree, join: Callable[[int, Positions, FloatArray], FloatArray]
) -> list[FloatArray]:
    """Compute the aggregates, children before parents.

    Parameters
    ----------
    cells : array of float, (..., rows, indicators)
        In the order of `tree.leaves`.
    tree : Tree
        The framework.
    join : callable
        Takes the position of an aggregate in `tree.aggregates`, the rows of its children in the
        framework and their values (..., rows, children); returns (..., rows).

    Returns
    -------
    list of array of float
        One for each aggregate, the root last.
    """
    columns = np.full(len(tree.names), -1)
    columns[tree.leaf_places] = np.arange(len(tree.leaf_places))
    known: dict[int, FloatArray] = {}
    aggregates = tree.aggregate_places.tolist()
    for place, (position, children) in enumerate(zip(aggregates, children_of(tree), strict=True)):
        if (columns[children] >= 0).all():
            values = take(cells, columns[children])
        else:
            each = [
                cells[..., columns[child]] if columns[child] >= 0 else known[child]
                for child in children.tolist()
            ]
            values = np.stack(np.broadcast_arrays(*each), axis=-1)
        known[position] = join(place, children, values)
    return list(known.values())


def take(cells: FloatArray, columns: Positions) -> FloatArray:
    """Return some columns, without a copy where they stand side by side."""
    if (np.diff(columns) == 1).all():
        return cells[..., columns[0] : columns[-1] + 1]
    return cells[..., columns]


def weighted(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Sum children times weights: (..., rows, children), (..., children) -> (..., rows)."""
    if values.ndim == 2:
        sums: FloatArray = weights @ values.T
    else:
        sums = np.matmul(values, weights[..., np.newaxis])[..., 0]
    return sums


def quiet_sums(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Sum children times weights without a warning where they are infinite: (rows, children)."""
    from scipy.linalg.blas import dgemv

    if values.flags.f_contiguous:
        sums: FloatArray = dgemv(1.0, values, weights)
    else:
        sums = dgemv(1.0, values.T, weights, trans=1)
    return sums


def combine(values: FloatArray, weights: FloatArray, method: str) -> FloatArray:
    """Take a weighted mean of children, which for other than arithmetic means must be 0 or more.

    Weights sum to 1 over the children. A zero makes geometric and harmonic means zero, unless it
    weighs nothing.
    """
    if method == "arithmetic":
        return weighted(values, weights)
    if np.min(values) > 0:
        return mean_of_positive(values, weights, method)
    empty = values == 0
    means = mean_of_positive(np.where(empty, 1.0, values), weights, method)
    means[weighted(empty.astype(np.float64), weights) > 0] = 0.0
    return means


def mean_of_positive(values: FloatArray, weights: FloatArray, method: str) -> FloatArray:
    """Take a geometric or harmonic mean of children above 0."""
    if method == "harmonic":
        means: FloatArray = 1 / weighted(1 / values, weights)
        return means

    def geometric(cells: FloatArray) -> FloatArray:
        # Side by side in memory: logarithms of columns that lie far apart take twice as long.
        logs = cells.copy("F")
        roots: FloatArray = np.exp(weighted(np.log(logs, out=logs), weights))
        return roots

    one_set = values.ndim == 2 and weights.ndim == 1
    return by_blocks(geometric, values) if one_set else geometric(values)


def root_scores(
    cells: FloatArray, tree: Tree, weights: FloatArray, methods: tuple[str, ...]
) -> FloatArray:
    """Return the scores of the root for complete cells and sets of weights.

    Parameters
    ----------
    cells : array of float, (rows, indicators) or (draws, rows, indicators)
        In the order of `tree.leaves`.
    tree : Tree
        The framework.
    weights : array of float, (draws, rows of the framework)
        Each set sums to 1 among siblings.
    methods : tuple of str
        One for each aggregate.

    Returns
    -------
    array of float, (draws, rows)
    """

    def join(place: int, children: Positions, values: FloatArray) -> FloatArray:
        return combine(values, weights[..., children], methods[place])

    return climb(cells, tree, join)[-1]
