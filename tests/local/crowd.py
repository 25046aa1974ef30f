"""A crowd that signs up over HTTP all at once, each as a person does: sends the form, and again if it was no use."""

import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

import requests

from tests.service import Service

_REFERENCE = re.compile(r'class="reference"[^>]*>([^<]+)')
_LONGEST_WAIT = 240  # seconds that the last of a thousand may have to wait for one answer
_TRIES = 5

Result = TypeVar("Result")


@dataclass
class Visitor:
    """Somebody with a mail address of their own. Times are of `time.monotonic`."""

    number: int
    session_id: str
    began: float = 0.0
    answered: float = 0.0
    answers: list[requests.Response] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"Numerus {self.number}"

    @property
    def email(self) -> str:
        return f"turba-{self.number}@example.org"

    def sign_up(self, service: Service, times: int = 1) -> "Visitor":
        """Presses the button, `times` at the same moment."""
        self.began = time.monotonic()
        self.answers = results(all_at_once(lambda _: self._press(service), range(times)))
        self.answered = time.monotonic()
        return self

    def references(self, service: Service) -> set[str]:
        """What the receipts show; empty for who got none."""
        receipts = [answer.headers["Location"] for answer in self.answers if answer.status_code == 303]
        return {_REFERENCE.search(service.get(address).text)[1] for address in receipts}

    def _press(self, service: Service) -> requests.Response:
        person = {"first_name": self.name, "surname": "Fictiva", "phone": "", "email": self.email, "trap": ""}
        return post(service, "/api/en/sign-ups?kind=information", {"session": self.session_id, **person})


def post(service: Service, path: str, fields: dict[str, str]) -> requests.Response:
    """The answer; a form that was no use for now is sent again, the same one."""
    for attempt in range(_TRIES):
        with requests.Session() as browser:
            browser.trust_env = False
            browser.headers["Connection"] = "close"  # the local service keeps a hundred open, and more come than that
            answer = browser.post(service.url + path, fields, allow_redirects=False, timeout=_LONGEST_WAIT)
        if answer.status_code != 503:
            break
        time.sleep(attempt + 1)
    return answer


def all_at_once(step: Callable[..., Result], over: Iterable[object], enough: int | None = None) -> list[Future[Result]]:
    """One thread for each; returns when all are through, or as many as are `enough`."""
    each = list(over)
    threads = ThreadPoolExecutor(len(each))
    begun = [threads.submit(step, one) for one in each]
    threads.shutdown(wait=False)
    for _ in islice(as_completed(begun), enough):
        pass
    return begun


def results(begun: Iterable[Future[Result]]) -> list[Result]:
    """What came of all of them, once all are through."""
    return [one.result() for one in begun]
