"""Loaders: read published figures, check them, return them with the source of each."""

from lyanalysis.sources.account_levels import list_gdp_breaks, load_gdp_beside_above
from lyanalysis.sources.accounts import (
    SECTOR_GROWTH,
    SECTOR_SHARES,
    SECTORS,
    covered_years,
    load_accounts,
    newest_accounts,
    newest_complete_year,
    years_by_region,
)
from lyanalysis.sources.article import (
    count_evidence,
    count_matches,
    load_region_claims,
    split_rows,
    trace_claims,
)
from lyanalysis.sources.beside import EARLIEST_YEAR, regions_around, regions_beside
from lyanalysis.sources.cases import FACTS, load_cases
from lyanalysis.sources.chain_cases import load_chain_cases
from lyanalysis.sources.checks import load_check_inputs, load_checks
from lyanalysis.sources.claim_table import Claimed, load_claimed
from lyanalysis.sources.claims import claim_beside_published, load_claims, match_claims
from lyanalysis.sources.clusters import (
    load_claimed_and_published,
    load_pipelines,
    load_sector_frames,
)
from lyanalysis.sources.compared import (
    load_tile_grid,
    provinces_of,
    regions_compared,
    units_compared,
)
from lyanalysis.sources.conflicts import list_conflicts, list_readings
from lyanalysis.sources.contracts import check_data
from lyanalysis.sources.framework import (
    list_cities,
    load_framework,
    load_index_inputs,
    since_last_break,
)
from lyanalysis.sources.industry import AGGREGATE_SERIES, AGGREGATES, load_industry_aggregates
from lyanalysis.sources.inventory import list_breaks, list_series
from lyanalysis.sources.lessons import load_lessons
from lyanalysis.sources.milestones import load_milestones
from lyanalysis.sources.national import load_national_employment, load_national_input_output
from lyanalysis.sources.new_drivers import (
    SUBINDEX_WEIGHTS,
    count_shared_divisions,
    load_division_sources,
    load_divisions,
    load_editions,
    load_new_driver_index,
)
from lyanalysis.sources.observations import read_breaks, read_observations
from lyanalysis.sources.overview import coverage, list_source_use, list_variables, show_values
from lyanalysis.sources.panel import load_panel, years_after_breaks
from lyanalysis.sources.people import INVESTMENT, PEOPLE, load_people
from lyanalysis.sources.region_checks import checks_about, count_checks, load_region_checks
from lyanalysis.sources.region_claims import load_before_after, match_region_claims
from lyanalysis.sources.sectors_beside import load_sectors_beside
from lyanalysis.sources.series import load_series, newest_figures
from lyanalysis.sources.stories import load_peer_stories, load_story_figures
from lyanalysis.sources.targets import ASSESSED, count_targets, load_plan_figures, load_targets
from lyanalysis.sources.tourism import TOURISM, load_occasions, load_tourism
from lyanalysis.sources.trades import load_trades
from lyanalysis.sources.updates import UPDATE_SERIES, load_updates
from lyanalysis.sources.windows import windows
from lyanalysis.sources.within_year import load_dated, load_within_year

__all__ = [
    "AGGREGATES",
    "AGGREGATE_SERIES",
    "ASSESSED",
    "EARLIEST_YEAR",
    "FACTS",
    "INVESTMENT",
    "PEOPLE",
    "SECTORS",
    "SECTOR_GROWTH",
    "SECTOR_SHARES",
    "SUBINDEX_WEIGHTS",
    "TOURISM",
    "UPDATE_SERIES",
    "Claimed",
    "check_data",
    "checks_about",
    "claim_beside_published",
    "count_checks",
    "count_evidence",
    "count_matches",
    "count_shared_divisions",
    "count_targets",
    "coverage",
    "covered_years",
    "list_breaks",
    "list_cities",
    "list_conflicts",
    "list_gdp_breaks",
    "list_readings",
    "list_series",
    "list_source_use",
    "list_variables",
    "load_accounts",
    "load_before_after",
    "load_cases",
    "load_chain_cases",
    "load_check_inputs",
    "load_checks",
    "load_claimed",
    "load_claimed_and_published",
    "load_claims",
    "load_dated",
    "load_division_sources",
    "load_divisions",
    "load_editions",
    "load_framework",
    "load_gdp_beside_above",
    "load_index_inputs",
    "load_industry_aggregates",
    "load_lessons",
    "load_milestones",
    "load_national_employment",
    "load_national_input_output",
    "load_new_driver_index",
    "load_occasions",
    "load_panel",
    "load_peer_stories",
    "load_people",
    "load_pipelines",
    "load_plan_figures",
    "load_region_checks",
    "load_region_claims",
    "load_sector_frames",
    "load_sectors_beside",
    "load_series",
    "load_story_figures",
    "load_targets",
    "load_tile_grid",
    "load_tourism",
    "load_trades",
    "load_updates",
    "load_within_year",
    "match_claims",
    "match_region_claims",
    "newest_accounts",
    "newest_complete_year",
    "newest_figures",
    "provinces_of",
    "read_breaks",
    "read_observations",
    "regions_around",
    "regions_beside",
    "regions_compared",
    "show_values",
    "since_last_break",
    "split_rows",
    "trace_claims",
    "units_compared",
    "windows",
    "years_after_breaks",
    "years_by_region",
]
