"""Composite indices: from a table of indicators to scores that can be taken apart again.

The steps are functions of their own, in the order of the handbook of OECD and JRC: a framework
(which indicator stands where, with what direction and weight), the treatment of outliers and of
gaps, normalisation, weights, aggregation, comparison and robustness of ranks; besides, TOPSIS and
the fixed-base index after the National Bureau of Statistics.

Rows are regions, or regions by years (index level "year"); columns are indicators. Missing stays
missing unless it is filled by a rule that is asked for, and what is changed is flagged.
"""

from __future__ import annotations

from lyanalysis.indicators.composite.aggregation import aggregate, observed_weight
from lyanalysis.indicators.composite.comparison import (
    attribute_shift,
    compare_scores,
    rank_scores,
)
from lyanalysis.indicators.composite.fixed_base import (
    GrowthContribution,
    fixed_base_index,
    growth_contribution_of_subindices,
    level_share,
    weighted_total,
)
from lyanalysis.indicators.composite.framework import (
    effective_weights,
    flat_framework,
    pillar_framework,
)
from lyanalysis.indicators.composite.imputation import Imputed, coverage, impute
from lyanalysis.indicators.composite.normalisation import normalise
from lyanalysis.indicators.composite.robustness import (
    leave_one_out,
    rank_sensitivity,
    rank_uncertainty,
)
from lyanalysis.indicators.composite.topsis import topsis
from lyanalysis.indicators.composite.treatment import Treated, treat_outliers
from lyanalysis.indicators.composite.weights import (
    PrincipalComponents,
    critic_weights,
    entropy_weights,
    equal_weights,
    pca_weights,
    principal_components,
    with_weights,
)

__all__ = [
    "GrowthContribution",
    "Imputed",
    "PrincipalComponents",
    "Treated",
    "aggregate",
    "attribute_shift",
    "compare_scores",
    "coverage",
    "critic_weights",
    "effective_weights",
    "entropy_weights",
    "equal_weights",
    "fixed_base_index",
    "flat_framework",
    "growth_contribution_of_subindices",
    "impute",
    "leave_one_out",
    "level_share",
    "normalise",
    "observed_weight",
    "pca_weights",
    "pillar_framework",
    "principal_components",
    "rank_scores",
    "rank_sensitivity",
    "rank_uncertainty",
    "topsis",
    "treat_outliers",
    "weighted_total",
    "with_weights",
]
