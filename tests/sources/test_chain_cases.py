"""Claims stand under chains as the table says; what is unknown or said twice is refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError, ParameterError
from lyanalysis.sources import chain_cases, load_chain_cases, load_claims
from lyanalysis.sources.chain_cases import CELLS, CHAINS, read_chain_cases


def test_chains_stand_in_order_with_their_claims() -> None:
    cases = load_chain_cases("410300", language="zh")
    assert list(dict.fromkeys(cases["chain"])) == list(CHAINS)
    loan = cases.loc["F048"]
    assert loan[["entity", "printed", "printed_unit", "cell"]].tolist() == [
        *("优箔(洛阳)金属材料公司", "7", "亿元", "cost")
    ]
    assert cases.loc["F057", "status"] == "target"
    # The table holds no amount of money for the policy chain, and none is made up.
    assert "cost" not in set(cases.loc[cases["chain"].eq("policy"), "cell"])


def test_no_repeated_claim_and_no_slogan_is_a_case() -> None:
    claims = load_claims().loc[read_chain_cases()["claim_id"]]
    assert claims["repeat_of"].eq("").all()
    assert not claims["tags"].str.contains("label").any()


def test_a_region_without_claims_has_no_rows() -> None:
    assert load_chain_cases("410100", language="en").empty
    with pytest.raises(ParameterError, match="region"):
        load_chain_cases("999999", language="en")


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (["F999", "industry", "cost"], "claim_id", "is not a claim"),
        (["F048", "finance", "cost"], "chain", "is not a chain; use one of industry"),
        (["F048", "capital", "money"], "cell", "is not a cell; use one of case"),
    ],
)
def test_an_unknown_code_is_refused(
    row: list[str], column: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = pd.MultiIndex.from_tuples([(chain_cases.CHAIN_CASES, 2)], names=["file", "row"])
    table = pd.DataFrame([row], index=at, columns=["claim_id", "chain", "cell"])
    monkeypatch.setattr(chain_cases, "read_keyed", lambda *_: table)
    with pytest.raises(DataError, match=expected):
        read_chain_cases()


def test_the_package_declares_what_the_loader_checks() -> None:
    columns = catalog.table_columns(chain_cases.CHAIN_CASES)
    assert list(columns) == ["claim_id", "chain", "cell"]
    assert set(read_chain_cases()["cell"]) == set(CELLS)
    path = Path(__file__).parents[2] / "data" / chain_cases.CHAIN_CASES
    assert len(read_chain_cases()) == len(path.read_text(encoding="utf-8").splitlines()) - 1
