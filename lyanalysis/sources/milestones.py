"""What the article says of a region's history: its claims that are dated."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.beside import regions_beside
from lyanalysis.sources.checks import shared_checks
from lyanalysis.sources.claims import shared_claims

RANGE = "cumulative"
MILESTONE_COLUMNS = [
    *["year", "year_end", "entity", "event", "kind", "status", "value", "unit"],
    *["printed", "printed_unit", "comparator", "whole", "whole_claim", "remark"],
]

TYPES = {"year": float, "year_end": float, "value": float, "whole_claim": str, "remark": str}


def load_milestones(
    region: str, *, language: catalog.Language, data: Path | None = None
) -> pd.DataFrame:
    """Load the dated claims of the article on a region's past and on what it plans.

    Parameters
    ----------
    region : str
        Six-digit code.
    language : {"zh", "en"}
        Language of the names.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``claim_id``, in order of time: events dated to a year, and history and durations over
        a range of years, as far as the claim itself carries the date. ``year`` and
        ``year_end``; ``entity`` and ``event``, its indicator, in words; ``kind`` and ``status`` of
        the claim; ``value`` in ``unit``, and ``printed`` with ``printed_unit`` and ``comparator``;
        ``whole``, the claim on the region above that is about the same entity and range, NaN
        without one, and ``whole_claim``, its identifier; ``remark``, what the checks in words say
        of it, empty where nothing is in doubt.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the claims or the checks are damaged.

    Notes
    -----
    Claims are never evidence, and the day of an interview is no event of a region.

    Examples
    --------
    >>> found = load_milestones("410300", language="en")
    >>> found.loc["F002", ["year", "value", "whole"]].tolist()
    [1953.0, 7.0, 156.0]
    """
    catalog.region(region, data=data)
    claims = shared_claims(data).reset_index()
    ranged = claims["period_kind"].eq(RANGE) & (
        claims["theme"].eq("history") | claims["kind"].eq("duration")
    )
    dated = ranged | (claims["kind"].eq("date") & claims["period_kind"].eq("year"))
    dated &= claims["repeat_of"].eq("")
    own = claims[dated & claims["region_code"].eq(region)]
    others = claims[dated & claims["region_code"].isin(regions_beside(region, data=data).values())]
    wholes = others.drop_duplicates(["period", "entity_zh"]).rename(
        columns={"value": "whole", "claim_id": "whole_claim"}
    )
    found = own.merge(
        wholes[["period", "entity_zh", "unit", "whole", "whole_claim"]],
        how="left",
        on=["period", "entity_zh", "unit"],
    )
    years = [_years(*row) for row in zip(*(found[name] for name in DATED), strict=True)]
    found = found.assign(
        year=[first for first, _ in years],
        year_end=[last for _, last in years],
        entity=found[f"entity_{language}"],
        event=found[f"indicator_{language}"],
        whole=found["whole"].astype(float),
        whole_claim=found["whole_claim"].where(found["whole_claim"].notna(), ""),
        remark=[_remark(claim, language, data) for claim in found["claim_id"]],
    )
    ordered = found.sort_values(["year", "year_end", "claim_id"], kind="stable")
    return ordered.set_index("claim_id")[MILESTONE_COLUMNS].astype(TYPES)


DATED = ("kind", "period_kind", "period", "value", "printed_unit")


def _years(kind: str, period_kind: str, period: str, value: float, unit: str) -> tuple[int, int]:
    """Return first and last year of a claim: of a date its own, else those of its period."""
    if kind == "date":
        year = int(value) // 100 if unit == "年月" else int(value)
        return year, year
    first, last = period.split("/") if period_kind == RANGE else (period, period)
    return int(first), int(last)


def _remark(claim: str, language: catalog.Language, data: Path | None) -> str:
    """Return what the checks say that find a claim in doubt."""
    checks = shared_checks(data)
    doubts = checks["inputs"].map(lambda inputs: claim in inputs)
    doubts &= checks["verdict"].isin(["ask", "flag"]) & checks["formula"].eq("")
    found = checks[doubts].reset_index()
    rows = zip(found["check_id"], found[f"reason_{language}"], strict=True)
    return " ".join(dict.fromkeys(f"{check} {text}" for check, text in rows))
