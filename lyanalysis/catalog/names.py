"""Names of variables, regions, units and sources as a report prints them, in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from lyanalysis.catalog.entries import Source, region, source, unknown, variable, without_suffix
from lyanalysis.catalog.tables import Version, read_version, version

Language = Literal["zh", "en"]
"""Language of a report."""


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
    ('地区生产总值（亿元）', 'NAV')
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
        Identifiers of ``sources.csv``, in any order; each is named once.
    language : {"zh", "en"}
        Language of the line. Titles and publishers stay as the source prints them.
    data : Path, optional
        Folder of a data package.

    Returns
    -------
    str
        Sources by grade, then newest first.

    Raises
    ------
    ParameterError
        If a source is unknown.

    Examples
    --------
    >>> source_line(["s7882a289"], "zh")
    '资料来源：《河南省2025年经济运行情况新闻发布会》（郑州新闻广播(转载)，2026-01）。'
    """
    found = [source(id, data=data) for id in sorted(set(source_ids))]
    newest = sorted(found, key=lambda entry: entry.published, reverse=True)
    ordered = sorted(newest, key=lambda entry: entry.grade)
    if language == "en":
        return f"Sources: {'; '.join(_cite(entry, language) for entry in ordered)}."
    return f"资料来源：{'；'.join(_cite(entry, language) for entry in ordered)}。"


def _cite(entry: Source, language: Language) -> str:
    if language == "en":
        inside = ", ".join(part for part in (entry.publisher, entry.published) if part)
        return f"{entry.title} ({inside})"
    inside = "，".join(part for part in (entry.publisher, entry.published) if part)
    # A title that quotes another work brings its own book-title marks.
    title = entry.title if "《" in entry.title else f"《{entry.title}》"
    return f"{title}（{inside}）"
