"""Two editions of one report: numbers that moved and why, what was added, is gone, reads anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.errors import ParameterError
from lyanalysis.export.exhibit import MIME
from lyanalysis.export.words import WORDS
from lyanalysis.report import annex
from lyanalysis.report.edition import Edition, HashedFile, exhibits_of
from lyanalysis.report.numbers import Moved, compare_numbers
from lyanalysis.report.sentences import compare_sentences, sentences_of

NAME = "since_last_edition"
"""Stands where other cells have the name of their notebook, in a chapter made of a comparison."""
ABOUT_ITSELF = {annex.NAME, NAME}
"""Chapters a report writes of itself: what they list is told here as inputs."""

Part = Literal["parameters", "sources", "data", "notebooks", "package", "environment", "fonts"]


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that went into a report and is another now.

    Attributes
    ----------
    part : str
        ``parameters``, ``sources``, ``data``, ``notebooks``, ``package``, ``environment``,
        ``fonts``.
    name : str
        Parameter, title of a source, file or program.
    old, new : str
        Value, version, SHA-256 or identifier; empty where it was not there.
    """

    part: Part
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ExhibitChange:
    """An exhibit that is not as it was.

    Attributes
    ----------
    id : str
        Its name in both editions.
    state : {"added", "gone", "changed"}
        Where it was or is.
    chapter : str
        Name of its chapter.
    old_label, new_label : str
        ``图 2-1``; empty where it has no number.
    old_caption, new_caption : str
        Captions.
    numbers : tuple of Moved
        What moved; empty for an exhibit added or gone.
    is_redrawn : bool
        Looks or reads otherwise though no number moved: another drawing, note or formatted table.
    causes : tuple of Cause
        Everything recorded that may have moved its numbers: where it is one, it did.
    """

    id: str
    state: Literal["added", "gone", "changed"]
    chapter: str
    old_label: str
    new_label: str
    old_caption: str
    new_caption: str
    numbers: tuple[Moved, ...]
    is_redrawn: bool
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence that was added, is gone or reads otherwise; empty where there is none."""

    chapter: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Front:
    """What an edition is: path, title, region, language, year, version of the package."""

    path: str
    title: str
    region: str
    language: Language
    year: int
    version: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two editions.

    Attributes
    ----------
    old, new : Front
        The editions.
    chapters : dict of str to str
        Titles of the chapters by name.
    causes : tuple of Cause
        What went into them and is another, sources excepted.
    exhibits : tuple of ExhibitChange
        In the order of the new edition, those that are gone last.
    sentences : tuple of SentenceChange
        In reading order.
    """

    old: Front
    new: Front
    chapters: dict[str, str]
    causes: tuple[Cause, ...]
    exhibits: tuple[ExhibitChange, ...]
    sentences: tuple[SentenceChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether a reader sees no difference."""
        return not (self.exhibits or self.sentences)


def compare(old: Edition, new: Edition) -> Comparison:
    """Compare two editions of one report.

    Parameters
    ----------
    old, new : Edition
        Of one region and language; the years may differ.

    Returns
    -------
    Comparison
        Exhibits are matched by id, their numbers by the labels of row and column, sentences
        chapter by chapter.

    Raises
    ------
    ParameterError
        If region or language differ.
    """
    fronts = _front(old), _front(new)
    for about, name in (("region", "regions"), ("language", "languages")):
        values = [getattr(one, about) for one in fronts]
        if values[0] != values[1]:
            raise ParameterError(
                f"{old.path} and {new.path} are reports of two {name}, {values[0]} and "
                f"{values[1]}; name two editions of one region and language",
                name="NEW",
                value=str(new.path),
            )
    before, now = _chapters(old.notebook), _chapters(new.notebook)
    language = fronts[1].language
    names = dict.fromkeys([*now, *before])
    sentences = [
        SentenceChange(name, *pair)
        for name in names
        for pair in compare_sentences(
            sentences_of(before.get(name, []), language), sentences_of(now.get(name, []), language)
        )
    ]
    causes = tuple(_causes(old, new))
    titles: dict[str, str] = {
        name: annex.title_of(_notebook(now.get(name) or before[name]), language) for name in names
    }
    # Prose moves no number: a notebook is a cause where its code is another.
    recoded = {f"{name}.ipynb" for name in names if _code(before, name) != _code(now, name)}
    moving = tuple(one for one in causes if one.part != "notebooks" or one.name in recoded)
    exhibits = tuple(_exhibits(old, new, moving, language))
    return Comparison(*fronts, titles, causes, exhibits, tuple(sentences))


def _front(edition: Edition) -> Front:
    parameters, about = edition.manifest.parameters, edition.notebook.metadata["lyanalysis"]
    return Front(
        path=str(edition.path),
        title=str(about.get("title", "")),
        region=parameters.region,
        language=parameters.language,
        year=parameters.year,
        version=edition.manifest.package.version,
    )


def _chapters(notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    """Return the cells of the chapters that were executed, by name, in order."""
    found: dict[str, list[NotebookNode]] = {}
    for cell in notebook.cells:
        name = cell.metadata["lyanalysis"]["chapter"]
        if name not in ABOUT_ITSELF:
            found.setdefault(name, []).append(cell)
    return found


def _code(chapters: Mapping[str, list[NotebookNode]], name: str) -> list[str]:
    """Return the code of a chapter, without the values of its parameters."""
    return [
        cell.source
        for cell in chapters.get(name, [])
        if cell.cell_type == "code" and "injected-parameters" not in cell.metadata.get("tags", [])
    ]


def _notebook(cells: list[NotebookNode]) -> NotebookNode:
    made: NotebookNode = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    return made


def _causes(old: Edition, new: Edition) -> Iterator[Cause]:
    """Yield what went into one report and not, or otherwise, into the other."""
    before, now = old.manifest, new.manifest
    values = [one.parameters.for_notebook() for one in (before, now)]
    for name in values[1]:
        if values[0][name] != values[1][name]:
            yield Cause("parameters", name, *(_written(one[name]) for one in values))
    yield from _differing("data", _hashes(before.data), _hashes(now.data))
    yield from _differing("notebooks", _hashes(before.notebooks), _hashes(now.notebooks))
    if before.package.sha256 != now.package.sha256:
        states = [f"{one.package.version} ({one.package.sha256[:12]})" for one in (before, now)]
        yield Cause("package", now.package.name, *states)
    locks = [
        {one.environment.lock.file: one.environment.lock.sha256}
        if one.environment.lock
        else one.environment.packages
        for one in (before, now)
    ]
    yield from _differing("environment", *locks)
    yield from _differing("fonts", _hashes(before.fonts), _hashes(now.fonts))


def _written(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _hashes(files: Iterable[HashedFile]) -> dict[str, str]:
    return {one.file: one.sha256 for one in files}


def _differing(part: Part, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Cause]:
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield Cause(part, name, old.get(name, ""), new.get(name, ""))


def _exhibits(
    old: Edition, new: Edition, causes: tuple[Cause, ...], language: Language
) -> Iterator[ExhibitChange]:
    before, now = (dict(_shown(edition)) for edition in (old, new))
    for id in dict.fromkeys([*now, *before]):
        change = _exhibit(before.get(id), now.get(id), causes, language)
        if change is not None:
            yield change


def _shown(edition: Edition) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Yield id, chapter and content of every exhibit of an executed chapter."""
    for cell, bundle in exhibits_of(edition.notebook):
        chapter = cell.metadata["lyanalysis"]["chapter"]
        if chapter not in ABOUT_ITSELF:
            yield bundle[MIME]["id"], (chapter, bundle[MIME])


def _exhibit(
    old: tuple[str, dict[str, Any]] | None,
    new: tuple[str, dict[str, Any]] | None,
    causes: tuple[Cause, ...],
    language: Language,
) -> ExhibitChange | None:
    """Say how an exhibit differs; None where it does not."""
    chapter, content = cast("tuple[str, dict[str, Any]]", new or old)
    state = _state(old, new)
    before, now = (one[1] if one else {} for one in (old, new))
    numbers: tuple[Moved, ...] = ()
    if state == "changed":
        if before == now:
            return None
        numbers = tuple(compare_numbers(before, now, language))
    sources = tuple(_sources(before.get("source_ids", []), now.get("source_ids", [])))
    is_redrawn = state == "changed" and not numbers and _look(before) != _look(now)
    heads = [(_label(one), one.get("caption", "")) for one in (before, now)]
    if state == "changed" and not (numbers or is_redrawn or sources or heads[0] != heads[1]):
        return None
    return ExhibitChange(
        id=content["id"],
        state=state,
        chapter=chapter,
        old_label=heads[0][0],
        new_label=heads[1][0],
        old_caption=heads[0][1],
        new_caption=heads[1][1],
        numbers=numbers,
        is_redrawn=is_redrawn,
        causes=(*sources, *(one for one in causes if _may_move(one, chapter))),
    )


def _state(old: object, new: object) -> Literal["added", "gone", "changed"]:
    return "added" if old is None else "gone" if new is None else "changed"


def _label(content: Mapping[str, Any]) -> str:
    if not content.get("number"):
        return ""
    return f"{WORDS[content['language']][content['kind']]} {content['number']}"


def _look(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a reader sees besides number and caption."""
    return {name: content.get(name) for name in ("kind", "figure", "table", "note", "source_line")}


def _may_move(cause: Cause, chapter: str) -> bool:
    """Say whether a cause can reach the numbers of a chapter."""
    if cause.part == "notebooks":
        return cause.name == f"{chapter}.ipynb"
    return cause.part != "fonts"


def _sources(old: Iterable[str], new: Iterable[str]) -> Iterator[Cause]:
    known = catalog.sources()
    before, now = set(old), set(new)
    for id in sorted(before ^ now):
        title = known[id].title if id in known else id
        yield Cause("sources", title, id if id in before else "", id if id in now else "")
