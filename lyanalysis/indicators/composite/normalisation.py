"""Bringing indicators to one scale, on which larger is always better.

The parameters of a scale (lowest and highest value, mean and standard deviation) are taken from
the whole panel, from each year by itself, or from a base year: an explicit choice, because it
decides whether scores may be compared over time. Missing stays missing and takes no part in the
parameters.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Literal

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import one_of
from lyanalysis.indicators._frames import (
    NUMBERS,
    FloatArray,
    Row,
    Table,
    by_cell,
    unchecked,
)
from lyanalysis.indicators._panel import YEAR, year_groups
from lyanalysis.indicators.composite._reading import is_number, read_directions
from lyanalysis.indicators.composite._rows import (
    by_indicator,
    column_ends,
    frame_of,
    region_labels,
    year_codes,
)
from lyanalysis.indicators.composite._scaling import METHODS, Codes, normalise_cells

__all__ = ["normalise", "normalise_cells"]


def normalise(
    data: pd.DataFrame,
    *,
    method: Literal[
        "min_max", "z_score", "rank", "percentile_rank", "distance_to_reference", "goalposts"
    ] = "min_max",
    direction: Row | None = None,
    over: Literal["panel", "year"] | int = "panel",
    low: float = 0.0,
    high: float = 100.0,
    goalposts: pd.DataFrame | None = None,
    reference: pd.Series[Any] | Hashable | None = None,
    cap: bool = False,
    mean: float = 0.0,
    standard_deviation: float = 1.0,
    ddof: int = 1,
) -> pd.DataFrame:
    r"""Normalisation of indicators (指标无量纲化).

    Brings indicators of different units to one scale on which larger is better.

    把单位不同的指标化到同一尺度，逆向指标同时反转，结果总是越大越好，没有单位。极差法在样本内取
    low至high（缺省0至100），两端为最差和最好；以基年为参数时其他年份可以超出，不截断。标准化法
    没有上下限，0为平均水平；排名法为1（最差）至个数（最好）。

    Parameters
    ----------
    data : DataFrame
        Rows by indicators, in any unit; rows are regions, or carry the index level "year".
    method : str, keyword-only
        "min_max"; "z_score"; "rank"; "percentile_rank" (ranks from `low` to `high`);
        "distance_to_reference" (the worst value scores `low`, the reference `high`); "goalposts"
        (given ends, outside of which scores are cut off).
    direction : Series by indicator or sequence, keyword-only
        1 higher is better, -1 lower is better; without it 1 for all.
    over : {"panel", "year"} or int, keyword-only
        Rows that the parameters come from: all; those of the same year; those of a base year,
        whose parameters then serve all years (not for ranks). Goalposts are the same for all.
    low, high : float, keyword-only
        Scores of the worst and the best; not for z-scores and ranks.
    goalposts : DataFrame, keyword-only
        By indicator, columns low and high in its unit, low below high.
    reference : Series by indicator or row label, keyword-only
        Targets; or a row whose values are the reference: its full label or, with `over` "year" or
        a base year, the label of its region.
    cap : bool, keyword-only
        Whether what is better than the reference still scores `high`.
    mean, standard_deviation : float, keyword-only
        That z-scores have.
    ddof : {0, 1}, keyword-only
        1 for the standard deviation of a sample, 0 for that of all there are.

    Returns
    -------
    DataFrame
        As `data`; scores, larger is better. NaN where a value is missing or the scale has no
        length: all values are equal, one value alone, a reference no better than the worst.

    Raises
    ------
    ValueError
        A misspelt option, one the method does not use, a direction other than 1 and -1, a base
        year or reference that is not there, goalposts that do not rise.

    Notes
    -----
    With worst and best of the rows named by `over`, which direction -1 exchanges,

    .. math::
        y = l + (h - l) \frac{x - x_{worst}}{x_{best} - x_{worst}}, \qquad
        z = \mu + \sigma d \frac{x - \bar{x}}{s}

    Distance to a reference puts the reference, goalposts put the given ends in place of the best
    and the worst. Equal values give 0/0, hence NaN and not 0: the indicator does not tell rows
    apart. Ranks run from 1 (worst) to the number of values (best), so ranks of indicators with
    gaps differ in reach; ties share the mean of their ranks, so that reversing the direction
    mirrors the ranks (COINr gives all of them the lowest). Scores by year compare regions inside
    a year and say nothing about change. Scores of 0 leave no room for a geometric mean: set `low`
    above 0. Own code: a scale has to be carried from a base year and over draws of an array, for
    which no library has functions.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    step 5. https://doi.org/10.1787/533411815016. Becker, W. and others (2022). COINr: An R package
    for developing composite indicators. Journal of Open Source Software 7(78), 4567.

    Examples
    --------
    From the tests of COINr: distance to a target of 0 where lower is better.

    >>> data = pd.DataFrame({"emissions": [-1.0, 1.0, 10.0]})
    >>> normalise(
    ...     data,
    ...     method="distance_to_reference",
    ...     direction=[-1],
    ...     reference=pd.Series({"emissions": 0.0}),
    ...     high=1.0,
    ... )["emissions"].tolist()
    [1.1, 0.9, 0.0]
    """
    one_of("method", method, METHODS)
    table = unchecked("data", frame_of("data", data))
    ends = column_ends(table, NUMBERS, gaps=True)
    signs = read_directions(direction, table)
    codes, base = _groups(table, over, method)
    _check_ends(method, low, high)
    _check_z_scores(method, mean, standard_deviation, ddof)
    _check_owners(method, goalposts, reference, cap)
    scores = normalise_cells(
        table.cells,
        codes,
        method=method,
        direction=signs,
        low=low,
        high=high,
        base=base,
        goalposts=_posts(goalposts, table) if method == "goalposts" else None,
        reference=_reference(reference, table, over) if method == "distance_to_reference" else None,
        cap=cap,
        mean=mean,
        standard_deviation=standard_deviation,
        ddof=ddof,
        ends=ends,
    )
    frame: pd.DataFrame = by_cell(scores, table)
    return frame


def _groups(table: Table, over: object, method: str) -> tuple[Codes, int | None]:
    """Return the group of each row, and the group of the base year where there is one."""
    if isinstance(over, str) and over == "panel":
        year_codes("data", table.rows)
        return np.zeros(len(table.rows), dtype=np.intp), None
    years = year_groups("data", table.rows)
    if over == "year":
        return years.codes, None
    if isinstance(over, str) or not isinstance(over, (int, np.integer)) or isinstance(over, bool):
        raise ValueError(f'over: {over!r} is not allowed; expected "panel", "year" or a base year')
    if method in ("rank", "percentile_rank"):
        raise ValueError(f'over: {over} is not allowed with ranks; expected "panel" or "year"')
    if YEAR not in table.rows.names:
        raise ValueError(
            f'over: {over} needs rows by year; the index of data has no level "{YEAR}"'
        )
    base = int(years.labels.get_indexer(pd.Index([over]))[0])
    if base < 0:
        known = ", ".join(str(year) for year in years.labels)
        raise ValueError(f"over: {over} is no year of data; there are {known or 'none'}")
    return years.codes, base


def _check_ends(method: str, low: float, high: float) -> None:
    if method in ("z_score", "rank") and (low, high) != (0.0, 100.0):
        raise ValueError(f'low, high: not for method "{method}", whose scale has no given ends')
    if not (is_number(low) and is_number(high) and low < high):
        raise ValueError(f"low, high: {low}, {high} is not allowed; expected low below high")


def _check_z_scores(method: str, mean: float, standard_deviation: float, ddof: int) -> None:
    if method != "z_score" and (mean, standard_deviation, ddof) != (0.0, 1.0, 1):
        raise ValueError(
            f'mean, standard_deviation, ddof: only for method "z_score", not for "{method}"'
        )
    if not is_number(mean):
        raise ValueError(f"mean: {mean} is not allowed; expected a finite number")
    if not (is_number(standard_deviation) and standard_deviation > 0):
        raise ValueError(
            f"standard_deviation: {standard_deviation} is not allowed; expected a number above 0"
        )
    if ddof not in (0, 1):
        raise ValueError(f"ddof: {ddof!r} is not allowed; expected 0 or 1")


def _check_owners(method: str, goalposts: object, reference: object, cap: bool) -> None:
    """Refuse an option that the method would leave aside without a word, or one that it lacks."""
    owners = (
        ("goalposts", goalposts is not None, "goalposts"),
        ("reference", reference is not None, "distance_to_reference"),
        ("cap", bool(cap), "distance_to_reference"),
    )
    for name, given, owner in owners:
        if given and method != owner:
            raise ValueError(f'{name}: only for method "{owner}", not for "{method}"')
        if not given and method == owner and name != "cap":
            raise ValueError(f'{name}: is missing; method "{owner}" needs it')


def _posts(goalposts: object, table: Table) -> FloatArray:
    """Return lower and upper goalposts, matched to the indicators by name."""
    frame = frame_of("goalposts", goalposts)
    for column in ("low", "high"):
        if column not in frame.columns:
            raise ValueError(f'goalposts: has no column "{column}"; expected low and high')
    posts = np.stack([by_indicator("goalposts", frame[end], table) for end in ("low", "high")])
    wrong = ~(posts[0] < posts[1])
    if wrong.any():
        part = int(np.argmax(wrong))
        raise ValueError(
            f"goalposts: {posts[0, part]}, {posts[1, part]} at {table.parts.tolist()[part]!r} is "
            "not allowed; expected low below high"
        )
    return posts


def _reference(reference: object, table: Table, over: object) -> FloatArray:
    """Return targets, or the values of the reference row: 1 or years x indicators."""
    rows = table.rows
    if isinstance(reference, pd.Series):
        return by_indicator("reference", reference, table)[np.newaxis]
    if reference in rows.tolist():
        return table.cells[[rows.tolist().index(reference)]]
    mine = np.asarray(pd.factorize(region_labels(rows))[0]) == _region(reference, rows)
    if YEAR not in rows.names or rows.nlevels == 1 or not mine.any():
        raise ValueError(f"reference: {reference!r} is no row of data; give the label of one")
    if over == "panel":
        raise ValueError(
            f"reference: {reference!r} has rows in several years; give the label of one row, "
            'or over="year" or a base year'
        )
    years = year_groups("data", rows)
    by_year = np.full((len(years.labels), len(table.parts)), np.nan)
    by_year[years.codes[mine]] = table.cells[mine]
    return by_year if over == "year" else by_year[years.labels.get_indexer(pd.Index([over]))]


def _region(reference: object, rows: pd.Index[Any]) -> int:
    """Return the position of a region among the regions of the rows; -1 where it is none."""
    known = region_labels(rows).unique().tolist()
    return known.index(reference) if reference in known else -1
