"""How far targets have come, against the time that has passed.

Progress, elapsed time and growth are in percent, gaps and increments in the unit of the target.
Years are the ends of years, dates count as fractions of their year. Rows are any labels (targets,
regions). A target whose actual, date or concept is missing is undetermined, never behind.
"""

from __future__ import annotations

from lyanalysis.indicators.targets._assessment import STATES, assess
from lyanalysis.indicators.targets._elapsed import time_elapsed
from lyanalysis.indicators.targets._progress import needed_growth, progress

__all__ = ["STATES", "assess", "needed_growth", "progress", "time_elapsed"]
