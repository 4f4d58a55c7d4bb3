"""A published report read back: whole, and of one run, even while a new one takes its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from lyanalysis.errors import PublishError
from lyanalysis.report.parameters import Parameters

RECORD = "run.json"
MANIFEST = "manifest.json"
ATTEMPTS = 3
"""A report that is exchanged while it is read is read again, this often at most."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was read of a published report.

    Attributes
    ----------
    parameters : Parameters
        What the report is about, from its manifest.
    files : mapping of str to bytes
        File names and contents, each as its run wrote it.
    """

    parameters: Parameters
    files: Mapping[str, bytes]

    @property
    def identifier(self) -> str:
        """Region, year and language, as in ``410300-2025-zh``."""
        asked = self.parameters
        return f"{asked.region}-{asked.year}-{asked.language}"


def read_published(folder: Path, names: Collection[str] | None = None) -> Published:
    """Read files of a published report and check them against its record.

    Parameters
    ----------
    folder : Path
        The report, ``REGION/YEAR-LANGUAGE``.
    names : collection of str, optional
        Which files to read beside the manifest; all the run made and ``run.json`` by default.

    Returns
    -------
    Published
        The files, all of the same run.

    Raises
    ------
    PublishError
        If there is no report, a file is missing or is not the one the run made.
    """
    problem = ""
    for _ in range(ATTEMPTS):
        try:
            record = (folder / RECORD).read_bytes()
            hashes = {one["file"]: one["sha256"] for one in json.loads(record)["outputs"]}
            wanted = hashes if names is None else dict.fromkeys([*names, MANIFEST])
            files = {name: (folder / name).read_bytes() for name in wanted}
        except OSError as error:
            problem = f"{Path(error.filename or folder).name} cannot be read: {error.strerror}"
            continue
        except (ValueError, LookupError, TypeError):
            problem = f"{RECORD} is damaged"
            continue
        changed = [
            name
            for name, content in files.items()
            if hashlib.sha256(content).hexdigest() != hashes.get(name)
        ]
        if not changed:
            whole = {**files, RECORD: record} if names is None else files
            return Published(_parameters(files[MANIFEST], folder), whole)
        problem = f"{changed[0]} is not the file its run made"
    raise _unusable(folder, problem)


def _parameters(manifest: bytes, folder: Path) -> Parameters:
    try:
        asked = json.loads(manifest)["parameters"]
        # JSON knows no tuple.
        return Parameters.model_validate({**asked, "peers": tuple(asked["peers"])})
    except (ValueError, LookupError, TypeError, ValidationError):
        raise _unusable(folder, f"{MANIFEST} does not say what the report is about") from None


def _unusable(folder: Path, problem: str) -> PublishError:
    return PublishError(f"{folder}: {problem}; render the report again", folder=folder)
