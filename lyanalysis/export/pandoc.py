"""Markdown, formulas and HTML tables to Typst or HTML, by one pandoc process for a whole report."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from threading import Lock
from typing import Any, Literal

from lyanalysis.errors import ExportError

Target = Literal["typst", "html"]


@dataclass(frozen=True, slots=True)
class Source:
    """A text and how to read it."""

    text: str
    format: Literal["markdown", "html"]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, or everything between two headings.

    Attributes
    ----------
    kind : {"heading", "body"}
        What it is.
    level : int
        Level of a heading as typed, 1 to 6; 0 for a body.
    content : str
        Markup of the target; of a heading only what stands inside it.
    text : str
        The same without markup.
    """

    kind: Literal["heading", "body"]
    level: int
    content: str
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image a text refers to.

    Attributes
    ----------
    src, alt : str
        Address and alternative text.
    width : str
        As typed in an HTML tag; empty if not.
    """

    src: str
    alt: str
    width: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to a place of the same document.

    Attributes
    ----------
    id : str
        What follows ``#``.
    words : str
        Text of the link, without markup.
    """

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one source.

    Attributes
    ----------
    parts : tuple of Part
        In the order of the text; none of HTML for a page, which takes it as it is.
    images : tuple of Image
        Local and embedded images; an image on a server became a link, since a report fetches
        nothing.
    problems : tuple of str
        Formulas pandoc cannot read; they are shown as their LaTeX source.
    references : tuple of Reference
        Links within the document to what may be an exhibit.
    mark : str
        What the parts call the images by, a colon and the number follow, and the references, ``:r``
        and the number. No text can know it.
    """

    parts: tuple[Part, ...]
    images: tuple[Image, ...]
    problems: tuple[str, ...]
    references: tuple[Reference, ...]
    mark: str = field(repr=False, compare=False)

    def show_images(self, content: str, shown: Sequence[str]) -> str:
        """Put markup in the place of every image of a part.

        Parameters
        ----------
        content : str
            Of one of the parts.
        shown : sequence of str
            Markup of each image, in order.

        Returns
        -------
        str
            The part with its images.
        """
        name = rf'"{self.mark}:(\d+)"'
        call = rf"<img src={name}[^>]*>|#markdown-picture\({name}\)"
        return re.sub(call, lambda found: shown[int(found[1] or found[2]) - 1], content)


Convert = Callable[[Sequence[Source], Target], tuple[Converted, ...]]
"""Converts texts, one `Converted` for each; see :func:`convert`."""


def convert(sources: Sequence[Source], target: Target) -> tuple[Converted, ...]:
    r"""Convert texts, each on its own, in one run of pandoc.

    Parameters
    ----------
    sources : sequence of Source
        Markdown is CommonMark with pipe tables, footnotes, definition and task lists,
        ``$formulas$``, struck-out text; raw HTML is read as HTML, scripts and attributes are lost.
    target : {"typst", "html"}
        Formulas become Typst formulas with their LaTeX source as alternative text, or MathML.

    Returns
    -------
    tuple of Converted
        One for every source.

    Raises
    ------
    ExportError
        If pandoc itself fails.

    Notes
    -----
    Only links to ``http``, ``https`` and ``mailto`` stay links, and references to exhibits. A line
    end between two Chinese characters adds no space. In Typst every table becomes a call of
    ``data-table``.

    Examples
    --------
    >>> (answer,) = convert([Source("# 结构\n\n份额 $x_1$ #1", "markdown")], "typst")
    >>> [part.kind for part in answer.parts]
    ['heading', 'body']
    >>> print(answer.parts[1].content.strip())
    份额 #math.equation(alt: "x_1", block: false, $x_1$) \#1
    """
    return _convert(sources, (target,))[target]


def convert_for(*targets: Target) -> Convert:
    """Make a function that converts the texts of a document for several targets at once.

    Parameters
    ----------
    *targets : {"typst", "html"}
        What it will be asked for.

    Returns
    -------
    callable
        As :func:`convert`. Its first call runs pandoc, the others take what that run gave, whatever
        their thread.
    """
    lock = Lock()

    @cache
    def converted(sources: tuple[Source, ...]) -> Mapping[Target, tuple[Converted, ...]]:
        return _convert(sources, targets)

    def convert_once(sources: Sequence[Source], target: Target) -> tuple[Converted, ...]:
        with lock:
            return converted(tuple(sources))[target]

    return convert_once


def _convert(
    sources: Sequence[Source], targets: Sequence[Target]
) -> Mapping[Target, tuple[Converted, ...]]:
    if all(source.format == target for source in sources for target in targets):
        return {target: (Converted((), (), (), (), ""),) * len(sources) for target in targets}
    # Drawn anew, because what a text holds must never pass for the place of an image.
    mark = secrets.token_hex(16)
    request = {
        "targets": targets,
        "mark": mark,
        "sources": [{"text": source.text, "format": source.format} for source in sources],
    }
    answers = json.loads(_run(json.dumps(request).encode("ascii")))
    return {target: tuple(_read(answer, mark) for answer in answers[target]) for target in targets}


def _read(answer: Mapping[str, Any], mark: str) -> Converted:
    return Converted(
        tuple(Part(**part) for part in answer["parts"]),
        tuple(Image(**image) for image in answer["images"]),
        tuple(answer["problems"]),
        tuple(Reference(**reference) for reference in answer["references"]),
        mark,
    )


def _run(request: bytes) -> bytes:
    # Imported here because looking an exporter up must stay cheap.
    import pypandoc

    with resources.as_file(resources.files("lyanalysis.export") / "templates") as folder:
        finished = subprocess.run(
            [pypandoc.get_pandoc_path(), "lua", str(folder / "convert.lua")],
            input=request,
            capture_output=True,
            check=False,
        )
    if finished.returncode != 0:
        message = finished.stderr.decode("utf-8", errors="replace").strip()
        raise ExportError(f"pandoc could not convert the text of the notebook: {message}")
    return finished.stdout
