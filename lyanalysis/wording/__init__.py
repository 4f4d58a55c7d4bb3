"""Numbers and sentences in two languages: everything a report says about a figure.

A sentence with a number or a direction is made here from the numbers it talks about, so that it
is true for every region and year. Nothing here knows a city. Sentences stand in one module a
question, the words for codes and exhibits in :mod:`lyanalysis.wording.texts`.
"""

from lyanalysis.wording.compared_structure import (
    describe_aggregate,
    describe_unit_structure,
    describe_upgrading,
)
from lyanalysis.wording.comparison import (
    describe_growth_tiles,
    describe_ranks,
    describe_scale_growth,
)
from lyanalysis.wording.convergence import describe_convergence, describe_spread
from lyanalysis.wording.drivers import describe_drivers, explain_driver_figure
from lyanalysis.wording.methods import describe_methods, method_sections, method_title
from lyanalysis.wording.mobility import describe_inequality, describe_mobility, name_classes
from lyanalysis.wording.numbers import (
    MISSING,
    ExhibitText,
    Prose,
    claims_line,
    direction_of,
    exhibit_text,
    join,
    join_codes,
    number,
    quantity,
    term,
)
from lyanalysis.wording.stories import describe_stories, tell_figures, tell_stories
from lyanalysis.wording.structure import (
    describe_pull,
    describe_sector_shares,
    describe_speed,
)
from lyanalysis.wording.summary import summarise
from lyanalysis.wording.texts import CODED_COLUMNS

__all__ = [
    "CODED_COLUMNS",
    "MISSING",
    "ExhibitText",
    "Prose",
    "claims_line",
    "describe_aggregate",
    "describe_convergence",
    "describe_drivers",
    "describe_growth_tiles",
    "describe_inequality",
    "describe_methods",
    "describe_mobility",
    "describe_pull",
    "describe_ranks",
    "describe_scale_growth",
    "describe_sector_shares",
    "describe_speed",
    "describe_spread",
    "describe_stories",
    "describe_unit_structure",
    "describe_upgrading",
    "direction_of",
    "exhibit_text",
    "explain_driver_figure",
    "join",
    "join_codes",
    "method_sections",
    "method_title",
    "name_classes",
    "number",
    "quantity",
    "summarise",
    "tell_figures",
    "tell_stories",
    "term",
]
