"""What stands in a PDF for characters that none of its fonts has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

BOX = "□"


def missing_texts(diagnostic: str) -> set[str]:
    r"""Read from an error of Typst which texts no font can show.

    Parameters
    ----------
    diagnostic : str
        All messages of the error.

    Returns
    -------
    set of str
        Single characters, or characters that form one.

    Examples
    --------
    >>> missing_texts('error: the text `"\\u{200d}"` could not be displayed with a font')
    {'\u200d'}
    """
    # Two ways to say it: no font has the character, or no standard allows it (private use).
    found = re.findall(r'(?:the text|codepoint) `"(.+?)"`(?: could not|$)', diagnostic, re.S | re.M)
    return {re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), text) for text in found}


def code_points(text: str) -> str:
    """Name the characters of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Code points, separated by spaces.

    Examples
    --------
    >>> code_points("é")
    'U+00E9'
    """
    return " ".join(f"U+{ord(character):04X}" for character in text)


def substitute(text: str) -> str:
    r"""Write a text with nothing but characters that the fonts have.

    Parameters
    ----------
    text : str
        A text that no font can show.

    Returns
    -------
    str
        Symbols by name, a box for anything else that has a shape, nothing for the rest.

    Examples
    --------
    >>> substitute("\U0001f680\ufe0f"), substitute("𠮷"), substitute("\x07")
    ('⟨rocket⟩', '□', '')
    """
    return "".join(map(_stand_in, text))


def _stand_in(character: str) -> str:
    kind = unicodedata.category(character)
    if character.isascii() and character.isprintable():
        return character
    if kind in ("So", "Sm", "Sc"):
        return f"⟨{unicodedata.name(character, 'symbol').lower()}⟩"
    # Marks belong to a letter that is gone, controls to no page; all other letters have a shape.
    return "" if kind in ("Mn", "Mc", "Me", "Cc", "Cf", "Sk") else BOX


def replace_texts(content: bytes, texts: Iterable[str]) -> bytes:
    """Replace texts in a Typst or SVG file.

    Parameters
    ----------
    content : bytes
        UTF-8.
    texts : iterable of str
        What no font can show.

    Returns
    -------
    bytes
        The file with substitutes, longest texts replaced first.
    """
    for text in sorted(texts, key=lambda text: (-len(text), text)):
        content = content.replace(text.encode("utf-8"), substitute(text).encode("utf-8"))
        if b"<svg" in content[:2000]:
            escaped = "".join(f"&#(?:{ord(letter)}|[xX]0*{ord(letter):x});" for letter in text)
            content = re.sub(
                escaped.encode(), substitute(text).encode("utf-8"), content, flags=re.I
            )
    return content
