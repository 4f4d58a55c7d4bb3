"""A folder of own data with hostile names, titles, notes and file names, through the whole run."""

from __future__ import annotations

import ast
import csv
import io
import json
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lyanalysis import catalog
from lyanalysis.catalog.texts import LONGEST_NAME, LONGEST_ROW
from lyanalysis.errors import LONGEST_MESSAGE, DataError
from lyanalysis.report.attached import attached_files
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan, read_plan
from lyanalysis.report.render import render

from .page import Skeleton, squeezed

OWN = Path(__file__).parents[1] / "own_data"
FIXTURES = Path(__file__).parents[1] / "report" / "fixtures"
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CITY = "419901"
REGIONS = ["region_code", "name_zh", "name_en", "level", "parent", "aliases"]
SOURCES = ["source_id", "title", "publisher", "url", "published", "grade"]
HOSTILE = {
    "name_zh": "<b>$x$</b>_*甲*{0}",
    "name_en": '=A&B "#[x](javascript:1) $y$',
    "aliases": "../..;`touch pwned`",
    "title": '</script><script>alert`1`</script> #eval"1" $x$ **b**',
    "publisher": "`x`{=typst} <img src=x onerror=alert`1`>",
    "url": "javascript:alert(1)",
    "note": "=cmd|'/c calc'!A1 <b>",
    "file": "`a`|<img src=x onerror=alert(1)> $x$ {=typst} ;touch pwned",
    "folder": "own <b>`$x$`",
}
HARMLESS = {name: f"甲乙 {name[:2]}" for name in HOSTILE}
MARKS = ("<b>", "`a`", "$x$", "*b*", "#c[", "{0}", "&#60;", "_d_", "[e](f)", "~g~", "|h", "\\i")
"""What is put behind every text of a whole data package."""
LETTERS = "<`$*[{&_~|"
"""What is put in the place of every blank of an English text, so that labels stay as long."""

Texts = dict[str, str]


