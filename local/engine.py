"""The database engine: roto, a DynamoDB over SQLite that writes through to the disk, as a child process."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from local.errors import CannotStartError

_PATIENCE = 10.0
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h


class Engine:
    """One engine for one folder. Start it from the main thread: Linux ends it when the thread that made it ends."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> None:
        """Starts the engine, after ending one that an earlier service left. Raises CannotStartError."""
        for _ in range(3):  # another program may take the free port first
            port = _free_port()
            with _reclaimed(self._data_dir / "engine") as lock:
                self._process = self._spawn(port, lock)
                lock.write(str(self._process.pid))
            if _takes_connections(port, self._process):
                self.url = f"http://127.0.0.1:{port}"
                return
        raise CannotStartError(f"The database engine does not start: see {self._data_dir / 'engine.log'}.")

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _spawn(self, port: int, lock: IO[str]) -> subprocess.Popen[bytes]:
        program = Path(sysconfig.get_path("scripts")) / "roto-server"
        with (self._data_dir / "engine.log").open("wb") as log:
            return subprocess.Popen(
                [program, "--durable", "--data-dir", self._data_dir / "db", "--port", str(port)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock.fileno()],  # held as long as the engine lives, whatever becomes of us
                start_new_session=True,  # Ctrl-C is for the service, which then ends the engine
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads yet
            )


@contextmanager
def _reclaimed(file: Path) -> Iterator[IO[str]]:
    """The engine's lock file, after ending the engine that holds it.

    Only an engine holds this lock while no service holds the folder, so the number in the file is surely its own. This
    works wherever flock does; on Linux the engine has mostly gone with its service already.
    """
    with file.open("a+") as lock:
        deadline = time.monotonic() + _PATIENCE
        while not _locked(lock):
            if time.monotonic() > deadline:
                raise CannotStartError("The database engine of an earlier service does not end.")
            _end(lock)
            time.sleep(0.02)
        lock.truncate(0)
        yield lock


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _end(lock: IO[str]) -> None:
    lock.seek(0)
    number = lock.read()
    if number.isdigit():
        try:
            os.kill(int(number), signal.SIGKILL)  # safe: the engine writes through at each commit
        except ProcessLookupError:
            return


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _takes_connections(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return True
    return False
