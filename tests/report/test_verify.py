from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from editions import Bench
from pypdf import PdfWriter

from lyanalysis import catalog
from lyanalysis.errors import ChapterError, EditionError
from lyanalysis.export.exhibit import MIME
from lyanalysis.report.edition import read_edition
from lyanalysis.report.plan import read_plan
from lyanalysis.report.rerun import first_difference, rerun
from lyanalysis.report.verify import Finding, Verification, verify

pytestmark = pytest.mark.slow

PDF_AND_NOTEBOOK = {"report.pdf", "report.ipynb"}


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """Return a copy of the report, to be spoiled."""
    return Path(shutil.copytree(published, tmp_path / "copy"))


def check(path: Path, bench: Bench) -> Verification:
    return verify(path, read_plan(bench.notebooks))


def amiss(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(one.part, one.name, one.state) for one in findings if one.state != "same"]


@pytest.mark.parametrize("name", [".", "report.pdf"])
def test_an_untouched_report_is_intact(published: Path, at_hand: Bench, name: str) -> None:
    found = check(published / name, at_hand)
    assert amiss(found.report) == amiss(found.inputs) == []
    assert (found.is_intact, found.has_same_inputs) == (True, True)
    names = {(one.part, one.name) for one in (*found.report, *found.inputs)}
    assert {
        ("attached", "manifest.json"),
        ("attached", "report.ipynb"),
        ("attached", "tables.xlsx"),
        ("attached", "figure-1-1-sector-shares.csv"),
        ("data", "own/observations/example.csv"),
        ("data", "own/"),
        ("data", "observations/accounts.csv"),
        ("notebooks", "report.toml"),
        ("notebooks", "accounts.ipynb"),
        ("package", "lyanalysis/"),
        ("environment", "requirements.lock"),
    } <= names
    assert (("files", "report.pdf") in names) is (name == ".")


