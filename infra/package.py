"""Makes build/package: the zip of the functions and the template of the stack, the same from the same sources."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chalicelib.domain.language import LANGUAGES
from infra.shipped import shipped
from infra.template import RUNTIME, additions

BACKEND = Path("backend")
ZIP = "deployment.zip"
_CHALICE = "import sys; from chalice.cli import main; sys.exit(main())"
# The order of a set's members is part of what is compiled.
_SETTLED = {"PYTHONHASHSEED": "0", "AWS_DEFAULT_REGION": "eu-central-1"}


def package(vendor: Path, site: Path, out: Path, compiler: str | None) -> None:
    """Writes the zip and the template into `out`: sources, and bytecode by the Python `compiler`."""
    shutil.rmtree(out, ignore_errors=True)
    project = out / "project"
    for file, name in shipped([BACKEND, vendor], LANGUAGES):
        _copy(file, project / name if name.split("/")[0] in ("app.py", "chalicelib") else project / "vendor" / name)
    shutil.copytree(BACKEND / ".chalice", project / ".chalice")
    added = out / "added.json"
    added.write_text(json.dumps(additions(site)), "utf-8")
    _run_chalice(project, added, out)
    _write_anew(out / ZIP, out / "unzipped", compiler)
    for leftover in (project, out / "unzipped"):
        shutil.rmtree(leftover)
    added.unlink()


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)


def _run_chalice(project: Path, added: Path, out: Path) -> None:
    # Our own path would lead Chalice to the sources instead of to the copy.
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | _SETTLED
    command: list[str | Path] = [sys.executable, "-c", _CHALICE, "--project-dir", project, "package", "--stage", "api"]
    command += ["--merge-template", added.absolute(), out.absolute()]
    subprocess.run(command, env=settings, check=True, stdout=subprocess.DEVNULL)


def _found(python: str) -> str | None:
    """The Python whose bytecode Lambda reads, if it is here."""
    asked = subprocess.run(["/usr/bin/env", python, "--version"], capture_output=True, check=False, text=True)
    if asked.stdout.startswith(f"Python {RUNTIME.removeprefix('python')}."):
        return python
    print(f"No {python} here, so the functions start more slowly, from sources: install it, or set PACKAGE_PYTHON.")
    return None


def _write_anew(package: Path, folder: Path, compiler: str | None) -> None:
    """Adds bytecode, which Lambda cannot write, and writes the zip anew: sorted, with one date for all."""
    with ZipFile(package) as made:
        made.extractall(folder)
    if compiler:
        _compile(folder, compiler)
    with ZipFile(package, "w", ZIP_DEFLATED, compresslevel=9) as new:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            entry = ZipInfo(file.relative_to(folder).as_posix())
            entry.external_attr, entry.compress_type = 0o644 << 16, ZIP_DEFLATED
            new.writestr(entry, file.read_bytes())


def _compile(folder: Path, compiler: str) -> None:
    """Our own sources stay beside their bytecode; those of libraries go, since two of each would be too much."""
    ours = [folder / "app.py", folder / "chalicelib"]
    libraries = sorted({*folder.iterdir()} - {*ours})
    # Of the 245 regions that a phone number may be of, a request needs one or two.
    _run_compiler(compiler, folder, ["-b", "-x", "phonenumbers/data/region_", *libraries])
    for compiled in folder.rglob("*.pyc"):
        compiled.with_suffix(".py").unlink()
    _run_compiler(compiler, folder, ours)


def _run_compiler(compiler: str, folder: Path, what: Sequence[str | Path]) -> None:
    command = ["/usr/bin/env", compiler, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([*command, "-s", folder, "-p", "/var/task", *what], env={**os.environ, **_SETTLED}, check=True)


if __name__ == "__main__":
    package(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), _found(sys.argv[4]))
