"""What the functions need, and nothing else: found by following every import, those inside functions too."""

import ast
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

# Nobody looks up the domain of an address while a form waits; Lambda's Python is too new for typing_extensions.
UNUSED = ("babel.messages.", "dns.", "typing_extensions.")

# Read by name at run time, so that no import leads to them.
DATA = (
    "chalicelib/**/*.html",
    "chalicelib/**/*.mo",
    "chalicelib/**/*.toml",
    "chalicelib/letters/font/*",
    "chalicelib/**/*.txt",
    "jinja2/ext.py",
    "babel/global.dat",
    "babel/locale-data/root.dat",
    "babel/locale-data/*/__init__.py",
    "phonenumbers/data/region_*.py",
    "tzdata/__init__.py",
    "tzdata/zoneinfo/__init__.py",
    "tzdata/zoneinfo/UTC",
    "tzdata/zoneinfo/Europe/__init__.py",
    "tzdata/zoneinfo/Europe/Luxembourg",
)
LANGUAGE_DATA = "babel/locale-data/{}.dat"


def shipped(places: Iterable[Path], languages: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Each file that ships and its name in the package; the first place holds app.py."""
    places = [place.resolve() for place in places]
    modules = _modules(places)
    patterns = (*DATA, *(LANGUAGE_DATA.format(language) for language in languages))
    for place in places:
        data = {file for pattern in patterns for file in place.glob(pattern)}
        own = {file for file in modules if file.is_relative_to(place)}
        yield from ((file, file.relative_to(place).as_posix()) for file in sorted(data | own))


def _modules(places: list[Path]) -> set[Path]:
    """Python's own ModuleFinder takes `.types` for the `types` that it could not find, and leaves it out."""
    found: dict[str, Path | None] = {}
    left = ["app"]
    while left:
        name = left.pop()
        if name in found or f"{name}.".startswith(UNUSED):
            continue
        found[name] = file = _file(places, name)
        if file:
            left += _imported(
                ast.parse(file.read_bytes()), name if file.stem == "__init__" else name.rpartition(".")[0]
            )
    return {file for file in found.values() if file}


def _file(places: list[Path], name: str) -> Path | None:
    inside = name.replace(".", "/")
    files = (place / file for place in places for file in (f"{inside}/__init__.py", f"{inside}.py"))
    return next((file for file in files if file.is_file()), None)


def _imported(tree: ast.Module, package: str) -> Iterator[str]:
    """Whatever the code may import, also within functions, each with the packages around it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            around = package.split(".")[: 1 - node.level or None] if node.level else []
            begin = ".".join([*around, *([node.module] if node.module else [])])
            names = [begin, *(f"{begin}.{each.name}" for each in node.names)]
        else:
            continue
        for name in names:
            yield from accumulate(name.split("."), "{}.{}".format)
