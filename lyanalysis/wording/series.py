"""How a yearly series reads: years, changes on an earlier figure, amounts with their unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import direction_of, join, number, quantity, say

Series: TypeAlias = "list[tuple[int, float]]"
"""Years with their figures, in order of time; years without a figure are left out."""


def series_of(values: pd.Series, region: str | None = None) -> Series:
    """Return the years of a region that have a figure; each year once.

    Parameters
    ----------
    values : Series
        Index ``(region_code, year)``.
    region : str, optional
        Six-digit code; by default the one region of the index.

    Returns
    -------
    list of (int, float)
        In order of time.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product(
    ...     [["410300"], [2023, 2024]], names=["region_code", "year"]
    ... )
    >>> series_of(pd.Series([3.44, float("nan")], index=index))
    [(2023, 3.44)]
    """
    found = values.dropna()
    if region is not None:
        found = found[found.index.get_level_values("region_code") == region]
    years = found.index.get_level_values("year")
    return sorted(
        {int(year): float(value) for year, value in zip(years, found, strict=True)}.items()
    )


def on_the_year(before: int, year: int, language: Language) -> str:
    """Name the year a figure is compared with, as the language does.

    Examples
    --------
    >>> on_the_year(2023, 2024, "zh"), on_the_year(2022, 2024, "en")
    ('比上年', 'from 2022')
    """
    if before == year - 1:
        return say("比上年", "from the year before", language)
    return say(f"比{before}年", f"from {before}", language)


def points(change: float, since: str, decimals: int, language: Language) -> str:
    """Say by how many percentage points a rate moved since another year.

    Examples
    --------
    >>> points(-0.41, "比上年", 2, "zh"), points(0.0, "from 2022", 2, "en")
    ('比上年下降0.41个百分点', 'unchanged from 2022')
    """
    size, direction = number(abs(change), decimals), direction_of(change, decimals)
    if direction == "steady":
        return say(f"{since.replace('比', '与')}持平", f"unchanged {since}", language)
    if direction == "rising":
        return say(f"{since}提高{size}个百分点", f"up {size} points {since}", language)
    return say(f"{since}下降{size}个百分点", f"down {size} points {since}", language)


def change_of(values: Series, language: Language) -> str:
    """Say by how much percent the last figure is above or below the one before it.

    Examples
    --------
    >>> change_of([(2023, 190.0), (2024, 171.0)], "en"), change_of([(2023, 5.0)], "en")
    ('down 10.0% from the year before', '')
    """
    if len(values) < 2 or values[-2][1] <= 0:
        return ""
    (before, earlier), (year, value) = values[-2:]
    rate = 100 * (value / earlier - 1)
    since, size, direction = (
        on_the_year(before, year, language),
        number(abs(rate), 1),
        direction_of(rate),
    )
    if direction == "steady":
        return say(f"{since.replace('比', '与')}持平", f"unchanged {since}", language)
    if direction == "rising":
        return say(f"{since}增长{size}%", f"up {size}% {since}", language)
    return say(f"{since}下降{size}%", f"down {size}% {since}", language)


def changed(first: float, last: float, language: Language) -> str:
    """Say how one amount became another: grew by so many percent, or to so many times.

    Examples
    --------
    >>> changed(100.0, 177.4, "zh"), changed(100.0, 90.0, "en"), changed(2.0, 9.0, "en")
    ('增长77.4%', 'fell by 10.0%', 'rose to 4.5 times as much')
    """
    rate = 100 * (last / first - 1)
    size, direction = number(abs(rate), 1), direction_of(rate)
    if direction == "steady":
        return say("持平", "did not change", language)
    if direction == "falling":
        return say(f"下降{size}%", f"fell by {size}%", language)
    if rate >= 200:
        times = number(last / first, 1)
        return say(f"增至{times}倍", f"rose to {times} times as much", language)
    return say(f"增长{size}%", f"rose by {size}%", language)


def sized(value: float, variable: str, language: Language) -> str:
    """Return an amount with the unit of its variable, at the decimals of the catalogue.

    Examples
    --------
    >>> sized(190.01, "rd_expenditure", "zh"), sized(190.01, "rd_expenditure", "en")
    ('190.0亿元', '19 billion yuan')
    """
    entry = catalog.variable(variable)
    return quantity(number(value, entry.decimals), entry.unit, "=", language)


def listed_years(years: Sequence[int], language: Language) -> str:
    """List years, those that follow one another as a range.

    Examples
    --------
    >>> listed_years([2019, 2020, 2021, 2023], "zh"), listed_years([2019, 2020], "en")
    ('2019—2021年和2023年', '2019 and 2020')
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    end, dash = ("年", "—") if language == "zh" else ("", "–")
    parts = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{run[0]}{dash}{run[-1]}{end}")
        else:
            parts += [f"{year}{end}" for year in run]
    return join(parts, language)
