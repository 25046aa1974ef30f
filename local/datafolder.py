"""The folder in which everything is kept, used by one service at a time."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from local.errors import CannotStartError


@contextmanager
def claimed(folder: Path) -> Iterator[Callable[[str], None]]:
    """The folder, made if need be and ours until the end; gives what notes our address for those who come second.

    The lock ends with the process, however that ends. Raises CannotStartError when the folder cannot be written or
    another service has it.
    """
    with _opened(folder) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            lock.seek(0)
            other = lock.read() or "an address to be"
            raise CannotStartError(f"The data folder {folder} is in use by the service at {other}.") from held
        lock.truncate(0)
        yield partial(print, end="", file=lock, flush=True)


def _opened(folder: Path) -> IO[str]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (folder / "lock").open("a+", encoding="utf-8")
    except OSError as reason:
        raise CannotStartError(f"The data folder {folder} cannot be written: {reason.strerror}.") from reason
