"""What every indicator says of itself: names, formula, inputs, units, range, source, example.

All of it is read from the docstrings of the public functions, so that the reference cannot differ
from what is computed. Texts come out as Markdown: code between backticks, formulas between dollars,
displayed ones on lines of their own between double dollars.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import pandas as pd

import lyanalysis.indicators

__all__ = ["QUESTIONS", "Entry", "Indicator", "describe", "list_indicators"]

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "growth": ("增长从哪里来", "Where does growth come from"),
    "structure": ("结构变得多快，往哪里变", "How fast does the structure move"),
    "upgrading": ("产业结构有多高级、多合理", "How advanced is the mix of sectors"),
    "specialisation": ("专业化和集中程度如何", "How specialised and concentrated is it"),
    "shift_share": ("结构好，还是竞争力强", "Is it the mix or the region itself"),
    "productivity": ("效率提高了多少", "How productive is it"),
    "space": ("土地、企业和项目的产出如何", "What do land, firms and projects yield"),
    "composite": ("综合起来水平如何", "How does it score all in all"),
    "coordination": ("各方面是否协调", "Do the sides move together"),
    "dynamics": ("差距缩小了吗，何时转折", "Do gaps close, and when does it turn"),
    "outlook": ("以后会怎样", "What comes next"),
    "targets": ("目标完成得怎样", "Are targets being met"),
    "transition": ("转换指数算得出、排得稳吗", "Does the data carry an index"),
    "scorecard": ("动能转换了吗", "Is growth shifting to new drivers"),
}
"""Module -> its question in Chinese and English, in the order a reader asks them."""

NO_INDICATORS = {"claims", "reference"}
"""Public modules that measure nothing: checks on texts, and this one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An argument, a result or an error.

    Attributes
    ----------
    name : str
        Empty for errors, and for results that have no name.
    type : str
        What it is: shape, or class of an error.
    description : str
        Unit, range and what its ends mean; when an error is raised.
    """

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A public function and all its docstring says.

    Attributes
    ----------
    name, module : str
        ``"moore"``, ``"structure"``.
    signature : str
        Call without annotations.
    name_en, name_zh : str
        Names in both languages.
    summary_en, summary_zh : str
        What it measures; in Chinese with unit and range.
    parameters, returns, raises : tuple of Entry
        Inputs, results and refusals.
    notes : str
        Formulas in their place, missing values, edge cases.
    formulas : tuple of str
        The displayed formulas of the notes, as LaTeX.
    references : tuple of str
        Sources; empty where `origin` is another than ``"literature"``.
    origin : {"literature", "identity", "own", ""}
        Where the definition comes from; empty where the docstring does not say.
    examples : tuple of str
        In turn text and code; code begins with ``>>>``.
    """

    name: str
    module: str
    signature: str
    name_en: str
    name_zh: str
    summary_en: str
    summary_zh: str
    parameters: tuple[Entry, ...]
    returns: tuple[Entry, ...]
    raises: tuple[Entry, ...]
    notes: str
    formulas: tuple[str, ...]
    references: tuple[str, ...]
    origin: Literal["literature", "identity", "own", ""]
    examples: tuple[str, ...]


class _Function(NamedTuple):
    module: str
    call: Callable[..., Any]


def list_indicators(*, module: str | None = None) -> pd.DataFrame:
    """List every public indicator.

    Parameters
    ----------
    module : str, optional
        Only those of one module.

    Returns
    -------
    DataFrame
        Index ``name``, by question; columns ``module``, ``name_en``, ``name_zh``, ``summary_en``,
        ``summary_zh``, ``question_en``, ``question_zh``.

    Raises
    ------
    ValueError
        If there is no such module.

    Examples
    --------
    >>> list_indicators(module="structure").loc["moore", "name_zh"]
    'Moore结构变动值'
    """
    functions = _functions()
    modules = list(dict.fromkeys(found.module for found in functions.values()))
    if module is not None and module not in modules:
        raise ValueError(f"module: {module!r} is not allowed; expected {', '.join(modules)}")
    rows = []
    for name, found in functions.items():
        if module in (None, found.module):
            zh, en = QUESTIONS.get(found.module, (found.module, found.module))
            rows.append((name, found.module, *_head(found.call), en, zh))
    columns = ["module", "name_en", "name_zh", "summary_en", "summary_zh"]
    columns += ["question_en", "question_zh"]
    return pd.DataFrame(rows, columns=["name", *columns], dtype=str).set_index("name")


