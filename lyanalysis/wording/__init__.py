"""Numbers and sentences in two languages: everything a report says about a figure.

A sentence with a number or a direction is made here from the numbers it talks about, so that it
is true for every region and year. Nothing here knows a city. Sentences stand in one module a
question, the words for codes and exhibits in :mod:`lyanalysis.wording.texts`.
"""

from lyanalysis.wording.clusters import (
    describe_concentration,
    describe_frames,
    describe_pipeline,
    tabulate_beside,
    tabulate_checks,
)
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
from lyanalysis.wording.structure import (
    describe_pull,
    describe_sector_shares,
    describe_speed,
)
from lyanalysis.wording.summary import summarise
from lyanalysis.wording.texts import CODED_COLUMNS
from lyanalysis.wording.trades import (
    describe_location,
    describe_overlap,
    describe_shift_share,
)

__all__ = [
    "CODED_COLUMNS",
    "MISSING",
    "ExhibitText",
    "Prose",
    "claims_line",
    "describe_concentration",
    "describe_drivers",
    "describe_frames",
    "describe_location",
    "describe_methods",
    "describe_overlap",
    "describe_pipeline",
    "describe_pull",
    "describe_sector_shares",
    "describe_shift_share",
    "describe_speed",
    "direction_of",
    "exhibit_text",
    "explain_driver_figure",
    "join",
    "join_codes",
    "method_sections",
    "method_title",
    "number",
    "quantity",
    "summarise",
    "tabulate_beside",
    "tabulate_checks",
    "term",
]
