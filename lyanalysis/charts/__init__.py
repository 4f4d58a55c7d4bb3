"""Tidy frame in, matplotlib figure out: one visual style, no computation.

Charts stand in one module a chapter, what they share in :mod:`lyanalysis.charts.style`.
"""

from lyanalysis.charts.clusters import (
    growth_steps,
    location_panels,
    overlap_tiles,
    pipeline_funnel,
)
from lyanalysis.charts.coverage import coverage_strip
from lyanalysis.charts.structure import (
    driver_panels,
    pull_bars,
    sector_share_lines,
    speed_bars,
)
from lyanalysis.charts.summary import growth_gap_bars

__all__ = [
    "coverage_strip",
    "driver_panels",
    "growth_gap_bars",
    "growth_steps",
    "location_panels",
    "overlap_tiles",
    "pipeline_funnel",
    "pull_bars",
    "sector_share_lines",
    "speed_bars",
]
