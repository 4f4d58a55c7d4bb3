"""Freeze answers of peers on weights and TOPSIS: ``python tests/reference/make_composite.py``.

Needs pymcdm 1.4.0 and scikit-criteria 0.10, which are not among the project's dependencies. The
peers are right where every indicator varies and is positive; with a constant column their CRITIC
weights are NaN, and pymcdm takes no zeros for entropy weights.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import skcriteria
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import minmax_normalization, vector_normalization
from pymcdm.weights import critic_weights, entropy_weights
from skcriteria.agg import topsis
from skcriteria.preprocessing import scalers, weighters

SEED, ROWS, COLUMNS = 20250101, 18, 7


def main() -> None:
    draw = np.random.default_rng(SEED)
    data = draw.lognormal(3.0, 0.8, size=(ROWS, COLUMNS))
    weights = draw.dirichlet(np.ones(COLUMNS))
    directions = np.where(np.arange(COLUMNS) % 3 == 2, -1, 1)
    matrix = skcriteria.mkdm(data, directions.tolist(), weights=weights)
    scaled = scalers.MinMaxScaler(target="matrix").transform(
        skcriteria.mkdm(data * directions, np.ones(COLUMNS), weights=weights)
    )
    similarity = topsis.TOPSIS().evaluate(
        scalers.VectorScaler(target="matrix").transform(
            skcriteria.mkdm(data, np.ones(COLUMNS), weights=weights)
        )
    )
    frozen = {
        "data": data.tolist(),
        "weights": weights.tolist(),
        "directions": directions.tolist(),
        "pymcdm": {
            "version": version("pymcdm"),
            "entropy": entropy_weights(data).tolist(),
            "critic": critic_weights(minmax_normalization(data * directions)).tolist(),
            "topsis": TOPSIS(vector_normalization)(data, weights, np.ones(COLUMNS)).tolist(),
            "topsis_with_directions": TOPSIS(vector_normalization)(
                data, weights, directions
            ).tolist(),
        },
        "scikit-criteria": {
            "version": version("scikit-criteria"),
            "entropy": weighters.EntropyWeighter().transform(matrix).weights.tolist(),
            "critic": weighters.CRITIC(scale=False).transform(scaled).weights.tolist(),
            "topsis": similarity.e_.similarity.tolist(),
        },
    }
    path = Path(__file__).with_suffix("").with_name("composite.json")
    path.write_text(json.dumps(frozen, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
