"""A joined report in miniature with all a chapter may show, and a notebook of a stranger."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
import pandas as pd
import pylopdf_fonts_zh_cn
import pytest
from bs4 import BeautifulSoup
from matplotlib import font_manager
from matplotlib.figure import Figure
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lyanalysis.export.html import HTMLReportExporter
from lyanalysis.export.pdf import PDFReportExporter

EXHIBIT = "application/vnd.lyanalysis.exhibit+json"
NASTY = 'A#B $5 *x* _y_ @z [k] \\ "q" <b>&'
YEARS = list(range(2010, 2026))


@cache
def draw(letters: str, title: str) -> str:
    for font in Path(pylopdf_fonts_zh_cn.__file__).parent.glob("NotoSansSC*.otf"):
        font_manager.fontManager.addfont(font)
    settings = {"font.family": "Noto Sans SC", "svg.fonttype": letters, "svg.hashsalt": title}
    buffer = io.BytesIO()
    with mpl.rc_context(settings):
        figure = Figure(figsize=(6.2, 3.2), layout="constrained")
        axes = figure.subplots()
        axes.plot(YEARS, [60 - 0.7 * (year - 2010) for year in YEARS], color="#b5651d")
        axes.plot(YEARS, [31 + 0.9 * (year - 2010) for year in YEARS], color="#1f6f9c")
        axes.set_title(title)
        axes.set_ylabel("%")
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue().decode("utf-8")


def bundle(kind: str, id: str, caption: str, **changes: Any) -> dict[str, Any]:
    """The MIME bundle of an exhibit, as `lyanalysis.exhibits` writes it."""
    language = changes.pop("language", "zh")
    drawn = changes.pop("drawn", "三次产业比重")
    content: dict[str, Any] = {
        "version": 1,
        "id": id,
        "kind": kind,
        "number": None,
        "caption": caption,
        "alt": f"替代文字：{caption}",
        "source_line": "资料来源：《洛阳市统计公报》（洛阳市统计局，2026-03-31）。",
        "note": "2018 年前后口径不同",
        "language": language,
        "data": {
            "columns": [
                {"name": "year", "label": "年份", "unit": ""},
                {"name": "va_secondary", "label": "第二产业", "unit": "亿元"},
            ],
            "rows": [[year, 1000.123456789 + year] for year in YEARS[:-1]] + [[2025, None]],
        },
    }
    content |= changes
    shown: dict[str, Any] = {"text/plain": f"[{kind}] {caption}", EXHIBIT: content}
    if kind == "figure":
        content.setdefault("figure", {"svg": draw("none", drawn)})
        shown["image/svg+xml"] = draw("path", drawn)
    return shown


def cells_of(
    columns: list[tuple[str, str, str]], rows: list[list[str]], **more: Any
) -> dict[str, Any]:
    return {
        "columns": [{"label": a, "unit": b, "align": c} for a, b, c in columns],
        "rows": rows,
        "total_rows": [],
        "header_column": True,
    } | more


def shown(
    data: dict[str, Any], *, code: str = "exhibits.figure(chart)", **metadata: Any
) -> NotebookNode:
    output = new_output("execute_result", data=data, execution_count=1)
    return new_code_cell(code, outputs=[output], execution_count=1, metadata=metadata)


def pair(zh: str, en: str) -> list[NotebookNode]:
    return [
        new_markdown_cell(zh, metadata={"tags": ["zh"]}),
        new_markdown_cell(en, metadata={"tags": ["en"]}),
    ]


@cache
def png() -> str:
    buffer = io.BytesIO()
    figure = Figure(figsize=(4, 2))
    figure.subplots().bar(["a", "b", "c"], [1, 3, 2], color="#1f6f9c")
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def first_chapter() -> list[NotebookNode]:
    frame = pd.DataFrame(
        {"地区生产总值": [5815.2, 5900.1], "增速（%）": [5.2, -0.4]},
        index=pd.Index(["洛阳市", "襄阳市"], name="地区"),
    )
    return [
        *pair("# 产业结构与集群", "# Industrial structure and clusters"),
        new_code_cell("region = '410300'", metadata={"tags": ["parameters"]}),
        *pair(
            "## 三次产业的变动\n\n洛阳是中国**最早的重工业城市**之一，“一五”时期的 156 项重点工程"
            "中有 7 项落户于此。本章回答一个问题：增长是否正在由*旧动能*转向新动能，\n转得多快。"
            "份额记为 $s_{it}$，"
            "则结构变动的 Moore 值为\n\n$$\\cos\\theta = \\frac{\\sum_i s_{i,t} s_{i,t+1}}"
            "{\\sqrt{\\sum_i s_{i,t}^2}\\sqrt{\\sum_i s_{i,t+1}^2}}$$\n\n"
            "其中 $\\theta$ 越大，变动越快"
            "[^moore]。\n\n- 第一产业份额下降；\n- 第二产业份额先升后降，2011 年为 61.3%；\n"
            "- 第三产业份额上升。\n\n1. 先看水平\n2. 再看变动\n\n[^moore]: 见 Moore (1978)，"
            "https://example.org/a/very/long/address/that/has/to/wrap/somewhere/in/the/margin/of/"
            "the/page.html\n",
            "## How the three sectors moved\n\nLuoyang was one of China's *first* "
            "**heavy-industry** cities; is growth moving from old drivers to new ones? "
            "With shares $s_{it}$ Moore's value is\n\n"
            "$$\\cos\\theta = \\frac{\\sum_i s_{i,t} s_{i,t+1}}{\\sqrt{\\sum_i s_{i,t}^2}}$$\n\n"
            "Larger $\\theta$, faster change[^moore].\n\n- primary falls\n- tertiary rises\n\n"
            "[^moore]: Moore (1978).\n",
        ),
        shown(
            bundle("figure", "sector-shares", "三次产业增加值占地区生产总值的比重，2010–2025 年")
        ),
        shown({"text/markdown": "第三产业占比升至 **51.2%**。"}),
        *pair(
            "### 宽表与长表\n\n下表列出十二项指标。",
            "### A wide and a long table\n\nTwelve indicators.",
        ),
        shown(
            bundle(
                "table",
                "wide",
                NASTY,
                table=cells_of(
                    [("年份", "", "left")]
                    + [
                        (f"高技术制造业指标{i}", "亿元" if i % 2 else "%", "right")
                        for i in range(11)
                    ],
                    [[str(year), *[f"{year * i / 7:,.1f}" for i in range(11)]] for year in YEARS],
                ),
            )
        ),
        shown(
            bundle(
                "table",
                "long",
                "八十个行业的增加值",
                table=cells_of(
                    [("行业", "", "left"), ("增加值", "亿元", "right"), ("上年", "亿元", "right")],
                    [["合计", "12,345.6", "12,000.0"]]
                    + [
                        [f"行业{i:02d}", f"{i * 13.7:,.1f}", f"{i * 12.1:,.1f}"]
                        for i in range(1, 80)
                    ],
                    total_rows=[0],
                ),
            )
        ),
        shown({"text/html": frame._repr_html_(), "text/plain": str(frame)}),
        new_code_cell("secret_code = 1", metadata={"tags": ["remove-cell"]}),
    ]


def second_chapter() -> list[NotebookNode]:
    return [
        *pair("# 空间与城市更新", "# Space and urban renewal"),
        *pair(
            "## 亩均效益\n\n"
            + "每亩产出与税收是园区评价的核心。" * 12
            + "\n\n| 园区 | 亩均税收 |\n|---|--:|\n"
            "| 高新区 | 31.2 |\n| 涧西区 | 22.8 |\n\n"
            "```python\nshare = value / total  # 占比\n```\n\n"
            "> 引文：老工业区的更新。\n\n空间效率的高低取决于产业与土地的匹配。",
            "## Output per mu\n\n| Park | Tax |\n|---|--:|\n| High-tech | 31.2 |\n",
        ),
        shown(
            bundle(
                "notice",
                "no-land",
                "没有建设用地的数据",
                note="洛阳市未公布。",
                source_line="",
            )
        ),
        shown(bundle("figure", "per-mu", "亩均产出", drawn="亩均产出（万元）")),
        new_code_cell(
            "plt.show()",
            outputs=[
                new_output(
                    "display_data",
                    data={"image/png": png()},
                    metadata={"image/png": {"alt": "柱状图"}},
                ),
                new_output("stream", name="stdout", text="打印 printed \x1b[31mred\x1b[0m\n"),
            ],
        ),
    ]


def make_report(language: str = "zh") -> NotebookNode:
    cells = []
    for name, number, chapter in (
        ("02_structure", 2, first_chapter()),
        ("03_space", 3, second_chapter()),
    ):
        for position, cell in enumerate(chapter, start=1):
            cell.metadata["lyanalysis"] = {"chapter": name, "number": number, "cell": position}
            cells.append(cell)
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    chinese = language == "zh"
    notebook = new_notebook(cells=cells)
    notebook.metadata["lyanalysis"] = {
        "title": "洛阳市新旧动能转换研究报告"
        if chinese
        else "From old to new growth drivers in Luoyang",
        "subtitle": "结构、空间与创新" if chinese else "Structure, space and innovation",
        "language": language,
        "region": "洛阳市" if chinese else "Luoyang",
        "period": "2010–2025",
        "edition": "2026.1",
        "data_date": "2026-03-31",
        "version": "0.1.0",
        "keywords": ["新旧动能转换", "Luoyang"],
        "authors": ["洛阳分析组"],
        "attachments": [
            {
                "name": "manifest.json",
                "mime": "application/json",
                "description": "参数与数据的清单",
                "text": '{"region": "洛阳"}',
            }
        ],
    }
    return nbformat.from_dict(notebook)


def make_foreign() -> NotebookNode:
    frame = pd.DataFrame({("a", "x"): [1, 2], ("a", "y"): [3.5, 4.0], ("b", "z"): ["k", "<m>"]})
    evil = '<div onclick="steal()"><script>steal()</script><h1>Big</h1><img src="http://x.example/i.png">'
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# My analysis\n\nSome *prose*, a <b>tag</b>, $E=mc^2$."),
            new_markdown_cell(
                "### Skipped a level\n\n<script>steal()</script>\n\n[bad](javascript:steal)"
            ),
            shown({"text/html": frame._repr_html_(), "text/plain": "frame"}, code="frame"),
            shown({"text/html": evil + "visible</div>", "text/plain": "evil"}, code="evil"),
            shown({"image/png": png(), "text/plain": "<Figure>"}, code="plot()"),
            shown({"text/latex": "$\\displaystyle \\frac{x}{2}$", "text/plain": "x/2"}, code="x/2"),
            shown({"text/html": "<script>plotly()</script>", "text/plain": "fallback"}, code="p"),
            new_code_cell("print(1)", outputs=[new_output("stream", text="printed #1 *text*\n")]),
        ]
    )
    for position, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{position}"
    return nbformat.from_dict(notebook)


@pytest.fixture
def report() -> NotebookNode:
    return make_report("zh")


@pytest.fixture
def english_report() -> NotebookNode:
    return make_report("en")


@pytest.fixture
def foreign() -> NotebookNode:
    return make_foreign()


@pytest.fixture
def exhibit_bundle() -> Callable[..., dict[str, Any]]:
    return bundle


@pytest.fixture
def show() -> Callable[..., NotebookNode]:
    return shown


@pytest.fixture
def image() -> str:
    """A PNG, in Base64."""
    return png()


@pytest.fixture
def table_of() -> Callable[..., dict[str, Any]]:
    return cells_of


@pytest.fixture
def chapter() -> Callable[..., NotebookNode]:
    """Make a report of one chapter from cells."""

    def make(*cells: NotebookNode, language: str = "zh") -> NotebookNode:
        notebook = make_report(language)
        notebook.cells = list(cells)
        for position, cell in enumerate(cells, start=1):
            cell.metadata["lyanalysis"] = {"chapter": "04_test", "number": 4, "cell": position}
            cell["id"] = f"cell-{position}"
        return nbformat.from_dict(notebook)

    return make


@pytest.fixture
def page_of() -> Callable[..., str]:
    def export(notebook: NotebookNode, **traits: Any) -> str:
        return HTMLReportExporter(**traits).from_notebook_node(notebook)[0]

    return export


@pytest.fixture
def pdf_of() -> Callable[..., bytes]:
    def export(notebook: NotebookNode, **traits: Any) -> bytes:
        return PDFReportExporter(**traits).from_notebook_node(notebook)[0]

    return export


@pytest.fixture(scope="session")
def report_pdf() -> bytes:
    return PDFReportExporter().from_notebook_node(make_report("zh"))[0]


@pytest.fixture(scope="session")
def report_page() -> BeautifulSoup:
    return BeautifulSoup(
        HTMLReportExporter().from_notebook_node(make_report("zh"))[0], "html.parser"
    )


@pytest.fixture
def read_pdf(tmp_path: Path) -> Callable[..., str]:
    """Read a PDF with a program of Poppler, for example ``read_pdf(pdf, "pdftotext", "-raw")``."""

    def read(pdf: bytes, program: str, *options: str) -> str:
        if shutil.which(program) is None:
            pytest.skip(f"{program} (Poppler) is not installed, so the PDF cannot be read back")
        path = tmp_path / "report.pdf"
        path.write_bytes(pdf)
        target = ["-"] if program == "pdftotext" else []
        finished = subprocess.run(
            [program, *options, str(path), *target], capture_output=True, check=True
        )
        return finished.stdout.decode("utf-8")

    return read


@pytest.fixture
def nasty() -> str:
    return NASTY
