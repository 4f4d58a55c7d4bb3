"""Time the indicators: ``make bench-indicators``.

Every closed form is timed against the plain numpy line on the same numbers and against the fastest
peer that gives the same answer, where one is installed (``make peers``), on wide frames of 18
regions x 41 industries x 15 years, 300 x 41 x 25 and 3000 x 97 x 25. A round runs all of them by
turns; the table shows the median over rounds of the time and of its ratio to numpy, and the most
memory that was held besides the input, as a multiple of it. Before it is timed every answer is
compared with numpy's and the peer's: a fast wrong number is worth nothing. The other functions
follow with their seconds and their order of growth, seen from one size to the next.

``--rounds N`` says how many rounds, ``--only NAME`` which functions, ``--sizes N`` how many of the
three sizes, ``--json FILE`` where the numbers are kept. Machines are noisy: compare numbers of one
row, never of two runs. The exit code is 1 where an answer differs.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from benchmarks.indicator_cases import CLOSED_FORMS, OTHERS, Case, Inputs, Other, make_inputs

SIZES = ((18, 41, 15), (300, 41, 25), (3000, 97, 25))
SHORTEST = 0.005
"""Seconds: what is faster is run several times, so that the clock can see it."""


class AnswerError(Exception):
    """Two ways to compute the same number disagree; the message is one line."""


@dataclass(slots=True)
class Row:
    """What was measured of one closed form at one size."""

    name: str
    size: str
    ours: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    peer: list[float] = field(default_factory=list)
    peer_name: str = ""
    memory: float = math.nan

    @property
    def ratio(self) -> float:
        """Median over rounds of our time over numpy's in the same round."""
        return median(ours / plain for ours, plain in zip(self.ours, self.plain, strict=True))

    @property
    def peer_ratio(self) -> float:
        """The same against the peer, NaN without one."""
        if not self.peer:
            return math.nan
        return median(ours / peer for ours, peer in zip(self.ours, self.peer, strict=True))


def timed(call: Callable[[], object], times: int) -> float:
    """Return the seconds of one call, on average over some."""
    begin = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - begin) / times


def peak(call: Callable[[], object]) -> int:
    """Return the most bytes that a call held at once, what it returned included."""
    gc.collect()
    tracemalloc.start()
    call()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def same(one: Any, other: Any, name: str) -> None:
    """Compare two answers; both may hold missing values in the same places."""
    ours, theirs = (np.asarray(answer, dtype=float) for answer in (one, other))
    if ours.shape != theirs.shape or not np.allclose(
        ours, theirs, rtol=1e-9, atol=1e-9, equal_nan=True
    ):
        raise AnswerError(f"{name}: the answers differ")


def measure(case: Case, inputs: Inputs, size: str, rounds: int) -> Row:
    """Compare the answers of one closed form, then time and weigh it."""
    row = Row(case.name, size)
    arrays = case.arrays(inputs)
    ours, plain = (lambda: case.ours(inputs)), (lambda: case.plain(*arrays))
    same(case.values(ours()), plain(), f"{case.name} and numpy at {size}")
    calls = {"ours": ours, "plain": plain}
    if case.peer is not None:
        row.peer_name, peer = case.peer[0], case.peer[1]
        calls["peer"] = lambda: peer(*arrays)
        same(case.values(ours()), peer(*arrays), f"{case.name} and {row.peer_name} at {size}")
    times = {
        name: max(1, math.ceil(SHORTEST / max(timed(call, 1), 1e-7)))
        for name, call in calls.items()
    }
    for _ in range(rounds):
        for name, call in calls.items():
            getattr(row, name).append(timed(call, times[name]))
    row.memory = peak(ours) / sum(array.nbytes for array in arrays)
    return row


def growth(other: Other, sizes: Sequence[int], rounds: int) -> tuple[list[float], float]:
    """Time a function at growing sizes; return seconds and the order seen at the last step."""
    seconds = []
    for size in sizes:
        call = other.prepare(size)
        call()
        seconds.append(median(timed(call, 1) for _ in range(rounds)))
    return seconds, math.log(seconds[-1] / seconds[-2]) / math.log(sizes[-1] / sizes[-2])


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).split(":", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--sizes", type=int, default=len(SIZES), choices=range(1, len(SIZES) + 1))
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    known = [one.name for one in (*CLOSED_FORMS, *OTHERS)]
    for name in asked.only:
        if name not in known:
            print(f"{name} is not measured; these are: {', '.join(known)}", file=sys.stderr)
            return 2
    kept: list[dict[str, object]] = []
    try:
        head = f"{'ours':>11}{'numpy':>11}{'ratio':>7}{'memory':>8}  peer"
        print(f"{'closed form':34}{'size':>12}{head}")
        for regions, parts, years in SIZES[: asked.sizes]:
            inputs = make_inputs(regions, parts, years)
            for case in CLOSED_FORMS:
                if asked.only and case.name not in asked.only:
                    continue
                row = measure(case, inputs, f"{regions}x{parts}x{years}", asked.rounds)
                kept.append(show(row))
        print(f"\n{'other function':34}{'rows':>24}{'seconds':>30}{'order':>8}")
        for other in OTHERS:
            if asked.only and other.name not in asked.only:
                continue
            sizes = other.sizes[: max(2, asked.sizes)]
            seconds, order = growth(other, sizes, 3)
            listed = ", ".join(f"{one:.4f}" for one in seconds)
            counts = ", ".join(str(size) for size in sizes)
            print(f"{other.name:34}{counts:>24}{listed:>30}{order:8.1f}", flush=True)
            kept.append({"name": other.name, "sizes": list(sizes), "seconds": seconds})
    except AnswerError as error:
        print(error, file=sys.stderr)
        return 1
    if asked.json:
        asked.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0


def show(row: Row) -> dict[str, object]:
    """Print one row and return it for the file."""
    peer = ""
    if row.peer:
        peer = f"  {row.peer_name} {1000 * median(row.peer):.2f} ms, ratio {row.peer_ratio:.2f}"
    times = f"{1000 * median(row.ours):8.3f} ms{1000 * median(row.plain):8.3f} ms"
    print(f"{row.name:34}{row.size:>12}{times}{row.ratio:7.2f}{row.memory:7.1f}x{peer}", flush=True)
    return {
        "name": row.name,
        "size": row.size,
        "ours": median(row.ours),
        "numpy": median(row.plain),
        "ratio": row.ratio,
        "memory": row.memory,
        "peer": row.peer_name,
        "peer_ratio": row.peer_ratio if row.peer else None,
    }


if __name__ == "__main__":
    sys.exit(main())
