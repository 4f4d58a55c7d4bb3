from __future__ import annotations

import re

import pytest
from nbformat.v4 import new_markdown_cell

from lyanalysis.errors import ExportError
from lyanalysis.export.document import read_document
from lyanalysis.export.exhibit import Place
from lyanalysis.export.outline import Body, Heading, lay_out, order_headings
from lyanalysis.export.pandoc import Source, convert, convert_for


def heading(level, number=None, text="x"):
    return Heading(Place("a", 1, number), level, "", "", text, text)


def ordered(*pieces):
    return [(piece.level, piece.number) for piece in order_headings(pieces)]


def test_skipped_levels_are_closed():
    assert [level for level, _ in ordered(*map(heading, (1, 3, 3, 6, 2, 1)))] == [1, 2, 2, 3, 2, 1]
    assert [level for level, _ in ordered(*map(heading, (3, 2, 4, 2)))] == [1, 1, 2, 1]


def test_numbers_follow_the_chapter():
    pieces = [heading(1, 2), heading(2, 2), heading(3, 2), heading(2, 2), heading(1, 3)]
    assert ordered(*pieces) == [(1, "2"), (2, "2.1"), (3, "2.1.1"), (2, "2.2"), (1, "3")]


def test_a_second_top_heading_of_a_chapter_stands_below_the_first():
    assert ordered(heading(1, 2), heading(1, 2), heading(2, 2)) == [
        (1, "2"),
        (2, "2.1"),
        (3, "2.1.1"),
    ]


def test_headings_without_chapter_have_no_number_but_their_own_anchor():
    pieces = list(order_headings([heading(1), heading(1)]))
    assert [piece.number for piece in pieces] == ["", ""]
    assert len({piece.anchor for piece in pieces}) == 2


@pytest.mark.parametrize(
    ("cells", "title", "headings"),
    [
        (["# Only one\n\ntext", "## Below"], "Only one", ["Below"]),
        (["# One", "# Two"], "my_notebook", ["One", "Two"]),
        (["text first", "# Later"], "my_notebook", ["Later"]),
    ],
)
def test_title_of_a_strange_notebook(foreign, cells, title, headings):
    foreign.cells = [new_markdown_cell(text) for text in cells]
    document = read_document(foreign, {"metadata": {"name": "my_notebook"}})
    titled, pieces = lay_out(document, "html", lambda picture: picture.alt)
    assert titled.title == title
    assert [piece.text for piece in pieces if isinstance(piece, Heading)] == headings


def typst(text, format="markdown"):
    (answer,) = convert([Source(text, format)], "typst")
    return "".join(part.content for part in answer.parts).strip()


NEIGHBOURS = [
    "a list\n\n- [x] one\n- two\n",
    "```\nnever closed [link]",
    "plain [link] and a note[^1] that stands elsewhere",
    "a note[^1]\n\n[^1]: of this text\n[link]: https://example.org\n",
    "<!-- never closed",
    "- open list\n    - inner",
    "    code of an open list?",
    ": no definition",
    "| a |\n|---|\n| $x_1$ and \ue000 |",
    "# $x$ 标题[^1]\n\n[^1]: 脚注\n\n> 引文\n> # 大字",
]


def without_numbers(answers):
    """The anchors of footnotes, which tell the place of a text among the others, are cut short."""
    return [re.sub(r"\bn\d+-", "n-", repr(answer)) for answer in answers]


@pytest.mark.parametrize("target", ["typst", "html"])
def test_texts_do_not_know_of_each_other(target):
    sources = [Source(text, "markdown") for text in NEIGHBOURS]
    alone = [convert([source], target)[0] for source in sources]
    assert without_numbers(convert(sources, target)) == without_numbers(alone)


def test_one_run_serves_both_targets():
    sources = [Source(text, "markdown") for text in NEIGHBOURS]
    sources.append(Source("<table><tr><td>$5</td></tr></table>", "html"))
    convert_both = convert_for("typst", "html")
    for target in ("typst", "html"):
        assert convert_both(sources, target) == convert(sources, target)
    assert convert_both(sources, "html") is convert_both(sources, "html")


def test_markup_of_typst_in_a_text_stays_text():
    assert typst('\\#panic("x") @ref `#let x`') == '\\#panic(\\"x\\") \\@ref `#let x`'


