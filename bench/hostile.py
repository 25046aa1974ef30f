"""100,000 generated requests, none of them answered by a 500

The bodies, types and addresses of `tests/web/test_hostile.py`, at seeds that the tests do not use, to the running
service. Each answer has a status that its form may have, in the right language, and no script; anything else stops the
bench.
"""

import tempfile
from collections import Counter
from pathlib import Path

from bench.figures import Count
from tests.service import Service, start_service
from tests.web import test_hostile as hostile
from tests.web.test_own_page import ask as ask_for_page

FIRST = 1_000_000
REQUESTS = {"appointment": 50_000, "sign-up": 32_000, "checker": 12_000}
OWN_PAGES = 1_000  # six requests each


def figures() -> list[Count]:
    statuses: Counter[int] = Counter()
    for what, post in {"appointment": hostile.ask, "sign-up": hostile.sign_up, "checker": hostile.check}.items():
        with tempfile.TemporaryDirectory() as folder, start_service(Path(folder) / "data") as service:
            statuses.update(post(service, seed) for seed in range(FIRST, FIRST + REQUESTS[what]))
            statuses.update(own_pages(service) if what == "checker" else ())
    answers = [Count(f"answers {status}", number) for status, number in sorted(statuses.items())]
    return [
        Count("requests", sum(REQUESTS.values()) + 6 * OWN_PAGES),
        *answers,
        Count("answers 500 or 503", statuses[500] + statuses[503]),
    ]


def own_pages(service: Service) -> Counter[int]:
    path, _ = ask_for_page(service, "en", first_name="Fortis", email="fortis-bench@example.org")
    return Counter(hostile.own_page(service, seed, path) for seed in range(FIRST, FIRST + OWN_PAGES))
