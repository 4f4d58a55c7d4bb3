from __future__ import annotations

import json
import re
import zlib

import pytest
from nbformat.v4 import new_markdown_cell

from lyanalysis.errors import ExportError
from lyanalysis.export import fonts
from lyanalysis.export import pdf as pdf_module
from lyanalysis.export.advances import width_of
from lyanalysis.export.typst_source import array
from lyanalysis.export.typst_text import literal

YEARS = range(2010, 2026)


def streams(pdf):
    """Everything compressed inside a PDF, unpacked."""
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.S):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            yield match[1]


def words_of(read_pdf, pdf):
    """(page, x of the left edge, x of the right edge, page width, text) of every word."""
    page, width = 0, 0.0
    for line in read_pdf(pdf, "pdftotext", "-bbox").splitlines():
        if found := re.search(r'<page width="([\d.]+)"', line):
            page, width = page + 1, float(found[1])
        elif found := re.search(r'xMin="([-\d.]+)".* xMax="([-\d.]+)".*?>(.*)</word>', line):
            yield page, float(found[1]), float(found[2]), width, found[3]


def compact(text):
    return re.sub(r"\s", "", text)


def test_metadata_and_standards(report_pdf):
    content = report_pdf + b"".join(streams(report_pdf))
    assert report_pdf.startswith(b"%PDF-1.7")
    for expected in (
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "洛阳市新旧动能转换研究报告",
        "洛阳分析组",
        "<rdf:li>zh-CN</rdf:li>",
    ):
        assert expected.encode() in content
    assert b"D:20260331" in content


def test_same_notebook_same_bytes(report, pdf_of, report_pdf):
    assert pdf_of(report) == report_pdf


def test_text_can_be_read_back(report_pdf, read_pdf):
    text = compact(read_pdf(report_pdf, "pdftotext", "-raw"))
    for expected in (
        "洛阳是中国最早的重工业城市之一，“一五”时期的156项重点工程中有7项落户于此。",
        "2.1三次产业的变动",
        "图2-1三次产业增加值占地区生产总值的比重，2010–2025年",
        "资料来源：《洛阳市统计公报》（洛阳市统计局，2026-03-31）。",
        "注：2018年前后口径不同",
        "没有建设用地的数据",
        "打印printedred",
    ):
        assert expected in text
    for hidden in ("410300", "secret_code", "Howthethreesectorsmoved", "exhibits.figure"):
        assert hidden not in text


def test_letters_in_a_figure_are_text(report_pdf, read_pdf):
    assert "亩均产出（万元）" in compact(read_pdf(report_pdf, "pdftotext", "-raw"))


def test_special_characters_are_literal(report_pdf, read_pdf, nasty):
    assert compact(nasty) in compact(read_pdf(report_pdf, "pdftotext", "-raw"))


def test_every_page_but_the_cover_tells_its_number(report_pdf, read_pdf):
    pages = read_pdf(report_pdf, "pdftotext", "-raw").split("\f")[:-1]
    assert "页" not in pages[0]
    for number, page in enumerate(pages[1:], start=2):
        assert f"第{number}页，共{len(pages)}页" in compact(page)


def test_the_cover_tells_the_edition_of_the_data(report_pdf, english_report, pdf_of, read_pdf):
    for pdf, told in (
        (report_pdf, "数据版次2026.1"),
        (pdf_of(english_report), "Dataedition2026.1"),
    ):
        cover = read_pdf(pdf, "pdftotext", "-raw").split("\f")[0]
        assert told in compact(cover)


def test_bookmarks_follow_the_headings(report_pdf, read_pdf):
    xml = read_pdf(report_pdf, "pdftohtml", "-xml", "-i", "-stdout")
    items = re.findall(r'<item page="\d+">(.*?)</item>', xml)
    assert [compact(item) for item in items] == [
        "2产业结构与集群",
        "2.1三次产业的变动",
        "2.1.1宽表与长表",
        "3空间与城市更新",
        "3.1亩均效益",
        "附：文件内的数据",
    ]