def test_formulas_carry_their_source_as_alternative_text():
    assert typst("$\\text{a}_1$") == (
        '#math.equation(alt: "\\\\text{a}_1", block: false, $upright("a")_1$)'
    )


def test_bare_addresses_become_links_without_the_mark_behind_them():
    assert typst("见 https://example.org/a_b?c=d。") == (
        '见 #link("https://example.org/a_b?c=d")。'
    )
    assert typst("(https://example.org).") == '\\(#link("https://example.org")).'
    assert typst("<https://example.org>") == '#link("https://example.org")'
    assert typst("| a |\n|---|\n| https://example.org |").count("#link") == 1


def test_a_line_end_between_chinese_characters_is_no_space():
    assert typst("新旧\n动能") == "新旧动能"
    assert typst("old\nnew").split() == ["old", "new"]


def test_scripts_and_their_links_do_not_survive():
    for target in ("typst", "html"):
        (answer,) = convert(
            [
                Source(
                    "a <script>steal()</script>\n\n<script>\nsteal()\n</script>\n\n"
                    '[x](javascript:steal()) <b onclick="steal()">b</b>',
                    "markdown",
                )
            ],
            target,
        )
        text = "".join(part.content for part in answer.parts)
        assert "javascript" not in text
        assert "onclick" not in text
        assert "<script" not in text


def test_an_image_on_a_server_becomes_a_link():
    (answer,) = convert([Source("![a chart](https://example.org/a.png)", "markdown")], "html")
    assert answer.images == ()
    assert answer.parts[0].content.strip() == (
        '<p><a href="https://example.org/a.png">a chart</a></p>'
    )


def test_spans_of_a_foreign_table_are_filled():
    html = (
        "<table><thead><tr><th></th><th colspan=2>a</th></tr></thead><tbody>"
        "<tr><th rowspan=2>r</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"
        "</tbody></table>"
    )
    assert typst(html, "html").startswith(
        "#data-table(header: (([], [a], none),), rows: (([r], [1], [2]), ([], [3], [4])), "
        'align: ("left", "right", "right")'
    )


def test_a_heading_sheds_its_footnote():
    (answer,) = convert([Source("# 标题[^1]\n\n[^1]: 脚注\n\n正文", "markdown")], "html")
    assert [part.text for part in answer.parts] == ["标题", "脚注正文"]


def test_a_formula_pandoc_cannot_read_is_refused_in_a_report_and_shown_elsewhere(chapter, foreign):
    text = new_markdown_cell("# 章\n\n$\\undefinedmacro{x}$")
    document = read_document(chapter(text), {"metadata": {"name": "n"}})
    with pytest.raises(ExportError, match=r"04_test, cell 1: the formula .*undefinedmacro"):
        lay_out(document, "typst", str)
    foreign.cells = [text]
    _, pieces = lay_out(read_document(foreign, {"metadata": {"name": "n"}}), "typst", str)
    (body,) = (piece for piece in pieces if isinstance(piece, Body))
    assert body.content.strip() == "`\\undefinedmacro{x}`"


@pytest.mark.parametrize(
    ("markdown", "problem"),
    [
        ("![图](missing.png)", "'missing.png' was not found"),
        ("![图](attachment:missing.png)", "no attachment 'missing.png'"),
        ("![](missing.png)", "no alternative text"),
        ("![图](data:image/png;base64,aGVsbG8=)", "not PNG, JPEG, GIF, WebP or SVG"),
    ],
)
def test_images_that_cannot_be_shown(chapter, markdown, problem):
    document = read_document(
        chapter(new_markdown_cell(f"# 章\n\n{markdown}")), {"metadata": {"name": "n"}}
    )
    with pytest.raises(ExportError, match=f"04_test, cell 1: .*{problem}"):
        lay_out(document, "html", str)


def test_an_image_beside_the_notebook_is_found(chapter, tmp_path, image):
    (tmp_path / "my image.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    cell = new_markdown_cell("# 章\n\n![图](<my image.svg>)")
    resources = {"metadata": {"name": "n", "path": str(tmp_path)}}
    seen = []
    lay_out(read_document(chapter(cell), resources), "html", lambda p: seen.append(p) or "IMAGE")
    assert [(picture.mime, picture.alt) for picture in seen] == [("image/svg+xml", "图")]
