"""The few measures that answer whether growth is moving from old to new drivers.

The measures are defined in one place, :func:`measure`, so that the scorecard of any region, year
or comparison holds the same ones. Each is named as in the catalogue of variables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import read_growth
from lyanalysis.indicators.growth import account_growth_from_current_levels, implied_previous_share
from lyanalysis.indicators.scorecard._inputs import (
    AGGREGATE_SHARES,
    AGGREGATES,
    INDUSTRY,
    INPUTS,
    KEYS,
    SECTOR_GROWTH,
    SECTORS,
    SPEED,
    inputs_used,
)
from lyanalysis.indicators.scorecard._profile import profile
from lyanalysis.indicators.structure import shares, structural_change_k
from lyanalysis.indicators.upgrading import layer_coefficient, ts_ratio, vector_angle

__all__ = ["INPUTS", "compare", "growth_gap", "inputs_used", "measure", "profile"]

RATES = [
    "gdp_growth_real",
    *SECTOR_GROWTH,
    INDUSTRY,
    *(f"{id}_{part}" for id in AGGREGATES for part in ("share", "growth")),
]
"""Columns of rates that :func:`measure` needs."""
BESIDE = ("province", "nation")
"""Columns a region's figures stand beside."""


def growth_gap(growth: pd.Series[Any], total_growth: pd.Series[Any]) -> pd.Series[Any]:
    r"""Growth less growth of the total (与总体增速之差).

    By how many points a part grew faster than the total it belongs to.

    某部分的增速减去所属总体的增速，百分点，没有上下限。大于0为按可比价在总体中的分量上升，
    0为不变，小于0为下降。

    Parameters
    ----------
    growth : Series
        Growth of the part, percent, above -100; any labels.
    total_growth : Series
        Growth of the total, percent, above -100; the same labels.

    Returns
    -------
    Series
        Percentage points; above zero the part gained weight at comparable prices, below zero it
        lost weight.

    Raises
    ------
    ValueError
        Growth of -100 percent or less, or a value that is not a number.

    Notes
    -----
    .. math:: d = g - G

    Identity. Both rates are of one year on one scope, so the sign holds whatever happened to sample
    and catalogue between two publications: the comparison of two published shares has no such
    guarantee. NaN where one of the two is missing.

    Examples
    --------
    Luoyang 2025, energy-intensive industry:

    >>> print(f"{growth_gap(pd.Series([4.3]), pd.Series([8.5])).item():.1f}")
    -4.2
    """
    for name, rates in (("growth", growth), ("total_growth", total_growth)):
        read_growth(name, rates)
    return (growth - total_growth).rename("growth_gap")


