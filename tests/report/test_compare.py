from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from editions import Bench

from lyanalysis import catalog
from lyanalysis.errors import ParameterError, PublishError
from lyanalysis.export.document import read_document
from lyanalysis.export.exhibit import MIME
from lyanalysis.export.html import render_page
from lyanalysis.export.pandoc import Source, convert
from lyanalysis.export.pdf import render_pdf
from lyanalysis.report.changes import (
    all_lines,
    escape,
    save_page,
    since_last_edition,
    summary_lines,
)
from lyanalysis.report.compare import Comparison, compare
from lyanalysis.report.edition import Edition, exhibits_of, read_edition
from lyanalysis.report.joining import join_chapters
from lyanalysis.report.numbers import Moved, compare_numbers
from lyanalysis.report.plan import read_plan
from lyanalysis.report.sentences import compare_sentences, split_sentences

PRIMARY = "va_primary,2025,year,yearbook,own_yearbook,"
TERTIARY = "va_tertiary,2025,year,yearbook,own_yearbook,"
SECONDARY = "va_secondary,2025,year,yearbook,own_yearbook,"


@pytest.fixture(scope="module")
def first(bench: Bench) -> Edition:
    return read_edition(bench.render("first", []))


@pytest.fixture(scope="module")
def second(bench: Bench, first: Edition) -> Edition:
    """Return the edition after data, notebook and plan have changed."""
    bench.edit(bench.figures, f"{SECONDARY}548.8", f"{SECONDARY}568.8")
    bench.edit(bench.figures, f"{TERTIARY}685.9", f"{TERTIARY}665.9")
    bench.edit(bench.figures, f"{PRIMARY}110.3", f"{PRIMARY}110.3001")
    bench.plan("accounts", "other")
    notebook = bench.notebooks / "accounts.ipynb"
    bench.edit(notebook, "比重按现价计算。", "比重都按现价计算。")
    bench.edit(notebook, "跨断点不能比较。", "")
    return read_edition(bench.render("second", []))


@pytest.fixture(scope="module")
def changed(bench: Bench, first: Edition, second: Edition) -> Comparison:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(catalog.OWN_DATA, str(bench.data))
        return compare(first, second)


def data(*rows: list[Any], columns: tuple[str, ...]) -> dict[str, Any]:
    described = [{"name": name, "label": name, "unit": ""} for name in columns]
    return {"data": {"columns": described, "rows": list(rows)}}


def told(moved: Moved) -> tuple[str, str, object, object]:
    return moved.row, moved.column, moved.old, moved.new


@pytest.mark.slow
def test_an_edition_compared_with_itself_has_not_changed(first: Edition) -> None:
    found = compare(first, first)
    assert (found.exhibits, found.sentences, found.causes) == ((), (), ())
    assert found.is_empty
    assert summary_lines(found, "zh") == ["与上一版（2025年，程序0.1.0版）相比：读者所见没有变化。"]
    assert summary_lines(found, "en") == [
        "Against the last edition (2025, version 0.1.0): nothing a reader sees has changed."
    ]


@pytest.mark.slow
def test_a_number_that_moved_is_told_with_row_column_and_cause(changed: Comparison) -> None:
    exhibits = {one.id: one for one in changed.exhibits}
    assert set(exhibits) == {"sector-shares", "sector-accounts", "other"}
    accounts = exhibits["sector-accounts"]
    assert (accounts.state, accounts.old_label, accounts.new_label) == (
        "changed",
        "表 1-1",
        "表 1-1",
    )
    shares = {one.column: one for one in accounts.numbers}
    secondary = next(one for name, one in shares.items() if name.startswith("第二产业"))
    assert secondary.row == "示例市，2025"
    assert secondary.old == pytest.approx(548.8 / 1345 * 100)
    assert secondary.new == pytest.approx(568.8 / 1345 * 100)
    assert (secondary.shown_old, secondary.shown_new) == ("40.8", "42.3")
    assert secondary.is_visible
    primary = next(one for name, one in shares.items() if name.startswith("第一产业"))
    assert primary.old != primary.new
    assert (primary.shown_old, primary.shown_new) == ("8.2", "8.2")
    assert not primary.is_visible
    (cause,) = accounts.causes
    assert (cause.part, cause.name) == ("data", "own/observations/example.csv")
    assert "" != cause.old != cause.new != ""
    assert ("notebooks", "accounts.ipynb") in {(one.part, one.name) for one in changed.causes}


