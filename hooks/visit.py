"""Asks every address in links.toml whether it still answers: `make links`, on a machine with internet."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from chalicelib.programme.links import load

PATIENCE = 20  # seconds
# Some public sites refuse a visitor that does not say it is a browser.
VISITOR = {"User-Agent": "Mozilla/5.0 (compatible; link check)", "Accept": "text/html,*/*"}


def visit(address: str) -> str:
    """What is wrong with an address, or nothing."""
    try:
        with urlopen(Request(address, headers=VISITOR), timeout=PATIENCE):  # noqa: S310 - http and https, from links.toml
            return ""
    except HTTPError as answer:
        return f"answers {answer.code}"
    except (URLError, OSError) as problem:
        return f"cannot be reached: {getattr(problem, 'reason', problem)}"


def wrong(addresses: list[str]) -> Iterator[str]:
    """One line for each address that does not answer as it should."""
    with ThreadPoolExecutor(8) as pool:
        for address, problem in zip(addresses, pool.map(visit, addresses), strict=True):
            if problem:
                yield f"{address} {problem}"


def main() -> None:
    addresses = sorted({address for link in load().values() for address in link.addresses.values()})
    problems = list(wrong(addresses))
    print("\n".join(problems), f"\n{len(addresses) - len(problems)} of {len(addresses)} addresses answer", sep="")  # noqa: T201 - a report
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