def test_attachments_are_inside(report_pdf, read_pdf):
    unpacked = list(streams(report_pdf))
    assert '{"region": "洛阳"}'.encode() in unpacked
    csv = [content for content in unpacked if content.startswith(b"\xef\xbb\xbf")]
    assert len(csv) == 4
    assert all(content.endswith(b"\r\n2025,\r\n") for content in csv)
    listed = read_pdf(report_pdf, "pdfdetach", "-list")
    assert set(re.findall(r"\d+: (\S+)", listed)) == {
        "manifest.json",
        "figure-2-1-sector-shares.csv",
        "figure-3-1-per-mu.csv",
        "table-2-1-wide.csv",
        "table-2-2-long.csv",
    }


def test_two_attachments_of_one_name_are_refused(report, pdf_of):
    report.metadata["lyanalysis"]["attachments"] *= 2
    with pytest.raises(ExportError, match=r"'manifest\.json'"):
        pdf_of(report)


def test_english(english_report, pdf_of, read_pdf):
    pdf = pdf_of(english_report)
    text = read_pdf(pdf, "pdftotext", "-raw")
    assert "How the three sectors moved" in text
    assert "三次产业的变动" not in text
    assert "Page 2 of" in text
    assert b"<rdf:li>en</rdf:li>" in pdf + b"".join(streams(pdf))


def test_a_strange_notebook(foreign, pdf_of, read_pdf):
    pdf = pdf_of(foreign)
    assert pdf_of(foreign) == pdf
    text = read_pdf(pdf, "pdftotext", "-raw")
    assert text.startswith("My analysis")
    assert "printed #1 *text*" in text
    assert "<m>" in text
    assert "steal" not in text


@pytest.mark.parametrize(
    ("columns", "flipped"), [(3, False), (12, False), (30, True)], ids=["few", "wide", "too wide"]
)
def test_tables_never_leave_the_page(
    chapter, show, exhibit_bundle, table_of, pdf_of, read_pdf, columns, flipped
):
    table = table_of(
        [("年份", "", "left"), *((f"指标{i}", "亿元", "right") for i in range(columns))],
        [[str(year), *(f"{year + i / 10:,.1f}" for i in range(columns))] for year in YEARS],
    )
    pdf = pdf_of(chapter(show(exhibit_bundle("table", "t", "宽表", table=table))))
    words = list(words_of(read_pdf, pdf))
    assert words
    assert all(left > 60 and right < width - 60 for _, left, right, width, _ in words)
    shown = {text for _, _, _, _, text in words}
    assert {f"{year + i / 10:,.1f}" for year in YEARS for i in range(columns)} <= shown
    assert any(width > 800 for _, _, _, width, _ in words) == flipped


@pytest.mark.parametrize(
    "markdown",
    [
        "| 名 | 址 |\n|--|--|\n| 乙 | {} |",
        "见 {}。",
        "`{}`",
        "```\n{}\n```",
        "![]({})[x](https://example.org)",
    ],
)
def test_long_words_break(chapter, pdf_of, read_pdf, markdown):
    address = "https://example.org/" + "abcdefghij" * 20
    pdf = pdf_of(chapter(new_markdown_cell(markdown.format(address))))
    words = list(words_of(read_pdf, pdf))
    assert all(right < width - 60 for _, _, right, width, _ in words)
    text = compact(read_pdf(pdf, "pdftotext", "-raw")).replace("\u200b", "")
    assert address in text


def test_long_words_break_in_exhibits_and_printed_text(
    chapter, show, exhibit_bundle, table_of, pdf_of, read_pdf
):
    address = "https://example.org/" + "abcdefghij" * 20
    table = table_of([("项", "", "left"), ("地址", "", "left")], [["甲", address]])
    pdf = pdf_of(
        chapter(
            show(exhibit_bundle("table", "t", address, table=table, note=address)),
            show({"text/plain": address}),
        )
    )
    words = list(words_of(read_pdf, pdf))
    assert all(right < width - 60 for _, _, right, width, _ in words)
    text = compact(read_pdf(pdf, "pdftotext", "-raw")).replace("\u200b", "")
    assert text.count(address) >= 4


