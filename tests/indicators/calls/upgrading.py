from __future__ import annotations

from typing import Any

import pandas as pd

REGIONS = pd.Index(["410300", "410200"], name="region_code")
SECTORS = pd.DataFrame(
    {"primary": [5.0, 10.0], "secondary": [40.0, None], "tertiary": [55.0, 50.0]}, index=REGIONS
)
WORKERS = pd.DataFrame(
    {"primary": [25.0, 30.0], "secondary": [30.0, 20.0], "tertiary": [45.0, 50.0]}, index=REGIONS
)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "ts_ratio": ((SECTORS,), {}),
    "layer_coefficient": ((SECTORS,), {}),
    "vector_angle": ((SECTORS,), {}),
    "theil_rationalisation": ((SECTORS, WORKERS), {}),
    "structural_deviation": ((SECTORS, WORKERS), {}),
}
