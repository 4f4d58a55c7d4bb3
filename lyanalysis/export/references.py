"""References in a text: ``[the figure](#sector-shares)`` becomes ``Figure 2-1``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from html import escape
from urllib.parse import unquote

from lyanalysis.export.exhibit import Exhibit, Place
from lyanalysis.export.gate import Gate
from lyanalysis.export.pandoc import Reference, Target
from lyanalysis.export.typst_text import anchor_label, exhibit_label, literal
from lyanalysis.export.words import WORDS, Language


def insert_references(
    content: str,
    references: tuple[Reference, ...],
    exhibits: Mapping[str, Exhibit],
    headings: Mapping[str, str],
    *,
    mark: str,
    place: Place,
    target: Target,
    language: Language,
    gate: Gate,
) -> str:
    """Put the names of exhibits where a text refers to them.

    Parameters
    ----------
    content : str
        Markup of the target, as the conversion wrote it.
    references : tuple of Reference
        What it calls, in order.
    exhibits : mapping of str to Exhibit
        All of the document by id, notices among them.
    headings : mapping of str to str
        Anchors of headings by :func:`heading_key`.
    mark : str
        What the content calls the references by.
    place : Place
        Cell of the text.
    target : {"typst", "html"}
        Markup of the text.
    language : {"zh", "en"}
        Language of what stands where nothing can be named.
    gate : Gate
        What becomes of a reference that leads nowhere.

    Returns
    -------
    str
        Each reference is a link that reads ``图 2-1`` or ``Table 2-1``, instead of the author's
        words; the words stay, without a link, where the exhibit is a notice of what is missing, and
        as a link where the text names a heading, as JupyterLab and other viewers spell it.

    Raises
    ------
    ExportError
        If a text of a report refers to what does not exist, or without words to an exhibit that
        is a notice.
    """

    def name(call: re.Match[str]) -> str:
        words = call["shown"] or call["set"] or ""
        reference = references[int(call["page"] or call["pdf"]) - 1]
        exhibit = exhibits.get(reference.id)
        if exhibit is not None and exhibit.label:
            # The number never stands alone at the start of a line.
            called = exhibit.label.replace(" ", "\u00a0")
            if target == "html":
                return f'<a href="#{exhibit.id}">{escape(called)}</a>'
            return f"#link({exhibit_label(exhibit.id)})[#{literal(called)}];"
        anchor = headings.get(heading_key(reference.id)) if exhibit is None else None
        if anchor and words:
            if target == "html":
                return f'<a href="#{anchor}">{words}</a>'
            return f"#link({anchor_label(anchor)})[{words}];"
        if exhibit is None or not words:
            _refuse(reference, exhibits, place, gate)
        return words or WORDS[language]["no_exhibit"].format(id=reference.id)

    # Around the words of the author.
    call = (
        rf'<a href="{mark}:r(?P<page>\d+)">(?P<shown>.*?)</a>'
        rf'|#exhibit-reference\("{mark}:r(?P<pdf>\d+)"\)\[(?P<set>.*?)\]/\*{mark}:r(?P=pdf)\*/'
    )
    return re.sub(call, name, content, flags=re.S) if references else content


def heading_key(name: str) -> str:
    """Return what a heading and the names viewers make of it have in common.

    Parameters
    ----------
    name : str
        Text of a heading, or what follows ``#`` in a link.

    Returns
    -------
    str
        Its letters and digits.

    Examples
    --------
    >>> heading_key("R&D, by type") == heading_key("R%26D,-by-type") == heading_key("rd-by-type")
    True
    """
    return "".join(filter(str.isalnum, unquote(name).casefold()))


def _refuse(
    reference: Reference, exhibits: Mapping[str, Exhibit], place: Place, gate: Gate
) -> None:
    if not gate.is_strict and not exhibits and reference.words:
        return  # A place in HTML, which is lost: its words are enough.
    source = f"[{reference.words}](#{reference.id})"
    if reference.id in exhibits:
        wrong = "is a notice and has no number"
        remedy = "give the link words, which stand there then"
    else:
        close = difflib.get_close_matches(reference.id, exhibits, n=1)
        wrong = "does not exist"
        remedy = f"did you mean {close[0]!r}" if close else "correct the id"
    gate.refuse(
        place,
        f"{source} refers to exhibit {reference.id!r}, which {wrong}",
        remedy=remedy,
        instead="its words stand there without a link" if reference.words else "a note says so",
        text=source,
    )
