"""Numbers of different precision stand at the decimal mark, and what aligns them is never read."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

from lyanalysis.export.exhibit import MIME, Exhibit, Place, read_exhibit

CELLS = [["a", "6.0"], ["b", "2.524"], ["c", "—"], ["d", "-1,204"], ["e", "7 (of 9)"]]
COLUMNS = [
    {"label": "row", "unit": "", "align": "left"},
    {"label": "value", "unit": "", "align": "right"},
]


def content(rows: list[list[str]]) -> dict[str, Any]:
    return {
        "version": 1,
        "id": "aligned",
        "kind": "table",
        "number": None,
        "caption": "c",
        "alt": "a",
        "source_line": "",
        "source_ids": [],
        "note": "",
        "language": "en",
        "data": {"columns": [], "rows": []},
        "table": {"columns": COLUMNS, "rows": rows, "header_column": True},
    }


def table(rows: list[list[str]]) -> Exhibit:
    return read_exhibit({MIME: content(rows)}, Place("c", 1, None))


def test_a_number_lacks_what_the_longest_has_more() -> None:
    assert [tails[1] for tails in table(CELLS).tails] == ["00", "", "", ".000", ""]
    assert [tails[0] for tails in table(CELLS).tails] == [""] * 5, "words are not aligned"


def test_nothing_is_added_where_all_are_alike() -> None:
    alike = table([["a", "6.0"], ["b", "-0.5"], ["c", "—"]])
    assert {tail for tails in alike.tails for tail in tails} == {""}


def test_the_page_hides_them_from_eyes_and_ears(page_of, chapter, show) -> None:
    cells = BeautifulSoup(page_of(chapter(show({MIME: content(CELLS)}))), "html.parser")
    first = cells.find(id="aligned").tbody.find("td")
    assert first.find(class_="unseen")["aria-hidden"] == "true"
    first.find(class_="unseen").decompose()
    assert first.get_text() == "6.0"


def test_addresses_of_sources_are_links_and_other_texts_are_not(
    page_of, pdf_of, read_pdf, chapter, show
) -> None:
    listed = content([["甲 https://example.org/a b.xlsx", "1"], ["乙", "https://example.org"]])
    for lists_sources, wanted in ((True, ["a%20b.xlsx", ""]), (False, [])):
        report = chapter(show({MIME: listed | {"lists_sources": lists_sources}}), language="en")
        page = BeautifulSoup(page_of(report), "html.parser").find(id="aligned").table
        found = [link["href"].removeprefix("https://example.org/") for link in page.find_all("a")]
        assert [one.removeprefix("https://example.org") for one in found] == wanted
        assert ("a%20b.xlsx" in read_pdf(pdf_of(report), "pdfinfo", "-url")) is lists_sources
