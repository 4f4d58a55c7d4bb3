"""Solow residual and Malmquist index."""

from __future__ import annotations

from typing import Any

import pandas as pd
from vectors.reading import Adapters, Inputs, numbers

from lyanalysis.indicators import productivity


def solow(inputs: Inputs) -> Any:
    """Growth as a fraction goes in and comes out: the residual is linear in it."""
    residual = productivity.solow_residual(
        *(numbers(inputs[name]) for name in ("gY", "gK", "gL")),
        capital_share=numbers(inputs["alpha"]),
    )
    frame = pd.DataFrame({"tfp": residual if isinstance(residual, pd.Series) else [residual]})
    return frame if isinstance(residual, pd.Series) else frame.iloc[0]


def malmquist(inputs: Inputs) -> Any:
    """Return all units, or the one that the vector asks for."""
    quantities = [numbers(inputs[year][side]) for year in ("t0", "t1") for side in ("x", "y")]
    result = productivity.malmquist(*quantities)
    return result if "unit" not in inputs else result.loc[inputs["unit"]]


ADAPTERS: Adapters = {"solow_residual": solow, "malmquist": malmquist}
