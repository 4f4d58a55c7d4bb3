"""The benchmark compares answers before it times them; no test says how long anything may take."""

from __future__ import annotations

import dataclasses

import pytest
from benchmarks import bench_indicators
from benchmarks.indicator_cases import CLOSED_FORMS, OTHERS, make_inputs

SMALL = make_inputs(regions=4, parts=5, years=3)


@pytest.mark.parametrize("case", CLOSED_FORMS, ids=lambda case: case.name)
def test_every_closed_form_agrees_with_its_numpy_line(case):
    row = bench_indicators.measure(case, SMALL, "4x5x3", rounds=1)
    assert len(row.ours) == len(row.plain) == 1
    assert row.memory > 0


def test_a_wrong_answer_is_not_timed():
    case = dataclasses.replace(CLOSED_FORMS[0], plain=lambda start, end: end / start)
    with pytest.raises(bench_indicators.AnswerError, match="growth_rate and numpy at 4x5x3"):
        bench_indicators.measure(case, SMALL, "4x5x3", rounds=1)


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.name)
def test_every_other_function_runs(other):
    # The smallest size, thinned further for what fits a model to every series.
    other.prepare(min(15, other.sizes[0]))()
