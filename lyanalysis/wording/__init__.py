"""Numbers and sentences in two languages: everything a report says about a figure.

A sentence with a number or a direction is made here from the numbers it talks about, so that it
is true for every region and year. Nothing here knows a city. Sentences stand in one module a
question, the words for codes and exhibits in :mod:`lyanalysis.wording.texts`.
"""

from lyanalysis.wording.chains import (
    describe_before_after,
    describe_chains,
    describe_claims,
    tabulate_before_after,
    tabulate_chains,
    tabulate_checks,
    tabulate_claims,
)
from lyanalysis.wording.dated import (
    describe_dated,
    describe_digital,
    period_words,
    tabulate_dated,
)
from lyanalysis.wording.drivers import describe_drivers, explain_driver_figure
from lyanalysis.wording.firms import describe_funds, describe_hightech, describe_patents
from lyanalysis.wording.innovation import (
    describe_contracts,
    describe_rd_across,
    describe_rd_expenditure,
    describe_rd_intensity,
)
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

__all__ = [
    "CODED_COLUMNS",
    "MISSING",
    "ExhibitText",
    "Prose",
    "claims_line",
    "describe_before_after",
    "describe_chains",
    "describe_claims",
    "describe_contracts",
    "describe_dated",
    "describe_digital",
    "describe_drivers",
    "describe_funds",
    "describe_hightech",
    "describe_methods",
    "describe_patents",
    "describe_pull",
    "describe_rd_across",
    "describe_rd_expenditure",
    "describe_rd_intensity",
    "describe_sector_shares",
    "describe_speed",
    "direction_of",
    "exhibit_text",
    "explain_driver_figure",
    "join",
    "join_codes",
    "method_sections",
    "method_title",
    "number",
    "period_words",
    "quantity",
    "summarise",
    "tabulate_before_after",
    "tabulate_chains",
    "tabulate_checks",
    "tabulate_claims",
    "tabulate_dated",
    "term",
]
