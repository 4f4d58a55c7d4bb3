"""What the package holds, as it is shown to a reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lyanalysis import catalog
from lyanalysis.errors import ParameterError
from lyanalysis.sources import (
    coverage,
    list_source_use,
    list_variables,
    load_series,
    read_observations,
    show_values,
)

Row = dict[str, str]
Make = Callable[..., Row]


def test_every_published_variable_is_listed_with_its_figures() -> None:
    found = list_variables().set_index("variable")
    published = [id for id, entry in catalog.variables().items() if entry.kind == "published"]
    assert found.index.tolist() == published
    assert found["figures"].sum() == len(read_observations())
    assert found.loc["gdp", ["first_year", "last_year"]].tolist() == [2008, 2025]
    assert found["definition_zh"].ne("").all()


def test_a_variable_of_an_own_package_without_figures_is_listed_too(
    package: Callable[..., Path], row: Make
) -> None:
    found = list_variables(package([row("gdp", 2020, "1", "new")])).set_index("variable")
    assert found.loc["gdp", ["figures", "regions", "first_year"]].tolist() == [1, 1, 2020]
    assert found.loc["sei_share", ["figures", "regions"]].tolist() == [0, 0]
    assert pd.isna(found.loc["sei_share", "first_year"])


def shown(found: pd.DataFrame) -> list[tuple[str, float, bool, str]]:
    columns = ["period", "value", "picked", "reason"]
    return list(found[columns].itertuples(index=False, name=None))


def test_one_figure_of_a_year_is_used_and_the_reason_told(
    package: Callable[..., Path], row: Make
) -> None:
    data = package(
        [
            row("gdp_growth_real", 2022, "2.3", "new", vintage="final"),
            row("gdp_growth_real", 2022, "3.5", "new", vintage="preliminary"),
            row("gdp_growth_real", 2023, "3.5", "new"),
            row("gdp_growth_real", 2023, "3.47", "old"),
            row("gdp_growth_real", 2023, "3.6", "same"),
            row("gdp_growth_real", 2024, "4.9", "new"),
            row("gdp_growth_real", 2025, "6.0", "new", comparator=">"),
            row("gdp_growth_real", 2026, "5", "new", vintage="expected"),
            row("gdp_growth_real", 2021, "4.0", "old", basis="unstated"),
            row("gdp_growth_real", "2025-H1", "5.7", "new", period_kind="half_year"),
        ]
    )
    assert shown(show_values("gdp_growth_real", "410300", data)) == [
        ("2021", 4.0, False, "different_basis"),
        ("2022", 2.3, True, "vintage"),
        ("2022", 3.5, False, "vintage"),
        ("2023", 3.5, True, "source_id"),
        ("2023", 3.6, False, "source_id"),
        ("2023", 3.47, False, "equal"),
        ("2024", 4.9, True, "only"),
        ("2025-H1", 5.7, False, "not_annual"),
        ("2025", 6.0, False, "not_exact"),
        ("2026", 5.0, False, "expected"),
    ]


def test_gdp_used_with_its_sectors_is_told_apart(package: Callable[..., Path], row: Make) -> None:
    block = ("va_primary", "100"), ("va_secondary", "400"), ("va_tertiary", "500")
    data = package(
        [
            row("gdp", 2020, "1000", "old"),
            *(row(name, 2020, value, "old") for name, value in block),
            row("gdp", 2020, "990", "new", vintage="final"),
        ]
    )
    assert shown(show_values("gdp", "410300", data)) == [
        ("2020", 990.0, False, "block"),
        ("2020", 1000.0, True, "block"),
    ]
    assert shown(show_values("va_primary", "410300", data)) == [("2020", 100.0, True, "only")]


def test_the_figure_shown_as_used_is_the_one_loaded() -> None:
    """For every single series of the committed data."""
    variables = ["gdp_growth_real", "hightech_mfg_share", "va_industry_above_scale_growth"]
    codes = list(catalog.regions())
    loaded = load_series(variables, codes, first_year=2008, last_year=2025).values
    for variable in variables:
        found = show_values(variable)
        used = found[found["picked"]]
        index = pd.MultiIndex.from_arrays([used["region_code"], used["period"].astype(int)])
        assert index.is_unique
        expected = loaded[variable].dropna()
        assert expected.sort_index().tolist() == (
            pd.Series(used["value"].to_numpy(), index=index).sort_index().tolist()
        )


def test_figures_of_all_regions_come_in_the_order_of_the_catalogue() -> None:
    found = show_values("hightech_mfg_share")
    order = [code for code in catalog.regions() if code in set(found["region_code"])]
    assert list(dict.fromkeys(found["region_code"])) == order


def test_sources_are_those_of_the_figures_asked_for(
    package: Callable[..., Path], row: Make
) -> None:
    data = package(
        [
            row("gdp", 2020, "1", "old"),
            row("gdp", 2021, "1", "old"),
            row("gdp", 2021, "1", "new", region_code="410100"),
            row("gdp_growth_real", 2021, "1", "new"),
        ]
    )
    found = list_source_use(data=data)
    assert found["source_id"].tolist() == ["new", "old"]
    assert found[["figures", "variables", "regions"]].to_numpy().tolist() == [[2, 2, 2], [2, 1, 1]]
    assert found["first_period"].tolist() == ["2021", "2020"]
    assert list_source_use(region="410100", data=data)["source_id"].tolist() == ["new"]
    assert list_source_use(variable="gdp_growth_real", data=data)["figures"].tolist() == [1]
    assert list_source_use(region="410200", data=data).empty


def test_coverage_counts_what_may_be_picked_and_shows_gaps(
    package: Callable[..., Path], row: Make
) -> None:
    data = package(
        [
            row("gdp", 2020, "1", "old"),
            row("gdp", 2020, "1", "new"),
            row("gdp", 2022, "1", "new"),
            row("gdp", 2024, "1", "new", comparator="about"),
            row("gdp", 2025, "1", "new", vintage="expected"),
            row("gdp", 2021, "1", "new", region_code="410100"),
            row("gdp_growth_real", "2025-H1", "1", "new", period_kind="half_year"),
        ]
    )
    found = coverage(data=data)
    assert found.columns.tolist() == [2020, 2021, 2022]
    assert found.index.tolist() == [("410100", "gdp"), ("410300", "gdp")]
    assert found.loc[("410300", "gdp")].tolist() == [2, 0, 1]
    assert coverage(regions=["410100"], data=data).columns.tolist() == [2021]
    assert coverage(regions=["410200"], data=data).empty


@pytest.mark.parametrize(
    "ask",
    [
        lambda: show_values("gpd"),
        lambda: show_values("gdp", "410301"),
        lambda: show_values("pull"),
        lambda: list_source_use(region="999999"),
        lambda: list_source_use(variable="pull"),
        lambda: coverage(regions=["1"]),
        lambda: coverage(variables=["hightech_mfg"]),
    ],
)
def test_what_is_unknown_or_not_published_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(ParameterError):
        ask()
