"""The files a report can be made in, asked for by the user."""

from __future__ import annotations

from collections.abc import Iterable

from lyanalysis.errors import ParameterError, quoted
from lyanalysis.report.parameters import suggestion

FORMATS = {"html": "report.html", "pdf": "report.pdf", "xlsx": "tables.xlsx"}
"""Format -> its file; the notebook and the two records are part of every report."""


def choose_formats(names: Iterable[str]) -> frozenset[str]:
    """Check the formats a user asked for.

    Parameters
    ----------
    names : iterable of str
        In any order and case.

    Returns
    -------
    frozenset of str
        Keys of :data:`FORMATS`.

    Raises
    ------
    ParameterError
        If a name is unknown or there is none.

    Examples
    --------
    >>> sorted(choose_formats(["xlsx", "HTML"]))
    ['html', 'xlsx']
    """
    chosen = frozenset(name.casefold() for name in names)
    for name in sorted(chosen - set(FORMATS)):
        raise ParameterError(
            f"--format {quoted(name)} is no format of a report{suggestion(name, FORMATS)}",
            name="--format",
            value=name,
        )
    if not chosen:
        raise ParameterError(
            f"--format names no format; give one or more of {', '.join(FORMATS)}",
            name="--format",
            value="",
        )
    return chosen
