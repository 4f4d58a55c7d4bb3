from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lyanalysis.indicators import claims
from lyanalysis.indicators.claims import (
    FORMULAS,
    evaluate_checks,
    list_disagreements,
    place_in_range,
)

CLAIMS = {
    "more": (100.0, ">", 1.0),
    "at_least": (100.0, ">=", 1.0),
    "less": (100.0, "<", 1.0),
    "at_most": (100.0, "<=", 1.0),
    "around": (100.0, "about", 1.0),
    "ten": (10.0, "=", 1.0),
    "twenty": (20.0, "=", 1.0),
    "missing": (np.nan, "=", 1.0),
    "zero": (0.0, "=", 1.0),
}
VALUES = pd.DataFrame.from_dict(CLAIMS, orient="index", columns=["value", "comparator", "step"])
BLANK: dict[str, Any] = {
    "rounding": (),
    "factor": 1.0,
    "unit": "亿元",
    "comparator": "=",
    "expected_lower": np.nan,
    "expected_upper": np.nan,
    "tolerance": np.nan,
    "tolerance_kind": "",
    "verdict": "info",
}


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    parts = [row.pop("part", f"part_{place}") for place, row in enumerate(rows)]
    index = pd.MultiIndex.from_product([["D1"], parts], names=["check_id", "part"])
    return pd.DataFrame([BLANK | row for row in rows], index=index)


def evaluate(formula: str, *inputs: str, **other: Any) -> pd.Series:
    return evaluate_checks(table({"formula": formula, "inputs": inputs} | other), VALUES).iloc[0]


@pytest.mark.parametrize(
    ("formula", "inputs", "comparator"),
    [
        ("ratio", ("ten", "twenty"), "="),
        ("ratio", ("more", "ten"), ">"),
        ("ratio", ("at_least", "ten"), ">="),
        ("ratio", ("less", "ten"), "<"),
        ("ratio", ("at_most", "ten"), "<="),
        ("ratio", ("ten", "more"), "<"),
        ("ratio", ("ten", "at_least"), "<="),
        ("ratio", ("ten", "less"), ">"),
        ("ratio", ("more", "more"), "open"),
        ("ratio", ("more", "at_least"), "open"),
        ("ratio", ("more", "less"), ">"),
        ("ratio", ("at_least", "at_most"), ">="),
        ("ratio", ("at_least", "less"), ">"),
        ("ratio", ("around", "ten"), "about"),
        ("ratio", ("around", "more"), "open"),
        ("total", ("more", "at_least"), ">"),
        ("difference", ("ten", "more"), "<"),
        ("difference", ("more", "more"), "open"),
        ("implied_previous_level", ("more", "more"), "open"),
        ("implied_previous_level", ("ten", "more"), "<"),
        ("increment", ("more", "more"), ">"),
        ("growth_rate", ("ten", "more"), "<"),
        ("line_capacity", ("more", "ten"), "<"),
        ("unit_input_from_productivity", ("more",), "<"),
        ("streak_start", ("more", "ten"), ">"),
    ],
)
def test_an_open_input_opens_the_side_it_moves(
    formula: str, inputs: tuple[str, ...], comparator: str
) -> None:
    found = evaluate(formula, *inputs)
    assert found["comparator"] == comparator
    has_lower, has_upper = comparator in ("=", ">", ">="), comparator in ("=", "<", "<=")
    assert (found["lower"] == found["value"]) == has_lower
    assert (found["upper"] == found["value"]) == has_upper
    assert np.isnan(found["lower"]) != has_lower
    assert np.isnan(found["upper"]) != has_upper


def test_only_rounding_that_counts_widens_the_bounds() -> None:
    plain = evaluate("ratio", "ten", "twenty")
    assert plain[["value", "lower", "upper"]].tolist() == [0.5, 0.5, 0.5]
    one = evaluate("ratio", "ten", "twenty", rounding=("ten",))
    assert one[["lower", "upper"]].tolist() == pytest.approx([9.5 / 20, 10.5 / 20])
    both = evaluate("ratio", "ten", "twenty", rounding=("ten", "twenty"))
    assert both[["lower", "upper"]].tolist() == pytest.approx([9.5 / 20.5, 10.5 / 19.5])


