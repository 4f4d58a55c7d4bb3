"""The words themselves: codes of the package and the texts around exhibits, in two languages.

The texts around exhibits stand in one module a chapter.
"""

from __future__ import annotations

from lyanalysis.catalog import Language
from lyanalysis.wording.texts import (
    claims,
    clusters,
    comparison,
    data_annex,
    innovation,
    space,
    starting_point,
    structure,
    summary,
    targets,
    transition,
)
from lyanalysis.wording.texts.space import CARD_EVIDENCE, REQUIREMENTS
from lyanalysis.wording.texts.terms import CODED_COLUMNS, TERMS

__all__ = [
    "CARD_EVIDENCE",
    "CODED_COLUMNS",
    "EXHIBITS",
    "REQUIREMENTS",
    "TERMS",
]

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    **summary.EXHIBITS,
    **structure.EXHIBITS,
    **data_annex.EXHIBITS,
    **space.EXHIBITS,
    **clusters.EXHIBITS,
    **innovation.EXHIBITS,
    **starting_point.EXHIBITS,
    **comparison.EXHIBITS,
    **transition.EXHIBITS,
    **targets.EXHIBITS,
    **claims.EXHIBITS,
}
"""Texts around exhibits: key -> language -> caption, alternative text, note, notice if missing."""
