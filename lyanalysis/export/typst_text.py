"""Texts and names as Typst expressions."""

from __future__ import annotations


def literal(text: str) -> str:
    r"""Write a text as a Typst string that means exactly this text.

    Parameters
    ----------
    text : str
        Anything.

    Returns
    -------
    str
        With quotes.

    Examples
    --------
    >>> print(literal('#GDP "up" \\ $5'))
    "#GDP \"up\" \\ $5"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def anchor_label(anchor: str) -> str:
    """Write the Typst label of a heading, or of another place.

    Parameters
    ----------
    anchor : str
        Name of the place, of letters, digits and hyphens.

    Returns
    -------
    str
        A Typst expression.

    Examples
    --------
    >>> anchor_label("section--1-2")
    'std.label("section--1-2")'
    """
    return f'std.label("{anchor}")'


def exhibit_label(id: str) -> str:
    """Write the Typst label of an exhibit.

    Parameters
    ----------
    id : str
        Of the exhibit, or another word of lower-case letters, digits and hyphens.

    Returns
    -------
    str
        A Typst expression.

    Examples
    --------
    >>> exhibit_label("sector-shares")
    'std.label("exhibit--sector-shares")'
    """
    return anchor_label(f"exhibit--{id}")