def describe(name: str) -> Indicator:
    """Return all that is known of one indicator.

    Parameters
    ----------
    name : str
        Name of the function, with or without its module, or its English or Chinese name.

    Returns
    -------
    Indicator
        What its docstring says.

    Raises
    ------
    ValueError
        If no indicator is called so; the message says which may be meant.

    Examples
    --------
    >>> describe("Moore结构变动值").name, describe("structure.moore").signature
    ('moore', 'moore(start, end)')
    >>> print(*describe("ts_ratio").formulas)
    TS = Y_3 / Y_2
    """
    functions = _functions()
    if name in functions:
        return _read(name, functions[name])
    names = {known: known for known in functions}
    for known, found in functions.items():
        name_en, name_zh, _, _ = _head(found.call)
        for other in (f"{found.module}.{known}", name_en, name_zh):
            names.setdefault(other, known)
    plain = {_plain(known): function for known, function in reversed(names.items())}
    if _plain(name) not in plain:
        raise ValueError(f"unknown indicator {name!r}: {_meant(name, names)}")
    meant = plain[_plain(name)]
    return _read(meant, functions[meant])


def _functions() -> dict[str, _Function]:
    """Find the public functions of the public modules, by question."""
    prefix = f"{lyanalysis.indicators.__name__}."
    found: dict[str, _Function] = {}
    complete: set[str] = set()
    for info in pkgutil.walk_packages(lyanalysis.indicators.__path__, prefix):
        parts = info.name.removeprefix(prefix).split(".")
        hidden = parts[0] in NO_INDICATORS or any(part.startswith("_") for part in parts)
        # A package that says what is public speaks for its modules.
        if hidden or info.name.rpartition(".")[0] in complete:
            continue
        module = importlib.import_module(info.name)
        if hasattr(module, "__all__"):
            complete.add(info.name)
        for name in getattr(module, "__all__", ()):
            member = getattr(module, name)
            if inspect.isfunction(member):
                found.setdefault(name, _Function(parts[0], member))
    order = [*QUESTIONS, *(module for module, _ in found.values())]
    return dict(sorted(found.items(), key=lambda item: order.index(item[1].module)))


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name.strip()).casefold()


def _meant(name: str, names: Mapping[str, str]) -> str:
    """Propose names close to the one given."""
    given = _plain(name)
    holding = [known for known in names if len(given) > 1 and given in _plain(known)]
    written = {_plain(known): known for known in names}
    close = [written[known] for known in difflib.get_close_matches(given, written, n=3)]
    functions = list(dict.fromkeys(names[known] for known in (*close, *holding)))[:3]
    listed = "known indicators are listed by list_indicators()"
    return f"did you mean {', '.join(functions)}?" if functions else listed


def _head(function: Callable[..., Any]) -> tuple[str, str, str, str]:
    """Return English name, Chinese name, English and Chinese paragraph."""
    text = inspect.getdoc(function) or ""
    first, english, chinese = (*text.split("\n\n"), "", "", "")[:3]
    names = re.fullmatch(r"(.*) \((.*)\)\.", first)
    name_en, name_zh = (names[1], names[2]) if names else (first, "")
    return name_en, name_zh, _markdown(english), _markdown(chinese)


def _read(name: str, found: _Function) -> Indicator:
    name_en, name_zh, summary_en, summary_zh = _head(found.call)
    sections = _sections(inspect.getdoc(found.call) or "")
    notes = _markdown(sections.get("Notes", ""))
    references = tuple(_paragraphs(sections.get("References", "")))
    return Indicator(
        name=name,
        module=found.module,
        signature=_signature(name, found.call),
        name_en=name_en,
        name_zh=name_zh,
        summary_en=summary_en,
        summary_zh=summary_zh,
        parameters=tuple(_entries(sections.get("Parameters", ""), named=True)),
        returns=tuple(_entries(sections.get("Returns", ""))),
        raises=tuple(_entries(sections.get("Raises", ""))),
        notes=notes,
        formulas=tuple(re.findall(r"(?m)^\$\$\n(.*)\n\$\$$", notes)),
        references=references,
        origin="literature" if references else _origin(notes),
        examples=tuple(_examples(sections.get("Examples", ""))),
    )


