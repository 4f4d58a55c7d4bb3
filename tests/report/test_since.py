from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from batches import Place

from lyanalysis.errors import EditionError, ParameterError
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan, read_plan
from lyanalysis.report.render import render
from lyanalysis.report.rerun import rerun
from lyanalysis.report.verify import verify

pytestmark = pytest.mark.slow


def hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def change_title(plan: Plan) -> None:
    path = plan.path(plan.chapters[0])
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = "# 另一个标题"
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_what_has_changed_opens_the_report(
    write_plan: Callable[..., Path], parameters: Parameters, tmp_path: Path
) -> None:
    plan = read_plan(write_plan("good"))
    first = render(parameters, plan, tmp_path / "r").folder
    old = tmp_path / "old"
    shutil.copytree(first, old)
    change_title(plan)
    # The edition it is compared with is the one it replaces.
    second = render(parameters, plan, tmp_path / "r", since=first).folder
    notebook = json.loads((second / "report.ipynb").read_text(encoding="utf-8"))
    opening = notebook["cells"][0]["source"]
    assert "".join(opening).startswith("# 上一版以来的变化")
    assert "另一个标题" in json.dumps(notebook["cells"][:9], ensure_ascii=False)
    manifest = json.loads((second / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["since"] == {"file": "manifest.json", "sha256": hashed(old / "manifest.json")}

    again = render(parameters, plan, tmp_path / "again", since=old / "report.pdf").folder
    for file in ("report.html", "report.pdf", "report.ipynb", "tables.xlsx", "manifest.json"):
        assert hashed(again / file) == hashed(second / file), file

    found = verify(second, plan)
    assert {one.state for one in rerun(found, plan, since=old).rerun} == {"same"}
    with pytest.raises(EditionError, match="name that edition with --since"):
        rerun(found, plan)
    with pytest.raises(EditionError, match="leave out --since"):
        rerun(verify(old, plan), plan, since=old)


def test_another_region_is_nothing_to_compare_with(
    write_plan: Callable[..., Path], parameters: Parameters, tmp_path: Path
) -> None:
    plan = read_plan(write_plan("good"))
    other = parameters.model_copy(update={"region": "410600"})
    old = render(other, plan, tmp_path / "r", formats=["html"]).folder
    with pytest.raises(ParameterError, match="410600"):
        render(parameters, plan, tmp_path / "r", formats=["html"], since=old)
    assert not (tmp_path / "r" / parameters.id).exists()


def test_a_plan_can_ask_for_it(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.chapters("good")
    reports = '[[reports]]\nregions = ["410300"]\nyears = [2025]\nformats = ["html"]\n'
    place.plan(f"{reports}since_last = true\n")
    summary, _ = place.batch("plan.toml", "--no-cache")
    assert summary["counts"] == {"made": 1}
    notebook = place.out / "410300" / "2025-zh" / "report.ipynb"
    assert "上一版以来的变化" not in notebook.read_text(encoding="utf-8")
    change_title(read_plan(place.notebooks))
    summary, _ = place.batch("plan.toml", "--no-cache")
    assert summary["reports"][0]["reasons"] == ["notebook changed: good.ipynb"]
    assert "上一版以来的变化" in notebook.read_text(encoding="utf-8")
    summary, _ = place.batch("plan.toml", "--no-cache")
    assert summary["counts"] == {"current": 1}
