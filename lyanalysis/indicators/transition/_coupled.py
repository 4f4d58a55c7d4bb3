"""Two systems of indicators and how well they are coordinated."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lyanalysis.indicators.composite import aggregate, normalise
from lyanalysis.indicators.composite.framework import read_framework
from lyanalysis.indicators.coordination import coupling_coordination
from lyanalysis.indicators.transition._admission import LEAST_REGIONS, complete_rows, own_columns

_LOWEST = 0.01


def coupled_systems(
    data: pd.DataFrame, framework: pd.DataFrame, *, least_regions: int = LEAST_REGIONS
) -> pd.DataFrame:
    r"""Coordination of systems of indicators (指标系统的耦合协调).

    Level of every system from its indicators, and coupling coordination of the systems in both
    published forms.

    由各系统的指标按极差法计算发展水平，再按传统式和修正式计算耦合协调度，均为0至1，没有单位；1为各
    系统都达到所比地区的最高水平。指标齐全的地区少于规定个数时不计算。

    Parameters
    ----------
    data : DataFrame
        Regions by indicators, one year; those of the framework among its columns.
    framework : DataFrame
        As for `effective_weights`; systems are the pillars under the root.
    least_regions : int, keyword-only
        As for :func:`complete_rows`.

    Returns
    -------
    DataFrame
        The rows without a gap; a column for each system, coupling, development, coordination and
        coordination_modified (0 to 1; 1 is the best of the rows in everything), and
        coordination_grade, a code of `coordination_grades`. No rows where :func:`complete_rows`
        has none.

    Raises
    ------
    ValueError
        As `normalise` and `aggregate`.

    Notes
    -----
    .. math:: U_s = \sum_{j \in s} w_j y_j, \qquad D = \sqrt{C T}

    with y scaled to 0.01 to 1 among the rows, so that the worst region does not turn its
    coordination into 0, and C, T as in `coupling_coordination`. Levels are relative to the regions
    compared: with other regions they are others.

    References
    ----------
    王淑佳, 孔伟, 任亮, 治丹丹, 戴彬婷 (2021). 国内耦合协调度模型的误区及修正. 自然资源学报
    36(3), 793-810.

    Examples
    --------
    >>> from lyanalysis.indicators.composite import pillar_framework
    >>> table = pd.DataFrame(
    ...     {"pillar": ["new", "base"], "direction": 1, "weight": 1}, index=["patents", "output"]
    ... )
    >>> data = pd.DataFrame({"patents": [1, 3, 5], "output": [2, 4, 6]}, index=list("xyz"))
    >>> found = coupled_systems(data, pillar_framework(table), least_regions=3)
    >>> [f"{level:.2f}" for level in found["coordination"]]
    ['0.10', '0.71', '1.00']
    """
    rows = complete_rows(own_columns(data, framework), least_regions=least_regions)
    systems = [
        name for name in read_framework(framework).aggregates if framework.loc[name, "parent"]
    ]
    if rows.empty:
        columns = [*systems, "coupling", "development", "coordination", "coordination_modified"]
        empty = pd.DataFrame(np.nan, index=rows.index, columns=columns)
        return empty.assign(coordination_grade=pd.Series(index=rows.index, dtype=str))
    direction = framework.loc[rows.columns, "direction"]
    levels = aggregate(normalise(rows, direction=direction, low=_LOWEST, high=1.0), framework)
    levels = levels[systems]
    found = coupling_coordination(levels)
    modified = coupling_coordination(levels, form="modified")["coordination"]
    kept = found[["coupling", "development", "coordination"]]
    return levels.join(kept).assign(
        coordination_modified=modified, coordination_grade=found["grade"]
    )
