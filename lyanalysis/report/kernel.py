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
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.utils import run_sync

from lyanalysis import catalog
from lyanalysis.report.processes import start

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

PAUSE = 0.005
"""Seconds between looks at a process that is about to end."""
SILENCE = 0.02
"""Seconds after which nothing more is expected of a kernel that has just answered."""

LIVE: set[ChapterKernel] = set()
"""The kernels of this process, for :func:`stop_kernels`."""


class ChapterProvisioner(LocalProvisioner):
    """Starts a kernel with a memory limit, forked from a warm server where there is one."""

    # Wider than the traits of the base class know: a forked process is no Popen.
    process: Any
    log_file: Path
    memory: int | None = None
    server: Path | None = None

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Start what the kernel specification names: ``python -m MODULE ARGUMENTS``."""
        _, _, module, *arguments = cmd
        process = start(
            module,
            arguments,
            environment=options["env"],
            folder=Path(options["cwd"]),
            log=self.log_file,
            memory=self.memory,
            server=self.server,
        )
        # It leads its group, so that all it starts ends with it.
        self.pid = self.pgid = process.pid
        self.process = process
        self.cwd = options["cwd"]
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the end of the process, which usually has just been killed."""
        # The base class looks every tenth of a second.
        while await self.poll() is None:
            await asyncio.sleep(PAUSE)
        return await super().wait()


class PromptChannel(AsyncZMQSocketChannel):
    """Does not wait long for silence, as a client does for a fifth of a second at each start.

    What comes later does no harm: every message names the one it answers.
    """

    async def get_msg(  # type: ignore[override]
        self, timeout: float | None = None
    ) -> dict[str, Any]:
        """Return the next message, if one comes in time."""
        return await super().get_msg(timeout if timeout is None else min(timeout, SILENCE))


class ChapterKernel(AsyncKernelManager):
    """A kernel manager that remembers its clients, which nbclient leaves open."""

    def __init__(self, log: Path, memory: int | None, server: Path | None, **options: Any) -> None:
        super().__init__(**options)
        self.log_file = log
        self.clients: list[Any] = []
        # A kernel runs here, whatever the environment names as the place for others.
        self.chapter = ChapterProvisioner(kernel_spec=self.kernel_spec, parent=self)
        self.chapter.log_file = log
        self.chapter.memory = memory
        self.chapter.server = server
        self.provisioner = self.chapter

    def client(self, **options: Any) -> Any:
        """Return a new client, to be closed by `close`."""
        client = super().client(**options)
        client.iopub_channel_class = PromptChannel
        self.clients.append(client)
        return client

    def last_words(self) -> str:
        """Return the last line the process wrote outside of cells, "" if there is none."""
        lines = self.log_file.read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def close(self) -> None:
        """Close every client and end the kernel at once."""
        for client in self.clients:
            client.stop_channels()
        run_sync(self.shutdown_kernel)(now=True)


@contextmanager
def running_kernel(
    scratch: Path, read_log: Path, *, memory: int | None = None, server: Path | None = None
) -> Iterator[ChapterKernel]:
    """Start a kernel and end it whatever happens.

    Parameters
    ----------
    scratch : Path
        Existing empty folder for all the kernel writes; sockets live in it if its path is short.
    read_log : Path
        File to which the loaders append what they read.
    memory : int, optional
        Bytes of data the kernel may hold.
    server : Path, optional
        Socket of a fork server.

    Yields
    ------
    ChapterKernel
        Started, not yet known to answer. What it writes outside of cells is in
        ``kernel.log`` in `scratch`.
    """
    work = scratch / "work"
    work.mkdir()
    log_file = scratch / "kernel.log"
    log_file.touch()
    kernel = ChapterKernel(
        log_file,
        memory,
        server,
        # Without folders to look in, "python3" is this interpreter and no spec of the user's.
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        connection_file=str(scratch / "kernel.json"),
        **_transport(scratch),
    )
    LIVE.add(kernel)
    try:
        run_sync(kernel.start_kernel)(
            env=kernel_environment(scratch, read_log),
            cwd=str(work),
            extra_arguments=["--HistoryManager.hist_file=:memory:"],
        )
        yield kernel
    finally:
        LIVE.discard(kernel)
        kernel.close()


def stop_kernels() -> None:
    """End every kernel at once, so that whoever waits for one is told that it has died."""
    for kernel in [*LIVE]:
        with suppress(OSError):
            if kernel.chapter.process is not None:
                kernel.chapter.process.kill()


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
