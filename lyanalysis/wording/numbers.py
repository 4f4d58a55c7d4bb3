"""How a number, a list, a code and the text around an exhibit read in either language."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.texts import EXHIBITS, TERMS

MISSING = "—"
"""What a reader sees where a figure is not published."""


class Prose(str):
    """Text that shows itself in a notebook, whatever the names in it hold.

    Parameters
    ----------
    text : str
        One paragraph or several, without markup; an empty line stands between them.
    headline : str, optional
        The finding in a few words, without a full stop: the title of a figure of the same numbers.
    markdown : str, optional
        What a notebook shows where it is more than the text: names in it have been through
        :func:`lyanalysis.catalog.escape_markdown`.

    Examples
    --------
    >>> Prose("Shares of *A* rose.")._repr_markdown_()
    'Shares of &#42;A&#42; rose.'
    >>> Prose("bold", markdown="**bold**")._repr_markdown_()
    '**bold**'
    >>> Prose("Shares did not change.", headline="No change").headline
    'No change'
    """

    __slots__ = ("headline", "markdown")
    headline: str
    markdown: str

    def __new__(cls, text: str, headline: str = "", markdown: str = "") -> Self:
        """Return the text with its headline."""
        made = super().__new__(cls, text)
        made.headline = headline
        made.markdown = markdown
        return made

    def _repr_markdown_(self) -> str:
        return self.markdown or catalog.escape_markdown(self)


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


QUALIFIED: dict[str, tuple[str, str]] = {
    "=": ("", ""),
    ">": ("超过", "more than "),
    ">=": ("不低于", "at least "),
    "<": ("低于", "less than "),
    "<=": ("不超过", "at most "),
    "about": ("约", "about "),
}
"""Words before a number that is no exact figure."""
RUN = 5
"""How many identifiers in a row are named by the first and the last of them."""
UNSAID = {"", "number", "firms or sites"}
"""English units that add nothing to a number in a sentence."""


def quantity(printed: str, unit: str, comparator: str, language: Language) -> str:
    """Return a number as it was printed, with its unit and what qualifies it.

    Parameters
    ----------
    printed : str
        Digits as they stand in the source.
    unit : str
        Unit of the catalogue, empty for none.
    comparator : str
        A key of :data:`QUALIFIED`.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    str
        Words; a dash where nothing was printed.

    Examples
    --------
    >>> quantity("1500", "家", ">=", "zh"), quantity("320", "亿元", ">", "en")
    ('不低于1500家', 'more than 32 billion yuan')
    """
    if not printed:
        return MISSING
    zh, en = QUALIFIED[comparator]
    if language == "zh":
        return f"{zh}{printed}{unit}"
    return f"{en}{_in_english(printed, catalog.unit_name(unit, 'en'))}"


def _in_english(printed: str, unit: str) -> str:
    """Write a number out of a unit such as ``100 million yuan``; no digit is lost or made up."""
    power, counted = re.fullmatch(r"((?:1[0 ]*0(?: million)? )?)(.*)", unit).groups()  # type: ignore[union-attr]
    value = Decimal(printed)
    if power:
        value *= Decimal(power.replace(" million", "000000").replace(" ", ""))
    for size, word in ((Decimal(10**9), " billion"), (Decimal(10**6), " million")):
        if power and abs(value) >= size:
            return f"{(value / size).normalize():,f}{word} {counted}"
    written = f"{value.normalize() if power else value:,f}"
    return written + ("%" if unit == "%" else f" {counted}" if counted not in UNSAID else "")


def claims_line(claim_ids: Sequence[str], language: Language) -> str:
    """Name the claims behind an exhibit as its source line does.

    Parameters
    ----------
    claim_ids : sequence of str
        Identifiers of ``claims.csv``.
    language : {"zh", "en"}
        Language of the line.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> claims_line(["F015", "F017"], "en")
    'Claims of the article under examination, not verified: F015, F017.'
    >>> claims_line([f"F{number:03}" for number in range(1, 95)], "zh")
    '所核报道的说法，未经核实：F001至F094。'
    """
    listed = say("、", ", ", language).join(_runs(claim_ids, language))
    return say(
        f"所核报道的说法，未经核实：{listed}。",
        f"Claims of the article under examination, not verified: {listed}.",
        language,
    )


def _runs(claim_ids: Sequence[str], language: Language) -> list[str]:
    """Write five or more identifiers in a row as the first and the last of them."""
    runs: list[list[str]] = []
    for id in claim_ids:
        if runs and id[1:].isdecimal() and int(id[1:]) == int(runs[-1][-1][1:]) + 1:
            runs[-1].append(id)
        else:
            runs.append([id])
    to = say("至", " to ", language)
    return [
        text for run in runs for text in ([f"{run[0]}{to}{run[-1]}"] if len(run) >= RUN else run)
    ]


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


def name_codes(counts: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Put words in place of the codes that label the rows and columns of a frame.

    Parameters
    ----------
    counts : DataFrame
        Labels are keys of :data:`TERMS`.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        The same numbers under words.

    Examples
    --------
    >>> frame = pd.DataFrame({"falling": [1]}, index=["final"])
    >>> name_codes(frame, "en").to_dict()
    {'falling': {'final': 1}}
    """
    return counts.rename(
        index=lambda code: term(str(code), language), columns=lambda code: term(str(code), language)
    )


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
    exhibit: str, finding: str = "", *, region: str, year: int, language: Language
) -> ExhibitText:
    """Return caption, alternative text and note of an exhibit.

    Parameters
    ----------
    exhibit : str
        A key of :data:`EXHIBITS`.
    finding : str, optional
        Sentences of this package about the same numbers; they are added to the alternative text.
        The headline of :class:`Prose` becomes the caption, and what would have stood there opens
        the note.
    region : str
        Six-digit region code.
    year : int
        Year of the report.
    language : {"zh", "en"}
        Language of the texts.

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
    space = "" if language == "zh" else " "
    spoken = space.join([alt, " ".join(finding.replace("**", "").split())]).strip()
    headline = getattr(finding, "headline", "")
    if headline:
        note = space.join([f"{caption}{'。' if language == 'zh' else '.'}", note]).strip()
    return ExhibitText(headline or caption, spoken, note, missing, language)


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


def prose(zh: str, en: str, language: Language, *, headline: str = "") -> Prose:
    """Return a paragraph in the report's language.

    Parameters
    ----------
    zh, en : str
        The same paragraph in both languages.
    language : {"zh", "en"}
        Which one to return.
    headline : str, optional
        The finding in a few words, in that language.

    Returns
    -------
    Prose
        One of the two.

    Examples
    --------
    >>> prose("持平。", "Unchanged.", "en")
    'Unchanged.'
    """
    return Prose(say(zh, en, language), headline)


def paragraph(sentences: Sequence[str], language: Language, *, headline: str = "") -> Prose:
    """Set sentences one after the other as the language does, with or without a space.

    Parameters
    ----------
    sentences : sequence of str
        Complete sentences.
    language : {"zh", "en"}
        Language of the paragraph.
    headline : str, optional
        The finding in a few words, in that language.

    Returns
    -------
    Prose
        One paragraph.

    Examples
    --------
    >>> paragraph(["One.", "Two."], "en")
    'One. Two.'
    """
    return Prose(("" if language == "zh" else " ").join(sentences), headline)
