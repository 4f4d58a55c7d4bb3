from __future__ import annotations

import io
import subprocess
import sys
from datetime import datetime
from zipfile import ZipFile

import nbformat
import openpyxl
import pytest

from lyanalysis.errors import ExportError
from lyanalysis.export import workbook
from lyanalysis.export.document import read_document
from lyanalysis.export.workbook import render_workbook

HEAD = 4
EXHIBIT = "application/vnd.lyanalysis.exhibit+json"
RESOURCES = {"metadata": {"name": "report"}}
COLUMNS = [
    ("region_code", "地区", ""),
    ("year", "年份", ""),
    ("part", "产业", ""),
    ("gdp", "地区生产总值", "亿元"),
    ("share", "比重", "%"),
    ("flag", "说明", ""),
]
ROWS = [
    ["410300", 2024, "va_primary", 0.1 + 0.2, 3.905793928779918, ""],
    ["410300", 2025, "va_tertiary", None, -1.7234899328859044, "revised"],
    ["410300", 2025, "total", 6164.52, 100.0, "=1+1"],
]
SHOWN = [
    ["2024", "第一产业", "0.3", "3.91", ""],
    ["2025", "第三产业", "—", "-1.72", "修订"],
    ["2025", "合计", "6,164.5", "100.00", "=1+1"],
]
INJECTIONS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://x.example")',
    "007",
    "2025",
]


def data_of(columns, rows):
    named = [dict(zip(("name", "label", "unit"), column, strict=True)) for column in columns]
    return {"columns": named, "rows": rows}


def written(notebook):
    return render_workbook(read_document(notebook, RESOURCES))


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def values(sheet, first=HEAD):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


@pytest.fixture
def table(exhibit_bundle, show, table_of):
    """A cell with a table whose cells are its data formatted one by one."""

    def make(id="accounts", **changes):
        heads = [(label, unit, "left") for _, label, unit in COLUMNS[1:]]
        shown = table_of(heads, SHOWN, total_rows=[2])
        content = {"data": data_of(COLUMNS, ROWS), "table": shown} | changes
        return show(exhibit_bundle("table", id, "产业增加值", **content))

    return make


@pytest.fixture
def figure(exhibit_bundle, show):
    def make(columns=COLUMNS, rows=ROWS, id="chart", caption="比重", **changes):
        return show(exhibit_bundle("figure", id, caption, data=data_of(columns, rows), **changes))

    return make


@pytest.fixture
def sheet_of(chapter):
    """Write a report of one exhibit and open the sheet."""

    def make(cell, **options):
        return opened(written(chapter(cell, **options))).worksheets[1]

    return make


def test_the_contents_tell_the_report_and_lead_to_the_sheets(report):
    book = opened(written(report))
    assert book.sheetnames == ["目录", "图2-1", "表2-1", "表2-2", "图3-1", "说明"]
    contents = book["目录"]
    rows = values(contents, first=1)
    assert rows[0][0] == "洛阳市新旧动能转换研究报告"
    assert rows[1][0] == "结构、空间与创新"
    assert rows[2:7] == [
        ["地区", "洛阳市"],
        ["时段", "2010–2025"],
        ["数据版次", "2026.1"],
        ["最新资料发布于", "2026-03-31"],
        ["程序版本", "0.1.0"],
    ]
    assert rows[-5:-2] == [
        ["图2-1", "三次产业增加值占地区生产总值的比重，2010–2025 年"],
        ["表2-1", rows[-4][1]],
        ["表2-2", "八十个行业的增加值"],
    ]
    linked = [row[0] for row in contents.iter_rows() if row[0].hyperlink]
    assert [cell.hyperlink.location for cell in linked] == [
        f"'{name}'!A1" for name in book.sheetnames[1:]
    ]
    for sheet in book.worksheets[1:]:
        assert sheet["A2"].hyperlink.location == "'目录'!A1"


