"""The one table of headers that every answer carries, at the edge and in the local service alike."""

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


def headers_of(path: str) -> dict[str, str]:
    """What an answer carries that is no answer of the API."""
    return _SEARCH_ANSWER if path in SEARCH_PATHS else EVERY_ANSWER
