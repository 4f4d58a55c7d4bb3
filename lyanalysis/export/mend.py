"""Replace what Typst cannot set in notebooks that nobody wrote for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lyanalysis.export.blocks import PictureBlock
from lyanalysis.export.exhibit import Exhibit
from lyanalysis.export.gate import Gate
from lyanalysis.export.glyphs import code_points, missing_texts, replace_texts, substitute
from lyanalysis.export.outline import Piece
from lyanalysis.export.typst_source import plain


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
    for name in sorted(
        {f"blocks/{name}" for name in re.findall(r"blocks[/\\](\d+\.typ):", diagnostic)}
    ):
        piece = pieces[name]
        shown = f'#import "/report.typ": *\n{plain(_words(piece))}\n'.encode()
        if files[name] != shown:
            reason = diagnostic.partition("\n")[0].removeprefix("error: ")
            gate.refuse(
                piece.place,
                f"Typst cannot set it ({reason})",
                remedy="write it otherwise",
                instead="its text stands there instead",
            )
            files[name] = shown
            changed = True
    return changed


def _replace_glyphs(
    missing: set[str], files: dict[str, bytes], pieces: Mapping[str, Piece], gate: Gate
) -> bool:
    changed = {}
    for name, content in files.items():
        if name.startswith(("blocks/", "images/", "main")):
            fresh = replace_texts(content, missing)
            if fresh != content:
                changed[name] = fresh
    for name, piece in pieces.items():
        images = re.findall(rb'read\("/(images/\d+)"', files[name])
        touched = [
            files[one] for one in (name, *(image.decode() for image in images)) if one in changed
        ]
        found = sorted(
            text for text in missing if any(replace_texts(one, [text]) != one for one in touched)
        )
        if found:
            gate.refuse(
                piece.place,
                f"no font has {', '.join(f'{text!r} ({code_points(text)})' for text in found)}",
                remedy="write it otherwise",
                instead="the PDF shows a symbol by its name and anything else as a box",
            )
    files.update(changed)
    return bool(changed)


def _words(piece: Piece) -> str:
    if isinstance(piece, Exhibit):
        return f"{piece.label} {piece.caption}"
    return piece.alt if isinstance(piece, PictureBlock) else piece.text