def test_an_english_report(english_report, chapter, figure, table):
    book = opened(written(english_report))
    assert book.sheetnames[0] == "Contents"
    assert book["Contents"]["A3"].value == "Region"
    cells = (figure(language="en"), table(language="en"))
    english = opened(written(chapter(*cells, language="en")))
    assert [cell.value for cell in english["Table 4-1"][HEAD + 1]][:3] == [
        2024,
        "第一产业",
        0.1 + 0.2,
    ]
    sheet = english["Figure 4-1"]
    assert sheet["A1"].value == "Figure 4-1  比重"
    assert sheet["A2"].value == "Back to contents"
    assert sheet.cell(HEAD, 4).value == "地区生产总值 (亿元)"
    assert sheet.cell(HEAD + 5, 1).value.startswith("Note: ")


def test_a_table_has_the_readers_words_and_the_raw_numbers(sheet_of, table):
    sheet = sheet_of(table())
    assert sheet["A1"].value == "表 4-1　产业增加值"
    rows = values(sheet)[:4]
    assert [row[:5] for row in rows] == [
        ["年份", "产业", "地区生产总值（亿元）", "比重（%）", "说明"],
        [2024, "第一产业", 0.1 + 0.2, 3.905793928779918, None],
        [2025, "第三产业", None, -1.7234899328859044, "修订"],
        [2025, "合计", 6164.52, 100, "=1+1"],
    ]
    assert not any(value for row in rows for value in row[5:])


def test_numbers_show_the_decimals_of_the_table(sheet_of, table):
    sheet = sheet_of(table())
    formats = [[cell.number_format for cell in row[:4]] for row in sheet["A5:D7"]]
    assert formats[0] == ["0", "General", "0.0", "0.00"]
    assert formats[2] == ["0", "General", "#,##0.0", "0.00"]
    assert all(cell.font.bold for cell in sheet[7] if cell.value is not None)
    assert not sheet["A6"].font.bold


def test_a_figure_has_all_its_data(sheet_of, figure):
    columns = [*COLUMNS, ("nav", "NAV", ""), ("last", "上次年份", "")]
    rows = [[*row, 0.0259 * n, 2023.0] for n, row in enumerate(ROWS, start=1)]
    sheet = sheet_of(figure(columns, rows))
    assert values(sheet)[1 : 1 + len(rows)] == [[v if v != "" else None for v in r] for r in rows]
    formats = [cell.number_format for cell in sheet[HEAD + 1]]
    assert formats == ["General", "0", "General", "0.00", "0.00", "General", "0.0000", "0"]
    assert sheet["A5"].data_type == "s"


def test_every_number_reads_back_exactly(sheet_of, figure):
    numbers = [0.1 + 0.2, 1 / 3, 2 / 3 * 1e-9, 1e300, -0.0, 288.8000000000002, 2025, 123456789012]
    sheet = sheet_of(figure([("x", "数", "")], [[number] for number in numbers]))
    cells = [sheet.cell(HEAD + 1 + row, 1) for row in range(len(numbers))]
    assert [cell.value for cell in cells] == numbers
    assert {cell.data_type for cell in cells} == {"n"}


def test_a_missing_value_is_an_empty_cell(sheet_of, figure):
    sheet = sheet_of(figure([("x", "数", "")], [[None], [float("nan")], [1.5], [""]]))
    assert [sheet.cell(row, 1).value for row in range(HEAD + 1, HEAD + 5)] == [
        None,
        None,
        1.5,
        None,
    ]


def test_a_table_made_otherwise_falls_back_to_the_data(sheet_of, table, table_of):
    shown = table_of([("来源", "", "left")], [["甲"], ["乙"], ["丙"]])
    assert values(sheet_of(table(table=shown)))[1][:3] == ["410300", 2024, "va_primary"]
    fewer = table_of([("年份", "", "left")], [["2024"]])
    assert values(sheet_of(table(table=fewer)))[1][:3] == ["410300", 2024, "va_primary"]


def test_source_lines_lead_to_the_list_of_sources(chapter, figure, table, show, exhibit_bundle):
    columns = [("id", "来源编号", ""), ("url", "网址", "")]
    listed = exhibit_bundle(
        "table", "sources", "来源", data=data_of(columns, [["a", "https://a.b"]])
    )
    listed[EXHIBIT]["table"] = {"columns": [], "rows": []}
    listed[EXHIBIT]["lists_sources"] = True
    book = opened(written(chapter(figure(), table(note=""), show(listed))))
    assert book.sheetnames == ["目录", "图4-1", "表4-1", "来源", "说明"]
    assert book["来源"].cell(HEAD + 1, 2).hyperlink.target == "https://a.b"
    for name in ("图4-1", "表4-1"):
        links = [row[0].hyperlink for row in book[name].iter_rows(min_row=HEAD + 1)]
        assert [link.location for link in links if link] == ["'来源'!A1"]
    without = opened(written(chapter(figure())))["图4-1"]
    assert not any(row[0].hyperlink for row in without.iter_rows(min_row=HEAD + 1))