@pytest.mark.slow
def test_exhibits_and_sentences_added_gone_or_changed_are_told(changed: Comparison) -> None:
    states = {one.id: one.state for one in changed.exhibits}
    assert states["other"] == "added"
    assert ("比重按现价计算。", "比重都按现价计算。") in {
        (one.old, one.new) for one in changed.sentences
    }
    assert ("跨断点不能比较。", "") in {(one.old, one.new) for one in changed.sentences}
    assert {one.chapter for one in changed.sentences if not one.old} == {"other"}
    assert not any("Shares are" in one.old + one.new for one in changed.sentences), "English prose"


@pytest.mark.slow
def test_the_other_way_round_what_was_added_is_gone(
    first: Edition, second: Edition, changed: Comparison
) -> None:
    back = compare(second, first)
    assert {one.id: one.state for one in back.exhibits}["other"] == "gone"
    assert Counter((one.new, one.old) for one in back.sentences) == Counter(
        (one.old, one.new) for one in changed.sentences
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("region", "410300", "are reports of two regions, 410300 and 419901; name two editions"),
        ("language", "en", "are reports of two languages, en and zh; name two editions"),
    ],
)
def test_reports_of_two_regions_or_languages_are_refused(
    first: Edition, parameter: str, value: str, message: str
) -> None:
    parameters = first.manifest.parameters.model_copy(update={parameter: value})
    manifest = first.manifest.model_copy(update={"parameters": parameters})
    with pytest.raises(ParameterError, match=message):
        compare(replace(first, manifest=manifest), first)


@pytest.mark.slow
def test_another_year_is_allowed_and_said(first: Edition) -> None:
    parameters = first.manifest.parameters.model_copy(update={"year": 2024})
    manifest = first.manifest.model_copy(update={"parameters": parameters})
    found = compare(replace(first, manifest=manifest), first)
    assert [(one.part, one.name, one.old, one.new) for one in found.causes] == [
        ("parameters", "year", "2024", "2025")
    ]
    assert "两版的年份不同（2024年和2025年），多数变动由此而来。" in summary_lines(found, "zh")


@pytest.mark.slow
def test_program_and_dependencies_are_causes_of_every_number(
    first: Edition, second: Edition
) -> None:
    package = first.manifest.package.model_copy(update={"sha256": "0" * 64})
    manifest = first.manifest.model_copy(update={"package": package})
    found = compare(replace(first, manifest=manifest), second)
    accounts = next(one for one in found.exhibits if one.id == "sector-accounts")
    assert "package" in {one.part for one in accounts.causes}


@pytest.mark.slow
def test_a_notebook_is_a_cause_where_its_code_is_another(first: Edition, second: Edition) -> None:
    recoded = replace(second, notebook=deepcopy(second.notebook))
    cell = next(one for one in recoded.notebook.cells if "load_accounts(" in one.source)
    cell.source += "  # another method"
    accounts = next(one for one in compare(first, recoded).exhibits if one.id == "sector-accounts")
    assert [(one.part, one.name) for one in accounts.causes] == [
        ("data", "own/observations/example.csv"),
        ("notebooks", "accounts.ipynb"),
    ]


