from __future__ import annotations

import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lyanalysis.report.index_page import list_reports, render_index, write_index

NOW = datetime(2026, 9, 10, 12, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>\udcff"
VOID = {"meta"}


class Page(HTMLParser):
    """A page as a browser sees it: rows of cells, links, and whether it is well formed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append(str(dict(attrs)["href"]))
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & {*self.open}:
            self.rows[-1][-1] += data


def page(out: Path) -> Page:
    return Page(render_index(list_reports(out), NOW))


def write(folder: Path, **files: object) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        file = folder / name.replace("_", ".")
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")


def parameters(**others: object) -> dict[str, object]:
    return {"parameters": {"region": "410300", "first_year": 2010, "peers": ["410100"], **others}}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    good = {"manifest_json": parameters(), "run_json": {"end": "2026-09-08T08:30:00.000+00:00"}}
    write(tmp_path / "410300" / "2025-zh", **good, report_html="", report_pdf="", other_txt="")
    write(tmp_path / "410300" / "2024-en", **good, tables_xlsx="")
    write(tmp_path / "410100" / "2025-zh", **good)
    write(tmp_path / "410100" / "2025-zh.failed", failure_json={"message": "no figures\nat all"})
    write(tmp_path / "410100" / "2025-en.failed", failure_json={"message": HOSTILE})
    return tmp_path


def test_every_report_is_listed_with_age_parameters_and_status(out: Path) -> None:
    heading, *rows = page(out).rows
    assert heading[0] == "地区 Region"
    assert rows == [
        ["410100 郑州市", "2025", "en", "", "", "", "", f"未更新 not renewed: {HOSTILE}"],
        [
            "410100 郑州市",
            "2025",
            "zh",
            "first_year=2010; peers=410100",
            "",
            "2026-09-08 08:30",
            "2",
            "未更新 not renewed: no figures\nat all",
        ],
        [
            "410300 洛阳市",
            "2025",
            "zh",
            "first_year=2010; peers=410100",
            "html pdf",
            "2026-09-08 08:30",
            "2",
            "完好 good",
        ],
        [
            "410300 洛阳市",
            "2024",
            "en",
            "first_year=2010; peers=410100",
            "xlsx",
            "2026-09-08 08:30",
            "2",
            "完好 good",
        ],
    ]


def test_links_lead_to_files_that_are_there(out: Path) -> None:
    links = page(out).links
    assert links == [
        "410300/2025-zh/report.html",
        "410300/2025-zh/report.pdf",
        "410300/2024-en/tables.xlsx",
    ]
    assert all((out / link).is_file() for link in links)


def test_no_text_becomes_markup(out: Path) -> None:
    write(
        out / "410200" / "2025-zh",
        manifest_json=parameters(peers=[HOSTILE], **{HOSTILE: HOSTILE}),
        run_json={"end": HOSTILE},
    )
    found = page(out)
    assert not {"script", "img"} & found.tags
    (row,) = (row for row in found.rows if row[0].startswith("410200"))
    assert row[3] == f"first_year=2010; peers={HOSTILE}; {HOSTILE}={HOSTILE}"
    assert "default-src 'none'" in render_index([], NOW)


@pytest.mark.parametrize(
    "name",
    [
        "javascript:alert(1)/2025-zh",
        "410300/2025-zh.previous",
        "410300/.2025-zh.0123456789ab.tmp",
        "410300/2025-fr",
        "410300/<b>",
        "41030/2025-zh",
    ],
)
def test_other_folders_are_not_listed(out: Path, name: str) -> None:
    before = list_reports(out)
    write(out / name, manifest_json=parameters(), run_json={})
    assert list_reports(out) == before


@pytest.mark.parametrize(
    "damaged", ["", "[]", "null", "{", '{"parameters": []}', '{"parameters": {"year": "x"}}']
)
def test_a_damaged_manifest_is_listed_all_the_same(out: Path, damaged: str) -> None:
    (out / "410300" / "2025-zh" / "manifest.json").write_text(damaged, "utf-8")
    (row,) = (row for row in page(out).rows if row[:3] == ["410300 洛阳市", "2025", "zh"])
    assert "410100" not in row[3]
    assert row[4:] == ["html pdf", "2026-09-08 08:30", "2", "完好 good"]


@pytest.mark.parametrize(
    "damaged",
    ["", "[]", "\udcff", '{"end": 7}', '{"end": "yesterday"}', '{"end": "2026-09-08T08:30:00"}'],
)
def test_a_damaged_record_of_the_run_leaves_the_age_open(out: Path, damaged: str) -> None:
    record = out / "410300" / "2025-zh" / "run.json"
    record.write_bytes(damaged.encode(errors="surrogateescape"))
    (row,) = (row for row in page(out).rows if row[:3] == ["410300 洛阳市", "2025", "zh"])
    assert row[5:] == ["", "", "完好 good"]


@pytest.mark.parametrize("damaged", ["", "[]", "{}", '{"message": ""}', '{"message": null}'])
def test_a_failure_whose_record_is_damaged_is_a_failure(out: Path, damaged: str) -> None:
    (out / "410100" / "2025-zh.failed" / "failure.json").write_text(damaged, "utf-8")
    (row,) = (row for row in page(out).rows if row[:3] == ["410100 郑州市", "2025", "zh"])
    assert row[-1] == "未更新 not renewed: unknown"


def test_a_region_that_is_not_at_hand_has_its_code(out: Path) -> None:
    write(out / "999999" / "2025-zh", manifest_json=parameters(), run_json={})
    assert page(out).rows[-1][0] == "999999 "


def test_the_page_replaces_the_one_before(out: Path) -> None:
    (out / "index.html").write_text("old")
    (out / ".0123.index.tmp").write_text("left by a run that was killed")
    write_index(out, now=NOW)
    assert len(Page((out / "index.html").read_text("utf-8")).rows) == 5
    assert not [*out.glob(".*.tmp")]


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    write_index(tmp_path / "none")
    assert not (tmp_path / "none").exists()
