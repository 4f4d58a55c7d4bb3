"""The reference holds every public indicator, and nothing in it is lost or misread."""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import typst

import lyanalysis.indicators
from lyanalysis.export.pandoc import Source, Target, convert
from lyanalysis.indicators import reference
from lyanalysis.indicators.reference import Entry, Indicator, describe, list_indicators

NAMES = list(list_indicators().index)
CHINESE = r"[\u4e00-\u9fff]"

MADE_UP = r'''
"""A module nobody has told anyone of."""

__all__ = ["Shape", "nothing", "weight"]


class Shape:
    """Not a function."""


def weight(levels, *, by="size", years=(1, 2)):
    r"""Weight of a part (部分的权重).

    Share of a part,
    weighed by `by`; see [1]_.

    各部分按所选方式加权的份额，百分数。0为没有该部分，
    100为全部；按GDP
    加权时另行说明。

    Parameters
    ----------
    levels : {"a", "b"} or DataFrame
        Levels, 0 or more:

        - one a row, as :func:`~lyanalysis.indicators.growth.pull` gives
          them;
        - or ``x : y``.
    by : str, keyword-only
        As `levels`, :math:`w_i` in the formula.
    years

    Returns
    -------
    share : float
        Percent.
    DataFrame
        As `levels`.

    Raises
    ------
    ValueError
        Never.

    Notes
    -----
    With :math:`|u|`, \|u\| and 权重
    不变,

    .. math::
        w = \frac{a}
            {b}

        v = 1

    or, in the text,

    .. math:: z \| y

    and no more. Identity: Own definition.

    References
    ----------
    .. [1] One (2001). A paper.
       Journal.
    .. [2] 《统计工作实务》,
       https://example.org

    Examples
    --------
    From the paper:

    >>> 1 + 1
    2

    >>> 3
    3

    And the rest.
    """


def nothing():
    """Nothing (无).

    Parameters
    ----------
    None

    Returns
    -------
    None
    """


def _private():
    """Stay unseen."""
'''


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Indicator]:
    """A package beside the modules, with one public function in it."""
    package = tmp_path / "made_up"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "parts.py").write_text(MADE_UP, encoding="utf-8")
    (package / "_hidden.py").write_text('raise RuntimeError("imported")', encoding="utf-8")
    path = [*lyanalysis.indicators.__path__, str(tmp_path)]
    monkeypatch.setattr(lyanalysis.indicators, "__path__", path)
    yield describe("weight")
    for name in [name for name in sys.modules if name.startswith("lyanalysis.indicators.made_up")]:
        del sys.modules[name]
    vars(lyanalysis.indicators).pop("made_up")


def test_a_docstring_is_read_in_full(made_up: Indicator) -> None:
    assert asdict(made_up) == {
        "name": "weight",
        "module": "made_up",
        "signature": "weight(levels, *, by='size', years=(1, 2))",
        "name_en": "Weight of a part",
        "name_zh": "部分的权重",
        "summary_en": "Share of a part, weighed by `by`; see.",
        "summary_zh": (
            "各部分按所选方式加权的份额，百分数。0为没有该部分，100为全部；按GDP加权时另行说明。"
        ),
        "parameters": (
            {
                "name": "levels",
                "type": '{"a", "b"} or DataFrame',
                "description": "Levels, 0 or more:\n\n"
                "- one a row, as `pull` gives them;\n- or `x : y`.",
            },
            {
                "name": "by",
                "type": "str, keyword-only",
                "description": "As `levels`, $w_i$ in the formula.",
            },
            {"name": "years", "type": "", "description": ""},
        ),
        "returns": (
            {"name": "share", "type": "float", "description": "Percent."},
            {"name": "", "type": "DataFrame", "description": "As `levels`."},
        ),
        "raises": ({"name": "", "type": "ValueError", "description": "Never."},),
        "notes": "With $|u|$, |u| and 权重不变,\n\n$$\nw = \\frac{a} {b}\n$$\n\n$$\nv = 1\n$$\n\n"
        "or, in the text,\n\n$$\nz \\| y\n$$\n\nand no more. Identity: Own definition.",
        "formulas": ("w = \\frac{a} {b}", "v = 1", "z \\| y"),
        "references": (
            "One (2001). A paper. Journal.",
            "《统计工作实务》, https://example.org",
        ),
        "origin": "literature",
        "examples": ("From the paper:", ">>> 1 + 1\n2\n\n>>> 3\n3", "And the rest."),
    }


def test_a_new_module_is_found_without_being_told(made_up: Indicator) -> None:
    table = list_indicators()
    assert table.index.tolist() == [*NAMES, "nothing", "weight"]
    assert table.loc["weight", "question_en"] == "made_up"
    assert list_indicators(module="made_up").index.tolist() == ["nothing", "weight"]


def test_there_may_be_no_arguments(made_up: Indicator) -> None:
    assert describe("nothing").parameters == describe("nothing").returns == ()
    assert describe("nothing").signature == "nothing()"


def test_a_package_may_say_what_is_public(made_up: Indicator) -> None:
    package = sys.modules["lyanalysis.indicators.made_up"]
    package.nothing = sys.modules["lyanalysis.indicators.made_up.parts"].nothing
    package.__all__ = ["nothing"]
    assert list_indicators(module="made_up").index.tolist() == ["nothing"]


