from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis.indicators import shift_share

PANEL = pd.DataFrame(
    {"a": [10.0, 12.0, 9.0, 20.0, 0.0, 5.0], "b": [30.0, 31.0, 33.0, 7.0, 8.0, None]},
    index=pd.MultiIndex.from_product(
        [["410300", "410200"], [2021, 2020, 2022]], names=["region_code", "year"]
    ),
)
START, END = PANEL.xs(2020, level="year"), PANEL.xs(2021, level="year")
REFERENCE = pd.DataFrame(
    {"b": [90.0, 95.0, 99.0], "a": [100.0, 130.0, 120.0]},
    index=pd.Index([2020, 2021, 2022], name="year"),
)
REFERENCES = {"reference_start": REFERENCE.loc[2020], "reference_end": REFERENCE.loc[2021]}
YEARLY = shift_share.shift_share_dynamic(PANEL)

CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "shift_share": ((START, END), {}),
    "shift_share_account": ((shift_share.shift_share(START, END),), {"end": END}),
    "shift_share_totals": ((YEARLY,), {}),
    "shift_share_esteban_marquillas": ((START, END), REFERENCES),
    "allocation_sign": ((START, END), REFERENCES),
    "shift_share_arcelus": ((START, END), REFERENCES),
    "shift_share_dynamic": ((PANEL,), {"reference": REFERENCE, "method": "arcelus"}),
    "shift_share_dynamic_totals": ((YEARLY,), {}),
}
