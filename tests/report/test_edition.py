from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from pypdf import PdfWriter

from lyanalysis.errors import EditionError
from lyanalysis.report.attached import attached_files
from lyanalysis.report.edition import parse_manifest, read_edition, read_files

pytestmark = pytest.mark.slow


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """Return a copy of the report, to be spoiled."""
    return Path(shutil.copytree(published, tmp_path / "copy"))


def test_the_notebook_has_a_line_for_each_cell_and_reads_like_any_other(published: Path) -> None:
    text = (published / "report.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert [json.loads(line.rstrip(",")) for line in text.splitlines()[1:-1]] == notebook.cells
    assert nbformat.reads(nbformat.writes(notebook), as_version=4) == notebook


def test_folder_and_pdf_give_the_same_edition(published: Path) -> None:
    folder = read_edition(published)
    pdf = read_edition(published / "report.pdf")
    assert (folder.is_pdf, pdf.is_pdf) == (False, True)
    assert folder.manifest == pdf.manifest
    assert folder.notebook == pdf.notebook
    assert folder.manifest.parameters.region == "419901"
    assert {one.file for one in folder.manifest.data if one.file.startswith("own/")} == {
        "own/observations/example.csv",
        "own/regions.csv",
        "own/sources.csv",
    }
    assert set(pdf.files) == {
        "manifest.json",
        "report.ipynb",
        "tables.xlsx",
        "figure-1-1-sector-shares.csv",
        "table-1-1-sector-accounts.csv",
    }
    assert all(pdf.files[name] == folder.files[name] for name in pdf.files if "-1-1-" not in name)


def test_what_viewers_of_folders_add_is_passed_over(copy: Path) -> None:
    before = read_files(copy)
    for name in (".DS_Store", "desktop.ini", "Thumbs.db"):
        (copy / name).touch()
    assert read_files(copy) == before


def test_a_pdf_that_is_cut_off_is_told_in_one_line(copy: Path) -> None:
    pdf = (copy / "report.pdf").read_bytes()
    for length in (5, 1000, len(pdf) // 2, len(pdf) - 10):
        (copy / "report.pdf").write_bytes(pdf[:length])
        with pytest.raises(EditionError, match=r"report\.pdf: this PDF is cut off or damaged \("):
            read_edition(copy / "report.pdf")


def test_a_flipped_bit_in_a_compressed_part_is_noticed(published: Path) -> None:
    pdf = (published / "report.pdf").read_bytes()
    start = pdf.index(b"stream", pdf.index(b"/FlateDecode")) + 200
    spoiled = pdf[:start] + bytes([pdf[start] ^ 1]) + pdf[start + 1 :]
    assert "report.ipynb" in attached_files(pdf, Path("whole.pdf"))
    with pytest.raises(EditionError, match=r"^spoiled\.pdf: this PDF is cut off or damaged"):
        attached_files(spoiled, Path("spoiled.pdf"))


def test_what_the_reader_of_pdfs_would_log_is_told_instead(
    published: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pdf = (published / "report.pdf").read_bytes()
    table = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    entry = pdf.index(b" 00000 n", table) - 1
    spoiled = pdf[:entry] + bytes([pdf[entry] ^ 1]) + pdf[entry + 1 :]
    with pytest.raises(EditionError, match=r"cut off or damaged \("):
        attached_files(spoiled, Path("spoiled.pdf"))
    assert caplog.records == []


def test_a_pdf_of_somebody_else_is_none_of_ours(tmp_path: Path) -> None:
    other = PdfWriter()
    other.add_blank_page(100, 100)
    other.write(tmp_path / "other.pdf")
    with pytest.raises(EditionError, match=r"this PDF carries no manifest\.json, so it is no rep"):
        read_edition(tmp_path / "other.pdf")
    (tmp_path / "text.pdf").write_text("not at all")
    with pytest.raises(EditionError, match=r"text\.pdf: is no PDF; name the folder"):
        read_edition(tmp_path / "text.pdf")


def test_a_folder_without_a_report_names_one_below(published: Path, tmp_path: Path) -> None:
    with pytest.raises(EditionError, match=f"no published report; did you mean {published}\\?"):
        read_edition(published.parents[1])
    with pytest.raises(EditionError, match="no published report; name the folder that 'lyanal"):
        read_edition(tmp_path)
    with pytest.raises(EditionError, match="nowhere: cannot be read: No such file or directory"):
        read_edition(tmp_path / "nowhere")


def test_a_manifest_of_a_later_format_asks_for_a_newer_version() -> None:
    later = {"manifest.json": b'{"format": 99, "all": "else"}'}
    with pytest.raises(EditionError, match=r"has format 99, this version .* reads formats up to"):
        parse_manifest(later, Path("report"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda _: "{", r"manifest\.json is damaged \(as a whole: Invalid JSON"),
        (lambda manifest: {**manifest, "data": 1}, r"manifest\.json is damaged \(data: "),
        (
            lambda manifest: {**manifest, "parameters": {**manifest["parameters"], "year": "x"}},
            r"manifest\.json is damaged \(parameters\.year: ",
        ),
    ],
)
def test_a_damaged_manifest_is_told_with_its_place(copy: Path, spoil: Any, message: str) -> None:
    spoiled = spoil(json.loads((copy / "manifest.json").read_text(encoding="utf-8")))
    text = spoiled if isinstance(spoiled, str) else json.dumps(spoiled)
    (copy / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(EditionError, match=message):
        read_edition(copy)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"cells"', '"sells"'),
        ('"chapter":"accounts"', '"capital":"accounts"'),
        ('"caption"', '"title"'),
        ('"rows":[', '"rows":[[1],'),
    ],
)
def test_a_damaged_notebook_is_told_in_one_line(copy: Path, old: str, new: str) -> None:
    text = (copy / "report.ipynb").read_text(encoding="utf-8")
    assert old in text
    (copy / "report.ipynb").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(EditionError, match=r"report\.ipynb is damaged \(") as caught:
        read_edition(copy)
    assert "\n" not in str(caught.value)
