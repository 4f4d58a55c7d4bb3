from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis import catalog
from lyanalysis.errors import ParameterError
from lyanalysis.sources import (
    SECTORS,
    list_conflicts,
    load_accounts,
    load_panel,
    load_series,
    newest_accounts,
    windows,
)

Row = dict[str, str]
Make = Callable[..., Row]
Package = Callable[..., Path]
CENSUS = ("410300", "accounts", "2023", "preliminary", "2024", "preliminary", "economic_census")
REVISION = ("410300", "accounts", "2022", "preliminary", "2023", "preliminary", "verification")


def accounts(row: Make, year: int, gdp: float, source: str, **other: str) -> list[Row]:
    parts = zip(SECTORS, (0.1, 0.4, 0.5), strict=True)
    sectors = [row(name, year, f"{gdp * part:.2f}", source, **other) for name, part in parts]
    return [row("gdp", year, gdp, source, **other), *sectors]


def test_gdp_and_sectors_of_a_panel_add_up_where_single_series_would_not(
    row: Make, package: Package
) -> None:
    rows = [*accounts(row, 2022, 100, "new"), row("gdp", 2022, 90, "later", vintage="final")]
    data = package(rows)
    asked = {"first_year": 2022, "last_year": 2022, "data": data}
    panel = load_panel(["gdp", *SECTORS], ["410300"], **asked)
    assert panel.values.to_numpy().tolist() == [[100, 10, 40, 50]]
    series = load_series(["gdp", *SECTORS], ["410300"], **asked)
    assert series.values["gdp"].tolist() == [90]


def test_a_panel_is_one_row_a_region_and_year_and_one_column_a_variable() -> None:
    names = ["va_tertiary", "gdp_growth_real", "gdp"]
    panel = load_panel(names, ["410300", "410000"], first_year=2022, last_year=2026)
    assert panel.values.columns.tolist() == names
    assert panel.values.index.tolist() == [
        (code, year) for code in ("410300", "410000") for year in range(2022, 2027)
    ]
    assert panel.values.xs(2026, level="year").isna().all(axis=None)
    assert panel.sources.eq("").equals(panel.values.isna())
    assert set(panel.source_ids) <= set(catalog.sources())


def test_every_value_of_a_panel_is_the_one_conflicts_say_is_used() -> None:
    names, code = ["gdp", "va_secondary", "gdp_growth_real"], "410300"
    panel = load_panel(names, [code], first_year=2010, last_year=2025)
    found = list_conflicts(names, [code], first_year=2010, last_year=2025)
    for (_, name, year), picked in found["picked_value"].items():
        assert panel.values.loc[(code, year), name] == pytest.approx(picked)
    block = newest_accounts(load_accounts([code], first_year=2010, last_year=2025))
    assert panel.values["va_secondary"].equals(block.values["va_secondary"])


def test_the_first_figure_behind_a_break_is_marked(row: Make, package: Package) -> None:
    rows = [entry for year in (2021, 2023, 2025) for entry in accounts(row, year, 100, "new")]
    rows += accounts(row, 2022, 90, "later", vintage="final")
    rows += [row("gdp_growth_real", year, 5, "new") for year in (2021, 2025)]
    data = package(rows, breaks=[REVISION, CENSUS])
    names = ["gdp", "va_primary", "gdp_growth_real"]
    flags = load_panel(names, ["410300"], first_year=2020, last_year=2025, data=data).flags
    assert flags["gdp"].tolist() == ["", "", "crosses_break", "", "", "crosses_break"]
    assert flags["va_primary"].equals(flags["gdp"].rename("va_primary"))
    assert flags["gdp_growth_real"].eq("").all()
    later = load_panel(names, ["410300"], first_year=2022, last_year=2023, data=data).flags
    assert later.eq("").all(axis=None)


def test_a_mark_is_added_to_other_flags(row: Make, package: Package) -> None:
    rows = [row("sei_share", 2022, 20, "new"), row("sei_share", 2023, 25, "new", note="存疑")]
    rupture = ("410300", "sei_share", "2022", "", "2023", "", "catalogue")
    data = package(rows, breaks=[rupture])
    panel = load_panel(["sei_share"], ["410300"], first_year=2022, last_year=2023, data=data)
    assert panel.flags["sei_share"].tolist() == ["", "doubtful;crosses_break"]


def test_results_are_fresh() -> None:
    asked = {"first_year": 2022, "last_year": 2025}
    first = load_panel(["gdp"], ["410300"], **asked)
    for frame in (first.values, first.sources, first.vintages, first.flags):
        frame.iloc[0, 0] = frame.iloc[0, 0] * 2
    assert load_panel(["gdp"], ["410300"], **asked).values["gdp"].iloc[0] == 5386.2


def test_windows_of_the_accounts_and_why_they_end(row: Make, package: Package) -> None:
    rows = [entry for year in (2020, 2022, 2023) for entry in accounts(row, year, 100, "new")]
    rows += [*accounts(row, 2022, 90, "later", vintage="final"), row("gdp", 2024, 100, "new")]
    rows += accounts(row, 2025, 100, "later")
    data = package(rows, breaks=[CENSUS, REVISION])
    found = windows("410300", "accounts", data=data)
    assert found.index.tolist() == ["2020–2022", "2022–2023", "2025"]
    assert found["first_year"].tolist() == [2020, 2022, 2025]
    assert found["last_year"].tolist() == [2022, 2023, 2025]
    assert found["kind"].tolist() == ["", "verification", "economic_census"]
    assert found["reason_zh"].tolist() == ["", "原因", "原因"]
    assert windows("410300", "gdp", data=data).index.tolist()[-1] == "2024–2025"
    assert windows("410300", "va_primary", data=data).index.equals(found.index)


def test_breaks_with_nothing_between_are_told_together(row: Make, package: Package) -> None:
    rows = [entry for year in (2021, 2025) for entry in accounts(row, year, 100, "new")]
    found = windows("410300", "accounts", data=package(rows, breaks=[REVISION, CENSUS]))
    assert found["kind"].tolist() == ["", "verification; economic_census"]


def test_windows_of_a_single_series(row: Make, package: Package) -> None:
    rows = [row("sei_share", year, 20, "new") for year in (2020, 2022, 2023)]
    rows += [row("sei_share", 2024, 20, "new", comparator=">")]
    rupture = ("410300", "sei_share", "2022", "", "2023", "", "catalogue")
    data = package(rows, breaks=[rupture])
    found = windows("410300", "sei_share", data=data)
    assert found.index.tolist() == ["2020–2022", "2023"]
    assert found["kind"].tolist() == ["", "catalogue"]
    assert windows("410300", "hightech_mfg_share", data=data).empty
    assert windows("410000", "accounts", data=data).empty


def test_the_windows_of_luoyang_are_those_of_its_accounts() -> None:
    found = windows("410300", "accounts")
    loaded = load_accounts(["410300"], first_year=2008, last_year=2025)
    named = loaded.values.dropna().index.get_level_values("window").unique()
    assert found.index.tolist() == named.tolist()
    assert found["reason_zh"].iloc[1:].ne("").all()
    assert found["reason_en"].iloc[1:].ne("").all()


@pytest.mark.parametrize(
    ("region", "variable", "message"),
    [
        ("洛阳", "gdp", "unknown region '洛阳'"),
        ("410300", "GDP", "unknown variable 'GDP'"),
        ("410300", "pull", "variable 'pull' is derived, not published"),
    ],
)
def test_windows_of_nothing_known_are_refused(region: str, variable: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        windows(region, variable)
