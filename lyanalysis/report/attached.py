"""The files a PDF carries, read back; a PDF that is cut off or damaged is refused."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lyanalysis.errors import EditionError

if TYPE_CHECKING:
    from pypdf import PdfReader


def attached_files(pdf: bytes, path: Path) -> dict[str, bytes]:
    """Return the files attached to a PDF.

    Parameters
    ----------
    pdf : bytes
        The PDF.
    path : Path
        Where it lies, for messages.

    Returns
    -------
    dict of str to bytes
        By name, sorted.

    Raises
    ------
    EditionError
        If it is no PDF, is cut off, or one of its compressed parts is damaged.
    """
    # Imported here because a folder can be compared without.
    from pypdf import PdfReader

    if not pdf.startswith(b"%PDF-"):
        raise EditionError(
            f"{path}: is no PDF; name the folder of a published report or its PDF", path=path
        )
    try:
        with _doubts_are_errors():
            reader = PdfReader(io.BytesIO(pdf), strict=True)
            _check_streams(reader)
            attached = {item.name: item.content for item in reader.attachment_list}
    # Damaged bytes may mislead a parser anywhere, into any error.
    except Exception as error:
        raise EditionError(
            f"{path}: this PDF is cut off or damaged ({first_line(error)}); fetch it again, or "
            "render the report again",
            path=path,
        ) from error
    return dict(sorted(attached.items()))


class _Doubt(logging.Handler):
    """Raises what a library would only have logged."""

    def emit(self, record: logging.LogRecord) -> None:
        """Raise the message."""
        raise ValueError(record.getMessage())


@contextmanager
def _doubts_are_errors() -> Iterator[None]:
    """Take what the reader of PDFs logs for damage: of a report as published it logs nothing."""
    log, doubt = logging.getLogger("pypdf"), _Doubt()
    propagates, log.propagate = log.propagate, False
    log.addHandler(doubt)
    try:
        yield
    finally:
        log.removeHandler(doubt)
        log.propagate = propagates


def _check_streams(reader: PdfReader) -> None:
    """Unpack every compressed part of a PDF: each ends with a checksum, which readers pass over."""
    from pypdf.generic import IndirectObject, StreamObject

    for generation, offsets in reader.xref.items():
        for number in offsets:
            part = reader.get_object(IndirectObject(number, generation, reader))
            if isinstance(part, StreamObject) and part.get("/Filter") == "/FlateDecode":
                zlib.decompress(part._data)


def first_line(error: Exception) -> str:
    """Return the first line of an error, or its name where it says nothing.

    Parameters
    ----------
    error : Exception
        Of any library.

    Returns
    -------
    str
        One line.
    """
    return next(iter(str(error).splitlines()), type(error).__name__)
