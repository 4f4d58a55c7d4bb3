from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis.errors import ChapterError, ParameterError
from lyanalysis.report.chapters import read_chapters
from lyanalysis.report.plan import Plan, read_plan


def test_a_plan_holds_chapters_and_defaults(make_plan: Callable[..., Plan]) -> None:
    plan = make_plan("good", "other")
    assert [(chapter.name, chapter.number) for chapter in plan.chapters] == [
        ("good", 1),
        ("other", 2),
    ]
    assert plan.parameters.model_dump() == {
        "region": "410300",
        "first_year": 2010,
        "language": "zh",
        "peers": (),
    }
    assert len(read_chapters(plan)) == 2


def test_an_annex_has_a_letter(write_plan: Callable[..., Path]) -> None:
    folder = write_plan("good", "other")
    file = folder / "report.toml"
    contents = file.read_text(encoding="utf-8")
    file.write_text(contents.replace("number = 2", 'number = "A"'), encoding="utf-8")
    assert [chapter.number for chapter in read_plan(folder).chapters] == [1, "A"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title.zh", "titel.zh", "has an unknown key 'report.titel'; did you mean 'title'?"),
        ("number", "nummer", "has an unknown key 'chapters.0.nummer'; did you mean 'number'?"),
        ("[parameters]", "[parameter]", "unknown key 'parameter'; did you mean 'parameters'?"),
        ("[parameters]", "[parameters]\nyear = 2025", "has an unknown key 'parameters.year'"),
        ('title.en = "Test report: {region}"', "", "lacks the key 'report.title.en'; add it"),
        (
            "first_year = 2010",
            'first_year = "2010"',
            "parameters.first_year is '2010': input should",
        ),
        ('region = "410300"', "region = 410300", "parameters.region is 410300: input should be"),
        ("{region}", "{city}", "may only hold {region}, {year} and {first_year}"),
        ("{region}", "{region.x}", "may only hold {region}, {year} and {first_year}"),
        ("good.ipynb", "absent.ipynb", "notebook 'absent.ipynb' does not exist in"),
        ("good.ipynb", "../good.ipynb", "must be a file name, without folders"),
        ("number = 2", "number = 1", "two chapters are called 1"),
        ("number = 2", 'number = "2"', "chapters.1.number is '2': expected a whole number from 0"),
        ("number = 2", 'number = "AB"', "chapters.1.number is 'AB': expected a whole number from"),
        ("number = 2", "number = 100", "or a capital letter for an annex"),
        ("number = 2", "number = -1", "or a capital letter for an annex"),
        ("number = 2", "number = true", "chapters.1.number is True: expected a whole number from"),
        ("number = 2", "number = 2.0", "chapters.1.number is 2.0: expected a whole number from"),
        ("[report]", "[report", "is not valid TOML"),
    ],
)
def test_a_mistake_in_the_file_is_told_in_one_line(
    write_plan: Callable[..., Path], old: str, new: str, message: str
) -> None:
    folder = write_plan("good", "other")
    file = folder / "report.toml"
    contents = file.read_text(encoding="utf-8")
    assert old in contents
    file.write_text(contents.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        read_plan(folder)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_plan(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"report\.toml: cannot be read: No such file"):
        read_plan(tmp_path)


def test_a_byte_order_mark_does_no_harm(write_plan: Callable[..., Path]) -> None:
    file = write_plan("good") / "report.toml"
    file.write_text(file.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert read_plan(file.parent).chapters[0].name == "good"


def test_a_plan_without_chapters(write_plan: Callable[..., Path]) -> None:
    file = write_plan("good") / "report.toml"
    contents = file.read_text(encoding="utf-8").split("[[chapters]]")[0]
    file.write_text(f"chapters = []\n{contents}", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"report\.toml: lists no chapters; add one"):
        read_plan(file.parent)


def test_a_plan_in_another_encoding(write_plan: Callable[..., Path]) -> None:
    file = write_plan("good") / "report.toml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("gbk"))
    with pytest.raises(ParameterError, match=r"report\.toml: is not encoded in UTF-8"):
        read_plan(file.parent)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no_parameters", "no cell is tagged 'parameters'; give that tag to the cell that assigns"),
        ("unknown_parameter", "declares 'city', which no report has; known are region, year"),
        (
            "missing_parameter",
            "does not declare 'peers'; assign it there, every chapter declares region",
        ),
    ],
)
def test_a_chapter_declares_the_parameters_of_every_report(
    make_plan: Callable[..., Plan], name: str, message: str
) -> None:
    plan = make_plan("good", name)
    with pytest.raises(ChapterError) as caught:
        read_chapters(plan)
    assert message in str(caught.value)
    assert (caught.value.chapter, caught.value.cell) == (name, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{broken",
        "[]",
        "{}",
        '{"cells": [{}], "metadata": {}, "nbformat": 4}',
        '{"nbformat": 9}',
    ],
)
def test_a_file_that_is_not_a_notebook(make_plan: Callable[..., Plan], text: str) -> None:
    plan = make_plan("good")
    plan.path(plan.chapters[0]).write_text(text, encoding="utf-8")
    message = r"chapter good: .*good.ipynb is not a readable notebook: .*; save it again"
    with pytest.raises(ChapterError, match=message) as caught:
        read_chapters(plan)
    assert "\n" not in str(caught.value)


def test_a_notebook_need_not_name_its_kernel(make_plan: Callable[..., Plan]) -> None:
    plan = make_plan("good")
    path = plan.path(plan.chapters[0])
    contents = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(contents | {"metadata": {}}), encoding="utf-8")
    (notebook,) = read_chapters(plan)
    assert notebook.metadata == {}


def test_braces_in_a_path_are_not_placeholders(
    write_plan: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write_plan("good").rename(tmp_path / "{region}")
    assert len(read_chapters(read_plan(folder))) == 1
