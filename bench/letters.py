"""Time from a form to its letter: 5 forms a second for ten minutes, and 50 a second for one

Through HTTP on the running local service, crowd and service on one machine, each on a new table; a minute of one form
a second stands beside. Each form is by somebody else, and has a letter to them and one to staff. Forms go off at their
time, whether or not those before are answered; a letter's time runs from there until it is in the mailbox. What is not
there when the last form is answered is the backlog. 50 a second for ten minutes is more than the local engine bears:
it reads through its whole index for each question, so that after six minutes it does nothing else. DynamoDB does not.
"""

import re
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure, compared
from tests.examples import FORM
from tests.local.crowd import post
from tests.service import Service, start_service

# Forms a second, seconds.
QUIET = (1, 60)
CROWDS = {"5 a second": (5, 600), "50 a second": (50, 60)}
UNDER_WAY = 200  # forms at a time
PATIENCE = 1800  # seconds after the last form
_TO = re.compile(rb"^To: (turba\S+)", re.MULTILINE)

Moments = dict[str, float]  # by address, in seconds of the clock


@dataclass(frozen=True)
class Load:
    """What came of forms: when each went off, which were taken, and when their letters were there."""

    sent: Moments
    taken: set[str]
    lasted: float
    backlog: int
    there: Moments

    def percentile(self, part: int) -> float:
        waits = [self.there[address] - self.sent[address] for address in self.taken & self.there.keys()]
        return statistics.quantiles(waits, n=100)[part - 1]


def figures() -> list[Figure]:
    quiet = measure(*QUIET)
    return [figure for name, crowd in CROWDS.items() for figure in beside(quiet, name, crowd[0], measure(*crowd))]


def beside(quiet: Load, name: str, rate: int, crowd: Load) -> list[Figure]:
    due, one = float(len(crowd.taken)), "one form a second"
    return [
        compared(f"{name}: half there within", "s", [crowd.percentile(50)], one, [quiet.percentile(50)]),
        compared(f"{name}: 99 of 100 there within", "s", [crowd.percentile(99)], one, [quiet.percentile(99)]),
        compared(f"{name}: forms answered", "a second", [len(crowd.sent) / crowd.lasted], "sent", [float(rate)]),
        compared(f"{name}: forms taken", "", [due], "sent", [float(len(crowd.sent))]),
        compared(f"{name}: backlog after the last answer", "letters", [float(crowd.backlog)], "due", [due]),
        compared(f"{name}: lost", "letters", [float(len(crowd.taken - crowd.there.keys()))], "due", [due], "none"),
    ]


def measure(rate: int, lasting: int) -> Load:
    with tempfile.TemporaryDirectory() as folder, start_service(Path(folder) / "data") as service:
        return sent_to(service, rate, lasting)


def sent_to(service: Service, rate: int, lasting: int) -> Load:
    began = time.time()
    sent = {f"turba-{rate}-{number}@example.org": began + number / rate for number in range(rate * lasting)}
    with ThreadPoolExecutor(UNDER_WAY) as crowd:
        answers = dict(zip(sent, crowd.map(lambda form: send(service, *form), sent.items()), strict=True))
    lasted = time.time() - began
    taken = {address for address, status in answers.items() if status == 303}
    backlog = len(taken - delivered(service).keys())
    end = time.time() + PATIENCE
    while taken - (there := delivered(service)).keys() and time.time() < end:
        time.sleep(5)
    return Load(sent, taken, lasted, backlog, there)


def send(service: Service, address: str, moment: float) -> int:
    time.sleep(max(0.0, moment - time.time()))
    return post(service, "/api/en/appointments", FORM | {"email": address, "phone": ""}).status_code


def delivered(service: Service) -> Moments:
    """When each letter to a resident was there, which its file says."""
    found = {}
    for file in (service.data_dir / "inbox" / "new").iterdir():
        if to := _TO.search(file.read_bytes()):
            found[to[1].decode()] = file.stat().st_mtime
    return found
