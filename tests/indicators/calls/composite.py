from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.indicators import composite

REGIONS = ["410300", "410200", "410100"]
ROWS = pd.MultiIndex.from_product([REGIONS, [2022, 2023]], names=["region_code", "year"])
DATA = pd.DataFrame(
    {
        "patents": [10.0, 12.0, 4.0, 5.0, 30.0, 41.0],
        "exports": [3.0, 2.0, 5.0, 6.0, 2.0, 9.0],
        "energy": [8.0, 7.0, 9.0, 9.5, 4.0, 3.0],
    },
    index=ROWS,
)
GAPS = DATA.mask(DATA > 10)
OUTLIER = pd.DataFrame({"a": [*range(1, 11), 100.0], "b": [1.0, None, *range(9)]})
TABLE = pd.DataFrame(
    {"pillar": ["new", "new", "old"], "direction": [1, 1, -1], "weight": [2, 1, 1]},
    index=pd.Index(DATA.columns, name="variable"),
)
FRAMEWORK = composite.pillar_framework(TABLE)
GROUPS = pd.Series(["centre", "east", "centre"], REGIONS)
YEAR = DATA.xs(2023, level="year")
SCORES = composite.aggregate(DATA, FRAMEWORK)
FEW = {"normalisations": ["min_max", "rank"], "data_error": 5.0}
WEIGHTS = pd.Series([0.4, 0.4, 0.2], DATA.columns)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    # framework
    "effective_weights": ((FRAMEWORK,), {}),
    "flat_framework": ((DATA.columns,), {"direction": TABLE["direction"]}),
    "pillar_framework": ((TABLE,), {}),
    # treatment
    "treat_outliers": ((OUTLIER,), {}),
    # imputation
    "coverage": ((GAPS,), {}),
    "impute": ((GAPS,), {"method": "group_mean", "groups": GROUPS}),
    # normalisation
    "normalise": ((GAPS,), {"direction": TABLE["direction"], "over": 2022}),
    # fixed_base
    "fixed_base_index": (
        (DATA,),
        {"framework": FRAMEWORK, "base_year": 2022, "inverse": "reciprocal"},
    ),
    "growth_contribution_of_subindices": ((DATA, WEIGHTS), {}),
    "level_share": ((DATA, WEIGHTS), {}),
    "weighted_total": ((DATA, WEIGHTS), {}),
    # weights
    "critic_weights": ((DATA,), {"direction": TABLE["direction"]}),
    "entropy_weights": ((DATA,), {"shift": 0.01}),
    "equal_weights": ((DATA,), {}),
    "pca_weights": ((DATA,), {}),
    "principal_components": ((DATA,), {}),
    "with_weights": ((FRAMEWORK[["weight", "direction", "parent"]], WEIGHTS), {}),
    # aggregation
    "aggregate": ((GAPS, FRAMEWORK), {"least_share_observed": 50.0}),
    "observed_weight": ((GAPS, FRAMEWORK), {}),
    "topsis": ((DATA, WEIGHTS), {"direction": TABLE["direction"]}),
    # comparison
    "attribute_shift": ((DATA, FRAMEWORK, composite.flat_framework(DATA.columns)), {}),
    "compare_scores": ((SCORES["index"], SCORES["new"]), {}),
    "rank_scores": ((SCORES,), {}),
    # robustness
    "leave_one_out": ((DATA, FRAMEWORK), {"aggregates": True}),
    "rank_sensitivity": ((YEAR, FRAMEWORK), {"samples": 16, **FEW}),
    "rank_uncertainty": ((YEAR, FRAMEWORK), {"draws": 50, **FEW}),
}
