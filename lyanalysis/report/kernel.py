"""A kernel for one chapter: this interpreter, an empty folder and a fixed environment.

Nothing of the user's own Jupyter, IPython or matplotlib settings reaches a chapter, and the
environment of the calling process is left alone.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_core.utils import run_sync

from lyanalysis import catalog

INHERITED = (
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
)
"""What a kernel needs from the machine; everything else is fixed or absent."""

FAILING_WARNINGS = (
    "error::UserWarning",
    "error::RuntimeWarning",
    "error::FutureWarning",
    "error::SyntaxWarning",
    "error::UnicodeWarning",
    "error::DeprecationWarning:__main__",
)
"""Plain ``error`` would also hit ipykernel's own deprecations."""

FIXED = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONWARNINGS": ",".join(FAILING_WARNINGS),
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}
"""Same in every run, so that the same inputs give the same bytes."""

LONGEST_SOCKET = 103
"""Bytes in the name of a socket: 107 on Linux, 103 on macOS."""

ABANDONED: list[ChapterKernel] = []
"""Kernels of interrupted runs, kept from garbage collection, which would close their contexts."""


class ChapterKernel(AsyncKernelManager):
    """A kernel manager that remembers its clients, which nbclient leaves open."""

    def __init__(self, log: Path, **options: Any) -> None:
        super().__init__(**options)
        self.log_file = log
        self.clients: list[Any] = []

    def client(self, **options: Any) -> Any:
        """Return a new client, to be closed by `close`."""
        self.clients.append(super().client(**options))
        return self.clients[-1]

    def last_words(self) -> str:
        """Return the last line the process wrote outside of cells, "" if there is none."""
        lines = self.log_file.read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def close(self) -> None:
        """Close every client and end the kernel at once."""
        for client in self.clients:
            client.stop_channels()
        run_sync(self.shutdown_kernel)(now=True)

    def abandon(self) -> None:
        """End the kernel after an interruption, and nothing else.

        An interruption can leave a socket half made, which nobody can close; to close its context
        would then wait for ever. Contexts are therefore left open until the process ends.
        """
        run_sync(_cancel_tasks)()
        if self.provisioner is not None:
            run_sync(self.provisioner.kill)()
        for client in self.clients:
            client._created_context = False
        ABANDONED.append(self)


@contextmanager
def running_kernel(scratch: Path, read_log: Path) -> Iterator[ChapterKernel]:
    """Start a kernel and end it whatever happens.

    Parameters
    ----------
    scratch : Path
        Existing empty folder for all the kernel writes; sockets live in it if its path is short.
    read_log : Path
        File to which the loaders append what they read.

    Yields
    ------
    ChapterKernel
        Started, not yet known to answer. What it writes outside of cells is in
        ``kernel.log`` in `scratch`.
    """
    work = scratch / "work"
    work.mkdir()
    log_file = scratch / "kernel.log"
    # A kernel runs here, whatever the environment names as the place for others.
    KernelProvisionerFactory.instance().default_provisioner_name = "local-provisioner"
    kernel = ChapterKernel(
        log_file,
        # Without folders to look in, "python3" is this interpreter and no spec of the user's.
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        connection_file=str(scratch / "kernel.json"),
        **_transport(scratch),
    )
    with log_file.open("wb") as log:
        finish = kernel.close
        try:
            run_sync(kernel.start_kernel)(
                env=kernel_environment(scratch, read_log),
                cwd=str(work),
                extra_arguments=["--HistoryManager.hist_file=:memory:"],
                stdout=log,
                stderr=log,
            )
            yield kernel
        except (KeyboardInterrupt, SystemExit):
            finish = kernel.abandon
            raise
        finally:
            finish()


def kernel_environment(scratch: Path, read_log: Path) -> dict[str, str]:
    """Return the whole environment of a kernel.

    Parameters
    ----------
    scratch : Path
        Folder for what IPython and Jupyter write.
    read_log : Path
        File for the record of data read.

    Returns
    -------
    dict of str to str
        The few names of `INHERITED` that this machine sets, `FIXED`, and folders: that of the
        user's own data among them, where one is named.

    Raises
    ------
    DataError
        If the folder of the user's own data does not exist.
    """
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    if "PYTHONPATH" in os.environ:
        # The kernel starts in another folder, where a relative entry would mean something else.
        entries = os.environ["PYTHONPATH"].split(os.pathsep)
        inherited["PYTHONPATH"] = os.pathsep.join(str(Path(entry).resolve()) for entry in entries)
    own = catalog.own_data()
    if own is not None:
        # Absolute, for the kernel starts in another folder.
        inherited[catalog.OWN_DATA] = str(own)
    folders = {
        "IPYTHONDIR": scratch / "ipython",
        "JUPYTER_CONFIG_DIR": scratch / "jupyter" / "config",
        "JUPYTER_DATA_DIR": scratch / "jupyter" / "data",
        "JUPYTER_RUNTIME_DIR": scratch / "jupyter" / "runtime",
        "MPLCONFIGDIR": _matplotlib_folder(scratch),
        catalog.READ_LOG: read_log,
    }
    return {**inherited, **FIXED, **{name: str(path) for name, path in folders.items()}}


async def _cancel_tasks() -> None:
    """End what an interrupted run left in the event loop, which would complain at exit."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def prepare_fonts(scratch: Path) -> None:
    """Let matplotlib list the fonts of the machine once, outside any chapter.

    Parameters
    ----------
    scratch : Path
        Existing folder for what the helper process writes, beside those of the chapters.

    Notes
    -----
    On a slow machine matplotlib warns while it builds the list, and a warning fails a chapter.
    """
    environment = kernel_environment(scratch, scratch / "unused")
    if any(Path(environment["MPLCONFIGDIR"]).glob("fontlist-*.json")):
        return
    subprocess.run(
        [sys.executable, "-c", "import matplotlib.font_manager"],
        env=environment | {"PYTHONWARNINGS": "ignore"},
        cwd=scratch,
        check=True,
        capture_output=True,
    )


def _matplotlib_folder(scratch: Path) -> Path:
    """Return a folder that outlives the run, so that the fonts are listed only once.

    Without a place for one, a folder beside `scratch` serves all chapters of the run.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "lyanalysis" / f"matplotlib-{version('matplotlib')}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = scratch.parent / "matplotlib"
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def _transport(scratch: Path) -> dict[str, str]:
    """Return how to talk to the kernel: no port to collide on, nothing readable by others.

    Where the folder of temporary files is too deep for sockets, ports serve, encrypted.
    """
    sockets = scratch / "k"
    if os.name == "posix" and len(os.fsencode(sockets)) + len("-5") <= LONGEST_SOCKET:
        return {"transport": "ipc", "ip": str(sockets)}
    return {"transport": "tcp", "transport_encryption": "required"}
