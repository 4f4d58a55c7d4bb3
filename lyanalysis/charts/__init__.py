"""Tidy frame in, matplotlib figure out: one visual style, no computation.

Charts stand in one module a chapter, what they share in :mod:`lyanalysis.charts.style`.
"""

from lyanalysis.charts.coverage import coverage_strip
from lyanalysis.charts.outlook import (
    edition_panels,
    fan_panels,
    own_index_lines,
    three_new_line,
)
from lyanalysis.charts.structure import (
    driver_panels,
    pull_bars,
    sector_share_lines,
    speed_bars,
)
from lyanalysis.charts.summary import growth_gap_bars
from lyanalysis.charts.transition import (
    coupling_dumbbells,
    decoupling_plane,
    index_coverage_grid,
    rank_driver_bars,
    rank_interval_dots,
)

__all__ = [
    "coupling_dumbbells",
    "coverage_strip",
    "decoupling_plane",
    "driver_panels",
    "edition_panels",
    "fan_panels",
    "growth_gap_bars",
    "index_coverage_grid",
    "own_index_lines",
    "pull_bars",
    "rank_driver_bars",
    "rank_interval_dots",
    "sector_share_lines",
    "speed_bars",
    "three_new_line",
]
