"""What land, jobs, firms, projects and visits yield.

Amounts are 0 or more in units that the caller states, quotients in the unit of the numerator for
one of the denominator, conversion and growth in percent. Rows are any labels (parks, regions,
years). A zero denominator gives NaN. Planned figures belong beside planned ones and actual beside
actual: what is passed in cannot show which they are.
"""

from __future__ import annotations

from lyanalysis.indicators.space._land import (
    SQUARE_METRES_PER_MU,
    area_in_mu,
    per_firm,
    per_job,
    per_mu,
)
from lyanalysis.indicators.space._pipeline import (
    leverage,
    output_investment_ratio,
    phase_equivalent,
    pipeline_conversion,
)
from lyanalysis.indicators.space._visits import spend_decomposition, spend_per_visit

__all__ = [
    "SQUARE_METRES_PER_MU",
    "area_in_mu",
    "leverage",
    "output_investment_ratio",
    "per_firm",
    "per_job",
    "per_mu",
    "phase_equivalent",
    "pipeline_conversion",
    "spend_decomposition",
    "spend_per_visit",
]
