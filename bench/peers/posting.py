"""Posts a form with mistakes to a handler of Lambda, again and again, and says how long it took; run by itself."""

import importlib
import json
import sys
import time
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from urllib.parse import urlencode

POSTS = 300
FORM = {
    "first_name": "Exempla",
    "surname": "",
    "matricule": "1990 0930 12359",
    "phone": "621",
    "email": "exempla@example.org",
    "attended_on-day": "12",
    "attended_on-month": "10",
    "attended_on-year": "2026",
    "half_days": ["mon-am", "thu-pm"],
    "meeting_language": "fr",
    "message": "A message of a bench",
    "trap": "",
}
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Host": "127.0.0.1"}
EVENT = {
    "resource": "/{lang}/appointments",
    "path": "/en/appointments",
    "httpMethod": "POST",
    "headers": HEADERS,
    "multiValueHeaders": {name: [value] for name, value in HEADERS.items()},
    "queryStringParameters": None,
    "multiValueQueryStringParameters": None,
    "pathParameters": {"lang": "en"},
    "stageVariables": None,
    "requestContext": {
        "httpMethod": "POST",
        "resourcePath": "/{lang}/appointments",
        "path": "/api/en/appointments",
        "stage": "api",
        "identity": {"sourceIp": "192.0.2.7"},
    },
    "body": urlencode(FORM, doseq=True),
    "isBase64Encoded": False,
}


def main(folder: str, name: str) -> None:
    sys.path.insert(0, folder)
    handler = getattr(importlib.import_module("app"), name)
    context = SimpleNamespace(function_name="bench", aws_request_id="bench", memory_limit_in_mb=512)
    taken = []
    for _ in range(POSTS):
        started = time.perf_counter()
        answer = handler(json.loads(json.dumps(EVENT)), context)
        taken.append(time.perf_counter() - started)
        assert answer["statusCode"] == 422, answer
    # What getrusage says would be the most of whoever started this process.
    (most,) = (line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
    memory = int(most.split()[1]) / 1024
    print(json.dumps({"milliseconds": 1000 * median(taken[50:]), "megabytes": memory, "bytes": len(answer["body"])}))


if __name__ == "__main__":
    main(*sys.argv[1:])
