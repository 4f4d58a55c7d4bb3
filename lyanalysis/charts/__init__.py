"""Tidy frame in, matplotlib figure out: one visual style, no computation.

Charts stand in one module a chapter, what they share in :mod:`lyanalysis.charts.style`.
"""

from lyanalysis.charts.comparison import (
    aggregate_dots,
    scale_growth_scatter,
    structure_multiples,
    upgrading_dots,
)
from lyanalysis.charts.convergence import convergence_scatter, spread_lines
from lyanalysis.charts.coverage import coverage_strip
from lyanalysis.charts.structure import (
    driver_panels,
    pull_bars,
    sector_share_lines,
    speed_bars,
)
from lyanalysis.charts.summary import growth_gap_bars
from lyanalysis.charts.tiles import growth_tiles, mobility_cells

__all__ = [
    "aggregate_dots",
    "convergence_scatter",
    "coverage_strip",
    "driver_panels",
    "growth_gap_bars",
    "growth_tiles",
    "mobility_cells",
    "pull_bars",
    "scale_growth_scatter",
    "sector_share_lines",
    "speed_bars",
    "spread_lines",
    "structure_multiples",
    "upgrading_dots",
]
