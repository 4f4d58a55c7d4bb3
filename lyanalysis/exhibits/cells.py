"""The cells of a table: formatted for readers, and raw for whoever wants to go on counting."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from lyanalysis import catalog, wording
from lyanalysis.catalog import Language

LABELLED_LEVELS = ("part", "aggregate", "pillar", "subindex")
"""Index levels and columns whose entries are identifiers of the catalogue."""
OF_THE_ROW = ("value", "change", "province", "nation")
"""Columns in the unit and with the decimals of the row's ``variable``."""
TOTAL = "total"
"""The entry of level ``part`` that sums up the others."""


def format_cells(frame: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Format a frame for display.

    Parameters
    ----------
    frame : DataFrame
        As :func:`lyanalysis.exhibits.table` takes it.
    language : {"zh", "en"}
        Of names, units and words.

    Returns
    -------
    dict
        ``columns`` (label, unit, align), ``rows`` of text, ``total_rows`` by position,
        ``header_column``.
    """
    flat = _flatten(frame)
    rows = flat["variable"] if "variable" in flat else [""] * len(flat)
    columns = [_column(flat, name, language) for name in flat.columns]
    formatted = [
        [
            _cell(name, value, variable, language)
            for value, variable in zip(flat[name], rows, strict=True)
        ]
        for name in flat.columns
    ]
    totals = [] if "part" not in flat else [int(i) for i in flat.index[flat["part"].eq(TOTAL)]]
    return {
        "columns": columns,
        "rows": [list(row) for row in zip(*formatted, strict=True)],
        "total_rows": totals,
        "header_column": True,
    }


def raw_rows(frame: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Return the values themselves, unrounded, as JSON can hold them.

    Parameters
    ----------
    frame : DataFrame
        What an exhibit shows.
    language : {"zh", "en"}
        Of names and units.

    Returns
    -------
    dict
        ``columns`` (name, label, unit) and ``rows``; what is missing is None.
    """
    named = [name for name in frame.index.names if name is not None]
    flat = frame.reset_index() if named else frame
    return {
        "columns": [
            {"name": name, "label": _label(name, language), "unit": _unit(name, language)}
            for name in flat.columns
        ],
        "rows": [[_plain(value) for value in row] for row in flat.itertuples(index=False)],
    }


def _flatten(frame: pd.DataFrame) -> pd.DataFrame:
    named = [name for name in frame.index.names if name is not None]
    flat = frame.reset_index() if named else frame.reset_index(drop=True)
    if "region_code" in named and len(set(flat["region_code"])) == 1:
        flat = flat.drop(columns="region_code")
    return flat


def _column(flat: pd.DataFrame, name: str, language: Language) -> dict[str, str]:
    known = name in catalog.variables() or name in OF_THE_ROW
    numeric = pd.api.types.is_numeric_dtype(flat[name]) and known
    return {
        "label": _label(name, language),
        "unit": _unit(name, language),
        "align": "right" if numeric else "left",
    }


def _label(name: str, language: Language) -> str:
    if name in catalog.variables():
        return catalog.short_name(name, language)
    return wording.term(name, language)


def _unit(name: str, language: Language) -> str:
    if name not in catalog.variables():
        return ""
    return catalog.unit_name(catalog.variable(name).unit, language)


def _cell(name: str, value: Any, variable: str, language: Language) -> str:
    """Format a value of a column; `variable` is that of its row, if rows have one."""
    if name == "variable":
        return catalog.axis_label(str(value), language)
    if name in LABELLED_LEVELS:
        return _label(str(value), language)
    if name == "window":
        # A window of one year is told from its twin by the vintage, a code.
        year, _, vintage = str(value).partition(" ")
        return " ".join([year, *([wording.term(vintage, language)] if vintage else [])])
    if name == "region_code":
        return catalog.region_name(str(value), language)
    if isinstance(value, str):
        return wording.join_codes(value, language) if name in wording.CODED_COLUMNS else value
    counted = variable if name in OF_THE_ROW else name
    if counted in catalog.variables():
        return wording.number(float(value), catalog.variable(counted).decimals)
    return wording.MISSING if pd.isna(value) else str(int(float(value)))


def _plain(value: Any) -> Any:
    """Return a value JSON can hold: missing becomes null, numpy scalars become Python's."""
    if isinstance(value, float) and math.isnan(value):
        return None
    return value.item() if hasattr(value, "item") else value
