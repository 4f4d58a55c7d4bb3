"""Names of variables, regions, units and sources as a report prints them, in two languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from lyanalysis.catalog.entries import Source, region, source, unknown, variable, without_suffix
from lyanalysis.catalog.tables import Version, read_version, version

Language = Literal["zh", "en"]
"""Language of a report."""
NAMED = 4
"""How many documents a source line names."""


def variable_name(id: str, language: Language, *, data: Path | None = None) -> str:
    """Return the full name of a variable.

    Examples
    --------
    >>> variable_name("gdp", "en")
    'Gross domestic product'
    """
    found = variable(id, data=data)
    return found.name_zh if language == "zh" else found.name_en


def short_name(id: str, language: Language, *, data: Path | None = None) -> str:
    """Return the name of a variable for charts and tables.

    Examples
    --------
    >>> short_name("va_secondary", "zh")
    '第二产业'
    """
    found = variable(id, data=data)
    return found.short_zh if language == "zh" else found.short_en


def region_name(
    code: str, language: Language, *, short: bool = False, data: Path | None = None
) -> str:
    """Return the name of a region; `short` leaves out 市 and 省.

    Examples
    --------
    >>> region_name("410300", "zh", short=True), region_name("410300", "en")
    ('洛阳', 'Luoyang')
    """
    found = region(code, data=data)
    if language == "en":
        return found.name_en
    return without_suffix(found.name_zh) if short else found.name_zh


def unit_name(unit: str, language: Language, *, data: Path | None = None) -> str:
    """Return the name of a unit; a pure number has none.

    Examples
    --------
    >>> unit_name("亿元", "en"), unit_name("", "en")
    ('100 million yuan', '')
    """
    if not unit or language == "zh":
        return unit
    known = _units(version("units.csv", data))
    if unit not in known:
        raise unknown("unit", unit, {name: name for name in known})
    return known[unit]


@cache
def _units(file: Version) -> Mapping[str, str]:
    table = read_version(file, ("unit", "name_en"))
    return dict(zip(table["unit"], table["name_en"], strict=True))


def axis_label(id: str, language: Language, *, data: Path | None = None) -> str:
    """Return the short name of a variable with its unit in brackets.

    Examples
    --------
    >>> axis_label("gdp", "zh"), axis_label("nav", "en")
    ('生产总值（亿元）', 'NAV')
    """
    name = short_name(id, language, data=data)
    unit = unit_name(variable(id, data=data).unit, language, data=data)
    if not unit:
        return name
    return f"{name}（{unit}）" if language == "zh" else f"{name} ({unit})"


def source_line(source_ids: Iterable[str], language: Language, *, data: Path | None = None) -> str:
    """Return the line under an exhibit that names its sources.

    Parameters
    ----------
    source_ids : iterable of str
        Identifiers of ``sources.csv``, in any order.
    language : {"zh", "en"}
        Language of the line. Titles and publishers stay as the source prints them.
    data : Path, optional
        Folder of a data package.

    Returns
    -------
    str
        Sources by grade, then newest first; remarks in brackets are left out, and a document that
        is known by two addresses is named once. Behind the first :data:`NAMED` documents the others
        are counted: a line under an exhibit is no list. :func:`citation` has it all.

    Raises
    ------
    ParameterError
        If a source is unknown.

    Examples
    --------
    >>> source_line(["s4f7b791e", "sc354d42a"], "zh")
    '资料来源：洛阳市统计局、国家统计局洛阳调查队《2023年洛阳市国民经济和社会发展统计公报》（2024-04-30）。'
    """
    newest: dict[tuple[str, str], str] = {}
    for entry in ordered_sources(source_ids, data=data):
        document = (_without_remarks(entry.publisher), _without_remarks(entry.title))
        newest[document] = max(newest.get(document, ""), entry.published)
    named = list(newest.items())[:NAMED]
    others = len(newest) - len(named)
    if language == "en":
        more = f"; and {others} other{'' if others == 1 else 's'}" if others else ""
        return f"Sources: {'; '.join(_cite_en(*key, date) for key, date in named)}{more}."
    more = f"；等{len(newest)}个来源" if others else ""
    return f"资料来源：{'；'.join(_cite_zh(*key, date) for key, date in named)}{more}。"


def ordered_sources(source_ids: Iterable[str], *, data: Path | None = None) -> list[Source]:
    """Return sources by grade, then newest first, each once.

    Examples
    --------
    >>> [entry.grade for entry in ordered_sources(["s88f17e42", "s4f7b791e"])]
    ['A', 'B']
    """
    found = [source(id, data=data) for id in sorted(set(source_ids))]
    newest = sorted(found, key=lambda entry: entry.published, reverse=True)
    return sorted(newest, key=lambda entry: entry.grade)


def citation(id: str, language: Language, *, data: Path | None = None) -> str:
    """Return title, publisher and date of a source in full.

    Examples
    --------
    >>> citation("s7882a289", "zh")
    '《河南省2025年经济运行情况新闻发布会》，郑州新闻广播(转载)，2026-01'
    """
    entry = source(id, data=data)
    title = _titled(entry.title) if language == "zh" else entry.title
    comma = "，" if language == "zh" else ", "
    return comma.join(part for part in (title, entry.publisher, entry.published) if part)


def publisher_name(id: str, *, data: Path | None = None) -> str:
    """Return who published a source first, without the remarks on where a copy was found.

    Examples
    --------
    >>> publisher_name("s91c79878")
    '河南日报客户端'
    """
    return _without_remarks(source(id, data=data).publisher)


def _without_remarks(text: str) -> str:
    """Cut a text before its first bracket: what follows says where a copy was found."""
    short = re.split(r"\s*[（(]", text, maxsplit=1)[0]
    return short or text


def _titled(title: str) -> str:
    """Set a title in book-title marks, unless it quotes another work and brings its own."""
    return title if "《" in title else f"《{title}》"


def _cite_zh(publisher: str, title: str, published: str) -> str:
    return f"{publisher}{_titled(title)}{f'（{published}）' if published else ''}"


def _cite_en(publisher: str, title: str, published: str) -> str:
    return ", ".join(part for part in (publisher, title, published) if part)
