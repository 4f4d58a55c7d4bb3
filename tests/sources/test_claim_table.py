"""What the article says, as a table, never mixes subjects, regions or repeats."""

from __future__ import annotations

import pandas as pd
import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.sources import load_claimed


def test_subjects_are_rows_and_missing_stays_missing() -> None:
    said = load_claimed("410300", ["park_land_area", "enterprise_revenue"], language="zh")
    assert said.values.index.tolist() == ["国宏智能装备科技产业社区", "洛轴"]
    assert said.values.isna().to_numpy().tolist() == [[False, True], [True, False]]
    assert said.claim_ids == ("F024", "F045")
    assert said.comparators.loc["洛轴"].tolist() == ["", "="]


def test_a_repeated_claim_is_taken_once() -> None:
    said = load_claimed("410300", ["advantage_chain_count"], language="en")
    assert said.claim_ids == ("F070",)


def test_nothing_said_gives_empty_columns() -> None:
    said = load_claimed("410100", ["park_land_area"], language="en")
    assert said.values.columns.tolist() == ["park_land_area"]
    assert said.values.dtypes.tolist() == [pd.Series(dtype=float).dtype]
    assert said.claim_ids == ()


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ParameterError, match="region"):
        load_claimed("999999", ["park_land_area"], language="en")
