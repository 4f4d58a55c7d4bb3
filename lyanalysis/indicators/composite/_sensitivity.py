"""Variance-based sensitivity of the ranks of an index."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import read_whole
from lyanalysis.indicators._frames import FloatArray, Row
from lyanalysis.indicators.composite._draws import (
    HIGH,
    LOW,
    Experiment,
    base_ranks,
    choices,
    chunks,
    drawn_ranks,
    drawn_weights,
    read_experiment,
)
from lyanalysis.indicators.composite._reading import percent
from lyanalysis.indicators.composite._rows import Positions, region_labels
from lyanalysis.indicators.composite._scores import Aggregation, children_of
from lyanalysis.indicators.composite._sobol import sobol_indices


def rank_sensitivity(
    data: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    region: Hashable | None = None,
    samples: int = 1024,
    weight_spread: float = 25.0,
    normalisations: Sequence[str] = ("min_max", "z_score", "rank"),
    aggregations: Sequence[Aggregation] = ("arithmetic", "geometric"),
    data_error: float | Row = 0.0,
    interval: float = 95.0,
    low: float = LOW,
    high: float = HIGH,
    seed: int = 1,
) -> pd.DataFrame:
    r"""Sobol sensitivity of ranks (排名的索博尔敏感性分析).

    Which uncertain choice moves the ranks: shares of their variance by choice.

    把名次变动的方差分解到各项不确定因素（各层权重、标准化方法、合成方法、数据误差）。一阶指数为单独
    作用所占比重，总指数包括与其他因素的交互作用。取值0至1，0为没有作用，1为全部由该因素决定；因
    抽样误差可以略低于0或高于1。

    Parameters
    ----------
    data, framework : DataFrame
        As for :func:`rank_uncertainty`.
    region : label, keyword-only
        Region whose rank is explained; without it the mean absolute shift of all ranks from those
        of the index itself.
    samples : int, keyword-only
        Points of the Sobol sequence, a power of two; for each of them the index is computed as
        many times as there are uncertain inputs, and three times more.
    weight_spread, normalisations, aggregations, data_error, low, high : keyword-only
        As for :func:`rank_uncertainty`.
    interval : float, keyword-only
        Percent of the confidence interval, above 0 and below 100.
    seed : int, keyword-only
        Start of the random numbers; the same seed gives the same answer.

    Returns
    -------
    DataFrame
        By input: first_order and total, 0 (does not matter) to 1 (alone decides), with
        first_order_margin and total_margin, half the width of their confidence intervals. Inputs
        are "weights:" with the name of the aggregate under which weights vary, "normalisation",
        "aggregation" and "data_error", each where it is uncertain. NaN throughout where the ranks
        never move.

    Raises
    ------
    ValueError
        As :func:`rank_uncertainty`; a region that is not there, a number of samples that is no
        power of two, or nothing that is uncertain.

    Notes
    -----
    With the figure Y and input k, which for weights is the set of all weights under one aggregate,

    .. math::
        S_k = \frac{V[E(Y \mid x_k)]}{V(Y)}, \qquad
        T_k = 1 - \frac{V[E(Y \mid x_{\sim k})]}{V(Y)}

    Total indices sum to more than 1 where inputs interact. The data error as one input chooses
    among as many sets of errors as there are samples. Computed by SALib's Sobol sampling and
    estimators, with indices computed together.

    References
    ----------
    Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M., Tarantola, S. (2010). Variance
    based sensitivity analysis of model output. Computer Physics Communications 181(2), 259-270.
    Saisana, M., Saltelli, A., Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques
    as tools for the quality assessment of composite indicators. Journal of the Royal Statistical
    Society A 168(2), 307-323.

    Examples
    --------
    Where the weights alone are uncertain they explain all:

    >>> from lyanalysis.indicators.composite.framework import flat_framework
    >>> data = pd.DataFrame({"a": [9.0, 1.0], "b": [1.0, 9.0]}, index=["x", "y"])
    >>> found = rank_sensitivity(
    ...     data,
    ...     flat_framework(["a", "b"]),
    ...     region="x",
    ...     normalisations=["min_max"],
    ...     aggregations=["arithmetic"],
    ...     samples=64,
    ... )
    >>> print(f"{found.loc['weights:index', 'total']:.1f}")
    1.0
    """
    experiment = read_experiment(
        data,
        framework,
        weight_spread=weight_spread,
        normalisations=normalisations,
        aggregations=aggregations,
        data_error=data_error,
        low=low,
        high=high,
    )
    read_whole("samples", samples, 2)
    if samples & (samples - 1):
        raise ValueError(f"samples: {samples} is not allowed; expected a power of two")
    percent("interval", interval)
    read_whole("seed", seed, 0)
    if interval == 100:
        raise ValueError("interval: 100 is not allowed; expected percent below 100")
    inputs = _inputs(experiment)
    of_one = None if region is None else _place(experiment, region)
    ranks = base_ranks(experiment)
    generator = np.random.default_rng(seed)
    regions, indicators = experiment.table.cells.shape
    noise = generator.standard_normal((samples, regions, indicators)) if inputs.error >= 0 else None

    def evaluate(runs: FloatArray) -> FloatArray:
        figures = np.empty(len(runs))
        for chunk in chunks(len(runs), experiment):
            found = _ranks(experiment, inputs, runs[chunk], noise)
            if of_one is None:
                figures[chunk] = np.mean(np.abs(found - ranks), axis=1)
            else:
                figures[chunk] = found[:, of_one]
        return figures

    return sobol_indices(
        evaluate, inputs.groups, samples=samples, interval=interval, generator=generator
    )


class _Inputs(NamedTuple):
    """The uncertain inputs, as columns of a matrix of uniform numbers.

    Attributes
    ----------
    groups : list of str
        Name of the input each column belongs to.
    weights : array of int
        Row of the framework whose weight each of the first columns moves.
    normalisation, aggregation, error : int
        Column, -1 where there is no such input.
    """

    groups: list[str]
    weights: Positions
    normalisation: int
    aggregation: int
    error: int


def _inputs(experiment: Experiment) -> _Inputs:
    tree = experiment.tree
    groups: list[str] = []
    weights: list[int] = []
    below = dict(zip(tree.aggregates, children_of(tree), strict=True))
    for name in tree.names:
        children = below.get(name, np.empty(0, dtype=np.intp))
        free = children[tree.weights[children] > 0]
        if len(free) > 1 and experiment.spread > 0:
            groups += [f"weights:{name}"] * len(free)
            weights += free.tolist()
    columns = []
    for name, uncertain in (
        ("normalisation", len(experiment.normalisations) > 1),
        ("aggregation", len(experiment.aggregations) > 1),
        ("data_error", experiment.error.any()),
    ):
        columns.append(len(groups) if uncertain else -1)
        groups += [name] * bool(uncertain)
    if not groups:
        raise ValueError(
            "weight_spread: nothing is uncertain; give a spread of weights, several "
            "normalisations, several aggregations or a data_error"
        )
    return _Inputs(groups, np.array(weights, dtype=np.intp), *columns)


def _place(experiment: Experiment, region: Hashable) -> int:
    labels = region_labels(experiment.table.rows)
    places = [place for place, label in enumerate(labels) if label == region]
    if not places:
        raise ValueError(f"region: {region!r} is no row of data; expected the label of a region")
    return places[0]


def _ranks(
    experiment: Experiment, inputs: _Inputs, runs: FloatArray, noise: FloatArray | None
) -> FloatArray:
    """Compute the ranks of each run; what is not among the inputs stays as it is."""
    still = np.zeros(len(runs), dtype=np.intp)
    uniform = np.full((len(runs), len(experiment.tree.names)), 0.5)
    uniform[:, inputs.weights] = runs[:, : len(inputs.weights)]

    def taken(column: int, alternatives: int) -> Positions:
        return still if column < 0 else choices(runs[:, column], alternatives)

    return drawn_ranks(
        experiment,
        drawn_weights(experiment, uniform),
        taken(inputs.normalisation, len(experiment.normalisations)),
        taken(inputs.aggregation, len(experiment.aggregations)),
        None if noise is None else noise[taken(inputs.error, len(noise))],
    )
