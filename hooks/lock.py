"""Writes the locks anew: for every platform, with hashes, and without the name of a host."""

import subprocess
import sys

COMPILE = (
    *("-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--custom-compile-command", "make lock"),
)
LOCKS = {
    "backend/requirements.txt": ("pyproject.toml",),
    "requirements/run.txt": ("pyproject.toml", "--group", "run", "-c", "backend/requirements.txt"),
    "requirements/test.txt": ("pyproject.toml", "--group", "run", "--group", "test", "-c", "requirements/run.txt"),
    "requirements/ministack.txt": ("--group", "ministack"),
    "requirements/audit.txt": ("--group", "audit"),
    "requirements/mutants.txt": (
        *("pyproject.toml", "--group", "run", "--group", "test", "--group", "mutants"),
        *("-c", "requirements/test.txt"),
    ),
    "requirements/peers.txt": ("--group", "peers", "-c", "requirements/run.txt"),
}


def main() -> None:
    for lock, wanted in LOCKS.items():
        subprocess.run([sys.executable, *COMPILE, *wanted, "--output-file", lock], check=True)  # noqa: S603 - our own words


if __name__ == "__main__":
    main()
