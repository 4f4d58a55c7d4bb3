"""Behind trades, shift-share, frames and pipelines: whole years, own regions, bounds."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError
from lyanalysis.sources import (
    count_shared_divisions,
    load_accounts,
    load_claimed_and_published,
    load_divisions,
    load_pipelines,
    load_sector_frames,
    load_sectors_beside,
    load_series,
    load_trades,
)
from lyanalysis.sources.clusters import SECTOR_FRAMES
from lyanalysis.sources.trades import OTHER_SERVICES, SERVICE_TRADES

YEARS = {"first_year": 2010, "last_year": 2025}


def test_trades_add_up_to_gdp_and_the_reference_holds_the_region() -> None:
    found = load_trades("410300", **YEARS)
    gdp = load_accounts(["410300"], first_year=2025, last_year=2025).values["gdp"].iloc[0]
    own = found.levels.values.loc[("410300", 2025)]
    assert own.sum() == pytest.approx(gdp)
    # 3463.18 less 637.85, 342.82, 131.69, 246.57 and 302.18, as the communiqué prints them.
    assert own[OTHER_SERVICES] == pytest.approx(1802.07)
    assert len(found.levels.values) == found.units == 10
    assert (found.year, found.of_units) == (2025, 18)
    assert found.covered > 50


def test_a_unit_without_its_sectors_is_no_part_of_the_reference() -> None:
    """Sanmenxia publishes the trades of 2025, but not the three sectors of that year."""
    trades = load_series(SERVICE_TRADES, ["411200"], first_year=2025, last_year=2025)
    assert trades.values.notna().all(axis=None)
    rows = load_trades("410300", **YEARS).levels.values.index.get_level_values("region_code")
    assert "411200" not in rows
    assert load_trades("411200", **YEARS).unpublished == (
        "va_primary",
        "va_secondary",
        "va_tertiary",
    )


def test_units_that_are_too_few_are_no_reference() -> None:
    found = load_trades("410300", first_year=2010, last_year=2023)
    assert (found.year, found.units) == (2023, 1)
    assert found.levels.values.empty
    elsewhere = load_trades("430200", **YEARS)
    assert elsewhere.levels.values.empty
    assert math.isnan(elsewhere.covered)


@pytest.mark.parametrize("region", ["410000", "100000", "419001"])
def test_a_region_without_trades_says_what_it_lacks(region: str) -> None:
    found = load_trades(region, **YEARS)
    assert found.year is None
    assert set(SERVICE_TRADES) <= set(found.unpublished)
    assert found.levels.source_ids == ()


def test_sectors_beside_keep_whole_years_of_both_sides_only() -> None:
    found = load_sectors_beside("410300", **YEARS)
    assert found.own.index.tolist() == [("province", 2023), ("province", 2025), ("nation", 2023)]
    assert found.own.loc[("province", 2023)].tolist() == found.own.loc[("nation", 2023)].tolist()
    for frame in (found.own, found.own_growth, found.above, found.above_growth):
        assert frame.index.equals(found.own.index)
        assert frame.notna().all(axis=None)
    assert found.own_growth.loc[("province", 2025)].tolist() == [3.9, 6.2, 6.0]
    assert set(found.inputs[0].values.index.get_level_values("year")) == {2023, 2025}


def test_nothing_lies_above_the_nation() -> None:
    found = load_sectors_beside("100000", **YEARS)
    assert found.own.empty
    assert found.inputs[0].source_ids == ()


def test_shared_divisions_are_counted_from_the_flags() -> None:
    shared, divisions = count_shared_divisions(), load_divisions()
    equipment = divisions["equipment_manufacturing"].eq("yes")
    assert shared.loc[("equipment_mfg", "equipment_mfg"), "whole"] == equipment.sum() == 8
    inside = divisions[equipment & divisions["high_tech"].ne("none")]
    assert shared.loc[("equipment_mfg", "hightech_mfg"), "at_most"] == len(inside)
    assert inside.index.tolist() == ["34", "35", "37", "38", "39", "40"]
    assert shared["whole"].le(shared["at_most"]).all()
    assert len(shared) == 15


def test_frames_match_both_ways() -> None:
    """What one frame calls the counterpart of an item calls that item its counterpart."""
    items = load_sector_frames("410300", language="zh").items
    pairs = items[items["matched_item"].ne("")]
    there = set(zip(pairs["item"], pairs["matched_item"], strict=True))
    assert there == {(matched, item) for item, matched in there}
    assert set(items.loc[items["matched_item"].eq(""), "match"]) == {"no_counterpart", "not_listed"}
    kinds = pairs.set_index("item")["match"]
    assert all(kinds[item] == kinds[matched] for item, matched in there)


def test_frames_have_the_sizes_the_article_gives() -> None:
    totals = load_sector_frames("410300", language="en").totals
    assert totals["value"].fillna(0).tolist() == [4600.0, 0.0, 4600.0]
    assert totals["comparator"].tolist() == [">", "", ">"]


def test_an_unknown_claim_behind_a_frame_is_refused(tmp_path: Path) -> None:
    rows = (catalog.shipped("data") / SECTOR_FRAMES).read_text(encoding="utf-8").splitlines()
    own = tmp_path / SECTOR_FRAMES
    own.parent.mkdir(parents=True)
    row = rows[1].replace("410300", "410100").replace("F018|F019|F021", "F999")
    own.write_text(f"{rows[0]}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"not in claims\.csv"):
        load_sector_frames("410100", language="zh", data=tmp_path)


def test_pipelines_need_both_stages() -> None:
    said = load_pipelines("410300")
    assert said.values["agreed_investment"].tolist() == [142.0, 320.0]
    assert said.comparators["agreed_investment"].tolist() == [">", "="]
    assert said.claim_ids == ("F009", "F012", "F013", "F015", "F016", "F017")
    assert load_pipelines("410100").values.empty


def test_claims_and_published_figures_stand_in_columns_of_their_own() -> None:
    found = load_claimed_and_published(["advantage_chain_revenue"], "410300")
    rows = found.droplevel("variable")
    assert rows["claimed"].dropna().to_dict() == {"2024": 4600.0}
    assert rows["published"].dropna().to_dict() == {"2024-H1": 2315.0, "2025": 5200.0}
    assert rows.loc["2025", "vintage"] == "expected"
    assert rows.loc["2024", "source_id"] == ""
    nothing = load_claimed_and_published(["advantage_chain_revenue"], "410100")
    assert nothing.empty
    assert isinstance(nothing, pd.DataFrame)
