"""The words themselves: codes of the package and the texts around exhibits, in two languages.

The texts around exhibits stand in one module a chapter.
"""

from __future__ import annotations

from lyanalysis.catalog import Language
from lyanalysis.wording.texts import claims, data_annex, structure, summary, targets
from lyanalysis.wording.texts.terms import CODED_COLUMNS, REASONS, TERMS

__all__ = ["CODED_COLUMNS", "EXHIBITS", "REASONS", "TERMS"]

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    **summary.EXHIBITS,
    **structure.EXHIBITS,
    **data_annex.EXHIBITS,
    **targets.EXHIBITS,
    **claims.EXHIBITS,
}
"""Texts around exhibits: key -> language -> caption, alternative text, note, notice if missing."""
