"""Whether regions come closer to each other, and how they move between classes.

Frames have one row a year and one column a region; the index holds years as whole numbers, in any
order. Growth, slopes and speeds are fractions of 1 a year (log points), probabilities and shares
0 to 1. A year in which a region is missing has no spread, and a change is never taken over a
missing year.
"""

from __future__ import annotations

from lyanalysis.indicators.dynamics._beta import beta_convergence, convergence_speed
from lyanalysis.indicators.dynamics._beta_panel import beta_convergence_panel
from lyanalysis.indicators.dynamics._chain import (
    ergodic_distribution,
    mean_first_passage_times,
    mobility,
)
from lyanalysis.indicators.dynamics._classes import ClassAccount, class_account
from lyanalysis.indicators.dynamics._heads import PerHead, gdp_per_head, spread_at_both_prices
from lyanalysis.indicators.dynamics._markov import (
    Transitions,
    classify,
    markov_transition,
    transition_probabilities,
)
from lyanalysis.indicators.dynamics._panel_ends import (
    Convergence,
    balanced_panel,
    convergence_account,
)
from lyanalysis.indicators.dynamics._sigma import sigma_convergence, sigma_trend

__all__ = [
    "ClassAccount",
    "Convergence",
    "PerHead",
    "Transitions",
    "balanced_panel",
    "beta_convergence",
    "beta_convergence_panel",
    "class_account",
    "classify",
    "convergence_account",
    "convergence_speed",
    "ergodic_distribution",
    "gdp_per_head",
    "markov_transition",
    "mean_first_passage_times",
    "mobility",
    "sigma_convergence",
    "sigma_trend",
    "spread_at_both_prices",
    "transition_probabilities",
]
