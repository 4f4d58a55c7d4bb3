"""Where a tested result lies beside what was expected of it, on one scale for all checks."""

from __future__ import annotations

import numpy as np
import pandas as pd

REQUIRED = ["value", "expected_lower", "expected_upper", "tolerance", "tolerance_kind"]


def place_in_range(evaluated: pd.DataFrame) -> pd.DataFrame:
    r"""Put tested results on one scale, on which what is expected runs from -1 to 1.

    Parameters
    ----------
    evaluated : DataFrame
        Columns of :func:`evaluate_checks`: ``value``, ``expected_lower`` and ``expected_upper``,
        NaN for an open side, ``tolerance`` and ``tolerance_kind``.

    Returns
    -------
    DataFrame
        Rows of `evaluated` that are tested, that is, have a value and a bound. ``allowed_lower``
        and ``allowed_upper``: the expected bounds with their tolerance, in the unit of the value;
        ``placement``: -1 at the lower bound, 1 at the upper one, 0 half-way, no unit.

    Raises
    ------
    ValueError
        A column is missing.

    Notes
    -----
    .. math:: z = 2 \frac{x - l}{u - l} - 1

    With one bound alone there is no half-way, and the distance from it is counted in parts of the
    bound, or in units where the bound is 0: :math:`z = 1 + (x - u) / |u|` or
    :math:`z = -1 + (x - l) / |l|`. Bounds that coincide without tolerance put any other value at
    infinity, and an equal one at 0.

    Examples
    --------
    A result of 150 where 100 to 200 are expected, give or take a fifth:

    >>> test = {"expected_lower": 100.0, "expected_upper": 200.0, "tolerance": 0.2}
    >>> row = {"value": 150.0, "tolerance_kind": "relative"} | test
    >>> placed = place_in_range(pd.DataFrame([row], index=["D8"]))
    >>> placed.round(3).to_numpy().tolist()
    [[80.0, 240.0, -0.125]]
    """
    for column in REQUIRED:
        if column not in evaluated:
            raise ValueError(f"evaluated: column {column!r} is missing; give evaluate_checks(...)")
    bounds = evaluated[["expected_lower", "expected_upper"]].astype(float)
    tested = evaluated["value"].notna() & bounds.notna().any(axis=1)
    rows, bounds = evaluated[tested], bounds[tested]
    relative = rows["tolerance_kind"].eq("relative").to_numpy()
    tolerance = rows["tolerance"].to_numpy(float)
    lowest, highest = bounds["expected_lower"], bounds["expected_upper"]
    lower = lowest - np.where(relative, tolerance * lowest.abs(), tolerance)
    upper = highest + np.where(relative, tolerance * highest.abs(), tolerance)
    value = rows["value"].astype(float)
    half = (upper - lower) / 2
    centre = (upper + lower) / 2
    between = ((value - centre) / half).where(value.ne(centre), 0.0)
    above = 1 + (value - upper) / upper.abs().where(upper.ne(0), 1.0)
    below = -1 + (value - lower) / lower.abs().where(lower.ne(0), 1.0)
    placement = np.select([half.notna(), lower.isna()], [between, above], below)
    return pd.DataFrame(
        {"allowed_lower": lower, "allowed_upper": upper, "placement": placement}, index=rows.index
    )