def _origin(notes: str) -> Literal["identity", "own", ""]:
    if re.search(r"\bOwn (definition|rule)\b", notes):
        return "own"
    return "identity" if re.search(r"\bIdentity\b", notes) else ""


def _signature(name: str, function: Callable[..., Any]) -> str:
    signature = inspect.signature(function)
    bare = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in signature.parameters.values()
    ]
    plain = signature.replace(parameters=bare, return_annotation=inspect.Signature.empty)
    return f"{name}{plain}"


def _sections(text: str) -> dict[str, str]:
    """Return the sections of a numpydoc docstring by their headings."""
    _, *pieces = re.split(r"(?m)^(\w+)\n-{3,}\n", text)
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def _entries(section: str, *, named: bool = False) -> Iterator[Entry]:
    """Yield the entries of a section: a heading, and below it indented its description."""
    # "None" stands where there are no arguments.
    for heading, body in re.findall(r"(?m)^(?!None$)(\S.*)\n?((?:[ ]+.*\n?|\n)*)", section):
        name, separator, type_ = heading.partition(" : ")
        if not (separator or named):
            name, type_ = "", heading
        yield Entry(name.strip(), _inline(type_.strip()), _markdown(inspect.cleandoc("\n" + body)))


def _examples(section: str) -> Iterator[str]:
    """Yield text and code in turn; code that only a blank line parts stays together."""
    code: list[str] = []
    for paragraph in filter(None, re.split(r"\n\s*\n", section.strip())):
        if paragraph.startswith(">>>"):
            code.append(paragraph)
            continue
        if code:
            yield "\n\n".join(code)
            code = []
        yield _markdown(paragraph)
    if code:
        yield "\n\n".join(code)


def _paragraphs(section: str) -> Iterator[str]:
    """Yield the paragraphs of a section of sources, without the marks footnotes have."""
    for paragraph in re.split(r"\n\s*\n|\n(?=\.\. \[)", section.strip()):
        if paragraph:
            yield _markdown(re.sub(r"^\.\. \[\w+\]\s*", "", paragraph))


def _markdown(text: str) -> str:
    """Turn the reStructuredText of a docstring into Markdown, a paragraph or list item a line."""
    directive = r"(?m)^\.\. math::[ ]*(.*(?:\n(?:[ ]+\S.*|[ ]*$))*)"
    blocks = []
    for position, piece in enumerate(re.split(directive, text)):
        if position % 2:
            formulas = re.split(r"\n\s*\n", piece.strip())
            blocks += [f"$$\n{' '.join(formula.split())}\n$$" for formula in formulas]
        else:
            blocks += [_block(block) for block in re.split(r"\n\s*\n", piece.strip()) if block]
    return "\n\n".join(blocks)


def _block(block: str) -> str:
    """Write a paragraph, or a list, without the line ends of the docstring."""
    items = re.split(r"\n(?=(?:[-*]|\d+\.) )", block)
    return "\n".join(_inline(_joined(item.splitlines())) for item in items)


def _joined(lines: Iterable[str]) -> str:
    """Join lines; a line end is no space in Chinese, nor between two Chinese characters."""
    text = "\n".join(line.strip() for line in lines)
    wide = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
    is_chinese = len(re.findall(wide, text)) > len(re.findall(r"[A-Za-z]", text))
    joint = rf"(?<={wide})\n|\n(?={wide})" if is_chinese else rf"(?<={wide})\n(?={wide})"
    return re.sub(joint, "", text).replace("\n", " ")


def _inline(text: str) -> str:
    """Turn roles, literals and escapes into Markdown; what stands in code or formulas stays."""
    text = re.sub(r"\s?\[\w+\]_", "", text)
    marked = r"(:\w+:`[^`]+`|``[^`]+``|`[^`]+`)"
    pieces = re.split(marked, text)
    return "".join(
        _role(piece) if position % 2 else re.sub(r"\\(\W)", r"\1", piece)
        for position, piece in enumerate(pieces)
    )


def _role(marked: str) -> str:
    """Write one role or literal."""
    role, content = re.fullmatch(r"(?::(\w+):)?`+([^`]+)`+", marked).groups()  # type: ignore[union-attr]
    if role == "math":
        return f"${content}$"
    return f"`{content.rpartition('.')[2] if content.startswith('~') else content}`"
