"""Who is compared with whom, where tiles stand, and which stories are told of a region."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError, ParameterError
from lyanalysis.sources import (
    load_claims,
    load_panel,
    load_peer_stories,
    load_story_figures,
    load_tile_grid,
    provinces_of,
    regions_compared,
    units_compared,
    years_after_breaks,
)

DATA = Path(__file__).parents[2] / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_region_comes_first_then_its_province_then_all_others() -> None:
    found = regions_compared("410600", [])
    assert found[0] == "410600"
    assert {code[:2] for code in found[:18]} == {"41"}
    assert len(found) == len(set(found)) == 35
    assert all(catalog.region(code).level == "city" for code in found)


def test_chosen_peers_take_the_place_of_all_others() -> None:
    found = regions_compared("410300", ["420600", "410100"])
    assert len(found) == 19, "a peer of the province is there once"
    assert found[-1] == "420600"
    with pytest.raises(ParameterError):
        regions_compared("410300", ["000000"])


def test_a_province_is_compared_by_its_units_and_the_nation_by_all_cities() -> None:
    assert regions_compared("410000", ["420600"])[:2] == ["410000", "410100"]
    assert len(units_compared("410000")) == 18
    assert "410000" not in units_compared("410000")
    assert len(units_compared("100000")) == 35


def test_a_province_with_few_units_gives_way_to_all_cities() -> None:
    assert units_compared("430400")[0] == "430400"
    assert len(units_compared("430400")) == 35


def test_provinces_are_those_of_the_catalogue() -> None:
    assert provinces_of(["430400", "410300"]).to_dict() == {
        "430400": "430000",
        "410300": "410000",
    }


def test_every_unit_of_the_grid_has_a_tile_of_its_own() -> None:
    table = rows("tile_grid.csv")
    cells = [(row["row"], row["column"]) for row in table]
    assert len(set(cells)) == len(cells) == 18
    units = {code for code, entry in catalog.regions().items() if entry.parent == "410000"}
    assert {row["region_code"] for row in table} == units


@pytest.mark.parametrize(
    ("north", "south"),
    [("410500", "410600"), ("410100", "411000"), ("411700", "411500"), ("410300", "411300")],
)
def test_tiles_follow_the_compass(north: str, south: str) -> None:
    grid = load_tile_grid("410000")
    assert grid.loc[north, "tile_row"] < grid.loc[south, "tile_row"]


@pytest.mark.parametrize(("west", "east"), [("411200", "410300"), ("410200", "411400")])
def test_tiles_follow_the_compass_from_west_to_east(west: str, east: str) -> None:
    grid = load_tile_grid("410300")
    assert grid.loc[west, "tile_column"] < grid.loc[east, "tile_column"]


def test_no_grid_means_no_tiles() -> None:
    for region in ("100000", "420600", "420000"):
        assert load_tile_grid(region).empty


def laid_over(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("420600,x,1", "no place of a tile"),
        ("000000,1,1", "region"),
        ("410300,9,9", "twice"),
    ],
)
def test_a_damaged_grid_is_refused(tmp_path: Path, row: str, expected: str) -> None:
    own = laid_over(tmp_path, "tile_grid.csv", f"region_code,row,column\n{row}\n")
    if expected == "twice":
        with pytest.raises(DataError, match="tile_grid"):
            load_tile_grid("410300", data=own)
    else:
        with pytest.raises(DataError, match=expected):
            load_tile_grid("410300", data=own)


def test_two_units_on_one_tile_are_refused(tmp_path: Path) -> None:
    text = "region_code,row,column\n420600,1,1\n420500,1,1\n"
    own = laid_over(tmp_path, "tile_grid.csv", text)
    with pytest.raises(DataError, match="second unit on a tile"):
        load_tile_grid("420600", data=own)


def test_a_user_may_bring_a_grid(tmp_path: Path) -> None:
    text = "region_code,row,column\n420600,0,0\n420500,1,0\n"
    own = laid_over(tmp_path, "tile_grid.csv", text)
    assert load_tile_grid("420000", data=own).index.tolist() == ["420600", "420500"]
    assert len(load_tile_grid("410300", data=own)) == 18


@pytest.mark.parametrize("region", ["410300", "410100", "410400", "410600", "410000"])
def test_stories_are_told_where_they_play(region: str) -> None:
    told = load_peer_stories(region, language="zh")
    assert told["story"].nunique() == 4


@pytest.mark.parametrize("region", ["410500", "420600", "100000"])
def test_elsewhere_no_story_is_told(region: str) -> None:
    assert load_peer_stories(region, language="en").empty
    assert load_story_figures(region, last_year=2025).empty


def test_claims_stand_in_the_stories_as_the_article_has_them() -> None:
    told = load_peer_stories("410300", language="en")
    assert told.loc["F072", ["printed", "comparator", "aspect"]].tolist() == ["4600", ">", "scale"]
    assert told.loc["F083", "comparator"] == ">"
    assert told.loc["F081", "period_kind"] == "as_reported", "undated, so no year is given"
    assert not set(load_claims().loc[told.index, "repeat_of"]) - {""}


def test_published_figures_keep_their_year_and_comparator() -> None:
    found = load_story_figures("410400", last_year=2025).set_index(["variable", "period"])
    assert found.loc[("nylon_cluster_revenue", "2018"), "value"] == 123
    assert found.loc[("nylon_revenue", "2024"), "comparator"] == ">"
    assert "expected" not in set(found["vintage"])
    assert found["source_id"].ne("").all()
    earlier = load_story_figures("410400", last_year=2018)
    assert set(earlier["period"]) == {"2017", "2018"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("peer_stories", "claim_id,story,region_code,aspect\nF999,x,410300,scale\n", "not a claim"),
        ("peer_stories", "claim_id,story,region_code,aspect\nF001,x,410300,size\n", "none of"),
        ("peer_story_series", "story,region_code,variable\nx,410300,gold\n", "not a variable"),
    ],
)
def test_damaged_stories_are_refused(tmp_path: Path, name: str, text: str, expected: str) -> None:
    own = laid_over(tmp_path, f"classifications/{name}.csv", text)
    with pytest.raises(DataError, match=expected):
        load_story_figures("410300", last_year=2025, data=own)


def test_years_behind_a_break_are_named_once() -> None:
    panel = load_panel(
        ["gdp", "gdp_growth_real"], ["410300", "410100"], first_year=2010, last_year=2025
    )
    assert years_after_breaks(panel, "gdp_growth_real") == []
    years = years_after_breaks(panel, "gdp")
    assert years == sorted(set(years))
    assert 2022 in years, "one of the two has a break there"
