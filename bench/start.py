"""Start-up CPU of the functions beside a bare DynamoDB client, in one run: `make bench`.

Each line is a fresh interpreter, the candidates in turn; user and system time, the ratio taken turn by turn.
"""

import os
import resource
import statistics
import subprocess
import sys

TURNS = 15
CANDIDATES = {
    "boto3.client('dynamodb')": "import boto3; boto3.client('dynamodb')",
    "import app": "import app",
    "import app, and the client": "import app; app.wiring._client('dynamodb')",
}
ENVIRONMENT = {**os.environ, "PYTHONPATH": "backend", "AWS_DEFAULT_REGION": "eu-central-1"}


def seconds(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    for code in CANDIDATES.values():
        seconds(code)
    turns = [{name: seconds(code) for name, code in CANDIDATES.items()} for _ in range(TURNS)]
    bare = next(iter(CANDIDATES))
    print(f"{TURNS} turns, {os.cpu_count()} cores, Python {sys.version.split()[0]}; ratio: median (least to most)")
    for name in CANDIDATES:
        ratios = [turn[name] / turn[bare] for turn in turns]
        cpu = statistics.median(turn[name] for turn in turns)
        print(f"{name:28} {cpu:.3f} s   {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
