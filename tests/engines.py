"""Starts the database engines of the tests, each a process of its own on a free port of loopback, and stops them."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0
_GLANCE = 0.02


@dataclass(frozen=True, eq=False)
class Engine:
    process: subprocess.Popen[bytes]
    port: int

    def client(self, service: str = "dynamodb", **config: Any) -> Any:
        """A client of its own, with room for many threads; `config` goes to botocore."""
        return boto3.session.Session().client(
            service,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="eu-central-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(max_pool_connections=50, proxies={}, **config),
        )

    def kill(self) -> None:
        """As `kill -9` does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()


def start_roto(data_dir: Path) -> Engine:
    """Keeps what it acknowledged in `data_dir`, whatever happens to the process."""
    program = Path(sys.executable).with_name("roto-server")
    port = _free_port()
    return _started([program, "--port", str(port), "--data-dir", data_dir, "--durable"], port, data_dir)


def start_ministack(home: Path, **more: str) -> Engine:
    """Keeps nothing; `home` takes its log; `more` settings go over its own."""
    program = ROOT / ".venv-ministack" / "bin" / "ministack"
    port = _free_port()
    # Its default address is 0.0.0.0.
    settings = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "PERSIST_STATE": "0", "SERVICES": "dynamodb,kms"}
    return _started([program], port, home, **settings | more)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _started(command: list[Any], port: int, home: Path, **settings: str) -> Engine:
    home.mkdir(parents=True, exist_ok=True)
    log = home / f"{Path(command[0]).name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **settings}, cwd=home)
    engine = Engine(process, port)
    try:
        _wait_until_it_listens(engine, log)
    except BaseException:
        engine.kill()
        raise
    return engine


def _wait_until_it_listens(engine: Engine, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", engine.port), timeout=PATIENCE).close()
            return
        except OSError:
            pass
        try:
            # Waits for the end that must not come, and so notices it at once.
            engine.process.wait(_GLANCE)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"{log.stem} ended at its start:\n{log.read_text()}")
    raise RuntimeError(f"{log.stem} does not listen after {PATIENCE} s:\n{log.read_text()}")
