"""Numbered figures and tables that carry caption, alternative text, sources and their data.

An exhibit shows itself in JupyterLab like any figure or DataFrame. Its MIME bundle also holds,
under :data:`MIME`, what the exporters need. The source line is resolved from the loaders' results
an exhibit was made from; it is never typed.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from html import escape
from typing import Any, Literal

import pandas as pd
from matplotlib.figure import Figure

from lyanalysis import catalog, wording
from lyanalysis.catalog import Sourced
from lyanalysis.exhibits.cells import format_cells, raw_rows
from lyanalysis.exhibits.drawing import check_inside, draw
from lyanalysis.wording import ExhibitText

MIME = "application/vnd.lyanalysis.exhibit+json"
"""MIME type under which an exhibit hands its parts to the exporters."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One figure, table or notice.

    Attributes
    ----------
    id : str
        Lower-case name, unique in a report; the anchor of the exhibit.
    kind : {"figure", "table", "notice"}
        A notice stands where a figure or table has nothing to show.
    text : ExhibitText
        Caption, alternative text, note, language.
    source_ids : tuple of str
        Sources of the numbers shown.
    data : dict
        ``columns`` (name, label, unit) and ``rows`` of raw, unrounded values.
    svg : dict of str to str
        ``text`` and ``paths``: the drawing with letters as text and as outlines; empty for tables.
    cells : dict
        ``columns`` and ``rows`` of formatted cells; empty for figures.
    claim_ids : tuple of str
        Claims of the article among the numbers shown.
    lists_sources : bool
        Whether it lists the sources of other exhibits: alone it makes no chapter.
    """

    id: str
    kind: Literal["figure", "table", "notice"]
    text: ExhibitText
    source_ids: tuple[str, ...]
    data: dict[str, Any]
    svg: dict[str, str]
    cells: dict[str, Any]
    claim_ids: tuple[str, ...] = ()
    lists_sources: bool = False

    @property
    def source_line(self) -> str:
        """Sources, then claims, as printed under the exhibit; empty where there are none."""
        language = self.text.language
        parts = []
        if self.source_ids:
            parts.append(catalog.source_line(self.source_ids, language))
        if self.claim_ids:
            parts.append(wording.claims_line(self.claim_ids, language))
        return ("" if language == "zh" else " ").join(parts)

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, Any]:
        content: dict[str, Any] = {
            "version": 1,
            "id": self.id,
            "kind": self.kind,
            "number": None,
            "caption": self.text.caption,
            "alt": self.text.alt,
            "source_line": self.source_line,
            "source_ids": list(self.source_ids),
            "claim_ids": list(self.claim_ids),
            "lists_sources": self.lists_sources,
            "note": self.text.missing if self.kind == "notice" else self.text.note,
            "language": self.text.language,
            "data": self.data,
        }
        bundle: dict[str, Any] = {"text/plain": f"[{self.kind}] {self.text.caption}"}
        if self.kind == "figure":
            content["figure"] = {"svg": self.svg["text"]}
            bundle["image/svg+xml"] = self.svg["paths"]
        elif self.kind == "table":
            content["table"] = self.cells
        bundle["text/html"] = self._html()
        bundle[MIME] = content
        return bundle

    def _html(self) -> str:
        caption = escape(self.text.caption)
        if self.kind == "notice":
            return f"<p><strong>{caption}</strong><br>{escape(self.text.missing)}</p>"
        body = self._image() if self.kind == "figure" else _html_table(self.cells)
        small = "".join(
            f"<br>{escape(line)}" for line in (self.source_line, self.text.note) if line
        )
        below = f"<figcaption><strong>{caption}</strong><small>{small}</small></figcaption>"
        return f"<figure>{body}{below}</figure>"

    def _image(self) -> str:
        """Show the drawing as an image; inline SVG is removed from notebooks not yet trusted."""
        content = base64.b64encode(self.svg["paths"].encode()).decode()
        return f'<img alt="{escape(self.text.alt)}" src="data:image/svg+xml;base64,{content}">'


def figure(
    chart: Figure,
    *,
    id: str,
    data: pd.DataFrame,
    inputs: Sequence[Sourced],
    text: ExhibitText,
    claims: Iterable[str] = (),
    sources: Iterable[str] = (),
) -> Exhibit:
    """Make a figure of a chart, or a notice where it has nothing to show.

    Parameters
    ----------
    chart : Figure
        What a function of :mod:`lyanalysis.charts` returned.
    id : str
        Lower-case letters, digits and hyphens; unique in the report.
    data : DataFrame
        The numbers drawn; offered to the reader with the figure.
    inputs : sequence of Sourced
        The loaders' results the numbers were computed from. Their sources become the source line;
        where `data` has years, only those of the years it shows.
    text : ExhibitText
        Caption, alternative text and note from :func:`lyanalysis.wording.exhibit_text`.
    claims : iterable of str, optional
        Claims of the article among the numbers, by identifier; empty ones are passed over.
    sources : iterable of str, optional
        Further source identifiers, for numbers that no loader returned as :class:`Sourced`;
        empty ones, where there is no number, are passed over.

    Returns
    -------
    Exhibit
        Shows itself as the last value of a cell.

    Raises
    ------
    ValueError
        If the id is not of its form, the alternative text is empty, or a label of the chart lies
        partly outside the drawing, where every viewer would cut it off.
    """
    _check(id, text)
    if not (_has_numbers(data) and any(axes.axison for axes in chart.axes)):
        return _notice(id, text)
    ids = _sources(inputs, data, sources)
    raw, svg = raw_rows(data, text.language), draw(chart, id)
    check_inside(chart, id)
    return Exhibit(id, "figure", text, ids, raw, svg, {}, _known(claims))


def table(
    frame: pd.DataFrame,
    *,
    id: str,
    inputs: Sequence[Sourced],
    text: ExhibitText,
    data: pd.DataFrame | None = None,
    claims: Iterable[str] = (),
    sources: Iterable[str] = (),
) -> Exhibit:
    """Make a table of a frame, or a notice where the frame holds no number.

    Parameters
    ----------
    frame : DataFrame
        Index levels become the first columns; a ``region_code`` level with one region is left out.
        Every column is known to the catalogue (name, unit, decimals) or to
        :data:`lyanalysis.wording.texts.TERMS`; those of
        :data:`~lyanalysis.exhibits.cells.OF_THE_ROW` hold figures of the variable their row names.
    id, inputs, text, claims, sources
        As for :func:`figure`.
    data : DataFrame, optional
        What is offered to the reader with the table, where it shows words made of numbers; the
        frame itself by default.

    Returns
    -------
    Exhibit
        Shows itself as the last value of a cell.

    Raises
    ------
    ValueError
        If the id is not of its form or the alternative text is empty.
    """
    _check(id, text)
    offered = frame if data is None else data
    if not _has_numbers(offered):
        return _notice(id, text)
    language = text.language
    ids = _sources(inputs, offered, sources)
    raw, cells = raw_rows(offered, language), format_cells(frame, language)
    return Exhibit(id, "table", text, ids, raw, {}, cells, _known(claims))


def source_list(
    inputs: Sequence[Sourced],
    *,
    id: str,
    text: ExhibitText,
    sources: Iterable[str] = (),
) -> Exhibit:
    """Make a table of the sources themselves: grade, full citation with address.

    Parameters
    ----------
    inputs, id, text, sources
        As for :func:`table`.

    Returns
    -------
    Exhibit
        One row a source, by grade, then newest first; a notice where there is none.

    Raises
    ------
    ValueError
        If the id is not of its form or the alternative text is empty.
    """
    _check(id, text)
    ids = {*sources, *(id for loaded in inputs for id in loaded.source_ids)} - {""}
    language = text.language
    found = catalog.ordered_sources(ids)
    if not found:
        return replace(_notice(id, text), lists_sources=True)
    shown = pd.DataFrame(
        {
            "source_grade": [entry.grade for entry in found],
            "source_reference": [
                f"{catalog.citation(entry.source_id, language)} {entry.url}".rstrip()
                for entry in found
            ],
        }
    )
    data = pd.DataFrame([asdict(entry) for entry in found]).add_prefix("source_")
    raw, cells = raw_rows(data, language), format_cells(shown, language)
    return Exhibit(id, "table", text, (), raw, {}, cells, lists_sources=True)


def _check(id: str, text: ExhibitText) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", id):
        raise ValueError(f"id: {id!r} is not made of lower-case letters, digits and single hyphens")
    if not text.alt.strip():
        raise ValueError(f"text: exhibit {id!r} has no alternative text")


def _has_numbers(frame: pd.DataFrame) -> bool:
    return bool(frame.select_dtypes("number").notna().to_numpy().any())


def _notice(id: str, text: ExhibitText) -> Exhibit:
    return Exhibit(id, "notice", text, (), {"columns": [], "rows": []}, {}, {})


def _sources(
    inputs: Sequence[Sourced], shown: pd.DataFrame, more: Iterable[str]
) -> tuple[str, ...]:
    loaded = (id for one in inputs for id in one.shown_in(shown).source_ids)
    return _known([*loaded, *more])


def _known(ids: Iterable[str]) -> tuple[str, ...]:
    """Return identifiers once each, in order, without the empty ones."""
    return tuple(sorted({*ids} - {""}))


def _html_table(cells: dict[str, Any]) -> str:
    head = "".join(
        f'<th scope="col">{escape(_heading(column))}</th>' for column in cells["columns"]
    )
    rows = "".join(
        "<tr>"
        + f'<th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in cells["rows"]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _heading(column: dict[str, str]) -> str:
    return f"{column['label']} ({column['unit']})" if column["unit"] else column["label"]
