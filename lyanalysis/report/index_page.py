"""The page that lists the reports of a folder: what exists, how old it is, what failed."""

from __future__ import annotations

import json
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from lyanalysis import catalog
from lyanalysis.errors import ParameterError
from lyanalysis.report.formats import FORMATS
from lyanalysis.report.publishing import failure_file

NAME = "index.html"
STYLE = """
body { font: 1rem/1.5 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; margin: 2rem;
  color: #1a1a1a; background: #fff; max-width: 75rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .35rem .75rem; border-bottom: 1px solid #ccc;
  vertical-align: top }
th { border-bottom: 2px solid #1a1a1a; white-space: nowrap }
.number { text-align: right; white-space: nowrap }
.failed { color: #a01010 }
@media (prefers-color-scheme: dark) {
  body { color: #eee; background: #181818 } th { border-color: #eee } td { border-color: #555 }
  a { color: #8cc8ff } .failed { color: #ff9b9b } }
"""
HEADINGS = ("地区 Region", "年份 Year", "语言 Language", "参数 Parameters", "文件 Files")
HEADINGS_LATER = ("生成时间 Made (UTC)", "已过天数 Age, days", "状态 Status")


@dataclass(frozen=True, slots=True)
class Listed:
    """One report of a folder, as far as its records tell.

    Attributes
    ----------
    id : str
        ``410300/2025-zh``.
    parameters : dict
        From its manifest; empty where only a failure is there.
    files : tuple of str
        Those a reader may open.
    made : datetime or None
        When it was made.
    failure : str
        What the last run ended in, if it failed.
    """

    id: str
    parameters: dict[str, Any]
    files: tuple[str, ...]
    made: datetime | None
    failure: str


def list_reports(out: Path) -> list[Listed]:
    """Read the records of all reports in a folder.

    Parameters
    ----------
    out : Path
        Folder of reports.

    Returns
    -------
    list of Listed
        By region, then newest year.
    """
    ids = {f"{path.parent.parent.name}/{path.parent.name}" for path in out.glob("*/*/run.json")}
    ids |= {
        f"{path.parent.parent.name}/{path.parent.name.removesuffix('.failed')}"
        for path in out.glob("*/*.failed/failure.json")
    }
    # Folders that are being exchanged begin with a dot.
    shown = [id for id in ids if "/." not in id and not id.endswith(".previous")]
    return sorted(
        (_listed(out, id) for id in shown),
        key=lambda one: (one.id.split("/")[0], -int(one.parameters.get("year", 0)), one.id),
    )


def write_index(out: Path, *, now: datetime | None = None) -> None:
    """Write the page, in the place of the one that is there.

    Parameters
    ----------
    out : Path
        Folder of reports.
    now : datetime, optional
        Moment for which ages are given.
    """
    page = render_index(list_reports(out), now or datetime.now(UTC))
    fresh = out / f".{uuid.uuid4().hex[:12]}.index.tmp"
    try:
        for left in out.glob(".*.index.tmp"):
            left.unlink(missing_ok=True)
        fresh.write_text(page, encoding="utf-8")
        fresh.replace(out / NAME)
    except OSError:
        # The reports are what counts; the next run writes the page again.
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def render_index(reports: list[Listed], now: datetime) -> str:
    """Return the page.

    Parameters
    ----------
    reports : list of Listed
        What it lists.
    now : datetime
        Moment for which ages are given.

    Returns
    -------
    str
        HTML of one file, without script and without a request to anywhere.
    """
    rows = "\n".join(_row(one, now) for one in reports)
    head = "".join(f'<th scope="col">{one}</th>' for one in (*HEADINGS, *HEADINGS_LATER))
    failed = sum(bool(one.failure) for one in reports)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>报告目录 Reports</title>
<style>{STYLE}</style>
</head>
<body>
<h1>报告目录 <span lang="en">Reports</span></h1>
<p>{len(reports)} 份报告，{failed} 份最近一次未能更新。
<span lang="en">{len(reports)} listed, {failed} not renewed by the last run.</span></p>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def _row(report: Listed, now: datetime) -> str:
    region, _, rest = report.id.partition("/")
    year, _, language = rest.partition("-")
    links = " ".join(
        f'<a href="{escape(report.id)}/{escape(file)}">{escape(Path(file).suffix[1:])}</a>'
        for file in report.files
    )
    made = "" if report.made is None else f"{report.made:%Y-%m-%d %H:%M}"
    age = "" if report.made is None else f"{(now - report.made).days}"
    status = (
        f'<span class="failed">未更新 not renewed: {escape(report.failure)}</span>'
        if report.failure
        else "完好 good"
    )
    told = [f"first_year={report.parameters['first_year']}"] if report.parameters else []
    told += (
        [f"peers={', '.join(report.parameters['peers'])}"] if report.parameters.get("peers") else []
    )
    cells = (
        f"<td>{escape(region)} {escape(_name(region))}</td>",
        f'<td class="number">{escape(year)}</td>',
        f"<td>{escape(language)}</td>",
        f"<td>{escape('; '.join(told))}</td>",
        f"<td>{links}</td>",
        f'<td class="number">{made}</td>',
        f'<td class="number">{age}</td>',
        f"<td>{status}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _name(region: str) -> str:
    try:
        return catalog.region_name(region, "zh")
    except (KeyError, ParameterError):
        # A report on data of somebody's own, which are not at hand now.
        return ""


def _listed(out: Path, id: str) -> Listed:
    folder = out / id
    manifest, run = _read(folder / "manifest.json"), _read(folder / "run.json")
    failure = _read(failure_file(folder))
    made = None
    with suppress(ValueError, KeyError, TypeError):
        made = datetime.fromisoformat(run["end"])
    files = tuple(file for file in (*FORMATS.values(), "report.ipynb") if (folder / file).is_file())
    return Listed(id, manifest.get("parameters", {}), files, made, str(failure.get("message", "")))


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