def test_bounds_of_a_falling_formula_are_in_order() -> None:
    found = evaluate("difference", "ten", "twenty", rounding=("twenty",), factor=-2.0)
    assert found[["value", "lower", "upper"]].tolist() == [20.0, 19.0, 21.0]


def test_a_result_is_an_input_of_later_checks_with_its_bounds() -> None:
    first = {"part": "a", "formula": "ratio", "inputs": ("ten", "twenty"), "rounding": ("ten",)}
    second = {"part": "b", "formula": "ratio", "inputs": ("more", "D1.a")}
    found = evaluate_checks(table(first, second), VALUES).loc[("D1", "b")]
    assert found["value"] == 200.0
    assert found["comparator"] == ">"
    assert found["lower"] == pytest.approx(100 / (10.5 / 20))


def test_the_factor_brings_the_result_to_its_unit() -> None:
    found = evaluate("ratio", "ten", "twenty", factor=100.0, unit="%")
    assert found[["value", "unit"]].tolist() == [50.0, "%"]


def test_missing_and_undefined_stay_missing() -> None:
    test = {"expected_lower": 1.0, "tolerance": 0.0, "tolerance_kind": "absolute", "verdict": "ok"}
    for inputs in (("missing", "ten"), ("ten", "missing"), ("ten", "zero")):
        found = evaluate("ratio", *inputs, **test)
        assert np.isnan(found["value"])
        assert found[["computed", "agreement"]].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("inputs", "lower", "upper", "tolerance", "kind", "computed"),
    [
        (("ten", "zero"), 10, 10, 0, "absolute", "consistent"),
        (("ten", "zero"), 10.5, 10.5, 0.5, "absolute", "consistent"),
        (("ten", "zero"), 10.6, 10.6, 0.5, "absolute", "conflicting"),
        (("ten", "zero"), 12.5, 12.5, 0.2, "relative", "consistent"),
        (("ten", "zero"), 12.6, 12.6, 0.2, "relative", "conflicting"),
        (("ten", "zero"), np.nan, 9, 0, "absolute", "conflicting"),
        (("ten", "zero"), 9, np.nan, 0, "absolute", "consistent"),
        (("ten", "zero"), 11, np.nan, 0, "absolute", "conflicting"),
        # More than 100 may be 150, but never 90; less than 100 the other way round.
        (("more", "zero"), 150, 150, 0, "absolute", "consistent"),
        (("more", "zero"), np.nan, 90, 0, "absolute", "conflicting"),
        (("less", "zero"), 50, 50, 0, "absolute", "consistent"),
        (("less", "zero"), 110, np.nan, 0, "absolute", "conflicting"),
        # Nothing could contradict what is open: the printed numbers are tested.
        (("more", "more"), 0, 0, 0, "absolute", "consistent"),
        (("more", "more"), 5, 5, 1, "absolute", "conflicting"),
        (("around", "zero"), 100, 100, 0, "absolute", "consistent"),
        (("around", "zero"), 200, 200, 0, "absolute", "conflicting"),
    ],
)
def test_the_verdict_of_a_test(
    inputs: tuple[str, ...], lower: float, upper: float, tolerance: float, kind: str, computed: str
) -> None:
    test = {"expected_lower": lower, "expected_upper": upper, "tolerance_kind": kind}
    found = evaluate("difference", *inputs, tolerance=float(tolerance), **test)
    assert found["computed"] == computed


@pytest.mark.parametrize(
    ("verdict", "expected", "agreement"),
    [
        ("ok", 10.0, "agrees"),
        ("ok", 20.0, "disagrees"),
        ("flag", 20.0, "agrees"),
        ("flag", 10.0, "disagrees"),
        ("info", 20.0, ""),
        ("ask", 20.0, ""),
        ("ok", np.nan, ""),
        ("flag", np.nan, ""),
    ],
)
def test_the_verdicts_stand_beside_each_other(
    verdict: str, expected: float, agreement: str
) -> None:
    test = {"expected_lower": expected, "expected_upper": expected, "tolerance_kind": "absolute"}
    found = evaluate("difference", "ten", "zero", verdict=verdict, tolerance=0.0, **test)
    assert found["editorial"] == verdict
    assert found["agreement"] == agreement