def test_the_last_sheet_has_all_notes_and_what_is_missing(report):
    book = opened(written(report))
    sheet = book["说明"]
    rows = values(sheet)
    assert rows[0] == ["工作表", "标题", "资料来源", "注释"]
    assert [row[0] for row in rows[1:]] == [*book.sheetnames[1:-1], "没有数据"]
    assert rows[1][2:] == [
        "资料来源：《洛阳市统计公报》（洛阳市统计局，2026-03-31）。",
        "2018 年前后口径不同",
    ]
    assert rows[-1][1:] == ["没有建设用地的数据", None, "洛阳市未公布。"]
    links = [sheet.cell(HEAD + row, 1).hyperlink for row in range(1, len(rows))]
    assert [link and link.location for link in links] == [
        *(f"'{name}'!A1" for name in book.sheetnames[1:-1]),
        None,
    ]
    assert sheet.freeze_panes == "A5"
    assert book["目录"].cell(book["目录"].max_row, 1).hyperlink.location == "'说明'!A1"


def test_nothing_is_read_as_a_formula(chapter, figure):
    content = written(chapter(figure([("x", "=A1", "")], [[text] for text in INJECTIONS])))
    sheet = opened(content).worksheets[1]
    cells = [sheet.cell(HEAD + 1 + row, 1) for row in range(len(INJECTIONS))]
    assert [cell.value for cell in cells] == INJECTIONS
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells[:6])
    assert sheet.cell(HEAD, 1).data_type == "s"
    with ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_addresses_are_links(sheet_of, figure):
    addresses = [
        "https://example.org/a?b=1&c=2#d",
        "https://example.org/原始 数据.xlsx",
        "https://example.org/%E5%8E%9F b.xlsx",
        "javascript:alert(1)",
        "https://a.example；https://b.example",
        "https://a.example/" + "x" * 3000,
        "file:///etc/passwd",
    ]
    columns = [("source_url", "网址", ""), ("source_title", "标题", "")]
    sheet = sheet_of(figure(columns, [[address, "某公报"] for address in addresses]))
    cells = [sheet.cell(HEAD + 1 + row, 1) for row in range(len(addresses))]
    assert [cell.value for cell in cells] == addresses
    assert [cell.hyperlink and cell.hyperlink.target for cell in cells] == [
        "https://example.org/a?b=1&c=2",
        "https://example.org/%E5%8E%9F%E5%A7%8B%20%E6%95%B0%E6%8D%AE.xlsx",
        "https://example.org/%E5%8E%9F%20b.xlsx",
        *[None] * 4,
    ]
    assert cells[0].hyperlink.location == "d"


def test_layout(sheet_of, table):
    sheet = sheet_of(table(note="一" * 200))
    assert sheet.freeze_panes == "A5"
    width = {name: column.width for name, column in sheet.column_dimensions.items()}
    assert width["C"] == pytest.approx(len("地区生产总值（亿元）") * 2 + 2, abs=1)
    assert sheet["A9"].value == "注：" + "一" * 200
    assert sheet["A10"].value.startswith("资料来源：")
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A9:I9", "A10:I10"}
    assert sheet.row_dimensions[9].height >= 5 * 15
    assert sheet.print_title_rows == "$4:$4"


def test_long_text_does_not_widen_a_column_without_end(sheet_of, figure):
    sheet = sheet_of(figure([("x", "说明", "")], [["很长" * 200]]))
    assert sheet.column_dimensions["A"].width < 62
    assert sheet.cell(HEAD + 1, 1).alignment.wrap_text


