from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError, ParameterError
from lyanalysis.sources import (
    SECTORS,
    covered_years,
    load_accounts,
    newest_accounts,
    newest_complete_year,
)

Row = dict[str, str]
Make = Callable[..., Row]
Package = Callable[..., Path]
REVISION = ("410300", "accounts", "2022", "preliminary", "2023", "preliminary", "economic_census")


def block(row: Make, year: int, gdp: float, source: str, **other: str) -> list[Row]:
    """Return a block whose sectors are 10, 40 and 50 % of GDP."""
    parts = zip(SECTORS, (0.1, 0.4, 0.5), strict=True)
    sectors = [row(name, year, f"{gdp * part:.2f}", source, **other) for name, part in parts]
    return [row("gdp", year, gdp, source, **other), *sectors]


def shares(row: Make, year: int, source: str, printed: tuple[str, ...], **other: str) -> list[Row]:
    names = ("gdp_share_primary", "gdp_share_secondary", "gdp_share_tertiary")
    return [
        row(name, year, value, source, **other) for name, value in zip(names, printed, strict=True)
    ]


def load(data: Path, first: int, last: int) -> catalog.Sourced:
    return load_accounts(["410300"], first_year=first, last_year=last, data=data)


def test_a_block_is_never_mixed_from_two_vintages(row: Make, package: Package) -> None:
    final = [row("gdp", 2021, 90, "later", vintage="final")]
    found = load(package(block(row, 2021, 100, "new") + final), 2021, 2021)
    assert found.values.to_numpy().tolist() == [[100, 10, 40, 50]]
    assert set(found.vintages.to_numpy().ravel()) == {"preliminary"}
    assert found.source_ids == ("new",)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("new", "final"), ("later", "census_revised")),
        (("new", "census_revised"), ("later", "preliminary")),
        (("new", "preliminary"), ("later", "yearbook")),
        (("old", "yearbook"), ("later", "compiled")),
        (("old", "compiled"), ("later", "statement")),
        (("new", "yearbook"), ("press", "yearbook")),
        (("later", "yearbook"), ("new", "yearbook")),
        (("new", "yearbook"), ("same", "yearbook")),
    ],
)
def test_the_order_of_preference(
    row: Make, package: Package, better: tuple[str, str], worse: tuple[str, str]
) -> None:
    """Vintage, then grade, then the later publication, then the identifier."""
    rows = block(row, 2021, 70, worse[0], vintage=worse[1])
    rows += block(row, 2021, 100, better[0], vintage=better[1])
    found = load(package(rows), 2021, 2021)
    assert found.values["gdp"].tolist() == [100]
    assert found.source_ids == (better[0],)


def test_shares_of_a_revised_year_become_sectors(row: Make, package: Package) -> None:
    rows = block(row, 2022, 5675.2, "new")
    rows += [row("gdp", 2022, "5386.2", "later", vintage="final")]
    rows += shares(row, 2022, "later", ("4.7", "40.3", "55.1"), vintage="final")
    found = load(package(rows), 2022, 2022)
    expected = [5386.2, 5386.2 * 0.047, 5386.2 * 0.403, 5386.2 * 0.551]
    assert found.values.iloc[0].tolist() == pytest.approx(expected)
    assert found.flags.iloc[0].tolist() == ["", *["derived_from_shares"] * 3]


def test_shares_of_another_source_are_not_used(row: Make, package: Package) -> None:
    rows = [row("gdp", 2022, 100, "new")]
    rows += shares(row, 2022, "same", ("10", "40", "50"))
    found = load(package(rows), 2022, 2022)
    assert found.values["gdp"].tolist() == [100]
    assert found.values[SECTORS].isna().all(axis=None)


def test_printed_sectors_come_before_derived_ones(row: Make, package: Package) -> None:
    rows = [row("gdp", 2022, 100, "later"), *shares(row, 2022, "later", ("11", "39", "50"))]
    found = load(package(rows + block(row, 2022, 100, "new")), 2022, 2022)
    assert found.flags.eq("").all(axis=None)
    assert found.source_ids == ("new",)


def test_a_year_on_both_sides_of_a_break_stands_twice(row: Make, package: Package) -> None:
    rows = [entry for year in (2020, 2021, 2022, 2023) for entry in block(row, year, 100, "new")]
    rows += block(row, 2022, 90, "later", vintage="final")
    found = load(package(rows, breaks=[REVISION]), 2020, 2024)
    assert found.values.index.tolist() == [
        ("410300", 2020, "2020–2022"),
        ("410300", 2021, "2020–2022"),
        ("410300", 2022, "2020–2022"),
        ("410300", 2022, "2022–2023"),
        ("410300", 2023, "2022–2023"),
        ("410300", 2024, ""),
    ]
    assert found.values["gdp"].tolist()[2:5] == [100, 90, 100]
    assert found.values.loc[("410300", 2024, "")].isna().all()
    assert newest_accounts(found).values["gdp"].tolist()[:4] == [100, 100, 90, 100]
    assert newest_accounts(found).vintages["gdp"].tolist()[2:] == ["final", "preliminary", ""]


