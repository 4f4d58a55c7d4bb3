"""A process that has imported what chapters need, and forks a copy of itself for every request.

``python -m lyanalysis.report.fork_server SOCKET IMPORT... -- LATER...`` listens at SOCKET, executes
the import statements and then turns each request into a child that does what ``python -m`` would do
in a fresh interpreter, less the seconds of importing. What some children need is imported later,
when nobody asks. It runs no thread, so that a fork copies everything.

A request is one line of JSON: ``module``, ``arguments``, ``environment``, ``folder``, ``log`` (the
file for both outputs) and ``memory`` (bytes of data at most, or null). The answers are two lines:
``{"pid": ...}`` and, when the child has ended, ``{"code": ...}``. Where the asker hangs up first,
the child and all it started are killed; where the standard input of the server ends, all are.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import random
import runpy
import select
import selectors
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
LIFELINE = 0
"""Standard input: ends when whoever started the server has gone, however that came."""


def main(path: str, imports: list[str], later: list[str]) -> None:
    """Listen, import and serve; returns in every child, with the child's work done."""
    # An import does not notice that the lifeline has ended, and children would go on meanwhile.
    _end_with_parent()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # Before the imports: who asks meanwhile waits instead of being refused. And under its name only
    # once it listens, for a socket that does not yet refuses, too.
    listener.bind(f"{path}~")
    listener.listen(64)
    Path(f"{path}~").rename(path)
    if sys.path[0] == str(Path.cwd()):
        del sys.path[0]
    for statement in imports:
        if select.select([LIFELINE], [], [], 0)[0]:
            return
        _import(statement)
    gc.collect()
    # What is there stays in pages that parent and children share.
    gc.freeze()
    request = _Server(listener, later).serve()
    if request is not None:
        _become(request)
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)


def _import(statement: str) -> None:
    # What cannot be imported is told by the chapter that needs it.
    with suppress(Exception):
        exec(statement, {})
    if len([*Path("/proc/self/task").iterdir()]) > 1:
        print("the imports started threads, which a fork would not copy", file=sys.stderr)
        sys.stderr.flush()
        # Not by an exception: it would wait for those threads.
        os._exit(1)


class _Server:
    """The children that live, and who asked for each."""

    def __init__(self, listener: socket.socket, later: list[str]) -> None:
        self.listener = listener
        self.later = later
        self.children: dict[int, socket.socket] = {}
        self.selector = selectors.DefaultSelector()
        self.woken, self.waker = os.pipe()
        os.set_blocking(self.woken, False)
        os.set_blocking(self.waker, False)

    def serve(self) -> dict[str, Any] | None:
        """Fork until the lifeline ends (None); in a child return what it is asked to do."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.waker, warn_on_full_buffer=False)
        for watched in (self.listener, LIFELINE, self.woken):
            self.selector.register(watched, selectors.EVENT_READ)
        while True:
            ready = self.selector.select(0 if self.later else None)
            if not ready:
                _import(self.later.pop(0))
                gc.freeze()
            for key, _ in ready:
                if key.fileobj == LIFELINE:
                    if not os.read(LIFELINE, 1):
                        for child in self.children:
                            _kill(child)
                        return None
                elif key.fileobj == self.woken:
                    os.read(self.woken, 4096)
                    self._reap()
                elif key.fileobj is self.listener:
                    request = self._fork()
                    if request is not None:
                        return request
                elif key.data in self.children:
                    _kill(key.data)
                    self.selector.unregister(key.fileobj)

    def _fork(self) -> dict[str, Any] | None:
        """Answer one request; in the child return it."""
        asker, _ = self.listener.accept()
        with suppress(ValueError, OSError), asker.makefile("rb") as lines:
            request: dict[str, Any] = json.loads(lines.readline())
            child = os.fork()
            if child == 0:
                self._leave(asker)
                return request
            _lead(child)
            self.children[child] = asker
            self.selector.register(asker, selectors.EVENT_READ, child)
            _tell(asker, pid=child)
            return None
        asker.close()
        return None

    def _leave(self, asker: socket.socket) -> None:
        """Close, in a child, what is the server's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.selector.close()
        for held in (self.listener, asker, *self.children.values()):
            held.close()
        os.close(self.woken)
        os.close(self.waker)

    def _reap(self) -> None:
        """Tell of every child that has ended."""
        while self.children:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            # What the child started and left behind goes with it.
            _kill(child)
            asker = self.children.pop(child)
            with suppress(KeyError):
                self.selector.unregister(asker)
            _tell(asker, code=os.waitstatus_to_exitcode(status))
            asker.close()


def _tell(asker: socket.socket, **answer: int) -> None:
    # Who asked may be gone.
    with suppress(OSError):
        asker.sendall(json.dumps(answer).encode() + b"\n")


def _lead(child: int) -> None:
    """Make a child the leader of a group; done on both sides of the fork, whichever is first."""
    with suppress(OSError):
        os.setpgid(child, child)


def _kill(child: int) -> None:
    """End a child and its process group, which it leads."""
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


def _end_with_parent() -> None:
    """Be killed as soon as the thread ends that started this process."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _become(request: dict[str, Any]) -> None:
    """Give a child what a process of its own has: group, environment, folder, outputs, limits."""
    _lead(0)
    _end_with_parent()
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    sys.path.insert(0, request["folder"])
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(stream, target)
    os.close(log)
    os.close(nothing)
    if request["memory"] is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (request["memory"],) * 2)
    # Children must not draw the same numbers, as copies of one generator would.
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    sys.argv = [request["module"], *request["arguments"]]


if __name__ == "__main__":
    end = sys.argv.index("--")
    main(sys.argv[1], sys.argv[2:end], sys.argv[end + 1 :])
