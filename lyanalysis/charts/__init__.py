"""Tidy frame in, matplotlib figure out: one visual style, no computation.

Charts stand in one module a chapter, what they share in :mod:`lyanalysis.charts.style`.
"""

from lyanalysis.charts.coverage import coverage_strip
from lyanalysis.charts.firms import fund_panels, hightech_panels
from lyanalysis.charts.innovation import (
    patent_panels,
    rd_across_dots,
    rd_expenditure_bars,
    rd_intensity_lines,
)
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
    "fund_panels",
    "growth_gap_bars",
    "hightech_panels",
    "patent_panels",
    "pull_bars",
    "rd_across_dots",
    "rd_expenditure_bars",
    "rd_intensity_lines",
    "sector_share_lines",
    "speed_bars",
]
