"""A report in miniature in which every text that comes from data can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lyanalysis.charts.style import STYLE, canvas
from lyanalysis.exhibits import MIME
from lyanalysis.exhibits.drawing import draw as draw_exhibit
from lyanalysis.report.annex import write_annex
from lyanalysis.wording import Prose

HASH = "0" * 64


def draw(texts: Sequence[str]) -> str:
    """Return a drawing with texts as labels, ticks, title and entries of a legend."""
    with mpl.rc_context(STYLE):
        figure, (axes,) = canvas(3.0)
        for place, text in enumerate(texts):
            axes.plot([0, 1], [place, place], label=f"名{text}")
            axes.annotate(f"名{text}", (0.5, place))
        axes.set_yticks(range(len(texts)), [f"名{text}" for text in texts])
        axes.set_title(f"名{texts[0]}")
        axes.set_xlabel(f"名{texts[-1]}")
        axes.legend()
        figure.set_layout_engine("none")
    return draw_exhibit(figure, "x")["text"]


def exhibit(kind: str, id: str, text: str, **more: Any) -> dict[str, Any]:
    """Return what an exhibit hands to the exporters, one text in all places."""
    content = {
        "version": 1,
        "id": id,
        "kind": kind,
        "number": None,
        "caption": f"题{text}",
        "alt": f"替{text}",
        "source_line": f"源{text}",
        "note": f"注{text}",
        "language": "zh",
    }
    return {"text/plain": f"[{kind}]", MIME: content | more}


def table(id: str, texts: Sequence[str]) -> dict[str, Any]:
    """Return a table with texts as headings, units, row labels and cells."""
    columns = [(f"名{texts[0]}", ""), (f"名{texts[-1]}", f"元{texts[0]}"), ("值", "亿元")]
    rows = [[text, f"格{text}", 1.5] for text in texts]
    return exhibit(
        "table",
        id,
        texts[0],
        data={
            "columns": [{"name": "x", "label": label, "unit": unit} for label, unit in columns],
            "rows": rows,
        },
        table={
            "columns": [{"label": a, "unit": b, "align": "left"} for a, b in columns],
            "rows": [[one, other, "1.5"] for one, other, _ in rows],
            "total_rows": [],
            "header_column": True,
        },
    )


def figure(id: str, texts: Sequence[str]) -> dict[str, Any]:
    """Return a figure whose drawing and data hold texts."""
    data = {
        "columns": [{"name": "x", "label": f"名{texts[0]}", "unit": texts[-1]}],
        "rows": [[text] for text in texts],
    }
    return exhibit("figure", id, texts[0], data=data, figure={"svg": draw(texts)})


def shown(data: dict[str, Any]) -> NotebookNode:
    return new_code_cell("", outputs=[new_output("display_data", data=data)])


def hostile_report(texts: Sequence[str]) -> NotebookNode:
    """Return a joined report in which each text stands wherever data can put one."""
    first, last = texts[0], texts[-1]
    cells = [new_markdown_cell("# 章\n\n## 节")]
    for text in texts:
        said = Prose(f"{text} 在前，{text}居中。\n\n再说{text}", headline=text)
        cells.append(shown({"text/markdown": said._repr_markdown_(), "text/plain": str(said)}))
    cells += [shown(table("table", texts)), shown(figure("figure", texts[:4]))]
    notice = exhibit("notice", "notice", first, data={"columns": [], "rows": []})
    cells.append(shown(notice))
    for position, cell in enumerate(cells, start=1):
        cell.metadata["lyanalysis"] = {"chapter": "one", "number": 1, "cell": position}
    files = [{"file": f"own/observations/{text}.csv", "sha256": HASH} for text in texts]
    manifest: dict[str, Any] = {
        "parameters": {"region": "410300"},
        "data": files,
        "notebooks": files,
        "fonts": [],
        "package": {"name": "lyanalysis", "version": "1", "sha256": HASH},
        "environment": {},
    }
    cells += write_annex(manifest, [], None, number="A", language="zh").cells
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    front = {
        "title": f"题{first}",
        "subtitle": f"副{last}",
        "language": "zh",
        "region": f"区{first}",
        "period": "2010–2025",
        "data_date": "2026-03-31",
        "own_data": f"夹{last}",
        "version": "1",
        "keywords": [f"词{first}", f"词{last}"],
        "authors": [f"者{first}"],
        "attachments": [],
    }
    made: NotebookNode = new_notebook(cells=cells, metadata={"lyanalysis": front})
    return made
