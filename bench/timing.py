"""Time of the answer to an address that is known, beside one that is not

On the running service, in pairs whose order is drawn by lot. What is asked of the table is the same by a test
(`tests/store/test_known_calls.py`); this is what is left of it in time.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.figures import Figure, compared
from tests.examples import body
from tests.service import Service, start_service
from tests.staff import OURS, USER

TURNS, PAIRS = 8, 20  # the desk mails 20 links an hour to one address

Ask = Callable[[str], None]


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, start_service(Path(folder) / "data") as service:
        known = iter([register(service, number) for number in range((TURNS + 1) * PAIRS)])
        return [
            measure("send me my link again", service, partial(link, service), lambda: next(known)),
            measure("sign in at the desk", service, partial(sign_in, service), lambda: USER),
        ]


def measure(what: str, service: Service, ask: Ask, known: Callable[[], str]) -> Figure:
    ours, theirs, chance = [], [], random.Random(1)
    for turn in range(TURNS + 1):
        addresses = [(known(), f"ignota-{turn}-{number}@example.org") for number in range(PAIRS)]
        times = [in_pair(ask, pair, chance) for pair in addresses]
        service.advance("PT1H")
        if turn:  # the first warms up
            mine, others = zip(*times, strict=True)
            ours.append(statistics.median(mine))
            theirs.append(statistics.median(others))
    return compared(what, "ms", ours, "not known", theirs, "1 within the spread")


def in_pair(ask: Ask, pair: tuple[str, str], chance: random.Random) -> list[float]:
    taken = {}
    for address in chance.sample(pair, 2):
        started = time.perf_counter()
        ask(address)
        taken[address] = 1000 * (time.perf_counter() - started)
    return [taken[address] for address in pair]


def register(service: Service, number: int) -> str:
    address = f"nota-{number}@example.org"
    form = body(email=address, first_name=f"Numerus {number}", phone=None)
    answer = service.post("/api/en/appointments", form, headers=OURS, allow_redirects=False)
    assert answer.status_code == 303, answer.status_code
    return address


def link(service: Service, address: str) -> None:
    answer = service.post("/api/en/link", {"email": address}, headers=OURS)
    assert answer.status_code == 200, answer.status_code


def sign_in(service: Service, address: str) -> None:
    answer = service.post("/api/desk/en/sign-in", {"address": address}, headers=OURS)
    assert answer.status_code == 200, answer.status_code
