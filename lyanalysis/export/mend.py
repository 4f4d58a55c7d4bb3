"""Replace what Typst cannot set in notebooks that nobody wrote for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lyanalysis.export.blocks import PictureBlock
from lyanalysis.export.exhibit import Exhibit, Place
from lyanalysis.export.gate import Gate
from lyanalysis.export.glyphs import code_points, missing_texts, replace_texts, substitute
from lyanalysis.export.outline import Piece
from lyanalysis.export.typst_source import plain

POSITION: Final = re.compile(r"blocks[/\\](\d+)\.typ:(\d+):(\d+)")
"""Where in which block file Typst found an error."""
FORMULA: Final = re.compile(
    r'#math\.equation\(alt: ("(?:[^"\\]|\\.)*"), block: \w+, \$(?:[^$\\]|\\.)*\$\)', flags=re.S
)
"""A formula as the conversion writes it."""
SUBSTITUTED: Final = "the PDF shows a symbol by its name and anything else as a box"


def mend(diagnostic: str, files: dict[str, bytes], pieces: Mapping[str, Piece], gate: Gate) -> bool:
    """Replace the causes of an error in the files of a PDF.

    Parameters
    ----------
    diagnostic : str
        All messages of the Typst error.
    files : dict of str to bytes
        Files of the PDF, changed in place: characters no font has get a substitute, a block that
        cannot be set is shown as plain text.
    pieces : mapping of str to Piece
        What every block file shows.
    gate : Gate
        Told of each cell concerned.

    Returns
    -------
    bool
        False if nothing could be replaced.
    """
    missing = {text for text in missing_texts(diagnostic) if substitute(text) != text}
    if missing:
        return _replace_glyphs(missing, files, pieces, gate)
    changed = False
    for number, line, column in sorted(set(POSITION.findall(diagnostic))):
        name = f"blocks/{number}.typ"
        shown = _without_formula(files[name], int(line), int(column))
        if shown is None:
            shown = f'#import "/report.typ": *\n{plain(_words(pieces[name]))}\n'.encode()
        if files[name] != shown:
            reason = diagnostic.partition("\n")[0].removeprefix("error: ")
            gate.refuse(
                pieces[name].place,
                f"Typst cannot set it ({reason})",
                remedy="write it otherwise",
                instead="its source stands there instead",
            )
            files[name] = shown
            changed = True
            # Other positions in this file have moved.
            break
    return changed


def _without_formula(content: bytes, line: int, column: int) -> bytes | None:
    """Show the LaTeX source of the formula at a position; None if there is no formula."""
    text = content.decode("utf-8")
    offset = sum(map(len, text.splitlines(keepends=True)[: line - 1])) + column
    for formula in FORMULA.finditer(text):
        if formula.start() <= offset < formula.end():
            # The source is a string of Typst already.
            return f"{text[: formula.start()]}#raw({formula[1]}){text[formula.end() :]}".encode()
    return None


def _replace_glyphs(
    missing: set[str], files: dict[str, bytes], pieces: Mapping[str, Piece], gate: Gate
) -> bool:
    changed = {}
    for name, content in files.items():
        if name.startswith(("blocks/", "images/", "main")):
            fresh = replace_texts(content, missing)
            if fresh != content:
                changed[name] = fresh
    found: dict[Place, set[str]] = {}
    for name, piece in pieces.items():
        images = re.findall(rb'read\("/(images/\d+)"', files[name])
        for one in (name, *(image.decode() for image in images)):
            if one in changed:
                texts = {
                    text for text in missing if replace_texts(files[one], [text]) != files[one]
                }
                found.setdefault(piece.place, set()).update(texts)
    for place, texts in found.items():
        gate.refuse(
            place,
            f"no font has {_named(texts)}",
            remedy="write it otherwise",
            instead=SUBSTITUTED,
        )
    title = {text for text in missing if text.encode() in files["main.typ"]}
    if title:
        gate.warn(f"title: no font has {_named(title)}; {SUBSTITUTED}.")
    files.update(changed)
    return bool(changed)


def _named(texts: set[str]) -> str:
    return ", ".join(f"{text!r} ({code_points(text)})" for text in sorted(texts))


def _words(piece: Piece) -> str:
    if isinstance(piece, Exhibit):
        return f"{piece.label} {piece.caption}"
    return piece.alt if isinstance(piece, PictureBlock) else piece.text
