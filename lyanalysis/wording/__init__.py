"""Numbers and sentences in two languages: everything a report says about a figure.

A sentence with a number or a direction is made here from the numbers it talks about, so that it
is true for every region and year. Nothing here knows a city. Sentences stand in one module a
question, the words for codes and exhibits in :mod:`lyanalysis.wording.texts`.
"""

from lyanalysis.wording.cases import (
    describe_facts,
    describe_sizes,
    describe_yields,
    tabulate_cases,
    tabulate_checks,
    tabulate_facts,
    tabulate_sizes,
)
from lyanalysis.wording.clusters import (
    describe_concentration,
    describe_frames,
    describe_pipeline,
    tabulate_beside,
    tabulate_pipeline_checks,
)
from lyanalysis.wording.data_annex import describe_series, name_breaks
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
from lyanalysis.wording.requirements import tabulate_needs, tabulate_requirements
from lyanalysis.wording.space import describe_investment, describe_property, describe_towns
from lyanalysis.wording.structure import describe_pull, describe_sector_shares, describe_speed
from lyanalysis.wording.summary import summarise
from lyanalysis.wording.texts import CARD_EVIDENCE, CODED_COLUMNS
from lyanalysis.wording.tourism import (
    describe_spend,
    describe_tourism,
    set_beside,
    tabulate_occasions,
)
from lyanalysis.wording.trades import describe_location, describe_overlap, describe_shift_share

__all__ = [
    "CARD_EVIDENCE",
    "CODED_COLUMNS",
    "MISSING",
    "ExhibitText",
    "Prose",
    "claims_line",
    "describe_concentration",
    "describe_drivers",
    "describe_facts",
    "describe_frames",
    "describe_investment",
    "describe_location",
    "describe_methods",
    "describe_overlap",
    "describe_pipeline",
    "describe_property",
    "describe_pull",
    "describe_sector_shares",
    "describe_series",
    "describe_shift_share",
    "describe_sizes",
    "describe_speed",
    "describe_spend",
    "describe_tourism",
    "describe_towns",
    "describe_yields",
    "direction_of",
    "exhibit_text",
    "explain_driver_figure",
    "join",
    "join_codes",
    "method_sections",
    "method_title",
    "name_breaks",
    "number",
    "quantity",
    "set_beside",
    "summarise",
    "tabulate_beside",
    "tabulate_cases",
    "tabulate_checks",
    "tabulate_facts",
    "tabulate_needs",
    "tabulate_occasions",
    "tabulate_pipeline_checks",
    "tabulate_requirements",
    "tabulate_sizes",
    "term",
]
