"""Sobol indices of groups of uniform inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import FloatArray

_IDLE = "idle"


def sobol_indices(
    evaluate: Callable[[FloatArray], FloatArray],
    groups: Sequence[str],
    *,
    samples: int,
    interval: float,
    generator: np.random.Generator,
) -> pd.DataFrame:
    """Return first-order and total indices of each group of inputs.

    Parameters
    ----------
    evaluate : callable
        Takes a matrix of uniform numbers, runs by inputs; returns one figure a run.
    groups : sequence of str
        Name of each input's group; inputs of one group stand side by side.
    samples : int
        A power of two; there are (groups + 3) runs for each sample.
    interval : float
        Percent of the confidence interval.
    generator : numpy.random.Generator

    Returns
    -------
    DataFrame
        By group, in order of appearance; NaN throughout where the figure is the same in all runs.
    """
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    # SALib takes one group for no groups at all, so an input stands by that nothing depends on.
    inputs, names = [*groups, _IDLE], [*dict.fromkeys(groups), _IDLE]
    problem = {
        "num_vars": len(inputs),
        "names": [f"input {number}" for number in range(len(inputs))],
        "groups": inputs,
        "bounds": [[0.0, 1.0]] * len(inputs),
    }
    # SALib takes a seed of 0 for none at all; a generator is taken as it is.
    runs = sampling.sample(problem, samples, calc_second_order=False, seed=generator)
    figures = evaluate(runs[:, :-1])
    columns = ("first_order", "first_order_margin", "total", "total_margin")
    keys = ("S1", "S1_conf", "ST", "ST_conf")
    step = len(names) + 2
    if np.ptp(np.concatenate([figures[::step], figures[step - 1 :: step]])) == 0:
        found = {key: np.full(len(names), np.nan) for key in keys}
    else:
        found = analysis.analyze(
            problem,
            figures,
            calc_second_order=False,
            conf_level=interval / 100,
            seed=generator,
        )
    return pd.DataFrame(
        {column: found[key][:-1] for column, key in zip(columns, keys, strict=True)},
        index=pd.Index(names[:-1], name="input"),
    )
