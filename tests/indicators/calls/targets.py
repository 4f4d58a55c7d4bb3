from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

NAMES = pd.Index(["firms", "growth"], name="target")
ACTUAL = pd.Series([900.0, None], index=NAMES)
TARGET = pd.Series([1500.0, 6.0], index=NAMES)
YEAR = pd.Series([2025.5, 2024.0], index=NAMES)
TABLE = pd.DataFrame(
    {
        "target": TARGET,
        "actual": ACTUAL,
        "start": [0.0, None],
        "start_year": 2024,
        "target_year": 2026,
        "year": [date(2025, 7, 27), None],
        "kind": ["level", "rate"],
        "remarks": ["", "named_otherwise"],
    }
)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "progress": ((ACTUAL, TARGET), {"start": TARGET / 2, "direction": YEAR * 0 + 1}),
    "time_elapsed": ((YEAR, 2020, YEAR + 1), {}),
    "needed_growth": ((ACTUAL, TARGET, YEAR), {}),
    "assess": ((TABLE,), {}),
}
