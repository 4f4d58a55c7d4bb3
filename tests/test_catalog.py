from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import FrozenInstanceError
from pathlib import Path

import pandas as pd
import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError, ParameterError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(catalog.shipped("data"), tmp_path / "data"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("410300", "410300"),
        ("洛阳市", "410300"),
        ("洛阳", "410300"),
        (" Luoyang ", "410300"),
        ("LUOYANG", "410300"),
        ("河南省", "410000"),
        ("河南", "410000"),
        ("豫", "410000"),
        ("全国", "100000"),
        ("china", "100000"),
        ("济源示范区", "419001"),
        ("Ma'anshan", "340500"),
        ("maanshan", "340500"),
        ("内蒙古", "150000"),
    ],
)
def test_a_region_is_found_by_what_people_call_it(text: str, code: str) -> None:
    assert catalog.find_region(text).code == code


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Luoyan", r"unknown region 'Luoyan': did you mean 410300 \(洛阳市\)"),
        ("洛阳地区", r"did you mean .*410300 \(洛阳市\)"),
        ("410301", r"no region has this code; codes that begin like it are 410300 \(洛阳市\)$"),
        ("4103", r"codes that begin like it are 410300 \(洛阳市\)$"),
        ("610100", r"codes that begin like it are 610000 \(陕西省\), 610300 \(宝鸡市\)$"),
        ("440300", r"unknown region '440300': known regions are listed in regions.csv"),
        ("Atlantis", r"unknown region 'Atlantis': known regions are listed in regions.csv"),
        ("", r"unknown region ''"),
    ],
)
def test_an_unknown_region_gets_suggestions(text: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message) as error:
        catalog.find_region(text)
    assert (error.value.name, error.value.value) == ("region", text)


def test_an_unknown_variable_gets_suggestions() -> None:
    with pytest.raises(ParameterError, match="unknown variable 'hightech_share': did you mean"):
        catalog.variable("hightech_share")


def test_every_name_a_region_goes_by_means_that_region() -> None:
    for region in catalog.regions().values():
        for name in (region.name_zh, region.name_en, *region.aliases):
            assert catalog.find_region(name) == region


def test_names_in_two_languages() -> None:
    assert catalog.variable_name("va_secondary", "zh") == "第二产业增加值"
    assert catalog.variable_name("va_secondary", "en") == "Value added of the secondary sector"
    assert catalog.short_name("va_secondary", "en") == "Secondary"
    assert catalog.region_name("410300", "zh") == "洛阳市"
    assert catalog.region_name("410300", "zh", short=True) == "洛阳"
    assert catalog.region_name("410000", "zh", short=True) == "河南"
    assert catalog.region_name("410300", "en", short=True) == "Luoyang"
    assert catalog.unit_name("亿元", "zh") == "亿元"
    assert catalog.unit_name("个百分点", "en") == "points"
    assert catalog.axis_label("pull", "en") == "Pull (points)"
    assert catalog.axis_label("share_of_gdp", "zh") == "占GDP比重（%）"
    with pytest.raises(ParameterError, match="unknown unit '市斤'"):
        catalog.unit_name("市斤", "en")


def test_entries_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        catalog.variable("gdp").unit = "元"  # type: ignore[misc]
    with pytest.raises(TypeError):
        catalog.variables()["gdp"] = catalog.variable("pull")  # type: ignore[index]


def test_driver_sides() -> None:
    sides = {id: entry.driver for id, entry in catalog.variables().items()}
    assert sides["energy_intensive_share"] == sides["energy_intensive"] == "old"
    assert {sides[id] for id in ("new_hightech_industry", "hightech_mfg", "sei")} == {"new"}
    assert sides["high_growth_mfg_share"] == sides["gdp"] == "neutral"
    assert "本数据包" in catalog.variable("equipment_mfg_share").definition_zh


def test_a_long_source_line_counts_what_it_does_not_name() -> None:
    by_document = {}
    for id, entry in catalog.sources().items():
        by_document.setdefault((entry.publisher, entry.title), id)
    ids = list(by_document.values())[:6]
    whole = catalog.source_line(ids[:4], "zh")
    assert "个来源" not in whole
    assert catalog.source_line(ids[:5], "zh").endswith("；等5个来源。")
    assert catalog.source_line(ids[:5], "en").endswith("; and 1 other.")
    assert catalog.source_line(ids, "en").endswith("; and 2 others.")


