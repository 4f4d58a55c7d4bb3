"""Tidy frame in, matplotlib figure out: one visual style, no computation.

Charts stand in one module a chapter, what they share in :mod:`lyanalysis.charts.style`.
"""

from lyanalysis.charts.claims import (
    check_verdict_bars,
    evidence_panels,
    match_bars,
    placement_strips,
)
from lyanalysis.charts.coverage import coverage_strip
from lyanalysis.charts.structure import (
    driver_panels,
    pull_bars,
    sector_share_lines,
    speed_bars,
)
from lyanalysis.charts.summary import growth_gap_bars
from lyanalysis.charts.targets import progress_bars, target_state_bars

__all__ = [
    "check_verdict_bars",
    "coverage_strip",
    "driver_panels",
    "evidence_panels",
    "growth_gap_bars",
    "match_bars",
    "placement_strips",
    "progress_bars",
    "pull_bars",
    "sector_share_lines",
    "speed_bars",
    "target_state_bars",
]