def measure(accounts: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    r"""Measures of the scorecard (记分卡指标).

    Every measure of the scorecard for every region and year, with its change on the year before.

    对每个地区、每一年计算记分卡的全部指标及其比上年的变动。单位和范围随指标而定；单位为百分数的，
    变动为百分点。

    Parameters
    ----------
    accounts : DataFrame
        Index ``(region_code, year, window)``: years of one window may be compared. Columns
        ``gdp``, ``va_primary``, ``va_secondary``, ``va_tertiary`` in one unit.
    rates : DataFrame
        Index ``(region_code, year)`` with every region and year of `accounts`; columns
        :data:`RATES`, percent.

    Returns
    -------
    DataFrame
        Index ``(region_code, year, variable)``, variables as in :data:`INPUTS`; figures there are
        only. ``value`` in the unit of the catalogue; ``change`` on the year before in that unit,
        percentage points where that is percent; ``window`` of the levels used, "" where none are;
        ``flag`` says why there is no change: ``year_before_missing``,
        ``break_since_year_before``, ``change_lacks_growth``, ``is_a_change``.

    Raises
    ------
    ValueError
        If an index has other levels, or a level or rate is outside its range.

    Notes
    -----
    Sector shares, TS, mean layer and W are :mod:`~lyanalysis.indicators.upgrading`'s and
    :mod:`~lyanalysis.indicators.structure`'s, K is that between a year and the year before.
    Contribution is :func:`~lyanalysis.indicators.growth.account_growth_from_current_levels`'s. A
    change is taken inside one window and between adjacent years only; of a year that stands in two
    windows, the last one is used that has the measure. The change of an aggregate's share is the
    share less the one a year earlier implied by growth on today's scope,

    .. math:: \Delta s = s \left(1 - \frac{1 + G / 100}{1 + g / 100}\right)

    because two published shares differ by sample and catalogue as well. Own rule: what may be
    compared with what.

    Examples
    --------
    >>> index = pd.MultiIndex.from_tuples(
    ...     [("A", 2024, "2024–2025"), ("A", 2025, "2024–2025")],
    ...     names=["region_code", "year", "window"],
    ... )
    >>> levels = {"gdp": [100.0, 110.0], "va_primary": 0.0}
    >>> accounts = pd.DataFrame({**levels, "va_secondary": 50.0, "va_tertiary": [50, 60]}, index)
    >>> rates = pd.DataFrame(np.nan, index.droplevel("window"), RATES)
    >>> row = measure(accounts, rates).loc[("A", 2025, "ts_ratio")]
    >>> print(f"{row['value']:.1f} {row['change']:.1f}")
    1.2 0.2
    """
    for name, frame, levels in (("accounts", accounts, [*KEYS, "window"]), ("rates", rates, KEYS)):
        if list(frame.index.names) != levels:
            raise ValueError(
                f"{name}: expected index levels {levels}, got {list(frame.index.names)}"
            )
    inside = _of_levels(accounts, rates)
    yearly = _of_rates(rates)
    changes = yearly - _year_before(yearly)
    for id in AGGREGATES:
        share, growth = rates[f"{id}_share"], rates[f"{id}_growth"]
        changes[f"{id}_share"] = share - implied_previous_share(share, growth, rates[INDUSTRY])
    tidy = pd.concat([_tidy(inside, inside - _year_before(inside)), _tidy(yearly, changes)])
    tidy = tidy.dropna(subset="value").reset_index("window")
    found = tidy[~tidy.index.duplicated(keep="last")].sort_index(level=KEYS, sort_remaining=False)
    names = found.index.get_level_values("variable")
    found["change"] = found["change"].mask(names == SPEED)
    reasons = np.select(
        [
            found["change"].notna(),
            names == SPEED,
            names.isin(AGGREGATE_SHARES),
            found.index.isin(_next_year(found.index)),
        ],
        ["", "is_a_change", "change_lacks_growth", "break_since_year_before"],
        "year_before_missing",
    )
    return found.assign(flag=reasons)[["value", "change", "window", "flag"]]


def _of_levels(accounts: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Return what is computed from levels, in the windows of the levels."""
    sectors = accounts[SECTORS]
    tertiary = shares(accounts[["va_tertiary"]], total=accounts["gdp"])
    beside = rates.reindex(accounts.reset_index("window").index).set_axis(accounts.index)
    account = account_growth_from_current_levels(
        sectors,
        beside[SECTOR_GROWTH].set_axis(SECTORS, axis=1),
        accounts["gdp"],
        beside["gdp_growth_real"],
    )
    return pd.DataFrame(
        {
            "tertiary_contribution": account["contribution"].unstack("part")["va_tertiary"],
            "tertiary_share": tertiary["va_tertiary"],
            "ts_ratio": ts_ratio(sectors),
            "layer_coefficient": layer_coefficient(sectors),
            "structure_angle_w": vector_angle(sectors)["W"],
            SPEED: structural_change_k(_year_before(sectors), sectors),
        }
    )


def _of_rates(rates: pd.DataFrame) -> pd.DataFrame:
    """Return what is published as it is, or the difference of two rates of one year."""
    published = [name for name, inputs in INPUTS.items() if inputs == (name,)]
    gaps = {
        f"{id}_growth_gap": growth_gap(rates[f"{id}_growth"], rates[INDUSTRY]) for id in AGGREGATES
    }
    return rates[published].assign(**gaps)


def _year_before(frame: pd.DataFrame) -> pd.DataFrame:
    """Return, at every row, the figures of the year before; in the same window if there is one."""
    return frame.set_axis(_next_year(frame.index)).reindex(frame.index)


def _next_year(index: pd.Index[Any]) -> pd.MultiIndex:
    """Return the same labels a year later."""
    labels = index.to_frame()
    return pd.MultiIndex.from_frame(labels.assign(year=labels["year"] + 1))


def _tidy(values: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Put values and their changes side by side, one row a figure."""
    return pd.DataFrame({"value": _tall(values), "change": _tall(changes)})


def _tall(frame: pd.DataFrame) -> pd.Series[Any]:
    """Return one row a figure, with a window: "" where the frame has none."""
    windowed = frame if "window" in frame.index.names else _without_window(frame)
    tall = windowed.rename_axis("variable", axis=1).stack(future_stack=True)
    assert isinstance(tall, pd.Series)
    return tall


def _without_window(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(window="").set_index("window", append=True)


def compare(
    measures: pd.DataFrame,
    *,
    region: str,
    beside: Mapping[str, str],
    grades: Sequence[pd.DataFrame],
    caveats: Sequence[pd.DataFrame] = (),
) -> pd.DataFrame:
    """Scorecard of a region (地区记分卡).

    A region's newest figures beside those of its province and of the nation.

    一个地区各指标最近一年的数，与所在省和全国同一年的数并列，附变动、证据等级和说明。单位和范围
    随指标而定。

    Parameters
    ----------
    measures : DataFrame
        What :func:`measure` returned.
    region : str
        Region code.
    beside : mapping of str to str
        ``"province"`` and ``"nation"`` -> region code, as far as they apply: a province has no
        province beside it, the nation nothing.
    grades : sequence of DataFrame
        Of the shapes of `accounts` and `rates`: "A", "B" or "C", the grade of the source of each
        published figure, empty where there is none.
    caveats : sequence of DataFrame, optional
        Of the same shapes: flags of the loaders, codes joined by ";".

    Returns
    -------
    DataFrame
        Index ``variable``. ``value`` of the newest year that has one and ``value_year``; ``change``
        on the year before; ``province`` and ``nation`` in the same year; ``evidence_grade``, the
        lowest grade among the sources of the value and its change; ``flag``: that of
        :func:`measure`; ``not_published`` where there is no value, ``inputs_missing`` where it
        could not be computed; ``province_missing`` and ``nation_missing`` where the one beside it
        has none for that year; `caveats` of the figures used; joined by ";".

    Raises
    ------
    ValueError
        If `beside` has other names.

    Notes
    -----
    No formula of its own: values and changes are those of :func:`measure`. Own rule: figures of
    different years are never set side by side.

    Examples
    --------
    >>> names = ["region_code", "year", "variable"]
    >>> rows = [("41", 2025, "ts_ratio", 1.5), ("10", 2025, "ts_ratio", 1.6)]
    >>> measures = pd.DataFrame(rows, columns=[*names, "value"]).set_index(names)
    >>> measures = measures.assign(change=np.nan, window="2025", flag="year_before_missing")
    >>> card = compare(measures, region="41", beside={"nation": "10"}, grades=[])
    >>> print(*card.loc["ts_ratio", ["value", "nation", "flag"]])
    1.5 1.6 year_before_missing
    """
    if unknown := set(beside) - set(BESIDE):
        raise ValueError(f"beside: {min(unknown)!r} is not allowed; expected {', '.join(BESIDE)}")
    own = measures[measures.index.get_level_values("region_code") == region].droplevel(0)
    known = own.reset_index("year")
    names = pd.Index(INPUTS, name="variable")
    newest = known[~known.index.duplicated(keep="last")].reindex(names)
    card = newest.rename(columns={"year": "value_year"})[["value", "value_year", "change"]]
    computed = np.array([inputs != (name,) for name, inputs in INPUTS.items()])
    absent = np.where(computed, "inputs_missing", "not_published")
    flags = [newest["flag"].where(newest["value"].notna(), absent)]
    for column in BESIDE:
        cells = [(beside.get(column, ""), year, name) for name, year in card["value_year"].items()]
        card[column] = [float(measures["value"].get(cell, np.nan)) for cell in cells]
        lacking = card[column].isna() & card["value"].notna() & (column in beside)
        flags.append(lacking.map({True: f"{column}_missing", False: ""}))
    used = {name: inputs_used(card.loc[[name]], measures, {"value": region}) for name in names}
    graded, noted = _by_cell(grades), _by_cell(caveats)
    card["evidence_grade"] = [
        max((graded.get(cell, "") for cell in used[name]), default="") for name in names
    ]
    flags.append(pd.Series([_joined(noted.get(cell, "") for cell in used[name]) for name in names]))
    rows = zip(*(column.to_list() for column in flags), strict=True)
    return card.assign(flag=pd.Series([_joined(row) for row in rows], index=names, dtype=str))


def _by_cell(frames: Sequence[pd.DataFrame]) -> dict[Any, str]:
    """Return what is said of each published figure."""
    return {cell: text for frame in frames for cell, text in _tall(frame).items()}


def _joined(flags: Iterable[str]) -> str:
    """Join flags, each once."""
    codes = [code for flag in flags for code in flag.split(";") if code]
    return ";".join(dict.fromkeys(codes))