def test_the_list_is_that_of_the_modules() -> None:
    table = list_indicators()
    assert not table.index.has_duplicates
    assert not table.eq("").any(axis=None)
    order = [module for module in reference.QUESTIONS if module in set(table["module"])]
    assert table["module"].drop_duplicates().tolist() == order
    folder = Path(lyanalysis.indicators.__file__).parent
    found = {path.stem for path in folder.iterdir() if re.fullmatch(r"[a-z]\w*(\.py)?", path.name)}
    assert set(order) == found - reference.NO_INDICATORS
    for module, (zh, en) in reference.QUESTIONS.items():
        assert re.search(CHINESE, zh), module
        assert not re.search(CHINESE, en), module


def test_names_tell_indicators_apart() -> None:
    """Two functions of one name would hide one behind the other."""
    prefix = f"{lyanalysis.indicators.__name__}."
    named: dict[str, set[Any]] = {name: set() for name in NAMES}
    for info in pkgutil.walk_packages(lyanalysis.indicators.__path__, prefix):
        for name in getattr(sys.modules.get(info.name), "__all__", ()):
            if name in named:
                named[name].add(getattr(sys.modules[info.name], name))
    assert [name for name, functions in named.items() if len(functions) != 1] == []
    for column in ("name_en", "name_zh"):
        names = list_indicators()[column].str.casefold()
        assert names[names.duplicated(keep=False)].tolist() == []


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_is_complete(name: str) -> None:
    found = describe(name)
    assert re.search(CHINESE, found.name_zh)
    assert not re.search(CHINESE, found.name_en)
    assert found.summary_en.endswith(".")
    assert re.search(r"\d|范围|没有|取值|无上限|为空", found.summary_zh), "says no range"
    assert all(entry.name for entry in found.parameters)
    assert all(entry.description or entry.type.startswith("as ") for entry in found.parameters)
    assert all(entry.description for entry in (*found.returns, *found.raises))
    assert found.returns
    assert found.raises
    assert found.formulas or "No formula" in found.notes
    assert found.references or found.origin in {"own", "identity"}
    assert any(example.startswith(">>> ") for example in found.examples)


def texts(found: Indicator) -> list[str]:
    entries = [*found.parameters, *found.returns, *found.raises]
    return [
        *(found.summary_en, found.summary_zh, found.notes, *found.references),
        *(text for entry in entries for text in (entry.type, entry.description)),
        *(example for example in found.examples if not example.startswith(">>>")),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_markup_of_docstrings_is_left(name: str) -> None:
    for text in texts(describe(name)):
        assert not re.search(r"(?m)^\s*\.\. |:\w+:`|``|::$|\]_|-{4}", text), text
        assert text.count("`") % 2 == 0, text
        assert re.sub(r"\$\$", "", text).count("$") % 2 == 0, text


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    """Every text of a docstring that holds a formula."""
    found = [text for name in NAMES for text in texts(describe(name)) if "$" in text]
    return [Source(text, "markdown") for text in found]


@pytest.mark.parametrize("target", ["html", "typst"])
def test_every_formula_can_be_shown(sources: list[Source], target: Target) -> None:
    answers = convert(sources, target)
    wrong = {
        source.text: answer.problems
        for source, answer in zip(sources, answers, strict=True)
        if answer.problems
    }
    assert not wrong
    shown = "".join(part.content for answer in answers for part in answer.parts)
    formulas = sum(source.text.count("$$") // 2 for source in sources)
    if target == "html":
        assert shown.count('<math display="block"') == formulas > 0
    else:
        assert shown.count("block: true") == formulas > 0
        typst.compile(shown.encode(), format="svg")


@pytest.mark.parametrize(
    "name",
    [
        "moore",
        "structure.moore",
        "Moore结构变动值",
        "moore结构变动值 ",
        "Moore index of structural  change",
    ],
)
def test_an_indicator_answers_to_all_its_names(name: str) -> None:
    assert describe(name).name == "moore"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("mor", "unknown indicator 'mor': did you mean moore"),
        ("结构层次", "unknown indicator '结构层次': did you mean layer_coefficient"),
        ("合理化", "unknown indicator '合理化': did you mean theil_rationalisation?"),
        ("qqq", "unknown indicator 'qqq': known indicators are listed by list_indicators()"),
        ("", "unknown indicator '': known indicators are listed by list_indicators()"),
        ("LEAST_TOTAL_GROWTH", "unknown indicator 'LEAST_TOTAL_GROWTH': "),
    ],
)
def test_an_unknown_name_is_answered_with_those_meant(name: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        describe(name)


def test_an_unknown_module_is_answered_with_the_known() -> None:
    with pytest.raises(ValueError, match=r"module: 'growht' is not allowed; expected growth, str"):
        list_indicators(module="growht")


def test_records_cannot_be_changed() -> None:
    record: Any = describe("moore")
    with pytest.raises(AttributeError):
        record.name = "nav"
    entry: Any = record.parameters[0]
    assert isinstance(entry, Entry)
    with pytest.raises(AttributeError):
        entry.name = "x"
