"""Answers of a peer on seeded input for `tests/reference/dynamics.json`.

    python tests/reference/make_dynamics.py

Needs giddy 2.3.9 (Python 3.12 or later), which the package does not depend on.
"""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import giddy
import numpy as np
from giddy import ergodic, markov, mobility

MEASURES = {
    "prais": "P",
    "determinant": "D",
    "second_eigenvalue": "L2",
    "bartholomew_1": "B1",
    "bartholomew_2": "B2",
}


def of_chain(chain: np.ndarray, distribution: np.ndarray) -> dict[str, object]:
    indices = {
        name: float(mobility.markov_mobility(chain, measure=measure, ini=distribution))
        for name, measure in MEASURES.items()
    }
    uniform = {
        name: float(mobility.markov_mobility(chain, measure=measure))
        for name, measure in MEASURES.items()
    }
    times = ergodic.mfpt(chain)
    return {
        "probabilities": chain.tolist(),
        "distribution": distribution.tolist(),
        "steady_state": ergodic.steady_state(chain).tolist(),
        "mean_first_passage_times": np.where(np.isinf(times), None, times).tolist(),
        "mobility": indices,
        "mobility_uniform": uniform,
    }


def main() -> None:
    draw = np.random.default_rng(20250101)
    chains = []
    for classes in (2, 3, 4, 5, 7):
        chain = draw.dirichlet(np.full(classes, 0.6), classes)
        chains.append(of_chain(chain, draw.dirichlet(np.ones(classes))))
    # The highest class is never left: one closed class, the others are left for good.
    absorbing = np.array([[0.8, 0.2, 0.0], [0.3, 0.5, 0.2], [0.0, 0.0, 1.0]])
    states = draw.integers(0, 4, (25, 12))
    with contextlib.redirect_stdout(io.StringIO()):
        fitted = markov.Markov(states)
    found = {
        "peer": f"giddy {giddy.__version__}",
        "chains": chains,
        "absorbing": {
            "probabilities": absorbing.tolist(),
            "mean_first_passage_times": np.where(
                np.isinf(ergodic.mfpt(absorbing)), None, ergodic.mfpt(absorbing)
            ).tolist(),
        },
        # Regions by years.
        "states": states.tolist(),
        "counts": fitted.transitions.tolist(),
        "probabilities": fitted.p.tolist(),
    }
    text = json.dumps(found, indent=1)
    Path(__file__).with_name("dynamics.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
