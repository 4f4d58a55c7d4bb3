"""The page as readers use it: heard, typed at, sorted, copied, in the dark and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing resolves: a page that needs the network cannot hide it.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    # Installed for these tests alone; requirements-browser.lock has it.
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "these tests need chromium on the PATH; .ci/run installs it"
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=found, args=[*OPTIONS])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Any) -> Iterator[Any]:
    """Return a function that opens a page and fails on the first complaint of its console."""
    contexts = []

    def open_page(path: Path, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        assert complaints == []
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_in_the_way_of_anybody(
    opened: Any, scheme: str, language: str, luoyang: Path, luoyang_in_english: Path
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    folder = luoyang if language == "zh" else luoyang_in_english
    # The policy of the page forbids the checker's own script.
    page = opened(folder / "report.html", color_scheme=scheme, bypass_csp=True)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, found.generate_report()


def test_a_fault_would_be_found(opened: Any, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = tmp_path / "page.html"
    page.write_text("<html><body><img src='data:,'><p style='color:#eee'>pale</p>", "utf-8")
    found = Axe().run(
        opened(page), options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}}
    )
    assert {violation["id"] for violation in found.response["violations"]} >= {
        "image-alt",
        "color-contrast",
        "html-has-lang",
    }


def column(page: Any, id: str, number: int) -> list[str]:
    return page.eval_on_selector_all(
        f"#{id} tbody tr", f"rows => rows.map(row => row.cells[{number}].innerText.trim())"
    )


def test_a_table_sorts_by_number_and_back(opened: Any, luoyang: Path) -> None:
    page = opened(luoyang / "report.html")
    heads = page.locator("#scorecard thead th")
    before = column(page, "scorecard", 1)
    as_numbers = [float(text) for text in before if text != "—"]
    heads.nth(1).locator("button").click()
    assert [float(text) for text in column(page, "scorecard", 1) if text != "—"] == sorted(
        as_numbers
    )
    assert heads.nth(1).get_attribute("aria-sort") == "ascending"
    heads.nth(1).locator("button").press("Enter")
    assert [float(text) for text in column(page, "scorecard", 1) if text != "—"] == sorted(
        as_numbers, reverse=True
    )
    heads.nth(1).locator("button").click()
    assert column(page, "scorecard", 1) == before
    assert heads.nth(1).get_attribute("aria-sort") is None
    heads.nth(3).locator("button").click()
    assert column(page, "scorecard", 3)[-1] == "—", "what is missing stands last"


def test_a_table_can_be_copied_into_a_spreadsheet(opened: Any, luoyang: Path) -> None:
    page = opened(luoyang / "report.html", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#scorecard .copy").click()
    page.wait_for_function("document.querySelector('#scorecard [role=status]').textContent")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert len(lines) == 1 + page.locator("#scorecard tbody tr").count()
    assert len({line.count("\t") for line in lines}) == 1


def test_the_contents_follow_the_reader(opened: Any, luoyang: Path) -> None:
    page = opened(luoyang / "report.html")
    links = page.locator(".contents a")
    marked = page.locator(".contents a[aria-current]")
    assert marked.count() == 1
    assert marked.inner_text() == links.first.inner_text()
    last = links.nth(links.count() - 1)
    last.click()
    page.wait_for_function(
        "link => link.hasAttribute('aria-current')", arg=last.element_handle(), timeout=30_000
    )
    assert marked.count() == 1


def test_without_scripts_nothing_is_missing(opened: Any, luoyang: Path) -> None:
    page = opened(luoyang / "report.html", java_script_enabled=False)
    assert page.locator("button").count() == 0
    assert page.locator(".download a").count() > 0


def test_letters_of_figures_come_from_the_page(opened: Any, luoyang: Path) -> None:
    page = opened(luoyang / "report.html")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.size)") == 1
    assert page.evaluate("[...document.fonts][0].status") == "loaded"
    assert page.locator("figure svg text").count() > 0
