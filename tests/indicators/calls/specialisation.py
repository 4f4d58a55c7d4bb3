from __future__ import annotations

from typing import Any

import pandas as pd

ROWS = pd.MultiIndex.from_product(
    [["410300", "410200", "410400"], [2024, 2023]], names=["region_code", "year"]
)
LEVELS = pd.DataFrame(
    {"a": [5.0, 6.0, 0.0, 2.0, 9.0, 9.5], "b": [7.0, 7.0, 1.0, None, 4.0, 3.0]}, index=ROWS
).assign(c=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
TOTAL = LEVELS.sum(axis=1) + 1.0
NATION = pd.DataFrame(
    {"c": [60.0, 50.0], "b": [90.0, 80.0], "a": [70.0, 0.0]}, index=pd.Index([2023, 2024])
)
NATION_TOTAL = NATION.sum(axis=1) + 2.0
COUNTS = LEVELS.assign(a=[5, 6, 0, 2, 9, 9], b=[7, 7, 1, 0, 4, 3])
HEADS = pd.Series({"b": 3.0, "a": 1.0, "c": 0.0})
GROUPS = pd.Series({"c": "x", "a": "y", "b": "x"})

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "location_quotient": (
        (LEVELS,),
        {"reference": NATION, "total": TOTAL, "reference_total": NATION_TOTAL, "least_level": 2.0},
    ),
    "location_quotient_difference": ((LEVELS,), {}),
    "location_account": ((LEVELS,), {"reference": NATION, "total": TOTAL}),
    "location_quotient_interval": ((COUNTS,), {"confidence": 0.9}),
    "krugman_specialisation": ((LEVELS,), {"reference": "rest"}),
    "hoover": ((LEVELS,), {"reference": NATION}),
    "inequality_account": ((LEVELS,), {"population": LEVELS, "groups": GROUPS}),
    "herfindahl": ((LEVELS,), {}),
    "concentration_ratio": ((LEVELS,), {"largest": [1, 2]}),
    "gini": ((LEVELS,), {"weights": HEADS}),
    "gini_of_specialisation": ((LEVELS,), {"reference": HEADS + 1}),
    "gini_of_concentration": ((LEVELS,), {"reference": TOTAL}),
    "theil_t": ((LEVELS,), {}),
    "theil_l": ((LEVELS,), {"weights": HEADS}),
    "theil_decomposition": ((LEVELS, GROUPS), {"weights": HEADS}),
    "theil_by_group": ((LEVELS, GROUPS), {"measure": "l"}),
    "theil_permutation": ((LEVELS, GROUPS), {"draws": 19, "seed": 3}),
    "dagum": ((LEVELS, GROUPS), {"weights": HEADS}),
    "dagum_pairs": ((LEVELS, GROUPS), {}),
}