@pytest.mark.slow
def test_a_caption_a_drawing_and_a_number_are_changes_of_their_own(first: Edition) -> None:
    other = replace(first, notebook=deepcopy(first.notebook))
    contents = {bundle[MIME]["id"]: bundle[MIME] for _, bundle in exhibits_of(other.notebook)}
    contents["sector-shares"]["figure"]["svg"] += "<!-- redrawn -->"
    contents["sector-accounts"] |= {"caption": "新标题", "number": "1-9"}
    lines = all_lines(compare(first, other), "zh")
    title = contents["sector-shares"]["caption"]
    assert f"  数未变，画法、注释或来源说明改变：图 1-1 {title}" in lines
    assert "  编号改变：表 1-9 新标题（表 1-1 → 表 1-9）" in lines
    assert any(line.startswith("  标题改变：表 1-9 新标题（原为“") for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_lines_of_a_mail_count_name_causes_and_show_numbers(
    changed: Comparison, language: Any
) -> None:
    lines = summary_lines(changed, language)
    seen = [
        one
        for exhibit in changed.exhibits
        for one in exhibit.numbers
        if one.is_number and one.is_visible
    ]
    assert str(len(seen)) in lines[0]
    assert "own/observations/example.csv" in lines[1]
    assert "accounts.ipynb" in lines[1]
    assert any("40.8 → 42.3" in line for line in lines[2:])
    assert not any("\n" in line for line in lines)


@pytest.mark.slow
def test_the_whole_account_names_what_rounding_hides(changed: Comparison) -> None:
    lines = all_lines(changed, "en")
    hidden = next(line for line in lines if "[looks the same]" in line)
    assert "8.2007" in hidden, "with all its digits"
    assert any(line.strip().startswith("Because: data file own/obs") for line in lines)
    assert any(line.strip() == "Gone: “跨断点不能比较。”" for line in lines)


@pytest.mark.slow
def test_the_chapter_opens_a_report_in_page_and_pdf(
    bench: Bench, changed: Comparison, second: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(catalog.OWN_DATA, str(bench.data))
    chapter = since_last_edition(changed, "zh")
    plan = read_plan(bench.notebooks)
    opened = join_chapters([chapter, second.notebook], plan, second.manifest.parameters)
    nbformat.validate(opened)
    assert opened.cells[0].source.startswith("# 上一版以来的变化\n\n与上一版（2025年")
    document = read_document(opened, {"metadata": {"name": "report"}})
    page = render_page(document)
    assert "42.3" in page
    assert "显示不变" not in page, "what a reader cannot see is counted only"
    assert render_pdf(document).startswith(b"%PDF-")
    with_chapter = replace(second, notebook=opened)
    assert compare(second, with_chapter).is_empty, "it is no part of what is compared"


@pytest.mark.slow
def test_the_page_is_whole_and_says_when_it_cannot_be_written(
    changed: Comparison, tmp_path: Path
) -> None:
    save_page(changed, "zh", tmp_path / "changes.html")
    page = (tmp_path / "changes.html").read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in page
    assert all(text in page for text in ("42.3", "显示不变", "比重都按现价计算。", "own/obs"))
    with pytest.raises(ParameterError, match=r"must end with \.html"):
        save_page(changed, "zh", tmp_path / "changes.pdf")
    with pytest.raises(PublishError, match="cannot be written"):
        save_page(changed, "zh", tmp_path / "no" / "changes.html")


def test_rows_are_matched_by_labels_wherever_they_stand() -> None:
    columns = ("region_code", "year", "gdp")
    old = data(["410300", 2024, 10.0], ["410300", 2025, 20.0], columns=columns)
    new = data(["410300", 2025, 20.5], ["410100", 2025, 7.0], columns=columns)
    assert [told(one) for one in compare_numbers(old, new, "zh")] == [
        ("洛阳市，2025", "gdp", 20.0, 20.5),
        ("郑州市，2025", "gdp", None, 7.0),
        ("洛阳市，2024", "gdp", 10.0, None),
    ]
    assert list(compare_numbers(old, old, "zh")) == []


def test_flags_and_years_behind_the_numbers_are_words_not_numbers() -> None:
    columns = ("variable", "value", "value_year", "flag")
    old = data(["gdp", 1.0, 2024, ""], ["nav", 2.0, 2024, ""], columns=columns)
    new = data(["gdp", 1.04, 2025, "census"], ["nav", 2.0, 2024, ""], columns=columns)
    found = list(compare_numbers(old, new, "en"))
    assert [(one.column, one.is_number) for one in found] == [
        ("value", True),
        ("value_year", False),
        ("flag", False),
    ]
    assert [one.shown_new for one in found] == ["1.0", "2025", "census"], "decimals of the variable"
    assert not found[0].is_visible


def test_a_window_that_grew_by_a_year_is_still_the_same() -> None:
    columns = ("year", "window", "gdp")
    old = data([2022, "2014–2022", 1.0], [2022, "2022–2024", 2.0], columns=columns)
    new = data([2022, "2014–2022", 1.0], [2022, "2022–2025", 2.5], columns=columns)
    assert [told(one) for one in compare_numbers(old, new, "zh")] == [
        ("2022，2022–2025", "gdp", 2.0, 2.5)
    ]


def test_a_region_nobody_knows_here_is_named_by_its_code() -> None:
    columns = ("region_code", "gdp")
    old, new = (data(["999999", value], columns=columns) for value in (1.0, 2.0))
    assert [one.row for one in compare_numbers(old, new, "zh")] == ["999999"]


def test_rows_that_labels_do_not_tell_apart_are_matched_in_order() -> None:
    old = data(["a", 1.0], ["a", 2.0], columns=("site", "sum"))
    new = data(["a", 1.0], ["a", 3.0], columns=("site", "sum"))
    assert [told(one) for one in compare_numbers(old, new, "zh")] == [("a", "sum", 2.0, 3.0)]


def test_columns_added_and_gone_are_told() -> None:
    old = data(["a", 1.0], columns=("site", "sum"))
    new = data(["a", 2.0], columns=("site", "mean"))
    assert [told(one) for one in compare_numbers(old, new, "zh")] == [
        ("a", "sum", 1.0, None),
        ("a", "mean", None, 2.0),
    ]


@pytest.mark.parametrize(
    ("markdown", "sentences"),
    [
        ("一句。两句！三句？", ["一句。", "两句！", "三句？"]),
        ("他说“好。”又说“不。”", ["他说“好。”", "又说“不。”"]),
        ("（见上。）再看。", ["（见上。）", "再看。"]),
        ("It rose by 5.6% (2.1 points). It fell.", ["It rose by 5.6% (2.1 points).", "It fell."]),
        ("# 题\n- 甲\n- 乙\n1. 丙", ["题", "甲", "乙", "丙"]),
        ("| a | b |\n| 1 | 2 |", ["| a | b |", "| 1 | 2 |"]),
        ("**重**点`x`，a_b 与 _c_。", ["重点x，a_b 与 c。"]),
        ("", []),
    ],
)
def test_sentences_end_where_readers_see_them_end(markdown: str, sentences: list[str]) -> None:
    assert split_sentences(markdown) == sentences


def test_sentences_keep_their_order_and_none_is_paired_twice() -> None:
    old = ["增长6.0%。", "增长7.0%。", "完全不同的一句话。"]
    new = ["增长6.1%。", "这里插进一段新的话。", "增长7.1%。"]
    assert compare_sentences(old, new) == [
        ("增长6.0%。", "增长6.1%。"),
        ("", "这里插进一段新的话。"),
        ("增长7.0%。", "增长7.1%。"),
        ("完全不同的一句话。", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[a](page.html)",
        "$\\sqrt{x}$",
        "| b |",
        "**c**",
        "\\[x\\]",
        "`d`",
    ],
)
def test_what_reports_hold_is_shown_as_it_stands(text: str) -> None:
    (answer,) = convert([Source(f"- {escape(text)}", "markdown")], "html")
    (part,) = answer.parts
    assert part.text.strip() == text
    tags = ("<script", "<a ", "<strong", "<code", "<math", "<table")
    assert not [tag for tag in tags if tag in part.content]


def test_labels_are_in_the_language_of_the_report() -> None:
    columns = ("region_code", "gdp")
    moved = list(
        compare_numbers(
            data(["410300", 1.0], columns=columns), data(["410300", 2.0], columns=columns), "en"
        )
    )
    assert moved[0].row == catalog.region_name("410300", "en")
