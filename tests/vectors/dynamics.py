"""Convergence and mobility."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

import pandas as pd
from vectors.reading import Adapters, Inputs, numbers

from lyanalysis.indicators import dynamics


def by_year_and_region(table: Mapping[str, Any]) -> pd.DataFrame:
    """Return years by regions; every list beside the years is a region."""
    regions = {name: cells for name, cells in table.items() if isinstance(cells, list)}
    return pd.DataFrame(regions, dtype=float).drop(columns="years").set_axis(table["years"])


def square(given: Any) -> pd.DataFrame:
    """Return a matrix of classes by classes."""
    frame: pd.DataFrame = numbers(given)
    return frame


def sigma(inputs: Inputs) -> pd.DataFrame:
    values = by_year_and_region(inputs.get("table", inputs))
    result = dynamics.sigma_convergence(values, ddof=inputs.get("ddof", 0))
    names = {
        "standard_deviation": "sd",
        "coefficient_of_variation": "cv",
        "standard_deviation_of_logs": "sd_logs",
    }
    return result.rename(columns=names)


def beta(inputs: Inputs) -> pd.Series[Any]:
    years = inputs["t1"] - inputs["t0"]
    values = by_year_and_region(inputs["table"])
    result = dynamics.beta_convergence(
        values.loc[inputs["t0"]], values.loc[inputs["t1"]], years=years
    )
    if not inputs.get("divide_by_years", True):
        # Growth over the whole period instead of by year.
        result[["intercept", "slope", "standard_error"]] *= years
    return result.rename({"speed": "lambda_"})


def speed(inputs: Inputs) -> Any:
    annualised = "slope_annual" in inputs
    slope = numbers(inputs["slope_annual" if annualised else "slope"])
    result = dynamics.convergence_speed(slope, numbers(inputs["T"]), annualised=annualised)
    names = {"speed": "lambda_"}
    return result.rename(names) if result.ndim == 1 else result.rename(columns=names)


def steady_state(inputs: Inputs) -> pd.Series[Any]:
    chain = square(inputs["p"])
    found = {
        "steady_state": dynamics.ergodic_distribution(chain).tolist(),
        "mfpt": dynamics.mean_first_passage_times(chain).to_numpy().tolist(),
    }
    return pd.Series(found, dtype=object)


def transition(inputs: Inputs) -> pd.Series[Any]:
    if "counts" in inputs:
        moves = dynamics.transition_probabilities(square(inputs["counts"]))
    else:
        states = by_year_and_region(inputs.get("table", inputs))
        moves = dynamics.markov_transition(states, classes=inputs.get("classes"))
    found: dict[str, Any] = {
        "counts": moves.counts.to_numpy().tolist(),
        "p": moves.probabilities.to_numpy().tolist(),
        "standard_errors": moves.standard_errors.to_numpy().tolist(),
    }
    # A chain that falls into several closed groups has none.
    found["steady_state"] = None
    with contextlib.suppress(ValueError):
        shares = dynamics.ergodic_distribution(moves.probabilities)
        found["steady_state"] = None if shares.isna().any() else shares.tolist()
    return pd.Series(found, dtype=object)


ADAPTERS: Adapters = {
    "sigma_convergence": sigma,
    "beta_convergence_ols": beta,
    "beta_convergence_speed": speed,
    "markov_steady_state": steady_state,
    "markov_transition": transition,
}
