"""Do claims agree with each other and with published figures: formulas, bounds, verdicts.

A check is a formula on a few quantities. A quantity may be printed as a bound (more than 4600) and
is always rounded; both are carried through, so that a quotient of a lower bound is a lower bound
and a quotient of two lower bounds is open. The verdict of a test stands beside that of the editor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import aligned, by_cell, read, read_levels
from lyanalysis.indicators.claims._claim_formulas import (
    T,
    difference,
    increment,
    marginal_spend,
    nominal_spend_growth,
    projected_level,
    ratio,
    total,
)
from lyanalysis.indicators.claims._expected import place_in_range
from lyanalysis.indicators.claims._operation import (
    line_capacity,
    streak_start,
    throughput_from_cycle,
    unit_input_from_productivity,
    weekday,
)
from lyanalysis.indicators.growth import growth_rate, implied_previous_level

__all__ = [
    "FORMULAS",
    "difference",
    "evaluate_checks",
    "increment",
    "line_capacity",
    "list_disagreements",
    "marginal_spend",
    "nominal_spend_growth",
    "place_in_range",
    "projected_level",
    "ratio",
    "rounding_range",
    "streak_start",
    "throughput_from_cycle",
    "total",
    "unit_input_from_productivity",
    "weekday",
]

FORMULAS: Mapping[str, tuple[Callable[..., Any], int]] = {
    "difference": (difference, 2),
    "growth_rate": (growth_rate, 2),
    "implied_previous_level": (implied_previous_level, 2),
    "increment": (increment, 2),
    "line_capacity": (line_capacity, 2),
    "marginal_spend": (marginal_spend, 4),
    "nominal_spend_growth": (nominal_spend_growth, 2),
    "projected_level": (projected_level, 2),
    "ratio": (ratio, 2),
    "streak_start": (streak_start, 2),
    "throughput_from_cycle": (throughput_from_cycle, 1),
    "total": (total, 2),
    "unit_input_from_productivity": (unit_input_from_productivity, 1),
    "weekday": (weekday, 1),
}
"""What a check may compute, and of how many inputs; each is monotone in every input."""
COMPARATORS = ("=", ">", ">=", "<", "<=", "about")
"""How an input may be qualified; a result may also be ``open``: bounded on neither side."""
AGREEING = {"ok": "consistent", "flag": "conflicting"}
"""What a test must say beside an editorial verdict; ``info`` and ``ask`` claim nothing."""
COLUMNS = [
    "value",
    "unit",
    "comparator",
    "lower",
    "upper",
    "expected_lower",
    "expected_upper",
    "tolerance",
    "tolerance_kind",
    "computed",
    "editorial",
    "agreement",
    "expected_comparator",
]
"""Columns of evaluated checks."""
SLACK = 1e-9
"""Share of a number that binary arithmetic may be off."""


class _Quantity(NamedTuple):
    """A number with the range its rounding leaves, and the sides on which it is no more than that.

    ``below`` and ``above`` are ``""`` on a closed side, else the comparator that opens it: ``>``
    or ``>=`` above, ``<`` or ``<=`` below.
    """

    value: float
    low: float
    high: float
    below: str = ""
    above: str = ""
    about: bool = False

    @property
    def comparator(self) -> str:
        opened = self.below or self.above
        if opened and (self.about or (self.below and self.above)):
            return "open"
        return opened or ("about" if self.about else "=")


def rounding_range(value: T, step: T) -> tuple[T, T]:
    r"""Range of numbers that are printed as a value.

    Parameters
    ----------
    value : float, 1-D sequence or DataFrame
        Printed numbers.
    step : as `value`
        Last printed digit, 0 or more: 0.01 for 1.53.

    Returns
    -------
    tuple of two float, Series or DataFrame
        Both ends; NaN where an input is missing.

    Raises
    ------
    ValueError
        A negative step, or labels that differ.

    Notes
    -----
    .. math:: [x - s / 2,\; x + s / 2]

    Examples
    --------
    >>> low, high = rounding_range(1.53, 0.01)
    >>> print(f"{low:.3f} to {high:.3f}")
    1.525 to 1.535
    """
    printed, digit = aligned(read("value", value), read_levels("step", step))
    low: T = by_cell(printed.cells - digit.cells / 2, printed)
    high: T = by_cell(printed.cells + digit.cells / 2, printed)
    return low, high


def evaluate_checks(checks: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    r"""Compute every check, its bounds and the verdict of its test.

    Parameters
    ----------
    checks : DataFrame
        Index ``(check_id, part)``. ``formula``, a name of :data:`FORMULAS`, or empty for a check
        in words; ``inputs``, a tuple of labels of `values` or of earlier checks written
        ``D13.chain``; ``rounding``, those of them whose rounding counts; ``factor``, which brings
        the result to ``unit``; ``comparator`` the result is expected to have; ``expected_lower``
        and ``expected_upper``, equal for a single expected value, NaN for none; ``tolerance`` and
        ``tolerance_kind``, ``absolute`` or ``relative`` (a share of the bound); ``verdict`` of
        the editor: ``ok``, ``info``, ``ask`` or ``flag``.
    values : DataFrame
        Index: labels of inputs. ``value``; ``comparator``, ``=``, ``>``, ``>=``, ``<``, ``<=`` or
        ``about``; ``step``, the last printed digit.

    Returns
    -------
    DataFrame
        Index of `checks`. ``value`` in ``unit``; ``comparator`` of the result; ``lower`` and
        ``upper``, what rounding and comparators leave, NaN on an open side; ``expected_lower``,
        ``expected_upper``, ``tolerance``, ``tolerance_kind``; ``computed``, ``consistent`` or
        ``conflicting``, empty where nothing is tested; ``editorial``; ``agreement``, ``agrees`` or
        ``disagrees`` where a tested check is ``ok`` or ``flag``, else empty;
        ``expected_comparator``.

    Raises
    ------
    ValueError
        An unknown formula, input or comparator, or a wrong number of inputs.

    Notes
    -----
    Bounds come from both ends of every range: each formula is monotone in each of its inputs. An
    open side of an input opens the side of the result it moves. A test asks whether the range left
    reaches the expected one, widened by the tolerance. Where the result is ``open`` or ``about``
    it is the printed numbers that are tested, for nothing else could ever contradict them.
    A result of a missing input is NaN and is not tested.

    Examples
    --------
    More than 142 of supplier investment beside an anchor's 320 (both in 100 million yuan):

    >>> values = pd.DataFrame(
    ...     {"value": [142.0, 320.0], "comparator": [">", "="], "step": 1.0}, index=["F016", "F009"]
    ... )
    >>> leverage = {"formula": "ratio", "inputs": ("F016", "F009"), "rounding": (), "factor": 1.0}
    >>> rest = {"unit": "", "comparator": ">", "verdict": "ok", "tolerance_kind": "absolute"}
    >>> test = {"expected_lower": 0.5, "expected_upper": 1.0, "tolerance": 0.0}
    >>> index = pd.MultiIndex.from_tuples([("D10b", "leverage")], names=["check_id", "part"])
    >>> found = evaluate_checks(pd.DataFrame([leverage | rest | test], index=index), values)
    >>> found[["value", "comparator", "lower", "upper", "computed"]].to_numpy().tolist()
    [[0.44375, '>', 0.44375, nan, 'consistent']]
    """
    given = _quantities(values)
    done: dict[str, _Quantity] = {}
    rows = []
    for key, check in zip(checks.index, checks.to_dict("records"), strict=True):
        name = ".".join(key)
        done[name] = _evaluate(name, check, given, done)
        rows.append(_described(done[name], check))
    return pd.DataFrame(rows, index=checks.index, columns=COLUMNS)


def list_disagreements(evaluated: pd.DataFrame) -> pd.DataFrame:
    """List checks whose computation does not bear out what the table of checks says.

    Parameters
    ----------
    evaluated : DataFrame
        As :func:`evaluate_checks` returns it.

    Returns
    -------
    DataFrame
        Rows of `evaluated`, with ``about``: ``verdict`` where the test contradicts the editor,
        ``comparator`` where the result is bounded otherwise than expected.

    Raises
    ------
    ValueError
        A column is missing.

    Notes
    -----
    Empty for a table of checks that is in order. A verdict comes before a comparator.

    Examples
    --------
    >>> columns = ["agreement", "comparator", "expected_comparator"]
    >>> evaluated = pd.DataFrame([["disagrees", "=", "="]], index=["D18"], columns=columns)
    >>> list_disagreements(evaluated)["about"].to_dict()
    {'D18': 'verdict'}
    """
    for column in ("agreement", "comparator", "expected_comparator"):
        if column not in evaluated:
            raise ValueError(f"evaluated: column {column!r} is missing; give evaluate_checks(...)")
    verdict = evaluated["agreement"].eq("disagrees")
    bounded = evaluated["comparator"].ne(evaluated["expected_comparator"])
    about = np.where(verdict, "verdict", "comparator")
    return evaluated.assign(about=about)[verdict | bounded]


def _quantities(values: pd.DataFrame) -> dict[str, _Quantity]:
    known = {}
    columns = (values["value"], values["comparator"], values["step"])
    for label, value, comparator, step in zip(values.index, *columns, strict=True):
        if comparator not in COMPARATORS:
            raise ValueError(
                f"values: comparator {comparator!r} of {label} is not one of {COMPARATORS}"
            )
        low, high = rounding_range(float(value), float(step))
        known[str(label)] = _Quantity(
            float(value),
            low,
            high,
            below=comparator if comparator.startswith("<") else "",
            above=comparator if comparator.startswith(">") else "",
            about=comparator == "about",
        )
    return known


def _evaluate(
    name: str,
    check: Mapping[Any, Any],
    given: Mapping[str, _Quantity],
    done: Mapping[str, _Quantity],
) -> _Quantity:
    """Compute one check: value, range over the ends of its inputs, open sides."""
    if not check["formula"]:
        return _Quantity(np.nan, np.nan, np.nan)
    formula = _formula(name, check)
    inputs = []
    for label in check["inputs"]:
        if label not in done and label not in given:
            raise ValueError(
                f"check {name}: input {label!r} is neither in values nor an earlier check"
            )
        found = done[label] if label in done else given[label]
        # An earlier check has decided itself what rounding leaves of it.
        exact = label not in done and label not in check["rounding"]
        inputs.append(found._replace(low=found.value, high=found.value) if exact else found)
    values = tuple(found.value for found in inputs)
    value = formula(*values)
    corners = product(*({found.low, found.high} for found in inputs))
    ends = [value if corner == values else formula(*corner) for corner in corners]
    opened = {side: _opened(formula, inputs, value, side) for side in ("<", ">")}
    about = any(found.about for found in inputs)
    return _Quantity(value, min(ends), max(ends), opened["<"], opened[">"], about)


def _formula(name: str, check: Mapping[Any, Any]) -> Callable[..., float]:
    if check["formula"] not in FORMULAS:
        allowed = ", ".join(FORMULAS)
        raise ValueError(f"check {name}: formula {check['formula']!r} is not one of {allowed}")
    formula, arity = FORMULAS[check["formula"]]
    if len(check["inputs"]) != arity:
        raise ValueError(
            f"check {name}: {check['formula']} takes {arity} inputs, not {len(check['inputs'])}"
        )
    factor = float(check["factor"])
    return lambda *inputs: factor * formula(*inputs)


def _opened(
    formula: Callable[..., float], inputs: Sequence[_Quantity], value: float, side: str
) -> str:
    """Return the comparator that opens one side of a result, ``""`` where none does."""
    found = []
    for place, quantity in enumerate(inputs):
        for comparator, step in ((quantity.above, 1e-3), (quantity.below, -1e-3)):
            if comparator:
                moved = [other.value for other in inputs]
                moved[place] += step * (abs(moved[place]) or 1.0)
                rises = formula(*moved) > value
                if rises == (side == ">"):
                    found.append(comparator.replace("<", side).replace(">", side))
    # One strict input makes the sum, product or quotient strict: ">" sorts before ">=".
    return min(found, default="")


def _described(found: _Quantity, check: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the row of a check: number, bounds, both verdicts."""
    computed = _verdict(found, check)
    wanted = AGREEING.get(str(check["verdict"]), "")
    agreement = ("agrees" if computed == wanted else "disagrees") if computed and wanted else ""
    bounded = found.comparator in ("=", ">", ">=")
    return {
        "value": found.value,
        "unit": check["unit"],
        "comparator": found.comparator if check["formula"] else "",
        "lower": found.low if bounded else np.nan,
        "upper": found.high if found.comparator in ("=", "<", "<=") else np.nan,
        **{name: check[name] for name in ("expected_lower", "expected_upper")},
        **{name: check[name] for name in ("tolerance", "tolerance_kind")},
        "computed": computed,
        "editorial": check["verdict"],
        "agreement": agreement,
        "expected_comparator": check["comparator"],
    }


def _verdict(found: _Quantity, check: Mapping[Any, Any]) -> str:
    lower, upper = check["expected_lower"], check["expected_upper"]
    if np.isnan(found.value) or (pd.isna(lower) and pd.isna(upper)):
        return ""
    printed_only = found.comparator in ("open", "about")
    low = -np.inf if found.below and not printed_only else found.low
    high = np.inf if found.above and not printed_only else found.high
    scale = SLACK * max(1.0, abs(found.value))
    reached = (pd.isna(lower) or high >= lower - _margin(check, lower) - scale) and (
        pd.isna(upper) or low <= upper + _margin(check, upper) + scale
    )
    return "consistent" if reached else "conflicting"


def _margin(check: Mapping[Any, Any], bound: float) -> float:
    tolerance = float(check["tolerance"])
    return tolerance * abs(bound) if check["tolerance_kind"] == "relative" else tolerance
