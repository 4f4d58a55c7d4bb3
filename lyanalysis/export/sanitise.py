"""HTML that notebooks show, made safe and accessible: no scripts, no loads, headings for cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

from lyanalysis.export.image_size import stated_width

ALLOWED_TAGS: Final = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
        "caption",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
"""Elements that carry text, lists and tables; everything else is unwrapped."""
DROPPED_WITH_CONTENT: Final = [
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "svg",
    "math",
    "form",
    "button",
    "input",
    "select",
    "textarea",
    "video",
    "audio",
    "canvas",
    "link",
    "meta",
    "head",
    "title",
]
"""Elements whose content is not text for a reader."""
ALLOWED_ATTRIBUTES: Final = frozenset(
    ("colspan", "rowspan", "scope", "start", "lang", "dir", "title", "alt")
)


def clean_html(html: str, *, describe: Callable[[], str]) -> str:
    """Keep text, lists, tables and embedded images of an HTML fragment; drop the rest.

    Parameters
    ----------
    html : str
        What a cell showed; may hold anything.
    describe : callable
        Gives the alternative text of an image that has none.

    Returns
    -------
    str
        A fragment without scripts, styles, event handlers, forms and anything that would be
        loaded; empty if nothing remains to be seen. Headings become strong paragraphs, because
        the contents of the report are made of its own headings.

    Examples
    --------
    >>> clean_html('<h1 onclick="x()">GDP</h1><script>x()</script>', describe=str)
    '<p><strong>GDP</strong></p>'
    """
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(DROPPED_WITH_CONTENT):
        element.decompose()
    for heading in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
        heading.name = "strong"
        heading.wrap(soup.new_tag("p"))
    for picture in soup.find_all("img"):
        _clean_image(soup, picture, describe)
    for text in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        # Comments, declarations and the like are written back unescaped.
        text.extract()
    for element in soup.find_all(True):
        if element.name in ALLOWED_TAGS:
            element.attrs = {
                name: value
                for name, value in element.attrs.items()
                if _is_allowed(element.name, name, str(value))
            }
        else:
            element.unwrap()
    visible = soup.get_text(strip=True) or soup.find("img")
    return str(soup).strip() if visible else ""


def _clean_image(soup: BeautifulSoup, picture: Tag, describe: Callable[[], str]) -> None:
    source = str(picture.get("src", ""))
    text = str(picture.get("alt") or "").strip()
    if source.startswith("data:image/"):
        picture["alt"] = text or describe()
        # A browser reads no unit here but per cent.
        picture["width"] = stated_width(picture.get("width", "")).removesuffix("px")
    elif source.startswith(("http://", "https://")):
        link = soup.new_tag("a", attrs={"href": source})
        link.string = text or source
        picture.replace_with(link)
    else:
        picture.replace_with(text or source)


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name in ALLOWED_ATTRIBUTES:
        return True
    if tag == "img" and name == "width":
        return value != ""
    if tag == "a" and name == "href":
        return value.lower().startswith(("http://", "https://", "mailto:"))
    return tag == "img" and name == "src" and value.startswith("data:image/")


def dress_tables(html: str, *, label: str) -> str:
    """Give the tables of a fragment heading scopes and a frame that scrolls.

    Parameters
    ----------
    html : str
        Clean HTML.
    label : str
        Name of the scrolling frame for screen readers.

    Returns
    -------
    str
        The fragment; every table stands in a focusable frame, heading cells have a scope, empty
        heading cells are plain cells.
    """
    if "<table" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for table in soup.find_all("table"):
        for cell in table.find_all("th"):
            if not cell.get_text(strip=True):
                cell.name = "td"
            elif not cell.get("scope"):
                cell["scope"] = "col" if cell.find_parent("thead") else "row"
        table["class"] = "grid"
        region = {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": label}
        table.wrap(soup.new_tag("div", attrs=region))
    return str(soup)
