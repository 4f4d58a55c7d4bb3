"""Run a file of worked answers against the package: ``python tests/check_vectors.py FILE``.

The file is a JSON list of objects with id, indicator, inputs, expected and tolerance. One line is
printed a vector; the last line is ``passed n of m``. The exit code is 1 where a vector of an
indicator that the package has fails, or where the file cannot be read.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from lyanalysis.indicators import growth, structure, upgrading

Inputs = Mapping[str, Any]
TOTALS = ("total_previous", "total_current")
FIELDS = ("id", "indicator", "inputs", "expected", "tolerance")


def numbers(given: Any) -> Any:
    """Return a number, a Series for a list or dict, a DataFrame for rows of them."""
    if isinstance(given, Mapping):
        if any(isinstance(row, (list, Mapping)) for row in given.values()):
            return pd.DataFrame.from_dict(dict(given), orient="index", dtype=float)
        return pd.Series(given, dtype=float)
    if isinstance(given, list):
        if any(isinstance(row, (list, Mapping)) for row in given):
            return pd.DataFrame(given, dtype=float)
        return pd.Series(given, dtype=float)
    return math.nan if given is None else given


def pair(inputs: Inputs) -> tuple[Any, Any]:
    """Return the structures of the two years, whatever letter the vector gives them."""
    letter = next((letter for letter in "wsx" if f"{letter}0" in inputs), "s")
    return numbers(inputs[f"{letter}0"]), numbers(inputs[f"{letter}1"])


def part_levels(inputs: Inputs) -> tuple[Any, Any]:
    """Return levels of the parts and of the total; a weighted sub-index is a level."""
    if "sub_index" in inputs:
        levels = numbers(inputs["sub_index"]) * numbers(inputs["weights"])
    else:
        levels = numbers(inputs["current"])
    for name in ("total_current", "total"):
        if name in inputs:
            return levels, numbers(inputs[name])
    return levels, levels.sum(axis=levels.ndim - 1, skipna=False)


def account(inputs: Inputs) -> pd.DataFrame:
    """Account for growth from whichever figures the vector gives."""
    if "previous" in inputs:
        return growth.account_growth_from_levels(
            numbers(inputs["previous"]),
            numbers(inputs["current"]),
            **{name: numbers(inputs[name]) for name in TOTALS if name in inputs},
        )
    rates = numbers(inputs["growth_pct"])
    total_rate = numbers(inputs["total_growth_pct"])
    if "previous_share_pct" in inputs:
        share = numbers(inputs["previous_share_pct"])
        return growth.account_growth_from_shares(share, rates, total_rate, shares_at="start")
    if "share_pct" in inputs:
        share = numbers(inputs["share_pct"])
        return growth.account_growth_from_shares(share, rates, total_rate, shares_at="end")
    levels, total = part_levels(inputs)
    return growth.account_growth_from_current_levels(levels, rates, total, total_rate)


def by_part(accounts: pd.DataFrame, column: str) -> Any:
    """Return one column of an account, parts side by side where there are rows."""
    cells = accounts[column]
    if cells.index.nlevels == 1:
        return cells
    order = cells.index.get_level_values("part").unique()
    return cells.unstack("part")[order]


def pull_points(inputs: Inputs) -> Any:
    if "contribution_pct" in inputs:
        return growth.pull_from_contribution(
            numbers(inputs["contribution_pct"]), numbers(inputs["total_growth_pct"])
        )
    if "part_growth_pct" not in inputs:
        return by_part(account(inputs), "pull")
    rate = numbers(inputs["part_growth_pct"])
    if "part_previous_share_pct" in inputs:
        return growth.pull(numbers(inputs["part_previous_share_pct"]), rate)
    total_rate = numbers(inputs["total_growth_pct"])
    share = numbers(inputs["part_share_of_total_pct"])
    return growth.pull(growth.implied_previous_share(share, rate, total_rate), rate)


def moore(inputs: Inputs) -> Any:
    angles = structure.moore(*pair(inputs))
    names = {"angle_radians": "theta_rad", "angle_degrees": "theta_deg"}
    return angles.rename(names) if angles.ndim == 1 else angles.rename(columns=names)


def lilien(inputs: Inputs) -> Any:
    return structure.lilien(*pair(inputs), weights=inputs.get("weights", "current"))


def crossover_year(inputs: Inputs) -> Any:
    old, new = (by_year(inputs[name], inputs["years"]) for name in ("old", "new"))
    return structure.crossover_year(old, new, hold=inputs.get("hold", 2))


def by_year(given: Any, years: list[int]) -> Any:
    """Return a Series by year, or one column a region."""
    if isinstance(given, Mapping):
        return pd.DataFrame(given, index=years, dtype=float)
    return pd.Series(given, index=years, dtype=float)


def annual_k(inputs: Inputs) -> Any:
    return structure.structural_change_k_per_year(*pair(inputs), years=numbers(inputs["years"]))


def vector_angle(inputs: Inputs) -> Any:
    """Return the three angles as one list, beside W."""
    angles = upgrading.vector_angle(numbers(inputs["shares"]))
    thetas = ["theta1", "theta2", "theta3"]
    if angles.ndim == 1:
        return pd.Series({"theta": angles[thetas].tolist(), "W": angles["W"]}, dtype=object)
    return angles.assign(theta=angles[thetas].to_numpy().tolist())[["theta", "W"]]


def output_and_employment(inputs: Inputs) -> tuple[Any, Any]:
    return numbers(inputs["Y"]), numbers(inputs["L"])


ADAPTERS: dict[str, Callable[[Inputs], Any]] = {
    "growth_rate_pct": lambda inputs: growth.growth_rate(
        numbers(inputs["current"]), numbers(inputs["previous"])
    ),
    "implied_previous": lambda inputs: growth.implied_previous_level(
        numbers(inputs["current"]), numbers(inputs["growth_pct"])
    ),
    "growth_contribution_pct": lambda inputs: by_part(account(inputs), "contribution"),
    "pull_points": pull_points,
    "share_pct": lambda inputs: structure.shares(numbers(inputs["parts"])),
    "level_share_pct": lambda inputs: structure.shares(part_levels(inputs)[0]),
    "moore_structural_change": moore,
    "nav_michaely": lambda inputs: structure.nav(*pair(inputs)),
    "structure_change_k": lambda inputs: structure.structural_change_k(*pair(inputs)),
    "structure_change_k_annual": annual_k,
    "lilien": lilien,
    "crossover_year": crossover_year,
    "upgrading_ts_ratio": lambda inputs: upgrading.ts_ratio(numbers(inputs["shares"])),
    "upgrading_layer_coefficient": lambda inputs: upgrading.layer_coefficient(
        numbers(inputs["shares"])
    ),
    "upgrading_vector_angle": vector_angle,
    "rationalisation_theil": lambda inputs: upgrading.theil_rationalisation(
        *output_and_employment(inputs)
    ),
    "rationalisation_structural_deviation": lambda inputs: upgrading.structural_deviation(
        *output_and_employment(inputs)
    ),
}


def plain(got: Any, expected: Any) -> Any:
    """Turn what the package returned into the shape in which the answer is written."""
    if isinstance(got, pd.DataFrame):
        if isinstance(expected, list):
            return [plain(row, expected[0] if expected else None) for _, row in got.iterrows()]
        if set(expected) <= {str(column) for column in got.columns}:
            return {str(column): cells.tolist() for column, cells in got.items()}
        return {str(label): plain(row, expected.get(str(label))) for label, row in got.iterrows()}
    if isinstance(got, pd.Series):
        if isinstance(expected, Mapping):
            return {str(label): cell for label, cell in got.items()}
        return got.tolist() if isinstance(expected, list) else got.iloc[0]
    return got


def agrees(got: Any, expected: Any, tolerance: float) -> bool:
    """Compare an answer with the package's; null and NaN both mean that there is no value."""
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and all(
            key in got and agrees(got[key], value, tolerance) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(got, list)
            and len(got) == len(expected)
            and all(agrees(*both, tolerance) for both in zip(got, expected, strict=True))
        )
    if isinstance(expected, (str, bool)):
        return bool(got == expected)
    if expected is None or math.isnan(expected):
        return got is None or (isinstance(got, float) and math.isnan(got))
    # A difference of exactly the tolerance must not fail by the last binary digit.
    return isinstance(got, (int, float)) and math.isclose(
        got, expected, rel_tol=1e-12, abs_tol=tolerance * (1 + 1e-9)
    )


