"""References to exhibits in a text: ``[the figure](#sector-shares)`` becomes ``Figure 2-1``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from html import escape

from lyanalysis.export.exhibit import Exhibit, Place
from lyanalysis.export.gate import Gate
from lyanalysis.export.pandoc import Reference, Target
from lyanalysis.export.typst_text import exhibit_label, literal
from lyanalysis.export.words import WORDS, Language


def insert_references(
    content: str,
    references: tuple[Reference, ...],
    exhibits: Mapping[str, Exhibit],
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
        words; the words stay, without a link, where the exhibit is a notice of what is missing.

    Raises
    ------
    ExportError
        If a text of a report refers to an exhibit that does not exist, or without words to one
        that is a notice.
    """

    def name(call: re.Match[str]) -> str:
        words = call["shown"] or call["set"] or ""
        reference = references[int(call["page"] or call["pdf"]) - 1]
        exhibit = exhibits.get(reference.id)
        if exhibit is not None and exhibit.label:
            # The number never stands alone at the start of a line.
            label = exhibit.label.replace(" ", "\u00a0")
            if target == "html":
                return f'<a href="#{exhibit.id}">{escape(label)}</a>'
            return f"#link({exhibit_label(exhibit.id)})[#{literal(label)}];"
        if exhibit is None or not words:
            _refuse(reference, exhibits, place, gate)
        return words or WORDS[language]["no_exhibit"].format(id=reference.id)

    # Around the words of the author.
    call = (
        rf'<a href="{mark}:r(?P<page>\d+)">(?P<shown>.*?)</a>'
        rf'|#exhibit-reference\("{mark}:r(?P<pdf>\d+)"\)\[(?P<set>.*?)\]/\*{mark}:r(?P=pdf)\*/'
    )
    return re.sub(call, name, content, flags=re.S) if references else content


def _refuse(
    reference: Reference, exhibits: Mapping[str, Exhibit], place: Place, gate: Gate
) -> None:
    if not gate.is_strict and not exhibits and reference.words:
        return  # A notebook without exhibits means one of its headings: its words are enough.
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
