"""A notebook and what a reader of the page and of the PDF must find in it."""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """A notebook as JSON, and what must, must not and may be said about it.

    `seen` stands in page and PDF, `in_pdf` and `in_page` in one of them, `unseen` in neither;
    spaces and line ends do not count. `tags` are selectors that find something in the page. Every
    pattern of `warned` occurs in some warning, of `unprinted` in some of the PDF, and without
    patterns there is none. `files` lie beside the notebook; `traits` are options of the exporter.
    """

    notebook: dict[str, Any]
    seen: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    in_page: tuple[str, ...] = ()
    in_pdf: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    traits: dict[str, Any] = field(default_factory=dict)
    is_accessible: bool = True


def notebook(*cells: dict[str, Any], minor: int = 4, **metadata: Any) -> dict[str, Any]:
    cells = tuple(dict(cell) for cell in cells)
    if minor >= 5:
        for number, cell in enumerate(cells):
            cell["id"] = f"cell-{number}"
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}


def prose(source: str | list[str], **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source} | more


def raw(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "raw", "metadata": metadata, "source": source}


def code(source: str, *outputs: dict[str, Any], count: int | None = 1, **metadata: Any) -> Any:
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": metadata,
        "outputs": list(outputs),
        "source": source,
    }


def shows(data: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def result(data: dict[str, Any]) -> dict[str, Any]:
    return shows(data) | {"output_type": "execute_result", "execution_count": 1}


def stream(text: str | list[str], name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def failure(name: str, value: str, *lines: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": list(lines)}


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 20, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress((b"\0" + b"\x1f\x6f\x9c" * 40) * 20))
    + _chunk(b"IEND", b"")
)
"""Forty pixels by twenty, blue."""
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x1f\x6f\x9c\xff\xff\xff"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00;"
)
"""One pixel."""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30" viewBox="0 0 80 30">'
    '<rect width="30" height="12" fill="#1f6f9c"/><text x="2" y="26" '
    'font-size="8">drawn</text></svg>'
)


def base64_of(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
