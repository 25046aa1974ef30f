"""Pages of the desk beside the calls of the table that each makes

Among 10,000 contacts and 500 sessions, with 60 requests, 10 further forms, 20 calls and 10 failed letters that wait: a
page through the real app in this process, and in turns with it the same calls alone. What is more is reading, deciding
and writing HTML. No page makes more than five calls, the one for who is signed in among them, or the run stops. The
engine reads through the whole index for each question to it, which DynamoDB does not.
"""

import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from pathlib import Path
from statistics import quantiles
from typing import Any

from botocore import xform_name
from botocore.exceptions import ReadTimeoutError

from bench.figures import Figure, compared
from local.settings import TABLE
from tests.busy_office import NOW, fill
from tests.desk_here import DeskHere, desk_here
from tests.engines import start_roto

CONTACTS, SESSIONS = 10_000, 500
TURNS, LOOKS = 3, 12
MOST_CALLS = 5
OK = HTTPStatus.OK
Step = Callable[[], object]
PAGES = (
    "today",
    "requests/{reference}",
    "contacts/{reference}",
    "requests/new",
    "find",
    "sessions",
    "sessions?kind=slot",
    "sessions/new",
    "sessions/day",
    "sessions/day/sheet",
    "sessions/info/change",
    "sessions/info/cancel",
    "sessions/info/sign-up",
    "months/2026-11",
    "audit",
)


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        engine = start_roto(Path(folder) / "db")
        try:
            with desk_here(engine, Path(folder) / "data", NOW) as desk:
                reference = fill(desk.client, TABLE, desk.office, CONTACTS, SESSIONS)
                return [figure for page in PAGES for figure in measure(desk, page.format(reference=reference), page)]
        finally:
            engine.stop()


def measure(desk: DeskHere, path: str, name: str) -> list[Figure]:
    bare = calls_of(desk, path)
    if len(bare) > MOST_CALLS:
        raise RuntimeError(f"{name} makes {len(bare)} calls")
    turns = [looked_at(lambda: desk.get(f"en/{path}"), lambda: [call() for call in bare]) for _ in range(TURNS)]
    peer = "its call alone" if len(bare) == 1 else f"its {len(bare)} calls alone"
    return [
        compared(f"{name}, {part}", "ms", [ours[part] for ours, _ in turns], peer, [alone[part] for _, alone in turns])
        for part in ("p50", "p95")
    ]


def calls_of(desk: DeskHere, path: str) -> list[Step]:
    """What a page asks of the table, to be asked again."""
    asked: list[tuple[str, dict[str, Any]]] = []
    event, note = "provide-client-params.dynamodb", lambda params, model, **_: asked.append((model.name, params))
    desk.client.meta.events.register(event, note)
    page = desk.get(f"en/{path}")
    desk.client.meta.events.unregister(event, note)
    if page.status != OK:
        raise RuntimeError(f"{path} answers {page.status}")
    return [partial(getattr(desk.client, xform_name(name)), **params) for name, params in asked]


def looked_at(page: Step, bare: Step) -> tuple[dict[str, float], dict[str, float]]:
    """One after the other, so that what else the machine does falls on both."""
    pairs = [(milliseconds(page), milliseconds(bare)) for _ in range(LOOKS)]
    ours, alone = (parts([pair[at] for pair in pairs]) for at in (0, 1))
    return ours, alone


def parts(measured: list[float]) -> dict[str, float]:
    cuts = quantiles(measured, n=20, method="inclusive")
    return {"p50": cuts[9], "p95": cuts[18]}


def milliseconds(step: Step) -> float:
    started = time.perf_counter()
    with suppress(ReadTimeoutError):  # whoever waits in vain has waited as well
        step()
    return 1000 * (time.perf_counter() - started)
