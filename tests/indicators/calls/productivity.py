from __future__ import annotations

from typing import Any

import pandas as pd

REGIONS = pd.Index(["410300", "410200", "410400"], name="region_code")
OUTPUT = pd.DataFrame({"a": [10.0, 0.0, 4.0], "b": [30.0, 20.0, 5.0]}, index=REGIONS)
WORKERS = pd.DataFrame({"a": [2.0, 1.0, 0.0], "b": [3.0, None, 5.0]}, index=REGIONS)
RATES = pd.DataFrame({"a": [3.0, 0.0, 1.0], "b": [4.0, -9.0, None]}, index=REGIONS)
INPUTS = pd.DataFrame({"capital": [5.0, 4.0, 3.0], "labour": [2.0, 3.0, 3.0]}, index=REGIONS)

YEARS = pd.MultiIndex.from_product([["410300"], [2024, 2025]], names=["region_code", "year"])
PROFIT = pd.Series([2.0, -1.0], index=YEARS)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "intensity": ((RATES, WORKERS), {}),
    "labour_productivity": ((OUTPUT, WORKERS), {}),
    "solow_residual": (
        (RATES, RATES + 1, RATES - 1),
        {"capital_share": pd.Series([0.4, 0.5, 0.45], index=REGIONS)},
    ),
    "profit_account": ((PROFIT, PROFIT + 9), {}),
    "malmquist": ((INPUTS, OUTPUT, INPUTS * 1.5, OUTPUT + 1), {}),
}
