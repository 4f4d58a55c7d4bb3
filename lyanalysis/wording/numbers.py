"""How a number, a list, a code and the text around an exhibit read in either language."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.texts import EXHIBITS, REASONS, TERMS

MISSING = "—"
"""What a reader sees where a figure is not published."""


class Prose(str):
    """A paragraph that shows itself as Markdown in a notebook.

    Examples
    --------
    >>> Prose("**bold**")._repr_markdown_()
    '**bold**'
    """

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class ExhibitText:
    """What is written around one figure or table.

    Attributes
    ----------
    caption : str
        Title without its number.
    alt : str
        What a listener hears instead of seeing the exhibit.
    note : str
        Small print under the exhibit, empty where there is none.
    missing : str
        What is said in place of the exhibit where nothing is published.
    language : {"zh", "en"}
        Language of all of them.
    """

    caption: str
    alt: str
    note: str
    missing: str
    language: Language


def number(value: float, decimals: int) -> str:
    """Format a number for a reader.

    Parameters
    ----------
    value : float
        Any number; NaN where nothing is published.
    decimals : int
        Digits after the decimal point.

    Returns
    -------
    str
        Plain digits with an ASCII minus, so that a copied number pastes as a number; a value that
        rounds to zero carries no sign; a dash for NaN.

    Examples
    --------
    >>> number(6164.52, 1), number(-0.04, 1), number(float("nan"), 1)
    ('6164.5', '0.0', '—')
    """
    return MISSING if math.isnan(value) else f"{value:z.{decimals}f}"


def term(code: str, language: Language) -> str:
    """Return the reader's words for a code of the package.

    Parameters
    ----------
    code : str
        A key of :data:`TERMS`: a flag, a direction, a column of text.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        The words.

    Raises
    ------
    KeyError
        If the code has no words yet; add a row to :data:`TERMS`.

    Examples
    --------
    >>> term("crosses_break", "en")
    'across a break: indicative'
    """
    zh, en = TERMS[code]
    return zh if language == "zh" else en


def reason(flag: str, language: Language) -> str:
    """Return the words that give a flag as the reason of something, with its figures to fill in.

    Parameters
    ----------
    flag : str
        A key of :data:`REASONS`, or else of :data:`TERMS`.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        Words with places such as ``{drift}`` for the figures.

    Examples
    --------
    >>> reason("no_growth", "en")
    'growth of it or of the total is not published'
    """
    zh, en = REASONS.get(flag, TERMS[flag])
    return zh if language == "zh" else en


def in_text(variable: str, language: Language) -> str:
    """Return the name of a sector or aggregate as it stands inside a sentence.

    Parameters
    ----------
    variable : str
        Identifier of the catalogue.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    str
        In Chinese the short name; in English the full name of an aggregate and the short one of a
        sector, without a capital.

    Examples
    --------
    >>> in_text("sei", "en"), in_text("va_primary", "en"), in_text("sei", "zh")
    ('strategic emerging industry', 'primary', '战略性新兴产业')
    """
    if language == "zh":
        return catalog.short_name(variable, "zh")
    aggregate = catalog.variable(variable).kind == "aggregate"
    name = (
        catalog.variable_name(variable, "en") if aggregate else catalog.short_name(variable, "en")
    )
    return name[0].lower() + name[1:]


def direction_of(change: float, decimals: int = 1) -> str:
    """Name the direction of a change as a reader will see it.

    Parameters
    ----------
    change : float
        Any number.
    decimals : int
        Digits shown to the reader; a change that rounds to zero is no change.

    Returns
    -------
    str
        ``"rising"``, ``"falling"`` or ``"steady"``.

    Examples
    --------
    >>> direction_of(1.2), direction_of(-0.04)
    ('rising', 'steady')
    """
    shown = round(change, decimals)
    return "rising" if shown > 0 else "falling" if shown < 0 else "steady"


def join(items: Sequence[str], language: Language) -> str:
    """Join items into a list as the language writes it.

    Parameters
    ----------
    items : sequence of str
        One or more items.
    language : {"zh", "en"}
        Language of the list.

    Returns
    -------
    str
        ``甲、乙和丙`` or ``a, b and c``.

    Examples
    --------
    >>> join(["甲", "乙", "丙"], "zh"), join(["a", "b"], "en")
    ('甲、乙和丙', 'a and b')
    """
    if len(items) == 1:
        return items[0]
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return comma.join(items[:-1]) + last + items[-1]


def join_codes(codes: str, language: Language) -> str:
    """Return the words for codes joined by ``;``.

    Parameters
    ----------
    codes : str
        Flags as indicators and loaders give them; empty where there is none.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        The words, separated by a comma; empty for no code.

    Examples
    --------
    >>> join_codes("crosses_break;missing_years", "en")
    'across a break: indicative, years in between are not published'
    """
    words = [term(code, language) for code in codes.split(";") if code]
    return ("，" if language == "zh" else ", ").join(words)


def exhibit_text(
    exhibit: str, *, region: str, year: int, language: Language, finding: str = ""
) -> ExhibitText:
    """Return caption, alternative text and note of an exhibit.

    Parameters
    ----------
    exhibit : str
        A key of :data:`EXHIBITS`.
    region : str
        Six-digit region code.
    year : int
        Year of the report.
    language : {"zh", "en"}
        Language of the texts.
    finding : str, optional
        A sentence of this module about the same numbers; it is added to the alternative text.

    Returns
    -------
    ExhibitText
        The texts, with the region's name and the year filled in.

    Raises
    ------
    ValueError
        If no texts are known for `exhibit`.
    """
    if exhibit not in EXHIBITS:
        raise ValueError(f"exhibit: no texts for {exhibit!r}; known are {', '.join(EXHIBITS)}")
    place = catalog.region_name(region, language)
    caption, alt, note, missing = (
        text.format(region=place, year=year) for text in EXHIBITS[exhibit][language]
    )
    spoken = alt if not finding else f"{alt}{'' if language == 'zh' else ' '}{finding}"
    return ExhibitText(caption, spoken, note, missing, language)


def say(zh: str, en: str, language: Language) -> str:
    """Return the wording of the report's language.

    Parameters
    ----------
    zh, en : str
        The same statement in both languages.
    language : {"zh", "en"}
        Which one to return.

    Returns
    -------
    str
        One of the two.

    Examples
    --------
    >>> say("上升", "rising", "zh")
    '上升'
    """
    return zh if language == "zh" else en


def prose(zh: str, en: str, language: Language) -> Prose:
    """Return a paragraph in the report's language.

    Parameters
    ----------
    zh, en : str
        The same paragraph in both languages.
    language : {"zh", "en"}
        Which one to return.

    Returns
    -------
    Prose
        One of the two.

    Examples
    --------
    >>> prose("持平。", "Unchanged.", "en")
    'Unchanged.'
    """
    return Prose(say(zh, en, language))


def paragraph(sentences: Sequence[str], language: Language) -> Prose:
    """Set sentences one after the other as the language does, with or without a space.

    Parameters
    ----------
    sentences : sequence of str
        Complete sentences.
    language : {"zh", "en"}
        Language of the paragraph.

    Returns
    -------
    Prose
        One paragraph.

    Examples
    --------
    >>> paragraph(["One.", "Two."], "en")
    'One. Two.'
    """
    return Prose(("" if language == "zh" else " ").join(sentences))
