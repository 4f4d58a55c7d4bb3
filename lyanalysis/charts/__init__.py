"""Tidy frame in, matplotlib figure out: one visual style, no computation.

Charts stand in one module a chapter, what they share in :mod:`lyanalysis.charts.style`.
"""

from lyanalysis.charts.claims import (
    check_verdict_bars,
    evidence_panels,
    match_bars,
    placement_strips,
)
from lyanalysis.charts.clusters import growth_steps, location_panels, overlap_tiles, pipeline_funnel
from lyanalysis.charts.comparison import (
    aggregate_dots,
    scale_growth_scatter,
    upgrading_dots,
)
from lyanalysis.charts.convergence import convergence_scatter, spread_lines
from lyanalysis.charts.coverage import coverage_strip
from lyanalysis.charts.firms import fund_panels, hightech_panels
from lyanalysis.charts.innovation import (
    patent_panels,
    rd_across_dots,
    rd_expenditure_bars,
    rd_intensity_lines,
)
from lyanalysis.charts.multiples import structure_multiples
from lyanalysis.charts.outlook import edition_panels, fan_panels, own_index_lines, three_new_line
from lyanalysis.charts.space import case_matrix, investment_bars, region_bars, site_bars
from lyanalysis.charts.starting_point import (
    milestone_line,
    profit_bars,
    region_lines,
    share_history_dots,
    windowed_line,
)
from lyanalysis.charts.structure import driver_panels, pull_bars, sector_share_lines, speed_bars
from lyanalysis.charts.summary import growth_gap_bars, scorecard_strips
from lyanalysis.charts.targets import progress_bars, target_state_bars
from lyanalysis.charts.tiles import growth_tiles, mobility_cells
from lyanalysis.charts.tourism import growth_parts, tourism_panels
from lyanalysis.charts.transition import (
    coupling_dumbbells,
    decoupling_plane,
    index_coverage_grid,
    rank_driver_bars,
    rank_interval_dots,
)

__all__ = [
    "aggregate_dots",
    "case_matrix",
    "check_verdict_bars",
    "convergence_scatter",
    "coupling_dumbbells",
    "coverage_strip",
    "decoupling_plane",
    "driver_panels",
    "edition_panels",
    "evidence_panels",
    "fan_panels",
    "fund_panels",
    "growth_gap_bars",
    "growth_parts",
    "growth_steps",
    "growth_tiles",
    "hightech_panels",
    "index_coverage_grid",
    "investment_bars",
    "location_panels",
    "match_bars",
    "milestone_line",
    "mobility_cells",
    "overlap_tiles",
    "own_index_lines",
    "patent_panels",
    "pipeline_funnel",
    "placement_strips",
    "profit_bars",
    "progress_bars",
    "pull_bars",
    "rank_driver_bars",
    "rank_interval_dots",
    "rd_across_dots",
    "rd_expenditure_bars",
    "rd_intensity_lines",
    "region_bars",
    "region_lines",
    "scale_growth_scatter",
    "scorecard_strips",
    "sector_share_lines",
    "share_history_dots",
    "site_bars",
    "speed_bars",
    "spread_lines",
    "structure_multiples",
    "target_state_bars",
    "three_new_line",
    "tourism_panels",
    "upgrading_dots",
    "windowed_line",
]
