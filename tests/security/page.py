"""What a page and a Typst file are made of, apart from their texts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

KEPT = ("class", "rel", "http-equiv", "type", "role", "scope", "lang")
"""Attributes whose values no text of data may change."""
TEXTS = re.compile(r'"(?:\\.|[^"\\])*"')
"""Literals of Typst, in which nothing is run."""


class Skeleton(HTMLParser):
    """Elements with their attributes, the text between them, and the links to addresses."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.texts: list[str] = []
        self.links: list[list[str]] = []
        self.in_link = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        target = values.get("href") or ""
        if tag == "a" and not target.startswith(("#", "data:text/csv;base64,")):
            assert set(values) == {"href"}
            self.links.append([target, ""])
            self.in_link = True
            return
        shown = [f"{name}={value if name in KEPT else ''}" for name, value in attrs]
        self.parts.append(f"{tag} {' '.join(sorted(shown))}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.in_link:
            self.in_link = False
        else:
            self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.in_link:
            self.links[-1][1] += data
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"comment {data}")

    def handle_pi(self, data: str) -> None:
        self.parts.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.parts.append(f"declaration {data}")

    @property
    def around_drawings(self) -> list[str]:
        """The elements outside drawings, whose ticks follow from the width of labels."""
        kept, is_drawn = [], False
        for part in self.parts:
            is_drawn = is_drawn or part.startswith("svg ")
            if not is_drawn:
                kept.append(part)
            is_drawn = is_drawn and part != "/svg"
        return kept

    @property
    def text(self) -> str:
        return squeezed("".join(self.texts))


def squeezed(text: str) -> str:
    """Return a text without blanks, which a page may set differently, and with one minus sign."""
    return re.sub(r"[\s\u200b]+", "", text).replace("\N{MINUS SIGN}", "-")


def typst_skeleton(source: bytes) -> str:
    """Return a Typst file without its texts and the widths that follow from them."""
    bare = TEXTS.sub('""', source.decode("utf-8"))
    bare = re.sub(r'\[#""\](, \[#""\])*,?', '[#""]', bare)
    return re.sub(r"\(\d+(\.\d+)?(, \d+(\.\d+)?)*,?\)", "(0)", bare)
