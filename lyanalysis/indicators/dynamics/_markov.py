"""Classes of regions and how regions move between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import read_whole
from lyanalysis.indicators._frames import BoolArray, FloatArray, Table, divide, flags, read, refuse
from lyanalysis.indicators._yearly import read_frame

# Own rule: below this number of moves a probability rests on single regions.
_FEW_TRANSITIONS = 10
_MOST_CLASSES = 100


class Transitions(NamedTuple):
    """Moves between classes; rows are classes of departure, columns classes of arrival.

    Attributes
    ----------
    counts : DataFrame
        Number of moves.
    probabilities : DataFrame
        0 to 1; each row sums to 1, NaN for a class without departures.
    standard_errors : DataFrame
        Of the probabilities.
    classes : DataFrame
        By class of departure: transitions (number) and flag.
    """

    counts: pd.DataFrame
    probabilities: pd.DataFrame
    standard_errors: pd.DataFrame
    classes: pd.DataFrame


def classify(
    values: pd.DataFrame,
    *,
    bounds: Sequence[float] | None = None,
    quantiles: int | None = None,
    relative: bool = True,
) -> pd.DataFrame:
    r"""Classes of regions by level (地区类型划分).

    Sorts each region and year into a class between bounds that are the same in all years.

    按各年通用的界限把各地各年的水平划入由低到高的类型,类型编号为 0 至 k−1,0 为最低一类,k−1 为
    最高一类;编号无单位。

    Parameters
    ----------
    values : DataFrame
        One row a year (index of whole numbers), one column a region.
    bounds : 1-D sequence, optional, keyword-only
        Ascending bounds between classes; k - 1 of them make k classes. With `relative` they are
        multiples of the mean (0.75 is three quarters of it).
    quantiles : int, optional, keyword-only
        Number of classes of equal size over all regions and years, 2 or more; 5 where neither
        `bounds` nor `quantiles` is given.
    relative : bool, keyword-only
        Whether to divide each value by the unweighted mean of the regions of its year first.

    Returns
    -------
    DataFrame
        Classes with the labels of `values`: whole numbers as floats, 0 (lowest) to k - 1
        (highest); NaN where there is no value.

    Raises
    ------
    ValueError
        Both `bounds` and `quantiles`, bounds that do not ascend, fewer than two quantiles,
        infinite or non-numeric values, rows that are no years.

    Notes
    -----
    .. math:: s_{rt} = c \quad \text{where} \quad b_c \le y_{rt} / \bar{y}_t < b_{c+1}

    A value equal to a bound belongs to the class above it. Quantiles are linearly interpolated
    over the known values of all years; many equal values can make two bounds equal, and the class
    between them empty. With `relative`, a year in which a region is missing or whose mean is 0 or
    less is NaN throughout: its mean would be that of other regions. Own code: closed form.

    References
    ----------
    Quah, D. (1993). Empirical cross-section dynamics in economic growth. European Economic Review
    37(2-3), 426-434.

    Examples
    --------
    >>> years = pd.Index([2023, 2024], name="year")
    >>> values = pd.DataFrame({"A": [5.0, 8.0], "B": [10.0, 8.0], "C": [15.0, 8.0]}, years)
    >>> classify(values, bounds=[0.75, 1.25]).to_numpy().tolist()
    [[0.0, 1.0, 2.0], [1.0, 1.0, 1.0]]
    """
    table, _ = read_frame("values", values)
    if bounds is not None and quantiles is not None:
        raise ValueError("bounds: expected either bounds or quantiles, not both")
    cells = table.cells
    if relative:
        mean = np.mean(cells, axis=1, keepdims=True)
        cells = divide(cells, np.where(mean > 0, mean, 0.0))
    if bounds is not None:
        limits = _ascending(bounds)
    else:
        number = read_whole("quantiles", 5 if quantiles is None else quantiles, 2)
        portions = np.arange(1, number) / number
        known = cells[~np.isnan(cells)]
        limits = np.quantile(known, portions, overwrite_input=True) if len(known) else portions
    states = np.where(np.isnan(cells), np.nan, 0.0)
    for limit in limits:
        states += cells >= limit
    return pd.DataFrame(states, index=table.rows, columns=table.parts)


def _ascending(bounds: Sequence[float]) -> FloatArray:
    table = read("bounds", bounds)
    if table.dimensions != 1:
        raise ValueError("bounds: expected a row of ascending numbers")
    limits: FloatArray = table.cells[0]
    refuse(table, np.isnan(table.cells), "a finite number")
    steps = np.concatenate([[1.0], np.diff(limits)])
    refuse(table, steps[np.newaxis] <= 0, "bounds in ascending order, each once")
    return limits


def markov_transition(states: pd.DataFrame, *, classes: int | None = None) -> Transitions:
    r"""Transition probabilities between classes (马尔可夫转移概率).

    Share of the regions of each class that are found in each class a year later.

    处于某一类型的地区一年后转入各类型的比例,按全部年份合并估计;0 至 1,每行合计为 1,对角线为
    留在原类型的概率。

    Parameters
    ----------
    states : DataFrame
        One row a year (index of whole numbers, any order), one column a region; classes 0 to
        k - 1 as from `classify`, NaN where there is none.
    classes : int, optional, keyword-only
        Number k of classes, 1 or more; without it the highest class that occurs, plus 1.

    Returns
    -------
    Transitions
        counts, probabilities (0 to 1, rows sum to 1) and standard_errors (k x k; rows "from",
        columns "to"), and classes: transitions (number) and flag of each row, as in
        `transition_probabilities`.

    Raises
    ------
    ValueError
        States that are no whole numbers of 0 or more (bounds or levels, say), a state beyond
        `classes`, rows that are no years, or no state at all and no `classes`.

    Notes
    -----
    .. math:: p_{ij} = \frac{n_{ij}}{\sum_k n_{ik}}

    Only moves from one year to the next: a move over a missing year or value is not counted. All
    years and regions are pooled, so the process is taken to be the same in each. Own code: a count.

    References
    ----------
    Quah, D. (1993). Empirical cross-section dynamics in economic growth. European Economic Review
    37(2-3), 426-434. Anderson, T. W., Goodman, L. A. (1957). Statistical inference about Markov
    chains. Annals of Mathematical Statistics 28(1), 89-110.

    Examples
    --------
    >>> years = pd.Index([2021, 2022, 2023], name="year")
    >>> states = pd.DataFrame({"A": [0, 0, 1], "B": [1, 1, 1]}, years)
    >>> markov_transition(states).probabilities.to_numpy().tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """
    table, years = read_frame("states", states)
    refuse(table, _not_counted(table.cells), "a class: a whole number of 0 or more, or NaN")
    if classes is None:
        highest = np.fmax.reduce(table.cells, axis=None, initial=-1.0)
        if highest < 0:
            raise ValueError("states: holds no class; give classes")
        number = int(highest) + 1
        if number > _MOST_CLASSES:
            raise ValueError(
                f"states: {number - 1} is not allowed; expected classes counted from 0, at most "
                f"{_MOST_CLASSES}: classify levels first, or give classes"
            )
    else:
        number = read_whole("classes", classes, 1)
        refuse(table, table.cells >= number, f"a class below {number}, the number of classes")
    order = np.argsort(years)
    adjacent = np.flatnonzero(np.diff(years[order]) == 1)
    moves = table.cells[order[adjacent]]
    moves *= number
    moves += table.cells[order[adjacent + 1]]
    known = moves[~np.isnan(moves)].astype(np.intp)
    counts = np.bincount(known, minlength=number * number).reshape(number, number)
    labels = pd.RangeIndex(number)
    return transition_probabilities(pd.DataFrame(counts, index=labels, columns=labels))


def transition_probabilities(counts: pd.DataFrame) -> Transitions:
    r"""Transition probabilities from counts (由转移频数求转移概率).

    Share of the moves out of each class that lead to each class, with standard errors.

    各类型转出频数中转入各类型的比例及其标准误;0 至 1,每行合计为 1,0 为从未发生,1 为全部转入。

    Parameters
    ----------
    counts : DataFrame
        Number of moves, whole numbers of 0 or more; rows are the classes of departure, columns,
        of the same labels, the classes of arrival.

    Returns
    -------
    Transitions
        counts, probabilities, standard_errors (rows "from", columns "to", both in the order of the
        rows given) and classes: transitions (number of moves) and flag of each class of
        departure: "no_transitions" (its row is NaN), "few_transitions" (fewer than 10).

    Raises
    ------
    ValueError
        Counts that are no whole numbers of 0 or more (probabilities, say), or rows and columns
        that are not the same classes.

    Notes
    -----
    .. math:: p_{ij} = n_{ij} / n_i, \qquad s_{ij} = \sqrt{p_{ij} (1 - p_{ij}) / n_i}

    A missing count makes its row NaN. The standard error of a move that never occurred is 0, which
    does not mean that it cannot occur. Own code: closed form.

    References
    ----------
    Anderson, T. W., Goodman, L. A. (1957). Statistical inference about Markov chains. Annals of
    Mathematical Statistics 28(1), 89-110.

    Examples
    --------
    Lowest class of US states by income, 729 stays and 72 moves up:

    >>> counts = pd.DataFrame([[729, 72], [72, 650]])
    >>> moves = transition_probabilities(counts)
    >>> print(f"{moves.probabilities.loc[0, 0]:.6f} {moves.standard_errors.loc[0, 0]:.6f}")
    0.910112 0.010106
    """
    table = read_square("counts", counts)
    refuse(table, _not_counted(table.cells), "a count: a whole number of 0 or more")
    totals = np.sum(table.cells, axis=1, keepdims=True)
    probabilities = divide(table.cells, totals)
    errors = np.sqrt(divide(probabilities * (1 - probabilities), totals))
    rows, columns = table.rows.rename("from"), table.parts.rename("to")

    def square(cells: FloatArray) -> pd.DataFrame:
        return pd.DataFrame(cells, index=rows, columns=columns)

    leaving = totals[:, 0]
    flag = flags(
        (leaving == 0, "no_transitions"),
        ((leaving > 0) & (leaving < _FEW_TRANSITIONS), "few_transitions"),
    )
    classes = pd.DataFrame({"transitions": leaving, "flag": flag}, index=rows)
    return Transitions(square(table.cells.copy()), square(probabilities), square(errors), classes)


def _not_counted(cells: FloatArray) -> BoolArray:
    """Mark what is neither a whole number of 0 or more nor missing."""
    # NaN differs from its own floor, so only a few cells are left to look at twice.
    wrong: BoolArray = (np.floor(cells) != cells) | (cells < 0)
    if wrong.any():
        wrong &= ~np.isnan(cells)
    return wrong


def read_square(name: str, matrix: pd.DataFrame) -> Table:
    """Read a matrix of classes by classes; the columns are put into the order of the rows."""
    if not isinstance(matrix, pd.DataFrame):
        raise ValueError(f"{name}: expected a DataFrame with the same classes as rows and columns")
    table = read(name, matrix)
    order = table.parts.get_indexer(table.rows)
    if len(table.rows) != len(table.parts) or (order < 0).any():
        raise ValueError(
            f"{name}: rows {table.rows.tolist()} and columns {table.parts.tolist()} differ; "
            "give the same classes as rows and columns"
        )
    return table._replace(cells=table.cells[:, order], parts=table.rows)
