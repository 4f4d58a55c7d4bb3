"""The tree of a composite index: which indicator stands under which pillar, and with what weight.

A framework is a table indexed by name. Indicators are its leaves; pillars, groups and the index
itself are aggregates. Weights are relative: they are brought to a sum of 1 among siblings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import FloatArray, Row, Table, refuse
from lyanalysis.indicators.composite._rows import by_indicator, frame_of, read_frame
from lyanalysis.indicators.composite._tree import (
    Tree,
    framework_table,
    grown,
    label,
    read_framework,
)

__all__ = ["Tree", "effective_weights", "flat_framework", "pillar_framework", "read_framework"]


def effective_weights(framework: pd.DataFrame) -> pd.Series[Any]:
    r"""Effective weights of indicators (指标的最终权重).

    The weight of each indicator in the whole index: the product of weights down the tree.

    各指标在总指数中的最终权重，即从总指数到该指标各层权重的乘积。取值0至1，合计为1；0为不起作用，
    1为总指数只由该指标决定。

    Parameters
    ----------
    framework : DataFrame
        Indexed by name, each once; indicators (leaves) and aggregates. Columns parent (name of the
        aggregate above; "" or missing for the one root), direction (1 higher is better, -1 lower
        is better; 1 for aggregates) and weight (0 or more, relative to siblings). Other columns
        are allowed and not looked at.

    Returns
    -------
    Series
        By indicator, in the order of the framework; 0 to 1, summing to 1.

    Raises
    ------
    ValueError
        A name that occurs twice, an unknown parent, a circle, no root or several, a direction
        other than 1 and -1, a negative or missing weight, siblings whose weights are all 0.

    Notes
    -----
    .. math:: w_i = \prod_{k \in \mathrm{path}(i)} \frac{v_k}{\sum_{l \in \mathrm{siblings}(k)} v_l}

    The path runs from the indicator to the child of the root. The weight of the root is not used.
    Equal weights of pillars do not make indicators equal: one in a small pillar weighs more.
    Own code: a product along a table of parents.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    steps 1 and 6. https://doi.org/10.1787/533411815016

    Examples
    --------
    >>> framework = pd.DataFrame(
    ...     {
    ...         "parent": ["", "index", "index", "new", "new", "old"],
    ...         "direction": [1, 1, 1, 1, 1, -1],
    ...         "weight": [1, 3, 1, 2, 1, 1],
    ...     },
    ...     index=["index", "new", "old", "patents", "exports", "energy"],
    ... )
    >>> effective_weights(framework).to_dict()
    {'patents': 0.5, 'exports': 0.25, 'energy': 0.25}
    """
    return read_framework(framework).effective_weights


def flat_framework(
    indicators: Sequence[str] | pd.Index[Any],
    *,
    direction: Row | None = None,
    weight: Row | None = None,
    root: str = "index",
) -> pd.DataFrame:
    r"""Framework of one level (单层指标体系).

    Puts all indicators directly under the index.

    把各指标直接放在总指数之下，不分维度。方向取1（越大越好）或-1（越小越好），权重为相对数，
    不小于0，没有单位。

    Parameters
    ----------
    indicators : sequence of str
        Names of the columns of the data.
    direction : Series by indicator or sequence, keyword-only
        1 higher is better, -1 lower is better; without it 1 for all.
    weight : Series by indicator or sequence, keyword-only
        0 or more; without it equal weights.
    root : str, keyword-only
        Name of the index.

    Returns
    -------
    DataFrame
        Indexed by name, the root first; columns parent, direction, weight.

    Raises
    ------
    ValueError
        Labels that are not those of the indicators, and as :func:`effective_weights`.

    Notes
    -----
    No formula: a table is laid out. Own definition.

    Examples
    --------
    >>> flat_framework(["patents", "energy"], direction=[1, -1]).loc["energy"].to_dict()
    {'parent': 'index', 'direction': -1.0, 'weight': 1.0}
    """
    names = indicators if isinstance(indicators, pd.Index) else pd.Index(list(indicators))
    like = Table("indicators", np.empty((1, 0)), pd.RangeIndex(1), names, 1, True)
    given = {"direction": direction, "weight": weight}
    columns = {
        name: np.ones(len(names)) if numbers is None else by_indicator(name, numbers, like)
        for name, numbers in given.items()
    }
    return _framework(names, np.full(len(names), root, dtype=object), root, **columns)


def _framework(
    names: pd.Index[Any], parents: npt.NDArray[Any], root: str, **columns: FloatArray
) -> pd.DataFrame:
    """Lay rows out under a root, and see that they hold together."""
    index = pd.Index([root, *names], name=names.name)
    given = np.concatenate([np.array([""], dtype=object), parents])
    figures = {name: np.concatenate([[1.0], numbers]) for name, numbers in columns.items()}
    parent = pd.Series(given, index=index, dtype=object, copy=False)
    framework = pd.DataFrame({"parent": parent, **figures}, index=index)
    if index.is_unique:
        grown(framework_table(np.column_stack(list(figures.values())), index), given)
    else:
        read_framework(framework)
    return framework


def pillar_framework(table: pd.DataFrame, *, root: str = "index") -> pd.DataFrame:
    r"""Framework of pillars (分维度指标体系).

    Puts indicators under pillars, and pillars under the index.

    把各指标放在所属维度之下，各维度放在总指数之下。维度缺省等权；方向取1（越大越好）或-1（越小
    越好），权重为同级之间的相对数，不小于0，没有单位。

    Parameters
    ----------
    table : DataFrame
        Indexed by indicator, or with a column variable that names it. Columns pillar (text),
        direction (1 or -1), weight (0 or more, relative to the indicators of the pillar) and,
        where pillars are not to weigh the same, pillar_weight (0 or more, the same in every row of
        a pillar).
    root : str, keyword-only
        Name of the index.

    Returns
    -------
    DataFrame
        Indexed by name: the root, the pillars in the order in which they come up, the indicators;
        columns parent, direction, weight.

    Raises
    ------
    ValueError
        A missing column or pillar, different weights for one pillar, a pillar named as an
        indicator, and as :func:`effective_weights`.

    Notes
    -----
    No formula: a table is laid out. Own definition.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"pillar": ["new", "new", "old"], "direction": [1, 1, -1], "weight": [1, 1, 1]},
    ...     index=["patents", "exports", "energy"],
    ... )
    >>> effective_weights(pillar_framework(table)).to_dict()
    {'patents': 0.25, 'exports': 0.25, 'energy': 0.5}
    """
    table = frame_of("table", table)
    if "variable" in table.columns:
        table = table.set_index("variable")
    for column in ("pillar", "direction", "weight"):
        if column not in table.columns:
            raise ValueError(
                f'table: has no column "{column}"; expected pillar, direction and weight'
            )
    missing = (table["pillar"].isna() | table["pillar"].eq("")).to_numpy(dtype=bool)
    if missing.any():
        row = label(table.index, int(np.argmax(missing)))
        raise ValueError(f"table: row {row} has no pillar; give each indicator one")
    codes, pillars = pd.factorize(table["pillar"])
    pillar_weights = np.ones(len(pillars))
    if "pillar_weight" in table.columns:
        given = read_frame("table", table[["pillar_weight"]])
        first = np.flatnonzero(~table["pillar"].duplicated().to_numpy())
        pillar_weights = given.cells[first, 0]
        other = given.cells != pillar_weights[codes][:, np.newaxis]
        refuse(given, other, "a number, the same in every row of a pillar")
    directions, weights = read_frame("table", table[["direction", "weight"]]).cells.T
    return _framework(
        pd.Index([*pillars, *table.index], name=table.index.name),
        np.concatenate([np.full(len(pillars), root, dtype=object), table["pillar"].to_numpy()]),
        root,
        direction=np.concatenate([np.ones(len(pillars)), directions]),
        weight=np.concatenate([pillar_weights, weights]),
    )
