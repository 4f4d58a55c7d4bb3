"""The few measures that answer whether growth is moving from old to new drivers.

The measures are defined in one place, :func:`measure`, so that the scorecard of any region, year
or comparison holds the same ones. Each is named as in the catalogue of variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import read_growth
from lyanalysis.indicators.growth import account_growth_from_current_levels, implied_previous_share
from lyanalysis.indicators.structure import shares, structural_change_k
from lyanalysis.indicators.upgrading import layer_coefficient, ts_ratio, vector_angle

__all__ = ["INPUTS", "compare", "growth_gap", "inputs_used", "measure"]

SECTORS = ["va_primary", "va_secondary", "va_tertiary"]
SECTOR_GROWTH = [f"{sector}_growth" for sector in SECTORS]
INDUSTRY = "va_industry_above_scale_growth"
AGGREGATES = ["hightech_mfg", "energy_intensive"]
AGGREGATE_SHARES = [f"{id}_share" for id in AGGREGATES]
INPUTS: dict[str, tuple[str, ...]] = {
    "gdp_growth_real": ("gdp_growth_real",),
    INDUSTRY: (INDUSTRY,),
    "tertiary_contribution": (
        "gdp",
        "va_tertiary",
        "va_tertiary_growth",
        "gdp_growth_real",
    ),
    "tertiary_share": ("gdp", "va_tertiary"),
    "ts_ratio": ("va_secondary", "va_tertiary"),
    "layer_coefficient": tuple(SECTORS),
    "structure_angle_w": tuple(SECTORS),
    "structural_change_k": tuple(SECTORS),
    "hightech_mfg_share": ("hightech_mfg_share",),
    "energy_intensive_share": ("energy_intensive_share",),
    "hightech_mfg_growth_gap": ("hightech_mfg_growth", INDUSTRY),
    "energy_intensive_growth_gap": ("energy_intensive_growth", INDUSTRY),
}
"""The measures, in the order a reader meets them, each with the published series it is made of."""
RATES = [
    "gdp_growth_real",
    *SECTOR_GROWTH,
    INDUSTRY,
    *(f"{id}_{part}" for id in AGGREGATES for part in ("share", "growth")),
]
"""Columns of rates that :func:`measure` needs."""
BESIDE = ("province", "nation")
"""Columns a region's figures stand beside."""
KEYS = ["region_code", "year"]
ROWS = [*KEYS, "variable"]


def growth_gap(growth: pd.Series[Any], total_growth: pd.Series[Any]) -> pd.Series[Any]:
    r"""By how many points a part grew faster than the total it belongs to.

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

    Both rates are of one year on one scope, so the sign holds whatever happened to sample and
    catalogue between two publications: the comparison of two published shares has no such
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
    r"""Compute every measure of the scorecard for every region and year.

    Parameters
    ----------
    accounts : DataFrame
        Index ``(region_code, year, window)``: years of one window may be compared. Columns
        ``gdp``, ``va_primary``, ``va_secondary``, ``va_tertiary`` in one unit. A year that stands
        twice is used on the side that comes last.
    rates : DataFrame
        Index ``(region_code, year)`` with every region and year of `accounts`. Growth of GDP, of
        the sectors, of above-scale industry and of its aggregates, and the shares of the
        aggregates; percent.

    Returns
    -------
    DataFrame
        Index ``(region_code, year, variable)``, variables as in :data:`INPUTS`. ``value`` in the
        unit of the catalogue; ``change`` on the year before in that unit, percentage points where
        that is percent; ``flag`` says why there is no change: ``year_before_missing``,
        ``break_since_year_before``, ``change_lacks_growth``.

    Raises
    ------
    ValueError
        If an index has other levels, or a level or rate is outside its range.

    Notes
    -----
    Sector shares, TS, mean layer and W are :mod:`~lyanalysis.indicators.upgrading`'s and
    :mod:`~lyanalysis.indicators.structure`'s, K is that between a year and the year before.
    Contribution is :func:`~lyanalysis.indicators.growth.account_growth_from_current_levels`'s. A
    change is taken inside one window and between adjacent years only. The change of an aggregate's
    share is the share less the one a year earlier implied by growth on today's scope,

    .. math:: \Delta s = s \left(1 - \frac{1 + G / 100}{1 + g / 100}\right)

    because two published shares differ by sample and catalogue as well.

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
    inside = _structure(accounts)
    structure, moved = _newest(inside), _newest(inside - _year_before(inside))
    rest = _of_rates(rates, _newest(accounts).reindex(rates.index))
    values = structure.reindex(rates.index).join(rest)
    changes = moved.reindex(rates.index).join(rest - _year_before(rest))
    for id in AGGREGATES:
        share, growth = rates[f"{id}_share"], rates[f"{id}_growth"]
        changes[f"{id}_share"] = share - implied_previous_share(share, growth, rates[INDUSTRY])
    missing = changes.isna() & values.notna()
    flag = pd.DataFrame("", index=values.index, columns=values.columns, dtype=object)
    flag = flag.mask(missing, "year_before_missing")
    flag = flag.mask(missing & _year_before(values).notna(), "break_since_year_before")
    for name in AGGREGATE_SHARES:
        flag[name] = np.where(missing[name], "change_lacks_growth", "")
    flag = flag.where(values.notna(), "")
    columns = {"value": values, "change": changes, "flag": flag}
    return pd.DataFrame(
        {name: _tall(frame[list(INPUTS)]) for name, frame in columns.items()}
    ).rename_axis(ROWS)