@pytest.mark.parametrize(
    "name", ["manifest.json", "report.html", "report.ipynb", "report.pdf", "tables.xlsx"]
)
def test_a_flipped_bit_is_named_with_its_file(copy: Path, at_hand: Bench, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    found = check(copy, at_hand)
    assert ("files", name, "differs") in amiss(found.report)
    assert not found.is_intact
    others = {other for part, other, _ in amiss(found.report) if part == "files"} - {name}
    assert not others, "each file answers for itself"


def test_files_missing_and_added_are_named(copy: Path, at_hand: Bench) -> None:
    (copy / "tables.xlsx").unlink()
    (copy / "notes.txt").write_text("by hand")
    (copy / "drafts").mkdir()
    found = check(copy, at_hand)
    assert {one for one in amiss(found.report) if one[0] == "files"} == {
        ("files", "tables.xlsx", "missing"),
        ("files", "notes.txt", "added"),
        ("files", "drafts/", "added"),
    }
    assert not found.is_intact
    assert found.has_same_inputs, "the manifest is intact"


def test_without_the_record_of_the_run_nothing_is_vouched_for(copy: Path, at_hand: Bench) -> None:
    (copy / "run.json").unlink()
    found = check(copy, at_hand)
    assert ("files", "run.json", "missing") in amiss(found.report)
    assert not found.is_intact
    (copy / "run.json").write_text("{}")
    with pytest.raises(EditionError, match=r"run\.json, which holds the hashes of the files, is d"):
        check(copy, at_hand)


def test_a_lost_manifest_is_named_and_nothing_is_compared(copy: Path, at_hand: Bench) -> None:
    (copy / "manifest.json").unlink()
    found = check(copy, at_hand)
    assert ("files", "manifest.json", "missing") in amiss(found.report)
    assert (found.manifest, found.inputs) == (None, ())


def test_a_report_changed_together_with_its_record_disagrees_with_its_pdf(
    copy: Path, at_hand: Bench
) -> None:
    text = (copy / "report.ipynb").read_text(encoding="utf-8").replace("1345.0", "1399.0")
    (copy / "report.ipynb").write_text(text, encoding="utf-8")
    record = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    for one in record["outputs"]:
        if one["file"] == "report.ipynb":
            one["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    (copy / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert amiss(check(copy, at_hand).report) == [("attached", "report.ipynb", "differs")]


def test_a_pdf_alone_whose_figures_were_altered_disagrees_with_itself(
    published: Path, at_hand: Bench, tmp_path: Path
) -> None:
    altered = tmp_path / "altered.pdf"
    writer = PdfWriter(clone_from=published / "report.pdf")
    table = next(one for one in writer.attachment_list if one.name.startswith("table-1-1"))
    assert b",1345.0," in table.content
    table.content = table.content.replace(b",1345.0,", b",1346.0,")
    writer.write(altered)
    found = check(altered, at_hand)
    assert amiss(found.report) == [("attached", "table-1-1-sector-accounts.csv", "differs")]
    assert not found.is_intact


def test_a_workbook_inside_the_pdf_is_held_against_its_checksums(
    published: Path, at_hand: Bench, tmp_path: Path
) -> None:
    pdf = (published / "report.pdf").read_bytes()
    start = pdf.index(b"PK\x03\x04") + 100
    altered = tmp_path / "altered.pdf"
    altered.write_bytes(pdf[:start] + bytes([pdf[start] ^ 1]) + pdf[start + 1 :])
    assert ("attached", "tables.xlsx", "differs") in amiss(check(altered, at_hand).report)


def test_data_that_are_others_now_are_named(published: Path, at_hand: Bench) -> None:
    at_hand.edit(at_hand.figures, ",1345.0,", ",1346.0,")
    shutil.copy(at_hand.figures, at_hand.data / "observations" / "more.csv")
    (at_hand.data / "sources.csv").unlink()
    found = check(published, at_hand)
    assert amiss(found.inputs) == [
        ("data", "own/observations/example.csv", "differs"),
        ("data", "own/observations/more.csv", "added"),
        ("data", "own/sources.csv", "missing"),
    ]
    assert (found.is_intact, found.has_same_inputs) == (True, False)


def test_own_data_that_are_not_at_hand_are_missing(
    published: Path, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(catalog.OWN_DATA, raising=False)
    found = check(published / "report.pdf", bench)
    assert {state for _, _, state in amiss(found.inputs)} == {"missing"}
    assert ("data", "own/", "missing") in amiss(found.inputs), "its name stands on the cover"


def test_notebooks_that_are_others_now_are_named(published: Path, at_hand: Bench) -> None:
    at_hand.plan("accounts", "other")
    at_hand.edit(at_hand.notebooks / "accounts.ipynb", "比重按现价计算。", "比重以现价计。")
    assert amiss(check(published, at_hand).inputs) == [
        ("notebooks", "accounts.ipynb", "differs"),
        ("notebooks", "other.ipynb", "added"),
        ("notebooks", "report.toml", "differs"),
    ]


@pytest.mark.parametrize("name", [".", "report.pdf"])
def test_a_second_run_gives_the_same_bytes(published: Path, at_hand: Bench, name: str) -> None:
    stages: list[str] = []
    plan = read_plan(at_hand.notebooks)
    first = verify(published / name, plan)
    found = rerun(first, plan, progress=lambda stage, *_: stages.append(stage))
    files = {"manifest.json", "report.html", "report.ipynb", "report.pdf", "tables.xlsx"}
    assert {one.name for one in found.rerun} == (files if name == "." else PDF_AND_NOTEBOOK)
    assert amiss(found.rerun) == []
    assert found.is_intact
    assert "accounts" in stages


def test_a_second_run_from_other_data_names_the_first_cell_that_differs(
    published: Path, at_hand: Bench
) -> None:
    at_hand.edit(at_hand.figures, ",1345.0,", ",1346.0,")
    plan = read_plan(at_hand.notebooks)
    found = rerun(verify(published / "report.pdf", plan), plan)
    notes = {one.name: one.note for one in found.rerun}
    assert notes["report.ipynb"].startswith("chapter accounts, cell ")
    assert notes["report.pdf"].startswith("from byte ")
    assert (found.is_intact, found.has_same_inputs) == (True, False)


def test_a_report_altered_with_all_its_hashes_is_found_by_a_second_run(
    copy: Path, at_hand: Bench
) -> None:
    page = (copy / "report.html").read_text(encoding="utf-8").replace("1345.0", "1399.0")
    (copy / "report.html").write_text(page, encoding="utf-8")
    record = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    for one in record["outputs"]:
        one["sha256"] = hashlib.sha256((copy / one["file"]).read_bytes()).hexdigest()
    (copy / "run.json").write_text(json.dumps(record), encoding="utf-8")
    plan = read_plan(at_hand.notebooks)
    first = verify(copy, plan)
    assert first.is_intact
    found = rerun(first, plan)
    assert amiss(found.rerun) == [("rerun", "report.html", "differs")]
    assert not found.is_intact


def test_a_chapter_that_fails_in_a_second_run_is_kept_for_reading(
    published: Path, at_hand: Bench
) -> None:
    at_hand.edit(at_hand.notebooks / "accounts.ipynb", "SECTOR_SHARES, axis=1", "1 / 0, axis=1")
    plan = read_plan(at_hand.notebooks)
    with pytest.raises(ChapterError, match="ZeroDivisionError") as caught:
        rerun(verify(published, plan), plan)
    assert caught.value.notebook is not None
    assert caught.value.notebook.is_file()
    shutil.rmtree(caught.value.notebook.parents[2])


def test_the_first_difference_names_the_exhibit(published: Path) -> None:
    one = read_edition(published).notebook
    other = read_edition(published).notebook
    assert first_difference(one, other) == ""
    shown = next(cell for cell in other.cells if "sector-accounts" in cell.source)
    shown.outputs[0].data[MIME]["caption"] = "another"
    assert first_difference(one, other) == "chapter accounts, cell 7, exhibit 'sector-accounts'"
    other.cells[:] = one.cells[:-1]
    assert first_difference(one, other) == "chapter accounts, cell 7"
