"""The checks on the article that belong into the report of a region, and what each rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import ParameterError
from lyanalysis.sources.article import load_region_claims, subject_of
from lyanalysis.sources.checks import VERDICTS, load_check_inputs, shared_checks
from lyanalysis.sources.claims import shared_claims

GRAVITY = ("flag", "ask", "ok", "info")
"""Verdicts in the order in which one part speaks for its check."""
CHECK_TEXTS = ["kind", "title_zh", "title_en", "part_zh", "part_en", "reason_zh", "reason_en"]


def load_region_checks(
    region: str, check_ids: Sequence[str] | None = None, *, data: Path | None = None
) -> pd.DataFrame:
    """Load the checks that the report of a region shows, to be joined with what they compute to.

    Parameters
    ----------
    region : str
        Six-digit code.
    check_ids : sequence of str, optional
        Checks wanted, in this order: those of which all claims are about the region. ``None`` means
        every check that concerns the region.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``(check_id, part)``. ``kind``, ``title``, ``part`` and ``reason`` in both languages
        as of :func:`load_checks`; ``check_verdict``, the gravest verdict among the parts of the
        check, in the order of :data:`GRAVITY`; ``claims_involved``, how many claims enter the row;
        ``claim_ids`` and ``source_ids``, tuples of the claims and of the sources of published
        figures that enter, by way of earlier results too. A check has all its parts or none.

    Raises
    ------
    ParameterError
        If the region or a check is unknown.
    DataError
        If the data package is damaged.

    Notes
    -----
    A check concerns a region where one of its parts is computed from a claim the report of the
    region shows, or from a figure published for the region; the subject of the article has all
    checks, those on its words alone among them.

    Examples
    --------
    >>> checks = load_region_checks("410600")
    >>> checks.index.unique("check_id").tolist(), checks["claim_ids"].iloc[0]
    (['D32'], ('F089',))
    >>> load_region_checks("410300", ["D7"])["claim_ids"].iloc[-1]
    ('F013', 'F012')
    """
    code = catalog.region(region, data=data).code
    checks = shared_checks(data)
    ranks = checks["verdict"].map({verdict: rank for rank, verdict in enumerate(GRAVITY)})
    gravest = ranks.groupby(level="check_id").transform("min").map(dict(enumerate(GRAVITY)))
    described = checks[CHECK_TEXTS].assign(check_verdict=gravest.astype(str))
    entered = _trace(checks, load_check_inputs(data))
    described = described.join(entered).assign(claims_involved=entered["claim_ids"].map(len))
    wanted = (
        _concerned(described, checks["inputs"], code, data)
        if check_ids is None
        else _own(described, check_ids, code, data)
    )
    ids = described.index.get_level_values("check_id")
    places = {id: place for place, id in enumerate(wanted)}
    return described[ids.isin(wanted)].sort_index(
        level="check_id", key=lambda level: level.map(places), sort_remaining=False, kind="stable"
    )


def _concerned(
    checks: pd.DataFrame, inputs: pd.Series, region: str, data: Path | None
) -> list[str]:
    """Return the checks with a part that rests on anything shown of, or published for, a region."""
    if region == subject_of(shared_claims(data)):
        return list(checks.index.unique("check_id"))
    shown = set(load_region_claims(region, data=data).index)
    touched = [
        bool(shown & set(claim_ids)) or any(label.startswith(f"{region}:") for label in labels)
        for claim_ids, labels in zip(checks["claim_ids"], inputs, strict=True)
    ]
    return list(checks.index[touched].unique("check_id"))


def _own(
    checks: pd.DataFrame, check_ids: Sequence[str], region: str, data: Path | None
) -> list[str]:
    """Return those of some checks that rest on claims about one region alone."""
    regions = shared_claims(data)["region_code"]
    spoken_of: dict[str, set[str]] = {}
    for (check_id, _), claim_ids in zip(checks.index, checks["claim_ids"], strict=True):
        spoken_of.setdefault(check_id, set()).update(regions[id] for id in claim_ids)
    for id in check_ids:
        if id not in spoken_of:
            raise ParameterError(
                f"there is no check {id!r}; see checks.csv", name="check_ids", value=id
            )
    return [id for id in check_ids if spoken_of[id] == {region}]


def _trace(checks: pd.DataFrame, inputs: pd.DataFrame) -> pd.DataFrame:
    """Return claims and sources behind every row; a result brings those behind it."""
    origin = dict(zip(inputs.index, inputs["origin"], strict=True))
    source_of = dict(zip(inputs.index, inputs["source_id"], strict=True))
    behind: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, labels in zip(checks.index, checks["inputs"], strict=True):
        claim_ids: list[str] = []
        source_ids: list[str] = []
        for label in labels:
            earlier = behind.get(label)
            if earlier is not None:
                claim_ids += earlier["claim_ids"]
                source_ids += earlier["source_ids"]
            elif origin[label] == "claim":
                claim_ids.append(label)
            elif origin[label] == "published":
                source_ids.append(source_of[label])
        behind[".".join(key)] = {
            "claim_ids": tuple(dict.fromkeys(claim_ids)),
            "source_ids": tuple(dict.fromkeys(source_ids)),
        }
    cells = {
        name: pd.Series([row[name] for row in behind.values()], checks.index, dtype=object)
        for name in ("claim_ids", "source_ids")
    }
    return pd.DataFrame(cells)


def checks_about(
    judged: pd.DataFrame, claim_ids: Collection[str], *, touching: Collection[str] | None = None
) -> pd.DataFrame:
    """Pick the results that are computed from some claims alone.

    Parameters
    ----------
    judged : DataFrame
        Index ``(check_id, part)``: columns of ``evaluate_checks`` and
        :func:`load_region_checks`.
    claim_ids : collection of str
        Every claim behind a result, or behind an earlier one it is computed from, is among these.
    touching : collection of str, optional
        Claims of which at least one must be behind a result; ``None`` asks for none of its own.

    Returns
    -------
    DataFrame
        Rows with a number, in their order.
    """
    given = set(claim_ids)
    asked = given if touching is None else set(touching)
    wanted = [
        set(behind) <= given and bool(set(behind) & asked) and pd.notna(value)
        for behind, value in zip(judged["claim_ids"], judged["value"], strict=True)
    ]
    return judged[pd.Series(wanted, judged.index, dtype=bool)]


def count_checks(checks: pd.DataFrame) -> pd.DataFrame:
    """Count checks by kind and verdict.

    Parameters
    ----------
    checks : DataFrame
        As :func:`load_region_checks` returns it.

    Returns
    -------
    DataFrame
        Index ``kind``, in the order of the table; counts ``ok``, ``info``, ``ask`` and
        ``in_conflict``, of those that are flagged.

    Examples
    --------
    >>> count_checks(load_region_checks("410300")).sum(axis=1).to_dict()
    {'numeric': 38, 'text': 8, 'cross_source': 7}
    """
    first = checks.reset_index().drop_duplicates("check_id")
    kinds = pd.Index(first["kind"].unique(), name="kind", dtype=str)
    counted = pd.crosstab(first["kind"], first["check_verdict"])
    counted = counted.reindex(index=kinds, columns=list(VERDICTS), fill_value=0).astype(int)
    # A flag is a caveat wherever else the package speaks of one.
    return counted.rename_axis(columns=None).rename(columns={"flag": "in_conflict"})
