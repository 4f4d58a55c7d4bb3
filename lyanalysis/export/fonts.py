"""The Chinese fonts of the report, whole or with no more than some letters."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

VERTICAL: Final = ("VORG", "vhea", "vmtx")
"""Tables for lines that run downwards, which nothing here has."""


def reduce(path: Path, letters: Iterable[str], *, dropped: Collection[str] = ()) -> bytes:
    """Return a font with some letters only: a thirtieth of the file, and quicker to use.

    Parameters
    ----------
    path : Path
        OpenType font.
    letters : iterable of str
        Characters to keep; those the font has not are passed over.
    dropped : collection of str, optional
        Tables to leave out.

    Returns
    -------
    bytes
        OpenType font; texts of these letters look the same. The same arguments give the same bytes.
    """
    # Imported here because looking an exporter up must stay cheap.
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    wanted.drop_table_tag_set.update(int.from_bytes(name.encode()) for name in dropped)
    # The default is a choice of features; without those of the language quotation marks move.
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.invert()
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.DESUBROUTINIZE | flags.NOTDEF_OUTLINE
    # Opened and closed: what has been read of a font counts as memory.
    content: bytes = uharfbuzz.subset(_open(path), wanted).blob.data
    return content


@cache
def open_font(path: Path) -> Any:
    """Open a font for good, as a `uharfbuzz.Font`."""
    import uharfbuzz

    return uharfbuzz.Font(_open(path))


def _open(path: Path) -> Any:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
