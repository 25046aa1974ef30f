"""What `make package` made, as tests read it."""

import json
from functools import cache
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "build" / "package"
ZIP = PACKAGE / "deployment.zip"
TEMPLATE = PACKAGE / "sam.json"


@cache
def template():
    return json.loads(TEMPLATE.read_text("utf-8"))


@cache
def names():
    with ZipFile(ZIP) as package:
        return package.namelist()


def properties(name):
    """Of the resource with that name."""
    return template()["Resources"][name]["Properties"]


def of_type(kind):
    """The names of the resources of that type."""
    return {name for name, resource in template()["Resources"].items() if resource["Type"] == kind}


FUNCTION = "AWS::Serverless::Function"
