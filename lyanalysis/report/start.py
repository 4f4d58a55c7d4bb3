"""Give a user notebooks of their own to work on."""

from __future__ import annotations

from pathlib import Path

from lyanalysis import catalog
from lyanalysis.errors import PublishError
from lyanalysis.report.plan import FILE_NAME
from lyanalysis.report.publishing import explain


def copy_notebooks(folder: Path) -> list[Path]:
    """Copy the shipped notebooks, start pages and ``report.toml``, overwriting nothing.

    Parameters
    ----------
    folder : Path
        Folder of a user; made where it does not exist. The copies go to ``notebooks`` in it.

    Returns
    -------
    list of Path
        The files written, in alphabetical order.

    Raises
    ------
    PublishError
        If one of the files is there already, before anything is written, or the folder cannot be
        written to.
    """
    shipped = catalog.shipped("notebooks")
    files = [shipped / FILE_NAME, *shipped.glob("*.ipynb"), *shipped.glob("*.md")]
    target = folder / "notebooks"
    wanted = sorted(target / file.name for file in files)
    if there := [file for file in wanted if file.exists()]:
        raise PublishError(
            f"{there[0]} is there already; nothing was written. Choose another folder, or move "
            "your own notebooks away first",
            folder=target,
        )
    try:
        target.mkdir(parents=True, exist_ok=True)
        for file in files:
            (target / file.name).write_bytes(file.read_bytes())
    except OSError as error:
        raise PublishError(
            f"{target}: cannot be written: {explain(error, target)}", folder=target
        ) from error
    return wanted