def test_a_break_of_another_region_changes_nothing(row: Make, package: Package) -> None:
    rows = [entry for year in (2022, 2023) for entry in block(row, year, 100, "new")]
    found = load(package(rows, breaks=[("410000", *REVISION[1:])]), 2022, 2023)
    assert set(found.values.index.get_level_values("window")) == {"2022–2023"}


@pytest.mark.parametrize("years", [(2022, 2022), (2021, 2022), (2022, 2023)])
def test_no_two_rows_share_a_name(row: Make, package: Package, years: tuple[int, int]) -> None:
    rows = [entry for year in (2021, 2022, 2023) for entry in block(row, year, 100, "new")]
    rows += block(row, 2022, 90, "later", vintage="final")
    found = load(package(rows, breaks=[REVISION]), *years)
    assert found.values.index.is_unique
    assert sorted(found.values["gdp"])[:2] == [90, 100]


def test_windows_that_clip_to_one_year_tell_the_vintage(row: Make, package: Package) -> None:
    rows = block(row, 2022, 100, "new") + block(row, 2022, 90, "later", vintage="final")
    found = load(package(rows, breaks=[REVISION]), 2022, 2022)
    windows = found.values.index.get_level_values("window")
    assert windows.tolist() == ["2022 preliminary", "2022 final"]
    more = package([*rows, row("gdp", 2023, 100, "new")], breaks=[REVISION])
    windows = load(more, 2022, 2023).values.index.get_level_values("window")
    assert windows.tolist() == ["2022 preliminary", "2022 final", "2022 final"]


def test_gdp_alone_does_not_lengthen_the_name_of_a_window(row: Make, package: Package) -> None:
    rows = [row("gdp", 2024, 100, "new"), *block(row, 2025, 110, "later")]
    found = load(package(rows), 2024, 2025)
    assert found.values.index.get_level_values("window").tolist() == ["2025", "2025"]
    assert found.values.iloc[0].isna().tolist() == [False, True, True, True]
    assert found.sources.iloc[0].tolist() == ["new", "", "", ""]


def test_units_are_converted(row: Make, package: Package) -> None:
    printed = {
        "gdp": "46407821",
        "va_primary": "2370700",
        "va_secondary": "20675901",
        "va_tertiary": "23361220",
    }
    rows = [row(name, 2018, value, "old", unit="万元") for name, value in printed.items()]
    found = load(package(rows), 2018, 2018)
    assert found.values.iloc[0].tolist() == pytest.approx([4640.7821, 237.07, 2067.5901, 2336.122])


@pytest.mark.parametrize(
    "other",
    [
        {"vintage": "expected"},
        {"period": "2025-H1", "period_kind": "half_year"},
        {"period_kind": "year_to_date", "as_of": "2025-10"},
        {"comparator": ">"},
    ],
)
def test_what_is_no_annual_result_is_never_picked(row: Make, package: Package, other: Row) -> None:
    rows = [entry | other for entry in block(row, 2025, 100, "new")]
    assert load(package(rows), 2025, 2025).values.isna().all(axis=None)


def test_sectors_that_miss_gdp_are_refused(row: Make, package: Package) -> None:
    rows = block(row, 2021, 100, "new")
    rows[3]["value"] = "50.6"
    message = r"accounts.csv, row 2, .*410300 in 2021 .*is 100\.00, .*add up to 100\.60"
    with pytest.raises(DataError, match=message) as e:
        load(package(rows), 2021, 2021)
    assert (e.value.table, e.value.keys["year"]) == ("observations/accounts.csv", 2021)
    rows[3]["value"] = "50.4"
    assert load(package(rows), 2021, 2021).values["va_tertiary"].tolist() == [50.4]


def test_a_doubt_travels_with_the_figure(row: Make, package: Package) -> None:
    found = load(package(block(row, 2012, 100, "old", note="存疑：两源不一")), 2012, 2012)
    assert found.flags.iloc[0].tolist() == ["doubtful"] * 4


def test_the_range_must_not_be_empty() -> None:
    with pytest.raises(ParameterError, match="first_year 2025 is after last_year 2010"):
        load_accounts(["410300"], first_year=2025, last_year=2010)


