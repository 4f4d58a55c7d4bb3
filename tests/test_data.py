"""Contracts on the committed data: the package is valid, whole, and true to what was published."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import frictionless
import pytest

from lyanalysis import catalog
from lyanalysis.sources import SECTORS, load_accounts, read_observations

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared" / "data"
OBSERVATIONS = ["observations/accounts.csv", "observations/industry.csv"]
KEY = ["region_code", "variable", "period", "period_kind", "vintage", "source_id"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def observations() -> list[dict[str, str]]:
    return [row for name in OBSERVATIONS for row in rows(DATA / name)]


@pytest.mark.filterwarnings("default")
def test_the_package_is_valid() -> None:
    """Types, patterns, closed lists, primary and foreign keys."""
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:5]
    listed = {task.place for task in report.tasks}
    assert listed == {str(path.relative_to(DATA).as_posix()) for path in DATA.rglob("*.csv")}, (
        "every table is described in datapackage.json"
    )


def test_the_key_is_unique_over_all_tables() -> None:
    counted = Counter(tuple(row[name] for name in KEY) for row in observations())
    assert max(counted.values()) == 1


def test_tables_are_plain_text_with_one_line_a_row() -> None:
    for path in DATA.rglob("*.csv"):
        raw = path.read_bytes()
        assert raw.endswith(b"\n"), path
        assert b"\r" not in raw, path
        assert not raw.startswith(b"\xef\xbb\xbf"), path


def test_nothing_stored_is_unused() -> None:
    """Sources, units and variables that no row needs would be claims without figures."""
    seen = observations()
    assert {row["source_id"] for row in rows(DATA / "sources.csv")} == {
        row["source_id"] for row in seen
    }
    published = {id for id, entry in catalog.variables().items() if entry.kind == "published"}
    assert {row["variable"] for row in seen} == published


def test_the_regions_are_those_of_the_study() -> None:
    covered = {row["region_code"] for row in observations()}
    parents = {region.parent for region in catalog.regions().values()} - {""}
    assert len(covered) == 37
    assert set(catalog.regions()) == covered | parents
    cities = [code for code in covered if catalog.region(code).level == "city"]
    assert len(cities) == 35
    assert all(catalog.region(code).parent == f"{code[:2]}0000" for code in cities)


def test_a_derived_quantity_names_known_inputs() -> None:
    known = catalog.variables()
    for entry in known.values():
        assert set(entry.inputs) <= set(known), entry.variable
        assert entry.kind == "derived" or not entry.formula


def test_breaks_run_forward_and_name_a_series() -> None:
    for row in rows(DATA / "breaks.csv"):
        assert int(row["before_period"]) < int(row["after_period"])
        assert row["variable"] == "accounts" or row["variable"] in catalog.variables()


def test_every_city_has_the_four_breaks_of_its_accounts() -> None:
    found = Counter(
        row["region_code"] for row in rows(DATA / "breaks.csv") if row["variable"] == "accounts"
    )
    for code, region in catalog.regions().items():
        if region.level == "city":
            assert found[code] == 4, code


def test_all_accounts_load_and_add_up() -> None:
    codes = list(catalog.regions())
    found = load_accounts(codes, first_year=2008, last_year=2025)
    assert found.values.index.is_unique
    complete = found.values.dropna()
    gap = (complete[SECTORS].sum(axis=1) / complete["gdp"] - 1).abs()
    derived = found.flags.loc[complete.index, "va_primary"].str.startswith("derived")
    assert len(complete) > 480
    assert gap[derived].max() <= 0.0011
    assert gap[~derived].max() <= 0.0005


def test_shares_of_one_document_add_up() -> None:
    found = read_observations()
    shares = found[found["variable"].str.startswith("gdp_share_")]
    block = ["region_code", "period", "vintage", "source_id"]
    sums = shares.groupby(block)["value"].agg(["sum", "size"])
    whole = sums[sums["size"].eq(3)]["sum"]
    assert len(whole) > 25
    assert (whole - 100).abs().max() <= 0.2 + 1e-9


def test_windows_never_hold_a_break() -> None:
    found = load_accounts(list(catalog.regions()), first_year=2010, last_year=2025)
    for _, _, window in found.values.index:
        years = [int(year) for year in re.findall(r"\d{4}", window)]
        for break_after in (2013, 2018):
            assert not years or not (years[0] <= break_after < years[-1]), window


def test_what_is_not_an_annual_result_is_kept_as_what_it_is() -> None:
    kinds = Counter(row["period_kind"] for row in observations())
    assert kinds["year"] > 2900
    assert kinds["average"] == 2
    assert kinds["as_reported"] == 1
    assert kinds["half_year"] == 26
    assert kinds["quarter"] == 3
    assert kinds["year_to_date"] == 21
    inferred = [row for row in observations() if "年份为推断" in row["note"]]
    assert {row["period"] for row in inferred} == {"2014-H1", "2023-H1"}
    expected = [row for row in observations() if row["vintage"] == "expected"]
    assert {(row["period"], row["comparator"], row["value"]) for row in expected} == {
        ("2022", "about", "5800"),
        ("2025", ">", "6000"),
        ("2012", "=", "57"),
    }


shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")


@shared
@pytest.mark.parametrize("name", ["panel_annual.csv", "luoyang_annual.csv"])
def test_every_delivered_figure_is_here_as_printed(name: str) -> None:
    variables = {id for id, entry in catalog.variables().items() if entry.kind == "published"}
    codes = {region.name_zh: code for code, region in catalog.regions().items()}
    delivered = Counter(
        (codes[row["region"]], *(row[column] for column in FIGURE), row["period"][:4])
        for row in rows(SHARED / name)
        if row["variable"] in variables
    )
    ours = Counter(
        (row["region_code"], *(row[column] for column in FIGURE), row["period"][:4])
        for row in observations()
    )
    assert sum(delivered.values()) > 100
    assert not delivered - ours


FIGURE = ["variable", "value", "unit", "vintage", "source_id"]


@shared
def test_nothing_is_here_that_was_not_delivered() -> None:
    names = ("panel_annual.csv", "luoyang_annual.csv")
    variables = {id for id, entry in catalog.variables().items() if entry.kind == "published"}
    delivered = [
        row for name in names for row in rows(SHARED / name) if row["variable"] in variables
    ]
    assert len(delivered) == len(observations())


@shared
def test_sources_are_described_as_delivered() -> None:
    delivered = {row["source_id"]: row for row in rows(SHARED / "sources.csv")}
    for row in rows(DATA / "sources.csv"):
        assert row == delivered[row["source_id"]]


def test_every_source_stands_in_the_terms() -> None:
    terms = (catalog.shipped("data") / "LICENSE.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^\| (s\w+) \| [OMT] \|", terms)
    assert sorted(listed) == sorted(catalog.sources())
