"""Numbers of equations, and references to them."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell

from lyanalysis.errors import ExportError
from lyanalysis.export.document import read_document
from lyanalysis.export.equations import number_equations
from lyanalysis.export.outline import lay_out


def numbered(*texts):
    refused = []
    shown = number_equations(texts, refuse=lambda position, text: refused.append((position, text)))
    assert refused == []
    return list(shown)


def test_what_is_referred_to_is_counted_in_reading_order():
    assert numbered(
        r"By \eqref{b} and \ref{a}.",
        r"$$x \label{unused}$$ $$a = b\label{a}$$",
        r"$$\begin{equation}\label{b} c = d \end{equation}$$",
    ) == [
        "By (2) and 1.",
        r"$$x \label{unused}$$ $$a = b \qquad (1)$$",
        r"$$\begin{equation} c = d \qquad (2) \end{equation}$$",
    ]


def test_tags_are_shown_and_not_counted():
    assert numbered(
        r"$$a \tag{7}\label{a}$$ $$b \label{b}$$ $$c \tag*{A}$$ $$d \tag{x'}$$",
        r"\ref{a} \eqref{a} \eqref{b}",
    ) == [
        r"$$a \qquad (7)$$ $$b \qquad (1)$$ $$c \qquad \text{A}$$ $$d \qquad \text{(x')}$$",
        "7 (7) (1)",
    ]


def test_each_row_has_its_own_number():
    (shown, _) = numbered(
        r"$$\begin{align}a&=b\label{x}\\c&=\begin{cases}1\\2\end{cases}\label{y}\\d&=e\end{align}$$",
        r"\ref{x}, \ref{y}",
    )
    assert shown == (
        r"$$\begin{align}a&=b \qquad (1)\\c&=\begin{cases}1\\2\end{cases} \qquad (2)\\d&=e"
        r"\end{align}$$"
    )


def test_code_and_texts_without_references_stay():
    texts = [
        r"`\eqref{a}` $$a\label{a}$$",
        "```\n\\ref{a}\n```",
        r"a \\ref{a} and prefix\href{a}{b}",
        r"$$\begin{pmatrix} 1 \\ 2 \end{pmatrix}\label{m}$$",
    ]
    assert numbered(*texts) == texts


def test_page_and_pdf_name_the_equation(foreign, page_of, pdf_of, read_pdf):
    foreign.cells = [
        new_markdown_cell("See \\eqref{eq:sum}."),
        new_markdown_cell("\\begin{align}\na &= b \\\\\nc &= d \\label{eq:sum}\n\\end{align}"),
    ]
    main = BeautifulSoup(page_of(foreign), "html.parser").main
    assert main.find("p").get_text() == "See (1)."
    assert [number.get_text() for number in main.math.find_all("mn")] == ["1"]
    text = re.sub(r"\s", "", read_pdf(pdf_of(foreign), "pdftotext", "-raw"))
    assert text.count("(1)") == 2
    assert "eqref" not in text


def test_a_reference_to_no_equation_stops_a_report_and_warns_elsewhere(chapter, foreign):
    cell = new_markdown_cell("# 章\n\n见 \\eqref{nope}。")
    report = read_document(chapter(cell), {"metadata": {"name": "n"}})
    with pytest.raises(ExportError, match=r"04_test, cell 1: \\eqref\{nope\} refers to an equ"):
        lay_out(report, "html", str)
    foreign.cells = [new_markdown_cell(cell.source)]
    warnings = []
    document = read_document(foreign, {"metadata": {"name": "n"}}, warn=warnings.append)
    _, pieces = lay_out(document, "html", str)
    assert any("\\eqref{nope}" in piece.text for piece in pieces)
    assert warnings == [
        "chapter n, cell 1: \\eqref{nope} refers to an equation that does not exist; it stands "
        "there as typed."
    ]
