"""Whatever a name, a label, a note or a source holds: every format shows it and none obeys it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from importlib import resources
from itertools import count as numbers
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import openpyxl
import pylopdf_fonts_zh_cn
import pypdf
import pytest
import typst
from hostile import HOSTILE, texts
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lyanalysis.export.document import Document, read_document
from lyanalysis.export.drawing import DRAWN, SVG, inline_svg
from lyanalysis.export.exhibit import FORMULA_STARTS
from lyanalysis.export.html import render_page
from lyanalysis.export.outline import Body, Heading, lay_out
from lyanalysis.export.pdf import render_pdf
from lyanalysis.export.typst_source import show_inline, write_sources
from lyanalysis.export.workbook import render_workbook
from lyanalysis.report.annex import CODE_ENDS

from .conftest import hostile_report
from .page import Skeleton, squeezed, typst_skeleton

TOGETHER = 50
"""Texts in one document: most of the time goes into starting pandoc."""
COUNTS = [3, pytest.param(20, marks=pytest.mark.soak)]
"""Documents, and so 150 texts here and 1,000 in the long run."""

ELEMENTS = (
    *("heading", "figure", "table", "image", "raw", "math.equation", "link", "ref"),
    *("strong", "emph", "list", "enum", "terms", "footnote", "quote", "metadata"),
)
"""What Typst could make of a text."""

Texts = Sequence[str]


def harmless(hostile: Texts) -> list[str]:
    """Return as many texts that mean nothing anywhere; one with a blank is never set as code."""
    return [f"甲{' ' if CODE_ENDS.search(one) else ''}{n}" for n, one in enumerate(hostile)]


def document(chosen: Texts) -> Document:
    return read_document(hostile_report(chosen), {"metadata": {"name": "report"}})


def fuzz(check: Callable[[list[str]], None], count: int) -> None:
    """Check documents of made-up texts, the same in every run; the first holds all known ones."""
    check([*HOSTILE])
    drawn = given(st.lists(texts(), min_size=TOGETHER, max_size=TOGETHER))(check)
    settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        # A document is too slow to be made small; the message names the text.
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )(drawn)()


def check_page(chosen: list[str]) -> None:
    page, plain = (Skeleton(render_page(document(one))) for one in (chosen, harmless(chosen)))
    assert page.parts == plain.parts
    assert plain.links == []
    for target, shown in page.links:
        assert target.startswith(("http://", "https://"))
        assert squeezed(shown) == squeezed(target)
    for text in chosen:
        for said in (f"{text}在前，{text}居中。", f"再说{text}", f"格{text}", f"{text}.csv"):
            assert squeezed(said) in page.text


@pytest.mark.parametrize("count", COUNTS)
def test_a_page_has_no_element_and_no_attribute_from_data(count: int) -> None:
    fuzz(check_page, count)


def test_the_policy_of_a_page_stays() -> None:
    page, plain = (render_page(document(one)) for one in (HOSTILE, harmless(HOSTILE)))
    (policy,) = (line for line in page.splitlines() if "Content-Security-Policy" in line)
    assert policy in plain
    assert page.count("<script>") == 1


def sources(chosen: Texts) -> dict[str, str]:
    """Return the Typst files of a document: of texts what pandoc wrote, of all else a skeleton."""
    files: dict[str, bytes] = {}
    read = document(chosen)
    titled, pieces = lay_out(read, "typst", lambda picture: show_inline(files, picture))
    places = write_sources(titled, pieces, files)
    from_pandoc = {
        name
        for name, piece in zip(places, pieces, strict=True)
        if isinstance(piece, Body | Heading)
    }
    return {
        name: typst_skeleton(content)
        for name, content in files.items()
        if name.endswith(".typ") and name not in from_pandoc
    }


def check_typst(chosen: list[str]) -> None:
    assert sources(chosen) == sources(harmless(chosen))


@pytest.mark.parametrize("count", COUNTS)
def test_typst_finds_data_in_literals_alone(count: int) -> None:
    fuzz(check_typst, count)


def check_workbook(chosen: list[str]) -> None:
    read = document(chosen)
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(read)))
    plain = openpyxl.load_workbook(io.BytesIO(render_workbook(document(harmless(chosen)))))
    assert book.sheetnames == plain.sheetnames
    assert not [*book.defined_names] or [*book.defined_names] == [*plain.defined_names]
    held = []
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            held.append(cell.value)
            assert cell.data_type in ("s", "n"), cell.value
            if isinstance(cell.value, str) and cell.value.startswith(FORMULA_STARTS):
                assert cell.quotePrefix
            if cell.hyperlink is not None and cell.hyperlink.target is not None:
                assert cell.hyperlink.target.startswith(("http://", "https://"))
    for text in filter(None, chosen):
        assert text in held
        assert f"格{text}" in held


@pytest.mark.parametrize("count", COUNTS)
def test_a_workbook_has_no_formula_and_no_link_but_to_the_web(count: int) -> None:
    fuzz(check_workbook, count)


def check_tables(chosen: list[str]) -> None:
    for exhibit in document(chosen).exhibits:
        rows = [*csv.reader(io.StringIO(exhibit.csv().decode("utf-8-sig"), newline=""))]
        assert len(rows) == len(exhibit.data_rows) + 1
        for read, given_row in zip(rows[1:], exhibit.data_rows, strict=True):
            for cell, value in zip(read, given_row, strict=True):
                if isinstance(value, str):
                    assert cell in (value, f"'{value}")
                    assert not cell.startswith(FORMULA_STARTS)


@pytest.mark.parametrize("count", COUNTS)
def test_a_table_for_download_has_no_formula(count: int) -> None:
    fuzz(check_tables, count)


def check_drawing(chosen: list[str]) -> None:
    for exhibit in document(chosen).exhibits:
        if exhibit.kind != "figure":
            continue
        root = ElementTree.fromstring(exhibit.svg_text)
        drawn = ["".join(text.itertext()) for text in root.iter(f"{{{SVG}}}text")]
        for text in chosen[:4]:
            assert squeezed(f"名{text}") in map(squeezed, drawn)
        page = ElementTree.fromstring(inline_svg(exhibit.svg_text, alt="x"))
        for element in page.iter():
            assert element.tag.rpartition("}")[2] in DRAWN
            assert not [name for name in element.attrib if name.rpartition("}")[2][:2] == "on"]


@pytest.mark.parametrize("count", COUNTS)
def test_a_drawing_shows_names_as_they_are_written(count: int) -> None:
    fuzz(check_drawing, count)


def check_notebook(chosen: list[str]) -> None:
    made = hostile_report(chosen)
    nbformat.validate(made)
    assert nbformat.reads(nbformat.writes(made), as_version=4) == made


@pytest.mark.parametrize("count", COUNTS)
def test_a_notebook_holds_the_texts_as_data(count: int) -> None:
    fuzz(check_notebook, count)


def check_pdf(chosen: list[str], folder: Path) -> None:
    read = document(chosen)
    text = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render_pdf(read))).pages
    )
    shown = squeezed(text)
    for said in chosen:
        assert squeezed(f"再说{said}") in shown
    assert elements(chosen, folder / "hostile") == elements(harmless(chosen), folder / "harmless")


def elements(chosen: Texts, folder: Path) -> dict[str, int]:
    """Return how many elements of each kind Typst finds in a document, links to the web apart."""
    templates = (resources.files("lyanalysis.export") / "templates").iterdir()
    files = {one.name: one.read_bytes() for one in templates if one.name.endswith(".typ")}
    titled, pieces = lay_out(document(chosen), "typst", lambda picture: show_inline(files, picture))
    write_sources(titled, pieces, files)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    fonts = [str(Path(pylopdf_fonts_zh_cn.__file__).parent)]
    main, counts = str(folder / "main.typ"), {}
    for kind in ELEMENTS:
        found = json.loads(typst.query(main, kind, root=str(folder), font_paths=fonts))
        counts[kind] = sum(not str(one.get("dest", "")).startswith("http") for one in found)
    return counts


@pytest.mark.slow
def test_a_pdf_shows_every_text_and_has_no_element_from_data(tmp_path: Path) -> None:
    check_pdf([*HOSTILE], tmp_path)


@pytest.mark.soak
def test_many_pdfs_show_every_text(tmp_path: Path) -> None:
    folders = map(str, numbers())
    fuzz(lambda chosen: check_pdf(chosen, tmp_path / next(folders)), 10)
