from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.indicators import composite

NAMES = ["patents", "exports", "energy"]
ROWS = pd.MultiIndex.from_product([list("vwxyz"), [2025]], names=["region_code", "year"])
DATA = pd.DataFrame(
    {
        "patents": [10.0, 12.0, 4.0, 5.0, 30.0],
        "exports": [3.0, 2.0, 5.0, 6.0, None],
        "energy": [8.0, 7.0, 9.0, 9.5, 4.0],
    },
    index=ROWS,
)
FRAMEWORK = composite.pillar_framework(
    pd.DataFrame(
        {"pillar": ["new", "new", "old"], "direction": [1, 1, -1], "weight": [2, 1, 1]},
        index=pd.Index(NAMES, name="variable"),
    )
)
FEW = {"least_regions": 4}

YEARS = pd.MultiIndex.from_product([["A", "N"], range(2014, 2025)], names=["region_code", "year"])
PANEL = pd.DataFrame(
    {
        "gdp": [*(100.0 + 7 * step for step in range(11)), *[300.0] * 11],
        "population_resident": [50.0] * 22,
    },
    index=YEARS,
)
OWN = DATA.loc[["v"]].drop(columns="energy")
OWN_FRAMEWORK = composite.pillar_framework(
    pd.DataFrame(
        {"pillar": ["new", "open"], "direction": 1, "weight": 1},
        index=pd.Index(["patents", "exports"], name="variable"),
    )
)
ENERGY = pd.DataFrame(
    {
        "electricity_total": [100.0 + step for step in range(22)],
        "energy_consumption_above_scale_growth": [-1.0] * 22,
        "gdp_growth_real": [5.0] * 22,
        "va_industry_above_scale_growth": [6.0] * 22,
    },
    index=YEARS,
)
EDITIONS = pd.DataFrame(
    {
        "index": [100.0, 130.0, 100.0, 110.0],
        "base": "2022=100",
        "growth_pct": [None, 30.0, None, 10.0],
        "contribution_pct": [None, 75.1, None, 24.9],
        "contribution_kind": "growth_contribution",
    },
    index=pd.MultiIndex.from_product(
        [[2025], ["net", "new"], [2023, 2024]], names=["edition", "series", "year"]
    ),
)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "complete_rows": ((DATA,), FEW),
    "index_scores": ((DATA, FRAMEWORK), {**FEW, "least": 60.0}),
    "coupled_systems": ((DATA, FRAMEWORK), FEW),
    "derive_indicators": ((PANEL,), {}),
    "energy_decoupling": ((ENERGY,), {}),
    "edition_contributions": ((EDITIONS, {"2022=100": {"net": 0.5, "new": 0.5}}), {}),
    "look_ahead": ((PANEL["gdp"].xs("A"),), {"horizon": 2}),
    "catch_up": ((PANEL[["gdp"]],), {"reference": "N"}),
    "own_index": ((OWN, OWN_FRAMEWORK), {}),
    "rank_by_method": ((DATA, FRAMEWORK), FEW),
    "rank_drivers": ((DATA, FRAMEWORK), {**FEW, "region": "x"}),
    "rank_intervals": ((DATA, FRAMEWORK), FEW),
    "ranks_without": ((DATA, FRAMEWORK), {**FEW, "region": "x"}),
}
