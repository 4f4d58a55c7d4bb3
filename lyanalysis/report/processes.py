"""Processes that run a module: forked from a warm server where there is one, else started."""

from __future__ import annotations

import ast
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

ALWAYS = (
    "import ipykernel.debugger",
    "import ipykernel.kernelapp",
    "import matplotlib.backends.backend_svg",
    "import matplotlib_inline.backend_inline",
)
"""What kernels import besides what chapters name."""
LATER = ("import scipy.stats", "import statsmodels.regression.linear_model")
"""What some chapters import while a cell runs."""
READ_TABLES = """import lyanalysis.sources
lyanalysis.sources.read_observations()
lyanalysis.sources.read_breaks()
lyanalysis.sources.load_checks()"""
"""Reads, once for all, what nearly every chapter would; whoever uses it still notes that it did."""
PARENT = "JPY_PARENT_PID"
"""Variable by which a started process, an IPython kernel too, knows that it is left alone."""
PATIENCE = 0.3
"""Seconds in which a server that does nothing ends."""
LONGEST_ADDRESS = 103
"""Bytes in the name of a socket: 107 on Linux, and one more letter until it listens."""


class ForkedProcess:
    """A child of the fork server, with as much of :class:`subprocess.Popen` as is needed.

    Attributes
    ----------
    pid : int
        Process, and the group it leads.
    returncode : int or None
        None while it runs; negative where a signal ended it.
    """

    stdin = stdout = stderr = None

    def __init__(self, server: socket.socket, pid: int) -> None:
        self._server = server
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, None while the process runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code.

        Raises
        ------
        subprocess.TimeoutExpired
            If it has not come after `timeout` seconds.
        """
        if self.returncode is None:
            if not select.select([self._server], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            answer = _read_line(self._server)
            self._server.close()
            # A server that went away has taken its children along.
            self.returncode = answer.get("code", -signal.SIGKILL)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process and its group at once."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)


@contextmanager
def fork_server(
    imports: Iterable[str],
    scratch: Path,
    environment: Mapping[str, str],
    *,
    later: Iterable[str] = (),
) -> Iterator[Path | None]:
    """Start a fork server for as long as the block lasts.

    Parameters
    ----------
    imports : iterable of str
        Statements it executes before it forks, besides :data:`ALWAYS`; where they name the
        loaders, :data:`READ_TABLES` as well.
    scratch : Path
        Existing empty folder, readable by nobody else.
    environment : mapping of str to str
        That of the children, as far as it decides how Python starts.
    later : iterable of str, optional
        Statements it executes when nobody asks for a child, besides :data:`LATER`.

    Yields
    ------
    Path or None
        Its socket, to be given to :func:`start`; None where forking is not safe (macOS), not known
        (Windows), or the name of the socket would be too long.
    """
    address = scratch / "s"
    if sys.platform != "linux" or len(os.fsencode(address)) > LONGEST_ADDRESS:
        yield None
        return
    statements = [*dict.fromkeys([*ALWAYS, *imports])]
    if any("lyanalysis.sources" in statement for statement in statements):
        statements.append(READ_TABLES)
    with (scratch / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "lyanalysis.report.fork_server",
                str(address),
                *statements,
                "--",
                *LATER,
                *later,
            ],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env=dict(environment),
            cwd=scratch,
            # Ctrl-C in a terminal reaches the run, which then ends the server in its own way.
            start_new_session=True,
        )
    assert server.stdin is not None
    try:
        yield address
    finally:
        server.stdin.close()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            # Still importing: nobody needs what comes of it. Children of it end with it.
            server.kill()
            server.wait()


def start(
    module: str,
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    log: Path,
    memory: int | None = None,
    server: Path | None = None,
) -> ForkedProcess | subprocess.Popen[bytes]:
    """Run a module as ``python -m`` does, in a process group of its own.

    Parameters
    ----------
    module : str
        What to run.
    arguments : sequence of str
        Its command line.
    environment : mapping of str to str
        The whole of it.
    folder : Path
        Where the process runs; absolute.
    log : Path
        File for what it writes to both outputs; absolute.
    memory : int, optional
        Bytes of data it may hold.
    server : Path, optional
        Socket of a fork server; without one, or where it does not answer, Python is started.

    Returns
    -------
    ForkedProcess or subprocess.Popen
        The process; both know ``pid``, ``poll``, ``wait``, ``kill``.
    """
    if server is not None:
        request = {
            "module": module,
            "arguments": [*arguments],
            "environment": {**environment},
            "folder": str(folder),
            "log": str(log),
            "memory": memory,
        }
        forked = _fork(server, request)
        if forked is not None:
            return forked
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env={**environment, PARENT: str(os.getpid())},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=os.name == "posix",
        )
    limit_memory(process.pid, memory)
    return process


def limit_memory(pid: int, memory: int | None) -> None:
    """Limit the data of a process that has already been started; Linux alone can.

    Parameters
    ----------
    pid : int
        A process of this user.
    memory : int or None
        Bytes of data; None leaves it without a limit.
    """
    if memory is not None and sys.platform == "linux":
        import resource

        # It may have ended already.
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_DATA, (memory, memory))


def _fork(server: Path, request: Mapping[str, Any]) -> ForkedProcess | None:
    """Ask a fork server for a child; None where there is no such server any more."""
    asked = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        _connect(asked, server)
        asked.sendall(json.dumps(request).encode() + b"\n")
        return ForkedProcess(asked, _read_line(asked)["pid"])
    except (OSError, KeyError):
        asked.close()
        return None


def _connect(asked: socket.socket, server: Path, patience: float = 10) -> None:
    """Connect to a server that may be just starting: its socket is the first thing it makes."""
    end = time.monotonic() + patience
    while True:
        try:
            asked.connect(str(server))
            return
        except FileNotFoundError:
            if time.monotonic() > end or not server.parent.is_dir():
                raise
            time.sleep(0.01)


def _read_line(server: socket.socket) -> dict[str, int]:
    """Read one answer; nothing where the server has gone."""
    line = b""
    with suppress(OSError):
        while not line.endswith(b"\n"):
            part = server.recv(1)
            if not part:
                return {}
            line += part
    answer: dict[str, int] = json.loads(line or "{}")
    return answer


def import_statements(notebooks: Iterable[NotebookNode]) -> list[str]:
    r"""List what chapters import, to be imported before they are forked.

    Parameters
    ----------
    notebooks : iterable of NotebookNode
        Chapters, not executed.

    Returns
    -------
    list of str
        Each statement once; a cell that is not Python is left to its kernel.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> import_statements([new_notebook(cells=[new_code_cell("import csv\ncsv.reader([])")])])
    ['import csv']
    """
    statements: dict[str, None] = {}
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                with suppress(SyntaxError):
                    body = ast.parse(cell.source).body
                    imports = [one for one in body if isinstance(one, ast.Import | ast.ImportFrom)]
                    statements |= dict.fromkeys(map(ast.unparse, imports))
    return list(statements)
