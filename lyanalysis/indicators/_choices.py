"""Options of a function, refused in one line that names what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral, Real


def one_of(name: str, value: object, allowed: Sequence[str]) -> None:
    """Refuse a misspelt option."""
    if value not in allowed:
        listed = ", ".join(f'"{option}"' for option in allowed[:-1])
        raise ValueError(f'{name}: {value!r} is not allowed; expected {listed} or "{allowed[-1]}"')


def read_confidence(confidence: float) -> float:
    """Read a confidence level: a fraction strictly between 0 and 1."""
    number: object = confidence
    if isinstance(number, bool) or not isinstance(number, Real) or not 0 < float(number) < 1:
        raise ValueError(
            f"confidence: {confidence!r} is not allowed; expected a fraction between 0 and 1"
        )
    return float(confidence)


def read_whole(name: str, value: int, least: int) -> int:
    """Read a count: a whole number that is not below `least`."""
    number: object = value
    if isinstance(number, bool) or not isinstance(number, Integral) or int(number) < least:
        raise ValueError(
            f"{name}: {value!r} is not allowed; expected a whole number of {least} or more"
        )
    return int(number)
