"""The package of the functions: the same from the same sources, small, and complete."""

import re
import subprocess
import sys
from hashlib import sha256
from zipfile import ZipFile

import pytest

from chalicelib.domain.language import LANGUAGES
from infra.package import ZIP, package
from infra.shipped import shipped
from tests.infra import packaged

TOGETHER = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module(name)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two packages of the same sources, with the bytecode of this Python."""
    vendor, site = packaged.ROOT / "build" / "vendor", packaged.ROOT / "build" / "closed"
    places = [tmp_path_factory.mktemp("package") / name for name in ("one", "two")]
    for out in places:
        package(vendor, site, out, sys.executable)
    return places


def hashed(file):
    return sha256(file.read_bytes()).hexdigest()


def test_the_same_sources_make_the_same_package(made):
    assert len({hashed(out / ZIP) for out in made}) == 1
    assert len({hashed(out / "sam.json") for out in made}) == 1
    assert sorted(file.name for file in made[0].iterdir()) == [ZIP, "sam.json"]


def test_every_module_gets_bytecode_but_phone_numbers_of_each_region(made):
    with ZipFile(made[0] / ZIP) as compiled:
        names = compiled.namelist()
    plain, bytecode = ({name for name in names if name.endswith(ending)} for ending in (".py", ".pyc"))
    ours = {name for name in plain if name.startswith(("app.py", "chalicelib/"))}
    beside = {name for name in bytecode if "__pycache__/" in name}

    assert plain - ours == {name for name in plain if "data/region_" in name} != set()
    assert {re.sub(r"__pycache__/(.*)\.cpython-\d+\.pyc$", r"\1.py", name) for name in beside} == ours
    assert {"icalendar/cal/event.pyc", "chalice/app.pyc", "babel/dates.pyc"} <= bytecode


def test_a_package_is_smaller_than_four_megabytes(made):
    assert packaged.ZIP.stat().st_size < 4_000_000
    assert (made[0] / ZIP).stat().st_size < 4_000_000


@pytest.mark.parametrize(
    "part", ["boto3", "botocore", "cryptography", "dns", "pytest", "tests", "typing_extensions.py"]
)
def test_what_no_function_uses_is_not_in_it(part):
    assert not [name for name in packaged.names() if part in name.split("/")]


def test_it_speaks_the_languages_of_the_site_and_no_other():
    data = {name.rpartition("/")[2] for name in packaged.names() if name.startswith("babel/locale-data/")}

    assert data == {"root.dat", *(f"{language}.dat" for language in LANGUAGES)}
    assert not [name for name in packaged.names() if name.endswith((".po", ".pot"))]


def test_all_that_is_read_by_name_is_in_it():
    """Whatever lies in chalicelib and is no source of something else."""
    made_of_others = (".py", ".pyc", ".po", ".pot")
    folder = packaged.ROOT / "backend" / "chalicelib"
    there = {f"chalicelib/{file.relative_to(folder).as_posix()}" for file in folder.rglob("*") if file.is_file()}

    wanted = {name for name in there if not name.endswith(made_of_others)}

    assert wanted - set(packaged.names()) == set()
    assert "chalicelib/letters/font/NotoSans.ttf" in wanted


def test_each_module_can_be_imported_from_the_package_alone(made, tmp_path):
    """By a Python that has the SDK and nothing of ours, as Lambda's."""
    with ZipFile(made[0] / ZIP) as package:
        package.extractall(tmp_path)
    ours = [name for name in packaged.names() if name.startswith("chalicelib/") and name.endswith(".py")]
    modules = [name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in ours]
    within = ["icalendar", "email_validator", "phonenumbers", "jinja2.ext", "babel.dates", "stdnum.verhoeff"]

    python = packaged.ROOT / ".venv-ministack" / "bin" / "python"
    ran = subprocess.run(
        [python, "-I", "-c", TOGETHER, tmp_path, "app", *modules, *within], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(modules) > 150


def test_what_nothing_imports_stays_behind(tmp_path):
    files = {
        "app.py": "def handler():\n    from ours.late import it\n",
        "ours/__init__.py": "",
        "ours/late.py": "import other.types",
        "ours/types.py": "",
        "ours/unused.py": "",
        "other/__init__.py": "from .types import it",
        "other/types.py": "",
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)

    kept = {name for _, name in shipped([tmp_path], ["en"])}

    assert kept == files.keys() - {"ours/types.py", "ours/unused.py"}
