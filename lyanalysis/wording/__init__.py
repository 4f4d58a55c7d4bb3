"""Numbers and sentences in two languages: everything a report says about a figure.

A sentence with a number or a direction is made here from the numbers it talks about, so that it
is true for every region and year. Nothing here knows a city. Sentences stand in one module a
question, the words for codes and exhibits in :mod:`lyanalysis.wording.texts`.
"""

from lyanalysis.wording.drivers import describe_drivers, explain_driver_figure
from lyanalysis.wording.methods import describe_methods, method_sections, method_title
from lyanalysis.wording.milestones import describe_milestones, list_milestones
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
from lyanalysis.wording.old_part import describe_margins, describe_old_part, describe_profit
from lyanalysis.wording.scorecard import describe_card, describe_gaps
from lyanalysis.wording.starting_point import (
    describe_growth,
    describe_levels,
    describe_share_of_above,
    name_breaks,
)
from lyanalysis.wording.structure import (
    describe_pull,
    describe_sector_shares,
    describe_speed,
)
from lyanalysis.wording.summary import summarise
from lyanalysis.wording.texts import CODED_COLUMNS
from lyanalysis.wording.updates import describe_updates, list_updates

__all__ = [
    "CODED_COLUMNS",
    "MISSING",
    "ExhibitText",
    "Prose",
    "claims_line",
    "describe_card",
    "describe_drivers",
    "describe_gaps",
    "describe_growth",
    "describe_levels",
    "describe_margins",
    "describe_methods",
    "describe_milestones",
    "describe_old_part",
    "describe_profit",
    "describe_pull",
    "describe_sector_shares",
    "describe_share_of_above",
    "describe_speed",
    "describe_updates",
    "direction_of",
    "exhibit_text",
    "explain_driver_figure",
    "join",
    "join_codes",
    "list_milestones",
    "list_updates",
    "method_sections",
    "method_title",
    "name_breaks",
    "number",
    "quantity",
    "summarise",
    "term",
]
