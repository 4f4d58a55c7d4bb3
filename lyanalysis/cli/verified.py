"""What is shown of a verification: findings as a table, then the answer in two or three lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from lyanalysis.cli import output
from lyanalysis.cli.output import Column
from lyanalysis.report.verify import Finding, Verification

DIGITS = 12
"""Hexadecimal digits shown of a hash."""


def as_record(found: Verification) -> dict[str, Any]:
    """Return a verification as plain values.

    Parameters
    ----------
    found : Verification
        Of one report.

    Returns
    -------
    dict
        ``path``, ``intact``, ``same_inputs``, ``reproduced`` (null without a second run) and the
        findings with whole hashes.
    """
    made_again = [one.state == "same" for one in found.rerun]
    return {
        "path": str(found.path),
        "parameters": found.manifest and found.manifest.parameters.for_notebook(),
        "intact": found.is_intact,
        "same_inputs": found.has_same_inputs,
        "reproduced": all(made_again) if made_again else None,
        "findings": [asdict(one) for one in _findings(found)],
    }


def show(found: Verification) -> None:
    """Print the findings and what follows from them.

    Parameters
    ----------
    found : Verification
        Of one report.
    """
    # A report carries a hundred attachments: only those amiss have a line.
    listed = [one for one in _findings(found) if one.part != "attached" or one.state != "same"]
    columns = [
        Column("Part", [one.part for one in listed], narrow=True),
        Column("Name", [_printable(one.name) for one in listed]),
        Column("State", [one.state for one in listed], narrow=True),
        Column("Recorded", [_short(one.recorded) for one in listed], narrow=True),
        Column("Found", [_short(one.found) for one in listed], narrow=True),
    ]
    if any(one.note for one in listed):
        columns.append(Column("Where", [_printable(one.note) for one in listed], below=True))
    output.show(columns)
    output.show_lines(["", *_answers(found)])


def _findings(found: Verification) -> tuple[Finding, ...]:
    return (*found.report, *found.inputs, *found.rerun)


def _answers(found: Verification) -> Iterator[str]:
    attached = sum(one.part == "attached" and one.state == "same" for one in found.report)
    if attached:
        yield f"attached to the PDF and as they should be: {attached} files"
    amiss = _counted(found.report)
    yield f"report: {f'damaged or altered: {amiss}' if amiss else 'intact'}"
    if found.manifest is None:
        yield f"inputs: not compared, {found.path} does not say reliably what it was made from"
        return
    other = _counted(found.inputs)
    yield f"inputs: {f'other than at hand: {other}' if other else 'all at hand and the same'}"
    if found.rerun:
        again = _counted(found.rerun)
        if not again:
            yield "second run: the same bytes"
        elif found.has_same_inputs:
            yield f"second run: other bytes from the same inputs: {again}"
        else:
            yield f"second run: other bytes, as the inputs are others: {again}"


def _counted(findings: Iterable[Finding]) -> str:
    """Count by part and state what is not the same; empty if all is."""
    counts = Counter(f"{one.part} {one.state}" for one in findings if one.state != "same")
    return ", ".join(f"{count} of {what}" for what, count in counts.items())


def _short(recorded: str) -> str:
    is_hash = len(recorded) == 64
    return recorded[:DIGITS] if is_hash else _printable(recorded)


def _printable(text: str) -> str:
    """Keep what a file says of itself from steering the terminal."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