def check(vector: Mapping[str, Any]) -> str:
    """Return "" where the package gives the answer, else what it gives."""
    expected = vector["expected"]
    try:
        got = plain(ADAPTERS[vector["indicator"]](vector["inputs"]), expected)
    except KeyError as error:
        return f"nothing: the inputs lack {error}"
    except (TypeError, ValueError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"
    return "" if agrees(got, expected, vector["tolerance"]) else repr(got)


def read_vectors(path: Path) -> list[dict[str, Any]]:
    """Read the file; ValueError says in one line what is wrong with it."""
    try:
        vectors = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 text: {error.reason} at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error}") from error
    if not isinstance(vectors, list):
        raise ValueError("holds no list of vectors")
    for number, vector in enumerate(vectors, start=1):
        if not isinstance(vector, dict):
            raise ValueError(f"vector {number} is not an object")
        lacking = [field for field in FIELDS if field not in vector]
        if lacking:
            raise ValueError(f"vector {number} ({vector.get('id', 'no id')}) lacks {lacking[0]}")
        if not isinstance(vector["indicator"], str):
            raise ValueError(f"vector {number} ({vector['id']}): indicator is not a name")
        if not isinstance(vector["inputs"], dict):
            raise ValueError(f"vector {number} ({vector['id']}): inputs is not an object")
        if not isinstance(vector["tolerance"], (int, float)):
            raise ValueError(f"vector {number} ({vector['id']}): tolerance is not a number")
    return vectors


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python tests/check_vectors.py FILE", file=sys.stderr)
        return 2
    path = Path(arguments[0])
    try:
        vectors = read_vectors(path)
    except ValueError as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 1
    passed = failed = 0
    for vector in vectors:
        if vector["indicator"] not in ADAPTERS:
            print(f"{vector['id']}: {vector['indicator']} is not in the package")
            continue
        wrong = check(vector)
        passed += not wrong
        failed += bool(wrong)
        result = f"FAIL expected {vector['expected']!r} got {wrong}" if wrong else "ok"
        print(f"{vector['id']}: {result}")
    print(f"passed {passed} of {len(vectors)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