@pytest.mark.parametrize("rows", range(26, 46, 2))
def test_sources_stand_under_the_last_rows(
    chapter, show, exhibit_bundle, table_of, pdf_of, read_pdf, rows
):
    table = table_of(
        [("行业", "", "left"), ("值", "", "right")], [[f"行业{i}", f"{i}.25"] for i in range(rows)]
    )
    source = "资料来源：" + "很长的来源说明，" * 30
    pdf = pdf_of(chapter(show(exhibit_bundle("table", "t", "表", table=table, source_line=source))))
    pages = read_pdf(pdf, "pdftotext", "-raw").split("\f")
    (page,) = (page for page in pages if "资料来源" in page)
    assert f"{rows - 1}.25" in page
    assert f"{rows - 2}.25" in page


@pytest.mark.parametrize("lines", range(18, 34, 3))
@pytest.mark.parametrize("rows", [4, 60])
def test_a_caption_stands_over_its_rows(
    chapter, show, exhibit_bundle, table_of, pdf_of, read_pdf, lines, rows
):
    table = table_of([("行业", "", "left")], [[f"行业{i}"] for i in range(rows)])
    pdf = pdf_of(
        chapter(
            new_markdown_cell("\n\n".join(["# 章", *["一行文字。"] * lines])),
            show(exhibit_bundle("table", "t", "独一无二的表题", table=table)),
        )
    )
    pages = read_pdf(pdf, "pdftotext", "-raw").split("\f")
    (page,) = (page for page in pages if "独一无二的表题" in page and "pdfdetach" not in page)
    assert "行业0" in compact(page)
    assert "行业3" in compact(page)


def test_the_head_of_a_long_table_is_repeated(report_pdf, read_pdf):
    pages = read_pdf(report_pdf, "pdftotext", "-raw").split("\f")
    of_table = [page for page in pages if re.search(r"行业\s?\d\d", page)]
    assert len(of_table) >= 2
    assert all("增加值" in page and "上年" in page for page in of_table)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("😀", "U+1F600"), ("𠮷", "U+20BB7"), ("\ue000", "U+E000"), ("\x07", "U+0007")],
    ids=["emoji", "rare character", "private use", "control"],
)
def test_a_character_no_font_has_is_refused(chapter, pdf_of, text, codes):
    cells = [new_markdown_cell("# 章"), new_markdown_cell(f"前文 {text} 后文")]
    with pytest.raises(ExportError, match=re.escape(codes)) as caught:
        pdf_of(chapter(*cells))
    assert (caught.value.chapter, caught.value.cell, caught.value.text) == ("04_test", 2, text)


def test_a_missing_glyph_is_traced_in_captions_tables_and_figures(
    chapter, show, exhibit_bundle, table_of, pdf_of
):
    drawn = exhibit_bundle("figure", "f", "甲")
    figure = drawn["application/vnd.lyanalysis.exhibit+json"]["figure"]
    figure["svg"] = figure["svg"].replace("三次", "𠮷")
    table = table_of([("a", "", "left")], [["𠮷"]])
    for bundle in (
        drawn,
        exhibit_bundle("figure", "f", "甲𠮷"),
        exhibit_bundle("table", "f", "甲", table=table),
        {"text/html": "<table><tr><td>𠮷</td></tr></table>"},
        {"text/plain": "𠮷"},
    ):
        with pytest.raises(ExportError, match=r"04_test, cell 2: .*U\+20BB7") as caught:
            pdf_of(chapter(new_markdown_cell("# 章"), show(bundle)))
        assert caught.value.text == "𠮷"


def test_a_missing_glyph_in_the_title_has_no_cell(report, pdf_of):
    report.metadata["lyanalysis"]["title"] = "报告 𠮷"
    with pytest.raises(ExportError, match=r"U\+20BB7") as caught:
        pdf_of(report)
    assert (caught.value.chapter, caught.value.cell, caught.value.text) == (None, None, "𠮷")


