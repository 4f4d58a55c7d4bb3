"""An index computed many times over, each time with other weights, methods and data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import one_of
from lyanalysis.indicators._frames import FloatArray, Row, Table, aligned, read, refuse
from lyanalysis.indicators._panel import YEAR
from lyanalysis.indicators.composite._ranks import descending_ranks
from lyanalysis.indicators.composite._reading import percent, read_rows, rising
from lyanalysis.indicators.composite._rows import Positions
from lyanalysis.indicators.composite._scores import (
    Aggregation,
    read_methods,
    refuse_negative,
    root_scores,
)
from lyanalysis.indicators.composite._tree import label
from lyanalysis.indicators.composite.framework import Tree, read_framework
from lyanalysis.indicators.composite.normalisation import normalise_cells

NORMALISATIONS = ("min_max", "z_score", "rank", "percentile_rank")

# The scale of Mazziotta and Pareto keeps z-scores above 0, where geometric means exist.
MEAN, STANDARD_DEVIATION = 100.0, 10.0

# Ends of the other scales: above 0 for the same reason.
LOW, HIGH = 1.0, 100.0

# Cells (draws x regions x indicators) that are worked on at a time: 8 megabytes an array.
_AT_A_TIME = 1_000_000


class Experiment(NamedTuple):
    """What may vary about an index, and what does not.

    Attributes
    ----------
    table : Table
        One year: regions by indicators in the order of the framework, complete.
    tree : Tree
        The framework.
    directions : array of float, one an indicator
    spread : float
        Largest relative deviation of a weight, 0 to 1.
    normalisations : tuple of str
        The first is that of the index itself.
    aggregations : tuple of tuple of str
        Methods by aggregate; the first is that of the index itself.
    error : array of float, one an indicator
        Relative standard deviation of the data, 0 or more.
    low, high : float
        Scores of the worst and the best.
    """

    table: Table
    tree: Tree
    directions: FloatArray
    spread: float
    normalisations: tuple[str, ...]
    aggregations: tuple[tuple[str, ...], ...]
    error: FloatArray
    low: float
    high: float

    @property
    def siblings(self) -> FloatArray:
        """1 where two rows of the framework have the same parent."""
        parents = self.tree.parents
        same: FloatArray = (parents[:, np.newaxis] == parents).astype(np.float64)
        return same


def read_complete(data: pd.DataFrame, framework: pd.DataFrame) -> tuple[Table, Tree]:
    """Read indicators in the order of the framework; refuse gaps and columns without spread."""
    table = read_rows("data", data)
    tree = read_framework(framework, table.parts)
    cells = table.cells[:, table.parts.get_indexer(tree.leaves)]
    table = table._replace(cells=cells, parts=tree.leaves)
    refuse(table, np.isnan(cells), "a number; ranks need complete data, so impute first")
    return table, tree


def read_experiment(
    data: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    weight_spread: float,
    normalisations: Sequence[str],
    aggregations: Sequence[Aggregation],
    data_error: float | Row,
    low: float,
    high: float,
) -> Experiment:
    """Read the index and its alternatives; refuse all that could not be honoured."""
    table, tree = read_complete(data, framework)
    if YEAR in table.rows.names and table.rows.unique(YEAR).size > 1:
        raise ValueError(
            f'data: holds several years; give one, as in data.xs(2024, level="{YEAR}")'
        )
    constant = np.ptp(table.cells, axis=0) == 0
    if constant.any():
        column = label(table.parts, int(np.argmax(constant)))
        raise ValueError(f"data: column {column} is the same in all regions; leave it out")
    percent("weight_spread", weight_spread, zero=True)
    rising(low, high)
    several = _normalisations(normalisations)
    unused_ends(several, low, high)
    return Experiment(
        table,
        tree,
        tree.directions[tree.names.get_indexer(tree.leaves)],
        weight_spread / 100,
        several,
        _aggregations(aggregations, tree),
        _error(data_error, table),
        low,
        high,
    )


def unused_ends(normalisations: Sequence[str], low: float, high: float) -> None:
    """Refuse ends of a scale where no normalisation has any."""
    ended = {"min_max", "percentile_rank"} & set(normalisations)
    if not ended and (low, high) != (LOW, HIGH):
        raise ValueError("low, high: only for min_max and percentile_rank; leave them out")


def _several(name: str, given: Any) -> list[Any]:
    if isinstance(given, (str, dict, pd.Series)) or not len(given):
        raise ValueError(f"{name}: {given!r} is not allowed; expected a list of one or more")
    return list(given)


def _normalisations(given: Sequence[str]) -> tuple[str, ...]:
    several = _several("normalisations", given)
    for one in several:
        one_of("normalisations", one, NORMALISATIONS)
    return _each_once("normalisations", several)


def _aggregations(given: Sequence[Aggregation], tree: Tree) -> tuple[tuple[str, ...], ...]:
    several = [read_methods("aggregations", one, tree) for one in _several("aggregations", given)]
    return _each_once("aggregations", several)


def _each_once(name: str, given: list[Any]) -> tuple[Any, ...]:
    if len(set(given)) < len(given):
        raise ValueError(f"{name}: names an alternative more than once; give each once")
    return tuple(given)


def _error(given: float | Row, table: Table) -> FloatArray:
    """Return the relative standard deviation of each indicator."""
    figures = read("data_error", given)
    like = table._replace(cells=np.empty((1, len(table.parts))), dimensions=1)
    if figures.dimensions == 0:
        figures = like._replace(name="data_error", cells=np.full(like.cells.shape, figures.cells))
    figures = aligned(like, figures)[1]
    refuse(figures, ~(figures.cells >= 0), "percent of 0 or more")
    relative: FloatArray = figures.cells[0] / 100
    return relative


def _scaled(experiment: Experiment, normalisation: str, cells: FloatArray) -> FloatArray:
    """Normalise one year, with any number of draws before it."""
    scores = normalise_cells(
        cells,
        np.zeros(len(experiment.table.rows), dtype=np.intp),
        method=normalisation,
        direction=experiment.directions,
        low=experiment.low,
        high=experiment.high,
        mean=MEAN,
        standard_deviation=STANDARD_DEVIATION,
    )
    refuse_negative(scores, chain(*experiment.aggregations), normalisation)
    return scores


def drawn_weights(experiment: Experiment, uniform: FloatArray) -> FloatArray:
    """Spread weights around those of the framework and bring siblings to a sum of 1.

    Parameters
    ----------
    experiment : Experiment
        Index and alternatives.
    uniform : array of float, (draws, rows of the framework)
        From 0 to below 1; one half leaves a weight where it is.
    """
    weights = experiment.tree.weights * (1 + experiment.spread * (1 - 2 * uniform))
    spread: FloatArray = weights / (weights @ experiment.siblings)
    return spread


def drawn_ranks(
    experiment: Experiment,
    weights: FloatArray,
    normalisation: Positions,
    aggregation: Positions,
    noise: FloatArray | None,
) -> FloatArray:
    """Compute the ranks of each draw.

    Parameters
    ----------
    experiment : Experiment
        Index and alternatives.
    weights : array of float, (draws, rows of the framework)
        Summing to 1 among siblings.
    normalisation, aggregation : array of int, one a draw
        Position of the alternative taken.
    noise : array of float, (draws, regions, indicators), or None
        Standard normal; None where the data are exact.

    Returns
    -------
    array of float, (draws, regions)
        1 for the largest score.
    """
    cells, (draws, regions) = experiment.table.cells, (len(weights), len(experiment.table.rows))
    scores = np.empty((draws, regions))
    for place, method in enumerate(experiment.normalisations):
        scaled = _scaled(experiment, method, cells)
        for other, methods in enumerate(experiment.aggregations):
            chosen = np.flatnonzero((normalisation == place) & (aggregation == other))
            if not len(chosen):
                continue
            if noise is not None:
                scaled = _scaled(experiment, method, cells * (1 + experiment.error * noise[chosen]))
            scores[chosen] = root_scores(scaled, experiment.tree, weights[chosen], methods)
    return descending_ranks(scores, np.zeros(regions, dtype=np.intp))


def base_ranks(experiment: Experiment) -> FloatArray:
    """Return the ranks of the index itself."""
    first = np.zeros(1, dtype=np.intp)
    weights = experiment.tree.weights[np.newaxis]
    ranks: FloatArray = drawn_ranks(experiment, weights, first, first, None)[0]
    return ranks


def chunks(draws: int, experiment: Experiment) -> Iterator[slice]:
    """Cut draws into pieces that leave memory bounded."""
    size = max(1, _AT_A_TIME // max(experiment.table.cells.size, len(experiment.tree.names)))
    for start in range(0, draws, size):
        yield slice(start, min(start + size, draws))


def choices(uniform: FloatArray, alternatives: int) -> Positions:
    """Turn uniform numbers into positions of alternatives."""
    positions: Positions = (uniform * alternatives).astype(np.intp)
    return positions
