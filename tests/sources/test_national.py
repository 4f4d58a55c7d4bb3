from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError, ParameterError
from lyanalysis.sources import (
    load_division_sources,
    load_divisions,
    load_national_employment,
    load_national_input_output,
    load_new_driver_index,
)

Package = Callable[..., Path]
INPUT_OUTPUT = "year,io_code,sector_zh,sector_en,value_added_yi,source_id\n"
EMPLOYMENT = "year,code,sector_zh,sector_en,persons,source_id\n"
INDEX = (
    "edition,release_date,year,series,index,growth_pct,contribution_pct,contribution_kind,base,"
    "status,source_id,note\n"
)


@pytest.fixture
def folder(package: Package) -> Path:
    data = package([])
    (data / "national_input_output.csv").write_text(
        INPUT_OUTPUT
        + "2018,02,煤炭采选产品,Coal,12.5,new\n2018,01,农林牧渔,Farming,100,new\n"
        + "2015,01,农林牧渔,Farming,90,old\n",
        encoding="utf-8",
    )
    (data / "national_employment.csv").write_text(
        EMPLOYMENT + "2017,TOT,全国总计,Total,77640,new\n2017,A,农业,Farming,21583,new\n"
        "2018,TOT,全国总计,Total,77586,new\n",
        encoding="utf-8",
    )
    (data / "new_driver_index.csv").write_text(
        INDEX
        + "2024,2024-08-31,2023,total,119.5,19.5,,,2022=100,published,new,\n"
        + "2025,2025-08-27,2024,total,136.0,14.2,,,2022=100,published,later,\n"
        + "2025,2025-08-27,2024,network,142.4,16.2,35.2,growth_contribution,2022=100,published,"
        + "later,\n2025,2025-08-27,2023,total,119.1,,,,2022=100,derived,later,backed out\n",
        encoding="utf-8",
    )
    return data


def test_input_output_stands_by_year_and_code(folder: Path) -> None:
    found = load_national_input_output([2015, 2018], data=folder)
    assert found.index.tolist() == [(2015, "01"), (2018, "02"), (2018, "01")]
    assert found.index.names == ["year", "code"]
    assert found["value_added"].tolist() == [90, 12.5, 100]
    assert found["source_id"].tolist() == ["old", "new", "new"]
    assert len(load_national_input_output(data=folder)) == 3
    with pytest.raises(ParameterError, match=r"no input-output table for 2016; there is one for 2"):
        load_national_input_output([2015, 2016], data=folder)
    with pytest.raises(ParameterError, match=r"years must be a list, not 2015; write \[2015\]"):
        load_national_input_output(2015, data=folder)  # type: ignore[arg-type]


def test_employment_has_every_sector_of_every_year(folder: Path) -> None:
    found = load_national_employment([2018, 2019], data=folder)
    assert found.index.tolist() == [(2018, "TOT"), (2018, "A"), (2019, "TOT"), (2019, "A")]
    assert found["persons"].notna().tolist() == [True, False, False, False]
    assert found["source_id"].tolist() == ["new", "", "", ""]
    assert found["sector_en"].tolist() == ["Total", "Farming"] * 2


def test_one_edition_of_the_index_at_a_time(folder: Path) -> None:
    found = load_new_driver_index(2025, data=folder)
    assert found.index.tolist() == [("total", 2023), ("total", 2024), ("network", 2024)]
    assert found.loc[("total", 2024), ["index", "growth_pct"]].tolist() == [136.0, 14.2]
    assert pd.isna(found.loc[("total", 2023), "growth_pct"])
    assert found["status"].tolist() == ["derived", "published", "published"]
    assert load_new_driver_index(2024, data=folder)["source_id"].tolist() == ["new"]
    with pytest.raises(ParameterError, match="no edition 2019 of the new driver index; there are"):
        load_new_driver_index(2019, data=folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("national_input_output.csv", "12.5", "12,5", r"row 2: 7 cells where the header has 6"),
        ("national_input_output.csv", "12.5", "x", r"row 2, column value_added_yi: 'x' is not a"),
        ("national_input_output.csv", "2018,01", "2018,02", r"row 3, column io_code: '02' is ther"),
        ("national_input_output.csv", ",old", ",who", r"row 4, column source_id: 'who' is not a s"),
        ("national_employment.csv", "2018", "18", r"row 4, column year: '18' is not a year"),
        ("new_driver_index.csv", "2024,2024-08", "24,2024-08", r"row 2, column edition: '24' is n"),
        ("new_driver_index.csv", "119.5", "119.5%", r"row 2, column index: '119.5%' is not a pla"),
    ],
)
def test_damaged_tables_are_refused(
    folder: Path, name: str, old: str, new: str, message: str
) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    load: dict[str, Callable[[], object]] = {
        "national_input_output.csv": lambda: load_national_input_output(data=folder),
        "national_employment.csv": lambda: load_national_employment(data=folder),
        "new_driver_index.csv": lambda: load_new_driver_index(2024, data=folder),
    }
    with pytest.raises(DataError, match=f"{name}, {message}"):
        load[name]()


def test_results_are_fresh(folder: Path) -> None:
    first = load_national_input_output(data=folder)
    first["value_added"] = 0.0
    assert load_national_input_output(data=folder)["value_added"].tolist() != [0, 0, 0]


def test_the_shipped_tables_add_up() -> None:
    found = load_national_input_output()
    totals = found["value_added"].groupby("year").sum()
    assert totals.index.tolist() == [2010, 2015, 2017, 2018, 2020]
    assert totals.is_monotonic_increasing
    persons = load_national_employment()["persons"].unstack("code")
    sections = [code for code in persons if len(code) == 1]
    assert persons.index.tolist() == list(range(1990, 2019))
    assert persons[sections].sum(axis=1).loc[2018] == pytest.approx(persons.loc[2018, "TOT"], 0.02)
    for table in (found, load_national_employment()):
        assert set(table["source_id"]) - {""} <= set(catalog.sources())


def test_contributions_of_an_edition_add_up() -> None:
    for edition in (2020, 2021, 2022, 2023, 2024, 2025):
        found = load_new_driver_index(edition)
        newest = found.xs(found.index.get_level_values("year").max(), level="year")
        assert newest["contribution_pct"].sum() == pytest.approx(100, abs=0.11), edition
        assert newest.loc["total", "growth_pct"] > 0


def test_the_divisions_of_industry() -> None:
    found = load_divisions()
    assert found.index.tolist() == [f"{code:02d}" for code in (*range(6, 47),)]
    assert found[["mining", "manufacturing", "utilities"]].sum().tolist() == [7, 31, 3]
    assert found.index[found["energy_intensive"].eq("yes")].tolist() == [
        *("25", "26", "30", "31", "32", "44")
    ]
    assert found.index[found["equipment_manufacturing"].eq("yes")].tolist() == [
        f"{code}" for code in range(33, 41)
    ]


def test_every_flag_of_a_division_names_what_stands_behind_it() -> None:
    divisions, sources = load_divisions(), load_division_sources()
    columns = [name for name in divisions if name.endswith("source")]
    marks = set(re.findall(r"\[(\w+)\]", " ".join(divisions[columns].to_numpy().ravel())))
    assert marks
    assert marks <= set(sources.index)
    assert sources["note_zh"].ne("").all()
