"""The published page in a real browser with the network off."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=5000",
    # Nothing resolves: a page that needs the network cannot hide it.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


@pytest.fixture(scope="session")
def browser() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "these tests need chromium on the PATH; .ci/run installs it"
    return found


def visit(browser: str, page: Path, profile: Path, *options: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [
            browser,
            *OPTIONS,
            f"--user-data-dir={profile}",
            "--enable-logging=stderr",
            "--v=0",
            *options,
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


def requests_of(log: Path) -> set[str]:
    """Return what the page asked the network for; the browser's own requests have no initiator."""
    events = json.loads(log.read_text(encoding="utf-8"))["events"]
    starts = [event.get("params", {}) for event in events]
    return {
        start["url"]
        for start in starts
        if re.match(r"(https?|wss?):", str(start.get("url")))
        and start.get("initiator", "not an origin") != "not an origin"
    }


def net_log(folder: Path) -> tuple[Path, list[str]]:
    log = folder / "net.json"
    return log, ["--dump-dom", f"--log-net-log={log}", "--net-log-capture-mode=Everything"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_opens_without_network_and_without_complaint(
    browser: str,
    language: str,
    luoyang: Path,
    luoyang_in_english: Path,
    exhibits_of: Callable[[Path], dict[str, dict[str, Any]]],
    tmp_path: Path,
) -> None:
    folder = luoyang if language == "zh" else luoyang_in_english
    kinds = Counter(exhibit["kind"] for exhibit in exhibits_of(folder).values())
    log, options = net_log(tmp_path)
    seen = visit(browser, folder / "report.html", tmp_path / "profile", *options)
    assert not requests_of(log)
    assert "CONSOLE" not in seen.stderr, seen.stderr
    assert seen.stdout.count('role="img"') == kinds["figure"] > 0
    assert seen.stdout.count("<table") >= kinds["table"] > 0


def test_a_page_that_asks_or_complains_would_be_caught(browser: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<img src="http://example.invalid/x.png"><script>console.error("no")</script>',
        encoding="utf-8",
    )
    log, options = net_log(tmp_path)
    seen = visit(browser, page, tmp_path / "profile", *options)
    assert requests_of(log) == {"http://example.invalid/x.png"}
    assert "CONSOLE" in seen.stderr


def widths(browser: str, page: Path, width: int, folder: Path) -> list[int]:
    """Measure in the page itself, with a frame of the given width around a copy of it."""
    copy = folder / "report.html"
    text = page.read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    probe = (
        "<script>addEventListener('load',()=>{document.title=JSON.stringify("
        "[document.documentElement.scrollWidth,innerWidth])})</script></body>"
    )
    copy.write_text(text.replace("</body>", probe), encoding="utf-8")
    outer = folder / "outer.html"
    outer.write_text(
        f'<iframe id="f" src="report.html" style="width:{width}px;height:900px;border:0"></iframe>'
        "<script>addEventListener('load',()=>{document.title="
        "document.getElementById('f').contentDocument.title})</script>",
        encoding="utf-8",
    )
    seen = visit(
        browser,
        outer,
        folder / "profile",
        "--dump-dom",
        "--allow-file-access-from-files",
    )
    found = re.search(r"<title>(\[.*?\])</title>", seen.stdout)
    assert found, seen.stdout[:500]
    return json.loads(found.group(1))


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_window(
    browser: str, width: int, luoyang: Path, tmp_path: Path
) -> None:
    content, window = widths(browser, luoyang / "report.html", width, tmp_path)
    assert window == width
    assert content <= width


def test_the_reference_of_indicators_is_a_page_like_any_other(browser: str, tmp_path: Path) -> None:
    page = tmp_path / "indicators.html"
    command = [sys.executable, "-m", "lyanalysis", "indicators", "--html", str(page)]
    subprocess.run(command, check=True, timeout=120)
    log, options = net_log(tmp_path)
    seen = visit(browser, page, tmp_path / "profile", *options)
    assert not requests_of(log)
    assert "CONSOLE" not in seen.stderr, seen.stderr
    assert seen.stdout.count('<math display="block"') > 20
    content, window = widths(browser, page, 390, tmp_path)
    assert content <= window == 390
