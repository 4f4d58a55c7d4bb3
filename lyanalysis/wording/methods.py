"""What a reader is told of an indicator: a short entry for the annex, a full one for reference.

Names, texts, formulas and sources are those of the indicator's own record; here stand only the
words between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, say

ORIGINS = {
    "own": ("本项目自定，没有通行的出处", "own definition; there is no standard source"),
    "identity": ("恒等式，由定义直接得出", "an identity, which follows from the definitions"),
    "": ("", ""),
}
"""What stands in place of a source, in Chinese and English."""


class Entry(Protocol):
    """An argument, a result or an error; texts are Markdown."""

    @property
    def name(self) -> str:
        """Name, empty where there is none."""

    @property
    def type(self) -> str:
        """Shape, or class of an error."""

    @property
    def description(self) -> str:
        """Unit, range and what its ends mean."""


class Method(Protocol):
    """Record of an indicator; texts are Markdown."""

    @property
    def module(self) -> str:
        """Module it stands in."""

    @property
    def signature(self) -> str:
        """How it is called."""

    @property
    def name_en(self) -> str:
        """English name."""

    @property
    def name_zh(self) -> str:
        """Chinese name."""

    @property
    def summary_en(self) -> str:
        """What it measures, in English."""

    @property
    def summary_zh(self) -> str:
        """What it measures, with unit and range, in Chinese."""

    @property
    def parameters(self) -> Sequence[Entry]:
        """Inputs."""

    @property
    def returns(self) -> Sequence[Entry]:
        """Results."""

    @property
    def raises(self) -> Sequence[Entry]:
        """Refusals."""

    @property
    def notes(self) -> str:
        """Formulas in their place, missing values, edge cases."""

    @property
    def formulas(self) -> Sequence[str]:
        """Displayed formulas, as LaTeX."""

    @property
    def references(self) -> Sequence[str]:
        """Sources."""

    @property
    def origin(self) -> str:
        """A key of :data:`ORIGINS` where there is no source."""

    @property
    def examples(self) -> Sequence[str]:
        """Text and code in turn."""


def describe_methods(methods: Iterable[Method], *, language: Language) -> Prose:
    """Introduce indicators one after the other: name, formula, meaning, unit and range, source.

    Parameters
    ----------
    methods : iterable of Method
        Records, in the order they are to be read.
    language : {"zh", "en"}
        Language of the report; the name in the other one stands beside.

    Returns
    -------
    Prose
        A heading of level 3 for each, and what belongs to it.
    """
    entries = "\n\n".join(_short_entry(method, language) for method in methods)
    return Prose(entries, markdown=entries)


def method_title(method: Method, *, language: Language) -> str:
    """Return the name of an indicator with that of the other language.

    Parameters
    ----------
    method : Method
        Record of the indicator.
    language : {"zh", "en"}
        Which name stands first.

    Returns
    -------
    str
        ``比重（Shares in a total）`` or ``Shares in a total (比重)``.
    """
    return say(
        f"{method.name_zh}（{method.name_en}）", f"{method.name_en} ({method.name_zh})", language
    )


def method_sections(method: Method, *, language: Language) -> list[tuple[str, str]]:
    """Return all that is known of an indicator.

    Parameters
    ----------
    method : Method
        Record of the indicator.
    language : {"zh", "en"}
        Language of the headings, and of the summary that stands first.

    Returns
    -------
    list of (str, str)
        Heading and Markdown; the summary has an empty heading.
    """
    summaries = [method.summary_zh, method.summary_en]
    if language == "en":
        summaries.reverse()
    sections = [
        ("", "\n\n".join(summaries)),
        (say("调用", "Call", language), _code(f"{method.module}.{method.signature}")),
        (say("输入", "Inputs", language), _definitions(method.parameters)),
        (say("结果", "Result", language), _definitions(method.returns)),
        (say("公式与说明", "Formula and notes", language), method.notes),
        (say("来源", "Source", language), _source(method, language)),
        (say("拒绝的输入", "Refusals", language), _definitions(method.raises)),
        (say("示例", "Example", language), "\n\n".join(map(_example, method.examples))),
    ]
    return [(heading, text) for heading, text in sections if text]


def _short_entry(method: Method, language: Language) -> str:
    # The Chinese summary holds unit and range; in English they stand with the result.
    results = [f"Result: {entry.description}" for entry in method.returns]
    told = [method.summary_zh] if language == "zh" else [method.summary_en, *results]
    formulas = [f"$$\n{formula}\n$$" for formula in method.formulas]
    source = _source(method, language)
    named = [say(f"来源：{source}。", f"Source: {source}.", language)] if source else []
    title = method_title(method, language=language)
    # The formula first: a heading keeps what follows it on its page.
    return "\n\n".join([f"### {title}", *formulas, *told, *named])


def _source(method: Method, language: Language) -> str:
    """Name the sources, without a full stop at the end."""
    if method.references:
        listed = [reference.rstrip(".") for reference in method.references]
        return say("；", "; ", language).join(listed)
    return say(*ORIGINS[method.origin], language)


def _definitions(entries: Iterable[Entry]) -> str:
    """Write entries as a definition list."""
    return "\n\n".join(
        f"{_term(entry)}\n:   " + entry.description.replace("\n", "\n    ") for entry in entries
    )


def _term(entry: Entry) -> str:
    return f"`{entry.name}`: {entry.type}" if entry.name else entry.type


def _example(example: str) -> str:
    return _code(example) if example.startswith(">>>") else example


def _code(text: str) -> str:
    return f"```python\n{text}\n```"