def test_a_damaged_image_is_traced_to_its_cell(chapter, show, pdf_of):
    with pytest.raises(ExportError, match=r"04_test, cell 2: .*image"):
        pdf_of(chapter(new_markdown_cell("# 章"), show({"image/png": "aGVsbG8="}, alt="x")))


@pytest.mark.parametrize(
    "markdown",
    [
        "- a\n  - b\n\n1. x\n   ```\n   code\n   ```\n\n> q\n> # inside\n\nTerm\n: definition\n",
        "- a\n\n  | a | b |\n  |--|--|\n  | 1 | $x$ |\n",
        "# head[^1] [link](https://example.org)\n\n[^1]: foot\n",
        "### deep\n\n# back\n\n##### deeper\n\n***\n\n- [ ] a\n- [x] b\n",
        "\\begin{align}a&=b\\\\c&=d\\end{align}",
        "",
    ],
)
def test_any_markdown_can_be_set(chapter, pdf_of, markdown):
    assert pdf_of(chapter(new_markdown_cell(markdown or " "))).startswith(b"%PDF")


def test_an_empty_notebook_can_be_set(foreign, pdf_of):
    foreign.cells = []
    assert pdf_of(foreign).startswith(b"%PDF")


@pytest.mark.parametrize("text", ['"', "\\", 'a"#b\\', "\n\r\t", "#$*_@[]<>`~//"])
def test_literal_means_its_text(text):
    import typst

    source = f"#metadata({literal(text)}) <it>".encode()
    answer = typst.query(source, "<it>", field="value", one=True)
    import json

    assert json.loads(answer) == text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_is_wider_than_the_tables_think(language, tmp_path):
    import typst

    texts = [
        "产业结构 industrial structure（升级），12.5%",
        "“新动能”占GDP的比重——2025年…",
        "-1,234.50 / 2,000 ≈ 3.1·10",
        "AVATAR To fill, Wave; file",
        *("", "8", "（", "年末常住人口"),
    ]
    (tmp_path / "look.typ").write_bytes(pdf_module._templates()["look.typ"])
    listed = array(map(literal, texts))
    (tmp_path / "main.typ").write_text(
        f'#import "/look.typ": in-sans\n#set text(lang: "{language}")\n#context [#metadata('
        f"{listed}.map(one => measure(in-sans(size: 100pt, one)).width / 100pt)) <widths>]",
        encoding="utf-8",
    )
    widths = typst.query(
        str(tmp_path / "main.typ"),
        "<widths>",
        field="value",
        one=True,
        root=str(tmp_path),
        font_paths=pdf_module._whole_fonts(),
    )
    for text, width in zip(texts, json.loads(widths), strict=True):
        assert width <= width_of(text) + 1e-9, text
    assert sum(map(width_of, texts)) < 1.1 * sum(json.loads(widths))


def test_a_table_with_line_ends_is_measured(
    chapter, show, exhibit_bundle, table_of, pdf_of, read_pdf
):
    table = table_of([("甲", "", "left"), ("乙", "亿元", "right")], [["一行\n又一行", "1.5"]])
    report = chapter(
        new_markdown_cell("# 标题"), show(exhibit_bundle("table", "t", "表", table=table))
    )
    lines = read_pdf(pdf_of(report), "pdftotext", "-layout").splitlines()
    assert any("一行" in line and "1.5" in line for line in lines)
    assert any("又一行" in line and "1.5" not in line for line in lines)


def test_room_goes_to_the_column_whose_texts_need_it(
    chapter, show, exhibit_bundle, table_of, pdf_of, read_pdf
):
    names = [f"优势产业链营业收入超过四千亿元{number}" for number in range(10, 20)]
    rows = [[name, "1.5", "很长的说明，" * 12 if name.endswith("15") else ""] for name in names]
    columns = [("甲", "", "left"), ("乙", "100 million yuan", "right"), ("丙", "", "left")]
    report = chapter(show(exhibit_bundle("table", "t", "表", table=table_of(columns, rows))))
    lines = read_pdf(pdf_of(report), "pdftotext", "-layout").splitlines()
    for name in names:
        assert any(name in line.replace(" ", "") and "1.5" in line for line in lines), name
    assert not any("100 million yuan" in line for line in lines), "units break between words"


