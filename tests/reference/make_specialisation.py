"""Freeze answers of peer libraries: ``python tests/reference/make_specialisation.py``.

Not run by the tests. Needs, in an environment of its own: inequality 1.1.2 (PySAL), ecomplexity
0.5.3, economic-complexity 0.3.0, numpy 2.4.6, pandas 3.1.1.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from ecomplexity import ecomplexity
from economic_complexity import rca
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

PINNED = {
    "inequality": "1.1.2",
    "ecomplexity": "0.5.3",
    "economic-complexity": "0.3.0",
    "numpy": "2.4.6",
    "pandas": "3.1.1",
}
KEYS = ["year", "region", "industry"]
COLUMNS = {"time": "year", "loc": "region", "prod": "industry", "val": "level"}


def main() -> None:
    for package, pinned in PINNED.items():
        if version(package) != pinned:
            raise SystemExit(f"{package}: {version(package)} is installed; expected {pinned}")
    draw = np.random.default_rng(20251124)
    years, regions, industries = [2020, 2021], [f"r{code}" for code in range(7)], list("abcde")
    levels = draw.lognormal(3, 1, (len(years), len(regions), len(industries)))
    levels[:, 0, 0] = 0.0
    values = draw.lognormal(3, 1, (4, 24))
    values[3, :3] = 0.0
    groups = [f"g{unit % 5}" for unit in range(values.shape[1])]

    index = pd.MultiIndex.from_product([years, regions, industries], names=KEYS)
    table = pd.Series(levels.ravel(), index, name="level").reset_index()
    by_year = ecomplexity(table, COLUMNS).set_index(KEYS)["rca"]
    quotients = {
        "ecomplexity": by_year.reindex(index).to_numpy().reshape(levels.shape).tolist(),
        "economic-complexity": [
            rca(pd.DataFrame(cells, regions, industries)).to_numpy().tolist() for cells in levels
        ],
    }
    split = TheilD(values.T, np.array(groups))
    answers = {
        "peers": PINNED,
        "location": {
            "years": years,
            "regions": regions,
            "industries": industries,
            "levels": levels.tolist(),
            "quotients": quotients,
        },
        "inequality": {
            "values": values.tolist(),
            "groups": groups,
            "gini": [float(Gini(row).g) for row in values],
            "theil_t": Theil(values.T).T.tolist(),
            "between": split.bg.tolist(),
            "within": split.wg.tolist(),
        },
    }
    path = Path(__file__).with_name("specialisation.json")
    path.write_text(json.dumps(answers) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