def test_the_source_line_names_official_documents_first_and_each_once() -> None:
    line = catalog.source_line(["sc213b7f9", "s4a70902e", "s7882a289", "s4a70902e"], "zh")
    assert line.startswith("资料来源：洛阳市统计局《2025年洛阳市国民经济和社会发展统计公报")
    assert line.endswith("。")
    places = [line.index(word) for word in ("统计公报》", "新闻发布会", "地级市产业结构")]
    assert places == sorted(places)
    assert line.count("2025年洛阳市国民经济和社会发展统计公报") == 1
    assert line.count("）；") == 2


def test_a_document_at_two_addresses_is_named_once_with_its_fullest_date() -> None:
    line = catalog.source_line(["s4a70902e", "sd54845b1"], "zh")
    title = "《2025年洛阳市国民经济和社会发展统计公报》"
    assert line == f"资料来源：洛阳市统计局{title}（2026-04-30）。"


def test_remarks_in_brackets_stand_in_the_full_citation_only() -> None:
    assert "GitHub" not in catalog.source_line(["s4a70902e"], "zh")
    assert "GitHub" in catalog.citation("s4a70902e", "zh")


def test_among_equals_the_newest_document_comes_first(copy: Path) -> None:
    header = "source_id,title,publisher,url,published,grade\n"
    rows = "a,A,P,u,2020,B\nb,B,P,u,2024-05,B\nc,C,P,u,,B\nd,D《E》,P,u,2019,A\n"
    (copy / "sources.csv").write_text(header + rows, encoding="utf-8")
    line = catalog.source_line("abcd", "en", data=copy)
    assert line == "Sources: P, D《E》, 2019; P, B, 2024-05; P, A, 2020; P, C."
    chinese = catalog.source_line("cd", "zh", data=copy)
    assert chinese == "资料来源：PD《E》（2019）；P《C》。"


def test_an_unknown_source_is_refused() -> None:
    with pytest.raises(ParameterError, match="unknown source 'nobody'"):
        catalog.source_line(["nobody"], "zh")


def test_tables_are_fresh_copies_of_text() -> None:
    first = catalog.read_table("regions.csv", columns=["region_code", "parent"])
    top = ("regions.csv", 2)
    assert first.loc[top].tolist() == ["100000", ""]
    assert first.index.names == ["file", "row"]
    assert not first.isna().any(axis=None)
    first.loc[top, "region_code"] = "changed"
    again = catalog.read_table("regions.csv", columns=["region_code", "parent"])
    assert again.loc[top, "region_code"] == "100000"


def test_damaged_tables_are_refused(copy: Path) -> None:
    def read() -> pd.DataFrame:
        return catalog.read_table("units.csv", columns=["unit", "factor"], data=copy)

    path = copy / "units.csv"
    path.write_text("unit,factor\n亿元,1,2\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"units.csv, row 2: 3 cells where the header has 2"):
        read()
    path.write_text("unit,factor\n亿元\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"row 2: 1 cells where the header has 2"):
        read()
    path.write_text("unit,canonical\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"column 'factor' must occur once in the header"):
        read()
    path.write_text("unit,factor,factor\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"column 'factor' must occur once"):
        read()
    path.write_text("", encoding="utf-8")
    with pytest.raises(DataError, match=r"the file is empty; expected is a header with unit,fac"):
        read()
    path.write_text('unit,factor\n"亿元,1\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"units.csv: not a CSV table .*check the quotes"):
        read()
    path.write_bytes("unit,factor\n亿元,1\n".encode("gb18030"))
    with pytest.raises(DataError, match=r"units.csv, row 2: not UTF-8 text \(perhaps GBK\)"):
        read()
    path.unlink()
    with pytest.raises(DataError, match=r"units.csv: not found in .*every data package"):
        read()


def test_a_wrong_number_of_decimals_is_refused(copy: Path) -> None:
    path = copy / "variables.csv"
    text = path.read_text(encoding="utf-8").replace(
        "亿元,current_prices,1,", "亿元,current_prices,x,"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"row 2, column decimals: 'x' is not a whole number") as e:
        catalog.variables(copy)
    assert e.value.variable == "gdp"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "sources.csv",
            "s022a2288,",
            "s04f862a1,",
            r"row \d, column source_id: 's04f862a1' is already in row \d; keep one of them",
        ),
        (
            "regions.csv",
            "\n130200,",
            "\n130000,",
            r"row 4, column region_code: '130000' is already in row 3",
        ),
        (
            "regions.csv",
            "\n130200,",
            "\n1302,",
            r"row 4, column region_code: '1302' is not a code of six digits; write it in full",
        ),
        (
            "regions.csv",
            "Tangshan,city,130000",
            "Tangshan,city,139999",
            r"row 4, column parent: '139999' is not a region; add a row for it",
        ),
    ],
)
def test_a_damaged_catalogue_is_refused(
    copy: Path, name: str, old: str, new: str, message: str
) -> None:
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=rf"{name}, {message}"):
        (catalog.sources if name == "sources.csv" else catalog.regions)(copy)


def test_a_descriptor_that_lists_nothing_is_refused(copy: Path) -> None:
    for text in ("{", "{}", "[]", '{"resources": [{}]}'):
        (copy / "datapackage.json").write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=r"datapackage.json: does not list the tables"):
            catalog.read_table("observations/", columns=["value"], data=copy)


