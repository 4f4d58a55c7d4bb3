from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.indicators import scorecard

REGIONS = pd.Index(["410300", "410200"], name="region_code")
RATES = pd.DataFrame({"a": [3.0, 0.0], "b": [4.0, -9.0]}, index=REGIONS)
WINDOWS = pd.DataFrame(
    {"x": [60.0, 55.0, 52.0], "y": [40.0, 45.0, 48.0]},
    index=pd.MultiIndex.from_tuples(
        [("A", 2019, "2019–2020"), ("A", 2020, "2019–2020"), ("A", 2022, "2022")],
        names=["region_code", "year", "window"],
    ),
)
PUBLISHED = pd.DataFrame(
    5.0,
    index=pd.MultiIndex.from_product([["A"], [2019, 2020]], names=["region_code", "year"]),
    columns=scorecard.RATES,
)
LEVELS = pd.DataFrame(
    {"gdp": [100.0, 110.0], "va_primary": 10.0, "va_secondary": 40.0, "va_tertiary": [50.0, 60.0]},
    index=WINDOWS.index[:2],
)
MEASURES = scorecard.measure(LEVELS, PUBLISHED)
GRADES = PUBLISHED.astype(str).replace("5.0", "A")

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "growth_gap": ((PUBLISHED["gdp_growth_real"], PUBLISHED["hightech_mfg_growth"]), {}),
    "measure": ((LEVELS, PUBLISHED), {}),
    "compare": ((MEASURES,), {"region": "A", "beside": {}, "grades": [GRADES]}),
    "profile": ((LEVELS.assign(gdp_growth_real=5.0, population_resident=20.0),), {}),
    "inputs_used": (
        (scorecard.compare(MEASURES, region="A", beside={}, grades=[]), MEASURES, {"value": "A"}),
        {},
    ),
}
