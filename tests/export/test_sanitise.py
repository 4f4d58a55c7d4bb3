from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from lyanalysis.export.sanitise import clean_html, dress_tables


@pytest.mark.parametrize(
    "html",
    [
        "<script>steal()</script>",
        "<img src=x onerror=steal()>",
        "<svg><script>steal()</script></svg>",
        "<a href='JaVaScRiPt:steal()'>x</a>",
        "<a href='data:text/html,<script>steal()</script>'>x</a>",
        "<iframe src='https://example.org'></iframe>",
        "<div style='background:url(https://example.org/steal)'>x</div>",
        "<!--[if IE]><script>steal()</script><![endif]-->x",
        "<p onmouseover=steal()>x</p>",
        "<object data=steal></object><embed src=steal>",
        "<math><mtext><table><mglyph><style><img src=x onerror=steal()></style></table></math>",
        "<form action=steal><input name=steal></form>",
        "<img src='https://example.org/steal.png'>",
        "<base href='https://example.org/'><meta http-equiv=refresh content='0;url=steal'>",
    ],
)
def test_nothing_runs_and_nothing_loads(html):
    soup = BeautifulSoup(clean_html(html, describe=lambda: "image"), "html.parser")
    assert not soup.find_all(["script", "iframe", "object", "embed", "form", "style", "meta"])
    for element in soup.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"]
        assert not element.get("src", "data:image/").startswith(("http", "//"))
        assert element.get("href", "https:").startswith(("https:", "http:", "mailto:"))
    assert "<!--" not in str(soup)


def test_text_and_tables_stay():
    html = '<div class="x"><p>a &lt; b</p><table><tr><td colspan="2">1</td></tr></table></div>'
    assert clean_html(html, describe=str) == html.replace(' class="x"', "")


def test_nothing_visible_is_nothing():
    assert clean_html("<div><script>plot()</script><style>a{}</style> </div>", describe=str) == ""


def test_tables_get_scopes_and_a_frame_that_scrolls():
    html = (
        "<table><thead><tr><th></th><th>a</th></tr></thead>"
        "<tbody><tr><th>r</th><td>1</td></tr></tbody></table>"
    )
    soup = BeautifulSoup(dress_tables(html, label="Table"), "html.parser")
    assert [(cell.text, cell["scope"]) for cell in soup.find_all("th")] == [
        ("a", "col"),
        ("r", "row"),
    ]
    region = soup.find("table").parent
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("group", "0", "Table")
