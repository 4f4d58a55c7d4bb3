"""The exporters of JupyterLab's menu *Save and Export Notebook As*.

The menu shows the name of an entry point, its first letter large, and puts the same name into the
address of the download, which takes letters, digits and underscores only: hence names of their
own, which read the same in either language.
"""

from __future__ import annotations

from lyanalysis.export.html import HTMLReportExporter
from lyanalysis.export.pdf import PDFReportExporter


class HTMLMenuExporter(HTMLReportExporter):
    """``lyanalysis-html`` under the name ``Lyanalysis_HTML``."""

    is_in_menu = True


class PDFMenuExporter(PDFReportExporter):
    """``lyanalysis-pdf`` under the name ``Lyanalysis_PDF``."""

    is_in_menu = True
