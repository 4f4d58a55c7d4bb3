"""What ``lyanalysis data check`` asks: the contracts on figures, and the verdicts on claims."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from lyanalysis.errors import DataError
from lyanalysis.indicators.claims import evaluate_checks, list_disagreements
from lyanalysis.sources import check_data, load_check_inputs, load_checks

CLAIMS = "claims"
"""The contract that needs indicators, which sources may not know: checks on claims compute."""
WHERE = "checks.csv, check {check_id}, part {part}: "
ABOUT = {
    "verdict": (
        "the editor says {editorial}, the test says {computed}: the result is {value:.4g}, "
        "expected is {expected_lower:.4g} to {expected_upper:.4g}; correct the verdict, or an input"
    ),
    "comparator": (
        "the result {value:.4g} is qualified by {comparator!r}, expected is "
        "{expected_comparator!r}; correct the comparator, or an input"
    ),
}
"""What a check may disagree about, and what is said of it."""


def check() -> pd.DataFrame:
    """Return all findings on the data in use, in the form of :func:`check_data`."""
    found = check_data()
    if found["contract"].eq("keys").any():
        return found
    return pd.concat([found, _claims(list(found.columns))], ignore_index=True)


def _claims(columns: list[str]) -> pd.DataFrame:
    """Return the checks on claims whose computation contradicts their verdict."""
    try:
        wrong = list_disagreements(evaluate_checks(load_checks(), load_check_inputs()))
    except DataError as error:
        told = {"contract": "keys", "table": error.table, "message": str(error)}
        return pd.DataFrame([dict.fromkeys(columns, "") | told])
    rows = [
        dict.fromkeys(columns, "")
        | {
            "contract": CLAIMS,
            "table": "checks.csv",
            "message": WHERE.format(**record) + ABOUT[str(record["about"])].format(**record),
        }
        for record in map(_named, wrong.reset_index().to_dict(orient="records"))
    ]
    return pd.DataFrame(rows, columns=columns, dtype=str)


def _named(record: dict[Hashable, Any]) -> dict[str, Any]:
    return {str(key): cell for key, cell in record.items()}
