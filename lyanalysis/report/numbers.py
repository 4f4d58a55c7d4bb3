"""The numbers behind one exhibit in two editions, matched by the labels of their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from lyanalysis import catalog
from lyanalysis.catalog import Language

TIMES = {"year", "edition", "period", "period_kind"}
"""Columns that tell rows apart even where others would do: figures of two years are two figures."""
SIGNIFICANT = 12
"""Digits shown of a number whose decimals nobody fixed: all but the noise of binary arithmetic."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One cell behind an exhibit that is another than it was.

    Attributes
    ----------
    row : str
        Labels of its row, in the language of the report.
    column : str
        Heading of its column, with the unit.
    old, new : object
        Raw values; None where nothing is published.
    shown_old, shown_new : str
        As a reader sees them, with the decimals of the variable; empty where there is none.
    is_number : bool
        False for words and codes, such as a flag or a vintage, and for years.
    """

    row: str
    column: str
    old: object
    new: object
    shown_old: str
    shown_new: str
    is_number: bool

    @property
    def is_visible(self) -> bool:
        """Whether the reader sees the difference, or it is hidden by rounding."""
        return self.shown_old != self.shown_new


class _Row(NamedTuple):
    """Raw values of a row by column, and those that the exhibit prints, as it prints them."""

    values: Mapping[str, Any]
    printed: Mapping[str, str]


NO_ROW = _Row({}, {})


def compare_numbers(
    old: Mapping[str, Any], new: Mapping[str, Any], language: Language
) -> Iterator[Moved]:
    """Yield the cells that differ between two editions of one exhibit.

    Parameters
    ----------
    old, new : mapping
        What the exhibit hands the exporters: ``data`` with ``columns`` (name, label, unit) and raw
        ``rows``; of a table also ``table``, the cells as printed.
    language : {"zh", "en"}
        Language of labels.

    Yields
    ------
    Moved
        Row by row in the order of the new edition, then rows that are gone. Values differ exactly
        or not at all: no tolerance is applied.
    """
    columns = [_columns(one) for one in (old, new)]
    before, now = ([*_rows(one)] for one in (old, new))
    key = _key(
        [row.values for row in before],
        [row.values for row in now],
        [name for name in columns[1] if name in columns[0]],
    )
    found, found_now = _by_key(before, key), _by_key(now, key)
    for place in dict.fromkeys([*found_now, *found]):
        one, other = found.get(place, NO_ROW), found_now.get(place, NO_ROW)
        about = other.values or one.values
        labels = [_label(name, about[name], language) for name in key]
        row = ("，" if language == "zh" else ", ").join(filter(None, labels))
        for name, column in {**columns[0], **columns[1]}.items():
            if name not in key and _told(name, one.values) != _told(name, other.values):
                yield _moved(row, name, _heading(column, language), one, other)


def _columns(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {column["name"]: column for column in content["data"]["columns"]}


def _rows(content: Mapping[str, Any]) -> Iterator[_Row]:
    """Yield the rows of the data; with the cells of the table where it shows the same rows."""
    data, table = content["data"], content.get("table", {"columns": [], "rows": []})
    names = [column["name"] for column in data["columns"]]
    places = {(column["label"], column["unit"]): at for at, column in enumerate(table["columns"])}
    printed_at = {
        column["name"]: places[column["label"], column["unit"]]
        for column in data["columns"]
        if (column["label"], column["unit"]) in places
    }
    is_same = len(table["rows"]) == len(data["rows"])
    for at, row in enumerate(data["rows"]):
        cells = table["rows"][at] if is_same else ()
        printed = {name: str(cells[place]) for name, place in printed_at.items() if cells}
        yield _Row(dict(zip(names, row, strict=True)), printed)


def _key(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], names: Sequence[str]
) -> list[str]:
    """Return the columns that tell rows apart: the first labels that do, and the times among them.

    Indices of frames come first, so the shortest start of the labels that is unique is the key.
    """
    labels = [name for name in names if _is_label(name, [*old, *new])]
    key = next(
        (
            labels[:length]
            for length in range(1, len(labels))
            if _are_unique(labels[:length], old, new)
        ),
        labels,
    )
    leading = takewhile(labels.__contains__, names)
    times = [name for name in leading if name in TIMES]
    return [name for name in labels if name in {*key, *times}]


def _is_label(name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell words, codes and years from numbers."""
    if name in catalog.variables():
        return False
    values = [row[name] for row in rows if row[name] is not None]
    if name in TIMES or name.endswith("_year") or name.startswith("year_"):
        return True
    return bool(values) and all(isinstance(value, str) for value in values)


def _are_unique(key: Sequence[str], *editions: Sequence[Mapping[str, Any]]) -> bool:
    return all(
        len({tuple(_told(name, row) for name in key) for row in rows}) == len(rows)
        for rows in editions
    )


def _told(name: str, row: Mapping[str, Any]) -> object:
    """Return what tells rows apart: of a window its start, as its end moves with every edition."""
    value = row.get(name)
    return str(value).partition("–")[0] if name == "window" and value else value


def _by_key(rows: Sequence[_Row], key: Sequence[str]) -> dict[tuple[object, ...], _Row]:
    """Return rows by key; where labels do not tell them apart, by their count among equals too."""
    seen: Counter[tuple[object, ...]] = Counter()
    found: dict[tuple[object, ...], _Row] = {}
    for row in rows:
        place = tuple(_told(name, row.values) for name in key)
        found[(*place, seen[place])] = row
        seen[place] += 1
    return found


def _moved(row: str, name: str, heading: str, one: _Row, other: _Row) -> Moved:
    about = {**one.values, **other.values}
    old, new = one.values.get(name), other.values.get(name)
    are_words = _is_label(name, [{name: old}, {name: new}])
    shown, shown_now = (
        ""
        if value is None
        else source.printed.get(name) or _shown(name, value, about, is_label=are_words)
        for value, source in ((old, one), (new, other))
    )
    return Moved(row, heading, old, new, shown, shown_now, not are_words)


def _heading(column: Mapping[str, Any], language: Language) -> str:
    label, unit = column["label"], column["unit"]
    if not unit:
        return str(label)
    return f"{label}（{unit}）" if language == "zh" else f"{label} ({unit})"


def _label(name: str, value: object, language: Language) -> str:
    """Name a code in words where the catalogue knows it."""
    if value is None:
        return ""
    if name == "region_code" and value in catalog.regions():
        return catalog.region_name(str(value), language)
    if isinstance(value, str) and value in catalog.variables():
        return catalog.short_name(value, language)
    return f"{value:.{SIGNIFICANT}g}" if isinstance(value, float) else str(value)


def _shown(name: str, value: object, row: Mapping[str, Any], *, is_label: bool) -> str:
    """Write a number with the decimals of its variable, or with all its digits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    known = catalog.variables()
    variable = name if name in known else str(row.get("variable", ""))
    if variable in known and not is_label:
        return f"{value:z.{known[variable].decimals}f}"
    return f"{value:.{SIGNIFICANT}g}"
