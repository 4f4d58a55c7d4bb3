"""What has changed since a report or a chapter was made: the reasons to make it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from lyanalysis import catalog
from lyanalysis.errors import DataError
from lyanalysis.report.formats import FORMATS
from lyanalysis.report.manifest import as_json
from lyanalysis.report.parameters import Parameters


class Reason(NamedTuple):
    """One reason to make a report again.

    Attributes
    ----------
    kind : str
        ``new``, ``forced``, ``parameters``, ``formats``, ``files``, ``data``, ``notebook``,
        ``package``, ``environment`` or ``fonts``.
    name : str
        What of that kind: a table, a notebook, a file of the report.
    what : str
        ``changed``, ``added`` or ``gone``.
    """

    kind: str
    name: str
    what: str

    def __str__(self) -> str:
        if self.kind in {"new", "forced"}:
            return self.kind
        return f"{self.kind} {self.what}: {self.name}"


NEW = Reason("new", "", "added")


def report_reasons(
    parameters: Parameters,
    formats: Collection[str],
    fixed: Mapping[str, Any],
    folder: Path,
) -> list[Reason]:
    """Compare a published report with what a run would make it from now.

    Parameters
    ----------
    parameters : Parameters
        What is asked for.
    formats : collection of str
        Which of :data:`~lyanalysis.report.formats.FORMATS`.
    fixed : mapping
        What :func:`~lyanalysis.report.manifest.fixed_inputs` returns now.
    folder : Path
        Where the report is, or would be.

    Returns
    -------
    list of Reason
        Why the report must be made; empty where it need not. A report whose own records cannot be
        read counts as none.
    """
    try:
        made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        outputs = json.loads((folder / "run.json").read_text(encoding="utf-8"))["outputs"]
        return [
            *_parameter_reasons(made["parameters"], parameters.for_notebook()),
            *_file_reasons(outputs, formats, folder),
            *data_reasons({entry["file"]: entry["sha256"] for entry in made["data"]}),
            *_fixed_reasons(made, fixed),
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return [NEW]


def data_reasons(reads: Mapping[str, str]) -> list[Reason]:
    """Compare data files that were read with those at hand.

    Parameters
    ----------
    reads : mapping of str to str
        File to SHA-256, as it was read.

    Returns
    -------
    list of Reason
        Also a file that has been added to a table that was read.
    """
    return list(_differences("data", reads, data_at_hand(reads)))


def data_at_hand(reads: Iterable[str]) -> dict[str, str]:
    """Return the files of the tables that were read, as they are now.

    Parameters
    ----------
    reads : iterable of str
        Data files, as a manifest names them.

    Returns
    -------
    dict of str to str
        File to SHA-256; a table that cannot be found is left out, and the run that is then due
        tells what is wrong with it.
    """
    now: dict[str, str] = {}
    for file in reads:
        if file not in now:
            with suppress(DataError):
                now |= catalog.table_hashes(file)
    return now


def report_key(manifest: Mapping[str, Any], formats: Collection[str]) -> str:
    """Return the key of a run: the hash of all that decided what came out.

    Parameters
    ----------
    manifest : mapping
        Parameters, data read, notebooks, package, lock and fonts.
    formats : collection of str
        Which files were made of it.

    Returns
    -------
    str
        SHA-256 in hexadecimal digits.
    """
    decisive = as_json({"manifest": dict(manifest), "formats": sorted(formats)})
    return hashlib.sha256(decisive.encode()).hexdigest()


def _parameter_reasons(made: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[Reason]:
    for name in asked:
        if made.get(name) != asked[name]:
            yield Reason("parameters", name, "changed")


def _file_reasons(
    outputs: Collection[Mapping[str, Any]], formats: Collection[str], folder: Path
) -> Iterator[Reason]:
    """Yield files of the report that are damaged, and formats made or not made in vain."""
    there = {entry["file"] for entry in outputs}
    for name, file in FORMATS.items():
        if (file in there) != (name in formats):
            yield Reason("formats", name, "gone" if file in there else "added")
    for entry in outputs:
        path = folder / entry["file"]
        if not path.is_file():
            yield Reason("files", entry["file"], "gone")
        elif path.stat().st_size != entry["size"]:
            yield Reason("files", entry["file"], "changed")


def _fixed_reasons(made: Mapping[str, Any], fixed: Mapping[str, Any]) -> Iterator[Reason]:
    for kind, part in (("notebook", "notebooks"), ("fonts", "fonts")):
        before, now = ({one["file"]: one["sha256"] for one in of[part]} for of in (made, fixed))
        yield from _differences(kind, before, now)
    for name in ("edition", "own_data"):
        if made.get(name, "") != fixed[name]:
            yield Reason("data", name, "changed")
    if made["package"] != fixed["package"]:
        yield Reason("package", fixed["package"]["name"], "changed")
    if made["environment"] != fixed["environment"]:
        yield Reason("environment", ", ".join(fixed["environment"]), "changed")


def _differences(kind: str, before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Reason]:
    for name in sorted({*before, *now}):
        if name not in now:
            yield Reason(kind, name, "gone")
        elif name not in before:
            yield Reason(kind, name, "added")
        elif before[name] != now[name]:
            yield Reason(kind, name, "changed")
