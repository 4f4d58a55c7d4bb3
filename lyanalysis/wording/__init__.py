"""Numbers and sentences in two languages: everything a report says about a figure.

A sentence with a number or a direction is made here from the numbers it talks about, so that it
is true for every region and year. Nothing here knows a city. Sentences stand in one module a
question, the words for codes and exhibits in :mod:`lyanalysis.wording.texts`.
"""

from lyanalysis.wording.checks import (
    check_table,
    describe_checks,
    describe_tests,
    placement_labels,
    tested_table,
    text_check_table,
)
from lyanalysis.wording.claims import (
    COMPARED,
    MATCHED,
    describe_evidence,
    describe_matches,
    describe_voices,
    lesson_table,
    published_table,
    risk_table,
    voices_table,
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
    name_codes,
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
from lyanalysis.wording.targets import (
    describe_progress,
    describe_targets,
    expectation_table,
    plan_table,
    progress_labels,
    target_table,
)
from lyanalysis.wording.texts import CODED_COLUMNS

__all__ = [
    "CODED_COLUMNS",
    "COMPARED",
    "MATCHED",
    "MISSING",
    "ExhibitText",
    "Prose",
    "check_table",
    "claims_line",
    "describe_checks",
    "describe_drivers",
    "describe_evidence",
    "describe_matches",
    "describe_methods",
    "describe_progress",
    "describe_pull",
    "describe_sector_shares",
    "describe_series",
    "describe_speed",
    "describe_targets",
    "describe_tests",
    "describe_voices",
    "direction_of",
    "exhibit_text",
    "expectation_table",
    "explain_driver_figure",
    "join",
    "join_codes",
    "lesson_table",
    "method_sections",
    "method_title",
    "name_breaks",
    "name_codes",
    "number",
    "placement_labels",
    "plan_table",
    "progress_labels",
    "published_table",
    "quantity",
    "risk_table",
    "summarise",
    "target_table",
    "term",
    "tested_table",
    "text_check_table",
    "voices_table",
]