def test_a_table_of_the_package_that_is_missing_is_named(copy: Path) -> None:
    (copy / "observations" / "accounts.csv").unlink()
    with pytest.raises(DataError, match=r"observations/accounts.csv: not found in"):
        catalog.read_table("observations/", columns=["value"], data=copy)


def test_a_folder_without_observations_is_refused(copy: Path) -> None:
    shutil.rmtree(copy / "observations")
    (copy / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    with pytest.raises(DataError, match=r"observations/: no CSV file in"):
        catalog.read_table("observations/", columns=["value"], data=copy)


def test_a_folder_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(DataError, match="folder 'maps' is missing from the installation"):
        catalog.shipped("maps")


def test_reads_are_noted_with_their_hash(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "reads.jsonl"
    columns = ["region_code"]
    catalog.read_table("regions.csv", columns=columns, data=copy)
    assert not log.exists()
    monkeypatch.setenv(catalog.READ_LOG, str(log))
    catalog.read_table("regions.csv", columns=columns, data=copy)
    catalog.find_region("洛阳", data=copy)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    digest = hashlib.sha256((copy / "regions.csv").read_bytes()).hexdigest()
    assert lines[0] == {"file": "regions.csv", "sha256": digest}
    assert {line["file"] for line in lines} == {"regions.csv"}


def test_numbers_and_their_sources_have_one_shape() -> None:
    values = pd.DataFrame({"gdp": [1.0, float("nan")]}, index=[2024, 2025])
    texts = pd.DataFrame({"gdp": ["b", ""]}, index=[2024, 2025])
    loaded = catalog.Sourced(values, texts, texts, texts)
    assert loaded.source_ids == ("b",)
    with pytest.raises(ValueError, match="flags: index and columns must be those of values"):
        catalog.Sourced(values, texts, texts, texts.rename(columns={"gdp": "va"}))
    with pytest.raises(ValueError, match="sources: index and columns"):
        catalog.Sourced(values, texts.iloc[:1], texts, texts)


def test_single_numbers_can_be_kept_with_their_sources_and_grades() -> None:
    index = pd.MultiIndex.from_tuples(
        [("410300", 2024, "w"), ("410300", 2025, "w")], names=["region_code", "year", "window"]
    )
    values = pd.DataFrame({"gdp": [1.0, 2.0], "va_tertiary": [0.5, 1.0]}, index=index)
    ids = pd.DataFrame({"gdp": ["s4f7b791e", "s88f17e42"], "va_tertiary": "s4f7b791e"}, index=index)
    blank = ids.map(lambda _: "")
    loaded = catalog.Sourced(values, ids, blank, blank)
    assert loaded.grades["gdp"].tolist() == ["A", "B"]
    used = loaded.used_in(pd.MultiIndex.from_tuples([("410300", 2025, "w", "gdp")]))
    assert used.source_ids == ("s88f17e42",)
    assert used.values.isna().to_numpy().tolist() == [[True, True], [False, True]]
    assert used.grades.loc[("410300", 2024, "w"), "gdp"] == ""
    assert loaded.only(["va_tertiary"]).source_ids == ("s4f7b791e",)
