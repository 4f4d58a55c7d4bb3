"""Classes of regions at both ends of a period and in the long run."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lyanalysis.indicators._yearly import read_frame
from lyanalysis.indicators.dynamics._chain import ergodic_distribution
from lyanalysis.indicators.dynamics._markov import markov_transition


def class_account(states: pd.DataFrame, *, classes: int) -> pd.DataFrame:
    r"""Account of classes (类型分布核算).

    Regions in each class at the start and at the end, how many stay from year to year, and the
    share of the class in the long run.

    各类型在期初和期末的地区数、逐年留在本类型的百分比，以及转移概率不变时在长期中所占的百分比；百分比为0至
    100。

    Parameters
    ----------
    states : DataFrame
        One row a year (index of whole numbers, any order), one column a region; classes 0 to
        k - 1 as from `classify`, NaN where there is none.
    classes : int, keyword-only
        Number k of classes, 1 or more.

    Returns
    -------
    DataFrame
        Index ``class``, 0 to k - 1. ``regions_first`` and ``regions_last``: number in the first and
        last year; ``transitions``: moves out of the class from one year to the next, stays among
        them; ``staying`` and ``long_run``, percent; ``flag``: that of `markov_transition`, and
        ``no_long_run`` where classes that never lead to each other make the long run depend on
        the start, or a class has no transitions.

    Raises
    ------
    ValueError
        As `markov_transition`.

    Notes
    -----
    No formula of its own: `markov_transition` and `ergodic_distribution`.

    References
    ----------
    Quah, D. (1993). Empirical cross-section dynamics in economic growth. European Economic Review
    37(2-3), 426-434.

    Examples
    --------
    >>> years = pd.Index([2021, 2022, 2023], name="year")
    >>> states = pd.DataFrame({"A": [0, 0, 1], "B": [1, 1, 0]}, years)
    >>> print(*class_account(states, classes=2)["long_run"])
    50.0 50.0
    """
    moves = markov_transition(states, classes=classes)
    _, years = read_frame("states", states)
    ordered = states.iloc[np.argsort(years)]
    probabilities = moves.probabilities
    try:
        shares = ergodic_distribution(probabilities)
    except ValueError:  # several closed groups: the long run depends on the start
        shares = pd.Series(np.nan, index=probabilities.index)
    places = pd.RangeIndex(classes, name="class")
    flag = moves.classes["flag"].to_list()
    if shares.isna().any():
        flag = [";".join(filter(None, [one, "no_long_run"])) for one in flag]
    return pd.DataFrame(
        {
            "regions_first": [float(ordered.iloc[0].eq(place).sum()) for place in places],
            "regions_last": [float(ordered.iloc[-1].eq(place).sum()) for place in places],
            "transitions": moves.classes["transitions"].to_numpy(),
            "staying": 100 * np.diag(probabilities),
            "long_run": 100 * shares.to_numpy(),
            "flag": flag,
        },
        index=places,
    )
