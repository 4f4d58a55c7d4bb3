"""Targets against time: one row a target, what state it is in and why."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators._frames import BoolArray, FloatArray, flags, read, refuse
from lyanalysis.indicators.targets._elapsed import read_times, share_elapsed
from lyanalysis.indicators.targets._progress import from_start, from_zero, heading, needs

REQUIRED = ("target", "actual", "start_year", "target_year", "year")
OPTIONAL = ("start", "direction", "kind", "tolerance", "remarks")
_TIMES = ["start_year", "target_year", "year"]
_NUMBERS = ["target", "actual", "start", "direction", "tolerance"]
STATES = ("met", "on_track", "behind", "undetermined")
# A figure that sets another thing beside the target than the target is about.
DIFFERENT = "different_concept"
# Percentage points, and part of a level: binary noise of quotients and differences.
_NOISE = 1e-9
_PART = 1e-12


def assess(targets: pd.DataFrame) -> pd.DataFrame:
    r"""Assessment of targets against time (目标进度评估).

    Progress of each target beside the time that has passed: met, on track, behind, or not to be
    said, and why.

    逐项比较目标完成进度与时间进度，均为百分数，0为起点，100为达标或到期，没有上下限；判断已达标、
    符合进度、落后或无法判断，并给出原因和剩余期间所需的年均增速、年均增量。

    Parameters
    ----------
    targets : DataFrame
        One row for each target, any labels. Columns target, actual (one unit and concept);
        start_year, target_year (years or dates of the starting level and of the due date), year
        (year or date of `actual`). Optional columns: start (starting level); direction (1 higher
        is better, -1 lower is; left out or missing, from start to target, else 1); kind ("level"
        or "rate"); tolerance (0 or more, unit of `target`, for "about 6 percent"); remarks (codes
        joined by ";"). Any cell may be missing.

    Returns
    -------
    DataFrame
        Rows of `targets`. progress (percent, as `progress`; NaN for rates) and elapsed (percent,
        as `time_elapsed`); gap (actual less target, in its unit); state, one of `STATES`;
        needed_growth (percent a year) and needed_increment (unit of `target` a year), NaN where
        nothing is needed, for rates, and without years left; flag: `remarks` and the codes below,
        joined by ";".

    Raises
    ------
    ValueError
        A column that is missing or unknown, text for a number, a direction other than 1 or -1,
        another kind, or a negative tolerance.

    Notes
    -----
    "met" says that `actual` has reached `target`, equality included, or lies within the tolerance
    ("within_tolerance"). Otherwise a level is "on_track" where

    .. math:: p \ge e

    and "behind" where not, when due ("overdue"), and when it has fallen back behind a target that
    was met at the start ("met_at_start"). A rate is met only when its period is over; before that
    it is on track or behind by what it has been so far.

    "undetermined" has a reason: "no_actual", "no_target", "no_year" (the actual is undated),
    "no_period" (start or due date is missing, or they are in the wrong order),
    "starts_in_future", "no_start", or "different_concept" among `remarks`, such as output since
    the start of production beside yearly output: then nothing is compared. "no_start" marks a
    level whose progress counts from zero; upwards that is still set beside time, downwards or
    with a target of 0 or less it cannot be. "actual_not_positive", "target_not_positive" and
    "growth_out_of_range" are as of `needed_growth`. Time passes evenly, which few programmes do.
    Own definition.

    Examples
    --------
    >>> targets = pd.DataFrame(
    ...     {
    ...         "target": [1500.0, 6.0, 1000.0],
    ...         "actual": [900.0, 5.7, 92.0],
    ...         "start": [0.0, None, None],
    ...         "start_year": 2024,
    ...         "target_year": [2025, 2025, None],
    ...         "year": 2024.5,
    ...         "kind": ["level", "rate", "level"],
    ...         "remarks": ["", "", "different_concept"],
    ...     },
    ...     index=["firms", "growth", "output"],
    ... )
    >>> for row in assess(targets).itertuples():
    ...     print(row.Index, f"{row.progress:.0f} {row.elapsed:.0f}", row.state, row.flag or "-")
    firms 60 50 on_track -
    growth nan 50 behind -
    output nan nan undetermined different_concept;no_period
    """
    aim, actual, start, direction, tolerance = _numbers(targets)
    begin, due, year = read_times("targets", targets[_TIMES]).cells.T
    rate, remarks = _kinds(targets), _remarks(targets)
    foreign = np.array([DIFFERENT in text.split(";") for text in remarks], dtype=bool)
    comparable = ~np.isnan(actual + aim) & ~foreign
    # The rate of an earlier year is no start: it does not say that the rate should fall.
    start = np.where(rate, np.nan, start)
    toward = heading(direction, start, aim)
    gap = np.where(comparable, actual - aim, np.nan)
    # Nothing missing is reached: comparisons with NaN are false.
    noise = _PART * np.maximum(np.abs(actual), np.abs(aim))
    reached = toward * gap >= -np.where(np.isnan(tolerance), 0.0, tolerance) - noise
    exactly = toward * gap >= -noise

    no_start = np.isnan(start)
    covered = np.where(
        no_start, from_zero(actual, aim, toward), from_start(actual, aim, start, toward)
    )
    covered = np.where(comparable & ~rate, covered, np.nan)
    elapsed = share_elapsed(year, begin, np.where(due > begin, due, np.nan))
    level = comparable & ~rate
    over, early = year >= due, year < begin
    # What counts as dated: a rate is compared with no more than the end of its period.
    timed = ~early & ~np.isnan(np.where(rate, due - year, elapsed))
    lost = level & ~reached & ~early & (toward * (start - aim) >= 0)
    in_time = timed & ~np.isnan(covered) & ~(no_start & (toward < 0))
    state = np.select(
        [
            ~comparable | (rate & ~timed),
            reached & (over | level),
            rate & reached,
            rate | lost | over,
            in_time & (covered >= elapsed - _NOISE),
            in_time,
        ],
        ["undetermined", "met", "on_track", "behind", "on_track", "behind"],
        "undetermined",
    )
    need = needs(actual, aim, due - year)
    asked = level & ~reached
    flag = flags(
        (np.isnan(actual), "no_actual"),
        (np.isnan(aim), "no_target"),
        (np.isnan(year), "no_year"),
        (np.where(rate, np.isnan(due), ~(due > begin)), "no_period"),
        (early, "starts_in_future"),
        (asked & over, "overdue"),
        (level & no_start, "no_start"),
        (lost, "met_at_start"),
        (reached & ~exactly, "within_tolerance"),
        *((asked & holds, name) for holds, name in need.reasons if name != "no_years_left"),
    )
    return pd.DataFrame(
        {
            "progress": covered,
            "elapsed": elapsed,
            "gap": gap,
            "state": state,
            "needed_growth": np.where(asked, need.growth, np.nan),
            "needed_increment": np.where(asked, need.increment, np.nan),
            "flag": pd.Series(_joined(remarks, flag), index=targets.index, dtype=str),
        },
        index=targets.index,
    )


def _numbers(targets: pd.DataFrame) -> FloatArray:
    """Check the columns and return those that hold numbers, one row of the matrix for each."""
    if not isinstance(targets, pd.DataFrame):
        raise ValueError("targets: expected a DataFrame, one row for each target")
    for name in REQUIRED:
        if name not in targets:
            raise ValueError(f"targets: column {name!r} is missing; NaN is allowed in it")
    for label in targets:
        if label not in (*REQUIRED, *OPTIONAL):
            allowed = ", ".join((*REQUIRED, *OPTIONAL))
            raise ValueError(f"targets: column {label!r} is not allowed; expected {allowed}")
    present = [column for column in _NUMBERS if column in targets]
    table = read("targets", targets[present])
    direction = np.array([column == "direction" for column in present])
    wrong = direction & ~np.isnan(table.cells) & ~np.isin(table.cells, (1, -1))
    refuse(table, wrong, "1 (higher is better), -1 (lower is), or NaN")
    tolerance = np.array([column == "tolerance" for column in present])
    refuse(table, tolerance & (table.cells < 0), "a tolerance of 0 or more")
    cells = np.full((len(_NUMBERS), len(targets)), np.nan)
    for place, column in enumerate(present):
        cells[_NUMBERS.index(column)] = table.cells[:, place]
    return cells


def _kinds(targets: pd.DataFrame) -> BoolArray:
    """Say which targets are rates."""
    kinds = [""] * len(targets) if "kind" not in targets else targets["kind"].tolist()
    kinds = ["level" if pd.isna(kind) or kind == "" else kind for kind in kinds]
    for label, kind in zip(targets.index.tolist(), kinds, strict=True):
        if kind not in ("level", "rate"):
            raise ValueError(
                f"targets: {kind!r} at row {label!r}, column 'kind' is not allowed; "
                'expected "level" or "rate"'
            )
    return np.array([kind == "rate" for kind in kinds], dtype=bool)


def _remarks(targets: pd.DataFrame) -> list[str]:
    if "remarks" not in targets:
        return [""] * len(targets)
    return ["" if pd.isna(text) else str(text) for text in targets["remarks"]]


def _joined(remarks: list[str], flag: npt.NDArray[np.object_]) -> list[str]:
    """Put what was remarked before what was found, each code once."""
    pairs = zip(remarks, flag.tolist(), strict=True)
    codes = (f"{carried};{found}".split(";") for carried, found in pairs)
    return [";".join(dict.fromkeys(code for code in row if code)) for row in codes]
