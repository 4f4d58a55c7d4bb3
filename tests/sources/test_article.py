"""What of the article belongs into the report of a region, counted as its model counts it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError, ParameterError
from lyanalysis.sources import (
    count_evidence,
    count_matches,
    load_lessons,
    load_region_claims,
    split_rows,
    trace_claims,
)
from lyanalysis.sources.lessons import read_lessons

LEDGER = Path(__file__).parents[3] / "shared" / "reference" / "article_ledger.csv"
OPEN_ENDED = {
    *("F003", "F006", "F009", "F012", "F014", "F026"),
    *("F027", "F028", "F043", "F044", "F061", "F077"),
}
"""Claims whose period the article leaves open on one side: undated, though words stand there."""


def test_the_counts_are_those_of_the_model_of_the_article() -> None:
    """94 claims: 69 exact, 19 bounds, 6 about; 65 hard; sections add up."""
    claims = load_region_claims("410300")
    counts = count_evidence(claims)
    assert len(claims) == 94
    assert counts[["exact", "bound", "about"]].sum().tolist() == [69, 19, 6]
    assert counts["hard"].sum() == 65
    assert counts[["hard", "label", "verbal", "implied", "repeat"]].to_numpy().sum() == 94
    assert counts[["dated", "undated"]].sum().tolist() == [37, 57]


def test_undated_are_the_45_of_the_model_and_twelve_open_ended() -> None:
    if not LEDGER.is_file():
        pytest.skip("../shared is absent")
    with LEDGER.open(encoding="utf-8-sig", newline="") as file:
        printed = {row["fact_id"]: row["period"] for row in csv.DictReader(file)}
    without = {id for id, period in printed.items() if "undated" in period or "as_of" in period}
    claims = load_region_claims("410300")
    undated = set(claims.index[claims["dating"].eq("undated")])
    assert len(without) == 45
    assert undated - without == OPEN_ENDED
    assert not without - undated


def test_a_region_has_its_own_claims_and_the_subject_has_all() -> None:
    assert set(load_region_claims("410400")["region_code"]) == {"410400"}
    assert set(load_region_claims("410000")["region_code"]) == {"410000", ""}
    assert {"F082", "F083", "F084"} <= set(load_region_claims("410000").index)
    assert load_region_claims("410100").empty
    with pytest.raises(ParameterError, match="999999"):
        load_region_claims("999999")


def test_claims_are_matched_and_those_without_series_counted() -> None:
    counts = count_matches(trace_claims("410300")).sum(axis=1)
    assert counts.to_dict() == {
        "same_period": 3,
        "other_period": 2,
        "none": 5,
        "unpublished": 3,
        "no_series": 81,
    }
    assert count_matches(trace_claims("410100")).empty


def test_a_reprint_is_no_other_publisher() -> None:
    """Two copies of a communiqué are two documents of one office."""
    names = {catalog.publisher_name(id) for id in ("s4a70902e", "sd54845b1")}
    assert names == {"洛阳市统计局"}
    traced = trace_claims("410300")
    equal = traced[traced["match"].isin(["same_period", "other_period"])]
    assert equal["publishers"].tolist() == [1, 1, 1, 1, 1]
    assert set(equal["grade"]) == {"B"}
    assert traced["publishers"].isna().sum() == 81


def test_a_frame_is_split_by_its_codes() -> None:
    claims = load_region_claims("410300")
    exact, rest = split_rows(claims, "exactness", ["exact"], ["bound", "about"])
    assert (len(exact), len(rest)) == (69, 25)


def test_lessons_are_those_of_the_region_with_the_figures_up_to_the_year() -> None:
    every = load_lessons("410300", year=2025)
    assert every["kind"].value_counts().to_dict() == {"expert": 7, "risk": 6, "lesson": 3}
    province = load_lessons("410000", year=2025)
    assert province.index.tolist() == ["E4", "E5"]
    assert load_lessons("410100", year=2025).empty
    early = load_lessons("410300", year=2012)
    assert (early["annual_figures"] <= every["annual_figures"]).all()
    assert early.loc["E6", "last_year"] == 2012
    # 41 divisions and 197 groups need the classification, not a series.
    assert every.loc["E4", ["annual_figures", "series"]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("F069|F072|F076", "F069|F999", "column claims: 'F069\\|F999' names one"),
        ("D12.increment", "D12.decrement", "column checks"),
        ("hightech_mfg_growth|", "hightech_growth|", "column variables"),
        (",partly\n", ",perhaps\n", "column status: 'perhaps' is not known"),
        (",lesson,410300", ",lesson,999999", "column region_code"),
    ],
)
def test_a_damaged_table_of_lessons_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(Path(__file__).parents[2] / "data", folder)
    path = folder / "classifications" / "lessons.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_lessons(data=folder)
