"""Tidy frame in, matplotlib figure out: one visual style, no computation.

Charts stand in one module a chapter, what they share in :mod:`lyanalysis.charts.style`.
"""

from lyanalysis.charts.coverage import coverage_strip
from lyanalysis.charts.starting_point import (
    milestone_line,
    profit_bars,
    region_lines,
    share_history_dots,
    windowed_line,
)
from lyanalysis.charts.structure import (
    driver_panels,
    pull_bars,
    sector_share_lines,
    speed_bars,
)
from lyanalysis.charts.summary import growth_gap_bars, scorecard_strips

__all__ = [
    "coverage_strip",
    "driver_panels",
    "growth_gap_bars",
    "milestone_line",
    "profit_bars",
    "pull_bars",
    "region_lines",
    "scorecard_strips",
    "sector_share_lines",
    "share_history_dots",
    "speed_bars",
    "windowed_line",
]
