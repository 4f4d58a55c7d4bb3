"""Run a file of worked answers against the package: ``python tests/check_vectors.py FILE``.

The file is a JSON list of objects with id, indicator, inputs, expected and tolerance. One line is
printed a vector; the last line is ``passed n of m``. The exit code is 1 where a vector of an
indicator that the package has fails, or where the file cannot be read.
"""

from __future__ import annotations

import importlib
import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from vectors.reading import Adapters

FIELDS = ("id", "indicator", "inputs", "expected", "tolerance")

# One file for each module of indicators, so that a new one brings its own.
ADAPTERS: Adapters = {}
for file in sorted((Path(__file__).parent / "vectors").glob("*.py")):
    if file.stem != "reading":
        ADAPTERS |= importlib.import_module(f"vectors.{file.stem}").ADAPTERS


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
        # Some names stand for several published forms; the variant says which one is meant.
        form = {"variant": vector["variant"]} if vector.get("variant") else {}
        got = plain(ADAPTERS[vector["indicator"]]({**form, **vector["inputs"]}), expected)
    except KeyError as error:
        return f"nothing: the inputs lack {error}"
    except Exception as error:
        # Whatever goes wrong in one vector, the others are still to be run.
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
