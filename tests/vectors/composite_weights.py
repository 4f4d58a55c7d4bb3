"""Weights from data and TOPSIS."""

from __future__ import annotations

from typing import Any

import pandas as pd
from vectors.reading import Adapters, Inputs, numbers

from lyanalysis.indicators import composite


def by_criterion(inputs: Inputs, name: str) -> Any:
    """Return one figure for each column: a list goes by position, a dict by name."""
    given = inputs.get(name)
    return given if given is None or isinstance(given, list) else numbers(given)


def entropy(inputs: Inputs) -> Any:
    """Return entropy weights, of min-max scores only where the vector says so."""
    data = numbers(inputs["X"])
    scaling = inputs.get("normalisation", "column sum")
    if "min-max" in scaling and "no min-max" not in scaling:
        signs = by_criterion(inputs, "direction")
        scores = composite.normalise(data, method="min_max", direction=signs, low=0.0, high=1.0)
        # A constant criterion has no scores; it carries no information either way.
        data = scores.mask(data.eq(data.iloc[0]).all(axis=0), 0.0, axis=1)
    return composite.entropy_weights(data, shift=inputs.get("shift", 0.0))


def components(inputs: Inputs) -> dict[str, Any]:
    """Return shares of the variance from 0 to 1, as the vectors have them."""
    given = "correlation" if "correlation" in inputs else "data"
    data = numbers(inputs[given if given in inputs else "X"])
    found = composite.principal_components(data, given=given)
    weights: pd.Series[Any] = composite.pca_weights(data, given=given)
    return {
        "eigenvalues": found.eigenvalues.tolist(),
        "explained": (found.explained / 100).tolist(),
        "loadings": found.loadings.to_numpy().tolist(),
        "weights": weights.tolist(),
    }


ADAPTERS: Adapters = {
    "critic_weights": lambda inputs: composite.critic_weights(
        numbers(inputs["X"]), direction=by_criterion(inputs, "direction")
    ),
    "entropy_weights": entropy,
    "pca_weights": components,
    "topsis": lambda inputs: composite.topsis(
        numbers(inputs["X"]),
        by_criterion(inputs, "weights"),
        direction=by_criterion(inputs, "direction"),
    )["closeness"],
}
