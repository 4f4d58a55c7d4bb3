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
    tabulate_facts,
    tabulate_sizes,
)
from lyanalysis.wording.chains import (
    describe_before_after,
    describe_chains,
    describe_claims,
    tabulate_before_after,
    tabulate_chains,
)
from lyanalysis.wording.checks import (
    check_table,
    describe_checks,
    describe_tests,
    placement_labels,
    quantity_table,
    text_check_table,
)
from lyanalysis.wording.claims import (
    describe_evidence,
    describe_matches,
    describe_voices,
    lesson_table,
    published_table,
    risk_table,
)
from lyanalysis.wording.clusters import (
    describe_concentration,
    describe_frames,
    describe_pipeline,
    tabulate_beside,
    tabulate_frames,
)
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
from lyanalysis.wording.coordination import describe_coupling, describe_decoupling
from lyanalysis.wording.data_annex import describe_series, name_broken_series
from lyanalysis.wording.dated import describe_dated, describe_digital, tabulate_dated
from lyanalysis.wording.drivers import describe_drivers, explain_driver_figure
from lyanalysis.wording.firms import describe_funds, describe_hightech, describe_patents
from lyanalysis.wording.innovation import (
    describe_contracts,
    describe_rd_across,
    describe_rd_expenditure,
    describe_rd_intensity,
)
from lyanalysis.wording.methods import describe_methods, method_sections, method_title
from lyanalysis.wording.milestones import describe_milestones, list_milestones
from lyanalysis.wording.mobility import describe_inequality, describe_mobility
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
from lyanalysis.wording.old_part import describe_margins, describe_old_part, describe_profit
from lyanalysis.wording.outlook import describe_catch_up, describe_outlook, name_methods
from lyanalysis.wording.own_index import describe_editions, describe_own_index, describe_three_new
from lyanalysis.wording.requirements import tabulate_requirements
from lyanalysis.wording.scorecard import describe_card, describe_gaps
from lyanalysis.wording.space import describe_investment, describe_property, describe_towns
from lyanalysis.wording.starting_point import (
    describe_growth,
    describe_levels,
    describe_share_of_above,
    name_break_kinds,
)
from lyanalysis.wording.stories import describe_stories, tell_figures, tell_stories
from lyanalysis.wording.structure import describe_pull, describe_sector_shares, describe_speed
from lyanalysis.wording.summary import summarise
from lyanalysis.wording.targets import (
    describe_progress,
    describe_targets,
    expectation_table,
    target_table,
)
from lyanalysis.wording.texts import CARD_EVIDENCE, CODED_COLUMNS
from lyanalysis.wording.tourism import describe_spend, describe_tourism, set_beside
from lyanalysis.wording.trades import describe_location, describe_overlap, describe_shift_share
from lyanalysis.wording.transition import (
    describe_index_coverage,
    describe_index_ranks,
    describe_rank_drivers,
    index_admission,
    index_framework,
    name_choices,
)
from lyanalysis.wording.updates import describe_updates, list_updates

__all__ = [
    "CARD_EVIDENCE",
    "CODED_COLUMNS",
    "MISSING",
    "ExhibitText",
    "Prose",
    "check_table",
    "claims_line",
    "describe_aggregate",
    "describe_before_after",
    "describe_card",
    "describe_catch_up",
    "describe_chains",
    "describe_checks",
    "describe_claims",
    "describe_concentration",
    "describe_contracts",
    "describe_convergence",
    "describe_coupling",
    "describe_dated",
    "describe_decoupling",
    "describe_digital",
    "describe_drivers",
    "describe_editions",
    "describe_evidence",
    "describe_facts",
    "describe_frames",
    "describe_funds",
    "describe_gaps",
    "describe_growth",
    "describe_growth_tiles",
    "describe_hightech",
    "describe_index_coverage",
    "describe_index_ranks",
    "describe_inequality",
    "describe_investment",
    "describe_levels",
    "describe_location",
    "describe_margins",
    "describe_matches",
    "describe_methods",
    "describe_milestones",
    "describe_mobility",
    "describe_old_part",
    "describe_outlook",
    "describe_overlap",
    "describe_own_index",
    "describe_patents",
    "describe_pipeline",
    "describe_profit",
    "describe_progress",
    "describe_property",
    "describe_pull",
    "describe_rank_drivers",
    "describe_ranks",
    "describe_rd_across",
    "describe_rd_expenditure",
    "describe_rd_intensity",
    "describe_scale_growth",
    "describe_sector_shares",
    "describe_series",
    "describe_share_of_above",
    "describe_shift_share",
    "describe_sizes",
    "describe_speed",
    "describe_spend",
    "describe_spread",
    "describe_stories",
    "describe_targets",
    "describe_tests",
    "describe_three_new",
    "describe_tourism",
    "describe_towns",
    "describe_unit_structure",
    "describe_updates",
    "describe_upgrading",
    "describe_voices",
    "describe_yields",
    "direction_of",
    "exhibit_text",
    "expectation_table",
    "explain_driver_figure",
    "index_admission",
    "index_framework",
    "join",
    "join_codes",
    "lesson_table",
    "list_milestones",
    "list_updates",
    "method_sections",
    "method_title",
    "name_break_kinds",
    "name_broken_series",
    "name_choices",
    "name_codes",
    "name_methods",
    "number",
    "placement_labels",
    "published_table",
    "quantity",
    "quantity_table",
    "risk_table",
    "set_beside",
    "summarise",
    "tabulate_before_after",
    "tabulate_beside",
    "tabulate_cases",
    "tabulate_chains",
    "tabulate_dated",
    "tabulate_facts",
    "tabulate_frames",
    "tabulate_requirements",
    "tabulate_sizes",
    "target_table",
    "tell_figures",
    "tell_stories",
    "term",
    "text_check_table",
]
