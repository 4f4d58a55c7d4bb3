"""Claims on a region: only its own series, and the right side of an event."""

from __future__ import annotations

import pandas as pd
import pytest

from lyanalysis.sources import (
    load_before_after,
    load_claims,
    match_region_claims,
    region_claims,
)

EVENT = "mixed_ownership_reform_start_year"


def test_claims_stand_in_the_order_of_the_variables() -> None:
    found = match_region_claims("410300", ["innovation_platforms", "rd_intensity"])
    assert found["variable"].tolist() == ["innovation_platforms", "rd_intensity"]
    platforms = found.iloc[0]
    assert (platforms["printed"], platforms["match"]) == ("3949", "none")
    assert (platforms["closest_value"], platforms["difference"]) == (4083.0, -134.0)
    assert match_region_claims("410100", ["rd_intensity"]).empty


def test_nothing_is_said_of_the_time_before_the_reform() -> None:
    asked = ["enterprise_revenue", "strategic_investors_count"]
    found = load_before_after("410300", EVENT, asked, language="zh")
    # The foil firm has a growth rate too, but no event: it is left out.
    assert found.index.get_level_values("entity").unique().tolist() == ["洛轴"]
    assert found["side"].tolist() == ["after", "undated"]
    assert load_before_after("410100", EVENT, asked, language="zh").empty


def test_a_figure_before_the_event_is_on_that_side(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = load_claims()
    earlier = claims.loc[["F045"]].assign(period="2021", value=40.0)
    earlier.index = pd.Index(["F995"], name="claim_id")
    range_over = claims.loc[["F046"]].assign(period="2021/2025", period_kind="cumulative")
    range_over.index = pd.Index(["F996"], name="claim_id")
    more = pd.concat([claims.drop("F046"), earlier, range_over])
    monkeypatch.setattr(region_claims, "shared_claims", lambda _: more)
    asked = ["enterprise_revenue", "supply_chain_sme_revenue_driven"]
    found = load_before_after("410300", EVENT, asked, language="en")
    # A sum that begins before and ends after is on neither side.
    assert found.set_index("claim_id")["side"].to_dict() == {
        "F045": "after",
        "F995": "before",
        "F996": "undated",
    }
