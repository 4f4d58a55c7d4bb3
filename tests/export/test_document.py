from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from lyanalysis.errors import ExportError
from lyanalysis.export.blocks import PictureBlock, PlainBlock, TextBlock
from lyanalysis.export.document import read_document
from lyanalysis.export.exhibit import Exhibit

RESOURCES = {"metadata": {"name": "my_notebook"}}


def read(notebook, **options):
    return read_document(notebook, RESOURCES, **options)


def texts(document):
    return [block.text for block in document.blocks if isinstance(block, TextBlock)]


def test_the_cover_is_read_from_the_metadata(report):
    document = read(report)
    assert document.title == "洛阳市新旧动能转换研究报告"
    assert document.facts == (
        ("地区", "洛阳市"),
        ("时段", "2010–2025"),
        ("数据版次", "2026.1"),
        ("最新资料发布于", "2026-03-31"),
        ("程序版本", "0.1.0"),
    )
    assert [item.content for item in document.attachments] == ['{"region": "洛阳"}'.encode()]


def test_one_cell_of_each_pair_is_kept(report, english_report):
    chinese, english = "\n".join(texts(read(report))), "\n".join(texts(read(english_report)))
    assert "三次产业的变动" in chinese
    assert "How the three sectors moved" not in chinese
    assert "How the three sectors moved" in english
    assert "三次产业的变动" not in english


def test_the_language_asked_for_overrides_the_notebook(report):
    assert "How the three sectors moved" in "\n".join(texts(read(report, language="en")))


def test_papermill_parameters_tell_the_language_of_a_single_chapter(report):
    del report.metadata["lyanalysis"]
    report.metadata["papermill"] = {"parameters": {"language": "en"}}
    document = read(report)
    assert document.language == "en"
    assert "三次产业的变动" not in "\n".join(texts(document))


def test_without_a_language_all_cells_are_kept(report):
    del report.metadata["lyanalysis"]
    document = read(report)
    assert "三次产业的变动" in "\n".join(texts(document))
    assert "How the three sectors moved" in "\n".join(texts(document))
    assert document.language == "zh"


def test_the_language_of_a_strange_notebook_is_seen_in_its_letters(foreign):
    assert read(foreign).language == "en"
    foreign.cells.append(new_markdown_cell("这个笔记本是用中文写的，内容很多很多很多很多。"))
    assert read(foreign).language == "zh"


def test_code_and_removed_cells_are_never_shown(report):
    document = read(report)
    shown = "\n".join(texts(document))
    assert "410300" not in shown
    assert "secret_code" not in shown


def test_figures_and_tables_are_counted_separately_in_each_chapter(report):
    labels = [block.label for block in read(report).blocks if isinstance(block, Exhibit)]
    assert labels == ["图 2-1", "表 2-1", "表 2-2", "", "图 3-1"]


def test_numbers_given_at_joining_are_kept(chapter, show, exhibit_bundle):
    notebook = chapter(show(exhibit_bundle("figure", "a", "甲", number="7-3")))
    assert read(notebook).exhibits[0].label == "图 7-3"


def test_outside_a_report_exhibits_are_numbered_through(foreign, show, exhibit_bundle):
    for id in ("a", "b"):
        foreign.cells.append(show(exhibit_bundle("figure", id, id, language="en")))
    assert [exhibit.label for exhibit in read(foreign).exhibits] == ["Figure 1", "Figure 2"]


def test_a_repeated_id_names_both_places(chapter, show, exhibit_bundle):
    notebook = chapter(
        show(exhibit_bundle("figure", "same", "甲")), show(exhibit_bundle("figure", "same", "乙"))
    )
    with pytest.raises(ExportError, match=r"04_test, cell 2: .*'same'.*04_test, cell 1") as caught:
        read(notebook)
    assert (caught.value.chapter, caught.value.cell) == ("04_test", 2)


@pytest.mark.parametrize("alt", ["", "   "])
def test_an_exhibit_without_alternative_text_is_refused(chapter, show, exhibit_bundle, alt):
    notebook = chapter(
        new_markdown_cell("# 章"), show(exhibit_bundle("figure", "f", "甲", alt=alt))
    )
    with pytest.raises(ExportError, match=r"04_test, cell 2: exhibit 'f' has no alternative text"):
        read(notebook)


def test_a_damaged_exhibit_is_refused(chapter, show, exhibit_bundle, table_of):
    lacking = exhibit_bundle("figure", "f", "甲")
    del lacking["application/vnd.lyanalysis.exhibit+json"]["caption"]
    with pytest.raises(ExportError, match="lacks caption"):
        read(chapter(show(lacking)))
    ragged = table_of([("a", "", "left"), ("b", "", "left")], [["1", "2"], ["3"]])
    with pytest.raises(ExportError, match="row 1 of exhibit 't' has 1 cells for 2 columns"):
        read(chapter(show(exhibit_bundle("table", "t", "表", table=ragged))))
    with pytest.raises(ExportError, match="damaged"):
        read(chapter(show(exhibit_bundle("figure", "f", "甲", data={"columns": []}))))
    with pytest.raises(ExportError, match="not made of lower-case"):
        read(chapter(show(exhibit_bundle("figure", "Bad Id", "甲"))))


def test_an_image_of_a_report_needs_alternative_text_but_a_stranger_is_told_there_is_none(
    chapter, show, image, foreign
):
    with pytest.raises(ExportError, match=r"04_test, cell 1: the image has no alternative text"):
        read(chapter(show({"image/png": image})))
    given = read(chapter(show({"image/png": image}, alt="柱状图"))).blocks[0]
    assert isinstance(given, PictureBlock)
    assert given.alt == "柱状图"
    missing = [block for block in read(foreign).blocks if isinstance(block, PictureBlock)]
    assert [block.alt for block in missing] == [
        "Image shown by cell 5; its author gave no description"
    ]


def test_a_failed_notebook_is_not_exported(chapter):
    failed = new_output("error", ename="ValueError", evalue="year: 2031", traceback=["..."])
    notebook = chapter(new_markdown_cell("# 章"), new_code_cell("f()", outputs=[failed]))
    with pytest.raises(ExportError, match=r"04_test, cell 2: .*ValueError: year: 2031"):
        read(notebook)


def test_a_script_yields_to_the_text_beside_it(foreign):
    plain = [block.text for block in read(foreign).blocks if isinstance(block, PlainBlock)]
    assert plain == ["fallback", "printed #1 *text*"]


def test_an_svg_without_namespace_becomes_a_file_of_its_own(foreign, show):
    foreign.cells = [show({"image/svg+xml": "<svg viewBox='0 0 1 1'></svg>"})]
    (block,) = read(foreign).blocks
    assert block.data.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" ')


def test_bare_environments_become_formulas_but_not_in_code(chapter):
    environment = "\\begin{align}a&=b\\end{align}"
    notebook = chapter(new_markdown_cell(f"{environment}\n\n```\n{environment}\n```\n"))
    assert texts(read(notebook)) == [f"$${environment}$$\n\n```\n{environment}\n```\n"]


def test_csv_opens_in_excel_and_is_not_rounded(report):
    csv = read(report).exhibits[0].csv()
    assert csv.startswith("\ufeff年份,第二产业（亿元）\r\n2010,3010.123456789\r\n".encode())
    assert csv.endswith(b"\r\n2025,\r\n")


def test_reading_leaves_the_notebook_alone(report):
    before = repr(report)
    read(report)
    assert repr(report) == before
