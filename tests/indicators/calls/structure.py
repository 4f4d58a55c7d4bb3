from __future__ import annotations

from typing import Any

import pandas as pd

REGIONS = pd.Index(["410300", "410200"], name="region_code")
START = pd.DataFrame({"a": [10.0, 0.0], "b": [30.0, 20.0]}, index=REGIONS)
END = pd.DataFrame({"a": [12.0, 5.0], "b": [31.0, None]}, index=REGIONS)
RATES = pd.DataFrame({"a": [3.0, 0.0], "b": [4.0, -9.0]}, index=REGIONS)
TOTAL_RATE = pd.Series([3.5, 0.2], index=REGIONS)
TOTAL = pd.Series([45.0, 60.0], index=REGIONS)
YEARLY = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [None, 1.0, 1.0]}, index=[2020, 2021, 2022])
WINDOWS = pd.DataFrame(
    {"x": [60.0, 55.0, 52.0], "y": [40.0, 45.0, 48.0]},
    index=pd.MultiIndex.from_tuples(
        [("A", 2019, "2019–2020"), ("A", 2020, "2019–2020"), ("A", 2022, "2022")],
        names=["region_code", "year", "window"],
    ),
)
REMARKS = pd.Series(["", "named_otherwise"], index=REGIONS)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "shares": ((END,), {"total": TOTAL}),
    "speed_of_change": ((WINDOWS,), {}),
    "moore": ((START, END), {}),
    "structural_change_k": ((START, END), {}),
    "structural_change_k_per_year": ((START, END), {"years": TOTAL}),
    "nav": ((START, END), {}),
    "lilien": ((START, END), {"weights": "mean"}),
    "crossover_year": ((YEARLY, YEARLY[["y", "x"]]), {}),
    "share_drift": (
        (START["b"], RATES["a"], TOTAL_RATE, END["b"]),
        {"threshold": 2.0, "years_apart": 2.0, "remarks": REMARKS},
    ),
}
