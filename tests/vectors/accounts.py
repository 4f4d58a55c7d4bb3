"""Growth accounting, structural change and upgrading."""

from __future__ import annotations

from typing import Any

import pandas as pd
from vectors.reading import Adapters, Inputs, by_year, numbers, pair

from lyanalysis.indicators import growth, structure, upgrading

TOTALS = ("total_previous", "total_current")


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


ADAPTERS: Adapters = {
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
