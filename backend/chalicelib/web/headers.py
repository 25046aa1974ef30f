"""The one table of headers, of how long a file is kept, and of pages not found: for the edge and the local service."""

import re

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)

EVERY_ANSWER = {
    "Content-Security-Policy": _POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    # no-referrer would make a browser post our forms with "Origin: null".
    "Referrer-Policy": "same-origin",
}

EVERY_API_ANSWER = EVERY_ANSWER | {"Cache-Control": "no-store"}

# The search is WebAssembly, and comes only with the first question.
_SEARCH_ANSWER = EVERY_ANSWER | {
    "Content-Security-Policy": _POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
}
SEARCH_PATHS = frozenset(site_path(language, "search/") for language in LANGUAGES)


# Which page says that there is none, by the first part of an address; any other is answered in English.
NOT_FOUND = {language: site_path(language, "404.html") for language in LANGUAGES}

SESSIONS = "/sessions/"
_KEPT_AT_THE_EDGE = 31_536_000  # until a deployment tells the edge that it is new
_HASHED = re.compile(r"\.[0-9a-f]{8}\.(css|js)$")
# In a rush the edge asks the bucket once in five seconds, and what is read is hardly older.
_DATES_KEPT = 5


def headers_of(path: str) -> dict[str, str]:
    """What an answer carries that is no answer of the API."""
    return _SEARCH_ANSWER if path in SEARCH_PATHS else EVERY_ANSWER


def kept(path: str) -> str:
    """For how long a file of the site is kept: for good where its name holds a hash of what is in it.

    Of any other a browser asks each time, and is told that nothing changed.
    """
    if _HASHED.search(path):
        return f"public, max-age={_KEPT_AT_THE_EDGE}, immutable"
    at_the_edge = _DATES_KEPT if path.startswith(SESSIONS) else _KEPT_AT_THE_EDGE
    return f"public, max-age=0, must-revalidate, s-maxage={at_the_edge}"


def not_found_page(path: str) -> str:
    """The page, in the language of the address, that is answered where there is none."""
    return NOT_FOUND.get(path.split("/")[1], NOT_FOUND["en"])
