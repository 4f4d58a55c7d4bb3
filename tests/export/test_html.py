from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell

from lyanalysis.errors import ExportError


def soup_of(page):
    return BeautifulSoup(page, "html.parser")


def test_nothing_is_loaded(report_page):
    for element in report_page.find_all(True):
        for name in ("src", "srcset", "data", "poster", "action"):
            assert str(element.get(name, "data:")).startswith("data:")
    assert not report_page.find_all(["iframe", "object", "embed"])
    assert not [script for script in report_page.find_all("script") if script.attrs]
    assert all(link["href"].startswith("data:") for link in report_page.find_all("link"))
    style = report_page.find("style").string
    assert set(re.findall(r"url\(.{16}", style)) == {'url("data:font/otf;b'}
    assert "@import" not in style
    outside = [a["href"] for a in report_page.find_all("a") if a["href"].startswith("http")]
    assert outside == [
        "https://example.org/a/very/long/address/that/has/to/wrap/somewhere/in/the/margin/of/"
        "the/page.html"
    ]


def test_the_policy_forbids_what_is_not_in_the_file(report_page):
    policy = report_page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'" in policy
    (script,) = report_page.find_all("script")
    digest = base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
    assert re.findall("script-src ([^;]*)", policy) == [f"'sha256-{digest}'"]


def test_language_title_and_head(report_page, english_report, page_of):
    assert report_page.html["lang"] == "zh-CN"
    assert report_page.title.string == "洛阳市新旧动能转换研究报告"
    facts = report_page.find(class_="facts").get_text(" ", strip=True)
    assert (
        facts
        == "地区 洛阳市 时段 2010–2025 数据版次 2026.1 最新资料发布于 2026-03-31 程序版本 0.1.0"
    )
    english = soup_of(page_of(english_report))
    assert english.html["lang"] == "en"
    assert english.find("figure")["lang"] == "zh-CN"


def test_contents_lead_to_every_heading(report_page):
    links = report_page.find("nav").find_all("a")
    assert [link.get_text() for link in links] == [
        "2产业结构与集群",
        "2.1三次产业的变动",
        "3空间与城市更新",
        "3.1亩均效益",
    ]
    for link in links:
        assert report_page.find(id=link["href"][1:]).name in ("h2", "h3")


def test_ids_are_unique(report_page):
    ids = Counter(element["id"] for element in report_page.find_all(id=True))
    assert max(ids.values()) == 1
    for link in report_page.find_all("a", href=re.compile("^#")):
        assert link["href"][1:] in ids


def test_figures_have_text_caption_sources_and_data(report_page):
    figure = report_page.find("figure", id="sector-shares")
    drawing = figure.find("svg")
    assert drawing["role"] == "img"
    assert drawing["aria-label"] == "替代文字：三次产业增加值占地区生产总值的比重，2010–2025 年"
    assert drawing.find("text"), "letters can be selected and found"
    assert figure.find("figcaption").get_text(" ", strip=True).startswith("图 2-1 三次产业")
    assert "资料来源：《洛阳市统计公报》" in figure.get_text()
    assert "注：2018 年前后口径不同" in figure.get_text()
    download = figure.find("a", download=True)
    assert download["download"] == "figure-2-1-sector-shares.csv"
    content = base64.b64decode(download["href"].partition(",")[2])
    assert content.startswith("\ufeff年份,第二产业（亿元）".encode())


def test_tables_have_caption_head_and_scopes(report_page):
    holder = report_page.find(id="long")
    table = holder.find("table")
    assert table.caption.get_text(" ", strip=True) == "表 2-2 八十个行业的增加值 单位：亿元"
    assert [cell["scope"] for cell in table.thead.find_all("th")] == ["col"] * 3
    rows = table.tbody.find_all("tr")
    assert len(rows) == 80
    assert all(row.th["scope"] == "row" for row in rows)
    assert rows[0]["class"] == ["total"]
    assert holder.find(role="group")["tabindex"] == "0"


def test_mixed_units_stand_in_the_heads(report_page):
    heads = report_page.find(id="wide").thead.find_all("th")
    assert [head.get_text() for head in heads][:3] == [
        "年份",
        "高技术制造业指标0（%）",
        "高技术制造业指标1（亿元）",
    ]


def test_special_characters_are_literal(report_page, nasty):
    assert nasty in report_page.find(id="wide").caption.get_text()


def test_formulas_are_mathml(report_page):
    formulas = report_page.find_all("math")
    assert {formula["display"] for formula in formulas} == {"inline", "block"}


def test_a_notice_is_shown_without_number(report_page):
    notice = report_page.find(id="no-land")
    assert notice.name == "aside"
    assert notice.get_text(" ", strip=True) == "没有建设用地的数据 洛阳市未公布。"


def test_code_is_hidden_but_prose_may_show_some(report_page):
    text = report_page.get_text()
    assert "410300" not in text
    assert "exhibits.figure" not in text
    assert "secret_code" not in text
    assert "share = value / total  # 占比" in text


def test_printed_text_loses_its_colours(report_page):
    assert report_page.find("pre", class_="plain").string == "打印 printed red"


def test_a_strange_notebook(foreign, page_of):
    page = page_of(foreign)
    soup = soup_of(page)
    assert soup.h1.string == "My analysis"
    assert [heading.string for heading in soup.main.find_all("h2")] == ["Skipped a level"]
    assert "steal" not in page
    assert soup.find("table").find("th")["scope"] == "col"
    assert all(picture.get("alt") for picture in soup.find_all("img"))
    assert "visible" in soup.get_text()


def test_same_notebook_same_text(report, page_of):
    assert page_of(report) == page_of(report)


def test_language_can_be_asked_for(report, page_of):
    soup = soup_of(page_of(report, language="en"))
    assert "How the three sectors moved" in soup.get_text()
    assert "三次产业的变动" not in soup.get_text()


def test_errors_name_the_place(chapter, show, exhibit_bundle, page_of):
    with pytest.raises(ExportError, match="chapter 04_test, cell 1"):
        page_of(chapter(show(exhibit_bundle("figure", "f", "甲", alt=""))))


def test_footnotes_are_counted_through_the_page_and_the_pdf(foreign, page_of, pdf_of, read_pdf):
    texts = ["A[^1] and B[^2].\n\n[^1]: first\n[^2]: second", "none", "C[^1].\n\n[^1]: third"]
    foreign.cells = [new_markdown_cell(text) for text in texts]
    page = soup_of(page_of(foreign))
    assert [mark.get_text() for mark in page.select("a.footnote-ref")] == ["1", "2", "3"]
    lists = page.select("section[role=doc-endnotes] > ol")
    assert [(one["start"], len(one.find_all("li"))) for one in lists] == [("1", 2), ("3", 1)]
    for mark in page.select("a.footnote-ref"):
        note = page.find(id=mark["href"][1:])
        back = note.find("a", role="doc-backlink")
        assert back["aria-label"] == "Back to the text"
        assert page.find(id=back["href"][1:]) is mark
    text = read_pdf(pdf_of(foreign), "pdftotext", "-layout")
    assert re.search(r"1 ?first\s+2 ?second\s+3 ?third", text)
