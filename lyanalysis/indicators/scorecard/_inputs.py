"""The measures of the scorecard, and the published figures each of them is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

SECTORS = ["va_primary", "va_secondary", "va_tertiary"]
SECTOR_GROWTH = [f"{sector}_growth" for sector in SECTORS]
INDUSTRY = "va_industry_above_scale_growth"
AGGREGATES = ["hightech_mfg", "energy_intensive"]
AGGREGATE_SHARES = [f"{id}_share" for id in AGGREGATES]
INPUTS: dict[str, tuple[str, ...]] = {
    "gdp_growth_real": ("gdp_growth_real",),
    INDUSTRY: (INDUSTRY,),
    "tertiary_contribution": ("gdp", "va_tertiary", "va_tertiary_growth", "gdp_growth_real"),
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
KEYS = ["region_code", "year"]
CELL = [*KEYS, "window", "variable"]
SPEED = "structural_change_k"


def inputs_used(
    card: pd.DataFrame, measures: pd.DataFrame, regions: Mapping[str, str]
) -> pd.MultiIndex:
    """Figures behind a scorecard (记分卡所用的公布数).

    Which published figures the values and changes of a scorecard were computed from.

    列出记分卡各数值和变动由哪些地区、年份、时段和指标的公布数算出；只列编号，没有单位和范围。

    Parameters
    ----------
    card : DataFrame
        What :func:`compare` returned, or rows of it.
    measures : DataFrame
        What :func:`compare` was given.
    regions : mapping of str to str
        Columns of figures -> code of the region they are of: ``"value"`` for the region itself,
        ``"province"`` and ``"nation"`` as far as they apply.

    Returns
    -------
    MultiIndex
        ``(region_code, year, window, variable)``, each once, window "" for rates: the year of the
        row's value and, where the value or its change is computed from two years, the year before.

    Raises
    ------
    KeyError
        If a row is not one of :data:`INPUTS`.

    Notes
    -----
    No formula of its own: it lists labels. Own rule: nothing is listed for a figure that the card
    does not have.

    Examples
    --------
    >>> names = ["region_code", "year", "variable"]
    >>> measures = pd.DataFrame(
    ...     [("41", 2025, "ts_ratio", "2025")], columns=[*names, "window"]
    ... ).set_index(names)
    >>> card = pd.DataFrame(
    ...     {"value": [1.5], "value_year": [2025.0], "change": [float("nan")]}, index=["ts_ratio"]
    ... )
    >>> inputs_used(card, measures, {"value": "41"}).tolist()
    [('41', 2025, '2025', 'va_secondary'), ('41', 2025, '2025', 'va_tertiary')]
    """
    windows = measures["window"].to_dict()
    levels = {"gdp", *SECTORS}
    cells: list[tuple[str, int, str, str]] = [
        (code, year, windows[code, row["value_year"], name] if input in levels else "", input)
        for name, row in card.iterrows()
        for column, code in regions.items()
        if pd.notna(row[column])
        for year, input in _inputs(str(name), row, changed=column == "value")
    ]
    return pd.MultiIndex.from_tuples(list(dict.fromkeys(cells)), names=CELL)


def _inputs(name: str, row: pd.Series[Any], *, changed: bool) -> list[tuple[int, str]]:
    """Return year and series of what a figure, and its change if it has one, is made of."""
    last, inputs = int(row["value_year"]), INPUTS[name]
    first, changed = last, changed and pd.notna(row["change"])
    if changed and name in AGGREGATE_SHARES:
        inputs = (*inputs, name.replace("_share", "_growth"), INDUSTRY)
    elif changed or name == SPEED:
        first = last - 1
    return [(year, input) for year in range(first, last + 1) for input in inputs]
