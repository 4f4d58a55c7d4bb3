"""Normalisation of single indicators, and totals of weighted sub-indices."""

from __future__ import annotations

from typing import Any

import pandas as pd
from vectors.reading import Adapters, Inputs, numbers

from lyanalysis.indicators import composite


def columns(given: Any) -> pd.DataFrame:
    """Return rows by indicators; one list or dict is one indicator over rows."""
    read = numbers(given)
    if isinstance(read, pd.DataFrame):
        return read
    return (read if isinstance(read, pd.Series) else pd.Series([read])).to_frame("x")


def each(given: Any, data: pd.DataFrame) -> pd.Series[Any]:
    """Return one figure for each indicator: the same for all, or as listed."""
    read = numbers(given)
    if isinstance(read, pd.Series):
        return read if isinstance(given, dict) else read.set_axis(data.columns)
    return pd.Series(read, index=data.columns, dtype=float)


def in_shape(scores: pd.DataFrame, given: Any) -> Any:
    """Give one indicator back as the list, dict or number it came as."""
    return scores if isinstance(numbers(given), pd.DataFrame) else scores["x"]


def distance_to_target(inputs: Inputs) -> Any:
    data = columns(inputs["x"])
    scores = composite.normalise(
        data,
        method="distance_to_reference",
        direction=each(inputs.get("direction", 1), data),
        reference=each(inputs["target"], data),
        cap=bool(inputs.get("cap", False)),
        high=1.0,
    )
    return in_shape(scores, inputs["x"])


def goalposts(inputs: Inputs) -> Any:
    data = columns(inputs["x"])
    scores = composite.normalise(
        data,
        method="goalposts",
        direction=each(inputs.get("direction", 1), data),
        goalposts=pd.DataFrame({end: each(inputs[end], data) for end in ("low", "high")}),
        high=float(inputs.get("scale", 1)),
    )
    return in_shape(scores, inputs["x"])


def total(inputs: Inputs) -> Any:
    """Return the total under its name, one row where there is one row of sub-indices."""
    found = composite.weighted_total(numbers(inputs["sub_index"]), numbers(inputs["weights"]))
    return found.to_frame("total") if isinstance(found, pd.Series) else pd.Series({"total": found})


ADAPTERS: Adapters = {
    "composite_linear_weighted": total,
    "normalise_distance_to_target": distance_to_target,
    "normalise_goalposts": goalposts,
}
