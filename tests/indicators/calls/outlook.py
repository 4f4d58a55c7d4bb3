from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.indicators import outlook

YEARS = pd.Index(range(2012, 2026), name="year")
SHARES = pd.DataFrame(
    {
        "A": [20.0, 21.5, 22, 24, 25.1, 25.9, 27.4, 28, 29.3, 30.4, 31.2, 32.6, 33.1, 34.9],
        "B": [None, None, 9, 9.4, 9.1, 8.7, 8.8, 8.1, 8.3, 7.7, 7.4, 7.5, 7.1, 6.6],
        "C": [5.0, None, 5.2, 5.1, 5.3, 5.2, 5.6, 5.8, 5.7, 5.9, 6.1, 6.0, 6.2, 6.4],
    },
    index=YEARS,
)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "linear_trend": ((SHARES,), {"horizon": 2}),
    "exponential_smoothing": ((SHARES,), {"horizon": 2}),
    "backtest": ((SHARES,), {}),
    "backtest_summary": ((outlook.backtest(SHARES),), {}),
    "years_to_threshold": ((SHARES, pd.Series({"A": 40.0, "B": 5.0, "C": 7.0})), {"draws": 500}),
}
