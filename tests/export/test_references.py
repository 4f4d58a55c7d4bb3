"""References to exhibits in the text, in page and PDF."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell

from lyanalysis.errors import ExportError
from lyanalysis.export.document import read_document
from lyanalysis.export.outline import lay_out

SEEN = "# 章\n\n见[下图](#chart)和[](#tab)（表中*没有*[上图](#chart)），`[](#tab)`。"


def links(page):
    prose = BeautifulSoup(page, "html.parser").find(class_="prose")
    return [(link["href"], link.get_text().replace("\xa0", " ")) for link in prose.find_all("a")]


@pytest.fixture
def exhibits(show, exhibit_bundle, table_of):
    """A figure, a table and a notice, and what tells of them."""

    def make(language="zh"):
        cells = table_of([("年份", "", "left")], [["2024"]])
        return [
            show(exhibit_bundle("figure", "chart", "比重", language=language)),
            show(exhibit_bundle("table", "tab", "数值", table=cells, language=language)),
            show(exhibit_bundle("notice", "gap", "没有数据", source_line="", language=language)),
        ]

    return make


@pytest.mark.parametrize(
    ("language", "figure", "table"),
    [("zh", "图 4-1", "表 4-1"), ("en", "Figure 4-1", "Table 4-1")],
)
def test_a_reference_reads_as_the_exhibit_is_called(
    chapter, exhibits, page_of, pdf_of, read_pdf, language, figure, table
):
    report = chapter(new_markdown_cell(SEEN), *exhibits(language), language=language)
    page = page_of(report)
    assert links(page) == [("#chart", figure), ("#tab", table), ("#chart", figure)]
    assert all(BeautifulSoup(page, "html.parser").find(id=id) for id in ("chart", "tab"))
    assert "<code>[](#tab)</code>" in page
    pdf = pdf_of(report)
    text = re.sub(r"\s", "", read_pdf(pdf, "pdftotext", "-raw"))
    plain = [name.replace(" ", "") for name in (figure, table)]
    assert f"见{plain[0]}和{plain[1]}（表中没有{plain[0]}），[](#tab)。" in text
    # Each leads to a place, as the entries of the contents do.
    assert pdf_of(report) == pdf
    without = pdf_of(chapter(new_markdown_cell("# 章"), *exhibits(language), language=language))
    assert pdf.count(b"/Subtype/Link") - without.count(b"/Subtype/Link") >= 3


def test_a_reference_to_a_notice_keeps_its_words(chapter, exhibits, page_of, pdf_of, read_pdf):
    text = new_markdown_cell("# 章\n\n见[下面的**说明**](#gap)。")
    report = chapter(text, *exhibits())
    page = page_of(report)
    assert "见下面的<strong>说明</strong>。" in page
    assert links(page) == []
    assert "见下面的说明。" in re.sub(r"\s", "", read_pdf(pdf_of(report), "pdftotext", "-raw"))


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("[](#gap)", r"\[\]\(#gap\) refers to exhibit 'gap', which is a notice .* give the link"),
        ("[图](#chrat)", r"exhibit 'chrat', which does not exist; did you mean 'chart'"),
        ("[](#poem)", r"exhibit 'poem', which does not exist; correct the id"),
    ],
)
@pytest.mark.parametrize("target", ["html", "typst"])
def test_a_reference_that_leads_nowhere_stops_a_report(chapter, exhibits, written, problem, target):
    report = chapter(new_markdown_cell(f"# 章\n\n见{written}。"), *exhibits())
    document = read_document(report, {"metadata": {"name": "n"}})
    with pytest.raises(ExportError, match=f"^chapter 04_test, cell 1: .*{problem}") as caught:
        lay_out(document, target, str)
    assert caught.value.text == written


def test_a_notebook_of_anybody_is_warned(foreign, exhibits, page_of, pdf_of):
    foreign.cells = [new_markdown_cell("见[图](#chart)，[](#gap)，[*某*处](#poem)。"), *exhibits()]
    warnings = []
    document = read_document(foreign, {"metadata": {"name": "n"}}, warn=warnings.append)
    lay_out(document, "html", str)
    assert warnings == [
        "chapter n, cell 1: [](#gap) refers to exhibit 'gap', which is a notice and has no number; "
        "a note says so.",
        "chapter n, cell 1: [某处](#poem) refers to exhibit 'poem', which does not exist; "
        "its words stand there without a link.",
    ]
    page = page_of(foreign)
    assert links(page) == [("#chart", "图 1")]
    assert "〔没有图表 gap〕，<em>某</em>处。" in page
    assert pdf_of(foreign).startswith(b"%PDF")


def test_links_to_places_that_are_lost_and_typed_calls_stay_words(foreign, page_of):
    text = (
        "## intro\n\n[Go to $x^2$](#outro), [x](#Intro-1).\n\n"
        '    #exhibit-reference("reference:9")[a]/*reference:9*/\n'
    )
    foreign.cells = [new_markdown_cell(text)]
    warnings = []
    document = read_document(foreign, {"metadata": {"name": "n"}}, warn=warnings.append)
    for target in ("html", "typst"):
        lay_out(document, target, str)
    assert warnings == []
    page = page_of(foreign)
    assert "Go to <math" in page
    assert links(page) == []
    assert "reference:9*/" in page


def test_links_to_headings_lead_there_however_viewers_spell_them(
    foreign, page_of, pdf_of, read_pdf
):
    spelled = ("R&D:-所谓-by-type", "R%26D%3A-%E6%89%80%E8%B0%93-by-type", "rd-所谓-by-type")
    contents = "".join(f"- [see *{number}*](#{name})\n" for number, name in enumerate(spelled))
    foreign.cells = [
        new_markdown_cell(f"# One\n\n{contents}- [nowhere](#Two-and-a-half)"),
        new_markdown_cell("## R&D: 所谓 by type\n\n# Two\n\n## R&D: 所谓 by type"),
    ]
    page = page_of(foreign)
    first, second = BeautifulSoup(page, "html.parser").find_all(string="R&D: 所谓 by type")[-2:]
    assert links(page) == [
        (f"#{first.find_parent(id=True)['id']}", f"see {number}") for number in range(3)
    ]
    assert first.find_parent(id=True)["id"] != second.find_parent(id=True)["id"]
    pdf = pdf_of(foreign)
    foreign.cells[0].source = "# One\n\n" + contents.replace("](#", "](#no-")
    assert pdf.count(b"/Subtype/Link") - pdf_of(foreign).count(b"/Subtype/Link") == 3
    assert "see 0" in read_pdf(pdf, "pdftotext", "-raw")


def test_a_report_may_refer_to_its_headings_and_to_no_others(chapter, page_of):
    report = chapter(new_markdown_cell("# 章\n\n## 起点\n\n见[上一节](#起点)。"))
    assert [words for _, words in links(page_of(report))] == ["上一节"]
    report = chapter(new_markdown_cell("# 章\n\n## 起点\n\n见[上一节](#终点)。"))
    with pytest.raises(ExportError, match="终点"):
        page_of(report)


def test_a_reference_in_a_heading_and_in_the_markdown_of_an_output(
    chapter, exhibits, show, page_of, pdf_of
):
    said = show({"text/markdown": "如[图](#chart)所示。"})
    report = chapter(new_markdown_cell("# 章\n\n## 关于[图](#chart)"), *exhibits(), said)
    page = page_of(report)
    assert re.search(r'关于<a href="#chart">图\xa04-1</a></h3>', page)
    assert '如<a href="#chart">图\xa04-1</a>所示。' in page
    assert pdf_of(report).startswith(b"%PDF")


def test_every_table_of_a_turned_or_split_kind_can_be_referred_to(report, pdf_of):
    text = new_markdown_cell("[](#wide)、[](#long)、[](#per-mu)(一)")
    place = {"chapter": "03_space", "number": 3, "cell": 99}
    text.metadata["lyanalysis"] = place
    text["id"] = "references"
    report.cells.append(text)
    assert pdf_of(report).startswith(b"%PDF")


def test_the_number_of_a_strange_notebook_is_text(foreign, show, exhibit_bundle, page_of, pdf_of):
    odd = show(exhibit_bundle("figure", "chart", "比重", number='"]#panic()<b>'))
    foreign.cells = [new_markdown_cell("见[图](#chart)。"), odd]
    assert links(page_of(foreign)) == [("#chart", '图 "]#panic()<b>')]
    assert pdf_of(foreign).startswith(b"%PDF")
