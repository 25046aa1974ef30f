"""The real local service as a process of its own, started and stopped by tests."""

import fcntl
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from tests.examples import NOW

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "demonstration"


@dataclass(frozen=True)
class Service:
    """A running service, stopped at the end of `with`; `url` has no slash at its end."""

    url: str
    process: "subprocess.Popen[str]"
    data_dir: Path

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def __enter__(self) -> "Service":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, fields: Any = None, **options: Any) -> requests.Response:
        return self.request("POST", path, data=fields, **options)

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False  # a proxy of the network knows nothing of this machine's own address
            return session.request(method, self.url + path, timeout=20, **options)

    def inbox(self) -> list[dict[str, Any]]:
        """Every letter sent, oldest first, after everything that is due was delivered."""
        self.run("deliver")
        letters: list[dict[str, Any]] = self.get("/_local/inbox.json").json()
        return letters

    def run(self, job: str) -> dict[str, int]:
        counts: dict[str, int] = self.post(f"/_local/jobs/{job}").json()
        return counts

    def advance(self, duration: str) -> None:
        """Moves the clock by an ISO 8601 duration."""
        self.post("/_local/clock", {"advance": duration}).raise_for_status()

    def log(self) -> str:
        return _log(self.data_dir).read_text("utf-8")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stops it as Ctrl-C or a service manager does, and gives its exit code."""
        with self.process:
            self.process.send_signal(number)
            return self.process.wait(timeout=10)

    def kill(self) -> None:
        """As `kill -9` does."""
        with self.process:
            self.process.kill()


def start_service(
    data_dir: Path, *, port: int = 0, site: Path = SITE, at: datetime | None = NOW, **environment: str
) -> Service:
    """Starts the service and returns once it answers; `environment` adds to its variables, as in CAI_MODE="closed".

    A demonstration in a new folder begins `at` that moment, so that the day of its tests never changes; None is now.
    """
    if at and "CAI_MODE" not in environment and not data_dir.exists():
        data_dir.mkdir(mode=0o700)
        (data_dir / "clock").write_text(str((at - datetime.now(UTC)).total_seconds()), "ascii")
    process = launch(data_dir, port=port, site=site, **environment)
    assert process.stdout
    for line in process.stdout:
        if line.startswith("Forum CAI is at"):
            return Service(line.split()[-1].rstrip("/"), process, data_dir)
    process.stdout.close()
    raise AssertionError(f"the service did not start: {_log(data_dir).read_text('utf-8')}")


def launch(
    data_dir: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    site: Path = SITE,
    log: Path | None = None,
    **environment: str,
) -> "subprocess.Popen[str]":
    """The process, which may yet refuse to start; what it says on stderr goes to `log`, or beside `data_dir`."""
    command = [sys.executable, "-m", "local", "--host", host, "--port", str(port)]
    command += ["--data-dir", str(data_dir), "--site", str(site)]
    with (log or _log(data_dir)).open("ab") as said:
        return subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=said, text=True
        )


def has_engine(data_dir: Path) -> bool:
    """Whether any engine lives on this folder: each holds its lock for as long as it lives."""
    with (data_dir / "engine").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _log(data_dir: Path) -> Path:
    return data_dir.parent / f"{data_dir.name}.log"
