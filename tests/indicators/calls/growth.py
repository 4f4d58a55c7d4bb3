from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.indicators import growth

REGIONS = pd.Index(["410300", "410200"], name="region_code")
START = pd.DataFrame({"a": [10.0, 0.0], "b": [30.0, 20.0]}, index=REGIONS)
END = pd.DataFrame({"a": [12.0, 5.0], "b": [31.0, None]}, index=REGIONS)
RATES = pd.DataFrame({"a": [3.0, 0.0], "b": [4.0, -9.0]}, index=REGIONS)
TOTAL_RATE = pd.Series([3.5, 0.2], index=REGIONS)
TOTAL = pd.Series([45.0, 60.0], index=REGIONS)

BY_YEAR = pd.DataFrame({"a": [3.0, 4.0], "b": [None, 5.0]}, index=[2024, 2025])

YEARS = pd.Index([2023, 2021, 2022], name="year")
YEARLY = pd.DataFrame({"a": [12.0, 10.0, 11.0], "b": [None, 20.0, 21.0]}, index=YEARS)
YEARLY_RATES = pd.DataFrame({"a": [3.0, 4.0, 5.0], "b": [1.0, 2.0, None]}, index=YEARS)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "growth_rate": ((END, START), {}),
    "implied_previous_level": ((END, RATES), {}),
    "implied_previous_share": ((END, RATES, TOTAL_RATE), {}),
    "chained_levels": ((YEARLY, YEARLY_RATES), {}),
    "per_head": ((START, END), {}),
    "pull": ((START, RATES), {}),
    "contribution": ((RATES, TOTAL_RATE), {}),
    "pull_from_contribution": ((RATES, TOTAL_RATE), {}),
    "account_growth_from_levels": ((START, END), {}),
    "account_growth_from_current_levels": ((END, RATES, TOTAL, TOTAL_RATE), {}),
    "account_growth_from_shares": ((START, RATES, TOTAL_RATE), {"shares_at": "start"}),
    "accounting_residual": ((growth.account_growth_from_levels(START, END), TOTAL_RATE), {}),
    "average_growth": ((BY_YEAR,), {"region": "a", "beside": {"province": "b"}}),
    "append_total": ((growth.account_growth_from_levels(START, END), TOTAL_RATE), {}),
}
