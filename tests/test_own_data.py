"""A folder of the user's own data: layered over the shipped tables, held to the same rules."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError
from lyanalysis.sources import (
    load_accounts,
    load_panel,
    newest_complete_year,
    read_breaks,
    read_observations,
)

OWN = Path(__file__).parent / "own_data"
"""A city that is not in the shipped data, as its user would write it down."""
CITY = "419901"
HEADER = "region_code,variable,period,period_kind,vintage,source_id,value,comparator,unit,basis,"
HEADER += "as_of,note\n"
Files = dict[str, str]


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a folder of own data from texts by file name."""

    def make(files: Files, encoding: str = "utf-8") -> Path:
        folder = tmp_path / "own"
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding=encoding)
        return folder

    return make


def shipped_line(name: str, start: str) -> str:
    """Return header and one line of a shipped table."""
    text = (catalog.shipped("data") / name).read_text(encoding="utf-8")
    header, *lines = text.splitlines(keepends=True)
    return header + next(line for line in lines if line.startswith(start))


def gdp(value: str, source: str, code: str = "410300") -> str:
    key = f"{code},gdp,2025,year,preliminary,{source}"
    return f"{HEADER}{key},{value},=,亿元,current_prices,,\n"


def test_a_new_city_is_a_row_and_its_figures() -> None:
    assert catalog.find_region("示例新区", data=OWN).code == CITY
    assert newest_complete_year(CITY, data=OWN) == 2025
    found = load_accounts([CITY, "410300"], first_year=2025, last_year=2025, data=OWN)
    assert found.values["gdp"].tolist() == [1345.0, 6164.52]
    assert found.sources["gdp"].tolist() == ["own_yearbook", "s4a70902e"]
    assert "示例市统计年鉴" in catalog.source_line(["own_yearbook"], "zh", data=OWN)
    assert CITY not in catalog.regions()


def test_the_shipped_rows_come_first_and_every_row_keeps_its_place() -> None:
    table = catalog.read_table("regions.csv", columns=["region_code"], data=OWN)
    assert table.index[0] == ("regions.csv", 2)
    assert table.index[-1] == ("own/regions.csv", 2)
    assert len(table) == len(catalog.regions()) + 1
    found = read_observations(OWN).set_index("region_code").loc[CITY]
    assert set(found["table"]) == {"own/observations/example.csv"}
    assert found["row"].tolist() == list(range(2, len(found) + 2))


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert catalog.own_data() is None
    monkeypatch.setenv(catalog.OWN_DATA, str(OWN))
    assert catalog.own_data() == OWN
    assert CITY in catalog.regions()
    assert load_panel(["gdp"], [CITY], first_year=2025, last_year=2025).source_ids == (
        "own_yearbook",
    )
    monkeypatch.setenv(catalog.OWN_DATA, "")
    assert CITY not in catalog.regions()


def test_the_argument_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(catalog.OWN_DATA, str(OWN))
    assert CITY not in catalog.regions(catalog.shipped("data"))


def test_relative_folders_and_the_home_folder_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(OWN, tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for named in ("mine", "~/mine", "./mine/"):
        monkeypatch.setenv(catalog.OWN_DATA, named)
        assert catalog.own_data() == tmp_path / "mine"
        assert CITY in catalog.regions()
        assert CITY in catalog.regions(Path(named))


def test_a_folder_that_is_not_there_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(catalog.OWN_DATA, str(tmp_path / "no"))
    with pytest.raises(DataError, match=r"^LYANALYSIS_DATA names '.*no', which does not exist; n"):
        catalog.regions()
    (tmp_path / "no").touch()
    with pytest.raises(DataError, match=r"^LYANALYSIS_DATA names '.*no', which is a file; name"):
        catalog.regions()
    with pytest.raises(DataError, match=r"^the argument data names '.*none', which does not exist"):
        catalog.regions(tmp_path / "none")
    monkeypatch.setenv(catalog.OWN_DATA, "~nobody-of-this-name/data")
    with pytest.raises(DataError, match=r"'~nobody-of-this-name/data', which does not exist"):
        catalog.regions()


def test_a_folder_with_a_descriptor_stands_alone(tmp_path: Path) -> None:
    alone = Path(shutil.copytree(catalog.shipped("data"), tmp_path / "alone"))
    path = alone / "regions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "唐山市" not in line), encoding="utf-8")
    assert "130200" not in catalog.regions(alone)
    (alone / "datapackage.json").unlink()
    assert "130200" in catalog.regions(alone)


def test_own_tables_keep_the_edition_they_lie_over_and_a_package_has_its_own(
    tmp_path: Path,
) -> None:
    shipped = json.loads((catalog.shipped("data") / "datapackage.json").read_text("utf-8"))
    assert catalog.data_edition() == catalog.data_edition(OWN) == shipped["version"] != ""
    descriptor = tmp_path / "datapackage.json"
    for text, edition in (('{"version": "7.2"}', "7.2"), ("{}", ""), ('{"version": 3}', "3")):
        descriptor.write_text(text, encoding="utf-8")
        assert catalog.data_edition(tmp_path) == edition


@pytest.mark.parametrize("text", ["[1]", '{"version": ["a"]}', "{", '{"version": null}'])
def test_a_descriptor_that_tells_no_edition_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"^datapackage\.json: .*edition|cannot be read"):
        catalog.data_edition(tmp_path)


