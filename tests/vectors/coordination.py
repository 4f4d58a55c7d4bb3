"""Coupling, coupling coordination, obstacles, grey relation and decoupling."""

from __future__ import annotations

from typing import Any

import pandas as pd
from vectors.reading import Adapters, Inputs, numbers

from lyanalysis.indicators import coordination


def coupling_degree(inputs: Inputs) -> Any:
    """Return both forms, and what the traditional one becomes where its factor n is lost."""
    systems = numbers(inputs["U"])
    degree = coordination.coupling(systems)
    forms = {
        "C_traditional": degree,
        "C_modified": coordination.coupling(systems, form="modified"),
        "C_missing_factor_n": degree / systems.shape[-1],
    }
    return pd.Series(forms) if systems.ndim == 1 else pd.DataFrame(forms)


def tapio_decoupling(inputs: Inputs) -> Any:
    """Return elasticity and state, whose words the vectors write apart."""
    found = coordination.decoupling(numbers(inputs["d_pressure"]), numbers(inputs["d_gdp"]))
    if found.ndim == 1:
        return pd.Series({**found, "state": found["state"].replace("_", " ")}, dtype=object)
    return found.assign(state=found["state"].str.replace("_", " "))


ADAPTERS: Adapters = {
    "coupling_degree": coupling_degree,
    "tapio_decoupling": tapio_decoupling,
}
