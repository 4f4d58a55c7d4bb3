"""Where series go if they go on as they did: trends, intervals and years to a threshold.

Series are indexed by year (whole numbers, any order); a frame has one column a series. A series
runs from its first to its last known value. One that has a gap, or too few years, is not continued:
its rows are NaN and the flag says why, so that a report can show the refusal. A missing year is
never bridged. Levels of confidence are fractions of 1, coverages and chances percent. Models are
fitted series by series: time grows with their number, and in a back-test with the years forecast.
"""

from __future__ import annotations

from lyanalysis.indicators.outlook._backtest import backtest, backtest_summary
from lyanalysis.indicators.outlook._forecast import exponential_smoothing, linear_trend
from lyanalysis.indicators.outlook._threshold import years_to_threshold

__all__ = [
    "backtest",
    "backtest_summary",
    "exponential_smoothing",
    "linear_trend",
    "years_to_threshold",
]
