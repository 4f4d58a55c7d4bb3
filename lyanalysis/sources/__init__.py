"""Loaders: read published figures, check them, return them with the source of each."""

from lyanalysis.sources.accounts import (
    SECTOR_GROWTH,
    SECTOR_SHARES,
    SECTORS,
    covered_years,
    load_accounts,
    newest_accounts,
    newest_complete_year,
)
from lyanalysis.sources.article import (
    count_checks,
    count_evidence,
    count_matches,
    load_region_checks,
    load_region_claims,
    split_rows,
    trace_claims,
)
from lyanalysis.sources.beside import EARLIEST_YEAR, regions_beside
from lyanalysis.sources.checks import load_check_inputs, load_checks
from lyanalysis.sources.claim_table import Claimed, load_claimed
from lyanalysis.sources.claims import claim_beside_published, load_claims, match_claims
from lyanalysis.sources.conflicts import list_conflicts
from lyanalysis.sources.contracts import check_data
from lyanalysis.sources.industry import AGGREGATE_SERIES, AGGREGATES, load_industry_aggregates
from lyanalysis.sources.inventory import list_breaks, list_series
from lyanalysis.sources.lessons import load_lessons
from lyanalysis.sources.national import load_national_employment, load_national_input_output
from lyanalysis.sources.new_drivers import (
    load_division_sources,
    load_divisions,
    load_new_driver_index,
)
from lyanalysis.sources.observations import read_breaks, read_observations
from lyanalysis.sources.overview import coverage, list_source_use, list_variables, show_values
from lyanalysis.sources.panel import load_panel
from lyanalysis.sources.series import load_series
from lyanalysis.sources.targets import (
    ASSESSED,
    count_targets,
    load_plan_figures,
    load_targets,
)
from lyanalysis.sources.windows import windows
from lyanalysis.sources.within_year import load_within_year

__all__ = [
    "AGGREGATES",
    "AGGREGATE_SERIES",
    "ASSESSED",
    "EARLIEST_YEAR",
    "SECTORS",
    "SECTOR_GROWTH",
    "SECTOR_SHARES",
    "Claimed",
    "check_data",
    "claim_beside_published",
    "count_checks",
    "count_evidence",
    "count_matches",
    "count_targets",
    "coverage",
    "covered_years",
    "list_breaks",
    "list_conflicts",
    "list_series",
    "list_source_use",
    "list_variables",
    "load_accounts",
    "load_check_inputs",
    "load_checks",
    "load_claimed",
    "load_claims",
    "load_division_sources",
    "load_divisions",
    "load_industry_aggregates",
    "load_lessons",
    "load_national_employment",
    "load_national_input_output",
    "load_new_driver_index",
    "load_panel",
    "load_plan_figures",
    "load_region_checks",
    "load_region_claims",
    "load_series",
    "load_targets",
    "load_within_year",
    "match_claims",
    "newest_accounts",
    "newest_complete_year",
    "read_breaks",
    "read_observations",
    "regions_beside",
    "show_values",
    "split_rows",
    "trace_claims",
    "windows",
]
