from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis.errors import DataError
from lyanalysis.sources import observations as module
from lyanalysis.sources import read_breaks, read_observations

Row = dict[str, str]
Make = Callable[..., Row]
Package = Callable[..., Path]
TABLE = "observations/accounts.csv"
PATH = Path("observations", "accounts.csv")


@pytest.mark.parametrize(
    ("column", "wrong", "message"),
    [
        ("region_code", "洛阳市", "is not a region; add it to regions.csv"),
        ("variable", "gdp_total", "is not a published variable; add it to variables.csv"),
        ("variable", "pull", "is not a published variable"),
        ("period_kind", "annual", "is not a kind of period; use one of year, half_year"),
        ("vintage", "initial", "is not a vintage; use one of final, census_revised"),
        ("source_id", "nobody", "is not a source; add it to sources.csv"),
        ("comparator", ">=", "is not a comparator; use one of = > < about"),
        ("unit", "亿", "is not a unit; add it to units.csv"),
        ("basis", "现价", "is not a basis; use one of current_prices"),
        ("period", "2025E", "does not have the form of year"),
        ("period", "2025H1", "does not have the form of year"),
        ("value", "5,675.2", "is not a plain number; leave out units"),
        ("value", "5675.2亿元", "is not a plain number"),
        ("value", "５６７５.2", "use the digits 0 to 9"),
        ("value", "", "is not a plain number"),
        ("value", "—", "is not a plain number"),
        ("value", "1e3", "is not a plain number"),
        ("value", "nan", "is not a plain number"),
    ],
)
def test_a_damaged_cell_is_refused_with_its_place(
    row: Make, package: Package, column: str, wrong: str, message: str
) -> None:
    rows = [row("gdp", 2021, 100, "new"), row("gdp", 2022, 100, "new") | {column: wrong}]
    data = package(rows)
    with pytest.raises(DataError, match=f"accounts.csv, row 3, column {column}: .*{message}") as e:
        read_observations(data)
    assert (e.value.table, e.value.keys["row"]) == (TABLE, 3)
    assert repr(wrong) in str(e.value)


def test_a_unit_of_another_kind_is_refused(row: Make, package: Package) -> None:
    data = package([row("gdp", 2021, 100, "new", unit="%")])
    with pytest.raises(DataError, match="row 2, column unit: '%' cannot be converted to '亿元'"):
        read_observations(data)


def test_a_key_stands_once(row: Make, package: Package) -> None:
    data = package([row("gdp", 2021, value, "new") for value in (100, 101)])
    with pytest.raises(DataError, match=r"row 3: gdp of 410300 for 2021 .* already in .*row 2"):
        read_observations(data)


def test_a_key_stands_once_in_all_tables(row: Make, package: Package) -> None:
    data = package([row("gdp", 2021, 100, "new")])
    (data / "observations" / "zz_edition.csv").write_bytes((data / PATH).read_bytes())
    with pytest.raises(
        DataError, match=r"zz_edition.csv, row 2: .*already in .*accounts.csv, row 2"
    ):
        read_observations(data)


def test_a_new_edition_is_found(row: Make, package: Package) -> None:
    data = package([row("gdp", 2021, 100, "new")])
    text = (data / PATH).read_text(encoding="utf-8").replace(",2021,", ",2022,")
    (data / "observations" / "edition.csv").write_text(text, encoding="utf-8")
    assert sorted(read_observations(data)["year"]) == [2021, 2022]


def test_a_missing_column_is_named(row: Make, package: Package) -> None:
    data = package([row("gdp", 2021, 100, "new")])
    text = (data / PATH).read_text(encoding="utf-8").replace("vintage", "version")
    (data / PATH).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"column 'vintage' must occur once .*expected are region"):
        read_observations(data)


def test_another_encoding_is_refused(row: Make, package: Package) -> None:
    data = package([row("gdp", 2021, 100, "new", note="存疑")])
    text = (data / PATH).read_text(encoding="utf-8")
    (data / PATH).write_bytes(text.encode("gbk"))
    with pytest.raises(DataError, match=r"accounts.csv, row 2: not UTF-8 .*save the file as"):
        read_observations(data)


def test_a_byte_order_mark_does_no_harm(row: Make, package: Package) -> None:
    data = package([row("gdp", 2021, 100, "new")])
    text = (data / PATH).read_text(encoding="utf-8")
    (data / PATH).write_text(text, encoding="utf-8-sig")
    assert read_observations(data)["value"].tolist() == [100]


def test_a_correction_replaces_the_expected_value(row: Make, package: Package) -> None:
    key = ("410300", "gdp", "2021", "year", "preliminary", "new")
    rows = [row("gdp", 2021, 1000, "new"), row("gdp", 2022, 110, "new")]
    found = read_observations(package(rows, corrections=[(*key, "1000", "100")]))
    assert found["value"].tolist() == [100, 110]
    assert found["flag"].tolist() == ["corrected", ""]


@pytest.mark.parametrize("rows", [["1001"], []])
def test_a_correction_of_a_changed_source_stops(
    row: Make, package: Package, rows: list[str]
) -> None:
    key = ("410300", "gdp", "2021", "year", "preliminary", "new")
    published = [row("gdp", 2021, value, "new") for value in rows] + [row("gdp", 2022, 1, "new")]
    data = package(published, corrections=[(*key, "1000", "100")])
    with pytest.raises(
        DataError, match=r"corrections.csv, row 2, column expect: '1000' is expected"
    ):
        read_observations(data)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (("410399", "accounts", "2022", "", "2023", "", "x"), "column region_code: '410399'"),
        (("410300", "account", "2022", "", "2023", "", "x"), "column variable: 'account'"),
        (
            ("410300", "accounts", "2022", "first", "2023", "", "x"),
            "column before_vintage: 'first'",
        ),
        (("410300", "accounts", "22", "", "2023", "", "x"), "column before_period: '22'"),
    ],
)
def test_a_damaged_break_is_refused(package: Package, entry: tuple[str, ...], message: str) -> None:
    with pytest.raises(DataError, match=f"breaks.csv, row 2, {message}"):
        read_breaks(package([], breaks=[entry]))


def test_results_are_fresh() -> None:
    for read in (read_observations, read_breaks):
        first = read()
        first["variable"] = "changed"
        assert "changed" not in set(read()["variable"])


def test_the_codes_are_those_of_the_package(shipped_schema: dict[str, list[str]]) -> None:
    assert shipped_schema["vintage"] == list(module.VINTAGES)
    assert shipped_schema["period_kind"] == list(module.PERIODS)
    assert shipped_schema["basis"] == list(module.BASES)
    assert shipped_schema["comparator"] == list(module.COMPARATORS)


@pytest.fixture
def shipped_schema() -> dict[str, list[str]]:
    path = Path(__file__).parents[2] / "data" / "schemas" / "observations.json"
    fields = json.loads(path.read_text(encoding="utf-8"))["fields"]
    return {field["name"]: field.get("constraints", {}).get("enum", []) for field in fields}


def test_the_package_loads_fast() -> None:
    module._observations.cache_clear()
    start = time.process_time()
    read_observations()
    assert time.process_time() - start < 1.0