def _structure(accounts: pd.DataFrame) -> pd.DataFrame:
    """Return what is computed from levels, in the windows of the levels."""
    sectors = accounts[SECTORS]
    tertiary = shares(accounts[["va_tertiary"]], total=accounts["gdp"])
    return pd.DataFrame(
        {
            "tertiary_share": tertiary["va_tertiary"],
            "ts_ratio": ts_ratio(sectors),
            "layer_coefficient": layer_coefficient(sectors),
            "structure_angle_w": vector_angle(sectors)["W"],
            "structural_change_k": structural_change_k(_year_before(sectors), sectors),
        }
    )


def _of_rates(rates: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Return what is published as it is, or computed from rates of one year."""
    account = account_growth_from_current_levels(
        accounts[SECTORS],
        rates[SECTOR_GROWTH].set_axis(SECTORS, axis=1),
        accounts["gdp"],
        rates["gdp_growth_real"],
    )
    published = [name for name, inputs in INPUTS.items() if inputs == (name,)]
    gaps = {
        f"{id}_growth_gap": growth_gap(rates[f"{id}_growth"], rates[INDUSTRY]) for id in AGGREGATES
    }
    contribution = account["contribution"].unstack("part")["va_tertiary"]
    return rates[published].assign(tertiary_contribution=contribution, **gaps)


def _newest(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep one row a region and year, that of the window which comes last."""
    flat = frame.droplevel("window")
    return flat[~flat.index.duplicated(keep="last")]


def _year_before(frame: pd.DataFrame) -> pd.DataFrame:
    """Return, at every row, the figures of the year before; in the same window if there is one."""
    years = frame.index.get_level_values("year") + 1
    later = frame.index.to_frame().assign(year=years)
    moved = frame.set_axis(pd.MultiIndex.from_frame(later))
    return moved.reindex(frame.index)


def _tall(frame: pd.DataFrame) -> pd.Series[Any]:
    """Stack columns below one another, missing ones too."""
    tall = frame.rename_axis("variable", axis=1).stack(future_stack=True)
    assert isinstance(tall, pd.Series)
    return tall


def compare(
    measures: pd.DataFrame,
    *,
    region: str,
    beside: Mapping[str, str],
    grades: pd.DataFrame,
) -> pd.DataFrame:
    """Set a region's newest figures beside those of its province and of the nation.

    Parameters
    ----------
    measures : DataFrame
        What :func:`measure` returned.
    region : str
        Region code.
    beside : mapping of str to str
        ``"province"`` and ``"nation"`` -> region code, as far as they apply: a province has no
        province beside it, the nation nothing.
    grades : DataFrame
        Index ``(region_code, year)``, one column a published series: "A", "B" or "C", the grade of
        the source of each figure, empty where there is none.

    Returns
    -------
    DataFrame
        Index ``variable``. ``value`` of the newest year that has one and ``value_year``; ``change``
        on the year before; ``province`` and ``nation`` in the same year; ``evidence_grade``, the
        lowest grade among the sources of the value; ``flag``: that of :func:`measure`,
        ``not_published`` where there is no value, ``province_missing`` and ``nation_missing``
        where the one beside it has none for that year; joined by ";".

    Raises
    ------
    ValueError
        If the region is not among the measures.

    Notes
    -----
    Figures of different years are never set side by side.

    Examples
    --------
    >>> names = ["region_code", "year", "variable"]
    >>> rows = [("41", 2025, "ts_ratio", 1.5), ("10", 2025, "ts_ratio", 1.6)]
    >>> measures = pd.DataFrame(rows, columns=[*names, "value"]).set_index(names)
    >>> measures = measures.assign(change=np.nan, flag="year_before_missing")
    >>> rows = measures.index.droplevel("variable")
    >>> grades = pd.DataFrame("A", rows, ["va_secondary", "va_tertiary"])
    >>> card = compare(measures, region="41", beside={"nation": "10"}, grades=grades)
    >>> print(*card.loc["ts_ratio", ["value", "nation", "evidence_grade", "flag"]])
    1.5 1.6 A year_before_missing
    """
    if region not in measures.index.get_level_values("region_code"):
        raise ValueError(f"region: {region!r} is not among the measures; load its figures, too")
    own = measures[measures.index.get_level_values("region_code") == region].droplevel(0)
    names = own.index.get_level_values("variable").unique()
    known = own.dropna(subset="value").reset_index("year")
    newest = known[~known.index.duplicated(keep="last")].reindex(names)
    card = newest.rename(columns={"year": "value_year"})[["value", "value_year", "change"]]
    flags = newest["flag"].where(newest["value"].notna(), "not_published")
    for column in BESIDE:
        cells = [
            (beside[column], year, name) if column in beside else None
            for name, year in card["value_year"].items()
        ]
        card[column] = [np.nan if cell is None else _value(measures, cell) for cell in cells]
        lacking = card[column].isna() & card["value"].notna() & (column in beside)
        added = np.where(flags.eq(""), "", ";") + f"{column}_missing"
        flags = flags.where(~lacking, flags + added)
    card["evidence_grade"] = [
        _lowest_grade(grades, inputs_used(card.loc[[name]], {"value": region})) for name in names
    ]
    return card.assign(flag=flags.astype(str))


def _value(measures: pd.DataFrame, cell: tuple[str, float, object]) -> float:
    return float(measures["value"].get(cell, np.nan))


def _lowest_grade(grades: pd.DataFrame, cells: pd.MultiIndex) -> str:
    """Return the last letter among the grades of the cells."""
    known = _tall(grades).rename_axis(ROWS).to_dict()
    return max((known.get(cell, "") for cell in cells), default="")


def inputs_used(card: pd.DataFrame, regions: Mapping[str, str]) -> pd.MultiIndex:
    """List the published figures behind a scorecard.

    Parameters
    ----------
    card : DataFrame
        What :func:`compare` returned, or rows of it.
    regions : mapping of str to str
        Columns of figures -> code of the region they are of: ``"value"`` for the region itself,
        ``"province"`` and ``"nation"`` as far as they apply.

    Returns
    -------
    MultiIndex
        ``(region_code, year, variable)``, each once: the year of the row's value and, where the
        value or its change is computed from two years, the year before.

    Raises
    ------
    KeyError
        If a row is not one of :data:`INPUTS`.

    Notes
    -----
    Nothing is listed for a figure that the card does not have.

    Examples
    --------
    >>> card = pd.DataFrame(
    ...     {"value": [1.5], "value_year": [2025.0], "change": [np.nan]}, index=["ts_ratio"]
    ... )
    >>> inputs_used(card, {"value": "41"}).tolist()
    [('41', 2025, 'va_secondary'), ('41', 2025, 'va_tertiary')]
    """
    cells = [
        (code, year, input)
        for name, row in card.iterrows()
        for column, code in regions.items()
        if pd.notna(row[column])
        for year, input in _inputs(str(name), row, changed=column == "value")
    ]
    return pd.MultiIndex.from_tuples(list(dict.fromkeys(cells)), names=ROWS)


def _inputs(name: str, row: pd.Series[Any], *, changed: bool) -> list[tuple[int, str]]:
    """Return year and series of what a figure, and its change if it has one, is made of."""
    last, inputs = int(row["value_year"]), INPUTS[name]
    first, changed = last, changed and pd.notna(row["change"])
    if changed and name in AGGREGATE_SHARES:
        inputs = (*inputs, name.replace("_share", "_growth"), INDUSTRY)
    elif changed or name == "structural_change_k":
        first = last - 1
    return [(year, input) for year in range(first, last + 1) for input in inputs]
