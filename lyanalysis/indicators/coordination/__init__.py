"""Do systems develop together: coupling, obstacles, grey relation, and decoupling.

Development levels, coupling and grey relation are on a scale of 0 to 1; obstacle degrees and
growth rates are in percent. Rows are any labels (regions, years), columns the systems, indicators
or sequences; a 1-D sequence is one row. A missing system or indicator leaves its row NaN; a change
is never taken over a missing year.
"""

from __future__ import annotations

from lyanalysis.indicators.coordination._coupling import (
    coordination_grades,
    coupling,
    coupling_coordination,
)
from lyanalysis.indicators.coordination._grey import (
    grey_relational_coefficients,
    grey_relational_grade,
)
from lyanalysis.indicators.coordination._obstacle import obstacle_degree
from lyanalysis.indicators.coordination._tapio import (
    decoupling,
    decoupling_from_levels,
    decoupling_states,
)

__all__ = [
    "coordination_grades",
    "coupling",
    "coupling_coordination",
    "decoupling",
    "decoupling_from_levels",
    "decoupling_states",
    "grey_relational_coefficients",
    "grey_relational_grade",
    "obstacle_degree",
]
