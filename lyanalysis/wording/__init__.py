"""Numbers and sentences in two languages: everything a report says about a figure.

A sentence with a number or a direction is made here from the numbers it talks about, so that it
is true for every region and year. Nothing here knows a city. Sentences stand in one module a
question, the words for codes and exhibits in :mod:`lyanalysis.wording.texts`.
"""

from lyanalysis.wording.coordination import describe_coupling, describe_decoupling
from lyanalysis.wording.drivers import describe_drivers, explain_driver_figure
from lyanalysis.wording.methods import describe_methods, method_sections, method_title
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
from lyanalysis.wording.outlook import (
    describe_catch_up,
    describe_editions,
    describe_outlook,
    describe_own_index,
    describe_three_new,
    name_methods,
)
from lyanalysis.wording.structure import (
    describe_pull,
    describe_sector_shares,
    describe_speed,
)
from lyanalysis.wording.summary import summarise
from lyanalysis.wording.texts import CODED_COLUMNS
from lyanalysis.wording.transition import (
    describe_index_coverage,
    describe_rank_drivers,
    describe_ranks,
    index_admission,
    index_framework,
    name_choices,
)

__all__ = [
    "CODED_COLUMNS",
    "MISSING",
    "ExhibitText",
    "Prose",
    "claims_line",
    "describe_catch_up",
    "describe_coupling",
    "describe_decoupling",
    "describe_drivers",
    "describe_editions",
    "describe_index_coverage",
    "describe_methods",
    "describe_outlook",
    "describe_own_index",
    "describe_pull",
    "describe_rank_drivers",
    "describe_ranks",
    "describe_sector_shares",
    "describe_speed",
    "describe_three_new",
    "direction_of",
    "exhibit_text",
    "explain_driver_figure",
    "index_admission",
    "index_framework",
    "join",
    "join_codes",
    "method_sections",
    "method_title",
    "name_choices",
    "name_methods",
    "number",
    "quantity",
    "summarise",
    "term",
]
