"""Start-up of the functions beside a bare DynamoDB client

CPU time, user and system, of a fresh interpreter for each, in turns.
"""

import os
import resource
import subprocess
import sys

from bench.figures import Figure, compared

TURNS = 20
BARE = "boto3.client('dynamodb')"
CANDIDATES = {
    BARE: "import boto3; boto3.client('dynamodb')",
    "import app": "import app",
    "import app, and the client": "import app; app.wiring._client('dynamodb')",
}
ENVIRONMENT = {**os.environ, "PYTHONPATH": "backend", "AWS_DEFAULT_REGION": "eu-central-1"}


def figures() -> list[Figure]:
    for code in CANDIDATES.values():
        seconds(code)  # the first compiles
    turns = [{name: seconds(code) for name, code in CANDIDATES.items()} for _ in range(TURNS)]
    bare = [turn[BARE] for turn in turns]
    aims = {"import app, and the client": "at most 1.10"}
    return [
        compared(name, "s", [turn[name] for turn in turns], BARE, bare, aims.get(name, ""))
        for name in CANDIDATES
        if name != BARE
    ]


def seconds(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
