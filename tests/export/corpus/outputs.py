"""Every type of output: tables, pictures, formulas, what only a browser can run."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
from export.corpus.case import (
    GIF,
    PNG,
    SVG,
    Case,
    base64_of,
    code,
    notebook,
    prose,
    result,
    shows,
    stream,
)
from PIL import Image

ALT = {"alt": "a described picture"}
FRAME = pd.DataFrame(
    {"city": ["洛阳", "A & <B>"], "share": [61.25, -0.5]}, index=["first", "second"]
)


def shown(data: dict[str, object], *, alt: bool = False, **expected: object) -> Case:
    metadata = ALT if alt else {}
    return Case(notebook(code("show()", result(data), **metadata)), **expected)  # type: ignore[arg-type]


def frame(table: pd.DataFrame) -> dict[str, object]:
    return {"text/html": table.to_html(), "text/plain": "the table as text"}


def several() -> pd.DataFrame:
    columns = pd.MultiIndex.from_product(
        [["old", "new"], ["level", "growth"]], names=["driver", None]
    )
    rows = pd.MultiIndex.from_product([["洛阳", "郑州"], [2024, 2025]], names=["region", "year"])
    return pd.DataFrame(np.arange(16).reshape(4, 4) / 4, index=rows, columns=columns)


def wide() -> pd.DataFrame:
    return pd.DataFrame({f"column_{number:03d}": [number, 1000 + number] for number in range(200)})


def jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), "#1f6f9c").save(buffer, format="JPEG")
    return buffer.getvalue()


STYLED = (
    "<style type='text/css'>#T_1 td {color: red}</style><table id='T_1'><caption>A styled "
    "caption</caption>"
    "<thead><tr><th class='blank level0'>&nbsp;</th><th id='T_1_c0' "
    "class='col_heading'>share</th></tr></thead>"
    "<tbody><tr><th class='row_heading'>first</th><td "
    "style='background:#f00'>61.3%</td></tr></tbody></table>"
)
WIDGET = {"version_major": 2, "version_minor": 0, "model_id": "abc"}
SCRIPT = "<div id='plot'></div><script>Plotly.newPlot()</script>"
EVIL = (
    '<div onclick="steal()"><script>steal()</script><h1>Big</h1><form><input '
    'value="steal"></form>visible'
    '<iframe src="https://example.org/steal"></iframe></div>'
)
CASES: dict[str, Case] = {
    "DataFrame": shown(
        frame(FRAME), seen=("洛阳", "A & <B>", "61.25", "second"), unseen=("as text",)
    ),
    "styled DataFrame": shown(
        {"text/html": STYLED, "text/plain": "<Styler>"},
        seen=("A styled caption", "61.3%", "share"),
        unseen=("color: red", "Styler"),
    ),
    "MultiIndex": shown(
        frame(several()),
        seen=("driver", "growth", "region", "郑州", "3.75"),
        tags=("th[colspan='2']",),
    ),
    "empty DataFrame": shown(frame(pd.DataFrame({"a": []})), seen=("a",)),
    "200 columns": shown(frame(wide()), seen=("column_000", "column_199", "1199")),
    "a long DataFrame": shown(
        frame(pd.DataFrame({"n": range(10000, 10400)})), seen=("10000", "10399")
    ),
    "PNG": shown(
        {"image/png": base64_of(PNG) + "\n"}, alt=True, tags=("img[src^='data:image/png']",)
    ),
    "JPEG": shown(
        {"image/jpeg": base64_of(jpeg())}, alt=True, tags=("img[src^='data:image/jpeg']",)
    ),
    "GIF": shown({"image/gif": base64_of(GIF)}, alt=True, tags=("img[src^='data:image/gif']",)),
    "SVG": shown(
        {"image/svg+xml": [SVG]},
        alt=True,
        in_pdf=("drawn",),
        tags=("img[src^='data:image/svg+xml']",),
    ),
    "SVG inside HTML": shown(
        {"text/html": f"<div>{SVG}</div>", "text/plain": "<HTML object>"},
        alt=True,
        in_pdf=("drawn",),
        unseen=("HTML object",),
        tags=("img[src^='data:image/svg+xml']",),
    ),
    "a picture without description": Case(
        notebook(prose("# A"), code("plot()", shows({"image/png": base64_of(PNG)}))),
        tags=("img[alt='Image shown by cell 2; its author gave no description']",),
        warned=("chapter note, cell 2: the image has no alternative text; the PDF is not PDF/UA",),
        is_accessible=False,
    ),
    "a picture inside HTML": shown(
        {"text/html": f"<p>text</p><img src='data:image/png;base64,{base64_of(PNG)}'>"},
        seen=("text",),
        tags=("img[alt]",),
        warned=("cell 1: the image has no alternative text",),
        is_accessible=False,
    ),
    "damaged pictures": Case(
        notebook(
            code("a", shows({"image/png": "abc", "text/plain": "<Figure one>"}), **ALT),
            code("b", shows({"image/svg+xml": "<svg><g>", "text/plain": "<Figure two>"}), **ALT),
            code("c", shows({"image/png": base64_of(b"no picture")}), **ALT),
        ),
        seen=("<Figure one>", "<Figure two>", "[an output that a document cannot show: image/png]"),
        warned=(
            "cell 1: an image is not valid Base64",
            "cell 2: no page can show",
            "cell 3: no page can show an output of type image/png; a note",
        ),
    ),
    "LaTeX": Case(
        notebook(
            code("a", result({"text/latex": "$\\displaystyle \\frac{x}{2}$", "text/plain": "x/2"})),
            code("b", result({"text/latex": "\\begin{equation}y^2\\end{equation}"})),
            code("c", result({"text/latex": "\\begin{tabular}{l} cell \\\\ \\end{tabular}"})),
            code("d", result({"text/latex": ["z_", "3"]})),
        ),
        seen=("\\begin{tabular}{l} cell",),
        unseen=("x/2",),
        tags=("math[display=block]", "math[display=inline]"),
    ),
    "Markdown": shown(
        {"text/markdown": "**made** by `code`\n\n| a |\n|--|\n| b |\n", "text/plain": "<Markdown>"},
        seen=("made by code",),
        unseen=("<Markdown>",),
        tags=("table",),
    ),
    "HTML": shown({"text/html": EVIL}, seen=("Big", "visible"), unseen=("steal",)),
    "HTML of nested tables": shown(
        {
            "text/html": "<table><tr><td>outer<table><tr><td rowspan='2'>inner</td><td>x</td></tr>"
            "<tr><td>y</td></tr></table></td></tr></table><ol start='3'><li>item</ol><pre>a  "
            "b</pre>"
        },
        seen=("outer", "inner", "item", "a  b"),
    ),
    "HTML never closed": shown(
        {"text/html": "<div><p>open <b>bold <table><tr><td>c"}, seen=("open bold",)
    ),
    "JSON": shown(
        {"application/json": {"town": "洛阳", "n": [1, None]}, "text/plain": "<JSON object>"},
        seen=('"town": "洛阳"', "null"),
        unseen=("JSON object",),
    ),
    "JavaScript": shown(
        {"application/javascript": "steal()", "text/plain": "<Javascript object>"},
        seen=("<Javascript object>",),
        unseen=("steal",),
        warned=("no page can show an output of type application/javascript; its text stands",),
    ),
    "Plotly": shown(
        {"application/vnd.plotly.v1+json": {"data": [], "layout": {}}, "text/html": SCRIPT},
        seen=("[an output that a document cannot show: application/vnd.plotly.v1+json]",),
        warned=("application/vnd.plotly",),
    ),
    "Vega": shown(
        {"application/vnd.vegalite.v5+json": {"mark": "bar"}, "image/png": base64_of(PNG)},
        alt=True,
        tags=("img[src^='data:image/png']",),
    ),
    "a chart that prints all its data": shown(
        {
            "application/vnd.plotly.v1+json": {},
            "text/plain": "Figure({'data': [])" + "12.5, " * 9000,
        },
        seen=("[an output that a document cannot show: application/vnd.plotly.v1+json]",),
        unseen=("12.5",),
        warned=("application/vnd.plotly.v1.json; a note says so",),
    ),
    "text of other types": shown(
        {"text/csv": "year,gdp\n2025,5900\n"}, seen=("2025,5900",), warned=("csv",)
    ),
    "widget": shown(
        {"application/vnd.jupyter.widget-view+json": WIDGET, "text/plain": "IntSlider(value=3)"},
        seen=("IntSlider(value=3)",),
        warned=("widget-view",),
    ),
    "widget without text": shown(
        {"application/vnd.jupyter.widget-view+json": WIDGET},
        seen=("a document cannot show",),
        warned=("widget-view",),
    ),
    "PDF": shown(
        {"application/pdf": base64_of(b"%PDF-1.4"), "text/plain": "<Figure as PDF>"},
        seen=("<Figure as PDF>",),
        warned=("application/pdf",),
    ),
    "nothing": Case(
        notebook(code("x", shows({}), stream(""), stream(" \n")), prose("the end")),
        seen=("the end",),
    ),
    "streams": Case(
        notebook(
            code("x", stream("out\n"), stream("warning: odd\n", "stderr"), stream("\tindented\n"))
        ),
        seen=("out", "warning: odd", "indented"),
    ),
}
