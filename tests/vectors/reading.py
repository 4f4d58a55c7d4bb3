"""Turn the inputs of a worked answer into what the functions of the package take."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import pandas as pd

Inputs: TypeAlias = Mapping[str, Any]
Adapters: TypeAlias = dict[str, Callable[[Inputs], Any]]


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


def by_year(given: Any, years: list[int]) -> Any:
    """Return a Series by year, or one column a region."""
    if isinstance(given, Mapping):
        return pd.DataFrame(given, index=years, dtype=float)
    return pd.Series(given, index=years, dtype=float)