def test_a_copy_of_the_shipped_tables_adds_nothing(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(catalog.shipped("data"), tmp_path / "copy"))
    (copy / "datapackage.json").unlink()
    assert read_observations(copy).equals(read_observations())
    assert read_breaks(copy).equals(read_breaks())
    assert dict(catalog.variables(copy)) == dict(catalog.variables())


@pytest.mark.parametrize(
    ("name", "start", "old", "new", "message"),
    [
        (
            "regions.csv",
            "410300,",
            "Luoyang",
            "Loyang",
            r"own/regions.csv, row 2, column name_en: 'Loyang' for 410300, but regions.csv, row "
            r"\d+, has 'Luoyang'; what is shipped is never replaced: leave the row out, or",
        ),
        (
            "units.csv",
            "万元,",
            "0.0001",
            "0.001",
            r"own/units.csv, row 2, column factor: '0.001' for 万元, but units.csv, row 3, has",
        ),
        (
            "variables.csv",
            "gdp,",
            "地区生产总值",
            "国内生产总值",
            r"own/variables.csv, row 2, column name_zh: '国内生产总值' for gdp, but variables.csv, "
            "row 2, has",
        ),
    ],
)
def test_a_shipped_row_is_never_replaced(
    own: Callable[..., Path], name: str, start: str, old: str, new: str, message: str
) -> None:
    line = shipped_line(name, start)
    same = catalog.read_table(name, columns=catalog.table_columns(name), data=own({name: line}))
    assert len(same) == len(catalog.read_table(name, columns=catalog.table_columns(name)))
    header, row = line.splitlines(keepends=True)
    changed = own({name: header + row.replace(old, new, 1)})
    with pytest.raises(DataError, match=message) as error:
        catalog.read_table(name, columns=[catalog.table_columns(name)[0]], data=changed)
    assert (error.value.table, error.value.keys["row"]) == (f"own/{name}", 2)


def test_a_published_figure_is_never_replaced(own: Callable[..., Path]) -> None:
    printed = read_observations().query(
        "source_id == 's4a70902e' and variable == 'gdp' and year == 2025"
    )
    assert printed["value"].tolist() == [6164.52]
    same = own({"observations/mine.csv": gdp("6164.52", "s4a70902e")})
    assert len(read_observations(same)) == len(read_observations())
    other = own({"observations/mine.csv": gdp("6200", "s4a70902e")})
    with pytest.raises(
        DataError,
        match=r"own/observations/mine.csv, row 2, column value: '6200' for 410300, gdp, 2025, year,"
        r" preliminary, s4a70902e, but observations/\w+.csv, row \d+, has '6164.52'; .* your own",
    ):
        read_observations(other)
    sources = "source_id,title,publisher,url,published,grade\nmine,Own,Me,,2027,B\n"
    sourced = own({"observations/mine.csv": gdp("6200", "mine"), "sources.csv": sources})
    assert len(read_observations(sourced)) == len(read_observations()) + 1


def test_a_file_of_the_same_name_adds_its_rows(own: Callable[..., Path]) -> None:
    sources = "source_id,title,publisher,url,published,grade\nmine,Own,Me,,2027,B\n"
    data = own({"observations/accounts.csv": gdp("6200", "mine"), "sources.csv": sources})
    assert len(read_observations(data)) == len(read_observations()) + 1


