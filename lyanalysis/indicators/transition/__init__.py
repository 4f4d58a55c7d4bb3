"""An index of the shift between drivers where the data carry one, and nothing where they do not.

The functions build on :mod:`~lyanalysis.indicators.composite`,
:mod:`~lyanalysis.indicators.coordination` and :mod:`~lyanalysis.indicators.outlook`, some of which
refuse gaps; these ask first what is there. A refusal is a result without rows, or NaN with a flag,
so that a report goes on and can say what is missing. Nothing is ever filled.
"""

from __future__ import annotations

from lyanalysis.indicators.transition._admission import complete_rows, index_scores
from lyanalysis.indicators.transition._coupled import coupled_systems
from lyanalysis.indicators.transition._derived import (
    ENERGY,
    GOALS,
    derive_indicators,
    energy_decoupling,
)
from lyanalysis.indicators.transition._over_time import (
    Outlook,
    catch_up,
    edition_contributions,
    look_ahead,
    own_index,
)
from lyanalysis.indicators.transition._ranks import (
    rank_by_method,
    rank_drivers,
    rank_intervals,
    ranks_without,
)

__all__ = [
    "ENERGY",
    "GOALS",
    "Outlook",
    "catch_up",
    "complete_rows",
    "coupled_systems",
    "derive_indicators",
    "edition_contributions",
    "energy_decoupling",
    "index_scores",
    "look_ahead",
    "own_index",
    "rank_by_method",
    "rank_drivers",
    "rank_intervals",
    "ranks_without",
]
