"""Checks in the report of a region: which it shows, and which claims and sources they rest on."""

from __future__ import annotations

import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.indicators.claims import evaluate_checks
from lyanalysis.sources import (
    checks_about,
    count_checks,
    load_cases,
    load_check_inputs,
    load_checks,
    load_region_checks,
)


def test_checks_are_counted_once_with_their_gravest_verdict() -> None:
    counts = count_checks(load_region_checks("410300"))
    assert counts.sum(axis=1).to_dict() == {"numeric": 38, "text": 8, "cross_source": 7}
    assert counts.loc["numeric"].to_dict() == {"ok": 3, "info": 22, "ask": 9, "in_conflict": 4}
    assert load_region_checks("410300").loc[("D17", "nested"), "check_verdict"] == "ask"


def test_a_check_is_shown_where_one_of_its_parts_speaks_of_the_region() -> None:
    assert load_region_checks("410400").index.unique("check_id").tolist() == ["D28", "D29"]
    assert load_region_checks("410100").empty
    assert count_checks(load_region_checks("410100")).empty
    province = load_region_checks("410000").index.unique("check_id")
    assert {"D18", "D30", "D31", "T3"} <= set(province)


def test_what_enters_a_result_enters_those_computed_from_it() -> None:
    checks = load_region_checks("410300")
    # Chains an anchor is worth: its output by the average chain, which is revenue by number.
    assert checks.loc[("D14", "in_chains"), "claim_ids"] == ("F014", "F072", "F070")
    assert checks.loc[("X2", "from_2024"), "source_ids"]
    assert checks.loc[("X5", "of_industry"), "source_ids"]
    assert checks.loc[("T7", "text"), "claims_involved"] == 7


def test_rows_selected_for_a_region_are_those_evaluated() -> None:
    evaluated = evaluate_checks(load_checks(), load_check_inputs())
    shown = evaluated.join(load_region_checks("410600"), how="inner")
    assert shown["value"].round(1).tolist() == [-16.0, 51.5, 50.1]


def test_checks_of_a_region_leave_out_those_on_other_regions() -> None:
    own = load_region_checks("410300", ["D13", "D14", "D31"])
    assert set(own.index.get_level_values("check_id")) == {"D13", "D14"}
    assert own.loc[("D14", "in_chains"), "claim_ids"] == ("F014", "F072", "F070")
    assert load_region_checks("410100", ["D13"]).empty
    with pytest.raises(ParameterError, match="no check 'D99'"):
        load_region_checks("410300", ["D99"])


def test_checks_keep_the_order_asked_for_and_the_region() -> None:
    found = load_region_checks("410300", ["X6", "D15", "D36"])
    assert list(dict.fromkeys(found.index.get_level_values("check_id"))) == ["X6", "D15", "D36"]
    # D11 to D14 and the peers of the province are about several regions or none.
    assert load_region_checks("410300", ["D28", "D30"]).empty
    assert load_region_checks("410400", ["D28"]).index.get_level_values(0).unique() == ["D28"]
    with pytest.raises(ParameterError, match="region"):
        load_region_checks("999999", ["D15"])


def test_an_earlier_result_stays_with_its_check() -> None:
    parts = load_region_checks("410300", ["D26"]).index.get_level_values("part").tolist()
    assert parts == ["teams_per_year", "named", "of_community_target"]


def test_a_check_needs_all_its_claims() -> None:
    evaluated = evaluate_checks(load_checks(), load_check_inputs())
    judged = load_region_checks("410300").join(evaluated)
    cases = load_cases("410300", "space", language="en").index
    found = checks_about(judged, cases)
    # D26 needs claims on talent, D33 those on tourism.
    assert set(found.index.get_level_values(0)) == {"D19", "D20", "D21", "D22", "D23", "D24"}
    assert found.loc[("D24", "firms_each"), "claim_ids"] == ("F030", "F033", "F029")
    touching = checks_about(judged, cases, touching=["F033"])
    assert set(touching.index.get_level_values(0)) == {"D24"}
    assert checks_about(judged, cases, touching=[]).empty
