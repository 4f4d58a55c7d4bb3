"""Where a Markov chain ends up, how long that takes and how mobile it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import BoolArray, FloatArray, Row, Table, aligned, read, refuse
from lyanalysis.indicators.dynamics._markov import read_square

# Printed matrices carry six digits or more; their rows need not sum to 1 to the last of them.
_PRINTED = 1e-6

_INDICES = ("prais", "determinant", "second_eigenvalue", "bartholomew_1", "bartholomew_2")


def ergodic_distribution(probabilities: pd.DataFrame) -> pd.Series[Any]:
    r"""Ergodic distribution (遍历分布).

    Share of the regions in each class in the long run, if the probabilities stay as they are.

    转移概率保持不变时各类型在长期中所占的比例;0 至 1,合计为 1,0 为该类型终将消失,1 为全部归入
    该类型。

    Parameters
    ----------
    probabilities : DataFrame
        0 to 1; rows are classes of departure and sum to 1, columns, of the same labels, classes of
        arrival.

    Returns
    -------
    Series
        By class, 0 to 1, sum 1; 0 for a class that is left for good. NaN throughout where a
        probability is missing (a class without departures).

    Raises
    ------
    ValueError
        A negative probability, a row that does not sum to 1 within 1e-6, rows and columns that
        differ, or a chain that falls into several closed groups of classes: its long run depends
        on where it starts.

    Notes
    -----
    .. math:: \pi P = \pi, \qquad \sum_i \pi_i = 1

    Solved by elimination without subtraction (Grassmann, Taksar and Heyman), which uses only the
    probabilities of leaving a class and keeps all digits of rare moves; rows that printing has
    rounded are used as they are, never rescaled. A periodic chain has this distribution as its
    average over time. Own code: no library of this package offers it.

    References
    ----------
    Kemeny, J. G., Snell, J. L. (1967). Finite Markov chains. Van Nostrand. Grassmann, W. K.,
    Taksar, M. I., Heyman, D. P. (1985). Regenerative analysis and steady state distributions for
    Markov chains. Operations Research 33(5), 1107-1116.

    Examples
    --------
    The weather of the Land of Oz (Kemeny and Snell), rain, nice and snow:

    >>> classes = ["rain", "nice", "snow"]
    >>> chain = [[0.5, 0.25, 0.25], [0.5, 0.0, 0.5], [0.25, 0.25, 0.5]]
    >>> shares = ergodic_distribution(pd.DataFrame(chain, classes, classes))
    >>> [f"{share:.1f}" for share in shares]
    ['0.4', '0.2', '0.4']
    """
    table = _read_chain(probabilities)
    shares = np.full(len(table.rows), np.nan)
    if not np.isnan(table.cells).any():
        closed = _closed_groups(table.cells)
        if len(closed) > 1:
            groups = " and ".join(str(table.rows[group].tolist()) for group in closed)
            raise ValueError(
                f"probabilities: the chain never leaves {groups}; "
                "expected one such group of classes, give the part of the chain that leads to one"
            )
        shares[:] = 0.0
        shares[closed[0]] = _stationary(table.cells[np.ix_(closed[0], closed[0])])
    return pd.Series(shares, index=table.rows)


def mean_first_passage_times(probabilities: pd.DataFrame) -> pd.DataFrame:
    r"""Mean first passage times (平均首达时间).

    Years that a region of one class needs on average until it first enters another.

    某类型的地区首次进入另一类型平均所需的年数,不小于 1;对角线为离开后再次回到本类型的平均年数,
    等于遍历分布的倒数。

    Parameters
    ----------
    probabilities : DataFrame
        As for `ergodic_distribution`, for steps of one year.

    Returns
    -------
    DataFrame
        Years (steps), 1 (certain to be there next year) or more; rows "from", columns "to", the
        diagonal the mean time of return. NaN where the class may never be reached (the mean is
        then infinite), and throughout where a probability is missing.

    Raises
    ------
    ValueError
        A negative probability, a row that does not sum to 1 within 1e-6, rows and columns that
        differ.

    Notes
    -----
    .. math:: m_{ij} = 1 + \sum_{k \ne j} p_{ik} m_{kj}

    The equations are solved class by class, also for chains with classes that are left for good.
    The probability of staying is taken as what leaving leaves of 1. Own code: no library of this
    package offers it.

    References
    ----------
    Kemeny, J. G., Snell, J. L. (1967). Finite Markov chains. Van Nostrand.

    Examples
    --------
    In the Land of Oz snow comes 3.33 days after rain, and 2.67 days after a nice day:

    >>> classes = ["rain", "nice", "snow"]
    >>> chain = [[0.5, 0.25, 0.25], [0.5, 0.0, 0.5], [0.25, 0.25, 0.5]]
    >>> times = mean_first_passage_times(pd.DataFrame(chain, classes, classes))
    >>> [f"{time:.2f}" for time in times["snow"]]
    ['3.33', '2.67', '2.50']
    """
    table = _read_chain(probabilities)
    number = len(table.rows)
    times = np.full((number, number), np.nan)
    if not np.isnan(table.cells).any():
        for target in range(number):
            times[:, target] = _times_to(table.cells, target)
    rows, columns = table.rows.rename("from"), table.rows.rename("to")
    return pd.DataFrame(times, index=rows, columns=columns)


def mobility(probabilities: pd.DataFrame, *, distribution: Row | None = None) -> pd.Series[Any]:
    r"""Mobility indices of a Markov chain (流动性指数).

    How readily regions change their class, in five summary figures of the transition matrix.

    概括转移矩阵流动性的五个指数,无单位;0 为完全固化、各类型互不流动,数值越大流动越强,普莱斯指数
    的上限为 k/(k−1),其余以 1 为常见上限。

    Parameters
    ----------
    probabilities : DataFrame
        As for `ergodic_distribution`; for the index bartholomew_2 the rows must be in ascending
        order of the classes. Two classes or more.
    distribution : 1-D sequence, optional, keyword-only
        Shares of the classes, 0 to 1, sum 1, by the labels of the rows, for the two indices of
        Bartholomew; all classes alike where none is given.

    Returns
    -------
    Series
        prais: (k - trace) / (k - 1), 0 to k / (k - 1), 1 where the next class does not depend on
        the present one; determinant: 1 - \|det P\|, 0 to 1; second_eigenvalue: 1 - modulus of the
        second largest eigenvalue, 0 to 1; bartholomew_1: share of leavers, times k / (k - 1);
        bartholomew_2: mean number of classes crossed, over k - 1, 0 to 1. 0 is no mobility, larger
        is more. NaN where a probability is missing.

    Raises
    ------
    ValueError
        As `mean_first_passage_times`, one class only, or shares that do not sum to 1 within 1e-6.

    Notes
    -----
    .. math::
        M_P = \frac{k - \sum_i p_{ii}}{k - 1}, \quad M_D = 1 - |\det P|, \quad
        M_{L2} = 1 - |\lambda_2|

    .. math::
        M_{B1} = \frac{k - k \sum_i \pi_i p_{ii}}{k - 1}, \quad
        M_{B2} = \frac{1}{k - 1} \sum_{i,j} \pi_i p_{ij} |i - j|

    A chain that alternates between classes for sure has an eigenvalue of -1: by M_D and M_L2 it is
    immobile. Own code: closed forms.

    References
    ----------
    Formby, J. P., Smith, W. J., Zheng, B. (2004). Mobility measurement, transition matrices and
    statistical inference. Journal of Econometrics 120(1), 181-205. Shorrocks, A. F. (1978). The
    measurement of mobility. Econometrica 46(5), 1013-1024.

    Examples
    --------
    >>> chain = pd.DataFrame([[0.9, 0.1], [0.3, 0.7]])
    >>> print([f"{index:.2f}" for index in mobility(chain)])
    ['0.40', '0.40', '0.40', '0.40', '0.20']
    """
    table = _read_chain(probabilities)
    number = len(table.rows)
    if number < 2:
        raise ValueError("probabilities: one class has no mobility; give two or more")
    shares = np.full(number, 1 / number) if distribution is None else _shares(distribution, table)
    chain, place = table.cells, np.arange(number)
    apart = np.abs(place[:, np.newaxis] - place)
    if np.isnan(chain).any():
        return pd.Series(np.nan, index=list(_INDICES))
    indices = (
        (number - np.trace(chain)) / (number - 1),
        1 - np.abs(np.linalg.det(chain)),
        1 - np.sort(np.abs(np.linalg.eigvals(chain)))[-2],
        number * (1 - np.sum(shares * np.diag(chain))) / (number - 1),
        np.sum(shares[:, np.newaxis] * chain * apart) / (number - 1),
    )
    return pd.Series(indices, index=list(_INDICES), dtype=np.float64)


def _read_chain(probabilities: pd.DataFrame) -> Table:
    table = read_square("probabilities", probabilities)
    refuse(table, table.cells < 0, "a probability between 0 and 1")
    sums = np.sum(table.cells, axis=1)
    row_sums = table._replace(cells=sums[np.newaxis], parts=table.rows, dimensions=1)
    wrong = np.abs(row_sums.cells - 1) > _PRINTED
    refuse(row_sums, wrong, "a row of probabilities that sums to 1 within 1e-6")
    return table


def _shares(distribution: Row, chain: Table) -> FloatArray:
    classes = chain._replace(cells=chain.cells[:1], dimensions=1)
    _, shares = aligned(classes, read("distribution", distribution))
    refuse(shares, ~(shares.cells >= 0), "a share between 0 and 1")
    if abs(np.sum(shares.cells) - 1) > _PRINTED:
        raise ValueError(
            f"distribution: the shares sum to {np.sum(shares.cells)}; expected 1 within 1e-6"
        )
    row: FloatArray = shares.cells[0]
    return row


def _closed_groups(chain: FloatArray) -> list[BoolArray]:
    """Return the groups of classes that lead to each other and to no others."""
    from scipy.sparse.csgraph import connected_components

    number, group = connected_components(chain > 0, directed=True, connection="strong")
    members = [group == label for label in range(number)]
    return [inside for inside in members if not (chain[np.ix_(inside, ~inside)] > 0).any()]


def _stationary(chain: FloatArray) -> FloatArray:
    """Return the shares of a chain in which every class leads to every other."""
    reduced = chain.copy()
    for last in range(len(chain) - 1, 0, -1):
        reduced[:last, last] /= np.sum(reduced[last, :last])
        reduced[:last, :last] += np.outer(reduced[:last, last], reduced[last, :last])
    shares = np.ones(len(chain))
    for place in range(1, len(chain)):
        shares[place] = shares[:place] @ reduced[:place, place]
    distribution: FloatArray = shares / np.sum(shares)
    return distribution


def _times_to(chain: FloatArray, target: int) -> FloatArray:
    """Return the mean time to `target` from each class that is sure to get there, else NaN."""
    possible, here = chain > 0, np.arange(len(chain)) == target
    lost = _leading_to(possible, ~_leading_to(possible, here), but_not=here)
    times = np.full(len(chain), np.nan)
    sure = ~lost & ~here
    leaving = np.where(np.eye(len(chain), dtype=bool), 0.0, chain)
    system = (np.diag(np.sum(leaving, axis=1)) - leaving)[np.ix_(sure, sure)]
    times[sure] = np.linalg.solve(system, np.ones(len(system)))
    next_classes = possible[target] & ~here
    times[target] = 1 + np.sum(chain[target, next_classes] * times[next_classes])
    return times


def _leading_to(
    possible: BoolArray, goal: BoolArray, *, but_not: BoolArray | None = None
) -> BoolArray:
    """Mark the goal and the classes from which it can be reached without those left out."""
    marked = goal
    for _ in range(len(goal)):
        leading = (possible & marked).any(axis=1)
        marked = marked | (leading if but_not is None else leading & ~but_not)
    return marked
