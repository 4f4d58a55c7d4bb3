from __future__ import annotations

from typing import Any

import pandas as pd

PARKS = pd.Index(["guohong", "zhoushan"], name="park")
AMOUNTS = pd.DataFrame({"output": [15.0, None], "tax": [0.7, 0.1]}, index=PARKS)
BASE = pd.Series([583.0, 0.0], index=PARKS)
STAGES = pd.DataFrame({"signed": [29.0, 0.0], "started": [12.0, 3.0]}, index=PARKS)
RATES = pd.Series([16.0, -3.0], index=PARKS)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "area_in_mu": ((BASE,), {"unit": "hectare"}),
    "per_mu": ((AMOUNTS, BASE), {"unit": "square_metre"}),
    "per_job": ((AMOUNTS, BASE), {}),
    "per_firm": ((AMOUNTS, BASE), {}),
    "pipeline_conversion": ((STAGES,), {}),
    "leverage": ((AMOUNTS["output"], BASE), {}),
    "output_investment_ratio": ((AMOUNTS["tax"], BASE), {}),
    "phase_equivalent": ((AMOUNTS["tax"], BASE, 4), {}),
    "spend_decomposition": ((RATES, RATES / 2), {}),
    "spend_per_visit": ((AMOUNTS["tax"], BASE), {"visits_step": BASE / 100}),
}
