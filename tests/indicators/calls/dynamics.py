from __future__ import annotations

from typing import Any

import pandas as pd

YEARS = pd.Index([2023, 2021, 2022], name="year")
LEVELS = pd.DataFrame(
    {"A": [12.0, 10.0, 11.0], "B": [20.0, 19.0, None], "C": [31.0, 30.0, 30.5]}, index=YEARS
)
REGIONS = pd.Index(["A", "B", "C", "D", "E"], name="region_code")
START = pd.Series([10.0, 20.0, 30.0, None, 50.0], index=REGIONS)
END = pd.Series([14.0, 25.0, 33.0, 41.0, 52.0], index=REGIONS)
CONTROLS = pd.DataFrame({"openness": [3.0, 1.0, 2.0, 2.0, 1.5]}, index=REGIONS)
PANEL = pd.DataFrame(
    {
        "A": [10.0, 12.0, 14.0, 15.0],
        "B": [20.0, 22.0, 23.0, 25.0],
        "C": [40.0, 41.0, 44.0, 45.0],
        "D": [33.0, 35.0, 34.0, 36.0],
    },
    index=pd.Index([2020, 2021, 2022, 2023], name="year"),
)
PANEL_CONTROLS = pd.DataFrame({"openness": [3.0, 1.0, 2.0, 2.0]}, index=list("ABCD"))
LONG = pd.DataFrame(
    {"gdp": [1.0, 2.0], "va_secondary": 0.5, "gdp_growth_real": 4.0, "population_resident": 3.0},
    index=pd.MultiIndex.from_product([["A"], [2022, 2023]], names=["region_code", "year"]),
)
STATES = pd.DataFrame({"A": [0.0, 0.0, 1.0], "B": [1.0, 0.0, None]}, index=YEARS)
CHAIN = pd.DataFrame([[0.9, 0.1], [0.3, 0.7]])

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "sigma_convergence": ((LEVELS,), {}),
    "sigma_trend": ((PANEL,), {}),
    "beta_convergence": ((START, END), {"years": 5.0, "controls": CONTROLS}),
    "beta_convergence_panel": ((PANEL,), {"fixed_effects": "both"}),
    "convergence_speed": ((-START / 1000, 2.0), {}),
    "balanced_panel": ((LEVELS,), {"least_share": 0.6}),
    "class_account": ((PANEL,), {"bounds": [0.75, 1.25]}),
    "convergence_account": ((PANEL,), {"controls": PANEL_CONTROLS}),
    "gdp_per_head": ((LONG,), {}),
    "spread_at_both_prices": ((PANEL, PANEL), {"breaks": [2022]}),
    "classify": ((LEVELS,), {"quantiles": 3}),
    "markov_transition": ((STATES,), {}),
    "transition_probabilities": ((pd.DataFrame([[3.0, 1.0], [0.0, 0.0]]),), {}),
    "ergodic_distribution": ((CHAIN,), {}),
    "mean_first_passage_times": ((CHAIN,), {}),
    "mobility": ((CHAIN,), {"distribution": pd.Series([0.4, 0.6])}),
}