def test_an_unknown_region_is_refused_with_a_suggestion() -> None:
    with pytest.raises(
        ParameterError, match=r"unknown region '洛阳': did you mean 410300 \(洛阳市\)"
    ):
        load_accounts(["洛阳"], first_year=2020, last_year=2021)
    with pytest.raises(ParameterError, match=r"regions must be a list, not the text '410300'"):
        load_accounts("410300", first_year=2020, last_year=2021)


def test_the_newest_complete_year_needs_growth_and_printed_sectors(
    row: Make, package: Package
) -> None:
    rows = [row("gdp_growth_real", year, 5, "new") for year in (2021, 2022, 2023, 2024)]
    rows += block(row, 2021, 100, "new") + block(row, 2025, 100, "new")
    rows += [row("gdp", 2022, 100, "new"), *shares(row, 2022, "new", ("10", "40", "50"))]
    rows += [row("gdp", 2023, 100, "new")]
    data = package(rows)
    assert newest_complete_year("410300", data=data) == 2021
    assert covered_years("410300", data=data) == range(2021, 2022)
    with pytest.raises(DataError, match=r"region 410000 \(河南省\): no year has GDP"):
        newest_complete_year("410000", data=data)


def test_the_windows_of_luoyang() -> None:
    found = load_accounts(["410300"], first_year=2010, last_year=2025)
    rows = [(year, window) for _, year, window in found.values.index]
    assert rows == [
        *[(year, "2010–2013") for year in range(2010, 2014)],
        *[(year, "2014–2018") for year in range(2014, 2019)],
        *[(year, "2019–2022") for year in range(2019, 2023)],
        (2022, "2022–2023"),
        (2023, "2022–2023"),
        (2024, "2025"),
        (2025, "2025"),
    ]


def test_the_accounts_of_luoyang_as_printed() -> None:
    found = load_accounts(["410300"], first_year=2010, last_year=2025)
    values = found.values.loc["410300"]
    assert values.loc[(2022, "2019–2022")].tolist() == [5675.2, 257.9, 2473.9, 2943.4]
    assert values.loc[(2022, "2022–2023"), "gdp"] == 5386.2
    assert values.loc[(2022, "2022–2023"), "va_secondary"] == pytest.approx(5386.2 * 0.403)
    assert values.loc[(2023, "2022–2023")].tolist() == [5481.6, 214.1, 2139.0, 3128.5]
    assert values.loc[(2024, "2025"), "gdp"] == 5825.86
    assert values.loc[(2024, "2025"), SECTORS].isna().all()
    assert values.loc[(2025, "2025")].tolist() == [6164.52, 230.71, 2470.63, 3463.18]
    shares_of_tertiary = values["va_tertiary"] / values["gdp"] * 100
    assert shares_of_tertiary.loc[2013].round(1).tolist() == [34.3]
    assert shares_of_tertiary.loc[2014].round(1).tolist() == [41.9]


def test_seventeen_cities_leave_a_plausible_rest_of_the_province() -> None:
    cities = [
        code
        for code, region in catalog.regions().items()
        if region.parent == "410000" and code != "419001"
    ]
    found = load_accounts([*cities, "410000"], first_year=2025, last_year=2025)
    gdp = found.values["gdp"].droplevel(["year", "window"])
    assert gdp[cities].sum() == pytest.approx(65773.76)
    assert gdp["410000"] - gdp[cities].sum() == pytest.approx(859.03)


def test_results_are_fresh(row: Make, package: Package) -> None:
    data = package(block(row, 2021, 100, "new"))
    first = load(data, 2021, 2021)
    for frame in (first.values, first.sources, first.vintages, first.flags):
        frame.iloc[:, :] = frame.iloc[0, 0] * 3
    again = load(data, 2021, 2021)
    assert again.values["gdp"].tolist() == [100]
    assert again.source_ids == ("new",)


def test_a_changed_file_is_read_again(row: Make, package: Package) -> None:
    assert load(package(block(row, 2021, 100, "new")), 2021, 2021).values["gdp"].tolist() == [100]
    data = package(block(row, 2021, 1000, "new"))
    assert load(data, 2021, 2021).values["gdp"].tolist() == [1000]


def test_every_year_of_the_range_is_there() -> None:
    codes = ["100000", "419001", "420300"]
    found = load_accounts(codes, first_year=2008, last_year=2026)
    assert found.values.index.droplevel("window").tolist() == [
        (code, year) for code in codes for year in range(2008, 2027)
    ]
    missing = found.values["gdp"].isna()
    assert (found.sources["gdp"].eq("") == missing).all()
    windows = found.values.index.get_level_values("window")
    assert [window == "" for window in windows] == missing.tolist()
