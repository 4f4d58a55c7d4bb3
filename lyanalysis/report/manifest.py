"""What a report was made from (the same for the same inputs) and how its run went (never)."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn

import lyanalysis
from lyanalysis import catalog
from lyanalysis.errors import DataError
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import FILE_NAME, Plan

FORMAT = 1
CHECKOUT = Path(lyanalysis.__file__).parents[1]
"""The folder that holds the package: a checkout, or site-packages."""
LOCK = CHECKOUT / "requirements.lock"

NOT_CODE = {"data", "notebooks"}
"""Folders a wheel puts into the package; they stand in the manifest file by file."""


def fixed_inputs(plan: Plan) -> dict[str, Any]:
    """Describe what decides the contents of every report of a plan, whatever its parameters.

    Parameters
    ----------
    plan : Plan
        Where the notebooks are.

    Returns
    -------
    dict
        Notebooks, package, dependencies and fonts, each file with its SHA-256; and what the cover
        says of the data: their edition, and the name of the folder of own data where there is one.
    """
    own = catalog.own_data()
    notebooks = [plan.path(chapter) for chapter in plan.chapters]
    return {
        "notebooks": [_file(path) for path in [plan.folder / FILE_NAME, *notebooks]],
        "package": {
            "name": "lyanalysis",
            "version": lyanalysis.__version__,
            "sha256": _package_hash(),
        },
        "environment": _environment(),
        "fonts": [_file(path) for path in _fonts()],
        "edition": catalog.data_edition(),
        "own_data": "" if own is None else own.name,
    }


def build_manifest(
    parameters: Parameters, fixed: Mapping[str, Any], reads: Mapping[str, str]
) -> dict[str, Any]:
    """Describe everything that decides the contents of a report.

    Parameters
    ----------
    parameters : Parameters
        What was asked for.
    fixed : mapping
        What :func:`fixed_inputs` returned.
    reads : mapping of str to str
        Data files that were read, with their hashes.

    Returns
    -------
    dict
        Parameters, data files read and `fixed`. Data files that lie over the shipped ones begin
        with ``own/``. No time, host or path.
    """
    return {
        "format": FORMAT,
        "parameters": parameters.for_notebook(),
        "data": [{"file": file, "sha256": reads[file]} for file in sorted(reads)],
        **fixed,
    }


def _package_hash() -> str:
    """Hash the package's own files, so that two states of one version are told apart."""
    root = Path(lyanalysis.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if path.is_file() and name.parts[0] not in NOT_CODE and "__pycache__" not in name.parts:
            digest.update(f"{name.as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def build_run_record(
    start: datetime, end: datetime, seconds: Mapping[str, float], outputs: Mapping[str, bytes]
) -> dict[str, Any]:
    """Describe one run: when, where, how long, and the hashes of what came out.

    Parameters
    ----------
    start, end : datetime
        Aware.
    seconds : mapping of str to float
        Duration of each stage.
    outputs : mapping of str to bytes
        The files of the report.

    Returns
    -------
    dict
        To be written beside the report as ``run.json``; different in every run.
    """
    return {
        "start": start.isoformat(timespec="milliseconds"),
        "end": end.isoformat(timespec="milliseconds"),
        "seconds": {stage: round(duration, 3) for stage, duration in seconds.items()},
        "host": socket.gethostname(),
        "platform": platform.platform(),
        "python": sys.version.split()[0],
        "git": _git_state(),
        "outputs": [
            {"file": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(outputs.items())
        ],
    }


def as_json(contents: Mapping[str, Any]) -> str:
    """Write a mapping as JSON that is the same for the same contents.

    Parameters
    ----------
    contents : mapping
        Plain values.

    Returns
    -------
    str
        Keys sorted, two spaces of indentation, a line break at the end.

    Examples
    --------
    >>> print(as_json({"b": 1, "a": "市"}), end="")
    {
      "a": "市",
      "b": 1
    }
    """
    return json.dumps(contents, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def read_reads(log: Path) -> dict[str, str]:
    """Return the data files that a log of reads names.

    Parameters
    ----------
    log : Path
        One JSON line per table that a loader opened; may be absent.

    Returns
    -------
    dict of str to str
        File to SHA-256.

    Raises
    ------
    DataError
        If a file is there with two hashes: it changed during the run.
    """
    if not log.exists():
        return {}
    entries = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return merge_reads({entry["file"]: entry["sha256"]} for entry in entries)


def merge_reads(reads: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Join what several chapters read.

    Parameters
    ----------
    reads : iterable of mapping of str to str
        File to SHA-256.

    Returns
    -------
    dict of str to str
        Each file once.

    Raises
    ------
    DataError
        If two of them differ on a file: it changed during the run.
    """
    hashes: dict[str, str] = {}
    for file, digest in (item for one in reads for item in one.items()):
        if hashes.setdefault(file, digest) != digest:
            raise DataError(
                f"{file} changed while the report was being made; run it again", table=file
            )
    return hashes


def _environment() -> dict[str, Any]:
    """Return the lock file of a checkout, else the installed versions of the dependencies."""
    if LOCK.is_file():
        return {"lock": _file(LOCK)}
    names = [re.split(r"[^A-Za-z0-9._-]", line)[0] for line in requires("lyanalysis") or []]
    return {"packages": {name: version(name) for name in names}}


def _fonts() -> list[Path]:
    """Return the font files that text and figures are set in."""
    return [pylopdf_fonts_zh_cn.sans_path(), pylopdf_fonts_zh_cn.serif_path()]


def _file(path: Path) -> dict[str, str]:
    return {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _git_state() -> dict[str, str | bool] | None:
    """Return commit and dirty flag of the checkout; None outside of one."""
    if not (CHECKOUT / ".git").exists():
        return None
    git = ["git", "--no-optional-locks", "-C", str(CHECKOUT)]
    try:
        commit, changes = (
            subprocess.run([*git, *command], check=True, capture_output=True, text=True).stdout
            for command in (["rev-parse", "HEAD"], ["status", "--porcelain"])
        )
    except (OSError, subprocess.CalledProcessError):
        # A checkout without git, or one owned by somebody else.
        return None
    return {"commit": commit.strip(), "dirty": bool(changes.strip())}
