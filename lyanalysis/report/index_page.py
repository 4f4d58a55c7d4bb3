"""The page that lists the reports of a folder: what exists, how old it is, what failed."""

from __future__ import annotations

import json
import re
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
ID = re.compile("(?P<region>[0-9]{6})/(?P<year>[0-9]{4})-(?P<language>zh|en)")
"""Identifiers, which are also paths of folders."""
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
        ``410300/2025-zh``; safe in a page and in a link.
    parameters : dict
        From its manifest; empty where only a failure is there, or the manifest is damaged.
    files : tuple of str
        Those a reader may open.
    made : datetime or None
        When it was made.
    failure : str
        What the last run ended in, if it failed; else empty.
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
    records = [*out.glob("*/*/run.json"), *out.glob("*/*.failed/failure.json")]
    folders = {path.parent.relative_to(out).as_posix().removesuffix(".failed") for path in records}
    # Others are in the middle of an exchange, or a user's.
    ids = [found for folder in folders if (found := ID.fullmatch(folder))]
    ids.sort(key=lambda found: (found["region"], -int(found["year"]), found["language"]))
    return [_listed(out, found[0]) for found in ids]


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
        # A message may hold half a character, which no encoding knows.
        fresh.write_text(page, encoding="utf-8", errors="replace")
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
    region, year, language = re.split("[/-]", report.id)
    links = " ".join(
        f'<a href="{report.id}/{file}">{Path(file).suffix[1:]}</a>' for file in report.files
    )
    made = "" if report.made is None else f"{report.made:%Y-%m-%d %H:%M}"
    age = "" if report.made is None else f"{(now - report.made).days}"
    status = (
        f'<span class="failed">未更新 not renewed: {escape(report.failure)}</span>'
        if report.failure
        else "完好 good"
    )
    told = [
        f"{name}={', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in report.parameters.items()
        if name not in {"region", "year", "language"} and value != []
    ]
    cells = (
        f"<td>{region} {escape(_name(region))}</td>",
        f'<td class="number">{year}</td>',
        f"<td>{language}</td>",
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
    failed = failure_file(folder)
    failure = str(_read(failed).get("message") or "unknown") if failed.is_file() else ""
    made = None
    with suppress(ValueError, KeyError, TypeError):
        # A moment without its zone cannot be compared with others.
        moment = datetime.fromisoformat(run["end"])
        made = moment if moment.tzinfo else None
    files = tuple(file for file in (*FORMATS.values(), "report.ipynb") if (folder / file).is_file())
    parameters = manifest.get("parameters")
    shown = parameters if isinstance(parameters, dict) else {}
    return Listed(id, shown, files, made, failure)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
