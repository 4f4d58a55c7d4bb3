"""JupyterLab as its users have it: the page it opens at, and the menu that exports a notebook."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from lab_server import Server, running_lab

from lyanalysis.report.start import copy_notebooks

pytestmark = pytest.mark.browser

NAMES = {"zh": ("文件", "保存并导出笔记本为"), "en": ("File", "Save and Export Notebook As")}
"""The menus of JupyterLab on the way to the exporters."""


@pytest.fixture(scope="module", params=["zh", "en"])
def lab(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Server]]:
    """``make lab`` in a language, on a copy of the notebooks with one more that has been run."""
    folder = tmp_path_factory.mktemp("lab")
    notebooks = copy_notebooks(folder)[0].parent
    note = nbformat.v4.new_notebook()
    note.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    note.metadata.title = "一页笔记"
    note.cells = [
        nbformat.v4.new_markdown_cell("# 一页笔记\n\n结构在变。"),
        nbformat.v4.new_code_cell("import pandas as pd\npd.DataFrame({'份额': [12.5, 14.0]})"),
    ]
    nbformat.write(note, notebooks / "note.ipynb")
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--execute", "--inplace", "--to", "notebook", "note"],
        cwd=notebooks,
        check=True,
        capture_output=True,
    )
    words = (f"LAB_FOLDER={notebooks}", f"LAB_LANGUAGE={request.param}")
    with running_lab(folder, *words) as server:
        yield request.param, server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    # Installed for these tests alone; requirements-browser.lock has it.
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "these tests need chromium on the PATH; .ci/run installs it"
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any, lab: tuple[str, Server]) -> Iterator[Any]:
    _, server = lab
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    # JupyterLab's own window ends as soon as it turns out to be a file, too early to be watched.
    context.add_init_script(
        "window.open = url => Object.assign(document.createElement('a'), {href: url}).click()"
    )
    page = context.new_page()
    page.goto(f"{server.url}?token={server.token}")
    page.wait_for_selector(".jp-RenderedMarkdown h1")
    yield page
    context.close()


def test_it_opens_at_the_start_page(page: Any, lab: tuple[str, Server]) -> None:
    language, _ = lab
    assert page.url.endswith(f"/lab/tree/start.{language}.md")
    shown = page.locator(".jp-RenderedMarkdown")
    heading = {"zh": "从这里开始", "en": "Start here"}[language]
    assert shown.locator("h1").inner_text().startswith(heading)
    assert page.locator(".jp-FileEditor").count() == 0, "it is to be read"
    shown.locator("a", has_text="2 ").first.click()
    title = {"zh": "产业结构与产业集群", "en": "Industrial structure and clusters"}[language]
    page.wait_for_selector(f".jp-Notebook h1:has-text('{title}')")


def test_the_menu_exports_a_page_and_a_pdf(page: Any, lab: tuple[str, Server]) -> None:
    language, server = lab
    # A menu that is opened before the server has named its exporters stays without them.
    with page.expect_response(lambda reply: "/api/nbconvert" in reply.url):
        page.goto(f"{server.url}lab/tree/note.ipynb")
    page.wait_for_selector(".jp-Notebook h1:has-text('一页笔记')")
    page.wait_for_timeout(1000)
    for kind in ("HTML", "PDF"):
        download, response = export(page, language, f"Lyanalysis_{kind}")
        suffix = kind.lower()
        assert download.suggested_filename == f"note.{suffix}"
        mime = {"html": "text/html", "pdf": "application/pdf"}[suffix]
        assert response.ok
        assert response.headers["content-type"].startswith(mime)
        content = Path(download.path()).read_bytes()
        if suffix == "pdf":
            assert content.startswith(b"%PDF-")
            assert b"/Lang(zh-CN)" in content
        else:
            text = content.decode()
            assert '<html lang="zh-CN">' in text
            assert "12.5" in text


def export(page: Any, language: str, label: str) -> tuple[Any, Any]:
    """Go through the menus and return the file and the reply to asking once more."""
    menu, submenu = NAMES[language]
    page.locator(".lm-MenuBar-itemLabel", has_text=menu).first.click()
    page.locator(".lm-Menu-itemLabel", has_text=submenu).click()
    offered = page.locator(".lm-Menu-itemLabel", has_text=re.compile("lyanalysis", re.I))
    # The names come from the server, which is asked when the first notebook opens.
    offered.first.wait_for()
    assert offered.all_inner_texts() == ["Lyanalysis_HTML", "Lyanalysis_PDF"], "only what works"
    with page.expect_download() as expected:
        offered.filter(has_text=label).click()
    reply = page.request.get(expected.value.url, headers={"referer": page.url})
    return expected.value, reply