def test_disagreements_are_listed_with_what_they_are_about() -> None:
    test = {"expected_lower": 10.0, "expected_upper": 10.0, "tolerance_kind": "absolute"}
    row = {"formula": "difference", "verdict": "ok", "tolerance": 0.0} | test
    checks = table(
        row | {"part": "fine", "inputs": ("ten", "zero")},
        row | {"part": "wrong", "inputs": ("twenty", "zero")},
        row | {"part": "bound", "inputs": ("less", "zero")},
    )
    found = list_disagreements(evaluate_checks(checks, VALUES))
    assert found["about"].to_dict() == {("D1", "wrong"): "verdict", ("D1", "bound"): "comparator"}


def test_a_check_in_words_has_no_value() -> None:
    nothing = {"formula": "", "factor": np.nan, "unit": "", "comparator": ""}
    found = evaluate_checks(table(nothing | {"inputs": ("ten",), "verdict": "flag"}), VALUES)
    assert found["value"].isna().all()
    assert found[["comparator", "computed", "agreement"]].eq("").all(axis=None)
    assert list_disagreements(found).empty


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"formula": "rate", "inputs": ("ten", "ten")}, "D1.part_0: formula 'rate' is not one of"),
        ({"formula": "ratio", "inputs": ("ten",)}, "D1.part_0: ratio takes 2 inputs, not 1"),
        ({"formula": "ratio", "inputs": ("ten", "F9")}, "D1.part_0: input 'F9' is neither"),
        ({"formula": "ratio", "inputs": ("ten", "D1.part_0")}, "input 'D1.part_0' is neither"),
    ],
)
def test_a_broken_check_is_refused_by_name(row: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        evaluate_checks(table(row), VALUES)


def test_an_unknown_comparator_is_refused() -> None:
    row = {"formula": "ratio", "inputs": ("ten", "ten")}
    with pytest.raises(ValueError, match="comparator '~' of ten is not one of"):
        evaluate_checks(table(row), VALUES.assign(comparator="~").loc[["ten"]])


def test_disagreements_need_evaluated_checks() -> None:
    with pytest.raises(ValueError, match="column 'agreement' is missing"):
        list_disagreements(table({"formula": "ratio", "inputs": ("ten", "ten")}))


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("ratio", (9.0, 29.0), 0.310345),
        ("difference", (5.7, 5.7), 0.0),
        ("total", (142.0, 320.0), 462.0),
        ("growth_rate", (5200.0, 4600.0), 13.04348),
        ("implied_previous_level", (1.53, 13.48), 1.34826),
        ("increment", (330.0, 15.7), 44.77960),
        ("increment", (330.0, 0.0), 0.0),
        ("increment", (90.0, -10.0), -10.0),
        ("projected_level", (46.99, 36.0), 63.9064),
        ("nominal_spend_growth", (16.02, 13.48), 2.23828),
        ("marginal_spend", (1208.59, 16.02, 1.53, 13.48), 918.22),
        ("line_capacity", (1.0, 8760.0), 31536000.0),
        ("unit_input_from_productivity", (19.0,), -15.96639),
        ("throughput_from_cycle", (34.0,), 51.51515),
        ("streak_start", (2023.0, 6.0), 2018.0),
        ("weekday", (20250727.0,), 7.0),
        ("weekday", (20240229.0,), 4.0),
    ],
)
def test_formulas(name: str, arguments: tuple[float, ...], expected: float) -> None:
    function, arity = FORMULAS[name]
    assert len(arguments) == arity
    assert function(*arguments) == pytest.approx(expected, rel=1e-5)
    rows = [pd.Series([number, np.nan], index=["x", "y"]) for number in arguments]
    before = [row.copy() for row in rows]
    found = function(*rows)
    assert found["x"] == pytest.approx(expected, rel=1e-5)
    assert np.isnan(found["y"])
    for row, copy in zip(rows, before, strict=True):
        pd.testing.assert_series_equal(row, copy)
    frame = function(*(pd.DataFrame({"v": row}) for row in rows))
    assert frame.loc["x", "v"] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("ratio", (np.inf, 1.0), "numerator"),
        ("increment", (-1.0, 5.0), "current"),
        ("increment", (1.0, -100.0), "growth"),
        ("throughput_from_cycle", (100.0,), "reduction below 100"),
        ("unit_input_from_productivity", (-100.0,), "gain"),
        ("line_capacity", (-1.0, 1.0), "takt"),
        ("weekday", (20250230.0,), "a date such as"),
        ("weekday", (20250727.5,), "a date such as"),
        ("weekday", (727.0,), "a date such as"),
        ("streak_start", (2024.0, -1.0), "years"),
    ],
)
def test_formulas_refuse(name: str, arguments: tuple[float, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        FORMULAS[name][0](*arguments)


@pytest.mark.parametrize("name", ["ratio", "line_capacity", "marginal_spend"])
def test_a_zero_denominator_is_missing(name: str) -> None:
    function, arity = FORMULAS[name]
    zeros = {"ratio": (1.0, 0.0), "line_capacity": (0.0, 1.0)}.get(name, (1.0, 1.0, 1.0, 0.0))
    assert len(zeros) == arity
    assert np.isnan(function(*zeros))


def test_the_range_of_a_rounded_value() -> None:
    low, high = claims.rounding_range(pd.Series([1.53, 4600.0]), pd.Series([0.01, 0.0]))
    assert low.tolist() == pytest.approx([1.525, 4600.0])
    assert high.tolist() == pytest.approx([1.535, 4600.0])
    with pytest.raises(ValueError, match="step"):
        claims.rounding_range(1.0, -1.0)


def test_nothing_is_changed_in_place() -> None:
    checks = table({"formula": "ratio", "inputs": ("ten", "twenty"), "rounding": ("ten",)})
    given = (checks.copy(deep=True), VALUES.copy(deep=True))
    found = evaluate_checks(checks, VALUES)
    before = found.copy(deep=True)
    list_disagreements(found)
    pd.testing.assert_frame_equal(checks, given[0])
    pd.testing.assert_frame_equal(VALUES, given[1])
    pd.testing.assert_frame_equal(found, before)


def test_a_result_is_placed_in_what_is_expected_of_it() -> None:
    rows = {
        "middle": (150.0, 100.0, 200.0, 0.2, "relative", 80.0, 240.0, -0.125),
        "edge": (10.0, 1.0, 10.0, 0.0, "absolute", 1.0, 10.0, 1.0),
        "point": (-0.16, 0.0, 0.0, 0.01, "absolute", -0.01, 0.01, -16.0),
        "equal": (0.0, 0.0, 0.0, 0.0, "absolute", 0.0, 0.0, 0.0),
        "unequal": (1.0, 0.0, 0.0, 0.0, "absolute", 0.0, 0.0, np.inf),
        "above": (12.0, np.nan, 8.0, 0.25, "relative", np.nan, 10.0, 1.2),
        "from_zero": (1.0, 0.0, np.nan, 0.0, "absolute", 0.0, np.nan, 0.0),
    }
    columns = ["value", "expected_lower", "expected_upper", "tolerance", "tolerance_kind"]
    results = ["allowed_lower", "allowed_upper", "placement"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=[*columns, *results])
    placed = place_in_range(table[columns])
    pd.testing.assert_frame_equal(placed, table[results])
    untested = table[columns].assign(expected_lower=np.nan, expected_upper=np.nan)
    assert place_in_range(untested).empty
    assert place_in_range(table[columns].assign(value=np.nan)).empty
    with pytest.raises(ValueError, match="column 'tolerance' is missing"):
        place_in_range(table.drop(columns="tolerance"))


FUNCTIONS = [name for name in claims.__all__ if name.islower()]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_docstring_has_every_section(name: str) -> None:
    text = inspect.getdoc(getattr(claims, name))
    for section in ("Parameters", "Returns", "Raises", "Notes", "Examples"):
        assert f"{section}\n{'-' * len(section)}\n" in text, section


def test_every_formula_is_public() -> None:
    own = {name for name in FORMULAS if name not in ("growth_rate", "implied_previous_level")}
    assert own <= set(FUNCTIONS)