def test_a_table_with_long_headings_and_short_texts_fills_the_page(
    chapter, show, exhibit_bundle, table_of, pdf_of, read_pdf
):
    columns = [(f"一二三四五六七八九十甲乙{number}", "", "right") for number in "ABCDEF"]
    table = table_of(columns, [[f"1.{number}" for number in range(6)]] * 3)
    words = [
        *words_of(read_pdf, pdf_of(chapter(show(exhibit_bundle("table", "t", "表", table=table)))))
    ]
    right = max(right for _, _, right, _, text in words if text == "1.5")
    assert right == pytest.approx(595 - 71, abs=3)


def test_rows_told_to_be_one_line_high_are_set_as_if_measured(
    chapter, show, exhibit_bundle, table_of, pdf_of, monkeypatch
):
    words = "产业结构GDP 12.5%，"
    rows = [[(words * 5)[:length], f"{length}.5", "AVATAR" * (length // 9)] for length in range(50)]
    table = table_of([("甲", "", "left"), ("乙", "亿元", "right"), ("丙", "", "left")], rows)
    table["total_rows"] = [7, 49]
    report = chapter(show(exhibit_bundle("table", "t", "表", table=table)))
    files = pdf_module._templates()

    def set_with(told: bytes, instead: bytes) -> bytes:
        changed = files["tables.typ"].replace(told, instead)
        assert changed != files["tables.typ"]
        monkeypatch.setattr(pdf_module, "_templates", lambda: files | {"tables.typ": changed})
        return pdf_of(report)

    told = pdf_of(report)
    assert told == set_with(b"height = if data.ems == none", b"height = if true")
    assert told != set_with(b"height = auto", b"height = height"), "some rows need more than a line"


def test_neighbouring_texts_are_paragraphs_of_their_own(foreign, pdf_of, read_pdf):
    foreign.cells = [new_markdown_cell("先说一句。"), new_markdown_cell("再说一句。")]
    structure = read_pdf(pdf_of(foreign), "pdfinfo", "-struct-text")
    paragraphs = re.findall(r'^ *P .*\n *"(.*)"', structure, flags=re.M)
    assert paragraphs[-2:] == ["先说一句。", "再说一句。"]


@pytest.mark.parametrize(("rows", "is_turned"), [(5, False), (30, True)])
def test_a_few_rows_do_not_take_a_page_of_their_own(
    chapter, show, exhibit_bundle, table_of, pdf_of, read_pdf, rows, is_turned
):
    columns = [(f"方{number}", "", "left") for number in range(7)]
    table = table_of(columns, [["优势产业链营业收入超过4600亿元"] * 7] * rows)
    report = chapter(
        new_markdown_cell("# 标题"), show(exhibit_bundle("table", "t", "表", table=table))
    )
    words = [*words_of(read_pdf, pdf_of(report))]
    widths = {round(width) for _, _, _, width, text in words if text == "方6"}
    assert widths == ({842} if is_turned else {595})
    assert all(right < width - 60 for _, _, right, width, _ in words)


def test_the_fonts_hold_what_is_shown_and_little_else(report, pdf_of, monkeypatch):
    written = {}

    def write(path, letters, **options):
        written[path.name] = fonts.reduce(path, letters, **options)
        return written[path.name]

    monkeypatch.setattr(pdf_module, "reduce", write)
    monkeypatch.delattr(pdf_module, "_whole_fonts")
    pdf_of(report)
    assert set(written) == {"NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf"}
    for content in written.values():
        assert len(content) < 500_000


def test_letters_written_by_number_are_shown(chapter, show, pdf_of, read_pdf):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60pt" height="20pt">'
        '<text y="15" font-family="Noto Sans SC">&#x9f98;</text></svg>'
    )
    cell = show({"image/svg+xml": svg, "text/plain": "drawing"})
    cell.metadata["alt"] = "a letter"
    pdf = pdf_of(chapter(cell))
    assert "龘" in read_pdf(pdf, "pdftotext")
