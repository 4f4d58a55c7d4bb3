"""Classes of regions: moves between them, both ends of a period and the long run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._yearly import read_frame
from lyanalysis.indicators.dynamics._chain import ergodic_distribution, mobility
from lyanalysis.indicators.dynamics._markov import classify, markov_transition


class ClassAccount(NamedTuple):
    """Moves between classes of regions and what follows from them.

    Attributes
    ----------
    moves : DataFrame
        Index ``(from, to)``, classes counted from 0, the lowest: ``transitions``, number of moves
        from one year to the next, and ``probability``, percent of those out of the class.
    classes : DataFrame
        Index ``class``: ``regions_first`` and ``regions_last``, number in the first and last year;
        ``transitions`` out of the class, stays among them; ``staying`` and ``long_run``, percent;
        ``flag``.
    indices : Series
        Those of `mobility`.
    """

    moves: pd.DataFrame
    classes: pd.DataFrame
    indices: pd.Series[Any]


def class_account(values: pd.DataFrame, *, bounds: Sequence[float]) -> ClassAccount:
    r"""Account of classes (类型流动核算).

    How regions move between classes of their level relative to the mean, how many are in each
    class at both ends, and what share each would hold in the long run.

    按各地水平与平均数之比划分类型，核算各类型之间的转移次数和概率、期初期末的地区数和长期比重；概率和比重为
    百分数，0至100。

    Parameters
    ----------
    values : DataFrame
        One row a year (index of whole numbers, any order), one column a region; above 0.
    bounds : 1-D sequence, keyword-only
        Ascending bounds between classes, multiples of the mean of the year.

    Returns
    -------
    ClassAccount
        moves, classes and indices. Flags of a class are those of `markov_transition`. ``long_run``
        is NaN where a class has no transitions, or where classes that never lead to each other
        make the long run depend on the start.

    Raises
    ------
    ValueError
        As `classify`.

    Notes
    -----
    No formula of its own: `classify`, `markov_transition`, `ergodic_distribution` and `mobility`.

    References
    ----------
    Quah, D. (1993). Empirical cross-section dynamics in economic growth. European Economic Review
    37(2-3), 426-434.

    Examples
    --------
    >>> years = pd.Index([2021, 2022, 2023], name="year")
    >>> values = pd.DataFrame({"A": [1.0, 1, 3], "B": [3.0, 3, 1]}, years)
    >>> found = class_account(values, bounds=[1.0])
    >>> print(*found.moves["probability"], *found.classes["long_run"])
    50.0 50.0 50.0 50.0 50.0 50.0
    """
    states = classify(values, bounds=bounds)
    _, years = read_frame("values", values)
    ordered = states.iloc[np.argsort(years)]
    found = markov_transition(states, classes=len(bounds) + 1)
    try:
        shares = ergodic_distribution(found.probabilities)
    except ValueError:  # several closed groups: the long run depends on the start
        shares = found.probabilities.iloc[0] * np.nan
    places = pd.RangeIndex(len(bounds) + 1, name="class")
    classes = pd.DataFrame(
        {
            "regions_first": [float(ordered.iloc[0].eq(place).sum()) for place in places],
            "regions_last": [float(ordered.iloc[-1].eq(place).sum()) for place in places],
            "transitions": found.classes["transitions"].to_numpy(float),
            "staying": 100 * np.diag(found.probabilities),
            "long_run": 100 * shares.to_numpy(),
            "flag": found.classes["flag"].to_list(),
        },
        index=places,
    )
    moves = pd.DataFrame(
        {
            "transitions": found.counts.to_numpy().ravel(),
            "probability": 100 * found.probabilities.to_numpy().ravel(),
        },
        index=pd.MultiIndex.from_product([places, places], names=["from", "to"]),
    )
    return ClassAccount(moves, classes, mobility(found.probabilities))
