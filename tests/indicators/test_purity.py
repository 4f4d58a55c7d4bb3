from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import lyanalysis.indicators
from lyanalysis.indicators import growth, scorecard, structure, upgrading

REGIONS = pd.Index(["410300", "410200"], name="region_code")
START = pd.DataFrame({"a": [10.0, 0.0], "b": [30.0, 20.0]}, index=REGIONS)
END = pd.DataFrame({"a": [12.0, 5.0], "b": [31.0, None]}, index=REGIONS)
RATES = pd.DataFrame({"a": [3.0, 0.0], "b": [4.0, -9.0]}, index=REGIONS)
TOTAL_RATE = pd.Series([3.5, 0.2], index=REGIONS)
TOTAL = pd.Series([45.0, 60.0], index=REGIONS)
YEARLY = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [None, 1.0, 1.0]}, index=[2020, 2021, 2022])
WINDOWS = pd.DataFrame(
    {"x": [60.0, 55.0, 52.0], "y": [40.0, 45.0, 48.0]},
    index=pd.MultiIndex.from_tuples(
        [("A", 2019, "2019–2020"), ("A", 2020, "2019–2020"), ("A", 2022, "2022")],
        names=["region_code", "year", "window"],
    ),
)
SECTORS = pd.DataFrame(
    {"primary": [5.0, 10.0], "secondary": [40.0, None], "tertiary": [55.0, 50.0]}, index=REGIONS
)
WORKERS = pd.DataFrame(
    {"primary": [25.0, 30.0], "secondary": [30.0, 20.0], "tertiary": [45.0, 50.0]}, index=REGIONS
)
PUBLISHED = pd.DataFrame(
    5.0,
    index=pd.MultiIndex.from_product([["A"], [2019, 2020]], names=["region_code", "year"]),
    columns=scorecard.RATES,
)
LEVELS = pd.DataFrame(
    {"gdp": [100.0, 110.0], "va_primary": 10.0, "va_secondary": 40.0, "va_tertiary": [50.0, 60.0]},
    index=WINDOWS.index[:2],
)
MEASURES = scorecard.measure(LEVELS, PUBLISHED)
GRADES = PUBLISHED.astype(str).replace("5.0", "A")
REMARKS = pd.Series(["", "named_otherwise"], index=REGIONS)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "growth_rate": ((END, START), {}),
    "implied_previous_level": ((END, RATES), {}),
    "implied_previous_share": ((END, RATES, TOTAL_RATE), {}),
    "pull": ((START, RATES), {}),
    "contribution": ((RATES, TOTAL_RATE), {}),
    "pull_from_contribution": ((RATES, TOTAL_RATE), {}),
    "account_growth_from_levels": ((START, END), {}),
    "account_growth_from_current_levels": ((END, RATES, TOTAL, TOTAL_RATE), {}),
    "account_growth_from_shares": ((START, RATES, TOTAL_RATE), {"shares_at": "start"}),
    "accounting_residual": ((growth.account_growth_from_levels(START, END), TOTAL_RATE), {}),
    "append_total": ((growth.account_growth_from_levels(START, END), TOTAL_RATE), {}),
    "shares": ((END,), {"total": TOTAL}),
    "speed_of_change": ((WINDOWS,), {}),
    "moore": ((START, END), {}),
    "structural_change_k": ((START, END), {}),
    "structural_change_k_per_year": ((START, END), {"years": TOTAL}),
    "nav": ((START, END), {}),
    "lilien": ((START, END), {"weights": "mean"}),
    "crossover_year": ((YEARLY, YEARLY[["y", "x"]]), {}),
    "share_drift": (
        (START["b"], RATES["a"], TOTAL_RATE, END["b"]),
        {"threshold": 2.0, "years_apart": 2.0, "remarks": REMARKS},
    ),
    "ts_ratio": ((SECTORS,), {}),
    "layer_coefficient": ((SECTORS,), {}),
    "vector_angle": ((SECTORS,), {}),
    "theil_rationalisation": ((SECTORS, WORKERS), {}),
    "growth_gap": ((PUBLISHED["gdp_growth_real"], PUBLISHED["hightech_mfg_growth"]), {}),
    "measure": ((LEVELS, PUBLISHED), {}),
    "compare": ((MEASURES,), {"region": "A", "beside": {}, "grades": [GRADES]}),
    "inputs_used": (
        (scorecard.compare(MEASURES, region="A", beside={}, grades=[]), MEASURES, {"value": "A"}),
        {},
    ),
    "structural_deviation": ((SECTORS, WORKERS), {}),
}


def public(module: Any) -> dict[str, Any]:
    return {name: getattr(module, name) for name in module.__all__ if name.islower()}


FUNCTIONS = public(growth) | public(structure) | public(upgrading) | public(scorecard)


def test_every_public_function_is_called_here():
    assert set(CALLS) == set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_inputs_are_left_alone(name):
    arguments, options = CALLS[name]
    frames = (pd.DataFrame, pd.Series)
    given = [value for value in (*arguments, *options.values()) if isinstance(value, frames)]
    before = [argument.copy(deep=True) for argument in given]
    result = FUNCTIONS[name](*arguments, **options)
    same = FUNCTIONS[name](*arguments, **options)
    # Writing into a result must not reach back into what was given; an index cannot be written to.
    if isinstance(result, pd.DataFrame):
        result.iloc[0, 0] = -999.0
    elif isinstance(result, pd.Series):
        result.iloc[0] = -999.0
    for argument, copy in zip(given, before, strict=True):
        compare = (
            pd.testing.assert_frame_equal
            if isinstance(copy, pd.DataFrame)
            else pd.testing.assert_series_equal
        )
        compare(argument, copy)
    assert isinstance(result, pd.Index) or not same.equals(result)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_options_are_keyword_only(name):
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    for parameter in parameters:
        optional = parameter.default is not inspect.Parameter.empty
        assert not optional or parameter.kind is inspect.Parameter.KEYWORD_ONLY, parameter


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_docstring_has_every_section(name):
    text = inspect.getdoc(FUNCTIONS[name])
    for section in ("Parameters", "Returns", "Raises", "Notes", "Examples"):
        assert f"{section}\n{'-' * len(section)}\n" in text, section


def modules() -> list[Path]:
    return sorted(Path(lyanalysis.indicators.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.name)
def test_no_rounding_no_warning_no_files(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names]
            names.append(getattr(node, "module", None) or "")
            assert not {"warnings", "pathlib", "os", "io"} & set(names), names
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            forbidden = {"round", "rint", "open", "print", "read_csv", "fillna", "errstate"}
            assert called not in forbidden, f"{called} in line {node.lineno}"
