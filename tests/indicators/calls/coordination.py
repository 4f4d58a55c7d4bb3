from __future__ import annotations

from typing import Any

import pandas as pd

REGIONS = pd.Index(["410300", "410200"], name="region_code")
SYSTEMS = pd.DataFrame(
    {"industry": [0.4, 0.0], "space": [0.6, 0.2], "talent": [0.5, None]}, index=REGIONS
)
WEIGHTS = pd.Series({"talent": 0.5, "industry": 0.3, "space": 0.2})
GROUPS = pd.Series({"talent": "people", "industry": "economy", "space": "economy"})
COURSES = pd.DataFrame(
    {"a": [1.0, 2.0, 3.0], "b": [2.0, 3.0, 1.0]}, index=pd.Index([2021, 2022, 2023], name="year")
)
REFERENCE = pd.Series([1.0, 2.0, 4.0], index=COURSES.index)
PRESSURE = pd.DataFrame({"energy": [2.0, -3.0], "water": [None, 0.0]}, index=REGIONS)
GROWTH = pd.Series([5.0, 0.0], index=REGIONS)
PANEL = pd.Series(
    [100.0, 103.0, 50.0],
    index=pd.MultiIndex.from_tuples(
        [("A", 2021), ("A", 2022), ("B", 2022)], names=["region_code", "year"]
    ),
)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "coupling": ((SYSTEMS,), {"form": "modified"}),
    "coupling_coordination": ((SYSTEMS,), {"weights": WEIGHTS}),
    "coordination_grades": ((), {}),
    "obstacle_degree": ((SYSTEMS, WEIGHTS), {"groups": GROUPS}),
    "grey_relational_coefficients": ((COURSES, REFERENCE), {"image": "mean"}),
    "grey_relational_grade": ((COURSES, REFERENCE), {"distinguishing": 0.3}),
    "decoupling": ((PRESSURE, GROWTH), {}),
    "decoupling_from_levels": ((PANEL, PANEL * 2), {}),
    "decoupling_states": ((), {}),
}
