"""The checks on claims, and the figures each of them is computed from."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import DataError
from lyanalysis.sources.claims import CLAIM_COMPARATORS, FILES, shared_claims
from lyanalysis.sources.observations import (
    EXAMPLES,
    NO_NUMBER,
    NUMBER,
    PERIODS,
    REPEATED,
    VINTAGES,
    shared_observations,
    unit_factors,
)
from lyanalysis.sources.selection import annual

KEY = ["check_id", "part"]
"""What identifies a computed quantity: a check, and one of its parts."""
CHECK_COLUMNS = [
    *[*KEY, "kind", "title_zh", "title_en", "part_zh", "part_en", "formula", "inputs", "rounding"],
    *["factor", "unit", "comparator", "expected_lower", "expected_upper", "tolerance"],
    *["tolerance_kind", "verdict", "reason_zh", "reason_en"],
]
"""Columns of the table of checks."""
CHECK_KINDS = ("numeric", "text", "cross_source")
"""Checks on numbers of the article, on its words, and against published figures."""
VERDICTS = ("ok", "info", "ask", "flag")
"""Editorial verdicts: consistent; useful to know; ambiguous or in need of a source; in conflict."""
TOLERANCE_KINDS = ("", "absolute", "relative")
"""A tolerance in the unit of the result, or as a share of the expected value."""
NAMED = ["title_zh", "title_en", "part_zh", "part_en", "reason_zh", "reason_en"]
"""Columns without which a check cannot be shown."""
NUMBERS = ["factor", "expected_lower", "expected_upper", "tolerance"]
COMPUTED = ["rounding", *NUMBERS, "unit", "comparator", "tolerance_kind"]
"""Columns that are empty where a check has no formula."""
INPUTS = (
    "write a claim (F036), an earlier result (D13.chain), a number (8760) or a published figure "
    "(410300:rd_intensity:2024, where it is not annual 410300:innovation_platforms:2025-09:stock, "
    "and its vintage behind that where it is an expected one)"
)


def load_checks(data: Path | None = None) -> pd.DataFrame:
    """Load the checks on the claims.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; see :mod:`lyanalysis.catalog`.

    Returns
    -------
    DataFrame
        Index ``(check_id, part)``, one row a quantity. ``kind``, one of :data:`CHECK_KINDS`;
        ``title`` of the check and name of the ``part`` in both languages; ``formula``, empty for a
        check in words; ``inputs``, a tuple of claims, earlier results, numbers and published
        figures; ``rounding``, those whose rounding counts; ``factor``, which brings the result to
        ``unit``; ``comparator`` the result must have; ``expected_lower`` and ``expected_upper``,
        equal for a single value, NaN for no bound; ``tolerance`` and ``tolerance_kind``;
        ``verdict``, one of :data:`VERDICTS`; ``reason_zh``, ``reason_en``.

    Raises
    ------
    DataError
        If the table is damaged: an unknown claim, region, variable or earlier result, a wrong form
        of an input, text in a number, a key that occurs twice.

    Examples
    --------
    >>> load_checks().loc[("D10", "in_production"), ["formula", "inputs", "verdict"]].tolist()
    ['ratio', ('F017', 'F015'), 'info']
    """
    return shared_checks(data).copy()


def shared_checks(data: Path | None) -> pd.DataFrame:
    """Return the checked checks themselves, for callers that never change them."""
    files = (*FILES, "checks.csv")
    return _checks(tuple(catalog.version(name, data) for name in files), data)


@cache
def _checks(_files: tuple[catalog.Version, ...], data: Path | None) -> pd.DataFrame:
    table = catalog.read_table("checks.csv", columns=CHECK_COLUMNS, data=data)
    _check_rows(table, data)
    _check_inputs(table, data)
    typed = table.assign(
        inputs=table["inputs"].map(_split),
        rounding=table["rounding"].map(_split),
        **{name: _numbers(table[name]) for name in NUMBERS},
    )
    return typed.set_index(KEY)


def _numbers(cells: pd.Series) -> pd.Series:
    return cells.where(cells.ne(""), "nan").astype(float)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _check_rows(table: pd.DataFrame, data: Path | None) -> None:
    """Refuse a row that breaks a rule of its own."""
    catalog.refuse(table, table.duplicated(KEY), column="part", expected=REPEATED)
    for column in (*KEY, *NAMED):
        empty = table[column].eq("")
        catalog.refuse(table, empty, column=column, expected="is empty; write what it is")
    comparators = ("", *CLAIM_COMPARATORS, "open")
    lists: Mapping[str, tuple[Container[str], str]] = {
        "kind": (CHECK_KINDS, f"is not a kind of check; use one of {', '.join(CHECK_KINDS)}"),
        "verdict": (VERDICTS, f"is not a verdict; use one of {', '.join(VERDICTS)}"),
        "unit": (("", *unit_factors(data)), "is not a unit; add it to units.csv"),
        "comparator": (comparators, f"is not a comparator; use one of {' '.join(comparators)}"),
        "tolerance_kind": (TOLERANCE_KINDS, "is not a kind of tolerance: absolute or relative"),
    }
    for column, (known, expected) in lists.items():
        wrong = ~table[column].map(lambda code, known=known: code in known).astype(bool)
        catalog.refuse(table, wrong, column=column, expected=expected)
    for column in NUMBERS:
        wrong = table[column].ne("") & ~table[column].str.fullmatch(NUMBER)
        catalog.refuse(table, wrong, column=column, expected=NO_NUMBER)
    in_words = table["formula"].eq("")
    for column in COMPUTED:
        wrong = in_words & table[column].ne("")
        catalog.refuse(table, wrong, column=column, expected="stands without a formula; name one")
    for column in ("inputs", "factor", "comparator"):
        wrong = ~in_words & table[column].eq("")
        catalog.refuse(table, wrong, column=column, expected="is empty beside a formula; give it")
    tested = table["expected_lower"].ne("") | table["expected_upper"].ne("")
    for column in ("tolerance", "tolerance_kind"):
        wrong = tested != table[column].ne("")
        expected = "does not fit: a test has an expected value or bound, a tolerance and its kind"
        catalog.refuse(table, wrong, column=column, expected=expected)
    lower, upper = _numbers(table["expected_lower"]), _numbers(table["expected_upper"])
    wrong = lower.gt(upper)
    expected = "is above expected_upper; exchange them"
    catalog.refuse(table, wrong, column="expected_lower", expected=expected)


def _check_inputs(table: pd.DataFrame, data: Path | None) -> None:
    """Refuse an input that names nothing: results can be used by later rows only."""
    claims, earlier = set(shared_claims(data).index), set[str]()
    wrong = {"inputs": [], "rounding": []}  # type: dict[str, list[bool]]
    rows = table[[*KEY, "formula", "inputs", "rounding"]].itertuples(index=False, name=None)
    for check_id, part, formula, inputs, rounding in rows:
        labels = _split(inputs)
        known = claims | earlier
        wrong["inputs"].append(
            not all(label in known or names_figure(label, data) for label in labels)
        )
        wrong["rounding"].append(not set(_split(rounding)) <= set(labels) - earlier)
        if formula:
            earlier.add(f"{check_id}.{part}")
    marked = {column: pd.Series(flags, table.index) for column, flags in wrong.items()}
    expected = f"holds an input that is not known: {INPUTS}"
    catalog.refuse(table, marked["inputs"], column="inputs", expected=expected)
    expected = "must be claims or published figures among the inputs of the row"
    catalog.refuse(table, marked["rounding"], column="rounding", expected=expected)


def names_figure(label: str, data: Path | None) -> bool:
    """Say whether an input is a number, or names a published figure in the right form."""
    if ":" not in label:
        return re.fullmatch(NUMBER, label) is not None
    region, variable, period, kind, vintage = _reference(label)
    entry = catalog.variables(data).get(variable)
    return (
        region in catalog.regions(data)
        and entry is not None
        and entry.kind == "published"
        and kind in PERIODS
        and re.fullmatch(PERIODS[kind], period) is not None
        and vintage in ("", *VINTAGES)
        and label.count(":") < 5
    )


def _reference(label: str) -> tuple[str, str, str, str, str]:
    """Return region, variable, period, its kind and the vintage that a reference names."""
    parts = [*label.split(":"), "", "", ""]
    return parts[0], parts[1], parts[2], parts[3] or "year", parts[4]


def load_check_inputs(data: Path | None = None) -> pd.DataFrame:
    """Load every figure the checks are computed from.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own.

    Returns
    -------
    DataFrame
        Index ``input``, as the checks write it: claims, published figures, plain numbers.
        ``value`` in ``unit``, the unit of the catalogue; ``comparator``; ``step``, the last
        printed digit; ``origin``, ``claim``, ``published`` or ``number``; ``source_id`` and
        ``vintage`` of a published figure, else empty.

    Raises
    ------
    DataError
        If the data package is damaged, or a check names a figure that is not published.

    Notes
    -----
    An annual figure is the one :func:`load_series` picks. Another is the first of its period, kind
    and, where it is named, vintage: by vintage, grade, later publication, source.

    Examples
    --------
    >>> found = load_check_inputs()
    >>> found.loc[["410300:rd_intensity:2024"], ["value", "origin"]].to_numpy().tolist()
    [[3.03, 'published']]
    """
    checks, claims = shared_checks(data), shared_claims(data)
    rows: dict[str, tuple[float, str, float, str, str, str, str]] = {}
    for key, labels in checks["inputs"].items():
        for label in labels:
            if label in claims.index:
                claim = claims.loc[label]
                figures = (claim["value"], claim["comparator"], claim["step"], claim["unit"])
                rows[label] = (*figures, "claim", "", "")
            elif ":" in label:
                found = find_published(label, data)
                if found.empty:
                    raise _unpublished(key, label)
                row = found.iloc[0]
                figures = (row["value"], row["comparator"], row["step"], row["unit"])
                rows[label] = (*figures, "published", row["source_id"], row["vintage"])
            elif re.fullmatch(NUMBER, label):
                rows[label] = (float(label), "=", 0.0, "", "number", "", "")
    columns = ["value", "comparator", "step", "unit", "origin", "source_id", "vintage"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("input")


def find_published(label: str, data: Path | None) -> pd.DataFrame:
    """Return the published figures a reference may mean, the preferred one first."""
    region, variable, period, kind, vintage = _reference(label)
    if kind == "year" and not vintage:
        found = annual([variable], [region], int(period), int(period), data)
        return found[found["refused"].eq("")]
    found = shared_observations(data)
    wanted = found["region_code"].eq(region) & found["variable"].eq(variable)
    found = found[wanted]
    wanted = found["period"].eq(period) & found["period_kind"].eq(kind)
    wanted &= found["vintage"].eq(vintage) if vintage else found["vintage"].ne("expected")
    order = ["rank", "grade", "published", "source_id"]
    return found[wanted].sort_values(order, ascending=[name != "published" for name in order])


def _unpublished(key: object, label: str) -> DataError:
    check_id, part = key if isinstance(key, tuple) else (key, "")
    region, variable, period, kind, _ = _reference(label)
    return DataError(
        f"checks.csv, check {check_id}, part {part}: nothing exact is published as {label!r} "
        f"({kind}, such as {EXAMPLES[kind]}); correct the period and its kind, or add the figure",
        table="checks.csv",
        variable=variable,
        region=region,
        period=period,
        check=check_id,
    )
