"""Contracts: the committed figures keep them, and a figure that breaks one is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lyanalysis import catalog
from lyanalysis.sources import check_data
from lyanalysis.sources.contracts import (
    arithmetic,
    development,
    magnitude,
    territory,
)

Row = dict[str, str]
HENAN = "410000"


@pytest.fixture(scope="module")
def committed() -> pd.DataFrame:
    return check_data()


def test_no_finding_on_the_committed_data_is_unsettled(committed: pd.DataFrame) -> None:
    open_ones = committed.loc[committed["settled"].eq(""), "message"]
    assert open_ones.tolist() == []


def test_contracts_do_find_what_is_settled(committed: pd.DataFrame) -> None:
    """A check that finds nothing at all would not be known to work on the real figures."""
    kinds = committed["settled"].str.partition(":")[0]
    assert set(kinds) == {"break", "doubt", "checked"}
    assert committed["contract"].eq("deflator").sum() >= 20
    baotou = committed[committed["region_code"].eq("150200") & committed["period"].eq("2017")]
    assert baotou["settled"].str.startswith("doubt: 存疑").all()


def test_every_variable_a_contract_names_is_in_the_catalogue() -> None:
    named = {*arithmetic.PARTS, *arithmetic.PARTS.values(), *arithmetic.RATIOS}
    named |= {name for pair in arithmetic.RATIOS.values() for name in pair}
    named |= {name for parts, _, _ in arithmetic.WHOLES.values() for name in parts}
    named |= {*arithmetic.WHOLES, *development.DEFLATORS, *territory.ADDITIVE}
    named |= {growth for growth, _, _ in development.DEFLATORS.values()}
    named |= {*territory.SHARE_OF_NATION, "gdp_per_capita"}
    assert named <= set(catalog.variables())


def test_windows_of_magnitude_are_all_used() -> None:
    published = [entry for entry in catalog.variables().values() if entry.kind == "published"]
    used = {magnitude.window_of(entry.variable, entry.unit) for entry in published}
    assert set(magnitude.WINDOWS) - used == set()


Make = Callable[..., Row]
CASES: dict[str, tuple[Callable[[Make], list[Row]], str, str]] = {
    "sectors that miss GDP": (
        lambda row: [
            row("gdp", 2020, "1000", "new"),
            row("va_primary", 2020, "100", "new"),
            row("va_secondary", 2020, "400", "new"),
            row("va_tertiary", 2020, "506", "new"),
        ],
        "sums",
        "observations/accounts.csv, row 2: gdp of 410300 (洛阳市) for 2020 is 1000.00, but "
        "va_primary + va_secondary + va_tertiary of the same document are 1006.00; expected "
        "-0.5% to +0.5% of it; check all against the source",
    ),
    "shares that miss 100": (
        lambda row: [
            row("gdp_share_primary", 2020, "5.0", "new"),
            row("gdp_share_secondary", 2020, "44.0", "new"),
            row("gdp_share_tertiary", 2020, "51.2", "new"),
        ],
        "shares",
        "add up to 100.20; expected 100 within 0.15",
    ),
    "a share above 100": (
        lambda row: [row("hightech_mfg_share", 2020, "104.0", "new")],
        "magnitude",
        "is 104 %; expected 0 to 100 (a part of a whole); check number and unit",
    ),
    "growth beyond what there is": (
        lambda row: [row("gdp_growth_real", 2020, "60", "new")],
        "magnitude",
        "is 60 %; expected -20 to 30",
    ),
    "a negative amount": (
        lambda row: [row("gdp", 2020, "-5", "new")],
        "magnitude",
        "is -5 亿元; expected 0 to inf",
    ),
    "万元 taken for 亿元": (
        lambda row: [row("gdp", 2019, "5035", "new"), row("gdp", 2020, "51280000", "new")],
        "magnitude",
        "is 5.128e+07 亿元, after 5035 in 2019; expected is less than 3 times as much",
    ),
    "GDP faster than every sector": (
        lambda row: [
            row("gdp_growth_real", 2020, "7.2", "new"),
            row("va_primary_growth", 2020, "3.0", "new"),
            row("va_secondary_growth", 2020, "7.0", "new"),
            row("va_tertiary_growth", 2020, "6.5", "new"),
        ],
        "sector_growth",
        "is 7.2 %, but its three sectors grew by 3 to 7 %",
    ),
    "prices nobody has seen": (
        lambda row: [
            row("gdp", 2020, "1000", "new"),
            row("gdp", 2021, "1300", "new"),
            row("gdp_growth_real", 2021, "6.0", "new"),
        ],
        "deflator",
        "is +30.0 % on 2020 at current prices and +6 % in real terms, so that prices moved by "
        "+22.6 %; expected -8 to +12 %",
    ),
    "a share its growth does not lead to": (
        lambda row: [
            row("hightech_mfg_share", 2024, "5.0", "new"),
            row("hightech_mfg_share", 2025, "10.0", "new"),
            row("hightech_mfg_growth", 2025, "10.0", "new"),
            row("va_industry_above_scale_growth", 2025, "5.0", "new"),
        ],
        "drivers",
        "which makes 9.5 % of the year before; published for 2024 is 5 %",
    ),
    "a city that loses a tenth of its people": (
        lambda row: [
            row("population_resident", 2019, "568", "new"),
            row("population_resident", 2020, "511.2", "new"),
        ],
        "population",
        "is 511.2, -10.0 % on 2019 (observations/accounts.csv, row 2); expected -3 to +5 %",
    ),
    "nominal growth the levels do not show": (
        lambda row: [
            row("exports", 2022, "175.3", "new"),
            row("exports", 2023, "194.1", "new"),
            row("exports_growth", 2023, "12.7", "new"),
        ],
        "growth",
        "exports of 410300 (洛阳市) for 2023 is +10.7 % on 2022, but exports_growth is +12.7 % "
        "(observations/accounts.csv, row 4); expected within 0.1 points",
    ),
    "trade that misses its two sides": (
        lambda row: [
            row("trade_total", 2023, "250.0", "new"),
            row("exports", 2023, "194.1", "new"),
            row("imports", 2023, "45.9", "new"),
        ],
        "sums",
        "is 250.00, but exports + imports of the same document are 240.00",
    ),
    "more tax than revenue": (
        lambda row: [
            row("budget_revenue", 2023, "404.3", "new"),
            row("tax_revenue", 2023, "465.6", "new"),
        ],
        "parts",
        "tax_revenue of 410300 (洛阳市) for 2023 is 465.6, more than budget_revenue with 404.3",
    ),
    "GDP per head of another population": (
        lambda row: [
            row("gdp", 2023, "5481.6", "new"),
            row("population_resident", 2022, "707.7", "new"),
            row("population_resident", 2023, "707.9", "new"),
            row("gdp_per_capita", 2023, "79434", "new"),
        ],
        "per_head",
        "is 79434 元, but GDP of 5481.6 亿元 by 707.8 万人 is 77446; expected within 0.6%",
    ),
    "a share smaller than its parts give": (
        lambda row: [
            row("gdp", 2020, "1000", "new"),
            row("va_primary", 2020, "100", "new"),
            row("va_secondary", 2020, "400", "new"),
            row("va_tertiary", 2020, "500", "new"),
            row("gdp_share_tertiary", 2020, "48.0", "new"),
        ],
        "ratios",
        "is 48 %, but va_tertiary 500 over gdp 1000 is 50.00 %",
    ),
    "a city larger than its province": (
        lambda row: [
            row("gdp", 2020, "5000", "new"),
            row("gdp", 2020, "4000", "new", region_code=HENAN),
        ],
        "nation",
        "is 5000 亿元, more than 4000 of 410000, which it is part of",
    ),
    "a province that is half of the nation": (
        lambda row: [
            row("gdp", 2020, "500000", "new", region_code=HENAN),
            row("gdp", 2020, "1000000", "new", region_code="100000"),
        ],
        "nation",
        "is 50.00% of the nation; expected 4.0% to 6.5%",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_breaks_a_contract_is_told(package: Callable[..., Path], row: Make, case: str) -> None:
    rows, contract, message = CASES[case]
    found = check_data(package(rows(row)))
    told = found[found["contract"].eq(contract)]
    assert message in "\n".join(told["message"])
    assert told["settled"].eq("").all()


def test_sound_figures_give_no_finding(package: Callable[..., Path], row: Make) -> None:
    found = check_data(
        package(
            [
                row("gdp", 2020, "1000", "new"),
                row("va_primary", 2020, "100", "new"),
                row("va_secondary", 2020, "400", "new"),
                row("va_tertiary", 2020, "501", "new"),
                row("gdp", 2021, "1080", "new"),
                row("gdp_growth_real", 2021, "6.0", "new"),
                row("gdp_share_primary", 2021, "10.0", "new"),
                row("gdp_share_secondary", 2021, "40.1", "new"),
                row("gdp_share_tertiary", 2021, "50.0", "new"),
            ]
        )
    )
    assert found.empty
    assert list(found.columns) == [
        *["contract", "table", "region_code", "variable", "period", "message", "settled"]
    ]


def jump(row: Make, note: str = "") -> list[Row]:
    return [
        row("gdp", 2020, "1000", "new"),
        row("gdp", 2021, "1300", "new", note=note),
        row("gdp_growth_real", 2021, "6.0", "new"),
    ]


@pytest.mark.parametrize(
    ("note", "settled"),
    [
        ("", ""),
        ("原文；存疑：各来源不一；另注", "doubt: 存疑：各来源不一"),
        ("已核实：原文如此", "checked: 已核实：原文如此"),
    ],
)
def test_a_note_settles_a_finding_and_says_how(
    package: Callable[..., Path], row: Make, note: str, settled: str
) -> None:
    (found,) = check_data(package(jump(row, note))).itertuples()
    assert found.settled == settled


def test_a_break_between_the_years_settles_a_finding(
    package: Callable[..., Path], row: Make
) -> None:
    between = ("410300", "accounts", "2020", "", "2021", "", "boundary")
    (found,) = check_data(package(jump(row), breaks=[between])).itertuples()
    assert found.settled == "break: accounts after 2020 (boundary)"
    assert (found.table, found.region_code) == ("observations/accounts.csv", "410300")
    assert (found.variable, found.period) == ("gdp", "2021")


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("410300", "accounts", "2019", "", "2020", "", "boundary"),
        ("410300", "accounts", "2021", "", "2022", "", "boundary"),
        ("410100", "accounts", "2020", "", "2021", "", "boundary"),
        ("410300", "sei_share", "2020", "", "2021", "", "boundary"),
    ],
)
def test_a_break_elsewhere_settles_nothing(
    package: Callable[..., Path], row: Make, elsewhere: tuple[str, ...]
) -> None:
    (found,) = check_data(package(jump(row), breaks=[elsewhere])).itertuples()
    assert found.settled == ""


def test_a_pair_on_one_side_is_compared_before_one_across(
    package: Callable[..., Path], row: Make
) -> None:
    """Luoyang 2022 stands on both sides: the growth of 2023 is that on the revised 2022."""
    rows = [
        row("gdp", 2022, "1400", "old", vintage="preliminary"),
        row("gdp", 2022, "1010", "new", vintage="final"),
        row("gdp", 2023, "1050", "new"),
        row("gdp_growth_real", 2023, "4.0", "new"),
    ]
    across = ("410300", "accounts", "2022", "preliminary", "2023", "", "final_verification")
    assert check_data(package(rows, breaks=[across])).empty


def test_a_correction_removes_the_finding(package: Callable[..., Path], row: Make) -> None:
    key = ("410300", "gdp", "2021", "year", "preliminary", "new")
    assert check_data(package(jump(row), corrections=[(*key, "1300", "1080")])).empty


def test_cities_must_add_up_to_the_province(package: Callable[..., Path], row: Make) -> None:
    cities = [code for code, entry in catalog.regions().items() if entry.parent == HENAN]

    def rows(last: str) -> list[Row]:
        values = {**dict.fromkeys(cities[:-1], "1000"), cities[-1]: last}
        units = [
            row("gdp", year, "1000" if year == 2020 else value, "new", region_code=code)
            for code, value in values.items()
            for year in (2020, 2021)
            if value
        ]
        whole = str(1000 * len(cities))
        return [
            *units,
            *(row("gdp", year, whole, "new", region_code=HENAN) for year in (2020, 2021)),
        ]

    assert check_data(package(rows("1000"))).empty
    (found,) = check_data(package(rows("2000"))).itertuples()
    assert (found.contract, found.region_code, found.period) == ("cities", HENAN, "2021")
    assert "its units add up to 105.6% of it and the 0 without a figure" in found.message


def test_a_unit_without_a_figure_is_taken_with_its_share(
    package: Callable[..., Path], row: Make
) -> None:
    """Jiyuan has accounts for 2020 only: what the others leave must be worth about that."""
    cities = [code for code, entry in catalog.regions().items() if entry.parent == HENAN]
    rows = [
        row("gdp", year, "1000", "new", region_code=code)
        for year in (2020, 2021)
        for code in cities
        if (code, year) != (cities[-1], 2021)
    ]
    whole = str(1000 * len(cities))
    province = [row("gdp", year, whole, "new", region_code=HENAN) for year in (2020, 2021)]
    assert check_data(package([*rows, *province])).empty
    province[1]["value"] = str(1000 * (len(cities) - 1))
    (found,) = check_data(package([*rows, *province])).itertuples()
    assert "the 1 without a figure are worth about 5.6%" in found.message


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("observations/accounts.csv", "410300,gdp,", "419999,gdp,", "is not a region"),
        ("observations/industry.csv", ",%,", ",percent,", "is not a unit"),
        ("breaks.csv", "accounts,2013,preliminary", "accounts,13,preliminary", "is not a year"),
        ("regions.csv", "410300,", "41030,", "is not a code of six digits"),
    ],
)
def test_a_package_that_cannot_be_read_is_one_finding_on_keys(
    tmp_path: Path, table: str, old: str, new: str, message: str
) -> None:
    copy = shutil.copytree(catalog.shipped("data"), tmp_path / "data")
    text = (copy / table).read_text(encoding="utf-8")
    assert old in text
    (copy / table).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check_data(copy)
    assert set(found["contract"]) == {"keys"}
    assert message in found["message"].iloc[0]
    assert found["settled"].eq("").all()
    assert table in set(found["table"])


def test_every_table_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    copy = shutil.copytree(catalog.shipped("data"), tmp_path / "data")
    for name in ("regions.csv", "sources.csv"):
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write("short\n")
    found = check_data(copy)
    assert found["table"].tolist() == ["regions.csv", "sources.csv"]


@pytest.mark.parametrize("name", ["claims.csv", "new_driver_index.csv"])
def test_a_table_that_is_lost_is_noticed(tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(catalog.shipped("data"), tmp_path / "data")
    (copy / name).unlink()
    found = check_data(copy)
    assert name in set(found["table"])
    assert found["settled"].eq("").all()


def test_a_wrong_figure_in_the_committed_data_is_found(tmp_path: Path) -> None:
    """One digit more in Luoyang's population, GDP per head and trade."""
    copy: Any = shutil.copytree(catalog.shipped("data"), tmp_path / "data")
    changes = {
        "population_resident": ("708.3", "780.3", {"per_head", "ratios"}),
        "gdp_per_capita": ("77434", "87434", {"per_head"}),
        "trade_total": ("304.3", "340.3", {"sums"}),
    }
    for variable, (old, new, contracts) in changes.items():
        for path in (copy / "observations").glob("*.csv"):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text(
                "".join(
                    line.replace(f",{old},", f",{new},")
                    if line.startswith(f"410300,{variable},")
                    else line
                    for line in lines
                ),
                encoding="utf-8",
            )
        found = check_data(copy)
        fresh = found[found["settled"].eq("")]
        assert contracts & set(fresh["contract"]), variable
        shutil.rmtree(copy)
        shutil.copytree(catalog.shipped("data"), copy)
