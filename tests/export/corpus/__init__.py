"""Small notebooks of strangers: every output type, every construct of Markdown, every format."""

from __future__ import annotations

from export.corpus import formats, markdown, outputs, texts
from export.corpus.case import Case

CASES: dict[str, Case] = {
    **formats.CASES,
    **markdown.CASES,
    **outputs.CASES,
    **texts.CASES,
}
"""By name; names are unique, which a test holds."""
PARTS = (formats.CASES, markdown.CASES, outputs.CASES, texts.CASES)

__all__ = ["CASES", "PARTS", "Case"]
