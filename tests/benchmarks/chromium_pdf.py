"""nbconvert's ``webpdf`` with the Chromium of the system, which it cannot be told to use."""

from __future__ import annotations

import shutil
from typing import Any

from nbconvert.exporters import WebPDFExporter

OPTIONS = (
    "--disable-gpu",
    # Nothing resolves: the page's own requests fail at once instead of being waited for.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class ChromiumPDFExporter(WebPDFExporter):
    """Everything is stock but the path of the browser."""

    def run_playwright(self, html: str) -> bytes:
        """Print a page.

        Parameters
        ----------
        html : str
            The page.

        Returns
        -------
        bytes
            The PDF file.
        """
        # Installed for this and the browser tests alone; requirements-browser.lock has it.
        from playwright.async_api import BrowserType

        found = shutil.which("chromium") or shutil.which("google-chrome")
        if found is None:
            raise RuntimeError("chromium is not on the PATH")
        launch = BrowserType.launch

        async def launch_found(self: BrowserType, **options: Any) -> Any:
            return await launch(self, executable_path=found, **options)

        self.browser_args = [*OPTIONS]
        self.disable_sandbox = True
        BrowserType.launch = launch_found  # type: ignore[method-assign, assignment]
        try:
            return super().run_playwright(html)
        finally:
            BrowserType.launch = launch  # type: ignore[method-assign]
