"""Asks for advisories about every locked package: OSV for Python, the registry's database for Node (needs internet).

The registry of Python packages is not asked: where it answers nothing, pip-audit finds nothing and calls it well.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

LOCKS = ("backend/requirements.txt", "requirements/test.txt", "requirements/ministack.txt")
PIP_AUDIT = ("-m", "pip_audit", "--strict", "--vulnerability-service", "osv", "--disable-pip", "--require-hashes")
NODE = "requirements/node"


class UnreachableError(Exception):
    """A database did not answer, so nothing is known."""


def main() -> None:
    try:
        found = [*(each for lock in LOCKS for each in _python(lock)), *_node()]
    except UnreachableError as silent:
        sys.exit(f"Nothing was audited: the database of advisories for {silent} cannot be reached from here.")
    for line in found:
        sys.stdout.write(f"{line}\n")
    sys.exit(f"{len(found)} advisories" if found else 0)


def _python(lock: str) -> Iterator[str]:
    for package in _asked([sys.executable, *PIP_AUDIT, "--format", "json", "-r", lock], "Python")["dependencies"]:
        yield from (f"{lock}: {package['name']} {package['version']}: {each['id']}" for each in package["vulns"])


def _node() -> Iterator[str]:
    answer = _asked(["npm", "audit", "--json", "--prefix", NODE], "Node")
    yield from (f"{NODE}: {name}: {found['severity']}" for name, found in answer["vulnerabilities"].items())


def _asked(command: list[str], what: str) -> Any:
    """What the tool says as JSON; each ends with a failure where it found something, too."""
    said = subprocess.run(command, check=False, capture_output=True, text=True).stdout  # noqa: S603 - our own words
    try:
        answer = json.loads(said)
    except ValueError:
        raise UnreachableError(what) from None
    if "dependencies" in answer or "vulnerabilities" in answer:
        return answer
    raise UnreachableError(what)


if __name__ == "__main__":
    main()