def test_a_key_stands_once_in_own_tables(own: Callable[..., Path]) -> None:
    sources = "source_id,title,publisher,url,published,grade\nmine,Own,Me,,2027,B\n"
    figures = gdp("6200", "mine") + gdp("6300", "mine").removeprefix(HEADER)
    data = own({"observations/mine.csv": figures, "sources.csv": sources})
    with pytest.raises(DataError, match=r"own/observations/mine.csv, row 3: gdp of 410300 .* alre"):
        read_observations(data)
    data = own({"sources.csv": sources + "mine,Own,Me,,2027,B\n"})
    with pytest.raises(DataError, match=r"own/sources.csv, row 3, .*'mine' is already in row 2"):
        catalog.sources(data)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"notes.txt": "x"}, r"own has no table; own figures belong into observations/ .*regions"),
        ({"region.csv": "x"}, r"own/region.csv is not a table .*: did you mean regions.csv\?"),
        ({"gdp.csv": "x"}, r"own/gdp.csv is not a table of the data package: .*observations/"),
        (
            {"regions.csv": "region_code,name_zh,name_en,level,parent,aliases,area\n"},
            r"own/regions.csv: column 'area' is not a column of this table; expected are region_c",
        ),
        (
            {"regions.csv": "region_code,name_zh\n"},
            r"own/regions.csv: column 'name_en' must occur once in the header",
        ),
        (
            {"regions.csv": "region_code,name_zh,name_en,level,parent,aliases\n4199,甲,A,city,,\n"},
            r"own/regions.csv, row 2, column region_code: '4199' is not a code of six digits",
        ),
        (
            {"regions.csv": "region_code,name_zh,name_en,level,parent,aliases\n1,2\n"},
            r"own/regions.csv, row 2: 2 cells where the header has 6",
        ),
        ({"regions.csv": ""}, r"own/regions.csv: the file is empty"),
    ],
)
def test_a_damaged_folder_is_refused(own: Callable[..., Path], files: Files, message: str) -> None:
    with pytest.raises(DataError, match=message):
        catalog.regions(own(files))


def test_another_encoding_is_refused(own: Callable[..., Path]) -> None:
    header = "region_code,name_zh,name_en,level,parent,aliases\n"
    data = own({"regions.csv": f"{header}419901,示例市,Example,city,410000,\n"}, "gbk")
    with pytest.raises(DataError, match=r"own/regions.csv, row 2: not UTF-8 text \(perhaps GBK\)"):
        catalog.regions(data)


def test_own_figures_are_held_to_the_codes(own: Callable[..., Path]) -> None:
    data = own({"observations/mine.csv": gdp("6200", "nobody")})
    with pytest.raises(
        DataError,
        match=r"own/observations/mine.csv, row 2, column source_id: 'nobody' is not a source; add",
    ):
        read_observations(data)


def test_a_change_of_own_files_is_seen(own: Callable[..., Path]) -> None:
    header = "region_code,name_zh,name_en,level,parent,aliases\n"
    first = own({"regions.csv": f"{header}419902,甲市,A,city,,\n"})
    assert "419902" in catalog.regions(first)
    second = own({"regions.csv": f"{header}419903,乙县市,B,city,,\n"})
    assert "419903" in catalog.regions(second)


def test_own_files_are_noted_under_their_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "reads.jsonl"
    monkeypatch.setenv(catalog.READ_LOG, str(log))
    catalog.regions(OWN)
    noted = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [entry["file"] for entry in noted] == ["regions.csv", "own/regions.csv"]
    digest = hashlib.sha256((OWN / "regions.csv").read_bytes()).hexdigest()
    assert noted[1]["sha256"] == digest


@pytest.mark.slow
def test_a_report_of_a_new_city_names_its_data(
    tmp_path: Path,
    rendering: Callable[..., subprocess.CompletedProcess[str]],
    some_chapters: Callable[..., Path],
) -> None:
    """The folder is given relative to where the command runs, as a user would."""
    named = os.path.relpath(OWN, tmp_path)
    notebooks = str(some_chapters("00_summary", "02_structure"))
    finished = rendering(tmp_path, "示例", "--notebooks", notebooks, LYANALYSIS_DATA=named)
    assert finished.returncode == 0, finished.stderr
    report = tmp_path / CITY / "2025-zh"
    notebook = json.loads((report / "report.ipynb").read_text(encoding="utf-8"))
    front = notebook["metadata"]["lyanalysis"]
    assert (front["region"], front["own_data"]) == ("示例市", "own_data")
    page = (report / "report.html").read_text(encoding="utf-8")
    assert "另用自有数据" in page
    assert "资料来源：示例市统计局《示例市统计年鉴2026》（2026-06-30）" in page
    manifest = (report / "manifest.json").read_text(encoding="utf-8")
    hashes = {entry["file"]: entry["sha256"] for entry in json.loads(manifest)["data"]}
    for path in OWN.rglob("*.csv"):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert hashes[f"own/{path.relative_to(OWN).as_posix()}"] == digest
    assert str(OWN.parent) not in manifest + page


def test_a_folder_that_is_not_there_ends_the_command_in_one_line(
    tmp_path: Path, rendering: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    finished = rendering(tmp_path, "Luoyang", LYANALYSIS_DATA="nowhere")
    assert finished.returncode == 3
    assert finished.stderr.splitlines() == [
        "error: LYANALYSIS_DATA names 'nowhere', which does not exist; name a folder with tables "
        "of your own, or a complete data package"
    ]
