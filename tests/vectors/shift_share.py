"""Shift-share analysis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from vectors.reading import Adapters, Inputs, numbers

from lyanalysis.indicators import shift_share

ARCELUS = {
    "NE": "national_homothetic",
    "NEs": "national_specialised",
    "IM": "industry_mix_homothetic",
    "IMs": "industry_mix_specialised",
    "RG": "regional_growth_homothetic",
    "RGs": "regional_growth_specialised",
    "RI": "regional_mix_homothetic",
    "RIs": "regional_mix_specialised",
}


def decomposed(inputs: Inputs, function: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """Decompose against the nation that the vector gives, or against all its regions."""
    references = {
        f"reference_{side}": numbers(inputs[f"nation_{period}"])
        for side, period in (("start", "t0"), ("end", "t1"))
        if f"nation_{period}" in inputs
    }
    return function(numbers(inputs["region_t0"]), numbers(inputs["region_t1"]), **references)


def by_industry(inputs: Inputs, parts: pd.DataFrame) -> list[Any]:
    """Return what each region has by industry, under names where the vector gives names."""
    given = inputs["region_t0"]
    rows = list(given.values()) if isinstance(given, Mapping) else given
    named = isinstance(given if not isinstance(rows[0], (list, Mapping)) else rows[0], Mapping)
    return [dict(row) if named else row.tolist() for _, row in parts.iterrows()]


def by_region(inputs: Inputs, effects: pd.DataFrame) -> Any:
    """Return one region's effects, or a row for each of several."""
    several = numbers(inputs["region_t0"]).ndim == 2
    return effects if several else effects.iloc[0]


def dunn(inputs: Inputs) -> Any:
    parts = decomposed(inputs, shift_share.shift_share)
    apart = decomposed(inputs, shift_share.shift_share_esteban_marquillas)
    totals = shift_share.shift_share_totals(parts).rename(columns={"change": "growth"})
    split = shift_share.shift_share_totals(apart)
    effects = totals.astype(object).assign(
        em_competitive_homothetic=split["competitive_homothetic"],
        em_allocation=split["allocation"],
        national_by_industry=by_industry(inputs, parts["national"]),
        mix_by_industry=by_industry(inputs, parts["industry_mix"]),
        competitive_by_industry=by_industry(inputs, parts["competitive"]),
    )
    return by_region(inputs, effects)


def arcelus(inputs: Inputs) -> Any:
    totals = shift_share.shift_share_totals(decomposed(inputs, shift_share.shift_share_arcelus))
    return by_region(inputs, totals[list(ARCELUS.values())].set_axis(list(ARCELUS), axis=1))


ADAPTERS: Adapters = {"shift_share_dunn": dunn, "shift_share_arcelus": arcelus}
