"""Contracts on the committed data: the package is valid, whole, and true to what was published."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

import frictionless
import pytest

from lyanalysis import catalog
from lyanalysis.sources import (
    SECTORS,
    load_accounts,
    load_divisions,
    load_national_employment,
    load_national_input_output,
    load_new_driver_index,
    read_observations,
)
from lyanalysis.sources.observations import BASES, PERIODS

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared" / "data"
REFERENCE = SHARED.parent / "reference"
KEY = ["region_code", "variable", "period", "period_kind", "vintage", "source_id"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def observations() -> list[dict[str, str]]:
    return [row for path in sorted((DATA / "observations").glob("*.csv")) for row in rows(path)]


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
    others = ("new_driver_index.csv", "national_input_output.csv", "national_employment.csv")
    cited = [*seen, *(row for name in others for row in rows(DATA / name))]
    assert {row["source_id"] for row in rows(DATA / "sources.csv")} == {
        row["source_id"] for row in cited
    }
    published = {id for id, entry in catalog.variables().items() if entry.kind == "published"}
    assert {row["variable"] for row in seen} == published
    units = {row["unit"] for row in rows(DATA / "units.csv")}
    printed = [*seen, *rows(DATA / "claims.csv"), *rows(DATA / "checks.csv")]
    shown = {entry.unit for entry in catalog.variables().values()} - {""}
    assert units == {row["unit"] for row in printed} - {""} | shown
    assert {row["canonical_unit"] for row in rows(DATA / "units.csv")} <= units
    marks = {row["mark"] for row in rows(DATA / "classifications" / "division_sources.csv")}
    divisions = (DATA / "classifications" / "divisions.csv").read_text(encoding="utf-8")
    assert set(re.findall(r"\[(S\d+)\]", divisions)) | {"S1", "S8"} == marks


def test_every_kind_of_period_and_basis_is_documented() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for name in (*PERIODS, *BASES):
        assert f"`{name}`" in text, name
    assert {row["basis"] for row in observations()} == set(BASES)
    kinds = {row["period_kind"] for row in observations()}
    assert set(PERIODS) - kinds == {"month"}, "no figure of a single month is delivered"


def test_a_variable_has_one_basis() -> None:
    """Another basis occurs only over several years, or where the source says another whole."""
    known = catalog.variables()
    other = {
        (row["variable"], row["basis"], row["period_kind"])
        for row in observations()
        if row["basis"] != known[row["variable"]].basis
    }
    over_years = {"average", "cumulative", "change"}
    assert {variable for variable, _, kind in other if kind not in over_years} == {
        "new_hightech_industry_share",
        "energy_intensive_share",
    }


def test_a_variable_is_defined_in_both_languages() -> None:
    for entry in catalog.variables().values():
        if entry.kind != "derived":
            assert len(entry.definition_zh) >= 15, entry.variable
            assert len(entry.definition_en) >= 30, entry.variable
    for column in ("name_zh", "name_en"):
        names = Counter(row[column] for row in rows(DATA / "variables.csv") if row["formula"] == "")
        repeated = {name for name, count in names.items() if count > 1}
        assert repeated == set(), "two variables of one name cannot be told apart"


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
    found = {
        (row["region_code"], row["before_period"])
        for row in rows(DATA / "breaks.csv")
        if row["variable"] == "accounts"
    }
    for code, region in catalog.regions().items():
        if region.level == "city":
            assert {(code, year) for year in ("2013", "2018", "2022", "2023")} <= found, code


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
    assert kinds == {
        "year": 4140,
        "half_year": 58,
        "year_to_date": 31,
        "stock": 17,
        "event": 16,
        "cumulative": 12,
        "average": 9,
        "as_reported": 9,
        "quarter": 8,
        "change": 4,
    }
    inferred = [row for row in observations() if "年份为推断" in row["note"]]
    assert {row["period"] for row in inferred} == {"2014-H1", "2023-H1", "2024"}
    expected = [row for row in observations() if row["vintage"] == "expected"]
    assert {
        (row["variable"], row["period"], row["comparator"], row["value"]) for row in expected
    } == {
        ("gdp", "2022", "about", "5800"),
        ("gdp", "2025", ">", "6000"),
        ("high_growth_mfg_share", "2012", "=", "57"),
        ("advantage_chain_revenue", "2025", "=", "5200"),
    }


def test_qualified_figures_say_how_they_are_worded() -> None:
    words = {">": ("突破", "超"), "<": ("近",), "about": ("左右",)}
    for row in observations():
        if row["comparator"] != "=":
            said = words[row["comparator"]]
            assert any(word in row["note"] for word in said), row
    assert Counter(row["comparator"] for row in observations() if row["comparator"] != "=") == {
        ">": 10,
        "<": 3,
        "about": 2,
    }


shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
FILES = ("panel_annual.csv", "luoyang_annual.csv", "luoyang_within_year.csv")
DATED = {
    "2010-11 census": ("2010-11", "stock"),
    "2020-11 census": ("2020-11", "stock"),
    "2015-12-16 YTD": ("2015-01/2015-12", "year_to_date"),
    "2017-2021-07 cumulative": ("2017/2021", "cumulative"),
    "2025 (batches 3-4)": ("2025-batches-3-4", "event"),
    "2025Q1-Q3": ("2025-01/2025-09", "year_to_date"),
    "年份未注(10-09报道,约2023-2024)": ("2024", "as_reported"),
}
"""Periods that occur once, as delivered and as they are kept."""
FORMS = (
    (r"(\d{4})E?", r"\1", "year"),
    (r"(\d{4})H([12])(?:\(年份推断\))?", r"\1-H\2", "half_year"),
    (r"(\d{4})Q([1-4])", r"\1-Q\2", "quarter"),
    (r"(\d{4})M1-(\d\d)", r"\1-01/\1-\2", "year_to_date"),
    (r"(\d{4})M1-(\d)", r"\1-01/\1-0\2", "year_to_date"),
    (r"(\d{4})-(\d\d) YTD", r"\1-01/\1-\2", "year_to_date"),
    (r"(\d{4})-(\d\d) latest YTD", r"\1", "year_to_date"),
    (r"(\d{4})-(\d\d) latest", r"\1-\2", "as_reported"),
    (r"(\d{4})-(\d\d)\(报道时点\)", r"\1-\2", "as_reported"),
    (r"(\d{4})-(\d\d) stock", r"\1-\2", "stock"),
    (r"(\d{4})-(\d{4})(?: avg)?", r"\1/\2", "average"),
    (r"(\d{4})-(\d{4}) cumulative", r"\1/\2", "cumulative"),
    (r"(\d{4}) vs (\d{4})", r"\2/\1", "change"),
    (r"(\d{4}) (\w+) (festival)", r"\1-\2-\3", "event"),
    (r"(\d{4}) (\w+) (\w+) (holiday)", r"\1-\2-\3-\4", "event"),
)
"""Forms of periods as delivered, and what is kept."""


def dated(row: dict[str, str]) -> tuple[str, str]:
    """Return period and kind that a delivered figure must have."""
    text = row["period"]
    if row["variable"] == "coal_va_share" and text == "2021":
        return "2022-09", "as_reported"  # the source says "now", at a press conference
    if text in DATED:
        return DATED[text]
    for form, kept, kind in FORMS:
        found = re.fullmatch(form, text)
        if found:
            return found.expand(kept).lower() if kind == "event" else found.expand(kept), kind
    raise AssertionError(text)


@shared
def test_every_delivered_figure_is_here_as_printed_and_no_other() -> None:
    codes = {region.name_zh: code for code, region in catalog.regions().items()}
    delivered: dict[tuple[str, ...], tuple[str, str]] = {}
    repeated = []
    for name in FILES:
        for row in rows(SHARED / name):
            place = (codes[row["region"]], row["variable"], *dated(row))
            key = (*place, row["vintage"], row["source_id"])
            if key in delivered:
                assert delivered[key][0] == row["value"]
                repeated.append(row["variable"])
            delivered[key] = (row["value"], row["unit"])
    # One document, read twice: four figures of R&D over GDP and one of growth.
    assert Counter(repeated) == {"rd_intensity": 4, "va_industry_above_scale_growth": 1}
    columns = {
        "value_added_100m_yuan": ("three_new_va", "亿元"),
        "share_of_gdp_pct": ("three_new_share_gdp", "%"),
        "nominal_growth_pct": ("three_new_growth_nominal", "%"),
        "primary": ("three_new_va_primary", "亿元"),
        "secondary": ("three_new_va_secondary", "亿元"),
        "tertiary": ("three_new_va_tertiary", "亿元"),
    }
    for row in rows(REFERENCE / "sanxin_value_added.csv"):
        vintage = "final" if row["status"].startswith("final") else "preliminary"
        place = (vintage, source_of(row["source_url"]))
        for column, (variable, unit) in columns.items():
            if row[column]:
                key = ("100000", variable, row["year"], "year", *place)
                delivered[key] = (row[column], unit)
    ours = {tuple(row[name] for name in KEY): (row["value"], row["unit"]) for row in observations()}
    assert {key: ours[key] for key in ours if ours[key] != delivered.get(key)} == {}
    assert delivered.keys() == ours.keys()


def source_of(address: str) -> str:
    """Return the identifier of a source that was added with the tables of the reference."""
    return "s" + hashlib.sha256(address.encode()).hexdigest()[:8]


@shared
def test_the_index_of_new_drivers_is_here_as_printed() -> None:
    columns = ["edition", "year", "series", "index", "growth_pct", "contribution_pct"]
    columns += ["contribution_kind", "base", "status"]
    delivered = rows(REFERENCE / "nbs_new_driver_index.csv")
    ours = rows(DATA / "new_driver_index.csv")
    assert [[row[name] for name in columns] for row in ours] == [
        [row[name] for name in columns] for row in delivered
    ]
    assert [row["source_id"] for row in ours] == [source_of(row["source_url"]) for row in delivered]
    assert [row["release_date"] for row in ours] == [
        "2022-09" if row["edition"] == "2022" else row["release_date"].split(" ")[0]
        for row in delivered
    ]
    assert all(row["note"] for row, other in zip(ours, delivered, strict=True) if other["note"])


@shared
def test_divisions_and_tables_of_the_nation_are_here_as_printed() -> None:
    assert rows(DATA / "classifications" / "divisions.csv") == rows(
        REFERENCE / "classification_41.csv"
    )
    assert rows(DATA / "national_input_output.csv") == [
        row | {"source_id": "s_io_tables"} for row in rows(SHARED / "china_io_value_added.csv")
    ]
    delivered = {
        (year, row["Code"], row["DescriptionInChinese"], row["Description"], persons)
        for row in rows(SHARED / "china_employment.csv")
        for year, persons in row.items()
        if year.isdigit()
    }
    columns = ["year", "code", "sector_zh", "sector_en", "persons"]
    ours = rows(DATA / "national_employment.csv")
    assert {tuple(row[name] for name in columns) for row in ours} == delivered
    assert len(ours) == len(delivered)


@shared
def test_sources_are_described_as_delivered() -> None:
    delivered = {row["source_id"]: row for row in rows(SHARED / "sources.csv")}
    ours = {row["source_id"]: row for row in rows(DATA / "sources.csv")}
    assert {id: ours[id] for id in delivered} == delivered
    for id in ours.keys() - delivered.keys():
        assert id == source_of(ours[id]["url"])


def test_editions_of_the_index_add_up() -> None:
    """Weights are equal with base 2014, and 0.3, 0.3, 0.2, 0.2 with base 2022."""
    heavy = ["innovation_driven", "network_economy"]
    for edition, year in ((2018, 2017), (2020, 2019), (2023, 2022), (2024, 2023), (2025, 2024)):
        found = load_new_driver_index(edition)["index"].xs(year, level="year")
        parts = found.drop("total")
        weights = 0.2 + 0.1 * (parts.index.isin(heavy) & (len(parts) == 4))
        assert abs((parts * weights).sum() - found["total"]) < 0.1, edition


def test_tables_of_the_nation_load() -> None:
    divisions = load_divisions()
    assert len(divisions) == 41
    assert divisions[["mining", "manufacturing", "utilities"]].sum().tolist() == [7, 31, 3]
    tables = load_national_input_output()
    gdp = tables["value_added"].groupby(level="year").sum()
    assert gdp.between(4e5, 11e5).all()
    persons = load_national_employment([2018])["persons"].droplevel("year")
    sections = persons[persons.index.str.len() == 1]
    assert abs(sections.sum() - persons["TOT"]) < 10


def test_every_source_stands_in_the_terms() -> None:
    terms = (catalog.shipped("data") / "LICENSE.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^\| (s\w+) \| [OMT] \|", terms)
    assert sorted(listed) == sorted(catalog.sources())