def write_rows(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def own_folder(base: Path, texts: Texts) -> Path:
    """Write a folder of own data in which the texts stand wherever a user may write one."""
    folder = base / texts["folder"]
    (folder / "observations").mkdir(parents=True)
    region = [CITY, texts["name_zh"], texts["name_en"], "city", "410000", texts["aliases"]]
    write_rows(folder / "regions.csv", [REGIONS, region])
    document = [texts["title"], texts["publisher"], texts["url"]]
    write_rows(folder / "sources.csv", [SOURCES, ["own_yearbook", *document, "2026-06-30", "A"]])
    text = (OWN / "observations" / "example.csv").read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    noted = [[*row[:-1], texts["note"]] for row in rows]
    write_rows(folder / "observations" / f"{texts['file']}.csv", [header, *noted])
    return folder


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Return a plan of one chapter and the annex."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copy(FIXTURES / "accounts.ipynb", folder)
    head = (NOTEBOOKS / "report.toml").read_text(encoding="utf-8").split("[[chapters]]")[0]
    chapter = '[[chapters]]\nnotebook = "accounts.ipynb"\nnumber = 1\n'
    (folder / "report.toml").write_text(head + chapter, encoding="utf-8")
    return read_plan(folder)


@pytest.fixture
def made(
    tmp_path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, Texts, str], Path]:
    """Return a function that renders the city of a folder of own data."""

    def make(name: str, texts: Texts, language: str) -> Path:
        monkeypatch.setenv(catalog.OWN_DATA, str(own_folder(tmp_path / name, texts)))
        asked = Parameters(
            region=CITY, year=2025, first_year=2019, language=language, peers=("410100",)
        )
        return render(asked, plan, tmp_path / name / "out").folder

    return make


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_of_hostile_data_shows_it_and_obeys_nothing(
    made: Callable[[str, Texts, str], Path], tmp_path: Path, language: str
) -> None:
    report, plain = made("hostile", HOSTILE, language), made("plain", HARMLESS, language)
    page, expected = (
        Skeleton((folder / "report.html").read_text(encoding="utf-8")) for folder in (report, plain)
    )
    assert page.parts == expected.parts
    assert page.links == expected.links == []
    for name in (f"name_{language}", "title", "publisher", "file", "folder"):
        assert squeezed(HOSTILE[name]) in page.text

    book = openpyxl.load_workbook(report / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    assert {cell.hyperlink.target for cell in cells if cell.hyperlink is not None} == {None}

    notebook = json.loads((report / "report.ipynb").read_text(encoding="utf-8"))
    injected = [
        "".join(cell["source"])
        for cell in notebook["cells"]
        if "injected-parameters" in cell["metadata"].get("tags", [])
    ]
    values = {}
    for statement in ast.parse(injected[0]).body:
        assert isinstance(statement, ast.Assign)
        values[ast.unparse(statement.targets[0])] = ast.literal_eval(statement.value)
    assert len(injected) == 1
    assert values == {
        "region": CITY,
        "year": 2025,
        "first_year": 2019,
        "language": language,
        "peers": ["410100"],
    }

    names = [path.name for path in report.iterdir()]
    assert sorted(names) == sorted(path.name for path in plain.iterdir())
    assert json.loads((report / "manifest.json").read_text(encoding="utf-8"))["data"]
    kept = attached_files((report / "report.pdf").read_bytes(), report)
    assert kept.keys() == attached_files((plain / "report.pdf").read_bytes(), plain).keys()
    assert [path.name for path in (tmp_path / "hostile" / "out").iterdir()] == [CITY]
    assert not [*tmp_path.rglob("pwned")]


def marked(text: str, column: str) -> str:
    """Put what may be markup into a text of the shipped data, the same into the same text."""
    chosen = zlib.crc32(text.encode())
    if column.endswith("_en"):
        return text.replace(" ", LETTERS[chosen % len(LETTERS)])
    return text + MARKS[chosen % len(MARKS)] if text else text


@pytest.mark.soak
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whole_report_of_hostile_data_has_no_element_from_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Every name, title, note and statement of the package holds what may be markup."""
    pages = []
    for name in ("hostile", "plain"):
        data = tmp_path / name
        shutil.copytree(catalog.shipped("data"), data)
        for path in data.rglob("*.csv"):
            if name == "hostile" and path.name != "units.csv":
                spoil(path)
        monkeypatch.setenv(catalog.OWN_DATA, str(data))
        asked = Parameters(
            region="410300", year=2025, first_year=2010, language=language, peers=("410100",)
        )
        folder = render(asked, read_plan(NOTEBOOKS), tmp_path / f"{name}-out").folder
        pages.append(Skeleton((folder / "report.html").read_text(encoding="utf-8")))
    assert pages[0].around_drawings == pages[1].around_drawings
    assert pages[0].links == pages[1].links


def spoil(path: Path) -> None:
    """Put what may be markup into every text of a table that is not a code."""
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    texts = [
        column.endswith(("_zh", "_en")) or column in ("title", "publisher") for column in header
    ]
    spoilt = [
        [
            marked(cell, column) if is_text else cell
            for cell, column, is_text in zip(row, header, texts, strict=True)
        ]
        for row in rows
    ]
    write_rows(path, [header, *spoilt])


REFUSED = {
    "a line break": ({"name_zh": "甲\n乙"}, "a cell has a line break in it"),
    "a tabulator": ({"title": "a\tb"}, "row 2, column title: holds U+0009"),
    "a command to a terminal": ({"title": "\x1b[2J"}, "column title: holds U+001B"),
    "an end of text": ({"title": "a\x00b"}, "column title: holds U+0000"),
    "text set backwards": ({"name_zh": "甲\u202e乙"}, "column name_zh: holds U+202E"),
    "a space without width": ({"name_zh": "洛\u200b阳"}, "column name_zh: holds U+200B"),
    "a hidden tag": ({"publisher": "甲\U000e0041"}, "column publisher: holds U+E0041"),
    "a book": ({"title": "<" * 10_000_000}, "has 10,000,0"),
    "a book in quotes": ({"title": '"' + "," * 10_000_000}, "a row may have 20,000"),
    "a long name": ({"name_en": "a" * (LONGEST_NAME + 1)}, "is not a name; write 1 to 120"),
    "no name": ({"name_en": ""}, "is not a name"),
    "the name of another": ({"aliases": "x|LUOYANG"}, "belongs to 410300 already"),
    "the code of another": ({"aliases": "410100"}, "belongs to 410100 already"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_reader_could_see_is_refused(tmp_path: Path, case: str) -> None:
    changes, expected = REFUSED[case]
    folder = own_folder(tmp_path, HARMLESS | changes)
    with pytest.raises(DataError) as caught:
        (catalog.sources(folder), catalog.regions(folder))
    message = str(caught.value)
    assert message.startswith("own/")
    assert expected in message
    assert message.isprintable()
    assert len(message) < LONGEST_MESSAGE


def test_the_shipped_data_are_far_from_the_limits() -> None:
    folder = catalog.shipped("data")
    lines = [
        line
        for path in folder.rglob("*.csv")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert max(map(len, lines)) * 10 < LONGEST_ROW