def test_notices_and_other_notebooks(foreign, chapter, show, exhibit_bundle):
    notice = show(exhibit_bundle("notice", "gap", "没有数据", note="未公布。", source_line=""))
    for notebook, names in ((foreign, ["Contents"]), (chapter(notice), ["目录", "说明"])):
        book = opened(written(notebook))
        assert book.sheetnames == names
    assert values(book["说明"])[1:] == [["没有数据", "没有数据", None, "未公布。"]]
    assert opened(written(foreign))["Contents"]["A1"].value == "report"


def test_sheet_names_are_ones_excel_takes(chapter, figure):
    numbers = ["a/b[c]:d*e?f\\'", "x" * 40, "x" * 50, "A-1"]
    cells = [figure(id=f"f{i}", number=number) for i, number in enumerate(numbers)]
    names = opened(written(chapter(*cells))).sheetnames[1:-1]
    assert names == ["图a-b-c--d-e-f--", "图" + "x" * 30, "图" + "x" * 26 + " (2)", "图A-1"]


@pytest.mark.parametrize("text", ["a\x01b", "a\x1bb", "\ufffe", "https://\ud800", "字" * 32_768])
@pytest.mark.parametrize("field", ["caption", "note", "source_line", "data"])
def test_a_text_no_workbook_holds_names_its_place(chapter, figure, text, field):
    cell = figure([("x", "说明", "")], [[text]]) if field == "data" else figure(**{field: text})
    with pytest.raises(ExportError, match="chapter 04_test, cell 1: a") as caught:
        written(chapter(cell))
    assert text in caught.value.text


def test_a_title_no_workbook_holds(report):
    report.metadata["lyanalysis"]["title"] = "a\x00"
    with pytest.raises(ExportError, match=r"U\+0000"):
        written(report)


def test_tables_larger_than_a_sheet_are_refused(chapter, figure, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 10)
    assert written(chapter(figure()))
    with pytest.raises(ExportError, match=r"cell 1: exhibit 'chart' has 4 rows .* \(10 and 16,384"):
        written(chapter(figure(rows=[*ROWS, ROWS[0]])))
    monkeypatch.setattr(workbook, "MAX_COLUMNS", 5)
    with pytest.raises(ExportError, match="6 columns"):
        written(chapter(figure()))


def test_damaged_data_are_refused(chapter, figure):
    with pytest.raises(ExportError, match="cell 1: exhibit 'chart' holds an infinite number"):
        written(chapter(figure([("x", "数", "")], [[float("inf")]])))
    with pytest.raises(ExportError, match="cell 1: exhibit 'chart' has a row of data"):
        written(chapter(figure([("x", "数", "")], [[1, 2]])))


@pytest.mark.parametrize(
    ("stated", "created"),
    [
        ("2026-03-31", datetime(2026, 3, 31)),
        ("2026-08", datetime(2026, 8, 1)),
        ("2026", datetime(2026, 1, 1)),
        ("", datetime(2000, 1, 1)),
        ("spring", datetime(2000, 1, 1)),
    ],
)
def test_properties_are_dated_by_the_data(report, stated, created):
    report.metadata["lyanalysis"]["data_date"] = stated
    properties = opened(written(report)).properties
    assert properties.created == properties.modified == created
    assert properties.title == "洛阳市新旧动能转换研究报告"
    assert properties.creator == properties.lastModifiedBy == "洛阳分析组"
    assert properties.keywords == "新旧动能转换, Luoyang"


def test_same_notebook_same_bytes_in_any_process(report, tmp_path):
    path = tmp_path / "report.ipynb"
    nbformat.write(report, path)
    code = (
        "import sys, nbformat\n"
        "from lyanalysis.export.document import read_document\n"
        "from lyanalysis.export.workbook import render_workbook\n"
        "document = read_document(nbformat.read(sys.argv[1], 4), {'metadata': {'name': ''}})\n"
        "sys.stdout.buffer.write(render_workbook(document))\n"
    )
    places = [("Asia/Shanghai", "1", "C.UTF-8"), ("America/Los_Angeles", "2", "C")]
    made = [
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            env={"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "1"},
            cwd=tmp_path,
            capture_output=True,
            check=True,
        ).stdout
        for zone, seed, locale in places
    ]
    here = written(nbformat.read(path, 4))
    assert made == [here, here]
    assert written(report) == here
    with ZipFile(io.BytesIO(here)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
