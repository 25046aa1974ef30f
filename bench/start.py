"""Start-up of the functions and one form, beside a bare DynamoDB client and the same form in FastAPI

The functions packaged as `make package` does, unpacked, with bytecode by the Python that runs here, since that of
Lambda may not be at hand; both sides in one environment, with one SDK. Start-up is CPU time, user and system, of a
fresh interpreter, in turns. The form has three mistakes, each named on the page that answers, and never reaches the
table: ours in full, in the reader's language; the peer's with the fields alone. Memory is the most that was used.
"""

import json
import os
import resource
import subprocess
import tempfile
from pathlib import Path
from zipfile import ZipFile

from bench.figures import Figure, compared
from infra.package import ZIP, package

TURNS, POSTS = 20, 5
PYTHON = Path(".venv-peers/bin/python").absolute()
PEERS = Path("bench/peers").absolute()
BARE, PEER = "boto3.client('dynamodb')", "FastAPI, Mangum, pydantic"
SETTINGS = {
    "CAI_SITE_URL": "https://forum-cai.example",
    "CAI_MODE": "demonstration",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_EC2_METADATA_DISABLED": "true",
}
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | SETTINGS


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        made, unzipped = Path(folder, "package"), str(Path(folder, "unzipped"))
        package(Path("build/vendor"), Path("build/demonstration"), made, str(PYTHON))
        with ZipFile(made / ZIP) as zipped:
            zipped.extractall(unzipped)
        subprocess.run([PYTHON, "-m", "compileall", "-q", PEERS], check=True)
        return [*_starts(unzipped), *_posts(unzipped)]


def _starts(folder: str) -> list[Figure]:
    ours = f"import sys; sys.path.insert(0, {folder!r}); import app"
    codes = {
        BARE: "import boto3; boto3.client('dynamodb')",
        "import app": ours,
        "import app, and the client": f"{ours}; app.parts.client('dynamodb')",
        PEER: f"import sys; sys.path.insert(0, {str(PEERS)!r}); import app",
    }
    turns = [{name: _seconds(code) for name, code in codes.items()} for _ in range(TURNS + 1)][1:]
    bare, peer, client = ([turn[name] for turn in turns] for name in (BARE, PEER, "import app, and the client"))
    return [
        compared("import app", "s", [turn["import app"] for turn in turns], BARE, bare),
        compared("import app, and the client", "s", client, BARE, bare, "at most 1.10"),
        compared("import app, and the client, too", "s", client, PEER, peer),
    ]


def _seconds(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([PYTHON, "-I", "-c", code], env=ENVIRONMENT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _posts(folder: str) -> list[Figure]:
    turns = [(_posted(folder, "app"), _posted(str(PEERS), "handler")) for _ in range(POSTS)]

    def beside(what: str, unit: str) -> Figure:
        mine, theirs = ([each[unit] for each in side] for side in zip(*turns, strict=True))
        return compared(what, {"milliseconds": "ms", "megabytes": "MB"}[unit], mine, PEER, theirs)

    return [beside("the form with mistakes, warm", "milliseconds"), beside("memory", "megabytes")]


def _posted(folder: str, name: str) -> dict[str, float]:
    command = [PYTHON, PEERS / "posting.py", folder, name]
    ran = subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(ran.stdout)
    return told
